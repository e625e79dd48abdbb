//! Without a terminal that can draw: labelled lines, one line a time in.

use moebi::{
    lesson::{Lang, Question, Section, Step, Task},
    render::messages,
};

use crate::support::{
    home::Home,
    learner::{PipeLearner, is_done, typed},
    lesson::lesson,
};

/// Does a step as the model answer has it.
#[track_caller]
fn does(mut learner: PipeLearner, step: &Step) -> PipeLearner {
    if let Some(question) = question(step) {
        learner = learner.prompts("?").types(right(question));
    }
    for (terminal, text) in typed(&step.answer()) {
        learner = learner.types(&format!("/{terminal}")).prompts("").types(text);
    }
    learner.sees_done()
}

fn question(step: &Step) -> Option<&Question> {
    match &step.task {
        Task::Ask(question) => Some(question),
        Task::Do { .. } | Task::AskMissed => step.predict.as_ref(),
    }
}

/// What is typed to choose rightly, whatever the order.
fn right(question: &Question) -> &str {
    question.correct.as_str()
}

fn section(id: &str, arguments: &[&str]) -> String {
    let lesson = lesson();
    let section: &Section = lesson.section(id).expect("a section");
    let home = Home::new();
    let mut learner = home.opens_pipe(&mut home.command(arguments));
    learner = learner.prompts("").types(&format!("/goto {id}"));
    for (number, step) in section.steps.iter().enumerate() {
        learner = learner.sees_label(&messages::label_step(number + 1, section.steps.len()));
        if !matches!(step.task, Task::Ask(_)) && step.predict.is_none() {
            learner = learner.prompts("");
        }
        learner = does(learner, step).types("");
    }
    learner.ends().exits(0).stdout
}

#[test]
fn a_section_on_pipes() {
    let page = section("spawn-link", &[]);
    assert!(!page.contains('\u{1b}'), "{page}");
    for line in [
        "[alex] Hi, my name is Kate (printed by kate)",
        "[prediction, right] ",
        "[alex] {:kate@localhost, :alex@localhost} (printed by kate)",
        "[ok] A process on kate printed the greeting, and it appeared on alex",
        "[right] ",
        "[section done] ",
    ] {
        assert!(page.contains(line), "no {line:?} in:\n{page}");
    }
}

#[test]
fn a_whole_script_at_once() {
    let lesson = lesson();
    let section = lesson.section("starting-nodes").expect("the first section");
    let home = Home::new();
    let mut learner = home.opens_pipe(&mut home.command(&[]));
    for step in &section.steps {
        if let Some(question) = question(step) {
            learner = learner.types(right(question));
        }
        for (terminal, text) in typed(&step.answer()) {
            learner = learner.types(&format!("/{terminal}")).types(text);
        }
        learner = learner.types("");
    }
    let page = learner.ends().exits(0).stdout;
    let done = page.lines().filter(|line| is_done(line, Lang::En)).count();
    assert_eq!(done, section.steps.len(), "{page}");
}

#[test]
fn a_section_in_greek_with_plain() {
    let page = section("starting-nodes", &["--plain", "--lang", "el"]);
    assert!(!page.contains('\u{1b}'), "{page}");
    let first = page.lines().next().expect("a line");
    assert!(first.contains(lesson().prose(Lang::El).title.as_str()), "{first}");
}

#[test]
fn a_terminal_that_cannot_draw() {
    let home = Home::new();
    let mut command = home.command(&[]);
    let learner = home
        .opens_pty(80, 24, command.env("TERM", "dumb"))
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
    learner.pty().ends();
    let bytes = learner.pty().bytes();
    assert!(!bytes.contains(&0x1b), "{}", String::from_utf8_lossy(&bytes));
    learner.has_left();
}

#[test]
fn why_in_labelled_lines() {
    for (lang, why, told) in [
        (
            "en",
            "/why",
            [
                "[why] kate » Node.ping(:nobody@localhost)",
                "[why] kate: :pang",
                "[why] No node is called nobody@localhost",
                "[seen] epmd was asked for nobody, and knew no such name. It knows now: alex, kate.",
                "[try] ",
            ],
        ),
        (
            "el",
            "/γιατί",
            [
                "[γιατί] kate » Node.ping(:nobody@localhost)",
                "[γιατί] kate: :pang",
                "[γιατί] Κανένας κόμβος δεν λέγεται nobody@localhost",
                "[φάνηκε] Το epmd ρωτήθηκε για τον nobody και δεν ήξερε τέτοιο όνομα. Τώρα ξέρει: alex, kate.",
                "[δοκίμασε] ",
            ],
        ),
    ] {
        let home = Home::new();
        let learner = home.opens_pipe(&mut home.command(&["--plain", "--lang", lang]));
        let learner = learner.types("/goto spawn-link").prompts("iex(kate@localhost)1>");
        let learner =
            learner.types("Node.ping(:nobody@localhost)").prompts("iex(kate@localhost)2>").types(why);
        let learner = told.into_iter().fold(learner, PipeLearner::sees).prompts("iex(kate@localhost)2>");
        let page = learner.types("/quit").ends().exits(0).stdout;
        assert!(!page.contains('\u{1b}'), "{page}");
    }
}

#[test]
fn a_project_that_was_just_made_is_not_looked_for_elsewhere() {
    let learner = Home::new().opens_plain().types("/goto new-project").sees("mix new chat --sup").prompts("");
    let learner = learner.types("/shell").prompts("shell $").types("mix new chat --sup").sees_done();
    let page = learner.quits();
    assert!(!page.contains("but not as chat"), "{page}");
}
