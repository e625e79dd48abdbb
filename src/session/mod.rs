//! The step machine: events in, effects out. Pure: no process, no clock, no screen.
//!
//! A step begins in two strokes. `begin` marks it in the evidence and asks for the probes whose values at the
//! start matter; `open` follows once those are in, and from then on every fact is judged.

mod attempt;
pub mod export;
mod missed;
pub mod notice;
mod place;
pub mod progress;
pub mod resume;
mod summary;
mod wish;
pub mod words;

use std::{collections::BTreeSet, sync::Arc, time::Duration};

use crate::lesson::{
    Advice, ChoiceId, Condition, Evidence, Fact, Finding, Holds, Input, Lang, Lesson, Mistake, MistakeId,
    Prompt, Question, QuestionProse, Section, Step, StepProse, Task, TerminalName, judge, judge::achieved,
    recognise,
};

use attempt::Attempt;
pub use attempt::Stage;
use notice::{Notice, Onward, PredictionRemark, QuestionCard, StepCard, StepMark, Welcome};
pub use place::Place;
use progress::{Outcome, Progress};
use resume::{Resumed, Surroundings};
pub use wish::Wish;

/// How many facts a step may have before outputs are no longer judged one by one.
const FLOOD: usize = 1000;

#[derive(Debug)]
pub enum Event {
    /// Something happened.
    Fact(Fact),
    /// Nothing has happened for the settling time.
    Quiet,
    /// A person wants something of Moebi.
    Wish(Wish),
    /// What was typed at a question; empty leaves a prediction out.
    Chose(String),
    /// Ctrl-C or keys for a program: inputs alone don't tell how this step was done.
    Unrepeatable,
    /// The learner closed a terminal.
    Closed(TerminalName),
}

#[derive(Debug)]
pub enum Effect {
    Show(Notice),
    /// Each is answered by one `Fact::Probed`.
    Probe(Vec<ProbeCall>),
    /// Bring the nodes to where this step begins, then `begin` it.
    Travel(Place),
    /// The present step begins on the nodes as they are.
    GoOn,
    Save,
    Quit,
}

/// How much to take back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    Step,
    Section,
    Lesson,
}

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct ProbeCall {
    pub terminal: TerminalName,
    pub code: String,
    pub pattern: Option<String>,
}

#[derive(Debug)]
pub struct Session {
    lesson: Arc<Lesson>,
    lang: Lang,
    evidence: Evidence,
    place: Place,
    attempt: Attempt,
    progress: Progress,
    probing: Probing,
    quiet: bool,
}

/// Probe replies that are still to come, and whether those that came are older than the newest fact.
#[derive(Debug, Default)]
struct Probing {
    awaited: usize,
    stale: bool,
}

impl Session {
    pub fn new(lesson: Arc<Lesson>, lang: Lang, progress: Progress) -> Self {
        let progress = Progress { nonce: Some(lesson.nonce.to_string()), ..progress };
        Self {
            place: Resumed::of(&lesson, &progress).place,
            attempt: Attempt::new(Stage::Travelling),
            evidence: Evidence::default(),
            probing: Probing::default(),
            quiet: false,
            lesson,
            lang,
            progress,
        }
    }

    pub fn lesson(&self) -> &Arc<Lesson> {
        &self.lesson
    }

    pub fn lang(&self) -> Lang {
        self.lang
    }

    /// From here on in `lang`; `lesson` is the same one, with prose in it.
    pub fn speak(&mut self, lesson: Arc<Lesson>, lang: Lang) {
        self.lesson = lesson;
        self.lang = lang;
        self.progress.lang = Some(lang.to_string());
    }

    /// Takes back what was done; where the lesson goes on then.
    pub fn forget(&mut self, scope: Scope) -> Place {
        let (lesson, place) = (self.lesson.clone(), self.place);
        match scope {
            Scope::Step => {
                self.progress.forget_step(&self.step().id.clone());
                place
            }
            Scope::Section => {
                self.progress.forget_section(place.section(&lesson));
                Place { step: 0, ..place }
            }
            Scope::Lesson => {
                self.progress.forget_all();
                Place::START
            }
        }
    }

    pub fn evidence(&self) -> &Evidence {
        &self.evidence
    }

    pub fn progress(&self) -> &Progress {
        &self.progress
    }

