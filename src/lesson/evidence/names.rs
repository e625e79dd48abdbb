//! What names stood for when an expression was typed: the earlier lines of its terminal that gave them something.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    sync::Arc,
};

use super::{Cause, Fact};
use crate::lesson::{TerminalName, syntax};

/// How many bytes of earlier lines are taken with one expression.
const MAX_EARLIER: usize = 16 * 1024;

#[derive(Debug, Default, Clone)]
pub(super) struct Names(BTreeMap<TerminalName, Shell>);

#[derive(Debug, Default, Clone)]
struct Shell {
    /// The latest expression, as far as it has come.
    latest: Option<(u32, String)>,
    /// By name, the expressions that gave it something, with their numbers, in order.
    given: HashMap<String, Vec<(u32, Arc<str>)>>,
    /// The number of the latest input before each end of a node: what was given up to then is forgotten.
    stops: Vec<u32>,
}

impl Names {
    pub(super) fn take(&mut self, cause: Option<&Cause>, fact: &Fact) {
        match (fact, cause) {
            (Fact::Line { terminal, text, .. }, Some(cause)) => {
                self.0.entry(terminal.clone()).or_default().line(cause.number, text);
            }
            // Its start is told again where its cookie has changed.
            (Fact::NodeStopped { terminal, .. } | Fact::CommandEnded { terminal, .. }, _) => {
                self.0.entry(terminal.clone()).or_default().stop();
            }
            _ => {}
        }
    }

    /// The lines before `cause` that `text` needs to be understood, oldest first.
    pub(super) fn before(&self, cause: &Cause, text: &str) -> String {
        self.0.get(&cause.terminal).map(|shell| shell.before(cause.number, text)).unwrap_or_default()
    }
}

impl Shell {
    fn line(&mut self, number: u32, text: &str) {
        match &mut self.latest {
            Some((latest, so_far)) if *latest == number => so_far.push_str(text),
            _ => {
                self.end();
                self.latest = Some((number, text.to_owned()));
            }
        }
    }

    /// The latest expression is whole.
    fn end(&mut self) {
        let Some((number, text)) = self.latest.take() else { return };
        let names = syntax::gives_names(&text);
        let text: Arc<str> = text.into();
        for name in names {
            self.given.entry(name).or_default().push((number, text.clone()));
        }
    }

    fn stop(&mut self) {
        self.end();
        let latest = self.given.values().filter_map(|given| given.last()).map(|(number, _)| *number).max();
        self.stops.extend(latest);
    }

    fn before(&self, number: u32, text: &str) -> String {
        let stop = self.stops.iter().rev().find(|stop| **stop < number);
        let mut needed: BTreeMap<u32, Arc<str>> = BTreeMap::new();
        let mut known: BTreeSet<(u32, String)> = BTreeSet::new();
        let mut bytes = 0;
        let mut open: Vec<(u32, Arc<str>)> = vec![(number, text.into())];
        while let Some((number, text)) = open.pop() {
            for word in syntax::words(&text).chain(["*"]) {
                let Some(given) = self.given.get(word) else { continue };
                let before = given.partition_point(|(at, _)| *at < number);
                let Some((at, text)) = before.checked_sub(1).map(|latest| &given[latest]) else { continue };
                let is_forgotten = stop.is_some_and(|stop| at <= stop);
                if is_forgotten || bytes + text.len() > MAX_EARLIER || !known.insert((*at, word.to_owned())) {
                    continue;
                }
                if needed.insert(*at, text.clone()).is_none() {
                    bytes += text.len();
                    open.push((*at, text.clone()));
                }
            }
        }
        needed.into_values().fold(String::new(), |earlier, text| earlier + text.trim_end() + "\n")
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::lesson::{Evidence, name::NodeName};

    fn alex() -> TerminalName {
        TerminalName::parse("alex").expect("a name")
    }

    fn typed(lines: &[(u32, &str)]) -> Evidence {
        let mut evidence = Evidence::default();
        for (number, text) in lines {
            let cause = Some(Cause { terminal: alex(), number: *number });
            let fact =
                Fact::Line { terminal: alex(), prompt: "iex(1)> ".to_owned(), text: format!("{text}\n") };
            evidence.push(Duration::ZERO, cause, fact);
        }
        evidence
    }

    fn earlier(evidence: &Evidence, number: u32, text: &str) -> String {
        evidence.code(&Cause { terminal: alex(), number }, text).earlier
    }

    #[test]
    fn only_what_is_needed_is_taken() {
        let lines =
            [(1, "alias Kate, as: K"), (2, "f = fn ->"), (2, "  K.say_name end"), (3, "x = 1"), (4, "f.()")];
        let evidence = typed(&lines);
        assert_eq!(earlier(&evidence, 4, "f.()"), "alias Kate, as: K\nf = fn ->\n  K.say_name end\n");
        assert_eq!(earlier(&evidence, 3, "x = 1"), "");
        assert_eq!(earlier(&evidence, 1, "K.say_name()"), "", "it comes later");
    }

    #[test]
    fn the_latest_meaning_counts_and_a_new_node_knows_none() {
        let mut evidence = typed(&[(1, "m = Kate"), (2, "m = John"), (3, "m")]);
        assert_eq!(earlier(&evidence, 2, "m"), "m = Kate\n");
        assert!(earlier(&evidence, 3, "m").ends_with("m = John\n"));
        let (node, cookie) = (NodeName::parse("alex@localhost").expect("a name"), String::new());
        let started = Fact::NodeStarted { terminal: alex(), node: node.clone(), cookie, mix: false };
        evidence.push(Duration::ZERO, None, started);
        assert!(earlier(&evidence, 5, "m").ends_with("m = John\n"), "only its cookie has changed");
        evidence.push(Duration::ZERO, None, Fact::NodeStopped { terminal: alex(), node });
        assert_eq!(earlier(&evidence, 5, "m"), "");
        assert_eq!(earlier(&evidence, 2, "m"), "m = Kate\n", "as it was then");
    }
}
