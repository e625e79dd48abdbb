//! What the values of a condition's keys may be.

use super::{
    Condition,
    file::Definition,
    read::{Context, condition, conditions},
};
use crate::lesson::{
    Fault, NodeName, Pattern, TerminalName,
    check::{elixir, fault, filled, inner_path, named},
    diagnostic::Diagnostics,
    kind::Kind,
    raw::{List, Names, Placed, RawInput, Read},
    yaml::Node,
};

/// A kind of value.
pub(super) trait Shape {
    type Value;

    /// What it may be, as documents have it.
    const KIND: Kind;

    /// Complains and gives none where the value is wrong.
    fn read(node: &Node, context: &mut Context<'_, '_>) -> Option<Self::Value>;
}

/// What stands there, with its place.
fn placed<T: Read>(node: &Node, context: &mut Context<'_, '_>) -> Option<Placed<T>> {
    Placed::read(node, context.diag)
}

impl Shape for bool {
    type Value = Self;
    const KIND: Kind = Kind::Flag;

    fn read(node: &Node, context: &mut Context<'_, '_>) -> Option<Self> {
        Read::read(node, context.diag)
    }
}

impl Shape for u32 {
    type Value = Self;
    const KIND: Kind = Kind::Whole(0);

    fn read(node: &Node, context: &mut Context<'_, '_>) -> Option<Self> {
        Read::read(node, context.diag)
    }
}

/// A number from 1.
pub(super) enum Count {}

impl Shape for Count {
    type Value = u32;
    const KIND: Kind = Kind::Whole(1);

    fn read(node: &Node, context: &mut Context<'_, '_>) -> Option<u32> {
        let count = placed(node, context)?;
        if count.value == 0 {
            let diagnostic = context.diag.error(&count.span, format!("`{}` counts from 1", context.key));
            diagnostic.help("to say that it isn't printed, use `not`");
        }
        Some(count.value).filter(|count| *count > 0)
    }
}

/// Any text, even an empty one.
pub(super) enum Word {}

impl Shape for Word {
    type Value = String;
    const KIND: Kind = Kind::Text("TEXT");

    fn read(node: &Node, context: &mut Context<'_, '_>) -> Option<String> {
        Read::read(node, context.diag)
    }
}

/// A text to look for; a block's last newline isn't part of it.
pub(super) enum PlainText {}

impl Shape for PlainText {
    type Value = String;
    const KIND: Kind = Kind::Text("TEXT");

    fn read(node: &Node, context: &mut Context<'_, '_>) -> Option<String> {
        plain(placed(node, context)?, context.diag)
    }
}

fn plain(text: Placed<String>, diag: &mut Diagnostics<'_>) -> Option<String> {
    elixir::whole(&text, diag);
    filled(text, "the text", diag).map(|text| text.trim_end_matches('\n').to_owned())
}

/// One text or several.
pub(super) enum PlainTexts {}

impl Shape for PlainTexts {
    type Value = Vec<String>;
    const KIND: Kind = Kind::OneOrMore(&Kind::Text("TEXT"));

    fn read(node: &Node, context: &mut Context<'_, '_>) -> Option<Vec<String>> {
        let Names(texts) = Read::read(node, context.diag)?;
        texts.into_iter().map(|text| plain(text, context.diag)).collect()
    }
}

/// Texts whose meaning depends on another key: the condition looks at them itself.
pub(super) enum RawTexts {}

impl Shape for RawTexts {
    type Value = List<String>;
    const KIND: Kind = Kind::OneOrMore(&Kind::Text("TEXT"));

    fn read(node: &Node, context: &mut Context<'_, '_>) -> Option<List<String>> {
        Names::read(node, context.diag).map(|Names(texts)| texts)
    }
}

/// Elixir code. In a pattern, `_` is anything.
pub(super) enum Code {}

impl Shape for Code {
    type Value = String;
    const KIND: Kind = Kind::Text("ELIXIR");

    fn read(node: &Node, context: &mut Context<'_, '_>) -> Option<String> {
        let code = placed(node, context)?;
        elixir::code(&code, context.diag);
        filled(code, "the pattern", context.diag).map(|code| code.trim().to_owned())
    }
}

/// A regular expression.
impl Shape for Pattern {
    type Value = Self;
    const KIND: Kind = Kind::Text("REGEX");

    fn read(node: &Node, context: &mut Context<'_, '_>) -> Option<Self> {
        let text = placed(node, context)?;
        elixir::whole(&text, context.diag);
        if let Some(known) = context.declared.patterns.borrow().get(&text.value) {
            return Some(known.clone());
        }
        let pattern = match context.diag.is_tried() {
            true => Some(Self::tried(&text.value)),
            false => compiled(&text, context.diag),
        }?;
        context.declared.patterns.borrow_mut().insert(text.value, pattern.clone());
        Some(pattern)
    }
}

fn compiled(text: &Placed<String>, diag: &mut Diagnostics<'_>) -> Option<Pattern> {
    match Pattern::new(&text.value) {
        Ok(pattern) if pattern.is_match("") => {
            diag.error(&text.span, "this regular expression matches even where nothing is printed")
                .help("let it ask for one sign at least: `+` in the place of `*`");
            None
        }
        Ok(pattern) => Some(pattern),
        Err(why) => {
            let why = why.to_string();
            let reason = why.lines().last().unwrap_or_default().trim_start_matches("error: ");
            let (at, help) = if reason.contains("look-around") {
                let at = ["(?=", "(?!", "(?<"].iter().filter_map(|sign| text.value.find(sign)).min();
                (
                    at,
                    "say with a condition of its own what must come before or behind, or with `not` what must not",
                )
            } else if reason.contains("size limit") {
                (text.value.find('{'), "it is too large: count less in braces, or ask for a part of the text")
            } else {
                (None, "put `\\` before a sign that stands for itself")
            };
            let span = at.map_or(text.span.clone(), |at| elixir::inside(diag.text(), text, at));
            diag.error(&span, format!("bad regular expression: {reason}")).help(help);
            None
        }
    }
}

