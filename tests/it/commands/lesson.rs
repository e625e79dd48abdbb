//! `moebi lesson`: a lesson made, looked at, broken, mended and tested, by the real binary.

use std::{
    fs,
    io::{BufRead, BufReader},
    process::Stdio,
};

use rustix::process::Signal;

use crate::support::{home::Home, until};

/// A lesson of its own in `lessons/mailboxes`.
fn made() -> Home {
    let home = Home::new();
    home.runs(&["lesson", "new", "mailboxes"]).exits(0).prints("moebi lesson lint lessons/mailboxes");
    home
}

impl Home {
    fn file(&self, name: &str) -> std::path::PathBuf {
        self.path("home/lessons/mailboxes").join(name)
    }

    fn changes(&self, name: &str, old: &str, new: &str) {
        let text = fs::read_to_string(self.file(name)).expect("the file");
        assert!(text.contains(old), "{name} holds no {old:?}");
        fs::write(self.file(name), text.replacen(old, new, 1)).expect("it can be written");
    }
}

#[test]
fn a_new_lesson_passes_lint_and_its_own_tests() {
    let home = made();
    home.runs(&["lesson", "lint", "lessons/mailboxes"])
        .exits(0)
        .prints("no complaints in 1 lesson, 1 language");
    home.runs(&["lesson", "new", "mailboxes"]).exits(2).says("lessons/mailboxes is there already");
    home.runs(&["lesson", "new", "Mail boxes"]).exits(2).says("can't be a name");
    assert!(home.path("home/lessons/schema/lesson.json").is_file());
    home.runs(&["lesson", "new", "greek", "--lang", "el"]).exits(0);
    home.runs(&["lesson", "lint", "lessons"]).exits(0).prints("no complaints in 2 lessons, 2 languages");
    home.runs(&["lesson", "test", "mailboxes", "--lessons", "lessons"]).exits(0);
}

#[test]
fn sure_cures_are_applied_and_told_and_others_are_left() {
    let home = made();
    home.changes("lesson.yaml", "'>= 1.14'", "1.14");
    home.changes("lesson.yaml", "correct: both", "correct: bot");
    home.changes("en.yaml", "title: Two nodes\nsummary", "title: &spawn and more\nsummary");
    let arguments = ["lesson", "lint", "lessons/mailboxes", "--fix"];
    let mended = home.runs(&arguments).exits(2).prints("did you mean `both`?").prints("1 complaint in");
    mended.says("mended: lessons/mailboxes/lesson.yaml:5:21").says("en.yaml:3:8");
    let text = fs::read_to_string(home.file("en.yaml")).expect("the file");
    assert!(text.contains("title: '&spawn and more'\n"), "{text}");
    home.changes("lesson.yaml", "correct: bot", "correct: both");
    home.runs(&arguments).exits(0).prints("no complaints");
    home.runs(&["lesson", "lint", "--fix"]).exits(2).says("built in");
}

#[test]
fn complaints_are_for_programs_too() {
    let home = made();
    home.changes("lesson.yaml", "minutes: 5", "minute: 5");
    let json = home.runs(&["lesson", "lint", "lessons", "--format", "json"]).exits(2).json();
    let complaint = &json["complaints"][0];
    assert_eq!((json["lessons"].as_u64(), complaint["line"].as_u64()), (Some(1), Some(10)), "{json:#}");
    assert_eq!(complaint["fix"]["text"], "minutes");
    let notes = home.runs(&["lesson", "lint", "lessons", "--format", "github"]).exits(2);
    notes.prints(
        "::error file=lessons/mailboxes/lesson.yaml,line=10,col=5::a section has no key `minute`%0Adid you",
    );
}

#[test]
fn the_reference_and_the_schemas_are_printed() {
    let home = Home::new();
    home.runs(&["lesson", "reference", "returns"]).exits(0).prints("only the latest of a terminal counts");
    home.runs(&["lesson", "reference", "--format", "markdown"]).exits(0).prints("## returns\n");
    home.runs(&["lesson", "reference", "retruns"]).exits(2).says("Did you mean `returns`?");
    for of in ["lesson", "texts", "answers", "scheme"] {
        let schema = home.runs(&["lesson", "schema", of]).exits(0).json();
        assert_eq!(schema["$schema"], "http://json-schema.org/draft-07/schema#");
    }
}

