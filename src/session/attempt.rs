//! One go at the present step.

use std::time::Duration;

use crate::lesson::{ChoiceId, Fact, Finding, Holds, Input, MistakeId, Nonce, Step, Task};

use super::Position;
use super::progress::{MAX_INPUTS, Outcome, Recorded, StepRecord};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// The nodes are being brought to where the step begins; nothing is judged.
    Travelling,
    /// A prediction is asked for before the first input.
    Predicting,
    /// A closing question waits.
    Asking,
    Open,
    Passed,
}

#[derive(Debug)]
pub struct Attempt {
    pub stage: Stage,
    /// Nobody watches: a check, or the replay of an earlier step. Nothing is told, nothing remembered.
    pub is_rehearsal: bool,
    /// One a condition: whether the learner has been shown that it holds.
    ticked: Vec<bool>,
    inputs: Vec<Input>,
    /// False once something happened that a list of inputs can't repeat: an interrupt, keys for a program.
    replayable: bool,
    tries: usize,
    pub hints: usize,
    pub answer_shown: bool,
    pub prediction: Option<ChoiceId>,
    missed: bool,
    /// Where the questions stand that are asked again, the one that waits first.
    pub again: Vec<Position>,
    /// The mistake that was explained last.
    told: Option<MistakeId>,
    /// Whether the latest input may still turn out to be a wrong turn.
    is_judging_input: bool,
    /// Whether a mistake was explained since the latest input.
    is_told: bool,
    /// How many tries there were when a hint was last offered or given.
    offered: usize,
    offers: usize,
    /// Spent on it so far, long pauses left out; and when something happened last.
    active: Duration,
    latest: Option<Duration>,
}

/// A pause that is longer counts as this much: nobody reads a step for so long.
const LONGEST_PAUSE: Duration = Duration::from_secs(3 * 60);
/// A hint is offered after so many inputs more than the step needs, and no more often than this.
const PATIENCE: usize = 3;
const MAX_OFFERS: usize = 2;

impl Attempt {
    pub fn new(stage: Stage) -> Self {
        Self {
            stage,
            is_rehearsal: false,
            ticked: Vec::new(),
            inputs: Vec::new(),
            replayable: true,
            tries: 0,
            hints: 0,
            answer_shown: false,
            prediction: None,
            missed: false,
            again: Vec::new(),
            told: None,
            is_judging_input: false,
            is_told: false,
            offered: 0,
            offers: 0,
            active: Duration::ZERO,
            latest: None,
        }
    }

    /// For a learner, from now on.
    pub fn begun(stage: Stage, at: Duration) -> Self {
        Self { latest: Some(at), ..Self::new(stage) }
    }

    /// Something happened; the time since the last thing counts until the step has passed.
    pub fn lives(&mut self, at: Duration) {
        let Some(latest) = self.latest.filter(|_| self.stage != Stage::Passed) else { return };
        self.active += at.saturating_sub(latest).min(LONGEST_PAUSE);
        self.latest = Some(at);
    }

    /// Whether to offer a hint now, which counts as having offered it.
    pub fn is_stuck(&mut self, needed: usize) -> bool {
        let is_stuck = self.is_judging_input
            && self.offers < MAX_OFFERS
            && self.tries >= self.offered + needed + PATIENCE;
        if is_stuck {
            self.offers += 1;
            self.offered = self.tries;
        }
        is_stuck
    }

    /// A hint was given: none need be offered for a while.
    pub fn is_helped(&mut self) {
        self.offered = self.tries;
    }

    pub fn rehearsal() -> Self {
        Self { is_rehearsal: true, ..Self::new(Stage::Open) }
    }

    /// The stage in which a step begins for a learner.
    pub fn first_stage(step: &Step) -> Stage {
        match (&step.task, &step.predict) {
            (Task::Ask(_) | Task::AskMissed, _) => Stage::Asking,
            (Task::Do { .. }, Some(_)) => Stage::Predicting,
            (Task::Do { .. }, None) => Stage::Open,
        }
    }

