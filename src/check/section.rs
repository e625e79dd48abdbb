//! One section: its answers one after the other, on nodes of its own.
//!
//! Behind an answer that fell short, nodes and files are brought to where the next step begins: each step is judged by
//! itself. What this machine gets wrong is tried once more, from the section's start on fresh nodes: what has passed
//! before is replayed there, and its verdict stands. An answer that fell short is never tried again.

use std::{
    collections::BTreeMap,
    sync::Arc,
    time::{Duration, Instant},
};

use tokio::{sync::mpsc, time::timeout};

use crate::{
    cluster::{Cluster, Settings, cell::End},
    error::{Kind, Result},
    guide::{Attempted, Guide, Outcome, messages as guide_messages},
    i18n::{Localized, Verbatim},
    lesson::{
        Advice, ChoiceProse, Condition, Holds, Input, Lesson, Section, Step, StepId, Task, Verdict,
        confusable,
    },
    session::Position,
};

use super::{Answers, Options, StepResult, messages, plain_iex, scheme::share, timeline::moments};

/// Longer than anything that a deadline of its own has.
const NEVER: Duration = Duration::from_secs(24 * 60 * 60);

pub(super) struct SectionRun {
    pub lesson: Arc<Lesson>,
    pub answers: Arc<Answers>,
    pub options: Arc<Options>,
    pub index: usize,
    /// Hears of each step as soon as its verdict is final.
    pub results: mpsc::UnboundedSender<(Position, StepResult)>,
    /// The verdicts that stand, by the step's number.
    pub done: BTreeMap<usize, Verdict>,
    /// The last step before that did not pass; none where the nodes are where the next step begins.
    pub fell_short: Option<StepId>,
    pub began: Instant,
}

/// What ended a round before its last step.
struct Fault {
    why: Localized,
    /// The step that may have brought it about, and what it comes to if so.
    suspect: Option<(usize, StepResult)>,
}

impl Fault {
    /// This machine's, or the lesson's own.
    fn of_nobody(why: Localized) -> Self {
        Self { why, suspect: None }
    }

    fn suspected(&self) -> Option<usize> {
        self.suspect.as_ref().map(|(number, _)| *number)
    }
}

impl SectionRun {
    pub(super) async fn play(mut self) -> Result<()> {
        let Some(first) = self.round().await? else { return Ok(()) };
        let Some(second) = self.round().await? else { return Ok(()) };
        match second.suspect {
            Some((number, result)) if first.suspected() == Some(number) => self.convict(number, result),
            Some(_) | None => self.give_up(&second.why),
        }
        Ok(())
    }

    /// Plays the section on fresh nodes as far as it goes; what has a verdict keeps it.
    async fn round(&mut self) -> Result<Option<Fault>> {
        let played = match self.on_fresh_nodes().await {
            Err(error) if error.kind() == Kind::CouldNotRun => Some(Fault::of_nobody(error.told())),
            played => played?,
        };
        let Some(fault) = played.filter(|_| self.is_unfinished()) else { return Ok(None) };
        if fault.suspect.is_some() && !plain_iex::runs(self.settings()).await {
            // The nodes and all that ran on them are gone, and still there is no room.
            return Ok(Some(Fault::of_nobody(fault.why)));
        }
        Ok(Some(fault))
    }

    async fn on_fresh_nodes(&mut self) -> Result<Option<Fault>> {
        // Without an answer there is nothing that a node could tell.
        while let Some(number) = self.wanted().into_iter().find(|number| !self.done.contains_key(number))
            && self.decline(number)
        {}
        if !self.is_unfinished() {
            return Ok(None);
        }
        let cluster = Cluster::new(self.settings()).await?;
        let mut guide = Guide::unattended(self.lesson.clone(), self.options.lang, cluster);
        let played = self.play_steps(&mut guide).await;
        let ended = guide.shutdown().await;
        let fault = played?;
        ended.map(|()| fault)
    }

    fn settings(&self) -> Settings {
        Settings {
            terminals: self.lesson.terminals.clone(),
            site: self.options.site.clone(),
            runtime: self.options.runtime.clone(),
            cache: self.options.cache.clone(),
            guardian: self.options.guardian.clone(),
            jitter: false,
            size: (80, 24),
        }
    }

    async fn play_steps(&mut self, guide: &mut Guide) -> Result<Option<Fault>> {
        if guide.start_section(self.index).await? == Outcome::TimedOut {
            return Ok(Some(Fault::of_nobody(messages::nodes_did_not_start())));
        }
        if let Some(failed) = guide.failed_commands().next() {
            return Ok(Some(Fault::of_nobody(failed.told())));
        }
        self.fell_short = None;
        for number in self.wanted() {
            if let Some(fault) = self.play_step(guide, number).await? {
                return Ok(Some(fault));
            }
            let step = &self.section().steps[number];
            match self.done.get(&number) {
                // A question leaves no trace on the nodes.
                _ if !matches!(step.task, Task::Do { .. }) => {}
                Some(Verdict::Passed) => self.fell_short = None,
                Some(_) | None => self.fell_short = Some(step.id.clone()),
            }
        }
        Ok(None)
    }

