//! Inputs given without a person: a section's start, the replay of earlier steps, an answer that is checked.

use std::{
    collections::BTreeSet,
    time::{Duration, Instant, SystemTime},
};

use crate::{
    error::Result,
    i18n::Localized,
    lesson::{
        Condition, Fact, Finding, Holds, Input, MistakeId, Prompt, TerminalName, Verdict, model::WITHIN,
    },
    session::{Event, Position, Stage},
};

use super::{Guide, SETTLING, journey::Road, messages, notice::Notice};

/// How long an expression may take in a node, and a command at `$`, before its input has not come back.
const EXPRESSION: Duration = Duration::from_secs(10);
const COMMAND: Duration = Duration::from_secs(60);

/// How long after `within` the nodes may go on talking before "all is quiet" is given up on.
const PATIENCE: Duration = Duration::from_secs(5);

/// How an answer to one step ended.
#[derive(Debug)]
pub struct Attempted {
    pub verdict: Verdict,
    pub findings: Vec<Finding>,
    /// Which of the findings held before anything was done.
    pub already: Vec<bool>,
    pub mistake: Option<MistakeId>,
    pub took: Duration,
}

/// A command at `$` that did not end with 0.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FailedCommand {
    pub terminal: TerminalName,
    pub command: String,
    pub code: i32,
}

impl FailedCommand {
    pub fn told(&self) -> Localized {
        messages::command_failed(&self.terminal, self.command.trim_end(), self.code)
    }
}

/// Whether every input came back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    CameBack,
    TimedOut,
}

impl Guide {
    /// Stops every node, forgets what was seen, and plays the section's start.
    pub async fn start_section(&mut self, section: usize) -> Result<Outcome> {
        self.session.depart(Position { section, step: 0 });
        self.cluster.stop_all().await?;
        let until = Instant::now() + PATIENCE;
        while self.has_nodes() && Instant::now() < until {
            self.turn(Some(until)).await?;
        }
        self.session.forget_evidence();
        self.given = 0;
        let lesson = self.session.lesson().clone();
        self.play_side_by_side(&lesson.sections[section].start).await
    }

    /// The commands of this step, or of the section's start where no step has begun, that ended badly.
    pub fn failed_commands(&self) -> impl Iterator<Item = FailedCommand> {
        self.session.evidence().step().iter().filter_map(|record| match &record.fact {
            Fact::CommandEnded { terminal, command, code: Some(code @ 1..) } => {
                Some(FailedCommand { terminal: terminal.clone(), command: command.clone(), code: *code })
            }
            _ => None,
        })
    }

    fn has_nodes(&self) -> bool {
        !self.session.evidence().world().running.is_empty()
    }

    /// Begins a step for nobody to see, plays an answer, and judges it once all is quiet.
    pub async fn attempt(&mut self, place: Position, answer: &[Input]) -> Result<Attempted> {
        let began = Instant::now();
        self.begin(place).await?;
        let already = self.survey().await?;
        self.session.open_silently();
        let outcome = self.play(answer).await?;
        let verdict = match outcome {
            Outcome::CameBack => self.settle(self.within()).await?,
            Outcome::TimedOut if self.session.stage() == Stage::Passed => Verdict::Passed,
            Outcome::TimedOut => Verdict::TimedOut,
        };
        Ok(Attempted {
            verdict,
            findings: self.session.findings(),
            already,
            mistake: self.session.mistake().cloned(),
            took: began.elapsed(),
        })
    }

    /// Which of the step's conditions hold before anything is done.
    async fn survey(&mut self) -> Result<Vec<bool>> {
        let effects = self.session.survey();
        self.run(effects).await?;
        while self.session.awaited_probes() > 0 {
            self.turn(None).await?;
        }
        Ok(self.session.findings().iter().map(|finding| finding.holds == Holds::Yes).collect())
    }

    /// As `attempt`, on nodes that were brought to where the step begins.
    pub async fn attempt_from_start(&mut self, place: Position, answer: &[Input]) -> Result<Attempted> {
        self.travel(Road::Elsewhere, place).await?;
        self.attempt(place, answer).await
    }

    /// Brings the nodes to where `place` begins: a fresh section, then each earlier step's answer.
    pub(super) async fn travel(&mut self, road: Road, place: Position) -> Result<()> {
        self.start_section(place.section).await?;
        self.mark_section(road, place).await?;
        self.tell_of_failed_starts().await?;
        for step in 0..place.step {
            if self.quitting {
                return Ok(());
            }
            let so_far = messages::bringing(place.step + 1, step, place.step);
            self.show(Notice::Working(so_far)).await?;
            self.replay(Position { step, ..place }).await?;
        }
        Ok(())
    }

