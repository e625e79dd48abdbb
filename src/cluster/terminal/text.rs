//! A command's bytes as text: whole lines where they come soon, characters always whole.

/// A line longer than this is given out in parts.
const MAX_HELD: usize = 16 * 1024;

#[derive(Debug, Default)]
pub(in crate::cluster) struct Text {
    held: Vec<u8>,
}

impl Text {
    /// Takes bytes, and gives the lines that they end, if any.
    pub(in crate::cluster) fn take(&mut self, bytes: &[u8]) -> Option<String> {
        self.held.extend_from_slice(bytes);
        let lines = self.held.iter().rposition(|byte| *byte == b'\n').map_or(0, |end| end + 1);
        let is_long = self.held.len() - lines > MAX_HELD;
        self.give(if is_long { self.whole() } else { lines })
    }

    /// What is held of an unfinished line, but for an unfinished character.
    pub(in crate::cluster) fn flush(&mut self) -> Option<String> {
        self.give(self.whole())
    }

    /// All that is held; nothing more will come.
    pub(in crate::cluster) fn end(&mut self) -> Option<String> {
        self.give(self.held.len())
    }

    pub(in crate::cluster) fn is_empty(&self) -> bool {
        self.held.is_empty()
    }

    fn give(&mut self, length: usize) -> Option<String> {
        let given: Vec<u8> = self.held.drain(..length).collect();
        (!given.is_empty()).then(|| String::from_utf8_lossy(&given).into_owned())
    }

    /// How much of what is held ends with a whole character. What can't become one counts as whole.
    fn whole(&self) -> usize {
        let length = self.held.len();
        let starts = self.held.iter().rev().take(4).position(|byte| byte & 0b1100_0000 != 0b1000_0000);
        let Some(back) = starts.map(|back| back + 1) else { return length };
        let needed = match self.held[length - back] {
            0xC2..=0xDF => 2,
            0xE0..=0xEF => 3,
            0xF0..=0xF4 => 4,
            _ => 1,
        };
        if back < needed { length - back } else { length }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn lines_come_whole() {
        let mut text = Text::default();
        assert_eq!(text.take(b"one\ntw"), Some("one\n".into()));
        assert_eq!(text.take(b"o"), None);
        assert_eq!(text.take(b"\n"), Some("two\n".into()));
    }

    #[test]
    fn an_unfinished_character_is_held_over() {
        let mut text = Text::default();
        assert_eq!(text.take(&"γεια".as_bytes()[..3]), None);
        assert_eq!(text.flush(), Some("γ".into()));
        assert_eq!(text.take(&"γεια".as_bytes()[3..]), None);
        assert_eq!(text.flush(), Some("εια".into()));
        assert_eq!(text.take(&[0xCE]), None);
        assert_eq!((text.flush(), text.end()), (None, Some("\u{FFFD}".into())));
    }

    proptest! {
        #[test]
        fn nothing_is_lost_however_it_is_cut(whole in "\\PC{0,40}(\n\\PC{0,9})?", cuts in prop::collection::vec(1..9_usize, 0..40)) {
            let mut text = Text::default();
            let mut given = String::new();
            let mut rest = whole.as_bytes();
            for cut in cuts {
                let (first, after) = rest.split_at(cut.min(rest.len()));
                given.extend(text.take(first));
                given.extend(text.flush());
                rest = after;
            }
            given.extend(text.take(rest));
            given.extend(text.end());
            prop_assert_eq!(given, whole);
        }
    }
}
