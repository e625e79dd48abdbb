//! What the cluster tells.

use crate::{
    cluster::{
        cell,
        protocol::{Candidate, Parsed},
    },
    error::Error,
    lesson::{Fact, ProbeOutcome, TerminalName},
};

#[derive(Debug)]
pub enum Event {
    /// Ready for the evidence.
    Fact(Fact),
    /// Bytes of a command in the foreground, as they came, for relaying; their text follows as facts, line by line.
    Raw { terminal: TerminalName, bytes: Vec<u8> },
    /// The answer to [`super::Cluster::probe`]; it is for the asker to make a fact of it.
    Probed { id: u64, terminal: TerminalName, outcome: ProbeOutcome },
    /// The answer to [`super::Cluster::parse`].
    Parsed { id: u64, parsed: Parsed },
    /// The answer to [`super::Cluster::complete`].
    Completed { id: u64, candidates: Vec<Candidate> },
    /// A node's shell was interrupted; so many variables were put back.
    Interrupted { terminal: TerminalName, kept: u64 },
    /// An `iex` was started 20 s ago and is still no node. It goes on; `close` ends it.
    BootTimedOut { terminal: TerminalName },
    /// The cell is gone, and all that ran in it. Nothing can run any more.
    CellEnded(cell::End),
    /// Something didn't work; what it was about goes on, or ends with facts of its own.
    Failed { terminal: Option<TerminalName>, error: Error },
}
