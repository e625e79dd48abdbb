//! What nodes and commands print: whose screen, whose process.

use crate::{
    i18n::Localized,
    lesson::{NodeName, OutputKind, TerminalName},
    session::notice::{LateLine, Map},
};

use super::{
    feedback::Pen,
    highlight, messages,
    palette::{Palette, Tone},
    rows, untrusted, width,
};

/// A label leaves its lines no less than this.
const FEWEST_COLUMNS: usize = 20;
/// A longer value is in one colour, in bytes.
const MAX_VALUE: usize = 4096;

/// One output of a terminal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Printed {
    pub terminal: TerminalName,
    pub is_focused: bool,
    pub kind: OutputKind,
    pub by: Option<NodeName>,
    pub late: Option<LateLine>,
    pub text: String,
}

impl Printed {
    /// Whether `next` goes on where this one stopped, in the middle of a line.
    pub fn goes_on_with(&self, next: &Self) -> bool {
        !self.text.ends_with('\n')
            && self.terminal == next.terminal
            && self.is_focused == next.is_focused
            && self.by == next.by
            && self.late == next.late
    }

    /// Of what comes late: "line 3", as the prompt counts.
    pub fn line(&self) -> Option<Localized> {
        let late = self.late.as_ref()?;
        Some(match late.terminal == self.terminal {
            true => messages::line(late.number),
            false => messages::line_of(late.number, late.terminal.as_str()),
        })
    }

    /// The node that printed, if it isn't the terminal's own.
    pub fn stranger<'a>(&'a self, map: &Map) -> Option<&'a NodeName> {
        let by = self.by.as_ref()?;
        let own = map.nodes.iter().find(|(terminal, _)| *terminal == self.terminal);
        let is_own = match own.and_then(|(_, node)| node.as_ref()) {
            Some(node) => node == by,
            // Not known (yet), or just gone: nodes are mostly called as their terminals are.
            None => by.short() == self.terminal.as_str() || by.short() == "nonode",
        };
        (!is_own).then_some(by)
    }
}

/// Other terminals' lines begin with their name; a line that another node's process printed ends with `‹ from kate ›`,
/// one that came late with `‹ line 3 ›`.
pub fn lines(printed: &Printed, map: &Map, pen: Pen) -> Vec<String> {
    let Pen { mut columns, palette, lang } = pen;
    if printed.text.is_empty() {
        return Vec::new();
    }
    let before = label(printed, palette);
    let mut lines = untrusted::lines(&printed.text, palette.is_coloured(), lang);
    if !printed.is_focused {
        columns = columns.saturating_sub(width::width(&before)).max(FEWEST_COLUMNS);
        lines = beside(lines, columns);
    }
    let mut lines = toned(lines, printed.kind, palette);
    if let Some(origin) = origin(printed, map).filter(|_| !lines.is_empty()) {
        let origin = palette.paint(Tone::Quiet, origin.speak(lang));
        sign(&mut lines, &origin, columns);
    }
    lines.into_iter().map(|line| before.clone() + &line).collect()
}

/// Where it comes from, if that is not what one would think: this terminal's own node, and its last line.
fn origin(printed: &Printed, map: &Map) -> Option<Localized> {
    let node = printed.stranger(map).map(|node| untrusted::plain(&node.brief()));
    match (node, printed.line()) {
        (Some(node), Some(line)) => Some(messages::from_late(&node, &line)),
        (Some(node), None) => Some(messages::from(&node)),
        (None, Some(line)) => Some(messages::late(&line)),
        (None, None) => None,
    }
}

/// As another terminal's lines stand beside their label: every row begins with it, and no empty line is at
/// either end.
fn beside(lines: Vec<String>, columns: usize) -> Vec<String> {
    let is_empty = |line: &String| width::strip(line).trim().is_empty();
    let from = lines.iter().take_while(|line| is_empty(line)).count();
    let to = lines.iter().rposition(|line| !is_empty(line)).map_or(from, |last| last + 1);
    lines[from..to].iter().flat_map(|line| rows::rows(line, columns)).collect()
}

pub fn left_out(terminal: &TerminalName, bytes: u64, pen: Pen) -> Vec<String> {
    let told = messages::left_out(&amount(bytes), terminal.as_str());
    vec![pen.palette.paint(Tone::Quiet, told.speak(pen.lang))]
}

pub fn amount(bytes: u64) -> Localized {
    match bytes {
        0..=9_999 => messages::bytes(bytes),
        10_000..=9_999_999 => messages::kilobytes(bytes / 1000),
        10_000_000.. => messages::megabytes(bytes / 1_000_000),
    }
}

fn label(printed: &Printed, palette: Palette) -> String {
    if printed.is_focused {
        return String::new();
    }
    let name = printed.terminal.as_str();
    format!("{} {} ", palette.terminal(name, name), palette.paint(Tone::Quiet, "│"))
}

