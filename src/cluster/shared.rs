//! What all terminals of a cluster have in common.

use std::collections::VecDeque;

use tokio::sync::mpsc;

use super::{
    event::Event,
    guardian::{CommandId, Guardian},
    questions::{Answer, Questions},
    terminal::{Size, TerminalEvent},
    timers::Timers,
};
use crate::lesson::{Fact, ProbeOutcome, TerminalName};

pub(super) struct Shared {
    /// Told, and not fetched yet.
    pub(super) events: VecDeque<Event>,
    pub(super) timers: Timers,
    pub(super) guardian: Guardian,
    pub(super) terminal_events: mpsc::Sender<TerminalEvent>,
    pub(super) size: Size,
    last_id: CommandId,
    pub(super) questions: Questions,
}

impl Shared {
    pub(super) fn new(guardian: Guardian, terminal_events: mpsc::Sender<TerminalEvent>, size: Size) -> Self {
        Self {
            events: VecDeque::new(),
            timers: Timers::default(),
            guardian,
            terminal_events,
            size,
            last_id: 0,
            questions: Questions::default(),
        }
    }

    pub(super) fn tell(&mut self, fact: Fact) {
        self.events.push_back(Event::Fact(fact));
    }

    pub(super) fn new_id(&mut self) -> CommandId {
        self.last_id += 1;
        self.last_id
    }

    pub(super) fn answered(&mut self, id: u64, answer: Answer) {
        let fact = self.questions.answer(id, answer);
        self.events.extend(fact.map(Event::Fact));
    }

    pub(super) fn unanswered(&mut self, id: u64, outcome: ProbeOutcome) {
        let fact = self.questions.close(id, outcome);
        self.events.extend(fact.map(Event::Fact));
    }

    /// The node is gone, and its answers with it.
    pub(super) fn forget(&mut self, terminal: &TerminalName) {
        let facts = self.questions.close_all(terminal);
        self.events.extend(facts.into_iter().map(Event::Fact));
    }

    pub(super) fn is_probing(&self) -> bool {
        self.questions.has_probes() || self.events.iter().any(is_probed)
    }

    pub(super) fn forget_probes(&mut self) {
        self.questions.forget_probes();
        self.events.retain(|event| !is_probed(event));
    }
}

fn is_probed(event: &Event) -> bool {
    matches!(event, Event::Fact(Fact::Probed { .. }))
}
