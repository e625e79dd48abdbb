//! `/map` drawn: a box a node with what there is to say of it, and at its right a wire for those that are connected.
//!
//! ```text
//! ┌ alex ─────────────────────────────────────────────┐
//! │ the shell is linked to #PID<0.129.0> on kate      ├─●
//! └───────────────────────────────────────────────────┘ │
//! ```
//!
//! The frame of a paused node is broken, and so is the wire of those that are cut off from each other.

use crate::view::{Chart, Spot, Wire, WireKind, messages};

use super::{
    card,
    feedback::Pen,
    palette::Tone,
    span::{self, Span},
    untrusted, width,
};

/// A box is no wider, so that its lines are read at a glance.
const WIDEST: usize = 74;

/// Borders, and a space beside each.
const FRAME: usize = 4;

pub fn lines(chart: &Chart, pen: Pen) -> Vec<String> {
    if chart.spots.is_empty() {
        return pen.says(&messages::no_node_runs());
    }
    let room = card::measure(pen.columns).saturating_sub(2 * chart.wires.len() + FRAME);
    let texts: Vec<_> = chart.spots.iter().map(|spot| content(spot, room.min(WIDEST), pen)).collect();
    let inside = texts.iter().flatten().map(|text| width::width(text)).max().unwrap_or_default();
    let boxes = chart.spots.iter().zip(texts);
    let rows: Vec<Row> =
        boxes.flat_map(|(spot, texts)| boxed(spot, texts, &chart.wires, inside, pen)).collect();
    let reach: Vec<_> = (0..chart.wires.len()).map(|wire| reach(&rows, wire)).collect();
    let drawn = rows.iter().enumerate().map(|(at, row)| {
        let cells = chart.wires.iter().zip(&reach).enumerate();
        let wires = cells.map(|(number, (wire, reach))| cell(row.ends_in, number, wire, reach.contains(&at)));
        let wires: String = wires.collect();
        format!("{}{}", row.text, pen.palette.paint(Tone::Quiet, wires.trim_end()))
    });
    let mut lines = card::indent(drawn.collect(), 2);
    lines.extend(pen.says(&chart.legend()));
    lines
}

/// A row of a box, and the wire that ends in it.
struct Row {
    text: String,
    ends_in: Option<usize>,
}

fn boxed(spot: &Spot, mut texts: Vec<String>, wires: &[Wire], inside: usize, pen: Pen) -> Vec<Row> {
    let mut own = (0..wires.len()).filter(|wire| wires[*wire].ends.contains(&spot.node));
    let quiet = |text: &str| pen.palette.paint(Tone::Quiet, text);
    let name = width::cut(&untrusted::plain(&spot.node.brief()), inside);
    let frame = if spot.is_paused { ('╌', "┆") } else { ('─', "│") };
    let edge = |columns| frame.0.to_string().repeat(columns);
    let rest = edge(inside - width::width(&name));
    let name = pen.palette.terminal(spot.node.short(), &name);
    let mut rows = vec![Row {
        text: format!("{} {name} {}", quiet("┌"), quiet(&format!("{rest}┐"))),
        ends_in: None,
    }];
    texts.resize(texts.len().max(own.clone().count()), String::new());
    rows.extend(texts.into_iter().map(|text| {
        let ends_in = own.next();
        let border = quiet(if ends_in.is_some() { "├" } else { frame.1 });
        Row { text: format!("{} {} {border}", quiet(frame.1), width::pad(&text, inside)), ends_in }
    }));
    rows.push(Row { text: quiet(&format!("└{}┘", edge(inside + 2))), ends_in: None });
    rows
}

fn content(spot: &Spot, inside: usize, pen: Pen) -> Vec<String> {
    let line = |tone, text: &str| {
        let spans = [Span::new(tone, untrusted::plain(text))];
        let wrapped = span::wrap(&spans, inside.saturating_sub(2)).into_iter().enumerate();
        let indented = wrapped.map(|(index, line)| {
            format!("{}{}", if index == 0 { "" } else { "  " }, span::paint(&line, pen.palette))
        });
        indented.collect::<Vec<_>>()
    };
    if spot.facts.is_empty() {
        return line(Tone::Quiet, messages::nothing_else().speak(pen.lang));
    }
    spot.facts.iter().flat_map(|fact| line(Tone::Plain, fact.speak(pen.lang))).collect()
}

