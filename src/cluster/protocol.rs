//! What Moebi and the bridge in a node say to each other.
//!
//! Frames on a Unix stream socket: four bytes of length (big-endian), then one external term.
//! A frame holds at most 64 KB; a longer one closes the connection. Terms are tuples whose first
//! element is the atom named in each doc line; texts are binaries in UTF-8; absence is the atom `none`.

use crate::lesson::{OutputKind, ProbeOutcome};

/// The longest frame, in bytes.
pub const MOST_FRAME: usize = 64 * 1024;

/// From the bridge.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FromNode {
    /// `{hello, Node :: atom, Elixir :: binary, Otp :: binary, OsPid :: integer, Cookie :: binary}`: the first frame.
    /// `Node` is `nonode@nohost` where the learner gave no name; the node is told again with `named` when that changes.
    Hello { node: String, elixir: String, otp: String, os_pid: u32, cookie: String },
    /// `{named, Node :: atom, Cookie :: binary}`: the node's name or cookie has changed (`Node.start`, `Node.set_cookie`).
    Named { node: String, cookie: String },
    /// `{prompt, iex | more | gets | chars | none, Text :: binary}`: a reader waits, or (none) the one that waited is gone.
    Prompt { kind: PromptKind, text: String },
    /// `{output, result | error | shell | print | log | stderr, Node :: atom, Text :: binary}`:
    /// `Node` is that of the process which printed.
    Output { kind: OutputKind, by: String, text: String },
    /// `{left_out, Bytes :: integer}`: output beyond the present input's budget, counted since the last such frame.
    LeftOut { bytes: u64 },
    /// `{node_up, Node :: atom}`, `{node_down, Node :: atom}`: this node lists it from now on, or no longer.
    NodeUp { node: String },
    NodeDown { node: String },
    /// `{probed, Ref :: integer, {value, Inspected :: binary, true | false | none} | {raised, binary} | timed_out}`
    Probed { id: u64, outcome: ProbeOutcome },
    /// `{parsed, Ref :: integer, complete | incomplete | {wrong, Text :: binary}}`
    Parsed { id: u64, parsed: Parsed },
    /// `{interrupted, Kept :: integer}`: the shell was interrupted; so many variables were put back.
    Interrupted { kept: u64 },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PromptKind {
    Iex,
    More,
    /// `IO.gets` and the like.
    Gets,
    /// `IO.getn` and the like.
    Chars,
    None,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Parsed {
    Complete,
    Incomplete,
    Wrong(String),
}

/// To the bridge.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ToNode {
    /// `{input, Text :: binary}`: one line with its newline, as a terminal would send it.
    Input { text: String },
    /// `eof` in a tuple of one: the end of input for the waiting reader.
    Eof,
    /// `{interrupt}`: Ctrl-C.
    Interrupt,
    /// `{probe, Ref :: integer, Code :: binary, Pattern :: binary | none, Milliseconds :: integer}`
    Probe { id: u64, code: String, pattern: Option<String>, milliseconds: u64 },
    /// `{parse, Ref :: integer, Text :: binary}`
    Parse { id: u64, text: String },
    /// `{geometry, Columns :: integer, Rows :: integer}`
    Geometry { columns: u16, rows: u16 },
    /// `{halt}`: `:erlang.halt(0, flush: false)`, at once.
    Halt,
}
