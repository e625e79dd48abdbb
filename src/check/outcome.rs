//! What became of one step of a submission, in the words of one language: a row of `moebi check --format json`, and
//! what every page of `moebi grade` is made of. A public format.

use serde::{Deserialize, Serialize};

use super::messages;
use crate::{i18n::Localized, lesson::Verdict};

pub use crate::lesson::answers::Record;

/// How one step went.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct StepOutcome {
    pub section: String,
    pub step: String,
    pub verdict: Verdict,
    /// Earned, and the most that can be earned: the step's points by the weight of the grading.
    pub points: f64,
    pub of: f64,
    /// The part of its conditions, from 0 to 1, that earns something where a scheme gives part of the points for part of
    /// the work.
    #[serde(default)]
    pub share: Option<f64>,
    /// The first condition that did not hold, and what was seen instead.
    #[serde(default)]
    pub expected: Option<String>,
    #[serde(default)]
    pub seen: Option<String>,
    /// What to try: the mistake's advice, else the step's last hint.
    #[serde(default)]
    pub hint: Option<String>,
    /// Whether `hint` says why the choice that answers a question is not right.
    #[serde(default)]
    pub is_why: bool,
    /// The id of the mistake that was recognised.
    #[serde(default)]
    pub mistake: Option<String>,
    /// Each condition as it stood at the end; none for a step that passed or was not tried.
    #[serde(default)]
    pub conditions: Vec<ConditionOutcome>,
    /// How the learner came to the answer, where the answer file tells: the learner's own word.
    #[serde(default)]
    pub record: Option<Record>,
    /// The step before that did not pass, where nodes and files were brought to where this one begins.
    #[serde(default)]
    pub after: Option<String>,
    /// What happened on all terminals, in order; none for a step that passed or was not tried.
    #[serde(default)]
    pub timeline: Vec<Moment>,
    pub seconds: f64,
}

impl StepOutcome {
    /// What stands before the hint.
    pub fn hint_label(&self) -> Localized {
        if self.is_why { messages::why() } else { messages::attempt() }
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConditionOutcome {
    pub expected: String,
    #[serde(default)]
    pub seen: Option<String>,
    pub holds: bool,
}

/// One thing that happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Moment {
    /// Milliseconds since the step began.
    pub at: u64,
    /// The terminal on which it was typed or shown; none for what happens between nodes.
    #[serde(default)]
    pub terminal: Option<String>,
    pub kind: MomentKind,
    /// What was typed stands behind its prompt, `iex> ` or `$ `. Untrusted: may hold anything but control characters
    /// other than line ends.
    pub text: String,
    /// The node whose process printed it, where that is not the terminal's own.
    #[serde(default)]
    pub by: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MomentKind {
    /// An input of the submission.
    Typed,
    Printed,
    /// A value that IEx wrote.
    Value,
    Error,
    Log,
    /// A node started or stopped, two nodes met or parted.
    Nodes,
    Message,
    /// Output that was not kept, a command's exit code, a file that changed.
    Note,
}
