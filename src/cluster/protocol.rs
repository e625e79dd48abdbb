//! What Moebi and the bridge in a node say to each other.
//!
//! Frames on a Unix stream socket: four bytes of length (big-endian), then one external term.
//! A frame holds at most 64 KB; a longer one closes the connection. Terms are tuples whose first
//! element is the atom named in each doc line; texts are binaries in UTF-8; absence is the atom `none`.

use eetf::{Atom, BigInteger, Binary, FixInteger, Term, Tuple};
use serde::{Deserialize, Serialize};

use super::messages;
use crate::{
    i18n::Localized,
    lesson::{NodeName, OutputKind, ProbeOutcome, ProcessId, Sender, TieKind, Ties},
    view::survey::{Connection, Peer, Survey, Task, Tie},
};

/// The longest frame, in bytes.
pub const MAX_FRAME: usize = 64 * 1024;

/// From the bridge.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FromNode {
    /// `{hello, Node :: atom, Elixir :: binary, Otp :: binary, OsPid :: integer, Cookie :: binary, Word :: integer}`: the
    /// first frame. `Word` stands for this node in causes. `Node` is `nonode@nohost` where the learner gave no name; the node is told again with `named` when that changes.
    Hello {
        node: String,
        elixir: String,
        otp: String,
        os_pid: u32,
        cookie: String,
        word: u32,
    },
    /// `{named, Node :: atom, Cookie :: binary, Mix :: boolean}`: the node's name or cookie has changed (`Node.start`,
    /// `Node.set_cookie`), or whether a Mix project is loaded in it.
    Named {
        node: String,
        cookie: String,
        mix: bool,
    },
    /// `{prompt, iex | more | gets | chars | none, Text :: binary}`: a reader waits, or (none) the one that waited is gone.
    Prompt {
        kind: PromptKind,
        text: String,
    },
    /// `{line, Number :: integer, Prompt, Text :: binary}`: IEx was given this line of the node's input `Number`, which
    /// counts expressions from 1.
    Line {
        number: u32,
        prompt: String,
        text: String,
    },
    /// `{output, result | error | shell | print | log | stderr, Node :: atom, Process :: binary, Clock, Cause, Text :: binary}`:
    /// `Node` is that of the process which printed; of another node's it is told which one. `Clock` is, here as below,
    /// `{Microseconds, Serial, Heard :: integer}`, see [`Sender`].
    Output {
        kind: OutputKind,
        by: String,
        sender: Sender,
        cause: Option<NodeInput>,
        text: String,
    },
    /// `{left_out, Bytes :: integer}`: output beyond the present input's budget, counted since the last such frame.
    LeftOut {
        bytes: u64,
    },
    /// `{node_up, Node :: atom}`, `{node_down, Node :: atom}`: this node lists it from now on, or no longer.
    NodeUp {
        node: String,
    },
    NodeDown {
        node: String,
    },
    /// `{message, From :: atom, Process :: binary, To :: atom, Process :: binary, Clock, Cause, Inspected ::
    /// binary}`: a process of the node `From` has sent this to the node `To`. At most 4 KB each, and a bounded number of them an input; what is
    /// beyond that goes unseen. The receiver's process is empty where it is an alias.
    Message {
        from: String,
        sender: Sender,
        to: String,
        receiver: ProcessId,
        cause: Option<NodeInput>,
        text: String,
    },
    /// `{shell, Process :: binary}`: from now on that one evaluates what is typed.
    Shell {
        process: ProcessId,
    },
    /// `{spawned, Process :: binary, Node :: atom | none, Parent :: binary, Linked :: boolean, Monitored :: boolean,
    /// Clock, Cause, Function :: binary}`: a process of another node has started this one, to run that
    /// function, and is linked to it or monitors it from the first. `none` where it was gone too soon to say which.
    Spawned {
        process: Sender,
        by: Option<String>,
        parent: ProcessId,
        ties: Ties,
        cause: Option<NodeInput>,
        function: String,
    },
    /// `{unseen}`: until the next input, or for a second, what processes send is not looked at.
    Unseen,
    /// `{exited, Process :: binary, Clock, Cause, Reason :: binary}`: one of those has ended.
    Exited {
        process: Sender,
        cause: Option<NodeInput>,
        reason: String,
    },
    /// `{tied, Process :: binary, link | monitor, Node :: atom, Clock, Cause, Other :: binary}`: what evaluates
    /// the node's inputs has linked itself to a process of another node, or monitors it from now on.
    Tied {
        process: Sender,
        kind: TieKind,
        to: String,
        other: ProcessId,
        cause: Option<NodeInput>,
    },
    /// `{down, Process :: binary, Node :: atom, Other :: binary, Clock, Cause, Reason :: binary}`: the same has
    /// been told by a monitor that a process of another node is gone, or its node.
    Down {
        process: Sender,
        of: String,
        other: ProcessId,
        cause: Option<NodeInput>,
        reason: String,
    },
    /// `{rested, Round :: integer, Running :: integer, Waiting :: integer, Fingerprint :: integer}`: the answer to `rest`.
    Rested {
        round: u64,
        report: Report,
    },
    /// `{probed, Ref :: integer, {value, Inspected :: binary, true | false | none} | {raised, binary} | timed_out}`
    Probed {
        id: u64,
        outcome: ProbeOutcome,
    },
    /// `{parsed, Ref :: integer, complete | incomplete | {wrong, Text :: binary}}`
    Parsed {
        id: u64,
        parsed: Parsed,
    },
    /// `{completed, Ref :: integer, {{Back :: integer, Text, Label, About :: binary}, …}}`: at most a hundred.
    Completed {
        id: u64,
        candidates: Vec<Candidate>,
    },
    /// `{surveyed, Ref :: integer, late | {survey, Shell :: binary, Peers, Names, Ties, Leaders, Tasks, Modules, LeftOut :: integer}}`
    /// where `Peers` is `{{Node, self | visible | hidden | known, Digest}, …}`, `Names` is `{{Process, Name}, …}`, `Ties` is
    /// `{{link | monitor, Process, Node, Process}, …}`, `Leaders` is `{{Process, Node}, …}` and `Tasks` is
    /// `{{Supervisor, Process, Node, Caller}, …}`, binaries all: at most forty of each.
    Surveyed {
        id: u64,
        survey: Option<Survey>,
    },
    /// `{interrupted, Kept :: integer}`: the shell was interrupted; so many variables were put back.
    Interrupted {
        kept: u64,
    },
}

