//! A lesson once it has been checked: types that can't be wrong.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt,
    time::Duration,
};

use super::{
    Nonce, Pattern,
    name::{ChoiceId, LessonId, MistakeId, NodeName, SectionId, StepId, TerminalName},
    prose::{Lang, Prose},
};

/// How long a step's conditions may take to hold, counted from its last input.
pub const WITHIN: Duration = Duration::from_secs(2);

#[derive(Debug)]
pub struct Lesson {
    pub id: LessonId,
    /// What its files call `${nonce}`.
    pub nonce: Nonce,
    /// The lowest Elixir version that the lesson works on, e.g. `(1, 14)`.
    pub elixir: (u32, u32),
    pub terminals: Vec<TerminalName>,
    /// Wrong turns known anywhere in the lesson.
    pub mistakes: Vec<Mistake>,
    pub sections: Vec<Section>,
    /// At least one language; each covers every step.
    pub prose: BTreeMap<Lang, Prose>,
    /// All that its conditions ask for, each once.
    pub patterns: Vec<Pattern>,
}

#[derive(Debug)]
pub struct Section {
    pub id: SectionId,
    pub minutes: u32,
    pub start: Vec<Input>,
    pub steps: Vec<Step>,
}

#[derive(Debug)]
pub struct Step {
    pub id: StepId,
    pub points: u32,
    /// Earlier steps of the same section.
    pub needs: Vec<StepId>,
    pub predict: Option<Question>,
    pub task: Task,
    pub mistakes: Vec<Mistake>,
    pub wrong: Vec<Wrong>,
}

#[derive(Debug)]
pub enum Task {
    Do {
        answer: Vec<Input>,
        /// Inputs (counted from 1) that may be left out, each with the reason.
        optional: BTreeMap<usize, String>,
        check: Check,
    },
    /// A question is the whole step.
    Ask(Question),
    /// The questions that were answered wrong first are asked again, one by one.
    AskMissed,
}

#[derive(Debug)]
pub struct Check {
    pub conditions: Vec<Condition>,
    pub within: Duration,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    pub choices: Vec<ChoiceId>,
    pub correct: ChoiceId,
}

/// A known wrong turn: all its conditions hold on the evidence since the latest input.
#[derive(Debug)]
pub struct Mistake {
    pub id: MistakeId,
    pub conditions: Vec<Condition>,
}

impl Mistake {
    /// Whether it can come from an input in that terminal: one of those it speaks of, if it speaks of any.
    pub fn concerns(&self, terminal: &TerminalName) -> bool {
        let mut spoken_of = self.conditions.iter().flat_map(Condition::terminals).peekable();
        spoken_of.peek().is_none() || spoken_of.any(|spoken_of| spoken_of == terminal)
    }

    /// Whether a file that was saved can show it.
    pub fn is_of_files(&self) -> bool {
        self.conditions.iter().any(|condition| !condition.files().is_empty())
    }

    /// Whether it lasts until something is done about it, rather than being made anew with an input.
    pub fn is_state(&self) -> bool {
        self.conditions.iter().all(Condition::is_state)
    }
}

/// An answer that must not pass, and the mistake it must be recognised as.
#[derive(Debug)]
pub struct Wrong {
    pub mistake: Option<MistakeId>,
    pub answer: Vec<Input>,
}

/// One thing a learner does. An answer is a list of these, in one form everywhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Input {
    Type {
        terminal: TerminalName,
        text: String,
    },
    Write {
        path: String,
        text: String,
    },
    Edit {
        path: String,
        replace: String,
        with: String,
    },
    Choose(ChoiceId),
    /// The terminal's node stops; the terminal is at `$`.
    Close(TerminalName),
}

impl Input {
    /// The file that it writes.
    pub fn path(&self) -> Option<&str> {
        match self {
            Self::Write { path, .. } | Self::Edit { path, .. } => Some(path),
            Self::Type { .. } | Self::Choose(_) | Self::Close(_) => None,
        }
    }
}

/// What must be seen. Terminals stand in fields named `at`; nodes elsewhere.
#[derive(Debug, Clone)]
pub enum Condition {
    Started {
        node: NodeName,
        at: Option<TerminalName>,
        cookie: Option<String>,
        /// Whether it must run within a Mix project.
        mix: bool,
    },
    Stopped {
        node: NodeName,
    },
    Connected(NodeName, NodeName),
    Refused(NodeName, NodeName),
    Prints {
        what: Text,
        at: Option<TerminalName>,
        by: Option<NodeName>,
        times: u32,
    },
    /// `value` has `_` wildcards: alone, or in `#PID<_>`.
    Returns {
        value: String,
        at: Option<TerminalName>,
    },
    Raises {
        what: Pattern,
        at: Option<TerminalName>,
    },
    Silent {
        at: TerminalName,
        of: Option<Pattern>,
    },
    Probe(Probe),
    Waiting {
        at: TerminalName,
        continuation: bool,
    },
    /// `pattern` is Elixir code in which `_` matches anything.
    Typed {
        pattern: String,
        at: Option<TerminalName>,
    },
    Message(MessageWanted),
    Runs(RunWanted),
    File(FileWanted),
    Any(Vec<Condition>),
    /// All hold on what followed from one and the same input.
    Together(Vec<Condition>),
    Not(Box<Condition>),
}

