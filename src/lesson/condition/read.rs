//! From YAML to a condition: one verb, and only the keys that belong to it.

use std::{marker::PhantomData, sync::LazyLock};

use super::{Condition, FORMS, Reader, shape::Shape};
use crate::lesson::{
    check::Declared,
    diagnostic::Diagnostics,
    kind::Kind,
    raw::{List, Placed, mapping, unknown_keys},
    yaml::{Node, Span},
};

/// A key of a condition, and what its value is.
pub(super) struct Key<S> {
    name: &'static str,
    about: &'static str,
    shape: PhantomData<fn() -> S>,
}

/// A key as documents describe it.
#[derive(Debug, Clone, Copy)]
pub struct KeyInfo {
    pub name: &'static str,
    pub about: &'static str,
    pub kind: Kind,
}

impl<S: Shape> Key<S> {
    pub(super) const fn new(name: &'static str, about: &'static str) -> Self {
        Self { name, about, shape: PhantomData }
    }

    pub(super) const fn info(&self) -> KeyInfo {
        KeyInfo { name: self.name, about: self.about, kind: S::KIND }
    }
}

/// One way to write a condition: its verb, and the keys that may stand beside it.
#[derive(Debug)]
pub struct Form {
    pub verb: KeyInfo,
    pub keys: &'static [KeyInfo],
    /// What it asks for, in a sentence or two.
    pub about: &'static str,
    pub counts: Counts,
    /// As it stands in a list of conditions.
    pub example: &'static str,
    /// The keys that must be there beside the verb.
    pub required: &'static [&'static str],
    /// Of these one must be there; none where no key must.
    pub one_of: &'static [&'static str],
}

/// What of all that happened a condition is about: whether what came once still counts later.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Counts {
    AddsUp,
    Latest,
    Now,
    InTheEnd,
    OneInput,
    InOrder,
    AsItsParts,
}

impl Counts {
    /// As documents say it.
    pub fn told(self) -> &'static str {
        match self {
            Self::AddsUp => "It adds up: whatever came since the step began counts, and stays.",
            Self::Latest => {
                "It does not add up: only the latest of a terminal counts, and what came before is forgotten. Two of them \
                 about one terminal can't both hold; to ask for both, put each into a `together` with what it comes of."
            }
            Self::Now => "It does not add up: it is how things stand now, whoever brought that about.",
            Self::InTheEnd => "It is known only in the end: once everything else holds, and all is quiet.",
            Self::OneInput => {
                "Its conditions do not add up over several inputs: one input must bring about all of them. Whether later \
                 inputs follow makes no difference."
            }
            Self::InOrder => {
                "Its conditions come to hold one after the other: all but the last on one input each, with everything as \
                 it stood then; the last on all that was done since."
            }
            Self::AsItsParts => "It adds up as its conditions do.",
        }
    }
}

impl Form {
    pub(super) const fn new(verb: KeyInfo, keys: &'static [KeyInfo], counts: Counts) -> Self {
        Self { verb, keys, counts, about: "", example: "", required: &[], one_of: &[] }
    }

    pub(super) const fn about(self, about: &'static str) -> Self {
        Self { about, ..self }
    }

    pub(super) const fn example(self, example: &'static str) -> Self {
        Self { example, ..self }
    }

    pub(super) const fn requires(self, required: &'static [&'static str]) -> Self {
        Self { required, ..self }
    }

    pub(super) const fn one_of(self, one_of: &'static [&'static str]) -> Self {
        Self { one_of, ..self }
    }

    fn takes(&self, key: &str) -> bool {
        self.verb.name == key || self.keys.iter().any(|known| known.name == key)
    }
}

/// What a value is held against, and where it is said what is wrong with it.
pub(super) struct Context<'a, 'd> {
    /// Whose value it is.
    pub key: &'static str,
    pub declared: &'a Declared,
    pub diag: &'a mut Diagnostics<'d>,
}

/// The fields of one condition.
pub(super) struct Fields<'a, 'd> {
    /// Where the verb stands.
    pub verb: Span,
    pairs: Vec<(Placed<String>, &'a Node)>,
    declared: &'a Declared,
    pub diag: &'a mut Diagnostics<'d>,
}

impl Fields<'_, '_> {
    /// Where that key stands, if it is given.
    pub(super) fn place<S>(&self, key: &Key<S>) -> Option<&Span> {
        self.pairs.iter().find(|(name, _)| name.value == key.name).map(|(name, _)| &name.span)
    }

    /// The value of a key that must be there.
    pub(super) fn required<S: Shape>(&mut self, key: &Key<S>) -> Option<S::Value> {
        if self.place(key).is_none() {
            self.diag.error(&self.verb, format!("`{}` is missing here", key.name));
        }
        self.optional(key)?
    }

