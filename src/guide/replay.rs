//! Inputs given without a person: a section's start, the replay of earlier steps, an answer that is checked.

use std::{
    collections::BTreeSet,
    time::{Duration, Instant, SystemTime},
};

use crate::{
    cluster::Rest,
    error::Result,
    i18n::Localized,
    lesson::{
        Fact, Fault, Finding, Holds, Input, MistakeId, Prompt, Task, TerminalName, Verdict, model::WITHIN,
        shell_line::ShellLine,
    },
    session::{
        Event, Position, Session, Stage,
        notice::{Notice, TypedBy},
    },
    trouble::Trouble,
};

use super::{Guide, files::Arrival, messages};

/// How long an expression may take in a node, and a command at `$`, before its input has not come back.
const EXPRESSION: Duration = Duration::from_secs(10);
const COMMAND: Duration = Duration::from_secs(60);

/// How long what an input has set going may take to come to rest before the next is given all the same; somewhat longer
/// than the nodes are asked.
const RESTING: Duration = Duration::from_secs(6);

/// How long after `within` the nodes may go on talking before "all is quiet" is given up on.
pub(super) const PATIENCE: Duration = Duration::from_secs(5);

/// How an answer to one step ended.
#[derive(Debug)]
pub struct Attempted {
    pub verdict: Verdict,
    pub findings: Vec<Finding>,
    /// Which of the findings held before anything was done.
    pub already: Vec<bool>,
    pub mistake: Option<MistakeId>,
    /// The input (counted from 1) that did not come back; those behind it were not given.
    pub stuck: Option<usize>,
    pub took: Duration,
}

/// What an answer looked like on its way, each after which input, counted from 1.
#[derive(Debug, Default)]
pub struct Watched {
    pub mistakes: Vec<(usize, MistakeId)>,
    /// Errors between nodes that a learner would have been told of.
    pub troubles: Vec<(usize, Trouble)>,
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
        self.front.renew_prompt_after(0);
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

    /// Begins a step for nobody to see, plays an answer, and judges it as a whole once all is quiet: what it does and
    /// then undoes is not done.
    pub async fn attempt(&mut self, place: Position, answer: &[Input]) -> Result<Attempted> {
        let opened = self.open_attempt(place).await?;
        let mut stuck = None;
        for (number, input) in (1..).zip(answer) {
            stuck = self.play_one(number, input).await?;
            if stuck.is_some() {
                break;
            }
        }
        self.conclude(opened, stuck, answer.len()).await
    }

    /// As `attempt`; and what was to be said of it on its way.
    pub async fn attempt_watched(
        &mut self,
        place: Position,
        answer: &[Input],
    ) -> Result<(Attempted, Watched)> {
        let opened = self.open_attempt(place).await?;
        let mut watched = Watched::default();
        let mut stuck = None;
        for (number, input) in (1..).zip(answer) {
            stuck = self.play_one(number, input).await?;
            if stuck.is_some() || number == answer.len() {
                break;
            }
            self.look_once_more().await?;
            let held = self.session.mistakes().into_iter().filter(|(_, holds)| *holds);
            watched.mistakes.extend(held.map(|(mistake, _)| (number, mistake.clone())));
            watched.troubles.extend(self.session.trouble().map(|trouble| (number, trouble)));
        }
        Ok((self.conclude(opened, stuck, answer.len()).await?, watched))
    }

    /// One input of an answer; its number where it does not come back.
    async fn play_one(&mut self, number: usize, input: &Input) -> Result<Option<usize>> {
        self.session.expect_more(true);
        let outcome = self.play(std::slice::from_ref(input)).await?;
        Ok((outcome == Outcome::TimedOut).then_some(number))
    }

    /// Since when, and which conditions hold before anything is done.
    async fn open_attempt(&mut self, place: Position) -> Result<(Instant, Vec<bool>)> {
        let began = Instant::now();
        self.begin(place).await?;
        let already = self.survey().await?;
        self.session.open_silently();
        Ok((began, already))
    }

    async fn conclude(
        &mut self,
        (began, already): (Instant, Vec<bool>),
        stuck: Option<usize>,
        inputs: usize,
    ) -> Result<Attempted> {
        self.session.expect_more(false);
        let verdict = match stuck {
            None => self.settle(self.within()).await?,
            // The last one may be right, and go on for ever.
            Some(number) if number == inputs && self.look_once_more().await? == Verdict::Passed => {
                Verdict::Passed
            }
            Some(_) => Verdict::TimedOut,
        };
        Ok(Attempted {
            verdict,
            findings: self.session.findings(),
            already,
            mistake: self.session.mistake().cloned(),
            stuck,
            took: began.elapsed(),
        })
    }

