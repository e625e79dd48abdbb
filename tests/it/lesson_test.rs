//! `moebi lesson test` on real nodes, with a lesson that has each kind of defect: it must be told of every one.

use std::{fs, process::Stdio, time::SystemTime};

use quick_junit::TestCaseStatus;
use rustix::process::{Pid, Signal, kill_process};

use crate::support::{
    elixir,
    home::{Finished, Home},
    until,
};

const STRUCTURE: &str = r#"
lesson: faulty
requires: { elixir: '>= 1.14' }
terminals: [alex]
mistakes: {}
sections:
  - id: one
    minutes: 5
    start:
      - alex: iex --sname alex@localhost
    steps:
      - id: cannot-fail
        answer:
          - alex: 1 + 1
        check:
          - { probe: 'node()', in: alex, gives: ':alex@localhost' }
      - id: one-too-many
        answer:
          - alex: x = 1
          - alex: y = 2
        check:
          - { probe: 'binding()[:y]', in: alex, gives: '2' }
        wrong:
          - answer:
              - alex: y = 2
      - id: never-recognised
        answer:
          - alex: z = 3
        check:
          - { probe: 'binding()[:z]', in: alex, gives: '3' }
        wrong:
          - mistake: too-small
            answer:
              - alex: z = 2
        mistakes:
          too-small:
            - raises: never
      - id: can-be-typed
        answer:
          - alex: Enum.sum([1, 2, 39])
        check:
          - { returns: '42', in: alex }
      - id: can-be-printed
        answer:
          - alex: IO.puts(["so ", to_string(1 + 1)])
        check:
          - { matches: 'so \d', in: alex }
      - id: not-so-optional
        answer:
          - alex: a = 1
          - alex: b = a + 1
        optional: { 1: It may be., 2: So may this. }
        check:
          - { probe: 'binding()[:b]', in: alex, gives: '2' }
        mistakes:
          half-done:
            - { typed: a = 1, in: alex }
      - id: unfair
        answer:
          - alex: Enum.sum([20, 22])
        check:
          - together:
              - { typed: 'Enum.sum(_)', in: alex }
              - { returns: '42', in: alex }
          - { probe: 'node()', in: alex, gives: ':alex@localhost' }
        right:
          - answer:
              - alex: 20 + 22
          - mistake: in-two
            answer:
              - alex: Enum.sum([20])
              - alex: Enum.sum([20, 22])
        mistakes:
          in-two:
            - { returns: '20', in: alex }
          whatever:
            - not: { raises: never, in: alex }
      - id: superfluous
        answer:
          - alex: i = 5
        check:
          - { probe: 'binding()[:i]', in: alex, gives: '5' }
          - { typed: _, in: alex }
          - not: { returns: ':never', in: alex }
          - { probe: 1 + 1, in: alex, gives: '2' }
          - any:
              - { typed: i = 5, in: alex }
              - { typed: 'send(_, _)', in: alex }
              - unproved: { typed: 'raise(_)', in: alex }
                because: nobody would
        wrong:
          - answer:
              - alex: i = 6
          - answer:
              - alex: '{i, j} = {5, 6}'
      - id: asks
        ask: { choices: [alex, kate], correct: kate }
        answer: [ choose: kate ]
      - id: sound
        answer:
          - alex: File.write!("note.txt", "woof"); Node.self()
        check:
          - { file: note.txt, contains: woof }
          - together:
              - { typed: 'Node.self()', in: alex }
              - { returns: ':alex@localhost', in: alex }
        wrong:
          - mistake: by-hand
            answer:
              - alex: ':alex@localhost'
          - answer:
              - alex: File.write!("note.txt", "woof")
          - answer:
              - alex: Node.self()
          - answer:
              - alex: File.write!("note.txt", "woof"); :alex@localhost
          - answer:
              - alex: File.write!("note.txt", "woof"); Node.self(); :ok
        mistakes:
          by-hand:
            - { typed: ':alex@localhost', in: alex }
"#;

fn prose() -> String {
    let step = |id: &str, more: &str| {
        format!("    {id}:\n      title: {id}\n      text: Do it.\n      hints: [ Think., Type. ]\n{more}")
    };
    let mistake = |id: &str| format!("      mistakes: {{ {id}: {{ seen: It is wrong., try: Do it. }} }}\n");
    let choices = "{ alex: { text: alex, why: No. }, kate: { text: kate, why: Yes. } }";
    let asked = step("asks", &format!("      ask: {{ ask: Who?, choices: {choices} }}\n"));
    let advice = "{ seen: It is wrong., try: Do it. }";
    let unfair = format!("      mistakes: {{ in-two: {advice}, whatever: {advice} }}\n");
    let steps = [
        step("cannot-fail", ""),
        step("one-too-many", ""),
        step("never-recognised", &mistake("too-small")),
        step("can-be-typed", ""),
        step("can-be-printed", ""),
        step("not-so-optional", &mistake("half-done")),
        step("unfair", &unfair),
        step("superfluous", ""),
        asked,
        step("sound", &mistake("by-hand")),
    ];
    let head = "title: Faulty\nsummary: A faulty lesson.\nglossary: {}\nmistakes: {}\none:\n  title: One\n  steps:\n";
    format!("{head}{}", steps.concat())
}

