//! `moebi lesson test`: that each checkpoint of a lesson can fail, and that it is fair.
//!
//! First the model answers one section after the other, side by side; what they leave as evidence is what the rest
//! is made of. Then lanes make every other attempt, each on nodes of its own that were brought to where the step
//! begins. Where all that an attempt did can be undone, the next one at the same step has its nodes.

mod cache;
mod forgery;
mod lane;
pub mod messages;
mod model_run;
mod mutant;
mod plan;
mod queue;
mod report;
mod shown;
#[cfg(test)]
mod tests;
mod trial;

use std::{
    collections::{BTreeMap, BTreeSet},
    path::PathBuf,
    sync::{Arc, Mutex, PoisonError},
    time::Instant,
};

use tokio::{
    sync::{Semaphore, mpsc},
    task::JoinSet,
};

use crate::{
    cluster::runtime::Runtime,
    error::{Error, Result},
    i18n::Localized,
    lesson::{Lang, Lesson, StepId},
    session::Position,
};

use cache::Cache;
use lane::Lane;
use model_run::ModelOutcome;
use queue::Queue;
use report::Counts;
pub use report::{Report, junit};
use shown::Shown;
pub use trial::{Diagnostic, Kind, Trial};

/// Of so many inputs of a section, one may be optional.
const INPUTS_A_WHIM: usize = 10;

#[derive(Debug, Clone)]
pub struct Options {
    pub runtime: Runtime,
    pub cache: PathBuf,
    /// The program that guards the nodes: `moebi` itself.
    pub guardian: PathBuf,
    pub lang: Lang,
    /// Only this section.
    pub section: Option<String>,
    /// Only this step.
    pub step: Option<String>,
    /// How many attempts run at once.
    pub jobs: usize,
    /// How many times each attempt is made.
    pub repeat: usize,
    /// What the nodes tell arrives late, now and then.
    pub jitter: bool,
    /// Steps that were proved before are proved again.
    pub afresh: bool,
    /// Each condition must be needed by some answer.
    pub mutants: bool,
}

/// For a progress line.
#[derive(Debug, Clone)]
pub enum Progressed {
    /// So many attempts are to be made.
    Planned(usize),
    /// An attempt at this step was made.
    Tried(StepId),
}

/// How an attempt went.
#[derive(Debug)]
pub struct Tried {
    pub place: Position,
    pub kind: Kind,
    pub complaint: Option<Diagnostic>,
    /// Whether nodes were brought to the step for it, rather than taken over from the attempt before.
    is_fresh: bool,
    /// What it shows of the step's conditions and mistakes; nothing where it could not be made.
    shown: Shown,
}

struct Work {
    lesson: Arc<Lesson>,
    options: Options,
    queue: Mutex<Queue>,
    watch: mpsc::UnboundedSender<Progressed>,
}

/// Runs every attempt. Whoever drops this future ends every node.
///
/// # Errors
/// No such section or step; this machine can't run it.
pub async fn run(
    lesson: &Arc<Lesson>,
    options: &Options,
    watch: mpsc::UnboundedSender<Progressed>,
) -> Result<Report> {
    let began = Instant::now();
    let places = wanted(lesson, options)?;
    let mut cache = Cache::open(options);
    let is_new = options.afresh || options.jitter || options.repeat > 1;
    let known = |place: &Position| Some((*place, cache.find(lesson, *place).filter(|_| !is_new)?));
    let known: BTreeMap<Position, Counts> = places.iter().filter_map(known).collect();
    let open: BTreeSet<Position> =
        places.iter().filter(|place| !known.contains_key(place)).copied().collect();
    // Kept step by step: whoever breaks off goes on from there.
    let keep = |place: Position, tried: &[Tried]| {
        if let Some(counts) = proved(lesson, place, tried, options.mutants) {
            cache.put(lesson, place, counts);
            // Without it, the same is only proved once more.
            let _ = cache.save();
        }
    };
    let tried = attempts(lesson, &open, options, watch, keep).await?;
    // Of one step's inputs, nobody can say whether they are too many of the section's.
    let sections: BTreeSet<usize> = places.iter().map(|place| place.section).collect();
    let whole = sections.into_iter().filter(|_| options.step.is_none());
    let whims = whole.filter_map(|section| whims(lesson, section));
    let more: Vec<_> = whims.chain(shown::complaints(lesson, &tried, options.mutants)).collect();
    Ok(Report::new(lesson, options, (&places, &known), (&tried, &more), began.elapsed()))
}