    pub fn place(&self) -> Place {
        self.place
    }

    pub fn stage(&self) -> Stage {
        self.attempt.stage
    }

    pub fn step(&self) -> &Step {
        self.place.step(&self.lesson)
    }

    /// The workspace's files that the present step looks at.
    pub fn files(&self) -> impl Iterator<Item = &str> {
        let mistakes = self.step().mistakes.iter().chain(&self.lesson.mistakes);
        let conditions = self.conditions().iter().chain(mistakes.flat_map(|mistake| &mistake.conditions));
        conditions.flat_map(Condition::files)
    }

    /// Probe replies that have not come yet.
    pub fn awaited_probes(&self) -> usize {
        self.probing.awaited
    }

    /// Whether all was quiet when the latest judgement was made, with probes newer than every other fact.
    pub fn is_settled(&self) -> bool {
        self.quiet && self.probing.awaited == 0 && !self.probing.stale
    }

    /// Leaves for another place: what comes until `begin` is kept as evidence, not judged.
    pub fn depart(&mut self, place: Place) {
        self.place = place;
        self.attempt = Attempt::new(Stage::Travelling);
        self.probing = Probing::default();
        self.quiet = false;
    }

    /// A section's nodes are fresh: nothing that was seen before counts.
    pub fn forget_evidence(&mut self) {
        self.evidence = Evidence::default();
    }

    /// Marks that the present step begins; asks for the probes whose values at the start matter.
    pub fn begin(&mut self, at: Duration, place: Place) -> Vec<Effect> {
        self.depart(place);
        self.evidence.push(at, Fact::StepBegan);
        let changing = |call: &&crate::lesson::Probe| call.changes.is_some();
        let mistakes = self.step().mistakes.iter().chain(&self.lesson.mistakes);
        let of_mistakes = mistakes.flat_map(|mistake| &mistake.conditions);
        let conditions = self.conditions().iter().chain(of_mistakes);
        let calls = conditions.flat_map(Condition::probes).filter(changing).flat_map(calls).collect();
        self.ask_probes(calls)
    }

    /// Judging begins, for nobody to see: a check, a replay.
    pub fn open_silently(&mut self) {
        self.attempt = Attempt::rehearsal();
        self.probing.stale = true;
        self.has_nothing_to_ask();
    }

    /// Judging begins for a learner, who has been shown the card; a prediction is asked for first.
    pub fn open(&mut self, at: Duration) -> Vec<Effect> {
        self.attempt = Attempt::begun(Attempt::first_stage(self.step()), at);
        self.progress.at = Some(self.step().id.to_string());
        self.progress.around = Some(Surroundings::of(&self.lesson, self.place));
        self.probing.stale = true;
        let mut effects = self.ask_missed();
        effects.extend(self.question_card().map(|card| Effect::Show(Notice::Ask(card))));
        effects
    }

    /// `at` is the time since the evidence began.
    pub fn on(&mut self, at: Duration, event: Event) -> Vec<Effect> {
        self.attempt.lives(at);
        match event {
            Event::Fact(fact) => self.on_fact(at, fact),
            Event::Quiet => self.on_quiet(),
            Event::Wish(wish) => self.on_wish(wish),
            Event::Chose(choice) => self.on_choice(&choice),
            Event::Unrepeatable => {
                self.attempt.cannot_be_replayed();
                Vec::new()
            }
            Event::Closed(terminal) => {
                self.attempt.keep(Input::Close(terminal));
                self.attempt.leave_input();
                Vec::new()
            }
        }
    }

    fn on_fact(&mut self, at: Duration, fact: Fact) -> Vec<Effect> {
        let is_reply = matches!(fact, Fact::Probed { .. });
        let is_output = matches!(fact, Fact::Output { .. } | Fact::Message { .. });
        let invites_probes = invites_probes(&fact);
        self.attempt.note(&fact);
        self.evidence.push(at, fact);
        if is_reply {
            self.probing.awaited = self.probing.awaited.saturating_sub(1);
        } else {
            self.quiet = false;
            self.probing.stale = true;
        }
        let mut effects = if is_output && self.is_flooded() { Vec::new() } else { self.review() };
        if invites_probes && self.is_judging() && self.probing.awaited == 0 {
            effects.extend(self.probe_all());
        }
        effects
    }

