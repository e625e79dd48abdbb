//! Where a learner goes on: at the saved step or, where the lesson has lost it since, at the nearest one.

use serde::{Deserialize, Serialize};

use crate::{i18n::Localized, lesson::Lesson};

use super::{
    Position, messages,
    progress::{Outcome, Progress},
};

/// What stood around the saved step, for the day on which an update takes it out of the lesson.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Surroundings {
    pub section: String,
    /// The steps after it in its section, in order.
    #[serde(default)]
    pub following: Vec<String>,
}

impl Surroundings {
    pub fn of(lesson: &Lesson, place: Position) -> Self {
        let section = place.section(lesson);
        let following = section.steps.iter().skip(place.step + 1).map(|step| step.id.to_string()).collect();
        Self { section: section.id.to_string(), following }
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Resumed {
    pub place: Position,
    /// Why it isn't the saved step, for a learner to read.
    pub remark: Option<Localized>,
}

impl Resumed {
    /// The saved step; else the next one of its section that is still there; else that section's first; else the
    /// first open one of the lesson. Takes any progress, also one of another lesson.
    pub fn of(lesson: &Lesson, progress: &Progress) -> Self {
        let Some(saved) = progress.at.as_deref() else { return Self::without_remark(Position::START) };
        if let Some(place) = Position::of(lesson, saved) {
            return Self::without_remark(place);
        }
        let around = progress.around.as_ref();
        let place = around
            .and_then(|around| nearest(lesson, around))
            .or_else(|| first_open(lesson, progress))
            .unwrap_or(Position::START);
        let title = |lang| {
            let titles = lesson.prose(lang).sections.get(&place.section(lesson).id);
            let step = titles.and_then(|titles| titles.steps.get(&place.step(lesson).id));
            step.map_or_else(|| place.step(lesson).id.to_string(), |step| step.title.clone())
        };
        Self { place, remark: Some(messages::step_is_gone(saved, &Localized::each(title))) }
    }

    fn without_remark(place: Position) -> Self {
        Self { place, remark: None }
    }
}

fn nearest(lesson: &Lesson, around: &Surroundings) -> Option<Position> {
    let section = lesson.sections.iter().position(|section| section.id.as_str() == around.section)?;
    let steps = &lesson.sections[section].steps;
    let position = |id: &String| steps.iter().position(|step| step.id.as_str() == id);
    Some(Position { section, step: around.following.iter().find_map(position).unwrap_or(0) })
}

fn first_open(lesson: &Lesson, progress: &Progress) -> Option<Position> {
    let mut places = lesson.sections.iter().enumerate().flat_map(|(section, found)| {
        found.steps.iter().enumerate().map(move |(step, found)| (Position { section, step }, found))
    });
    places.find(|(_, step)| progress.outcome(&step.id) == Outcome::Open).map(|(place, _)| place)
}

#[cfg(test)]
mod tests;