/// A message that crosses from one node to another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MessageWanted {
    /// Elixir code in which `_` matches anything.
    pub pattern: String,
    pub from: Option<NodeName>,
    pub to: Option<NodeName>,
    /// Whether it may have crossed in an earlier step of the section: a reply may wait in a mailbox.
    pub earlier: bool,
}

/// A command at `$` that ended so.
#[derive(Debug, Clone)]
pub struct RunWanted {
    /// The words that it begins with; `_` is any word.
    pub command: String,
    pub at: Option<TerminalName>,
    pub exit: Option<i32>,
    pub prints: Vec<Text>,
    pub lacks: Vec<Text>,
}

/// A file of the workspace as it was saved last.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileWanted {
    /// Within the workspace.
    pub path: String,
    pub contains: Vec<Held>,
    pub defines: Vec<Definition>,
    pub lacks: Vec<Held>,
}

/// What a file may hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Held {
    /// In an Elixir file: code in which `_` matches anything.
    Code(String),
    Text(String),
}

/// A function that can be called from outside its module.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Definition {
    pub module: String,
    pub function: String,
    pub arity: usize,
}

impl Definition {
    /// `Chat.send_message/2`
    pub fn parse(text: &str) -> Option<Self> {
        let (name, arity) = text.rsplit_once('/')?;
        let (module, function) = name.rsplit_once('.')?;
        let is_module = module.starts_with(|first: char| first.is_ascii_uppercase());
        let is_function = function.starts_with(|first: char| first.is_ascii_lowercase() || first == '_');
        let arity = arity.parse().ok().filter(|_| is_module && is_function)?;
        Some(Self { module: module.to_owned(), function: function.to_owned(), arity })
    }
}

impl fmt::Display for Definition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}/{}", self.module, self.function, self.arity)
    }
}

/// `prints: TEXT` or `matches: REGEX`.
#[derive(Debug, Clone)]
pub enum Text {
    Plain(String),
    Regex(Pattern),
}

/// Elixir code evaluated in the nodes out of the learner's sight.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Probe {
    pub code: String,
    pub at: Vec<TerminalName>,
    /// A pattern that the value must match, on each terminal.
    pub gives: Option<String>,
    /// The values on all terminals are the same.
    pub same: bool,
    /// Whether the value must differ from the one at the step's start.
    pub changes: Option<bool>,
}

impl Lesson {
    pub fn section(&self, id: &str) -> Option<&Section> {
        self.sections.iter().find(|section| section.id.as_str() == id)
    }

    /// The section and the step of that id.
    pub fn step(&self, id: &str) -> Option<(&Section, &Step)> {
        self.sections.iter().find_map(|section| Some((section, section.step(id)?)))
    }

    /// The prose in `lang`, else in English, else in the first language there is.
    pub fn prose(&self, lang: Lang) -> &Prose {
        let other = || self.prose.get(&Lang::En).or_else(|| self.prose.values().next());
        self.prose.get(&lang).or_else(other).expect("the loader refuses a lesson without prose")
    }
}

impl Lesson {
    /// What stands directly in the workspace and is the lesson's: the first part of every path that it names.
    pub fn files(&self) -> BTreeSet<String> {
        let paths = self.sections.iter().flat_map(Section::paths);
        paths.filter_map(|path| path.split('/').next().map(str::to_owned)).collect()
    }
}

impl Section {
    /// Every path that it writes or looks at.
    pub fn paths(&self) -> Vec<String> {
        let inputs = self.start.iter().cloned().chain(self.steps.iter().flat_map(Step::answer));
        let mut paths: Vec<String> = inputs.filter_map(|input| input.path().map(str::to_owned)).collect();
        let checks = self.steps.iter().filter_map(|step| match &step.task {
            Task::Do { check, .. } => Some(&check.conditions),
            Task::Ask(_) | Task::AskMissed => None,
        });
        paths.extend(checks.flatten().flat_map(Condition::files).map(str::to_owned));
        paths
    }

    pub fn step(&self, id: &str) -> Option<&Step> {
        self.steps.iter().find(|step| step.id.as_str() == id)
    }
}

impl Step {
    /// The model answer: inputs, or the right choice.
    pub fn answer(&self) -> Vec<Input> {
        match &self.task {
            Task::Do { answer, .. } => answer.clone(),
            Task::Ask(question) => vec![Input::Choose(question.correct.clone())],
            // Which ones are asked depends on the learner.
            Task::AskMissed => Vec::new(),
        }
    }
}

impl Condition {
    /// Whether it is judged only once everything else holds and all is quiet.
    pub fn is_final(&self) -> bool {
        match self {
            Self::Silent { .. } | Self::Not(_) => true,
            Self::Probe(probe) => probe.changes == Some(false),
            Self::Refused(..) => true,
            Self::Together(inner) => inner.iter().any(Self::is_final),
            Self::Any(_)
            | Self::Started { .. }
            | Self::Stopped { .. }
            | Self::Connected(..)
            | Self::Prints { .. }
            | Self::Message(_)
            | Self::Returns { .. }
            | Self::Raises { .. }
            | Self::Runs(_)
            | Self::File(_)
            | Self::Waiting { .. }
            | Self::Typed { .. } => false,
        }
    }

