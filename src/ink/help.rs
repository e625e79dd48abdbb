//! `/help`: every command and key.

use super::{feedback::Pen, palette::Tone, span::Span, width};

pub const COMMANDS: [(&str, &str); 15] = [
    ("/hint", "a hint for this step, each more telling than the one before"),
    ("/answer", "one way to do this step"),
    ("/check", "what this step still waits for, beside what was seen"),
    ("/next", "the next step (Enter alone does the same once a step is done)"),
    ("/back", "the step before"),
    ("/skip", "leave this step out"),
    ("/goto STEP", "go to a step by its name or number; alone, see all steps"),
    ("/restart", "bring the nodes back to where this step begins"),
    ("/alex, /kate, …", "type into that terminal from now on"),
    ("/open NAME", "open a terminal"),
    ("/close [NAME]", "stop the node in this terminal, or in that one; it is at $ again"),
    ("/screen [NAME]", "show this step again, or what a terminal showed last"),
    ("/help", "this list"),
    ("/quit", "leave; your progress is kept"),
    ("", "Commands may be shortened: /h is not enough, /hi is."),
];

/// What naming a terminal does.
pub const FOCUS: &str = "type into that terminal from now on";

/// What the command of that name does; empty for a name that is none.
pub fn about(name: &str) -> &'static str {
    let is_it = |row: &str| row.strip_prefix('/').and_then(|row| row.split(' ').next()) == Some(name);
    COMMANDS.iter().find(|(row, _)| is_it(row)).map_or("", |(_, about)| about)
}

pub const KEYS: [(&str, &str); 7] = [
    ("Alt-1 … Alt-9", "type into the first, second, … terminal"),
    ("Tab", "the rest of a command, shown in grey"),
    ("Up, Down", "what you typed before"),
    ("Ctrl-R", "search in it"),
    ("Ctrl-C", "clear the line; on an empty one, interrupt what runs"),
    ("Ctrl-L", "clear the screen"),
    ("Ctrl-D", "leave, on an empty line"),
];

pub fn lines(pen: Pen) -> Vec<String> {
    let mut lines = table(&COMMANDS, pen);
    lines.push(String::new());
    lines.extend(table(&KEYS, pen));
    lines
}

fn table(rows: &[(&str, &str)], pen: Pen) -> Vec<String> {
    let left = rows.iter().map(|(name, _)| width::width(name)).max().unwrap_or_default();
    rows.iter().flat_map(|(name, what)| row(name, what, left, pen)).collect()
}

fn row(name: &str, what: &str, left: usize, pen: Pen) -> Vec<String> {
    let name = pen.palette.paint(Tone::Code, name);
    let first = format!("  {}  ", width::pad(&name, left));
    pen.hanging(&first, &" ".repeat(left + 4), &[Span::new(Tone::Plain, what)])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ink::Palette;

    #[test]
    fn it_fits_narrow_terminals() {
        for columns in [40, 60, 80, 100] {
            for line in lines(Pen { columns, palette: Palette::MONOCHROME }) {
                assert!(width::width(&line) <= columns, "{columns}: {line}");
            }
        }
    }
}
