//! Judging: what has come to hold, what is a wrong turn, and when a step has passed.

use crate::{
    lesson::{
        Fact, Finding, Holds, Mistake, MistakeId, Prompt, Task, goal, judge, recognise, recognise_each,
    },
    view::{Trace, trace::Scope},
};

use super::{Effect, FLOOD, Session, Stage, notice::Notice, progress::Outcome};

/// How far back a line is looked for that has reached another node.
const MAX_LINES: usize = 20;

/// A trace within a step has no more lines.
const MAX_TRACE: usize = 12;

impl Session {
    /// Whether the latest input's terminal has not asked for the next one: more of its answer may be on the way, and
    /// the learner reads that first.
    pub(super) fn is_answering(&self) -> bool {
        let latest = self.evidence.step().iter().rev().find_map(|record| {
            let Fact::Input { terminal, .. } = &record.fact else { return None };
            Some(terminal)
        });
        latest.is_some_and(|terminal| self.evidence.world().prompts.get(terminal) == Some(&Prompt::Busy))
    }

    /// So much has been printed that it is judged at the next prompt or silence, not at each piece.
    pub(super) fn is_flooded(&self) -> bool {
        self.evidence.step().len() > FLOOD
    }

    pub(super) fn is_judging(&self) -> bool {
        matches!(self.attempt.stage, Stage::Open)
    }

    /// Whether it matters that all is quiet.
    pub fn is_attentive(&self) -> bool {
        self.is_judging() || self.is_played_on()
    }

    /// The step is done, and the learner plays on: what goes wrong is still explained.
    pub(super) fn is_played_on(&self) -> bool {
        self.attempt.stage == Stage::Passed
            && !self.attempt.is_unattended
            && self.attempt.explanations.is_awaited()
    }

    /// Whether more of an answer comes that is judged as a whole.
    pub fn expect_more(&mut self, expects_more: bool) {
        self.attempt.expects_more = expects_more;
    }

