//! `/trace` drawn: a column a node, an arrow for what went from one to another.
//!
//! ```text
//!                      alex                         kate
//!    0 ms         shell │────────── spawn fn ────────▶│ #PID<0.129.0>
//!    1 ms  group leader │◀──────── print “Hi” ────────│ #PID<0.129.0>
//! ```

use unicode_segmentation::UnicodeSegmentation;

use crate::view::{
    Trace, messages,
    trace::{End, Event, What, Who},
};

use super::{card, feedback::Pen, palette::Tone, plain, untrusted, width};

/// Of the time, and the space behind it.
const TIME: usize = 9;

/// An arrow with a word on it needs so many columns.
const SHORTEST: usize = 16;

const INDENT: usize = 2;

pub fn lines(trace: &Trace, pen: Pen) -> Vec<String> {
    if trace.is_empty() {
        return pen.says(&messages::nothing_crossed());
    }
    let drawn = Columns::new(trace, card::measure(pen.columns).saturating_sub(INDENT), pen);
    let mut lines = match drawn {
        Some(columns) => card::indent(columns.lines(trace), INDENT),
        // Too many nodes for so few columns.
        None => plain::trace(trace, pen.lang).iter().flat_map(|line| pen.quiet(line)).collect(),
    };
    lines.extend(rest(trace).iter().flat_map(|said| pen.says(said)));
    lines
}

/// What is not shown, if anything.
pub(super) fn rest(trace: &Trace) -> Vec<crate::i18n::Localized> {
    let more = (trace.more > 0).then(|| messages::more_events(trace.more));
    more.into_iter().chain(trace.is_cut.then(messages::not_all_seen)).collect()
}

/// Where the nodes' columns stand.
struct Columns {
    /// Of each node, in the trace's order.
    places: Vec<usize>,
    /// Beside the outer ones, for the names of processes.
    margin: usize,
    width: usize,
    pen: Pen,
}

impl Columns {
    /// None where there is too little room.
    fn new(trace: &Trace, width: usize, pen: Pen) -> Option<Self> {
        let margin = if width >= 72 { 15 } else { 11 };
        let (first, last) = (TIME + margin, width.checked_sub(margin + 1)?);
        let gaps = trace.nodes.len().saturating_sub(1);
        let places = match gaps {
            0 => vec![first],
            _ => (0..=gaps).map(|node| first + node * last.saturating_sub(first) / gaps).collect(),
        };
        let is_wide = gaps == 0 || last.saturating_sub(first) / gaps >= SHORTEST;
        (first < last && is_wide).then_some(Self { places, margin, width, pen })
    }

    fn lines(&self, trace: &Trace) -> Vec<String> {
        let mut head = Row::new(self);
        for (node, place) in trace.nodes.iter().zip(&self.places) {
            let name = width::cut(&untrusted::plain(&node.brief()), self.margin);
            let from = place.saturating_sub(width::width(&name) / 2);
            head.put(from.min(self.width - width::width(&name)), &name, Ink::Node(node.short().to_owned()));
        }
        let events = trace.events.iter().flat_map(|event| self.event(trace, event));
        std::iter::once(head.paint(self.pen)).chain(events).collect()
    }

    fn event(&self, trace: &Trace, event: &Event) -> Vec<String> {
        let mut row = Row::new(self);
        if event.what == What::Typed {
            let node = &event.from.node;
            let name = format!("{}> ", width::cut(&untrusted::plain(&node.brief()), self.margin));
            row.put(0, &name, Ink::Node(node.short().to_owned()));
            let from = width::width(&name);
            row.put(
                from,
                &width::cut(&untrusted::plain(&event.text), self.width - from),
                Ink::Tone(Tone::Code),
            );
            return vec![row.paint(self.pen)];
        }
        for place in &self.places {
            row.put(*place, "│", Ink::Tone(Tone::Quiet));
        }
        let time = time(event.at);
        row.put(TIME.saturating_sub(2 + width::width(&time)), &time, Ink::Tone(Tone::Quiet));
        let place =
            |end: &End| trace.nodes.iter().position(|node| *node == end.node).map(|node| self.places[node]);
        let from = place(&event.from).unwrap_or_default();
        match event.to.as_ref().and_then(|to| Some((to, place(to)?))) {
            Some((to, at)) => self.arrow(&mut row, event, from, (to, at)),
            None => self.note(&mut row, event, from),
        }
        let round = event.round.map(|round| messages::round(round.events, round.times));
        let round = round.iter().flat_map(|said| {
            let mut row = Row::new(self);
            row.put(TIME, &width::cut(said.speak(self.pen.lang), self.width - TIME), Ink::Tone(Tone::Quiet));
            [row.paint(self.pen)]
        });
        std::iter::once(row.paint(self.pen)).chain(round).collect()
    }

