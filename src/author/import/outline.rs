//! From the parts of a source to sections and steps: what is done in which order, on which nodes, with which files.
//!
//! A [`Builder`] goes through the parts. [`deed`] says what a block asks to be done, by all that came before it; [`ground`] is
//! where a section begins; [`step`] makes a step of deeds, which [`perform`] carries out.

mod deed;
mod ground;
mod perform;
mod place;
mod step;
mod words;

use std::{
    collections::{BTreeMap, BTreeSet},
    mem,
};

use crate::{
    i18n::{Lang, Localized},
    lesson::{Input, TerminalName},
};

use super::{
    block::{self, Action},
    condition::Goal,
    markdown::{self, Part},
    project::Files,
};

use deed::Deed;
use ground::Running;
use place::SHELL;
pub(super) use words::{TITLE_COLUMNS, cut, slug};

/// In minutes.
const A_STEP: u32 = 2;

const SHORTEST_SECTION: u32 = 5;

/// A lesson as far as its source tells it.
#[derive(Debug, Default)]
pub(super) struct Outline {
    pub terminals: Vec<TerminalName>,
    pub sections: Vec<Section>,
    /// Blocks of code, and how many of them have become something to do or to see.
    pub blocks: usize,
    pub placed: usize,
}

#[derive(Debug, Default)]
pub(super) struct Section {
    pub id: String,
    pub title: String,
    pub start: Vec<Input>,
    pub steps: Vec<Step>,
    /// Whether `mix new` is one of its steps.
    makes_project: bool,
}

#[derive(Debug, Default)]
pub(super) struct Step {
    pub id: String,
    pub title: String,
    /// Pieces of Markdown.
    pub text: Vec<String>,
    pub after: Vec<String>,
    pub hints: Vec<Localized>,
    pub answer: Vec<Input>,
    pub goals: Vec<Goal>,
    /// In seconds; the usual time where there is none.
    pub within: Option<u32>,
    /// What its author has to do.
    pub todos: Vec<String>,
}

impl Section {
    pub(super) fn minutes(&self) -> u32 {
        (A_STEP * self.steps.len() as u32).max(SHORTEST_SECTION)
    }
}

/// What waits for the step that it belongs to.
#[derive(Debug)]
enum Lead {
    Heading(usize, String),
    Prose(String),
    /// A block that nothing could be made of.
    Block {
        text: String,
        todo: String,
    },
}

#[derive(Debug)]
pub(super) struct Builder {
    lang: Lang,
    outline: Outline,
    /// Headings of this level begin a section.
    level: usize,
    title: String,
    files: Files,
    running: BTreeMap<TerminalName, Running>,
    folders: BTreeMap<TerminalName, String>,
    /// Texts that code has in it, and names that it gave.
    literals: BTreeSet<String>,
    names: BTreeSet<String>,
    leads: Vec<Lead>,
    heading: usize,
    /// Whether a step stands below the heading at hand; whether a block that became a step came just before.
    has_step: bool,
    is_adjacent: bool,
    /// The section at hand has been begun.
    is_open: bool,
    section: (String, Vec<Action>),
    ids: BTreeSet<String>,
    has_prompts: bool,
    is_of_another_host: bool,
    /// For the next step.
    todos: Vec<String>,
}

/// Makes sections and steps of a source's parts.
pub(super) fn outline(title: &str, mut parts: Vec<Part>, lang: Lang) -> Outline {
    let is_of_another_host = place::settled(&mut parts);
    let levels = parts.iter().filter_map(|part| match part {
        Part::Heading { level, .. } => Some(*level),
        Part::Prose(_) | Part::Code { .. } => None,
    });
    let level = levels.min().unwrap_or(1);
    let has_prompts = actions(&parts).iter().any(|action| matches!(action, Action::Type { .. }));
    let mut builder = Builder {
        lang,
        outline: Outline::default(),
        level,
        title: title.to_owned(),
        files: Files::default(),
        running: BTreeMap::new(),
        folders: BTreeMap::new(),
        literals: BTreeSet::new(),
        names: BTreeSet::new(),
        leads: Vec::new(),
        heading: level,
        has_step: false,
        is_adjacent: false,
        is_open: false,
        section: (title.to_owned(), Vec::new()),
        ids: BTreeSet::from(["title", "summary", "glossary", "mistakes"].map(str::to_owned)),
        has_prompts,
        is_of_another_host,
        todos: Vec::new(),
    };
    builder.section.1 = builder.ahead(&parts);
    for (at, part) in parts.iter().enumerate() {
        match part {
            Part::Heading { level, text } => builder.heading(*level, text, &parts[at + 1..]),
            Part::Prose(text) => {
                builder.leads.push(Lead::Prose(text.clone()));
                builder.is_adjacent = false;
            }
            Part::Code { info, text } => builder.block(info, text),
        }
    }
    builder.finish()
}

