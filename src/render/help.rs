//! `/help`: every command and key.

use crate::i18n::Localized;

use super::{feedback::Pen, messages, palette::Tone, span::Span, width};

pub fn commands() -> Vec<(&'static str, Localized)> {
    vec![
        ("/hint", messages::help_hint()),
        ("/answer", messages::help_answer()),
        ("/check", messages::help_check()),
        ("/next", messages::help_next()),
        ("/back", messages::help_back()),
        ("/skip", messages::help_skip()),
        ("/goto STEP", messages::help_goto()),
        ("/restart", messages::help_restart()),
        ("/alex, /kate, …", messages::help_focus()),
        ("/reset step|section|all", messages::help_reset()),
        ("/open NAME", messages::help_open()),
        ("/close [NAME]", messages::help_close()),
        ("/screen [NAME]", messages::help_screen()),
        ("/edit FILE", messages::help_edit()),
        ("/export", messages::help_export()),
        ("/word TERM", messages::help_word()),
        ("/lang en, /lang el", messages::help_lang()),
        ("/help", messages::help_help()),
        ("/quit", messages::help_quit()),
        ("", messages::help_short()),
    ]
}

/// What the command of that name does; nothing for a name that is none.
pub fn about(name: &str) -> Option<Localized> {
    let is_it = |row: &str| row.strip_prefix('/').and_then(|row| row.split(' ').next()) == Some(name);
    commands().into_iter().find(|(row, _)| is_it(row)).map(|(_, about)| about)
}

/// What naming a terminal does.
pub fn focus() -> Localized {
    messages::help_focus()
}

fn keys() -> Vec<(&'static str, Localized)> {
    vec![
        ("Alt-1 … Alt-9", messages::key_focus()),
        ("F1 … F9", messages::key_focus()),
        ("Alt-Up, Alt-Down", messages::key_neighbour()),
        ("Ctrl-] 1 … 9", messages::key_escape()),
        ("Tab", messages::key_tab()),
        ("→, Ctrl-E", messages::key_hint()),
        ("Alt-→", messages::key_hint_word()),
        ("Alt-Enter", messages::key_newline()),
        ("Up, Down", messages::key_history()),
        ("Ctrl-R", messages::key_search()),
        ("Ctrl-C", messages::key_interrupt()),
        ("Ctrl-L", messages::key_clear()),
        ("Ctrl-D", messages::key_leave()),
    ]
}

pub fn lines(pen: Pen) -> Vec<String> {
    let mut lines = table(&commands(), pen);
    lines.push(String::new());
    lines.extend(table(&keys(), pen));
    lines
}

fn table(rows: &[(&str, Localized)], pen: Pen) -> Vec<String> {
    let left = rows.iter().map(|(name, _)| width::width(name)).max().unwrap_or_default();
    rows.iter().flat_map(|(name, what)| row(name, what, left, pen)).collect()
}

fn row(name: &str, what: &Localized, left: usize, pen: Pen) -> Vec<String> {
    let name = pen.palette.paint(Tone::Code, name);
    let first = format!("  {}  ", width::pad(&name, left));
    pen.hanging(&first, &" ".repeat(left + 4), &[Span::new(Tone::Plain, what.speak(pen.lang))])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{lesson::Lang, render::Palette};

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
