//! The real binary, checking answers on real nodes.

mod machine_faults;
mod submission;

use std::{
    io::{BufRead, BufReader},
    process::Stdio,
};

use serde_json::Value;
use tempfile::NamedTempFile;

use crate::support::home::{Finished, Home};

fn run(arguments: &[&str]) -> Finished {
    Home::new().runs(arguments)
}

/// Checks these answers to one step, and gives the report.
fn check(answers: &str, step: &str) -> (Value, Option<i32>) {
    let file = written(answers);
    let checked = run(&["check", "--answers", path(&file), "--step", step, "--format", "json"]);
    (checked.json(), checked.code)
}

/// Likewise, of all steps of a section.
fn check_section(answers: &str, section: &str) -> (Value, Option<i32>) {
    let file = written(answers);
    let checked = run(&["check", "--answers", path(&file), "--section", section, "--format", "json"]);
    (checked.json(), checked.code)
}

fn written(text: &str) -> NamedTempFile {
    let file = tempfile::Builder::new().suffix(".yaml").tempfile().unwrap();
    std::fs::write(file.path(), text).unwrap();
    file
}

fn path(file: &NamedTempFile) -> &str {
    file.path().to_str().unwrap()
}

/// One section; the whole lesson is checked by `.ci/run`.
#[test]
fn the_exported_model_answers_pass_as_a_file() {
    let exported = run(&["export", "--model", "--format", "answers"]).exits(0);
    let file = written(&exported.stdout);
    let arguments = ["check", "--answers", path(&file), "--section", "starting-nodes", "--format", "json"];
    let checked = run(&arguments).exits(0);
    let report = checked.json();
    let steps = report["steps"].as_array().unwrap();
    assert!(steps.iter().all(|step| step["verdict"] == "passed"), "{report:#}");
    assert_eq!(report["passed"], steps.len());
}

/// A node that hangs, a node that is gone, a missing bracket: whatever a step leaves behind, the next is judged by itself.
#[test]
fn a_wrong_answer_fails_and_costs_no_other_step() {
    let wrong = [
        "- kate: 1 + 1",
        "- kate: Process.sleep(:infinity)",
        "- kate: System.halt()",
        "- kate: 'IO.puts((1'",
        "- Kate: 1",
        "- kate: a: b",
    ];
    for wrong in wrong {
        let own = "[kate: 'defmodule Kate, do: (def say_name, do: IO.puts(\"Hi, my name is Kate\"))']";
        let answers = format!(
            "lesson: otp-distribution\nanswers:\n  define-kate: {own}\n  local-hello:\n  {wrong}\n  unknown-on-alex:\n  - alex: Kate.say_name()\n"
        );
        let (report, _) = check_section(&answers, "spawn-link");
        let step = |id: &str| {
            let steps = report["steps"].as_array().expect("steps");
            steps
                .iter()
                .find(|step| step["step"] == id)
                .unwrap_or_else(|| panic!("no {id}: {report:#}"))
                .clone()
        };
        assert_eq!(step("define-kate")["verdict"], "passed", "{wrong}");
        let fallen = step("local-hello");
        assert!(fallen["verdict"] == "failed" || fallen["verdict"] == "timed_out", "{wrong}: {fallen:#}");
        assert!(fallen["seen"].as_str().is_some_and(|text| !text.is_empty()), "{fallen:#}");
        let next = step("unknown-on-alex");
        assert_eq!(
            (&next["verdict"], &next["after"]),
            (&"passed".into(), &"local-hello".into()),
            "{wrong}: {next:#}"
        );
    }
    let (report, _) =
        check("lesson: otp-distribution\nanswers:\n  define-kate:\n  - alex: 1 + 1\n", "define-kate");
    let step = &report["steps"][0];
    assert_eq!(step["verdict"], "failed");
    assert!(step["expected"].as_str().is_some_and(|text| !text.is_empty()), "{step:#}");
    assert!(step["hint"].as_str().is_some_and(|text| !text.is_empty()), "{step:#}");
}

/// What the learner named differs from the model's names, and must be there after somebody else's slip.
#[test]
fn what_has_passed_is_there_again_as_the_learner_did_it() {
    let answers = "lesson: otp-distribution\nanswers:\n  define-kate:\n  - kate: 'defmodule Kate, do: (def say_name, do: IO.puts(\"Hi, my name is Kate\"); def mine, do: :mine)'\n  local-hello:\n  - kate: System.halt()\n  unknown-on-alex:\n  - kate: Kate.mine()\n  - alex: Kate.say_name()\n";
    let (report, _) = check_section(answers, "spawn-link");
    let shown = report.to_string();
    assert!(!shown.contains("Kate.mine/0 is undefined"), "{report:#}");
    assert_eq!(
        report["steps"].as_array().expect("steps").iter().filter(|step| step["verdict"] == "passed").count(),
        2
    );
}

#[test]
fn a_wrong_choice_is_explained() {
    let (report, code) =
        check("lesson: otp-distribution\nanswers:\n  three-nodes:\n    - choose: alex\n", "three-nodes");
    let step = &report["steps"][0];
    assert_eq!((&step["verdict"], code), (&"failed".into(), Some(1)));
    assert_eq!(
        (&step["expected"], &step["seen"]),
        (&"the right choice".into(), &"“only alex” was chosen".into())
    );
    assert!(
        step["hint"].as_str().is_some_and(|why| why.starts_with("If each connection stayed")),
        "{step:#}"
    );
}

