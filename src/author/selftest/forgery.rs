//! Answers that put the expected texts there without the work.
//!
//! The model's input that brings a text about is taken out, and something that merely shows the text is put in its
//! place; the model's other inputs stay. All texts that came of that one input are forged at once.

use std::collections::BTreeMap;

use crate::lesson::{
    Input, NodeName, TerminalName,
    condition::sample::{Sample, What},
    syntax,
};

/// Which nodes run in which terminals.
pub(super) type NodesByTerminal = BTreeMap<TerminalName, NodeName>;

/// How a text is put there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Style {
    /// Typed as a literal; an error is raised, a message is just a value.
    Literal,
    Puts,
    Inspect,
    /// By a process of the same node; a message by the node that is to receive it.
    Spawned,
    /// On the right screen, by a process of another node; a message the wrong way round.
    Elsewhere,
    /// On the wrong screen, by a process of the right node.
    FromElsewhere,
}

impl Style {
    fn needs_another_node(self) -> bool {
        match self {
            Self::Literal | Self::Puts | Self::Inspect | Self::Spawned => false,
            Self::Elsewhere | Self::FromElsewhere => true,
        }
    }
}

const STYLES: [Style; 6] =
    [Style::Literal, Style::Puts, Style::Inspect, Style::Spawned, Style::Elsewhere, Style::FromElsewhere];

/// Every forgery of one way to meet a checkpoint. `seats` are those before each typed input of `model`; `apart` says
/// that nodes are not to reach one another, so that none can spawn on another.
pub(super) fn forgeries(
    way: &[Sample],
    model: &[Input],
    seats: &[NodesByTerminal],
    apart: bool,
) -> Vec<Vec<Input>> {
    let mut inputs: Vec<usize> = way.iter().map(|sample| sample.after).collect();
    inputs.sort_unstable();
    inputs.dedup();
    let mut all = Vec::new();
    for number in inputs {
        let texts: Vec<_> = way.iter().filter(|sample| sample.after == number).collect();
        let (Some(at), Some(seats)) = (typed(model, number), seats.get(number)) else { continue };
        let styles = STYLES.iter().filter(|style| !(apart && style.needs_another_node()));
        for forged in styles.flat_map(|style| forged(&texts, *style, seats)) {
            if is_the_work(&forged, &model[at]) {
                continue;
            }
            let answer = [&model[..at], &forged, &model[at + 1..]].concat();
            if !all.contains(&answer) {
                all.push(answer);
            }
        }
    }
    all
}

/// Answers in which the work is typed, and comes to nothing, and the value stands beside it.
pub(super) fn discarded(way: &[Sample], model: &[Input]) -> Vec<Vec<Input>> {
    let mut all = Vec::new();
    for sample in way.iter().filter(|sample| sample.what == What::Value) {
        let Some(at) = typed(model, sample.after) else { continue };
        let Input::Type { terminal, text } = &model[at] else { continue };
        if *terminal != sample.terminal || text.contains(['\n', ';']) {
            continue;
        }
        let value = literal(&sample.text);
        for text in [format!("{text}; {value}"), format!("raise inspect({text})\n{value}")] {
            let forged = Input::Type { terminal: terminal.clone(), text };
            all.push([&model[..at], &[forged], &model[at + 1..]].concat());
        }
    }
    all
}

/// The place in the answer of the typed input with that number.
fn typed(model: &[Input], number: usize) -> Option<usize> {
    let typed = model.iter().enumerate().filter(|(_, input)| matches!(input, Input::Type { .. }));
    typed.map(|(at, _)| at).nth(number)
}

/// A lesson that asks for `IO.puts("hi")` is not cheated by it.
fn is_the_work(forged: &[Input], model: &Input) -> bool {
    let Input::Type { terminal, text } = model else { return false };
    forged.iter().any(|input| match input {
        Input::Type { terminal: there, text: forged } => {
            terminal == there && syntax::contains(&syntax::Code::alone(forged), text)
        }
        Input::Write { .. } | Input::Edit { .. } | Input::Choose(_) | Input::Close(_) | Input::Fault(_) => {
            false
        }
    })
}

/// The texts in that style, one input a terminal; with several other nodes, one answer each.
fn forged(texts: &[&Sample], style: Style, seats: &NodesByTerminal) -> Vec<Vec<Input>> {
    let others: Vec<Option<(&TerminalName, &NodeName)>> = if style.needs_another_node() {
        let is_other = |(terminal, node): &(&TerminalName, &NodeName)| {
            node.is_named() && texts.iter().any(|text| text.terminal != **terminal)
        };
        seats.iter().filter(is_other).map(Some).collect()
    } else {
        vec![None]
    };
    others.into_iter().filter_map(|other| one(texts, style, other, seats)).collect()
}

