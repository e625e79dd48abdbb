//! Without a terminal that can draw: labelled lines, one line a time in.

use std::sync::Arc;

use moebi::{
    lesson::{Lang, Question, Section, Step, Task},
    render::messages,
};

use crate::common::{
    learner,
    person::{Home, typed},
    pipe::{Pipe, is_done},
};

/// Does a step as the model answer has it.
fn does(pipe: &mut Pipe, step: &Step) {
    if let Some(question) = question(step) {
        pipe.prompts("?");
        pipe.types(&number(question));
    }
    for (terminal, text) in typed(&step.answer()) {
        pipe.types(&format!("/{terminal}"));
        pipe.prompts("");
        pipe.types(text);
    }
    pipe.says_done();
}

fn question(step: &Step) -> Option<&Question> {
    match &step.task {
        Task::Ask(question) => Some(question),
        Task::Do { .. } | Task::AskMissed => step.predict.as_ref(),
    }
}

/// What is typed to choose rightly.
fn number(question: &Question) -> String {
    let at = question.choices.iter().position(|choice| *choice == question.correct);
    (at.expect("a choice of its own") + 1).to_string()
}

fn section(id: &str, arguments: &[&str]) -> Vec<String> {
    let lesson = learner::lesson();
    let section: &Section = lesson.section(id).expect("a section");
    let mut pipe = Pipe::open(arguments);
    pipe.prompts("");
    pipe.types(&format!("/goto {id}"));
    for (number, step) in section.steps.iter().enumerate() {
        pipe.labels(&messages::label_step(number + 1, section.steps.len()));
        if !matches!(step.task, Task::Ask(_)) && step.predict.is_none() {
            pipe.prompts("");
        }
        does(&mut pipe, step);
        pipe.types("");
    }
    pipe.ends()
}

fn has_no_escapes(said: &[String]) {
    let drawn: Vec<_> = said.iter().filter(|line| line.contains('\u{1b}')).collect();
    assert!(drawn.is_empty(), "{drawn:#?}");
}

#[test]
fn a_section_on_pipes() {
    let said = section("spawn-link", &[]);
    has_no_escapes(&said);
    let all = said.join("\n");
    for line in [
        "[alex] Hi, my name is Kate (printed by kate)",
        "[prediction, right] ",
        "[alex] {:kate@localhost, :alex@localhost} (printed by kate)",
        "[ok] alex shows \"Hi, my name is Kate\", printed by a process on kate",
        "[right] ",
        "[section done] ",
    ] {
        assert!(all.contains(line), "no {line:?} in:\n{all}");
    }
}

#[test]
fn a_whole_script_at_once() {
    let lesson = learner::lesson();
    let section = lesson.section("starting-nodes").expect("the first section");
    let mut pipe = Pipe::open(&[]);
    for step in &section.steps {
        if let Some(question) = question(step) {
            pipe.types(&number(question));
        }
        for (terminal, text) in typed(&step.answer()) {
            pipe.types(&format!("/{terminal}"));
            pipe.types(text);
        }
        pipe.types("");
    }
    let said = pipe.ends();
    let done = said.iter().filter(|line| is_done(line, Lang::En)).count();
    assert_eq!(done, section.steps.len(), "{}", said.join("\n"));
}

#[test]
fn a_section_in_greek_with_plain() {
    let said = section("starting-nodes", &["--plain", "--lang", "el"]);
    has_no_escapes(&said);
    let title = &learner::lesson().prose(Lang::El).title.clone();
    assert!(said[0].contains(title.as_str()), "{said:#?}");
}

#[test]
fn a_terminal_that_cannot_draw() {
    let person = Arc::new(Home::new())
        .opens_in("dumb", 80, 24, &[])
        .sees("[step 1 of 7]")
        .sees("[prompt] shell $")
        .types("iex")
        .sees("[prompt] shell iex(1)>")
        .types("Node.self()")
        .sees("[shell, value] :nonode@nohost")
        .sees("[done]")
        .sees("[prompt] shell iex(2)>")
        .types("/hint")
        .sees("[hint 1 of 3]")
        .sees("[prompt] shell iex(2)>")
        .types("/quit")
        .sees("[moebi]");
    person.pty().ends();
    let bytes = person.pty().bytes();
    assert!(!bytes.contains(&0x1b), "{}", String::from_utf8_lossy(&bytes));
    person.has_left();
}
