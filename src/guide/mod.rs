//! The one loop: owns the session and the cluster, and serves one driver.
//!
//! Every event of the cluster goes through the session, whoever drives: what passes for a learner passes in a check.
//! The loop's unit is a `turn`: one event, one command or one timer. Longer work (a section's start, a replay) is
//! made of turns, so that Ctrl-C and `/quit` are heard meanwhile. What is to be remembered between turns belongs to
//! the parts, each of which keeps its own order; the loop carries what one says to the others.
//!
//! Begin with `Guide::turn`. `teaching` is the loop as a person has it, `replay` as a check has it. It owns what
//! outlasts a session too: the saved progress (`saving`, [`store`]) and the learner's files (`files`).

mod aftermath;
mod audience;
mod classroom;
pub mod command;
mod consent;
mod dispatch;
mod edit;
mod edition;
mod export;
mod files;
mod front;
mod lookalike;
mod map;
pub mod messages;
mod quiet;
mod replay;
mod saving;
mod screens;
pub mod slash_command;
mod snapshot;
pub mod store;
mod teaching;
mod trace;
mod typed_ahead;
mod watchdog;
mod why;
mod windows;

use std::{sync::Arc, time::Instant};

use tokio::{sync::mpsc::UnboundedReceiver, time::sleep_until};

use crate::{
    cluster::{self, Cluster, PROBING, Rest, cell},
    error::Result,
    lesson::{Cause, Fact, Fault, Lang, Lesson, Prompt, TerminalName},
    session::{
        Effect, Event, Position, ProbeCall, Session, Stage, deed::Deed, notice::Notice, progress::Progress,
    },
};

pub use crate::cluster::{COMPLETING, PARSING};
use aftermath::Aftermath;
pub use audience::Audience;
pub use classroom::{Classroom, Tell};
pub use edition::Edition;
use files::{Files, workspace::Workspace};
use front::Front;
use map::Surveying;
use quiet::QuietWatch;
pub use replay::{Attempted, FailedCommand, Outcome, Watched};
use saving::Saving;
use slash_command::{Call, Spelling};
pub use snapshot::Snapshot;
use store::Store;
use trace::Following;
pub use trace::{Part, TraceRequest};
use windows::Windows;
pub use windows::{OpenWindow, Opened, WindowEvent};

pub struct Guide {
    session: Session,
    cluster: Cluster,
    audience: Audience,
    front: Front,
    windows: Windows,
    files: Files,
    saving: Saving,
    /// None in a check.
    library: Option<Library>,
    classroom: Option<Classroom>,
    /// None but for the author of the lesson.
    editions: Option<UnboundedReceiver<Edition>>,
    is_trial: bool,
    /// The driver is told when the nodes have come to rest.
    is_show: bool,
    /// None where no window can be opened.
    opener: Option<OpenWindow>,
    began: Instant,
    quiet: QuietWatch,
    aftermath: Aftermath,
    /// A replay waits for the nodes to come to rest.
    is_resting: bool,
    pending: Option<PendingWork>,
    /// The nodes are asked for the map.
    surveying: Option<Surveying>,
    following: Following,
    cell_end: Option<cell::End>,
}

/// The lesson again, in another language.
pub type Library = Box<dyn Fn(Lang) -> Result<Arc<Lesson>> + Send>;

/// Longer work that the loop takes up between two turns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum PendingWork {
    /// Where the learner stopped the last time.
    Resume(Position),
    Travel(Position),
    GoOn,
    /// In the window of that number; None: in the lesson's.
    DrawMap(Option<u64>),
    /// Likewise.
    Explain(Option<u64>),
}

impl Guide {
    /// For a check: nobody watches, nothing is saved.
    pub fn unattended(lesson: Arc<Lesson>, lang: Lang, cluster: Cluster) -> Self {
        let session = Session::new(lesson, lang, Progress::default());
        let files = Files::new(Workspace::new(cluster.workspace().to_owned(), session.lesson().files()));
        Self {
            front: Front::new(session.lesson().terminals[0].clone()),
            session,
            cluster,
            audience: Audience::nobody(),
            windows: Windows::default(),
            files,
            saving: Saving::nothing(),
            library: None,
            classroom: None,
            editions: None,
            is_trial: false,
            is_show: false,
            opener: None,
            began: Instant::now(),
            quiet: QuietWatch::new(Instant::now()),
            aftermath: Aftermath::default(),
            is_resting: false,
            pending: None,
            surveying: None,
            following: Following::default(),
            cell_end: None,
        }
    }

