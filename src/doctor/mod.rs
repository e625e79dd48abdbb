//! Whether lessons can run on this machine: each thing is fine, worth a remark, or wrong with a remedy.
//!
//! What can be tried is tried: nodes are really started, answer, are named and meet. Every look has a deadline, and
//! nothing outlives it.
//!
//! Each thing is a file, and gives [`Finding`]s; `nodes` is the one that takes time. The report is `moebi doctor`'s, in
//! [`cli`](crate::cli).

mod cookie;
mod folders;
mod hosts;
mod isolation;
mod leftovers;
pub mod messages;
mod nodes;
mod runtime;
mod terminal;

use std::path::PathBuf;

use serde::Serialize;

use crate::{cluster::runtime::SearchPaths, i18n::Localized, lesson::Lang};

pub use terminal::{Measured, Terminal};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum State {
    Ok,
    /// Lessons run all the same.
    Remark,
    /// Lessons can't run, or not as they should.
    Wrong,
}

/// What came of one look.
#[derive(Debug, Clone)]
pub struct Finding {
    /// A word for programs.
    pub id: &'static str,
    pub state: State,
    pub told: Localized,
    pub remedies: Vec<Localized>,
}

impl Finding {
    fn ok(id: &'static str, told: Localized) -> Self {
        Self { id, state: State::Ok, told, remedies: Vec::new() }
    }

    fn remark(id: &'static str, told: Localized) -> Self {
        Self { state: State::Remark, ..Self::ok(id, told) }
    }

    fn wrong(id: &'static str, told: Localized, remedy: Localized) -> Self {
        Self { id, state: State::Wrong, told, remedies: vec![remedy] }
    }

    #[must_use]
    fn remedy(mut self, remedy: Localized) -> Self {
        self.remedies.push(remedy);
        self
    }

    /// As `--format json` has it.
    pub fn in_language(&self, lang: Lang) -> impl Serialize {
        #[derive(Serialize)]
        struct Told {
            check: &'static str,
            state: State,
            told: String,
            remedies: Vec<String>,
        }
        let remedies = self.remedies.iter().map(|remedy| remedy.speak(lang).to_owned()).collect();
        Told { check: self.id, state: self.state, told: self.told.speak(lang).to_owned(), remedies }
    }
}

/// What is looked at.
#[derive(Debug)]
pub struct Machine {
    pub place: SearchPaths,
    pub state: PathBuf,
    pub cache: PathBuf,
    /// Below it each lesson has a workspace.
    pub work: PathBuf,
    /// The `moebi` program, for the guardian of the nodes that are tried.
    pub guardian: PathBuf,
    pub terminal: Terminal,
}

/// What a person sees of the doctor at work.
#[derive(Debug)]
pub enum Progress {
    Looking(Localized),
    Found(Finding),
}

/// Looks at everything; each finding is told as soon as it is there. Takes some seconds, a minute and a half at most.
pub async fn examine(machine: &Machine, mut tell: impl FnMut(Progress)) {
    tell(Progress::Looking(messages::looking_for_elixir()));
    let (runtime, findings) = runtime::look(&machine.place).await;
    findings.into_iter().for_each(|finding| tell(Progress::Found(finding)));
    for finding in folders::look(machine).into_iter().chain([cookie::look()]) {
        tell(Progress::Found(finding));
    }
    tell(Progress::Looking(messages::looking_at_names()));
    for finding in hosts::look().await {
        tell(Progress::Found(finding));
    }
    tell(Progress::Found(isolation::look(machine, runtime.as_ref()).await));
    if let Some(runtime) = runtime {
        nodes::look(machine, runtime, &mut tell).await;
    } else {
        tell(Progress::Found(Finding::remark("iex", messages::not_tried())));
    }
    for finding in machine.terminal.look().into_iter().chain([leftovers::look()]) {
        tell(Progress::Found(finding));
    }
}

/// Whether anything of it keeps lessons from running.
pub fn is_well(findings: &[Finding]) -> bool {
    findings.iter().all(|finding| finding.state != State::Wrong)
}
