//! A live class: real servers, real shells that join, and what can go wrong between them.

pub mod harness;
mod hostile;
mod hour;
#[cfg(feature = "browser")]
mod page;

use std::fs;

use moebi::session::deed::Deed;

use crate::support::home::Home;

use harness::{Class, Teller};

fn first_step(learner: crate::support::learner::PipeLearner) -> crate::support::learner::PipeLearner {
    learner.types("iex").prompts("shell iex(1)>").types("Node.self()").sees_done()
}

#[test]
fn what_a_learner_does_is_seen() {
    let class = Class::open();
    let home = Home::new();
    let learner = class.joined(&home, "Μαρία").types("/hint");
    let learner = first_step(learner).types("/raise").sees("Your hand is up");
    class.tells("Μαρία raises a hand.");
    class.comes_to("seen", |status| {
        let [one] = status else { return false };
        one["name"] == "Μαρία"
            && one["passed"] == 1
            && one["hints"] == 1
            && one["hand"] == true
            && one["here"] == true
    });
    let learner = learner.types("/submit").sees("Handed in: one step.");
    class.tells("Μαρία hands in.");
    learner.quits();
    class.comes_to("gone", |status| status[0]["here"] == false && status[0]["hand"] == false);
    let handed_in = fs::read_to_string(class.answers().join("Μαρία.yaml")).expect("answers");
    assert!(handed_in.contains("Node.self()") && handed_in.contains("Μαρία"), "{handed_in}");
    home.runs(&["submit"]).exits(0).prints("Handed in as Μαρία: one step.");
    class.tells("Μαρία hands in again: 2 times now.");
    let sheet = class.teacher.runs(&["class", "status", "--format", "csv"]).exits(0).stdout;
    let rows: Vec<_> = sheet.lines().collect();
    assert!(rows[0].starts_with("name,here,step,") && rows[1].starts_with("Μαρία,"), "{sheet}");
    class.teacher.runs(&["class", "status"]).exits(0).prints("1 joined, 0 here now, 1 handed in");
    class.closes();
}

#[test]
fn whoever_does_not_share_shows_nothing() {
    let class = Class::open();
    let home = Home::new();
    let learner = class.joined(&home, "Maria").types("/share off").sees("nothing of what you do");
    first_step(learner).types("/raise").sees("Your hand is up").quits();
    class.comes_to("heard that she left", |status| status[0]["here"] == false);
    let journal = class.journal();
    assert!(!journal.contains("Node.self()") && !journal.contains("\"passed\""), "{journal}");
    assert!(journal.contains("\"hand\""), "{journal}");
    class.closes();
}

#[test]
fn whoever_shares_again_is_seen_from_there_on() {
    let class = Class::open();
    let home = Home::new();
    let learner = class.joined(&home, "Maria").types("/share off").sees("nothing of what you do");
    class.comes_to("seen as private", |status| status[0]["step"].is_null());
    let learner = first_step(learner).types("/share on").sees("Your teacher sees your steps");
    class.comes_to("seen again, at the present step", |status| !status[0]["step"].is_null());
    assert_eq!(class.status()[0]["passed"], 0, "what was done meanwhile was not told");
    learner.types("1 + 1").sees("2").types("/kill shell").sees("none has noticed").quits();
    class.comes_to("heard that she left", |status| status[0]["here"] == false);
    let journal = class.journal();
    assert!(!journal.contains("Node.self()") && journal.contains("1 + 1"), "{journal}");
    assert!(journal.contains("/kill shell"), "who has killed a node is no riddle: {journal}");
    class.closes();
}

#[test]
fn a_class_speaks_greek_to_its_teacher_and_its_learners() {
    let class = Class::open_in_greek();
    class.tells("Για τον πίνακα");
    let home = Home::new();
    let learner = home.opens_pipe(class.joining(&home, "Μαρία").args(["--lang", "el"])).prompts("");
    let learner = learner.types("/χέρι").sees("Το χέρι σου είναι σηκωμένο");
    class.tells("Σηκώνει χέρι: Μαρία.");
    let learner = first_step(learner).types("/παράδοση").sees("Παραδόθηκ").types("/έξοδος").ends();
    class.tells("Παραδίδει: Μαρία.");
    assert!(learner.exits(0).stdout.contains("Είσαι στην τάξη"), "in Greek from the first line");
    class.teacher.runs(&["class", "status", "--lang", "el"]).exits(0).prints("παρέδωσαν 1");
    class.closes();
}

