//! What a person is told and asked, and what holds afterwards.

use std::fs;

use crate::support::{
    home::{Home, names},
    pty::Pty,
};

const QUESTION: &str = "Do you trust it? [y/N]";

#[test]
fn a_zip_is_the_same_on_any_day_and_is_learned_from_anywhere() {
    let author = Home::new();
    let lesson = author.writes_lesson("mailboxes");
    author.runs(&["lesson", "pack", "lessons/mailboxes"]).exits(0).prints("moebi learn mailboxes.zip");
    let first = fs::read(author.path("home/mailboxes.zip")).expect("a zip");
    let text = fs::read(lesson.join("en.yaml")).expect("a text");
    fs::remove_file(lesson.join("en.yaml")).expect("it is there");
    fs::write(lesson.join("en.yaml"), text).expect("room");
    author.runs(&["lesson", "pack", "mailboxes", "--lessons", "lessons", "--output", "again.zip"]).exits(0);
    assert!(first == fs::read(author.path("home/again.zip")).expect("a zip"));
    let mut here = author.command(&["lesson", "pack", "--output", "../../here.zip"]);
    author.finishes(here.current_dir(&lesson)).exits(0);
    assert!(first == fs::read(author.path("home/here.zip")).expect("a zip"));
    author.runs(&["lesson", "pack"]).exits(2).complains("moebi lesson pack DIR");
    author.runs(&["lesson", "pack", "processes"]).exits(2).complains("built in");
    fs::write(lesson.join("lesson.yaml"), "lesson: mailboxes\n").expect("room");
    author.runs(&["lesson", "pack", "lessons/mailboxes"]).exits(2).prints("`requires` is missing");
}

#[test]
fn every_command_finds_what_was_added() {
    let home = Home::new();
    home.is_sent("mailboxes");
    home.adds("mailboxes.zip").exits(0).prints("Added: `mailboxes`").complains("SHA-256");
    home.runs(&["list"]).exits(0).prints("Two nodes").prints("mailboxes.zip");
    let listed = home.runs(&["list", "--format", "json"]).exits(0).json();
    assert!(listed[2]["from"].as_str().is_some_and(|from| from.ends_with("/mailboxes.zip")), "{listed:#}");
    assert!(listed[0].get("from").is_none());
    home.runs(&["check", "mailboxes", "--model"]).exits(0);
    home.runs(&["export", "mailboxes", "--model"]).exits(0).prints("lesson: mailboxes");
    home.runs(&["progress", "mailboxes"]).exits(0).prints("Let alex call kate");
    home.runs(&["lesson", "lint", "mailboxes"]).exits(0);
    let answers = home.runs(&["export", "mailboxes", "--model"]).exits(0).stdout;
    fs::create_dir(home.path("home/class")).expect("a folder");
    fs::write(home.path("home/class/maria.yaml"), answers).expect("room");
    home.runs(&["grade", "class", "--lesson", "mailboxes", "--output", "graded"]).exits(0);
    let grades = fs::read_to_string(home.path("home/graded/results.csv")).expect("a table");
    assert!(grades.contains("maria"), "{grades}");
    // It was copied: what it came from may go.
    fs::remove_file(home.path("home/mailboxes.zip")).expect("it is there");
    home.runs(&["progress", "mailboxes"]).exits(0);
    home.runs(&["pack", "remove", "mailboxes"]).exits(0).prints("Your progress and your files stay");
    home.runs(&["progress", "mailboxes"]).exits(2).complains("there is no lesson `mailboxes`");
    home.runs(&["pack", "remove", "mailboxes"]).exits(2).complains("no packs here");
    home.runs(&["pack", "update"]).exits(0).prints("no packs here");
}

#[test]
fn a_folder_of_lessons_that_is_set_hides_what_comes_from_elsewhere_and_says_so() {
    let home = Home::new();
    home.is_sent("mailboxes");
    home.writes_lesson("others");
    let told = "leave `--lessons` out";
    for elsewhere in ["mailboxes.zip", "https://example.org/mailboxes.git"] {
        home.runs(&["learn", elsewhere, "--lessons", "lessons"]).exits(2).complains(told);
    }
    let unknown = home.runs(&["learn", "nowhere", "--lessons", "lessons"]).exits(2);
    assert!(!unknown.stderr.contains(told), "{}", unknown.stderr);
    home.keeps_nothing();
}

