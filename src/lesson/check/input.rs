//! Inputs: answers, starts and submissions.

use std::{
    cell::RefCell,
    collections::{BTreeMap, BTreeSet},
};

use super::{elixir, named};
use crate::lesson::{
    diagnostic::Diagnostics,
    fault::Fault,
    model::Input,
    name::{ChoiceId, TerminalName},
    pattern::Pattern,
    raw::{INPUT_KEYS, List, Placed, RawEdit, RawInput, RawWrite},
    yaml::Span,
};

/// What inputs and conditions may speak of.
#[derive(Debug, Default)]
pub struct Declared {
    /// Empty where they can't be read: then a terminal is wrong, but nothing more is said about it.
    pub terminals: Vec<TerminalName>,
    /// The short names of the nodes that command lines in the file start.
    pub nodes: BTreeSet<String>,
    /// Made already: lessons repeat their patterns, and one with `\w` takes long to compile.
    pub patterns: RefCell<BTreeMap<String, Pattern>>,
}

impl Declared {
    /// `text` is that of the whole file.
    pub fn new(terminals: Vec<TerminalName>, text: &str) -> Self {
        let named = ["--sname ", "--name "].iter().flat_map(|flag| text.split(flag).skip(1));
        let nodes = named.map(|rest| first_name(rest).to_string()).collect();
        Self { terminals, nodes, patterns: RefCell::default() }
    }

    /// A terminal of the lesson, or a complaint.
    pub fn terminal(&self, word: &Placed<String>, diag: &mut Diagnostics<'_>) -> Option<TerminalName> {
        let known = self.terminals.iter().find(|terminal| terminal.as_str() == word.value);
        if known.is_none() && !self.terminals.is_empty() {
            let words = self.terminals.iter().map(TerminalName::as_str);
            diag.error(&word.span, format!("the lesson has no terminal `{}`", word.value))
                .nearest(&word.value, words);
        }
        known.cloned()
    }
}

fn first_name(text: &str) -> &str {
    text.split(|c: char| !(c.is_alphanumeric() || c == '_' || c == '-')).next().unwrap_or_default()
}

/// Every input, where all of them are right.
pub(crate) fn inputs(
    raw: List<RawInput>,
    ground: &Declared,
    choices: &[ChoiceId],
    diag: &mut Diagnostics<'_>,
) -> Option<Vec<Input>> {
    let checked: Vec<_> =
        raw.into_iter().map(|input| one(input.value, &input.span, ground, choices, diag)).collect();
    checked.into_iter().collect()
}

fn one(
    raw: RawInput,
    span: &Span,
    ground: &Declared,
    choices: &[ChoiceId],
    diag: &mut Diagnostics<'_>,
) -> Option<Input> {
    match raw {
        RawInput::Type { terminal, text } => typed(&terminal, text, ground, diag),
        RawInput::Write(write) => self::write(write, span, diag),
        RawInput::Edit(edit) => self::edit(edit, span, diag),
        RawInput::Choose(choice) => choose(&choice, choices, diag).map(Input::Choose),
        RawInput::Close(terminal) => ground.terminal(&terminal, diag).map(Input::Close),
        RawInput::Fault { word, terminals } => fault(&word, &terminals, ground, diag).map(Input::Fault),
    }
}

/// A fault of the lesson's own terminals: nothing else on a machine can be reached by one.
pub(in crate::lesson) fn fault(
    word: &Placed<String>,
    terminals: &List<String>,
    ground: &Declared,
    diag: &mut Diagnostics<'_>,
) -> Option<Fault> {
    let known: Vec<_> = terminals.iter().map(|terminal| ground.terminal(terminal, diag)).collect();
    let known = known.into_iter().collect::<Option<Vec<_>>>()?;
    let are_two = known.len() < 2 || known[0] != known[1];
    let fault = Fault::new(&word.value, &known).filter(|_| are_two);
    if fault.is_none() {
        let example = match Fault::WORDS.iter().find(|(known, _)| *known == word.value) {
            Some((_, 1)) => "kate",
            _ => "[alex, kate]",
        };
        let help = format!("write it like `{}: {example}`", word.value);
        diag.error(&word.span, format!("`{}` can't be done to these", word.value)).help(help);
    }
    fault
}

fn typed(
    terminal: &Placed<String>,
    text: Placed<String>,
    ground: &Declared,
    diag: &mut Diagnostics<'_>,
) -> Option<Input> {
    elixir::whole(&text, diag);
    if let Some(at) = text.value.find(|c: char| c.is_control() && c != '\n' && c != '\t') {
        let span = elixir::inside(diag.text(), &text, at);
        diag.error(&span, "an input can't hold control characters");
    }
    let known = ground.terminals.iter().find(|known| known.as_str() == terminal.value);
    if known.is_none() && !ground.terminals.is_empty() {
        let words = ground.terminals.iter().map(TerminalName::as_str).chain(INPUT_KEYS);
        let message = format!("the lesson has no terminal `{}`", terminal.value);
        diag.error(&terminal.span, message).nearest(&terminal.value, words);
    }
    Some(Input::Type { terminal: known?.clone(), text: text.value.trim_end_matches('\n').to_string() })
}

fn write(raw: RawWrite, span: &Span, diag: &mut Diagnostics<'_>) -> Option<Input> {
    let path = raw.path.required("path", span, diag).and_then(|path| inner_path(path, diag));
    let text = raw.text.required("text", span, diag);
    Some(Input::Write { path: path?, text: text?.value })
}

fn edit(raw: RawEdit, span: &Span, diag: &mut Diagnostics<'_>) -> Option<Input> {
    let path = raw.path.required("path", span, diag).and_then(|path| inner_path(path, diag));
    let replace =
        raw.replace.required("replace", span, diag).and_then(|text| super::filled(text, "`replace`", diag));
    let with = raw.with.required("with", span, diag);
    Some(Input::Edit { path: path?, replace: replace?, with: with?.value })
}

/// Whether a path stays below the folder that it is relative to, links left out of account.
pub(crate) fn is_inner(path: &str) -> bool {
    let stays = |part: &str| !matches!(part, "" | "." | "..") && !part.contains(['\\', '\0']);
    path.split('/').all(stays)
}

/// A path that stays inside the workspace.
pub(crate) fn inner_path(path: Placed<String>, diag: &mut Diagnostics<'_>) -> Option<String> {
    if is_inner(&path.value) {
        return Some(path.value);
    }
    diag.error(&path.span, "a path must stay inside the workspace").help("write it like `chat/lib/chat.ex`");
    None
}

pub(super) fn choose(
    choice: &Placed<String>,
    choices: &[ChoiceId],
    diag: &mut Diagnostics<'_>,
) -> Option<ChoiceId> {
    let name = named(choice, ChoiceId::parse, diag)?;
    if choices.contains(&name) {
        return Some(name);
    }
    match choices {
        [] => diag.error(&choice.span, "this step asks nothing, so there is nothing to choose"),
        _ => {
            let complaint = diag.error(&choice.span, format!("the question has no choice `{name}`"));
            complaint.nearest(&choice.value, choices.iter().map(ChoiceId::as_str))
        }
    };
    None
}
