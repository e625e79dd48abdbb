//! Where an input went: to a command line, or to which node. An answer doesn't say; it follows from the inputs before it.

use std::{collections::BTreeMap, sync::LazyLock};

use regex::Regex;

use crate::lesson::{Fault, Input, TerminalName};

/// Who reads what is typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reader {
    Dollar,
    /// IEx, in the node of that name; None: it has none.
    Node(Option<String>),
}

/// Which terminals have an `iex`, as far as what was typed tells.
#[derive(Debug, Default)]
pub struct Readers {
    nodes: BTreeMap<TerminalName, Option<String>>,
}

static IEX: LazyLock<Regex> = LazyLock::new(|| regex(r"(^|[\s;&|/])iex(\s|$)"));
static NAME: LazyLock<Regex> = LazyLock::new(|| regex(r"--s?name\s+(\S+)"));
static HALT: LazyLock<Regex> =
    LazyLock::new(|| regex(r"\b(System\.(halt|stop)|:init\.stop|:erlang\.halt)\b"));

/// A call, a module's or one alone, or a match: no command at `$` begins so.
static ELIXIR: LazyLock<Regex> = LazyLock::new(|| regex(r"^\s*([A-Z]\w*\.|:\w+\.|\w+\(|\w+ = )"));

fn regex(text: &str) -> Regex {
    Regex::new(text).expect("the tests compile it")
}

/// Whether the node is gone after that.
pub(super) fn ends_node(text: &str) -> bool {
    HALT.is_match(text)
}

impl Readers {
    /// Takes in an input; who reads it, where it is typed.
    pub fn take(&mut self, input: &Input) -> Option<Reader> {
        match input {
            Input::Type { terminal, text } => Some(self.typed(terminal, text)),
            Input::Close(terminal) | Input::Fault(Fault::Kill(terminal)) => {
                self.nodes.remove(terminal);
                None
            }
            Input::Write { .. } | Input::Edit { .. } | Input::Choose(_) | Input::Fault(_) => None,
        }
    }

    fn typed(&mut self, terminal: &TerminalName, text: &str) -> Reader {
        // A script may have started it.
        if !self.nodes.contains_key(terminal) && ELIXIR.is_match(text) {
            self.nodes.insert(terminal.clone(), Some(format!("{terminal}@localhost")));
        }
        let Some(node) = self.nodes.get(terminal).cloned() else {
            if IEX.is_match(text) {
                let name = NAME.captures(text).map(|found| found[1].to_owned());
                self.nodes.insert(terminal.clone(), name);
            }
            return Reader::Dollar;
        };
        if ends_node(text) {
            self.nodes.remove(terminal);
        }
        Reader::Node(node)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_iex_reads_until_it_ends() {
        let mut readers = Readers::default();
        let terminal = TerminalName::parse("alex").expect("a name");
        let mut reader = |text: &str| {
            readers
                .take(&Input::Type { terminal: terminal.clone(), text: text.to_owned() })
                .expect("it is typed")
        };
        let alex = || Reader::Node(Some("alex@localhost".to_owned()));
        assert_eq!(reader("cd chat && iex --sname alex@localhost -S mix"), Reader::Dollar);
        assert_eq!(reader("node()"), alex());
        assert_eq!(reader("System.halt()"), alex());
        assert_eq!(reader("iex"), Reader::Dollar);
        assert_eq!(reader("Node.self()"), Reader::Node(None));
        assert_eq!(reader("System.halt()"), Reader::Node(None));
        assert_eq!(reader("sh start alex"), Reader::Dollar);
        assert_eq!(reader("Chat.send_message(:kate@localhost, \"x\")"), alex(), "the script has started it");
    }
}
