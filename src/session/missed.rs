//! `ask: missed`: the closing questions that were answered wrong first are asked again, one by one, and so are
//! predictions that did not come true.

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
        if let Some(place) = self.attempt.again.first() {
            return vec![self.source(*place)];
        }
        let mut effects = vec![Effect::Show(Notice::Say(messages::nothing_missed()))];
        effects.extend(self.pass());
        effects
    }

    /// Where a question comes from that is asked again: far from its step it would say too little.
    fn source(&self, place: Position) -> Effect {
        let number = format!("{}.{}", place.section + 1, place.step + 1);
        Effect::Show(Notice::Say(messages::asked_in(&number, &self.prose_at(place).title)))
    }

    /// The questions before this step that were answered wrong first, in the lesson's order.
    fn missed(&self) -> Vec<Position> {
        let is_missed = |place: &Position| {
            let step = place.step(&self.lesson);
            let record = self.progress.steps.get(step.id.as_str());
            record.is_some_and(|record| match &step.task {
                Task::Ask(_) => record.missed,
                Task::Do { .. } => step
                    .predict
                    .as_ref()
                    .zip(record.prediction.as_deref())
                    .is_some_and(|(question, chosen)| question.correct.as_str() != chosen),
                Task::AskMissed => false,
            })
        };
        let all = std::iter::successors(Some(Position::START), |place| place.next(&self.lesson));
        all.take_while(|place| *place < self.place).filter(is_missed).collect()
    }

    /// The question that waits, and its words: this step's own, or the next of those asked again.
    pub(super) fn asked(&self) -> Option<(&QuestionProse, &Question)> {
        let place = self.attempt.again.first().copied().unwrap_or(self.place);
        let (step, prose) = (place.step(&self.lesson), self.prose_at(place));
        match &step.task {
            Task::Ask(question) => Some((prose.ask.as_ref()?, question)),
            Task::Do { .. } => Some((prose.predict.as_ref()?, step.predict.as_ref()?)),
            Task::AskMissed => None,
        }
    }

    /// The question that waits was answered rightly.
    pub(super) fn is_answered(&mut self) -> Vec<Effect> {
        if !self.attempt.again.is_empty() {
            self.attempt.again.remove(0);
        }
        if self.attempt.again.is_empty() {
            return self.pass();
        }
        let source = self.attempt.again.first().map(|place| self.source(*place));
        source.into_iter().chain(self.question_card().map(|card| Effect::Show(Notice::Ask(card)))).collect()
    }

    /// With nobody there to have missed anything, such a step is done at once.
    pub(super) fn has_nothing_to_ask(&mut self) {
        if matches!(self.step().task, Task::AskMissed) {
            self.attempt.stage = Stage::Passed;
        }
    }
}
