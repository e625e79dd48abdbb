//! What the cluster tells.

use crate::{
    cluster::cell,
    error::Error,
    lesson::{Cause, Fact, TerminalName},
};

#[derive(Debug)]
pub enum Event {
    /// Ready for the evidence, with what brought it about.
    Fact(Fact, Option<Cause>),
    /// Since it was sought (`Cluster::seek_rest`) all nodes have come to rest.
    Rested(Rest),
    /// Bytes of a command in the foreground, as they came, for relaying; their text follows as facts, line by line.
    Raw { terminal: TerminalName, bytes: Vec<u8> },
    /// A program in the foreground takes that terminal's keys from now on; or no longer: an `iex` boots there.
    /// At `$`, and while a node runs, none does.
    Foreground { terminal: TerminalName, is_program: bool },
    /// What was typed into a command and not read by it, before the facts of its end: whole lines, and one that was just
    /// begun. `was_read`: it did read some of what was typed ahead.
    Unread { terminal: TerminalName, lines: Vec<String>, begun: String, was_read: bool },
    /// Keys for a command that had ended, behind the facts of its end. Lines end with `\n`.
    Late { terminal: TerminalName, typed: String },
    /// A node's shell was interrupted; so many variables were put back.
    Interrupted { terminal: TerminalName, kept: u64 },
    /// An `iex` was started 20 s ago and is still no node. It goes on; `close` ends it.
    BootTimedOut { terminal: TerminalName },
    /// The cell is gone, and all that ran in it. Nothing can run any more.
    CellEnded(cell::End),
    /// Something didn't work; what it was about goes on, or ends with facts of its own.
    Failed { terminal: Option<TerminalName>, error: Error },
}

/// What is known of what still goes on in the nodes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rest {
    /// Nothing that learners' code has started is left: nothing more can come of it.
    Over,
    /// Nothing runs and nothing is on its way; but something waits, for a message or a timer.
    Waiting,
    /// Nobody can tell: a command runs at `$`, or a node does not answer.
    Unknown,
}
