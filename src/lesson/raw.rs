//! The first of two stages: the files' mappings as structs, every field optional and placed.
//!
//! Wrong types, nulls, unknown and repeated keys are told here; what the values mean is for `check`.

use std::collections::BTreeMap;

use super::{
    Fault,
    check::elixir::quoted,
    diagnostic::{Diagnostics, nearest},
    kind::{FieldInfo, Kind, Need, Record},
    unreadable::AT_FIRST_COMMA,
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
    /// What it may be, as documents have it.
    const KIND: Kind;

    fn read(node: &Node, diag: &mut Diagnostics<'_>) -> Option<Self>;
}

impl<T> Field<T> {
    /// The value of a field that must be there; `owner` is the mapping that lacks it.
    pub(super) fn required(self, name: &str, owner: &Span, diag: &mut Diagnostics<'_>) -> Option<Placed<T>> {
        if self.key.is_none() {
            diag.error(owner, format!("`{name}` is missing here")).help(format!("add `{name}:`"));
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
    const KIND: Kind = Kind::Text("TEXT");

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
    const KIND: Kind = Kind::Flag;

    fn read(node: &Node, diag: &mut Diagnostics<'_>) -> Option<Self> {
        if let Value::Bool(value) = node.value {
            return Some(value);
        }
        diag.wrong_type(node, "`true` or `false`");
        None
    }
}

impl Read for u32 {
    const KIND: Kind = Kind::Whole(0);

    fn read(node: &Node, diag: &mut Diagnostics<'_>) -> Option<Self> {
        let Value::Number(digits) = &node.value else {
            diag.wrong_type(node, "a number");
            return None;
        };
        let number = digits.parse().ok();
        if number.is_none() {
            diag.error(&node.span, "this number must be whole, and not below 0")
                .help("write one such as `5`");
        }
        number
    }
}

impl Read for f64 {
    const KIND: Kind = Kind::Weight;

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
    const KIND: Kind = Kind::Condition;

    fn read(node: &Node, _: &mut Diagnostics<'_>) -> Option<Self> {
        Some(node.clone())
    }
}

impl<T: Read> Read for List<T> {
    const KIND: Kind = Kind::List(&T::KIND, 0);

    fn read(node: &Node, diag: &mut Diagnostics<'_>) -> Option<Self> {
        let Value::List(items) = &node.value else {
            diag.wrong_type(node, "a list");
            return None;
        };
        let read: Self = items.iter().filter_map(|item| Placed::read(item, diag)).collect();
        if read.len() < items.len() {
            diag.lacks_items(&node.span);
        }
        Some(read)
    }
}

impl<T: Read> Read for Entries<T> {
    const KIND: Kind = Kind::Map("NAME", &T::KIND);

    fn read(node: &Node, diag: &mut Diagnostics<'_>) -> Option<Self> {
        let pairs = mapping(node, "a mapping", diag)?;
        Some(pairs.into_iter().filter_map(|(key, value)| Some((key, Placed::read(value, diag)?))).collect())
    }
}

/// One name or a list of names, as `in:` takes them.
#[derive(Debug)]
pub(super) struct Names(pub List<String>);

impl Read for Names {
    const KIND: Kind = Kind::OneOrMore(&Kind::Text("NAME"));

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
    if let Some(span) = cut_at_a_comma(pairs, diag.text()) {
        let text = diag.text()[span.clone()].to_owned();
        let complaint = diag.error(&span, AT_FIRST_COMMA);
        complaint.help(format!("quote it: {}", quoted(&text))).fix_at(span, quoted(&text), false);
        return None;
    }
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
                diag.error(&key.span, format!("`{word}` stands here twice"))
                    .other(first, "the first one")
                    .help("keep one of the two");
            }
            None => {
                seen.insert(word, &key.span);
                kept.push((Placed { span: key.span.clone(), value: word.clone() }, value));
            }
        }
    }
    Some(kept)
}