    /// The value of a key that may be left out; none at all only where it is given and wrong.
    pub(super) fn optional<S: Shape>(&mut self, key: &Key<S>) -> Option<Option<S::Value>> {
        let Some((_, node)) = self.pairs.iter().find(|(name, _)| name.value == key.name) else {
            return Some(None);
        };
        let (declared, diag) = (self.declared, &mut *self.diag);
        S::read(node, &mut Context { key: key.name, declared, diag }).map(Some)
    }
}

/// Every condition, where all of them are right.
pub fn conditions(
    nodes: &List<Node>,
    declared: &Declared,
    diag: &mut Diagnostics<'_>,
) -> Option<Vec<Condition>> {
    let read = |node: &Placed<Node>| condition(&node.value, declared, diag);
    let read: Vec<_> = nodes.iter().map(read).collect();
    read.into_iter().collect()
}

pub(super) fn condition(node: &Node, declared: &Declared, diag: &mut Diagnostics<'_>) -> Option<Condition> {
    let mut pairs = mapping(node, "a condition", diag)?;
    let first = pairs.first().map_or(node.span.clone(), |(key, _)| key.span.clone());
    let is_strange = unknown_keys(&mut pairs, &KEYS, "a condition", diag);
    let Some((form, read, verb)) = verb(&pairs, diag)? else {
        if !is_strange {
            let verbs: Vec<_> = forms().map(|form| form.verb.name).collect();
            diag.error(&first, "a condition needs a verb").help(format!("one of {}", verbs.join(", ")));
        }
        return None;
    };
    foreign_keys(&pairs, form, diag);
    read(&mut Fields { verb, pairs, declared, diag })
}

/// Every way to write a condition, as documents list them.
pub fn forms() -> impl Iterator<Item = &'static Form> {
    FORMS.iter().flat_map(|(forms, _)| *forms)
}

/// Every key that a condition may have.
static KEYS: LazyLock<Vec<&str>> = LazyLock::new(|| {
    let mut keys: Vec<_> = forms().map(|form| form.verb.name).collect();
    for key in forms().flat_map(|form| form.keys) {
        if !keys.contains(&key.name) {
            keys.push(key.name);
        }
    }
    keys
});

type Found = (&'static Form, Reader, Span);

/// The one verb; none at all where there are two. What another verb takes along is none: `prints` beside `runs`.
fn verb(pairs: &[(Placed<String>, &Node)], diag: &mut Diagnostics<'_>) -> Option<Option<Found>> {
    let form = |key: &Placed<String>| {
        FORMS.iter().find_map(|(forms, read)| {
            let form = forms.iter().find(|form| form.verb.name == key.value)?;
            Some((form, *read, key.span.clone()))
        })
    };
    let found: Vec<Found> = pairs.iter().filter_map(|(key, _)| form(key)).collect();
    let is_taken = |(verb, ..): &&Found| {
        let others = found.iter().filter(|(other, ..)| other.verb.name != verb.verb.name);
        others.clone().any(|(other, ..)| other.takes(verb.verb.name))
    };
    let mut verbs = found.iter().filter(|found| !is_taken(found));
    let (first, second) = (verbs.next(), verbs.next());
    if let (Some((one, _, first)), Some((other, _, second))) = (first, second) {
        diag.error(
            second,
            format!("two verbs in one condition: `{}` and `{}`", one.verb.name, other.verb.name),
        )
        .other(first.clone(), "the first one")
        .help("make them two conditions, each after a `- ` of its own");
        return None;
    }
    Some(first.cloned())
}

fn foreign_keys(pairs: &[(Placed<String>, &Node)], form: &Form, diag: &mut Diagnostics<'_>) {
    let verb = form.verb.name;
    for (key, _) in
        pairs.iter().filter(|(key, _)| KEYS.contains(&key.value.as_str()) && !form.takes(&key.value))
    {
        let diagnostic = diag.error(&key.span, format!("`{}` doesn't belong to `{verb}`", key.value));
        let keys: Vec<_> = form.keys.iter().map(|key| key.name).collect();
        match keys.as_slice() {
            [] => diagnostic.help(format!("`{verb}` stands alone")),
            keys => diagnostic.help(format!("`{verb}` takes {}", keys.join(", "))),
        };
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn each_verb_is_there_once_and_each_key_says_what_it_is() {
        let verbs: BTreeSet<_> = forms().map(|form| form.verb.name).collect();
        assert_eq!(verbs.len(), forms().count());
        for key in forms().flat_map(|form| form.keys.iter().chain([&form.verb])) {
            assert!(!key.about.is_empty() && !key.kind.to_string().is_empty(), "{}", key.name);
        }
        for form in forms() {
            assert!(!form.about.is_empty() && !form.example.is_empty(), "{}", form.verb.name);
            let is_key = |name: &&str| form.keys.iter().any(|key| key.name == *name);
            assert!(form.required.iter().chain(form.one_of).all(is_key), "{}", form.verb.name);
        }
    }
}
