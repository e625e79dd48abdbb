//! What a learner did, as the teacher of a class is told of it.

use serde::{Deserialize, Serialize};

/// One thing that a learner did. Ids are the lesson's; whoever shows them has the lesson.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "did", rename_all = "kebab-case")]
pub enum Deed {
    /// A step was begun.
    Began {
        step: String,
    },
    /// A line was typed in a terminal.
    Typed {
        terminal: String,
        text: String,
    },
    /// A wrong turn was recognised.
    WentWrong {
        mistake: String,
    },
    /// A hint was given, the `number`th of `of`.
    TookHint {
        number: usize,
        of: usize,
    },
    /// The model answer was shown.
    SawAnswer,
    /// The step was done, or left out.
    Passed {
        step: String,
    },
    Skipped {
        step: String,
    },
    /// A hand went up, or down.
    Hand {
        is_up: bool,
    },
    /// From here on nothing is told but hands, and answers that are handed in; or all is told again.
    Shares {
        all: bool,
    },
    /// Answers were handed in, in the form that `moebi check --answers` takes.
    HandedIn {
        answers: String,
    },
    /// The shell was closed.
    Left,
}

impl Deed {
    /// Told also by somebody who doesn't share: it is done for the teacher.
    pub fn is_for_teacher(&self) -> bool {
        match self {
            Self::Hand { .. } | Self::Shares { .. } | Self::HandedIn { .. } | Self::Left => true,
            Self::Began { .. }
            | Self::Typed { .. }
            | Self::WentWrong { .. }
            | Self::TookHint { .. }
            | Self::SawAnswer
            | Self::Passed { .. }
            | Self::Skipped { .. } => false,
        }
    }
}

/// Whether a class hears what is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Presence {
    Here,
    /// What is told is kept until the class is back.
    Away,
}
