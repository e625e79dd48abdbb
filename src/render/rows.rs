//! A line of output broken into rows of a width, at spaces where possible. Its colours go on from row to row.

use unicode_segmentation::UnicodeSegmentation;

use super::width;

const RESET: &str = "\u{1b}[0m";

/// The rows of one line; what `untrusted` has let through is all the line may hold.
pub fn rows(line: &str, columns: usize) -> Vec<String> {
    let mut rows = Rows { columns: columns.max(2), done: Vec::new(), row: Row::default() };
    for piece in pieces(line) {
        if piece.starts_with('\u{1b}') {
            rows.row.colour(piece);
        } else {
            piece.graphemes(true).for_each(|grapheme| rows.take(grapheme));
        }
    }
    rows.done.push(rows.row.text);
    rows.done
}

/// SGR sequences and what stands between them.
fn pieces(line: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut rest = line;
    while let Some(at) = rest.find("\u{1b}[") {
        let end = rest[at..].find('m').map_or(rest.len(), |end| at + end + 1);
        pieces.extend([&rest[..at], &rest[at..end]]);
        rest = &rest[end..];
    }
    pieces.push(rest);
    pieces
}

struct Rows {
    columns: usize,
    done: Vec<String>,
    row: Row,
}

#[derive(Default)]
struct Row {
    text: String,
    used: usize,
    /// The colours that are on.
    sgr: String,
    has_word: bool,
    /// Where the row may end.
    gap: Option<Gap>,
}

/// The place behind a space: bytes and columns of the row, and the colours there.
struct Gap {
    at: usize,
    used: usize,
    sgr: String,
}

impl Rows {
    fn take(&mut self, grapheme: &str) {
        let wide = width::of_grapheme(grapheme);
        while self.row.used + wide > self.columns {
            if grapheme == " " {
                self.row.gap = Some(self.row.here());
            }
            self.next_row();
        }
        // Spaces where a row ends have done their work.
        if grapheme == " " && self.row.used == 0 && !self.done.is_empty() {
            return;
        }
        self.row.push(grapheme, wide);
    }

    fn next_row(&mut self) {
        let gap = self.row.gap.take().unwrap_or_else(|| self.row.here());
        let rest = self.row.text.split_off(gap.at);
        let mut done = self.row.text.trim_end().to_owned();
        if !gap.sgr.is_empty() {
            done.push_str(RESET);
        }
        self.done.push(done);
        self.row = Row {
            text: gap.sgr + &rest,
            used: self.row.used - gap.used,
            sgr: std::mem::take(&mut self.row.sgr),
            has_word: true,
            gap: None,
        };
    }
}

impl Row {
    fn here(&self) -> Gap {
        Gap { at: self.text.len(), used: self.used, sgr: self.sgr.clone() }
    }

    fn colour(&mut self, sequence: &str) {
        self.text.push_str(sequence);
        if sequence == RESET || sequence == "\u{1b}[m" {
            self.sgr.clear();
        } else {
            self.sgr.push_str(sequence);
        }
    }

    fn push(&mut self, grapheme: &str, wide: usize) {
        self.text.push_str(grapheme);
        self.used += wide;
        if grapheme != " " {
            self.has_word = true;
        } else if self.has_word {
            // Not within the indentation: that would leave an empty row.
            self.gap = Some(self.here());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_end_at_spaces_and_words_break_only_where_they_must() {
        assert_eq!(rows("", 10), [""]);
        assert_eq!(rows("κόμβος kate", 10), ["κόμβος", "kate"]);
        assert_eq!(rows("one two three", 7), ["one two", "three"], "a full row");
        assert_eq!(rows("one two   three", 7), ["one two", "three"], "more than one space");
        assert_eq!(rows("    (stdlib) lists.erl", 12), ["    (stdlib)", "lists.erl"]);
        assert_eq!(rows("      abcdefghijkl", 10), ["      abcd", "efghijkl"]);
        assert_eq!(rows("日本語日本", 5), ["日本", "語日", "本"]);
        assert_eq!(rows("a abcdefghijkl", 10), ["a", "abcdefghij", "kl"]);
    }

    #[test]
    fn colours_go_on_in_the_next_row() {
        assert_eq!(
            rows("\u{1b}[31mone two\u{1b}[0m six", 5),
            ["\u{1b}[31mone\u{1b}[0m", "\u{1b}[31mtwo\u{1b}[0m", "six"]
        );
    }
}