    /// Which of the step's conditions hold before anything is done.
    async fn survey(&mut self) -> Result<Vec<bool>> {
        let effects = self.session.survey();
        self.run(effects).await?;
        self.await_probes().await?;
        Ok(self.session.findings().iter().map(|finding| finding.holds == Holds::Yes).collect())
    }

    /// As `attempt`, on nodes and files that were brought to where the step begins: by the answers to the steps before
    /// it that have passed here, and the model's where none has.
    pub async fn attempt_from_start(&mut self, place: Position, answer: &[Input]) -> Result<Attempted> {
        self.cluster.stop_all().await?;
        self.files.workspace.clear()?;
        self.travel(Arrival::Elsewhere, place, place.step).await?;
        self.attempt(place, answer).await
    }

    /// Brings the nodes to `place`: a fresh section, then the answers to its first `steps`.
    pub(super) async fn travel(&mut self, arrival: Arrival, place: Position, steps: usize) -> Result<()> {
        self.start_section(place.section).await?;
        let marked = self.files.mark_start(arrival, self.session.section());
        self.tell_trouble(marked).await?;
        // The learner sees nothing of what is typed on their behalf, but is to know where it went wrong.
        for failed in self.failed_commands().collect::<Vec<_>>() {
            let said = messages::screen_tells(&failed.told(), &failed.terminal);
            self.show(Notice::Say(said)).await?;
        }
        for step in 0..steps {
            if self.audience.has_left() {
                return Ok(());
            }
            let so_far = messages::bringing(place.step + 1, step, steps);
            self.show(Notice::Working(so_far)).await?;
            let remark = self.replay(Position { step, ..place }).await?;
            remark.into_iter().for_each(|remark| self.audience.remark(remark));
        }
        Ok(())
    }

    /// Waits until nothing runs any more of what was typed so far, so that nothing of it lands in what follows.
    pub(super) async fn come_to_rest(&mut self) -> Result<()> {
        self.is_resting = true;
        let until = Instant::now() + RESTING;
        while Instant::now() < until && !self.is_at_rest() && !self.audience.has_left() {
            let settled = (self.quiet.rest() == Some(Rest::Unknown)).then(|| self.quiet.settled());
            self.turn(Some(settled.map_or(until, |settled| settled.min(until)))).await?;
        }
        self.is_resting = false;
        Ok(())
    }

    fn is_at_rest(&self) -> bool {
        match self.quiet.rest() {
            Some(Rest::Over | Rest::Waiting) => true,
            Some(Rest::Unknown) => self.quiet.settled() <= Instant::now(),
            None => false,
        }
    }

    /// The learner's own answer where it still works, else the model's; a remark where it was not their own, or did not
    /// bring about what it should.
    pub(super) async fn replay(&mut self, place: Position) -> Result<Option<Localized>> {
        let lesson = self.session.lesson().clone();
        let step = place.step(&lesson);
        let own = self.session.progress().answer(&step.id, &lesson.nonce);
        if let Some(own) = &own
            && self.repeat(place, own).await?
        {
            return Ok(None);
        }
        let is_repeated = self.repeat(place, &step.answer()).await?;
        let title = &self.session.prose().title;
        Ok(match own {
            _ if self.audience.has_left() => None,
            _ if !is_repeated => Some(messages::not_brought_back(title)),
            own => own.map(|_| messages::own_answer_fails(title)),
        })
    }

    /// Plays an answer until every condition that needs no silence holds; says whether that came about.
    async fn repeat(&mut self, place: Position, answer: &[Input]) -> Result<bool> {
        self.begin(place).await?;
        self.session.open_silently();
        self.play(answer).await?;
        let until = Instant::now() + self.within();
        while !self.is_repeated() && Instant::now() < until && !self.audience.has_left() {
            self.turn(Some(until)).await?;
        }
        Ok(self.is_repeated())
    }

    fn is_repeated(&self) -> bool {
        let findings = self.session.findings();
        let mut pairs = self.session.conditions().iter().zip(&findings);
        self.session.stage() == Stage::Passed
            || pairs.all(|(condition, finding)| condition.is_final() || finding.holds == Holds::Yes)
    }

    /// Marks the step's beginning and waits for the probes whose values at the start matter.
    pub(super) async fn begin(&mut self, place: Position) -> Result<()> {
        // An answer that is still to come was asked for by the step before.
        self.cluster.forget_probes();
        let effects = self.session.begin(self.began.elapsed(), place);
        self.quiet.stir(Instant::now());
        self.run(effects).await?;
        let files: BTreeSet<String> = self.session.files().map(str::to_owned).collect();
        for fact in self.files.workspace.watch(files.iter().map(String::as_str)) {
            self.tell(Event::Fact(fact, None)).await?;
        }
        self.await_probes().await
    }

