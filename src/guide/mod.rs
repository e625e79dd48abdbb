//! The one loop: owns the session and the cluster, and serves one driver.
//!
//! Every event of the cluster goes through the session, whoever drives: what passes for a learner passes in a check.
//! The loop's unit is a `turn`: one event, one command or one timer. Longer work (a section's start, a replay) is
//! made of turns, so that Ctrl-C and `/quit` are heard meanwhile.
//!
//! Begin with `Guide::turn`. `learner` is the loop as a person has it, `play` as a check has it. It owns what outlasts a
//! session too: the saved progress ([`store`]) and the learner's files (`workspace`, `archive`).

mod archive;
pub mod command;
mod commands;
mod display;
mod edit;
mod export;
mod journey;
mod learner;
pub mod messages;
mod play;
mod screens;
pub mod slash_command;
mod snapshot;
mod spelling;
pub mod store;
mod watchdog;
mod workspace;

use std::{
    collections::{BTreeMap, HashMap, VecDeque},
    sync::Arc,
    time::{Duration, Instant},
};

use tokio::{
    sync::{mpsc, oneshot},
    time::sleep_until,
};

use crate::{
    cluster::{self, Cluster, cell, protocol::Parsed},
    error::{Error, Result},
    i18n::Localized,
    lesson::{Fact, Lang, Lesson, NodeName, ProbeOutcome, Prompt, TerminalName},
    session::{
        Effect, Event, Position, ProbeCall, Session, Stage,
        notice::{self, Map, Notice, PromptLine},
        progress::Progress,
    },
};

use archive::Archive;
use command::{Candidate, Command};
pub use play::{Attempted, FailedCommand, Outcome};
use screens::Screens;
pub use snapshot::Snapshot;
use store::Store;
use watchdog::Watchdog;
use workspace::Workspace;

/// How long nothing may happen before what must not happen counts as not having happened.
pub const SETTLING: Duration = Duration::from_millis(300);

/// How often an open step's probes are asked again while all is quiet, and how many times: each costs the node a few
/// processes, and the learner sees pids grow.
const POLLING: Duration = Duration::from_millis(700);
const MAX_POLLS: u32 = 3;

/// How often the files are looked at that a step waits for.
const LOOKING: Duration = Duration::from_millis(400);

/// How long a probe may take inside a node.
const PROBE: Duration = Duration::from_secs(2);

/// How long a node may take to say whether a text is a whole expression.
const PARSE: Duration = Duration::from_millis(200);

/// How many commands are kept while the nodes are being brought to a step; more are dropped.
const MAX_HELD: usize = 64;

pub struct Guide {
    session: Session,
    cluster: Cluster,
    audience: Option<Audience>,
    store: Option<Store>,
    library: Option<Library>,
    archive: Option<Archive>,
    began: Instant,
    focus: TerminalName,
    /// Where the learner was when an editor opened.
    before_editor: Option<TerminalName>,
    screens: Screens,
    /// Lines for a terminal that was busy when they were typed.
    typed_ahead: BTreeMap<TerminalName, VecDeque<String>>,
    probes: HashMap<u64, (ProbeCall, Instant)>,
    validations: HashMap<u64, (oneshot::Sender<bool>, Instant)>,
    /// Of a character in the latest line, and how many inputs came before that.
    lookalike: Option<(Localized, usize)>,
    /// Bounded by the cluster, which answers each.
    completions: HashMap<u64, oneshot::Sender<Vec<Candidate>>>,
    next_id: u64,
    /// When the latest fact came, and whether the session has been told of the quiet since.
    latest: Instant,
    quiet_told: bool,
    polls: u32,
    errand: Option<PendingWork>,
    /// The step's first probes are under way: an input now would come before what it is measured against.
    is_beginning: bool,
    quitting: bool,
    /// Whether the last attempt to save worked.
    is_saved: bool,
    last_prompt: Option<(TerminalName, PromptLine)>,
    /// How many inputs the evidence has once the learner's latest one is in it.
    given: usize,
    /// What the cluster could not do, counted: an input may be among it.
    failures: usize,
    last_map: Map,
    vigil: Watchdog,
    workspace: Workspace,
    /// When the watched files are looked at next.
    look_at: Instant,
    /// What the learner is to be told once the nodes have been brought to a step.
    remarks: Vec<Localized>,
    cell_end: Option<cell::End>,
}

