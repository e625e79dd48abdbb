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
    time::timeout,
};

use crate::{
    cluster::{Cluster, Settings, Site, runtime::Runtime},
    error::{Error, Result},
    guide::{Attempted, Guide, Outcome},
    lesson::{
        Fact, Finding, Holds, Input, Lang, Lesson, MistakeId, Prompt, Section, Step, StepId, Task,
        TerminalName, Verdict,
    },
    session::Place,
    words::Words,
};

use super::{order::longest_first, words};

/// How long a bare `iex` may take to show that this machine can run one.
const BARE_IEX: Duration = Duration::from_secs(20);

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
    pub lang: Lang,
    /// Only this section.
    pub section: Option<String>,
    /// Only this step, after what it needs.
    pub step: Option<String>,
    /// How many sections run at once.
    pub jobs: usize,
}

#[derive(Debug, Clone)]
pub struct StepResult {
    pub section: String,
    pub step: String,
    pub verdict: Verdict,
    /// The first condition that did not hold, and what was seen instead.
    pub expected: Option<Words>,
    pub seen: Option<Words>,
    pub hint: Option<String>,
    pub mistake: Option<MistakeId>,
    pub took: Duration,
}

/// For a progress line: a step is done.
#[derive(Debug, Clone)]
pub struct Progressed {
    pub section: String,
    pub step: String,
    pub verdict: Verdict,
}

impl Answers {
    fn of(&self, step: &Step) -> Option<Vec<Input>> {
        match self {
            Self::Model => Some(step.answer()),
            // Nobody has missed anything here, so there is nothing to answer.
            Self::Given(_) if matches!(step.task, Task::AskMissed) => Some(Vec::new()),
            Self::Given(answers) => answers.of(step.id.as_str()).map(<[Input]>::to_vec),
        }
    }
}

/// Replays the answers; results come in the lesson's order. `watch` hears of each step as it ends.
pub async fn run(
    lesson: &Arc<Lesson>,
    answers: &Answers,
    options: &Options,
    watch: mpsc::UnboundedSender<Progressed>,
) -> Result<Vec<StepResult>> {
    let places = Arc::new(Semaphore::new(options.jobs.max(1)));
    let mut sections = JoinSet::new();
    for index in longest_first(lesson, wanted_sections(lesson, options)?) {
        let (lesson, answers, options) = (lesson.clone(), answers.clone(), options.clone());
        let (watch, places) = (watch.clone(), places.clone());
        // Taken here, since tasks begin in any order.
        let place = places.clone().try_acquire_owned().ok();
        sections.spawn(async move {
            let _place = match place {
                Some(place) => place,
                None => places.acquire_owned().await.map_err(|_| Error::interrupted())?,
            };
            let run = SectionRun { lesson, answers, options, index, watch, results: Vec::new() };
            Ok::<_, Error>((index, run.play().await?))
        });
    }
    let mut done = BTreeMap::new();
    while let Some(joined) = sections.join_next().await {
        let (index, results) = joined.map_err(|e| Error::could_not_run(words::broke_off()).because(e))??;
        done.insert(index, results);
    }
    Ok(done.into_values().flatten().collect())
}

fn wanted_sections(lesson: &Lesson, options: &Options) -> Result<Vec<usize>> {
    if let Some(step) = &options.step {
        let place = Place::of(lesson, step).ok_or_else(|| unknown(step, Place::like(lesson, step)))?;
        return Ok(vec![place.section]);
    }
    let Some(wanted) = &options.section else { return Ok((0..lesson.sections.len()).collect()) };
    let index = lesson.sections.iter().position(|section| section.id.as_str() == wanted);
    index.map(|index| vec![index]).ok_or_else(|| {
        let ids: Vec<_> = lesson.sections.iter().map(|section| section.id.as_str()).collect();
        Error::usage(words::no_section(wanted)).hint(words::it_has(&ids.join(", ")))
    })
}

fn unknown(word: &str, near: Option<StepId>) -> Error {
    let error = Error::usage(words::no_step(word));
    match near {
        Some(near) => error.hint(words::did_you_mean(&near)),
        None => error.hint(words::export_lists()),
    }
}

struct SectionRun {
    lesson: Arc<Lesson>,
    answers: Answers,
    options: Options,
    index: usize,
    watch: mpsc::UnboundedSender<Progressed>,
    results: Vec<StepResult>,
}

impl SectionRun {
    async fn play(mut self) -> Result<Vec<StepResult>> {
        let cluster = Cluster::new(self.settings()).await?;
        let mut guide = Guide::unattended(self.lesson.clone(), self.options.lang, cluster);
        let began = Instant::now();
        let started = guide.start_section(self.index).await;
        let failed = guide.failed_commands().next();
        let played = match (started, failed) {
            (Ok(Outcome::CameBack), None) => self.play_steps(&mut guide).await,
            (Ok(Outcome::CameBack), Some(failed)) => {
                self.cannot_run(failed.told(), began.elapsed());
                Ok(())
            }
            (Ok(Outcome::TimedOut), _) => {
                self.cannot_run(words::nodes_did_not_start(), began.elapsed());
                Ok(())
            }
            (Err(error), _) => Err(error),
        };
        let ended = guide.shutdown().await;
        played.and(ended).map(|()| self.results)
    }

    fn settings(&self) -> Settings {
        Settings {
            terminals: self.lesson.terminals.clone(),
            site: Site::Passing,
            runtime: self.options.runtime.clone(),
            cache: self.options.cache.clone(),
            guardian: self.options.guardian.clone(),
            size: (80, 24),
        }
    }