    /// Probes once more if anything came since they were last asked; judges for good when their replies are in.
    fn on_quiet(&mut self) -> Vec<Effect> {
        // A second quiet in a row: what a probe sees may have changed without a sign.
        self.probing.stale |= self.quiet;
        self.quiet = true;
        if self.probing.stale && self.is_attentive() { self.probe_all() } else { self.review() }
    }

    /// Whether the latest input's terminal has not asked for the next one: more of its answer may be on the way, and
    /// the learner reads that first.
    fn is_answering(&self) -> bool {
        let latest = self.evidence.step().iter().rev().find_map(|record| match &record.fact {
            Fact::Input { terminal, .. } => Some(terminal),
            _other => None,
        });
        latest.is_some_and(|terminal| self.evidence.world().prompts.get(terminal) == Some(&Prompt::Busy))
    }

    /// So much has been printed that it is judged at the next prompt or silence, not at each piece.
    fn is_flooded(&self) -> bool {
        self.evidence.step().len() > FLOOD
    }

    fn is_judging(&self) -> bool {
        matches!(self.attempt.stage, Stage::Open)
    }

    /// Whether it matters that all is quiet.
    pub fn is_attentive(&self) -> bool {
        self.is_judging() || self.is_played_on()
    }

    /// The step is done, and the learner plays on: what goes wrong is still explained.
    fn is_played_on(&self) -> bool {
        self.attempt.stage == Stage::Passed && !self.attempt.is_rehearsal && self.attempt.is_judging_input()
    }

    /// Judges, ticks what has come to hold, and passes the step or names the mistake.
    fn review(&mut self) -> Vec<Effect> {
        if self.is_played_on() {
            return self.look_after();
        }
        if !self.is_judging() || self.probing.awaited > 0 {
            return Vec::new();
        }
        let settled = self.is_settled();
        if self.is_answering() && !settled {
            return Vec::new();
        }
        let findings = judge(self.conditions(), &self.evidence, settled);
        if self.attempt.is_rehearsal {
            self.rehearse(&findings);
            return Vec::new();
        }
        if findings.iter().all(|finding| finding.holds == Holds::Yes) {
            let mut effects = self.ticks(&findings);
            effects.extend(self.pass());
            return effects;
        }
        if !settled || self.is_answering() {
            return Vec::new();
        }
        // What a wrong turn brought about earns no tick.
        let mut effects = match self.wrong_turn() {
            Some(mistake) => self.explain(&mistake),
            None => self.ticks(&findings),
        };
        effects.extend(self.offer());
        effects
    }

    /// What is a wrong turn anywhere is explained to whoever plays on; the step's own are none any more.
    fn look_after(&mut self) -> Vec<Effect> {
        if !self.is_settled() || self.is_answering() {
            return Vec::new();
        }
        let mistake = recognise(&self.lesson.mistakes, &self.evidence).cloned();
        mistake.map_or_else(Vec::new, |mistake| self.explain(&mistake))
    }

    /// A hint is offered, not shown, to a learner who has tried for a while.
    fn offer(&mut self) -> Option<Effect> {
        let has_hints = self.attempt.hints < self.prose().hints.len();
        let needed = self.step().answer().len();
        self.attempt.is_stuck(needed).then_some(Effect::Show(Notice::Stuck { has_hints }))
    }

    /// What has come to hold and can be seen to; where a step has nothing but guards, those.
    fn ticks(&mut self, findings: &[Finding]) -> Vec<Effect> {
        if !self.attempt.has_begun() {
            // What held before anything was done is no news.
            self.attempt.newly_ticked(findings);
            return Vec::new();
        }
        let conditions = self.conditions();
        let shows_all = conditions.iter().all(Condition::is_guard);
        let shown: Vec<bool> =
            conditions.iter().map(|condition| shows_all || !condition.is_guard()).collect();
        let fresh = self.attempt.newly_ticked(findings).into_iter().filter(|index| shown[*index]);
        let said = |index: usize| Finding {
            expected: achieved(&self.conditions()[index]),
            ..findings[index].clone()
        };
        fresh.map(|index| Effect::Show(Notice::Tick(said(index)))).collect()
    }

    /// A question has no conditions, and passes by the right choice alone.
    fn rehearse(&mut self, findings: &[Finding]) {
        if !findings.is_empty() && findings.iter().all(|finding| finding.holds == Holds::Yes) {
            self.attempt.stage = Stage::Passed;
        }
    }

