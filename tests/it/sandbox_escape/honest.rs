//! Whoever did the work has the points, whatever the others do meanwhile.

use super::graded::graded;

#[test]
fn the_honest_good_one_has_every_point() {
    graded().earns("good", 6.0);
}

#[test]
fn the_honest_bad_one_has_what_it_did() {
    let graded = graded();
    graded.earns("bad", 2.0);
    assert_eq!(graded.verdict("bad", "word"), "passed");
    assert_eq!(graded.verdict("bad", "new"), "passed");
}

#[test]
fn all_are_graded_and_the_grader_ends_well() {
    let graded = graded();
    assert_eq!(graded.code, Some(1), "{}", graded.said);
    assert_eq!(graded.results["isolation"], "namespaces");
}

#[test]
fn nobody_else_has_a_point_for_nothing() {
    let graded = graded();
    let honest = ["good", "bad"];
    let earned =
        graded.submissions().filter(|one| !honest.contains(&one["name"].as_str().unwrap_or_default()));
    let earned: Vec<_> = earned.filter(|one| one["points"] != 0.0 || one["of"] != 6.0).collect();
    assert!(earned.is_empty(), "{earned:#?}");
}