    async fn play_step(&mut self, guide: &mut Guide, number: usize) -> Result<Option<Fault>> {
        let lesson = self.lesson.clone();
        let place = Position { section: self.index, step: number };
        let step = place.step(&lesson);
        if self.decline(number) {
            return Ok(None);
        }
        if self.done.get(&number).is_some_and(|verdict| *verdict != Verdict::Passed) {
            return Ok(None);
        }
        let answer = self.answers.of(step).unwrap_or_default();
        let time = self.options.section_time.map_or(NEVER, |time| time.saturating_sub(self.began.elapsed()));
        let attempt = async {
            match self.fell_short {
                None => guide.attempt(place, &answer).await,
                Some(_) => guide.attempt_from_start(place, &answer).await,
            }
        };
        let Ok(attempted) = timeout(time, attempt).await else {
            self.stop(number, Verdict::TimedOut, &messages::section_too_long());
            return Ok(None);
        };
        let attempted = attempted?;
        match guide.cell_end() {
            Some(End::Exceeded(excess, limits)) => {
                self.stop(number, Verdict::Failed, &excess.told(&limits));
                return Ok(None);
            }
            Some(End::Lost) => return Ok(Some(Fault::of_nobody(messages::cell_lost()))),
            None => {}
        }
        if self.done.contains_key(&number) {
            let is_other = attempted.verdict != Verdict::Passed;
            return Ok(
                is_other.then(|| Fault::of_nobody(messages::other_the_second_time(&self.title(number))))
            );
        }
        let is_suspect = match attempted.verdict {
            Verdict::TimedOut => true,
            Verdict::Failed => guide.failed_commands().next().is_some(),
            Verdict::Passed | Verdict::Skipped | Verdict::Unanswered | Verdict::CouldNotRun => false,
        };
        let result = self.result(guide, number, &answer, attempted);
        let result = match chosen(guide, &answer) {
            Some(choice) if result.verdict != Verdict::Passed => result.explained(choice),
            Some(_) | None => result,
        };
        if is_suspect && !plain_iex::runs(self.settings()).await {
            return Ok(Some(Fault { why: messages::no_bare_iex(), suspect: Some((number, result)) }));
        }
        self.finish(number, result);
        Ok(None)
    }

    /// Gives the verdict of a step that is not to be tried; false where it is.
    fn decline(&mut self, number: usize) -> bool {
        let lesson = self.lesson.clone();
        let step = &lesson.sections[self.index].steps[number];
        if matches!((&step.task, &*self.answers), (Task::AskMissed, Answers::Given(_))) {
            // Nobody has missed anything here, so there is nothing to ask again.
            self.finish(number, self.bare(number, Verdict::Passed));
            return true;
        }
        if let Some(fault) = self.answers.fault_of(&step.id) {
            let (expected, seen) =
                (Some(messages::a_readable_answer()), Some(Verbatim::said(&fault.told()).into()));
            let hint = fault.help.clone();
            self.finish(number, StepResult { expected, seen, hint, ..self.bare(number, Verdict::Failed) });
            return true;
        }
        if self.answers.of(step).is_some() {
            return false;
        }
        self.finish(number, self.bare(number, Verdict::Unanswered));
        true
    }

    fn result(&self, guide: &Guide, number: usize, answer: &[Input], attempted: Attempted) -> StepResult {
        let Attempted { verdict, findings, already, mistake, stuck, took } = attempted;
        let bare = StepResult { after: self.fell_short.clone(), ..self.bare(number, verdict) };
        if verdict == Verdict::Passed {
            return StepResult { took, ..bare };
        }
        let told = guide.session().told(&findings);
        let first = |holds| told.iter().find(|finding| finding.holds == holds).cloned();
        let unmet = first(Holds::NotYet).or_else(|| first(Holds::SoFar));
        let (expected, seen) =
            unmet.map_or((None, None), |finding| (Some(finding.expected.clone()), finding.instead()));
        let seen = stuck.and_then(|number| did_not_come_back(number, answer)).or(seen);
        let advice = mistake.as_ref().and_then(|mistake| guide.session().advice(mistake));
        let advice = advice.map(|Advice { seen, attempt }| format!("{seen} {attempt}"));
        let hint = advice.or_else(|| guide.session().prose().hints.last().cloned());
        let hint = match typography(answer) {
            Some(odd) => Some([odd.speak(self.options.lang), hint.as_deref().unwrap_or_default()].join(" ")),
            None => hint,
        };
        let came = findings.iter().zip(&already).map(|(finding, was)| finding.holds == Holds::Yes && !was);
        let came: Vec<bool> = came.collect();
        let share = share(conditions(guide.session().step()), &came);
        let earned = self.options.scheme.earned(bare.of, verdict, Some(share));
        let points = earned.map_or(0.0, |(points, _)| points);
        let timeline = moments(guide.session().evidence(), self.options.lang);
        StepResult { points, share, expected, seen, hint, mistake, findings: told, timeline, took, ..bare }
    }