#[test]
fn a_class_that_is_away_holds_up_nobody_and_hears_everything_later() {
    let mut class = Class::open();
    let home = Home::new();
    let learner = class.joined(&home, "Maria");
    class.is_killed();
    let learner = first_step(learner.sees("The class can't be reached")).types("/submit");
    learner.sees("goes out as soon as").quits();
    // Begun and ended without the class, too.
    let learner = home.opens_pipe(&mut class.joining(&home, "Maria")).sees("[prompt]").types("/raise");
    let learner = learner.sees("Your hand is up");
    class.is_opened_again();
    class.tells("Maria hands in.");
    class.tells("Maria raises a hand.");
    learner.sees("The class is there").quits();
    class.comes_to("heard all of it", |status| status[0]["passed"] == 1 && status[0]["handed_in"] == 1);
    assert_eq!(class.journal().matches("\"did\":\"passed\"").count(), 1, "{}", class.journal());
    class.closes();
}

#[test]
fn a_class_learns_from_a_pack_that_each_has_brought() {
    let teacher = Home::new();
    let lesson = teacher.writes_lesson("mailboxes");
    let lesson = lesson.to_str().expect("text");
    teacher.runs(&["pack", "add", lesson, "--trust"]).exits(0);
    let class = Class::open_with(teacher, "mailboxes");
    let home = Home::new();
    home.finishes(&mut class.joining(&home, "Maria")).exits(2).complains("`moebi pack add` brings it");
    home.runs(&["pack", "add", lesson, "--trust"]).exits(0);
    class.joined(&home, "Maria").quits();
    // `status` is asked about no lesson: it is that of the class that is open.
    class
        .comes_to("knew where she is", |status| status[0]["name"] == "Maria" && !status[0]["step"].is_null());
    class.closes();
}

#[test]
fn a_name_belongs_to_whoever_had_it_first() {
    let class = Class::open();
    let (maria, other) = (Home::new(), Home::new());
    class.joined(&maria, "Maria").quits();
    let refused = other.finishes(&mut class.joining(&other, "MARIA")).exits(2);
    refused.complains("somebody else is in the class as MARIA").complains("--as");
    other.finishes(&mut class.joining(&other, "<b>Maria</b>")).exits(2).complains("can't be a name");
    class.joined(&maria, "Maria").quits();
    assert_eq!(class.status().len(), 1);
    class.closes();
}

#[test]
fn what_is_mistyped_is_told() {
    let class = Class::open();
    let home = Home::new();
    let join = |address: &str, code: &str| home.runs(&["join", address, "--code", code, "--as", "Maria"]);
    join(&class.address, "TIGRE-RAIN-OTTER-42")
        .exits(2)
        .complains("`TIGRE` is in no code")
        .complains("TIGER");
    join(&class.address, "TIGER-RAIN-42").exits(2).complains("three words and a number");
    let other = if class.code.starts_with("TIGER") { "ZEBRA-RAIN-OTTER-42" } else { "TIGER-RAIN-OTTER-42" };
    join(&class.address, other).exits(2).complains(&format!("is not the class {other}"));
    join("127.0.0.1:1", &class.code).exits(3).complains("no class answers at 127.0.0.1:1");
    join("http://x", &class.code).exits(2).complains("is no address");
    let as_nobody = ["join", &class.address, "--code", &class.code, "--as", " "];
    home.runs(&as_nobody).exits(2).complains("the class needs your name");
    home.runs(&["submit"]).exits(2).complains("no class was joined here");
    assert!(class.status().is_empty());
    class.closes();
    let nowhere = Home::new();
    nowhere.runs(&["class", "status"]).exits(2).complains("moebi class open");
}

#[test]
fn one_class_at_a_time_and_another_if_one_wants_it() {
    let class = Class::open();
    let teacher = class.teacher.clone();
    teacher.runs(&["class", "open", "--port", "0"]).exits(2).complains("open already");
    Teller::joins(&class, "Maria").tells([Deed::HandedIn { answers: "lesson: otp-distribution\n".into() }]);
    let code = class.code.clone();
    class.closes();
    let again = teacher.runs(&["class", "status", "--format", "json"]).exits(0).json();
    assert_eq!(again.as_array().map(Vec::len), Some(1), "what was is still to be seen");
    let class = Class::open_anew(teacher);
    assert_ne!(class.code, code);
    assert!(class.status().is_empty());
    class.closes();
}
