//! What the words of several conditions are made of: short, plain, one line each.

use crate::{
    i18n::Localized,
    lesson::{NodeName, OutputKind, TerminalName},
};

/// How many characters of an output or a value are told.
const MAX_QUOTED: usize = 80;

/// In quotes, or where it holds quotes itself, between backquotes.
pub(super) fn quoted(text: &str) -> String {
    let text = short(text.trim_end());
    if text.contains('"') { format!("`{text}`") } else { format!("\"{text}\"") }
}

/// Whether a pattern of Elixir has a `_` that stands for anything.
pub(super) fn has_wildcard(pattern: &str) -> bool {
    pattern.split(|sign: char| !sign.is_alphanumeric() && sign != '_').any(|word| word == "_")
}

/// Code or a value, on one line.
pub(super) fn code(text: &str) -> String {
    format!("`{}`", short(text.trim()))
}

pub(super) fn first_line(text: &str) -> String {
    quoted(text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default().trim())
}

pub(super) fn last_line(text: &str) -> String {
    quoted(text.lines().rfind(|line| !line.trim().is_empty()).unwrap_or_default().trim())
}

/// One line of at most so many characters, fit for any terminal.
pub(super) fn short(text: &str) -> String {
    let line: String = text.split('\n').map(str::trim).collect::<Vec<_>>().join(" ");
    let line: String = line.chars().filter(|c| !c.is_control()).take(MAX_QUOTED + 1).collect();
    match line.char_indices().nth(MAX_QUOTED) {
        Some((at, _)) => format!("{}…", &line[..at]),
        None => line,
    }
}

/// ` in alex`, or nothing where no terminal is named.
pub(super) fn place(at: Option<&TerminalName>) -> Localized {
    at.map_or_else(nothing, within)
}

pub(super) fn somewhere(at: Option<&TerminalName>) -> Localized {
    at.map_or_else(some_terminal, the_terminal)
}

pub(super) fn input(at: Option<&TerminalName>) -> Localized {
    at.map_or_else(the_input, the_input_in)
}

/// `, printed by a process on kate`, or nothing where the origin isn't known.
pub(super) fn origin(by: Option<&NodeName>) -> Localized {
    by.map_or_else(nothing, |by| printed_by(&by.brief()))
}

pub(super) fn kind(kind: OutputKind) -> Localized {
    match kind {
        OutputKind::Result => a_value(),
        OutputKind::Error => an_error(),
        OutputKind::Shell => a_note(),
        OutputKind::Print => printed_text(),
        OutputKind::Log => a_log_line(),
        OutputKind::Stderr => on_stderr(),
        OutputKind::Raw => command_output(),
    }
}

crate::catalogue! {
    nothing { en: "", el: "" }
    comma_and { en: ", and ", el: ", και " }
    comma_or { en: ", or ", el: ", ή " }
    and { en: " and ", el: " και " }
    or { en: " or ", el: " ή " }
    within(at: &TerminalName) { en: " in {at}", el: " στο {at}" }
    some_terminal { en: "some terminal", el: "κάποιο τερματικό" }
    the_terminal(at: &TerminalName) { en: "{at}", el: "το {at}" }
    the_input { en: "the input", el: "η εντολή" }
    the_input_in(at: &TerminalName) { en: "the input in {at}", el: "η εντολή στο {at}" }
    printed_by(node: &str) {
        en: ", printed by a process on {node}",
        el: ", από διεργασία στον κόμβο {node}",
    }
    shown(at: &TerminalName, what: &str, origin: &Localized) {
        en: "{at} shows {what}{origin}",
        el: "το {at} δείχνει {what}{origin}",
    }
    not_so(what: &Localized) { en: "not so: {what}", el: "να μην ισχύει: {what}" }
    a_value { en: "a value", el: "τιμή" }
    an_error { en: "an error", el: "σφάλμα" }
    a_note { en: "a note of the shell", el: "σημείωση του κελύφους" }
    printed_text { en: "printed text", el: "τυπωμένο κείμενο" }
    a_log_line { en: "a log line", el: "γραμμή καταγραφής" }
    on_stderr { en: "text on standard error", el: "κείμενο στην έξοδο σφαλμάτων" }
    command_output { en: "output of a command", el: "έξοδος προγράμματος" }
}
