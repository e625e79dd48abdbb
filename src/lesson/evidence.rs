//! The ordered record of what happened, and the state of the world that follows from it.

mod names;

use serde::{Deserialize, Serialize};
use std::{
    collections::{BTreeMap, BTreeSet},
    time::Duration,
};

use self::names::Names;
use super::{
    Fault,
    name::{ChoiceId, NodeName, TerminalName},
    syntax::Code,
};

/// How many records an evidence keeps; the oldest outputs and messages go first.
pub const MAX_RECORDS: usize = 20_000;

/// How many bytes of text all outputs and messages have together; likewise.
pub const MAX_BYTES: usize = 16 * 1024 * 1024;

/// How many outputs and messages that an input brings about first are kept whatever comes behind them, as long as all of
/// these together are no more than a quarter of what is kept.
const FIRST: usize = 200;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// Since the evidence began.
    pub at: Duration,
    /// What brought it about; none where nobody can tell.
    pub cause: Option<Cause>,
    pub fact: Fact,
}

/// An input that brings something about: a command at `$`, or one expression given to IEx.
///
/// The runtime itself carries it from an expression to what comes of it, as the token of Erlang's `seq_trace`; what that
/// loses is told in `cluster/bridge/cause.ex`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Cause {
    /// Counts the inputs of that terminal, whatever ran there. Compared first: it tells most of them apart.
    pub number: u32,
    pub terminal: TerminalName,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fact {
    /// What was entered at once, as it was given; `at_node` is false at `$`. A command is its own cause; what is
    /// entered at a node may be several expressions, or a part of one, as the lines tell that follow.
    Input {
        terminal: TerminalName,
        text: String,
        at_node: bool,
    },
    /// IEx was given this line at this prompt. Lines with the same cause are one expression.
    Line {
        terminal: TerminalName,
        prompt: String,
        text: String,
    },
    Output {
        terminal: TerminalName,
        kind: OutputKind,
        by: Option<NodeName>,
        /// The process that printed it, where that is another node's.
        sender: Sender,
        text: String,
    },
    /// Bytes of output that were counted, not kept.
    LeftOut {
        terminal: TerminalName,
        bytes: u64,
    },
    Prompt {
        terminal: TerminalName,
        prompt: Prompt,
    },
    NodeStarted {
        terminal: TerminalName,
        node: NodeName,
        cookie: String,
        /// Whether a Mix project is loaded in it.
        mix: bool,
    },
    NodeStopped {
        terminal: TerminalName,
        node: NodeName,
    },
    /// A command at `$` ended; `code` is none when a signal ended it.
    CommandEnded {
        terminal: TerminalName,
        command: String,
        code: Option<i32>,
    },
    /// `on` lists `to` from now on; or no longer does.
    Connected {
        on: NodeName,
        to: NodeName,
    },
    Disconnected {
        on: NodeName,
        from: NodeName,
    },
    /// A process of one node has sent this to another node: the message as `inspect` writes it, at most 4 KB.
    Message {
        from: NodeName,
        sender: Sender,
        to: NodeName,
        receiver: ProcessId,
        text: String,
    },
    /// What is known of a process that has to do with another node.
    Process {
        node: NodeName,
        process: ProcessId,
        event: ProcessEvent,
    },
    /// What epmd saw; names without a host.
    Registered {
        name: String,
    },
    Unregistered {
        name: String,
    },
    LookedUp {
        name: String,
        found: bool,
    },
    Probed {
        terminal: TerminalName,
        code: String,
        pattern: Option<String>,
        outcome: ProbeOutcome,
    },
    /// A file of the workspace that a condition looks at, as it was saved last; none where there is none (or none that
    /// can be read).
    File {
        path: String,
        text: Option<String>,
    },
    Chose {
        choice: ChoiceId,
    },
    /// It has been done. What it brings about follows.
    Fault(Fault),
    /// A step begins: what is judged comes after this. Baseline probes follow it at once.
    StepBegan,
}

