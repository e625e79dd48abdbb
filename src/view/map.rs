//! Which nodes run and which of them are connected.

use super::messages;
use crate::{
    i18n::{Localized, semicolon},
    lesson::{NodeName, TerminalName, World},
};
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Map {
    /// Every terminal and the node that runs in it.
    pub nodes: Vec<(TerminalName, Option<NodeName>)>,
    pub links: Vec<(NodeName, NodeName)>,
    /// Those that can't connect.
    pub cuts: Vec<(NodeName, NodeName)>,
    pub paused: Vec<NodeName>,
}

/// Nodes of which each has the same to do with each other one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wire {
    pub ends: Vec<NodeName>,
    pub kind: WireKind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum WireKind {
    Visible,
    Hidden,
    /// They can't connect, for a fault keeps them apart.
    Cut,
}

impl Map {
    /// Of nodes that have a name.
    pub fn new<'t>(world: &World, terminals: impl Iterator<Item = &'t TerminalName>) -> Self {
        let node = |terminal: &TerminalName| {
            let running = world.running.get(terminal).filter(|running| running.node.is_named());
            running.map(|running| running.node.clone())
        };
        let links = world.lists.iter().filter(|(on, to)| on < to && world.connected(on, to));
        Self {
            nodes: terminals.map(|terminal| (terminal.clone(), node(terminal))).collect(),
            links: links.cloned().collect(),
            cuts: world.cut.values().cloned().collect(),
            paused: world.paused.iter().filter_map(node).collect(),
        }
    }

    pub fn running(&self) -> Vec<&NodeName> {
        self.nodes.iter().filter_map(|(_, node)| node.as_ref()).collect()
    }

    /// Each link of nodes that run once, in the order of the terminals, whatever order they came in.
    pub fn links(&self) -> Vec<(&NodeName, &NodeName)> {
        self.pairs(|a, b| joins(&self.links, a, b))
    }

    /// Likewise, each pair that is cut. Until it has lost its connection it counts as linked.
    pub fn cuts(&self) -> Vec<(&NodeName, &NodeName)> {
        self.pairs(|a, b| joins(&self.cuts, a, b) && !joins(&self.links, a, b))
    }

    fn pairs(&self, is_one: impl Fn(&NodeName, &NodeName) -> bool) -> Vec<(&NodeName, &NodeName)> {
        let nodes = self.running();
        let mut pairs = Vec::new();
        for (index, a) in nodes.iter().enumerate() {
            pairs.extend(nodes[index + 1..].iter().filter(|b| is_one(a, b)).map(|b| (*a, *b)));
        }
        pairs
    }

    /// Those that run and are in no pair.
    pub fn alone(&self) -> Vec<&NodeName> {
        let pairs = [self.links(), self.cuts()].concat();
        self.running().into_iter().filter(|a| !pairs.iter().any(|(x, y)| x == a || y == a)).collect()
    }

    pub fn is_paused(&self, node: &NodeName) -> bool {
        self.paused.contains(node)
    }

    /// Whether the same are linked and the same cut.
    pub fn is_joined_like(&self, other: &Self) -> bool {
        self.links() == other.links() && self.cuts() == other.cuts()
    }

    /// In words: `alex and kate are connected; moebi runs, connected to no one`.
    pub fn told(&self) -> Localized {
        let nodes: Vec<NodeName> = self.running().into_iter().cloned().collect();
        let cuts: Vec<_> = self.cuts().into_iter().map(|(a, b)| (a.clone(), b.clone())).collect();
        let linked = wires(&nodes, &self.links, WireKind::Visible);
        let all = [linked, wires(&nodes, &cuts, WireKind::Cut)].concat();
        let paused = nodes.iter().filter(|node| self.is_paused(node));
        let paused = paused.map(|node| messages::is_paused(&node.brief()));
        Localized::join(&[told(&all, &nodes)].into_iter().chain(paused).collect::<Vec<_>>(), &semicolon())
    }
}

/// As few wires as it takes, roughly, for each link to be a part of one: a whole mesh is one wire.
pub(super) fn wires(nodes: &[NodeName], links: &[(NodeName, NodeName)], kind: WireKind) -> Vec<Wire> {
    let mut wires: Vec<Wire> = Vec::new();
    for (index, a) in nodes.iter().enumerate() {
        for b in &nodes[index + 1..] {
            let is_drawn = wires.iter().any(|wire| wire.ends.contains(a) && wire.ends.contains(b));
            if is_drawn || !joins(links, a, b) {
                continue;
            }
            let mut ends = vec![a.clone(), b.clone()];
            for c in nodes {
                if !ends.contains(c) && ends.iter().all(|end| joins(links, end, c)) {
                    ends.push(c.clone());
                }
            }
            ends.sort_by_key(|end| nodes.iter().position(|node| node == end));
            wires.push(Wire { ends, kind });
        }
    }
    wires
}

