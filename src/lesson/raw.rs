//! The first of two stages: the files' mappings as structs, every field optional and placed.
//!
//! Wrong types, nulls, unknown and repeated keys are told here; what the values mean is for `check`.

use std::collections::BTreeMap;

use super::{
    Fault,
    diagnostic::{Diagnostics, nearest},
    yaml::{Node, Span, Value},
};

/// A value and where it stands.
#[derive(Debug, Clone)]
pub struct Placed<T> {
    pub span: Span,
    pub value: T,
}

pub(super) type List<T> = Vec<Placed<T>>;
/// A mapping whose keys are names of the author's own, in the file's order.
pub(super) type Entries<T> = Vec<(Placed<String>, Placed<T>)>;

/// One field of a mapping; a field of the wrong type is given, but has no value.
#[derive(Debug)]
pub(super) struct Field<T> {
    pub key: Option<Span>,
    pub value: Option<Placed<T>>,
}

/// What can be read from a node; complains and gives none where it can't.
pub trait Read: Sized {
    fn read(node: &Node, diag: &mut Diagnostics<'_>) -> Option<Self>;
}

impl<T> Field<T> {
    /// The value of a field that must be there; `owner` is the mapping that lacks it.
    pub(super) fn required(self, name: &str, owner: &Span, diag: &mut Diagnostics<'_>) -> Option<Placed<T>> {
        if self.key.is_none() {
            diag.error(owner, format!("`{name}` is missing here"));
        }
        self.value
    }
}

impl<T: Read> Placed<T> {
    pub fn read(node: &Node, diag: &mut Diagnostics<'_>) -> Option<Self> {
        Some(Self { span: node.span.clone(), value: T::read(node, diag)? })
    }
}

impl Read for String {
    fn read(node: &Node, diag: &mut Diagnostics<'_>) -> Option<Self> {
        match &node.value {
            Value::Text(text) => Some(text.clone()),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::List(_) | Value::Map(_) => {
                diag.wrong_type(node, "a text");
                None
            }
        }
    }
}

impl Read for bool {
    fn read(node: &Node, diag: &mut Diagnostics<'_>) -> Option<Self> {
        if let Value::Bool(value) = node.value {
            return Some(value);
        }
        diag.wrong_type(node, "`true` or `false`");
        None
    }
}

impl Read for u32 {
    fn read(node: &Node, diag: &mut Diagnostics<'_>) -> Option<Self> {
        let Value::Number(digits) = &node.value else {
            diag.wrong_type(node, "a number");
            return None;
        };
        let number = digits.parse().ok();
        if number.is_none() {
            diag.error(&node.span, "this number must be whole, and not below 0");
        }
        number
    }
}

impl Read for f64 {
    fn read(node: &Node, diag: &mut Diagnostics<'_>) -> Option<Self> {
        let Value::Number(digits) = &node.value else {
            diag.wrong_type(node, "a number");
            return None;
        };
        let number = digits.parse().ok().filter(|number: &f64| number.is_finite());
        if number.is_none() {
            diag.error(&node.span, "this is no number that Moebi can count with");
        }
        number
    }
}

/// Anything at all: a condition is read by its verb (`condition`).
impl Read for Node {
    fn read(node: &Node, _: &mut Diagnostics<'_>) -> Option<Self> {
        Some(node.clone())
    }
}

impl<T: Read> Read for List<T> {
    fn read(node: &Node, diag: &mut Diagnostics<'_>) -> Option<Self> {
        let Value::List(items) = &node.value else {
            diag.wrong_type(node, "a list");
            return None;
        };
        Some(items.iter().filter_map(|item| Placed::read(item, diag)).collect())
    }
}

impl<T: Read> Read for Entries<T> {
    fn read(node: &Node, diag: &mut Diagnostics<'_>) -> Option<Self> {
        let pairs = mapping(node, "a mapping", diag)?;
        Some(pairs.into_iter().filter_map(|(key, value)| Some((key, Placed::read(value, diag)?))).collect())
    }
}

/// One name or a list of names, as `in:` takes them.
#[derive(Debug)]
pub(super) struct Names(pub List<String>);

impl Read for Names {
    fn read(node: &Node, diag: &mut Diagnostics<'_>) -> Option<Self> {
        if let Value::List(_) = &node.value {
            return List::read(node, diag).map(Self);
        }
        Placed::read(node, diag).map(|name| Self(vec![name]))
    }
}

/// The pairs of a mapping with messages as keys; complains about other keys and about repeated ones.
pub(super) fn mapping<'n>(
    node: &'n Node,
    what: &str,
    diag: &mut Diagnostics<'_>,
) -> Option<Vec<(Placed<String>, &'n Node)>> {
    let Value::Map(pairs) = &node.value else {
        diag.wrong_type(node, what);
        return None;
    };
    let mut seen: BTreeMap<&str, &Span> = BTreeMap::new();
    let mut kept = Vec::with_capacity(pairs.len());
    for (key, value) in pairs {
        let (Value::Text(word) | Value::Number(word)) = &key.value else {
            diag.wrong_type(key, "a text");
            continue;
        };
        match seen.get(word.as_str()) {
            Some(first) => {
                let first = (*first).clone();
                diag.error(&key.span, format!("`{word}` stands here twice")).other(first, "the first one");
            }
            None => {
                seen.insert(word, &key.span);
                kept.push((Placed { span: key.span.clone(), value: word.clone() }, value));
            }
        }
    }
    Some(kept)
}