/// Tests the faulty lesson.
fn test(arguments: &[&str]) -> Finished {
    let home = home(STRUCTURE);
    // All tests have one cache.
    test_in(&home, &[arguments, &["--afresh"]].concat())
}

fn home(structure: &str) -> Home {
    let home = Home::new();
    write(&home, structure);
    home
}

fn write(home: &Home, structure: &str) {
    let lesson = home.path("lessons/faulty");
    fs::create_dir_all(&lesson).unwrap();
    fs::write(lesson.join("lesson.yaml"), structure).unwrap();
    fs::write(lesson.join("en.yaml"), prose()).unwrap();
}

fn test_in(home: &Home, arguments: &[&str]) -> Finished {
    let mut command = home.command(&["lesson", "test", "--lessons"]);
    home.finishes(command.arg(home.path("lessons")).args(arguments))
}

#[test]
fn every_defect_is_told() {
    let tested = test(&["--format", "json", "--jobs", "4"]);
    let report = tested.json();
    let complaints = report["complaints"].as_array().expect("a list");
    let of = |step: &'static str| complaints.iter().filter(move |told| told["step"] == step);
    let mut told: Vec<_> = complaints
        .iter()
        .map(|told| format!("{} {}", told["step"].as_str().unwrap_or("-"), told["kind"].as_str().unwrap()))
        .collect();
    told.sort();
    told.dedup();
    // The first: one input of ten may be optional; two are too many.
    insta::assert_snapshot!(told.join("\n"), @r"
    - left_out
    can-be-printed forged
    can-be-typed forged
    cannot-fail start
    never-recognised wrong
    not-so-optional left_out
    not-so-optional model
    one-too-many left_out
    one-too-many wrong
    superfluous wrong
    unfair right
    unfair wrong
    ");
    tested.exits(1);
    // Attempts are told as they end, and they are made side by side.
    let is_tried = |told: &serde_json::Value| told["tried"] == serde_json::json!(["alex: 42"]);
    assert!(of("can-be-typed").any(is_tried), "{report:#}");
    for what in [
        "a right answer does not pass",
        "what is right is taken for the mistake `whatever`",
        "no answer comes out otherwise without this: `node()` gives",
        "the mistake `whatever` was recognised in every attempt",
    ] {
        let is_it = |told: &serde_json::Value| told["what"].as_str().is_some_and(|told| told.contains(what));
        assert!(of("unfair").any(is_it), "{what}: {report:#}");
    }
}

#[test]
fn a_sound_step_draws_no_complaint_and_the_table_says_so() {
    let table = test(&["--step", "asks"]).exits(0).stdout;
    let row = table.lines().find(|line| line.contains("asks")).unwrap_or_else(|| panic!("{table}"));
    // One wrong choice: no count is needed.
    assert_eq!(row.split_whitespace().collect::<Vec<_>>(), ["asks", "✔", "–", "✔", "✔", "–", "–"]);
}

#[test]
fn attempts_that_leave_no_trace_share_their_nodes() {
    let tested = test(&["--step", "can-be-typed", "--format", "json", "--jobs", "1"]);
    let report = tested.json();
    let count = |what: &str| report[what].as_u64().expect("a number");
    assert!(count("attempts") >= 4 && count("starts") <= 2, "{report:#}");
}

/// What always holds, what never holds, what another one says as well, and a choice that nobody makes.
#[test]
fn a_condition_that_no_answer_needs_is_told() {
    let report = test(&["--step", "superfluous", "--format", "json"]).exits(1).json();
    let complaints = report["complaints"].as_array().expect("a list");
    let mut told: Vec<_> = complaints.iter().map(|told| told["what"].as_str().unwrap()).collect();
    told.iter_mut().for_each(|what| *what = what.split(';').next().unwrap());
    insta::assert_snapshot!(told.join("\n"), @r"
    no answer comes out otherwise without this: `binding()[:i]` gives `5` on alex
    no answer comes out otherwise without this: `_` is typed in alex
    no answer comes out otherwise without this: not so: alex returns `:never`
    no answer comes out otherwise without this: `1 + 1` gives `2` on alex
    no answer comes out otherwise without this: `send(_, _)` is typed in alex
    ");
}

#[test]
fn what_was_proved_is_not_tried_again_until_it_changes() {
    // All tests have one cache, and it lasts: nobody has proved this one before.
    let fresh = || {
        let now = SystemTime::UNIX_EPOCH.elapsed().expect("a clock");
        STRUCTURE.replace("woof", &format!("woof{}", now.as_nanos()))
    };
    let home = home(&fresh());
    let test = |arguments: &[&str]| {
        let report = test_in(&home, &[arguments, &["--format", "json"]].concat()).json();
        ["unchanged", "attempts"].map(|count| report[count].as_u64().expect("a number"))
    };
    let [unchanged, attempts] = test(&["--step", "sound"]);
    assert_eq!(unchanged, 0);
    assert_eq!(test(&["--step", "sound"]), [1, 0]);
    assert_eq!(test(&["--step", "sound", "--afresh"]), [0, attempts]);
    // The model's answer is given again as well.
    assert_eq!(test(&["--step", "sound", "--repeat", "2"]), [0, 2 * attempts]);
    write(&home, &fresh());
    assert_eq!(test(&["--step", "sound"]), [0, attempts]);
    // What has a defect is tried each time.
    test(&["--step", "cannot-fail"]);
    assert_eq!(test(&["--step", "cannot-fail"])[0], 0);
}

/// Whoever breaks off goes on from there.
#[test]
fn what_was_proved_stays_proved_though_the_rest_is_broken_off() {
    let home = home(STRUCTURE);
    let cache = home.path("cache");
    let test = |arguments: &[&str]| {
        let mut command = home.command(&["lesson", "test", "--format", "json"]);
        command.args(arguments).arg("--lessons").arg(home.path("lessons")).env("XDG_CACHE_HOME", &cache);
        command
    };
    let mut broken_off = test(&["--jobs", "1"]).stdout(Stdio::null()).spawn().expect("it starts");
    until("a step was proved", || match cache.join("moebi/lesson-test.json").exists() {
        true => Ok(()),
        false => Err(broken_off.try_wait()),
    });
    kill_process(Pid::from_child(&broken_off), Signal::INT).expect("it runs");
    assert_eq!(broken_off.wait().expect("it ends").code(), Some(130));
    // That with the most attempts comes first.
    let report = home.finishes(&mut test(&["--step", "sound"])).json();
    assert_eq!([&report["unchanged"], &report["attempts"]], [1, 0], "{report:#}");
}

#[test]
fn what_the_compiler_said_is_told_of_an_answer_that_fails() {
    let structure = STRUCTURE.replacen("- alex: y = 2", "- alex: y = nobody_knows(2)", 1);
    assert_ne!(structure, STRUCTURE);
    let arguments = ["--step", "one-too-many", "--afresh", "--format", "json"];
    let report = test_in(&home(&structure), &arguments).exits(1).json();
    let seen = report["complaints"][0]["seen"].as_array().expect("a list");
    let is_told = |line: &serde_json::Value| {
        line.as_str().is_some_and(|line| line.contains("undefined function nobody_knows/1"))
    };
    assert!(seen.iter().any(is_told), "{report:#}");
}

#[test]
fn late_news_change_no_verdict() {
    let report = test(&["--step", "sound", "--jitter", "--repeat", "3", "--format", "json"]).exits(0).json();
    assert_eq!(report["steps"][0]["wrong"]["tried"], 5 * 3, "{report:#}");
}

#[test]
fn each_elixir_has_a_report_of_its_own() {
    let elixir = elixir::another();
    let elixir = elixir.to_str().expect("text");
    let two = test(&["--step", "asks", "--elixir", elixir, "--elixir", elixir, "--format", "json"]).exits(0);
    assert_eq!(two.json().as_array().expect("a list").len(), 2);
    let nowhere = test(&["--step", "asks", "--elixir", "/nowhere"]).exits(3);
    assert!(nowhere.stderr.contains("/nowhere"), "{}", nowhere.stderr);
}

#[test]
fn ci_reads_what_fell_short() {
    let junit = test(&["--step", "one-too-many", "--format", "junit"]).exits(1).stdout;
    let document =
        quick_junit::Report::deserialize_from_str(&junit).unwrap_or_else(|error| panic!("{error}: {junit}"));
    let cases = document.test_suites.iter().flat_map(|suite| &suite.test_cases);
    let is_failure = |status: &TestCaseStatus| matches!(status, TestCaseStatus::NonSuccess { .. });
    let told: Vec<_> = cases.map(|case| (case.name.as_str(), is_failure(&case.status))).collect();
    assert_eq!(
        told,
        [
            ("one-too-many: model", false),
            ("one-too-many: start", false),
            ("one-too-many: wrong", true),
            ("one-too-many: left out", true),
        ]
    );
}

#[test]
fn a_file_that_one_attempt_left_does_not_help_the_next() {
    // Two of its wrong answers make a right one, and neither leaves a trace in the node.
    test(&["--step", "sound", "--jobs", "1"]).exits(0);
}

#[test]
fn an_unknown_step_is_a_usage_error() {
    test(&["--step", "ask"]).exits(2).complains("`asks`");
}