/// The lesson again, in another language.
pub type Library = Box<dyn Fn(Lang) -> Result<Arc<Lesson>> + Send>;

/// The driver of a shell. A check has none: what it needs it asks the session.
pub struct Audience {
    pub notices: mpsc::Sender<Notice>,
    pub commands: mpsc::Receiver<Command>,
    /// Whether a program can take the whole screen.
    has_screen: bool,
    /// While the nodes are being brought to a step: nothing they print is shown, and commands wait.
    muted: bool,
    held: VecDeque<Command>,
}

/// Longer work that the loop takes up between two turns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum PendingWork {
    /// Where the learner stopped the last time.
    Resume(Position),
    Travel(Position),
    GoOn,
}

impl Audience {
    pub fn new(notices: mpsc::Sender<Notice>, commands: mpsc::Receiver<Command>) -> Self {
        Self { notices, commands, has_screen: false, muted: false, held: VecDeque::new() }
    }

    /// A program may take the whole screen.
    #[must_use]
    pub fn on_a_screen(self, has_screen: bool) -> Self {
        Self { has_screen, ..self }
    }
}

impl Guide {
    /// For a check: nobody watches, nothing is saved.
    pub fn unattended(lesson: Arc<Lesson>, lang: Lang, cluster: Cluster) -> Self {
        Self::new(Session::new(lesson, lang, Progress::default()), cluster, None, None)
    }

    /// Why the cell is gone that the nodes were in, once it is.
    pub fn cell_end(&self) -> Option<cell::End> {
        self.cell_end
    }

    /// For a learner; `progress` is what `store` had.
    pub fn for_learner(
        session: Session,
        cluster: Cluster,
        audience: Audience,
        store: Store,
        library: Library,
    ) -> Self {
        let archive = store.saves().then(|| Archive::new(store.files()));
        let guide = Self::new(session, cluster, Some(audience), Some(store));
        let archive = archive.filter(|_| guide.workspace.has_files());
        Self { library: Some(library), archive, ..guide }
    }

    fn new(session: Session, cluster: Cluster, audience: Option<Audience>, store: Option<Store>) -> Self {
        let focus = session.lesson().terminals[0].clone();
        let workspace = Workspace::new(cluster.workspace().to_owned(), session.lesson().files());
        Self {
            session,
            cluster,
            audience,
            store,
            library: None,
            archive: None,
            began: Instant::now(),
            focus,
            before_editor: None,
            screens: Screens::default(),
            typed_ahead: BTreeMap::new(),
            probes: HashMap::new(),
            validations: HashMap::new(),
            lookalike: None,
            completions: HashMap::new(),
            next_id: 0,
            latest: Instant::now(),
            quiet_told: false,
            polls: 0,
            errand: None,
            is_beginning: false,
            quitting: false,
            is_saved: true,
            last_prompt: None,
            given: 0,
            failures: 0,
            last_map: Map::default(),
            vigil: Watchdog::default(),
            workspace,
            look_at: Instant::now(),
            remarks: Vec::new(),
            cell_end: None,
        }
    }

    pub fn session(&self) -> &Session {
        &self.session
    }

    /// Ends every node and every process of the terminals.
    pub async fn shutdown(self) -> Result<()> {
        self.cluster.shutdown().await
    }

