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
    /// The number, among the terminal's inputs, of the command that started the node.
    started: u32,
}

impl Causes {
    /// A node has said hello: in that terminal, where it was started by the input of that number.
    pub(super) fn add(&mut self, word: u32, terminal: TerminalName, started: u32) {
        if self.nodes.len() == MAX_NODES {
            self.nodes.pop_front();
        }
        self.nodes.push_back(NodeInputs { word, terminal, started });
    }

    /// The input may be one that has not been told of yet: its consequence comes from another node, by another socket.
    pub(super) fn find(&self, input: NodeInput) -> Option<Cause> {
        let node = self.nodes.iter().rev().find(|node| node.word == input.word)?;
        let number = node.started.checked_add(input.number)?;
        Some(Cause { terminal: node.terminal.clone(), number })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_node_counts_on_from_the_command_that_started_it() {
        let alex = TerminalName::parse("alex").unwrap();
        let mut causes = Causes::default();
        causes.add(1, alex.clone(), 2);
        causes.add(2, alex.clone(), 6);
        let find = |word, number| causes.find(NodeInput { word, number }).map(|cause| cause.number);
        assert_eq!((find(1, 0), find(1, 3), find(2, 0)), (Some(2), Some(5), Some(6)));
        assert_eq!((find(2, u32::MAX), find(3, 1)), (None, None));
    }
}
