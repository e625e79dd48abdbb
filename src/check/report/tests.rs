use serde_json::Value;

use super::*;
use crate::{
    check::outcome::{Moment, MomentKind},
    i18n::{Localized, Verbatim},
    lesson::{Nonce, embedded, load},
};

fn lesson() -> Arc<Lesson> {
    Arc::new(load(&embedded()[0], &Nonce::sample()).expect("the lesson is whole"))
}

fn subject(lesson: &Arc<Lesson>) -> Subject {
    let steps = ["define-kate", "local-hello", "wait-on-kate"];
    Subject {
        name: "<ana>".to_owned(),
        lesson: lesson.clone(),
        steps: steps.iter().map(|step| Position::of(lesson, step).expect("it is there")).collect(),
        runtime: Runtime { path: Vec::new(), elixir: "1.14.0".to_owned(), otp: "25".to_owned() },
        lang: Lang::En,
    }
}

fn result(lesson: &Lesson, step: &str, verdict: Verdict) -> StepResult {
    let (section, step) = lesson.step(step).expect("it is there");
    StepResult::bare(section, step, verdict, 1.0)
}

fn fallen_short(lesson: &Lesson) -> StepResult {
    let moment = |at, terminal: Option<&str>, kind, text: &str, by: Option<&str>| Moment {
        at,
        terminal: terminal.map(str::to_owned),
        kind,
        text: text.to_owned(),
        by: by.map(str::to_owned),
    };
    StepResult {
        expected: Some(Localized::from(Verbatim::said(
            "kate shows \"Hi, my name is Kate\", printed by a process on kate, and nobody else says so",
        ))),
        seen: Some(Localized::from(Verbatim::said("\u{1b}[2Jnothing\u{7}"))),
        hint: Some("Ask.".to_owned()),
        timeline: vec![
            moment(0, Some("kate"), MomentKind::Typed, "iex> Node.self()", None),
            moment(3, Some("moebi"), MomentKind::Printed, "hi", Some("alex")),
            moment(4, None, MomentKind::Nodes, "alex and kate are connected", None),
            moment(5, Some("kate"), MomentKind::Value, &"long ".repeat(30), None),
        ],
        points: 0.5,
        ..result(lesson, "local-hello", Verdict::Failed)
    }
}

fn report(format: ReportFormat, lesson: &Arc<Lesson>) -> Report {
    Report::new(format, subject(lesson), Palette::MONOCHROME)
}

#[test]
fn people_read_each_step_as_soon_as_it_is_its_turn() {
    let lesson = lesson();
    let mut report = report(ReportFormat::Human, &lesson);
    assert_eq!(report.step(&result(&lesson, "wait-on-kate", Verdict::CouldNotRun)), "");
    let first = report.step(&result(&lesson, "define-kate", Verdict::Passed));
    assert_eq!(first, "spawn-link\n  ✔ define-kate              passed       0.0 s\n");
    let rest = report.step(&fallen_short(&lesson)) + &report.end();
    assert_eq!(
        rest,
        "  ✘ local-hello              failed       0.0 s
      expected  kate shows \"Hi, my name is Kate\", printed by a process on kate,
                and nobody else says so
      seen      nothing␇
      try       Ask.
      what happened
        kate  │ iex> Node.self()
        moebi │ hi                                                 ‹ from alex ›
              · alex and kate are connected
        kate  │ long long long long long long long long long long long long long
        kate  │ long long long long long long long long long long long long long
        kate  │ long long long long
replies
  ! wait-on-kate             could not run    0.0 s

1 passed, 1 failed, 1 could not run · 1.5 of 2 points (Elixir 1.14.0, OTP 25)
"
    );
    assert_eq!(report.tally().exit_code(), 3);
}

#[test]
fn what_was_expected_is_three_lines_at_most() {
    let lesson = lesson();
    let expected =
        Some(Localized::from(Verbatim::said(&"or `:erpc.call(_, System, :cmd, _)` is typed ".repeat(30))));
    let result = StepResult { expected, ..result(&lesson, "define-kate", Verdict::Failed) };
    let told = report(ReportFormat::Human, &lesson).step(&result);
    let lines: Vec<_> = told.lines().skip_while(|line| !line.contains("expected")).collect();
    assert!(lines.len() <= 3 && lines.last().is_some_and(|line| line.ends_with('…')), "{told}");
}

#[test]
fn nobody_waits_for_what_never_came() {
    let lesson = lesson();
    let mut report = report(ReportFormat::Human, &lesson);
    assert_eq!(report.step(&fallen_short(&lesson)), "");
    let told = report.end();
    assert!(told.starts_with("spawn-link\n  ✘ local-hello") && told.contains("0 passed, 1 failed"), "{told}");
}