/// From where a value was begun to where it was meant to end: `Agent.get(counter` and a key `_)` without a value are what
/// is left of `{ typed: Agent.get(counter, _) }`.
fn cut_at_a_comma(pairs: &[(Node, Node)], text: &str) -> Option<Span> {
    let is_plain = |node: &Node| !text[node.span.clone()].starts_with(['\'', '"']);
    let more = |code: &str, these: [char; 3], others: [char; 3]| {
        code.matches(these).count() > code.matches(others).count()
    };
    let (opening, closing) = (['(', '[', '{'], [')', ']', '}']);
    let begun = pairs.iter().position(|(_, value)| {
        matches!(&value.value, Value::Text(code) if is_plain(value) && more(code, opening, closing))
    })?;
    let (end, _) = pairs[begun + 1..].iter().find(|(key, value)| {
        matches!((&key.value, &value.value), (Value::Text(code), Value::Null) if more(code, closing, opening))
    })?;
    Some(pairs[begun].1.span.start..end.span.end)
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
            complaint.did_you_mean(near);
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
    ($($(#[$doc:meta])* $name:ident $what:literal { $($field:ident: $need:ident $type:ty = $about:literal),* $(,)? })*) => {$(
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
            const KIND: Kind = Kind::Record(&Self::RECORD);

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
            pub(super) const RECORD: Record = Record {
                what: $what,
                fields: &[$(FieldInfo {
                    name: name(stringify!($field)),
                    need: Need::$need,
                    kind: <$type as Read>::KIND,
                    about: $about,
                }),*],
                others: None,
            };

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
        lesson: Required String = "the lesson's id, which is its folder's name as well",
        author: Optional String = "who wrote it, for whoever gets it from somebody; one line",
        requires: Required RawRequires = "what a machine must have",
        terminals: Required List<String> = "the terminals that there are to type into, in the order in which they are shown",
        mistakes: Optional Entries<List<Node>> = "wrong turns that are known in every step: each is told where all of its conditions hold",
        sections: Required List<RawSection> = "the parts of the lesson; each starts with fresh nodes",
    }
    RawRequires "`requires`" { elixir: Required Version = "the lowest version of Elixir, such as '>= 1.14'" }
    RawSection "a section" {
        id: Required String = "unique in the lesson",
        minutes: Required u32 = "how long it takes",
        start: Optional List<RawInput> = "what is done before its first step, out of the learner's sight; it overwrites no file",
        steps: Required List<RawStep> = "what there is to do, in order",
    }
    RawStep "a step" {
        id: Required String = "unique in the lesson",
        points: Optional u32 = "what it is worth; 1 where it is left out",
        needs: Optional List<String> = "earlier steps of the section that must have been done",
        within: OptionalOfTasks Within = "how long its conditions may take to hold after the last input, up to 60s; 2s where it is left out",
        predict: OptionalOfTasks RawQuestion = "a question that is asked before the step, and answered by doing it",
        ask: Optional RawAsk = "a question that is the whole step; `missed` asks again what was answered wrong first",
        answer: RequiredOfTasks List<RawInput> = "the model answer",
        optional: OptionalOfTasks Entries<String> = "inputs of the answer, counted from 1, that may be left out, each with the reason",
        check: TasksOnly RawCheck = "the conditions that must hold; below names of your own, each name is told in one sentence of the prose",
        trace: OptionalOfTasks bool = "whether what crossed between nodes is shown once the step is done",
        right: OptionalOfTasks List<RawOther> = "other answers, which must pass",
        wrong: OptionalOfTasks List<RawOther> = "answers that must not pass",
        mistakes: OptionalOfTasks Entries<List<Node>> = "wrong turns that are known in this step; they come before the lesson's",
    }
    RawQuestion "a question" {
        choices: Required List<ChoiceWord> = "names of the choices; what each says is in the prose",
        correct: Required ChoiceWord = "the name of the right one",
    }
    RawOther "another answer" {
        mistake: Optional String = "the mistake that it must be recognised as; of a right answer, one that it may make on its way",
        answer: Required List<RawInput> = "its inputs",
    }
    RawWriteFields "`write`" {
        path: Required String = "in the workspace",
        text: Required String = "what the file holds then",
    }
    RawEdit "`edit`" {
        path: Required String = "in the workspace",
        replace: Required String = "what stands there; the first place counts",
        with: Required String = "what takes its place",
    }
    RawAnswers "a file of answers" {
        lesson: Required String = "the lesson's id",
        learners: Optional Names = "whose answers they are; two and more work as a pair",
        answers: Required Entries<List<RawInput>> = "the inputs of each step",
        record: Optional Entries<RawRecord> = "how the learner came to them",
    }
    RawScheme "a scheme" {
        weights: Optional Entries<f64> = "by what the points of a section or a step are multiplied, by its id",
        partial: Optional String = "what a step earns that fell short: nothing, or the share of its conditions that held",
    }
    RawRecord "a step's record" {
        tries: Optional u32 = "how often it was tried",
        hints: Optional u32 = "how many hints were shown",
        answer_shown: Optional bool = "whether the model answer was shown",
    }
    RawSectionProse "a section's prose" {
        title: Required String = "one line",
        steps: Required Entries<RawStepProse> = "the texts of each step, by its id",
    }
    RawStepProse "a step's prose" {
        title: Required String = "one line",
        text: RequiredOfTasks String = "what is to be done, and why",
        words: Optional List<String> = "terms of the glossary that are new here",
        hints: Optional List<String> = "each says more than the one before; a step that is no question needs one",
        predict: Optional RawQuestionProse = "the words of the prediction",
        ask: Optional RawQuestionProse = "the words of the question",
        after: Optional String = "what is told once the step is done",
        check: Optional Entries<RawGoalProse> = "what is told of each goal, by its name in `check`",
        mistakes: Optional Entries<RawAdvice> = "what is told of each of the step's mistakes",
        translates: Optional String = "the fingerprint of the text that this translates: lint tells it, and where that text has changed since",
    }
    RawGoalProse "a goal's prose" {
        holds: Required String = "the tick: true once all of its conditions hold; one line of at most 140 characters",
        missing: Required String = "true as long as one of them does not hold; one line of at most 140 characters",
    }
    RawQuestionProse "a question's prose" {
        ask: Required String = "the question",
        choices: Required Entries<RawChoiceProse> = "the choices, by their names",
    }
    RawChoiceProse "a choice's prose" {
        text: Required String = "what is chosen; one line",
        why: Required String = "why that is right, or not",
    }
    RawFullTerm "a term" {
        also: Optional Names = "what else it is called",
        text: Required String = "its explanation",
    }
    RawAdvice "a mistake's prose" {
        seen: Required String = "what happened",
        r#try: Required String = "what to try",
    }
    RawProseTop "a prose file" {
        title: Required String = "the lesson's title; one line",
        summary: Required String = "what it is about",
        glossary: Optional Entries<RawTerm> = "terms, each explained once",
        mistakes: Optional Entries<RawAdvice> = "what is told of each of the lesson's mistakes",
    }
}

/// The name of a choice: a number is taken, so that it is told what is wrong with it as a name.
#[derive(Debug, Clone)]
pub(super) struct ChoiceWord(pub String);

impl Read for ChoiceWord {
    const KIND: Kind = Kind::Text("NAME");

    fn read(node: &Node, diag: &mut Diagnostics<'_>) -> Option<Self> {
        match &node.value {
            Value::Number(digits) => Some(Self(digits.clone())),
            _ => String::read(node, diag).map(Self),
        }
    }
}

/// A version of Elixir; told as a text, so that 1.10 is not 1.1.
#[derive(Debug)]
pub(super) struct Version(pub String);

impl Read for Version {
    const KIND: Kind = Kind::Text("VERSION");

    fn read(node: &Node, diag: &mut Diagnostics<'_>) -> Option<Self> {
        if let Value::Number(digits) = &node.value {
            diag.error(&node.span, "this is a number, not a version of Elixir")
                .replace(format!("'>= {digits}'"));
            return None;
        }
        String::read(node, diag).map(Self)
    }
}

/// A duration of at most a minute.
#[derive(Debug)]
pub(super) struct Within(pub String);

impl Read for Within {
    const KIND: Kind = Kind::Text("DURATION");

    fn read(node: &Node, diag: &mut Diagnostics<'_>) -> Option<Self> {
        if let Value::Number(digits) = &node.value {
            let whole = digits.parse::<u8>().is_ok_and(|seconds| (1..=60).contains(&seconds));
            let complaint = diag.error(&node.span, "this is a number, and no duration");
            match whole {
                true => complaint.replace(format!("{digits}s")),
                false => complaint.help("write it like `5s` or `800ms`"),
            };
            return None;
        }
        String::read(node, diag).map(Self)
    }
}

/// `check:` is a list of conditions, or one for each goal.
#[derive(Debug)]
pub(super) enum RawCheck {
    Conditions(List<Node>),
    Goals(Entries<List<Node>>),
}

impl Read for RawCheck {
    const KIND: Kind =
        Kind::Either(&[Kind::List(&Kind::Condition, 1), Kind::Map("GOAL", &Kind::List(&Kind::Condition, 1))]);

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
    const KIND: Kind = Kind::Either(&[Kind::Text("PATH"), RawWriteFields::KIND]);

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
    const KIND: Kind = Kind::Either(&[Kind::Text("TEXT"), RawFullTerm::KIND]);

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
    const KIND: Kind = Kind::Either(&[Kind::Words(&["missed"]), RawQuestion::KIND]);

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
    const KIND: Kind = Kind::Input;

    fn read(node: &Node, diag: &mut Diagnostics<'_>) -> Option<Self> {
        if let Value::Text(text) = &node.value {
            unmarked(text, node, diag);
            return None;
        }
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

/// `alex Node.list()`, `alex:Node.list()`
fn unmarked(text: &str, node: &Node, diag: &mut Diagnostics<'_>) {
    let complaint = diag.error(&node.span, "this is a text, not an input such as `alex: Node.self()`");
    let end = text.find(|sign: char| !sign.is_ascii_alphanumeric() && !"-_".contains(sign));
    let (terminal, typed) = text.split_at(end.unwrap_or(text.len()));
    let typed = typed.trim_start_matches([':', ' ']);
    if !terminal.is_empty() && !typed.is_empty() {
        let written = format!("{terminal}: {}", quoted(typed));
        complaint.help(format!("write a colon and a space behind the terminal: `{written}`"));
        complaint.fix_at(node.span.clone(), written, false);
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

impl RawProse {
    pub(super) const RECORD: Record =
        Record { others: Some(("SECTION", RawSectionProse::KIND)), ..RawProseTop::RECORD };
}

impl Read for RawProse {
    const KIND: Kind = Kind::Record(&Self::RECORD);

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