    /// For a learner; `session` has the progress that `store` had.
    pub fn for_learner(
        session: Session,
        cluster: Cluster,
        audience: Audience,
        store: Store,
        library: Library,
    ) -> Self {
        let guide = Self::unattended(session.lesson().clone(), session.lang(), cluster);
        let files = if store.saves() { guide.files.kept_in(store.files()) } else { guide.files };
        let saving = Saving::to(store);
        Self { session, audience, files, saving, library: Some(library), ..guide }
    }

    /// Nobody's progress: nothing of it is kept. Whoever types is told when the nodes have come to rest.
    #[must_use]
    pub fn as_show(self) -> Self {
        Self { saving: Saving::nothing(), is_show: true, ..self }
    }

    /// Why the cell is gone that the nodes were in, once it is.
    pub fn cell_end(&self) -> Option<cell::End> {
        self.cell_end
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
        if self.seeks_rest() {
            self.cluster.seek_rest();
        }
        let timers =
            [until, self.quiet_at(), self.aftermath_at(), self.front.watchdog.next(), self.look_at()];
        let timer = timers.into_iter().flatten().min();
        tokio::select! {
            event = self.cluster.next() => self.on_cluster(event).await,
            heard = self.audience.next() => self.on_heard(heard).await,
            answers = Self::surveyed(&mut self.surveying) => self.on_surveyed(answers).await,
            notice = Self::class_changed(&mut self.classroom) => self.show(notice).await,
            edition = Self::next_edition(&mut self.editions) => self.on_edition(edition).await,
            () = sleep_or_never(timer) => self.on_timer().await,
        }
    }

    async fn on_timer(&mut self) -> Result<()> {
        let is_due = |at: Option<Instant>| at.is_some_and(|at| at <= Instant::now());
        if is_due(self.look_at()) {
            self.look_at_files().await?;
        }
        if let Some(said) = self.front.watchdog.due(Instant::now()) {
            self.show(Notice::Say(said)).await?;
        }
        if is_due(self.aftermath_at()) {
            self.tell_aftermath().await?;
        }
        if is_due(self.quiet_at()) {
            // A command that has just ended may have written what is looked for, or looked for in vain.
            if self.look_at().is_some() {
                self.look_at_files().await?;
            }
            if is_due(self.quiet_at()) {
                self.quiet.tell(Instant::now());
                self.tell(Event::Quiet).await?;
            }
        }
        Ok(())
    }

    /// While a learner may save one of the files that the step looks at.
    fn look_at(&self) -> Option<Instant> {
        let is_open = self.audience.is_somebody() && self.session.stage() == Stage::Open;
        self.files.look_at().filter(|_| is_open)
    }

    async fn look_at_files(&mut self) -> Result<()> {
        for fact in self.files.changes() {
            self.on_fact(fact, None).await?;
        }
        Ok(())
    }

    /// Whether it matters to the session that all is quiet.
    fn is_quiet_heard(&self) -> bool {
        self.session.awaited_probes() == 0 && self.session.is_attentive()
    }

    /// When the session is next told that all is quiet.
    fn quiet_at(&self) -> Option<Instant> {
        self.quiet.due().filter(|_| self.is_quiet_heard() && !self.cluster.is_booting())
    }

    /// Whether the nodes are to be asked, if they are not being asked already.
    fn seeks_rest(&self) -> bool {
        let is_awaited = self.is_resting
            || self.is_show
            || self.has_aftermath()
            || self.is_quiet_heard()
            || self.is_trace_due();
        self.quiet.is_stirred() && is_awaited
    }

    fn has_aftermath(&self) -> bool {
        self.aftermath.is_awaited(self.session.evidence().world())
    }

    /// When it is told what came of a fault: once all is at rest, or seems to be where no node can tell.
    fn aftermath_at(&self) -> Option<Instant> {
        match self.quiet.rest().filter(|_| self.has_aftermath())? {
            Rest::Over | Rest::Waiting => Some(Instant::now()),
            Rest::Unknown => Some(self.quiet.settled()),
        }
    }

    async fn tell_aftermath(&mut self) -> Result<()> {
        for said in self.aftermath.tell(self.session.evidence().world()) {
            self.show(Notice::Say(said)).await?;
        }
        Ok(())
    }

    /// The nodes are at rest, but for the news of one's end that the others may still have to hear.
    /// Whether it counts.
    fn on_rest(&mut self, rest: Rest) -> bool {
        let is_known = rest != Rest::Unknown;
        if is_known && self.session.evidence().world().has_ghosts() && !self.quiet.is_long_ago() {
            return false;
        }
        self.quiet.rests(rest);
        true
    }