    /// Every condition of the step as it stands now, expected beside seen.
    pub fn findings(&self) -> Vec<Finding> {
        judge(self.conditions(), &self.evidence, self.is_settled())
    }

    /// The wrong turn that the latest input looks like.
    pub fn mistake(&self) -> Option<&MistakeId> {
        let known: Vec<&Mistake> = self.step().mistakes.iter().chain(&self.lesson.mistakes).collect();
        recognise(known, &self.evidence)
    }

    /// The mistake of the latest input, if that is still to be judged. One that lasts and was told of a moment ago
    /// gives way to what the input itself got wrong.
    fn wrong_turn(&self) -> Option<MistakeId> {
        if !self.attempt.is_judging_input() {
            return None;
        }
        let is_old = |mistake: &&Mistake| mistake.is_state() && self.attempt.told_last(&mistake.id);
        let known = self.step().mistakes.iter().chain(&self.lesson.mistakes);
        let news = recognise(known.filter(|mistake| !is_old(mistake)), &self.evidence);
        // What is old is not told again, but what it brought about earns no tick either.
        news.or_else(|| self.mistake()).cloned()
    }

    fn explain(&mut self, mistake: &MistakeId) -> Vec<Effect> {
        let mut known = self.step().mistakes.iter().chain(&self.lesson.mistakes);
        let lasts = known.any(|known| known.id == *mistake && known.is_state());
        let is_news = self.attempt.tell(mistake, lasts);
        let advice = is_news.then(|| self.advice(mistake)).flatten();
        advice.map(|advice| Effect::Show(Notice::Mistake(advice))).into_iter().collect()
    }

    pub fn advice(&self, mistake: &MistakeId) -> Option<Advice> {
        let anywhere = || self.lesson.prose(self.lang).mistakes.get(mistake);
        self.prose().mistakes.get(mistake).or_else(anywhere).cloned()
    }

    /// Saved before it is told: what a person has seen to be done is done, whatever comes.
    fn pass(&mut self) -> Vec<Effect> {
        let prediction = self.prediction_remark();
        self.attempt.stage = Stage::Passed;
        self.attempt.leave_input();
        self.remember(Outcome::Passed);
        let passed = Notice::Passed { after: self.prose().after.clone(), prediction };
        let mut effects = vec![Effect::Save, Effect::Show(passed)];
        let is_last = self.place.next(&self.lesson).is_none_or(|next| next.section != self.place.section);
        effects.extend(is_last.then(|| Effect::Show(Notice::Section(self.summary()))));
        effects.push(Effect::Show(self.onward()));
        effects
    }

    fn onward(&self) -> Notice {
        let Some(next) = self.place.next(&self.lesson) else {
            let (passed, of) = self.score();
            return Notice::LessonDone { passed, of };
        };
        if next.section == self.place.section {
            return Notice::Onward(Onward::Step);
        }
        let section = next.section(&self.lesson);
        let titles = self.lesson.prose(self.lang).sections.get(&section.id);
        let title = titles.map_or_else(String::new, |titles| titles.title.clone());
        Notice::Onward(Onward::Section { title, minutes: section.minutes })
    }

    /// A step that passed once stays passed.
    fn remember(&mut self, outcome: Outcome) {
        let step = self.step().id.clone();
        let was_passed = self.progress.outcome(&step) == Outcome::Passed;
        if !was_passed || outcome == Outcome::Passed {
            self.progress.steps.insert(step.to_string(), self.attempt.record(outcome, &self.lesson.nonce));
        }
    }

    fn prediction_remark(&self) -> Option<PredictionRemark> {
        self.remark(self.step(), self.attempt.prediction.as_ref()?.as_str())
    }

    fn probe_all(&mut self) -> Vec<Effect> {
        let anywhere = self.lesson.mistakes.iter().flat_map(|mistake| &mistake.conditions);
        let own = self.step().mistakes.iter().flat_map(|mistake| &mistake.conditions);
        let of_step = self.conditions().iter().chain(own).filter(|_| !self.is_played_on());
        let conditions = of_step.chain(anywhere);
        let wanted: BTreeSet<_> = conditions.flat_map(Condition::probes).flat_map(calls).collect();
        let effects = self.ask_probes(wanted);
        self.probing.stale = false;
        if effects.is_empty() { self.review() } else { effects }
    }

