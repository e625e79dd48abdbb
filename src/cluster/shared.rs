//! What all terminals of a cluster have in common.

use std::collections::VecDeque;

use tokio::sync::mpsc;

use super::{
    causes::Causes,
    event::Event,
    guardian::{CommandId, Guardian},
    questions::{Answer, Questions},
    rounds::Rounds,
    terminal::{Size, TerminalEvent},
    timers::Timers,
};
use crate::lesson::{Cause, Fact, ProbeOutcome, TerminalName};

pub(super) struct Shared {
    /// Told, and not fetched yet.
    pub(super) events: VecDeque<Event>,
    pub(super) timers: Timers,
    pub(super) guardian: Guardian,
    pub(super) terminal_events: mpsc::Sender<TerminalEvent>,
    pub(super) size: Size,
    /// Somebody types into one terminal and looks at another; what is replayed has only itself to wait for.
    pub(super) is_attended: bool,
    last_id: CommandId,
    pub(super) questions: Questions,
    pub(super) causes: Causes,
    pub(super) rounds: Rounds,
}

impl Shared {
    pub(super) fn new(guardian: Guardian, terminal_events: mpsc::Sender<TerminalEvent>, size: Size) -> Self {
        Self {
            events: VecDeque::new(),
            timers: Timers::default(),
            guardian,
            terminal_events,
            size,
            is_attended: false,
            last_id: 0,
            questions: Questions::default(),
            causes: Causes::default(),
            rounds: Rounds::default(),
        }
    }

    /// A fact that nobody knows the cause of.
    pub(super) fn tell(&mut self, fact: Fact) {
        self.tell_caused(None, fact);
    }

    pub(super) fn tell_caused(&mut self, cause: Option<Cause>, fact: Fact) {
        self.events.push_back(Event::Fact(fact, cause));
    }

    pub(super) fn new_id(&mut self) -> CommandId {
        self.last_id += 1;
        self.last_id
    }

    pub(super) fn answered(&mut self, id: u64, answer: Answer) {
        let fact = self.questions.answer(id, answer);
        fact.into_iter().for_each(|fact| self.tell(fact));
    }

    pub(super) fn unanswered(&mut self, id: u64, outcome: ProbeOutcome) {
        let fact = self.questions.close(id, outcome);
        fact.into_iter().for_each(|fact| self.tell(fact));
    }

    /// The node is gone, and its answers with it.
    pub(super) fn forget(&mut self, terminal: &TerminalName) {
        let facts = self.questions.close_all(terminal);
        facts.into_iter().for_each(|fact| self.tell(fact));
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
    matches!(event, Event::Fact(Fact::Probed { .. }, _))
}
