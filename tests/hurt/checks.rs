//! `moebi check` where it is interrupted, doubled or can't run.

use std::{
    fs,
    io::Write,
    os::unix::fs::PermissionsExt,
    process::{Child, Command},
    thread,
    time::{Duration, Instant},
};

use rustix::process::Signal;
use serde_json::Value;

use super::{
    common::runtime::runtime,
    house::{Ended, House, piped},
    moebi::kill,
};

/// Starts a check and waits until a node of its runs.
fn begun(house: &House, arguments: &[&str]) -> Child {
    let child = piped(&mut house.moebi(arguments)).spawn().expect("it starts");
    let until = Instant::now() + Duration::from_secs(60);
    while house.processes("kate@localhost").is_empty() {
        assert!(Instant::now() < until, "no node starts");
        thread::yield_now();
    }
    child
}

#[test]
fn interrupted() {
    for (signal, code) in [(Signal::INT, 130), (Signal::TERM, 130), (Signal::HUP, 130)] {
        let house = House::new();
        let child = begun(&house, &["check", "--model", "--format", "json"]);
        kill(child.id(), signal);
        // What had come is told, as a whole document, and sums up nothing else.
        let ended = Ended::of(&child.wait_with_output().expect("it ends")).with(code);
        let report: Value = serde_json::from_str(&ended.out).unwrap_or_else(|_| panic!("{ended:#?}"));
        let told = report["steps"].as_array().expect("steps");
        let passed = told.iter().filter(|step| step["verdict"] == "passed").count();
        assert!(
            told.len()
                < crate::common::learner::lesson().sections.iter().map(|section| section.steps.len()).sum(),
            "{report:#}"
        );
        assert_eq!(report["passed"].as_u64(), Some(passed as u64), "{report:#}");
        house.is_empty();
    }
}

#[test]
fn a_self_test_interrupted() {
    let house = House::new();
    let child = begun(&house, &["lesson", "test", "--jobs", "2"]);
    kill(child.id(), Signal::INT);
    let ended = Ended::of(&child.wait_with_output().expect("it ends")).with(130);
    assert_eq!(ended.out, "", "half a report is none");
    house.is_empty();
}

#[test]
fn killed() {
    let house = House::new();
    let child = begun(&house, &["check", "--model"]);
    kill(child.id(), Signal::KILL);
    child.wait_with_output().expect("it ends");
    house.is_empty();
}

#[test]
fn two_at_once() {
    let (one, two) = (House::new(), House::new());
    let arguments = ["check", "--model", "--section", "spawn-link", "--format", "json"];
    let children = [&one, &two].map(|house| piped(&mut house.moebi(&arguments)).spawn().expect("it starts"));
    for child in children {
        let ended = Ended::of(&child.wait_with_output().expect("it ends"));
        let report: Value = serde_json::from_str(&ended.out).unwrap_or_else(|_| panic!("{ended:#?}"));
        assert_eq!((report["failed"].as_u64(), report["passed"].as_u64()), (Some(0), Some(9)), "{report:#}");
        ended.with(0);
    }
    one.is_empty();
    two.is_empty();
}

fn answers(house: &House, text: &str) -> String {
    let path = house.room("home/answers.yaml");
    fs::File::create(&path).and_then(|mut file| file.write_all(text.as_bytes())).expect("a file");
    path.display().to_string()
}

#[test]
fn answers_that_cannot_be_read() {
    let house = House::new();
    let check = |text: &str| house.runs(&["check", "--answers", &answers(&house, text)]).with(2);
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
    house.runs(&["check", "--answers", "nowhere.yaml"]).with(2).says("nowhere.yaml");
    house.is_empty();
}

#[test]
fn an_answer_file_that_is_far_too_large() {
    let house = House::new();
    let path = house.room("home/large.yaml");
    fs::write(&path, "#".repeat(2 * 1024 * 1024)).expect("a file");
    house.runs(&["check", "--answers", &path.display().to_string()]).with(2).says("larger than 1024 KB");
    let endless = Ended::of(&house.moebi(&["check", "--answers", "/dev/zero"]).output().expect("it ends"));
    endless.with(2);
    house.is_empty();
}

#[test]
fn an_answer_that_never_comes_back_times_out() {
    let house = House::new();
    let text = "lesson: otp-distribution\nanswers:\n  define-kate:\n    - kate: Process.sleep(:infinity)\n";
    let file = answers(&house, text);
    let ended = house.runs(&["check", "--answers", &file, "--step", "define-kate"]).with(1);
    ended.says("timed out");
    house.is_empty();
}

#[test]
fn an_answer_that_halts_its_own_node() {
    let house = House::new();
    let text = "lesson: otp-distribution\nanswers:\n  define-kate:\n    - kate: System.halt()\n";
    let file = answers(&house, text);
    house.runs(&["check", "--answers", &file, "--step", "define-kate"]).with(1).says("failed");
    house.is_empty();
}

#[test]
fn a_machine_whose_iex_does_not_work() {
    let house = House::new();
    let folder = house.room("home/bin");
    fs::create_dir(&folder).expect("a folder");
    fs::write(folder.join("iex"), "#!/bin/sh\necho broken >&2\nexit 3\n").expect("a script");
    fs::set_permissions(folder.join("iex"), fs::Permissions::from_mode(0o755)).expect("it may run");
    let present = std::env::var_os("PATH").unwrap_or_default();
    let path = runtime().on(&present).into_string().expect("UTF-8");
    let mut command: Command = house.moebi(&["check", "--model", "--section", "spawn-link"]);
    command.env("PATH", format!("{}:{path}", folder.display()));
    house.ends(&mut command).with(3).says("could not run");
    house.is_empty();
}
