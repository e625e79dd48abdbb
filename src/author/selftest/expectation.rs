//! The texts that a checkpoint asks for, as they can be put there by somebody who has not done the work.

use crate::lesson::{
    Condition, Evidence, Input, NodeName, TerminalName, Text,
    judge::{Sample, sample},
};

/// How many combinations of `any` are tried of one checkpoint.
const MAX_WAYS: usize = 8;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Expectation {
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
pub struct Model<'a> {
    pub answer: &'a [Input],
    pub evidence: &'a Evidence,
}

/// One list of texts for each way in which the conditions can be met: `any` has several. A way whose text is known
/// to nobody (a regular expression that the model didn't meet) is left out, as is one that asks for no text.
pub fn ways(conditions: &[Condition], model: &Model<'_>) -> Vec<Vec<Expectation>> {
    let mut ways = together(conditions, model);
    ways.retain(|way| !way.is_empty());
    ways
}

/// What holds all at once: each way of one with each way of the other.
fn together(conditions: &[Condition], model: &Model<'_>) -> Vec<Vec<Expectation>> {
    conditions.iter().fold(vec![Vec::new()], |ways: Vec<Vec<Expectation>>, condition| {
        let more = of(condition, model);
        let mut both = Vec::new();
        for (way, more) in ways.iter().flat_map(|way| more.iter().map(move |more| (way, more))) {
            let mut way = way.clone();
            way.extend(more.iter().filter(|new| !way.contains(new)).cloned().collect::<Vec<_>>());
            if !both.contains(&way) && both.len() < MAX_WAYS {
                both.push(way);
            }
        }
        both
    })
}

fn of(condition: &Condition, model: &Model<'_>) -> Vec<Vec<Expectation>> {
    match condition {
        Condition::Any(inner) => inner.iter().flat_map(|condition| of(condition, model)).collect(),
        Condition::Together(inner) => together(inner, model),
        Condition::Prints { what, at, .. } => one(condition, What::Printed, plain(what), at.as_ref(), model),
        Condition::Returns { value, at } => {
            let known = (!value.contains('_') || value.contains('@')).then_some(value.as_str());
            one(condition, What::Value, known, at.as_ref(), model)
        }
        Condition::Raises { at, .. } => one(condition, What::Error, None, at.as_ref(), model),
        Condition::Message(wanted) => {
            let known = (!wanted.pattern.contains('_')).then_some(wanted.pattern.as_str());
            let what = What::Message { from: wanted.from.clone() };
            let node = wanted.to.as_ref().or(wanted.from.as_ref());
            let at = node.and_then(|node| model.evidence.world().node(node));
            one(condition, what, known, at, model)
        }
        Condition::Runs(wanted) => {
            let texts = wanted.prints.iter().map(|what| {
                let wanted =
                    Condition::Prints { what: what.clone(), at: wanted.at.clone(), by: None, times: 1 };
                (wanted, plain(what))
            });
            let texts: Vec<_> = texts
                .map(|(condition, known)| one(&condition, What::Printed, known, wanted.at.as_ref(), model))
                .collect();
            texts.into_iter().fold(vec![Vec::new()], |ways: Vec<Vec<Expectation>>, more| {
                ways.iter()
                    .flat_map(|way| more.iter().map(|more| [way.clone(), more.clone()].concat()))
                    .collect()
            })
        }
        // They look at nodes, files and inputs, or at what must not be seen.
        Condition::Started { .. }
        | Condition::Stopped { .. }
        | Condition::Connected(..)
        | Condition::Refused(..)
        | Condition::Silent { .. }
        | Condition::Probe(_)
        | Condition::Waiting { .. }
        | Condition::Typed { .. }
        | Condition::File(_)
        | Condition::Not(_) => vec![Vec::new()],
    }
}

fn plain(what: &Text) -> Option<&str> {
    match what {
        Text::Plain(text) => Some(text),
        Text::Regex(_) => None,
    }
}

/// What the model left; else what the condition itself says, where that is a text.
fn one(
    condition: &Condition,
    what: What,
    known: Option<&str>,
    at: Option<&TerminalName>,
    model: &Model<'_>,
) -> Vec<Vec<Expectation>> {
    let left = sample(condition, model.evidence);
    let found = left.or_else(|| {
        let (terminal, after) = last_typed(model.answer, at)?;
        Some(Sample { text: known?.to_owned(), terminal, after })
    });
    let made = found.map(|Sample { text, terminal, after }| Expectation { what, text, terminal, after });
    made.map(|made| vec![made]).into_iter().collect()
}

/// The answer's last input in that terminal, or its last one at all.
fn last_typed(answer: &[Input], at: Option<&TerminalName>) -> Option<(TerminalName, usize)> {
    let typed: Vec<_> = answer
        .iter()
        .filter_map(|input| match input {
            Input::Type { terminal, .. } => Some(terminal),
            Input::Write { .. } | Input::Edit { .. } | Input::Choose(_) | Input::Close(_) => None,
        })
        .collect();
    let there = typed.iter().rposition(|terminal| at.is_none_or(|at| at == *terminal));
    let after = there.or_else(|| typed.len().checked_sub(1))?;
    Some((at.unwrap_or(typed[after]).clone(), after))
}