/// `{Word, Number :: integer} | none`: the input, of the node with that word, that brought something about; 0
/// is the command that started the node.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NodeInput {
    pub word: u32,
    pub number: u32,
}

/// What a node tells of its processes in one round.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Report {
    /// So many run, or are about to, or could not be asked.
    pub running: u64,
    /// So many wait that a learner's code has started.
    pub waiting: u64,
    /// Another number once any process has done anything.
    pub fingerprint: u64,
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

/// One thing that may stand where a text ends.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Candidate {
    /// So many bytes at the end of the text are replaced.
    pub back: usize,
    /// By this; empty where there is nothing to type, only `label` to read.
    pub text: String,
    /// What a menu shows: `spawn/2 /4`.
    pub label: String,
    /// One line of documentation; may be empty.
    pub about: String,
}

/// To the bridge.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ToNode {
    /// `{input, Text :: binary}`: whole lines, each with its newline, as a terminal would send them.
    Input { text: String },
    /// `eof` in a tuple of one: the end of input for the waiting reader.
    Eof,
    /// `{interrupt}`: Ctrl-C.
    Interrupt,
    /// `{probe, Ref :: integer, Code :: binary, Pattern :: binary | none, Milliseconds :: integer}`
    Probe { id: u64, code: String, pattern: Option<String>, milliseconds: u64 },
    /// `{parse, Ref :: integer, Text :: binary, Milliseconds :: integer}`
    Parse { id: u64, text: String, milliseconds: u64 },
    /// `{complete, Ref :: integer, Text :: binary, Milliseconds :: integer}`: the text up to the cursor.
    Complete { id: u64, text: String, milliseconds: u64 },
    /// `{survey, Ref :: integer, Salt :: binary, Module :: binary, Milliseconds :: integer}`: cookies are told as digests,
    /// with this salt. The module is one to look for; empty where there is none.
    Survey { id: u64, salt: String, module: String, milliseconds: u64 },
    /// `{rest, Round :: integer, {Node :: binary, …}, {Paused :: binary, …}}`: whether anything runs, once all that the
    /// first have sent is in; the others do not answer.
    Rest { round: u64, peers: Vec<String>, paused: Vec<String> },
    /// `{cut, Node :: binary}`: ends the connection to that node, if there is one.
    Cut { node: String },
    /// `{geometry, Columns :: integer, Rows :: integer}`
    Geometry { columns: u16, rows: u16 },
    /// `{pace}`: from now on, whoever prints without end what nobody sees waits now and then.
    Pace,
    /// `{halt}`: `:erlang.halt(0, flush: false)`, at once.
    Halt,
}