    /// Judges, ticks what has come to hold, and passes the step or names the mistake.
    pub(super) fn review(&mut self) -> Vec<Effect> {
        if self.is_played_on() {
            return self.look_after();
        }
        if !self.is_judging() || self.probing.awaited > 0 || self.attempt.expects_more {
            return Vec::new();
        }
        let settled = self.is_settled();
        if self.is_answering() && !settled {
            return Vec::new();
        }
        let findings = judge(self.conditions(), &self.evidence, settled);
        if self.attempt.is_unattended {
            self.judge_unattended(&findings);
            return Vec::new();
        }
        if findings.iter().all(|finding| finding.holds == Holds::Yes) {
            let mut effects = self.ticks(&findings);
            self.attempt.met = findings;
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
        if effects.is_empty() {
            effects = self.tell_trouble();
        } else {
            self.attempt.explanations.close();
        }
        effects.extend(self.offer());
        effects
    }

    /// What is a wrong turn anywhere is explained to whoever plays on; the step's own are none any more.
    pub(super) fn look_after(&mut self) -> Vec<Effect> {
        if !self.is_settled() || self.is_answering() {
            return Vec::new();
        }
        let mistake = recognise(&self.lesson.mistakes, &self.evidence).cloned();
        match mistake {
            Some(mistake) => self.explain(&mistake),
            None => self.tell_trouble(),
        }
    }

    /// A hint is offered, not shown, to a learner who has tried for a while.
    pub(super) fn offer(&mut self) -> Option<Effect> {
        let has_hints = self.attempt.hints.given() < self.prose().hints.len();
        let needed = self.step().answer().len();
        self.attempt.offers_hint(needed).then_some(Effect::Show(Notice::Stuck { has_hints }))
    }

    /// What has come to hold and can be seen to: goals; where a step has none, its conditions, and of those its guards
    /// only where it has nothing else.
    pub(super) fn ticks(&mut self, findings: &[Finding]) -> Vec<Effect> {
        let told = self.told(findings);
        let fresh = self.attempt.ticks.take_new(&told);
        // What held before anything was done is no news.
        if self.attempt.work.tries() == 0 {
            return Vec::new();
        }
        let Task::Do { check, .. } = &self.step().task else { return Vec::new() };
        let shows_guards = check.conditions.iter().all(|condition| condition.is_guard());
        let tick = |index: usize| {
            let said = told[index].clone();
            if !check.goals.is_empty() {
                return Some(said);
            }
            let condition = &check.conditions[index];
            let is_shown = shows_guards || !condition.is_guard();
            is_shown.then(|| Finding { expected: condition.achieved(), ..said })
        };
        fresh.into_iter().filter_map(tick).map(|said| Effect::Show(Notice::Tick(said))).collect()
    }

    /// A question has no conditions, and passes by the right choice alone.
    pub(super) fn judge_unattended(&mut self, findings: &[Finding]) {
        if !findings.is_empty() && findings.iter().all(|finding| finding.holds == Holds::Yes) {
            self.attempt.stage = Stage::Passed;
        }
    }

    /// Every condition of the step as it stands now, expected beside seen.
    pub fn findings(&self) -> Vec<Finding> {
        judge(self.conditions(), &self.evidence, self.is_settled())
    }

    /// What a person is told of `findings`, which are those of this step.
    pub fn told(&self, findings: &[Finding]) -> Vec<Finding> {
        match &self.step().task {
            Task::Do { check, .. } => goal::told(check, findings, &self.prose().goals),
            Task::Ask(_) | Task::AskMissed => findings.to_vec(),
        }
    }

    /// The wrong turn that the latest input looks like.
    pub fn mistake(&self) -> Option<&MistakeId> {
        let known: Vec<&Mistake> = self.step().mistakes.iter().chain(&self.lesson.mistakes).collect();
        recognise(known, &self.evidence)
    }

    /// Each mistake that the latest input could be, and whether it looks like it.
    pub fn mistakes(&self) -> Vec<(&MistakeId, bool)> {
        recognise_each(self.step().mistakes.iter().chain(&self.lesson.mistakes), &self.evidence)
    }

    /// The mistake of the latest input, if that is still to be judged. One that lasts and was told of a moment ago
    /// gives way to what the input itself got wrong.
    pub(super) fn wrong_turn(&self) -> Option<MistakeId> {
        if !self.attempt.explanations.is_awaited() {
            return None;
        }
        let is_old =
            |mistake: &&Mistake| mistake.is_state() && self.attempt.explanations.was_last(&mistake.id);
        let known = self.step().mistakes.iter().chain(&self.lesson.mistakes);
        let news = recognise(known.filter(|mistake| !is_old(mistake)), &self.evidence);
        // What is old is not told again, but what it brought about earns no tick either.
        news.or_else(|| self.mistake()).cloned()
    }

    pub(super) fn explain(&mut self, mistake: &MistakeId) -> Vec<Effect> {
        let mut known = self.step().mistakes.iter().chain(&self.lesson.mistakes);
        let lasts = known.any(|known| known.id == *mistake && known.is_state());
        let is_news = self.attempt.explanations.is_news(mistake, lasts);
        let advice = is_news.then(|| self.advice(mistake)).flatten();
        let told = |advice| Effect::Show(Notice::Mistake { id: mistake.clone(), advice });
        advice.map(told).into_iter().collect()
    }

    /// Saved before it is told: what a person has seen to be done is done, whatever comes.
    pub(super) fn pass(&mut self) -> Vec<Effect> {
        let prediction = self.prediction_remark();
        self.attempt.stage = Stage::Passed;
        self.attempt.explanations.leave_input();
        self.remember(Outcome::Passed);
        let passed = Notice::Passed { after: self.prose().after.clone(), prediction };
        let mut effects = vec![Effect::Save];
        effects.extend(self.crossing().map(|trace| Effect::Show(Notice::Trace(trace))));
        effects.push(Effect::Show(passed));
        let is_last = self.place.next(&self.lesson).is_none_or(|next| next.section != self.place.section);
        effects.extend(is_last.then(|| Effect::Show(Notice::Section(self.summary()))));
        effects.push(Effect::Show(self.onward()));
        effects
    }

    /// What the latest line that reached another node brought about there, in short; where the step is one that shows it.
    fn crossing(&self) -> Option<Trace> {
        let records = if self.step().trace { self.evidence.records() } else { &[] };
        let lines = records.iter().rev().filter(|record| matches!(record.fact, Fact::Line { .. }));
        let mut causes: Vec<_> = lines.filter_map(|record| record.cause.clone()).take(MAX_LINES).collect();
        causes.dedup();
        let mut traces = causes.into_iter().map(|cause| Trace::new(&self.evidence, &Scope::Input(cause)));
        traces.find(|trace| !trace.is_empty()).map(|trace| trace.shortened(MAX_TRACE))
    }

    /// A step that passed once stays passed.
    pub(super) fn remember(&mut self, outcome: Outcome) {
        let step = self.step().id.clone();
        let was_passed = self.progress.outcome(&step) == Outcome::Passed;
        if !was_passed || outcome == Outcome::Passed {
            self.progress.steps.insert(step.to_string(), self.attempt.record(outcome, &self.lesson.nonce));
        }
    }
}
