//! Which mistake was explained, and whether the latest input may still turn out to be one.

use crate::lesson::MistakeId;

#[derive(Debug, Default)]
pub(crate) struct Explanations {
    /// The mistake that was explained last.
    last: Option<MistakeId>,
    /// The latest input may still turn out to be a wrong turn.
    is_awaited: bool,
    /// A mistake was explained since the latest input.
    is_told: bool,
}

impl Explanations {
    /// There is a new input.
    pub(crate) fn await_input(&mut self) {
        (self.is_awaited, self.is_told) = (true, false);
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

    /// Whether this mistake is worth explaining: once an input, and one that lasts not again while it does.
    pub(crate) fn is_news(&mut self, mistake: &MistakeId, lasts: bool) -> bool {
        let is_news = !(self.was_last(mistake) && (lasts || self.is_told));
        (self.last, self.is_told) = (Some(mistake.clone()), true);
        is_news
    }

    pub(crate) fn was_last(&self, mistake: &MistakeId) -> bool {
        self.last.as_ref() == Some(mistake)
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
    fn what_is_wrong_after_the_world_has_changed_is_not_the_inputs_doing() {
        let mut explanations = Explanations::default();
        explanations.await_input();
        explanations.leave_input();
        assert!(!explanations.is_awaited());
        explanations.await_saved();
        assert!(explanations.is_awaited());
    }
}
