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
        // Taken on trust, and the file says why.
        if let Condition::Unproved(_) = condition {
            continue;
        }
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lesson::{
        Lang,
        condition::{Any, InOrder, Together, Unproved, testing::*},
    };

    /// What each mutant alters, and what is left of the check.
    fn told(check: &[Condition]) -> Vec<String> {
        let line = |mutant: Mutant| {
            let left = mutant.check.iter().map(|left| left.expected().speak(Lang::En).to_owned());
            let left = left.collect::<Vec<_>>().join("; ");
            format!("{:?} {}: {left}", mutant.change, mutant.expected.speak(Lang::En))
        };
        mutants(check).into_iter().map(line).collect()
    }

    #[test]
    fn each_condition_is_left_out_and_turned_round_those_within_others_too() {
        let check = [
            Together(vec![typed("go()").into(), Not(Box::new(typed("stop()").into())).into()]).into(),
            InOrder(vec![typed("a").into(), Any(vec![typed("b").into(), typed("c").into()]).into()]).into(),
        ];
        insta::assert_snapshot!(told(&check).join("\n"), @r"
        LeftOut by one input: `go()` is typed in alex, and `stop()` isn't typed: `a` is typed in alex, then `b` is typed in alex, or `c` is typed in alex
        TurnedRound by one input: `go()` is typed in alex, and `stop()` isn't typed: not so: by one input: `go()` is typed in alex, and `stop()` isn't typed; `a` is typed in alex, then `b` is typed in alex, or `c` is typed in alex
        LeftOut `go()` is typed in alex: by one input: `stop()` isn't typed; `a` is typed in alex, then `b` is typed in alex, or `c` is typed in alex
        TurnedRound `go()` is typed in alex: by one input: `go()` isn't typed, and `stop()` isn't typed; `a` is typed in alex, then `b` is typed in alex, or `c` is typed in alex
        LeftOut `stop()` isn't typed: by one input: `go()` is typed in alex; `a` is typed in alex, then `b` is typed in alex, or `c` is typed in alex
        TurnedRound `stop()` isn't typed: by one input: `go()` is typed in alex, and `stop()` is typed in alex; `a` is typed in alex, then `b` is typed in alex, or `c` is typed in alex
        LeftOut `a` is typed in alex, then `b` is typed in alex, or `c` is typed in alex: by one input: `go()` is typed in alex, and `stop()` isn't typed
        TurnedRound `a` is typed in alex, then `b` is typed in alex, or `c` is typed in alex: by one input: `go()` is typed in alex, and `stop()` isn't typed; not so: `a` is typed in alex, then `b` is typed in alex, or `c` is typed in alex
        LeftOut `a` is typed in alex: by one input: `go()` is typed in alex, and `stop()` isn't typed; `b` is typed in alex, or `c` is typed in alex
        TurnedRound `a` is typed in alex: by one input: `go()` is typed in alex, and `stop()` isn't typed; `a` isn't typed, then `b` is typed in alex, or `c` is typed in alex
        LeftOut `b` is typed in alex, or `c` is typed in alex: by one input: `go()` is typed in alex, and `stop()` isn't typed; `a` is typed in alex
        TurnedRound `b` is typed in alex, or `c` is typed in alex: by one input: `go()` is typed in alex, and `stop()` isn't typed; `a` is typed in alex, then `b` isn't typed, and `c` isn't typed
        LeftOut `b` is typed in alex: by one input: `go()` is typed in alex, and `stop()` isn't typed; `a` is typed in alex, then `c` is typed in alex
        TurnedRound `b` is typed in alex: by one input: `go()` is typed in alex, and `stop()` isn't typed; `a` is typed in alex, then `b` isn't typed, or `c` is typed in alex
        LeftOut `c` is typed in alex: by one input: `go()` is typed in alex, and `stop()` isn't typed; `a` is typed in alex, then `b` is typed in alex
        TurnedRound `c` is typed in alex: by one input: `go()` is typed in alex, and `stop()` isn't typed; `a` is typed in alex, then `b` is typed in alex, or `c` isn't typed
        ");
    }

    #[test]
    fn what_stands_alone_is_not_left_out_and_what_is_taken_on_trust_is_let_be() {
        insta::assert_snapshot!(told(&[typed("a").into()]).join("\n"), @r"TurnedRound `a` is typed in alex: `a` isn't typed");
        let trusted = || Condition::from(Unproved(Box::new(typed("b").into())));
        insta::assert_snapshot!(told(&[typed("a").into(), trusted()]).join("\n"), @r"
        LeftOut `a` is typed in alex: `b` is typed in alex
        TurnedRound `a` is typed in alex: `a` isn't typed; `b` is typed in alex
        ");
        insta::assert_snapshot!(told(&[Any(vec![typed("a").into(), trusted()]).into()]).join("\n"), @r"
        TurnedRound `a` is typed in alex, or `b` is typed in alex: `a` isn't typed, and `b` isn't typed
        LeftOut `a` is typed in alex: `b` is typed in alex
        TurnedRound `a` is typed in alex: `a` isn't typed, or `b` is typed in alex
        ");
    }
}
