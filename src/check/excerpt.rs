//! A step's timeline for a page: no longer than asked, every text inert, one line of plain text a line.

use crate::{
    i18n::{Lang, Localized},
    render::untrusted,
};

use super::{
    messages,
    outcome::{Moment, MomentKind},
};

/// How much of one moment is shown.
const MAX_LINES: usize = 24;
const MAX_CHARS: usize = 1200;
/// What a moment costs besides its text: its time, its terminal, the page's own markup.
const COST: usize = 60;
/// How wide the column of terminals may get.
const MAX_NAME: usize = 16;

/// A row of a timeline as it is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Row<'a> {
    /// With its text cut to size and cleaned.
    Moment(&'a Moment, String),
    /// So many moments are left out here.
    LeftOut(usize),
}

/// The rows of `moments` in about `most` characters: how it began, and above all how it ended.
pub fn rows(moments: &[Moment], most: usize, lang: Lang) -> Vec<Row<'_>> {
    let shown = |moment| Row::Moment(moment, cut(&moment.text, lang));
    let end = moments.len() - affordable(moments.iter().rev(), most / 3 * 2);
    let begin = affordable(moments[..end].iter(), most / 3);
    let mut rows: Vec<_> = moments[..begin].iter().map(shown).collect();
    if begin < end {
        rows.push(Row::LeftOut(end - begin));
    }
    rows.extend(moments[end..].iter().map(shown));
    rows
}

/// How many of these, from the first on, fit into `most` characters.
fn affordable<'a>(moments: impl Iterator<Item = &'a Moment>, most: usize) -> usize {
    let mut spent = 0;
    let fits = |moment: &&Moment| {
        spent += COST + moment.text.len().min(MAX_CHARS);
        spent <= most
    };
    moments.take_while(fits).count()
}

/// `text` without anything that acts, no longer than a moment may be.
fn cut(text: &str, lang: Lang) -> String {
    let text = text.trim_end_matches(['\n', '\r']);
    let short: String = text.chars().take(MAX_CHARS).collect();
    let mut lines: Vec<_> = short.split('\n').take(MAX_LINES).map(untrusted::plain).collect();
    let left = text.split('\n').count() - lines.len();
    if left > 0 {
        lines.push(messages::lines_left_out(left).speak(lang).to_owned());
    } else if short.len() < text.len() {
        lines.push("…".to_owned());
    }
    lines.join("\n")
}

/// What stands before a moment's text, so that each kind is told from the others.
pub fn sign(kind: MomentKind) -> char {
    match kind {
        // What was typed begins with the prompt at which it was.
        MomentKind::Typed | MomentKind::Printed => ' ',
        MomentKind::Value => '=',
        MomentKind::Error => '!',
        MomentKind::Log => '~',
        MomentKind::Nodes => '*',
        MomentKind::Message => '→',
        MomentKind::Note => '#',
    }
}

/// The timeline as plain text, in columns: seconds, terminal, sign, text.
pub fn plain(moments: &[Moment], most: usize, lang: Lang) -> String {
    let rows = rows(moments, most, lang);
    let names = rows.iter().map(|row| name(row).chars().count()).max().unwrap_or_default();
    let lines: Vec<_> = rows.iter().flat_map(|row| lines(row, names, lang)).collect();
    lines.join("\n")
}

fn name(row: &Row<'_>) -> String {
    match row {
        Row::Moment(moment, _) => {
            untrusted::plain(moment.terminal.as_deref().unwrap_or_default()).chars().take(MAX_NAME).collect()
        }
        Row::LeftOut(_) => String::new(),
    }
}

fn lines(row: &Row<'_>, names: usize, lang: Lang) -> Vec<String> {
    let (moment, text) = match row {
        Row::Moment(moment, text) => (moment, text),
        Row::LeftOut(count) => return vec![indented(messages::moments_left_out(*count), names, lang)],
    };
    let by = moment.by.as_deref().map(|by| format!("  ‹ {} ›", untrusted::plain(by))).unwrap_or_default();
    let head = format!("{} {:<names$} {} ", seconds(moment.at), name(row), sign(moment.kind));
    let rest = " ".repeat(head.chars().count());
    let before = |number| if number == 0 { &head } else { &rest };
    let after = |number| if number == 0 { by.as_str() } else { "" };
    let line = |(number, line): (usize, &str)| {
        format!("{}{line}{}", before(number), after(number)).trim_end().to_owned()
    };
    text.split('\n').enumerate().map(line).collect()
}

fn indented(words: Localized, names: usize, lang: Lang) -> String {
    format!("{:8}{:names$}   {}", "", "", words.speak(lang))
}

/// Milliseconds as seconds, in seven columns.
pub fn seconds(at: u64) -> String {
    format!("{:>7}", format!("{}.{:02}", at / 1000, at % 1000 / 10))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn moment(at: u64, terminal: Option<&str>, kind: MomentKind, text: &str) -> Moment {
        Moment { at, terminal: terminal.map(str::to_owned), kind, text: text.to_owned(), by: None }
    }

    #[test]
    fn all_terminals_stand_in_one_column() {
        let mut printed = moment(31, Some("alex"), MomentKind::Printed, "Hi\nthere\n");
        printed.by = Some("kate@localhost".to_owned());
        let moments = [
            moment(0, Some("alex"), MomentKind::Typed, "iex> hello()"),
            printed,
            moment(1234, Some("moebi"), MomentKind::Error, "** (boom)"),
            moment(2000, None, MomentKind::Nodes, "kate@localhost is gone"),
        ];
        let expected = [
            "   0.00 alex    iex> hello()",
            "   0.03 alex    Hi  ‹ kate@localhost ›",
            "                there",
            "   1.23 moebi ! ** (boom)",
            "   2.00       * kate@localhost is gone",
        ];
        assert_eq!(plain(&moments, 10_000, Lang::En), expected.join("\n"));
    }

    #[test]
    fn a_long_one_keeps_how_it_began_and_how_it_ended() {
        let text = |n: u64| moment(n, Some("alex"), MomentKind::Printed, &format!("line {n}"));
        let moments: Vec<_> = (0..1000).map(text).collect();
        let shown = plain(&moments, 3000, Lang::En);
        assert!(shown.len() < 3000, "{}", shown.len());
        assert!(shown.contains("line 0\n") && shown.ends_with("line 999"), "{shown}");
        assert!(shown.contains("… 956 moments left out …"), "{shown}");
    }

    #[test]
    fn a_long_moment_is_cut() {
        let shown =
            plain(&[moment(0, None, MomentKind::Printed, &"x\n".repeat(100_000))], usize::MAX, Lang::En);
        assert!(shown.ends_with("… 99976 lines more"), "{shown}");
        let shown =
            plain(&[moment(0, None, MomentKind::Printed, &"x".repeat(100_000))], usize::MAX, Lang::En);
        assert!(shown.len() < 1300 && shown.ends_with('…'), "{shown}");
    }

    #[test]
    fn nothing_in_it_acts() {
        let text = "a\u{1b}[2Jb\u{202e}c\0\u{9b}2J";
        assert_eq!(
            plain(&[moment(0, Some("\u{1b}]0;x\u{7}al\nex"), MomentKind::Value, text)], 9999, Lang::El),
            "   0.00 al␊ex = ab�c␀�2J"
        );
    }
}
