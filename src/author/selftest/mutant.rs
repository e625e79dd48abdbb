//! Mutation testing of a check: each of its conditions is left out, or turned round, and some answer must come out
//! otherwise. One that no answer needs proves nothing.
//!
//! Nothing is run again for it: the altered check is judged on the evidence of the attempts that are made anyway.

use crate::{
    i18n::Localized,
    lesson::{Condition, Holds, Task, Verdict, condition::Not, judge},
    session::Session,
};

/// A check with one condition altered.
#[derive(Debug)]
pub(super) struct Mutant {
    pub change: Change,
    /// What the condition expects.
    pub expected: Localized,
    pub check: Vec<Condition>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Change {
    LeftOut,
    TurnedRound,
}

/// Every mutant of a check, the conditions within a condition included, in the order in which they are written.
pub(super) fn mutants(check: &[Condition]) -> Vec<Mutant> {
    let mut mutants = Vec::new();
    for (at, condition) in check.iter().enumerate() {
        let with = |put: Option<Condition>| {
            let put = put.into_iter();
            check[..at].iter().cloned().chain(put).chain(check[at + 1..].iter().cloned()).collect::<Vec<_>>()
        };
        let mutant = |change, put| Mutant { change, expected: condition.expected(), check: with(put) };
        if check.len() > 1 {
            mutants.push(mutant(Change::LeftOut, None));
        }
        // What is turned round already is turned back.
        let turned = match condition {
            Condition::Not(Not(inner)) => (**inner).clone(),
            other => Not(Box::new(other.clone())).into(),
        };
        mutants.push(mutant(Change::TurnedRound, Some(turned)));
        // Turning round what is denied was that already.
        let denied = usize::from(matches!(condition, Condition::Not(_)));
        for inner in self::mutants(condition.inner()).into_iter().skip(denied) {
            if let Some(whole) = condition.with_inner(inner.check) {
                mutants.push(Mutant { check: with(Some(whole)), ..inner });
            }
        }
    }
    mutants
}

/// Of each mutant, whether an attempt that left this evidence would come out otherwise.
pub(super) fn noticed(mutants: &[Mutant], session: &Session, verdict: Verdict) -> Vec<bool> {
    if verdict == Verdict::TimedOut {
        return Vec::new();
    }
    let passes = |mutant: &Mutant| {
        let findings = judge(&mutant.check, session.evidence(), session.is_settled());
        findings.iter().all(|finding| finding.holds == Holds::Yes)
    };
    mutants.iter().map(|mutant| passes(mutant) != (verdict == Verdict::Passed)).collect()
}

/// The mutants of a step's check; none of a question.
pub(super) fn of_step(task: &Task) -> Vec<Mutant> {
    match task {
        Task::Do { check, .. } => mutants(&check.conditions),
        Task::Ask(_) | Task::AskMissed => Vec::new(),
    }
}