/// Why a frame can't be understood. The connection it came over is of no more use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Malformed {
    /// Longer than a frame may be.
    TooLong,
    /// It holds no term that the protocol knows.
    NotOurs,
    /// More came after one input than a node may say; in bytes.
    TooMuch(usize),
}

impl Malformed {
    pub fn told(self) -> Localized {
        match self {
            Self::TooLong => messages::frame_is_too_long(MAX_FRAME),
            Self::NotOurs => messages::frame_is_not_ours(),
            Self::TooMuch(most) => messages::said_too_much(most),
        }
    }
}

impl FromNode {
    /// One frame without its length. Total: whatever the bytes are, they are a message or `Malformed`.
    pub fn decode(frame: &[u8]) -> Result<Self, Malformed> {
        if frame.len() > MAX_FRAME {
            return Err(Malformed::TooLong);
        }
        read(frame).and_then(|term| from_node(&term)).ok_or(Malformed::NotOurs)
    }
}

impl ToNode {
    /// One frame without its length.
    ///
    /// # Errors
    /// `TooLong` where the message would not fit into a frame; nothing else can go wrong.
    pub fn encode(&self) -> Result<Vec<u8>, Malformed> {
        let mut frame = Vec::new();
        self.term().encode(&mut frame).map_err(|_| Malformed::NotOurs)?;
        if frame.len() > MAX_FRAME { Err(Malformed::TooLong) } else { Ok(frame) }
    }

    fn term(&self) -> Term {
        match self {
            Self::Input { text } => tuple("input", [binary(text)]),
            Self::Eof => tuple("eof", []),
            Self::Interrupt => tuple("interrupt", []),
            Self::Probe { id, code, pattern, milliseconds } => {
                let pattern = pattern.as_deref().map_or_else(|| atom("none"), binary);
                tuple("probe", [integer(*id), binary(code), pattern, integer(*milliseconds)])
            }
            Self::Parse { id, text, milliseconds } => {
                tuple("parse", [integer(*id), binary(text), integer(*milliseconds)])
            }
            Self::Complete { id, text, milliseconds } => {
                tuple("complete", [integer(*id), binary(text), integer(*milliseconds)])
            }
            Self::Survey { id, salt, module, milliseconds } => {
                tuple("survey", [integer(*id), binary(salt), binary(module), integer(*milliseconds)])
            }
            Self::Rest { round, peers, paused } => {
                tuple("rest", [integer(*round), binaries(peers), binaries(paused)])
            }
            Self::Cut { node } => tuple("cut", [binary(node)]),
            Self::Geometry { columns, rows } => {
                tuple("geometry", [integer((*columns).into()), integer((*rows).into())])
            }
            Self::Pace => tuple("pace", []),
            Self::Halt => tuple("halt", []),
        }
    }
}

fn tuple<const N: usize>(name: &str, rest: [Term; N]) -> Term {
    let elements: Vec<Term> = std::iter::once(atom(name)).chain(rest).collect();
    Tuple::from(elements).into()
}

fn atom(name: &str) -> Term {
    Atom::from(name).into()
}

fn binary(text: &str) -> Term {
    Binary::from(text.as_bytes()).into()
}

fn binaries(texts: &[String]) -> Term {
    Tuple::from(texts.iter().map(|text| binary(text)).collect::<Vec<_>>()).into()
}

fn integer(value: u64) -> Term {
    match i32::try_from(value) {
        Ok(small) => FixInteger::from(small).into(),
        Err(_) => BigInteger::from(value).into(),
    }
}

