//! The texts that conditions ask for, as the model answer left them: what `moebi lesson test` forges.

use super::Condition;
use crate::lesson::{
    Evidence, Input, NodeName, TerminalName,
    judge::{Run, Scene},
};

/// How many combinations of `any` are tried of one checkpoint.
const MAX_WAYS: usize = 8;

/// A text that a condition asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sample {
    pub what: What,
    pub text: String,
    /// Where it is to be seen; of a message, where it is to arrive.
    pub terminal: TerminalName,
    /// The model's input that brought it about: the number of the typed ones, from 0.
    pub after: usize,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum What {
    Printed,
    /// What an expression gives.
    Value,
    Error,
    /// Sent by that node, where one is named.
    Message {
        from: Option<NodeName>,
    },
}

/// The model's typed inputs, and what they left as evidence when they passed.
pub struct ModelRun<'a> {
    pub answer: &'a [Input],
    pub evidence: &'a Evidence,
}

/// A text that the model left, where, and after which input.
pub(super) struct Left {
    pub text: String,
    pub terminal: TerminalName,
    pub after: usize,
}

/// One list of texts for each way in which the conditions can be met: `any` has several. A way whose text is known
/// to nobody (a regular expression that the model didn't meet) is left out, as is one that asks for no text.
pub fn ways(conditions: &[Condition], model: &ModelRun<'_>) -> Vec<Vec<Sample>> {
    let mut ways = together(conditions, model);
    ways.retain(|way| !way.is_empty());
    ways
}

/// What holds all at once: each way of one with each way of the other.
pub(super) fn together(conditions: &[Condition], model: &ModelRun<'_>) -> Vec<Vec<Sample>> {
    conditions
        .iter()
        .map(|condition| condition.samples(model))
        .fold(vec![Vec::new()], |ways, more| combined(&ways, &more))
}

pub(super) fn combined(ways: &[Vec<Sample>], more: &[Vec<Sample>]) -> Vec<Vec<Sample>> {
    let mut both: Vec<Vec<Sample>> = Vec::new();
    for (way, more) in ways.iter().flat_map(|way| more.iter().map(move |more| (way, more))) {
        let fresh = more.iter().filter(|sample| !way.contains(sample));
        let way: Vec<_> = way.iter().chain(fresh).cloned().collect();
        if !both.contains(&way) && both.len() < MAX_WAYS {
            both.push(way);
        }
    }
    both
}

/// The first text that `find` sees in a run.
pub(super) fn first<'s>(
    scene: &'s Scene<'_>,
    find: impl for<'r> Fn(&'r Run<'s>) -> Option<&'r str>,
) -> Option<Left> {
    scene.runs().iter().find_map(|run| {
        let text = find(run)?.to_owned();
        Some(Left { text, terminal: run.terminal.clone(), after: scene.entry_of(run.from) })
    })
}

impl<'a> ModelRun<'a> {
    pub(super) fn scene(&self) -> Scene<'a> {
        Scene::of_step(self.evidence)
    }

    /// What the model left; else the text that is known beforehand, where there is one.
    pub(super) fn sample(
        &self,
        what: What,
        left: Option<Left>,
        known: Option<&str>,
        at: Option<&TerminalName>,
    ) -> Vec<Vec<Sample>> {
        let found = left.or_else(|| {
            let (terminal, after) = self.last_typed(at)?;
            Some(Left { text: known?.to_owned(), terminal, after })
        });
        let sample = found.map(|Left { text, terminal, after }| Sample { what, text, terminal, after });
        sample.map(|sample| vec![sample]).into_iter().collect()
    }

    /// The answer's last input in that terminal, or its last one at all.
    fn last_typed(&self, at: Option<&TerminalName>) -> Option<(TerminalName, usize)> {
        let typed: Vec<_> = self
            .answer
            .iter()
            .filter_map(|input| match input {
                Input::Type { terminal, .. } => Some(terminal),
                Input::Write { .. }
                | Input::Edit { .. }
                | Input::Choose(_)
                | Input::Close(_)
                | Input::Fault(_) => None,
            })
            .collect();
        let there = typed.iter().rposition(|terminal| at.is_none_or(|at| at == *terminal));
        let after = there.or_else(|| typed.len().checked_sub(1))?;
        Some((at.unwrap_or(typed[after]).clone(), after))
    }
}