/// Takes the field `name` out of `pairs`.
fn field<T: Read>(
    name: &str,
    pairs: &mut Vec<(Placed<String>, &Node)>,
    diag: &mut Diagnostics<'_>,
) -> Field<T> {
    let Some(at) = pairs.iter().position(|(key, _)| key.value == name) else {
        return Field { key: None, value: None };
    };
    let (key, node) = pairs.remove(at);
    Field { key: Some(key.span), value: Placed::read(node, diag) }
}

/// Complains about keys that aren't known; one that is nearly a missing one is read as that, so that what it lacks
/// isn't told as well. Whether some stay unknown.
pub(super) fn unknown_keys(
    pairs: &mut [(Placed<String>, &Node)],
    known: &[&str],
    what: &str,
    diag: &mut Diagnostics<'_>,
) -> bool {
    let mut missing: Vec<&str> =
        known.iter().copied().filter(|known| !pairs.iter().any(|(key, _)| key.value == *known)).collect();
    let mut stay_unknown = false;
    for (key, _) in pairs.iter_mut().filter(|(key, _)| !known.contains(&key.value.as_str())) {
        let complaint = diag.error(&key.span, format!("{what} has no key `{}`", key.value));
        if let Some(near) = nearest(&key.value, missing.iter().copied()) {
            complaint.help(format!("did you mean `{near}`?"));
            missing.retain(|word| *word != near);
            key.value = near.to_string();
        } else {
            complaint.nearest(&key.value, known.iter().copied());
            complaint.or_help(format!("it takes {}", known.join(", ")));
            stay_unknown = true;
        }
    }
    stay_unknown
}

