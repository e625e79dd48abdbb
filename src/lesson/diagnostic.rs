//! Diagnostics about one file, collected, and each drawn with its line, a caret and the likely fix.

use std::ops::Range;

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};

use super::{
    check::elixir::quoted,
    load::RenderedDiagnostic,
    yaml::{Node, Span, Value},
};

/// How many complaints about one file are kept: a person mends the first ones and runs again.
const MAX_COMPLAINTS: usize = 100;
/// How many characters of a long line are shown before and after the place.
const MAX_CONTEXT: usize = 80;
/// A longer word is like none, in bytes.
const MAX_LIKE: usize = 256;

/// How closely a file is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scrutiny {
    /// It is known to draw no complaint: what takes long and could only complain is left out.
    Tried,
    /// For what is wrong.
    Usual,
    /// For what its author could do better, too.
    Strict,
}

/// What to write instead, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fix {
    /// Bytes of the file, without its byte order mark.
    pub span: Span,
    pub text: String,
    /// Whether nothing else can have been meant.
    pub is_sure: bool,
}

#[derive(Debug)]
pub struct Diagnostic {
    span: Span,
    message: String,
    help: Option<String>,
    fix: Option<Fix>,
    /// Another place that matters, and what it is.
    other: Option<(Span, String)>,
    /// Nothing is wrong there; its author has still something to do.
    is_todo: bool,
}

/// The complaints about one file so far.
#[derive(Debug)]
pub struct Diagnostics<'a> {
    file: &'a str,
    text: &'a str,
    list: Vec<Diagnostic>,
    holes: Vec<usize>,
    scrutiny: Scrutiny,
}

impl Diagnostic {
    pub fn help(&mut self, help: impl Into<String>) -> &mut Self {
        self.help = Some(help.into());
        self
    }

    /// What to say where there is nothing better.
    pub fn or_help(&mut self, help: impl Into<String>) -> &mut Self {
        self.help.get_or_insert_with(|| help.into());
        self
    }

    /// What is to be written in this place instead, for sure; that is also the help where there is none.
    pub fn replace(&mut self, text: impl Into<String>) -> &mut Self {
        let text = text.into();
        if self.help.is_none() {
            self.help = Some(format!("write `{text}`"));
        }
        self.fix_at(self.span.clone(), text, true)
    }

    /// What is to be written elsewhere, or is only likely.
    pub fn fix_at(&mut self, span: Span, text: impl Into<String>, is_sure: bool) -> &mut Self {
        self.fix = Some(Fix { span, text: text.into(), is_sure });
        self
    }

    pub fn did_you_mean(&mut self, near: &str) -> &mut Self {
        let place = self.span.clone();
        self.help(format!("did you mean `{near}`?")).fix_at(place, near, false)
    }

    pub fn other(&mut self, span: Span, label: impl Into<String>) -> &mut Self {
        self.other = Some((span, label.into()));
        self
    }

    /// `did you mean ...?`, if one of `words` is near.
    pub fn nearest<'w>(&mut self, word: &str, words: impl IntoIterator<Item = &'w str>) -> &mut Self {
        if let Some(near) = nearest(word, words) {
            self.did_you_mean(near);
        }
        self
    }
}

/// The word most like `word`, if it is like it at all.
pub(super) fn nearest<'w>(word: &str, words: impl IntoIterator<Item = &'w str>) -> Option<&'w str> {
    if word.len() > MAX_LIKE {
        return None;
    }
    let likeness = |other: &str| strsim::jaro_winkler(word, other);
    words
        .into_iter()
        .map(|other| (likeness(other), other))
        .filter(|(likeness, _)| *likeness > 0.8)
        .max_by(|(one, _), (other, _)| one.total_cmp(other))
        .map(|(_, other)| other)
}

impl<'a> Diagnostics<'a> {
    /// `text` is without its byte order mark.
    pub fn new(file: &'a str, text: &'a str) -> Self {
        Self { file, text, list: Vec::new(), holes: Vec::new(), scrutiny: Scrutiny::Usual }
    }

    #[must_use]
    pub fn with(self, scrutiny: Scrutiny) -> Self {
        Self { scrutiny, ..self }
    }

    pub fn is_tried(&self) -> bool {
        self.scrutiny == Scrutiny::Tried
    }

