//! Text that a node or a command wrote: it may hold anything, a terminal escape included.
//!
//! Only SGR colour sequences pass, each at most 32 bytes; other escape sequences are dropped, and every
//! other control character is shown by its picture. Tabs are expanded, overlong lines are cut with a note.

use std::{borrow::Cow, iter::Peekable, str::Chars};

use unicode_width::UnicodeWidthChar;

use super::messages;
use crate::i18n::Lang;

/// How much of one line is shown, in columns.
pub const MAX_COLUMNS: usize = 2000;
/// How many lines of one output are shown: of a longer one the first, and so many of the last, which say how it ended.
pub const MAX_LINES: usize = 400;
const LAST_LINES: usize = 100;

const MAX_SGR: usize = 32;
/// A string sequence (OSC, DCS) without its end swallows no more than this.
const MAX_STRING: usize = 4096;
const TAB: usize = 8;
const RESET: &str = "\u{1b}[0m";

/// The lines of `text`, safe to print as they are; what is left out is told in `lang`. A last line that only a line break ended is none;
/// carriage returns at a line's end, which a pseudo-terminal adds, are not shown.
pub fn lines(text: &str, with_colour: bool, lang: Lang) -> Vec<String> {
    let text = text.strip_suffix('\n').unwrap_or(text);
    let mut cleaner = Cleaner { with_colour, lang: Some(lang), sgr: String::new() };
    let all: Vec<_> = text.split('\n').map(|line| line.trim_end_matches('\r')).collect();
    if all.len() <= MAX_LINES {
        return all.into_iter().map(|line| cleaner.line(line)).collect();
    }
    let (first, rest) = all.split_at(MAX_LINES - LAST_LINES);
    let (left_out, last) = rest.split_at(rest.len() - LAST_LINES);
    let mut lines: Vec<_> = first.iter().map(|line| cleaner.line(line)).collect();
    lines.push(messages::more_lines(left_out.len()).speak(lang).to_owned());
    // Whatever colours were on by then.
    cleaner.sgr.clear();
    lines.extend(last.iter().map(|line| cleaner.line(line)));
    lines
}

/// At most `most` bytes of it.
pub fn shortened(text: &str, most: usize) -> Cow<'_, str> {
    match text.len() > most {
        true => Cow::Owned(format!("{}…", &text[..text.floor_char_boundary(most)])),
        false => Cow::Borrowed(text),
    }
}

/// One line of text, without colours: what goes into a prompt or a label. An overlong one ends in `… +30`.
pub fn plain(text: &str) -> String {
    Cleaner { with_colour: false, lang: None, sgr: String::new() }.line(text)
}

/// Text of Moebi's own that may quote a node or a lesson: line breaks stay, other control characters are shown.
pub fn quoted(text: &str) -> Cow<'_, str> {
    if text.chars().all(|c| c == '\n' || visible(c) == c) {
        Cow::Borrowed(text)
    } else {
        Cow::Owned(text.split('\n').map(plain).collect::<Vec<_>>().join("\n"))
    }
}

struct Cleaner {
    with_colour: bool,
    /// Of the note on what is cut; none for a note without words.
    lang: Option<Lang>,
    /// What colours are on; they go on over a line break.
    sgr: String,
}

impl Cleaner {
    fn line(&mut self, line: &str) -> String {
        let mut out = self.sgr.clone();
        let mut column = 0;
        let mut chars = line.chars().peekable();
        while let Some(c) = chars.next() {
            if column >= MAX_COLUMNS {
                let left = 1 + chars.count();
                out.push_str(self.close());
                out.push_str(&self.cut(left));
                return out;
            }
            match c {
                '\u{1b}' => self.escape(&mut chars, &mut out),
                '\t' => {
                    let wide = TAB - column % TAB;
                    column += wide;
                    out.push_str(&" ".repeat(wide));
                }
                c => {
                    let seen = visible(c);
                    column += seen.width().unwrap_or(0);
                    out.push(seen);
                }
            }
        }
        out.push_str(self.close());
        out
    }

    fn cut(&self, left: usize) -> String {
        match self.lang {
            Some(lang) => messages::more_characters(left).speak(lang).to_owned(),
            None => format!("… +{left}"),
        }
    }