/// The one term that the frame consists of.
///
/// eetf trusts its input: it panics at some tags, and it allocates whatever a length claims. So the bytes
/// are walked first, and only the few kinds of term that the protocol is made of are let through.
fn read(frame: &[u8]) -> Option<Term> {
    let (&VERSION, term) = frame.split_first()? else { return None };
    let rest = skip(term, DEEPEST)?;
    if rest.is_empty() { Term::decode(frame).ok() } else { None }
}

const VERSION: u8 = 131;
/// Tuples within tuples: `{surveyed, Ref, {survey, …, {{Node, …}, …}, …}}` is four deep.
const DEEPEST: usize = 4;

/// What follows the first term of `bytes`, if that is one of ours. Tags: Erlang's "External Term Format".
fn skip(bytes: &[u8], depth: usize) -> Option<&[u8]> {
    let (&tag, rest) = bytes.split_first()?;
    match tag {
        97 => rest.get(1..),                                      // SMALL_INTEGER_EXT
        98 => rest.get(4..),                                      // INTEGER_EXT
        110 => rest.get(2 + usize::from(*rest.first()?)..),       // SMALL_BIG_EXT
        115 | 119 => rest.get(1 + usize::from(*rest.first()?)..), // SMALL_ATOM(_UTF8)_EXT
        100 | 118 => rest.get(2 + usize::from(u16::from_be_bytes(*rest.first_chunk()?))..), // ATOM(_UTF8)_EXT
        109 => rest.get(4 + usize::try_from(u32::from_be_bytes(*rest.first_chunk()?)).ok()?..), // BINARY_EXT
        104 => {
            let (&arity, mut rest) = rest.split_first()?; // SMALL_TUPLE_EXT
            let depth = depth.checked_sub(1)?;
            for _ in 0..arity {
                rest = skip(rest, depth)?;
            }
            Some(rest)
        }
        _ => None,
    }
}

fn from_node(term: &Term) -> Option<FromNode> {
    let (name, arguments) = parts(term)?;
    Some(match (name, arguments) {
        ("hello", [node, elixir, otp, os_pid, cookie, word]) => FromNode::Hello {
            node: name_of(node)?,
            elixir: text(elixir)?,
            otp: text(otp)?,
            os_pid: u32::try_from(number(os_pid)?).ok()?,
            cookie: text(cookie)?,
            word: small(word)?,
        },
        ("named", [node, cookie, mix]) => {
            FromNode::Named { node: name_of(node)?, cookie: text(cookie)?, mix: boolean(mix)? }
        }
        ("prompt", [kind, prompt]) => FromNode::Prompt { kind: prompt_kind(kind)?, text: text(prompt)? },
        ("line", [number, prompt, line]) => {
            FromNode::Line { number: small(number)?, prompt: text(prompt)?, text: text(line)? }
        }
        ("output", [kind, node, process, clock, cause, output]) => FromNode::Output {
            kind: output_kind(kind)?,
            by: name_of(node)?,
            sender: sender(process, clock)?,
            cause: input(cause)?,
            text: text(output)?,
        },
        ("left_out", [bytes]) => FromNode::LeftOut { bytes: number(bytes)? },
        ("node_up", [node]) => FromNode::NodeUp { node: name_of(node)? },
        ("node_down", [node]) => FromNode::NodeDown { node: name_of(node)? },
        ("shell", [process]) => FromNode::Shell { process: text(process)? },
        ("unseen", []) => FromNode::Unseen,
        ("spawned", [process, by, parent, linked, monitored, clock, cause, function]) => FromNode::Spawned {
            process: sender(process, clock)?,
            by: Some(name_of(by)?).filter(|by| by != "none"),
            parent: text(parent)?,
            ties: Ties { link: boolean(linked)?, monitor: boolean(monitored)? },
            cause: input(cause)?,
            function: text(function)?,
        },
        ("exited", [process, clock, cause, reason]) => {
            FromNode::Exited { process: sender(process, clock)?, cause: input(cause)?, reason: text(reason)? }
        }
        ("tied", [process, kind, to, clock, cause, other]) => FromNode::Tied {
            process: sender(process, clock)?,
            kind: tie_kind(kind)?,
            to: name_of(to)?,
            other: text(other)?,
            cause: input(cause)?,
        },
        ("down", [process, of, other, clock, cause, reason]) => FromNode::Down {
            process: sender(process, clock)?,
            of: name_of(of)?,
            other: text(other)?,
            cause: input(cause)?,
            reason: text(reason)?,
        },
        ("message", [from, process, to, receiver, clock, cause, message]) => FromNode::Message {
            from: name_of(from)?,
            sender: sender(process, clock)?,
            to: name_of(to)?,
            receiver: text(receiver)?,
            cause: input(cause)?,
            text: text(message)?,
        },
        ("rested", [round, running, waiting, fingerprint]) => FromNode::Rested {
            round: number(round)?,
            report: Report {
                running: number(running)?,
                waiting: number(waiting)?,
                fingerprint: number(fingerprint)?,
            },
        },
        ("probed", [id, reply]) => FromNode::Probed { id: number(id)?, outcome: outcome(reply)? },
        ("parsed", [id, reply]) => FromNode::Parsed { id: number(id)?, parsed: parsed(reply)? },
        ("completed", [id, reply]) => FromNode::Completed { id: number(id)?, candidates: candidates(reply)? },
        ("surveyed", [id, reply]) => FromNode::Surveyed { id: number(id)?, survey: survey(reply)? },
        ("interrupted", [kept]) => FromNode::Interrupted { kept: number(kept)? },
        _ => return None,
    })
}

