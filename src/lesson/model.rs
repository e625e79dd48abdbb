//! A lesson once it has been checked: types that can't be wrong.

use serde::{Deserialize, Serialize};
use std::{
    collections::{BTreeMap, BTreeSet},
    time::Duration,
};

use super::{
    Condition, Fault, Nonce, Pattern,
    goal::Goal,
    name::{ChoiceId, LessonId, MistakeId, SectionId, StepId, TerminalName},
    prose::{Lang, Prose},
    tag::Tag,
};

/// How long a step's conditions may take to hold, counted from its last input.
pub const WITHIN: Duration = Duration::from_secs(2);

#[derive(Debug)]
pub struct Lesson {
    pub id: LessonId,
    /// Who wrote it, where it says so; one line.
    pub author: Option<String>,
    /// What its files call `${nonce}`.
    pub nonce: Nonce,
    /// The lowest Elixir version that the lesson works on, e.g. `(1, 14)`.
    pub elixir: (u32, u32),
    pub terminals: Vec<TerminalName>,
    /// Wrong turns known anywhere in the lesson.
    pub mistakes: Vec<Mistake>,
    pub sections: Vec<Section>,
    /// Each covers every step. With those of `foreign` there is one at least.
    pub prose: BTreeMap<Lang, Prose>,
    /// In languages that Moebi itself doesn't speak.
    pub foreign: BTreeMap<Tag, Prose>,
    /// The one of those that the reader is told it in, whatever Moebi speaks to them.
    pub told_in: Option<Tag>,
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
    /// Once it is done, what crossed between nodes is shown.
    pub trace: bool,
    pub mistakes: Vec<Mistake>,
    /// Answers other than the model's that are as good.
    pub right: Vec<OtherAnswer>,
    /// Answers that must not pass.
    pub wrong: Vec<OtherAnswer>,
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
    /// All of its conditions, in their order; none where the conditions speak for themselves.
    pub goals: Vec<Goal>,
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
        let mut spoken_of = self.conditions.iter().flat_map(|condition| condition.terminals()).peekable();
        spoken_of.peek().is_none() || spoken_of.any(|spoken_of| spoken_of == terminal)
    }

    /// Whether a file that was saved can show it.
    pub fn is_of_files(&self) -> bool {
        self.conditions.iter().any(|condition| !condition.files().is_empty())
    }

    /// Whether it lasts until something is done about it, rather than being made anew with an input.
    pub fn is_state(&self) -> bool {
        self.conditions.iter().all(|condition| condition.is_state())
    }
}

/// An answer that is not the model's.
#[derive(Debug)]
pub struct OtherAnswer {
    /// What a wrong one must be recognised as, and the only mistake that a right one makes on its way.
    pub mistake: Option<MistakeId>,
    pub answer: Vec<Input>,
}

/// One thing a learner does. An answer is a list of these, in one form everywhere.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
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
    Fault(Fault),
}

impl Input {
    /// The file that it writes.
    pub fn path(&self) -> Option<&str> {
        match self {
            Self::Write { path, .. } | Self::Edit { path, .. } => Some(path),
            Self::Type { .. } | Self::Choose(_) | Self::Close(_) | Self::Fault(_) => None,
        }
    }
}

impl Lesson {
    pub fn section(&self, id: &str) -> Option<&Section> {
        self.sections.iter().find(|section| section.id.as_str() == id)
    }

    /// The section and the step of that id.
    pub fn step(&self, id: &str) -> Option<(&Section, &Step)> {
        self.sections.iter().find_map(|section| Some((section, section.step(id)?)))
    }

    /// The prose for who reads Moebi's words in `lang`: in the language that the lesson is told in; else in `lang`, in
    /// English, in the first language there is.
    pub fn prose(&self, lang: Lang) -> &Prose {
        let told = self.told_in.as_ref().and_then(|tag| self.foreign.get(tag));
        let spoken = || self.prose.get(&lang).or_else(|| self.prose.get(&Lang::En));
        told.or_else(spoken)
            .or_else(|| self.texts().next())
            .expect("the loader refuses a lesson without prose")
    }

    /// In every language that there is.
    pub fn texts(&self) -> impl Iterator<Item = &Prose> {
        self.prose.values().chain(self.foreign.values())
    }

    /// To be told in that language, where it has it; in another country's, where it has that.
    #[must_use]
    pub fn told_in(self, wanted: Option<&Tag>) -> Self {
        let is_near = |tag: &&Tag| wanted.is_some_and(|wanted| wanted.primary() == tag.primary());
        let exact = wanted.filter(|tag| self.foreign.contains_key(tag));
        let told_in = exact.or_else(|| self.foreign.keys().find(is_near)).cloned();
        Self { told_in, ..self }
    }

    /// Whether its texts are in a language that Moebi doesn't speak.
    pub fn is_foreign(&self) -> bool {
        self.told_in.is_some() || self.prose.is_empty()
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
        paths.extend(checks.flatten().flat_map(|condition| condition.files()).map(str::to_owned));
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
