//! `/help`: every command and key.

use crate::words::Words;

use super::{feedback::Pen, palette::Tone, span::Span, width, words};

pub fn commands() -> Vec<(&'static str, Words)> {
    vec![
        ("/hint", words::help_hint()),
        ("/answer", words::help_answer()),
        ("/check", words::help_check()),
        ("/next", words::help_next()),
        ("/back", words::help_back()),
        ("/skip", words::help_skip()),
        ("/goto STEP", words::help_goto()),
        ("/restart", words::help_restart()),
        ("/alex, /kate, …", words::help_focus()),
        ("/reset step|section|all", words::help_reset()),
        ("/open NAME", words::help_open()),
        ("/close [NAME]", words::help_close()),
        ("/screen [NAME]", words::help_screen()),
        ("/edit FILE", words::help_edit()),
        ("/export", words::help_export()),
        ("/word TERM", words::help_word()),
        ("/lang en, /lang el", words::help_lang()),
        ("/help", words::help_help()),
        ("/quit", words::help_quit()),
        ("", words::help_short()),
    ]
}

/// What the command of that name does; nothing for a name that is none.
pub fn about(name: &str) -> Option<Words> {
    let is_it = |row: &str| row.strip_prefix('/').and_then(|row| row.split(' ').next()) == Some(name);
    commands().into_iter().find(|(row, _)| is_it(row)).map(|(_, about)| about)
}

/// What naming a terminal does.
pub fn focus() -> Words {
    words::help_focus()
}

fn keys() -> Vec<(&'static str, Words)> {
    vec![
        ("Alt-1 … Alt-9", words::key_focus()),
        ("F1 … F9", words::key_focus()),
        ("Alt-Up, Alt-Down", words::key_neighbour()),
        ("Ctrl-] 1 … 9", words::key_escape()),
        ("Tab", words::key_tab()),
        ("→, Ctrl-E", words::key_hint()),
        ("Alt-→", words::key_hint_word()),
        ("Alt-Enter", words::key_newline()),
        ("Up, Down", words::key_history()),
        ("Ctrl-R", words::key_search()),
        ("Ctrl-C", words::key_interrupt()),
        ("Ctrl-L", words::key_clear()),
        ("Ctrl-D", words::key_leave()),
    ]
}

pub fn lines(pen: Pen) -> Vec<String> {
    let mut lines = table(&commands(), pen);
    lines.push(String::new());
    lines.extend(table(&keys(), pen));
    lines
}

fn table(rows: &[(&str, Words)], pen: Pen) -> Vec<String> {
    let left = rows.iter().map(|(name, _)| width::width(name)).max().unwrap_or_default();
    rows.iter().flat_map(|(name, what)| row(name, what, left, pen)).collect()
}

fn row(name: &str, what: &Words, left: usize, pen: Pen) -> Vec<String> {
    let name = pen.palette.paint(Tone::Code, name);
    let first = format!("  {}  ", width::pad(&name, left));
    pen.hanging(&first, &" ".repeat(left + 4), &[Span::new(Tone::Plain, what.speak(pen.lang))])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{ink::Palette, lesson::Lang};

    #[test]
    fn it_fits_narrow_terminals() {
        for (columns, lang) in
            [40, 60, 80, 100].into_iter().flat_map(|columns| Lang::ALL.map(|lang| (columns, lang)))
        {
            for line in lines(Pen { columns, palette: Palette::MONOCHROME, lang }) {
                assert!(width::width(&line) <= columns, "{columns}: {line}");
            }
        }
    }
}