#[test]
fn an_input_that_does_not_come_back_is_timed_out() {
    let answers =
        "lesson: otp-distribution\nanswers:\n  define-kate:\n    - kate: Process.sleep(:infinity)\n";
    let (report, code) = check(answers, "define-kate");
    assert_eq!((&report["steps"][0]["verdict"], code), (&"timed_out".into(), Some(1)));
}

#[test]
fn an_answer_file_that_cannot_be_read_says_where() {
    let file = written("lesson: otp-distribution\nanswers:\n  define-kat:\n    - kate: 1\n");
    run(&["check", "--answers", path(&file)]).exits(2).complains("define-kate").complains(":3:");
    // Others can be judged.
    let file = written(
        "lesson: otp-distribution\nanswers:\n  define-kat:\n    - kate: 1\n  leave:\n    - kate: node()\n",
    );
    let checked = run(&["check", "--answers", path(&file), "--step", "define-kate"]).exits(1);
    checked.complains("did you mean `define-kate`?").complains(":3:");
    run(&["check", "--answers", "/nowhere/answers.yaml"]).exits(2).complains("/nowhere/answers.yaml");
}

#[test]
fn unknown_words_are_answered_with_what_was_meant() {
    let checked = run(&["check", "--model", "--step", "define-kat"]).exits(2);
    checked.complains("Did you mean `define-kate`?");
    run(&["check", "--modle"]).exits(2).complains("--model");
}

#[test]
fn without_an_elixir_it_says_how_to_get_one() {
    let home = Home::new();
    let mut command = home.command(&["check", "--model"]);
    command.env("PATH", home.path("tmp")).env("XDG_CACHE_HOME", home.path("cache"));
    home.finishes(&mut command).exits(3).complains("moebi setup");
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
    let (report, _) = check(MIXED, "unknown-on-alex");
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
    assert!(!report.to_string().contains("\\u001b"), "no escapes");
}

#[test]
fn people_see_all_terminals_in_one_transcript() {
    let file = written(MIXED);
    let told = run(&["check", "--answers", path(&file), "--step", "unknown-on-alex"]).stdout;
    assert!(told.contains("      what happened\n        alex │ iex> IO.puts("), "{told}");
    assert!(told.contains("        kate │ iex> Node.spawn("), "{told}");
    assert!(!told.contains('\u{1b}'), "{told:?}");
    let too_wide: Vec<_> = told.lines().filter(|line| line.chars().count() > 80).collect();
    assert!(too_wide.is_empty(), "{too_wide:#?}");
}

#[test]
fn a_scheme_weighs_and_a_record_is_passed_on() {
    let file = written(MIXED);
    let scheme = written("weights: { spawn-link: 2, define-kate: 1.5 }\npartial: conditions\n");
    let report = |step: &str| {
        let answers = ["check", "--answers", path(&file), "--scheme", path(&scheme)];
        run(&[&answers[..], &["--step", step, "--format", "json"]].concat()).json()
    };
    let right = report("define-kate");
    assert_eq!((&right["points"], &right["of"]), (&Value::from(3.0), &Value::from(3.0)));
    let record = serde_json::json!({ "tries": 3, "hints": 1, "answer_shown": true });
    assert_eq!(right["steps"][0]["record"], record);
    // That alex does not know the function held before anything was typed: it earns nothing.
    let wrong = report("unknown-on-alex");
    assert!(wrong["steps"][0]["conditions"].as_array().unwrap().iter().any(|one| one["holds"] == true));
    assert_eq!((&wrong["points"], &wrong["of"]), (&Value::from(0.0), &Value::from(2.0)));
    let bad = written("weights: { define-kat: 2 }\n");
    let checked = run(&["check", "--answers", path(&file), "--scheme", path(&bad)]).exits(2);
    checked.complains(":1:12").complains("define-kate");
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
    run(&["check", "--answers", path, "--step", "new-project"]).exits(0);
    std::fs::remove_file(folder.path().join("chat/mix.exs")).unwrap();
    run(&["check", "--answers", path, "--step", "new-project"]).exits(2).complains("answers.yaml:4:12");
}

#[test]
fn a_report_for_ci_is_one_document() {
    let file = written(MIXED);
    let checked = run(&["check", "--answers", path(&file), "--step", "unknown-on-alex", "--format", "junit"]);
    let told = checked.exits(1).stdout;
    assert!(told.starts_with("<?xml") && told.ends_with("</testsuites>\n"), "{told}");
    assert!(told.contains("<testsuite name=\"spawn-link\"") && told.contains("<failure "), "{told}");
}

#[test]
fn what_has_come_is_there_if_moebi_is_killed() {
    let (home, file) = (Home::new(), written(MIXED));
    let arguments = ["check", "--answers", path(&file), "--section", "spawn-link", "--format", "json"];
    let mut command = home.command(&arguments);
    let mut child = command.stdout(Stdio::piped()).spawn().unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines().map(Result::unwrap);
    assert!(lines.next().unwrap().ends_with("\"steps\":["));
    let first: Value = serde_json::from_str(&lines.next().unwrap()).expect("a row by itself");
    child.kill().unwrap();
    child.wait().unwrap();
    assert_eq!((&first["step"], &first["verdict"]), (&"define-kate".into(), &"passed".into()));
}
