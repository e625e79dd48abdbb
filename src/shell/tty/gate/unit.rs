//! What was read from a terminal, cut into units: a key, a few keys, a paste.
//!
//! A line break at the end of a paste comes as Enter behind it. reedline stops reading at that key, and drops nothing.

/// More bytes of text at once than keys are.
const MANY: usize = 64;

const PASTE_BEGINS: &[u8] = b"\x1b[200~";
const PASTE_ENDS: &[u8] = b"\x1b[201~";

#[derive(Debug, Default)]
pub(super) struct Units {
    /// Read, and not yet handed on.
    pub bytes: Vec<u8>,
    /// The terminal has begun to bracket a paste.
    is_bracketed: bool,
}

#[derive(Debug, PartialEq, Eq)]
pub(super) struct Unit {
    pub bytes: Vec<u8>,
    /// To be bracketed.
    pub is_burst: bool,
}

impl Unit {
    /// What a terminal would send that brackets pastes.
    pub(super) fn bracketed(self) -> Vec<u8> {
        if self.is_burst { [PASTE_BEGINS, &self.bytes, PASTE_ENDS].concat() } else { self.bytes }
    }
}

impl Units {
    /// The next one; none where there is none, or the beginning of one alone. All bytes at once where they pass.
    pub(super) fn next(&mut self, passes: impl Fn() -> bool) -> Option<Unit> {
        if self.bytes.is_empty() {
            return None;
        }
        if passes() {
            self.is_bracketed = false;
            return Some(Unit { bytes: std::mem::take(&mut self.bytes), is_burst: false });
        }
        let (count, unit) = if self.is_bracketed || self.bytes.starts_with(PASTE_BEGINS) {
            self.bracketed()
        } else {
            match whole(text(&self.bytes)) {
                [] if self.is_begun() => return None,
                [] => keys(sequence(&self.bytes)),
                // A line feed alone is Enter, too.
                b"\n" => (1, keys(b"\r").1),
                text if is_burst(text) => burst(text),
                text => keys(text),
            }
        };
        self.bytes.drain(..count);
        unit
    }

    /// A character whose last bytes are still to come, or the mark of a paste. Escape alone is a key.
    fn is_begun(&self) -> bool {
        let is_mark = self.bytes.len() > 2 && PASTE_BEGINS.starts_with(&self.bytes);
        is_mark || self.bytes.first().is_some_and(|byte| is_text(*byte))
    }

    /// A paste that the terminal itself brackets, or a piece of it.
    fn bracketed(&mut self) -> (usize, Option<Unit>) {
        let ends = self.bytes.windows(PASTE_ENDS.len()).position(|window| window == PASTE_ENDS);
        self.is_bracketed = ends.is_none();
        let begun = (1..PASTE_ENDS.len()).rev().find(|count| self.bytes.ends_with(&PASTE_ENDS[..*count]));
        let count = ends.unwrap_or(self.bytes.len() - begun.unwrap_or(0));
        let breaks = count - without_breaks(&self.bytes[..count]).len();
        match ends {
            // Its last line breaks may be still to come.
            None => keys(&self.bytes[..count - breaks]),
            Some(_) if breaks > 0 => {
                self.bytes.splice(
                    count - breaks..count + PASTE_ENDS.len(),
                    PASTE_ENDS.iter().chain(b"\r").copied(),
                );
                self.bracketed()
            }
            Some(_) => keys(&self.bytes[..count + PASTE_ENDS.len()]),
        }
    }
}

/// Whether text ends this that nobody has typed.
pub(super) fn is_burst(bytes: &[u8]) -> bool {
    let from = bytes.iter().rposition(|byte| !is_text(*byte)).map_or(0, |at| at + 1);
    let text = &bytes[from..];
    let breaks_off = text.iter().position(|byte| is_break(*byte)).is_some_and(|at| at + 1 < text.len());
    text.len() > MANY || breaks_off || (text.len() > 1 && text.contains(&b'\n'))
}

fn keys(bytes: &[u8]) -> (usize, Option<Unit>) {
    let unit = Unit { bytes: bytes.to_vec(), is_burst: false };
    (bytes.len(), Some(unit).filter(|unit| !unit.bytes.is_empty()))
}

/// The first unit of a burst: a line break at its begin and a command of Moebi's are keys, what is between is pasted.
fn burst(text: &[u8]) -> (usize, Option<Unit>) {
    let line = line(text);
    let content = line.strip_suffix(b"\r\n").or(line.strip_suffix(b"\r")).or(line.strip_suffix(b"\n"));
    if let Some(content) = content.filter(|content| content.is_empty() || is_command(content)) {
        return (line.len(), Some(Unit { bytes: [content, b"\r"].concat(), is_burst: false }));
    }
    let mut count = line.len();
    while count < text.len() && !is_command(&text[count..]) {
        count += self::line(&text[count..]).len();
    }
    let pasted = without_breaks(&text[..count]);
    (pasted.len(), Some(Unit { bytes: pasted.to_vec(), is_burst: true }))
}

/// With its break.
fn line(text: &[u8]) -> &[u8] {
    match text.iter().position(|byte| is_break(*byte)) {
        Some(at) if text[at..].starts_with(b"\r\n") => &text[..at + 2],
        Some(at) => &text[..=at],
        None => text,
    }
}

/// Without the line breaks at its end.
fn without_breaks(text: &[u8]) -> &[u8] {
    &text[..text.iter().rposition(|byte| !is_break(*byte)).map_or(0, |at| at + 1)]
}

/// `/hint`, and no `/ 2` that goes on with an expression.
fn is_command(line: &[u8]) -> bool {
    let line = line.trim_ascii_start();
    line.first() == Some(&b'/')
        && line.get(1).is_some_and(|byte| byte.is_ascii_alphabetic() || !byte.is_ascii())
}

