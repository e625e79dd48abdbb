//! What Erlang and Elixir print, raise and return when something is wrong with the distribution.
//!
//! The wording is that of Elixir 1.14 to 1.18 on OTP 25 to 27. What a person has typed as it stands is no sign of anything:
//! whoever prints `no connection to kate@localhost` has no trouble.

use std::sync::LazyLock;

use regex::{Captures, Regex};

use super::{Kind, Target, Trouble};
use crate::lesson::{
    Fact, NodeName, OutputKind, ProcessEvent,
    judge::{Run, Scene, Typed},
};

/// A line that is shown of an error is no longer.
const MAX_SHOWN: usize = 300;

struct Sign {
    /// Where it can stand; all kinds but a value may be in several pieces.
    kinds: &'static [OutputKind],
    pattern: LazyLock<Regex>,
    means: fn(&Found<'_, '_>) -> Option<Kind>,
}

/// A sign in what an input brought about.
struct Found<'f, 's> {
    scene: &'f Scene<'s>,
    input: &'f Typed<'s>,
    run: &'f Run<'s>,
    near: Option<&'s NodeName>,
    parts: Captures<'f>,
}

const RAISED: &[OutputKind] = &[OutputKind::Error];
const VALUE: &[OutputKind] = &[OutputKind::Result];
const LOGGED: &[OutputKind] = &[OutputKind::Log, OutputKind::Raw, OutputKind::Stderr];
const SHOWN: &[OutputKind] = &[OutputKind::Print, OutputKind::Result];
const ANYWHERE: &[OutputKind] =
    &[OutputKind::Error, OutputKind::Log, OutputKind::Raw, OutputKind::Stderr, OutputKind::Shell];

macro_rules! signs {
    ($($kinds:ident $pattern:literal => $means:expr;)+) => {
        /// What tells most comes first: a call that fails says less than the log of the node that refused it.
        static SIGNS: [Sign; [$($pattern),+].len()] =
            [$(Sign { kinds: $kinds, pattern: LazyLock::new(|| regex($pattern)), means: $means }),+];
    };
}

signs! {
    ANYWHERE r"the name (\S+) seems to be in use by another Erlang node" => |found| {
        Some(Kind::NameTaken(found.part(1)))
    };
    ANYWHERE r"register/listen error: (econnrefused|etimedout|epmd_close|timeout)|\bepmd_close\b" => |_| Some(Kind::NoEpmd);
    ANYWHERE r"Can't set (?:long|short) node name|use fully qualified hostnames|Hostname \S+ is illegal" => |_| {
        Some(Kind::BadHost)
    };
    VALUE r"^:ignored$" => |found| found.is_call().then_some(Kind::NotAlive);
    VALUE r"^(?:\{:error, )?:not_alive\}?$" => |_| Some(Kind::NotAlive);
    RAISED r"\bnot_alive\b|the node name is not part of a distributed system" => |_| Some(Kind::NotAlive);
    LOGGED r"Connection attempt from node '?:?([^\s']+?)'? rejected" => |found| found.refused();
    RAISED r"\{:exception, :undef, \[\{([^,\s]+), :([^,\s]+), (\d+|\[[^\]]*\]?)" => |found| found.undefined();
    VALUE r"^\{:badrpc,\s+\{:EXIT,\s+\{:undef,\s+\[\{([^,\s]+), :([^,\s]+), (\d+|\[[^\]]*\]?)" => |found| found.undefined();
    LOGGED r"\(UndefinedFunctionError\) function (\S+) is undefined" => |found| found.undefined_there();
    ANYWHERE r"\(BadFunctionError\) (?:function|expected a function)|\{:exception, \{:badfun," => |found| {
        found.has_crossed().then(|| found.other_build())
    };
    RAISED r"exited in: (?s:.)*\(EXIT\) no process" => |found| Some(Kind::NoProcess(found.target()));
    RAISED r"exited in: (?s:.)*\(EXIT\) time out|\{:erpc, :timeout\}" => |found| Some(Kind::TimedOut(found.target()));
    RAISED r"\(EXIT\) no connection to ([^\s,]+)" => |found| found.unreachable();
    RAISED r"\{:nodedown, :([^\s}]+)\}" => |found| found.unreachable();
    RAISED r"\{:erpc, :noconnection\}|exited with reason: :?no ?connection|\(EXIT\) :?no ?connection" => |found| {
        found.unreachable()
    };
    LOGGED r"Cannot get connection id for node :?(\S+)|Can not start (?s:.)* on :?(\S+) \*\*" => |found| {
        found.unreachable()
    };
    VALUE r"^\{:badrpc, :nodedown\}$" => |found| found.unreachable();
    VALUE r"^(?:false|:pang)$" => |found| found.is_call().then(|| found.unreachable()).flatten();
    SHOWN r"^\{:nodedown, :([^\s},]+)(?:, \[.*\])?\}$" => |found| found.unreachable();
    SHOWN r"^\{:DOWN, #Reference<[\d.]+>, :process,\s+(?s:.)*, :noconnection\}" => |found| found.unreachable();
}