    /// Whether it can't hold where nothing was done: a check needs one such condition at least.
    pub fn needs_a_deed(&self) -> bool {
        match self {
            Self::Silent { .. } | Self::Not(_) => false,
            Self::Probe(probe) => probe.gives.is_some() || probe.same || probe.changes == Some(true),
            Self::Any(inner) => inner.iter().all(Self::needs_a_deed),
            Self::Together(_) => true,
            Self::Started { .. }
            | Self::Stopped { .. }
            | Self::Connected(..)
            | Self::Refused(..)
            | Self::Prints { .. }
            | Self::Message(_)
            | Self::Returns { .. }
            | Self::Raises { .. }
            | Self::Runs(_)
            | Self::File(_)
            | Self::Waiting { .. }
            | Self::Typed { .. } => true,
        }
    }

    /// Whether it looks at what a learner can't see happen (a probe, the form of an input, what did not happen): it
    /// guards the step, and shows up in `/check` rather than as a tick.
    pub fn is_guard(&self) -> bool {
        match self {
            Self::Probe(_) | Self::Typed { .. } | Self::Not(_) => true,
            Self::Any(inner) | Self::Together(inner) => inner.iter().all(Self::is_guard),
            Self::Started { .. }
            | Self::Stopped { .. }
            | Self::Connected(..)
            | Self::Refused(..)
            | Self::Prints { .. }
            | Self::Message(_)
            | Self::Returns { .. }
            | Self::Raises { .. }
            | Self::Silent { .. }
            | Self::Runs(_)
            | Self::File(_)
            | Self::Waiting { .. } => false,
        }
    }

    /// Whether it looks at how things stand now, and at nothing that an input brought about.
    pub fn is_state(&self) -> bool {
        match self {
            Self::Started { .. }
            | Self::Stopped { .. }
            | Self::Connected(..)
            | Self::Refused(..)
            | Self::Probe(_)
            | Self::File(_)
            | Self::Waiting { .. } => true,
            Self::Any(inner) | Self::Together(inner) => inner.iter().all(Self::is_state),
            Self::Not(inner) => inner.is_state(),
            Self::Prints { .. }
            | Self::Message(_)
            | Self::Returns { .. }
            | Self::Raises { .. }
            | Self::Silent { .. }
            | Self::Runs(_)
            | Self::Typed { .. } => false,
        }
    }

    /// The terminals that it speaks of, `any`, `together` and `not` included.
    pub fn terminals(&self) -> Vec<&TerminalName> {
        match self {
            Self::Started { at, .. }
            | Self::Prints { at, .. }
            | Self::Returns { at, .. }
            | Self::Raises { at, .. }
            | Self::Typed { at, .. } => at.iter().collect(),
            Self::Silent { at, .. } | Self::Waiting { at, .. } => vec![at],
            Self::Probe(probe) => probe.at.iter().collect(),
            Self::Runs(wanted) => wanted.at.iter().collect(),
            Self::Any(inner) | Self::Together(inner) => inner.iter().flat_map(Self::terminals).collect(),
            Self::Not(inner) => inner.terminals(),
            Self::Stopped { .. }
            | Self::Connected(..)
            | Self::Refused(..)
            | Self::Message(_)
            | Self::File(_) => Vec::new(),
        }
    }

    /// Every probe inside, `any` and `not` included.
    pub fn probes(&self) -> Vec<&Probe> {
        match self {
            Self::Probe(probe) => vec![probe],
            Self::Any(inner) | Self::Together(inner) => inner.iter().flat_map(Self::probes).collect(),
            Self::Not(inner) => inner.probes(),
            Self::Started { .. }
            | Self::Stopped { .. }
            | Self::Connected(..)
            | Self::Refused(..)
            | Self::Prints { .. }
            | Self::Message(_)
            | Self::Returns { .. }
            | Self::Raises { .. }
            | Self::Silent { .. }
            | Self::Runs(_)
            | Self::File(_)
            | Self::Waiting { .. }
            | Self::Typed { .. } => Vec::new(),
        }
    }

    /// The workspace's files that it looks at, `any`, `together` and `not` included.
    pub fn files(&self) -> Vec<&str> {
        match self {
            Self::File(wanted) => vec![&wanted.path],
            Self::Any(inner) | Self::Together(inner) => inner.iter().flat_map(Self::files).collect(),
            Self::Not(inner) => inner.files(),
            Self::Started { .. }
            | Self::Stopped { .. }
            | Self::Connected(..)
            | Self::Refused(..)
            | Self::Prints { .. }
            | Self::Message(_)
            | Self::Returns { .. }
            | Self::Raises { .. }
            | Self::Silent { .. }
            | Self::Probe(_)
            | Self::Runs(_)
            | Self::Waiting { .. }
            | Self::Typed { .. } => Vec::new(),
        }
    }
}
