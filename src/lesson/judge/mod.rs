//! Judging: conditions against evidence. Pure, total, and the same for a learner and for a grader.

mod files;
mod line;
mod message;
mod messages;
mod nodes;
mod output;
mod probes;
mod sample;
mod scene;
#[cfg(test)]
mod tests;
mod value;

pub use messages::achieved;
pub use sample::{Sample, sample};

use scene::Scene;

use crate::i18n::Localized;

use super::{Condition, Evidence, Fact, MistakeId, model::Mistake, syntax};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holds {
    Yes,
    /// It is judged at the end, and nothing speaks against it yet.
    SoFar,
    NotYet,
}

/// How one condition stands, in words that a person can compare: expected beside seen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    pub holds: Holds,
    /// e.g. `alex shows "Hi, my name is Kate", printed by a process on kate`
    pub expected: Localized,
    /// What was seen that comes nearest, if anything was.
    pub seen: Option<Localized>,
    /// What must hold on one and the same input, each as it stands on the latest.
    pub parts: Vec<Finding>,
}

/// Judges `conditions` on the present step of `evidence`, one finding each, in order.
///
/// `quiet` says that nothing has happened for the settling time: final conditions
/// (`Condition::is_final`) hold only then, and only if all others hold.
pub fn judge(conditions: &[Condition], evidence: &Evidence, quiet: bool) -> Vec<Finding> {
    let scene = Scene::new(evidence, evidence.step());
    let verdicts = stand(conditions, &scene, quiet);
    let finding = |(condition, stands)| Finding {
        parts: parts(condition, &scene, quiet),
        ..finding(condition, stands)
    };
    conditions.iter().zip(verdicts).map(finding).collect()
}

fn parts(condition: &Condition, scene: &Scene<'_>, quiet: bool) -> Vec<Finding> {
    let Condition::Together(inner) = condition else { return Vec::new() };
    let windows = scene.windows();
    let verdicts = stand(inner, windows.last().unwrap_or(scene), quiet);
    inner.iter().zip(verdicts).map(|(condition, stands)| finding(condition, stands)).collect()
}

/// The first of `mistakes` whose conditions all hold on the latest input.
pub fn recognise<'a>(
    mistakes: impl IntoIterator<Item = &'a Mistake>,
    evidence: &Evidence,
) -> Option<&'a MistakeId> {
    let latest = evidence.latest();
    if !latest.first().is_some_and(|record| matches!(record.fact, Fact::Input { .. } | Fact::File { .. })) {
        return None;
    }
    let scene = Scene::new(evidence, latest);
    let typed_in = scene.inputs().next().map(|input| input.terminal);
    // What is in a file is nobody's terminal.
    let concerns = |mistake: &&Mistake| match typed_in {
        Some(terminal) => mistake.concerns(terminal),
        None => mistake.is_of_files(),
    };
    let holds = |mistake: &&Mistake| {
        concerns(mistake) && stand(&mistake.conditions, &scene, true).into_iter().all(|stands| stands.holds)
    };
    mistakes.into_iter().find(holds).map(|mistake| &mistake.id)
}

/// Whether a condition holds, and what was seen.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Stands {
    holds: bool,
    so_far: bool,
    seen: Option<Localized>,
}

impl Stands {
    fn yes(seen: impl Into<Option<Localized>>) -> Self {
        Self { holds: true, so_far: true, seen: seen.into() }
    }

    fn no(seen: impl Into<Option<Localized>>) -> Self {
        Self { holds: false, so_far: false, seen: seen.into() }
    }
}

fn finding(condition: &Condition, stands: Stands) -> Finding {
    let holds = match stands {
        Stands { holds: true, .. } => Holds::Yes,
        Stands { so_far: true, .. } => Holds::SoFar,
        Stands { so_far: false, .. } => Holds::NotYet,
    };
    Finding { holds, expected: messages::expected(condition), seen: stands.seen, parts: Vec::new() }
}

