//! The second of two stages: raw structs checked into the model. Everything wrong is told; nothing is guessed.

mod condition;
mod elixir;
mod glossary;
mod input;
mod lesson;
mod outline;
mod prose;
mod step;

pub use input::{Ground, inputs, is_inner};
pub use lesson::lesson;
pub use outline::Outline;
pub use prose::{prose, same_keys};

use super::{complaint::Complaints, name::BadName, raw::Placed};
use crate::words::Lang;

/// A name of some kind, or a complaint.
fn named<N>(
    word: &Placed<String>,
    parse: fn(&str) -> Result<N, BadName>,
    told: &mut Complaints<'_>,
) -> Option<N> {
    match parse(&word.value) {
        Ok(name) => Some(name),
        Err(why) => {
            told.say(&word.span, why.0.speak(Lang::En));
            None
        }
    }
}

/// Complains about a text that says nothing.
fn filled(text: Placed<String>, what: &str, told: &mut Complaints<'_>) -> Option<String> {
    if text.value.trim().is_empty() {
        told.say(&text.span, format!("{what} is empty"));
        return None;
    }
    Some(text.value)
}
