//! Judging: conditions against evidence. Pure, total, and the same for a learner and for a grader.

use super::{Condition, Evidence, MistakeId, model::Mistake};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holds {
    Yes,
    NotYet,
}

/// How one condition stands, in words that a person can compare: expected beside seen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    pub holds: Holds,
    /// e.g. `alex shows "Hi, my name is Kate", printed by a process on kate`
    pub expected: String,
    /// What was seen that comes nearest, if anything was.
    pub seen: Option<String>,
}

/// Judges `conditions` on the present step of `evidence`, one finding each, in order.
///
/// `quiet` says that nothing has happened for the settling time: final conditions
/// (`Condition::is_final`) hold only then, and only if all others hold.
pub fn judge(conditions: &[Condition], evidence: &Evidence, quiet: bool) -> Vec<Finding> {
    let _ = (conditions, evidence, quiet);
    todo!()
}

/// The first of `mistakes` whose conditions all hold on the latest input.
pub fn recognise<'a>(
    mistakes: impl IntoIterator<Item = &'a Mistake>,
    evidence: &Evidence,
) -> Option<&'a MistakeId> {
    let _ = (mistakes.into_iter(), evidence);
    todo!()
}
