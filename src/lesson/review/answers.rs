//! Answers beside the model's, and files that inputs write: is it Elixir, and is there what an edit replaces?

use std::collections::BTreeMap;

use crate::lesson::{
    check::elixir::{IexTerminals, code},
    diagnostic::Diagnostics,
    raw::{List, Placed, RawEdit, RawInput, RawWrite, Read},
    syntax,
    yaml::{Node, Value},
};

/// Where a section has come to.
#[derive(Debug, Clone, Default)]
struct Ground {
    iex: IexTerminals,
    /// Files that inputs have written, as they are now; what a command makes is not known.
    files: BTreeMap<String, String>,
}

pub(super) fn review(root: &Node, diag: &mut Diagnostics<'_>) {
    let top = root.get("mistakes");
    for section in root.get("sections").map(Node::items).unwrap_or_default() {
        let mut ground = Ground::default();
        ground.follow(section.get("start"), Code::Told, diag);
        for step in section.get("steps").map(Node::items).unwrap_or_default() {
            for right in step.get("right").map(Node::items).unwrap_or_default() {
                ground.clone().follow(right.get("answer"), Code::Whole, diag);
            }
            for wrong in step.get("wrong").map(Node::items).unwrap_or_default() {
                let mistake = wrong
                    .get("mistake")
                    .and_then(Node::text)
                    .and_then(|id| step.get("mistakes").and_then(|own| own.get(id)).or_else(|| top?.get(id)));
                // What is recognised by an error may be one of syntax.
                if !mistake.is_some_and(speaks_of_errors) {
                    ground.clone().follow(wrong.get("answer"), Code::Whole, diag);
                }
            }
            ground.follow(step.get("answer"), Code::Told, diag);
        }
    }
}

fn speaks_of_errors(node: &Node) -> bool {
    match &node.value {
        Value::Map(pairs) => pairs.iter().any(|(key, value)| {
            matches!(key.text(), Some("raises" | "matches" | "waiting")) || speaks_of_errors(value)
        }),
        Value::List(items) => items.iter().any(speaks_of_errors),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Text(_) => false,
    }
}

/// Whether what is typed has been looked at already.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Code {
    Told,
    Whole,
}

impl Ground {
    fn follow(&mut self, answer: Option<&Node>, typed: Code, diag: &mut Diagnostics<'_>) {
        // What can't be read has been told.
        let mut unheard = Diagnostics::new("", diag.text());
        let Some(inputs) = answer.and_then(|answer| List::<RawInput>::read(answer, &mut unheard)) else {
            return;
        };
        match typed {
            Code::Told => self.iex.follow(&inputs, &mut unheard),
            Code::Whole => self.iex.follow(&inputs, diag),
        }
        for input in &inputs {
            match &input.value {
                RawInput::Write(write) => self.write(write, diag),
                RawInput::Edit(edit) => self.edit(edit, diag),
                RawInput::Type { .. } | RawInput::Choose(_) | RawInput::Close(_) | RawInput::Fault { .. } => {
                }
            }
        }
    }

    fn write(&mut self, write: &RawWrite, diag: &mut Diagnostics<'_>) {
        let (Some(path), Some(text)) = (&write.path.value, &write.text.value) else { return };
        if is_elixir(&path.value) {
            code(text, diag);
        }
        self.files.insert(path.value.clone(), text.value.clone());
    }

    fn edit(&mut self, edit: &RawEdit, diag: &mut Diagnostics<'_>) {
        let (Some(path), Some(replace), Some(with)) =
            (&edit.path.value, &edit.replace.value, &edit.with.value)
        else {
            return;
        };
        let Some(file) = self.files.get_mut(&path.value) else { return };
        // What is broken has been told.
        let was_whole = !is_elixir(&path.value) || syntax::errors(file).is_none();
        if !file.contains(&replace.value) {
            if was_whole {
                missing(file, path, replace, diag);
            }
            return;
        }
        *file = file.replacen(&replace.value, &with.value, 1);
        if is_elixir(&path.value) && was_whole && syntax::errors(file).is_some() {
            diag.error(&with.span, format!("with this {} is no whole Elixir any more", path.value))
                .help("see that brackets, quotes and `end`s stay in pairs");
        }
    }
}

fn missing(file: &str, path: &Placed<String>, replace: &Placed<String>, diag: &mut Diagnostics<'_>) {
    let complaint = diag.error(&replace.span, format!("{} does not hold this text", path.value));
    let wanted = replace.value.trim();
    complaint
        .nearest(wanted, file.lines().map(str::trim))
        .or_help("it must stand there just so, spaces and all");
}

fn is_elixir(path: &str) -> bool {
    path.ends_with(".ex") || path.ends_with(".exs")
}