    async fn on_cluster(&mut self, event: cluster::Event) -> Result<()> {
        match event {
            // What Moebi asked is no sign of life: all is as quiet as it was.
            cluster::Event::Fact(fact @ Fact::Probed { .. }, cause) => {
                self.tell(Event::Fact(fact, cause)).await
            }
            cluster::Event::Fact(fact, cause) => self.on_fact(fact, cause).await,
            cluster::Event::Rested(rest) => {
                if self.on_rest(rest) && self.is_show {
                    let world = self.session.evidence().world();
                    // A paused node can't say whether it is at rest.
                    let is_known = rest != Rest::Unknown || !world.paused.is_empty();
                    if is_known && !world.has_command_under_way() {
                        self.show(Notice::Rest(true)).await?;
                    }
                }
                self.follow_trace().await
            }
            cluster::Event::Foreground { terminal, is_program } => {
                self.front.has_program(&terminal, is_program);
                self.type_ahead(&terminal);
                self.refresh().await
            }
            cluster::Event::Unread { terminal, lines, begun, was_read } => {
                if was_read {
                    self.tell(Event::Unrepeatable).await?;
                }
                if self.audience.is_elsewhere() {
                    return Ok(());
                }
                self.front.is_left(&terminal, lines, begun);
                Ok(())
            }
            cluster::Event::Late { terminal, typed } => match self.front.is_late(&terminal, typed) {
                Some(begun) => self.show_begun(&terminal, begun).await,
                None => {
                    self.type_ahead(&terminal);
                    Ok(())
                }
            },
            cluster::Event::Raw { terminal, bytes } => self.relay(&terminal, bytes).await,
            cluster::Event::Interrupted { terminal, kept } => self.on_interrupted(&terminal, kept).await,
            cluster::Event::BootTimedOut { terminal } => {
                self.show(Notice::Say(messages::slow_boot(&terminal))).await
            }
            cluster::Event::CellEnded(end) => {
                self.cell_end = Some(end);
                Ok(())
            }
            cluster::Event::Failed { error, .. } => {
                self.show(Notice::Problem(error)).await?;
                // An input that was refused left the prompt as it was.
                self.front.renew_prompt();
                self.refresh().await
            }
        }
    }

    fn type_ahead(&mut self, terminal: &TerminalName) {
        let Self { front, cluster, .. } = self;
        if let Some(begun) = front.type_ahead(terminal, |line| cluster.type_ahead(terminal, line)) {
            cluster.bytes(terminal, begun.as_bytes());
        }
    }

    async fn on_fact(&mut self, fact: Fact, cause: Option<Cause>) -> Result<()> {
        if self.front.is_of_editor(&fact) {
            // The file may have been saved, and the editor may be gone.
            self.files.look_soon();
            if matches!(fact, Fact::CommandEnded { .. }) {
                self.editor_is_left();
            }
            return self.refresh().await;
        }
        self.quiet.stir(Instant::now());
        let shown = self.front.take(&fact, cause.as_ref(), &self.session);
        if !self.audience.is_elsewhere() {
            if let Some(notice) = shown {
                self.show_where_it_shows(notice).await?;
            }
            self.front.watchdog.heed(&fact);
            if let Some(said) = self.aftermath.heed(&fact, self.session.evidence().world(), Instant::now()) {
                self.show(Notice::Say(said)).await?;
            }
        }
        let asks = self.asks(&fact);
        self.tell(Event::Fact(fact, cause)).await?;
        let asks = asks.filter(|_| !self.audience.is_elsewhere());
        while let Some(terminal) = &asks
            && let Some(line) = self.front.next_line(terminal)
        {
            // What a program left unread is for whoever reads next, and that is Moebi where it is spoken to.
            if let Some(call) = self.called(terminal, &line) {
                self.run_typed_ahead(terminal, call).await?;
                continue;
            }
            let inputs = self.session.evidence().inputs();
            let is_input = self.cluster.enter(terminal, &line);
            // What a command left of a line is for whoever asks once this one has its answer.
            self.renew_prompts_at(terminal, inputs + usize::from(is_input));
            break;
        }
        self.refresh().await
    }

    /// The command that a line is, at a prompt where it would be taken for one.
    fn called(&self, terminal: &TerminalName, line: &str) -> Option<Call> {
        let reads = matches!(self.session.prompt_of(terminal), Prompt::Dollar | Prompt::Iex { .. });
        let names: Vec<_> = self.cluster.names().cloned().collect();
        reads.then(|| slash_command::read(line, &names, Spelling::Exact).ok().flatten()).flatten()
    }

