//! What all attempts at a step show together: a condition that none of them fell short of, and a mistake that each of them
//! was taken for, say nothing.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    i18n::Localized,
    lesson::{Holds, Lesson, MistakeId, Task},
    session::Position,
};

use super::{
    Diagnostic, Kind, Tried,
    lane::Made,
    messages,
    trial::{Expected, Trial},
};

/// So many attempts that a mistake could come from, and was recognised in, are no accident.
const MANY: usize = 3;

/// What one attempt shows.
#[derive(Debug, Default)]
pub(super) struct Shown {
    /// Of a wrong answer: which of the step's conditions held.
    held: Vec<bool>,
    /// The mistakes that its last input could have been, and whether it looked like them; without the one that it is.
    mistakes: Vec<(MistakeId, bool)>,
}

impl Shown {
    pub(super) fn by(trial: &Trial, made: &Made) -> Self {
        let is_right = trial.kind() == Kind::Right;
        let held = made.findings.iter().map(|finding| finding.holds == Holds::Yes);
        let is_it =
            |mistake: &MistakeId| matches!(&trial.expected, Expected::FailsAs(Some(it)) if it == mistake);
        let others = made.mistakes.iter().filter(|(mistake, _)| !is_it(mistake));
        Self { held: held.filter(|_| !is_right).collect(), mistakes: others.cloned().collect() }
    }
}

/// What is wrong with the conditions and the mistakes of each step that was tried.
pub(super) fn complaints(lesson: &Lesson, tried: &[Tried]) -> Vec<Diagnostic> {
    let places: BTreeSet<Position> = tried.iter().map(|tried| tried.place).collect();
    let at =
        |place: Position| tried.iter().filter(move |tried| tried.place == place).map(|tried| &tried.shown);
    let told = places.into_iter().flat_map(|place| {
        let shown: Vec<_> = at(place).collect();
        let idle = idle(lesson, place, &shown).into_iter().chain(constant(lesson, place, &shown));
        idle.map(move |what| complaint(place, what)).collect::<Vec<_>>()
    });
    told.collect()
}

/// The conditions that held in every attempt that is not right.
fn idle(lesson: &Lesson, place: Position, shown: &[&Shown]) -> Vec<Localized> {
    let Task::Do { check, .. } = &place.step(lesson).task else { return Vec::new() };
    let judged: Vec<_> = shown.iter().filter(|shown| !shown.held.is_empty()).collect();
    let always_held = |index: usize| judged.iter().all(|shown| shown.held.get(index) == Some(&true));
    let idle =
        check.conditions.iter().enumerate().filter(|(index, _)| !judged.is_empty() && always_held(*index));
    idle.map(|(_, condition)| messages::can_not_fail(&condition.expected())).collect()
}

/// The step's mistakes that were always recognised.
fn constant(lesson: &Lesson, place: Position, shown: &[&Shown]) -> Vec<Localized> {
    let mut counts: BTreeMap<&MistakeId, (usize, usize)> = BTreeMap::new();
    for (mistake, holds) in shown.iter().flat_map(|shown| &shown.mistakes) {
        let (possible, held) = counts.entry(mistake).or_default();
        *possible += 1;
        *held += usize::from(*holds);
    }
    let own = place.step(lesson).mistakes.iter();
    let always = own.filter(|mistake| {
        counts.get(&mistake.id).is_some_and(|(possible, held)| possible == held && *held >= MANY)
    });
    always.map(|mistake| messages::always_holds(&mistake.id)).collect()
}

fn complaint(place: Position, what: Localized) -> Diagnostic {
    Diagnostic {
        section: place.section,
        step: Some(place.step),
        kind: Kind::Wrong,
        what,
        tried: Vec::new(),
        seen: Vec::new(),
        could_not_run: false,
    }
}