    fn ask_probes(&mut self, wanted: BTreeSet<ProbeCall>) -> Vec<Effect> {
        self.probing.awaited += wanted.len();
        if wanted.is_empty() { Vec::new() } else { vec![Effect::Probe(wanted.into_iter().collect())] }
    }

    fn on_choice(&mut self, typed: &str) -> Vec<Effect> {
        match self.attempt.stage {
            Stage::Predicting => self.on_prediction(typed),
            Stage::Asking => self.on_closing_answer(typed),
            Stage::Travelling | Stage::Open | Stage::Passed => Vec::new(),
        }
    }

    fn on_prediction(&mut self, typed: &str) -> Vec<Effect> {
        if !typed.trim().is_empty() {
            let chosen = self.step().predict.as_ref().and_then(|question| self.chosen(question, typed));
            let Some(choice) = chosen else {
                return self.ask_again(typed);
            };
            self.attempt.prediction = Some(choice);
        }
        self.attempt.stage = Stage::Open;
        Vec::new()
    }

    fn on_closing_answer(&mut self, typed: &str) -> Vec<Effect> {
        let Some((prose, question)) = self.asked() else { return Vec::new() };
        let Some(choice) = self.chosen(question, typed) else { return self.ask_again(typed) };
        let right = choice == question.correct;
        let said = prose.choices.get(&choice).cloned();
        let (chosen, why) = said.map_or_else(Default::default, |prose| (prose.text, prose.why));
        let mut effects = vec![Effect::Show(Notice::Judged { right, chosen, why })];
        // What is asked again is not the same for all, so it is no part of an answer.
        if matches!(self.step().task, Task::Ask(_)) {
            self.attempt.keep(Input::Choose(choice));
        }
        if right {
            effects.extend(self.is_answered());
        } else {
            self.attempt.missed();
            effects.extend(self.question_card().map(|card| Effect::Show(Notice::Ask(card))));
        }
        effects
    }

    /// A choice by its number or its id; by its text, too, or by how no other one begins.
    fn chosen(&self, question: &Question, typed: &str) -> Option<ChoiceId> {
        chosen(question, typed).or_else(|| {
            let choices = self.question_card()?.choices;
            let mut alike = choices.into_iter().filter(|(_, text)| is_meant(text, typed));
            let (choice, _) = alike.next()?;
            alike.next().is_none().then_some(choice)
        })
    }

    fn ask_again(&self, typed: &str) -> Vec<Effect> {
        let mut effects = Vec::new();
        if !typed.trim().is_empty() {
            effects.push(Effect::Show(Notice::Say(words::no_such_choice(typed.trim()))));
        }
        effects.extend(self.question_card().map(|card| Effect::Show(Notice::Ask(card))));
        effects
    }

    /// An unattended choice: right or not, and that is all.
    pub fn choose_unattended(&mut self, choice: &ChoiceId) {
        if matches!(&self.step().task, Task::Ask(question) if question.correct == *choice) {
            self.attempt.stage = Stage::Passed;
        }
    }

    fn conditions(&self) -> &[Condition] {
        match &self.place.step(&self.lesson).task {
            Task::Do { check, .. } => &check.conditions,
            Task::Ask(_) | Task::AskMissed => &[],
        }
    }

    pub fn prose(&self) -> &StepProse {
        self.prose_of(self.step())
    }

    fn prose_at(&self, place: Place) -> &StepProse {
        self.prose_in(place.section(&self.lesson), place.step(&self.lesson))
    }

    /// Of a step of the present section.
    fn prose_of(&self, step: &Step) -> &StepProse {
        self.prose_in(self.place.section(&self.lesson), step)
    }

    fn prose_in(&self, section: &Section, step: &Step) -> &StepProse {
        let prose = self.lesson.prose(self.lang).sections.get(&section.id);
        prose
            .and_then(|prose| prose.steps.get(&step.id))
            .expect("the loader asks every language for every step")
    }

    /// For a learner who has not done anything yet.
    pub fn welcome(&self) -> Option<Welcome> {
        let prose = self.lesson.prose(self.lang);
        let is_new = self.progress.at.is_none() && self.progress.steps.is_empty();
        is_new.then(|| Welcome {
            title: prose.title.clone(),
            summary: prose.summary.clone(),
            sections: self.lesson.sections.len(),
            minutes: self.lesson.sections.iter().map(|section| section.minutes).sum(),
        })
    }

