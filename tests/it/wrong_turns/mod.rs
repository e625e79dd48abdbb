//! Ten learners, each with a way of their own to go wrong: several wrong turns within one step, each explained where it
//! was made, and then the step done. In both languages, on a wide screen and on a narrow one.

mod cookies;
mod replies;
mod spawn_link;
mod starting_nodes;

use crate::support::{home::Home, learner::PtyLearner};

/// A learner's story is a test in each language.
macro_rules! stories {
    ($($name:ident at $step:literal),+ $(,)?) => { $(mod $name {
        #[test]
        fn in_english() {
            super::$name(crate::wrong_turns::someone(100, 30, "en", $step)).leaves();
        }

        #[test]
        fn in_greek() {
            super::$name(crate::wrong_turns::someone(80, 24, "el", $step)).leaves();
        }
    })+ };
}
use stories;

/// Someone who is at the beginning of that step.
fn someone(columns: u16, rows: u16, lang: &str, step: &str) -> PtyLearner {
    let learner = Home::new().opens(columns, rows, &["--lang", lang]);
    learner.at("shell $").types(&format!("/goto {step}")).reads_anew(step)
}