#[test]
fn programs_read_a_line_a_step_and_one_document() {
    let lesson = lesson();
    let mut report = report(ReportFormat::Json, &lesson);
    let mut told = vec![report.step(&result(&lesson, "define-kate", Verdict::Passed))];
    told.push(report.step(&fallen_short(&lesson)));
    assert!(told.iter().all(|text| text.ends_with('\n')), "{told:?}");
    assert_eq!(told[1].lines().count(), 1);
    let row: Value = serde_json::from_str(told[1].trim_start_matches(',')).expect("a row by itself");
    assert_eq!(row["step"], "local-hello");
    told.push(report.end());
    let whole: Value = serde_json::from_str(&told.concat()).expect("one document");
    assert_eq!(whole["lesson"], "otp-distribution");
    assert_eq!((&whole["elixir"], &whole["otp"]), (&Value::from("1.14.0"), &Value::from("25")));
    let step = &whole["steps"][1];
    assert_eq!((&step["verdict"], &step["points"]), (&Value::from("failed"), &Value::from(0.5)));
    assert_eq!(step["seen"], "nothing␇");
    assert_eq!(step["timeline"][1]["by"], "alex");
    let sums = ["passed", "failed", "timed_out", "skipped", "could_not_run"].map(|key| whole[key].clone());
    assert_eq!(sums, [1, 1, 0, 0, 0].map(Value::from));
    assert_eq!((&whole["points"], &whole["of"]), (&Value::from(1.5), &Value::from(2.0)));
}

#[test]
fn a_report_of_nothing_is_a_document_too() {
    let whole: Value = serde_json::from_str(&report(ReportFormat::Json, &lesson()).end()).expect("JSON");
    assert_eq!(whole["steps"], Value::Array(Vec::new()));
    let told = report(ReportFormat::Junit, &lesson()).end();
    assert!(told.ends_with("<testsuites name=\"otp-distribution\">\n</testsuites>\n"), "{told}");
}

#[test]
fn a_suite_is_written_when_its_section_is_whole() {
    let lesson = lesson();
    let mut report = report(ReportFormat::Junit, &lesson);
    let mut told = report.step(&result(&lesson, "define-kate", Verdict::Passed));
    assert!(!told.contains("<testsuite "), "{told}");
    told += &report.step(&fallen_short(&lesson));
    assert!(told.contains("<testsuite name=\"spawn-link\" tests=\"2\"") && told.contains("failures=\"1\""));
    told += &report.step(&result(&lesson, "wait-on-kate", Verdict::CouldNotRun));
    told += &report.end();
    assert_eq!(told.matches("<?xml").count(), 1, "{told}");
    assert_eq!(told.matches("<testsuites ").count(), 1, "{told}");
    assert_eq!(told.matches("</testsuite>").count(), 2, "{told}");
    assert!(
        told.contains("classname=\"&lt;ana&gt;.replies\"") && told.ends_with("</testsuites>\n"),
        "{told}"
    );
    let mut reader = quick_xml::Reader::from_str(&told);
    while reader.read_event().expect("well-formed") != quick_xml::events::Event::Eof {}
}

/// All reports of answers that nobody can read.
fn unread(format: ReportFormat) -> String {
    let why =
        Error::usage(Localized::from(Verbatim::said("answers.yaml:1:9: no \u{1b}[2JYAML\n::error::forged")));
    unreadable(format, &lesson(), "<ana>", &why, Lang::En)
}

#[test]
fn a_document_says_that_the_answers_cannot_be_read() {
    let json: Value = serde_json::from_str(&unread(ReportFormat::Json)).expect("JSON");
    assert!(json["unreadable"].as_str().is_some_and(|why| why.starts_with("answers.yaml:1:9")), "{json:#}");
    assert_eq!((&json["steps"], &json["failed"]), (&Value::from(Vec::<Value>::new()), &Value::from(0)));
    let junit = unread(ReportFormat::Junit);
    assert!(
        junit.contains(r#"tests="1" skipped="0" failures="1""#) && junit.contains("answers.yaml:1:9"),
        "{junit}"
    );
    assert!(junit.contains("&lt;ana&gt;") && !junit.contains('\u{1b}'), "{junit}");
    let github = unread(ReportFormat::Github);
    assert!(
        github.starts_with("::error title=<ana>::answers.yaml:1:9") && github.lines().count() == 1,
        "{github}"
    );
    let gradescope: Value = serde_json::from_str(&unread(ReportFormat::Gradescope)).expect("JSON");
    assert!(
        gradescope["output"].as_str().is_some_and(|why| why.contains("answers.yaml:1:9")),
        "{gradescope:#}"
    );
    assert_eq!(gradescope["score"], 0);
    assert_eq!(unread(ReportFormat::Human), "");
}

#[test]
fn gradescope_has_a_test_for_each_step_under_its_title() {
    let lesson = lesson();
    let mut report = report(ReportFormat::Gradescope, &lesson);
    let mut text = String::new();
    // Results come in any order.
    text += &report.step(&result(&lesson, "wait-on-kate", Verdict::CouldNotRun));
    text += &report.step(&fallen_short(&lesson));
    text += &report.step(&result(&lesson, "define-kate", Verdict::Passed));
    text += &report.end();
    let document: Value = serde_json::from_str(&text).expect("one document");
    let tests = document["tests"].as_array().expect("tests");
    let said = |key: &str| tests.iter().map(|test| test[key].clone()).collect::<Vec<_>>();
    assert_eq!(said("status"), ["passed", "failed", "failed"]);
    assert_eq!(said("score"), [1.0, 0.5, 0.0]);
    assert_eq!(said("max_score"), [1.0, 1.0, 0.0], "what could not run costs nothing");
    assert_eq!(said("output_format"), ["text"; 3]);
    assert!(
        document["output"].as_str().is_some_and(|words| words.contains("costs no points")),
        "{document:#}"
    );
    assert!(!text.contains("define-kate") && !text.contains("local-hello"), "no id that nobody saw: {text}");
}
