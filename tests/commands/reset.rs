//! `moebi reset`: nothing is taken back without a copy, or without being meant.

use std::{fs, time::Duration};

use moebi::guide::store::Store;
use portable_pty::CommandBuilder;
use serde_json::{Value, json};

use crate::{
    common::pty::Pty,
    desk::{Desk, name},
};

#[test]
fn a_step_is_taken_back_and_what_was_there_comes_back() {
    let desk = Desk::new().having_begun();
    let before = desk.saved();
    let said = desk.runs(&["reset", "--step", "nameless", "--yes"]).ends(0);
    let after = desk.saved();
    assert_eq!(after["steps"]["nameless"], Value::Null);
    assert_eq!((&after["at"], &after["steps"]["connect"]), (&json!("nameless"), &before["steps"]["connect"]));
    let copies = desk.copies();
    assert_eq!(copies.len(), 1);
    let command = format!("moebi reset otp-distribution --restore {}", name(&copies[0]));
    let said = said.says(&copies[0].display().to_string()).says(&command);
    // As it is said, so it works.
    let told = said.stdout.lines().find_map(|line| line.split_once("moebi reset ")).expect("a command").1;
    let arguments: Vec<_> = std::iter::once("reset").chain(told.split(' ')).collect();
    desk.runs(&arguments).ends(0).says("4 steps");
    assert_eq!(desk.saved(), before);
}

#[test]
fn a_section_and_everything() {
    let desk = Desk::new().having_begun();
    desk.runs(&["reset", "--section", "starting-nodes", "--yes"]).ends(0);
    let steps: Vec<_> = desk.saved()["steps"].as_object().expect("steps").keys().cloned().collect();
    assert_eq!(steps, ["remote-hello"]);
    assert_eq!(desk.saved()["at"], "nameless");
    desk.runs(&["reset", "--all", "--yes", "--lang", "el"]).ends(0).says("Ό,τι υπήρχε φυλάχτηκε");
    assert_eq!(desk.saved(), json!({ "at": null, "lang": null, "steps": {} }));
    assert_eq!(desk.copies().len(), 2);
    desk.runs(&["reset", "--all", "--yes"]).ends(0).says("nothing to take back");
    assert_eq!(desk.copies().len(), 2, "nothing was there to copy");
}

#[test]
fn where_nobody_can_be_asked_it_is_refused() {
    let desk = Desk::new().having_begun();
    let before = desk.saved();
    desk.runs(&["reset", "--all"]).ends(2).complains("--yes");
    desk.runs(&["reset", "--all", "--lang", "el"]).ends(2).complains("Πρόσθεσε --yes");
    assert_eq!((desk.saved(), desk.copies().len()), (before, 0));
}

#[test]
fn while_another_moebi_has_the_lesson_open_it_is_refused() {
    let desk = Desk::new().having_begun();
    let before = desk.saved();
    let other = Store::open(&desk.at("state/moebi"), "otp-distribution").expect("it opens");
    desk.runs(&["reset", "--all", "--yes"]).ends(3).complains("open in another Moebi").complains("/quit");
    desk.runs(&["reset", "--restore"]).ends(3);
    assert_eq!((desk.saved(), desk.copies().len()), (before, 0));
    drop(other);
    desk.runs(&["reset", "--all", "--yes"]).ends(0);
}

#[test]
fn what_the_lesson_does_not_have_is_answered_with_what_was_meant() {
    let desk = Desk::new().having_begun();
    desk.runs(&["reset", "--step", "namless", "--yes"]).ends(2).complains("`nameless`");
    desk.runs(&["reset", "--section", "spawnlink", "--yes"]).ends(2).complains("`spawn-link`");
    desk.runs(&["reset", "--step", "zzz", "--yes"]).ends(2).complains("moebi progress");
    desk.runs(&["reset"]).ends(2).complains("--all");
    assert_eq!(desk.copies().len(), 0);
}

#[test]
fn progress_that_cannot_be_read_is_copied_to_the_byte_before_everything_is_taken_back() {
    let desk = Desk::new().having_begun();
    fs::write(desk.progress(), "{ half").expect("a file");
    desk.runs(&["reset", "--step", "nameless", "--yes"]).ends(2);
    assert_eq!(fs::read_to_string(desk.progress()).expect("it is there"), "{ half");
    desk.runs(&["reset", "--all", "--yes"]).ends(0);
    assert_eq!(fs::read_to_string(&desk.copies()[0]).expect("the copy"), "{ half");
    assert_eq!(desk.saved()["at"], Value::Null);
}

#[test]
fn a_restoration_names_the_copies_there_are() {
    let desk = Desk::new().having_begun();
    desk.runs(&["reset", "--restore"]).ends(2).complains("no copy");
    desk.runs(&["reset", "--step", "nameless", "--yes"]).ends(0);
    let copy = name(&desk.copies()[0]);
    desk.runs(&["reset", "--restore", "other.json"]).ends(2).complains(&copy);
}

/// `moebi reset` in a terminal, answered with these keys once it asks.
fn answered(desk: &Desk, keys: &str, arguments: &[&str], last: &str) -> String {
    let mut program = CommandBuilder::new(env!("CARGO_BIN_EXE_moebi"));
    program.args(arguments);
    for (name, value) in desk.environment() {
        program.env(name, value);
    }
    program.env_remove("MOEBI_LESSONS");
    let pty = Pty::open(100, 24, program, Duration::from_secs(20));
    pty.wait_for("the question", |look| look.screen().contains("] "));
    pty.types(keys);
    pty.wait_for(last, |look| look.screen().contains(last));
    assert!(pty.ends().success());
    pty.screen()
}

#[test]
fn a_person_is_asked_and_enter_is_no() {
    let desk = Desk::new().having_begun();
    let before = desk.saved();
    let screen = answered(&desk, "\r", &["reset", "--all"], "Nothing was changed");
    assert!(screen.contains("(4 steps)"), "{screen}");
    assert_eq!((desk.saved(), desk.copies().len()), (before, 0));
    let screen = answered(&desk, "ναι\r", &["reset", "--section", "spawn-link", "--lang", "el"], "φυλάχτηκε");
    assert!(screen.contains("1 βήμα"), "{screen}");
    assert_eq!((&desk.saved()["steps"]["remote-hello"], desk.copies().len()), (&Value::Null, 1));
}
