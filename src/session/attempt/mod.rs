//! One go at the present step.

mod explanations;
mod hints;
mod ticks;
mod work;

use std::time::Duration;

use crate::lesson::{ChoiceId, Fact, Finding, Input, Nonce, Step, Task};

use super::{
    Position,
    progress::{Outcome, StepRecord},
};
use explanations::Explanations;
use hints::Hints;
use ticks::Ticks;
use work::{Kept, Work};

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
pub(super) struct Attempt {
    pub stage: Stage,
    /// Nobody watches: a check, or the replay of an earlier step. Nothing is told, nothing remembered.
    pub is_unattended: bool,
    /// More of the answer is to come: it is judged as a whole.
    pub expects_more: bool,
    pub work: Work,
    pub ticks: Ticks,
    pub hints: Hints,
    pub explanations: Explanations,
    /// How each condition stood when the step passed.
    pub met: Vec<Finding>,
    /// What was predicted.
    pub prediction: Option<ChoiceId>,
    /// The closing question was answered wrong first.
    pub is_missed: bool,
    /// How many answers to closing questions there were.
    pub answers: usize,
    /// Where the questions stand that are asked again, the one that waits first.
    pub again: Vec<Position>,
}

impl Attempt {
    pub(super) fn new(stage: Stage) -> Self {
        Self {
            stage,
            is_unattended: false,
            expects_more: false,
            work: Work::default(),
            ticks: Ticks::default(),
            hints: Hints::default(),
            explanations: Explanations::default(),
            met: Vec::new(),
            prediction: None,
            is_missed: false,
            answers: 0,
            again: Vec::new(),
        }
    }

    pub(super) fn unattended() -> Self {
        Self { is_unattended: true, ..Self::new(Stage::Open) }
    }

    /// For a learner, from now on.
    pub(super) fn begun(step: &Step, at: Duration) -> Self {
        let stage = match (&step.task, &step.predict) {
            (Task::Ask(_) | Task::AskMissed, _) => Stage::Asking,
            (Task::Do { .. }, Some(_)) => Stage::Predicting,
            (Task::Do { .. }, None) => Stage::Open,
        };
        Self { work: Work::since(at), ..Self::new(stage) }
    }

    /// Something happened; the time since the last thing counts until the step has passed.
    pub(super) fn lives(&mut self, at: Duration) {
        if self.stage != Stage::Passed {
            self.work.lives(at);
        }
    }

    /// Keeps what the learner did, until the step passes. What is typed then may be a wrong turn as well.
    pub(super) fn note(&mut self, fact: &Fact) {
        if self.stage == Stage::Passed {
            if matches!(fact, Fact::Input { .. }) {
                self.explanations.await_input();
            }
            return;
        }
        match self.work.note(fact) {
            Some(Kept::New) => self.explanations.await_input(),
            Some(Kept::InItsPlace) => self.explanations.await_saved(),
            None => {}
        }
    }

    pub(super) fn keep(&mut self, input: Input) {
        self.work.keep(input);
        self.explanations.await_input();
    }

    /// Whether to offer a hint now to somebody who should have needed so many inputs; counts as having offered it.
    pub(super) fn offers_hint(&mut self, needed: usize) -> bool {
        self.explanations.is_awaited() && self.hints.offer(self.work.tries(), needed)
    }

    /// The number of the hint that is given now, of so many, counted from 1; none where there is none.
    pub(super) fn give_hint(&mut self, of: usize) -> Option<usize> {
        self.hints.give(of, self.work.tries())
    }

    pub(super) fn show_answer(&mut self) {
        self.hints.show_answer(self.work.tries());
    }

    pub(super) fn record(&self, outcome: Outcome, nonce: &Nonce) -> StepRecord {
        StepRecord {
            outcome,
            answer: self.work.answer(nonce).filter(|_| outcome == Outcome::Passed),
            tries: self.work.tries(),
            hints: self.hints.given(),
            answer_shown: self.hints.is_answer_shown(),
            prediction: self.prediction.as_ref().map(ToString::to_string),
            missed: self.is_missed,
            seconds: self.work.seconds(),
        }
    }
}