/// The model's run of each section that has something to be tried, and then all that. `done` is told of each step once all
/// of it has been tried, with all that was tried until then.
async fn attempts(
    lesson: &Arc<Lesson>,
    open: &BTreeSet<Position>,
    options: &Options,
    watch: mpsc::UnboundedSender<Progressed>,
    mut done: impl FnMut(Position, &[Tried]),
) -> Result<Vec<Tried>> {
    let mut tried = Vec::new();
    let mut queue = Queue::default();
    for (outcome, is_first) in run_model(lesson, open, options).await? {
        let ModelOutcome { passed, complaint, misread, trials } = outcome;
        let of_model =
            |place, complaint, shown| Tried { place, kind: Kind::Model, complaint, is_fresh: false, shown };
        tried.extend(passed.into_iter().map(|(place, shown)| of_model(place, None, shown)));
        let failed = complaint.map(|complaint| {
            let place = Position { section: complaint.section, step: complaint.step.unwrap_or_default() };
            of_model(place, Some(complaint), Shown::default())
        });
        tried.extend(failed);
        let misread = misread.into_iter().filter(|(place, _)| open.contains(place));
        tried.extend(misread.map(|(place, complaint)| of_model(place, Some(complaint), Shown::default())));
        let trials = trials.into_iter().filter(|trial| is_first && open.contains(&trial.place));
        queue.extend(trials.flat_map(|trial| std::iter::repeat_n(trial, options.repeat)));
    }
    let _ = watch.send(Progressed::Planned(queue.len()));
    let mut left = queue.lengths();
    open.iter().filter(|place| !left.contains_key(place)).for_each(|place| done(*place, &tried));
    let work = Work { lesson: lesson.clone(), options: options.clone(), queue: Mutex::new(queue), watch };
    lanes(work, |one| {
        let place = one.place;
        tried.push(one);
        let left = left.entry(place).or_default();
        *left = left.saturating_sub(1);
        if *left == 0 {
            done(place, &tried);
        }
    })
    .await?;
    tried.retain(|tried| open.contains(&tried.place) || tried.complaint.is_some());
    Ok(tried)
}

/// How the attempts at a step came out, if its model answer passed and nothing drew a complaint.
fn proved(lesson: &Lesson, place: Position, tried: &[Tried], mutants: bool) -> Option<Counts> {
    let here: Vec<&Tried> = tried.iter().filter(|tried| tried.place == place).collect();
    let is_proved = !here.is_empty()
        && here.iter().all(|tried| tried.complaint.is_none())
        && shown::complaints_at(lesson, place, &here, mutants).is_empty();
    is_proved.then(|| Counts::of(place, &here))
}

/// The steps that were asked for.
fn wanted(lesson: &Lesson, options: &Options) -> Result<Vec<Position>> {
    if let Some(step) = &options.step {
        return Position::of(lesson, step).map(|place| vec![place]).ok_or_else(|| {
            let error = Error::usage(crate::check::messages::no_step(step));
            match Position::like(lesson, step) {
                Some(near) => error.hint(crate::check::messages::did_you_mean(&near)),
                None => error,
            }
        });
    }
    let is_it = |id: &str| options.section.as_deref().is_none_or(|wanted| wanted == id);
    let sections = lesson.sections.iter().enumerate().filter(|(_, section)| is_it(section.id.as_str()));
    let places = sections
        .flat_map(|(section, content)| (0..content.steps.len()).map(move |step| Position { section, step }));
    match &options.section {
        Some(id) if !lesson.sections.iter().any(|section| section.id.as_str() == id) => {
            let ids: Vec<_> = lesson.sections.iter().map(|section| section.id.as_str()).collect();
            let known = crate::check::messages::it_has(&ids.join(", "));
            Err(Error::usage(crate::check::messages::no_section(id)).hint(known))
        }
        Some(_) | None => Ok(places.collect()),
    }
}

