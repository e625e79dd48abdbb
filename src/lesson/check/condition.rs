//! Conditions: one verb each, and only what belongs to it.

use super::{Declared, elixir, named};
use crate::lesson::{
    diagnostic::Diagnostics,
    model::{Condition, Definition, FileWanted, Held, MessageWanted, Probe, RunWanted, Text},
    name::{NodeName, TerminalName},
    pattern::Pattern,
    raw::{Field, List, Names, Placed, RawCondition},
    yaml::Span,
};

/// Each verb and the keys that belong to it.
const VERBS: [(&str, &[&str]); 18] = [
    ("started", &["in", "cookie", "mix"]),
    ("stopped", &[]),
    ("connected", &[]),
    ("refused", &[]),
    ("prints", &["in", "by", "times"]),
    ("matches", &["in", "by", "times"]),
    ("returns", &["in"]),
    ("raises", &["in"]),
    ("silent", &["of"]),
    ("probe", &["in", "gives", "same", "changes"]),
    ("waiting", &["continuation"]),
    ("typed", &["in"]),
    ("message", &["from", "to", "earlier"]),
    ("runs", &["in", "exit", "prints", "matches", "lacks"]),
    ("file", &["contains", "defines", "lacks"]),
    ("any", &[]),
    ("together", &[]),
    ("not", &[]),
];

/// Every condition, where all of them are right.
pub fn conditions(
    raw: List<RawCondition>,
    ground: &Declared,
    diagnostics: &mut Diagnostics<'_>,
) -> Option<Vec<Condition>> {
    let checked: Vec<_> = raw.into_iter().map(|raw| condition(raw.value, ground, diagnostics)).collect();
    checked.into_iter().collect()
}

fn condition(raw: RawCondition, ground: &Declared, diagnostics: &mut Diagnostics<'_>) -> Option<Condition> {
    let (verb, key) = verb(&raw, diagnostics)?;
    match verb {
        "started" => started(raw, ground, diagnostics),
        "stopped" => node(raw.stopped, ground, diagnostics).map(|node| Condition::Stopped { node }),
        "connected" => {
            pair(raw.connected, ground, diagnostics).map(|(one, other)| Condition::Connected(one, other))
        }
        "refused" => {
            pair(raw.refused, ground, diagnostics).map(|(one, other)| Condition::Refused(one, other))
        }
        "prints" | "matches" => prints(raw, ground, diagnostics),
        "returns" => returns(raw, ground, diagnostics),
        "raises" => raises(raw, ground, diagnostics),
        "silent" => silent(raw, ground, diagnostics),
        "probe" => probe(raw, &key, ground, diagnostics),
        "waiting" => waiting(raw, ground, diagnostics),
        "typed" => typed(raw, ground, diagnostics),
        "message" => message(raw, ground, diagnostics),
        "runs" => runs(raw, ground, diagnostics),
        "file" => file(raw, diagnostics),
        "any" => several("any", raw.any, ground, diagnostics).map(Condition::Any),
        "together" => several("together", raw.together, ground, diagnostics).map(Condition::Together),
        _ => raw
            .not
            .value
            .and_then(|inner| condition(*inner.value, ground, diagnostics))
            .map(Box::new)
            .map(Condition::Not),
    }
}

/// The one verb of a condition; complains about none, several, and about keys that aren't the verb's.
fn verb(raw: &RawCondition, diagnostics: &mut Diagnostics<'_>) -> Option<(&'static str, Span)> {
    let keys = raw.keys();
    let is_verb = |word: &str| VERBS.iter().any(|(verb, _)| *verb == word);
    // What a command prints belongs to it, though `prints` is a verb as well.
    let is_run = keys.iter().any(|(word, _)| *word == "runs");
    let is_its_own = |word: &str| is_run && matches!(word, "prints" | "matches");
    let mut verbs = keys.iter().filter(|(word, _)| is_verb(word) && !is_its_own(word)).cloned();
    let Some((verb, key)) = verbs.next() else {
        if !raw.strange {
            let known: Vec<_> = VERBS.iter().map(|(verb, _)| *verb).collect();
            diagnostics
                .error(&raw.span, "a condition needs a verb")
                .help(format!("one of {}", known.join(", ")));
        }
        return None;
    };
    if let Some((second, place)) = verbs.next() {
        diagnostics
            .error(&place, format!("two verbs in one condition: `{verb}` and `{second}`"))
            .other(key, "the first one")
            .help("make them two conditions, each after a `- ` of its own");
        return None;
    }
    let own = VERBS.iter().find(|(known, _)| *known == verb).map_or(&[][..], |(_, own)| own);
    foreign_keys(&keys, verb, own, diagnostics);
    Some((verb, key))
}

