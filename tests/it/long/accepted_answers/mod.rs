//! Answers that the lesson's own `right` ones can't say, on real nodes: every one must pass.
//!
//! Each is played on nodes that were brought to where its step begins, as `moebi check` does it.

mod conditions;
mod sequences;

use std::sync::Arc;

use moebi::{
    cluster::Cluster,
    guide::{Attempted, Guide},
    lesson::{Input, Lang, Lesson, Verdict},
    session::Position,
};

use crate::support::lesson::{lesson, settings, terminal};

/// What is typed into a terminal.
pub(super) fn at(on: &str, text: impl Into<String>) -> Input {
    Input::Type { terminal: terminal(on), text: text.into() }
}

pub(super) fn alex(text: impl Into<String>) -> Input {
    at("alex", text)
}

pub(super) fn kate(text: impl Into<String>) -> Input {
    at("kate", text)
}

/// Ends what runs in a terminal.
fn close(on: &str) -> Input {
    Input::Close(terminal(on))
}

fn write(path: &str, text: &str) -> Input {
    Input::Write { path: path.to_owned(), text: text.to_owned() }
}

/// Plays each step's inputs in turn, on nodes that were brought to where the first of them begins: all must pass.
#[track_caller]
fn pass(steps: &[(&str, Vec<Input>)]) {
    for (attempted, (step, inputs)) in attempts(&lesson(), steps).iter().zip(steps) {
        assert_eq!(attempted.verdict, Verdict::Passed, "{step}: {inputs:#?}: {attempted:#?}");
    }
}

/// Likewise, of one step; what it came to.
pub(super) fn attempted(step: &str, inputs: Vec<Input>) -> Verdict {
    attempts(&lesson(), &[(step, inputs)]).remove(0).verdict
}

/// What each step came to, up to the first that did not pass. `${nonce}` is the lesson's word.
fn attempts(lesson: &Arc<Lesson>, steps: &[(&str, Vec<Input>)]) -> Vec<Attempted> {
    let threads = tokio::runtime::Runtime::new().expect("threads");
    let workspace = tempfile::tempdir().expect("a temporary folder");
    threads.block_on(async {
        let cluster = Cluster::new(settings(workspace.path().to_owned())).await.expect("a cluster");
        let mut guide = Guide::unattended(lesson.clone(), Lang::En, cluster);
        let mut attempts: Vec<Attempted> = Vec::new();
        for (step, inputs) in steps {
            let place = Position::of(lesson, step).unwrap_or_else(|| panic!("no step is called {step}"));
            let inputs: Vec<Input> = inputs.iter().map(|input| filled(input, lesson)).collect();
            let attempted = match attempts.last() {
                None => guide.attempt_from_start(place, &inputs).await,
                Some(before) if before.verdict != Verdict::Passed => break,
                Some(_) => guide.attempt(place, &inputs).await,
            };
            attempts.push(attempted.expect("the nodes run"));
        }
        guide.shutdown().await.expect("the nodes end");
        attempts
    })
}

fn filled(input: &Input, lesson: &Lesson) -> Input {
    let fill = |text: &String| lesson.nonce.fill(text);
    match input {
        Input::Type { terminal, text } => Input::Type { terminal: terminal.clone(), text: fill(text) },
        Input::Write { path, text } => Input::Write { path: path.clone(), text: fill(text) },
        other => other.clone(),
    }
}
