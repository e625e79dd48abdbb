//! Goals: the conditions of a check that are told in one sentence, which the lesson's prose has.

use std::collections::BTreeMap;

use super::{Check, Condition, Finding, GoalId, GoalProse, Holds};
use crate::i18n::{Localized, Verbatim};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Goal {
    pub id: GoalId,
    /// How many conditions it has; they follow on those of the goal before.
    pub conditions: usize,
}

/// What a person is told of the findings of `check`: one for each goal, in the words of the prose. Where there are no
/// goals, the findings themselves.
pub fn told(check: &Check, findings: &[Finding], prose: &BTreeMap<GoalId, GoalProse>) -> Vec<Finding> {
    if check.goals.is_empty() {
        return findings.to_vec();
    }
    let mut all = check.conditions.iter().zip(findings);
    let goal = |goal: &Goal| {
        let judged: Vec<_> = all.by_ref().take(goal.conditions).collect();
        told_of(&judged, &check.conditions, prose.get(&goal.id))
    };
    check.goals.iter().map(goal).collect()
}

fn told_of(judged: &[(&Condition, &Finding)], check: &[Condition], prose: Option<&GoalProse>) -> Finding {
    let is = |holds| move |(_, finding): &&(&Condition, &Finding)| finding.holds == holds;
    let holds =
        [Holds::NotYet, Holds::SoFar].into_iter().find(|holds| judged.iter().any(|one| is(*holds)(&one)));
    let words = |text: &String| Localized::from(Verbatim::lesson(text));
    Finding {
        holds: holds.unwrap_or(Holds::Yes),
        expected: prose.map(|prose| words(&prose.holds)).unwrap_or_default(),
        missing: prose.map(|prose| words(&prose.missing)),
        seen: judged
            .iter()
            .filter(is(Holds::NotYet))
            .find_map(|(condition, finding)| visible(condition, finding, check)),
        parts: Vec::new(),
    }
}

/// What was seen instead, where a learner could see it as well. Where the same is asked for in two places, what was seen
/// may be right in the other one.
fn visible(condition: &Condition, finding: &Finding, check: &[Condition]) -> Option<Localized> {
    if finding.parts.is_empty() {
        let is_clear = condition.is_visible() && !check.iter().any(|other| asks_elsewhere(other, condition));
        return finding.seen.clone().filter(|_| is_clear);
    }
    let parts = condition.inner().iter().zip(&finding.parts);
    parts
        .filter(|(_, part)| part.holds == Holds::NotYet)
        .find_map(|(inner, part)| visible(inner, part, check))
}

/// Whether it, or a part of it, asks for the same in another terminal.
fn asks_elsewhere(other: &Condition, condition: &Condition) -> bool {
    match (other, condition) {
        (Condition::Typed(other), Condition::Typed(this)) => {
            other.pattern == this.pattern && other.at != this.at
        }
        (Condition::Returns(other), Condition::Returns(this)) => {
            other.value == this.value && other.at != this.at
        }
        _ => other.inner().iter().any(|part| asks_elsewhere(part, condition)),
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::lesson::{
        OutputKind::{Error, Print, Result as Value},
        condition::{Not, Returns, Together, Typed, testing::*},
    };

    /// The greeting is called for and printed by kate; no value is looked into; kate's own screen stays empty.
    fn check() -> Check {
        let greeted = Together(vec![typed("Kate.hi()").into(), prints("Hi", "alex", "kate").into()]);
        let known = probe(&["kate"], Some("true"), false, None);
        let quiet = Not(Box::new(prints("Hi", "kate", "").into()));
        let goal = |id, conditions| Goal { id: GoalId::parse(id).expect("a name"), conditions };
        Check {
            conditions: vec![greeted.into(), known.into(), quiet.into()],
            goals: vec![goal("greeted", 2), goal("quiet", 1)],
            within: Duration::ZERO,
        }
    }

    fn said(story: &Story) -> Vec<(Holds, String)> {
        let words = |id, holds: &str, missing: &str| {
            let goal = GoalProse { holds: holds.into(), missing: missing.into() };
            (GoalId::parse(id).expect("a name"), goal)
        };
        let prose = [
            words("greeted", "kate greets", "no greeting"),
            words("quiet", "kate is quiet", "kate shows it"),
        ];
        let check = check();
        let told = told(&check, &judge(&check.conditions, story.evidence(), true), &prose.into());
        let line = |finding: Finding| {
            let seen = finding.instead().unwrap_or_default();
            let words = if finding.holds == Holds::Yes { &finding.expected } else { &seen };
            (finding.holds, words.speak(Lang::El).to_owned())
        };
        told.into_iter().map(line).collect()
    }

    #[test]
    fn a_goal_is_reached_once_all_of_its_conditions_hold() {
        let greets = || Story::new().types("alex", "Kate.hi()").shows("alex", Print, "kate", "Hi\n");
        let knows = |story: Story| story.says("kate", "x", Some("true"), "true").asks("alex");
        assert_eq!(
            said(&knows(greets())),
            [(Holds::Yes, "kate greets".into()), (Holds::Yes, "kate is quiet".into())]
        );
        let half = said(&greets().says("kate", "x", Some("true"), "false").asks("alex"));
        assert_eq!(
            half[0],
            (Holds::NotYet, "no greeting".into()),
            "what a probe gave is no news to a learner"
        );
        assert_eq!(half[1].0, Holds::SoFar);
    }

    #[test]
    fn what_a_learner_could_see_instead_is_told() {
        let typed =
            Story::new().types("alex", "Kate.ho()").shows("alex", Error, "alex", "** no\n").asks("alex");
        assert_eq!(said(&typed)[0], (Holds::NotYet, "γράφτηκε `Kate.ho()`".into()));
        assert_eq!(said(&Story::new())[0], (Holds::NotYet, "no greeting".into()));
    }

    #[test]
    fn what_is_right_elsewhere_is_not_held_against_it() {
        let asked = |at: &str| {
            Together(vec![
                Typed { pattern: "Node.list()".into(), at: Some(terminal(at)) }.into(),
                Returns { value: "[]".into(), at: Some(terminal(at)) }.into(),
            ])
        };
        let goal = |id| Goal { id: GoalId::parse(id).expect("a name"), conditions: 1 };
        let check = Check {
            conditions: vec![asked("alex").into(), asked("kate").into()],
            goals: vec![goal("alex"), goal("kate")],
            within: Duration::ZERO,
        };
        let story =
            Story::new().types("kate", "Node.list()").shows("kate", Value, "kate", "[]\n").asks("kate");
        let told = told(&check, &judge(&check.conditions, story.evidence(), true), &BTreeMap::new());
        assert_eq!((told[0].holds, told[1].holds, told[0].seen.clone()), (Holds::NotYet, Holds::Yes, None));
    }

    #[test]
    fn without_goals_each_condition_speaks_for_itself() {
        let bare = Check { goals: Vec::new(), ..check() };
        let findings = judge(&bare.conditions, Story::new().evidence(), true);
        assert_eq!(told(&bare, &findings, &BTreeMap::new()), findings);
    }
}