#[test]
fn a_step_is_seen_as_a_learner_will() {
    let home = made();
    let preview = |more: &[&str]| {
        home.runs(&[&["lesson", "preview", "connect", "--lessons", "lessons"][..], more].concat())
    };
    insta::assert_snapshot!("preview", preview(&[]).exits(0).stdout);
    preview(&["--beside", "el"]).exits(2).says("the lesson has no texts in `el`");
    let english = fs::read_to_string(home.file("en.yaml")).expect("the file");
    fs::write(home.file("el.yaml"), english).expect("it can be written");
    home.changes("el.yaml", "      words: [node]", "      words: [node]\n      translates: '01234567'");
    preview(&["--beside", "el", "--width", "120"]).exits(0).prints("⚠ connect: το πρωτότυπο άλλαξε");
    home.runs(&["lesson", "preview", "conect", "--lessons", "lessons"])
        .exits(2)
        .says("It has connect, who-lists-whom.");
    home.runs(&["lesson", "preview", "--watch"]).exits(2).says("--lessons DIR");
}

#[test]
fn a_save_is_shown_and_what_is_wrong_with_it() {
    let home = made();
    let mut command = home.command(&["lesson", "preview", "--lessons", "lessons", "--watch"]);
    let watching = home.opens_pipe(&mut command).sees("Who knows of whom?");
    home.changes("en.yaml", "title: Let alex call kate", "title: Alex calls");
    let watching = watching.sees("Alex calls");
    home.changes("lesson.yaml", "minutes: 5", "minute: 5");
    let watching = watching.sees("did you mean `minutes`?");
    home.changes("lesson.yaml", "minute: 5", "minutes: 5");
    watching.sees("Alex calls").gets(Signal::KILL).ends();
}

#[test]
fn a_watch_ends_with_whoever_reads_it() {
    let home = made();
    let mut command = home.command(&["lesson", "preview", "--lessons", "lessons", "--watch"]);
    let mut watching = command.stdout(Stdio::piped()).spawn().expect("it runs");
    let mut lines = BufReader::new(watching.stdout.take().expect("a pipe")).lines();
    assert!(lines.any(|line| line.expect("text").contains("Who knows of whom?")));
    drop(lines);
    until("ended", || match watching.try_wait().expect("it can be waited for") {
        Some(status) if status.success() => Ok(()),
        other => Err(other),
    });
}

#[test]
fn a_step_is_tried_while_its_author_writes_it() {
    let home = made();
    let arguments = ["lesson", "preview", "connect", "--lessons", "lessons", "--try"];
    let author = home
        .opens_pipe(&mut home.command(&arguments))
        .sees("nothing of it is kept")
        .sees("iex(alex@localhost)1>");
    let node = home.node("alex");
    home.changes("lesson.yaml", "- connected: [alex, kate]", "- { returns: '2', in: alex }");
    // Nothing was typed yet: the nodes are as they must be.
    let author = author.sees("the step begins anew").sees("iex(alex@localhost)1>");
    assert_eq!(home.node("alex"), node);
    let author = author.types("x = 1 + 1").sees("[ok]");
    home.changes("lesson.yaml", "- { returns: '2', in: alex }", "- { returns: '3', in: alex }");
    let author = author.sees("the step begins anew").sees("iex(alex@localhost)1>");
    assert_ne!(home.node("alex"), node);
    let author = author.types("x").sees("undefined").types("1 + 2").sees("[ok]");
    home.changes("lesson.yaml", "id: connect", "id: connected");
    home.changes("en.yaml", "    connect:\n      title", "    connected:\n      title");
    author.sees("/quit, and start it again").quits();
    home.is_deserted();
    assert!(!home.path("state/moebi/mailboxes").exists(), "nothing is kept");
    home.runs(&["lesson", "preview", "nosuch", "--lessons", "lessons", "--try"]).exits(2).says("nosuch");
}

#[test]
fn an_open_lesson_shows_what_its_author_saves() {
    let home = made();
    let arguments = ["learn", "mailboxes", "--lessons", "lessons", "--plain"];
    let learner = home.opens_pipe(&mut home.command(&arguments)).sees("Let alex call kate");
    home.changes("en.yaml", "title: Let alex call kate", "title: alex calls kate");
    let learner = learner.sees("was saved anew").sees("alex calls kate");
    home.changes("en.yaml", "title: alex calls kate", "titel: alex calls kate");
    let learner = learner.sees("no longer loads").sees("en.yaml:");
    let learner = learner.types("/lang en").sees("From now on in English").sees("alex calls kate");
    home.changes("en.yaml", "titel: alex calls kate", "title: alex calls");
    let learner = learner.sees("was saved anew");
    home.changes("lesson.yaml", "minutes: 5", "minutes: 6");
    let page = learner.sees("/quit, and start it again").quits();
    assert!(page.contains("alex calls"), "{page}");
    home.is_deserted();
}
