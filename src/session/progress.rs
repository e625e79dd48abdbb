//! What is remembered of a learner between runs.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::lesson::{ChoiceId, Input, Nonce, StepId, TerminalName};

/// How many inputs of one step are remembered; a longer attempt is replayed with the model answer instead.
pub const MOST_INPUTS: usize = 200;

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Progress {
    /// The step at which the learner stopped.
    pub at: Option<String>,
    /// The word that stands for `${nonce}`.
    #[serde(default)]
    pub nonce: Option<String>,
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
}

impl Recorded {
    /// With the placeholder in the nonce's place. None for an edit: what a learner saves is a whole file.
    pub fn of(input: &Input, nonce: &Nonce) -> Option<Self> {
        match input {
            Input::Type { terminal, text } => Some(Self::Type(terminal.to_string(), nonce.blank(text))),
            Input::Choose(choice) => Some(Self::Choose(choice.to_string())),
            Input::Close(terminal) => Some(Self::Close(terminal.to_string())),
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
        }
    }
}
