//! `moebi check` where it is interrupted, doubled or can't run.

use std::{fs, process::Child};

use rustix::process::Signal;

use crate::support::{
    home::{Finished, Home, piped},
    lesson::lesson,
    processes::signal,
};

/// Starts a check and waits until a node of its runs.
fn begun(home: &Home, arguments: &[&str]) -> Child {
    let child = piped(&mut home.command(arguments)).spawn().expect("it starts");
    home.has_process("kate@localhost");
    child
}

#[test]
fn interrupted() {
    for sent in [Signal::INT, Signal::TERM, Signal::HUP] {
        let home = Home::new();
        let child = begun(&home, &["check", "--model", "--format", "json"]);
        signal(child.id(), sent);
        // What had come is told, as a whole document, and sums up nothing else.
        let finished = Finished::of(&child.wait_with_output().expect("it ends")).exits(130);
        let report = finished.json();
        let told = report["steps"].as_array().expect("steps");
        let passed = told.iter().filter(|step| step["verdict"] == "passed").count();
        let all = lesson().sections.iter().map(|section| section.steps.len()).sum();
        assert!(told.len() < all, "{report:#}");
        assert_eq!(report["passed"].as_u64(), Some(passed as u64), "{report:#}");
        home.is_deserted();
    }
}

#[test]
fn a_self_test_interrupted() {
    let home = Home::new();
    let child = begun(&home, &["lesson", "test", "--jobs", "2"]);
    signal(child.id(), Signal::INT);
    let finished = Finished::of(&child.wait_with_output().expect("it ends")).exits(130);
    assert_eq!(finished.stdout, "", "half a report is none");
    home.is_deserted();
}

#[test]
fn killed() {
    let home = Home::new();
    let child = begun(&home, &["check", "--model"]);
    signal(child.id(), Signal::KILL);
    child.wait_with_output().expect("it ends");
    home.is_deserted();
}

#[test]
fn two_at_once() {
    let (one, two) = (Home::new(), Home::new());
    let arguments = ["check", "--model", "--section", "spawn-link", "--format", "json"];
    let children = [&one, &two].map(|home| piped(&mut home.command(&arguments)).spawn().expect("it starts"));
    for child in children {
        let finished = Finished::of(&child.wait_with_output().expect("it ends"));
        let report = finished.json();
        assert_eq!((report["failed"].as_u64(), report["passed"].as_u64()), (Some(0), Some(9)), "{report:#}");
        finished.exits(0);
    }
    one.is_deserted();
    two.is_deserted();
}

fn answers(home: &Home, text: &str) -> String {
    let path = home.path("home/answers.yaml");
    fs::write(&path, text).expect("a file");
    path.display().to_string()
}

#[test]
fn answers_that_cannot_be_read() {
    let home = Home::new();
    let check = |text: &str| home.runs(&["check", "--answers", &answers(&home, text)]).exits(2);
    check("lesson: otp-distribution\nanswers:\n  nameles:\n    - shell: iex\n")
        .says("nameles")
        .says("`nameless`");
    check("lesson: otp-distribution\nanswers:\n  nameless: iex\n").says("answers.yaml:3");
    check("lesson: otp-distribution\nanswers:\n  nameless:\n    - bob: iex\n")
        .says("bob")
        .says("answers.yaml:4");
    check("lesson: otp-distribution\nanswers:\n  nameless:\n  nameless:\n    - shell: iex\n")
        .says("answers.yaml:");
    check("lesson: another\nanswers: {}\n").says("another");
    check("\u{0}").says("answers.yaml");
    check("").says("answers.yaml");
    home.runs(&["check", "--answers", "nowhere.yaml"]).exits(2).says("nowhere.yaml");
    home.is_deserted();
}

#[test]
fn an_answer_file_that_is_far_too_large() {
    let home = Home::new();
    let path = home.path("home/large.yaml");
    fs::write(&path, "#".repeat(2 * 1024 * 1024)).expect("a file");
    home.runs(&["check", "--answers", &path.display().to_string()]).exits(2).says("larger than 1024 KB");
    let endless =
        Finished::of(&home.command(&["check", "--answers", "/dev/zero"]).output().expect("it ends"));
    endless.exits(2);
    home.is_deserted();
}

#[test]
fn an_answer_that_never_comes_back_times_out() {
    let home = Home::new();
    let text = "lesson: otp-distribution\nanswers:\n  define-kate:\n    - kate: Process.sleep(:infinity)\n";
    let file = answers(&home, text);
    let finished = home.runs(&["check", "--answers", &file, "--step", "define-kate"]).exits(1);
    finished.says("timed out");
    home.is_deserted();
}

#[test]
fn an_answer_that_halts_its_own_node() {
    let home = Home::new();
    let text = "lesson: otp-distribution\nanswers:\n  define-kate:\n    - kate: System.halt()\n";
    let file = answers(&home, text);
    home.runs(&["check", "--answers", &file, "--step", "define-kate"]).exits(1).says("failed");
    home.is_deserted();
}

#[test]
fn a_machine_whose_iex_does_not_work() {
    let home = Home::new();
    let check = ["check", "--model", "--section", "spawn-link"];
    let mut command = home.command_with("iex", "echo broken >&2\nexit 3", &check);
    home.finishes(&mut command).exits(3).says("could not run");
    home.is_deserted();
}