    /// One event, one command or one timer; returns at `until` at the latest.
    async fn turn(&mut self, until: Option<Instant>) -> Result<()> {
        let timer = [until, self.quiet_at(), self.next_deadline(), self.vigil.next(), self.look_at()]
            .into_iter()
            .flatten()
            .min();
        tokio::select! {
            event = self.cluster.next() => self.on_cluster(event).await,
            command = next_command(self.audience.as_mut()) => self.on_driver(command).await,
            () = sleep_or_never(timer) => self.on_timer().await,
        }
    }

    async fn on_timer(&mut self) -> Result<()> {
        self.expire().await?;
        if self.look_at().is_some_and(|at| at <= Instant::now()) {
            self.look_at_files().await?;
        }
        if let Some(words) = self.vigil.due(Instant::now()) {
            self.show(Notice::Say(words)).await?;
        }
        if self.quiet_at().is_some_and(|at| at <= Instant::now()) {
            self.polls = if self.quiet_told { self.polls + 1 } else { 0 };
            self.quiet_told = true;
            self.latest = Instant::now();
            let effects = self.tell(Event::Quiet);
            self.run(effects).await?;
        }
        Ok(())
    }

    /// While a learner may save one of the files that the step looks at.
    fn look_at(&self) -> Option<Instant> {
        let is_open = self.audience.is_some() && self.session.stage() == Stage::Open;
        (is_open && self.workspace.is_watching()).then_some(self.look_at)
    }

    async fn look_at_files(&mut self) -> Result<()> {
        self.look_at = Instant::now() + LOOKING;
        for fact in self.workspace.changes() {
            self.on_fact(fact).await?;
        }
        Ok(())
    }

    /// When the session is next told that all is quiet: after the settling time, then again for its probes' sake.
    fn quiet_at(&self) -> Option<Instant> {
        if self.session.awaited_probes() > 0 || !self.session.is_attentive() {
            return None;
        }
        match (self.quiet_told, self.polls) {
            (false, _) => Some(self.latest + SETTLING),
            (true, polls) if polls < MAX_POLLS => Some(self.latest + POLLING),
            (true, _) => None,
        }
    }

    fn next_deadline(&self) -> Option<Instant> {
        let probes = self.probes.values().map(|(_, deadline)| *deadline);
        probes.chain(self.validations.values().map(|(_, deadline)| *deadline)).min()
    }

    /// Gives up on what the cluster should have answered by now; a dropped validation counts as complete.
    async fn expire(&mut self) -> Result<()> {
        let now = Instant::now();
        self.validations.retain(|_, (_, deadline)| *deadline > now);
        let late: Vec<u64> =
            self.probes.iter().filter(|(_, (_, at))| *at <= now).map(|(id, _)| *id).collect();
        for id in late {
            self.on_probed(id, ProbeOutcome::TimedOut).await?;
        }
        Ok(())
    }

    async fn on_probed(&mut self, id: u64, outcome: ProbeOutcome) -> Result<()> {
        let Some((ProbeCall { terminal, code, pattern }, _)) = self.probes.remove(&id) else { return Ok(()) };
        self.tell_session(Fact::Probed { terminal, code, pattern, outcome }).await
    }

    async fn on_cluster(&mut self, event: cluster::Event) -> Result<()> {
        match event {
            cluster::Event::Fact(fact) => self.on_fact(fact).await,
            cluster::Event::Probed { id, outcome, .. } => self.on_probed(id, outcome).await,
            cluster::Event::Parsed { id, parsed } => {
                if let Some((reply, _)) = self.validations.remove(&id) {
                    let _ = reply.send(parsed != Parsed::Incomplete);
                }
                Ok(())
            }
            cluster::Event::Completed { id, candidates } => {
                if let Some(reply) = self.completions.remove(&id) {
                    // An editor that has moved on listens no more.
                    let _ = reply.send(candidates);
                }
                Ok(())
            }
            cluster::Event::Raw { terminal, bytes } => self.relay(&terminal, bytes).await,
            cluster::Event::Interrupted { terminal, kept } => self.on_interrupted(&terminal, kept).await,
            cluster::Event::BootTimedOut { terminal } => self.on_slow_boot(&terminal).await,
            cluster::Event::CellEnded(end) => {
                self.cell_end = Some(end);
                Ok(())
            }
            cluster::Event::Failed { error, .. } => self.on_failed(error).await,
        }
    }

