//! One person who mistypes the cookie, and reads by ear: labelled lines through a pipe, in the order in which things
//! happened.

use moebi::{
    guide::notice::Notice,
    lesson::{Advice, Lang},
    render::messages,
    session,
};

use crate::common::{learner::lesson, pipe::Pipe};

#[test]
fn mistypes_the_cookie_in_english() {
    mistypes_the_cookie("en");
}

#[test]
fn mistypes_the_cookie_in_greek() {
    mistypes_the_cookie("el");
}

fn mistypes_the_cookie(lang: &str) {
    let mut pipe = Pipe::open(&["--plain", "--lang", lang]);
    pipe.prompts("shell $");
    pipe.types("/goto refused");
    pipe.labels(&messages::label_step(2, 6));
    pipe.prompts("");
    pipe.types("kate complains");
    pipe.tells(&Notice::Say(session::messages::no_such_choice("kate complains")));
    pipe.prompts("");
    pipe.types("2");
    pipe.prompts("iex(kate@localhost)");
    pipe.types("/close");
    pipe.prompts("kate $");
    goes_wrong(&mut pipe, "iex --sname kate@localhost --cokie open_sesame", "kate $", "unknown-option");
    goes_wrong(&mut pipe, "iex --sname kate@localhost --setcookie open_sesame", "kate $", "setcookie");
    goes_wrong(&mut pipe, "iex --sname kate@localhost --cookie open sesame", "kate $", "stray-word");
    pipe.types("iex --sname kate@localhost --cookie open_sesame");
    pipe.prompts("iex(kate@localhost)");
    goes_wrong(&mut pipe, "Node.connect(:alex@localhost)", "iex(kate@localhost)", "other-way");
    pipe.types("/alex");
    pipe.prompts("iex(alex@localhost)");
    pipe.types("Node.connect(:kate@localhost)");
    // What alex shows and what kate's log says, in whatever order; and only then that the step is done.
    let is_seen = |line: &str| {
        let is_value = line.starts_with("[alex") && line.ends_with("] false");
        is_value || line.starts_with("[kate") && line.contains("rejected")
    };
    pipe.says_what("alex's value, kate's log", is_seen);
    pipe.says_what("alex's value and kate's log", is_seen);
    pipe.labels(&messages::label_ok());
    pipe.labels(&messages::label_prediction_right());
    pipe.says_done();
    goes_wrong(&mut pipe, "Node.ping(:kate@localhost)", "", "cookie-refused");
    let said = pipe.ends();
    assert!(!said.iter().any(|line| line.contains('\u{1b}')), "{said:#?}");
}

/// The line, its prompt, and below them what was seen and what to try.
#[track_caller]
fn goes_wrong(pipe: &mut Pipe, line: &str, prompt: &str, mistake: &str) {
    pipe.types(line);
    if !prompt.is_empty() {
        pipe.prompts(prompt);
    }
    pipe.tells(&Notice::Mistake(advice(pipe.lang, mistake)));
}

fn advice(lang: Lang, mistake: &str) -> Advice {
    let lesson = lesson();
    let prose = lesson.prose(lang);
    let own = prose.sections.values().find_map(|section| section.steps.get("refused"));
    let advice = own.and_then(|step| step.mistakes.get(mistake)).or_else(|| prose.mistakes.get(mistake));
    advice.expect("a known mistake").clone()
}
