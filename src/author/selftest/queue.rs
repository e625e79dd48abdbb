//! The attempts that are still to be made, a heap for each step.

use std::collections::{BTreeMap, VecDeque};

use crate::session::Position;

use super::trial::Trial;

#[derive(Debug, Default)]
pub(super) struct Queue(BTreeMap<Position, VecDeque<Trial>>);

impl Queue {
    pub(super) fn extend(&mut self, trials: impl IntoIterator<Item = Trial>) {
        for trial in trials {
            self.0.entry(trial.place).or_default().push_back(trial);
        }
    }

    pub(super) fn len(&self) -> usize {
        self.0.values().map(VecDeque::len).sum()
    }

    /// Of each step that has some.
    pub(super) fn lengths(&self) -> BTreeMap<Position, usize> {
        self.0.iter().map(|(place, trials)| (*place, trials.len())).collect()
    }

    /// One at `place`, whose nodes are at hand; else one of the step with the most left.
    pub(super) fn take(&mut self, place: Option<Position>) -> Option<Trial> {
        let at_hand = place.filter(|place| self.0.contains_key(place));
        let longest = || self.0.iter().max_by_key(|(_, trials)| trials.len()).map(|(place, _)| *place);
        let place = at_hand.or_else(longest)?;
        let trials = self.0.get_mut(&place)?;
        let trial = trials.pop_front();
        if trials.is_empty() {
            self.0.remove(&place);
        }
        trial
    }
}
