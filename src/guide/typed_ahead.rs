//! Lines for terminals that were busy when they were typed. A terminal gets the next one each time it asks.

use std::collections::{BTreeMap, VecDeque};

use crate::lesson::TerminalName;

/// How many are kept for one terminal; more are dropped.
const MAX_LINES: usize = 64;

#[derive(Debug, Default)]
pub(super) struct TypedAhead {
    lines: BTreeMap<TerminalName, VecDeque<String>>,
}

impl TypedAhead {
    pub(super) fn hold(&mut self, terminal: &TerminalName, line: &str) {
        let lines = self.lines.entry(terminal.clone()).or_default();
        if lines.len() < MAX_LINES {
            lines.push_back(line.to_owned());
        }
    }

    pub(super) fn next(&mut self, terminal: &TerminalName) -> Option<String> {
        self.lines.get_mut(terminal)?.pop_front()
    }

    /// What was held for that terminal; nothing is any more.
    pub(super) fn take(&mut self, terminal: &TerminalName) -> Vec<String> {
        self.lines.remove(terminal).unwrap_or_default().into()
    }

    pub(super) fn clear(&mut self) {
        self.lines.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_terminal_gets_its_own_lines_in_order_and_no_flood() {
        let [alex, kate] = ["alex", "kate"].map(|name| TerminalName::parse(name).unwrap());
        let mut ahead = TypedAhead::default();
        (0..2 * MAX_LINES).for_each(|line| ahead.hold(&alex, &line.to_string()));
        ahead.hold(&kate, "node()");
        assert_eq!(ahead.next(&alex).as_deref(), Some("0"));
        assert_eq!(ahead.take(&alex).len(), MAX_LINES - 1);
        assert_eq!(ahead.next(&alex), None);
        assert_eq!(ahead.take(&kate), ["node()"]);
    }
}
