//! The real binary, checking answers on real nodes.

mod common;

use std::process::{Command, Output, Stdio};

use common::{learner::cache, runtime::runtime};
use serde_json::Value;
use tempfile::TempDir;

/// `moebi` with a home of its own, and the runtime that all tests use.
fn moebi() -> (Command, TempDir) {
    let home = tempfile::tempdir().unwrap();
    let mut command = Command::new(assert_cmd::cargo::cargo_bin("moebi"));
    command.env("HOME", home.path()).env("XDG_CACHE_HOME", cache()).env_remove("NO_COLOR");
    if let Some(bin) = runtime().path.first() {
        command.env("MOEBI_RUNTIME", bin);
    }
    (command, home)
}

fn run(arguments: &[&str]) -> Output {
    let (mut command, _home) = moebi();
    command.args(arguments).stdin(Stdio::null()).output().unwrap()
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

/// The answers of somebody who gets a step right, one wrong, and whose screen holds what it should not.
const MIXED: &str = "lesson: otp-distribution
learners: [Άννα, Nikos]
answers:
  define-kate:
  - kate: |
      defmodule Kate do
        def say_name, do: IO.puts(\"Hi, my name is Kate\")
      end
  unknown-on-alex:
  - alex: 'IO.puts(\"\\e[2J\\e]0;title\\a\")'
  - kate: Node.spawn(:alex@localhost, fn -> 1 end)
record:
  define-kate: { tries: 3, hints: 1, answer_shown: true }
";

#[test]
fn a_step_that_falls_short_comes_with_what_happened() {
    let file = answers(MIXED);
    let path = file.path().to_str().unwrap();
    let output = run(&["check", "--answers", path, "--step", "unknown-on-alex", "--format", "json"]);
    let report: Value = serde_json::from_slice(&output.stdout).unwrap_or_else(|_| panic!("{output:#?}"));
    let step = &report["steps"][0];
    assert_eq!(step["verdict"], "failed");
    let conditions = step["conditions"].as_array().unwrap();
    assert!(conditions.len() > 1 && conditions.iter().any(|one| one["holds"] == false), "{step:#}");
    let happened: Vec<String> = step["timeline"]
        .as_array()
        .unwrap()
        .iter()
        .map(|moment| format!("{} {}: {}", moment["terminal"], moment["kind"], moment["text"]))
        .collect();
    assert!(happened[0].starts_with("\"alex\" \"typed\": \"iex> IO.puts("), "{happened:#?}");
    assert!(happened.iter().any(|moment| moment.starts_with("\"kate\" \"typed\"")), "{happened:#?}");
    assert!(
        happened.contains(&"null \"nodes\": \"alex and kate are connected\"".to_owned())
            || happened.contains(&"null \"nodes\": \"kate and alex are connected\"".to_owned()),
        "{happened:#?}"
    );
    assert!(!String::from_utf8_lossy(&output.stdout).contains("\\u001b"), "no escapes");
}

#[test]
fn people_see_all_terminals_in_one_transcript() {
    let file = answers(MIXED);
    let output = run(&["check", "--answers", file.path().to_str().unwrap(), "--step", "unknown-on-alex"]);
    let told = stdout(&output);
    assert!(told.contains("      what happened\n        alex │ iex> IO.puts("), "{told}");
    assert!(told.contains("        kate │ iex> Node.spawn("), "{told}");
    assert!(!told.contains('\u{1b}'), "{told:?}");
    let too_wide: Vec<_> = told.lines().filter(|line| line.chars().count() > 80).collect();
    assert!(too_wide.is_empty(), "{too_wide:#?}");
}

#[test]
fn a_scheme_weighs_and_a_record_is_passed_on() {
    let file = answers(MIXED);
    let scheme = answers("weights: { spawn-link: 2, define-kate: 1.5 }\npartial: conditions\n");
    let (path, scheme) = (file.path().to_str().unwrap(), scheme.path().to_str().unwrap());
    let report = |step: &str| -> Value {
        let output =
            run(&["check", "--answers", path, "--scheme", scheme, "--step", step, "--format", "json"]);
        serde_json::from_slice(&output.stdout).unwrap_or_else(|_| panic!("{output:#?}"))
    };
    let right = report("define-kate");
    assert_eq!((&right["points"], &right["of"]), (&Value::from(3.0), &Value::from(3.0)));
    let record = serde_json::json!({ "tries": 3, "hints": 1, "answer_shown": true });
    assert_eq!(right["steps"][0]["record"], record);
    // That alex does not know the function held before anything was typed: it earns nothing.
    let wrong = report("unknown-on-alex");
    assert!(wrong["steps"][0]["conditions"].as_array().unwrap().iter().any(|one| one["holds"] == true));
    assert_eq!((&wrong["points"], &wrong["of"]), (&Value::from(0.0), &Value::from(2.0)));
    let bad = answers("weights: { define-kat: 2 }\n");
    let output = run(&["check", "--answers", path, "--scheme", bad.path().to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains(":1:12") && stderr(&output).contains("define-kate"), "{output:#?}");
}

#[test]
fn a_folder_hands_in_the_files_beside_its_answers() {
    let folder = tempfile::tempdir().unwrap();
    let text = "lesson: otp-distribution\nanswers:\n  new-project:\n  - write: chat/mix.exs\n  - write: chat/lib/chat/application.ex\n";
    std::fs::create_dir_all(folder.path().join("chat/lib/chat")).unwrap();
    std::fs::write(folder.path().join("answers.yaml"), text).unwrap();
    let mix = "defmodule Chat.MixProject do\n  def application, do: [mod: {Chat.Application, []}]\nend\n";
    std::fs::write(folder.path().join("chat/mix.exs"), mix).unwrap();
    let application = "defmodule Chat.Application do\n  use Application\nend\n";
    std::fs::write(folder.path().join("chat/lib/chat/application.ex"), application).unwrap();
    let path = folder.path().to_str().unwrap();
    let output = run(&["check", "--answers", path, "--step", "new-project"]);
    assert_eq!(output.status.code(), Some(0), "{}", stdout(&output));
    std::fs::remove_file(folder.path().join("chat/mix.exs")).unwrap();
    let output = run(&["check", "--answers", path, "--step", "new-project"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("answers.yaml:4:12"), "{}", stderr(&output));
}

#[test]
fn a_report_for_ci_is_one_document() {
    let file = answers(MIXED);
    let path = file.path().to_str().unwrap();
    let output = run(&["check", "--answers", path, "--step", "unknown-on-alex", "--format", "junit"]);
    let told = stdout(&output);
    assert!(told.starts_with("<?xml") && told.ends_with("</testsuites>\n"), "{told}");
    assert!(told.contains("<testsuite name=\"spawn-link\"") && told.contains("<failure "), "{told}");
    assert_eq!(output.status.code(), Some(1));
}

#[test]
fn what_has_come_is_there_if_moebi_is_killed() {
    use std::io::{BufRead, BufReader};
    let file = answers(&MIXED.replace("1 + 1", "x"));
    let (mut command, _home) = moebi();
    command.args(["check", "--section", "spawn-link", "--format", "json", "--answers"]).arg(file.path());
    let mut child = command.stdout(Stdio::piped()).spawn().unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines().map(Result::unwrap);
    assert!(lines.next().unwrap().ends_with("\"steps\":["));
    let first: Value = serde_json::from_str(&lines.next().unwrap()).expect("a row by itself");
    child.kill().unwrap();
    child.wait().unwrap();
    assert_eq!((&first["step"], &first["verdict"]), (&"define-kate".into(), &"passed".into()));
}