#[test]
fn nothing_is_kept_where_nobody_can_be_asked() {
    let home = Home::new();
    home.is_sent("mailboxes");
    home.runs(&["learn", "mailboxes.zip"]).exits(2).complains("--trust").complains("Two nodes");
    home.runs(&["pack", "add", "mailboxes.zip", "--lang", "el"]).exits(2).complains("--trust");
    home.keeps_nothing();
}

#[test]
fn a_learner_is_told_before_anything_runs_and_asked_once() {
    let home = Home::new();
    home.is_sent("mailboxes");
    let learn = home.command(&["learn", "mailboxes.zip"]);
    let pty = Pty::open(80, 24, &learn);
    pty.wait_for("asked", |look| look.screen().contains(QUESTION));
    for told in [
        "you have not opened it before",
        "Lesson   Two nodes (mailboxes)",
        "2 steps; English",
        "it does not say who wrote it",
        "mailboxes.zip",
        "SHA-256  ",
        "runs as you",
    ] {
        assert!(pty.screen().contains(told), "{told:?} in:\n{}", pty.screen());
    }
    pty.types("\r");
    pty.wait_for("told", |look| look.screen().contains("Nothing was opened"));
    assert_eq!(pty.ends().exit_code(), 130);
    home.keeps_nothing();

    let learner = home.opens_pty(80, 24, &learn).sees(QUESTION);
    learner.pty().types("y\r");
    let learner = learner.sees("Let alex call kate");
    learner.keys("/quit\r").pty().ends();
    home.is_deserted();
    // By its file and by its name, and with the file gone.
    for word in ["mailboxes.zip", "mailboxes"] {
        let learner = home.opens(80, 24, &["learn", word]).sees("Let alex call kate").sees_no(QUESTION);
        learner.keys("/quit\r").pty().ends();
    }
    home.is_deserted();
}

#[test]
fn the_notice_is_in_greek_and_as_narrow_as_the_terminal() {
    let home = Home::new();
    home.is_sent("mailboxes");
    let mut learn = home.command(&["learn", "mailboxes.zip", "--lang", "el"]);
    let pty = Pty::open(40, 60, learn.env("NO_COLOR", "1"));
    pty.wait_for("asked", |look| look.screen().contains("Το εμπιστεύεσαι; [ναι/ΟΧΙ]"));
    pty.types("όχι\r");
    pty.wait_for("told", |look| look.screen().contains("Δεν άνοιξε τίποτα"));
    assert_eq!(pty.ends().exit_code(), 130);
    let text = String::from_utf8(pty.bytes()).expect("UTF-8");
    assert!(!text.contains('\u{1b}'), "NO_COLOR: {text:?}");
    let notice = text.split("Το εμπιστεύεσαι").next().expect("it came first");
    assert_eq!(notice.lines().find(|line| moebi::render::width::width(line.trim_end()) > 40), None);
    home.keeps_nothing();
}

#[test]
fn a_zip_that_has_changed_is_asked_about_again_and_what_is_new_is_told() {
    let home = Home::new();
    let author = Home::new();
    let lesson = author.writes_lesson("mailboxes");
    let send = || {
        author.runs(&["lesson", "pack", "lessons/mailboxes"]).exits(0);
        fs::copy(author.path("home/mailboxes.zip"), home.path("home/mailboxes.zip")).expect("a zip");
    };
    send();
    home.adds("mailboxes.zip").exits(0);
    home.runs(&["pack", "update"]).exits(0).prints("Nothing new: `mailboxes`");
    let change = |name: &str, old: &str, new: &str| {
        let text = fs::read_to_string(lesson.join(name)).expect("a text");
        assert!(text.contains(old));
        fs::write(lesson.join(name), text.replace(old, new)).expect("room");
    };
    change("lesson.yaml", "who-lists-whom", "who-knows-whom");
    change("en.yaml", "who-lists-whom", "who-knows-whom");
    change("lesson.yaml", "lesson: mailboxes", "lesson: mailboxes\nauthor: Anna");
    send();
    let asked = home.runs(&["pack", "update", "mailboxes"]).exits(2).complains("has changed since");
    asked
        .complains("New steps   mailboxes/who-knows-whom")
        .complains("Gone steps  mailboxes/who-lists-whom")
        .complains("Anna")
        .complains("mailboxes/en.yaml, mailboxes/lesson.yaml");
    home.runs(&["learn", "mailboxes.zip"]).exits(2).complains("has changed since");
    // What was trusted is there still.
    home.runs(&["progress", "mailboxes", "--format", "json"]).exits(0).prints("who-lists-whom");
    home.runs(&["pack", "update", "--trust"]).exits(0).prints("Updated: `mailboxes`");
    home.runs(&["progress", "mailboxes", "--format", "json"]).exits(0).prints("who-knows-whom");
    assert_eq!(names(&home.packs()).len(), 3, "a lock, a list, a copy: {:?}", names(&home.packs()));
}

