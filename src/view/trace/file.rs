//! A trace as a file: a picture, a diagram in Mermaid's language, or data.

use std::fmt::Write;

use serde::Serialize;

use super::{End, Event, Round, Trace, What};
use crate::i18n::Lang;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    Svg,
    Mermaid,
    Json,
}

impl Format {
    pub const ALL: [Self; 3] = [Self::Svg, Self::Mermaid, Self::Json];

    /// As it is asked for: `--svg`.
    pub fn flag(self) -> &'static str {
        match self {
            Self::Svg => "--svg",
            Self::Mermaid => "--mermaid",
            Self::Json => "--json",
        }
    }
}

impl Format {
    /// Of a file's name, where none is given.
    pub fn ending(self) -> &'static str {
        match self {
            Self::Svg => "svg",
            Self::Mermaid => "mmd",
            Self::Json => "json",
        }
    }
}

pub fn written(trace: &Trace, format: Format, lang: Lang) -> String {
    match format {
        Format::Svg => svg(trace, lang),
        Format::Mermaid => mermaid(trace, lang),
        Format::Json => json(trace),
    }
}

/// In pixels: from node to node, from arrow to arrow, and around.
const COLUMN: usize = 420;
const LINE: usize = 30;
const MARGIN: usize = 190;
const TOP: usize = 30;
/// So many letters of a text stand on an arrow.
const LETTERS: usize = 48;

