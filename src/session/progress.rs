//! What is remembered of a learner between runs.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::lesson::{ChoiceId, Fault, Input, Nonce, Section, StepId, TerminalName, answers::Record};

use super::resume::Surroundings;

/// How many inputs of one step are remembered; a longer attempt is replayed with the model answer instead.
pub const MAX_INPUTS: usize = 200;

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Progress {
    /// The step at which the learner stopped.
    pub at: Option<String>,
    /// The word that stands for `${nonce}`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub nonce: Option<String>,
    /// What stood around that step; none in a file of an earlier Moebi.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub around: Option<Surroundings>,
    /// What `/lang` chose.
    #[serde(default)]
    pub lang: Option<String>,
    #[serde(default)]
    pub steps: BTreeMap<String, StepRecord>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct StepRecord {
    pub outcome: Outcome,
    /// The learner's own inputs, in order, up to the one that made the step pass. None: replay the model answer.
    pub answer: Option<Vec<Recorded>>,
    /// Inputs until it passed, hints asked for.
    pub tries: usize,
    pub hints: usize,
    pub answer_shown: bool,
    pub prediction: Option<String>,
    /// A closing question that was answered wrong first.
    #[serde(default)]
    pub missed: bool,
    /// Spent on it, long pauses left out.
    #[serde(default)]
    pub seconds: u64,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Outcome {
    #[default]
    Open,
    Passed,
    Skipped,
}

/// An `Input` in a form that can be written down.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Recorded {
    Type(String, String),
    Choose(String),
    Close(String),
    /// Its word, and the terminals that it names.
    Fault(String, Vec<String>),
    /// A file, and all that it held.
    Write(String, String),
}

impl Progress {
    pub fn outcome(&self, step: &StepId) -> Outcome {
        self.steps.get(step.as_str()).map_or(Outcome::Open, |record| record.outcome)
    }

    /// The learner's own inputs for a step that passed, where all of them can be replayed.
    pub fn answer(&self, step: &StepId, nonce: &Nonce) -> Option<Vec<Input>> {
        let record = self.steps.get(step.as_str()).filter(|record| record.outcome == Outcome::Passed)?;
        record.answer.as_ref()?.iter().map(|recorded| recorded.input(nonce)).collect()
    }

    /// With how many tries and with what help the learner did that step.
    pub fn record(&self, step: &StepId) -> Option<Record> {
        let StepRecord { tries, hints, answer_shown, .. } = self.steps.get(step.as_str())?;
        let count = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
        Some(Record { tries: count(*tries), hints: count(*hints), answer_shown: *answer_shown })
    }

    /// Takes back what is remembered of one step, and goes on there. How many steps had something to forget: 0 or 1.
    pub fn forget_step(&mut self, step: &StepId) -> usize {
        self.go_on_at(step);
        usize::from(self.steps.remove(step.as_str()).is_some())
    }

    /// Takes back a whole section, and goes on at its beginning. How many steps had something to forget.
    pub fn forget_section(&mut self, section: &Section) -> usize {
        if let Some(first) = section.steps.first() {
            self.go_on_at(&first.id);
        }
        section.steps.iter().filter(|step| self.steps.remove(step.id.as_str()).is_some()).count()
    }

    /// Takes back everything but the language and the nonce; the lesson begins anew. How many steps had something to
    /// forget, also such as the lesson no longer has.
    pub fn forget_all(&mut self) -> usize {
        let (lang, nonce) = (self.lang.take(), self.nonce.take());
        std::mem::replace(self, Self { nonce, lang, ..Self::default() }).steps.len()
    }

    fn go_on_at(&mut self, step: &StepId) {
        // The surroundings are those of another step; the next one that opens writes its own.
        (self.at, self.around) = (Some(step.to_string()), None);
    }
}

impl Recorded {
    /// With the placeholder in the nonce's place. None for an edit: what a learner saves is a whole file.
    pub fn of(input: &Input, nonce: &Nonce) -> Option<Self> {
        match input {
            Input::Type { terminal, text } => Some(Self::Type(terminal.to_string(), nonce.blank(text))),
            Input::Choose(choice) => Some(Self::Choose(choice.to_string())),
            Input::Close(terminal) => Some(Self::Close(terminal.to_string())),
            Input::Fault(fault) => {
                let terminals = fault.terminals().into_iter().map(ToString::to_string);
                Some(Self::Fault(fault.word().to_owned(), terminals.collect()))
            }
            Input::Write { path, text } => Some(Self::Write(path.clone(), nonce.blank(text))),
            Input::Edit { .. } => None,
        }
    }

    fn input(&self, nonce: &Nonce) -> Option<Input> {
        match self {
            Self::Type(terminal, text) => {
                let terminal = TerminalName::parse(terminal).ok()?;
                Some(Input::Type { terminal, text: nonce.fill(text) })
            }
            Self::Choose(choice) => ChoiceId::parse(choice).ok().map(Input::Choose),
            Self::Write(path, text) => Some(Input::Write { path: path.clone(), text: nonce.fill(text) }),
            Self::Close(terminal) => TerminalName::parse(terminal).ok().map(Input::Close),
            Self::Fault(word, terminals) => {
                let terminals = terminals.iter().map(|name| TerminalName::parse(name).ok());
                Fault::new(word, &terminals.collect::<Option<Vec<_>>>()?).map(Input::Fault)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lesson::{Lesson, embedded, load};

    fn lesson() -> Lesson {
        load(&embedded()[0], &Nonce::sample()).expect("the lesson is whole")
    }

    /// Every step passed, stopped at the last one.
    fn done(lesson: &Lesson) -> Progress {
        let mut progress = Progress::default();
        for step in lesson.sections.iter().flat_map(|section| &section.steps) {
            let record = StepRecord { outcome: Outcome::Passed, ..StepRecord::default() };
            progress.steps.insert(step.id.to_string(), record);
            progress.at = Some(step.id.to_string());
        }
        progress
    }

    #[test]
    fn a_step_is_forgotten_alone_and_is_where_one_goes_on() {
        let lesson = lesson();
        let (before, step) = (done(&lesson), &lesson.sections[0].steps[1].id);
        let mut progress = before.clone();
        assert_eq!(progress.forget_step(step), 1);
        assert_eq!(progress.outcome(step), Outcome::Open);
        assert_eq!(progress.steps.len(), before.steps.len() - 1);
        assert_eq!(progress.at.as_deref(), Some(step.as_str()));
        assert_eq!(progress.forget_step(step), 0);
    }

    #[test]
    fn a_section_is_forgotten_whole_and_no_other() {
        let lesson = lesson();
        let (before, section) = (done(&lesson), &lesson.sections[1]);
        let mut progress = before.clone();
        assert_eq!(progress.forget_section(section), section.steps.len());
        assert!(section.steps.iter().all(|step| progress.outcome(&step.id) == Outcome::Open));
        assert_eq!(progress.steps.len(), before.steps.len() - section.steps.len());
        assert_eq!(progress.at.as_deref(), Some(section.steps[0].id.as_str()));
    }

    #[test]
    fn what_was_done_is_written_down_and_done_again() {
        let names = ["alex", "kate"].map(|name| TerminalName::parse(name).expect("a name"));
        for fault in [Fault::Kill(names[0].clone()), Fault::Cut(names[0].clone(), names[1].clone())] {
            let input = Input::Fault(fault);
            let recorded = Recorded::of(&input, &Nonce::sample()).expect("it can be repeated");
            let text = serde_json::to_string(&recorded).expect("JSON");
            let read: Recorded = serde_json::from_str(&text).expect(&text);
            assert_eq!(read.input(&Nonce::sample()), Some(input), "{text}");
        }
    }

    #[test]
    fn everything_is_everything() {
        let mut progress = done(&lesson());
        progress.steps.insert("of-an-earlier-lesson".to_owned(), StepRecord::default());
        progress.lang = Some("el".to_owned());
        let steps = progress.steps.len();
        assert_eq!(progress.forget_all(), steps);
        assert_eq!(progress, Progress { lang: Some("el".to_owned()), ..Progress::default() });
    }
}
