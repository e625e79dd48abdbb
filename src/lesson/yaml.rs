//! One YAML text as a tree in which every value knows its place.
//!
//! serde's derived structs stop at the first wrong field; a tree lets every complaint of a file be told at once,
//! each with its innermost place. `raw` reads it into structs, `check` those into a lesson.

use std::{fmt, ops::Range};

use super::unreadable::Unreadable;
use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_yaml::{
    Budget, Options, Spanned,
    options::{DuplicateKeyPolicy, MergeKeyPolicy, NonFiniteFloatPolicy},
};

/// The longest text that is read, in bytes.
pub(super) const MAX_BYTES: usize = 1024 * 1024;

/// Bytes in the text.
pub(super) type Span = Range<usize>;

#[derive(Debug, Clone)]
pub struct Node {
    pub span: Span,
    pub value: Value,
}

#[derive(Debug, Clone)]
pub enum Value {
    Null,
    Bool(bool),
    /// As it was written.
    Number(String),
    Text(String),
    List(Vec<Node>),
    /// Keys may repeat: `raw` complains, with both places.
    Map(Vec<(Node, Node)>),
}

impl Node {
    /// The place of the last key on that path that is there; the beginning where none is.
    pub fn at(&self, path: &[&str]) -> Span {
        let Value::Map(pairs) = &self.value else { return self.span.clone() };
        let is_first =
            |key: &Node| matches!(&key.value, Value::Text(word) if Some(&word.as_str()) == path.first());
        match pairs.iter().find(|(key, _)| is_first(key)) {
            Some((_, value)) if path.len() > 1 && value.has(path[1]) => value.at(&path[1..]),
            Some((key, _)) => key.span.clone(),
            None => self.span.clone(),
        }
    }

    /// The value of that key; the first where there are several.
    pub fn get(&self, key: &str) -> Option<&Self> {
        let Value::Map(pairs) = &self.value else { return None };
        pairs.iter().find(|(name, _)| name.text() == Some(key)).map(|(_, value)| value)
    }

    /// The items of a list; none of anything else.
    pub fn items(&self) -> &[Self] {
        if let Value::List(items) = &self.value { items } else { &[] }
    }

    pub fn text(&self) -> Option<&str> {
        if let Value::Text(text) = &self.value { Some(text) } else { None }
    }

    fn has(&self, word: &str) -> bool {
        let Value::Map(pairs) = &self.value else { return false };
        pairs.iter().any(|(key, _)| matches!(&key.value, Value::Text(text) if text == word))
    }
}

/// Reads `text` (without its byte order mark), at most `MAX_BYTES` of it.
pub(super) fn parse(text: &str) -> Result<Node, Unreadable> {
    if text.len() > MAX_BYTES {
        let message = format!("the file is larger than {} KB; split the lesson", MAX_BYTES / 1024);
        return Err(Unreadable::told(0..0, message));
    }
    let tree: Spanned<Bare> =
        serde_yaml::from_str_with_options(text, options()).map_err(|error| unreadable(text, &error))?;
    Ok(node(text, tree))
}

fn options() -> Options {
    let mut options = Options::default();
    options.with_snippet = false;
    options.duplicate_keys = DuplicateKeyPolicy::PassThrough;
    options.merge_keys = MergeKeyPolicy::AsOrdinary;
    options.non_finite_float_policy = NonFiniteFloatPolicy::PassThrough;
    // `y`, `no` and `on` are words here, not booleans.
    options.strict_booleans = true;
    options.reject_unsupported_tags = true;
    // A lesson of a hundred steps has some ten thousand nodes, ten levels deep, and no aliases to speak of.
    let mut budget = Budget::default();
    budget.max_depth = 48;
    budget.flow_nesting_limit = 48;
    budget.max_nodes = 200_000;
    budget.max_aliases = 1_000;
    budget.max_total_scalar_bytes = 4 * MAX_BYTES;
    options.budget = Some(budget);
    options.alias_limits.max_total_replayed_events = 100_000;
    options
}

fn unreadable(text: &str, error: &serde_yaml::Error) -> Unreadable {
    let told = error.to_string();
    let message = told.split(" at line ").next().unwrap_or(&told).trim().to_string();
    let at = error.location().map_or(0, |place| offset(text, place.line() as usize, place.column() as usize));
    Unreadable::of(text, &message, at)
}

/// The byte at a line and a column (in characters), both counted from 1; clamped to the text.
fn offset(text: &str, line: usize, column: usize) -> usize {
    let start = match line.checked_sub(2) {
        None => 0,
        Some(skip) => text.match_indices('\n').nth(skip).map_or(text.len(), |(at, _)| at + 1),
    };
    let rest = &text[start..];
    let within = rest.char_indices().nth(column.saturating_sub(1)).map_or(rest.len(), |(at, _)| at);
    let line_end = rest.find('\n').unwrap_or(rest.len());
    start + within.min(line_end)
}