/// A terminal of the lesson.
impl Shape for TerminalName {
    type Value = Self;
    const KIND: Kind = Kind::Text("TERMINAL");

    fn read(node: &Node, context: &mut Context<'_, '_>) -> Option<Self> {
        let Names(names) = Read::read(node, context.diag)?;
        let [name] = names.as_slice() else {
            let diagnostic = context.diag.error(&node.span, "only a probe takes several terminals");
            diagnostic.help("name one terminal");
            return None;
        };
        context.declared.terminal(name, context.diag)
    }
}

/// One terminal or several, none that the lesson hasn't.
pub(super) enum Terminals {}

impl Shape for Terminals {
    type Value = Vec<TerminalName>;
    const KIND: Kind = Kind::OneOrMore(&Kind::Text("TERMINAL"));

    fn read(node: &Node, context: &mut Context<'_, '_>) -> Option<Vec<TerminalName>> {
        let Names(names) = Read::read(node, context.diag)?;
        let known: Vec<_> = names.iter().map(|name| context.declared.terminal(name, context.diag)).collect();
        known.into_iter().collect::<Option<Vec<_>>>().filter(|known| !known.is_empty())
    }
}

/// A node that some command line in the file starts.
impl Shape for NodeName {
    type Value = Self;
    const KIND: Kind = Kind::Text("NODE");

    fn read(node: &Node, context: &mut Context<'_, '_>) -> Option<Self> {
        node_name(&placed(node, context)?, context)
    }
}

fn node_name(word: &Placed<String>, context: &mut Context<'_, '_>) -> Option<NodeName> {
    let name = named(word, NodeName::parse, context.diag)?;
    if context.declared.nodes.contains(name.short()) {
        return Some(name);
    }
    let known = context.declared.nodes.iter().map(String::as_str);
    context
        .diag
        .error(&word.span, format!("no command in this lesson starts a node `{name}`"))
        .nearest(name.short(), known);
    None
}

/// Two different nodes.
pub(super) enum NodePair {}

impl Shape for NodePair {
    type Value = (NodeName, NodeName);
    const KIND: Kind = Kind::Pair(&Kind::Text("NODE"));

    fn read(node: &Node, context: &mut Context<'_, '_>) -> Option<(NodeName, NodeName)> {
        let names: List<String> = Read::read(node, context.diag)?;
        let [one, other] = names.as_slice() else {
            let diagnostic = context.diag.error(&node.span, "this takes two nodes");
            diagnostic.help("write it like `[alex, kate]`");
            return None;
        };
        let (one, other) = (node_name(one, context), node_name(other, context));
        let (one, other) = (one?, other?);
        if one == other {
            context.diag.error(&node.span, "this takes two different nodes");
            return None;
        }
        Some((one, other))
    }
}

/// A fault, as an answer has it.
impl Shape for Fault {
    type Value = Self;
    const KIND: Kind = Kind::Map("FAULT", &Kind::OneOrMore(&Kind::Text("TERMINAL")));

    fn read(node: &Node, context: &mut Context<'_, '_>) -> Option<Self> {
        let RawInput::Fault { word, terminals } = Read::read(node, context.diag)? else {
            let diagnostic = context.diag.error(&node.span, "this is no fault");
            diagnostic.help("write it like `{ pause: kate }` or `{ cut: [alex, kate] }`");
            return None;
        };
        fault(&word, &terminals, context.declared, context.diag)
    }
}

/// A path that stays inside the workspace.
pub(super) enum InnerPath {}

impl Shape for InnerPath {
    type Value = String;
    const KIND: Kind = Kind::Text("PATH");

    fn read(node: &Node, context: &mut Context<'_, '_>) -> Option<String> {
        inner_path(placed(node, context)?, context.diag)
    }
}

/// One function or several, each like `Chat.send_message/2`.
pub(super) enum Definitions {}

impl Shape for Definitions {
    type Value = Vec<Definition>;
    const KIND: Kind = Kind::OneOrMore(&Kind::Text("MODULE.FUNCTION/ARITY"));

    fn read(node: &Node, context: &mut Context<'_, '_>) -> Option<Vec<Definition>> {
        let Names(words) = Read::read(node, context.diag)?;
        let mut definition = |word: &Placed<String>| {
            let parsed = Definition::parse(&word.value);
            if parsed.is_none() {
                let message = format!("`{}` is no function", word.value);
                context.diag.error(&word.span, message).help("write it like `Chat.send_message/2`");
            }
            parsed
        };
        words.iter().map(&mut definition).collect()
    }
}

/// One condition.
impl Shape for Condition {
    type Value = Self;
    const KIND: Kind = Kind::Condition;

    fn read(node: &Node, context: &mut Context<'_, '_>) -> Option<Self> {
        condition(node, context.declared, context.diag)
    }
}

/// Two conditions or more.
pub(super) enum Several {}

impl Shape for Several {
    type Value = Vec<Condition>;
    const KIND: Kind = Kind::List(&Kind::Condition, 2);

    fn read(node: &Node, context: &mut Context<'_, '_>) -> Option<Vec<Condition>> {
        let list: List<Node> = Read::read(node, context.diag)?;
        if list.len() < 2 {
            let message = format!("`{}` needs at least two conditions", context.key);
            context.diag.error(&node.span, message);
        }
        conditions(&list, context.declared, context.diag)
    }
}
