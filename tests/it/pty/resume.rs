//! What is kept from one run to the next, whatever ended the first.

use std::fs;

use moebi::{lesson::Lang, session::messages};
use rustix::process::Signal;

use crate::support::{home::Home, learner::PtyLearner};

#[test]
fn after_quit_the_lesson_goes_on_at_the_same_step_with_the_same_variables() {
    let home = PtyLearner::new(100, 30)
        .at("shell $")
        .types("/goto alone")
        .reads("alone", "○○○○○○○")
        .at("iex(alex@localhost)")
        .types("mine = 6 * 7")
        .at("iex(alex@localhost)")
        .types("Node.list()")
        .at("iex(alex@localhost)")
        .types("/kate")
        .at("iex(kate@localhost)")
        .types("Node.list()")
        .passes()
        .at("iex(kate@localhost)")
        .presses_enter()
        .reads("connect", "○○○●○○○")
        .reads_question()
        .leaves();
    home.opens(100, 30, &[])
        .reads("connect", "○○○●○○○")
        .reads_question()
        .chooses("alex")
        .at("iex(alex@localhost)")
        .types("mine")
        .sees("42")
        .at("iex(alex@localhost)")
        .types("Node.connect(:kate@localhost)")
        .sees("true")
        .at("iex(alex@localhost)")
        .leaves();
}

#[test]
fn a_step_that_was_finished_is_gone_on_from() {
    for lang in Lang::ALL {
        let home = passed_first(&Home::new()).at("shell iex(").leaves();
        home.opens(100, 30, &["--lang", lang.code()])
            .reads("nameless", "●○○○○○○")
            .sees(messages::was_done().speak(lang))
            .at("shell iex(")
            .types("Node.self()")
            .sees(":nonode@nohost")
            .at("shell iex(")
            .presses_enter()
            .reads("name-alex", "●○○○○○○")
            .leaves();
    }
}

#[test]
fn a_step_that_has_passed_is_kept_whenever_moebi_is_killed() {
    let home = passed_first(&Home::new()).gets_killed();
    assert_eq!(outcome(&home, "nameless"), "passed");
    // While the nodes are being brought to the step.
    let home = home.opens(100, 30, &[]).reads("nameless", "●○○○○○○").gets_killed();
    assert_eq!(outcome(&home, "nameless"), "passed");
    // While the next step begins.
    let home = passed_first(&Home::new()).at("shell iex(").presses_enter().gets_killed();
    assert_eq!(outcome(&home, "nameless"), "passed");
    // And once it has begun: its hint says that it has.
    let home = passed_first(&Home::new())
        .at("shell iex(")
        .presses_enter()
        .reads("name-alex", "●○○○○○○")
        .at("shell iex(")
        .types("/hint")
        .sees_hint(1)
        .gets_killed();
    home.opens(100, 30, &[]).reads("name-alex", "●○○○○○○").at("alex $").leaves();
}

/// The first step, done; the file is read only once Moebi is gone.
fn passed_first(home: &Home) -> PtyLearner {
    let learner = home.opens(100, 30, &[]).looks_afresh().at("shell $");
    learner
        .types("/goto nameless")
        .reads_anew("nameless")
        .at("shell $")
        .types("iex")
        .at("shell iex(")
        .types("Node.self()")
        .passes()
}

fn outcome(home: &Home, step: &str) -> String {
    home.saved()["steps"][step]["outcome"].as_str().unwrap_or("none").to_owned()
}

#[test]
fn progress_that_cannot_be_read_is_kept_and_told_of() {
    let home = Home::new();
    let file = home.progress();
    fs::create_dir_all(file.parent().expect("a folder")).expect("a folder");
    fs::write(&file, "{ half").expect("a file");
    home.opens(100, 30, &[])
        .sees("The saved progress could not be read")
        .reads("nameless", "○○○○○○○")
        .at("shell $")
        .leaves();
    let aside = file.with_file_name("progress.unreadable.json");
    assert_eq!(fs::read_to_string(aside).expect("the old file"), "{ half");
}

#[test]
fn a_signal_saves_where_one_is() {
    let learner =
        PtyLearner::new(100, 30).at("shell $").types("/skip").reads("name-alex", "◌○○○○○○").at("alex $");
    learner.pty().signals(Signal::TERM);
    let home = learner.has_left();
    home.opens(100, 30, &[]).reads("name-alex", "◌○○○○○○").at("alex $").leaves();
}