fn one(
    texts: &[&Sample],
    style: Style,
    other: Option<(&TerminalName, &NodeName)>,
    seats: &NodesByTerminal,
) -> Option<Vec<Input>> {
    // Who prints the text of an error as well must still come to raise it.
    let raises = style == Style::Literal || texts.iter().any(|text| text.what != What::Error);
    let mut lines: Vec<(TerminalName, Vec<String>)> = Vec::new();
    // Errors last: nothing is evaluated behind one.
    let (errors, rest): (Vec<&Sample>, Vec<_>) =
        texts.iter().partition(|text| text.what == What::Error && raises);
    for text in rest.into_iter().chain(errors) {
        let (terminal, line) = match (seats.get(&text.terminal), style) {
            (None, Style::Puts) => (text.terminal.clone(), format!("echo {}", for_a_shell(&text.text))),
            (None, _) => return None,
            (Some(_), _) if text.what == What::Error && raises => {
                (text.terminal.clone(), format!("raise({})", quoted(&text.text)))
            }
            (Some(node), _) => shown(text, style, node, other, seats)?,
        };
        match lines.iter_mut().find(|(there, _)| *there == terminal) {
            Some((_, lines)) => lines.push(line),
            None => lines.push((terminal, vec![line])),
        }
    }
    Some(
        lines.into_iter().map(|(terminal, lines)| Input::Type { terminal, text: lines.join("; ") }).collect(),
    )
}

/// The terminal to type into, and the expression.
fn shown(
    text: &Sample,
    style: Style,
    node: &NodeName,
    other: Option<(&TerminalName, &NodeName)>,
    seats: &NodesByTerminal,
) -> Option<(TerminalName, String)> {
    let here = text.terminal.clone();
    let (literal, puts) = (literal(&text.text), format!("IO.puts({})", quoted(&text.text)));
    if let What::Message { from } = &text.what {
        return message(&literal, &puts, style, here, sender(from.as_ref(), other, seats), node);
    }
    Some(match (style, other) {
        (Style::Literal, _) => (here, literal),
        (Style::Puts, _) => (here, puts),
        (Style::Inspect, _) => (here, format!("IO.inspect({literal})")),
        (Style::Spawned, _) => (here, format!("spawn(fn -> {puts} end)")),
        (Style::Elsewhere, Some((_, other))) => {
            (here, format!("Node.spawn({}, fn -> {puts} end)", atom(other)))
        }
        (Style::FromElsewhere, Some((terminal, _))) => {
            (terminal.clone(), format!("Node.spawn({}, fn -> {puts} end)", atom(node)))
        }
        (Style::Elsewhere | Style::FromElsewhere, None) => return None,
    })
}

/// The terminal and node that are to send.
fn sender<'a>(
    from: Option<&NodeName>,
    other: Option<(&'a TerminalName, &'a NodeName)>,
    seats: &'a NodesByTerminal,
) -> Option<(&'a TerminalName, &'a NodeName)> {
    let named = seats.iter().find(|(_, node)| Some(*node) == from);
    named.or(other)
}

/// A message that does not cross, or crosses the wrong way.
fn message(
    literal: &str,
    puts: &str,
    style: Style,
    to: TerminalName,
    sender: Option<(&TerminalName, &NodeName)>,
    receiver: &NodeName,
) -> Option<(TerminalName, String)> {
    let from = sender.map_or_else(|| to.clone(), |(terminal, _)| terminal.clone());
    match style {
        Style::Literal => Some((from, literal.to_owned())),
        Style::Puts => Some((to, puts.to_owned())),
        Style::Inspect => Some((to, format!("IO.inspect({literal})"))),
        Style::Spawned => Some((to, format!("send(self(), {literal})"))),
        Style::Elsewhere => {
            let (_, sender) = sender.filter(|(_, node)| *node != receiver)?;
            let wait = "fn -> receive do _ -> :ok end end";
            Some((to, format!("send(Node.spawn({}, {wait}), {literal})", atom(sender))))
        }
        Style::FromElsewhere => None,
    }
}

/// The text as a term where it is one, else as a string.
fn literal(text: &str) -> String {
    let term = without_handles(text.trim());
    let begins = term.starts_with([':', '[', '{', '%', '"', '\'', '-']) || term.starts_with(char::is_numeric);
    let is_term = (begins || matches!(term.as_str(), "true" | "false" | "nil" | "self()"))
        && syntax::errors(&term).is_none();
    if is_term { term } else { quoted(text) }
}

/// `#PID<0.1.0>` is no Elixir; one of the reader's own stands in for it.
fn without_handles(text: &str) -> String {
    let mut term = text.to_owned();
    for (handle, own) in [("#PID<", "self()"), ("#Reference<", "make_ref()")] {
        while let Some(from) = term.find(handle)
            && let Some(to) = term[from..].find('>')
        {
            term.replace_range(from..=from + to, own);
        }
    }
    term
}

fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for sign in text.chars() {
        match sign {
            '\n' => quoted.push_str("\\n"),
            '\r' => quoted.push_str("\\r"),
            '\t' => quoted.push_str("\\t"),
            '"' | '\\' | '#' => quoted.extend(['\\', sign]),
            sign => quoted.push(sign),
        }
    }
    quoted.push('"');
    quoted
}

fn for_a_shell(text: &str) -> String {
    format!("'{}'", text.replace('\'', r"'\''"))
}

fn atom(node: &NodeName) -> String {
    format!(":{}", quoted(&node.to_string()))
}
