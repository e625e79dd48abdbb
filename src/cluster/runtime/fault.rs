//! What is wrong with an Elixir that was found, as a person reads it.

use std::path::PathBuf;

use super::Version;
use crate::{
    cluster::{errand::Outcome, words},
    words::Words,
};

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
    Broken(Words),
}

/// The last line that a failed program wrote, or that it wrote none.
pub(super) fn told(outcome: &Outcome) -> Words {
    let mut written = outcome.stderr.lines().chain(outcome.stdout.lines()).map(str::trim);
    match written.rfind(|line| !line.is_empty()) {
        Some(line) => words::it_said(line),
        None => words::it_printed_nothing(),
    }
}

impl Fault {
    /// A sentence without its full stop.
    pub fn told(&self) -> Words {
        let place = self
            .folder
            .as_ref()
            .map_or_else(words::on_path, |folder| words::in_folder(&words::shown(folder)));
        match &self.wrong {
            Wrong::Absent => words::no_elixir(&place),
            Wrong::NoErlang => words::no_erlang(&place),
            Wrong::TooOld { elixir, floor } => words::too_old(&place, elixir, &floor.to_string()),
            Wrong::Broken(why) => words::broken(&place, why),
        }
    }
}
