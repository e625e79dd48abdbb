//! Judging: conditions against evidence. Pure, total, and the same for a learner and for a grader.
//!
//! Each condition judges itself (`condition`); here is in which order, and what follows from all of them together.

mod scene;
#[cfg(test)]
mod tests;

pub use scene::{Run, Scene, Typed, is_deed, without_escapes};

use super::{Condition, Evidence, MistakeId, condition::Round, model::Mistake};
use crate::i18n::Localized;
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Holds {
    Yes,
    /// It is judged at the end, and nothing speaks against it yet.
    SoFar,
    NotYet,
}

/// How one condition stands, in words that a person can compare: expected beside seen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    pub holds: Holds,
    /// e.g. `alex shows "Hi, my name is Kate", printed by a process on kate`
    pub expected: Localized,
    /// What is told as long as it does not hold, where the lesson has words for it.
    pub missing: Option<Localized>,
    /// What was seen that comes nearest, if anything was.
    pub seen: Option<Localized>,
    /// What must hold on one and the same input, each as it stands on the latest.
    pub parts: Vec<Finding>,
}

impl Finding {
    /// What was seen instead; where that is nothing that a person would know, what is missing.
    pub fn instead(&self) -> Option<Localized> {
        let missing = || self.missing.clone().filter(|_| self.holds == Holds::NotYet);
        self.seen.clone().or_else(missing)
    }
}

/// Whether a condition holds, and what was seen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Judgement {
    pub holds: bool,
    /// Of a final condition: nothing speaks against it yet.
    pub so_far: bool,
    pub seen: Option<Localized>,
}

impl Judgement {
    pub fn yes(seen: impl Into<Option<Localized>>) -> Self {
        Self { holds: true, so_far: true, seen: seen.into() }
    }

    pub fn no(seen: impl Into<Option<Localized>>) -> Self {
        Self { holds: false, so_far: false, seen: seen.into() }
    }
}

/// Judges `conditions` on the present step of `evidence`, one finding each, in order.
///
/// `quiet` says that nothing more is to be expected: final conditions
/// (`Condition::is_final`) hold only then, and only if all others hold.
pub fn judge(conditions: &[Condition], evidence: &Evidence, quiet: bool) -> Vec<Finding> {
    let scene = Scene::of_step(evidence);
    let mut findings = findings(conditions, &scene, quiet);
    for (finding, condition) in findings.iter_mut().zip(conditions) {
        finding.parts = condition.parts(&scene, quiet);
    }
    findings
}

/// The first of `mistakes` whose conditions all hold on the latest input.
pub fn recognise<'a>(
    mistakes: impl IntoIterator<Item = &'a Mistake>,
    evidence: &Evidence,
) -> Option<&'a MistakeId> {
    let latest = Scene::of_latest(evidence)?;
    let first = mistakes.into_iter().find(|mistake| is_made(mistake, &latest) == Some(true));
    first.map(|mistake| &mistake.id)
}

/// Each of `mistakes` that the latest input could be, and whether it is: more than one may be.
pub fn recognise_each<'a>(
    mistakes: impl IntoIterator<Item = &'a Mistake>,
    evidence: &Evidence,
) -> Vec<(&'a MistakeId, bool)> {
    let Some(latest) = Scene::of_latest(evidence) else { return Vec::new() };
    let judged = mistakes.into_iter().map(|mistake| (&mistake.id, is_made(mistake, &latest)));
    judged.filter_map(|(id, is_made)| Some((id, is_made?))).collect()
}

/// Whether the latest input brought about something that one of `conditions` asks for.
pub fn is_asked_for(conditions: &[Condition], evidence: &Evidence) -> bool {
    Scene::of_latest(evidence).is_some_and(|latest| brings_about(conditions, &latest))
}

fn brings_about(conditions: &[Condition], latest: &Scene<'_>) -> bool {
    conditions.iter().any(|condition| match condition {
        Condition::Any(_) | Condition::Unproved(_) => brings_about(condition.inner(), latest),
        other if other.is_guard() || other.is_state() || !other.needs_action() => false,
        other => judge_one(other, latest, true).holds,
    })
}

/// None where it can't come from what was typed there.
fn is_made(mistake: &Mistake, latest: &Scene<'_>) -> Option<bool> {
    let concerns = match latest.inputs().first() {
        Some(input) => mistake.concerns(input.terminal),
        // A fault may bring about anything anywhere, and what is in a file is nobody's terminal.
        None => latest.is_of_fault() || mistake.is_of_files(),
    };
    let judged = || judge_all(&mistake.conditions, latest, true).into_iter();
    concerns.then(|| judged().all(|judged| judged.holds))
}

/// One finding for each condition, without its parts.
pub(super) fn findings(conditions: &[Condition], scene: &Scene<'_>, quiet: bool) -> Vec<Finding> {
    let finding = |(condition, judged): (&Condition, Judgement)| Finding {
        holds: match judged {
            Judgement { holds: true, .. } => Holds::Yes,
            Judgement { so_far: true, .. } => Holds::SoFar,
            Judgement { so_far: false, .. } => Holds::NotYet,
        },
        expected: condition.expected(),
        missing: None,
        seen: judged.seen,
        parts: Vec::new(),
    };
    conditions.iter().zip(judge_all(conditions, scene, quiet)).map(finding).collect()
}

/// Judges in rounds: what can hold at any time, then choices with something final in them, then what is final; last of
/// all what holds where nothing was done, for that kate stays silent is no news before alex has spoken.
pub(super) fn judge_all(conditions: &[Condition], scene: &Scene<'_>, quiet: bool) -> Vec<Judgement> {
    let mut judged: Vec<Option<Judgement>> = vec![None; conditions.len()];
    let mut settled = quiet;
    let is_idle = |condition: &Condition| condition.is_final() && !condition.needs_action();
    let rounds =
        [(Round::AnyTime, false), (Round::Mixed, false), (Round::Final, false), (Round::Final, true)];
    for round in rounds {
        let mut all_hold = true;
        for (judgement, condition) in judged.iter_mut().zip(conditions) {
            if (condition.round(), is_idle(condition)) == round {
                let judged = judge_one(condition, scene, settled);
                all_hold &= judged.holds;
                *judgement = Some(judged);
            }
        }
        settled &= all_hold;
    }
    judged.into_iter().map(|judged| judged.expect("every condition is of one of the rounds")).collect()
}

/// A final condition holds only when `settled`; what it has seen so far is told all the same.
pub(super) fn judge_one(condition: &Condition, scene: &Scene<'_>, settled: bool) -> Judgement {
    let judged = condition.judge(scene, settled);
    if condition.is_final() && !settled && (judged.holds || !condition.is_refuted(scene)) {
        return Judgement { so_far: true, ..Judgement::no(None) };
    }
    judged
}