    async fn await_probes(&mut self) -> Result<()> {
        while self.session.awaited_probes() > 0 {
            self.turn(None).await?;
        }
        Ok(())
    }

    fn within(&self) -> Duration {
        match &self.session.step().task {
            Task::Do { check, .. } => check.within,
            Task::Ask(_) | Task::AskMissed => WITHIN,
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
            let is_over = now >= enough || self.quiet.rest() == Some(Rest::Over);
            if is_over && self.session.is_settled() {
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
        self.tell(Event::Quiet).await?;
        self.await_probes().await?;
        Ok(if self.session.stage() == Stage::Passed { Verdict::Passed } else { Verdict::Failed })
    }

    pub(super) async fn play(&mut self, inputs: &[Input]) -> Result<Outcome> {
        for input in inputs {
            self.give(input).await?;
            if self.await_terminal(input).await? == Outcome::TimedOut {
                return Ok(Outcome::TimedOut);
            }
            // A command may have written them.
            self.look_at_files().await?;
            self.come_to_rest().await?;
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
                Input::Write { path, text } => self.files.workspace.write_new(path, text)?,
                Input::Type { .. }
                | Input::Edit { .. }
                | Input::Choose(_)
                | Input::Close(_)
                | Input::Fault(_) => {
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
                self.show(Notice::Typed {
                    terminal: terminal.clone(),
                    text: text.clone(),
                    by: TypedBy::Moebi,
                })
                .await
            }
            Input::Write { .. }
            | Input::Edit { .. }
            | Input::Choose(_)
            | Input::Close(_)
            | Input::Fault(_) => Ok(()),
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
            // What can't be done is shown to a learner; a check finds everything as it was.
            Input::Fault(fault) => match self.cluster.befall(fault) {
                Ok(()) => Ok(()),
                Err(error) => self.show(Notice::Problem(error)).await,
            },
            Input::Choose(choice) => {
                self.session.choose_unattended(choice);
                Ok(())
            }
            Input::Write { path, text } => {
                self.outlast_the_second(self.files.workspace.bytes(path) == Some(text.len())).await?;
                let written = self.files.workspace.write(path, text);
                self.on_written(written).await
            }
            Input::Edit { path, replace, with } => {
                self.outlast_the_second(replace.len() == with.len()).await?;
                let edited = self.files.workspace.edit(path, replace, with);
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
        while Instant::now() < next && !self.audience.has_left() {
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

    async fn enter(&mut self, terminal: &TerminalName, text: &str) -> Result<()> {
        let before = self.session.evidence().inputs();
        let is_input = self.cluster.enter(terminal, text);
        while is_input && self.session.evidence().inputs() == before && !self.audience.has_left() {
            self.turn(None).await?;
        }
        Ok(())
    }

    /// Waits until the input's terminal asks for the next one; of a fault, until it has befallen.
    async fn await_terminal(&mut self, input: &Input) -> Result<Outcome> {
        let Some(given) = Given::of(input, &self.session) else { return Ok(Outcome::CameBack) };
        let until = Instant::now() + given.limit;
        while !given.has_come_back(&self.session) {
            if Instant::now() >= until || self.audience.has_left() {
                return Ok(Outcome::TimedOut);
            }
            self.turn(Some(until)).await?;
        }
        Ok(Outcome::CameBack)
    }
}

/// An input that is at work.
#[derive(Debug)]
struct Given<'i> {
    awaited: Awaited<'i>,
    /// How long it may take.
    limit: Duration,
}

/// How it is known that an input has come back.
#[derive(Debug)]
enum Awaited<'i> {
    /// The terminal asks for the next one, or its node is paused.
    Prompt(&'i TerminalName),
    /// The terminal is at `$`.
    End(&'i TerminalName),
    Pause(&'i TerminalName),
    Resumption(&'i TerminalName),
    /// Neither lists the other.
    Parting(&'i TerminalName, &'i TerminalName),
}

impl<'i> Given<'i> {
    fn of(input: &'i Input, session: &Session) -> Option<Self> {
        let awaited = match input {
            Input::Type { terminal, .. } => Awaited::Prompt(terminal),
            Input::Close(terminal) | Input::Fault(Fault::Kill(terminal)) => Awaited::End(terminal),
            Input::Fault(Fault::Pause(terminal)) => Awaited::Pause(terminal),
            Input::Fault(Fault::Resume(terminal)) => Awaited::Resumption(terminal),
            Input::Fault(Fault::Cut(one, other)) => Awaited::Parting(one, other),
            Input::Fault(Fault::Heal(..)) | Input::Write { .. } | Input::Edit { .. } | Input::Choose(_) => {
                return None;
            }
        };
        let is_command = terminal(input).is_some_and(|terminal| session.node_of(terminal).is_none());
        Some(Self { awaited, limit: if is_command { COMMAND } else { EXPRESSION } })
    }

    fn has_come_back(&self, session: &Session) -> bool {
        let world = session.evidence().world();
        let is_back = match self.awaited {
            Awaited::Prompt(terminal) => {
                *session.prompt_of(terminal) != Prompt::Busy || world.paused.contains(terminal)
            }
            Awaited::End(terminal) => {
                session.node_of(terminal).is_none() && *session.prompt_of(terminal) == Prompt::Dollar
            }
            Awaited::Pause(terminal) => {
                world.paused.contains(terminal) || session.node_of(terminal).is_none()
            }
            Awaited::Resumption(terminal) => !world.paused.contains(terminal),
            Awaited::Parting(one, other) => !lists(one, other, session) && !lists(other, one, session),
        };
        // An answer types on at once where a person takes a breath, in which nodes hear of one another's end.
        is_back && !world.has_ghosts()
    }
}

/// Of the node in `on`: it may be paused, and learn of nothing.
fn lists(on: &TerminalName, to: &TerminalName, session: &Session) -> bool {
    let world = session.evidence().world();
    match (session.node_of(on), session.node_of(to)) {
        (Some(node), Some(other)) => {
            !world.paused.contains(on) && world.lists.contains(&(node.clone(), other.clone()))
        }
        _ => false,
    }
}

fn starts_a_node(input: &Input) -> bool {
    matches!(input, Input::Type { text, .. } if ShellLine::of(text).runs("iex"))
}

fn terminal(input: &Input) -> Option<&TerminalName> {
    match input {
        Input::Type { terminal, .. } | Input::Close(terminal) => Some(terminal),
        Input::Write { .. } | Input::Edit { .. } | Input::Choose(_) | Input::Fault(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::{
        lesson::{Lang, NodeName, Nonce, embedded, load},
        session::progress::Progress,
    };

    fn name() -> TerminalName {
        TerminalName::parse("alex").unwrap()
    }

    fn session(facts: Vec<Fact>) -> Session {
        let lesson = load(&embedded()[0], &Nonce::sample()).expect("the lesson is whole");
        let mut session = Session::new(Arc::new(lesson), Lang::En, Progress::default());
        for fact in facts {
            session.on(Duration::ZERO, Event::Fact(fact, None));
        }
        session
    }

    fn started() -> Fact {
        let node = NodeName::parse("alex").unwrap();
        Fact::NodeStarted { terminal: name(), node, cookie: "biscuit".to_owned(), mix: false }
    }

    fn asks(prompt: Prompt) -> Fact {
        Fact::Prompt { terminal: name(), prompt }
    }

    fn iex() -> Prompt {
        Prompt::Iex { text: "iex(1)> ".to_owned() }
    }

    #[test]
    fn an_input_has_come_back_when_its_terminal_asks() {
        let input = Input::Type { terminal: name(), text: "node()".to_owned() };
        let busy = session(vec![started(), asks(Prompt::Busy)]);
        let given = Given::of(&input, &busy).unwrap();
        assert_eq!(given.limit, EXPRESSION);
        assert!(!given.has_come_back(&busy));
        assert!(given.has_come_back(&session(vec![started(), asks(iex())])));
    }

    #[test]
    fn a_close_has_come_back_at_dollar_without_its_node() {
        let input = Input::Close(name());
        let running = session(vec![started(), asks(iex())]);
        assert!(!Given::of(&input, &running).unwrap().has_come_back(&running));
        let closed = session(vec![asks(Prompt::Dollar)]);
        let given = Given::of(&input, &closed).unwrap();
        assert_eq!(given.limit, COMMAND);
        assert!(given.has_come_back(&closed));
    }

    #[test]
    fn a_file_is_waited_for_by_nobody() {
        let write = Input::Write { path: "a".to_owned(), text: String::new() };
        assert!(Given::of(&write, &session(Vec::new())).is_none());
    }

    #[test]
    fn only_a_line_that_runs_iex_is_expected_to_start_a_node() {
        let typed = |text: &str| starts_a_node(&Input::Type { terminal: name(), text: text.to_owned() });
        assert!(typed("iex --sname alex") && typed("cd chat && iex -S mix"));
        assert!(!typed("man iex") && !typed("echo iex") && !typed("mix new iex"));
    }
}
