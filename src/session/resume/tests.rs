use std::{fmt::Write as _, sync::Arc, time::Duration};

use proptest::prelude::*;

use super::*;
use crate::{
    lesson::{Lang, Source, load},
    session::Session,
};

/// A lesson of these sections and steps.
fn lesson(sections: &[(&str, &[&str])]) -> Lesson {
    let mut structure =
        "lesson: small\nrequires: { elixir: '>= 1.14' }\nterminals: [alex]\nmistakes: {}\nsections:\n"
            .to_owned();
    let mut prose = "title: Small\nsummary: Small.\nglossary: {}\nmistakes: {}\n".to_owned();
    for (section, steps) in sections {
        let _ = writeln!(structure, "  - id: {section}\n    minutes: 1\n    start: []\n    steps:");
        let _ = writeln!(prose, "{section}:\n  title: {section}\n  steps:");
        for step in *steps {
            let _ = writeln!(
                structure,
                "      - id: {step}\n        ask: {{ choices: [a, b], correct: a }}\n        answer: [ choose: a ]"
            );
            let _ = writeln!(
                prose,
                "    {step}:\n      title: The {step}\n      text: x\n      hints: [ x ]\n      ask:\n        ask: x\n        choices: {{ a: {{ text: a, why: a }}, b: {{ text: b, why: b }} }}"
            );
        }
    }
    let files = vec![("lesson.yaml".to_owned(), structure), ("en.yaml".to_owned(), prose)];
    let source = Source { id: "small".to_owned(), files };
    load(&source, &crate::lesson::Nonce::sample()).unwrap_or_else(|rendered| panic!("{rendered:#?}"))
}

const BEFORE: &[(&str, &[&str])] = &[("first", &["a", "b", "c", "d"]), ("second", &["e", "f"])];

/// Where one who stopped at `at` goes on in `after`, with these steps passed, and what is said about it.
fn goes_on(at: &str, after: &[(&str, &[&str])], passed: &[&str]) -> (String, Option<String>) {
    let before = lesson(BEFORE);
    let place = Position::of(&before, at).expect("it was there");
    let around = Some(Surroundings::of(&before, place));
    let mut progress = Progress { at: Some(at.to_owned()), around, ..Progress::default() };
    for step in passed {
        progress.steps.entry((*step).to_owned()).or_default().outcome = Outcome::Passed;
    }
    let after = lesson(after);
    let resumed = Resumed::of(&after, &progress);
    let remark = resumed.remark.map(|remark| remark.speak(Lang::En).to_owned());
    (resumed.place.step(&after).id.to_string(), remark)
}

#[test]
fn a_step_that_is_there_is_where_it_goes_on_and_nothing_is_said() {
    assert_eq!(goes_on("b", BEFORE, &[]), ("b".to_owned(), None));
    let moved: &[(&str, &[&str])] = &[("first", &["a"]), ("second", &["e", "b", "f"])];
    assert_eq!(goes_on("b", moved, &[]), ("b".to_owned(), None));
}

#[test]
fn a_step_that_is_gone_gives_way_to_the_next_of_its_section() {
    let (step, remark) = goes_on("b", &[("first", &["a", "c", "d"]), ("second", &["e", "f"])], &[]);
    assert_eq!(step, "c");
    let remark = remark.expect("a learner wonders");
    assert!(remark.contains("`b`") && remark.contains("The c"), "{remark}");
    let (step, _) = goes_on("b", &[("second", &["e", "f"]), ("first", &["new", "a", "d"])], &[]);
    assert_eq!(step, "d", "whatever came before it");
}

#[test]
fn without_a_next_it_is_the_first_of_the_section() {
    assert_eq!(goes_on("d", &[("second", &["e"]), ("first", &["a", "b"])], &[]).0, "a");
}

#[test]
fn without_the_section_it_is_the_first_open_one() {
    assert_eq!(goes_on("b", &[("second", &["e", "f"])], &["e"]).0, "f");
    assert_eq!(goes_on("b", &[("second", &["e", "f"])], &["e", "f"]).0, "e");
}

#[test]
fn progress_of_an_earlier_moebi_says_nothing_of_surroundings() {
    let progress: Progress = serde_json::from_str(r#"{"at": "gone", "steps": {}}"#).expect("it reads");
    let lesson = lesson(BEFORE);
    let resumed = Resumed::of(&lesson, &progress);
    assert_eq!(resumed.place, Position::START);
    assert!(resumed.remark.is_some());
}

fn ids() -> impl Strategy<Value = String> {
    prop_oneof![Just("first".to_owned()), "[a-g]", any::<String>()]
}

/// Of any shape that a progress file can have.
fn progress() -> impl Strategy<Value = Progress> {
    let outcome = prop_oneof![Just("open"), Just("passed"), Just("skipped")];
    let answer = prop::option::of(prop::collection::vec((ids(), any::<String>()), 0..3));
    let record = (outcome, answer, any::<usize>(), any::<bool>(), prop::option::of(ids())).prop_map(
        |(outcome, answer, count, flag, prediction)| {
            let answer = answer.map(|inputs| {
                inputs
                    .into_iter()
                    .map(|(terminal, text)| serde_json::json!({ "type": [terminal, text] }))
                    .collect::<Vec<_>>()
            });
            serde_json::json!({ "outcome": outcome, "answer": answer, "tries": count, "hints": count,
                "answer_shown": flag, "prediction": prediction, "missed": flag })
        },
    );
    let steps = prop::collection::btree_map(ids(), record, 0..5);
    let around = prop::option::of((ids(), prop::collection::vec(ids(), 0..4)));
    (prop::option::of(ids()), around, steps).prop_map(|(at, around, steps)| {
        let around = around
            .map(|(section, following)| serde_json::json!({ "section": section, "following": following }));
        let file = serde_json::json!({ "at": at, "around": around, "steps": steps });
        serde_json::from_value(file).expect("a progress file of that shape is read")
    })
}

/// One or two sections of some of the steps `a` to `f`, each once.
fn sections() -> impl Strategy<Value = Vec<Vec<&'static str>>> {
    let steps = Just(vec!["a", "b", "c", "d", "e", "f"]).prop_shuffle();
    (steps, 1..4_usize, 0..3_usize).prop_map(|(steps, first, second)| {
        let parts = [steps[..first].to_vec(), steps[first..first + second].to_vec()];
        parts.into_iter().filter(|part| !part.is_empty()).collect()
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn any_progress_opens_any_lesson(progress in progress(), sections in sections()) {
        let names = ["first", "second"];
        let sections: Vec<_> = names.into_iter().zip(&sections).map(|(name, steps)| (name, &steps[..])).collect();
        let lesson = Arc::new(lesson(&sections));
        let saved = progress.at.clone();
        let mut session = Session::new(lesson.clone(), Lang::El, progress);
        let is_there = saved.as_deref().and_then(|saved| Position::of(&lesson, saved));
        prop_assert_eq!(is_there.unwrap_or(session.place()), session.place());
        let _ = (session.card(), session.score(), session.open(Duration::ZERO));
        prop_assert_eq!(session.progress().at.as_deref(), Some(session.step().id.as_str()));
    }
}
