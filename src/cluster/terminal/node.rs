//! A terminal's node, as long as its bridge is connected.

use std::{collections::BTreeSet, time::Duration};

use super::link::{Link, Refusal};
use crate::{
    cluster::{
        event::Event,
        messages,
        protocol::{FromNode, NodeInput, PromptKind, ToNode},
        questions::Answer,
        shared::Shared,
    },
    error::{Error, Result},
    lesson::{Cause, Fact, NodeName, ProcessEvent, ProcessId, Prompt, Sender, TerminalName},
};

/// How long a node that was told to halt may take.
pub(super) const HALTING: Duration = Duration::from_millis(500);

/// How long a node's process may stay after the bridge hung up; a plain `System.halt` takes some milliseconds.
pub(super) const LEAVING: Duration = Duration::from_millis(300);

/// One input, all its lines.
const MAX_INPUT: usize = 1024 * 1024;

/// A frame of lines takes no further one beyond this, in bytes.
const FULL: usize = 32 * 1024;

/// A line fits into a frame, with what a frame has around it.
const MAX_LINE: usize = 60 * 1024;

/// More than a lesson's cluster ever has; beyond it nothing is remembered, and so nothing grows.
const MAX_PEERS: usize = 1024;

pub(in crate::cluster) struct Node {
    link: Link,
    name: Option<NodeName>,
    /// Stands for it in causes.
    word: u32,
    /// The input, among its terminal's, that it was given last; at first the command that started it.
    input: Cause,
    os_pid: Option<u32>,
    /// What it asked for last, in so far as it has not been given it.
    prompt: Prompt,
    /// The nodes that it lists.
    peers: BTreeSet<NodeName>,
}

impl Node {
    /// `started` is the command that it was started by.
    pub(super) fn new(link: Link, started: Cause) -> Self {
        let (name, os_pid, word) = (None, None, u32::MAX);
        Self { link, name, word, input: started, os_pid, prompt: Prompt::Busy, peers: BTreeSet::new() }
    }

    pub(in crate::cluster) fn name(&self) -> Option<&NodeName> {
        self.name.as_ref()
    }

    pub(super) fn input(&self) -> &Cause {
        &self.input
    }

    /// What a line for a program that reads is a part of; expressions are inputs of their own.
    pub(super) fn reading(&self) -> Option<&Cause> {
        matches!(self.prompt, Prompt::Gets { .. }).then_some(&self.input)
    }

    pub(super) fn os_pid(&self) -> Option<u32> {
        self.os_pid
    }

    /// Fails where the node has stopped taking anything, or the message fits into no frame.
    pub(in crate::cluster) fn send(&self, messages: &[ToNode]) -> Result<()> {
        self.link.send(messages).map_err(|refusal| match refusal {
            Refusal::NotTaken => {
                Error::could_not_run(messages::node_takes_no_input()).hint(messages::close_and_start())
            }
            Refusal::TooLong => too_long(),
        })
    }

    /// Line by line, as raw `iex` would read it.
    pub(super) fn feed(&self, text: &str) -> Result<()> {
        let text = text.strip_suffix('\n').unwrap_or(text);
        self.send(&frames(text))
    }

    pub(super) fn said(&mut self, terminal: &TerminalName, said: FromNode, shared: &mut Shared) {
        let name = terminal.clone();
        match said {
            FromNode::Hello { node, os_pid, cookie, word, .. } => {
                self.os_pid = Some(os_pid);
                self.word = word;
                shared.causes.add(word, name.clone(), self.input.number);
                self.is_called(name, &node, cookie, false, shared);
            }
            FromNode::Named { node, cookie, mix } => self.is_called(name, &node, cookie, mix, shared),
            FromNode::Prompt { kind, text } => {
                self.prompt = prompt(kind, text);
                self.tell_prompt(name, shared);
            }
            FromNode::Line { number, prompt, text } => {
                if let Some(input) = shared.causes.find(NodeInput { word: self.word, number }) {
                    self.input = input;
                }
                shared.tell_caused(Some(self.input.clone()), Fact::Line { terminal: name, prompt, text });
            }
            FromNode::Output { kind, by, sender, cause, text } => {
                let by = NodeName::parse(&by).ok();
                let cause = cause.and_then(|input| shared.causes.find(input));
                shared.tell_caused(cause, Fact::Output { terminal: name, kind, by, sender, text });
            }
            FromNode::LeftOut { bytes } => shared.tell(Fact::LeftOut { terminal: name, bytes }),
            FromNode::NodeUp { node } => self.lists(&node, shared),
            FromNode::NodeDown { node } => self.lists_no_more(&node, shared),
            FromNode::Message { from, sender, to, receiver, cause, text } => {
                if let (Ok(from), Ok(to)) = (NodeName::parse(&from), NodeName::parse(&to)) {
                    let cause = cause.and_then(|input| shared.causes.find(input));
                    shared.tell_caused(cause, Fact::Message { from, sender, to, receiver, text });
                }
            }
            FromNode::Shell { process } => self.tell_process(None, process, ProcessEvent::Shell, shared),
            FromNode::Spawned { process, by, parent, ties, cause, function } => {
                let by = by.and_then(|by| NodeName::parse(&by).ok());
                let Sender { process, clock, .. } = process;
                let event = ProcessEvent::Spawned { by, parent, ties, clock, function };
                self.tell_process(cause, process, event, shared);
            }
            FromNode::Unseen => self.tell_process(None, ProcessId::new(), ProcessEvent::Unseen, shared),
            FromNode::Exited { process: Sender { process, clock, .. }, cause, reason } => {
                self.tell_process(cause, process, ProcessEvent::Exited { reason, clock }, shared);
            }
            FromNode::Tied { process: Sender { process, clock, .. }, kind, to, other, cause } => {
                if let Ok(to) = NodeName::parse(&to) {
                    self.tell_process(cause, process, ProcessEvent::Tied { kind, to, other, clock }, shared);
                }
            }
            FromNode::Down { process: Sender { process, clock, .. }, of, other, cause, reason } => {
                if let Ok(of) = NodeName::parse(&of) {
                    self.tell_process(
                        cause,
                        process,
                        ProcessEvent::Down { of, other, reason, clock },
                        shared,
                    );
                }
            }
            FromNode::Probed { id, outcome } => shared.answered(id, Answer::Probed(outcome)),
            FromNode::Parsed { id, parsed } => shared.answered(id, Answer::Parsed(parsed)),
            FromNode::Completed { id, candidates } => shared.answered(id, Answer::Completed(candidates)),
            FromNode::Surveyed { id, survey } => shared.answered(id, Answer::Surveyed(survey)),
            FromNode::Interrupted { kept } => {
                shared.events.push_back(Event::Interrupted { terminal: name, kept });
            }
            // Taken by the cluster: it is about all nodes.
            FromNode::Rested { .. } => {}
        }
    }

