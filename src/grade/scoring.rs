//! Points from verdicts. Verdicts are what the journal keeps; what they are worth is computed whenever they are told, so
//! that new weights need no replay.

use std::ops::Add;

use super::results::{State, Submission};
use crate::{
    check::{Scheme, outcome::StepOutcome},
    lesson::{Lesson, Verdict},
};

/// Whether all is known of it that its points take.
pub(super) fn suffices(submission: &Submission, scheme: &Scheme) -> bool {
    let is_known = |step: &StepOutcome| scheme.earned(step.of, step.verdict, step.share).is_some();
    submission.steps.iter().all(is_known)
}

/// The same with its points by `scheme`.
pub(super) fn scored(submission: Submission, lesson: &Lesson, scheme: &Scheme) -> Submission {
    if matches!(submission.state, State::Unreadable(_)) {
        return Submission { of: scheme.total(lesson), ..submission };
    }
    let score = |step: StepOutcome| {
        let worth = lesson.step(&step.step).map_or(0.0, |(section, step)| scheme.worth(section, step));
        let (points, of) = scheme.earned(worth, step.verdict, step.share).unwrap_or_default();
        StepOutcome { points, of, ..step }
    };
    let steps: Vec<_> = submission.steps.into_iter().map(score).collect();
    // No step at all sums up to -0.
    let sum = |what: fn(&StepOutcome) -> f64| {
        steps.iter().filter(|step| step.verdict != Verdict::CouldNotRun).map(what).fold(0.0, f64::add)
    };
    Submission { points: sum(|step| step.points), of: sum(|step| step.of), steps, ..submission }
}