macro_rules! raw {
    ($($(#[$doc:meta])* $name:ident $what:literal { $($field:ident: $type:ty),* $(,)? })*) => {$(
        $(#[$doc])*
        #[derive(Debug)]
        #[allow(dead_code, reason = "one shape for all mappings, though few checks ask for every part of it")]
        pub(super) struct $name {
            /// Where something is said that concerns the whole mapping.
            pub span: Span,
            /// Whether there was a key that is not known, nor nearly so.
            pub strange: bool,
            $(pub $field: Field<$type>,)*
        }

        impl Read for $name {
            fn read(node: &Node, diag: &mut Diagnostics<'_>) -> Option<Self> {
                const KNOWN: &[&str] = &[$(name(stringify!($field))),*];
                let mut pairs = mapping(node, $what, diag)?;
                let span = pairs.first().map_or(node.span.clone(), |(key, _)| key.span.clone());
                let strange = unknown_keys(&mut pairs, KNOWN, $what, diag);
                $(let $field = field(name(stringify!($field)), &mut pairs, diag);)*
                Some(Self { span, strange, $($field,)* })
            }
        }

        #[allow(dead_code, reason = "the same")]
        impl $name {
            /// The keys that are given, each with its place.
            pub(super) fn keys(&self) -> Vec<(&'static str, Span)> {
                let keys = [$((name(stringify!($field)), &self.$field.key)),*];
                keys.into_iter().filter_map(|(name, key)| Some((name, key.clone()?))).collect()
            }
        }
    )*};
}

/// A field's name without what makes it a Rust word (`r#in`).
const fn name(word: &'static str) -> &'static str {
    match word.as_bytes() {
        [b'r', b'#', ..] => word.split_at(2).1,
        _ => word,
    }
}

raw! {
    RawLesson "a lesson" {
        lesson: String,
        requires: RawRequires,
        terminals: List<String>,
        mistakes: Entries<List<Node>>,
        sections: List<RawSection>,
    }
    RawRequires "`requires`" { elixir: String }
    RawSection "a section" {
        id: String,
        minutes: u32,
        start: List<RawInput>,
        steps: List<RawStep>,
    }
    RawStep "a step" {
        id: String,
        points: u32,
        needs: List<String>,
        within: String,
        predict: RawQuestion,
        ask: RawAsk,
        answer: List<RawInput>,
        optional: Entries<String>,
        check: RawCheck,
        trace: bool,
        right: List<RawOther>,
        wrong: List<RawOther>,
        mistakes: Entries<List<Node>>,
    }
    RawQuestion "a question" { choices: List<String>, correct: String }
    RawOther "another answer" { mistake: String, answer: List<RawInput> }
    RawWriteFields "`write`" { path: String, text: String }
    RawEdit "`edit`" { path: String, replace: String, with: String }
    RawAnswers "a file of answers" {
        lesson: String,
        learners: Names,
        answers: Entries<List<RawInput>>,
        record: Entries<RawRecord>,
    }
    RawScheme "a scheme" { weights: Entries<f64>, partial: String }
    RawRecord "a step's record" { tries: u32, hints: u32, answer_shown: bool }
    RawSectionProse "a section's prose" { title: String, steps: Entries<RawStepProse> }
    RawStepProse "a step's prose" {
        title: String,
        text: String,
        words: List<String>,
        hints: List<String>,
        predict: RawQuestionProse,
        ask: RawQuestionProse,
        after: String,
        check: Entries<RawGoalProse>,
        mistakes: Entries<RawAdvice>,
    }
    RawGoalProse "a goal's prose" { holds: String, missing: String }
    RawQuestionProse "a question's prose" { ask: String, choices: Entries<RawChoiceProse> }
    RawChoiceProse "a choice's prose" { text: String, why: String }
    RawFullTerm "a term" { also: Names, text: String }
    RawAdvice "a mistake's prose" { seen: String, r#try: String }
    RawProseTop "a prose file" {
        title: String,
        summary: String,
        glossary: Entries<RawTerm>,
        mistakes: Entries<RawAdvice>,
    }
}

/// `check:` is a list of conditions, or one for each goal.
#[derive(Debug)]
pub(super) enum RawCheck {
    Conditions(List<Node>),
    Goals(Entries<List<Node>>),
}

impl Read for RawCheck {
    fn read(node: &Node, diag: &mut Diagnostics<'_>) -> Option<Self> {
        match node.value {
            Value::Map(_) => Entries::read(node, diag).map(Self::Goals),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::Text(_) | Value::List(_) => {
                List::read(node, diag).map(Self::Conditions)
            }
        }
    }
}

/// `write:` is a path and a text, or the path alone.
#[derive(Debug)]
pub(super) struct RawWrite {
    pub path: Field<String>,
    pub text: Field<String>,
}

impl Read for RawWrite {
    fn read(node: &Node, diag: &mut Diagnostics<'_>) -> Option<Self> {
        if let Value::Text(path) = &node.value {
            let path = Placed { span: node.span.clone(), value: path.clone() };
            let path = Field { key: Some(node.span.clone()), value: Some(path) };
            return Some(Self { path, text: Field { key: None, value: None } });
        }
        RawWriteFields::read(node, diag).map(|fields| Self { path: fields.path, text: fields.text })
    }
}

/// A term's explanation, alone or beside the term's other names.
#[derive(Debug)]
pub(super) enum RawTerm {
    Text(String),
    Full(RawFullTerm),
}

impl Read for RawTerm {
    fn read(node: &Node, diag: &mut Diagnostics<'_>) -> Option<Self> {
        match node.value {
            Value::Map(_) => RawFullTerm::read(node, diag).map(Self::Full),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::Text(_) | Value::List(_) => {
                String::read(node, diag).map(Self::Text)
            }
        }
    }
}

/// `ask:` is a question of its own, or the word `missed`.
#[derive(Debug)]
pub(super) enum RawAsk {
    Question(RawQuestion),
    Missed,
}

impl Read for RawAsk {
    fn read(node: &Node, diag: &mut Diagnostics<'_>) -> Option<Self> {
        if matches!(&node.value, Value::Text(word) if word == "missed") {
            return Some(Self::Missed);
        }
        RawQuestion::read(node, diag).map(Self::Question)
    }
}

/// One input: a mapping of exactly one key.
#[derive(Debug)]
pub(super) enum RawInput {
    Type { terminal: Placed<String>, text: Placed<String> },
    Write(RawWrite),
    Edit(RawEdit),
    Choose(Placed<String>),
    Close(Placed<String>),
    Fault { word: Placed<String>, terminals: List<String> },
}

/// The keys of an input that no terminal can be named after.
pub(super) const INPUT_KEYS: [&str; 9] =
    ["write", "edit", "choose", "close", "kill", "pause", "resume", "cut", "heal"];

impl Read for RawInput {
    fn read(node: &Node, diag: &mut Diagnostics<'_>) -> Option<Self> {
        let mut pairs = mapping(node, "an input such as `alex: Node.self()`", diag)?;
        if let Some((extra, _)) = pairs.get(1) {
            diag.error(&extra.span, "an input has one key only").help("begin a new input with `- `");
            pairs.truncate(1);
        }
        let Some((key, node)) = pairs.pop() else {
            diag.error(
                &node.span,
                "an input needs a key: a terminal, `write`, `edit`, `choose`, `close` or a fault",
            );
            return None;
        };
        match key.value.as_str() {
            "write" => RawWrite::read(node, diag).map(Self::Write),
            "edit" => RawEdit::read(node, diag).map(Self::Edit),
            "choose" => Placed::read(node, diag).map(Self::Choose),
            "close" => Placed::read(node, diag).map(Self::Close),
            word if Fault::WORDS.iter().any(|(fault, _)| *fault == word) => {
                Names::read(node, diag).map(|Names(terminals)| Self::Fault { word: key, terminals })
            }
            _ => Placed::read(node, diag).map(|text| Self::Type { terminal: key, text }),
        }
    }
}

/// A prose file: known keys on top, then a mapping for each section.
#[derive(Debug)]
pub(super) struct RawProse {
    pub top: RawProseTop,
    pub sections: Entries<RawSectionProse>,
}

/// The keys of a prose file that no section can be named after.
pub(super) const PROSE_KEYS: [&str; 4] = ["title", "summary", "glossary", "mistakes"];

impl Read for RawProse {
    fn read(node: &Node, diag: &mut Diagnostics<'_>) -> Option<Self> {
        let Value::Map(pairs) = &node.value else {
            diag.wrong_type(node, "a prose file");
            return None;
        };
        let is_top =
            |key: &Node| matches!(&key.value, Value::Text(word) if PROSE_KEYS.contains(&word.as_str()));
        let (top, sections): (Vec<_>, Vec<_>) = pairs.iter().cloned().partition(|(key, _)| is_top(key));
        let part = |pairs| Node { span: node.span.clone(), value: Value::Map(pairs) };
        let top = RawProseTop::read(&part(top), diag)?;
        Some(Self { top, sections: Entries::read(&part(sections), diag)? })
    }
}