/// A call whose value says whether there is a connection.
static CALL: LazyLock<Regex> = LazyLock::new(|| {
    regex(r"^\s*(?:\w+\s*=\s*)?(?:Node\.(?:connect|ping)|:net_kernel\.connect_node|:net_adm\.ping)\b.*\)\s*$")
});

/// A node's name as it is written in code.
static NODE: LazyLock<Regex> = LazyLock::new(|| regex(r#":"?([\w.-]+@[\w.-]+)"?"#));

/// `#Function<43.3316493/0 in :erl_eval.expr/6>`
static FUNCTION: LazyLock<Regex> =
    LazyLock::new(|| regex(r"#Function<[\d.]+/\d+ in (:?[\w.]+)\.[^\s.]+/\d+>"));

/// A process of another node, and that node's name where it is told.
static CRASHED: LazyLock<Regex> = LazyLock::new(|| {
    regex(r"^(?:.*\] )?\w+ #PID<[1-9]\d*\.\d+\.\d+> (?:on node :(\S+) raised|started from)")
});

/// `GenServer.call({Chat, :kate@localhost}, …`, `GenServer.call(Chat, …`.
static CALLED: LazyLock<Regex> = LazyLock::new(|| {
    regex(r#"exited in: [\w.:]+\((?:\{([^,{}]+), :"?([^\s}"]+)"?\}|(#PID<[\d.]+>|:?[\w.]+))[,)]"#)
});

fn regex(text: &str) -> Regex {
    Regex::new(&format!("(?m){text}")).expect("the tests compile it")
}

/// The trouble of the scene's last input.
pub(super) fn find(scene: &Scene<'_>) -> Option<Trouble> {
    let inputs = scene.inputs();
    let input = inputs.last()?;
    let near = scene.own_node(input.terminal);
    let sign = |sign: &Sign| {
        scene.runs().iter().filter(|run| sign.kinds.contains(&run.kind)).find_map(|run| {
            // What another terminal shows is its own node's affair, unless that is a log.
            let is_near = run.terminal == input.terminal || run.kind == OutputKind::Log;
            let parts = sign.pattern.captures(run.text.trim_end()).filter(|_| is_near)?;
            let (end, whole) = parts.get(0).map(|found| (found.end(), found.as_str().trim()))?;
            let is_typed = input.text.contains(whole);
            let found = Found { scene, input, run, near, parts };
            let kind = (sign.means)(&found).filter(|_| !is_typed)?;
            Some(Trouble {
                kind,
                terminal: input.terminal.clone(),
                near: near.cloned(),
                cause: input.cause.clone(),
                typed: input.text.trim_end().to_owned(),
                shown: (run.terminal.clone(), shown(&run.text, end)),
                at: scene.records[input.index].at,
            })
        })
    };
    SIGNS.iter().find_map(sign)
}

/// The line in which a sign ends.
fn shown(text: &str, end: usize) -> String {
    let begin = text[..end].rfind('\n').map_or(0, |at| at + 1);
    let line = text[begin..].lines().next().unwrap_or_default().trim();
    line.chars().take(MAX_SHOWN).collect()
}

impl Found<'_, '_> {
    fn part(&self, number: usize) -> Option<String> {
        self.parts.get(number).map(|part| part.as_str().trim_matches(['"', '\'']).to_owned())
    }

    fn is_call(&self) -> bool {
        CALL.is_match(&self.input.text)
    }

    /// The first name of a node in what was typed.
    fn typed_node(&self) -> Option<String> {
        NODE.captures(&self.input.text).map(|found| found[1].to_owned())
    }

    fn unreachable(&self) -> Option<Kind> {
        let named = self
            .part(1)
            .or_else(|| self.parts.iter().skip(2).flatten().next().map(|part| part.as_str().to_owned()));
        Some(Kind::Unreachable(named.or_else(|| self.typed_node())))
    }

    fn refused(&self) -> Option<Kind> {
        let caller = NodeName::parse(&self.part(1)?).ok()?;
        let called = self.run.by.or_else(|| self.scene.own_node(self.run.terminal))?.clone();
        Some(Kind::Refused { caller, called })
    }

    /// `Foo`, `:bar`, and the number of arguments or the arguments themselves.
    fn undefined(&self) -> Option<Kind> {
        let arity = match self.part(3)? {
            arguments if arguments.starts_with('[') => count(&arguments).map(|count| format!("/{count}")),
            arity => Some(format!("/{arity}")),
        };
        let function = format!("{}.{}{}", self.part(1)?, self.part(2)?, arity.unwrap_or_default());
        let node = self.typed_node().and_then(|node| NodeName::parse(&node).ok());
        Some(Kind::Undefined { function, node })
    }

    /// By the log of another node, or of this one about a process there.
    fn undefined_there(&self) -> Option<Kind> {
        let function = self.part(1)?;
        let logger = self.run.by.or_else(|| self.scene.own_node(self.run.terminal))?;
        let node = match CRASHED.captures(&self.run.text) {
            _ if Some(logger) != self.near => Some(logger.clone()),
            Some(found) => NodeName::parse(found.get(1).map_or("", |node| node.as_str()))
                .ok()
                .or_else(|| self.typed_node().and_then(|node| NodeName::parse(&node).ok())),
            None => return None,
        };
        (node.as_ref() != self.near).then_some(Kind::Undefined { function, node })
    }

    fn other_build(&self) -> Kind {
        let module = FUNCTION.captures(&self.run.text).map(|found| found[1].to_owned());
        Kind::OtherBuild { module, node: self.typed_node().and_then(|node| NodeName::parse(&node).ok()) }
    }

    /// Whether the input has reached another node, or meant to.
    fn has_crossed(&self) -> bool {
        let crosses = |fact: &Fact| match fact {
            Fact::Message { from, to, .. } => from != to,
            Fact::Process { node, event: ProcessEvent::Spawned { by: Some(by), .. }, .. } => by != node,
            _ => false,
        };
        self.typed_node().is_some() || self.scene.records.iter().any(|record| crosses(&record.fact))
    }

    fn target(&self) -> Option<Target> {
        let called = CALLED.captures(&self.run.text)?;
        let part = |number| called.get(number).map(|part| part.as_str().to_owned());
        Some(match (part(1), part(2), part(3)) {
            (Some(process), Some(node), _) => Target { process, node: NodeName::parse(&node).ok() },
            (_, _, process) => Target { process: process?, node: None },
        })
    }
}

/// How many elements a list has, as far as that is written without brackets in it.
fn count(list: &str) -> Option<usize> {
    let inner = list.strip_prefix('[')?.strip_suffix(']')?;
    let is_flat = !inner.contains(['[', '{', '"', '(', '%']);
    let commas = inner.matches(',').count();
    is_flat.then_some(if inner.trim().is_empty() { 0 } else { commas + 1 })
}
