//! The real binary, checking answers on real nodes.

mod common;

use std::process::Output;

use assert_cmd::Command;
use common::{learner::cache, runtime::runtime};
use serde_json::Value;

/// `moebi` with a home of its own, and the runtime that all tests use.
fn moebi() -> (Command, tempfile::TempDir) {
    let home = tempfile::tempdir().unwrap();
    let mut command = Command::cargo_bin("moebi").unwrap();
    command.env("HOME", home.path()).env("XDG_CACHE_HOME", cache()).env_remove("NO_COLOR");
    let runtime = runtime();
    if let Some(bin) = runtime.path.first() {
        command.env("MOEBI_RUNTIME", bin);
    }
    (command, home)
}

fn run(arguments: &[&str]) -> Output {
    let (mut command, _home) = moebi();
    command.args(arguments).output().unwrap()
}

fn answers(text: &str) -> tempfile::NamedTempFile {
    let file = tempfile::Builder::new().suffix(".yaml").tempfile().unwrap();
    std::fs::write(file.path(), text).unwrap();
    file
}

fn stdout(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn stderr(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

#[test]
fn every_model_answer_passes() {
    let output = run(&["check", "--model", "--format", "json"]);
    let report: Value = serde_json::from_slice(&output.stdout).unwrap_or_else(|_| panic!("{output:#?}"));
    let fallen_short: Vec<_> =
        report["steps"].as_array().unwrap().iter().filter(|step| step["verdict"] != "passed").collect();
    assert!(fallen_short.is_empty(), "{fallen_short:#?}");
    assert_eq!(report["passed"], report["steps"].as_array().unwrap().len());
    assert_eq!(output.status.code(), Some(0));
}

#[test]
fn the_exported_model_answers_pass_as_a_file() {
    let exported = run(&["export", "--model", "--format", "answers"]);
    assert_eq!(exported.status.code(), Some(0), "{exported:#?}");
    let file = answers(&stdout(&exported));
    let output = run(&["check", "--answers", file.path().to_str().unwrap(), "--section", "starting-nodes"]);
    assert_eq!(output.status.code(), Some(0), "{}", stdout(&output));
}

#[test]
fn a_wrong_answer_fails_and_what_needs_it_is_skipped() {
    let file = answers(
        "lesson: otp-distribution\nanswers:\n  define-kate:\n    - alex: 1 + 1\n  local-hello:\n    - kate: Kate.say_name()\n",
    );
    let output = run(&[
        "check",
        "--answers",
        file.path().to_str().unwrap(),
        "--step",
        "local-hello",
        "--format",
        "json",
    ]);
    let report: Value = serde_json::from_slice(&output.stdout).unwrap_or_else(|_| panic!("{output:#?}"));
    assert_eq!(report["steps"][0]["verdict"], "skipped");
    assert_eq!(output.status.code(), Some(1));
    let output = run(&[
        "check",
        "--answers",
        file.path().to_str().unwrap(),
        "--step",
        "define-kate",
        "--format",
        "json",
    ]);
    let report: Value = serde_json::from_slice(&output.stdout).unwrap_or_else(|_| panic!("{output:#?}"));
    let step = &report["steps"][0];
    assert_eq!(step["verdict"], "failed");
    assert!(step["expected"].as_str().is_some_and(|text| !text.is_empty()), "{step:#}");
    assert!(step["hint"].as_str().is_some_and(|text| !text.is_empty()), "{step:#}");
}

#[test]
fn an_input_that_does_not_come_back_is_timed_out() {
    let file =
        answers("lesson: otp-distribution\nanswers:\n  define-kate:\n    - kate: Process.sleep(:infinity)\n");
    let output = run(&[
        "check",
        "--answers",
        file.path().to_str().unwrap(),
        "--step",
        "define-kate",
        "--format",
        "json",
    ]);
    let report: Value = serde_json::from_slice(&output.stdout).unwrap_or_else(|_| panic!("{output:#?}"));
    assert_eq!(report["steps"][0]["verdict"], "timed_out");
    assert_eq!(output.status.code(), Some(1));
}

#[test]
fn an_answer_file_that_cannot_be_read_says_where() {
    let file = answers("lesson: otp-distribution\nanswers:\n  define-kat:\n    - kate: 1\n");
    let output = run(&["check", "--answers", file.path().to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("define-kate"), "{}", stderr(&output));
    assert!(stderr(&output).contains(":3:"), "{}", stderr(&output));
    let output = run(&["check", "--answers", "/nowhere/answers.yaml"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("/nowhere/answers.yaml"), "{}", stderr(&output));
}

#[test]
fn unknown_words_are_answered_with_what_was_meant() {
    let output = run(&["check", "--model", "--step", "define-kat"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("Did you mean `define-kate`?"), "{}", stderr(&output));
    let output = run(&["check", "--modle"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("--model"), "{}", stderr(&output));
}

#[test]
fn without_an_elixir_it_says_how_to_get_one() {
    let (mut command, home) = moebi();
    command.env_remove("MOEBI_RUNTIME").env("PATH", home.path()).env("XDG_CACHE_HOME", home.path());
    let output = command.env("XDG_DATA_HOME", home.path()).args(["check", "--model"]).output().unwrap();
    assert_eq!(output.status.code(), Some(3));
    assert!(stderr(&output).contains("moebi setup"), "{}", stderr(&output));
}
