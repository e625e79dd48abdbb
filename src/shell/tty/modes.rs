//! What a program does to the screen as a whole, and how that is undone when it is gone.
//!
//! Most of it can be undone without being known. But leaving the other screen, or resetting the rows that scroll, moves
//! the cursor: that is done only where it was begun.

/// Ends whatever sequence was left unfinished; then: paste marks off, application keys off, mouse and focus reports
/// off, lines wrap, light on dark, ASCII, nothing inserted, colours off, cursor shown and of its own shape.
const SOBER: &[u8] =
    b"\x18\x1b\\\x1b[?2004l\x1b[?1l\x1b>\x1b[?1000;1002;1003;1004;1005;1006;1015l\x1b[?7h\x1b[?5l\
\x1b(B\x0f\x1b[4l\x1b[0m\x1b[0 q\x1b[?25h";

/// Back to all rows, from the top; and a free row at the bottom.
const ALL_ROWS: &[u8] = b"\x1b[?6l\x1b[r\x1b[999;1H\r\n";
const FIRST_SCREEN: &[u8] = b"\x1b[?1049l";

/// A sequence that is longer is none of those that matter.
const MAX_HELD: usize = 32;

/// Of a program that has the terminal.
#[derive(Debug, Default)]
pub(super) struct Modes {
    is_on_other_screen: bool,
    has_own_rows: bool,
    /// An escape sequence that goes on with the next bytes.
    held: Vec<u8>,
}

impl Modes {
    /// The program writes this.
    pub(super) fn heed(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            if byte == 0x1b {
                self.held = vec![byte];
            } else if !self.held.is_empty() {
                self.held.push(byte);
                self.look(byte);
            }
        }
    }

    fn look(&mut self, last: u8) {
        let is_csi = self.held.get(1) == Some(&b'[');
        let is_over = !is_csi || (self.held.len() > 2 && (0x40..=0x7e).contains(&last));
        if self.held == b"\x1bc" {
            // Everything is as at first.
            *self = Self::default();
        } else if is_csi && is_over {
            let parameters = String::from_utf8_lossy(&self.held[2..self.held.len() - 1]).into_owned();
            self.note(&parameters, last);
        }
        if is_over || self.held.len() > MAX_HELD {
            self.held.clear();
        }
    }

    fn note(&mut self, parameters: &str, last: u8) {
        let private = parameters.strip_prefix('?').unwrap_or_default();
        let sets = |wanted: &[&str]| private.split(';').any(|mode| wanted.contains(&mode));
        match last {
            b'h' | b'l' if sets(&["47", "1047", "1049"]) => self.is_on_other_screen = last == b'h',
            b'h' | b'l' if sets(&["6"]) => self.has_own_rows = last == b'h',
            b'r' if !parameters.starts_with('?') => self.has_own_rows = !parameters.is_empty(),
            _ => {}
        }
    }

    /// The program writes line after line, as any command does.
    pub(super) fn is_as_before(&self) -> bool {
        !self.is_on_other_screen && !self.has_own_rows && self.held.is_empty()
    }

    /// What makes the screen as it was; the cursor is then at the start of a row or behind something.
    pub(super) fn undo(&self) -> Vec<u8> {
        let mut bytes = SOBER.to_vec();
        if self.is_on_other_screen {
            // The rows are those of both screens.
            bytes.extend_from_slice(if self.has_own_rows { b"\x1b[?6l\x1b[r" } else { b"" });
            bytes.extend_from_slice(FIRST_SCREEN);
        } else if self.has_own_rows {
            bytes.extend_from_slice(ALL_ROWS);
        }
        bytes
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn undone(written: &[&[u8]]) -> String {
        let mut modes = Modes::default();
        written.iter().for_each(|bytes| modes.heed(bytes));
        String::from_utf8_lossy(&modes.undo()[SOBER.len()..]).into_owned()
    }

    #[test]
    fn only_what_was_begun_is_undone() {
        assert_eq!(undone(&[b"hello \x1b[31mred\x1b[0m"]), "");
        assert_eq!(undone(&[b"\x1b[?1049h\x1b[2J"]), "\x1b[?1049l");
        assert_eq!(undone(&[b"\x1b[?1049h", b"\x1b[?1049l"]), "");
        assert_eq!(undone(&[b"\x1b[?10", b"49;25h"]), "\x1b[?1049l", "in two reads");
        assert_eq!(undone(&[b"\x1b[5;10r"]), "\x1b[?6l\x1b[r\x1b[999;1H\r\n");
        assert_eq!(undone(&[b"\x1b[5;10r\x1b[r"]), "");
        assert_eq!(undone(&[b"\x1b]0;\x1b[?47h title\x07"]), "\x1b[?1049l");
    }
}
