//! A lesson that plays itself on real nodes, and what is recorded of it.

use std::{fs, num::NonZero, path::Path};

use rustix::process::Signal;
use serde_json::Value;

use crate::support::home::Home;

/// The screen that a recording ends with.
#[track_caller]
pub fn replayed(file: &Path) -> String {
    let text = fs::read_to_string(file).expect("a recording");
    let mut lines = text.lines().map(|line| serde_json::from_str::<Value>(line).expect("JSON, a line each"));
    let head = lines.next().expect("a head");
    assert_eq!(head["version"], 2);
    let side = |name: &str| {
        let length = head[name].as_u64().and_then(|length| u16::try_from(length).ok());
        length.and_then(NonZero::new).expect(name)
    };
    let mut terminal = vt100::Parser::new(side("height"), side("width"), 0);
    let mut before = 0.0;
    for event in lines {
        let at = event[0].as_f64().expect("seconds");
        assert!(at >= before, "{at} after {before}");
        before = at;
        match event[1].as_str() {
            Some("o") => terminal.process(event[2].as_str().expect("text").as_bytes()),
            other => panic!("nobody has resized it: {other:?}"),
        }
    }
    terminal.screen().contents()
}

#[test]
fn a_section_plays_itself_where_there_is_no_terminal() {
    let home = Home::new();
    let file = home.path("home/section.cast");
    let show = ["demo", "--section", "starting-nodes", "--speed", "1000", "--cast"];
    home.runs(&[&show[..], &["section.cast"]].concat()).exits(0);
    home.is_deserted();
    let screen = replayed(&file);
    assert!(screen.contains("steps done. It was a show: nothing of it is kept."), "{screen}");
    // It is nobody's progress, and nobody's files.
    assert!(!home.progress().exists() && !home.workspace().exists());
}

#[test]
fn what_a_terminal_shows_is_what_is_recorded() {
    let home = Home::new();
    let file = home.path("home/show.cast");
    let show = ["demo", "--section", "starting-nodes", "--speed", "1000", "--cast", "show.cast"];
    let seen = home.opens(100, 30, &show).ends_showing();
    assert_eq!(replayed(&file), seen);
    home.is_deserted();
}

#[test]
fn a_learner_is_recorded() {
    let home = Home::new();
    let file = home.path("home/learn.cast");
    let learner = home.opens(100, 30, &["learn", "--cast", "learn.cast"]).at("shell $");
    let seen = learner.types("iex").at("shell iex(1)").types("Node.self()").sees(":nonode@nohost");
    let seen = seen.types("/quit").ends_showing();
    assert!(seen.contains("steps done. Your progress is saved"), "{seen}");
    assert_eq!(replayed(&file), seen);
    home.is_deserted();
}

#[test]
fn whoever_watches_can_end_it() {
    let learner = Home::new().opens(100, 30, &["demo"]).sees("A runtime without a name");
    learner.keys("q").has_left();
    // Also where it was paused, and its window is closed.
    Home::new().opens(100, 30, &["demo"]).sees("A runtime without a name").keys(" ").hangs_up();
    let home = Home::new();
    let learner = home.opens(80, 24, &["demo", "--section", "spawn-link", "--cast", "x.cast"]);
    learner.sees("Distribution in OTP").pty().signals(Signal::KILL);
    home.is_deserted();
}

#[test]
fn in_plain_lines_and_in_greek() {
    let home = Home::new();
    let shown = home
        .runs(&["demo", "--plain", "--lang", "el", "--section", "starting-nodes", "--speed", "1000"])
        .exits(0)
        .prints("[έγινε]")
        .stdout;
    assert!(shown.contains(":nonode@nohost") && shown.contains(":alex@localhost"), "{shown}");
    home.is_deserted();
}

#[test]
fn what_is_mistyped_is_told() {
    let home = Home::new();
    home.runs(&["learn", "--cast", "x.cast"]).exits(2).complains("at a terminal").complains("moebi demo");
    assert!(!home.path("home/x.cast").exists());
    home.runs(&["demo", "--section", "nosuch"]).exits(2).complains("nosuch").complains("spawn-link");
    home.runs(&["demo", "--speed", "0"]).exits(2).complains("a number from 0.1 to 1000");
    home.runs(&["demo", "--cast", "/nowhere/x.cast"]).exits(2).complains("/nowhere/x.cast");
}