    /// Waits until what the replay stirred up has been said, so that nothing of it lands in the step that follows.
    pub(super) async fn calm(&mut self) -> Result<()> {
        let enough = Instant::now() + WITHIN;
        while self.latest.elapsed() < SETTLING && Instant::now() < enough && !self.quitting {
            self.turn(Some(enough.min(self.latest + SETTLING))).await?;
        }
        Ok(())
    }

    /// The learner's own answer where it still works, else the model's.
    pub(super) async fn replay(&mut self, place: Position) -> Result<()> {
        let lesson = self.session.lesson().clone();
        let step = place.step(&lesson);
        let own = self.session.progress().answer(&step.id, &lesson.nonce);
        if let Some(own) = &own
            && self.repeat(place, own).await?
        {
            return Ok(());
        }
        let is_repeated = self.repeat(place, &step.answer()).await?;
        if !self.quitting {
            let title = self.session.prose().title.clone();
            self.remarks.extend((!is_repeated).then(|| messages::not_brought_back(&title)));
            self.remarks.extend((is_repeated && own.is_some()).then(|| messages::own_answer_fails(&title)));
        }
        Ok(())
    }

    /// Plays an answer until every condition that needs no silence holds; says whether that came about.
    async fn repeat(&mut self, place: Position, answer: &[Input]) -> Result<bool> {
        self.begin(place).await?;
        self.session.open_silently();
        self.play(answer).await?;
        let until = Instant::now() + self.within();
        while !self.is_repeated() && Instant::now() < until && !self.quitting {
            self.turn(Some(until)).await?;
        }
        Ok(self.is_repeated())
    }

    fn is_repeated(&self) -> bool {
        let lesson = self.session.lesson().clone();
        let conditions = conditions(self.session.place(), &lesson);
        let findings = self.session.findings();
        let mut pairs = conditions.iter().zip(&findings);
        self.session.stage() == Stage::Passed
            || pairs.all(|(condition, finding)| condition.is_final() || finding.holds == Holds::Yes)
    }

    /// Marks the step's beginning and waits for the probes whose values at the start matter.
    pub(super) async fn begin(&mut self, place: Position) -> Result<()> {
        // An answer that is still to come was asked for by the step before.
        self.probes.clear();
        let effects = self.session.begin(self.began.elapsed(), place);
        self.run(effects).await?;
        let files: BTreeSet<String> = self.session.files().map(str::to_owned).collect();
        for fact in self.workspace.watch(files.iter().map(String::as_str)) {
            self.tell_session(fact).await?;
        }
        while self.session.awaited_probes() > 0 {
            self.turn(None).await?;
        }
        Ok(())
    }

    fn within(&self) -> Duration {
        match &self.session.step().task {
            crate::lesson::Task::Do { check, .. } => check.within,
            crate::lesson::Task::Ask(_) | crate::lesson::Task::AskMissed => WITHIN,
        }
    }

    /// Waits until the step passes, or all is quiet once `within` is over.
    async fn settle(&mut self, within: Duration) -> Result<Verdict> {
        let enough = Instant::now() + within;
        let too_long = enough + PATIENCE;
        loop {
            let now = Instant::now();
            if self.session.stage() == Stage::Passed {
                return Ok(Verdict::Passed);
            }
            if now >= enough && self.session.is_settled() {
                return self.look_once_more().await;
            }
            if now >= too_long {
                return Ok(Verdict::TimedOut);
            }
            self.turn(Some(if now < enough { enough } else { too_long })).await?;
        }
    }

    /// What probes see may have changed without a sign: the last word is theirs.
    async fn look_once_more(&mut self) -> Result<Verdict> {
        let effects = self.tell(Event::Quiet);
        self.run(effects).await?;
        while self.session.awaited_probes() > 0 {
            self.turn(None).await?;
        }
        Ok(if self.session.stage() == Stage::Passed { Verdict::Passed } else { Verdict::Failed })
    }

    async fn play(&mut self, inputs: &[Input]) -> Result<Outcome> {
        for input in inputs {
            self.give(input).await?;
            if self.await_terminal(input).await? == Outcome::TimedOut {
                return Ok(Outcome::TimedOut);
            }
            // A command may have written them.
            self.look_at_files().await?;
        }
        Ok(Outcome::CameBack)
    }

    /// Gives inputs of different terminals at once, since nodes boot side by side. A second input for a terminal waits,
    /// and everything waits for a command that starts no node: the nodes may need what it makes.
    async fn play_side_by_side(&mut self, inputs: &[Input]) -> Result<Outcome> {
        let mut under_way: Vec<&Input> = Vec::new();
        for input in inputs {
            if under_way.iter().any(|other| terminal(other) == terminal(input)) {
                for earlier in under_way.drain(..) {
                    self.await_terminal(earlier).await?;
                }
            }
            self.show_typed(input).await?;
            match input {
                // The learner's own files stay as they are.
                Input::Write { path, text } => self.workspace.write_new(path, text)?,
                Input::Type { .. } | Input::Edit { .. } | Input::Choose(_) | Input::Close(_) => {
                    self.give(input).await?;
                }
            }
            under_way.push(input);
            if !starts_a_node(input) {
                self.await_terminal(input).await?;
            }
        }
        let mut outcome = Outcome::CameBack;
        for earlier in under_way {
            if self.await_terminal(earlier).await? == Outcome::TimedOut {
                outcome = Outcome::TimedOut;
            }
        }
        Ok(outcome)
    }

