//! Probes: what the nodes say when asked out of the learner's sight.

use super::{Stands, messages, scene::Scene};
use crate::{
    i18n::Localized,
    lesson::{Fact, Probe, ProbeOutcome, Record, TerminalName},
};

/// What one terminal said to a probe: at the step's start, and last.
struct Said<'a> {
    baseline: Option<&'a ProbeOutcome>,
    latest: Option<&'a ProbeOutcome>,
    /// The latest one came after the step's last input.
    is_fresh: bool,
}

pub fn probe(probe: &Probe, scene: &Scene<'_>) -> Stands {
    let said: Vec<_> = probe.at.iter().map(|at| (at, said(probe, at, scene.step))).collect();
    let holds = gives(probe, &said) && same(probe, &said) && changes(probe, &said);
    let told = told(probe, &said);
    if holds && !said.is_empty() { Stands::yes(told) } else { Stands::no(told) }
}

fn said<'a>(probe: &Probe, at: &TerminalName, step: &'a [Record]) -> Said<'a> {
    let is_input = |record: &Record| matches!(record.fact, Fact::Input { .. });
    let first_input = step.iter().position(is_input).unwrap_or(step.len());
    let last_input = step.iter().rposition(is_input);
    let answer = |(index, record): (usize, &'a Record)| {
        let Fact::Probed { terminal, code, pattern, outcome } = &record.fact else { return None };
        let is_this = terminal == at && *code == probe.code && *pattern == probe.gives;
        is_this.then_some((index, outcome))
    };
    let latest = step.iter().enumerate().rev().find_map(answer);
    Said {
        // The first: a node that is closed before anything is typed gives none any more.
        baseline: step[..first_input].iter().enumerate().find_map(answer).map(|(_, outcome)| outcome),
        latest: latest.map(|(_, outcome)| outcome),
        is_fresh: latest.zip(last_input).is_some_and(|((at, _), input)| at > input),
    }
}

fn value(outcome: Option<&ProbeOutcome>) -> Option<&str> {
    match outcome {
        Some(ProbeOutcome::Value { inspected, .. }) => Some(inspected),
        Some(ProbeOutcome::Raised(_) | ProbeOutcome::TimedOut | ProbeOutcome::NoNode) | None => None,
    }
}

fn gives(probe: &Probe, said: &[(&TerminalName, Said<'_>)]) -> bool {
    let matched =
        |said: &Said<'_>| matches!(said.latest, Some(ProbeOutcome::Value { matched: Some(true), .. }));
    probe.gives.is_none() || said.iter().all(|(_, said)| matched(said))
}

fn same(probe: &Probe, said: &[(&TerminalName, Said<'_>)]) -> bool {
    let values: Option<Vec<&str>> = said.iter().map(|(_, said)| value(said.latest)).collect();
    let are_same = |values: Vec<&str>| values.windows(2).all(|pair| pair[0] == pair[1]);
    !probe.same || values.is_some_and(are_same)
}

fn changes(probe: &Probe, said: &[(&TerminalName, Said<'_>)]) -> bool {
    let Some(wanted) = probe.changes else { return true };
    said.iter().all(|(_, said)| {
        let pair = value(said.baseline).zip(value(said.latest)).filter(|_| said.is_fresh);
        pair.is_some_and(|(before, now)| (before != now) == wanted)
    })
}

/// What the terminals said, in one line.
fn told(probe: &Probe, said: &[(&TerminalName, Said<'_>)]) -> Option<Localized> {
    let answers: Vec<Localized> = said
        .iter()
        .filter_map(|(at, said)| {
            let answer = match said.latest? {
                ProbeOutcome::Value { inspected, .. } => match value(said.baseline) {
                    Some(before) if probe.changes.is_some() && said.is_fresh && before != inspected => {
                        messages::was_and_is(at, &messages::code(before), &messages::code(inspected))
                    }
                    Some(_) if probe.changes.is_some() => messages::still_is(at, &messages::code(inspected)),
                    Some(_) | None => messages::it_is(at, &messages::code(inspected)),
                },
                ProbeOutcome::Raised(why) => messages::it_raises(at, &messages::first_line(why)),
                ProbeOutcome::TimedOut => messages::no_answer(at),
                ProbeOutcome::NoNode => messages::no_node(at),
            };
            Some(answer)
        })
        .collect();
    (!answers.is_empty()).then(|| Localized::join(&answers, &crate::i18n::semicolon()))
}
