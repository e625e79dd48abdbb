//! One learner who mistypes the cookie, and reads by ear: labelled lines through a pipe, in the order in which things
//! happened.

use moebi::{
    lesson::{Advice, Lang, MistakeId},
    render::messages,
    session,
    session::notice::Notice,
};

use crate::support::{home::Home, learner::PipeLearner, lesson::lesson};

#[test]
fn mistypes_the_cookie_in_english() {
    mistypes_the_cookie("en");
}

#[test]
fn mistypes_the_cookie_in_greek() {
    mistypes_the_cookie("el");
}

fn mistypes_the_cookie(lang: &str) {
    let home = Home::new();
    let learner = home.opens_pipe(&mut home.command(&["--plain", "--lang", lang]));
    let learner = learner.prompts("shell $").types("/goto refused").sees_label(&messages::label_step(2, 6));
    let learner = learner.prompts("").types("kate complains");
    let learner = learner.sees_notice(&Notice::Say(session::messages::no_such_choice("kate complains")));
    let learner = learner.prompts("").types("2").prompts("iex(kate@localhost)");
    let learner = learner.types("/close").prompts("kate $");
    let learner =
        goes_wrong(learner, "iex --sname kate@localhost --cokie open_sesame", "kate $", "unknown-option");
    let learner =
        goes_wrong(learner, "iex --sname kate@localhost --setcookie open_sesame", "kate $", "setcookie");
    let learner =
        goes_wrong(learner, "iex --sname kate@localhost --cookie open sesame", "kate $", "stray-word");
    let learner = learner.types("iex --sname kate@localhost --cookie open_sesame");
    let learner = learner.prompts("iex(kate@localhost)");
    let learner = goes_wrong(learner, "Node.connect(:alex@localhost)", "iex(kate@localhost)", "other-way");
    let learner =
        learner.types("/alex").prompts("iex(alex@localhost)").types("Node.connect(:kate@localhost)");
    // What alex shows and what kate's log says, in whatever order; and only then that the step is done.
    let is_seen = |line: &str| {
        let is_value = line.starts_with("[alex") && line.ends_with("] false");
        is_value || line.starts_with("[kate") && line.contains("rejected")
    };
    let learner = learner.sees_line("alex's value, kate's log", is_seen);
    let learner = learner.sees_line("alex's value and kate's log", is_seen);
    let learner = learner.sees_label(&messages::label_ok()).sees_label(&messages::label_prediction_right());
    let learner = goes_wrong(learner.sees_done(), "Node.ping(:kate@localhost)", "", "cookie-refused");
    let page = learner.ends().exits(0).stdout;
    assert!(!page.contains('\u{1b}'), "{page}");
}

/// The line, its prompt, and below them what was seen and what to try.
#[track_caller]
fn goes_wrong(learner: PipeLearner, line: &str, prompt: &str, mistake: &str) -> PipeLearner {
    let mut learner = learner.types(line);
    if !prompt.is_empty() {
        learner = learner.prompts(prompt);
    }
    let advice = advice(learner.lang, mistake);
    let id = MistakeId::parse(mistake).expect("a name");
    learner.sees_notice(&Notice::Mistake { id, advice })
}

fn advice(lang: Lang, mistake: &str) -> Advice {
    let lesson = lesson();
    let prose = lesson.prose(lang);
    let own = prose.sections.values().find_map(|section| section.steps.get("refused"));
    let advice = own.and_then(|step| step.mistakes.get(mistake)).or_else(|| prose.mistakes.get(mistake));
    advice.expect("a known mistake").clone()
}