    pub fn is_strict(&self) -> bool {
        self.scrutiny == Scrutiny::Strict
    }

    pub fn text(&self) -> &'a str {
        self.text
    }

    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// Remembers that the list there lacks items that could not be read.
    pub fn lacks_items(&mut self, list: &Span) {
        self.holes.push(list.start);
    }

    /// Whether the list there has all of its items: how many there are says nothing else.
    pub fn is_whole(&self, list: &Span) -> bool {
        !self.holes.contains(&list.start)
    }

    /// Whether what is said from here on would be left out.
    pub fn is_full(&self) -> bool {
        self.list.len() > MAX_COMPLAINTS
    }

    pub fn error(&mut self, span: &Span, message: impl Into<String>) -> &mut Diagnostic {
        let (span, message) = (span.clone(), message.into());
        let complaint = Diagnostic { span, message, help: None, fix: None, other: None, is_todo: false };
        self.list.push(complaint);
        self.list.last_mut().expect("it was pushed on the line above")
    }

    /// Says that something is still to be done there.
    pub fn todo(&mut self, span: &Span, message: impl Into<String>) -> &mut Diagnostic {
        let todo = self.error(span, message);
        todo.is_todo = true;
        todo
    }

    /// Complains that `node` is no `wanted`, e.g. `a text`.
    pub fn wrong_type(&mut self, node: &Node, wanted: &str) {
        let cure = cure(self.text, node, wanted);
        // Where nothing is left, what YAML took away is the place.
        let taken =
            cure.as_ref().and_then(|cure| cure.fix.as_ref()).filter(|_| matches!(node.value, Value::Null));
        let span = taken.map_or(node.span.clone(), |fix| fix.span.clone());
        let complaint = self.error(&span, format!("this is {}, not {wanted}", kind(&node.value)));
        if let Some(cure) = cure {
            complaint.help = Some(cure.help);
            complaint.fix = cure.fix;
        }
    }

    /// Adds to each complaint what a word processor put into its line, or into the lines before it where YAML reads the
    /// structure: that a space is none is seen nowhere else.
    pub fn name_typography(&mut self) {
        let text = self.text;
        for complaint in &mut self.list {
            let (line, _) = place(text, complaint.span.start);
            let lines = text.lines().enumerate().take(line);
            let odd = lines.filter_map(|(number, text)| typography(number + 1, text, number + 1 == line));
            // The nearest one: those further up spoiled something else.
            if let Some(named) = odd.last() {
                complaint.help = Some(match complaint.help.take() {
                    Some(help) => format!("{named}; {help}"),
                    None => named,
                });
            }
        }
    }

    /// Every complaint drawn, in the file's order: those that stand where `of` knows a part, with that, and all others.
    pub fn render_parts<T>(
        mut self,
        of: impl Fn(usize) -> Option<T>,
    ) -> (Vec<(T, RenderedDiagnostic)>, Vec<RenderedDiagnostic>) {
        self.list.sort_by_key(|complaint| complaint.span.start);
        let (mut parts, mut others) = (Vec::new(), Vec::new());
        for complaint in &self.list {
            let drawn = draw(self.file, self.text, complaint);
            match of(complaint.span.start) {
                Some(part) => parts.push((part, drawn)),
                None => others.push(drawn),
            }
        }
        (parts, others)
    }

    /// Every complaint drawn, in the file's order.
    pub fn render(mut self) -> Vec<RenderedDiagnostic> {
        self.list.sort_by_key(|complaint| complaint.span.start);
        self.list.dedup_by(|one, other| one.span == other.span && one.message == other.message);
        let left_out = self.list.len().saturating_sub(MAX_COMPLAINTS);
        self.list.truncate(MAX_COMPLAINTS);
        if left_out > 0
            && let Some(last) = self.list.last_mut()
        {
            last.help(format!("{left_out} more complaints about this file are left out"));
        }
        self.list.iter().map(|complaint| draw(self.file, self.text, complaint)).collect()
    }
}

