//! The replay of one answer a step, sections side by side.

use std::{
    collections::BTreeMap,
    path::PathBuf,
    sync::Arc,
    time::{Duration, Instant},
};

use tokio::{
    sync::{Semaphore, mpsc},
    task::JoinSet,
};

use crate::{
    cluster::{Site, runtime::Runtime},
    error::{Error, Result},
    lesson::{Input, Lang, Lesson, RenderedDiagnostic, Step, StepId, Verdict, answers::Record},
};

pub use crate::session::Position;

use super::{Scheme, StepResult, messages, order::longest_first, section::SectionRun};

/// An answer a step; steps without one are failed unless `model` fills in.
#[derive(Debug, Clone)]
pub enum Answers {
    Model,
    Given(crate::lesson::Answers),
}

#[derive(Debug, Clone)]
pub struct Options {
    pub runtime: Runtime,
    pub cache: PathBuf,
    /// The program that guards the nodes: `moebi` itself.
    pub guardian: PathBuf,
    /// Of hints and of what a timeline says.
    pub lang: Lang,
    /// Only this section.
    pub section: Option<String>,
    /// Only this step, after what it needs.
    pub step: Option<String>,
    /// One for each section that may run at once.
    pub places: Arc<Semaphore>,
    pub scheme: Scheme,
    /// Where the terminals are: here, or each section's in a cell of its own.
    pub site: Site,
    /// How long one section may take in all, where that is bounded.
    pub section_time: Option<Duration>,
}

impl Answers {
    pub(super) fn of(&self, step: &Step) -> Option<Vec<Input>> {
        match self {
            Self::Model => Some(step.answer()),
            Self::Given(answers) => answers.of(step.id.as_str()).map(<[Input]>::to_vec),
        }
    }

    /// Why the answer to that step can't be read, if it can't.
    pub(super) fn fault_of(&self, step: &StepId) -> Option<&RenderedDiagnostic> {
        match self {
            Self::Model => None,
            Self::Given(answers) => answers.fault_of(step),
        }
    }

    pub(super) fn record_of(&self, step: &str) -> Option<Record> {
        match self {
            Self::Model => None,
            Self::Given(answers) => answers.record_of(step),
        }
    }
}

/// Replays the answers. `heard` is told of each step as soon as its verdict is final, in whatever order that comes
/// about; all of them are given back in the lesson's order.
///
/// # Errors
/// There is no such section or step. What could not run is a verdict.
pub async fn run(
    lesson: &Arc<Lesson>,
    answers: &Answers,
    options: &Options,
    heard: mpsc::UnboundedSender<StepResult>,
) -> Result<Vec<StepResult>> {
    let (results, mut finished) = mpsc::unbounded_channel();
    let mut sections = begin(lesson, answers, options, results)?;
    let mut done = BTreeMap::new();
    while let Some((place, result)) = finished.recv().await {
        let _ = heard.send(result.clone());
        done.insert(place, result);
    }
    while let Some(joined) = sections.join_next().await {
        // A section that panicked leaves steps without a verdict, which is told below.
        joined.unwrap_or(Ok(()))?;
    }
    for place in wanted(lesson, options)? {
        done.entry(place).or_insert_with(|| {
            let result = broken_off(lesson, place);
            let _ = heard.send(result.clone());
            result
        });
    }
    Ok(done.into_values().collect())
}

/// Each section is a task of its own; `results` hears from all of them, and closes when they are through.
fn begin(
    lesson: &Arc<Lesson>,
    answers: &Answers,
    options: &Options,
    results: mpsc::UnboundedSender<(Position, StepResult)>,
) -> Result<JoinSet<Result<()>>> {
    let (answers, options) = (Arc::new(answers.clone()), Arc::new(options.clone()));
    let mut sections = JoinSet::new();
    for index in longest_first(lesson, wanted_sections(lesson, &options)?) {
        let (lesson, answers, options) = (lesson.clone(), answers.clone(), options.clone());
        let (results, places) = (results.clone(), options.places.clone());
        // Taken here where there is one, since tasks begin in any order.
        let place = places.clone().try_acquire_owned().ok();
        sections.spawn(async move {
            let _place = match place {
                Some(place) => place,
                None => places.acquire_owned().await.map_err(|_| Error::interrupted())?,
            };
            SectionRun {
                lesson,
                answers,
                options,
                index,
                results,
                done: BTreeMap::new(),
                fell_short: None,
                began: Instant::now(),
            }
            .play()
            .await
        });
    }
    Ok(sections)
}

fn broken_off(lesson: &Lesson, place: Position) -> StepResult {
    let bare = StepResult::bare(place.section(lesson), place.step(lesson), Verdict::CouldNotRun, 0.0);
    StepResult { seen: Some(messages::broke_off()), ..bare }
}

/// Every step that a run with these options has a result of, in the lesson's order.
///
/// # Errors
/// There is no such section or step.
pub fn wanted(lesson: &Lesson, options: &Options) -> Result<Vec<Position>> {
    if let Some(step) = &options.step {
        return Ok(vec![place(lesson, step)?]);
    }
    let steps = |section: usize| {
        let count = lesson.sections[section].steps.len();
        (0..count).map(move |step| Position { section, step })
    };
    Ok(wanted_sections(lesson, options)?.into_iter().flat_map(steps).collect())
}

fn wanted_sections(lesson: &Lesson, options: &Options) -> Result<Vec<usize>> {
    if let Some(step) = &options.step {
        return Ok(vec![place(lesson, step)?.section]);
    }
    let Some(wanted) = &options.section else { return Ok((0..lesson.sections.len()).collect()) };
    let index = lesson.sections.iter().position(|section| section.id.as_str() == wanted);
    index.map(|index| vec![index]).ok_or_else(|| {
        let ids: Vec<_> = lesson.sections.iter().map(|section| section.id.as_str()).collect();
        Error::usage(messages::no_section(wanted)).hint(messages::it_has(&ids.join(", ")))
    })
}

fn place(lesson: &Lesson, step: &str) -> Result<Position> {
    Position::of(lesson, step).ok_or_else(|| unknown(step, Position::like(lesson, step)))
}

fn unknown(word: &str, near: Option<StepId>) -> Error {
    let error = Error::usage(messages::no_step(word));
    match near {
        Some(near) => error.hint(messages::did_you_mean(&near)),
        None => error.hint(messages::export_lists()),
    }
}
