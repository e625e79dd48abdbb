//! What is wrong with an Elixir that was found, as a person reads it.

use std::{fmt, path::PathBuf};

use super::Version;
use crate::cluster::errand::Outcome;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// Where it is; `None` is PATH.
    pub folder: Option<PathBuf>,
    pub wrong: Wrong,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wrong {
    /// There is no `elixir` with an `iex`.
    Absent,
    /// There is an `elixir`, but no `erl` for it.
    NoErlang,
    TooOld {
        elixir: String,
        floor: Version,
    },
    /// It does not say its version: why.
    Broken(String),
}

/// The last line that a failed program wrote, or that it wrote none.
pub(super) fn told(outcome: &Outcome) -> String {
    let mut written = outcome.stderr.lines().chain(outcome.stdout.lines()).map(str::trim);
    match written.rfind(|line| !line.is_empty()) {
        Some(line) => format!("it said: {line}"),
        None => "it printed nothing".to_owned(),
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let place: &dyn fmt::Display = match &self.folder {
            Some(folder) => &format!("in {}", folder.display()),
            None => &"on PATH",
        };
        match &self.wrong {
            Wrong::Absent => write!(f, "there is no Elixir (elixir and iex) {place}"),
            Wrong::NoErlang => write!(f, "the Elixir {place} has no Erlang: there is no erl"),
            Wrong::TooOld { elixir, floor } => {
                write!(f, "the Elixir {place} is {elixir}; the lesson needs {floor} or newer")
            }
            Wrong::Broken(why) => write!(f, "the Elixir {place} does not start: {why}"),
        }
    }
}