/// Judges in three rounds: what can hold at any time, then choices with something final in them, then what is final.
fn stand(conditions: &[Condition], scene: &Scene<'_>, quiet: bool) -> Vec<Stands> {
    let mut verdicts: Vec<Option<Stands>> = vec![None; conditions.len()];
    let mut settled = quiet;
    for round in [Round::AnyTime, Round::Mixed, Round::Final] {
        let mut all_hold = true;
        for (verdict, condition) in verdicts.iter_mut().zip(conditions) {
            if Round::of(condition) == round {
                let stands = one(condition, scene, settled);
                all_hold &= stands.holds;
                *verdict = Some(stands);
            }
        }
        settled &= all_hold;
    }
    verdicts.into_iter().map(|verdict| verdict.expect("every condition is of one of the rounds")).collect()
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Round {
    AnyTime,
    Mixed,
    Final,
}

impl Round {
    fn of(condition: &Condition) -> Self {
        if condition.is_final() {
            return Self::Final;
        }
        let is_mixed = |inner: &[Condition]| inner.iter().any(|inner| Self::of(inner) != Self::AnyTime);
        if matches!(condition, Condition::Any(inner) if is_mixed(inner)) {
            Self::Mixed
        } else {
            Self::AnyTime
        }
    }
}

/// A final condition holds only when `settled`; what it has seen so far is told all the same.
fn one(condition: &Condition, scene: &Scene<'_>, settled: bool) -> Stands {
    let mut stands = regardless(condition, scene, settled);
    if condition.is_final() && !settled && stands.holds {
        stands = Stands { so_far: is_plainly_final(condition), ..Stands::no(None) };
    }
    stands
}

/// Whether its holding so far means what it says: a refusal that has not been sought, or a probe that has not been
/// asked, is no news.
fn is_plainly_final(condition: &Condition) -> bool {
    matches!(condition, Condition::Silent { .. } | Condition::Not(_))
}

fn regardless(condition: &Condition, scene: &Scene<'_>, settled: bool) -> Stands {
    match condition {
        Condition::Started { node, at, cookie, mix } => {
            nodes::started(node, at.as_ref(), cookie.as_deref(), *mix, scene)
        }
        Condition::Stopped { node } => nodes::stopped(node, scene),
        Condition::Connected(one, other) => nodes::connected(one, other, scene),
        Condition::Refused(one, other) => nodes::refused(one, other, scene),
        Condition::Prints { what, at, by, times } => {
            output::Wanted { what, at: at.as_ref(), by: by.as_ref(), times: *times }.stands(scene)
        }
        Condition::Returns { value, at } => value::returns(value, at.as_ref(), scene),
        Condition::Raises { what, at } => output::raises(what, at.as_ref(), scene),
        Condition::Silent { at, of } => output::silent(at, of.as_ref(), scene),
        Condition::Probe(probe) => probes::probe(probe, scene),
        Condition::Runs(wanted) => files::runs(wanted, scene),
        Condition::File(wanted) => files::file(wanted, scene),
        Condition::Waiting { at, continuation } => nodes::waiting(at, *continuation, scene),
        Condition::Typed { pattern, at } => typed(pattern, at.as_ref(), scene),
        Condition::Message(wanted) => message::message(wanted, scene),
        Condition::Any(inner) => any(inner, scene, settled),
        Condition::Together(inner) => together(inner, scene, settled),
        Condition::Not(inner) => not(inner, scene),
    }
}

fn any(inner: &[Condition], scene: &Scene<'_>, settled: bool) -> Stands {
    let mut seen = None;
    for condition in inner {
        let stands = one(condition, scene, settled);
        if stands.holds {
            return Stands::yes(stands.seen.or_else(|| Some(messages::expected(condition))));
        }
        seen = seen.or(stands.seen);
    }
    Stands::no(seen)
}

/// The window of each input is judged by itself; that of the latest tells what was seen.
fn together(inner: &[Condition], scene: &Scene<'_>, settled: bool) -> Stands {
    let mut seen = None;
    for (age, window) in scene.windows().iter().rev().enumerate() {
        let missing = stand(inner, window, settled).into_iter().find(|stands| !stands.holds);
        match missing {
            None => return Stands::yes(None),
            Some(missing) if age == 0 => seen = missing.seen,
            Some(_) => {}
        }
    }
    Stands::no(seen)
}

fn not(inner: &Condition, scene: &Scene<'_>) -> Stands {
    let stands = one(inner, scene, true);
    match stands.holds {
        true => Stands::no(stands.seen.or_else(|| Some(messages::expected(inner)))),
        false => Stands::yes(None),
    }
}

fn typed(pattern: &str, at: Option<&super::TerminalName>, scene: &Scene<'_>) -> Stands {
    let mut elsewhere = None;
    for input in scene.inputs() {
        // At `$` nothing is Elixir, whatever it looks like.
        let found = input.at_node && syntax::contains(input.text, pattern);
        match at {
            Some(at) if found && at != input.terminal => {
                elsewhere = Some(messages::typed_elsewhere(input.terminal));
            }
            Some(_) | None if found => return Stands::yes(None),
            Some(_) | None => {}
        }
    }
    let last = scene.inputs().filter(|input| at.is_none_or(|at| at == input.terminal)).last();
    Stands::no(elsewhere.or_else(|| Some(messages::was_typed(&messages::code(last?.text)))))
}