fn actions(parts: &[Part]) -> Vec<Action> {
    let blocks = parts.iter().filter_map(|part| match part {
        Part::Code { info, text } => Some(block::read(info, text)),
        Part::Heading { .. } | Part::Prose(_) => None,
    });
    blocks.flatten().collect()
}

impl Builder {
    /// What is done in the section that these parts begin with.
    fn ahead(&self, parts: &[Part]) -> Vec<Action> {
        let is_next = |part: &Part| matches!(part, Part::Heading { level, .. } if *level == self.level);
        let end = parts.iter().position(is_next).unwrap_or(parts.len());
        actions(&parts[..end])
    }

    fn heading(&mut self, level: usize, text: &str, rest: &[Part]) {
        let is_section = level == self.level;
        // What explains the step above belongs to it, unless it leads to what stands deeper.
        if is_section || level <= self.heading || self.has_step {
            self.conclude();
        }
        if is_section {
            self.is_open = false;
            self.section = (text.to_owned(), self.ahead(rest));
        }
        self.leads.push(Lead::Heading(level, text.to_owned()));
        (self.heading, self.has_step, self.is_adjacent) = (level, false, false);
    }

    /// What waits is told once the last step of the section is done; without one it waits on.
    fn conclude(&mut self) {
        if !self.is_open {
            return;
        }
        let leads = mem::take(&mut self.leads);
        if let Some(step) = self.last_step() {
            for lead in leads {
                let (text, todo) = told(lead);
                step.after.push(text);
                step.todos.extend(todo);
            }
        }
    }

    fn last_step(&mut self) -> Option<&mut Step> {
        self.outline.sections.last_mut()?.steps.last_mut()
    }

    fn finish(mut self) -> Outline {
        // A section of words alone ends the one before it.
        self.is_open = true;
        self.conclude();
        for section in &mut self.outline.sections {
            for step in &mut section.steps {
                step.hints.dedup_by(|one, other| one.speak(Lang::En) == other.speak(Lang::En));
            }
        }
        // Files alone need none, and a lesson does.
        if self.outline.terminals.is_empty() {
            self.declare(&place::named(SHELL));
        }
        let mut outline = self.outline;
        outline.terminals.sort_by_key(|terminal| terminal.as_str() == SHELL);
        outline
    }

    fn block(&mut self, info: &str, text: &str) {
        self.outline.blocks += 1;
        let Some(deeds) = self.deeds(info, text) else {
            self.leave(info, text);
            return;
        };
        self.outline.placed += 1;
        self.is_adjacent &= self.is_open && self.leads.is_empty();
        if deeds.iter().all(|deed| matches!(deed, Deed::Note)) {
            self.leads.push(Lead::Prose(words::shown(info, text)));
            return;
        }
        let mut deeds = deeds.into_iter().peekable();
        let mut is_seen = false;
        while let Some(Deed::Seen { .. }) = deeds.peek() {
            let Some(Deed::Seen { at, text }) = deeds.next() else { break };
            is_seen |= self.see(&at, &text);
        }
        if deeds.peek().is_none() {
            if !is_seen {
                self.outline.placed -= 1;
                self.leave(info, text);
                return;
            }
            // The words that lead to it, and what is to be seen.
            self.conclude();
            if let Some(step) = self.last_step() {
                step.after.push(words::shown("text", &words::without_prompts(text)));
            }
            return;
        }
        self.step(deeds.collect(), info, text);
    }

    /// Keeps a block that nothing could be made of in the text, and says so.
    fn leave(&mut self, info: &str, text: &str) {
        let first = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
        let first: String = first.trim().chars().take(50).collect();
        let todo = format!("nothing tells what this block is for; it only stands in the text: `{first}`.");
        self.leads.push(Lead::Block { text: words::shown(info, text), todo });
        self.is_adjacent = false;
    }

    fn declare(&mut self, at: &TerminalName) {
        if !self.outline.terminals.contains(at) {
            self.outline.terminals.push(at.clone());
        }
    }

    /// A name that no other section or step has.
    fn id(&mut self, wanted: &str, otherwise: &str) -> String {
        let wanted = if wanted.is_empty() { otherwise } else { wanted };
        let numbered = (2..).map(|number| format!("{wanted}-{number}"));
        let mut free = std::iter::once(wanted.to_owned()).chain(numbered).filter(|id| !self.ids.contains(id));
        let id = free.next().expect("numbers do not end");
        self.ids.insert(id.clone());
        id
    }
}

fn told(lead: Lead) -> (String, Option<String>) {
    match lead {
        Lead::Heading(_, text) => (markdown::strong(&text), None),
        Lead::Prose(text) => (text, None),
        Lead::Block { text, todo } => (text, Some(todo)),
    }
}