/// No style is taken from elsewhere, so it looks the same wherever it is shown; on dark pages too, for it has paper.
fn svg(trace: &Trace, lang: Lang) -> String {
    let width = 2 * MARGIN + COLUMN * trace.nodes.len().saturating_sub(1);
    let height = TOP + LINE * (trace.events.len() + 2);
    let place = |end: &End| {
        MARGIN + COLUMN * trace.nodes.iter().position(|node| *node == end.node).unwrap_or_default()
    };
    let mut svg = format!(
        r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" font-family="ui-monospace, monospace" font-size="14">
<defs><marker id="tip" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="8" markerHeight="8" orient="auto"><path d="M0 0L8 4L0 8z" fill="#444"/></marker></defs>
<rect width="100%" height="100%" fill="#fff"/>
"##
    );
    for (number, node) in trace.nodes.iter().enumerate() {
        let x = MARGIN + COLUMN * number;
        let name = escaped(&node.brief());
        line(
            &mut svg,
            format_args!(r##"<text x="{x}" y="20" text-anchor="middle" font-weight="bold">{name}</text>"##),
        );
        line(&mut svg, format_args!(r##"<path d="M{x} {TOP}V{}" stroke="#bbb"/>"##, height - 10));
    }
    for (number, event) in trace.events.iter().enumerate() {
        let y = TOP + LINE * (number + 1);
        let told = escaped(&shown(event, lang));
        let from = place(&event.from);
        let Some(to) = &event.to else {
            let at = if event.what == What::Typed { 10 } else { from + 8 };
            line(&mut svg, format_args!(r##"<text x="{at}" y="{y}" fill="#06c">{told}</text>"##));
            continue;
        };
        let at = place(to);
        let marker = if event.what.has_direction() { r##" marker-end="url(#tip)""## } else { "" };
        line(&mut svg, format_args!(r##"<path d="M{from} {y}H{at}" stroke="#444"{marker}/>"##));
        let middle = from.midpoint(at);
        line(
            &mut svg,
            format_args!(r##"<text x="{middle}" y="{}" text-anchor="middle">{told}</text>"##, y - 5),
        );
        for (end, x, other) in [(&event.from, from, at), (to, at, from)] {
            let (x, anchor) = if x < other { (x - 8, "end") } else { (x + 8, "start") };
            let label = escaped(end.label().speak(lang));
            line(
                &mut svg,
                format_args!(
                    r##"<text x="{x}" y="{}" text-anchor="{anchor}" fill="#777">{label}</text>"##,
                    y + 4
                ),
            );
        }
    }
    svg.push_str("</svg>\n");
    svg
}

fn line(text: &mut String, added: std::fmt::Arguments<'_>) {
    writeln!(text, "{added}").expect("a text takes all");
}

fn shown(event: &Event, lang: Lang) -> String {
    let told = event.told();
    let mut letters = told.speak(lang).chars();
    let shown: String = letters.by_ref().take(LETTERS).collect();
    let cut = if letters.next().is_some() { "…" } else { "" };
    shown + cut + &event.count()
}

/// For a text of an XML document, which has no place for most control characters.
fn escaped(text: &str) -> String {
    text.chars()
        .filter(|sign| !sign.is_control())
        .map(|sign| match sign {
            '&' => "&amp;".to_owned(),
            '<' => "&lt;".to_owned(),
            '>' => "&gt;".to_owned(),
            '"' => "&quot;".to_owned(),
            sign => sign.to_string(),
        })
        .collect()
}

fn mermaid(trace: &Trace, lang: Lang) -> String {
    let mut text = "sequenceDiagram\n".to_owned();
    let id =
        |end: &End| format!("n{}", trace.nodes.iter().position(|node| *node == end.node).unwrap_or_default());
    for (number, node) in trace.nodes.iter().enumerate() {
        line(&mut text, format_args!("    participant n{number} as {}", entities(&node.brief())));
    }
    for event in &trace.events {
        let told = entities(&format!("{}{}", event.told().speak(lang), event.count()));
        let (from, label) = (id(&event.from), entities(event.from.label().speak(lang)));
        match (&event.to, event.what) {
            (Some(to), what) if !what.has_direction() => {
                line(&mut text, format_args!("    Note over {from},{}: {told}", id(to)));
            }
            (Some(to), What::Reply | What::Print) => {
                line(&mut text, format_args!("    {from}-->>{}: {told}", id(to)));
            }
            (Some(to), _) => line(&mut text, format_args!("    {from}->>{}: {told}", id(to))),
            (None, _) => {
                line(&mut text, format_args!("    Note over {from}: {}", format!("{label} {told}").trim()));
            }
        }
    }
    text
}

/// What would end a line, or means something to Mermaid, as the number of its character.
fn entities(text: &str) -> String {
    let entity = |sign: char| match sign {
        '#' | ';' | '<' | '>' | '&' | '"' | '%' | ':' => format!("#{};", u32::from(sign)),
        sign if sign.is_control() => " ".to_owned(),
        sign => sign.to_string(),
    };
    text.chars().map(entity).collect()
}

#[derive(Serialize)]
struct Data {
    nodes: Vec<String>,
    events: Vec<Datum>,
    more: usize,
    cut: bool,
}

#[derive(Serialize)]
struct Datum {
    at_ms: u64,
    what: What,
    from: Place,
    #[serde(skip_serializing_if = "Option::is_none")]
    to: Option<Place>,
    text: String,
    times: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    round: Option<Round>,
}

#[derive(Serialize)]
struct Place {
    node: String,
    process: String,
}

fn json(trace: &Trace) -> String {
    let place =
        |end: &End| Place { node: end.node.to_string(), process: end.label().speak(Lang::En).to_owned() };
    let datum = |event: &Event| Datum {
        at_ms: u64::try_from(event.at.as_millis()).unwrap_or(u64::MAX),
        what: event.what,
        from: place(&event.from),
        to: event.to.as_ref().map(place),
        text: event.text.clone(),
        times: event.times,
        round: event.round,
    };
    let data = Data {
        nodes: trace.nodes.iter().map(ToString::to_string).collect(),
        events: trace.events.iter().map(datum).collect(),
        more: trace.more,
        cut: trace.is_cut,
    };
    serde_json::to_string_pretty(&data).expect("texts and numbers can be written") + "\n"
}
