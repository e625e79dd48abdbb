//! Every wrong answer of the lesson on real nodes, a test each: it must not pass, and its mistake must be recognised.

#[path = "common/mod.rs"]
mod common;

use std::sync::Arc;

use common::learner::{lesson, settings};
use libtest_mimic::{Arguments, Failed, Trial};
use moebi::{
    cluster::Cluster,
    guide::{Attempted, Guide},
    lesson::{Lang, Lesson, Verdict},
    session::Place,
};

/// Most of a wrong answer's time is waiting for what does not come, so more run at once than there are cores.
const LANES: usize = 4;

fn main() {
    let mut arguments = Arguments::from_args();
    arguments.test_threads = arguments.test_threads.or(Some(LANES));
    let trials = trials(&lesson());
    libtest_mimic::run(&arguments, trials).exit();
}

fn trials(lesson: &Arc<Lesson>) -> Vec<Trial> {
    let mut trials = Vec::new();
    for (section, content) in lesson.sections.iter().enumerate() {
        for (step, wrong_of) in content.steps.iter().enumerate() {
            for (number, wrong) in wrong_of.wrong.iter().enumerate() {
                let mistake = wrong.mistake.as_ref().map_or("", |mistake| mistake.as_str());
                let name = format!("{}::{}::{} {mistake}", content.id, wrong_of.id, number + 1);
                let (lesson, place) = (lesson.clone(), Place { section, step });
                trials.push(Trial::test(name, move || falls_short(&lesson, place, number)));
            }
        }
    }
    trials
}

fn falls_short(lesson: &Arc<Lesson>, place: Place, number: usize) -> Result<(), Failed> {
    let wrong = &place.step(lesson).wrong[number];
    let attempted = attempt(lesson, place, number)?;
    let recognised = attempted.mistake.as_ref().map(|mistake| mistake.as_str());
    let expected = wrong.mistake.as_ref().map(|mistake| mistake.as_str());
    if attempted.verdict == Verdict::Passed {
        return Err(format!("it passed: {:#?}", wrong.answer).into());
    }
    if expected.is_some() && recognised != expected {
        return Err(format!("recognised as {recognised:?}; {:#?}", attempted.findings).into());
    }
    Ok(())
}

fn attempt(lesson: &Arc<Lesson>, place: Place, number: usize) -> Result<Attempted, Failed> {
    let threads = tokio::runtime::Runtime::new()?;
    let workspace = tempfile::tempdir()?;
    let attempted = threads.block_on(async {
        let cluster = Cluster::new(settings(workspace.path().to_owned())).await?;
        let mut guide = Guide::unattended(lesson.clone(), Lang::En, cluster);
        let attempted = guide.attempt_from_start(place, &place.step(lesson).wrong[number].answer).await;
        let ended = guide.shutdown().await;
        attempted.and_then(|attempted| ended.map(|()| attempted))
    })?;
    Ok(attempted)
}