/// A tuple's name and the rest of it; a bare atom is a tuple of one.
fn parts(term: &Term) -> Option<(&str, &[Term])> {
    match term {
        Term::Atom(atom) => Some((&atom.name, &[])),
        Term::Tuple(tuple) => {
            let (Term::Atom(first), rest) = tuple.elements.split_first()? else { return None };
            Some((&first.name, rest))
        }
        _ => None,
    }
}

fn candidates(term: &Term) -> Option<Vec<Candidate>> {
    let Term::Tuple(tuple) = term else { return None };
    tuple.elements.iter().map(candidate).collect()
}

fn candidate(term: &Term) -> Option<Candidate> {
    let Term::Tuple(tuple) = term else { return None };
    let [back, replacement, label, about] = tuple.elements.as_slice() else { return None };
    Some(Candidate {
        back: usize::try_from(number(back)?).ok()?,
        text: text(replacement)?,
        label: text(label)?,
        about: text(about)?,
    })
}

/// Some(none) where the node has not looked in time.
#[expect(clippy::option_option, reason = "the outer one says that the term is ours")]
fn survey(term: &Term) -> Option<Option<Survey>> {
    let (shell, peers, names, ties, leaders, tasks, modules, left_out) = match parts(term)? {
        ("late", []) => return Some(None),
        ("survey", [shell, peers, names, ties, leaders, tasks, modules, left_out]) => {
            (shell, peers, names, ties, leaders, tasks, modules, left_out)
        }
        _ => return None,
    };
    let (own, others): (Vec<_>, Vec<_>) =
        each(peers, peer)?.into_iter().partition(|(connection, _)| connection.is_none());
    let cookie = own.into_iter().next().map(|(_, own)| own.cookie)?;
    Some(Some(Survey {
        shell: text(shell)?,
        cookie,
        peers: others.into_iter().map(|(_, peer)| peer).collect(),
        names: each(names, |[id, name]| Some((text(id)?, text(name)?)))?,
        ties: each(ties, |[kind, from, node, to]| {
            Some(Tie { kind: tie_kind(kind)?, from: text(from)?, node: node_name(node)?, to: text(to)? })
        })?,
        leaders: each(leaders, |[id, node]| Some((text(id)?, node_name(node)?)))?,
        tasks: each(tasks, |[supervisor, id, caller_node, caller]| {
            Some(Task {
                supervisor: text(supervisor)?,
                id: text(id)?,
                caller_node: node_name(caller_node)?,
                caller: text(caller)?,
            })
        })?,
        modules: each(modules, |[name, digest]| {
            Some((text(name)?, Some(text(digest)?).filter(|digest| !digest.is_empty())))
        })?,
        left_out: number(left_out)?,
    }))
}

/// Each tuple in a tuple.
fn each<T, const N: usize>(term: &Term, read: impl Fn(&[Term; N]) -> Option<T>) -> Option<Vec<T>> {
    let Term::Tuple(all) = term else { return None };
    let element = |term: &Term| match term {
        Term::Tuple(tuple) => read(tuple.elements.as_slice().try_into().ok()?),
        _ => None,
    };
    all.elements.iter().map(element).collect()
}

