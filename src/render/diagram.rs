//! Which nodes run and which of them are connected, in one line: `alex ●───● kate`.

use crate::{i18n::Localized, lesson::NodeName, session::notice::Map};

use super::{
    messages,
    palette::{Palette, Tone},
    untrusted, width,
};

const GAP: &str = "   ";

/// Lines of at most `columns`; none where no node runs.
pub fn lines(map: &Map, columns: usize, palette: Palette) -> Vec<String> {
    let nodes = running(map);
    let (links, alone) = links_of(map, &nodes);
    let name = |node: &NodeName| palette.terminal(node.short(), &untrusted::plain(&node.brief()));
    let dot = palette.paint(Tone::Good, "●");
    let wire = palette.paint(Tone::Quiet, "───");
    let pairs = links.iter().map(|(a, b)| format!("{} {dot}{wire}{dot} {}", name(a), name(b)));
    let singles = alone.iter().map(|node| format!("{} {dot}", name(node)));
    flow(pairs.chain(singles), columns)
}

/// The same in words, for a screen reader: `alex and kate are connected; moebi runs alone`.
pub fn told(map: &Map) -> Localized {
    let nodes = running(map);
    let (links, alone) = links_of(map, &nodes);
    let pairs = links.iter().map(|(a, b)| messages::are_connected(&a.brief(), &b.brief()));
    let singles = alone.iter().map(|node| messages::runs_alone(&node.brief()));
    let told: Vec<_> = pairs.chain(singles).collect();
    if told.is_empty() { messages::no_node_runs() } else { Localized::join(&told, &crate::i18n::semicolon()) }
}

/// The links that are drawn, each once, whatever order they came in.
pub fn links(map: &Map) -> Vec<(NodeName, NodeName)> {
    let (links, _) = links_of(map, &running(map));
    links.into_iter().map(|(a, b)| (a.clone(), b.clone())).collect()
}

fn running(map: &Map) -> Vec<&NodeName> {
    map.nodes.iter().filter_map(|(_, node)| node.as_ref()).collect()
}

type Links<'a> = Vec<(&'a NodeName, &'a NodeName)>;

/// Each link once, in the order of the terminals, and the nodes that have none.
fn links_of<'a>(map: &Map, nodes: &[&'a NodeName]) -> (Links<'a>, Vec<&'a NodeName>) {
    let linked =
        |a: &NodeName, b: &NodeName| map.links.iter().any(|(x, y)| (x == a && y == b) || (x == b && y == a));
    let mut links = Vec::new();
    for (index, a) in nodes.iter().enumerate() {
        links.extend(nodes[index + 1..].iter().filter(|b| linked(a, b)).map(|b| (*a, *b)));
    }
    let alone = nodes.iter().filter(|a| !links.iter().any(|(x, y)| x == *a || y == *a)).copied().collect();
    (links, alone)
}

fn flow(parts: impl Iterator<Item = String>, columns: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for part in parts {
        match lines.last_mut() {
            Some(line) if width::width(line) + GAP.len() + width::width(&part) <= columns => {
                line.push_str(GAP);
                line.push_str(&part);
            }
            Some(_) | None => lines.push(part),
        }
    }
    lines
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::i18n::Lang;
    use crate::lesson::TerminalName;

    pub(crate) fn map(nodes: &[&str], links: &[(&str, &str)]) -> Map {
        let node = |name: &str| NodeName::parse(name).expect("a node name");
        let terminals = ["alex", "kate", "moebi", "shell"].iter().map(|name| {
            let runs = nodes.contains(name).then(|| node(name));
            (TerminalName::parse(name).expect("a terminal name"), runs)
        });
        let links = links.iter().map(|(a, b)| (node(a), node(b))).collect();
        Map { nodes: terminals.collect(), links }
    }

    fn drawn(nodes: &[&str], links: &[(&str, &str)], columns: usize) -> Vec<String> {
        lines(&map(nodes, links), columns, Palette::MONOCHROME)
    }

    #[test]
    fn links_are_drawn_and_lone_nodes_stand_alone() {
        assert_eq!(drawn(&[], &[], 40), Vec::<String>::new());
        assert_eq!(drawn(&["alex", "kate"], &[], 40), ["alex ●   kate ●"]);
        assert_eq!(drawn(&["alex", "kate"], &[("kate", "alex"), ("alex", "kate")], 40), ["alex ●───● kate"]);
        let three = ["alex", "kate", "moebi"];
        let mesh = [("alex", "kate"), ("alex", "moebi"), ("kate", "moebi")];
        assert_eq!(drawn(&three, &mesh, 60), ["alex ●───● kate   alex ●───● moebi   kate ●───● moebi"]);
        assert_eq!(drawn(&three, &mesh, 40), ["alex ●───● kate   alex ●───● moebi", "kate ●───● moebi"]);
        assert_eq!(drawn(&three, &mesh[..1], 40), ["alex ●───● kate   moebi ●"]);
    }

    #[test]
    fn the_same_in_words() {
        let told = |map: &Map| told(map).speak(Lang::En).to_owned();
        assert_eq!(told(&map(&["alex", "kate"], &[("alex", "kate")])), "alex and kate are connected");
        assert_eq!(told(&map(&["alex"], &[])), "alex runs, connected to no one");
        assert_eq!(told(&map(&[], &[])), "no node runs");
    }
}