/// The rows from a wire's first end to its last.
fn reach(rows: &[Row], wire: usize) -> std::ops::RangeInclusive<usize> {
    let is_end = |row: &Row| row.ends_in == Some(wire);
    let first = rows.iter().position(is_end).unwrap_or_default();
    first..=rows.iter().rposition(is_end).unwrap_or_default()
}

/// The two columns of wire `number` in a row that wire `ends_in` reaches into.
fn cell(ends_in: Option<usize>, number: usize, wire: &Wire, is_within: bool) -> String {
    let (stands, dot) = match wire.kind {
        WireKind::Visible => ('│', '●'),
        WireKind::Hidden => ('┊', '○'),
        WireKind::Cut => ('╎', '✕'),
    };
    match ends_in {
        Some(end) if end == number => format!("─{dot}"),
        Some(end) if end > number => format!("─{}", if is_within { '┼' } else { '─' }),
        Some(_) | None => format!(" {}", if is_within { stands } else { ' ' }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        i18n::{Lang, Localized, Verbatim},
        lesson::NodeName,
        render::Palette,
    };

    fn node(name: &str) -> NodeName {
        NodeName::parse(name).expect("a node name")
    }

    fn said(text: &str) -> Localized {
        Verbatim::said(text).into()
    }

    fn wire(ends: &[&str], kind: WireKind) -> Wire {
        Wire { ends: ends.iter().map(|name| node(name)).collect(), kind }
    }

    fn spot(name: &str, facts: &[&str]) -> Spot {
        Spot { node: node(name), is_paused: false, facts: facts.iter().map(|fact| said(fact)).collect() }
    }

    fn drawn(chart: &Chart, columns: usize) -> Vec<String> {
        lines(chart, Pen { columns, palette: Palette::MONOCHROME, lang: Lang::En })
    }

    #[test]
    fn a_wire_for_those_that_are_connected() {
        let chart = Chart {
            spots: vec![
                spot("alex", &["the shell is linked to #PID<0.129.0> on kate"]),
                spot("kate", &["#PID<0.129.0> has its group leader on alex, and prints there"]),
                spot("moebi", &[]),
            ],
            wires: vec![
                wire(&["alex", "kate"], WireKind::Visible),
                wire(&["alex", "moebi"], WireKind::Hidden),
            ],
            cookies: said("all have the same cookie"),
        };
        let lines = drawn(&chart, 60);
        insta::assert_snapshot!(lines.join("\n"));
        assert!(lines.iter().all(|line| width::width(line) <= 60));
    }

    #[test]
    fn a_paused_node_and_a_cut_look_broken() {
        let paused = Spot { is_paused: true, ..spot("kate", &["it is paused, and does not answer"]) };
        let chart = Chart {
            spots: vec![spot("alex", &[]), paused, spot("moebi", &[])],
            wires: vec![wire(&["alex", "kate"], WireKind::Visible), wire(&["alex", "moebi"], WireKind::Cut)],
            cookies: said("alex and moebi have the same cookie"),
        };
        insta::assert_snapshot!(drawn(&chart, 80).join("\n"));
    }

    #[test]
    fn it_fits_any_width() {
        let long = "the shell is linked to #PID<0.129.0> on kate ".repeat(4);
        let names: Vec<String> = (0..8).map(|number| format!("n{number}")).collect();
        let chart = Chart {
            spots: names.iter().map(|name| spot(name, &[&long])).collect(),
            wires: names.iter().map(|name| wire(&["n0", name], WireKind::Visible)).skip(1).collect(),
            cookies: said(&long),
        };
        for columns in 40..=200 {
            let lines = drawn(&chart, columns);
            let wide = lines.iter().find(|line| width::width(line) > columns);
            assert_eq!(wide, None, "{columns}");
        }
    }
}
