//! A timeline as rows of text: who, and what was typed or shown there, as on a screen.

use crate::{
    check::{
        messages,
        outcome::{Moment, MomentKind},
    },
    lesson::Lang,
    render::{messages as render_messages, rows, untrusted, width},
};

/// How wide a row may be; the report indents it.
const COLUMNS: usize = 72;
/// A label leaves its text no less than this.
const FEWEST_COLUMNS: usize = 20;
/// How many rows are shown of one moment, and of all: the first and the last half. Programs get the rest.
const MAX_ROWS: usize = 10;
const MAX_IN_ALL: usize = 60;

/// Rows such as `kate │ iex> Node.self()`; what no terminal showed stands behind a dot.
pub(super) fn transcript(moments: &[Moment], lang: Lang) -> Vec<String> {
    let names = moments.iter().filter_map(|moment| moment.terminal.as_deref());
    let columns = names.map(width::width).max().unwrap_or_default();
    let rows = moments.iter().flat_map(|moment| of_one(moment, columns, lang)).collect();
    shortened(rows, MAX_IN_ALL, |left_out| {
        format!("{} ⋮ {}", " ".repeat(columns), messages::lines_left_out(left_out).speak(lang))
    })
}

fn of_one(moment: &Moment, columns: usize, lang: Lang) -> Vec<String> {
    let name = width::pad(moment.terminal.as_deref().unwrap_or_default(), columns);
    let bar = if moment.terminal.is_some() { '│' } else { '·' };
    let aside = match moment.kind {
        MomentKind::Note | MomentKind::Nodes if moment.terminal.is_some() => "· ",
        MomentKind::Note
        | MomentKind::Nodes
        | MomentKind::Typed
        | MomentKind::Printed
        | MomentKind::Value
        | MomentKind::Error
        | MomentKind::Log
        | MomentKind::Message => "",
    };
    let room = COLUMNS.saturating_sub(columns + 3 + aside.len()).max(FEWEST_COLUMNS);
    let mut lines: Vec<String> =
        untrusted::lines(&moment.text, false, lang).iter().flat_map(|line| rows::rows(line, room)).collect();
    if let (Some(by), Some(first)) = (&moment.by, lines.first_mut()) {
        let origin = render_messages::from(&untrusted::plain(by)).speak(lang).to_owned();
        match width::apart(first, &origin, room) {
            Some(line) => *first = line,
            None => lines.insert(0, origin),
        }
    }
    let lines =
        shortened(lines, MAX_ROWS, |left_out| messages::lines_left_out(left_out).speak(lang).to_owned());
    lines.iter().map(|line| format!("{name} {bar} {aside}{line}").trim_end().to_owned()).collect()
}

/// The first and the last of them, and between them how many there are more.
fn shortened(mut rows: Vec<String>, most: usize, told: impl Fn(usize) -> String) -> Vec<String> {
    if rows.len() > most {
        let (from, to) = (most / 2, rows.len() - (most - most / 2 - 1));
        rows.splice(from..to, [told(to - from)]);
    }
    rows
}