/// No connection for the node itself.
fn peer([node, kind, cookie]: &[Term; 3]) -> Option<(Option<Connection>, Peer)> {
    let kind = match parts(kind)? {
        ("self", []) => None,
        ("visible", []) => Some(Connection::Visible),
        ("hidden", []) => Some(Connection::Hidden),
        ("known", []) => Some(Connection::None),
        _ => return None,
    };
    let connection = kind.unwrap_or(Connection::None);
    Some((kind, Peer { node: node_name(node)?, connection, cookie: text(cookie)? }))
}

fn tie_kind(term: &Term) -> Option<TieKind> {
    Some(match parts(term)? {
        ("link", []) => TieKind::Link,
        ("monitor", []) => TieKind::Monitor,
        _ => return None,
    })
}

fn node_name(term: &Term) -> Option<NodeName> {
    NodeName::parse(&text(term)?).ok()
}

fn sender(process: &Term, clock: &Term) -> Option<Sender> {
    let Term::Tuple(clock) = clock else { return None };
    let [clock, serial, heard] = clock.elements.as_slice() else { return None };
    let (clock, serial, heard) = (number(clock)?, number(serial)?, number(heard)?);
    Some(Sender { process: text(process)?, clock, serial, heard })
}

fn name_of(term: &Term) -> Option<String> {
    match term {
        Term::Atom(atom) => Some(atom.name.clone()),
        _ => None,
    }
}

fn text(term: &Term) -> Option<String> {
    match term {
        Term::Binary(binary) => String::from_utf8(binary.bytes.clone()).ok(),
        _ => None,
    }
}

fn number(term: &Term) -> Option<u64> {
    match term {
        Term::FixInteger(integer) => u64::try_from(integer.value).ok(),
        Term::BigInteger(integer) => u64::try_from(&integer.value).ok(),
        _ => None,
    }
}

fn small(term: &Term) -> Option<u32> {
    u32::try_from(number(term)?).ok()
}

/// Some(none) where there is no cause.
#[expect(clippy::option_option, reason = "the outer one says that the term is ours")]
fn input(term: &Term) -> Option<Option<NodeInput>> {
    match term {
        Term::Tuple(tuple) => {
            let [word, number] = tuple.elements.as_slice() else { return None };
            Some(Some(NodeInput { word: small(word)?, number: small(number)? }))
        }
        term => maybe(term).filter(Option::is_none).map(|_| None),
    }
}

fn prompt_kind(term: &Term) -> Option<PromptKind> {
    Some(match parts(term)? {
        ("iex", []) => PromptKind::Iex,
        ("more", []) => PromptKind::More,
        ("gets", []) => PromptKind::Gets,
        ("chars", []) => PromptKind::Chars,
        ("none", []) => PromptKind::None,
        _ => return None,
    })
}

fn output_kind(term: &Term) -> Option<OutputKind> {
    Some(match parts(term)? {
        ("result", []) => OutputKind::Result,
        ("error", []) => OutputKind::Error,
        ("shell", []) => OutputKind::Shell,
        ("print", []) => OutputKind::Print,
        ("log", []) => OutputKind::Log,
        ("stderr", []) => OutputKind::Stderr,
        _ => return None,
    })
}

fn outcome(term: &Term) -> Option<ProbeOutcome> {
    Some(match parts(term)? {
        ("value", [inspected, matched]) => {
            ProbeOutcome::Value { inspected: text(inspected)?, matched: maybe(matched)? }
        }
        ("raised", [reason]) => ProbeOutcome::Raised(text(reason)?),
        ("timed_out", []) => ProbeOutcome::TimedOut,
        _ => return None,
    })
}

fn boolean(term: &Term) -> Option<bool> {
    maybe(term).flatten()
}

fn maybe(term: &Term) -> Option<Option<bool>> {
    Some(match parts(term)? {
        ("true", []) => Some(true),
        ("false", []) => Some(false),
        ("none", []) => None,
        _ => return None,
    })
}

