//! What is wrong with an Elixir that was found, as a person reads it.

use std::path::PathBuf;

use super::Version;
use crate::{
    cluster::{messages, subprocess::Outcome},
    i18n::{Localized, Verbatim},
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
    Broken(Localized),
}

/// The last line that a failed program wrote, or that it wrote none.
pub(super) fn told(outcome: &Outcome) -> Localized {
    let mut written = outcome.stderr.lines().chain(outcome.stdout.lines()).map(str::trim);
    match written.rfind(|line| !line.is_empty()) {
        Some(line) => messages::it_said(&Verbatim::said(line)),
        None => messages::it_printed_nothing(),
    }
}

impl Fault {
    /// A sentence without its full stop.
    pub fn told(&self) -> Localized {
        let place = self
            .folder
            .as_ref()
            .map_or_else(messages::on_path, |folder| messages::in_folder(&messages::shown(folder)));
        match &self.wrong {
            Wrong::Absent => messages::no_elixir(&place),
            Wrong::NoErlang => messages::no_erlang(&place),
            Wrong::TooOld { elixir, floor } => messages::too_old(&place, elixir, &floor.to_string()),
            Wrong::Broken(why) => messages::broken(&place, why),
        }
    }
}
