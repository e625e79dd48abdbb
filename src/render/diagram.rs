//! Which nodes run and which of them are connected, in one line: `alex ●───● kate`.

use crate::{lesson::NodeName, view::Map};

use super::{
    palette::{Palette, Tone},
    untrusted, width,
};

const GAP: &str = "   ";

/// Lines of at most `columns`; none where no node runs.
pub fn lines(map: &Map, columns: usize, palette: Palette) -> Vec<String> {
    let name = |node: &NodeName| palette.terminal(node.short(), &untrusted::plain(&node.brief()));
    let dot = palette.paint(Tone::Good, "●");
    let wire = palette.paint(Tone::Quiet, "───");
    let pairs = map.links().into_iter().map(|(a, b)| format!("{} {dot}{wire}{dot} {}", name(a), name(b)));
    let singles = map.alone().into_iter().map(|node| format!("{} {dot}", name(node)));
    flow(pairs.chain(singles), columns)
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
mod tests {
    use super::*;
    use crate::view::map::tests::map;

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
}
