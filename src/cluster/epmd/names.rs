//! The names registered now.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::{SystemTime, UNIX_EPOCH},
};

use super::wire::Alive;

#[derive(Debug)]
pub(super) struct Names {
    present: Mutex<Present>,
}

#[derive(Debug)]
struct Present {
    nodes: BTreeMap<String, Alive>,
    /// Ways that are cut: from a node, by its full name, to the one of that name.
    cut: BTreeSet<(String, String)>,
    creation: u32,
}

/// A name that is taken until this is dropped.
#[derive(Debug)]
pub(super) struct Registration {
    names: Arc<Names>,
    name: String,
    creation: u32,
}

impl Default for Names {
    /// Creations begin with the clock, so that a pid of an earlier Moebi's node is never taken for one of this.
    fn default() -> Self {
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        let creation = (now.as_millis() as u32).max(4);
        Self { present: Mutex::new(Present { nodes: BTreeMap::new(), cut: BTreeSet::new(), creation }) }
    }
}

impl Names {
    /// Takes the name, or nothing where it is taken already.
    pub(super) fn register(self: &Arc<Self>, alive: Alive) -> Option<Registration> {
        let mut present = self.present();
        if present.nodes.contains_key(&alive.name) {
            return None;
        }
        // 0 to 3 mean "older than OTP 23" (or nothing) to a node.
        present.creation = present.creation.wrapping_add(1).max(4);
        let creation = present.creation;
        let name = alive.name.clone();
        present.nodes.insert(name.clone(), alive);
        Some(Registration { names: Arc::clone(self), name, creation })
    }

    pub(super) fn find<T>(&self, name: &str, then: impl FnOnce(&Alive) -> T) -> Option<T> {
        self.present().nodes.get(name).map(then)
    }

    pub(super) fn cut(&self, way: (String, String)) {
        self.present().cut.insert(way);
    }

    pub(super) fn heal(&self, way: &(String, String)) {
        self.present().cut.remove(way);
    }

    pub(super) fn is_cut(&self, from: &str, to: &str) -> bool {
        self.present().cut.contains(&(from.to_owned(), to.to_owned()))
    }

    /// As `epmd -names` prints them.
    pub(super) fn lines(&self) -> String {
        self.present().nodes.values().fold(String::new(), |mut lines, node| {
            // Writing to a String can't fail.
            let _ = writeln!(lines, "name {} at port {}", node.name, node.port);
            lines
        })
    }

    fn present(&self) -> MutexGuard<'_, Present> {
        // Nothing that holds the lock can panic half-way through a change.
        self.present.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Registration {
    pub(super) fn creation(&self) -> u32 {
        self.creation
    }
}

impl Drop for Registration {
    fn drop(&mut self) {
        self.names.present().nodes.remove(&self.name);
    }
}