#[test]
fn a_folder_is_read_where_it_lies_and_asked_about_when_it_has_changed() {
    let home = Home::new();
    let lesson = home.writes_lesson("mailboxes");
    home.adds("lessons/mailboxes").exits(0);
    home.runs(&["progress", "mailboxes"]).exits(0);
    let text = fs::read_to_string(lesson.join("en.yaml")).expect("a text");
    fs::write(lesson.join("en.yaml"), text.replace("Let alex call kate", "alex calls")).expect("room");
    home.runs(&["progress", "mailboxes"]).exits(2).complains("`moebi learn mailboxes` asks again");
    home.runs(&["list"]).exits(2).prints("Distribution in OTP").complains("has changed since you trusted it");
    let asked = home.runs(&["learn", "mailboxes"]).exits(2).complains("--trust");
    let asked = asked.complains("Changed  mailboxes/en.yaml\n");
    assert!(!asked.stderr.contains("New steps"), "{asked:?}");
    home.adds("lessons/mailboxes").exits(0);
    home.runs(&["progress", "mailboxes"]).exits(0).prints("alex calls");
    fs::remove_dir_all(&lesson).expect("it is there");
    home.runs(&["progress", "mailboxes"]).exits(2).complains("moebi pack remove mailboxes");
    home.runs(&["pack", "remove", "mailboxes"]).exits(0);
    home.runs(&["list"]).exits(0);
}

#[test]
fn a_copy_that_somebody_has_changed_is_not_used_until_it_is_had_again() {
    let home = Home::new();
    home.is_sent("mailboxes");
    home.adds("mailboxes.zip").exits(0);
    let copy = names(&home.packs()).into_iter().find(|name| name.starts_with("mailboxes-")).expect("a copy");
    let text = home.packs().join(copy).join("mailboxes/lesson.yaml");
    let changed = fs::read_to_string(&text).expect("a text").replace("Node.connect", "System.halt");
    fs::write(&text, changed).expect("room");
    home.runs(&["check", "mailboxes", "--model"]).exits(2).complains("not what you trusted");
    home.runs(&["pack", "update", "mailboxes"]).exits(0);
    home.runs(&["progress", "mailboxes"]).exits(0);
}

#[test]
fn a_lock_that_cannot_be_read_keeps_nobody_from_what_is_built_in() {
    let home = Home::new();
    fs::create_dir_all(home.packs()).expect("a folder");
    fs::write(home.packs().join("packs.json"), "{ half").expect("room");
    home.runs(&["progress"]).exits(0);
    home.runs(&["list"]).exits(2).prints("Distribution in OTP").complains("packs.json");
    home.runs(&["progress", "mailboxes"]).exits(2).complains("Remove the file");
}

#[test]
fn several_lessons_are_one_pack() {
    let author = Home::new();
    author.writes_lesson("mailboxes");
    author.writes_lesson("links");
    author.runs(&["lesson", "pack", "lessons", "--output", "Course 1.zip"]).exits(0).prints("2 lessons");
    let home = Home::new();
    fs::copy(author.path("home/Course 1.zip"), home.path("home/Course 1.zip")).expect("a zip");
    home.adds("Course 1.zip").exits(0).prints("`links`, `mailboxes`");
    home.runs(&["progress", "links"]).exits(0);
    home.runs(&["pack", "remove", "course-1"]).exits(0);
    home.runs(&["progress", "links"]).exits(2);
}
