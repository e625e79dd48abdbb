//! The conditions that the section on cookies rests on, each both ways.

use std::sync::Arc;

use moebi::lesson::{Input, Nonce, Source, Verdict, load};

use super::{alex, attempts, close, kate};

const STRUCTURE: &str = "\
lesson: small
requires: { elixir: '>= 1.14' }
terminals: [alex, kate]
sections:
  - id: one
    minutes: 1
    start:
      - alex: iex --sname alex@localhost
      - kate: iex --sname kate@localhost
    steps:
      - id: with-a-cookie
        answer: [ kate: Node.set_cookie(:one) ]
        check: [ { started: kate, in: kate, cookie: one } ]
      - id: turned-away
        answer: [ alex: Node.connect(:kate@localhost) ]
        check: [ { refused: [alex, kate] } ]
";

const PROSE: &str = "\
title: Small
summary: Small.
one:
  title: One
  steps:
    with-a-cookie: { title: Cookie, text: Take one., hints: [Take it.] }
    turned-away: { title: Away, text: Call., hints: [Call her.] }
";

/// The verdict of a step that asks for one condition, which looks at nothing else.
fn verdict(step: &str, inputs: Vec<Input>) -> Verdict {
    let file = |name: &str, text: &str| (format!("small/{name}"), text.to_owned());
    let files = vec![file("lesson.yaml", STRUCTURE), file("en.yaml", PROSE), file("el.yaml", PROSE)];
    let lesson = load(&Source { id: "small".into(), files }, &Nonce::sample());
    let lesson = Arc::new(lesson.unwrap_or_else(|complaints| panic!("{complaints:#?}")));
    attempts(&lesson, &[(step, inputs)]).remove(0).verdict
}

/// Each of these inputs comes to that verdict.
fn all_come_to(wanted: Verdict, step: &str, attempts: impl IntoIterator<Item = Vec<Input>>) {
    for inputs in attempts {
        assert_eq!(verdict(step, inputs.clone()), wanted, "{inputs:?}");
    }
}

#[test]
fn started_knows_a_cookie_from_another() {
    let starts = |cookie: &str| kate(format!("iex --sname kate@localhost {cookie}"));
    let right = [
        vec![close("kate"), starts("--cookie one")],
        vec![kate("Node.set_cookie(:one)")],
        vec![close("kate"), starts("--cookie other"), kate(":erlang.set_cookie(:one)")],
    ];
    all_come_to(Verdict::Passed, "with-a-cookie", right);
    let wrong = [
        vec![close("kate"), starts("")],
        vec![kate("Node.set_cookie(:alex@localhost, :one)")],
        vec![alex("Node.set_cookie(:one)")],
    ];
    all_come_to(Verdict::Failed, "with-a-cookie", wrong);
}

/// In this lesson kate has a cookie of its own by now.
#[test]
fn refused_is_told_from_what_looks_like_it() {
    let right = [
        vec![alex("Node.connect(:kate@localhost)")],
        vec![kate("Node.connect(:alex@localhost)")],
        vec![alex("Node.spawn_link(:kate@localhost, fn -> 1 end)")],
    ];
    all_come_to(Verdict::Passed, "turned-away", right);
    let (agree, call) = (alex("Node.set_cookie(:one)"), alex("Node.connect(:kate@localhost)"));
    let leave = alex("Node.disconnect(:kate@localhost)");
    let both = alex("Node.connect(:kate@localhost); Node.disconnect(:kate@localhost)");
    let wrong = [
        vec![alex("Node.list()")],
        vec![alex("Node.connect(:katy@localhost)")],
        vec![agree.clone(), both],
        vec![agree.clone(), call.clone(), leave],
        vec![close("kate"), call.clone()],
        vec![agree, call, alex("Node.set_cookie(:two)")],
    ];
    all_come_to(Verdict::Failed, "turned-away", wrong);
}
