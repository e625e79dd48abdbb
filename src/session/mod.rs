//! The step machine: events in, effects out. Pure: no process, no clock, no screen.
//!
//! A step begins in two strokes. `begin` marks it in the evidence and asks for the probes whose values at the
//! start matter; `open` follows once those are in, and from then on every fact is judged.
//!
//! Begin with [`Session::on`]. [`notice`] is what a person can be shown, `judging` what a fact changes, [`progress`] what
//! is saved.

mod attempt;
mod cards;
pub mod deed;
pub mod export;
mod judging;
pub mod messages;
mod missed;
pub mod notice;
mod position;
pub mod progress;
mod questions;
mod request;
pub mod resume;
mod summary;
mod troubles;

use std::{collections::BTreeSet, sync::Arc, time::Duration};

use crate::lesson::{
    Cause, Condition, Evidence, Fact, Input, Lang, Lesson, NodeName, Prompt, Section, Step, Task,
    TerminalName,
};

use attempt::Attempt;
pub use attempt::Stage;
use notice::Notice;
pub use position::Position;
use progress::{Outcome, Progress};
pub use request::Request;
use resume::{Resumed, Surroundings};

/// How many facts a step may have before outputs are no longer judged one by one.
const FLOOD: usize = 1000;

#[derive(Debug)]
pub enum Event {
    /// Something happened.
    Fact(Fact, Option<Cause>),
    /// Nothing runs any more, or nobody can tell and nothing has happened for a while.
    Quiet,
    /// A person wants something of Moebi.
    Request(Request),
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
    Travel(Position),
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
    place: Position,
    attempt: Attempt,
    progress: Progress,
    probing: Probing,
    quiet: bool,
    /// Since when all that is typed is the learner's own, on these nodes; none before that.
    own_since: Option<Duration>,
}

/// Probe replies that are still to come, and whether those that came are older than the newest fact.
#[derive(Debug, Default)]
struct Probing {
    awaited: usize,
    stale: bool,
    /// How often probes were asked since the latest fact that came of an input.
    rounds: usize,
}

/// What comes of no input may come of the probes themselves: one that prints would be asked for ever.
const MAX_ROUNDS: usize = 3;

