//! The help that a learner had in a step, and when some is offered.

/// A hint is offered after so many inputs more than the step needs, and no more often than this.
const PATIENCE: usize = 3;
const MAX_OFFERS: usize = 2;

#[derive(Debug, Default)]
pub(crate) struct Hints {
    given: usize,
    is_answer_shown: bool,
    offers: usize,
    /// How many tries there were when help was last offered or given.
    helped_at: usize,
}

impl Hints {
    pub(crate) fn given(&self) -> usize {
        self.given
    }

    pub(crate) fn is_answer_shown(&self) -> bool {
        self.is_answer_shown
    }

    /// The number of the next one, of so many; the last one is given again.
    pub(crate) fn give(&mut self, of: usize, tries: usize) -> Option<usize> {
        let number = (self.given + 1).min(of);
        if number == 0 {
            return None;
        }
        (self.given, self.helped_at) = (number, tries);
        Some(number)
    }

    pub(crate) fn show_answer(&mut self, tries: usize) {
        (self.is_answer_shown, self.helped_at) = (true, tries);
    }

    /// Whether to offer one after so many tries of a step that needs so many; counts as having offered it.
    pub(crate) fn offer(&mut self, tries: usize, needed: usize) -> bool {
        let is_due = self.offers < MAX_OFFERS && tries >= self.helped_at + needed + PATIENCE;
        if is_due {
            (self.offers, self.helped_at) = (self.offers + 1, tries);
        }
        is_due
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn they_are_given_in_their_order_and_the_last_one_again() {
        let mut hints = Hints::default();
        assert_eq!([2, 2, 2].map(|of| hints.give(of, 0)), [Some(1), Some(2), Some(2)]);
        assert_eq!(hints.given(), 2);
        assert_eq!(Hints::default().give(0, 0), None);
    }

    #[test]
    fn one_is_offered_to_whoever_tries_for_long_and_not_for_ever() {
        let mut hints = Hints::default();
        let offered: Vec<usize> = (0..30).filter(|tries| hints.offer(*tries, 1)).collect();
        assert_eq!(offered, [1 + PATIENCE, 2 * (1 + PATIENCE)]);
    }

    #[test]
    fn who_was_helped_is_left_alone_for_a_while() {
        let mut hints = Hints::default();
        hints.show_answer(3);
        let first = (0..30).find(|tries| hints.offer(*tries, 1));
        assert_eq!(first, Some(3 + 1 + PATIENCE));
    }
}
