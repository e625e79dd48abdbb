//! What all attempts at a step show together: a condition that none of them fell short of, and a mistake that each of them
//! was taken for, say nothing.

use std::collections::BTreeMap;

use crate::{
    i18n::Localized,
    lesson::{Lesson, MistakeId},
    session::Position,
};

use super::{
    Diagnostic, Kind, Tried,
    lane::Made,
    messages,
    mutant::{self, Change},
    trial::{Expected, Trial},
};

/// So many attempts that a mistake could come from, and was recognised in, are no accident.
const MANY: usize = 3;

/// What one attempt shows.
#[derive(Debug, Default)]
pub(super) struct Shown {
    /// Which mutants of the step's check it tells from the check.
    noticed: Vec<bool>,
    /// The mistakes that its last input could have been, and whether it looked like them; without the one that it is.
    mistakes: Vec<(MistakeId, bool)>,
}

impl Shown {
    pub(super) fn by(trial: &Trial, made: &Made) -> Self {
        let is_it =
            |mistake: &MistakeId| matches!(&trial.expected, Expected::FailsAs(Some(it)) if it == mistake);
        let others = made.mistakes.iter().filter(|(mistake, _)| !is_it(mistake));
        Self { noticed: made.noticed.clone(), mistakes: others.cloned().collect() }
    }

    pub(super) fn of_model(noticed: Vec<bool>) -> Self {
        Self { noticed, mistakes: Vec::new() }
    }
}

/// What is wrong with the conditions and the mistakes of each step that was tried.
pub(super) fn complaints(lesson: &Lesson, tried: &[Tried], mutants: bool) -> Vec<Diagnostic> {
    let mut places: BTreeMap<Position, Vec<&Tried>> = BTreeMap::new();
    tried.iter().for_each(|tried| places.entry(tried.place).or_default().push(tried));
    places.into_iter().flat_map(|(place, here)| complaints_at(lesson, place, &here, mutants)).collect()
}

/// `here` are the attempts at that step.
pub(super) fn complaints_at(
    lesson: &Lesson,
    place: Position,
    here: &[&Tried],
    mutants: bool,
) -> Vec<Diagnostic> {
    // Where the model does not pass, nothing else is tried.
    if here.iter().all(|tried| tried.kind == Kind::Model) {
        return Vec::new();
    }
    let shown: Vec<_> = here.iter().map(|tried| &tried.shown).collect();
    let idle = mutants.then(|| idle(lesson, place, &shown)).into_iter().flatten();
    idle.chain(constant(lesson, place, &shown)).map(|what| complaint(place, what)).collect()
}

/// What could be altered in the check of a step without any answer coming out otherwise.
fn idle(lesson: &Lesson, place: Position, shown: &[&Shown]) -> Vec<Localized> {
    let mutants = mutant::of_step(&place.step(lesson).task);
    let is_noticed = |index: usize| shown.iter().any(|shown| shown.noticed.get(index) == Some(&true));
    let survivors = mutants.iter().enumerate().filter(|(index, _)| !is_noticed(*index));
    survivors
        .map(|(_, mutant)| match mutant.change {
            Change::LeftOut => messages::not_needed(&mutant.expected),
            Change::TurnedRound => messages::same_turned_round(&mutant.expected),
        })
        .collect()
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