fn parsed(term: &Term) -> Option<Parsed> {
    Some(match parts(term)? {
        ("complete", []) => Parsed::Complete,
        ("incomplete", []) => Parsed::Incomplete,
        ("wrong", [message]) => Parsed::Wrong(text(message)?),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn frame(term: Term) -> Vec<u8> {
        let mut bytes = Vec::new();
        term.encode(&mut bytes).expect("a term of ours can be encoded");
        bytes
    }

    #[test]
    fn an_output_is_read() {
        let cause = Tuple::from(vec![integer(4096), integer(3)]).into();
        let clock = Tuple::from(vec![integer(3), integer(2), integer(1)]).into();
        let bytes = frame(tuple(
            "output",
            [atom("print"), atom("kate@localhost"), binary("0.129.0"), clock, cause, binary("γεια\n")],
        ));
        let output = FromNode::Output {
            kind: OutputKind::Print,
            by: "kate@localhost".to_owned(),
            sender: Sender { process: "0.129.0".to_owned(), clock: 3, serial: 2, heard: 1 },
            cause: Some(NodeInput { word: 4096, number: 3 }),
            text: "γεια\n".to_owned(),
        };
        assert_eq!(FromNode::decode(&bytes), Ok(output));
    }

    #[test]
    fn a_message_is_read() {
        let bytes = frame(tuple(
            "message",
            [
                atom("kate@localhost"),
                binary("0.129.0"),
                atom("alex@localhost"),
                binary(""),
                Tuple::from(vec![integer(0), integer(0), integer(0)]).into(),
                atom("none"),
                binary(":sup?"),
            ],
        ));
        let (from, to) = ("kate@localhost".to_owned(), "alex@localhost".to_owned());
        assert_eq!(
            FromNode::decode(&bytes),
            Ok(FromNode::Message {
                from,
                sender: Sender { process: "0.129.0".to_owned(), ..Sender::default() },
                to,
                receiver: String::new(),
                cause: None,
                text: ":sup?".to_owned()
            })
        );
    }

    #[test]
    fn a_number_beyond_32_bits_is_read() {
        let bytes = frame(tuple("left_out", [integer(1 << 40)]));
        assert_eq!(FromNode::decode(&bytes), Ok(FromNode::LeftOut { bytes: 1 << 40 }));
    }

    #[test]
    fn a_probe_is_written_as_the_bridge_expects_it() {
        let probe = ToNode::Probe { id: 1, code: "x".to_owned(), pattern: None, milliseconds: 500 };
        let expected = frame(tuple("probe", [integer(1), binary("x"), atom("none"), integer(500)]));
        assert_eq!(probe.encode(), Ok(expected));
    }

    #[test]
    fn what_does_not_fit_into_a_frame_is_refused() {
        let long = ToNode::Input { text: "x".repeat(MAX_FRAME) };
        assert!(matches!(long.encode(), Err(Malformed::TooLong)));
        assert_eq!(FromNode::decode(&vec![131; MAX_FRAME + 1]), Err(Malformed::TooLong));
    }

    #[test]
    fn hostile_frames_are_refused() {
        let claims_a_giant_list = [131, 108, 255, 255, 255, 255];
        let claims_a_giant_binary = [131, 109, 255, 255, 255, 255, 1];
        let atom_cache = [131, 82, 0];
        let compressed = [131, 80, 255, 255, 255, 255, 120];
        let two_terms = [131, 119, 1, b'x', 97, 1];
        let deep: Vec<u8> = std::iter::once(131).chain([104, 1].repeat(30_000)).collect();
        let negative = frame(tuple("left_out", [FixInteger::from(-1).into()]));
        let not_text = frame(tuple("prompt", [atom("iex"), Binary::from(vec![0xff]).into()]));
        let frames: [&[u8]; 9] = [
            &[],
            &claims_a_giant_list,
            &claims_a_giant_binary,
            &atom_cache,
            &compressed,
            &two_terms,
            &deep,
            &negative,
            &not_text,
        ];
        for bytes in frames {
            assert_eq!(
                FromNode::decode(bytes),
                Err(Malformed::NotOurs),
                "{:?}",
                &bytes[..bytes.len().min(8)]
            );
        }
    }

    proptest! {
        #[test]
        fn no_bytes_make_it_panic(mut bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            let _ = FromNode::decode(&bytes);
            bytes.splice(0..0, [131, 104, 4]);
            let _ = FromNode::decode(&bytes);
        }
    }
}
