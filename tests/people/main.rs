//! Ten people, each with a way of their own to go wrong: several wrong turns within one step, each explained where it
//! was made, and then the step done. In both languages, on a wide screen and on a narrow one.

mod cookies;
mod replies;
mod spawn_link;
mod starting_nodes;

#[path = "../common/mod.rs"]
mod common;

use std::sync::Arc;

use common::person::{Home, Person};

/// A person's story is a test in each language.
macro_rules! stories {
    ($($name:ident at $step:literal),+ $(,)?) => { $(mod $name {
        #[test]
        fn in_english() {
            super::$name(crate::someone(100, 30, "en", $step)).leaves();
        }

        #[test]
        fn in_greek() {
            super::$name(crate::someone(80, 24, "el", $step)).leaves();
        }
    })+ };
}
use stories;

/// Someone who is at the beginning of that step.
fn someone(columns: u16, rows: u16, lang: &str, step: &str) -> Person {
    let person = Arc::new(Home::new()).opens(columns, rows, &["--lang", lang]);
    person.at("shell $").types(&format!("/goto {step}")).reads_anew(step)
}