    async fn play_steps(&mut self, guide: &mut Guide) -> Result<()> {
        let lesson = self.lesson.clone();
        let section = &lesson.sections[self.index];
        for (number, step) in section.steps.iter().enumerate() {
            if !self.is_wanted(section, step) {
                continue;
            }
            let place = Place { section: self.index, step: number };
            let result = match self.unmet_need(step) {
                Some(need) => skipped(section, step, need),
                None => self.judge_step(guide, place).await?,
            };
            let (section, step, verdict) = (result.section.clone(), result.step.clone(), result.verdict);
            let _ = self.watch.send(Progressed { section, step, verdict });
            self.results.push(result);
        }
        if let Some(only) = &self.options.step {
            self.results.retain(|result| result.step == *only);
        }
        Ok(())
    }

    /// With `--step`, only that step and those it needs, and those that they need.
    fn is_wanted(&self, section: &Section, step: &Step) -> bool {
        let Some(only) = &self.options.step else { return true };
        let mut wanted = vec![only.as_str()];
        for candidate in section.steps.iter().rev() {
            if wanted.contains(&candidate.id.as_str()) {
                wanted.extend(candidate.needs.iter().map(StepId::as_str));
            }
        }
        wanted.contains(&step.id.as_str())
    }

    fn unmet_need<'a>(&self, step: &'a Step) -> Option<&'a StepId> {
        let failed = |need: &&StepId| {
            self.results
                .iter()
                .any(|result| result.step == need.as_str() && result.verdict != Verdict::Passed)
        };
        step.needs.iter().find(failed)
    }

    async fn judge_step(&self, guide: &mut Guide, place: Place) -> Result<StepResult> {
        let (section, step) = (place.section(&self.lesson), place.step(&self.lesson));
        let Some(answer) = self.answers.of(step) else {
            return Ok(StepResult {
                expected: Some(words::an_answer()),
                seen: Some(words::no_answer()),
                ..blank(section, step, Verdict::Failed)
            });
        };
        let mut attempted = guide.attempt(place, &answer).await?;
        let is_suspect = match attempted.verdict {
            Verdict::TimedOut => true,
            Verdict::Failed => guide.failed_commands().next().is_some(),
            Verdict::Passed | Verdict::Skipped | Verdict::CouldNotRun => false,
        };
        if is_suspect && !self.can_run_iex().await {
            attempted.verdict = Verdict::CouldNotRun;
        }
        Ok(self.result(guide, section, step, attempted))
    }

    fn result(&self, guide: &Guide, section: &Section, step: &Step, attempted: Attempted) -> StepResult {
        let Attempted { verdict, findings, mistake, took } = attempted;
        if verdict == Verdict::Passed {
            return StepResult { took, ..blank(section, step, verdict) };
        }
        let first = |holds| findings.iter().find(|finding| finding.holds == holds).cloned();
        let unmet = first(Holds::NotYet).or_else(|| first(Holds::SoFar));
        let (expected, seen) =
            unmet.map_or((None, None), |Finding { expected, seen, .. }| (Some(expected), seen));
        let advice = mistake.as_ref().and_then(|mistake| guide.session().advice(mistake));
        let hint =
            advice.map(|advice| advice.attempt).or_else(|| guide.session().prose().hints.last().cloned());
        StepResult { expected, seen, hint, mistake, took, ..blank(section, step, verdict) }
    }

    /// Whether a bare `iex`, without the learner's files, runs here at all: whose fault a time-out is.
    async fn can_run_iex(&self) -> bool {
        let shell = TerminalName::parse("shell").expect("`shell` is a name");
        let settings = Settings { terminals: vec![shell.clone()], ..self.settings() };
        let Ok(mut cluster) = Cluster::new(settings).await else { return false };
        cluster.enter(&shell, "iex");
        let runs = timeout(BARE_IEX, async {
            loop {
                match cluster.next().await {
                    crate::cluster::Event::Fact(Fact::Prompt { prompt: Prompt::Iex { .. }, .. }) => {
                        return true;
                    }
                    crate::cluster::Event::Fact(Fact::CommandEnded { .. }) => return false,
                    crate::cluster::Event::Fact(_)
                    | crate::cluster::Event::Raw { .. }
                    | crate::cluster::Event::Probed { .. }
                    | crate::cluster::Event::Parsed { .. }
                    | crate::cluster::Event::Completed { .. }
                    | crate::cluster::Event::Interrupted { .. }
                    | crate::cluster::Event::BootTimedOut { .. }
                    | crate::cluster::Event::CellEnded(_)
                    | crate::cluster::Event::Failed { .. } => {}
                }
            }
        });
        let runs = runs.await.unwrap_or(false);
        cluster.shutdown().await.is_ok() && runs
    }

    fn cannot_run(&mut self, why: Words, took: Duration) {
        let lesson = self.lesson.clone();
        let section = &lesson.sections[self.index];
        let results = section.steps.iter().filter(|step| self.is_wanted(section, step)).map(|step| {
            StepResult { seen: Some(why.clone()), took, ..blank(section, step, Verdict::CouldNotRun) }
        });
        self.results = results.collect();
    }
}

fn blank(section: &Section, step: &Step, verdict: Verdict) -> StepResult {
    StepResult {
        section: section.id.to_string(),
        step: step.id.to_string(),
        verdict,
        expected: None,
        seen: None,
        hint: None,
        mistake: None,
        took: Duration::ZERO,
    }
}

fn skipped(section: &Section, step: &Step, need: &StepId) -> StepResult {
    StepResult { seen: Some(words::need_did_not_pass(need)), ..blank(section, step, Verdict::Skipped) }
}