    fn close(&self) -> &'static str {
        if self.sgr.is_empty() { "" } else { RESET }
    }

    fn escape(&mut self, chars: &mut Peekable<Chars>, out: &mut String) {
        match chars.peek() {
            Some('[') => {
                chars.next();
                self.control_sequence(chars, out);
            }
            // OSC, DCS, SOS, PM, APC: a string up to BEL or ST.
            Some(']' | 'P' | 'X' | '^' | '_') => skip_string(chars),
            Some(_) | None => out.push('␛'),
        }
    }

    fn control_sequence(&mut self, chars: &mut Peekable<Chars>, out: &mut String) {
        let mut parameters = String::new();
        while let Some(c) = chars.next_if(|c| (' '..='?').contains(c)) {
            parameters.push(c);
        }
        let last = chars.next_if(|c| ('@'..='~').contains(c));
        let is_sgr = last == Some('m')
            && parameters.len() <= MAX_SGR
            && parameters.chars().all(|c| c.is_ascii_digit() || c == ';' || c == ':');
        if is_sgr && self.with_colour {
            let sequence = format!("\u{1b}[{parameters}m");
            out.push_str(&sequence);
            self.remember(&parameters, sequence);
        }
    }

    fn remember(&mut self, parameters: &str, sequence: String) {
        if parameters.is_empty() || parameters == "0" {
            self.sgr.clear();
        } else if self.sgr.len() + sequence.len() <= 4 * MAX_SGR {
            self.sgr.push_str(&sequence);
        } else {
            self.sgr = sequence;
        }
    }
}

fn skip_string(chars: &mut Peekable<Chars>) {
    let mut previous = ' ';
    for c in chars.by_ref().take(MAX_STRING) {
        if c == '\u{7}' || c == '\u{9c}' || (previous == '\u{1b}' && c == '\\') {
            return;
        }
        previous = c;
    }
}

fn visible(c: char) -> char {
    match c {
        '\0'..='\u{1f}' => char::from_u32(0x2400 + u32::from(c)).unwrap_or('�'),
        '\u{7f}' => '␡',
        // C1 controls act as escapes on some terminals; the bidirectional ones reorder a line.
        '\u{80}'..='\u{9f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}' => '�',
        c => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_pass_and_end_with_their_line() {
        assert_eq!(lines("\u{1b}[33m1\u{1b}[0m", true, Lang::En), ["\u{1b}[33m1\u{1b}[0m"]);
        assert_eq!(
            lines("\u{1b}[31mno\nway\u{1b}[0m!", true, Lang::En),
            ["\u{1b}[31mno\u{1b}[0m", "\u{1b}[31mway\u{1b}[0m!"]
        );
        assert_eq!(lines("\u{1b}[33m1\u{1b}[0m", false, Lang::En), ["1"]);
    }

    #[test]
    fn nothing_else_reaches_the_terminal() {
        assert_eq!(lines("a\u{1b}[2J\u{1b}[1;1Hb", true, Lang::En), ["ab"]);
        assert_eq!(lines("\u{1b}]0;title\u{7}x\u{1b}]52;c;AAAA\u{1b}\\y", true, Lang::En), ["xy"]);
        assert_eq!(lines("ding\u{7}\u{8}\u{1b}c\u{9b}2J", true, Lang::En), ["ding␇␈␛c�2J"]);
        assert_eq!(lines("\u{202e}txt", true, Lang::En), ["�txt"]);
        assert_eq!(lines(&format!("\u{1b}[{}mx", "1;".repeat(40)), true, Lang::En), ["x"]);
    }

    #[test]
    fn tabs_line_up_and_long_lines_are_cut() {
        assert_eq!(lines("a\tb\tc", true, Lang::En), ["a       b       c"]);
        let long = lines(&"α".repeat(MAX_COLUMNS + 30), true, Lang::En);
        assert!(long[0].ends_with("αα… 30 more characters"), "{}", &long[0][long[0].len() - 40..]);
    }

    #[test]
    fn of_a_long_output_the_end_is_shown_too() {
        let whole: String = (1..=MAX_LINES + 2).map(|number| format!("{number}\n")).collect();
        let shown = lines(&whole, true, Lang::En);
        let gap = MAX_LINES - LAST_LINES;
        assert_eq!(shown[gap - 1..=gap + 1], ["300", "… 2 more lines", "303"]);
        assert_eq!((shown.len(), shown.last().map(String::as_str)), (MAX_LINES + 1, Some("402")));
    }

    #[test]
    fn what_is_left_out_is_told_in_the_readers_language() {
        let whole = "x\n".repeat(MAX_LINES + 2);
        assert_eq!(lines(&whole, true, Lang::El)[MAX_LINES - LAST_LINES], "… 2 γραμμές ακόμη");
        let long = "α".repeat(MAX_COLUMNS + 30);
        assert!(lines(&long, true, Lang::El)[0].ends_with("αα… 30 χαρακτήρες ακόμη"));
        assert!(plain(&long).ends_with("αα… +30"), "a label has no language");
    }

    #[test]
    fn quotes_keep_their_lines() {
        assert_eq!(quoted("ένα\nδύο"), "ένα\nδύο");
        assert_eq!(quoted("a\u{1b}[2J\nb\u{7}"), "a\nb␇");
    }

    #[test]
    fn an_empty_line_is_a_line() {
        assert_eq!(lines("a\n\nb\n", true, Lang::En), ["a", "", "b"]);
        assert_eq!(lines("\n", true, Lang::En), [""]);
        assert_eq!(lines("a\r\nb\r\r\nc\r", true, Lang::En), ["a", "b", "c"]);
        assert_eq!(lines("a\rb\n", true, Lang::En), ["a␍b"], "within a line it is shown");
    }
}