/// Without the first bytes of a character whose others are still to come.
fn whole(text: &[u8]) -> &[u8] {
    match std::str::from_utf8(text) {
        Err(error) if error.error_len().is_none() => &text[..error.valid_up_to()],
        Ok(_) | Err(_) => text,
    }
}

/// The text that it begins with.
fn text(bytes: &[u8]) -> &[u8] {
    &bytes[..bytes.iter().position(|byte| !is_text(*byte)).unwrap_or(bytes.len())]
}

fn is_text(byte: u8) -> bool {
    matches!(byte, b'\t' | b'\r' | b'\n') || (byte >= b' ' && byte != 0x7f)
}

fn is_break(byte: u8) -> bool {
    matches!(byte, b'\r' | b'\n')
}

/// The control character or escape sequence that it begins with (ECMA-48, 5.4).
fn sequence(bytes: &[u8]) -> &[u8] {
    let count = match bytes {
        [0x1b, b'[', parameters @ ..] => {
            parameters.iter().position(|byte| (0x40..=0x7e).contains(byte)).map(|at| at + 3)
        }
        [0x1b, b'O', _, ..] => Some(3),
        [0x1b, 0x1b, ..] => Some(1),
        // Alt and a character.
        [0x1b, first, rest @ ..] if !first.is_ascii() => {
            rest.iter().position(|byte| byte & 0xc0 != 0x80).map(|at| at + 2)
        }
        [0x1b, _, ..] => Some(2),
        _ => Some(1),
    };
    &bytes[..count.unwrap_or(bytes.len())]
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What becomes of bytes that come in these pieces: pastes stand in `<>`.
    fn handed_on(pieces: &[&[u8]]) -> Vec<String> {
        let units = units(pieces);
        units.iter().map(|unit| shown(unit)).collect()
    }

    fn units(pieces: &[&[u8]]) -> Vec<Vec<u8>> {
        let mut units = Units::default();
        let mut told = Vec::new();
        for piece in pieces {
            units.bytes.extend_from_slice(piece);
            told.extend(std::iter::from_fn(|| units.next(|| false)).map(Unit::bracketed));
        }
        told.extend(units.next(|| true).map(Unit::bracketed));
        told
    }

    fn shown(bytes: &[u8]) -> String {
        let text = std::str::from_utf8(bytes).expect("whole characters");
        text.replace("\u{1b}[200~", "<").replace("\u{1b}[201~", ">").replace('\u{1b}', "^")
    }

    #[test]
    fn keys_stay_keys() {
        for keys in ["a", "ή", "\r", "node()\r", "\u{1b}[A", "\u{3}", "\u{1b}"] {
            assert_eq!(handed_on(&[keys.as_bytes()]), [keys.replace('\u{1b}', "^")]);
        }
        assert_eq!(
            handed_on(&[b"ab\x1b[A\x1bOPc\x1b[24;80R\x04"]),
            ["ab", "^[A", "^OP", "c", "^[24;80R", "\u{4}"]
        );
        assert_eq!(handed_on(&["\u{1b}ώ\u{1b}b".as_bytes()]), ["^ώ", "^b"]);
    }

    #[test]
    fn a_burst_is_a_paste_whatever_its_line_breaks_are() {
        for paste in ["a = 1\rb = 2\r", "a = 1\nb = 2\n", "a = 1\r\nb = 2\r\n", "a\rb", "a\n\n  b"] {
            let whole = paste.trim_end();
            let entered = (paste.len() > whole.len()).then(|| "\r".to_owned());
            let expected: Vec<_> = std::iter::once(format!("<{whole}>")).chain(entered).collect();
            assert_eq!(handed_on(&[paste.as_bytes()]), expected);
            assert_eq!(handed_on(&[format!("\u{1b}[200~{paste}\u{1b}[201~").as_bytes()]), expected);
        }
        let long = "x".repeat(MANY + 1);
        assert_eq!(handed_on(&[long.as_bytes()]), [format!("<{long}>")]);
    }

    #[test]
    fn empty_lines_around_it_and_commands_in_it_are_typed() {
        assert_eq!(handed_on(&[b"\ra\rb\r\n\r\n\n"]), ["\r", "<a\rb>", "\r", "\r", "\r"]);
        assert_eq!(handed_on(&[b"a\n/alex\nb\n/ 2\n"]), ["<a>", "\r", "/alex\r", "<b\n/ 2>", "\r"]);
        assert_eq!(handed_on(&[b"a\rb\r\x03c"]), ["<a\rb>", "\r", "\u{3}", "c"]);
    }

    #[test]
    fn characters_and_pastes_come_whole() {
        let greek = "a\rώ".as_bytes();
        assert_eq!(handed_on(&[&greek[..3], &greek[3..]]), ["a\r", "ώ"]);
        let pasted = "\u{1b}[200~a\nώ\n\n\u{1b}[201~b".as_bytes();
        for at in 3..pasted.len() - 1 {
            assert_eq!(shown(&units(&[&pasted[..at], &pasted[at..]]).concat()), "<a\nώ>\rb", "{at}");
        }
    }

    proptest::proptest! {
        #[test]
        fn nothing_is_lost(pieces in proptest::collection::vec("[a\u{1b}\\[2/~\r\nώ 01]{0,12}", 0..6)) {
            let all: Vec<&[u8]> = pieces.iter().map(String::as_bytes).collect();
            let told = shown(&units(&all).concat()).replace(['<', '>'], "");
            let plain = |text: &str| text.replace(['\r', '\n'], "");
            let typed = shown(pieces.concat().as_bytes()).replace(['<', '>'], "");
            proptest::prop_assert_eq!(plain(&told), plain(&typed));
        }
    }
}
