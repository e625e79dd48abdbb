//! What loads, and yet can't be what its author meant. Asked of authors (`moebi lesson lint`), never of learners.
//!
//! It walks the trees of the files once more: each file here is one kind of slip, and tells each where it stands.

mod answers;
mod markdown;
mod returns;
mod signs;
mod slash;
mod translation;

pub(super) use translation::translation;

use super::{
    Prose,
    check::Outline,
    diagnostic::Diagnostics,
    yaml::{Node, Value},
};

/// What texts are held against.
pub(super) struct Known<'a> {
    /// The shell's, without their slash.
    pub commands: &'a [&'a str],
    pub outline: Option<&'a Outline>,
    pub prose: Option<&'a Prose>,
}

/// Reviews `lesson.yaml`.
pub(super) fn structure(root: &Node, commands: &[&str], diag: &mut Diagnostics<'_>) {
    signs::file(root, diag);
    signs::code(root, diag);
    slash::terminals(root, commands, diag);
    answers::review(root, diag);
    returns::review(root, diag);
}

/// Reviews a file of one language.
pub(super) fn texts(root: &Node, known: &Known<'_>, diag: &mut Diagnostics<'_>) {
    signs::file(root, diag);
    for text in said(root) {
        markdown::review(&text, diag);
        slash::review(&text, known, diag);
    }
    markdown::given_away(root, known, diag);
}

/// A text of a prose file.
struct Said<'n> {
    node: &'n Node,
    text: &'n str,
    /// One line without Markdown.
    is_title: bool,
}

/// Every text of a prose file.
fn said(root: &Node) -> Vec<Said<'_>> {
    fn walk<'n>(key: &'n str, node: &'n Node, found: &mut Vec<Said<'n>>) {
        match &node.value {
            Value::Text(text) => found.push(Said { node, text, is_title: key == "title" }),
            Value::List(items) => items.iter().for_each(|item| walk(key, item, found)),
            Value::Map(pairs) => {
                for (name, value) in pairs {
                    // Terms, and what they are called, are words.
                    let is_word = matches!(name.text(), Some("words" | "also" | "translates"));
                    if let Some(name) = name.text().filter(|_| !is_word) {
                        walk(name, value, found);
                    }
                }
            }
            Value::Null | Value::Bool(_) | Value::Number(_) => {}
        }
    }
    let mut found = Vec::new();
    walk("", root, &mut found);
    found
}
