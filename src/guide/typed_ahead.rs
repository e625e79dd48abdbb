//! Lines for terminals that were busy when they were typed. A terminal gets the next one each time it asks.

use std::collections::{BTreeMap, VecDeque};

use crate::lesson::TerminalName;

/// How much is kept for one terminal, in bytes.
const MAX_BYTES: usize = 1024 * 1024;

#[derive(Debug, Default)]
pub(super) struct TypedAhead {
    lines: BTreeMap<TerminalName, VecDeque<String>>,
    /// The beginnings of lines that follow those.
    begun: BTreeMap<TerminalName, String>,
}

impl TypedAhead {
    /// False where there is no room for it.
    pub(super) fn hold(&mut self, terminal: &TerminalName, line: &str) -> bool {
        let lines = self.lines.entry(terminal.clone()).or_default();
        let has_room = lines.iter().map(String::len).sum::<usize>() + line.len() <= MAX_BYTES;
        if has_room {
            lines.push_back(line.to_owned());
        }
        has_room
    }

    /// Gives lines away as long as they are taken, and then the beginning of one.
    pub(super) fn give(
        &mut self,
        terminal: &TerminalName,
        mut takes: impl FnMut(&str) -> bool,
    ) -> Option<String> {
        if let Some(lines) = self.lines.get_mut(terminal) {
            while let Some(line) = lines.front() {
                if !takes(line) {
                    return None;
                }
                lines.pop_front();
            }
        }
        self.take_begun(terminal)
    }

    pub(super) fn has_some(&self, terminal: &TerminalName) -> bool {
        self.begun.contains_key(terminal) || self.lines.get(terminal).is_some_and(|lines| !lines.is_empty())
    }

    /// Text behind everything else, which ends a line that is begun.
    pub(super) fn add(&mut self, terminal: &TerminalName, text: &str) {
        let mut text = self.take_begun(terminal).unwrap_or_default() + text;
        while let Some((line, behind)) = text.split_once('\n') {
            self.hold(terminal, line);
            text = behind.to_owned();
        }
        self.put_back(terminal, Vec::new(), text);
    }

    pub(super) fn take_begun(&mut self, terminal: &TerminalName) -> Option<String> {
        self.begun.remove(terminal)
    }

    /// Those that were given away and came back, before all others.
    pub(super) fn put_back(&mut self, terminal: &TerminalName, lines: Vec<String>, begun: String) {
        let later = self.lines.remove(terminal).unwrap_or_default();
        for line in lines.iter().chain(&later) {
            self.hold(terminal, line);
        }
        if !begun.is_empty() {
            self.begun.insert(terminal.clone(), begun);
        }
    }

    pub(super) fn next(&mut self, terminal: &TerminalName) -> Option<String> {
        self.lines.get_mut(terminal)?.pop_front()
    }

    /// What was held for that terminal; nothing is any more.
    pub(super) fn take(&mut self, terminal: &TerminalName) -> Vec<String> {
        self.begun.remove(terminal);
        self.lines.remove(terminal).unwrap_or_default().into()
    }

    pub(super) fn clear(&mut self) {
        self.lines.clear();
        self.begun.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_terminal_gets_its_own_lines_in_order_and_no_flood() {
        let [alex, kate] = ["alex", "kate"].map(|name| TerminalName::parse(name).unwrap());
        let mut ahead = TypedAhead::default();
        assert!((0..2000).all(|line| ahead.hold(&alex, &line.to_string())));
        assert!(!ahead.hold(&alex, &"x".repeat(MAX_BYTES)));
        assert!(ahead.hold(&kate, "node()"));
        assert_eq!(ahead.next(&alex).as_deref(), Some("0"));
        assert_eq!(ahead.take(&alex).len(), 1999);
        assert_eq!(ahead.next(&alex), None);
        assert_eq!(ahead.take(&kate), ["node()"]);
    }

    #[test]
    fn what_comes_late_ends_the_line_that_is_begun() {
        let mut ahead = TypedAhead::default();
        let alex = TerminalName::parse("alex").expect("a name");
        assert!(!ahead.has_some(&alex));
        ahead.put_back(&alex, vec!["ls".to_owned()], "ec".to_owned());
        ahead.add(&alex, "ho a\nec");
        ahead.add(&alex, "ho");
        assert!(ahead.has_some(&alex));
        let mut lines = Vec::new();
        let begun = ahead.give(&alex, |line| {
            lines.push(line.to_owned());
            true
        });
        assert_eq!((lines, begun.as_deref()), (vec!["ls".to_owned(), "echo a".to_owned()], Some("echo")));
    }
}
