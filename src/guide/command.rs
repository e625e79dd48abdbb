//! What a driver tells the guide; what the guide tells a driver is the session's `Notice`.

use std::path::PathBuf;

use tokio::sync::oneshot;

use crate::lesson::TerminalName;

use super::slash_command::Call;

pub use crate::cluster::protocol::Candidate;

/// What a person does.
#[derive(Debug)]
pub enum Command {
    /// A whole input for the focused terminal (one or more lines, no closing newline).
    Line(String),
    /// Keys for the program that runs in the focused terminal.
    Bytes(Vec<u8>),
    /// An empty line: next step where this one is done.
    Enter,
    /// The answer to a question: what was typed; empty skips.
    Choose(String),
    /// Ctrl-C.
    Interrupt,
    /// Ctrl-D, for code that reads a line: there are no more.
    EndOfInput,
    /// The line editor waits for the rest of an expression, and Enter on an empty line did not end it. Once a buffer.
    Unfinished,
    /// Is this text a whole expression? Closed without an answer where the node gives none.
    Validate {
        text: String,
        reply: oneshot::Sender<bool>,
    },
    /// What may stand where this text ends, at the prompt of the focused terminal's node. Likewise.
    Complete {
        text: String,
        reply: oneshot::Sender<Vec<Candidate>>,
    },
    /// Where the focused terminal's next command would run.
    Folder {
        reply: oneshot::Sender<PathBuf>,
    },
    Resize {
        columns: u16,
        rows: u16,
    },
    /// A line that began with `/`.
    Slash(Call),
    /// The keys of a terminal: what is typed from now on is for that one.
    Focus(TerminalName),
    /// Ctrl-D, the end of input.
    Quit,
}