    pub fn card(&self) -> StepCard {
        let section = self.place.section(&self.lesson);
        let prose = self.lesson.prose(self.lang);
        let titles =
            prose.sections.get(&section.id).expect("the loader asks every language for every section");
        StepCard {
            lesson_title: prose.title.clone(),
            section_number: self.place.section + 1,
            section_title: titles.title.clone(),
            step_number: self.place.step + 1,
            steps: section.steps.iter().map(|step| self.mark(step)).collect(),
            title: self.prose().title.clone(),
            text: self.prose().text.clone(),
            words: self.prose().words.clone(),
        }
    }

    fn mark(&self, step: &Step) -> StepMark {
        match self.progress.outcome(&step.id) {
            Outcome::Open => StepMark::Open,
            Outcome::Passed => StepMark::Passed,
            Outcome::Skipped => StepMark::Skipped,
        }
    }

    /// The question that waits for an answer, if one does.
    pub fn question_card(&self) -> Option<QuestionCard> {
        let (prose, question) = match self.attempt.stage {
            Stage::Predicting => (self.prose().predict.as_ref()?, self.step().predict.as_ref()?),
            Stage::Asking => self.asked()?,
            Stage::Travelling | Stage::Open | Stage::Passed => return None,
        };
        Some(card_of(prose, question, self.attempt.stage == Stage::Predicting))
    }

    /// How many steps of the lesson have passed, and how many there are.
    pub fn score(&self) -> (usize, usize) {
        let steps = || self.lesson.sections.iter().flat_map(|section| &section.steps);
        let passed = steps().filter(|step| self.progress.outcome(&step.id) == Outcome::Passed);
        (passed.count(), steps().count())
    }
}

/// A prompt that came back, or nodes that came, went or met: what probes see may have changed.
fn invites_probes(fact: &Fact) -> bool {
    match fact {
        Fact::Prompt { prompt, .. } => matches!(prompt, Prompt::Iex { .. } | Prompt::Dollar),
        Fact::NodeStarted { .. }
        | Fact::NodeStopped { .. }
        | Fact::Connected { .. }
        | Fact::Disconnected { .. } => true,
        Fact::Input { .. }
        | Fact::Output { .. }
        | Fact::LeftOut { .. }
        | Fact::CommandEnded { .. }
        | Fact::Message { .. }
        | Fact::File { .. }
        | Fact::Registered { .. }
        | Fact::Unregistered { .. }
        | Fact::LookedUp { .. }
        | Fact::Probed { .. }
        | Fact::Chose { .. }
        | Fact::StepBegan => false,
    }
}

fn calls(probe: &crate::lesson::Probe) -> Vec<ProbeCall> {
    let call = |terminal: &TerminalName| ProbeCall {
        terminal: terminal.clone(),
        code: probe.code.clone(),
        pattern: probe.gives.clone(),
    };
    probe.at.iter().map(call).collect()
}

fn card_of(prose: &QuestionProse, question: &Question, is_prediction: bool) -> QuestionCard {
    let text =
        |choice: &ChoiceId| prose.choices.get(choice).map_or_else(String::new, |prose| prose.text.clone());
    QuestionCard {
        ask: prose.ask.clone(),
        choices: question.choices.iter().map(|choice| (choice.clone(), text(choice))).collect(),
        is_prediction,
    }
}

/// A choice by its number, counted from 1, or by its id.
fn chosen(question: &Question, typed: &str) -> Option<ChoiceId> {
    let typed = typed.trim();
    let by_number = || question.choices.get(typed.parse::<usize>().ok()?.checked_sub(1)?);
    question.choices.iter().find(|choice| choice.as_str() == typed).or_else(by_number).cloned()
}

/// Whether a choice is meant by its text, or by its first words.
fn is_meant(text: &str, typed: &str) -> bool {
    let words = |text: &str| -> Vec<String> {
        text.split(|c: char| c.is_whitespace() || "`,.".contains(c))
            .filter(|word| !word.is_empty())
            .map(str::to_lowercase)
            .collect()
    };
    let typed = words(typed);
    !typed.is_empty() && words(text).starts_with(&typed)
}
