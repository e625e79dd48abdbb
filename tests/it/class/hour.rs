//! An hour with a class, from the code on the board to the grades, while the server is killed twice.

use std::{env, fs, thread};

use moebi::lesson::load_answers;

#[cfg(feature = "browser")]
use crate::browser::chromium::{Chromium, DESKTOP};
use crate::support::{home::Home, learner::PipeLearner, lesson::lesson};

use super::harness::Class;
#[cfg(feature = "browser")]
use super::page::comes_to;

/// Two cores serve so many; `MOEBI_CLASS=30` is a real class.
const LEARNERS: usize = 4;

fn learners() -> usize {
    env::var("MOEBI_CLASS").ok().and_then(|count| count.parse().ok()).unwrap_or(LEARNERS)
}

fn named(number: usize) -> String {
    format!("Μαθήτρια {number}")
}

/// The first three steps; who has an even number takes a wrong turn first.
fn one_hour(learner: PipeLearner, number: usize) -> PipeLearner {
    let learner = learner.types("iex").prompts("shell iex(1)>").types("Node.self()").sees_done().types("");
    let learner = match number % 2 {
        0 => learner
            .prompts("")
            .types("/alex")
            .prompts("alex $")
            .types("iex --sname alx@localhost")
            .sees("under a name other than")
            .types("/close")
            .prompts("alex $"),
        _ => learner.prompts("").types("/alex").prompts("alex $"),
    };
    learner.types("iex --sname alex@localhost").sees_done().types("/submit").sees("2 steps")
}

#[test]
fn from_the_board_to_the_grades() {
    let mut class = Class::open();
    let homes: Vec<_> = (0..learners()).map(|_| Home::new()).collect();
    let mut joined: Vec<_> =
        homes.iter().enumerate().map(|(number, home)| class.joined(home, &named(number))).collect();
    class.comes_to("joined by all", |status| status.len() == learners());
    #[cfg(feature = "browser")]
    let mut page = watched(&class);
    class.is_killed();
    let half = joined.split_off(joined.len() / 2);
    let at_work: Vec<_> = joined
        .into_iter()
        .enumerate()
        .map(|(number, learner)| thread::spawn(move || one_hour(learner, number)))
        .collect();
    let done: Vec<_> = at_work.into_iter().map(|one| one.join().expect("no learner fails")).collect();
    class.is_opened_again();
    class.comes_to("told by those who were alone", |status| {
        status.iter().filter(|one| one["handed_in"] == 1).count() == done.len()
    });
    class.is_killed();
    class.is_opened_again();
    let from = done.len();
    let at_work: Vec<_> = half
        .into_iter()
        .enumerate()
        .map(|(number, learner)| thread::spawn(move || one_hour(learner, from + number)))
        .collect();
    let late: Vec<_> = at_work.into_iter().map(|one| one.join().expect("no learner fails")).collect();
    for learner in done.into_iter().chain(late) {
        learner.quits();
    }
    class.comes_to("told by everybody", |status| {
        status.len() == learners()
            && status.iter().all(|one| one["passed"] == 2 && one["handed_in"] == 1 && one["here"] == false)
    });
    #[cfg(feature = "browser")]
    shows_everything(&mut page);
    let wrong: Vec<_> =
        class.status().iter().map(|one| one["wrong_turns"].as_u64().unwrap_or_default()).collect();
    assert!(wrong.iter().any(|count| *count > 0), "somebody took a wrong turn: {wrong:?}");
    let journal = class.journal();
    assert_eq!(journal.matches("\"did\":\"passed\"").count(), 2 * learners(), "nothing is lost or doubled");
    for number in 0..learners() {
        let text =
            fs::read_to_string(class.answers().join(format!("{}.yaml", named(number)))).expect("answers");
        let answers = load_answers("answers.yaml", &text, &lesson()).expect("they can be checked");
        assert_eq!(answers.steps.len(), 2, "{text}");
    }
    let teacher = class.teacher.clone();
    class.closes();
    teacher
        .runs(&["grade", "answers", "--gradebook", "moodle", "--output", "graded"])
        .exits(0)
        .prints(&format!("{} submissions", learners()));
    for sheet in ["grades.csv", "results.csv", "gradebook-moodle.csv"] {
        let sheet = fs::read_to_string(teacher.path("home/graded").join(sheet)).expect("grades");
        for number in 0..learners() {
            assert!(sheet.contains(&named(number)), "{sheet}");
        }
    }
}

/// The teacher's page, as it stays open for the whole hour.
#[cfg(feature = "browser")]
fn watched(class: &Class) -> Chromium {
    let mut page = Chromium::at(&class.page, DESKTOP);
    page.eval("window.isTheSame = true");
    comes_to(&mut page, "document.querySelectorAll('#learners tr').length", &learners().to_string());
    page
}

#[cfg(feature = "browser")]
fn shows_everything(page: &mut Chromium) {
    let done = "[...document.querySelectorAll('#learners tr')].filter(row => row.querySelectorAll('i.p').length === 2 && row.querySelector('.in')).length";
    comes_to(page, done, &learners().to_string());
    assert_eq!(page.eval("window.isTheSame"), true, "it came back by itself, twice");
}
