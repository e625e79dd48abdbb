//! Elixir syntax trees, through tree-sitter: does code contain a pattern?
//!
//! Trees are compared in a plain form of our own, in which spelling that means the same is the same, and what a name
//! stands for is known (`resolve`), and what can have no effect is left out (`live`). Not seen through: `do` blocks against `do:` keywords, sigils against what they make,
//! what a function does that is called by its name.

mod live;
mod resolve;

use std::{
    cell::RefCell,
    collections::{BTreeSet, HashMap},
    ops::Range,
    rc::Rc,
};

use tree_sitter::{Parser, Tree, TreeCursor};

use super::condition::Definition;

/// The longest code that is looked at, in bytes; longer code contains nothing.
const MAX_CODE: usize = 64 * 1024;
/// How deep a tree is looked into; what lies deeper is compared as text.
const MAX_DEPTH: usize = 128;
/// How many bytes of questions are remembered.
const MAX_REMEMBERED: usize = 4 * 1024 * 1024;

thread_local! {
    static PARSER: RefCell<Option<Parser>> = RefCell::new(parser());
    static REMEMBERED: RefCell<Remembered> = RefCell::default();
}

/// What of a code is searched.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Part {
    All,
    /// What its value comes of.
    Value,
}

#[derive(Debug, Default)]
struct Remembered {
    answers: HashMap<(Part, Code, String), bool>,
    bytes: usize,
}

/// Code, and what was evaluated before it: there its names may have been given what they stand for.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Code {
    pub earlier: String,
    /// Whether a call is also what the function does, of a module that was defined earlier. Here it may be another: on
    /// another node, or by now.
    pub is_inside: bool,
    pub text: String,
}

impl Code {
    pub fn alone(text: &str) -> Self {
        Self { text: text.to_owned(), ..Self::default() }
    }

    fn len(&self) -> usize {
        self.earlier.len() + self.text.len()
    }
}

fn parser() -> Option<Parser> {
    let mut parser = Parser::new();
    parser.set_language(&tree_sitter_elixir::LANGUAGE.into()).ok().map(|()| parser)
}

/// Whether the syntax tree of `code` contains that of `pattern`, in which `_` is any one expression.
///
/// `holds(PATTERN)` is any one expression that contains that pattern, and `"Hi" <> _` any text that begins with it. Layout, comments, optional parentheses, the quotes
/// of atoms and pipes make no difference, nor do aliases, imports and variables. What stands in a string or a comment is no code. Of a pattern with several expressions each must be
/// contained.
pub fn contains(code: &Code, pattern: &str) -> bool {
    is_in(Part::All, code, pattern)
}

/// Whether the value of `code` comes of `pattern`: it is in the last of several expressions, or in one whose value
/// that uses by name, as in `list = Node.list(); list`.
pub fn gives(code: &Code, pattern: &str) -> bool {
    is_in(Part::Value, code, pattern)
}

/// Judging asks the same questions after every new record.
fn is_in(part: Part, code: &Code, pattern: &str) -> bool {
    let key = (part, code.clone(), pattern.to_string());
    if let Some(known) = REMEMBERED.with_borrow(|remembered| remembered.answers.get(&key).copied()) {
        return known;
    }
    let found = search(part, code, pattern);
    REMEMBERED.with_borrow_mut(|remembered| {
        remembered.bytes += code.len() + pattern.len();
        if remembered.bytes > MAX_REMEMBERED {
            *remembered = Remembered { bytes: code.len() + pattern.len(), ..Remembered::default() };
        }
        remembered.answers.insert(key, found);
    });
    found
}

fn search(part: Part, code: &Code, pattern: &str) -> bool {
    let (Some(written), Some(pattern)) = (terms(&code.text), terms(pattern)) else { return false };
    let earlier = terms(&code.earlier).unwrap_or_default();
    let meant = resolve::meant(earlier, code.is_inside, live::live(written));
    let is_there = |wanted: &Term| match part {
        Part::All => meant.iter().any(|term| term.holds(wanted)),
        Part::Value => meant.last().is_some_and(|last| last.gives(wanted)),
    };
    !pattern.is_empty() && pattern.iter().all(|wanted| is_there(&resolve::plain(wanted)))
}

/// The names that `code` gives something to stand for, for the code after it: variables, aliases, modules; `*` for an
/// import, which concerns every name.
pub fn gives_names(code: &str) -> Vec<String> {
    terms(code).map(|terms| resolve::given(&terms)).unwrap_or_default()
}