/// Who has done something, and when.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sender {
    pub process: ProcessId,
    /// In microseconds of the clock that all nodes on the machine share; 0 where nobody can tell.
    pub clock: u64,
    /// A number of this message; and that of the one which the sender had received last. Both are 0 where nobody can tell.
    pub serial: u64,
    pub heard: u64,
}

/// A process as its own node writes it, `0.129.0`, or the name by which it was spoken of. Empty where nobody knows.
pub type ProcessId = String;

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ProcessEvent {
    /// From now on it evaluates what is typed.
    Shell,
    /// A process of another node has started it, to run that function. None where it was gone too soon to say which.
    Spawned { by: Option<NodeName>, parent: ProcessId, ties: Ties, clock: u64, function: String },
    /// It was started so, and has ended.
    Exited { reason: String, clock: u64 },
    /// It has linked itself to that process of another node, or monitors it from then on.
    Tied { kind: TieKind, to: NodeName, other: ProcessId, clock: u64 },
    /// A monitor has told it that this process of another node has ended, or cannot be reached.
    Down { of: NodeName, other: ProcessId, reason: String, clock: u64 },
    /// Of no process: until the next input of the node, or for a second, nobody has looked at what its processes send.
    Unseen,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum TieKind {
    Link,
    Monitor,
}

/// What a process that starts another has to do with it from the first.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Ties {
    pub link: bool,
    pub monitor: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum OutputKind {
    /// A value that IEx wrote.
    Result,
    /// An error of the input, written by IEx's evaluator, or an exit of the shell, written by its server.
    Error,
    /// What else IEx itself writes: its banner, its notes.
    Shell,
    /// Printed by a process through its group leader.
    Print,
    /// Written by the node's logger.
    Log,
    /// Printed to `:stderr`.
    Stderr,
    /// Bytes of a command, or what reached a node's file descriptors 1 and 2: no origin.
    Raw,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Prompt {
    /// At `$`, waiting for a command.
    Dollar,
    /// IEx waits for an expression; the prompt's own text.
    Iex { text: String },
    /// IEx waits for the rest of an expression.
    More { text: String },
    /// A program reads a line.
    Gets { text: String },
    /// A command or an evaluation runs; nothing waits for input.
    Busy,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ProbeOutcome {
    /// The inspected value (at most 4 KB), and whether it matched the pattern if there was one.
    Value {
        inspected: String,
        matched: Option<bool>,
    },
    Raised(String),
    TimedOut,
    /// No node runs in that terminal.
    NoNode,
}

#[derive(Debug, Default, Clone)]
pub struct Evidence {
    records: Vec<Record>,
    world: World,
    /// As it was when the present step began.
    at_first: World,
    /// Index of the present step's first record; asked for at every event, so no search.
    step: usize,
    inputs: usize,
    /// The number of each terminal's latest input.
    latest: BTreeMap<TerminalName, u32>,
    /// The number in IEx's prompt at which each expression was given.
    prompts: BTreeMap<Cause, u32>,
    names: Names,
    /// Of the outputs and messages among the records.
    bytes: usize,
}

/// What holds now.
#[derive(Debug, Default, Clone)]
pub struct World {
    pub running: BTreeMap<TerminalName, Running>,
    pub prompts: BTreeMap<TerminalName, Prompt>,
    /// `(on, to)`: `on` lists `to`.
    pub lists: BTreeSet<(NodeName, NodeName)>,
    /// Nodes that ran in a terminal and run no more.
    pub stopped: BTreeSet<NodeName>,
    /// Terminals whose nodes are paused.
    pub paused: BTreeSet<TerminalName>,
    /// Pairs of terminals, the lesser name first, and the nodes in them that can't connect.
    pub cut: BTreeMap<(TerminalName, TerminalName), (NodeName, NodeName)>,
    /// Names registered with epmd.
    pub registered: BTreeSet<String>,
    /// The files of the workspace that were looked at, by path.
    pub files: BTreeMap<String, String>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Running {
    pub node: NodeName,
    /// Whether its shell has asked for input yet.
    pub is_ready: bool,
    pub cookie: String,
    /// Whether a Mix project is loaded.
    pub mix: bool,
}

impl Evidence {
    pub fn push(&mut self, at: Duration, cause: Option<Cause>, fact: Fact) {
        self.world.take(&fact);
        if fact == Fact::StepBegan {
            self.at_first = self.world.clone();
            self.step = self.records.len() + 1;
        }
        self.inputs += usize::from(matches!(fact, Fact::Input { .. }));
        if let (Some(cause), Fact::Line { .. } | Fact::Input { .. }) = (&cause, &fact) {
            self.latest.insert(cause.terminal.clone(), cause.number);
        }
        if let (Some(cause), Fact::Line { prompt, .. }) = (&cause, &fact)
            && let Some(number) = last_number(prompt)
        {
            self.prompts.entry(cause.clone()).or_insert(number);
            if self.prompts.len() > MAX_RECORDS {
                self.prompts.pop_first();
            }
        }
        self.names.take(cause.as_ref(), &fact);
        self.bytes += weight(&fact);
        self.records.push(Record { at, cause, fact });
        if self.records.len() > MAX_RECORDS || self.bytes > MAX_BYTES {
            self.forget_outputs();
        }
        if self.records.len() > MAX_RECORDS
            && let Some(record) = self.records.pop_if(|record| is_endless(&record.fact))
        {
            self.bytes -= weight(&record.fact);
        }
    }

    pub fn records(&self) -> &[Record] {
        &self.records
    }

    pub fn world(&self) -> &World {
        &self.world
    }

    /// As it was when the present step began.
    pub fn world_at_first(&self) -> &World {
        &self.at_first
    }

    /// The number in IEx's prompt at which an expression was given, where its terminal has been given another since.
    pub fn late_line(&self, cause: &Cause) -> Option<u32> {
        if self.latest.get(&cause.terminal).is_none_or(|latest| *latest <= cause.number) {
            return None;
        }
        self.prompts.get(cause).copied()
    }

    /// The latest expression of that terminal that was given at a prompt with this number.
    pub fn numbered(&self, terminal: &TerminalName, number: u32) -> Option<Cause> {
        let mut given = self.prompts.iter().rev();
        let is_it = |(cause, prompt): &(&Cause, &u32)| cause.terminal == *terminal && **prompt == number;
        given.find(is_it).map(|(cause, _)| cause.clone())
    }

    /// How many inputs were ever recorded.
    pub fn inputs(&self) -> usize {
        self.inputs
    }

    /// What came since the present step began.
    pub fn step(&self) -> &[Record] {
        &self.records[self.step..]
    }

    /// What was typed, after what its names were given by earlier lines of its terminal.
    pub fn code(&self, cause: &Cause, text: &str) -> Code {
        Code { earlier: self.names.before(cause, text), is_inside: true, text: text.to_owned() }
    }

    /// Of the older half, drops all outputs and messages but the first of each cause, so that a flood costs no memory;
    /// all other facts stay, and so does what the right answer said before the flood.
    fn forget_outputs(&mut self) {
        let middle = self.records.len() / 2;
        let mut kept = Vec::with_capacity(self.records.len());
        let mut first: BTreeMap<Option<Cause>, usize> = BTreeMap::new();
        let (mut count, mut bytes) = (MAX_RECORDS / 4, MAX_BYTES / 4);
        // Where something was left out, by terminal.
        let mut gaps: BTreeMap<TerminalName, usize> = BTreeMap::new();
        let mut is_baseline = false;
        for (index, record) in std::mem::take(&mut self.records).into_iter().enumerate() {
            match record.fact {
                Fact::StepBegan => is_baseline = true,
                Fact::Input { .. } => is_baseline = false,
                _ => {}
            }
            let stays = index >= middle
                || match record.fact {
                    Fact::Output { .. } | Fact::Message { .. } | Fact::Process { .. } => {
                        let of_cause = first.entry(record.cause.clone()).or_default();
                        let is_first = *of_cause < FIRST && count > 0 && weight(&record.fact) <= bytes;
                        if is_first {
                            *of_cause += 1;
                            count -= 1;
                            bytes -= weight(&record.fact);
                        }
                        is_first
                    }
                    Fact::Probed { .. } => is_baseline,
                    Fact::LeftOut { .. } => false,
                    _ => true,
                };
            match &record.fact {
                Fact::StepBegan => {
                    kept.push(record);
                    self.step = kept.len();
                }
                _ if stays => kept.push(record),
                Fact::Output { terminal, .. } | Fact::LeftOut { terminal, .. } => {
                    let more = left_out(&record.fact);
                    let gap = *gaps.entry(terminal.clone()).or_insert(kept.len());
                    match kept.get_mut(gap).map(|record| &mut record.fact) {
                        Some(Fact::LeftOut { bytes, .. }) => *bytes += more,
                        _ => {
                            let fact = Fact::LeftOut { terminal: terminal.clone(), bytes: more };
                            kept.push(Record { fact, ..record });
                        }
                    }
                }
                _ => {}
            }
        }
        self.records = kept;
        self.bytes = self.records.iter().map(|record| weight(&record.fact)).sum();
    }
}

/// How many bytes of output are missing where this was.
fn left_out(fact: &Fact) -> u64 {
    match fact {
        Fact::LeftOut { bytes, .. } => *bytes,
        other => weight(other) as u64,
    }
}

fn weight(fact: &Fact) -> usize {
    match fact {
        Fact::Output { text, .. } | Fact::Message { text, .. } => text.len(),
        Fact::Process { event, .. } => match event {
            ProcessEvent::Spawned { function: text, .. }
            | ProcessEvent::Exited { reason: text, .. }
            | ProcessEvent::Down { reason: text, .. } => text.len(),
            ProcessEvent::Shell | ProcessEvent::Tied { .. } | ProcessEvent::Unseen => 0,
        },
        Fact::Input { .. }
        | Fact::Line { .. }
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
        | Fact::StepBegan => 0,
    }
}

/// `3` of `iex(alex@localhost)3> `.
fn last_number(prompt: &str) -> Option<u32> {
    prompt.rsplit(|sign: char| !sign.is_ascii_digit()).find(|digits| !digits.is_empty())?.parse().ok()
}

/// What code can bring about as often as it likes, with one input. What it comes to is in the world all the same.
fn is_endless(fact: &Fact) -> bool {
    match fact {
        Fact::Output { .. }
        | Fact::Message { .. }
        | Fact::Process { .. }
        | Fact::LeftOut { .. }
        | Fact::Prompt { .. }
        | Fact::NodeStarted { .. }
        | Fact::NodeStopped { .. }
        | Fact::Connected { .. }
        | Fact::Disconnected { .. }
        | Fact::Registered { .. }
        | Fact::Unregistered { .. }
        | Fact::LookedUp { .. }
        | Fact::Line { .. } => true,
        Fact::Input { .. }
        | Fact::CommandEnded { .. }
        | Fact::Probed { .. }
        | Fact::File { .. }
        | Fact::Chose { .. }
        | Fact::Fault(_)
        | Fact::StepBegan => false,
    }
}

impl World {
    /// Whether each of the two lists the other.
    pub fn connected(&self, one: &NodeName, other: &NodeName) -> bool {
        let lists = |on: &NodeName, to: &NodeName| self.lists.contains(&(on.clone(), to.clone()));
        lists(one, other) && lists(other, one)
    }

    /// Whether a node still lists one that has stopped: the news is on its way. A paused one hears no news.
    pub fn has_ghosts(&self) -> bool {
        self.lists.iter().any(|(on, to)| self.stopped.contains(to) && !self.is_paused(on))
    }

    /// Whether a command at `$` has neither ended nor become a node whose shell has asked for input.
    pub fn has_command_under_way(&self) -> bool {
        let is_ready = |terminal| self.running.get(terminal).is_some_and(|running| running.is_ready);
        self.prompts.iter().any(|(terminal, prompt)| *prompt == Prompt::Busy && !is_ready(terminal))
    }

    fn is_paused(&self, node: &NodeName) -> bool {
        self.node(node).is_some_and(|terminal| self.paused.contains(terminal))
    }

    pub fn is_cut(&self, one: &TerminalName, other: &TerminalName) -> bool {
        self.cut.contains_key(&sorted(one, other))
    }

    /// Whether what such a fault does has not been undone; never where there is nothing to undo.
    pub fn is_under(&self, fault: &Fault) -> bool {
        match fault {
            Fault::Pause(terminal) => self.paused.contains(terminal),
            Fault::Cut(one, other) => self.is_cut(one, other),
            Fault::Kill(_) | Fault::Resume(_) | Fault::Heal(..) => false,
        }
    }

    fn befall(&mut self, fault: &Fault) {
        match fault {
            Fault::Kill(_) => {}
            Fault::Pause(terminal) => {
                self.paused.insert(terminal.clone());
            }
            Fault::Resume(terminal) => {
                self.paused.remove(terminal);
            }
            Fault::Cut(one, other) => {
                let node = |terminal| self.running.get(terminal).map(|running| running.node.clone());
                if let Some(nodes) = node(one).zip(node(other)) {
                    self.cut.insert(sorted(one, other), nodes);
                }
            }
            Fault::Heal(one, other) => {
                self.cut.remove(&sorted(one, other));
            }
        }
    }

    pub fn node(&self, name: &NodeName) -> Option<&TerminalName> {
        self.running.iter().find(|(_, running)| running.node == *name).map(|(terminal, _)| terminal)
    }

    /// What the fact makes of it.
    pub fn take(&mut self, fact: &Fact) {
        match fact {
            Fact::Prompt { terminal, prompt } => {
                self.prompts.insert(terminal.clone(), prompt.clone());
                if let Some(running) = self.running.get_mut(terminal) {
                    running.is_ready |= *prompt != Prompt::Busy;
                }
            }
            Fact::NodeStarted { terminal, node, cookie, mix } => {
                let running =
                    Running { node: node.clone(), is_ready: false, cookie: cookie.clone(), mix: *mix };
                self.stopped.remove(node);
                self.running.insert(terminal.clone(), running);
            }
            Fact::NodeStopped { terminal, node } => {
                self.running.remove(terminal);
                self.paused.remove(terminal);
                self.stopped.insert(node.clone());
                self.lists.retain(|(on, _)| on != node);
            }
            Fact::Connected { on, to } => {
                self.lists.insert((on.clone(), to.clone()));
            }
            Fact::Disconnected { on, from } => {
                self.lists.remove(&(on.clone(), from.clone()));
            }
            Fact::Registered { name } => {
                self.registered.insert(name.clone());
            }
            Fact::Unregistered { name } => {
                self.registered.remove(name);
            }
            Fact::Input { terminal, .. } => {
                self.prompts.insert(terminal.clone(), Prompt::Busy);
            }
            Fact::File { path, text } => match text {
                Some(text) => {
                    self.files.insert(path.clone(), text.clone());
                }
                None => {
                    self.files.remove(path);
                }
            },
            Fact::Fault(fault) => self.befall(fault),
            Fact::Line { .. }
            | Fact::Output { .. }
            | Fact::LeftOut { .. }
            | Fact::CommandEnded { .. }
            | Fact::Message { .. }
            | Fact::Process { .. }
            | Fact::LookedUp { .. }
            | Fact::Probed { .. }
            | Fact::Chose { .. }
            | Fact::StepBegan => {}
        }
    }
}

fn sorted(one: &TerminalName, other: &TerminalName) -> (TerminalName, TerminalName) {
    (one.min(other).clone(), one.max(other).clone())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn output(text: &str) -> Fact {
        let terminal = TerminalName::parse("alex").expect("a name");
        Fact::Output {
            terminal,
            kind: OutputKind::Print,
            by: None,
            sender: Sender::default(),
            text: text.to_owned(),
        }
    }

    fn looked_up(number: usize) -> Fact {
        Fact::LookedUp { name: format!("n{number}"), found: false }
    }

    #[test]
    fn long_outputs_go_before_they_fill_the_memory() {
        let mut evidence = Evidence::default();
        let long = "x".repeat(64 * 1024);
        for _ in 0..2_000 {
            evidence.push(Duration::ZERO, None, output(&long));
        }
        let kept: usize = evidence.records().iter().map(|record| weight(&record.fact)).sum();
        assert!(kept <= MAX_BYTES && kept == evidence.bytes, "{kept}");
        evidence.push(Duration::ZERO, None, output("the last"));
        assert_eq!(evidence.records().last().map(|record| &record.fact), Some(&output("the last")));
    }

    #[test]
    fn what_came_first_outlasts_a_flood() {
        let alex = TerminalName::parse("alex").expect("a name");
        let cause = || Some(Cause { terminal: alex.clone(), number: 1 });
        let mut evidence = Evidence::default();
        evidence.push(Duration::ZERO, cause(), output("the word"));
        for number in 0..5 * MAX_RECORDS {
            evidence.push(Duration::ZERO, cause(), output(&number.to_string()));
        }
        let texts: Vec<&Fact> = evidence.records().iter().map(|record| &record.fact).collect();
        assert_eq!(texts[0], &output("the word"));
        let gaps = texts.iter().filter(|fact| matches!(fact, Fact::LeftOut { .. })).count();
        assert_eq!(gaps, 1, "the cut is marked once");
        assert_eq!(texts.last(), Some(&&output(&(5 * MAX_RECORDS - 1).to_string())));
    }

    #[test]
    fn a_step_begins_where_it_did_whatever_a_flood_has_pushed_out() {
        let mut evidence = Evidence::default();
        let began = |evidence: &Evidence| {
            let marks = evidence.records().iter().rposition(|record| record.fact == Fact::StepBegan);
            marks.map_or(0, |index| index + 1)
        };
        for (number, step) in (1..).zip(["the first", "the second", "the third"]) {
            let alex = TerminalName::parse("alex").expect("a name");
            let cause = || Some(Cause { terminal: alex.clone(), number });
            evidence.push(Duration::ZERO, None, Fact::StepBegan);
            evidence.push(Duration::ZERO, cause(), output(step));
            for number in 0..MAX_RECORDS + 7 {
                evidence.push(Duration::ZERO, cause(), output(&number.to_string()));
            }
            assert_eq!(evidence.step().len(), evidence.records().len() - began(&evidence));
            assert_eq!(evidence.step()[0].fact, output(step));
        }
    }

    #[test]
    fn a_line_is_late_once_its_terminal_has_another() {
        let alex = TerminalName::parse("alex").expect("a name");
        let of = |number| Cause { terminal: alex.clone(), number };
        let mut evidence = Evidence::default();
        for (number, prompt) in [(7, "iex(alex@localhost)3> "), (8, "> "), (9, "iex(5)> ")] {
            let (terminal, prompt) = (alex.clone(), prompt.to_owned());
            evidence.push(
                Duration::ZERO,
                Some(of(number)),
                Fact::Line { terminal, prompt, text: String::new() },
            );
        }
        assert_eq!(evidence.late_line(&of(7)), Some(3), "as the prompt counts");
        assert_eq!(evidence.late_line(&of(8)), None, "the prompt counts nothing");
        assert_eq!(evidence.late_line(&of(9)), None, "it is the last");
    }

    #[test]
    fn a_flood_of_other_facts_ends_as_well() {
        let mut evidence = Evidence::default();
        evidence.push(Duration::ZERO, None, Fact::StepBegan);
        for number in 0..=MAX_RECORDS + 500 {
            evidence.push(Duration::ZERO, None, looked_up(number));
        }
        assert!(evidence.records().len() <= MAX_RECORDS);
        assert_eq!(evidence.records()[0].fact, Fact::StepBegan);
    }
}
