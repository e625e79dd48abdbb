//! `/trace`: what crossed between nodes, arrow by arrow, in the order in which one thing brought about another.

pub mod file;
mod repeats;
mod said;
#[cfg(test)]
mod tests;

use std::{
    collections::{BTreeMap, BTreeSet},
    ops::Range,
    time::Duration,
};

use serde::{Deserialize, Serialize};

use super::messages;
use crate::{
    i18n::{Localized, Verbatim},
    lesson::{
        Cause, Evidence, Fact, Fault, NodeName, OutputKind, ProcessEvent, ProcessId, Record, Sender,
        TerminalName, TieKind,
    },
};

/// What there is more of is counted, not drawn.
pub const MAX_EVENTS: usize = 500;

/// How long a sender may be held up between sending a message and looking at the clock, in microseconds.
const MAX_HELD_UP: u64 = 50_000;

/// Which part of what happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Scope {
    /// All since that record.
    Since(usize),
    /// What this input brought about, and the nodes' coming and going until the next.
    Input(Cause),
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Trace {
    /// Those that took part, in the order of their names.
    pub nodes: Vec<NodeName>,
    pub events: Vec<Event>,
    /// So many events came behind those.
    pub more: usize,
    /// Somebody sent so much that nobody has looked at all of it.
    pub is_cut: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event {
    /// Since the first of them.
    pub at: Duration,
    pub from: End,
    /// None where it stays on its node.
    pub to: Option<End>,
    pub what: What,
    /// A function, a message, a reason; one line.
    pub text: String,
    /// How often it came in a row.
    pub times: usize,
    /// It is the last of so many that came so often in a row, in that order.
    pub round: Option<Round>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Round {
    pub events: usize,
    pub times: usize,
}

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct End {
    pub node: NodeName,
    pub who: Who,
}

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Who {
    Shell,
    /// The process that prints for others.
    Leader,
    Process(ProcessId),
    Unknown,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum What {
    Typed,
    Spawn,
    /// What a process began with that was started so, or what a shell has made later.
    Link,
    Monitor,
    /// What a monitor tells.
    Down,
    Message,
    /// A request of a `GenServer`, and what answers one.
    Call,
    Reply,
    /// A request to a group leader.
    Print,
    Exit,
    Connected,
    Disconnected,
    Started,
    Stopped,
    /// Faults.
    Kill,
    Pause,
    Resume,
    Cut,
    Heal,
}

impl What {
    /// Whether it goes from one end to the other, rather than being between them.
    pub fn has_direction(self) -> bool {
        !matches!(self, Self::Connected | Self::Disconnected | Self::Cut | Self::Heal)
    }
}

impl Trace {
    pub fn new(evidence: &Evidence, scope: &Scope) -> Self {
        let mut tracer = Tracer::new(scope, evidence.records());
        for (index, record) in evidence.records().iter().enumerate() {
            tracer.take(index, record);
        }
        tracer.finish()
    }

    /// Nothing has crossed.
    pub fn is_empty(&self) -> bool {
        self.events.is_empty()
    }

    /// As much of the beginning as has room on so many lines, with the names of the nodes and with what is said of the
    /// rest.
    #[must_use]
    pub fn shortened(mut self, lines: usize) -> Self {
        let of = |event: &Event| 1 + usize::from(event.round.is_some());
        let room = lines.saturating_sub(1 + usize::from(self.is_cut) + usize::from(self.more > 0));
        let needed: usize = self.events.iter().map(of).sum();
        if needed > room {
            let mut used = usize::from(self.more == 0);
            let fits = |event: &&Event| {
                used += of(event);
                used <= room
            };
            let kept = self.events.iter().take_while(fits).count();
            self.more += self.events.len() - kept;
            self.events.truncate(kept);
        }
        self
    }
}

impl Event {
    /// `spawn Kate.say_name/0`, in a word or two.
    pub fn told(&self) -> Localized {
        let text = &self.text;
        match self.what {
            What::Typed | What::Message => Verbatim::code(text).into(),
            What::Spawn => messages::spawns(text),
            What::Link => messages::links(),
            What::Monitor => messages::watches(),
            What::Down => messages::down(text),
            What::Call => messages::calls(text),
            What::Reply => messages::replies(text),
            What::Print => messages::prints(text),
            What::Exit => messages::exits(text),
            What::Connected => messages::connected(),
            What::Disconnected => messages::disconnected(),
            What::Started => messages::started(),
            What::Stopped => messages::stopped(),
            What::Kill => messages::killed(),
            What::Pause => messages::paused(),
            What::Resume => messages::resumed(),
            What::Cut => messages::cut(),
            What::Heal => messages::healed(),
        }
    }

    /// ` × 412`; empty for once.
    pub fn count(&self) -> String {
        if self.times > 1 { format!(" × {}", self.times) } else { String::new() }
    }
}

impl End {
    /// As little as tells one process of a node from another; empty where nobody knows.
    pub fn label(&self) -> Localized {
        match &self.who {
            Who::Shell => messages::shell(),
            Who::Leader => messages::group_leader(),
            Who::Process(id) if id.starts_with("0.") => Verbatim::code(format!("#PID<{id}>")).into(),
            Who::Process(name) => Verbatim::code(name).into(),
            Who::Unknown => Localized::default(),
        }
    }
}

/// An event as it is taken in, before all are in their order.
struct Taken {
    event: Event,
    cause: Option<Cause>,
    when: Moment,
}

/// As in [`Sender`]: 0 where nobody can tell.
#[derive(Debug, Clone, Copy)]
struct Moment {
    clock: u64,
    serial: u64,
    heard: u64,
}

impl From<u64> for Moment {
    fn from(clock: u64) -> Self {
        Self { clock, serial: 0, heard: 0 }
    }
}

impl From<&Sender> for Moment {
    fn from(Sender { clock, serial, heard, .. }: &Sender) -> Self {
        Self { clock: *clock, serial: *serial, heard: *heard }
    }
}

impl Taken {
    /// The first of those before it that is an answer to it: its sender had received this one last. Where code had to be
    /// loaded in between, it has received others since; then it is one if nothing else has told its sender of the cause.
    /// Serials are small, and two may have the same: so this one's sender must not have heard of the answer.
    fn answered(&self, before: &[Self]) -> Option<usize> {
        let (to, when) = (self.event.to.as_ref()?, self.when);
        let is_long_ago =
            |other: &Self| (1..when.clock.saturating_sub(MAX_HELD_UP)).contains(&other.when.clock);
        let from = before.iter().rposition(is_long_ago).map_or(0, |at| at + 1);
        let concerns = |other: &Self| {
            other.cause == self.cause && (other.event.from == *to || other.event.to.as_ref() == Some(to))
        };
        let first = before.iter().position(concerns);
        (from..before.len()).find(|at| {
            let other = &before[*at];
            // Of an alias only the node is known.
            let is_alias =
                to.who == Who::Unknown && other.event.from.node == to.node && other.event.to.is_some();
            let may_be = (1..=other.when.heard).contains(&when.serial) && when.heard < other.when.serial;
            let is_next = when.serial == other.when.heard;
            let is_by_receiver =
                to.who != Who::Unknown && other.event.from == *to && (is_next || first == Some(*at));
            may_be && (is_by_receiver || is_alias && is_next)
        })
    }
}

struct Tracer<'a> {
    scope: &'a Scope,
    /// The records that are meant where they have no cause.
    time: Range<usize>,
    /// Each node's, those that have ended too: what they have done may be told late.
    shells: BTreeSet<(NodeName, ProcessId)>,
    terminals: BTreeMap<TerminalName, NodeName>,
    /// The latest node of each, whether it runs or not: a connection can be healed when one of its ends is gone.
    latest: BTreeMap<TerminalName, NodeName>,
    pairs: BTreeSet<(NodeName, NodeName)>,
    taken: Vec<Taken>,
    /// Those that were monitored from the first, and by whom.
    monitored: BTreeMap<End, End>,
    /// Whose exit has ended a shell: the cause, the shell's node.
    fallen: Vec<(Option<Cause>, NodeName)>,
    is_cut: bool,
}

impl<'a> Tracer<'a> {
    fn new(scope: &'a Scope, records: &[Record]) -> Self {
        let time = match scope {
            Scope::Since(first) => *first..records.len(),
            Scope::Input(cause) => time_of(cause, records),
        };
        Self {
            scope,
            time,
            shells: BTreeSet::new(),
            terminals: BTreeMap::new(),
            latest: BTreeMap::new(),
            pairs: BTreeSet::new(),
            taken: Vec::new(),
            monitored: BTreeMap::new(),
            fallen: Vec::new(),
            is_cut: false,
        }
    }

    fn take(&mut self, index: usize, record: &Record) {
        let is_meant = match (self.scope, &record.cause) {
            (Scope::Input(cause), Some(own)) => own == cause,
            _ => self.time.contains(&index),
        };
        self.know(record, is_meant);
        if is_meant {
            self.trace(record);
        }
    }

    /// Keeps how things stand, and adds the nodes' own coming and going.
    fn know(&mut self, record: &Record, is_meant: bool) {
        let plain = |node: &NodeName| End { node: node.clone(), who: Who::Unknown };
        match &record.fact {
            Fact::Process { node, process, event: ProcessEvent::Shell } => {
                self.shells.insert((node.clone(), process.clone()));
            }
            Fact::NodeStarted { terminal, node, .. } => {
                self.latest.insert(terminal.clone(), node.clone());
                let is_new = self.terminals.insert(terminal.clone(), node.clone()).as_ref() != Some(node);
                if is_new && is_meant && node.is_named() {
                    self.add(record, 0, plain(node), None, What::Started, String::new());
                }
            }
            Fact::NodeStopped { terminal, node } => {
                self.terminals.remove(terminal);
                self.shells.retain(|(own, _)| own != node);
                self.pairs.retain(|(one, other)| one != node && other != node);
                if is_meant && node.is_named() {
                    self.add(record, 0, plain(node), None, What::Stopped, String::new());
                }
            }
            Fact::Connected { on, to } => {
                if self.pairs.insert(pair(on, to)) && is_meant {
                    let (one, other) = pair(on, to);
                    self.add(record, 0, plain(&one), Some(plain(&other)), What::Connected, String::new());
                }
            }
            Fact::Disconnected { on, from } => {
                if self.pairs.remove(&pair(on, from)) && is_meant {
                    let (one, other) = pair(on, from);
                    self.add(record, 0, plain(&one), Some(plain(&other)), What::Disconnected, String::new());
                }
            }
            Fact::Fault(fault) if is_meant => self.befall(record, fault),
            Fact::Process { .. }
            | Fact::Output { .. }
            | Fact::Message { .. }
            | Fact::Input { .. }
            | Fact::Line { .. }
            | Fact::LeftOut { .. }
            | Fact::Prompt { .. }
            | Fact::CommandEnded { .. }
            | Fact::Registered { .. }
            | Fact::Unregistered { .. }
            | Fact::LookedUp { .. }
            | Fact::Probed { .. }
            | Fact::File { .. }
            | Fact::Chose { .. }
            | Fact::Fault(_)
            | Fact::StepBegan => {}
        }
    }

    fn befall(&mut self, record: &Record, fault: &Fault) {
        let (what, one, other) = match fault {
            Fault::Kill(one) => (What::Kill, one, None),
            Fault::Pause(one) => (What::Pause, one, None),
            Fault::Resume(one) => (What::Resume, one, None),
            Fault::Cut(one, other) => (What::Cut, one, Some(other)),
            Fault::Heal(one, other) => (What::Heal, one, Some(other)),
        };
        let end = |terminal| {
            let node = self.latest.get(terminal).filter(|node| node.is_named())?;
            Some(End { node: node.clone(), who: Who::Unknown })
        };
        let (from, to) = (end(one), other.and_then(end));
        if let Some(from) = from {
            self.add(record, 0, from, to, what, String::new());
        }
    }

    fn trace(&mut self, record: &Record) {
        match &record.fact {
            Fact::Line { terminal, text, .. } | Fact::Input { terminal, text, at_node: false } => {
                self.typed(record, terminal, text);
            }
            Fact::Message { from, sender, to, receiver, text } => {
                let (what, text) = said::message(text);
                let (from, to) = (self.end(from, &sender.process), self.end(to, receiver));
                self.add(record, sender, from, Some(to), what, text);
            }
            Fact::Process {
                node,
                process,
                event: ProcessEvent::Spawned { by, parent, ties, clock, function },
            } => {
                // Who is gone is known by what was typed.
                let home = record.cause.as_ref().and_then(|cause| self.terminals.get(&cause.terminal));
                let from = match by.as_ref().or(home) {
                    Some(by) => self.end(&by.clone(), parent),
                    None => return,
                };
                let to = self.end(node, process);
                self.add(record, *clock, from.clone(), Some(to.clone()), What::Spawn, function.clone());
                if ties.monitor {
                    self.monitored.insert(to.clone(), from.clone());
                }
                for what in
                    ties.link.then_some(What::Link).into_iter().chain(ties.monitor.then_some(What::Monitor))
                {
                    self.add(record, *clock, from.clone(), Some(to.clone()), what, String::new());
                }
            }
            Fact::Process { node, process, event: ProcessEvent::Exited { reason, clock } } => {
                self.exited(record, self.end(node, process), reason, *clock);
            }
            Fact::Process { node, process, event: ProcessEvent::Tied { kind, to, other, clock } } => {
                let what = match kind {
                    TieKind::Link => What::Link,
                    TieKind::Monitor => What::Monitor,
                };
                let (from, to) = (self.end(node, process), self.end(to, other));
                self.add(record, *clock, from, Some(to), what, String::new());
            }
            Fact::Process { node, process, event: ProcessEvent::Down { of, other, reason, clock } } => {
                // The end of an `:erpc.call` is its reply.
                if let (What::Exit, text) = said::exit(reason) {
                    let (from, to) = (self.end(of, other), self.end(node, process));
                    self.add(record, *clock, from, Some(to), What::Down, text);
                }
            }
            Fact::Process { event: ProcessEvent::Unseen, .. } => self.is_cut = true,
            Fact::Output { terminal, kind, by: Some(by), sender, text } => {
                let Some(here) = self.terminals.get(terminal).cloned() else { return };
                if *by != here && by.is_named() && here.is_named() {
                    let (from, to) = (self.end(by, &sender.process), End { node: here, who: Who::Leader });
                    self.add(record, sender, from, Some(to), What::Print, said::line(text));
                } else if *kind == OutputKind::Print {
                    let from = End { node: here, who: Who::Unknown };
                    self.add(record, sender, from, None, What::Print, said::line(text));
                } else if *kind == OutputKind::Error && text.contains("shell process exited with reason: ") {
                    self.fallen.push((record.cause.clone(), here));
                }
            }
            Fact::Process { .. }
            | Fact::Output { .. }
            | Fact::Input { .. }
            | Fact::LeftOut { .. }
            | Fact::Prompt { .. }
            | Fact::NodeStarted { .. }
            | Fact::NodeStopped { .. }
            | Fact::CommandEnded { .. }
            | Fact::Connected { .. }
            | Fact::Disconnected { .. }
            | Fact::Registered { .. }
            | Fact::Unregistered { .. }
            | Fact::LookedUp { .. }
            | Fact::Probed { .. }
            | Fact::File { .. }
            | Fact::Chose { .. }
            | Fact::Fault(_)
            | Fact::StepBegan => {}
        }
    }

    /// What `:erpc.call` gives travels as the reason of an exit; else whoever has monitored it from the first is told.
    fn exited(&mut self, record: &Record, from: End, reason: &str, clock: u64) {
        let (what, text) = said::exit(reason);
        let to = (what == What::Reply).then(|| self.parent_of(&from)).flatten();
        let monitor = self.monitored.remove(&from).filter(|_| what == What::Exit);
        if reason != ":normal" {
            self.add(record, clock, from.clone(), to, what, text.clone());
        }
        if let Some(monitor) = monitor {
            self.add(record, clock, from, Some(monitor), What::Down, text);
        }
    }

    /// The lines of one expression are one input.
    fn typed(&mut self, record: &Record, terminal: &TerminalName, text: &str) {
        let Some(node) = self.terminals.get(terminal).cloned() else { return };
        let goes_on =
            self.taken.iter().any(|taken| taken.event.what == What::Typed && taken.cause == record.cause);
        if !goes_on && !text.trim().is_empty() {
            self.add(record, 0, End { node, who: Who::Shell }, None, What::Typed, said::line(text));
        }
    }

    fn end(&self, node: &NodeName, process: &ProcessId) -> End {
        let who = match process.as_str() {
            "" => Who::Unknown,
            _ if self.shells.contains(&(node.clone(), process.clone())) => Who::Shell,
            _ => Who::Process(process.clone()),
        };
        End { node: node.clone(), who }
    }

    fn parent_of(&self, end: &End) -> Option<End> {
        let spawn = |taken: &&Taken| taken.event.what == What::Spawn && taken.event.to.as_ref() == Some(end);
        self.taken.iter().rev().find(spawn).map(|taken| taken.event.from.clone())
    }

    fn add(
        &mut self,
        record: &Record,
        when: impl Into<Moment>,
        from: End,
        to: Option<End>,
        what: What,
        text: String,
    ) {
        let event = Event { at: record.at, from, to, what, text, times: 1, round: None };
        let when = when.into();
        // News comes by as many ways as there are nodes.
        let is_later = |other: &Taken| when.clock > 0 && other.when.clock > when.clock;
        let place = self.taken.iter().position(is_later).unwrap_or(self.taken.len());
        self.taken.insert(place, Taken { event, cause: record.cause.clone(), when });
    }

    fn finish(mut self) -> Trace {
        self.link_exits();
        self.put_first();
        self.drop_idle();
        self.set_times();
        let mut events = repeats::counted(self.taken.into_iter().map(|taken| taken.event).collect());
        let more = events.len().saturating_sub(MAX_EVENTS);
        events.truncate(MAX_EVENTS);
        let ends = || events.iter().flat_map(|event| [Some(&event.from), event.to.as_ref()]).flatten();
        let nodes: BTreeSet<NodeName> = ends().map(|end| end.node.clone()).collect();
        let nodes = nodes.into_iter().collect();
        Trace { nodes, events, more, is_cut: self.is_cut }
    }

    /// Since the first of them, by the nodes' clock. What has none came when it was heard of, unless something stands
    /// behind it that came sooner.
    fn set_times(&mut self) {
        // What the clock showed when the evidence began, as whoever was heard of soonest has it.
        let clocked = self.taken.iter().filter(|taken| taken.when.clock > 0);
        let began = clocked.map(|taken| i128::from(taken.when.clock) - micros(taken.event.at)).max();
        let mut times: Vec<i128> = Vec::with_capacity(self.taken.len());
        for taken in self.taken.iter().rev() {
            let own = match (taken.when.clock, began) {
                (clock @ 1.., Some(began)) => i128::from(clock) - began,
                _ => micros(taken.event.at),
            };
            times.push(times.last().map_or(own, |next| own.min(*next)));
        }
        let first = times.last().copied().unwrap_or_default();
        for (taken, at) in self.taken.iter_mut().zip(times.iter().rev()) {
            taken.event.at = Duration::from_micros(u64::try_from(at - first).unwrap_or_default());
        }
    }

    /// An exit that has ended a shell elsewhere went there by a link.
    fn link_exits(&mut self) {
        for (cause, node) in std::mem::take(&mut self.fallen) {
            let is_it = |taken: &&mut Taken| {
                let Taken { event, cause: own, .. } = taken;
                event.what == What::Exit && event.to.is_none() && event.from.node != node && *own == cause
            };
            if let Some(taken) = self.taken.iter_mut().find(is_it) {
                taken.event.to = Some(End { node, who: Who::Shell });
            }
        }
    }

    /// What was typed comes before what came of it, a connection before what crossed it, and a message before
    /// its answer, whenever they were told.
    fn put_first(&mut self) {
        for at in 0..self.taken.len() {
            let late = &self.taken[at];
            let before = &self.taken[..at];
            let place = match late.event.what {
                What::Typed if matches!(self.scope, Scope::Input(_)) => Some(0),
                What::Typed => before.iter().position(|taken| taken.cause == late.cause),
                What::Connected => {
                    let is_between = |taken: &Taken| joined(&taken.event) == joined(&late.event);
                    let cut = before.iter().rposition(|taken| {
                        is_between(taken) && matches!(taken.event.what, What::Connected | What::Disconnected)
                    });
                    let from = cut.map_or(0, |cut| cut + 1);
                    before[from..].iter().position(is_between).map(|place| from + place)
                }
                _ => late.answered(before),
            };
            if let Some(place) = place {
                self.taken[place..=at].rotate_right(1);
            }
        }
    }

    /// What was typed, or printed where it belongs, is of interest only where something has crossed on its account.
    fn drop_idle(&mut self) {
        let is_idle = |event: &Event| event.to.is_none() && matches!(event.what, What::Typed | What::Print);
        let crossed = self.taken.iter().filter(|taken| !is_idle(&taken.event));
        let causes: BTreeSet<Option<Cause>> = crossed.map(|taken| taken.cause.clone()).collect();
        let is_one = matches!(self.scope, Scope::Input(_)) && !causes.is_empty();
        self.taken.retain(|taken| {
            let is_of_one = taken.cause.is_some() && causes.contains(&taken.cause);
            !is_idle(&taken.event) || is_one || is_of_one
        });
    }
}

/// From when an input was given until another was. A node's news of it may come before what its terminal's node tells.
fn time_of(cause: &Cause, records: &[Record]) -> Range<usize> {
    let is_input =
        |record: &Record| matches!(record.fact, Fact::Line { .. } | Fact::Input { at_node: false, .. });
    let Some(first) =
        records.iter().position(|record| is_input(record) && record.cause.as_ref() == Some(cause))
    else {
        return 0..0;
    };
    let is_another = |record: &Record| is_input(record) && record.cause.as_ref() != Some(cause);
    let next = records[first..].iter().position(is_another).map(|next| first + next);
    given(records, first)..next.map_or(records.len(), |next| given(records, next))
}

/// Where the line was typed that IEx was given at `line`; of several at once, the first has that place.
fn given(records: &[Record], line: usize) -> usize {
    let Fact::Line { terminal: here, .. } = &records[line].fact else { return line };
    let is_here = |record: &Record| matches!(&record.fact, Fact::Line { terminal, .. } | Fact::Input { terminal, .. } if terminal == here);
    let before = records[..line].iter().rposition(is_here);
    before.filter(|at| matches!(records[*at].fact, Fact::Input { .. })).unwrap_or(line)
}

fn micros(at: Duration) -> i128 {
    i128::try_from(at.as_micros()).unwrap_or(i128::MAX)
}

/// The nodes that it joins.
fn joined(event: &Event) -> Option<(NodeName, NodeName)> {
    event.to.as_ref().map(|to| pair(&event.from.node, &to.node))
}

fn pair(one: &NodeName, other: &NodeName) -> (NodeName, NodeName) {
    let (one, other) = (one.min(other), one.max(other));
    (one.clone(), other.clone())
}
