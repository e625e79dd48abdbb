//! The workspace's files, and how commands ended.

use super::{Stands, line::Line, messages, output, scene::Scene};
use crate::{
    i18n::Localized,
    lesson::{
        Fact, OutputKind, Text,
        model::{FileWanted, Held, RunWanted},
        syntax,
    },
};

pub fn file(wanted: &FileWanted, scene: &Scene<'_>) -> Stands {
    let path = wanted.path.as_str();
    let Some(text) = scene.world.files.get(path) else { return Stands::no(messages::no_file(path)) };
    if let Some(missing) = wanted.contains.iter().find(|held| !is_held(held, text)) {
        return Stands::no(messages::lacks(path, &messages::held(missing)));
    }
    let definitions = syntax::definitions(text);
    if let Some(missing) = wanted.defines.iter().find(|wanted| !definitions.contains(wanted)) {
        return Stands::no(messages::defines_not(path, &missing.to_string()));
    }
    if let Some(found) = wanted.lacks.iter().find(|held| is_held(held, text)) {
        return Stands::no(messages::still_contains(path, &messages::held(found)));
    }
    Stands::yes(None)
}

fn is_held(held: &Held, text: &str) -> bool {
    match held {
        Held::Code(pattern) => syntax::contains(text, pattern),
        Held::Text(plain) => text.contains(plain.as_str()),
    }
}

/// A command of the window that ended, and what it wrote.
struct Ended<'a> {
    command: &'a str,
    code: Option<i32>,
    output: String,
}

/// The latest run of the command is what counts; what else its line runs has no say in how it ended.
pub fn runs(wanted: &RunWanted, scene: &Scene<'_>) -> Stands {
    let Some(ended) = ended(wanted, scene) else { return Stands::no(latest(wanted, scene)) };
    let before = Line::of(ended.command).is_about(&wanted.command);
    if before.is_none() && asks_for_more(wanted) {
        return Stands::no(messages::not_alone(&messages::code(ended.command)));
    }
    if wanted.exit.is_some() && wanted.exit != ended.code {
        return Stands::no(Some(exit(&ended)));
    }
    let is_said_before =
        |what: &Text| before.as_deref().is_some_and(|before| output::count(what, before) > 0);
    let is_missing = |what: &&Text| output::count(what, &ended.output) == 0 || is_said_before(what);
    if wanted.prints.iter().any(|what| is_missing(&what)) {
        return Stands::no(Some(messages::wrote_last(&messages::last_line(&ended.output))));
    }
    match wanted.lacks.iter().find(|what| output::count(what, &ended.output) > 0) {
        Some(found) => Stands::no(messages::wrote(&messages::text(found))),
        None => Stands::yes(exit(&ended)),
    }
}

/// More than that the command ran.
fn asks_for_more(wanted: &RunWanted) -> bool {
    wanted.exit.is_some() || !wanted.prints.is_empty() || !wanted.lacks.is_empty()
}

fn exit(ended: &Ended<'_>) -> Localized {
    match ended.code {
        Some(code) => messages::ended_with(&messages::code(ended.command), code),
        None => messages::was_killed(&messages::code(ended.command)),
    }
}

fn ended<'a>(wanted: &RunWanted, scene: &Scene<'a>) -> Option<Ended<'a>> {
    let is_there = |at: &_| wanted.at.as_ref().is_none_or(|wanted| wanted == at);
    scene.records.iter().enumerate().rev().find_map(|(index, record)| {
        let Fact::CommandEnded { terminal, command, code } = &record.fact else { return None };
        let is_it = is_there(terminal) && Line::of(command).runs(&wanted.command);
        is_it.then(|| {
            let output = written(&scene.records[..index], terminal);
            Ended { command, code: *code, output }
        })
    })
}

/// What came from that terminal between its latest input and the end of these records.
fn written(records: &[crate::lesson::Record], at: &crate::lesson::TerminalName) -> String {
    let is_input = |record: &crate::lesson::Record| matches!(&record.fact, Fact::Input { terminal, at_node: false, .. } if terminal == at);
    let from = records.iter().rposition(is_input).unwrap_or(0);
    let pieces = records[from..].iter().filter_map(|record| {
        let Fact::Output { terminal, kind, text, .. } = &record.fact else { return None };
        (terminal == at && is_written(*kind)).then_some(text.as_str())
    });
    super::scene::plain(&pieces.collect::<String>()).replace("\r\n", "\n")
}

/// By a command, or by a node that the command has become.
fn is_written(kind: OutputKind) -> bool {
    match kind {
        OutputKind::Raw | OutputKind::Print | OutputKind::Log | OutputKind::Stderr => true,
        OutputKind::Result | OutputKind::Error | OutputKind::Shell => false,
    }
}

fn latest(wanted: &RunWanted, scene: &Scene<'_>) -> Option<Localized> {
    let last = scene.inputs().filter(|input| !input.at_node).last()?;
    let is_under_way = Line::of(last.text).runs(&wanted.command);
    Some(if is_under_way {
        messages::has_not_ended(&messages::code(last.text))
    } else {
        messages::ran(&messages::code(last.text))
    })
}