    /// Keeps what the learner did, until the step passes.
    pub fn note(&mut self, fact: &Fact) {
        if self.stage == Stage::Passed {
            self.heed(fact);
            return;
        }
        match fact {
            Fact::Input { terminal, text, .. } => {
                self.keep(Input::Type { terminal: terminal.clone(), text: text.clone() });
            }
            Fact::File { path, text: Some(text) } => self.wrote(path, text),
            Fact::File { text: None, .. } => {}
            Fact::Chose { choice } => self.keep(Input::Choose(choice.clone())),
            Fact::Output { .. }
            | Fact::LeftOut { .. }
            | Fact::Prompt { .. }
            | Fact::NodeStarted { .. }
            | Fact::NodeStopped { .. }
            | Fact::CommandEnded { .. }
            | Fact::Message { .. }
            | Fact::Connected { .. }
            | Fact::Disconnected { .. }
            | Fact::Registered { .. }
            | Fact::Unregistered { .. }
            | Fact::LookedUp { .. }
            | Fact::Probed { .. }
            | Fact::StepBegan => {}
        }
    }

    /// Of a step that is done nothing is kept; but what is typed then may be a wrong turn as well.
    fn heed(&mut self, fact: &Fact) {
        if matches!(fact, Fact::Input { .. }) {
            self.is_judging_input = true;
            self.is_told = false;
        }
    }

    pub fn keep(&mut self, input: Input) {
        self.tries += 1;
        self.is_judging_input = true;
        self.is_told = false;
        if self.inputs.len() < MAX_INPUTS {
            self.inputs.push(input);
        } else {
            self.replayable = false;
        }
    }

    /// A file was saved; of several savings in a row the last counts.
    fn wrote(&mut self, path: &str, text: &str) {
        let written = Input::Write { path: path.to_owned(), text: text.to_owned() };
        match self.inputs.last_mut() {
            Some(last @ Input::Write { .. }) if last.path() == Some(path) => {
                *last = written;
                self.is_judging_input = true;
            }
            Some(_) | None => self.keep(written),
        }
    }

    /// Whether the learner has done anything in this step.
    pub fn has_begun(&self) -> bool {
        self.tries > 0
    }

    pub fn cannot_be_replayed(&mut self) {
        self.replayable = false;
    }

    pub fn missed(&mut self) {
        self.missed = true;
    }

    /// Which findings hold now and were not shown as holding before. A tick is never taken back on the screen.
    pub fn newly_ticked(&mut self, findings: &[Finding]) -> Vec<usize> {
        self.ticked.resize(findings.len(), false);
        let fresh =
            self.ticked.iter_mut().zip(findings).enumerate().filter_map(|(index, (ticked, finding))| {
                let is_new = finding.holds == Holds::Yes && !*ticked;
                *ticked |= is_new;
                is_new.then_some(index)
            });
        fresh.collect()
    }

    pub fn is_judging_input(&self) -> bool {
        self.is_judging_input
    }

    /// Something other than an input has changed the world: what is wrong now is not the input's doing.
    pub fn leave_input(&mut self) {
        self.is_judging_input = false;
    }

    /// Whether this mistake is worth explaining: once an input, and one that lasts not again while it does.
    pub fn tell(&mut self, mistake: &MistakeId, lasts: bool) -> bool {
        let is_same = self.told.as_ref() == Some(mistake);
        let is_news = !(is_same && (lasts || self.is_told));
        self.told = Some(mistake.clone());
        self.is_told = true;
        is_news
    }

    pub fn told_last(&self, mistake: &MistakeId) -> bool {
        self.told.as_ref() == Some(mistake)
    }

    pub fn record(&self, outcome: Outcome, nonce: &Nonce) -> StepRecord {
        let answer =
            || self.inputs.iter().map(|input| Recorded::of(input, nonce)).collect::<Option<Vec<_>>>();
        StepRecord {
            outcome,
            answer: (self.replayable && outcome == Outcome::Passed).then(answer).flatten(),
            tries: self.tries,
            hints: self.hints,
            answer_shown: self.answer_shown,
            prediction: self.prediction.as_ref().map(ToString::to_string),
            missed: self.missed,
            seconds: self.active.as_secs(),
        }
    }
}
