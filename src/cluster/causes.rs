//! Which input of which terminal a node means when it names a cause.

use std::collections::VecDeque;

use super::protocol::NodeInput;
use crate::lesson::{Cause, TerminalName};

/// Nodes that are gone are remembered, for what they brought about elsewhere may come late; but not for ever.
const MAX_NODES: usize = 64;

/// The nodes that there are or were, the newest last.
#[derive(Debug, Default)]
pub(super) struct Causes {
    nodes: VecDeque<NodeInputs>,
}

/// The inputs of one node.
#[derive(Debug)]
struct NodeInputs {
    word: u32,
    terminal: TerminalName,
    /// The number, among the terminal's inputs, of the command that started the node, and of its last one.
    started: u32,
    last: u32,
}

impl Causes {
    /// A node has said hello: in that terminal, where it was started by the input of that number.
    pub(super) fn add(&mut self, word: u32, terminal: TerminalName, started: u32) {
        if self.nodes.len() == MAX_NODES {
            self.nodes.pop_front();
        }
        self.nodes.push_back(NodeInputs { word, terminal, started, last: started });
    }

    /// The node has taken so many inputs; the number of the last among its terminal's.
    pub(super) fn took(&mut self, word: u32, inputs: u32) -> Option<u32> {
        let node = self.nodes.iter_mut().rev().find(|node| node.word == word)?;
        node.last = node.last.max(node.started.saturating_add(inputs));
        Some(node.last)
    }

    /// None too where it names an input that there has not been: code can read a word, and make up a number.
    pub(super) fn find(&self, input: Option<NodeInput>) -> Option<Cause> {
        let NodeInput { word, number } = input?;
        let node = self.nodes.iter().rev().find(|node| node.word == word)?;
        let number = node.started.checked_add(number).filter(|number| *number <= node.last)?;
        Some(Cause { terminal: node.terminal.clone(), number })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_node_counts_on_from_the_command_that_started_it() {
        let alex = TerminalName::parse("alex").unwrap();
        let input = |word, number| Some(NodeInput { word, number });
        let mut causes = Causes::default();
        causes.add(1, alex.clone(), 2);
        assert_eq!(causes.took(1, 3), Some(5));
        causes.add(2, alex.clone(), 6);
        let cause = |number| Some(Cause { terminal: alex.clone(), number });
        assert_eq!(causes.find(input(1, 0)), cause(2));
        assert_eq!(causes.find(input(1, 3)), cause(5));
        assert_eq!(causes.find(input(2, 0)), cause(6));
        for nobody in [input(1, 4), input(1, u32::MAX), input(3, 1), None] {
            assert_eq!(causes.find(nobody), None);
        }
    }
}