/// The words of `code` that may be names.
pub fn words(code: &str) -> impl Iterator<Item = &str> {
    let is_word = |sign: char| sign.is_alphanumeric() || matches!(sign, '_' | '?' | '!');
    code.split(move |sign| !is_word(sign)).filter(|word| !word.is_empty())
}

/// Whether `value`, as `inspect` writes it, is what `pattern` says as a whole, in which `_` is any one expression.
///
/// What inspects as no Elixir is read as IEx's own functions would make it, so that a pattern can name it:
/// `#PID<0.1.0>` as `pid("0.1.0")`, and so `port`, `ref` and `function`; other `#Name<…>` as `inspected("Name<…>")`.
pub fn matches(value: &str, pattern: &str) -> bool {
    let (Some(value), Some(pattern)) = (terms(&readable(value)), terms(&readable(pattern))) else {
        return false;
    };
    matches!((value.as_slice(), pattern.as_slice()), ([value], [pattern]) if value.matches(pattern))
}

/// An inspected value as Elixir that parses: outside of quotes, `#Name<…>` becomes a call.
fn readable(value: &str) -> String {
    let mut code = String::with_capacity(value.len());
    let mut rest = value;
    while let Some(first) = rest.chars().next() {
        let size = match first {
            '"' | '\'' => quoted(rest),
            // A character such as `?#` or `?"`.
            '?' => first.len_utf8() + rest.chars().nth(1).map_or(0, char::len_utf8),
            '#' => match opaque(rest) {
                Some((call, size)) => {
                    code.push_str(&call);
                    rest = &rest[size..];
                    continue;
                }
                None => 1,
            },
            other => other.len_utf8(),
        };
        code.push_str(&rest[..size]);
        rest = &rest[size..];
    }
    code
}

/// The length of the quoted text that `text` begins with, its quotes included; all of it if it never closes.
fn quoted(text: &str) -> usize {
    let mut signs = text.char_indices();
    let quote = signs.next().map(|(_, quote)| quote);
    while let Some((at, sign)) = signs.next() {
        if sign == '\\' {
            signs.next();
        } else if Some(sign) == quote {
            return at + sign.len_utf8();
        }
    }
    text.len()
}

/// The call that stands for the `#Name<…>` which `text` begins with, and the length of what it stands for.
fn opaque(text: &str) -> Option<(String, usize)> {
    let open = text.find('<')?;
    let name = &text[1..open];
    let is_name = name.starts_with(|first: char| first.is_ascii_uppercase())
        && name.chars().all(|sign| sign.is_alphanumeric() || matches!(sign, '.' | '_'));
    let size = closed(&text[open..]).filter(|_| is_name)? + open;
    let inside = &text[open + 1..size - 1];
    Some(match name {
        "PID" => (format!("pid({inside:?})"), size),
        "Port" => (format!("port({inside:?})"), size),
        "Reference" => (format!("ref({inside:?})"), size),
        "Function" => (format!("function({inside:?})"), size),
        _ => (format!("inspected({:?})", &text[1..size]), size),
    })
}

/// The length of the `<…>` that `text` begins with, others within it and quoted text included.
fn closed(text: &str) -> Option<usize> {
    let (mut depth, mut at) = (0_usize, 0);
    while let Some(first) = text[at..].chars().next() {
        match first {
            '<' => depth += 1,
            '>' if depth <= 1 => return Some(at + 1),
            '>' => depth -= 1,
            '"' => {
                at += quoted(&text[at..]);
                continue;
            }
            _ => {}
        }
        at += first.len_utf8();
    }
    None
}