pub(super) fn told(wires: &[Wire], nodes: &[NodeName]) -> Localized {
    let joined = wires.iter().map(|wire| {
        let ends = all(&wire.ends);
        match wire.kind {
            WireKind::Visible => messages::are_connected(&ends),
            WireKind::Hidden => messages::are_connected_hidden(&ends),
            WireKind::Cut => messages::are_cut(&ends),
        }
    });
    let alone = nodes.iter().filter(|node| !wires.iter().any(|wire| wire.ends.contains(node)));
    let told: Vec<_> = joined.chain(alone.map(|node| messages::runs_alone(&node.brief()))).collect();
    if told.is_empty() { messages::no_node_runs() } else { Localized::join(&told, &semicolon()) }
}

/// `alex, kate and moebi`
pub(super) fn all(nodes: &[NodeName]) -> Localized {
    let names: Vec<String> = nodes.iter().map(NodeName::brief).collect();
    match names.split_last() {
        None => Localized::default(),
        Some((only, [])) => Localized::each(|_| only.clone()),
        Some((last, first)) => messages::and(&first.join(", "), last),
    }
}

fn joins(links: &[(NodeName, NodeName)], a: &NodeName, b: &NodeName) -> bool {
    links.iter().any(|(x, y)| (x == a && y == b) || (x == b && y == a))
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::i18n::Lang;

    pub(crate) fn node(name: &str) -> NodeName {
        NodeName::parse(name).expect("a node name")
    }

    pub(crate) fn map(nodes: &[&str], links: &[(&str, &str)]) -> Map {
        let terminals = ["alex", "kate", "moebi", "shell"].iter().map(|name| {
            let runs = nodes.contains(name).then(|| node(name));
            (TerminalName::parse(name).expect("a terminal name"), runs)
        });
        let links = links.iter().map(|(a, b)| (node(a), node(b))).collect();
        Map { nodes: terminals.collect(), links, ..Map::default() }
    }

    fn said(nodes: &[&str], links: &[(&str, &str)]) -> String {
        map(nodes, links).told().speak(Lang::En).to_owned()
    }

    #[test]
    fn a_map_in_words() {
        assert_eq!(said(&["alex", "kate"], &[("alex", "kate")]), "alex and kate are connected");
        assert_eq!(said(&["alex"], &[]), "alex runs, connected to no one");
        assert_eq!(said(&[], &[]), "no node runs");
        let mesh = [("alex", "kate"), ("moebi", "alex"), ("kate", "moebi")];
        assert_eq!(said(&["alex", "kate", "moebi"], &mesh), "alex, kate and moebi are connected");
        assert_eq!(
            said(&["alex", "kate", "moebi"], &mesh[..2]),
            "alex and kate are connected; alex and moebi are connected"
        );
    }

    #[test]
    fn what_is_cut_and_who_is_paused_is_told() {
        let three = map(&["alex", "kate", "moebi"], &[("alex", "moebi")]);
        let cuts = vec![(node("kate"), node("alex"))];
        let faulty = Map { cuts, paused: vec![node("moebi")], ..three.clone() };
        assert_eq!(
            faulty.told().speak(Lang::En),
            "alex and moebi are connected; alex and kate are cut off from each other; moebi is paused"
        );
        assert!(!faulty.is_joined_like(&three) && faulty.alone().is_empty());
        let linked = Map { links: vec![(node("alex"), node("kate"))], ..faulty };
        assert_eq!(linked.cuts(), [], "the connection has not ended yet");
    }

    #[test]
    fn a_mesh_is_one_wire_and_a_cut_makes_two() {
        let names: Vec<NodeName> = (0..8).map(|number| node(&format!("n{number}"))).collect();
        let mut links = Vec::new();
        for (index, a) in names.iter().enumerate() {
            links.extend(names[index + 1..].iter().map(|b| (a.clone(), b.clone())));
        }
        let kind = WireKind::Visible;
        assert_eq!(wires(&names, &links, kind), [Wire { ends: names.clone(), kind }]);
        links.retain(|(a, b)| (a.short(), b.short()) != ("n0", "n7"));
        let ends: Vec<usize> = wires(&names, &links, kind).iter().map(|wire| wire.ends.len()).collect();
        assert_eq!(ends, [7, 7]);
    }
}