/// The first quote or space in a line that no keyboard for code has; only a space, and only where the line begins, unless
/// the `whole` line matters.
fn typography(number: usize, line: &str, whole: bool) -> Option<String> {
    let begins = line.len() - line.trim_start_matches(|c: char| c.is_whitespace() || c == '-').len();
    let (at, c) = line.char_indices().take_while(|(at, _)| whole || *at < begins).find(|(_, c)| match c {
        '\u{a0}' | '\u{2007}' | '\u{202f}' => true,
        '“' | '”' | '„' | '‘' | '’' | '«' | '»' => whole,
        _ => false,
    })?;
    let (column, code) = (line[..at].chars().count() + 1, u32::from(c));
    Some(match c.is_whitespace() {
        true => format!(
            "line {number} has a no-break space (U+{code:04X}) in column {column}, which YAML takes for a letter: type a plain space"
        ),
        false => format!(
            "line {number} has a curly quote ({c}, U+{code:04X}) in column {column}: type a plain \" or '"
        ),
    })
}

fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "a boolean",
        Value::Number(_) => "a number",
        Value::Text(_) => "a text",
        Value::List(_) => "a list",
        Value::Map(_) => "a mapping",
    }
}

struct Cure {
    help: String,
    fix: Option<Fix>,
}

impl Cure {
    fn told(help: impl Into<String>) -> Self {
        Self { help: help.into(), fix: None }
    }

    fn with(self, span: Span, text: impl Into<String>, is_sure: bool) -> Self {
        Self { fix: Some(Fix { span, text: text.into(), is_sure }), ..self }
    }
}

/// What to do about a value that YAML took for something else than it was meant to be.
fn cure(text: &str, node: &Node, wanted: &str) -> Option<Cure> {
    let written = text.get(node.span.clone()).unwrap_or_default();
    match &node.value {
        Value::Null => Some(of_nothing(text, node, wanted)),
        Value::Text(words) if wanted == "a list" => Some(of_one(words, node)),
        Value::Text(words) if wanted == "a number" && words.parse::<u32>().is_ok() => {
            Some(Cure::told(format!("write {words}, without quotes")).with(node.span.clone(), words, true))
        }
        Value::Map(pairs) if wanted == "a list" && !written.starts_with('{') => Some(of_pairs(text, pairs)),
        Value::Text(_) if wanted == "a number" => {
            Some(Cure::told("write a number, without quotes, such as `5`"))
        }
        Value::Bool(_) | Value::Number(_) if wanted.contains("text") => {
            let quoted = quoted(written);
            Some(Cure::told(format!("quote this: {quoted}")).with(node.span.clone(), quoted, true))
        }
        Value::List(_) | Value::Map(_) if wanted.contains("text") => of_brackets(text, node),
        Value::Bool(_) | Value::Number(_) | Value::Text(_) | Value::List(_) | Value::Map(_) => None,
    }
}

/// `key:`, and nothing behind it but perhaps what YAML takes for a comment, or for the name of what follows.
fn of_nothing(text: &str, node: &Node, wanted: &str) -> Cure {
    let line = text[..node.span.start].rfind('\n').map_or(0, |at| at + 1);
    let rest = text[node.span.start..].lines().next().unwrap_or_default();
    let comment = rest.trim_start_matches([':', ' ']);
    if comment.starts_with('#') {
        let at = node.span.start + rest.len() - comment.len();
        let words = comment.trim_end();
        return Cure::told("quote this: it begins with `#`, which is a comment").with(
            at..at + words.len(),
            quoted(words),
            true,
        );
    }
    let before = text[line..node.span.start].trim_end();
    let word = before.rsplit(' ').next().unwrap_or_default();
    if word.starts_with('&') {
        let at = line + before.len() - word.len();
        let help = format!("quote this: {}", quoted(word));
        return Cure::told(help).with(at..at + word.len(), quoted(word), true);
    }
    Cure::told(format!("give {wanted}, or take the key away"))
}

/// A list of one, or of several words between commas.
fn of_one(words: &str, node: &Node) -> Cure {
    let is_plain = words.chars().all(|sign| sign.is_alphanumeric() || "-_, @".contains(sign));
    let listed = if is_plain { format!("[{words}]") } else { format!("[ {} ]", quoted(words.trim_end())) };
    Cure::told(format!("write it as a list: {listed}")).with(node.span.clone(), listed, is_plain)
}