    fn arrow(&self, row: &mut Row, event: &Event, from: usize, (to, at): (&End, usize)) {
        let (left, right) = (from.min(at), from.max(at));
        let room = right - left - 1;
        row.put(left + 1, &"─".repeat(room), Ink::Tone(Tone::Quiet));
        match event.what {
            what if !what.has_direction() => {
                let sign = match what {
                    What::Connected => "●",
                    What::Heal => "○",
                    _ => "✕",
                };
                row.put(left, sign, Ink::Tone(tone(what)));
                row.put(right, sign, Ink::Tone(tone(what)));
            }
            _ if from < at => row.put(at - 1, "▶", Ink::Tone(Tone::Plain)),
            _ => row.put(at + 1, "◀", Ink::Tone(Tone::Plain)),
        }
        let told = format!(" {} ", self.told(event, room.saturating_sub(4)));
        let start = left + 1 + (room - width::width(&told)) / 2;
        row.put(start, &told, Ink::Tone(tone(event.what)));
        self.label(row, &event.from, from, from < at);
        self.label(row, to, at, at < from);
    }

    /// How often it came is never cut off.
    fn told(&self, event: &Event, columns: usize) -> String {
        let (told, count) = (event.told(), event.count());
        let room = columns.saturating_sub(width::width(&count));
        width::cut(&untrusted::plain(told.speak(self.pen.lang)), room) + &count
    }

    /// Beside the column, on the side where no arrow is.
    fn label(&self, row: &mut Row, end: &End, place: usize, is_left: bool) {
        let label = untrusted::plain(end.label().speak(self.pen.lang));
        let label = match &end.who {
            Who::Process(_) if self.margin < 15 => label.trim_start_matches("#PID").to_owned(),
            Who::Process(_) | Who::Shell | Who::Leader | Who::Unknown => label,
        };
        let label = width::cut(&label, self.margin - 1);
        let at = if is_left { place.saturating_sub(width::width(&label) + 1) } else { place + 2 };
        row.put(at, &label, Ink::Tone(Tone::Quiet));
    }

    /// What stays on its node stands beside its column.
    fn note(&self, row: &mut Row, event: &Event, place: usize) {
        let right = self.places.iter().find(|other| **other > place);
        let (start, room) = match right {
            Some(right) => (place + 2, right - place - 3),
            None => {
                let before = self.places.iter().rev().find(|other| **other < place);
                let from = before.map_or(TIME, |before| before + 2);
                (from, place - from - 1)
            }
        };
        let sign = match event.what {
            What::Started | What::Resume => "● ",
            What::Pause => "○ ",
            What::Exit | What::Stopped | What::Kill => "✕ ",
            _ => "",
        };
        let told = format!("{sign}{}", self.told(event, room.saturating_sub(width::width(sign))));
        let start = if right.is_some() { start } else { start + room - width::width(&told) };
        row.put(start, &told, Ink::Tone(tone(event.what)));
        self.label(row, &event.from, place, right.is_some());
    }
}

/// `12 ms`, `1.2 s`.
pub(super) fn time(at: std::time::Duration) -> String {
    match at.as_millis() {
        milliseconds @ 0..1_000 => format!("{milliseconds} ms"),
        _ => format!("{:.1} s", at.as_secs_f64()),
    }
}

