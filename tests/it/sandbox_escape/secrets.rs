//! What must not be seen from a cell: the model answer, the others, the teacher's files.

use super::{
    canary::{MODEL, SECRET},
    graded::graded,
};

#[test]
fn nothing_of_the_teachers_is_in_anybodys_results() {
    let graded = graded();
    for submission in graded.submissions() {
        let text = submission.to_string();
        assert!(!text.contains(SECRET), "{text}");
    }
}

#[test]
fn the_model_answer_is_nowhere() {
    let graded = graded();
    graded.earns_nothing("model-seeker");
    let told = graded.told("model-seeker", "greet");
    assert!(told.contains("searched") && !told.contains(MODEL) && !told.contains("TRACED"), "{told}");
}

#[test]
fn other_submissions_and_results_are_nowhere() {
    let graded = graded();
    graded.earns_nothing("results-seeker");
    let told = graded.told("results-seeker", "greet");
    let found = told.lines().filter(|line| line.starts_with('/')).collect::<Vec<_>>();
    assert!(told.contains("searched") && found.is_empty(), "{told}");
    assert!(!told.contains("the honest"), "{told}");
}
