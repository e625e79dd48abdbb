//! The second of two stages: raw structs checked into the model. Everything wrong is told; nothing is guessed.

pub(super) mod elixir;
mod glossary;
mod input;
mod lesson;
mod outline;
mod prose;
mod step;

pub(super) use input::{Declared, fault, inner_path, inputs, is_inner};
pub(super) use lesson::lesson;
pub(super) use outline::Outline;
pub(super) use prose::{prose, same_keys};

use super::{diagnostic::Diagnostics, name::BadName, raw::Placed};
use crate::i18n::Lang;

/// A name of some kind, or a complaint.
pub(super) fn named<N>(
    word: &Placed<String>,
    parse: fn(&str) -> Result<N, BadName>,
    diag: &mut Diagnostics<'_>,
) -> Option<N> {
    match parse(&word.value) {
        Ok(name) => Some(name),
        Err(why) => {
            let complaint = diag.error(&word.span, why.0.speak(Lang::En));
            let near = word.value.trim().to_lowercase().replace([' ', '.'], "-");
            match parse(&near) {
                Ok(_) => complaint.did_you_mean(&near),
                Err(_) => complaint.help("begin with a letter, and leave out all other signs"),
            };
            None
        }
    }
}

/// Complains about a text that says nothing.
pub(super) fn filled(text: Placed<String>, what: &str, diag: &mut Diagnostics<'_>) -> Option<String> {
    if text.value.trim().is_empty() {
        diag.error(&text.span, format!("{what} is empty")).help("say something there, or take it away");
        return None;
    }
    Some(text.value)
}
