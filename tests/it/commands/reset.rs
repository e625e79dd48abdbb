//! `moebi reset`: nothing is taken back without a copy, or without being meant.

use std::{fs, path::Path};

use moebi::guide::store::Store;
use serde_json::{Value, json};

use crate::support::{home::Home, pty::Pty};

fn name(path: &Path) -> String {
    path.file_name().expect("a name").to_string_lossy().into_owned()
}

#[test]
fn a_step_is_taken_back_and_what_was_there_comes_back() {
    let home = Home::having_begun();
    let before = home.saved();
    let said = home.runs(&["reset", "--step", "nameless", "--yes"]).exits(0);
    let after = home.saved();
    assert_eq!(after["steps"]["nameless"], Value::Null);
    assert_eq!((&after["at"], &after["steps"]["connect"]), (&json!("nameless"), &before["steps"]["connect"]));
    let copies = home.copies();
    assert_eq!(copies.len(), 1);
    let command = format!("moebi reset otp-distribution --restore {}", name(&copies[0]));
    let said = said.prints(&copies[0].display().to_string()).prints(&command);
    // As it is said, so it works.
    let told = said.stdout.lines().find_map(|line| line.split_once("moebi reset ")).expect("a command").1;
    let arguments: Vec<_> = std::iter::once("reset").chain(told.split(' ')).collect();
    home.runs(&arguments).exits(0).prints("4 steps");
    assert_eq!(home.saved(), before);
}

#[test]
fn a_section_and_everything() {
    let home = Home::having_begun();
    home.runs(&["reset", "--section", "starting-nodes", "--yes"]).exits(0);
    let steps: Vec<_> = home.saved()["steps"].as_object().expect("steps").keys().cloned().collect();
    assert_eq!(steps, ["remote-hello"]);
    assert_eq!(home.saved()["at"], "nameless");
    home.runs(&["reset", "--all", "--yes", "--lang", "el"]).exits(0).prints("Ό,τι υπήρχε φυλάχτηκε");
    assert_eq!(home.saved(), json!({ "at": null, "lang": null, "steps": {} }));
    assert_eq!(home.copies().len(), 2);
    home.runs(&["reset", "--all", "--yes"]).exits(0).prints("nothing to take back");
    assert_eq!(home.copies().len(), 2, "nothing was there to copy");
}

#[test]
fn where_nobody_can_be_asked_it_is_refused() {
    let home = Home::having_begun();
    let before = home.saved();
    home.runs(&["reset", "--all"]).exits(2).complains("--yes");
    home.runs(&["reset", "--all", "--lang", "el"]).exits(2).complains("Πρόσθεσε --yes");
    assert_eq!((home.saved(), home.copies().len()), (before, 0));
}

#[test]
fn while_another_moebi_has_the_lesson_open_it_is_refused() {
    let home = Home::having_begun();
    let before = home.saved();
    let other = Store::open(&home.path("state/moebi"), "otp-distribution").expect("it opens");
    home.runs(&["reset", "--all", "--yes"]).exits(3).complains("open in another Moebi").complains("/quit");
    home.runs(&["reset", "--restore"]).exits(3);
    assert_eq!((home.saved(), home.copies().len()), (before, 0));
    drop(other);
    home.runs(&["reset", "--all", "--yes"]).exits(0);
}

#[test]
fn what_the_lesson_does_not_have_is_answered_with_what_was_meant() {
    let home = Home::having_begun();
    home.runs(&["reset", "--step", "namless", "--yes"]).exits(2).complains("`nameless`");
    home.runs(&["reset", "--section", "spawnlink", "--yes"]).exits(2).complains("`spawn-link`");
    home.runs(&["reset", "--step", "zzz", "--yes"]).exits(2).complains("moebi progress");
    home.runs(&["reset"]).exits(2).complains("--all");
    assert_eq!(home.copies().len(), 0);
}

#[test]
fn progress_that_cannot_be_read_is_copied_to_the_byte_before_everything_is_taken_back() {
    let home = Home::having_begun();
    fs::write(home.progress(), "{ half").expect("a file");
    home.runs(&["reset", "--step", "nameless", "--yes"]).exits(2);
    assert_eq!(fs::read_to_string(home.progress()).expect("it is there"), "{ half");
    home.runs(&["reset", "--all", "--yes"]).exits(0);
    assert_eq!(fs::read_to_string(&home.copies()[0]).expect("the copy"), "{ half");
    assert_eq!(home.saved()["at"], Value::Null);
}

#[test]
fn a_restoration_names_the_copies_there_are() {
    let home = Home::having_begun();
    home.runs(&["reset", "--restore"]).exits(2).complains("no copy");
    home.runs(&["reset", "--step", "nameless", "--yes"]).exits(0);
    let copy = name(&home.copies()[0]);
    home.runs(&["reset", "--restore", "other.json"]).exits(2).complains(&copy);
}

/// `moebi reset` in a terminal, answered with these keys once it asks.
fn answered(home: &Home, keys: &str, arguments: &[&str], last: &str) -> String {
    let pty = Pty::open(100, 24, &home.command(arguments));
    pty.wait_for("the question", |look| look.screen().contains("] "));
    pty.types(keys);
    pty.wait_for(last, |look| look.screen().contains(last));
    assert!(pty.ends().success());
    pty.screen()
}

#[test]
fn a_person_is_asked_and_enter_is_no() {
    let home = Home::having_begun();
    let before = home.saved();
    let screen = answered(&home, "\r", &["reset", "--all"], "Nothing was changed");
    assert!(screen.contains("(4 steps)"), "{screen}");
    assert_eq!((home.saved(), home.copies().len()), (before, 0));
    let screen = answered(&home, "ναι\r", &["reset", "--section", "spawn-link", "--lang", "el"], "φυλάχτηκε");
    assert!(screen.contains("1 βήμα"), "{screen}");
    assert_eq!((&home.saved()["steps"]["remote-hello"], home.copies().len()), (&Value::Null, 1));
}