    fn tell_process(
        &self,
        cause: Option<NodeInput>,
        process: ProcessId,
        event: ProcessEvent,
        shared: &mut Shared,
    ) {
        if let Some(node) = self.name.clone() {
            let cause = cause.and_then(|input| shared.causes.find(input));
            shared.tell_caused(cause, Fact::Process { node, process, event });
        }
    }

    pub(super) fn is_fed(&mut self) {
        self.prompt = Prompt::Busy;
    }

    pub(super) fn tell_prompt(&self, terminal: TerminalName, shared: &mut Shared) {
        shared.tell_caused(Some(self.input.clone()), Fact::Prompt { terminal, prompt: self.prompt.clone() });
    }

    fn is_called(
        &mut self,
        terminal: TerminalName,
        name: &str,
        cookie: String,
        mix: bool,
        shared: &mut Shared,
    ) {
        let Ok(node) = NodeName::parse(name) else { return };
        self.name = Some(node.clone());
        shared.tell_caused(Some(self.input.clone()), Fact::NodeStarted { terminal, node, cookie, mix });
    }

    fn lists(&mut self, peer: &str, shared: &mut Shared) {
        let (Some(on), Ok(to)) = (&self.name, NodeName::parse(peer)) else { return };
        if self.peers.len() < MAX_PEERS && self.peers.insert(to.clone()) {
            shared.tell(Fact::Connected { on: on.clone(), to });
        }
    }

    fn lists_no_more(&mut self, peer: &str, shared: &mut Shared) {
        let (Some(on), Ok(from)) = (&self.name, NodeName::parse(peer)) else { return };
        if self.peers.remove(&from) {
            shared.tell(Fact::Disconnected { on: on.clone(), from });
        }
    }

    /// It is gone, and with it its list.
    pub(super) fn stopped(self, terminal: &TerminalName, shared: &mut Shared) {
        shared.forget(terminal);
        if let Some(node) = self.name {
            shared.tell(Fact::NodeStopped { terminal: terminal.clone(), node });
        }
    }
}

/// A line longer than a frame, or more lines than one input may have.
pub(super) fn is_too_long(text: &str) -> bool {
    text.len() > MAX_INPUT || text.split('\n').any(|line| line.len() > MAX_LINE)
}

pub(super) fn too_long() -> Error {
    Error::could_not_run(messages::too_long()).hint(messages::input_limit())
}

fn prompt(kind: PromptKind, text: String) -> Prompt {
    match kind {
        PromptKind::Iex => Prompt::Iex { text },
        PromptKind::More => Prompt::More { text },
        PromptKind::Gets | PromptKind::Chars => Prompt::Gets { text },
        PromptKind::None => Prompt::Busy,
    }
}

/// As many lines to a frame as fit, so that no prompt comes up between lines that were entered at once.
fn frames(text: &str) -> Vec<ToNode> {
    let mut frames = vec![String::new()];
    for line in text.split('\n') {
        if frames.last().is_some_and(|frame| frame.len() + line.len() >= FULL) {
            frames.push(String::new());
        }
        if let Some(frame) = frames.last_mut() {
            frame.push_str(line);
            frame.push('\n');
        }
    }
    frames.into_iter().filter(|frame| !frame.is_empty()).map(|text| ToNode::Input { text }).collect()
}
