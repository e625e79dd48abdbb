//! What one node answers when it is asked for its part of the map.

use crate::lesson::{NodeName, ProcessId, TieKind};
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Survey {
    /// The process that evaluates what is typed; empty where there is none.
    pub shell: ProcessId,
    /// A digest of the node's own cookie.
    pub cookie: String,
    /// The nodes that it knows.
    pub peers: Vec<Peer>,
    /// Registered processes that are not the runtime's.
    pub names: Vec<(ProcessId, String)>,
    /// Of processes here to processes elsewhere.
    pub ties: Vec<Tie>,
    /// Processes here, and the other node that their group leader is on.
    pub leaders: Vec<(ProcessId, NodeName)>,
    pub tasks: Vec<Task>,
    /// Of each module that was asked for: a digest of its code, none where the node doesn't have it.
    pub modules: Vec<(String, Option<String>)>,
    /// So much is not told, for there was too much of it.
    pub left_out: u64,
}

impl Survey {
    /// Of that module, where the node has it.
    pub fn digest(&self, module: &str) -> Option<&str> {
        let found = self.modules.iter().find(|(name, _)| name == module);
        found.and_then(|(_, digest)| digest.as_deref())
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Peer {
    pub node: NodeName,
    pub connection: Connection,
    /// A digest of the cookie that is meant for it.
    pub cookie: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Connection {
    Visible,
    Hidden,
    /// It is known by name alone.
    None,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tie {
    pub kind: TieKind,
    pub from: ProcessId,
    pub node: NodeName,
    pub to: ProcessId,
}

/// A child of a task supervisor, and the process that has asked for it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Task {
    pub supervisor: ProcessId,
    pub id: ProcessId,
    pub caller_node: NodeName,
    pub caller: ProcessId,
}
