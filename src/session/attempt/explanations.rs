//! Which mistake was explained, and whether the latest input may still turn out to be one.

use crate::lesson::MistakeId;

#[derive(Debug, Default)]
pub(crate) struct Explanations {
    /// The mistake that was explained last; of those that last, all that were explained since another one.
    last: Vec<MistakeId>,
    /// The latest input may still turn out to be a wrong turn.
    is_awaited: bool,
    /// A mistake was explained since the latest input.
    is_told: bool,
    /// The latest input has earned a tick, or it was told what it ran into.
    is_closed: bool,
}

impl Explanations {
    /// There is a new input.
    pub(crate) fn await_input(&mut self) {
        (self.is_awaited, self.is_told, self.is_closed) = (true, false, false);
    }

    /// What was saved last has been saved again: the input is the same.
    pub(crate) fn await_saved(&mut self) {
        self.is_awaited = true;
    }

    /// Something other than an input has changed the world: what is wrong now is not the input's doing.
    pub(crate) fn leave_input(&mut self) {
        self.is_awaited = false;
    }

    pub(crate) fn is_awaited(&self) -> bool {
        self.is_awaited
    }

    /// Whether it may still be told what the latest input ran into.
    pub(crate) fn is_open(&self) -> bool {
        self.is_awaited && !self.is_told && !self.is_closed
    }

    /// The latest input has had its answer.
    pub(crate) fn close(&mut self) {
        self.is_closed = true;
    }

    /// Whether this mistake is worth explaining: once an input, and one that lasts not again while it does.
    pub(crate) fn is_news(&mut self, mistake: &MistakeId, lasts: bool) -> bool {
        let is_news = !(self.was_last(mistake) && (lasts || self.is_told));
        if !lasts {
            self.last.clear();
        }
        self.last.push(mistake.clone());
        self.is_told = true;
        is_news
    }

    pub(crate) fn was_last(&self, mistake: &MistakeId) -> bool {
        self.last.contains(mistake)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mistake_is_explained_once_an_input_and_one_that_lasts_once() {
        let [once, lasts] = ["no-host", "no-name"].map(|id| MistakeId::parse(id).unwrap());
        let mut explanations = Explanations::default();
        let mut told = Vec::new();
        for _ in 0..2 {
            explanations.await_input();
            told.extend([explanations.is_news(&once, false), explanations.is_news(&once, false)]);
        }
        assert_eq!(told, [true, false, true, false]);
        explanations.await_input();
        assert!(explanations.is_news(&lasts, true));
        explanations.await_input();
        assert!(!explanations.is_news(&lasts, true));
    }

    #[test]
    fn two_that_last_are_not_explained_by_turns() {
        let [no_mix, stale, no_host] = ["no-mix", "stale", "no-host"].map(|id| MistakeId::parse(id).unwrap());
        let mut explanations = Explanations::default();
        let mut told = |mistake: &MistakeId, lasts| {
            explanations.await_input();
            explanations.is_news(mistake, lasts)
        };
        assert_eq!([told(&no_mix, true), told(&stale, true)], [true, true]);
        assert_eq!([told(&no_mix, true), told(&stale, true)], [false, false]);
        assert_eq!([told(&no_host, false), told(&no_mix, true)], [true, true], "it may have been forgotten");
    }

    #[test]
    fn what_is_wrong_after_the_world_has_changed_is_not_the_inputs_doing() {
        let mut explanations = Explanations::default();
        explanations.await_input();
        explanations.leave_input();
        assert!(!explanations.is_awaited());
        explanations.await_saved();
        assert!(explanations.is_awaited());
    }
}