/// `key: value` lines that should be items.
fn of_pairs(text: &str, pairs: &[(Node, Node)]) -> Cure {
    let cure = Cure::told("begin each item with `- `");
    let keys: Vec<_> = pairs.iter().map(|(key, _)| key.span.start).collect();
    let (Some(first), Some(last)) = (keys.first(), keys.last()) else { return cure };
    let part = text.get(*first..*last).unwrap_or_default();
    // Values of several lines would have to move along.
    if part.lines().filter(|line| !line.trim().is_empty()).count() + 1 != keys.len() {
        return cure;
    }
    let mut written = String::new();
    for (key, next) in keys.iter().zip(keys.iter().skip(1)) {
        written.push_str("- ");
        written.push_str(text.get(*key..*next).unwrap_or_default());
    }
    cure.with(*first..*last, written + "- ", false)
}

fn of_brackets(text: &str, node: &Node) -> Option<Cure> {
    let line = text[..node.span.start].rfind('\n').map_or(0, |at| at + 1);
    let written = text[node.span.start..].lines().next().unwrap_or_default().trim_end();
    let first = written.chars().next()?;
    if matches!(first, '[' | '{') {
        let cure = Cure::told(format!("quote this: it begins with `{first}`"));
        let is_inside = text[line..node.span.start].contains(['[', '{']);
        let is_closed = written.ends_with([']', '}']);
        return Some(match is_inside || !is_closed {
            true => cure,
            false => cure.with(node.span.start..node.span.start + written.len(), quoted(written), true),
        });
    }
    let is_map = matches!(node.value, Value::Map(_)) && written.contains(": ");
    is_map.then(|| {
        let span = node.span.start..node.span.start + written.len();
        Cure::told("quote this: it holds `: `").with(span, quoted(written), false)
    })
}

fn draw(file: &str, text: &str, complaint: &Diagnostic) -> RenderedDiagnostic {
    let (line, column) = place(text, complaint.span.start);
    let mut report = vec![group(file, text, complaint)];
    if let Some(help) = &complaint.help {
        let help = Level::HELP.message(help.as_str());
        report = report.into_iter().map(|group| group.element(help.clone())).collect();
    }
    let rendered = Renderer::plain().render(&report);
    let (message, help, fix) = (complaint.message.clone(), complaint.help.clone(), complaint.fix.clone());
    RenderedDiagnostic { file: file.to_string(), line, column, message, help, fix, rendered }
}

fn group<'t>(file: &'t str, text: &'t str, complaint: &'t Diagnostic) -> Group<'t> {
    let level = if complaint.is_todo { Level::NOTE.with_name("todo") } else { Level::ERROR };
    let mut group = Group::with_title(level.primary_title(complaint.message.as_str()));
    for (span, label) in places(complaint) {
        let window = window(text, &span);
        let inner = span.start - window.start..span.end.clamp(span.start, window.end) - window.start;
        let kind = if label.is_none() { AnnotationKind::Primary } else { AnnotationKind::Context };
        let snippet =
            Snippet::source(&text[window]).line_start(place(text, span.start).0).path(file).fold(false);
        group = group.element(snippet.annotation(kind.span(inner).label(label)));
    }
    group
}

fn places(complaint: &Diagnostic) -> Vec<(Span, Option<&str>)> {
    let other = complaint.other.as_ref().map(|(span, label)| (span.clone(), Some(label.as_str())));
    std::iter::once((complaint.span.clone(), None)).chain(other).collect()
}

/// The line that `span` begins in, or of a long line the part around the place.
fn window(text: &str, span: &Span) -> Range<usize> {
    let start = text[..span.start].rfind('\n').map_or(0, |at| at + 1);
    let end = text[span.start..].find(['\n', '\r']).map_or(text.len(), |at| span.start + at);
    let before =
        text[start..span.start].char_indices().rev().nth(MAX_CONTEXT * 4).map_or(start, |(at, _)| start + at);
    let after = text[span.start..end].char_indices().nth(MAX_CONTEXT).map_or(end, |(at, _)| span.start + at);
    before..after
}

/// Line and column (in characters) of a byte, counted from 1.
pub(super) fn place(text: &str, at: usize) -> (usize, usize) {
    let before = &text[..at];
    let start = before.rfind('\n').map_or(0, |at| at + 1);
    (before.matches('\n').count() + 1, before[start..].chars().count() + 1)
}
