//! Points from verdicts. Verdicts are what the journal keeps; what they are worth is computed whenever they are told, so
//! that new weights need no replay.

use std::{collections::HashMap, ops::Add};

use super::results::{LessonInfo, State, Submission};
use crate::{
    check::{Scheme, outcome::StepOutcome},
    lesson::Verdict,
};

/// Whether all is known of it that its points take.
pub(super) fn suffices(submission: &Submission, scheme: &Scheme) -> bool {
    let is_known = |step: &StepOutcome| scheme.earned(step.of, step.verdict, step.share).is_some();
    submission.steps.iter().all(is_known)
}

/// The same with its points by `scheme`; `lesson` tells what each step is worth by it.
pub(super) fn scored(submission: Submission, lesson: &LessonInfo, scheme: &Scheme) -> Submission {
    if matches!(submission.state, State::Unreadable(_)) {
        return Submission { of: lesson.total(), ..submission };
    }
    let steps = lesson.sections.iter().flat_map(|section| &section.steps);
    let worths: HashMap<_, _> = steps.map(|step| (step.id.as_str(), step.points)).collect();
    let score = |step: StepOutcome| {
        let worth = worths.get(step.step.as_str()).copied().unwrap_or_default();
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