    /// The steps that are played: with `--step`, only that one and those it needs, and those that they need.
    fn wanted(&self) -> Vec<usize> {
        let steps = &self.section().steps;
        let Some(only) = &self.options.step else { return (0..steps.len()).collect() };
        let mut wanted = vec![only.as_str()];
        for candidate in steps.iter().rev() {
            if wanted.contains(&candidate.id.as_str()) {
                wanted.extend(candidate.needs.iter().map(StepId::as_str));
            }
        }
        let is_wanted = |number: &usize| wanted.contains(&steps[*number].id.as_str());
        (0..steps.len()).filter(is_wanted).collect()
    }

    fn is_unfinished(&self) -> bool {
        self.wanted().iter().any(|number| !self.done.contains_key(number))
    }

    /// Twice it has left no room for a bare `iex`, which ran once the step's own processes were gone.
    fn convict(&mut self, number: usize, result: StepResult) {
        self.finish(number, result);
        let title = self.title(number);
        for later in self.wanted() {
            self.skip(later, messages::left_no_room(&title));
        }
    }

    /// What has no verdict yet could not run.
    fn give_up(&mut self, why: &Localized) {
        for number in self.wanted() {
            let result = StepResult { seen: Some(why.clone()), ..self.bare(number, Verdict::CouldNotRun) };
            self.finish(number, result);
        }
    }

    /// Nothing can run in this section any more.
    fn stop(&mut self, number: usize, verdict: Verdict, why: &Localized) {
        self.finish(number, StepResult { seen: Some(why.clone()), ..self.bare(number, verdict) });
        for later in self.wanted() {
            self.skip(later, messages::was_stopped(why));
        }
    }

    fn skip(&mut self, number: usize, why: Localized) {
        self.finish(number, StepResult { seen: Some(why), ..self.bare(number, Verdict::Skipped) });
    }

    /// The first verdict of a step stands.
    fn finish(&mut self, number: usize, result: StepResult) {
        if self.done.contains_key(&number) {
            return;
        }
        self.done.insert(number, result.verdict);
        if self.options.step.as_deref().is_none_or(|only| only == result.step) {
            // Whoever listened has gone: the results are not wanted any more.
            let _ = self.results.send((Position { section: self.index, step: number }, result));
        }
    }

    fn bare(&self, number: usize, verdict: Verdict) -> StepResult {
        let step = &self.section().steps[number];
        let worth = self.options.scheme.worth(self.section(), step);
        let record = self.answers.record_of(step.id.as_str());
        StepResult { record, ..StepResult::bare(self.section(), step, verdict, worth) }
    }

    /// What the learner knows the step by.
    fn title(&self, number: usize) -> Verbatim {
        let titles = &self.lesson.prose(self.options.lang).sections[&self.section().id];
        Verbatim::lesson(titles.steps[&self.section().steps[number].id].title.clone())
    }

    fn section(&self) -> &Section {
        &self.lesson.sections[self.index]
    }
}

/// What a word processor put into an answer, which is named before any other advice.
fn typography(answer: &[Input]) -> Option<Localized> {
    answer.iter().find_map(|input| {
        let Input::Type { text, .. } = input else { return None };
        let found = confusable::first(text);
        let found =
            found.filter(|found| matches!(found.kind, confusable::Kind::Quote | confusable::Kind::Space))?;
        Some(guide_messages::lookalike(&found, text.contains('\n')))
    })
}

fn conditions(step: &Step) -> &[Condition] {
    match &step.task {
        Task::Do { check, .. } => &check.conditions,
        Task::Ask(_) | Task::AskMissed => &[],
    }
}

/// The input of that number (from 1), and whether more was to follow.
fn did_not_come_back(number: usize, answer: &[Input]) -> Option<Localized> {
    let Input::Type { terminal, text } = answer.get(number - 1)? else { return None };
    let input = Verbatim::said(text.trim_end());
    Some(match answer.len() - number {
        0 => messages::did_not_come_back(terminal, &input),
        left => messages::did_not_come_back_before(terminal, &input, left),
    })
}

/// What the lesson says of the choice that answers the present step, if that is a question.
fn chosen<'g>(guide: &'g Guide, answer: &[Input]) -> Option<&'g ChoiceProse> {
    let choice = answer.iter().find_map(|input| match input {
        Input::Choose(choice) => Some(choice),
        Input::Type { .. } | Input::Write { .. } | Input::Edit { .. } | Input::Close(_) | Input::Fault(_) => {
            None
        }
    })?;
    guide.session().prose().ask.as_ref()?.choices.get(choice)
}