    async fn show_typed(&mut self, input: &Input) -> Result<()> {
        match input {
            Input::Type { terminal, text } => {
                self.show(Notice::Typed { terminal: terminal.clone(), text: text.clone() }).await
            }
            Input::Write { .. } | Input::Edit { .. } | Input::Choose(_) | Input::Close(_) => Ok(()),
        }
    }

    /// Gives one input, and takes turns until the terminal is known to be busy with it.
    async fn give(&mut self, input: &Input) -> Result<()> {
        match input {
            Input::Type { terminal, text } => self.enter(terminal, text).await,
            Input::Close(terminal) => {
                self.cluster.close(terminal);
                Ok(())
            }
            Input::Choose(choice) => {
                self.session.choose_unattended(choice);
                Ok(())
            }
            Input::Write { path, text } => {
                self.outlast_the_second(self.workspace.bytes(path) == Some(text.len())).await?;
                let written = self.workspace.write(path, text);
                self.on_written(written).await
            }
            Input::Edit { path, replace, with } => {
                self.outlast_the_second(replace.len() == with.len()).await?;
                let edited = self.workspace.edit(path, replace, with);
                self.on_written(edited).await
            }
        }
    }

    /// Mix knows a changed file by its size, or by the whole second in which it was saved: one that stays as long as it
    /// is must not be saved in a second in which it may have been compiled. A person is never as fast.
    async fn outlast_the_second(&mut self, is_as_long: bool) -> Result<()> {
        if !is_as_long {
            return Ok(());
        }
        let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
        let next = Instant::now() + Duration::from_nanos((1_000_000_000 - now.subsec_nanos()).into());
        while Instant::now() < next && !self.quitting {
            self.turn(Some(next)).await?;
        }
        Ok(())
    }

    /// A file that could not be written is shown to a learner; a check finds the file as it was.
    async fn on_written(&mut self, written: Result<()>) -> Result<()> {
        if let Err(error) = written {
            self.show(Notice::Problem(error)).await?;
        }
        self.look_at_files().await
    }

    pub(super) async fn enter(&mut self, terminal: &TerminalName, text: &str) -> Result<()> {
        let (before, failures) = (self.session.evidence().inputs(), self.failures);
        self.cluster.enter(terminal, text);
        let is_under_way =
            |guide: &Self| guide.session.evidence().inputs() == before && guide.failures == failures;
        while is_under_way(self) && !self.quitting {
            self.turn(None).await?;
        }
        Ok(())
    }

    /// Waits until the input's terminal asks for the next one.
    async fn await_terminal(&mut self, input: &Input) -> Result<Outcome> {
        let Some(terminal) = terminal(input) else { return Ok(Outcome::CameBack) };
        let at_dollar = !self.session.evidence().world().running.contains_key(terminal);
        let until = Instant::now() + if at_dollar { COMMAND } else { EXPRESSION };
        // An answer types on at once where a person takes a breath, in which nodes hear of one another's end.
        while !self.has_come_back(input, terminal) || self.session.evidence().world().has_ghosts() {
            if Instant::now() >= until || self.quitting {
                return Ok(Outcome::TimedOut);
            }
            self.turn(Some(until)).await?;
        }
        Ok(Outcome::CameBack)
    }

    fn has_come_back(&self, input: &Input, terminal: &TerminalName) -> bool {
        match input {
            Input::Close(_) => self.node_of(terminal).is_none() && self.prompt_of(terminal) == Prompt::Dollar,
            Input::Type { .. } | Input::Write { .. } | Input::Edit { .. } | Input::Choose(_) => {
                self.prompt_of(terminal) != Prompt::Busy
            }
        }
    }
}

fn starts_a_node(input: &Input) -> bool {
    matches!(input, Input::Type { text, .. } if text.split_whitespace().any(|word| word == "iex"))
}

fn terminal(input: &Input) -> Option<&TerminalName> {
    match input {
        Input::Type { terminal, .. } | Input::Close(terminal) => Some(terminal),
        Input::Write { .. } | Input::Edit { .. } | Input::Choose(_) => None,
    }
}

fn conditions(place: Position, lesson: &crate::lesson::Lesson) -> &[Condition] {
    match &place.step(lesson).task {
        crate::lesson::Task::Do { check, .. } => &check.conditions,
        crate::lesson::Task::Ask(_) | crate::lesson::Task::AskMissed => &[],
    }
}