impl Session {
    pub fn new(lesson: Arc<Lesson>, lang: Lang, progress: Progress) -> Self {
        let progress = Progress { nonce: Some(lesson.nonce.to_string()), ..progress };
        Self {
            place: Resumed::of(&lesson, &progress).place,
            attempt: Attempt::new(Stage::Travelling),
            evidence: Evidence::default(),
            probing: Probing::default(),
            quiet: false,
            own_since: None,
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

    /// From here on with `lesson`, in the same language as before. Who gives it another structure departs to a place in it.
    pub fn retell(&mut self, lesson: Lesson) {
        self.lesson = Arc::new(lesson.told_in(self.lesson.told_in.as_ref()));
    }

    /// Takes back what was done; where the lesson goes on then.
    pub fn forget(&mut self, scope: Scope) -> Position {
        let (lesson, place) = (self.lesson.clone(), self.place);
        match scope {
            Scope::Step => {
                self.progress.forget_step(&self.step().id.clone());
                place
            }
            Scope::Section => {
                self.progress.forget_section(place.section(&lesson));
                Position { step: 0, ..place }
            }
            Scope::Lesson => {
                self.progress.forget_all();
                Position::START
            }
        }
    }

    pub fn evidence(&self) -> &Evidence {
        &self.evidence
    }

    pub fn progress(&self) -> &Progress {
        &self.progress
    }

    pub fn place(&self) -> Position {
        self.place
    }

    pub fn stage(&self) -> Stage {
        self.attempt.stage
    }

    pub fn step(&self) -> &Step {
        self.place.step(&self.lesson)
    }

    pub fn section(&self) -> &Section {
        self.place.section(&self.lesson)
    }

    /// What that terminal asks for.
    pub fn prompt_of(&self, terminal: &TerminalName) -> &Prompt {
        self.evidence.world().prompts.get(terminal).unwrap_or(&Prompt::Dollar)
    }

    pub fn node_of(&self, terminal: &TerminalName) -> Option<&NodeName> {
        self.evidence.world().running.get(terminal).map(|running| &running.node)
    }

    /// The workspace's files that the present step looks at.
    pub fn files(&self) -> impl Iterator<Item = &str> {
        let mistakes = self.step().mistakes.iter().chain(&self.lesson.mistakes);
        let conditions = self.conditions().iter().chain(mistakes.flat_map(|mistake| &mistake.conditions));
        conditions.flat_map(|condition| condition.files())
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
    pub fn depart(&mut self, place: Position) {
        self.place = place;
        self.attempt = Attempt::new(Stage::Travelling);
        self.probing = Probing::default();
        self.quiet = false;
    }

    /// A section's nodes are fresh: nothing that was seen before counts.
    pub fn forget_evidence(&mut self) {
        self.own_since = None;
        self.evidence = Evidence::default();
    }

    /// What was seen since then has been undone, and counts no more.
    pub fn recall(&mut self, evidence: Evidence) {
        self.evidence = evidence;
    }

    /// Marks that the present step begins; asks for the probes whose values at the start matter.
    pub fn begin(&mut self, at: Duration, place: Position) -> Vec<Effect> {
        self.depart(place);
        self.evidence.push(at, None, Fact::StepBegan);
        let changing = |call: &&crate::lesson::Probe| call.changes.is_some();
        let mistakes = self.step().mistakes.iter().chain(&self.lesson.mistakes);
        let of_mistakes = mistakes.flat_map(|mistake| &mistake.conditions);
        let conditions = self.conditions().iter().chain(of_mistakes);
        let calls =
            conditions.flat_map(|condition| condition.probes()).filter(changing).flat_map(calls).collect();
        self.ask_probes(calls)
    }

    /// Asks for the other probes of the step's conditions too: which of them hold before anything is done.
    pub fn survey(&mut self) -> Vec<Effect> {
        let probes = self.conditions().iter().flat_map(|condition| condition.probes());
        let calls = probes.filter(|probe| probe.changes.is_none()).flat_map(calls).collect();
        self.ask_probes(calls)
    }

    /// Judging begins, for nobody to see: a check, a replay.
    pub fn open_silently(&mut self) {
        self.own_since = None;
        self.attempt = Attempt::unattended();
        self.probing.stale = true;
        self.has_nothing_to_ask();
    }

    /// Judging begins for a learner, who has been shown the card; a prediction is asked for first.
    pub fn open(&mut self, at: Duration) -> Vec<Effect> {
        self.attempt = Attempt::begun(self.step(), at);
        self.own_since.get_or_insert(at);
        self.mark_place();
        self.probing.stale = true;
        let mut effects = self.ask_missed();
        effects.extend(self.question_card().map(|card| Effect::Show(Notice::Ask(card))));
        effects
    }

    /// A step that was done before, on nodes that are behind it: the learner goes on from here.
    pub fn open_again(&mut self, at: Duration) -> Vec<Effect> {
        self.attempt = Attempt { stage: Stage::Passed, ..Attempt::begun(self.step(), at) };
        self.own_since.get_or_insert(at);
        self.mark_place();
        let onward = match self.place.next(&self.lesson) {
            Some(_) => Notice::Say(messages::was_done()),
            None => self.onward(),
        };
        vec![Effect::Show(onward)]
    }

    fn mark_place(&mut self) {
        self.progress.at = Some(self.step().id.to_string());
        self.progress.around = Some(Surroundings::of(&self.lesson, self.place));
    }

    /// `at` is the time since the evidence began.
    pub fn on(&mut self, at: Duration, event: Event) -> Vec<Effect> {
        self.attempt.lives(at);
        match event {
            Event::Fact(fact, cause) => self.on_fact(at, fact, cause),
            Event::Quiet => self.on_quiet(),
            Event::Request(request) => self.on_wish(request),
            Event::Chose(choice) => self.on_choice(&choice),
            Event::Unrepeatable => {
                self.attempt.work.cannot_be_replayed();
                Vec::new()
            }
            Event::Closed(terminal) => {
                self.attempt.keep(Input::Close(terminal));
                self.attempt.explanations.leave_input();
                Vec::new()
            }
        }
    }

    fn on_fact(&mut self, at: Duration, fact: Fact, cause: Option<Cause>) -> Vec<Effect> {
        let is_reply = matches!(fact, Fact::Probed { .. });
        let may_flood = matches!(
            fact,
            Fact::Line { .. }
                | Fact::Output { .. }
                | Fact::Message { .. }
                | Fact::Process { .. }
                | Fact::LeftOut { .. }
                | Fact::LookedUp { .. }
                | Fact::Registered { .. }
                | Fact::Unregistered { .. }
        );
        // Nothing is judged by a name that nobody has, and a probe may ask for one: it would never be quiet again.
        let is_silent = is_reply || matches!(fact, Fact::LookedUp { found: false, .. });
        let invites_probes = invites_probes(&fact);
        if cause.is_some() || matches!(fact, Fact::Input { .. }) {
            self.probing.rounds = 0;
        }
        self.attempt.note(&fact);
        self.evidence.push(at, cause, fact);
        if is_reply {
            self.probing.awaited = self.probing.awaited.saturating_sub(1);
        }
        if !is_silent {
            self.quiet = false;
            self.probing.stale |= self.probing.rounds < MAX_ROUNDS;
        }
        let mut effects = if may_flood && self.is_flooded() { Vec::new() } else { self.review() };
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

    fn probe_all(&mut self) -> Vec<Effect> {
        let anywhere = self.lesson.mistakes.iter().flat_map(|mistake| &mistake.conditions);
        let own = self.step().mistakes.iter().flat_map(|mistake| &mistake.conditions);
        let of_step = self.conditions().iter().chain(own).filter(|_| !self.is_played_on());
        let conditions = of_step.chain(anywhere);
        let wanted: BTreeSet<_> =
            conditions.flat_map(|condition| condition.probes()).flat_map(calls).collect();
        let effects = self.ask_probes(wanted);
        self.probing.stale = false;
        self.probing.rounds += 1;
        if effects.is_empty() { self.review() } else { effects }
    }

    fn ask_probes(&mut self, wanted: BTreeSet<ProbeCall>) -> Vec<Effect> {
        self.probing.awaited += wanted.len();
        if wanted.is_empty() { Vec::new() } else { vec![Effect::Probe(wanted.into_iter().collect())] }
    }

    /// Of the present step.
    pub fn conditions(&self) -> &[Condition] {
        match &self.place.step(&self.lesson).task {
            Task::Do { check, .. } => &check.conditions,
            Task::Ask(_) | Task::AskMissed => &[],
        }
    }
}

/// A prompt that came back, or nodes that came, went or met: what probes see may have changed.
fn invites_probes(fact: &Fact) -> bool {
    match fact {
        Fact::Prompt { prompt, .. } => matches!(prompt, Prompt::Iex { .. } | Prompt::Dollar),
        Fact::NodeStarted { .. }
        | Fact::NodeStopped { .. }
        | Fact::Connected { .. }
        | Fact::Disconnected { .. }
        | Fact::Fault(_) => true,
        Fact::Input { .. }
        | Fact::Line { .. }
        | Fact::Output { .. }
        | Fact::LeftOut { .. }
        | Fact::CommandEnded { .. }
        | Fact::Message { .. }
        | Fact::Process { .. }
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
