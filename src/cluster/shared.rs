//! What all terminals of a cluster have in common.

use std::{
    collections::{BTreeMap, VecDeque},
    time::Duration,
};

use tokio::sync::mpsc;

use super::{
    event::Event,
    guardian::{CommandId, Guardian},
    protocol::{Candidate, Parsed},
    terminal::{Happening, Size},
    timers::{Timer, Timers},
};
use crate::lesson::{Fact, ProbeOutcome, TerminalName};

pub(super) struct Shared {
    /// Told, and not fetched yet.
    pub(super) events: VecDeque<Event>,
    pub(super) timers: Timers,
    pub(super) guardian: Guardian,
    pub(super) happenings: mpsc::Sender<Happening>,
    pub(super) size: Size,
    last_id: CommandId,
    /// Who was asked and has not answered.
    probes: BTreeMap<u64, TerminalName>,
    parses: BTreeMap<u64, TerminalName>,
    completions: BTreeMap<u64, TerminalName>,
}

impl Shared {
    pub(super) fn new(guardian: Guardian, happenings: mpsc::Sender<Happening>, size: Size) -> Self {
        Self {
            events: VecDeque::new(),
            timers: Timers::default(),
            guardian,
            happenings,
            size,
            last_id: 0,
            probes: BTreeMap::new(),
            parses: BTreeMap::new(),
            completions: BTreeMap::new(),
        }
    }

    pub(super) fn tell(&mut self, fact: Fact) {
        self.events.push_back(Event::Fact(fact));
    }

    pub(super) fn new_id(&mut self) -> CommandId {
        self.last_id += 1;
        self.last_id
    }

    pub(super) fn asks_probe(&mut self, id: u64, terminal: TerminalName, patience: Duration) {
        self.probes.insert(id, terminal);
        self.timers.set(Timer::Probe(id), patience);
    }

    /// Only the first answer counts.
    pub(super) fn probed(&mut self, id: u64, outcome: ProbeOutcome) {
        if let Some(terminal) = self.probes.remove(&id) {
            self.events.push_back(Event::Probed { id, terminal, outcome });
        }
    }

    pub(super) fn asks_parse(&mut self, id: u64, terminal: TerminalName, patience: Duration) {
        self.parses.insert(id, terminal);
        self.timers.set(Timer::Parse(id), patience);
    }

    pub(super) fn parsed(&mut self, id: u64, parsed: Parsed) {
        if self.parses.remove(&id).is_some() {
            self.events.push_back(Event::Parsed { id, parsed });
        }
    }

    pub(super) fn asks_completion(&mut self, id: u64, terminal: TerminalName, patience: Duration) {
        self.completions.insert(id, terminal);
        self.timers.set(Timer::Complete(id), patience);
    }

    pub(super) fn completed(&mut self, id: u64, candidates: Vec<Candidate>) {
        if self.completions.remove(&id).is_some() {
            self.events.push_back(Event::Completed { id, candidates });
        }
    }

    /// Answers for a node that is gone.
    pub(super) fn forget(&mut self, terminal: &TerminalName) {
        for id in asked(&self.probes, terminal) {
            self.probed(id, ProbeOutcome::NoNode);
        }
        for id in asked(&self.parses, terminal) {
            self.parsed(id, Parsed::Complete);
        }
        for id in asked(&self.completions, terminal) {
            self.completed(id, Vec::new());
        }
    }
}

fn asked(questions: &BTreeMap<u64, TerminalName>, of: &TerminalName) -> Vec<u64> {
    questions.iter().filter(|(_, terminal)| *terminal == of).map(|(id, _)| *id).collect()
}
