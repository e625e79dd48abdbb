//! The way out of a program that has all the keys: Ctrl-], then a digit or the first letter of a terminal.

use crate::lesson::TerminalName;

/// Ctrl-], as telnet has it: no shell and few programs use it.
const PREFIX: u8 = 0x1d;

#[derive(Debug, Default)]
pub(super) struct Escape {
    is_begun: bool,
}

/// What the keys were for.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Keys {
    pub program: Vec<u8>,
    /// Go there; keys after it are dropped.
    pub focus: Option<TerminalName>,
}

impl Escape {
    /// A second Ctrl-] is the program's; after the first, a key that names no terminal does nothing.
    pub(super) fn take(
        &mut self,
        bytes: &[u8],
        terminals: &[TerminalName],
        here: Option<&TerminalName>,
    ) -> Keys {
        let mut keys = Keys::default();
        for byte in bytes {
            if !self.is_begun && *byte == PREFIX {
                self.is_begun = true;
            } else if !std::mem::take(&mut self.is_begun) || *byte == PREFIX {
                keys.program.push(*byte);
            } else if let Some(terminal) = named(*byte, terminals, here) {
                keys.focus = Some(terminal.clone());
                return keys;
            }
        }
        keys
    }
}

fn named<'a>(
    key: u8,
    terminals: &'a [TerminalName],
    here: Option<&TerminalName>,
) -> Option<&'a TerminalName> {
    if let digit @ b'1'..=b'9' = key {
        return terminals.get(usize::from(digit - b'1'));
    }
    let mut fitting =
        terminals.iter().filter(|name| name.as_str().starts_with(char::from(key).to_ascii_lowercase()));
    fitting.find(|name| Some(*name) != here)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn taken(bytes: &[&[u8]]) -> (Vec<u8>, Option<String>) {
        let terminals: Vec<_> =
            ["alex", "kate", "anna"].iter().filter_map(|name| TerminalName::parse(name).ok()).collect();
        let mut escape = Escape::default();
        let (mut program, mut focus) = (Vec::new(), None);
        for bytes in bytes {
            let keys = escape.take(bytes, &terminals, terminals.first());
            program.extend(keys.program);
            focus = focus.or(keys.focus.map(|name| name.to_string()));
        }
        (program, focus)
    }

    #[test]
    fn the_prefix_and_a_terminal_lead_away() {
        assert_eq!(taken(&[b"a\x1d2b"]), (b"a".to_vec(), Some("kate".into())));
        assert_eq!(taken(&[b"\x1d", b"k"]), (vec![], Some("kate".into())), "in two reads");
        assert_eq!(taken(&[b"\x1da"]), (vec![], Some("anna".into())), "another one");
        assert_eq!(taken(&[b"\x1d9x"]), (b"x".to_vec(), None));
        assert_eq!(taken(&[b"\x1d\x1dx"]), (b"\x1dx".to_vec(), None), "twice for the program");
    }
}