fn toned(lines: Vec<String>, kind: OutputKind, palette: Palette) -> Vec<String> {
    let is_value = kind == OutputKind::Result && palette.is_coloured();
    let is_short = lines.iter().map(String::len).sum::<usize>() <= MAX_VALUE;
    if is_value && is_short && !lines.iter().any(|line| line.contains('\u{1b}')) {
        value(&lines, palette)
    } else {
        lines.iter().map(|line| tinted(line, kind, palette)).collect()
    }
}

/// As IEx colours values: atoms, strings and the rest each in their own.
fn value(lines: &[String], palette: Palette) -> Vec<String> {
    // To the highlighter `#PID<0.1.0>` is a comment.
    let code = lines.join("\n").replace('#', "\u{1}");
    let painted = highlight::elixir(&code).into_iter().map(|line| {
        let painted = line.iter().map(|span| {
            let tone = if span.tone == Tone::Plain { Tone::Value } else { span.tone };
            palette.paint(tone, &span.text.replace('\u{1}', "#"))
        });
        painted.collect()
    });
    painted.collect()
}

fn tinted(line: &str, kind: OutputKind, palette: Palette) -> String {
    if line.contains('\u{1b}') {
        return line.to_owned();
    }
    let tone = match kind {
        OutputKind::Result => Tone::Value,
        OutputKind::Error => Tone::Bad,
        OutputKind::Shell | OutputKind::Log => Tone::Quiet,
        OutputKind::Print | OutputKind::Stderr | OutputKind::Raw => Tone::Plain,
    };
    palette.paint(tone, line)
}

/// Puts the origin at the right end of the first line, or above it where there is no room.
fn sign(lines: &mut Vec<String>, origin: &str, columns: usize) {
    let columns = columns.saturating_sub(1).min(super::card::MAX_COLUMNS);
    let first = lines.first().cloned().unwrap_or_default();
    match width::apart(&first, origin, columns) {
        Some(line) => lines[0] = line,
        None => {
            let gap = columns.saturating_sub(width::width(origin));
            lines.insert(0, format!("{}{origin}", " ".repeat(gap)));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lesson::Lang;
    use crate::view::map::tests::map;

    fn printed(terminal: &str, by: &str, text: &str) -> Printed {
        Printed {
            terminal: TerminalName::parse(terminal).expect("a name"),
            is_focused: terminal == "alex",
            kind: OutputKind::Print,
            by: NodeName::parse(by).ok(),
            late: None,
            text: text.into(),
        }
    }

    fn drawn(printed: &Printed, columns: usize) -> Vec<String> {
        lines(
            printed,
            &map(&["alex", "kate"], &[]),
            Pen { columns, palette: Palette::MONOCHROME, lang: Lang::En },
        )
    }

    #[test]
    fn a_strangers_line_says_whose_it_is() {
        assert_eq!(
            drawn(&printed("alex", "kate", "Hi, my name is Kate\n"), 60),
            ["Hi, my name is Kate                           ‹ from kate ›"]
        );
        assert_eq!(drawn(&printed("alex", "alex", "Hi\n"), 60), ["Hi"]);
        assert_eq!(
            drawn(&printed("alex", "kate", "Γεια, με λένε Κέιτ και μένω μακριά\n"), 40),
            ["                          ‹ from kate ›", "Γεια, με λένε Κέιτ και μένω μακριά"]
        );
    }

    #[test]
    fn what_comes_late_says_which_line_it_belongs_to() {
        let late = |by, of: &str| {
            let terminal = TerminalName::parse(of).unwrap();
            Printed { late: Some(LateLine { number: 3, terminal }), ..printed("alex", by, "bye\n") }
        };
        assert_eq!(drawn(&late("kate", "alex"), 40), ["bye               ‹ from kate, line 3 ›"]);
        assert_eq!(drawn(&late("alex", "alex"), 40), ["bye                          ‹ line 3 ›"]);
        assert_eq!(drawn(&late("alex", "kate"), 40), ["bye                  ‹ line 3 of kate ›"]);
    }

    #[test]
    fn other_terminals_are_named() {
        assert_eq!(drawn(&printed("kate", "kate", "one\ntwo\n"), 60), ["kate │ one", "kate │ two"]);
    }

    #[test]
    fn other_terminals_rows_all_begin_with_their_name() {
        let text = "\n00:25:10.610 [error] Process #PID<0.2003.0> raised an exception\n\n    at home\n\n";
        assert_eq!(
            drawn(&printed("kate", "kate", text), 50),
            [
                "kate │ 00:25:10.610 [error] Process #PID<0.2003.0>",
                "kate │ raised an exception",
                "kate │ ",
                "kate │     at home",
            ]
        );
        assert_eq!(drawn(&printed("kate", "kate", "\n\n"), 50), Vec::<String>::new());
        assert_eq!(drawn(&printed("alex", "alex", "\nHi\n\n"), 50), ["", "Hi", ""], "the focused one's stay");
        assert_eq!(
            drawn(&printed("kate", "alex", "chicken?\n"), 40),
            ["kate │ chicken?           ‹ from alex ›"]
        );
    }

    #[test]
    fn amounts_are_for_people() {
        assert_eq!(amount(512).speak(Lang::En), "512 bytes");
        assert_eq!(amount(1_234_567).speak(Lang::En), "1234 KB");
    }
}