    async fn on_failed(&mut self, error: Error) -> Result<()> {
        self.failures += 1;
        self.show(Notice::Problem(error)).await?;
        // An input that was refused left the prompt as it was.
        (self.given, self.last_prompt) = (0, None);
        self.refresh().await
    }

    async fn on_fact(&mut self, fact: Fact) -> Result<()> {
        if self.is_the_editors(&fact) {
            return self.on_editor().await;
        }
        self.latest = Instant::now();
        self.quiet_told = false;
        self.show_fact(&fact).await?;
        if !self.is_muted() {
            self.vigil.heed(&fact);
        }
        self.tell_session(fact.clone()).await?;
        self.release(&fact);
        self.refresh().await
    }

    async fn tell_session(&mut self, fact: Fact) -> Result<()> {
        let effects = self.tell(Event::Fact(fact));
        self.run(effects).await
    }

    fn tell(&mut self, event: Event) -> Vec<Effect> {
        self.session.on(self.began.elapsed(), event)
    }

    async fn run(&mut self, effects: Vec<Effect>) -> Result<()> {
        for effect in effects {
            match effect {
                Effect::Show(notice) => {
                    let notice = self.with_lookalike(notice);
                    self.show(notice).await?;
                }
                Effect::Probe(calls) => self.probe(calls),
                Effect::Travel(place) => self.errand = Some(PendingWork::Travel(place)),
                Effect::GoOn => self.errand = Some(PendingWork::GoOn),
                Effect::Save => {
                    self.save().await?;
                    if self.session.stage() == Stage::Passed {
                        self.mark_step().await?;
                    }
                }
                Effect::Quit => self.quitting = true,
            }
        }
        self.tell_of_harmless_lookalike().await
    }

    fn probe(&mut self, calls: Vec<ProbeCall>) {
        for call in calls {
            let id = self.fresh_id();
            self.cluster.probe(&call.terminal, id, &call.code, call.pattern.as_deref(), PROBE);
            // The cluster itself answers "timed out" at its deadline; this one only bounds the table.
            self.probes.insert(id, (call, Instant::now() + 2 * PROBE));
        }
    }

    fn fresh_id(&mut self) -> u64 {
        self.next_id += 1;
        self.next_id
    }

    async fn save(&mut self) -> Result<()> {
        let saved = self.store.as_ref().map_or(Ok(()), |store| store.save(self.session.progress()));
        self.is_saved = saved.is_ok();
        match saved {
            Err(error) => self.show(Notice::Problem(error)).await,
            Ok(()) => Ok(()),
        }
    }

    /// A driver that has gone ends the guide.
    async fn show(&mut self, notice: Notice) -> Result<()> {
        let Some(audience) = &self.audience else { return Ok(()) };
        if audience.notices.send(notice).await.is_err() {
            self.quitting = true;
        }
        Ok(())
    }

    fn prompt_of(&self, terminal: &TerminalName) -> Prompt {
        self.session.evidence().world().prompts.get(terminal).cloned().unwrap_or(Prompt::Dollar)
    }

    fn node_of(&self, terminal: &TerminalName) -> Option<&NodeName> {
        self.session.evidence().world().running.get(terminal).map(|running| &running.node)
    }
}

async fn next_command(audience: Option<&mut Audience>) -> Option<Command> {
    match audience {
        Some(audience) => audience.commands.recv().await,
        None => std::future::pending().await,
    }
}

async fn sleep_or_never(until: Option<Instant>) {
    match until {
        Some(until) => sleep_until(until.into()).await,
        None => std::future::pending().await,
    }
}