fn tone(what: What) -> Tone {
    match what {
        What::Exit
        | What::Down
        | What::Disconnected
        | What::Stopped
        | What::Kill
        | What::Pause
        | What::Cut => Tone::Bad,
        What::Connected | What::Started | What::Resume | What::Heal => Tone::Good,
        What::Print => Tone::Text,
        What::Typed | What::Spawn | What::Link | What::Monitor | What::Message | What::Call | What::Reply => {
            Tone::Code
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Ink {
    Tone(Tone),
    /// A node's own colour.
    Node(String),
}

/// A line that is written into at any column.
struct Row {
    /// What stands in each column; nothing where a wide character goes on.
    cells: Vec<(String, Ink)>,
}

impl Row {
    fn new(columns: &Columns) -> Self {
        Self { cells: vec![(" ".to_owned(), Ink::Tone(Tone::Plain)); columns.width] }
    }

    /// What would stand beyond the edge is lost.
    fn put(&mut self, at: usize, text: &str, ink: Ink) {
        let mut at = at;
        for grapheme in text.graphemes(true) {
            let wide = width::of_grapheme(grapheme);
            if wide == 0 || at + wide > self.cells.len() {
                continue;
            }
            self.cells[at] = (grapheme.to_owned(), ink.clone());
            self.cells[at + 1..at + wide].fill((String::new(), ink.clone()));
            at += wide;
        }
    }

    fn paint(&self, pen: Pen) -> String {
        let end = self.cells.iter().rposition(|(cell, _)| cell != " ").map_or(0, |last| last + 1);
        let runs = self.cells[..end].chunk_by(|(_, one), (_, other)| one == other);
        runs.map(|run| {
            let text: String = run.iter().map(|(cell, _)| cell.as_str()).collect();
            match &run[0].1 {
                Ink::Tone(tone) => pen.palette.paint(*tone, &text),
                Ink::Node(name) => pen.palette.terminal(name, &text),
            }
        })
        .collect()
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::{
        i18n::Lang,
        lesson::NodeName,
        render::Palette,
        view::trace::{Round, Who},
    };

    fn end(node: &str, who: Who) -> End {
        End { node: NodeName::parse(node).expect("a name"), who }
    }

    fn pid(node: &str) -> End {
        end(node, Who::Process("0.129.0".to_owned()))
    }

    fn event(at: u64, from: End, to: Option<End>, what: What, text: &str) -> Event {
        Event { at: Duration::from_millis(at), from, to, what, text: text.to_owned(), times: 1, round: None }
    }

    fn trace(nodes: &[&str]) -> Trace {
        let shell = || end("alex", Who::Shell);
        let events = vec![
            event(
                0,
                shell(),
                None,
                What::Typed,
                "Node.spawn_link(:kate@localhost, fn -> IO.puts(\"bye\"); exit(:boom) end)",
            ),
            event(1, end("alex", Who::Unknown), Some(end("kate", Who::Unknown)), What::Connected, ""),
            event(1, shell(), Some(pid("kate")), What::Spawn, "fn"),
            event(2, pid("kate"), Some(end("alex", Who::Leader)), What::Print, "bye"),
            event(1_200, pid("kate"), Some(shell()), What::Exit, ":boom"),
            Event {
                times: 412,
                ..event(1_201, end("alex", Who::Unknown), Some(pid("kate")), What::Message, "\"chicken?\"")
            },
            Event {
                round: Some(Round { events: 2, times: 9 }),
                ..event(1_300, pid("kate"), None, What::Exit, "{:shutdown, :over}")
            },
            event(1_400, end("kate", Who::Unknown), None, What::Stopped, ""),
        ];
        Trace {
            nodes: nodes.iter().map(|name| NodeName::parse(name).expect("a name")).collect(),
            events,
            more: 3,
            is_cut: true,
        }
    }

    fn drawn(trace: &Trace, columns: usize, lang: Lang) -> Vec<String> {
        lines(trace, Pen { columns, palette: Palette::MONOCHROME, lang })
    }

    #[test]
    fn arrows_go_from_column_to_column() {
        insta::assert_snapshot!(drawn(&trace(&["alex", "kate"]), 100, Lang::En).join("\n"));
        insta::assert_snapshot!(drawn(&trace(&["alex", "kate", "moebi"]), 80, Lang::El).join("\n"));
    }

    #[test]
    fn a_short_one_has_no_more_lines_than_it_may() {
        for most in 4..20 {
            for (more, is_cut) in [(0, false), (3, false), (0, true), (3, true)] {
                let trace = Trace { more, is_cut, ..trace(&["alex", "kate"]) };
                let whole = drawn(&trace, 100, Lang::En).len();
                let lines = drawn(&trace.clone().shortened(most), 100, Lang::En).len();
                assert!(
                    lines <= most && (lines == whole || whole > most),
                    "{most}, {more}, {is_cut}: {lines}"
                );
            }
        }
    }

    #[test]
    fn it_fits_any_width() {
        let many = ["alex", "kate", "moebi", "n3", "n4", "n5", "n6", "n7"];
        for columns in 24..=200 {
            for nodes in 2..=many.len() {
                for lang in Lang::ALL {
                    let lines = drawn(&trace(&many[..nodes]), columns, lang);
                    let wide = lines.iter().find(|line| width::width(line) > columns.max(26));
                    assert_eq!(wide, None, "{nodes} nodes in {columns} columns");
                }
            }
        }
    }
}