    /// The terminal that asks for its next line.
    fn asks(&self, fact: &Fact) -> Option<TerminalName> {
        let terminal = match fact {
            Fact::Prompt { terminal, prompt } if *prompt != Prompt::Busy => terminal,
            Fact::Fault(Fault::Resume(terminal)) if *self.session.prompt_of(terminal) != Prompt::Busy => {
                terminal
            }
            _ => return None,
        };
        Some(terminal.clone())
    }

    async fn relay(&mut self, terminal: &TerminalName, bytes: Vec<u8>) -> Result<()> {
        if self.audience.is_elsewhere() {
            return Ok(());
        }
        self.relay_beside(terminal, &bytes);
        match self.front.is_relaying(terminal, &self.session) {
            true => self.show(Notice::Relay(bytes)).await,
            false => Ok(()),
        }
    }

    async fn on_interrupted(&mut self, terminal: &TerminalName, kept: u64) -> Result<()> {
        if self.audience.is_elsewhere() {
            return Ok(());
        }
        let said = match kept {
            0 => messages::interrupted(terminal),
            kept => messages::interrupted_keeping(terminal, kept),
        };
        self.show(Notice::Say(said)).await
    }

    /// Tells the session, and does what follows.
    async fn tell(&mut self, event: Event) -> Result<()> {
        let effects = self.session.on(self.began.elapsed(), event);
        self.run(effects).await
    }

    async fn run(&mut self, effects: Vec<Effect>) -> Result<()> {
        for effect in effects {
            match effect {
                Effect::Show(Notice::Mistake { id, advice }) => {
                    self.did(Deed::WentWrong { mistake: id.to_string() }).await?;
                    let advice = self.front.lookalike.refine(&id, advice, self.session.lang());
                    self.show(Notice::Mistake { id, advice }).await?;
                }
                Effect::Show(notice) => {
                    self.did_as_shown(&notice).await?;
                    self.show(notice).await?;
                }
                Effect::Probe(calls) => self.probe(calls),
                Effect::Travel(place) => self.pending = Some(PendingWork::Travel(place)),
                Effect::GoOn => self.pending = Some(PendingWork::GoOn),
                Effect::Save => {
                    self.save().await?;
                    self.did_step().await?;
                    if self.session.stage() == Stage::Passed {
                        let Position { step, .. } = self.session.place();
                        let marked = self.files.mark_step(self.session.section(), step);
                        self.tell_trouble(marked).await?;
                    }
                }
                Effect::Quit => self.audience.leave(),
            }
        }
        let inputs = self.session.evidence().inputs();
        match self.session.is_settled().then(|| self.front.lookalike.harmless(inputs)).flatten() {
            Some(said) => self.show(Notice::Say(said)).await,
            None => Ok(()),
        }
    }

    fn probe(&mut self, calls: Vec<ProbeCall>) {
        for ProbeCall { terminal, code, pattern } in calls {
            self.cluster.probe(&terminal, &code, pattern.as_deref(), PROBING);
        }
    }

    async fn save(&mut self) -> Result<()> {
        let saved = self.saving.save(self.session.progress());
        self.tell_trouble(saved).await
    }

    /// What could not be written is told; the lesson goes on.
    async fn tell_trouble(&mut self, done: Result<()>) -> Result<()> {
        match done {
            Ok(()) => Ok(()),
            Err(error) => self.show(Notice::Problem(error)).await,
        }
    }

    /// To whom it concerns: the lesson's own window, unless somebody asked for it in another.
    async fn show(&mut self, notice: Notice) -> Result<()> {
        if self.windows.takes(&notice) {
            self.audience.show(notice).await;
        }
        Ok(())
    }

    /// The map and the prompts, where they have changed.
    async fn refresh(&mut self) -> Result<()> {
        if self.audience.is_elsewhere() {
            return Ok(());
        }
        // First, since what was begun in one of them is not the lesson's.
        self.refresh_beside();
        let changes: Vec<_> = self.front.changes(&self.session, self.cluster.names()).collect();
        for notice in changes {
            self.show(notice).await?;
        }
        Ok(())
    }

    /// Asks again even where the prompt is the same: the driver has read a line and waits to be told.
    async fn renew_prompt(&mut self) -> Result<()> {
        if self.pending.is_some() || self.audience.has_left() {
            return Ok(());
        }
        self.front.renew_prompt();
        self.refresh().await
    }
}

async fn sleep_or_never(until: Option<Instant>) {
    match until {
        Some(until) => sleep_until(until.into()).await,
        None => std::future::pending().await,
    }
}
