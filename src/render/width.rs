//! Columns: how wide text is on a terminal, where it wraps, and where a cursor lands.
//!
//! Everything counts graphemes by unicode-width, as reedline does; SGR sequences take no column.

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// The width in columns, colours left out. A line break has no width.
pub fn width(text: &str) -> usize {
    strip(text).graphemes(true).map(of_grapheme).sum()
}

pub fn of_grapheme(grapheme: &str) -> usize {
    if grapheme.chars().any(char::is_control) { 0 } else { grapheme.width() }
}

/// The text without its SGR sequences.
pub fn strip(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("\u{1b}[") {
        out.push_str(&rest[..at]);
        let tail = &rest[at + 2..];
        let end = tail.find(|c: char| ('@'..='~').contains(&c)).map_or(tail.len(), |end| end + 1);
        rest = &tail[end..];
    }
    out + rest
}

/// Fills up to `columns` with spaces on the right.
pub fn pad(text: &str, columns: usize) -> String {
    format!("{text}{}", " ".repeat(columns.saturating_sub(width(text))))
}

/// Cuts plain text to `columns`, the last one an ellipsis where something is lost.
pub fn cut(text: &str, columns: usize) -> String {
    if width(text) <= columns {
        return text.to_owned();
    }
    let mut out = String::new();
    let mut used = 0;
    for grapheme in text.graphemes(true) {
        used += of_grapheme(grapheme);
        if used >= columns {
            break;
        }
        out.push_str(grapheme);
    }
    if columns > 0 {
        out.push('…');
    }
    out
}

/// `left` and `right` at the two ends of `columns`, if there are two spaces to part them.
pub fn apart(left: &str, right: &str, columns: usize) -> Option<String> {
    let gap = columns.checked_sub(width(left) + width(right)).filter(|gap| *gap >= 2)?;
    Some(format!("{left}{}{right}", " ".repeat(gap)))
}

/// Where the cursor rests, as (column, row), once `text` is printed from the first column of row 0.
///
/// A grapheme that would cross the margin wraps whole; a row that is just full leaves the cursor
/// at the start of the next one, which is where reedline pins it.
pub fn landing(text: &str, columns: usize) -> (usize, usize) {
    let columns = columns.max(1);
    let (mut column, mut row) = (0, 0);
    for grapheme in strip(text).graphemes(true) {
        if grapheme.ends_with('\n') {
            (column, row) = (0, row + 1);
            continue;
        }
        let wide = of_grapheme(grapheme);
        if column + wide > columns {
            (column, row) = (0, row + 1);
        }
        column += wide;
    }
    if column >= columns { (0, row + 1) } else { (column, row) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn greek_wide_and_combining_characters_line_up() {
        assert_eq!(width("κόμβος"), 6);
        assert_eq!(width("ο\u{301}δο\u{301}ς"), 4, "combining accents");
        assert_eq!(width("日本"), 4);
        assert_eq!(width("👨‍👩‍👧"), 2);
        assert_eq!(width("\u{1b}[1;31mκόμβος\u{1b}[0m"), 6);
        assert_eq!(pad("日本", 6), "日本  ");
        assert_eq!(apart("alex", "kate", 12).as_deref(), Some("alex    kate"));
        assert_eq!(apart("alex", "kate", 9), None);
    }

    #[test]
    fn cutting_never_splits_a_grapheme() {
        assert_eq!(cut("κατανεμημένα", 6), "καταν…");
        assert_eq!(cut("日本語", 4), "日…");
        assert_eq!(cut("ο\u{301}δο\u{301}ς", 3), "ο\u{301}δ…");
        assert_eq!(cut("alex", 4), "alex");
        assert_eq!(cut("alex", 0), "");
    }

    #[test]
    fn the_cursor_lands_where_a_terminal_puts_it() {
        assert_eq!(landing("abc", 10), (3, 0));
        assert_eq!(landing("abcde", 5), (0, 1), "a full row belongs to the next");
        assert_eq!(landing("日本語", 5), (2, 1), "wide characters wrap whole");
        assert_eq!(landing("ab\ncd", 5), (2, 1));
        assert_eq!(landing("abcde\nf", 5), (1, 1), "a full row and a line break are one step");
        assert_eq!(landing("\u{1b}[36miex>\u{1b}[0m αβγ", 5), (3, 1));
        assert_eq!(landing("", 0), (0, 0));
    }
}
