//! How a step ended for an answer that was replayed unattended.

use std::fmt;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    Passed,
    /// Every input came back, all was quiet, and the conditions did not hold.
    Failed,
    /// An input had not come back.
    TimedOut,
    /// A step that this one needs did not pass.
    Skipped,
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
            Self::CouldNotRun => "could_not_run",
        }
    }
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Passed => "passed",
            Self::Failed => "failed",
            Self::TimedOut => "timed out",
            Self::Skipped => "skipped",
            Self::CouldNotRun => "could not run",
        })
    }
}
