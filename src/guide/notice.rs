//! What a driver tells the guide; what the guide tells a driver is the session's `Notice`.

use std::path::PathBuf;

use tokio::sync::oneshot;

use crate::lesson::{Lang, TerminalName};

pub use crate::cluster::protocol::Candidate;
pub use crate::session::{Scope, notice::*};

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
    Slash(Slash),
    /// `/quit`, Ctrl-D, the end of input.
    Quit,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Slash {
    Help,
    Hint,
    Answer,
    Check,
    Next,
    Back,
    Skip,
    /// Bring the nodes back to where the present step begins.
    Restart,
    /// A step's word as it was typed; empty where there was none.
    Goto(String),
    Open(TerminalName),
    /// None: the focused one.
    Close(Option<TerminalName>),
    /// Show a terminal's recent screen again.
    Screen(Option<TerminalName>),
    Focus(TerminalName),
    /// Explain a term; empty for a list of them.
    Word(String),
    /// Open a file of the workspace in the learner's editor.
    Edit(String),
    /// The learner's own answers, as files.
    Export,
    /// Take back what was done, once a copy is made.
    Reset(Scope),
    /// Another language from here on.
    Lang(Lang),
    Quit,
}
