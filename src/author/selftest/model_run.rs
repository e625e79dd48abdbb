//! The model's run of one section: that it passes, and the evidence that everything else is made of.

use std::sync::Arc;

use crate::{
    error::Result,
    guide::{Guide, Outcome},
    lesson::{Fact, Input, Lesson, Record, Verdict, World, condition::sample::ModelRun},
    session::Position,
};

use super::{
    Options,
    forgery::NodesByTerminal,
    lane, messages, mutant, plan,
    shown::Shown,
    trial::{Diagnostic, Expected, Trial},
};

/// What became of the model's answers in one section.
#[derive(Debug, Default)]
pub(super) struct ModelOutcome {
    /// The steps that passed: what comes behind one that did not has no nodes to be tried on.
    pub passed: Vec<(Position, Shown)>,
    pub complaint: Option<Diagnostic>,
    /// Answers that passed, and were taken for a mistake on their way.
    pub misread: Vec<(Position, Diagnostic)>,
    pub trials: Vec<Trial>,
}

/// Plays the section's steps up to `last`.
pub(super) async fn run_model(
    lesson: &Arc<Lesson>,
    section: usize,
    last: usize,
    options: &Options,
) -> Result<ModelOutcome> {
    let mut guide = lane::guide(lesson, options).await?;
    let played = play(&mut guide, lesson, section, last).await;
    let ended = guide.shutdown().await;
    let outcome = played?;
    ended.map(|()| outcome)
}

async fn play(guide: &mut Guide, lesson: &Arc<Lesson>, section: usize, last: usize) -> Result<ModelOutcome> {
    let mut outcome = ModelOutcome::default();
    let started = guide.start_section(section).await?;
    let failed = guide.failed_commands().next();
    for step in 0..=last {
        let place = Position { section, step };
        let answer = place.step(lesson).answer();
        let trial = Trial { place, answer, expected: Expected::Passes };
        if started == Outcome::TimedOut || failed.is_some() {
            let why = failed.map_or_else(messages::nodes_did_not_start, |failed| failed.told());
            outcome.complaint = Some(trial.could_not_run(why));
            break;
        }
        let before = guide.session().evidence().world().clone();
        let (attempted, watched) = guide.attempt_watched(place, &trial.answer).await?;
        let step = guide.session().evidence().step();
        let complaint = trial.complaint(&attempted, &watched, step);
        if attempted.verdict != Verdict::Passed {
            outcome.complaint = complaint;
            break;
        }
        outcome.misread.extend(complaint.map(|complaint| (place, complaint)));
        let mutants = mutant::of_step(&place.step(lesson).task);
        let noticed = mutant::noticed(&mutants, guide.session(), attempted.verdict);
        outcome.passed.push((place, Shown::of_model(noticed)));
        let evidence = guide.session().evidence();
        let seats = seats(&before, evidence.step());
        let model = ModelRun { answer: &trial.answer, evidence };
        outcome.trials.extend(plan::trials(lesson, place, &model, &seats));
    }
    Ok(outcome)
}

/// Who runs where before each typed input.
fn seats(before: &World, step: &[Record]) -> Vec<NodesByTerminal> {
    let running = before.running.iter();
    let mut now: NodesByTerminal =
        running.map(|(terminal, running)| (terminal.clone(), running.node.clone())).collect();
    let mut seats = Vec::new();
    for record in step {
        if let Fact::Input { .. } = &record.fact {
            seats.push(now.clone());
        } else if let Fact::NodeStarted { terminal, node, .. } = &record.fact {
            now.insert(terminal.clone(), node.clone());
        } else if let Fact::NodeStopped { terminal, .. } = &record.fact {
            now.remove(terminal);
        }
    }
    seats
}

/// How many inputs the section's answers have, and how many of them are optional.
pub(super) fn optional_inputs(lesson: &Lesson, section: usize) -> (usize, usize) {
    let tasks = lesson.sections[section].steps.iter().map(|step| &step.task);
    tasks.fold((0, 0), |(inputs, optional), task| match task {
        crate::lesson::Task::Do { answer, optional: may, .. } => (
            inputs + answer.iter().filter(|input| !matches!(input, Input::Choose(_))).count(),
            optional + may.len(),
        ),
        crate::lesson::Task::Ask(_) | crate::lesson::Task::AskMissed => (inputs, optional),
    })
}