/// Section by section, each up to its last open step, as often as is asked for; with whether it is the first time.
async fn run_model(
    lesson: &Arc<Lesson>,
    open: &BTreeSet<Position>,
    options: &Options,
) -> Result<Vec<(ModelOutcome, bool)>> {
    let permits = Arc::new(Semaphore::new(options.jobs.max(1)));
    let mut running = JoinSet::new();
    let sections: BTreeMap<usize, usize> = open.iter().map(|place| (place.section, place.step)).collect();
    for (time, (section, last)) in
        (0..options.repeat).flat_map(|time| sections.iter().map(move |at| (time, at)))
    {
        let (section, last) = (*section, *last);
        let (lesson, options, permits) = (lesson.clone(), options.clone(), permits.clone());
        running.spawn(async move {
            let _permit = permits.acquire_owned().await.map_err(|_| Error::interrupted())?;
            let outcome = model_run::run_model(&lesson, section, last, &options).await?;
            Ok::<_, Error>((outcome, time == 0))
        });
    }
    let mut outcome = Vec::new();
    while let Some(joined) = running.join_next().await {
        outcome.push(joined.map_err(broke_off)??);
    }
    Ok(outcome)
}

/// `told` of each attempt as it has been made.
async fn lanes(work: Work, mut told: impl FnMut(Tried)) -> Result<()> {
    let work = Arc::new(work);
    let (made, mut attempts) = mpsc::unbounded_channel();
    let mut lanes = JoinSet::new();
    for _ in 0..work.options.jobs.max(1) {
        lanes.spawn(lane(work.clone(), made.clone()));
    }
    drop(made);
    loop {
        tokio::select! {
            Some(tried) = attempts.recv() => told(tried),
            Some(joined) = lanes.join_next() => joined.map_err(broke_off)??,
            else => return Ok(()),
        }
    }
}

/// Makes attempts until none is left.
async fn lane(work: Arc<Work>, told: mpsc::UnboundedSender<Tried>) -> Result<()> {
    let mut bench: Option<Lane> = None;
    while let Some(trial) = work.take(bench.as_ref().map(Lane::place)) {
        let fit = match bench.take() {
            Some(bench) if bench.place() == trial.place => Some(bench),
            Some(bench) => {
                Box::pin(bench.end()).await?;
                None
            }
            None => None,
        };
        let is_fresh = fit.is_none();
        let fit = match fit {
            Some(bench) => Some(bench),
            None => Lane::at(trial.place, &work.lesson, &work.options).await?,
        };
        let (complaint, shown) = match fit {
            Some(fit) => {
                let (made, left) = Box::pin(fit.attempt(&trial)).await?;
                bench = left;
                let shown = Shown::by(&trial, &made);
                (made.complaint, shown)
            }
            None => (Some(trial.could_not_run(messages::not_brought_there())), Shown::default()),
        };
        let _ = work.watch.send(Progressed::Tried(trial.place.step(&work.lesson).id.clone()));
        let _ = told.send(Tried { place: trial.place, kind: trial.kind(), complaint, is_fresh, shown });
    }
    if let Some(bench) = bench {
        Box::pin(bench.end()).await?;
    }
    Ok(())
}

impl Work {
    fn take(&self, place: Option<Position>) -> Option<Trial> {
        // No lane panics while it holds the queue; if one did, the queue would still be whole.
        self.queue.lock().unwrap_or_else(PoisonError::into_inner).take(place)
    }
}

fn broke_off(error: tokio::task::JoinError) -> Error {
    Error::could_not_run(messages::broke_off()).because(error)
}

/// A section that forgives too much.
fn whims(lesson: &Lesson, section: usize) -> Option<Diagnostic> {
    let (inputs, optional) = model_run::optional_inputs(lesson, section);
    let what: Option<Localized> =
        (optional * INPUTS_A_WHIM > inputs).then(|| messages::too_many_optional(optional, inputs));
    what.map(|what| Diagnostic {
        section,
        step: None,
        kind: Kind::LeftOut,
        what,
        tried: Vec::new(),
        seen: Vec::new(),
        could_not_run: false,
    })
}
