//! `/help`: every command and key.

use crate::{
    i18n::{Lang, Localized},
    session::notice::CommandHelp,
};

use super::{feedback::Pen, messages, palette::Tone, span::Span, width};

/// What each command does, and that they may be shortened.
pub fn commands(all: &[CommandHelp], lang: Lang) -> Vec<(&str, Localized)> {
    let rows = all.iter().map(|command| (command.usage.speak(lang), command.does.clone()));
    rows.chain([("", messages::help_short())]).collect()
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

pub fn lines(all: &[CommandHelp], pen: Pen) -> Vec<String> {
    let mut lines = table(&commands(all, pen.lang), pen);
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
    use crate::{i18n::Verbatim, render::Palette};

    #[test]
    fn it_fits_narrow_terminals() {
        let widest = CommandHelp {
            usage: Verbatim::code("/reset step|section|all").into(),
            does: messages::help_short(),
        };
        for (columns, lang) in
            [40, 60, 80, 100].into_iter().flat_map(|columns| Lang::ALL.map(|lang| (columns, lang)))
        {
            for line in
                lines(std::slice::from_ref(&widest), Pen { columns, palette: Palette::MONOCHROME, lang })
            {
                assert!(width::width(&line) <= columns, "{columns}: {line}");
            }
        }
    }
}
