//! From a cold start, `/goto` reaches every step of every section, and finds it as somebody would who came there step
//! by step: nothing on the way fails to be brought about, and then the model answer passes.

use std::{
    sync::{Mutex, PoisonError},
    thread,
};

use moebi::{
    guide::messages,
    lesson::{Input, Lang, Lesson, Step},
    session::Position,
};

use crate::support::{learner::GuideLearner, lesson::lesson};

/// How many learners go at once.
const SIDE_BY_SIDE: usize = 4;

/// Steps with a long way to them come first, so that none is left alone at the end.
fn places(lesson: &Lesson) -> Vec<Position> {
    let sections = lesson.sections.iter().enumerate();
    let steps =
        sections.flat_map(|(section, it)| (0..it.steps.len()).map(move |step| Position { section, step }));
    let mut places: Vec<_> = steps.collect();
    places.sort_by_key(|place| way(*place, lesson));
    places
}

/// How many runtimes start on the way.
fn way(place: Position, lesson: &Lesson) -> usize {
    let section = place.section(lesson);
    let steps = section.steps[..place.step].iter().flat_map(Step::answer);
    section.start.iter().cloned().chain(steps).filter(starts_a_runtime).count()
}

fn starts_a_runtime(input: &Input) -> bool {
    matches!(input, Input::Type { text, .. } if text.contains("iex ") || text.contains("mix "))
}

/// Goes there, and does what the step asks for.
fn goes(place: Position, lesson: &Lesson) {
    let step = place.step(lesson);
    let titles = &lesson.prose(Lang::En).sections[&place.section(lesson).id].steps;
    let learner = GuideLearner::new().at(step.id.as_str());
    let said = learner.transcript();
    assert!(said.contains(&format!("step {} {}", place.step + 1, titles[&step.id].title)), "{said}");
    for earlier in &place.section(lesson).steps[..place.step] {
        let remark = messages::not_brought_back(&titles[&earlier.id].title);
        assert!(!said.contains(remark.speak(Lang::En)), "{}: {remark:?}\n{said}", step.id);
    }
    learner.answers(step).leaves();
}

#[test]
fn every_step_is_reached_from_a_cold_start() {
    let lesson = lesson();
    let left = Mutex::new(places(&lesson));
    let next = || left.lock().unwrap_or_else(PoisonError::into_inner).pop();
    thread::scope(|scope| {
        for _ in 0..SIDE_BY_SIDE {
            scope.spawn(|| {
                while let Some(place) = next() {
                    goes(place, &lesson);
                }
            });
        }
    });
}
