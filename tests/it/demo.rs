//! A lesson that plays itself on real nodes, and what is recorded of it.

use std::{collections::BTreeSet, fs, num::NonZero, path::Path};

use quick_xml::{
    Reader, XmlVersion,
    events::{BytesStart, Event},
};
use regex::Regex;
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

/// The texts of a picture: its title, what is told of it, and the lines of the screen. Nothing else is in it that is no
/// shape, and nothing that runs or is fetched.
#[track_caller]
fn read(svg: &str) -> Vec<String> {
    let (mut texts, mut depth) = (Vec::new(), 0);
    let mut reader = Reader::from_str(svg);
    loop {
        match reader.read_event().expect("well-formed") {
            Event::Start(tag) => {
                depth += 1;
                if harmless(&tag) != b"tspan" {
                    texts.push(String::new());
                }
            }
            Event::Empty(tag) => _ = harmless(&tag),
            Event::End(_) => depth -= 1,
            Event::Text(text) => texts.last_mut().expect("a tag").push_str(&text.decode().expect("UTF-8")),
            Event::GeneralRef(entity) => {
                let name = entity.decode().expect("UTF-8");
                let sign = quick_xml::escape::resolve_predefined_entity(&name).expect("one that XML has");
                texts.last_mut().expect("a tag").push_str(sign);
            }
            Event::Eof => break,
            other => panic!("neither a tag nor a text: {other:?}"),
        }
    }
    assert_eq!(depth, 0, "not all is closed");
    texts.iter().map(|text| text.trim_end().to_owned()).filter(|text| !text.is_empty()).collect()
}

#[track_caller]
fn harmless<'t>(tag: &'t BytesStart<'_>) -> &'t [u8] {
    let name = tag.name().into_inner();
    assert!(["svg", "title", "desc", "rect", "text", "tspan"].iter().any(|known| known.as_bytes() == name));
    for attribute in tag.attributes() {
        let attribute = attribute.expect("well-formed");
        let (key, value) = (attribute.key.into_inner(), attribute.normalized_value(XmlVersion::Implicit1_0));
        let value = value.expect("a text");
        let is_loose = value.contains(':') || value.contains("url");
        assert!(key == b"xmlns" || !is_loose, "{tag:?} leads elsewhere");
        assert!(!key.starts_with(b"on") && !key.ends_with(b"href"), "{tag:?} does something");
    }
    name
}

/// What a picture of the same step says on another day: pids, times and blanks differ, and which line is first where
/// two nodes are at work.
fn gist(texts: &[String]) -> BTreeSet<String> {
    let number = Regex::new("[0-9]+").expect("a pattern");
    let line = Regex::new("─+").expect("a pattern");
    let blank = |text: &String| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let masked = |text: String| line.replace_all(&number.replace_all(&text, "0"), "─").into_owned();
    texts.iter().map(blank).map(masked).collect()
}

#[test]
fn the_picture_of_the_readme_is_what_its_command_draws() {
    let home = Home::new();
    let file = home.path("home/session.svg");
    home.runs(&["demo", "--step", "remote-hello", "--svg", "session.svg", "--lang", "en"]).exits(0);
    home.is_deserted();
    let texts = read(&fs::read_to_string(file).expect("a picture"));
    assert_eq!(texts[0], "Distribution in OTP › Let alex ask kate");
    assert!(texts[1].contains("on real nodes"), "{}", texts[1]);
    let shown = texts[2..].join("\n");
    for text in [
        "step 4 of 9",
        "kate » iex --sname kate@localhost",
        "iex(alex@localhost)1> Node.spawn_link(:kate@localhost, fn -> Kate.say_name() end)\n",
        "‹ from kate ›",
        "✔ A process on kate printed the greeting, and it appeared on alex",
        "print “Hi, my name is Kate”",
        "You said “alex”, and so it was.",
    ] {
        assert!(shown.contains(text), "{text:?} in\n{shown}");
    }
    assert!(!shown.contains("It was a show"), "{shown}");
    let kept = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/session.svg");
    let kept = read(&fs::read_to_string(kept).expect("the README's picture"));
    assert_eq!(gist(&texts), gist(&kept), "CONTRIBUTING.md says how to draw docs/session.svg anew");
}

#[test]
fn a_step_is_drawn_in_greek_amid_its_files() {
    let home = Home::new();
    let file = home.path("home/step.svg");
    home.runs(&["demo", "--lang", "el", "--step", "add-supervisor", "--svg", "step.svg"]).exits(0);
    home.is_deserted();
    let shown = read(&fs::read_to_string(file).expect("a picture")).join("\n");
    assert!(shown.contains("Έγινε.") && shown.contains("✔"), "{shown}");
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
    home.runs(&["demo", "--step", "nosuch"]).exits(2).complains("nosuch").complains("remote-hello");
    home.runs(&["demo", "--step", "nosuch", "--svg", "x.svg"]).exits(2).complains("remote-hello");
    home.runs(&["demo", "--svg", "x.svg"]).exits(2).complains("--step");
    home.runs(&["demo", "--step", "nameless", "--svg", "/nowhere/x.svg"])
        .exits(2)
        .complains("/nowhere/x.svg");
    home.runs(&["demo", "--speed", "0"]).exits(2).complains("a number from 0.1 to 1000");
    home.runs(&["demo", "--cast", "/nowhere/x.cast"]).exits(2).complains("/nowhere/x.cast");
}