/// The byte at which `code` stops being Elixir, as far as tree-sitter sees it.
///
/// Code that merely isn't finished is wrong here too, and so is a pid written as it prints: Elixir reads
/// `#PID<0.1.0>` as a comment.
pub fn errors(code: &str) -> Option<usize> {
    let tree = parse(code)?;
    let first = |is_wrong: &dyn Fn(Syntax<'_>) -> bool| first(&tree, is_wrong).map(|node| node.start_byte());
    let is_pid = |node: Syntax<'_>| node.kind() == "comment" && is_printed_pid(&code[node.byte_range()]);
    first(&is_pid).or_else(|| first(&|node| node.is_error() || node.is_missing()))
}

/// Where the expressions of `code` stand, one after the other; a comment belongs to none, an attribute to the function
/// below it.
pub fn expressions(code: &str) -> Vec<Range<usize>> {
    let Some(tree) = parse(code) else { return Vec::new() };
    let mut cursor = tree.walk();
    let mut found: Vec<Range<usize>> = Vec::new();
    let mut attribute = None;
    for node in tree.root_node().named_children(&mut cursor) {
        if node.kind() == "comment" {
            continue;
        }
        let (from, to) = (attribute.take().unwrap_or(node.start_byte()), node.end_byte());
        let of_function = ["@doc", "@impl", "@spec", "@tag", "@deprecated"];
        if of_function.iter().any(|word| code[node.byte_range()].starts_with(word)) {
            attribute = Some(from);
        } else {
            found.push(from..to);
        }
    }
    found.extend(attribute.map(|from| from..code.trim_end().len()));
    found
}

/// A pattern that leaves open what anybody would write in their own way: the name that the value is given, those names where
/// they are used, and functions that take several lines. Code that is nothing else stays as it is.
pub fn loosened(code: &str, names: &BTreeSet<String>) -> String {
    let Some(tree) = parse(code).filter(|tree| !tree.root_node().has_error()) else { return code.to_owned() };
    let root = tree.root_node();
    let given =
        root.named_child(0).filter(|node| root.named_child_count() == 1 && is_assignment(*node, code));
    let value = given.and_then(|node| node.child_by_field_name("right")).unwrap_or(root);
    let mut open = Vec::new();
    leave_open(value, code, names, &mut open, 0);
    let mut pattern = code[value.byte_range()].to_owned();
    for range in open.into_iter().rev() {
        pattern.replace_range(range.start - value.start_byte()..range.end - value.start_byte(), "_");
    }
    if pattern.trim() == "_" { code.to_owned() } else { pattern }
}

/// `name = …`
fn is_assignment(node: Syntax<'_>, code: &str) -> bool {
    let text = |field| node.child_by_field_name(field).map(|part| &code[part.byte_range()]);
    let left = node.child_by_field_name("left").map(|left| left.kind());
    node.kind() == "binary_operator" && text("operator") == Some("=") && left == Some("identifier")
}

fn leave_open(
    node: Syntax<'_>,
    code: &str,
    names: &BTreeSet<String>,
    open: &mut Vec<Range<usize>>,
    depth: usize,
) {
    let text = &code[node.byte_range()];
    let is_open = match node.kind() {
        "anonymous_function" => text.contains('\n'),
        "identifier" => names.contains(text),
        _ => false,
    };
    if is_open {
        open.push(node.byte_range());
    } else if depth < MAX_DEPTH {
        // What is called is no variable.
        let called = node.child_by_field_name("target");
        let mut cursor = node.walk();
        for child in node.named_children(&mut cursor).filter(|child| Some(*child) != called) {
            leave_open(child, code, names, open, depth + 1);
        }
    }
}

/// Whether `text` is one value as `inspect` writes it, and nothing that would have to be evaluated.
pub fn is_value(text: &str) -> bool {
    let code = readable(text);
    let Some(tree) = parse(&code).filter(|tree| !tree.root_node().has_error()) else { return false };
    let root = tree.root_node();
    let Some(node) = root.named_child(0).filter(|_| root.named_child_count() == 1) else { return false };
    // A pid is a call by now.
    let is_opaque = text.trim_start().starts_with('#') && node.kind() == "call";
    is_opaque || !matches!(node.kind(), "identifier" | "call" | "comment" | "binary_operator" | "dot")
}

fn first<'t>(tree: &'t Tree, is_wanted: &dyn Fn(Syntax<'_>) -> bool) -> Option<Syntax<'t>> {
    let mut cursor = tree.walk();
    loop {
        if is_wanted(cursor.node()) {
            return Some(cursor.node());
        }
        if !advance(&mut cursor) {
            return None;
        }
    }
}

fn is_printed_pid(comment: &str) -> bool {
    ["#PID<", "#Reference<", "#Port<"].iter().any(|start| comment.starts_with(start))
}

/// To the next node in reading order; false at the end.
fn advance(cursor: &mut TreeCursor<'_>) -> bool {
    if cursor.goto_first_child() {
        return true;
    }
    while !cursor.goto_next_sibling() {
        if !cursor.goto_parent() {
            return false;
        }
    }
    true
}

fn parse(code: &str) -> Option<Tree> {
    if code.len() > MAX_CODE {
        return None;
    }
    PARSER.with_borrow_mut(|parser| parser.as_mut()?.parse(code, None))
}

fn terms(code: &str) -> Option<Vec<Term>> {
    let tree = parse(code)?;
    Some(children(tree.root_node(), code, 0))
}

/// A syntax tree in which spelling that means the same is the same.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Term {
    Any,
    Leaf(&'static str, String),
    Branch(String, Vec<Term>),
    /// As it is written, and what else it means.
    Also(Box<Term>, Vec<Rc<Term>>),
    /// In a pattern: any one expression that holds this.
    Has(Box<Term>),
    /// In a pattern: any text that begins so.
    Begins(String),
}

impl Term {
    /// Whether this tree or one in it matches `wanted`.
    fn holds(&self, wanted: &Self) -> bool {
        self.matches(wanted)
            || match self {
                Self::Branch(_, inner) => inner.iter().any(|term| term.holds(wanted)),
                Self::Also(written, meant) => {
                    written.holds(wanted) || meant.iter().any(|term| term.holds(wanted))
                }
                Self::Any | Self::Leaf(..) | Self::Has(_) | Self::Begins(_) => false,
            }
    }

    /// Whether the value of this tree comes of what matches `wanted`: of several expressions the last counts, and what
    /// is matched against (`{_, 0} = …`) does not. In a function all counts: what it is called for may come first.
    fn gives(&self, wanted: &Self) -> bool {
        self.matches(wanted)
            || match self {
                Self::Branch(kind, inner) => match (kind.as_str(), inner.as_slice()) {
                    ("block", [.., last]) | ("=" | "stab_clause->", [_, last]) => last.gives(wanted),
                    ("anonymous_function", _) => self.holds(wanted),
                    ("call", [Self::Leaf("identifier", name), decides, rest @ ..])
                        if decides_alone(name, rest) =>
                    {
                        rest.iter().any(|term| term.gives(wanted))
                    }
                    ("call", inner) if inner.iter().any(is_deaf) => {
                        inner.iter().filter(|term| is_deaf(term)).any(|term| term.gives(wanted))
                    }
                    (_, inner) => inner.iter().any(|term| term.gives(wanted)),
                },
                Self::Also(written, meant) => {
                    written.gives(wanted) || meant.iter().any(|term| term.gives(wanted))
                }
                Self::Any | Self::Leaf(..) | Self::Has(_) | Self::Begins(_) => false,
            }
    }

    fn matches(&self, wanted: &Self) -> bool {
        match (self, wanted) {
            (_, Self::Any) => true,
            (_, Self::Has(inner)) => self.holds(inner),
            (Self::Also(written, meant), _) => {
                written.matches(wanted) || meant.iter().any(|term| term.matches(wanted))
            }
            (Self::Leaf(kind, text), Self::Begins(start)) => {
                matches!(*kind, "string" | "charlist" | "atom" | "content")
                    && text.starts_with(start.as_str())
            }
            (Self::Leaf(kind, text), Self::Leaf(wanted_kind, wanted_text)) => {
                kind == wanted_kind && text == wanted_text
            }
            (Self::Branch(kind, inner), Self::Branch(wanted_kind, wanted_inner)) => {
                kind == wanted_kind
                    && inner.len() == wanted_inner.len()
                    && inner.iter().zip(wanted_inner).all(|(term, wanted)| term.matches(wanted))
            }
            (
                Self::Any | Self::Leaf(..) | Self::Branch(..) | Self::Has(_) | Self::Begins(_),
                Self::Leaf(..) | Self::Branch(..) | Self::Also(..) | Self::Begins(_),
            ) => false,
        }
    }
}

/// Whether the first argument of a call decides which value is given, and is no part of it: of an `if`, and of a `case`
/// whose clauses use nothing of what they match.
fn decides_alone(name: &str, rest: &[Term]) -> bool {
    match (name, rest) {
        ("if" | "unless", [_, ..]) => true,
        ("case", [Term::Branch(_, clauses)]) => !clauses.iter().any(uses_what_it_takes),
        _ => false,
    }
}

/// A function that uses nothing of what it is given, though it is given something.
fn is_deaf(term: &Term) -> bool {
    let Term::Branch(kind, clauses) = term else { return false };
    let takes = |clause: &Term| matches!(clause, Term::Branch(_, parts) if parts.len() == 2);
    kind == "anonymous_function" && clauses.iter().all(|clause| takes(clause) && !uses_what_it_takes(clause))
}

/// Of `PATTERN -> BODY`, whether a name of the pattern is in the body.
fn uses_what_it_takes(clause: &Term) -> bool {
    let Term::Branch(_, parts) = clause else { return false };
    let [taken, body] = parts.as_slice() else { return false };
    resolve::identifiers(taken).iter().any(|name| body.holds(&Term::Leaf("identifier", name.clone())))
}

type Syntax<'t> = tree_sitter::Node<'t>;

/// The functions that `code` defines for callers outside, each with every arity that its defaults give it.
pub fn definitions(code: &str) -> Vec<Definition> {
    let mut found = Vec::new();
    if let Some(tree) = parse(code) {
        defined(tree.root_node(), code, &[], &mut found, 0);
    }
    found
}

fn defined(node: Syntax<'_>, code: &str, modules: &[&str], found: &mut Vec<Definition>, depth: usize) {
    if depth > MAX_DEPTH {
        return;
    }
    let called = (node.kind() == "call").then(|| node.child_by_field_name("target")).flatten();
    let first = || arguments(node).and_then(|arguments| arguments.named_child(0));
    let mut inside = modules.to_vec();
    match called.map(|target| &code[target.byte_range()]) {
        Some("defmodule") => inside.extend(first().map(|name| &code[name.byte_range()])),
        Some("def" | "defdelegate") => {
            found.extend(first().into_iter().flat_map(|head| heads(head, code, modules)));
        }
        Some(_) | None => {}
    }
    let mut cursor = node.walk();
    for child in node.named_children(&mut cursor) {
        defined(child, code, &inside, found, depth + 1);
    }
}

fn arguments(call: Syntax<'_>) -> Option<Syntax<'_>> {
    let mut cursor = call.walk();
    call.named_children(&mut cursor).find(|child| child.kind() == "arguments")
}

/// `f(a, b \\ 1) when …` as `f/1` and `f/2`.
fn heads(head: Syntax<'_>, code: &str, modules: &[&str]) -> Vec<Definition> {
    let head = match head.kind() {
        "binary_operator" => head.child_by_field_name("left").unwrap_or(head),
        _ => head,
    };
    let name = head.child_by_field_name("target").unwrap_or(head);
    let arguments = arguments(head);
    let most = arguments.map_or(0, |arguments| arguments.named_child_count());
    let defaults = arguments.map_or(0, |arguments| {
        let mut cursor = arguments.walk();
        let is_default = |argument: &Syntax<'_>| {
            let operator = argument.child_by_field_name("operator");
            operator.is_some_and(|operator| &code[operator.byte_range()] == "\\\\")
        };
        arguments.named_children(&mut cursor).filter(is_default).count()
    });
    let definition =
        |arity| Definition { module: modules.join("."), function: code[name.byte_range()].to_owned(), arity };
    (most.saturating_sub(defaults)..=most).map(definition).collect()
}

fn children(node: Syntax<'_>, code: &str, depth: usize) -> Vec<Term> {
    let mut cursor = node.walk();
    let named = node.named_children(&mut cursor).filter(|child| !child.is_extra());
    named.map(|child| term(child, code, depth + 1)).collect()
}

fn term(node: Syntax<'_>, code: &str, depth: usize) -> Term {
    let text = &code[node.byte_range()];
    if depth > MAX_DEPTH {
        return Term::Leaf("deep", text.to_string());
    }
    match node.kind() {
        "identifier" if text == "_" => Term::Any,
        "identifier" => Term::Leaf("identifier", text.to_string()),
        "alias" => Term::Leaf("alias", text.split_whitespace().collect()),
        "atom" => Term::Leaf("atom", text.trim_start_matches(':').to_string()),
        "quoted_atom" => plain("atom", node, code, depth),
        "keyword" => Term::Leaf("keyword", text.trim_end().trim_end_matches(':').to_string()),
        "quoted_keyword" => plain("keyword", node, code, depth),
        "string" => plain("string", node, code, depth),
        "charlist" => plain("charlist", node, code, depth),
        "quoted_content" | "sigil_name" => Term::Leaf("content", text.to_string()),
        "integer" | "float" => Term::Leaf("number", text.replace('_', "")),
        "call" => call(node, code, depth),
        "block" | "body" => several(children(node, code, depth)),
        "binary_operator" => binary(node, code, depth),
        kind => other(kind, node, code, depth),
    }
}

/// What quotes hold, whatever the quotes; with an interpolation in it, a branch.
fn plain(kind: &'static str, node: Syntax<'_>, code: &str, depth: usize) -> Term {
    let mut cursor = node.walk();
    let inner: Vec<_> = node.named_children(&mut cursor).collect();
    if inner.iter().any(|child| child.kind() == "interpolation") {
        return Term::Branch(kind.to_string(), children(node, code, depth));
    }
    Term::Leaf(kind, inner.iter().map(|child| &code[child.byte_range()]).collect())
}

/// One expression is itself, in parentheses or not; several are a block.
fn several(mut terms: Vec<Term>) -> Term {
    match terms.len() {
        1 => terms.remove(0),
        _ => Term::Branch("block".to_string(), terms),
    }
}

/// `target`, then the arguments, then a `do` block if there is one.
fn call(node: Syntax<'_>, code: &str, depth: usize) -> Term {
    let mut cursor = node.walk();
    let mut parts = Vec::new();
    for child in node.named_children(&mut cursor).filter(|child| !child.is_extra()) {
        match child.kind() {
            "arguments" => parts.extend(children(child, code, depth + 1)),
            _ => parts.push(term(child, code, depth + 1)),
        }
    }
    Term::Branch("call".to_string(), parts)
}

fn binary(node: Syntax<'_>, code: &str, depth: usize) -> Term {
    let side = |name: &str| node.child_by_field_name(name).map(|child| term(child, code, depth + 1));
    let sides: Vec<Term> = [side("left"), side("right")].into_iter().flatten().collect();
    let operator = node.child_by_field_name("operator").map_or("", |child| &code[child.byte_range()]);
    match (operator, sides.as_slice()) {
        ("|>", [left, right]) => piped(left.clone(), right.clone()),
        _ => Term::Branch(operator.split_whitespace().collect(), sides),
    }
}

/// `left |> f(b)` as `f(left, b)`.
fn piped(left: Term, right: Term) -> Term {
    match right {
        Term::Branch(kind, mut parts) if kind == "call" && !parts.is_empty() => {
            parts.insert(1, left);
            Term::Branch(kind, parts)
        }
        right @ (Term::Any
        | Term::Leaf(..)
        | Term::Branch(..)
        | Term::Also(..)
        | Term::Has(_)
        | Term::Begins(_)) => Term::Branch("call".to_string(), vec![right, left]),
    }
}

/// Named children, and the operator or other bare word that tells this node from its like.
fn other(kind: &str, node: Syntax<'_>, code: &str, depth: usize) -> Term {
    if node.named_child_count() == 0 {
        return Term::Branch(code[node.byte_range()].split_whitespace().collect(), Vec::new());
    }
    let operator = node.child_by_field_name("operator").map_or("", |child| &code[child.byte_range()]);
    let mut inner = children(node, code, depth);
    if kind == "stab_clause" && node.child_by_field_name("right").is_none() {
        inner.push(Term::Branch("block".to_string(), Vec::new()));
    }
    Term::Branch(format!("{kind}{operator}"), inner)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn contains(code: &str, pattern: &str) -> bool {
        super::contains(&Code::alone(code), pattern)
    }

    fn gives(code: &str, pattern: &str) -> bool {
        super::gives(&Code::alone(code), pattern)
    }

    #[test]
    fn a_value_comes_of_the_last_expression_or_of_what_that_names() {
        for code in [
            "Node.self()",
            "x = 1; Node.self()",
            "me = Node.self()\nme",
            "a = Node.self(); b = a; [b]",
            "{:ok, Node.self()}",
            "if Node.alive?(), do: Node.self()",
            "case Node.self() do\n  me -> me\nend",
            "Node.self() |> then(fn me -> {me, 1} end)",
            "then(Node.self(), & &1)",
            "Task.await(Task.async(fn -> Node.self() end))",
        ] {
            assert!(gives(code, "Node.self()"), "{code}");
        }
        for code in [
            "Node.self(); :alex",
            "me = Node.self(); :alex",
            "raise Node.self(); 1",
            "if Node.self(), do: :alex",
            "if Node.self() do\n  :alex\nend",
            "case Node.self() do\n  _ -> :alex\nend",
            "Node.self() |> then(fn _ -> :alex end)",
            "then(Node.self(), fn {_, 1} -> {:alex, 0} end)",
            "if false, do: Node.self(), else: :alex",
            "me = Node.self(); you",
            "",
        ] {
            assert!(!gives(code, "Node.self()"), "{code}");
        }
    }

    #[test]
    fn definitions_have_their_module_and_every_arity() {
        let code = "defmodule Chat do\n  def hello, do: 1\n  def send(to, text \\\\ \"hi\") when is_atom(to) do\n    def_like(1)\n  end\n  defp own(x), do: x\n  defmodule Inner do\n    def f(_), do: :ok\n  end\nend";
        let found: Vec<_> = definitions(code).iter().map(ToString::to_string).collect();
        assert_eq!(found, ["Chat.hello/0", "Chat.send/1", "Chat.send/2", "Chat.Inner.f/1"]);
        assert_eq!(definitions("x = 1"), []);
    }

    #[test]
    fn a_call_is_found_wherever_it_stands() {
        assert!(contains("x = Node.self()", "Node.self()"));
        assert!(contains("IO.inspect({node(), [Node.list()]})", "Node.list()"));
        assert!(contains("defmodule A do\n  def b do\n    Node.self()\n  end\nend", "Node.self()"));
        assert!(!contains("Node.list()", "Node.self()"));
        assert!(!contains(":nonode@nohost", "Node.self()"));
    }

    #[test]
    fn spelling_makes_no_difference() {
        assert!(contains("Node.self", "Node.self()"));
        assert!(contains("Node.self(  )  # me", "Node.self()"));
        assert!(contains("IO.puts \"hi\"", "IO.puts(\"hi\")"));
        assert!(contains("send pid, {:hi, self()}", "send(pid, {:hi, self()})"));
        assert!(contains("Node.connect(:\"kate@localhost\")", "Node.connect(:kate@localhost)"));
        assert!(contains("x = (1 + 2)", "1+2"));
        assert!(contains("f(1_000)", "f(1000)"));
    }

    #[test]
    fn pipes_are_calls() {
        assert!(contains(":kate@localhost |> Node.connect()", "Node.connect(:kate@localhost)"));
        assert!(contains(":kate@localhost |> Node.connect", "Node.connect(:kate@localhost)"));
        assert!(contains("1 |> f(2) |> g", "g(f(1, 2))"));
    }

    #[test]
    fn strings_and_comments_are_no_code() {
        assert!(!contains("\"Node.self()\"", "Node.self()"));
        assert!(!contains("1 # Node.self()", "Node.self()"));
        assert!(contains("\"#{Node.self()}\"", "Node.self()"));
    }

    #[test]
    fn an_underscore_is_any_one_expression() {
        assert!(contains(":erpc.call(:k@h, System, :cmd, [\"id\"])", ":erpc.call(:k@h, _, _, _)"));
        assert!(!contains(":erpc.call(:k@h, f)", ":erpc.call(:k@h, _, _, _)"));
        assert!(contains(
            "Node.spawn_link(:k@h, fn -> IO.puts(\"a\"); exit(:boom) end)",
            "Node.spawn_link(:k@h, fn -> _ end)"
        ));
        assert!(contains("Node.spawn_link(:k@h, fn -> 1 end)", "Node.spawn_link(_, _)"));
        assert!(!contains("Node.spawn(:k@h, fn -> 1 end)", "Node.spawn_link(_, _)"));
        assert!(contains("send(p, {:hi, self()})", "{:hi, _}"));
    }

    #[test]
    fn operators_are_told_apart() {
        assert!(!contains("1 + 2", "1 - 2"));
        assert!(!contains("not x", "!x"));
        assert!(contains("x = 1", "x = _"));
    }

    #[test]
    fn wrong_code_is_told_with_its_byte() {
        assert_eq!(errors("Node.self()"), None);
        assert_eq!(errors("defmodule Kate do\n  def a, do: 1\nend\n"), None);
        assert!(errors("foo(1").is_some());
        assert!(errors("fn -> )").is_some());
        assert_eq!(errors("send(#PID<0.1.0>, 1)"), Some(5));
    }

    #[test]
    fn an_inspected_value_is_matched_as_a_whole() {
        assert!(matches("{:hi, #PID<0.110.0>}", "{:hi, _}"));
        assert!(matches("{:hi, #PID<0.110.0>}", "{:hi, pid(_)}"));
        assert!(matches("[#Reference<0.1.2.3>, #Port<0.5>]", "[ref(_), port(_)]"));
        assert!(matches(":sup?", ":sup?"));
        assert!(matches("#PID<0.1.0>", "_"));
        assert!(matches("%{a: #PID<0.1.0>, b: \"#PID<0.1.0>\"}", "%{a: _, b: \"#PID<0.1.0>\"}"));
        assert!(matches("{#Function<1.2 in Foo.\"-a/1-fun-0-\"/0>, 1}", "{function(_), 1}"));
        assert!(matches("{#MapSet<[#PID<0.1.0>, 2]>, 1}", "{_, 1}"));
        assert!(matches("'it\\'s #PID<'", "_"));
    }

    #[test]
    fn a_value_that_only_holds_it_is_no_match() {
        assert!(!matches("{:ok, {:hi, 1}}", "{:hi, _}"));
        assert!(!matches("{:hi, :alex@localhost}", "{:hi, pid(_)}"));
        assert!(!matches("{:hi, #PID<0.1.0>, 1}", "{:hi, _}"));
        assert!(!matches(":hi", "{:hi, _}"));
        assert!(!matches("\":sup?\"", ":sup?"));
        assert!(!matches("[1, 2, 3, ...", "[1, _]"));
        assert!(!matches("", "_"));
        assert!(!matches("{:hi, #PID<0.1", "{:hi, pid(_)}"));
    }

    #[test]
    fn floods_are_survived() {
        let deep = format!("{}1{}", "[".repeat(20_000), "]".repeat(20_000));
        assert!(!contains(&deep, "Node.self()"));
        assert!(!contains(&"x".repeat(MAX_CODE + 1), "x"));
    }

    #[test]
    fn a_pattern_leaves_open_what_is_a_matter_of_taste() {
        let names = BTreeSet::from(["pid".to_owned()]);
        let loose = |code: &str| loosened(code, &names);
        assert_eq!(loose("pid = spawn(fn ->\n  1\nend)"), "spawn(_)");
        assert_eq!(loose("send(pid, {:hi, self()})"), "send(_, {:hi, self()})");
        assert_eq!(loose("x = Node.spawn :a, fn -> 1 end"), "Node.spawn :a, fn -> 1 end");
        assert_eq!(loose("{:ok, pid} = f()"), "{:ok, _} = f()");
        for code in ["pid", "x = pid", "pid(0, 1, 0)", "fn ->\n 1\nend", "f(", ":pid"] {
            assert_eq!(loose(code), code);
        }
    }

    #[test]
    fn a_value_is_nothing_that_would_have_to_be_evaluated() {
        for value in [
            "1",
            ":ok",
            "\"hi\"",
            "[1, 2]",
            "{:a, #PID<0.1.0>}",
            "#PID<0.1.0>",
            "%{a: 1}",
            "nil",
            "-1",
            "&A.b/1",
        ] {
            assert!(is_value(value), "{value}");
        }
        for other in ["hi", "how are you?", "f(1)", "1 + 1", "Hi, there", "x.y", "", "1 2", "}"] {
            assert!(!is_value(other), "{other}");
        }
    }

    #[test]
    fn expressions_stand_one_after_the_other() {
        let code = "# c\n@doc \"x\"\ndef a, do: 1\n\nuse B\n";
        let found: Vec<_> = expressions(code).into_iter().map(|range| &code[range]).collect();
        assert_eq!(found, ["@doc \"x\"\ndef a, do: 1", "use B"]);
    }

    proptest! {
        #[test]
        fn nothing_panics(code in ".{0,80}", pattern in ".{0,40}") {
            contains(&code, &pattern);
            matches(&code, &pattern);
            errors(&code);
        }

        #[test]
        fn no_value_panics(value in "[#a-zP<>\"'?\\\\{}έ, ]{0,40}") {
            matches(&value, "_");
        }

        #[test]
        fn broken_elixir_does_not_panic(cut in 0usize..60, pattern in "[_a-z(){}\\[\\]:,. ]{0,20}") {
            let code = "Node.spawn_link(:k@h, fn -> receive do {:hi, from} -> send(from, :sup?) end end)";
            contains(&code[..cut], &pattern);
        }
    }
}
