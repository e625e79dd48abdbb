//! `ask: missed`: the closing questions that were answered wrong first are asked again, one by one.

use super::{Effect, Notice, Position, Session, messages};
use crate::{
    lesson::{Question, QuestionProse, Task},
    session::Stage,
};

impl Session {
    /// Where the step asks missed questions: puts them in a row. With none, the step is done.
    pub(super) fn ask_missed(&mut self) -> Vec<Effect> {
        if !matches!(self.step().task, Task::AskMissed) {
            return Vec::new();
        }
        self.attempt.again = self.missed();
        if !self.attempt.again.is_empty() {
            return Vec::new();
        }
        let mut effects = vec![Effect::Show(Notice::Say(messages::nothing_missed()))];
        effects.extend(self.pass());
        effects
    }

    /// The closing questions before this step that were answered wrong first, in the lesson's order.
    fn missed(&self) -> Vec<Position> {
        let is_missed = |place: &Position| {
            let step = place.step(&self.lesson);
            let record = self.progress.steps.get(step.id.as_str());
            matches!(step.task, Task::Ask(_)) && record.is_some_and(|record| record.missed)
        };
        let all = std::iter::successors(Some(Position::START), |place| place.next(&self.lesson));
        all.take_while(|place| *place < self.place).filter(is_missed).collect()
    }

    /// The question that waits, and its words: this step's own, or the next of those asked again.
    pub(super) fn asked(&self) -> Option<(&QuestionProse, &Question)> {
        let place = self.attempt.again.first().copied().unwrap_or(self.place);
        let Task::Ask(question) = &place.step(&self.lesson).task else { return None };
        Some((self.prose_at(place).ask.as_ref()?, question))
    }

    /// The question that waits was answered rightly.
    pub(super) fn is_answered(&mut self) -> Vec<Effect> {
        if !self.attempt.again.is_empty() {
            self.attempt.again.remove(0);
        }
        if self.attempt.again.is_empty() {
            return self.pass();
        }
        self.question_card().map(|card| Effect::Show(Notice::Ask(card))).into_iter().collect()
    }

    /// With nobody there to have missed anything, such a step is done at once.
    pub(super) fn has_nothing_to_ask(&mut self) {
        if matches!(self.step().task, Task::AskMissed) {
            self.attempt.stage = Stage::Passed;
        }
    }
}
