//! Which nodes run and which of them are connected, in one line: `alex ●───● kate   kate ●─✕─● moebi (paused)`.

use crate::{lesson::NodeName, view::Map};

use super::{feedback::Pen, messages, palette::Tone, untrusted, width};

const GAP: &str = "   ";

/// None where no node runs.
pub fn lines(map: &Map, pen: Pen) -> Vec<String> {
    let palette = pen.palette;
    let name = |node: &NodeName| {
        let name = untrusted::plain(&node.brief());
        let shown =
            if map.is_paused(node) { messages::paused(&name).speak(pen.lang).to_owned() } else { name };
        palette.terminal(node.short(), &shown)
    };
    let dot = palette.paint(Tone::Good, "●");
    let wire = palette.paint(Tone::Quiet, "───");
    let cut = palette.paint(Tone::Bad, "─✕─");
    let drawn = |(a, b), wire: &str| format!("{} {dot}{wire}{dot} {}", name(a), name(b));
    let linked = map.links().into_iter().map(|pair| drawn(pair, &wire));
    let pairs = linked.chain(map.cuts().into_iter().map(|pair| drawn(pair, &cut)));
    let singles = map.alone().into_iter().map(|node| format!("{} {dot}", name(node)));
    flow(pairs.chain(singles), pen.columns)
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
    use crate::{
        i18n::Lang,
        render::Palette,
        view::map::tests::{map, node},
    };

    fn drawn(nodes: &[&str], links: &[(&str, &str)], columns: usize) -> Vec<String> {
        lines(&map(nodes, links), Pen { columns, palette: Palette::MONOCHROME, lang: Lang::En })
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
    fn a_cut_and_a_pause_are_told_without_colour() {
        let faulty = Map {
            cuts: vec![(node("kate"), node("moebi"))],
            paused: vec![node("kate")],
            ..map(&["alex", "kate", "moebi"], &[("alex", "kate")])
        };
        let drawn = |columns, lang| lines(&faulty, Pen { columns, palette: Palette::MONOCHROME, lang });
        assert_eq!(drawn(60, Lang::En), ["alex ●───● kate (paused)   kate (paused) ●─✕─● moebi"]);
        assert_eq!(drawn(30, Lang::El), ["alex ●───● kate (σε παύση)", "kate (σε παύση) ●─✕─● moebi"]);
    }
}
