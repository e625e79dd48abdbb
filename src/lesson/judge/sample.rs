//! What a condition on texts was met by: the sample that a self-test forges.

use super::{
    output,
    scene::{Run, Scene},
    value,
};
use crate::lesson::{Condition, Evidence, Fact, NodeName, OutputKind, TerminalName, Text, syntax};

/// A text of the present step that a condition asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sample {
    pub text: String,
    /// Where it was seen; of a message, where it arrived.
    pub terminal: TerminalName,
    /// The input that it came after, counted from 0.
    pub after: usize,
}

/// None where the condition asks for no text, or where nothing meets it. What `any` and its like hold is not looked
/// into.
pub fn sample(condition: &Condition, evidence: &Evidence) -> Option<Sample> {
    let scene = Scene::new(evidence, evidence.step());
    match condition {
        Condition::Prints { what, at, by, .. } => printed(what, at.as_ref(), by.as_ref(), &scene),
        Condition::Returns { value, at } => returned(value, at.as_ref(), &scene),
        Condition::Raises { what, at } => {
            let is_error = |run: &Run<'_>| run.kind == OutputKind::Error;
            first(&Text::Regex(what.clone()), at.as_ref(), is_error, &scene)
        }
        Condition::Message(wanted) => {
            let (index, to, text) = scene.records.iter().enumerate().find_map(|(index, record)| {
                let Fact::Message { from, to, text } = &record.fact else { return None };
                let is = |wanted: &Option<NodeName>, is| wanted.as_ref().is_none_or(|wanted| wanted == is);
                let is_it = is(&wanted.from, from) && is(&wanted.to, to);
                (is_it && syntax::matches(text, &wanted.pattern)).then_some((index, to, text))
            })?;
            let terminal = scene.world.node(to)?.clone();
            Some(Sample { text: text.clone(), terminal, after: inputs_before(index, &scene) })
        }
        Condition::Started { .. }
        | Condition::Stopped { .. }
        | Condition::Connected(..)
        | Condition::Refused(..)
        | Condition::Silent { .. }
        | Condition::Probe(_)
        | Condition::Waiting { .. }
        | Condition::Typed { .. }
        | Condition::Runs(_)
        | Condition::File(_)
        | Condition::Any(_)
        | Condition::Together(_)
        | Condition::Not(_) => None,
    }
}

/// The text on that terminal, printed by that node where one is named.
fn printed(
    what: &Text,
    at: Option<&TerminalName>,
    by: Option<&NodeName>,
    scene: &Scene<'_>,
) -> Option<Sample> {
    let is_right = |run: &Run<'_>| output::is_printed(run.kind) && by.is_none_or(|by| Some(by) == run.by);
    first(what, at, is_right, scene)
}

fn first(
    what: &Text,
    at: Option<&TerminalName>,
    is_right: impl Fn(&Run<'_>) -> bool,
    scene: &Scene<'_>,
) -> Option<Sample> {
    let mut runs = scene.runs().iter().filter(|run| at.is_none_or(|at| at == run.terminal) && is_right(run));
    runs.find_map(|run| Some((run, output::found(what, &run.text)?))).map(|(run, text)| Sample {
        text: text.to_owned(),
        terminal: run.terminal.clone(),
        after: inputs_before(run.from, scene),
    })
}

fn returned(wanted: &str, at: Option<&TerminalName>, scene: &Scene<'_>) -> Option<Sample> {
    let windows = scene.windows();
    windows.iter().enumerate().find_map(|(after, window)| {
        let terminal = window.inputs().next()?.terminal;
        let text = value::last_value(terminal, window).filter(|value| value::is_like(wanted, value))?;
        let is_there = at.is_none_or(|at| at == terminal);
        is_there.then(|| Sample { text: text.trim().to_owned(), terminal: terminal.clone(), after })
    })
}

/// The number of the input that a record follows.
fn inputs_before(index: usize, scene: &Scene<'_>) -> usize {
    scene.inputs().take_while(|input| input.index < index).count().saturating_sub(1)
}
