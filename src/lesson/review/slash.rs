//! What texts tell a learner to type after a slash: is there such a command, term or step?

use pulldown_cmark::{Event, Parser};

use crate::lesson::{
    check::elixir::inside,
    diagnostic::{Diagnostics, nearest},
    raw::{INPUT_KEYS, Placed},
    yaml::{Node, Value},
};

use super::{Known, Said};

/// A terminal that is called like a command can't be gone to by its name.
pub(super) fn terminals(root: &Node, commands: &[&str], diag: &mut Diagnostics<'_>) {
    let Some(Value::List(names)) = root.get("terminals").map(|terminals| &terminals.value) else { return };
    for name in names {
        // Those that are inputs as well have been told.
        let is_free = |word: &&str| commands.contains(word) && !INPUT_KEYS.contains(word);
        if let Some(word) = name.text().filter(is_free) {
            diag.error(&name.span, format!("no terminal can be called `{word}`: `/{word}` is a command"))
                .help("give it another name");
        }
    }
}

/// Code of one line that begins with a slash, as in `/word node`.
pub(super) fn review(said: &Said<'_>, known: &Known<'_>, diag: &mut Diagnostics<'_>) {
    if said.is_title {
        return;
    }
    for (event, range) in Parser::new(said.text).into_offset_iter() {
        let Event::Code(code) = event else { continue };
        let Some(typed) = code.strip_prefix('/').filter(|typed| !typed.contains('/')) else { continue };
        let at = range.start + said.text[range.clone()].find('/').unwrap_or_default() + 1;
        let (command, argument) = typed.split_once(' ').unwrap_or((typed, ""));
        let place = Place { said, at };
        place.command(command, known, diag);
        place.argument(command, argument.trim(), known, diag);
    }
}

struct Place<'s, 'n> {
    said: &'s Said<'n>,
    /// Where what stands behind the slash begins.
    at: usize,
}

impl Place<'_, '_> {
    fn command(&self, command: &str, known: &Known<'_>, diag: &mut Diagnostics<'_>) {
        let is_word = command.starts_with(char::is_alphabetic)
            && command.chars().all(|sign| sign.is_alphanumeric() || "-_".contains(sign));
        let is_known = known.commands.contains(&command) || known.terminals().any(|name| name == command);
        // In capitals something stands for it.
        if !is_word || is_known || command.chars().all(char::is_uppercase) {
            return;
        }
        let words = known.commands.iter().copied().chain(known.terminals());
        self.tell(
            self.at,
            command,
            format!("there is no command `/{command}`"),
            nearest(command, words),
            diag,
        );
    }

    fn argument(&self, command: &str, word: &str, known: &Known<'_>, diag: &mut Diagnostics<'_>) {
        if word.is_empty() || word.chars().all(|sign| sign.is_uppercase() || sign == '_') {
            return;
        }
        let at = self.at + command.len() + 1;
        match command {
            "word" | "λέξη" | "όρος" => {
                let Some(prose) = known.prose else { return };
                if prose.term(word).is_none() {
                    self.tell(
                        at,
                        word,
                        format!("the glossary has no term `{word}`"),
                        prose.nearest_term(word),
                        diag,
                    );
                }
            }
            "goto" | "πήγαινε" => {
                let Some(outline) = known.outline.filter(|outline| !outline.is_unclear) else { return };
                let sections = outline.sections.iter().map(|section| section.id.as_str());
                let ids: Vec<_> = sections.chain(outline.steps().map(|step| step.id.as_str())).collect();
                if !ids.contains(&word) && !word.chars().all(|sign| sign.is_ascii_digit() || sign == '.') {
                    let message = format!("there is no section or step `{word}`");
                    self.tell(at, word, message, nearest(word, ids.iter().copied()), diag);
                }
            }
            _ => {}
        }
    }

    fn tell(&self, at: usize, word: &str, message: String, near: Option<&str>, diag: &mut Diagnostics<'_>) {
        let span = span(self.said, at, word.len(), diag);
        let complaint = diag.error(&span, message);
        if let Some(near) = near {
            complaint.did_you_mean(near);
        }
    }
}

impl Known<'_> {
    fn terminals(&self) -> impl Iterator<Item = &str> {
        self.outline.iter().flat_map(|outline| &outline.terminals).map(String::as_str)
    }
}

/// Where a part of a text stands in the file.
pub(super) fn span(said: &Said<'_>, at: usize, len: usize, diag: &Diagnostics<'_>) -> std::ops::Range<usize> {
    let placed = Placed { span: said.node.span.clone(), value: said.text.to_owned() };
    let start = inside(diag.text(), &placed, at).start;
    let is_there = diag.text().get(start..start + len) == said.text.get(at..at + len);
    let end = if is_there { start + len } else { said.node.span.end };
    start..end
}
