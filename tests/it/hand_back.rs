//! What goes back to a class, and what is done again for it.

use std::fs;

use serde_json::Value;

use crate::{
    grade::{Class, GOOD, Grading, verdicts},
    support::home::Home,
};

fn of<'r>(results: &'r Value, name: &str) -> &'r Value {
    let submissions = results["submissions"].as_array().expect("submissions");
    submissions.iter().find(|one| one["name"] == name).expect("it was graded")
}

/// One of the class can't be read, wherever it is.
fn graded(grading: &Grading, class: &Class, arguments: &[&str]) -> Value {
    let code = grading.grades(class, arguments).code;
    assert!(matches!(code, Some(0 | 1)), "{code:?}");
    grading.results()
}

/// How often each submission has been replayed, by the journal.
fn replays(grading: &Grading, name: &str) -> usize {
    let journal = fs::read_to_string(grading.output().join("journal.jsonl")).expect("a journal");
    journal.lines().filter(|line| line.contains(&format!("\"submission\":{{\"name\":\"{name}\""))).count()
}

#[test]
fn new_weights_and_part_of_the_points_need_no_replay() {
    let (class, grading) = (Class::new(), Grading::new());
    let first = graded(&grading, &class, &[]);
    let scheme = grading.0.path("weights.yaml");
    fs::write(&scheme, "partial: conditions\nweights: { starting-nodes: 3, name-alex: 2 }\n")
        .expect("a file");
    let scheme = scheme.to_str().expect("plain letters");
    let again = grading.grades(&class, &["--resume", "--scheme", scheme]).exits(1);
    again.complains("computed anew").complains("3 submissions were graded before");
    let second = grading.results();
    assert_eq!(of(&second, "ana")["points"], 3.0 + 6.0);
    let bad = &of(&second, "bad")["steps"][0];
    assert_eq!((&bad["verdict"], &bad["of"]), (&Value::from("failed"), &Value::from(3.0)));
    assert!(bad["points"].as_f64() < Some(3.0), "{bad}");
    assert_eq!(of(&second, "torn")["of"], of(&second, "ana")["of"]);
    // A fresh grading by that scheme comes to the same.
    let fresh = Grading::new();
    assert_eq!(verdicts(&graded(&fresh, &class, &["--scheme", scheme])), verdicts(&second));
    assert_eq!(verdicts(&graded(&grading, &class, &["--resume"])), verdicts(&first));
    assert_eq!(["ana", "bad", "torn"].map(|name| replays(&grading, name)), [1; 3]);
}

#[test]
fn one_student_again_and_no_other() {
    let (class, grading) = (Class::new(), Grading::new());
    let first = graded(&grading, &class, &[]);
    let again = graded(&grading, &class, &["--regrade", "ana"]);
    assert_eq!(verdicts(&again), verdicts(&first));
    assert_eq!(["ana", "bad", "torn"].map(|name| replays(&grading, name)), [2, 1, 1]);
    grading.grades(&class, &["--regrade", "nobody"]).exits(2).complains("ana, bad, torn");
}

#[test]
fn who_comes_late_moves_nobody_and_no_part_is_forgotten() {
    let (class, parts, whole) = (Class::new(), [Grading::new(), Grading::new()], Grading::new());
    let in_part = |part: &str, grading: &Grading, more: &[&str]| {
        let arguments = [&["--partition", part], more].concat();
        verdicts(&graded(grading, &class, &arguments)).into_keys().collect::<Vec<_>>()
    };
    let before = [in_part("1/2", &parts[0], &[]), in_part("2/2", &parts[1], &[])];
    whole.merges(&[&parts[0]]).exits(2).complains("part 2/2 is missing");
    whole.merges(&[&parts[0], &parts[0]]).exits(2).complains("part 1/2 is given twice");
    class.hands_in("aaa.yaml", GOOD);
    let after = [in_part("1/2", &parts[0], &["--resume"]), in_part("2/2", &parts[1], &["--resume"])];
    for (before, after) in before.iter().zip(&after) {
        assert!(before.iter().all(|name| after.contains(name)), "{before:?} became {after:?}");
    }
    whole.merges(&[&parts[0], &parts[1]]).exits(1);
    assert_eq!(verdicts(&whole.results()).len(), 4);
    // A part that was not graded to its end is no part.
    for name in ["b.yaml", "c.yaml", "d.yaml", "e.yaml"] {
        class.hands_in(name, GOOD);
    }
    for (part, grading) in ["1/2", "2/2"].iter().zip(&parts) {
        graded(grading, &class, &["--partition", part, "--resume", "--only", "torn"]);
    }
    whole.merges(&[&parts[0], &parts[1]]).exits(2).complains("is not finished");
}

#[test]
fn a_folder_of_somebody_elses_is_not_written_to() {
    let (class, grading) = (Class::new(), Grading::new());
    fs::create_dir(grading.output()).expect("a folder");
    fs::write(grading.output().join("thesis.tex"), "mine").expect("a file");
    grading.grades(&class, &["--only", "torn"]).exits(2).complains("not a grading's");
    grading.grades(&class, &["--only", "torn", "--resume"]).exits(2).complains("not a grading's");
    let left: Vec<_> = fs::read_dir(grading.output()).expect("it is there").collect();
    assert_eq!(left.len(), 1);
}

#[test]
fn a_report_says_what_cannot_be_read() {
    let home = Home::new();
    let answers = home.path("torn.yaml");
    fs::write(&answers, "lesson: [").expect("a file");
    for (format, sign) in
        [("json", "unreadable"), ("junit", "<failure"), ("github", "::error"), ("gradescope", "\"score\"")]
    {
        let arguments = ["check", "--answers", answers.to_str().expect("plain letters"), "--format", format];
        home.runs(&arguments).exits(2).prints(sign).prints("torn.yaml").complains("torn.yaml:1:9");
    }
}