fn foreign_keys(keys: &[(&'static str, Span)], verb: &str, own: &[&str], diagnostics: &mut Diagnostics<'_>) {
    for (word, place) in keys.iter().filter(|(word, _)| *word != verb && !own.contains(word)) {
        let complaint = diagnostics.error(place, format!("`{word}` doesn't belong to `{verb}`"));
        match own {
            [] => complaint.help(format!("`{verb}` stands alone")),
            _ => complaint.help(format!("`{verb}` takes {}", own.join(", "))),
        };
    }
}

fn node(word: Field<String>, ground: &Declared, diagnostics: &mut Diagnostics<'_>) -> Option<NodeName> {
    node_name(&word.value?, ground, diagnostics)
}

/// A node that some command line in the file starts.
fn node_name(
    word: &Placed<String>,
    ground: &Declared,
    diagnostics: &mut Diagnostics<'_>,
) -> Option<NodeName> {
    let name = named(word, NodeName::parse, diagnostics)?;
    if ground.nodes.contains(name.short()) {
        return Some(name);
    }
    let known = ground.nodes.iter().map(String::as_str);
    diagnostics
        .error(&word.span, format!("no command in this lesson starts a node `{name}`"))
        .nearest(name.short(), known);
    None
}

fn pair(
    names: Field<List<String>>,
    ground: &Declared,
    diagnostics: &mut Diagnostics<'_>,
) -> Option<(NodeName, NodeName)> {
    let names = names.value?;
    let [one, other] = names.value.as_slice() else {
        diagnostics.error(&names.span, "this takes two nodes").help("write it like `[alex, kate]`");
        return None;
    };
    let (one, other) = (node_name(one, ground, diagnostics), node_name(other, ground, diagnostics));
    let (one, other) = (one?, other?);
    if one == other {
        diagnostics.error(&names.span, "this takes two different nodes");
        return None;
    }
    Some((one, other))
}

/// `in:` as one terminal at most.
fn at(
    raw: &mut RawCondition,
    ground: &Declared,
    diagnostics: &mut Diagnostics<'_>,
) -> Option<Option<TerminalName>> {
    if raw.r#in.key.is_none() {
        return Some(None);
    }
    let names = raw.r#in.value.take()?;
    let [name] = names.value.0.as_slice() else {
        diagnostics.error(&names.span, "only a probe takes several terminals").help("name one terminal");
        return None;
    };
    ground.terminal(name, diagnostics).map(Some)
}

/// A node, where one is named.
fn a_node(
    word: Field<String>,
    ground: &Declared,
    diagnostics: &mut Diagnostics<'_>,
) -> Option<Option<NodeName>> {
    if word.key.is_none() {
        return Some(None);
    }
    node_name(&word.value?, ground, diagnostics).map(Some)
}

/// An optional field's value; none only where it was given and is wrong.
fn optional<T>(field: Field<T>) -> Option<Option<Placed<T>>> {
    match (field.key, field.value) {
        (Some(_), None) => None,
        (_, value) => Some(value),
    }
}

fn started(mut raw: RawCondition, ground: &Declared, diagnostics: &mut Diagnostics<'_>) -> Option<Condition> {
    let at = at(&mut raw, ground, diagnostics);
    let node = node(raw.started, ground, diagnostics);
    let cookie = optional(raw.cookie)?.map(|cookie| cookie.value);
    let mix = optional(raw.mix)?.is_some_and(|mix| mix.value);
    Some(Condition::Started { node: node?, at: at?, cookie, mix })
}

fn prints(mut raw: RawCondition, ground: &Declared, diagnostics: &mut Diagnostics<'_>) -> Option<Condition> {
    let at = at(&mut raw, ground, diagnostics);
    let by = a_node(raw.by, ground, diagnostics);
    let what = match raw.matches.key {
        Some(_) => raw.matches.value.and_then(|word| regex(&word, ground, diagnostics)).map(Text::Regex),
        None => raw.prints.value.and_then(|text| plain(text, diagnostics)).map(Text::Plain),
    };
    let times = optional(raw.times)?;
    if let Some(zero) = times.as_ref().filter(|times| times.value == 0) {
        diagnostics
            .error(&zero.span, "`times` counts from 1")
            .help("to say that it isn't printed, use `not`");
        return None;
    }
    Some(Condition::Prints { what: what?, at: at?, by: by?, times: times.map_or(1, |times| times.value) })
}

/// A text to look for; a block's last newline isn't part of it.
fn plain(text: Placed<String>, diagnostics: &mut Diagnostics<'_>) -> Option<String> {
    elixir::whole(&text, diagnostics);
    super::filled(text, "the text", diagnostics).map(|text| text.trim_end_matches('\n').to_string())
}

fn regex(word: &Placed<String>, ground: &Declared, diagnostics: &mut Diagnostics<'_>) -> Option<Pattern> {
    elixir::whole(word, diagnostics);
    if let Some(known) = ground.patterns.borrow().get(&word.value) {
        return Some(known.clone());
    }
    let pattern = match diagnostics.is_tried() {
        true => Some(Pattern::tried(&word.value)),
        false => compiled(word, diagnostics),
    }?;
    ground.patterns.borrow_mut().insert(word.value.clone(), pattern.clone());
    Some(pattern)
}

fn compiled(word: &Placed<String>, diagnostics: &mut Diagnostics<'_>) -> Option<Pattern> {
    match Pattern::new(&word.value) {
        Ok(pattern) if pattern.is_match("") => {
            diagnostics.error(&word.span, "this regular expression matches even where nothing is printed");
            None
        }
        Ok(pattern) => Some(pattern),
        Err(why) => {
            let why = why.to_string();
            let reason = why.lines().last().unwrap_or_default().trim_start_matches("error: ");
            diagnostics
                .error(&word.span, format!("bad regular expression: {reason}"))
                .help("put `\\` before a sign that stands for itself");
            None
        }
    }
}

fn returns(mut raw: RawCondition, ground: &Declared, diagnostics: &mut Diagnostics<'_>) -> Option<Condition> {
    let at = at(&mut raw, ground, diagnostics);
    let value = raw.returns.value.and_then(|text| plain(text, diagnostics));
    Some(Condition::Returns { value: value?, at: at? })
}

fn raises(mut raw: RawCondition, ground: &Declared, diagnostics: &mut Diagnostics<'_>) -> Option<Condition> {
    let at = at(&mut raw, ground, diagnostics);
    let what = raw.raises.value.and_then(|word| regex(&word, ground, diagnostics));
    Some(Condition::Raises { what: what?, at: at? })
}

fn silent(raw: RawCondition, ground: &Declared, diagnostics: &mut Diagnostics<'_>) -> Option<Condition> {
    let at = raw.silent.value.and_then(|word| ground.terminal(&word, diagnostics));
    let of = match optional(raw.of)? {
        Some(word) => Some(regex(&word, ground, diagnostics)?),
        None => None,
    };
    Some(Condition::Silent { at: at?, of })
}

fn waiting(raw: RawCondition, ground: &Declared, diagnostics: &mut Diagnostics<'_>) -> Option<Condition> {
    let at = raw.waiting.value.and_then(|word| ground.terminal(&word, diagnostics));
    let continuation = optional(raw.continuation)?.is_some_and(|placed| placed.value);
    Some(Condition::Waiting { at: at?, continuation })
}

fn typed(mut raw: RawCondition, ground: &Declared, diagnostics: &mut Diagnostics<'_>) -> Option<Condition> {
    let at = at(&mut raw, ground, diagnostics);
    let pattern = raw.typed.value?;
    elixir::code(&pattern, diagnostics);
    let pattern = super::filled(pattern, "the pattern", diagnostics);
    Some(Condition::Typed { pattern: pattern?.trim().to_string(), at: at? })
}

fn message(raw: RawCondition, ground: &Declared, diagnostics: &mut Diagnostics<'_>) -> Option<Condition> {
    let place = raw.to.key.clone();
    let (from, to) = (a_node(raw.from, ground, diagnostics), a_node(raw.to, ground, diagnostics));
    let pattern = raw.message.value?;
    elixir::code(&pattern, diagnostics);
    let pattern = super::filled(pattern, "the pattern", diagnostics);
    let earlier = optional(raw.earlier)?.is_some_and(|placed| placed.value);
    let (from, to) = (from?, to?);
    if let (Some(place), true) = (place, from.is_some() && from == to) {
        diagnostics.error(&place, "a message crosses between two different nodes");
        return None;
    }
    let pattern = pattern?.trim().to_string();
    Some(Condition::Message(MessageWanted { pattern, from, to, earlier }))
}

fn runs(mut raw: RawCondition, ground: &Declared, diagnostics: &mut Diagnostics<'_>) -> Option<Condition> {
    let at = at(&mut raw, ground, diagnostics);
    let command = raw.runs.value.and_then(|text| plain(text, diagnostics));
    let exit = optional(raw.exit)?.map(|exit| i32::try_from(exit.value).unwrap_or(i32::MAX));
    let prints = optional(raw.prints)?.and_then(|text| plain(text, diagnostics)).map(Text::Plain);
    let matches = match optional(raw.matches)? {
        Some(word) => Some(Text::Regex(regex(&word, ground, diagnostics)?)),
        None => None,
    };
    let lacks = texts(raw.lacks, diagnostics)?.into_iter().map(Text::Plain).collect();
    let prints = prints.into_iter().chain(matches).collect();
    Some(Condition::Runs(RunWanted { command: command?, at: at?, exit, prints, lacks }))
}

fn file(raw: RawCondition, diagnostics: &mut Diagnostics<'_>) -> Option<Condition> {
    let path = super::input::inner_path(raw.file.value?, diagnostics)?;
    let is_code = path.ends_with(".ex") || path.ends_with(".exs");
    let defines = definitions(raw.defines, diagnostics);
    let mut held = |field: Field<Names>| Some(held(texts_placed(field)?, is_code, diagnostics));
    let (contains, lacks) = (held(raw.contains), held(raw.lacks));
    Some(Condition::File(FileWanted { path, contains: contains?, defines: defines?, lacks: lacks? }))
}

/// In an Elixir file, code; elsewhere plain text.
fn held(texts: Vec<Placed<String>>, is_code: bool, diagnostics: &mut Diagnostics<'_>) -> Vec<Held> {
    let held = |text: Placed<String>| {
        if is_code {
            elixir::code(&text, diagnostics);
            Held::Code(text.value.trim().to_string())
        } else {
            Held::Text(text.value.trim_end_matches('\n').to_string())
        }
    };
    texts.into_iter().map(held).collect()
}

fn definitions(field: Field<Names>, diagnostics: &mut Diagnostics<'_>) -> Option<Vec<Definition>> {
    let words = texts_placed(field)?;
    let definition = |word: &Placed<String>| {
        let parsed = Definition::parse(&word.value);
        if parsed.is_none() {
            diagnostics
                .error(&word.span, format!("`{}` is no function", word.value))
                .help("write it like `Chat.send_message/2`");
        }
        parsed
    };
    words.iter().map(definition).collect()
}

/// One text or several; none only where they were given and are wrong.
fn texts_placed(field: Field<Names>) -> Option<Vec<Placed<String>>> {
    optional(field).map(|names| names.map(|names| names.value.0).unwrap_or_default())
}

fn texts(field: Field<Names>, diagnostics: &mut Diagnostics<'_>) -> Option<Vec<String>> {
    texts_placed(field)?.into_iter().map(|text| plain(text, diagnostics)).collect()
}

fn several(
    verb: &str,
    raw: Field<List<RawCondition>>,
    ground: &Declared,
    diagnostics: &mut Diagnostics<'_>,
) -> Option<Vec<Condition>> {
    let list = raw.value?;
    if list.value.len() < 2 {
        diagnostics.error(&list.span, format!("`{verb}` needs at least two conditions"));
    }
    conditions(list.value, ground, diagnostics)
}

fn probe(
    raw: RawCondition,
    key: &Span,
    ground: &Declared,
    diagnostics: &mut Diagnostics<'_>,
) -> Option<Condition> {
    if raw.gives.key.is_none() && raw.same.key.is_none() && raw.changes.key.is_none() {
        diagnostics.error(key, "a probe needs `gives`, `same` or `changes`");
        return None;
    }
    let same = optional(raw.same)?;
    let is_same = same.as_ref().is_some_and(|same| same.value);
    let names = raw.r#in.required("in", key, diagnostics)?;
    let at: Option<Vec<_>> = names.value.0.iter().map(|name| ground.terminal(name, diagnostics)).collect();
    let at = at.filter(|at| !at.is_empty());
    if let Some(same) = same.filter(|same| same.value && names.value.0.len() < 2) {
        diagnostics
            .error(&same.span, "`same` compares terminals")
            .help("name two or more: `in: [alex, kate]`");
    }
    let code = raw.probe.value?;
    elixir::code(&code, diagnostics);
    let gives = optional(raw.gives)?;
    if let Some(pattern) = &gives {
        elixir::code(pattern, diagnostics);
    }
    Some(Condition::Probe(Probe {
        code: code.value.trim().to_string(),
        at: at?,
        gives: gives.map(|pattern| pattern.value.trim().to_string()),
        same: is_same,
        changes: optional(raw.changes)?.map(|changes| changes.value),
    }))
}