fn node(text: &str, tree: Spanned<Bare>) -> Node {
    let span = span(text, &tree);
    let value = match tree.value {
        Bare::Null => Value::Null,
        Bare::Bool(value) => Value::Bool(value),
        Bare::Number => Value::Number(text[span.clone()].to_string()),
        Bare::Text(value) => Value::Text(value),
        Bare::List(items) => Value::List(items.into_iter().map(|item| node(text, item)).collect()),
        Bare::Map(pairs) => {
            Value::Map(pairs.into_iter().map(|(key, value)| (node(text, key), node(text, value))).collect())
        }
    };
    Node { span, value }
}

fn span(text: &str, tree: &Spanned<Bare>) -> Span {
    let span = tree.referenced.span();
    let from = span.byte_offset().map_or(0, |at| at as usize).min(text.len());
    let to = (from + span.byte_len().unwrap_or(0) as usize).min(text.len());
    // Never taken: the parser counts whole characters. It keeps slices of the text from panicking all the same.
    if text.is_char_boundary(from) && text.is_char_boundary(to) { from..to } else { 0..0 }
}

/// What the deserializer gives, before numbers get back the words they were written in.
enum Bare {
    Null,
    Bool(bool),
    Number,
    Text(String),
    List(Vec<Spanned<Bare>>),
    Map(Vec<(Spanned<Bare>, Spanned<Bare>)>),
}

impl<'de> Deserialize<'de> for Bare {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(BareVisitor)
    }
}

struct BareVisitor;

impl<'de> Visitor<'de> for BareVisitor {
    type Value = Bare;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_unit<E>(self) -> Result<Bare, E> {
        Ok(Bare::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Bare, E> {
        Ok(Bare::Bool(value))
    }

    fn visit_u64<E>(self, _: u64) -> Result<Bare, E> {
        Ok(Bare::Number)
    }

    fn visit_i64<E>(self, _: i64) -> Result<Bare, E> {
        Ok(Bare::Number)
    }

    fn visit_u128<E>(self, _: u128) -> Result<Bare, E> {
        Ok(Bare::Number)
    }

    fn visit_i128<E>(self, _: i128) -> Result<Bare, E> {
        Ok(Bare::Number)
    }

    fn visit_f64<E>(self, _: f64) -> Result<Bare, E> {
        Ok(Bare::Number)
    }

    fn visit_str<E>(self, value: &str) -> Result<Bare, E> {
        Ok(Bare::Text(value.to_string()))
    }

    fn visit_string<E>(self, value: String) -> Result<Bare, E> {
        Ok(Bare::Text(value))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Bare, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = seq.next_element()? {
            items.push(item);
        }
        Ok(Bare::List(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Bare, A::Error> {
        let mut pairs = Vec::new();
        while let Some(pair) = map.next_entry()? {
            pairs.push(pair);
        }
        Ok(Bare::Map(pairs))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn complaint(text: &str) -> (String, Span) {
        let error = parse(text).expect_err("no YAML");
        (error.message, error.span)
    }

    #[test]
    fn every_value_knows_its_bytes() {
        let text = "α: 'ναι'\nb: [1, x]\n";
        let Value::Map(pairs) = parse(text).expect("YAML").value else { panic!("a mapping") };
        assert_eq!(&text[pairs[0].1.span.clone()], "'ναι'");
        let Value::List(items) = &pairs[1].1.value else { panic!("a list") };
        assert_eq!(&text[items[1].span.clone()], "x");
    }

    #[test]
    fn words_stay_words() {
        let Value::List(items) = parse("[y, no, on, 1_0]").expect("YAML").value else { panic!("a list") };
        assert!(items[..3].iter().all(|item| matches!(item.value, Value::Text(_))), "{items:?}");
    }

    #[test]
    fn a_syntax_error_has_a_place_in_bytes() {
        let (message, span) = complaint("α: 1\nβ: γ: δ\n");
        assert!(message.contains("mapping values"), "{message}");
        assert_eq!(span.start, "α: 1\nβ: γ".len());
    }

    #[test]
    fn floods_are_refused() {
        assert!(complaint(&"x".repeat(10 * 1024 * 1024)).0.contains("larger than"));
        assert!(!complaint(&"[".repeat(10_000)).0.is_empty());
        assert!(!complaint(&"- ".repeat(10_000)).0.is_empty());
        let mut bomb = String::from("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for level in 1..9 {
            let inner = format!("*a{}, ", level - 1).repeat(10);
            bomb.push_str(&format!("a{level}: &a{level} [{}]\n", inner.trim_end_matches(", ")));
        }
        assert!(!complaint(&bomb).0.is_empty());
    }
}
