//! What a whole class shows: steps that many fell short of, mistakes that many made.

use std::collections::{BTreeMap, HashMap};

use crate::{
    grade::results::{Results, State, Submission},
    lesson::Verdict,
};

use super::{NumberedStep, number, outcome, outcomes, places};

/// How often a step ended in each verdict.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Count {
    pub passed: usize,
    pub failed: usize,
    pub timed_out: usize,
    pub skipped: usize,
    pub unanswered: usize,
    pub could_not_run: usize,
}

impl Count {
    fn add(&mut self, verdict: Verdict) {
        match verdict {
            Verdict::Passed => self.passed += 1,
            Verdict::Failed => self.failed += 1,
            Verdict::TimedOut => self.timed_out += 1,
            Verdict::Skipped => self.skipped += 1,
            Verdict::Unanswered => self.unanswered += 1,
            Verdict::CouldNotRun => self.could_not_run += 1,
        }
    }

    pub(super) fn fell_short(self) -> usize {
        self.failed + self.timed_out
    }

    /// Those whose answers say something about the step: an answer that is not there makes no step hard.
    pub(super) fn judged(self) -> usize {
        self.passed + self.failed + self.timed_out + self.skipped
    }
}

/// What became of all steps of one submission.
pub(super) fn verdicts(submission: &Submission) -> Count {
    let mut count = Count::default();
    submission.steps.iter().for_each(|step| count.add(step.verdict));
    count
}

/// Each step in the lesson's order, with what became of it in all submissions.
pub(super) fn steps(results: &Results) -> Vec<(NumberedStep<'_>, Count)> {
    let graded: Vec<_> = results.submissions.iter().map(outcomes).collect();
    let count = |place| {
        let mut count = Count::default();
        graded
            .iter()
            .filter_map(|outcomes| outcome(outcomes, place))
            .for_each(|step| count.add(step.verdict));
        (place, count)
    };
    places(&results.lesson).into_iter().map(count).collect()
}

/// The steps that most fell short of, hardest first.
pub(super) fn hardest<'a>(
    steps: &[(NumberedStep<'a>, Count)],
    most: usize,
) -> Vec<(NumberedStep<'a>, Count)> {
    let mut hard: Vec<_> = steps.iter().copied().filter(|(_, count)| count.fell_short() > 0).collect();
    hard.sort_by_key(|(_, count)| std::cmp::Reverse((count.fell_short(), count.skipped)));
    hard.truncate(most);
    hard
}

/// A mistake that was recognised.
pub(super) struct Mistake<'a> {
    pub place: NumberedStep<'a>,
    pub id: &'a str,
    pub count: usize,
    /// What the lesson advises.
    pub hint: Option<&'a str>,
}

/// The mistakes that most made, commonest first.
pub(super) fn mistakes(results: &Results, most: usize) -> Vec<Mistake<'_>> {
    let places: HashMap<_, _> = places(&results.lesson)
        .into_iter()
        .enumerate()
        .map(|(order, place)| ((place.section.id.as_str(), place.step.id.as_str()), (order, place)))
        .collect();
    let mut made = BTreeMap::new();
    for step in results.submissions.iter().flat_map(|submission| &submission.steps) {
        let place = places.get(&(step.section.as_str(), step.step.as_str()));
        if let Some((&(order, place), id)) = place.zip(step.mistake.as_deref()) {
            let hint = step.hint.as_deref();
            made.entry((order, id)).or_insert(Mistake { place, id, count: 0, hint }).count += 1;
        }
    }
    let mut mistakes: Vec<_> = made.into_values().collect();
    mistakes.sort_by_key(|mistake| std::cmp::Reverse(mistake.count));
    mistakes.truncate(most);
    mistakes
}

/// Those whose points tell something.
pub(super) fn graded(results: &Results) -> Vec<&Submission> {
    results.submissions.iter().filter(|submission| submission.state == State::Graded).collect()
}

/// The part of its points that each graded submission has, from 0 to 1, lowest first.
pub(super) fn shares(results: &Results) -> Vec<f64> {
    let mut shares: Vec<_> =
        graded(results).iter().map(|submission| number::ratio(submission.points, submission.of)).collect();
    shares.sort_by(f64::total_cmp);
    shares
}

/// The middle one of `sorted`.
pub(super) fn median(sorted: &[f64]) -> Option<f64> {
    let upper = sorted.get(sorted.len() / 2)?;
    let lower = sorted.get((sorted.len() - 1) / 2)?;
    Some(f64::midpoint(*lower, *upper))
}

/// How many of `sorted` lie in each tenth; what has everything is in the last.
pub(super) fn tenths(sorted: &[f64]) -> [usize; 10] {
    let mut tenths = [0; 10];
    for share in sorted {
        let tenth = (0..9).find(|&tenth| *share < (tenth as f64 + 1.0) / 10.0 - 1e-9).unwrap_or(9);
        tenths[tenth] += 1;
    }
    tenths
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::grade::pages::sample;

    #[test]
    fn the_hardest_step_comes_first() {
        let class = sample::small();
        let steps = steps(&class);
        let hard = hardest(&steps, 10);
        assert_eq!(hard.len(), 1);
        assert_eq!(hard[0].0.number(), "1.2");
        assert_eq!(hard[0].1, Count { failed: 1, skipped: 1, ..Count::default() });
    }

    #[test]
    fn a_step_that_nobody_answered_is_not_hard() {
        let mut class = sample::small();
        let unanswered = sample::step("spawn-link", "remote-hello", crate::lesson::Verdict::Unanswered, 2.0);
        class.submissions[0].steps[1] = unanswered.clone();
        class.submissions[1].steps[1] = unanswered;
        let steps = steps(&class);
        assert!(hardest(&steps, 10).is_empty());
        assert_eq!((steps[1].1.judged(), steps[1].1.unanswered), (0, 2));
    }

    #[test]
    fn mistakes_are_counted_with_their_step() {
        let class = sample::small();
        let mistakes = mistakes(&class, 10);
        assert_eq!(mistakes.iter().map(|m| (m.id, m.count)).collect::<Vec<_>>(), [("by-hand", 1)]);
    }

    #[test]
    fn what_could_not_be_graded_has_no_share() {
        assert_eq!(shares(&sample::small()), [1.0 / 3.0, 1.0 / 3.0]);
        assert_eq!(median(&[0.0, 0.5, 0.7, 1.0]), Some(0.6));
        assert_eq!(median(&[]), None);
        assert_eq!(tenths(&[0.0, 0.1, 0.3, 1.0]), [1, 1, 0, 1, 0, 0, 0, 0, 0, 1]);
    }
}
