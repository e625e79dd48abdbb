//! How a step ended for an answer that was replayed unattended.

use serde::{Deserialize, Serialize};

use crate::i18n::Localized;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    Passed,
    /// Every input came back, all was quiet, and the conditions did not hold.
    Failed,
    /// An input had not come back.
    TimedOut,
    /// A step that this one needs did not pass.
    Skipped,
    /// There is no answer to it: nothing was tried, and nothing was wrong.
    Unanswered,
    /// This machine's fault, never the answer's.
    CouldNotRun,
}

impl Verdict {
    /// The word in JSON.
    pub fn id(self) -> &'static str {
        match self {
            Self::Passed => "passed",
            Self::Failed => "failed",
            Self::TimedOut => "timed_out",
            Self::Skipped => "skipped",
            Self::Unanswered => "unanswered",
            Self::CouldNotRun => "could_not_run",
        }
    }

    /// The word for people.
    pub fn told(self) -> Localized {
        match self {
            Self::Passed => passed(),
            Self::Failed => failed(),
            Self::TimedOut => timed_out(),
            Self::Skipped => skipped(),
            Self::Unanswered => unanswered(),
            Self::CouldNotRun => could_not_run(),
        }
    }
}

crate::catalogue! {
    passed { en: "passed", el: "πέρασε" }
    failed { en: "failed", el: "δεν πέρασε" }
    timed_out { en: "timed out", el: "έληξε ο χρόνος" }
    skipped { en: "skipped", el: "παραλείφθηκε" }
    unanswered { en: "not answered", el: "δεν απαντήθηκε" }
    could_not_run { en: "could not run", el: "δεν μπόρεσε να εκτελεστεί" }
}
