//! Real processes: terminals, the nodes in them, the epmd that names them, and the guardian that ends them.
//!
//! [`Cluster`] owns all of it. One task drives it: it calls what a person or a lesson wants, and takes
//! [`Cluster::next`] for what happened, in the order in which it did. All state lives in that task; the tasks and
//! threads around it only carry bytes to it, through bounded channels. So nothing happens while nobody takes events:
//! nodes and commands then wait in their own writes.
//!
//! Begin with [`terminal`], the life of a command and of the node in it, then [`protocol`], all that a node and Moebi
//! tell each other. [`guardian`] is why nothing outlives Moebi; [`cell`] is what a submission is shut into; [`runtime`]
//! finds an Elixir.

mod another;
pub mod bridge;
mod causes;
pub mod cell;
pub mod cookie;
pub mod epmd;
pub mod event;
mod faults;
mod folder;
pub mod guardian;
pub mod locale;
pub(crate) mod messages;
mod open_files;
mod opener;
pub mod protocol;
mod questions;
mod rounds;
pub mod runtime;
mod shared;
mod shim;
pub mod subprocess;
pub mod terminal;
mod timers;

use std::{
    collections::BTreeSet,
    iter,
    path::{Path, PathBuf},
    time::Duration,
};

use tokio::{
    sync::{mpsc, oneshot},
    time::timeout,
};

pub use self::{
    another::Another,
    event::{Event, Rest},
    folder::places,
    questions::{COMPLETING, PARSING, PROBING, SURVEYING},
    runtime::Runtime,
};
use self::{
    cell::{Cell, LimitExceeded, Limits},
    epmd::Epmd,
    faults::Cuts,
    folder::{Folder, MappedFolder},
    guardian::{CommandId, Guardian, GuardianEvent},
    opener::{Opener, Surroundings},
    protocol::{Candidate, FromNode},
    questions::Question,
    rounds::{FIRST_PAUSE, Next, REPORTING, RESTING},
    shared::Shared,
    shim::Shim,
    terminal::{Node, Terminal, TerminalEvent},
    timers::Timer,
};
use crate::{
    error::{Error, Result},
    i18n::Verbatim,
    lesson::{Fact, NodeName, ProbeOutcome, Prompt, TerminalName},
    view::Survey,
};

/// What may be on its way to the driving task before its source has to wait.
const MAX_HAPPENINGS: usize = 256;

/// How long all nodes may take to be gone once they are killed.
const STOPPING: Duration = Duration::from_secs(8);

/// Each has a socket, a thread and a place on the screen.
const MAX_TERMINALS: usize = 16;

/// A guardian that was killed is replaced, but not for ever.
const MAX_GUARDIANS: u32 = 3;

#[derive(Debug, Clone)]
pub struct Settings {
    pub terminals: Vec<TerminalName>,
    pub site: Site,
    pub runtime: Runtime,
    /// Where the compiled bridge is kept.
    pub cache: PathBuf,
    /// Columns and rows.
    pub size: (u16, u16),
    /// The `moebi` program, which is run again as the guardian: [`guardian::this_program`] in `moebi` itself,
    /// `env!("CARGO_BIN_EXE_moebi")` in a test.
    pub guardian: PathBuf,
    /// What nodes tell arrives late now and then: a verdict must not depend on that.
    pub jitter: bool,
}

/// Where the terminals are.
#[derive(Debug, Clone)]
pub enum Site {
    /// On this machine as it is, each beginning in this folder, which must be there.
    Folder(PathBuf),
    /// Likewise, in a folder that goes with the cluster, whatever ends it.
    Passing,
    /// In a cell, and the folder with them.
    Cell(Cell),
}

pub struct Cluster {
    terminals: Vec<Terminal>,
    opener: Opener,
    shared: Shared,
    terminal_events: mpsc::Receiver<TerminalEvent>,
    epmd: Epmd,
    epmd_events: mpsc::Receiver<epmd::Event>,
    /// Names registered now.
    names: BTreeSet<String>,
    cuts: Cuts,
    folder: Folder,
    program: PathBuf,
    guardians: u32,
    /// Those of the cell, where it is one.
    limits: Option<Limits>,
    excess: Option<LimitExceeded>,
}

/// What a site has: where Moebi's own folder and the workspace lie, and who guards them.
struct Foundation {
    guardian: Guardian,
    folder: Folder,
    workspace: Option<MappedFolder>,
    epmd: Option<std::net::TcpListener>,
    around: Surroundings,
}

impl Foundation {
    async fn prepare(settings: &Settings, real: &Path, search: &[PathBuf], bridge: &Path) -> Result<Self> {
        let workspace = match &settings.site {
            Site::Cell(cell) => return Self::confined(settings, cell, real, search, bridge).await,
            Site::Folder(folder) => Some(MappedFolder::here(folder.clone())),
            Site::Passing => None,
        };
        let folder = Folder::choose()?;
        // The guardian first: from here on nothing can stay behind.
        let guardian = Guardian::start(&settings.guardian, folder.path())?;
        folder.make()?;
        Ok(Self { guardian, folder, workspace, epmd: None, around: Surroundings::here() })
    }

    async fn confined(
        settings: &Settings,
        cell: &Cell,
        real: &Path,
        search: &[PathBuf],
        bridge: &Path,
    ) -> Result<Self> {
        let programs = ["elixir", "erl"]
            .map(|name| search.iter().map(|folder| folder.join(name)).find(|file| file.exists()));
        let mut visible =
            cell::visible([real].into_iter().chain(programs.iter().flatten().map(PathBuf::as_path)));
        visible.insert(bridge.to_owned());
        let session = folder::session()?;
        let (guardian, inside) = Guardian::confine(&settings.guardian, cell, &session, &visible).await?;
        let folder = Folder::confined(inside.private, session);
        cookie::ensure_in(&inside.home.ours).map_err(|error| folder.diagnostic(error))?;
        let around = Surroundings::confined(&inside.home.theirs);
        Ok(Self { guardian, folder, workspace: Some(inside.workspace), epmd: Some(inside.epmd), around })
    }
}

impl Cluster {
    /// Opens the terminals, each at `$`. No process but the guardian runs then.
    ///
    /// Takes some milliseconds, and a second or two where this runtime's bridge is not in the cache yet.
    ///
    /// # Errors
    /// `CouldNotRun` where no `iex` is found, no place is fit for the private folder, or a program can't be started.
    pub async fn new(settings: Settings) -> Result<Self> {
        open_files::allow()?;
        let search = search(&settings.runtime);
        let real = shim::find_iex(search.iter().map(PathBuf::as_path)).ok_or_else(no_iex)?;
        let bridge = bridge::ensure(compiler(&real, &search), &settings.runtime, &settings.cache).await?;
        let Foundation { guardian, folder, workspace, epmd, around } =
            Foundation::prepare(&settings, &real, &search, &bridge).await?;
        let bin = folder.make_room("bin")?;
        let shim = Shim {
            bin: &bin.theirs,
            real: &real,
            bridge: &bridge,
            moebi: (!matches!(settings.site, Site::Cell(_))).then_some((&settings.guardian, &settings.cache)),
        };
        shim.write(&bin.ours).map_err(|error| folder.diagnostic(error))?;
        let workspace = match workspace {
            Some(workspace) => workspace,
            None => folder.make_room("workspace")?,
        };
        let (sender, epmd_events) = mpsc::channel(MAX_HAPPENINGS);
        let epmd = match epmd {
            Some(listener) => Epmd::start_on(listener, sender),
            None => Epmd::start(sender).await,
        };
        let epmd = epmd.map_err(|error| Error::could_not_run(messages::no_epmd()).because(error))?;
        let (happen, terminal_events) = mpsc::channel(MAX_HAPPENINGS);
        let opener =
            Opener::new(folder.clone(), &bin, &search, workspace, epmd.port(), around, happen.clone())?
                .with_jitter(settings.jitter);
        let named = settings.terminals.into_iter().enumerate();
        let terminals = named.map(|(number, name)| opener.open(number, name)).collect::<Result<Vec<_>>>()?;
        let mut shared = Shared::new(guardian, happen, settings.size);
        shared.is_attended = matches!(settings.site, Site::Folder(_));
        for terminal in &terminals {
            shared.tell(Fact::Prompt { terminal: terminal.name().clone(), prompt: Prompt::Dollar });
        }
        Ok(Self {
            terminals,
            opener,
            shared,
            terminal_events,
            epmd,
            epmd_events,
            names: BTreeSet::new(),
            cuts: Cuts::default(),
            folder,
            program: settings.guardian,
            guardians: 1,
            limits: match settings.site {
                Site::Cell(cell) => Some(cell.limits),
                Site::Folder(_) | Site::Passing => None,
            },
            excess: None,
        })
    }

    /// Opens one more terminal, at `$`; nothing happens where there is one of that name.
    ///
    /// # Errors
    /// There are as many as there may be, or its socket can't be made.
    pub fn open(&mut self, name: &TerminalName) -> Result<()> {
        if self.has(name) {
            return Ok(());
        }
        if self.terminals.len() >= MAX_TERMINALS {
            return Err(Error::usage(messages::as_many_as_may_be(MAX_TERMINALS)));
        }
        self.terminals.push(self.opener.open(self.terminals.len(), name.clone())?);
        self.shared.tell(Fact::Prompt { terminal: name.clone(), prompt: Prompt::Dollar });
        Ok(())
    }

    pub fn names(&self) -> impl Iterator<Item = &TerminalName> {
        self.terminals.iter().map(Terminal::name)
    }

    pub fn has(&self, terminal: &TerminalName) -> bool {
        self.names().any(|name| name == terminal)
    }

    /// What happened next. Waits for it; cancel safe.
    pub async fn next(&mut self) -> Event {
        loop {
            if let Some(event) = self.shared.events.pop_front() {
                return event;
            }
            self.step().await;
        }
    }

    /// One whole input, possibly of many lines, no closing newline needed: at `$` it is run, a node gets it line by
    /// line (as soon as it is up, while it boots), and a program in the foreground gets it as keys.
    ///
    /// A [`Fact::Input`] follows. False where none does: there is no such terminal, or the text is too long, as an
    /// [`Event::Failed`] says.
    pub fn enter(&mut self, terminal: &TerminalName, text: &str) -> bool {
        self.disturb();
        self.find(terminal).is_some_and(|(terminal, shared)| terminal.enter(text, shared))
    }

    /// Asks whether everything has come to rest. One [`Event::Rested`] follows once it has, or after 5 s, behind all facts
    /// that were told until then.
    pub fn seek_rest(&mut self) {
        if let Some(search) = self.shared.rounds.seek() {
            self.shared.timers.set(Timer::Search(search), RESTING);
            // What was just given to a node is not to be held up by a look at it.
            self.shared.timers.set(Timer::Round, FIRST_PAUSE);
        }
    }

    /// What the nodes have said is no more true: something is done to one.
    fn disturb(&mut self) {
        self.shared.rounds.disturb();
        self.shared.timers.set(Timer::Round, FIRST_PAUSE);
    }

    /// Whether an `iex` was started a short while ago that is no node yet.
    pub fn is_booting(&self) -> bool {
        self.terminals.iter().any(Terminal::is_booting)
    }

    /// What is asked of every node, if somebody wants to know.
    fn next_round(&mut self) {
        if !self.shared.rounds.is_sought() {
            return;
        }
        if self.terminals.iter().any(Terminal::runs_unseen) {
            return self.nobody_can_tell();
        }
        let nodes = self.terminals.iter().filter_map(|terminal| Some((terminal, terminal.node()?)));
        let (paused, nodes): (Vec<_>, Vec<_>) = nodes.partition(|(terminal, _)| terminal.is_paused());
        if nodes.is_empty() {
            self.shared.rounds.give_up();
            return self.rested(Rest::Over);
        }
        let names = |nodes: &[(_, &Node)]| {
            nodes.iter().filter_map(|(_, node)| node.name()).map(ToString::to_string).collect()
        };
        let terminals = nodes.iter().map(|(terminal, _)| terminal.name().clone()).collect();
        let question = self.shared.rounds.begin(terminals, names(&nodes), names(&paused));
        self.shared.timers.set(Timer::Reports(self.shared.rounds.number()), REPORTING);
        // One that can't be told doesn't report.
        for (_, node) in nodes {
            let _ = node.send(std::slice::from_ref(&question));
        }
    }

    fn follow(&mut self, next: Next) {
        match next {
            Next::Nothing => {}
            Next::RoundAfter(pause) if pause.is_zero() => self.next_round(),
            Next::RoundAfter(pause) => self.shared.timers.set(Timer::Round, pause),
            Next::Rested(rest) => self.rested(rest),
        }
    }

    fn nobody_can_tell(&mut self) {
        self.shared.rounds.give_up();
        self.rested(Rest::Unknown);
    }

    /// What epmd saw comes by a way of its own, and belongs before. What a paused node was at may go on.
    fn rested(&mut self, rest: Rest) {
        let is_one_paused = self.terminals.iter().any(Terminal::is_paused);
        let rest = if rest == Rest::Over && is_one_paused { Rest::Waiting } else { rest };
        while let Ok(event) = self.epmd_events.try_recv() {
            self.epmd_saw(event);
        }
        self.shared.events.push_back(Event::Rested(rest));
    }

    /// Types a line for whoever reads it first: the command that runs, or what comes after it, as an [`Event::Unread`]
    /// says. False where nothing runs that has the keys.
    pub fn type_ahead(&mut self, terminal: &TerminalName, line: &str) -> bool {
        self.find(terminal).is_some_and(|(terminal, _)| terminal.type_ahead(line))
    }

    /// Keys for the program in the foreground. An [`Event::Late`] gives them back where it has ended meanwhile.
    pub fn bytes(&mut self, terminal: &TerminalName, bytes: &[u8]) {
        if let Some((terminal, shared)) = self.find(terminal) {
            terminal.bytes(bytes, shared);
        }
    }

    /// Ctrl-C. An [`Event::Interrupted`] follows where a node's shell was interrupted.
    pub fn interrupt(&mut self, terminal: &TerminalName) {
        self.disturb();
        if let Some((terminal, shared)) = self.find(terminal) {
            terminal.interrupt(shared);
        }
    }

    /// Ctrl-D, for code that reads in the terminal's node.
    pub fn end_input(&mut self, terminal: &TerminalName) {
        self.disturb();
        if let Some((terminal, shared)) = self.find(terminal) {
            terminal.end_input(shared);
        }
    }

    /// Ends what runs there; the terminal is at `$` within a second.
    pub fn close(&mut self, terminal: &TerminalName) {
        self.disturb();
        if let Some((terminal, shared)) = self.find(terminal) {
            terminal.close(shared);
        }
    }

    /// Evaluates `code` in the terminal's node, out of sight. Always answered, once, with a [`Fact::Probed`]; only
    /// [`Cluster::forget_probes`] takes it back.
    pub fn probe(&mut self, terminal: &TerminalName, code: &str, pattern: Option<&str>, within: Duration) {
        let (code, pattern) = (code.to_owned(), pattern.map(str::to_owned));
        self.ask(terminal, Question::Probe { code, pattern, within });
    }

    /// Whether an answer to a probe is still to come, or to be taken.
    pub fn is_probing(&self) -> bool {
        self.shared.is_probing()
    }

    /// No probe that was asked so far is answered any more.
    pub fn forget_probes(&mut self) {
        self.shared.forget_probes();
    }

    /// Asks IEx whether `text` is a whole expression. Closed without an answer where there is no node, or none that
    /// answers within [`PARSING`].
    pub fn parse(&mut self, terminal: &TerminalName, text: String, is_whole: oneshot::Sender<bool>) {
        self.ask(terminal, Question::Parse { text, is_whole });
    }

    /// Asks the node what may stand where `text` ends. Closed without an answer where there is no node, or none that
    /// answers within [`COMPLETING`].
    pub fn complete(
        &mut self,
        terminal: &TerminalName,
        text: String,
        found: oneshot::Sender<Vec<Candidate>>,
    ) {
        self.ask(terminal, Question::Complete { text, found });
    }

    /// Asks each node for its part of the map, and for a module, as Erlang calls it. Closed without an answer where a
    /// node gives none within [`SURVEYING`]; at once where it is paused.
    pub fn survey(&mut self, module: Option<&str>) -> Vec<(NodeName, oneshot::Receiver<Survey>)> {
        let salt = self.session().to_owned();
        let nodes = self.terminals.iter().filter_map(|terminal| Some((terminal, terminal.node()?.name()?)));
        let asked = |(terminal, node): (&Terminal, &NodeName)| {
            ((!terminal.is_paused()).then(|| terminal.name().clone()), node.clone())
        };
        let named: Vec<_> = nodes.map(asked).collect();
        let ask = |(terminal, node): (Option<TerminalName>, NodeName)| {
            let (found, answer) = oneshot::channel();
            if let Some(terminal) = terminal {
                let module = module.map(str::to_owned);
                self.ask(&terminal, Question::Survey { salt: salt.clone(), module, found });
            }
            (node, answer)
        };
        named.into_iter().map(ask).collect()
    }

    /// Where the terminal's next command would run.
    pub fn folder(&self, terminal: &TerminalName) -> Option<&Path> {
        self.terminals.iter().find(|found| found.name() == terminal).map(Terminal::folder)
    }

    fn ask(&mut self, terminal: &TerminalName, question: Question) {
        let deadline = question.deadline();
        let (id, frame) = self.shared.questions.open(terminal, question);
        self.shared.timers.set(Timer::Question(id), deadline);
        let Some((terminal, shared)) = self.find(terminal) else {
            return self.shared.unanswered(id, ProbeOutcome::NoNode);
        };
        if terminal.is_paused() {
            return shared.unanswered(id, ProbeOutcome::TimedOut);
        }
        let node = terminal.node();
        if node.is_none_or(|node| node.send(&[frame]).is_err()) {
            self.shared.unanswered(id, ProbeOutcome::NoNode);
        }
    }

    pub fn resize(&mut self, columns: u16, rows: u16) {
        self.shared.size = (columns, rows);
        for terminal in &mut self.terminals {
            terminal.resize((columns, rows));
        }
    }

    /// Where a socket of that name may be, in the private folder that goes with the cluster; at most 15 letters.
    pub fn socket(&self, name: &str) -> PathBuf {
        self.folder.join(name).ours
    }

    /// One terminal is shown in a window of its own.
    pub fn resize_terminal(&mut self, name: &TerminalName, size: (u16, u16)) {
        if let Some(terminal) = self.terminals.iter_mut().find(|terminal| terminal.name() == name) {
            terminal.resize(size);
        }
    }

    /// Ends all that runs, heals what was cut, and waits until it is gone and its names with it; every terminal is then
    /// at `$` in the workspace. What happened meanwhile is told by [`Cluster::next`] as ever.
    pub async fn stop_all(&mut self) -> Result<()> {
        self.heal_all();
        for terminal in &mut self.terminals {
            terminal.kill(&mut self.shared);
        }
        let stopped = timeout(STOPPING, async {
            while !(self.names.is_empty() && self.terminals.iter().all(Terminal::is_idle)) {
                self.step().await;
            }
        });
        stopped.await.map_err(|_| {
            Error::could_not_run(messages::node_does_not_end()).hint(messages::start_moebi_again())
        })?;
        self.terminals.iter_mut().for_each(Terminal::go_home);
        Ok(())
    }

    /// Ends everything, and waits until it is gone, the private folder included.
    pub async fn shutdown(self) -> Result<()> {
        self.shared.guardian.dismiss().await
    }

    /// Where Moebi serves epmd, on 127.0.0.1.
    pub fn epmd_port(&self) -> u16 {
        self.epmd.port()
    }

    /// Every process that a terminal started has `MOEBI_COMMAND=SESSION.NUMBER` in its environment; this is SESSION.
    pub fn session(&self) -> &str {
        self.folder.session()
    }

    /// Where the terminals start.
    pub fn workspace(&self) -> &Path {
        &self.opener.home().ours
    }

    /// Holds sockets and scripts; gone after the end.
    pub fn private_folder(&self) -> &Path {
        self.folder.path()
    }

    /// The guardian's process, if it runs.
    pub fn guardian_pid(&self) -> Option<u32> {
        self.shared.guardian.pid()
    }

    fn find(&mut self, name: &TerminalName) -> Option<(&mut Terminal, &mut Shared)> {
        let Self { terminals, shared, .. } = self;
        let found = terminals.iter_mut().find(|terminal| terminal.name() == name);
        if found.is_none() {
            let error = Error::usage(messages::no_terminal(name.as_str()));
            shared.events.push_back(Event::Failed { terminal: None, error });
        }
        found.map(|terminal| (terminal, shared))
    }

    /// Takes in one thing that happened. Cancel safe: it waits only before it has taken anything.
    async fn step(&mut self) {
        tokio::select! {
            Some(happening) = self.terminal_events.recv() => self.happened(happening),
            Some(event) = self.epmd_events.recv() => self.epmd_saw(event),
            report = self.shared.guardian.report(), if self.guardians <= MAX_GUARDIANS => match report {
                Some(report) => self.reported(report),
                None => self.guardian_is_gone(),
            },
            () = self.shared.timers.wait() => self.fire(),
        }
    }

    fn happened(&mut self, happening: TerminalEvent) {
        let Self { terminals, shared, .. } = self;
        match happening {
            TerminalEvent::Wrote { id, bytes } => {
                self.on(id, |terminal, shared| terminal.wrote(bytes, shared));
            }
            TerminalEvent::WroteLast { id } => self.on(id, Terminal::wrote_last),
            TerminalEvent::Unread { id, bytes } => {
                self.on(id, |terminal, shared| terminal.unread(bytes, shared));
            }
            TerminalEvent::Linked { terminal, link } => terminals[terminal].linked(link, shared),
            TerminalEvent::Said { terminal, said: FromNode::Rested { round, report } } => {
                let next = shared.rounds.reported(terminals[terminal].name(), round, report);
                self.follow(next);
            }
            TerminalEvent::Said { terminal, said } => terminals[terminal].said(said, shared),
            TerminalEvent::Garbled { terminal, why } => terminals[terminal].garbled(why, shared),
            TerminalEvent::Unlinked { terminal } => {
                terminals[terminal].unlinked(shared);
                let next = shared.rounds.forget(terminals[terminal].name());
                self.follow(next);
            }
        }
    }

    fn epmd_saw(&mut self, event: epmd::Event) {
        self.shared.tell(match event {
            epmd::Event::Registered { name } => {
                self.names.insert(name.clone());
                Fact::Registered { name }
            }
            epmd::Event::Unregistered { name } => {
                self.names.remove(&name);
                Fact::Unregistered { name }
            }
            epmd::Event::LookedUp { name, found } => Fact::LookedUp { name, found },
        });
    }

    fn reported(&mut self, report: GuardianEvent) {
        match report {
            GuardianEvent::Running { id } => self.on(id, |terminal, _| terminal.runs()),
            GuardianEvent::CouldNotRun { id, why } => {
                self.on(id, |terminal, shared| terminal.could_not_run(Verbatim::said(&why).into(), shared));
            }
            GuardianEvent::Paused { id } => self.is_paused(id, true),
            GuardianEvent::Resumed { id } => self.is_paused(id, false),
            GuardianEvent::Ended { id, code } => self.on(id, |terminal, shared| terminal.ended(code, shared)),
            GuardianEvent::Exceeded(excess) => self.excess = Some(excess),
        }
    }

    /// Its children are orphans now: they are killed by their marker, and another guardian takes its place.
    fn guardian_is_gone(&mut self) {
        if let Some(limits) = self.limits {
            return self.cell_is_gone(limits);
        }
        guardian::end_marked(self.folder.session());
        self.guardians += 1;
        if self.guardians <= MAX_GUARDIANS {
            match Guardian::start(&self.program, self.folder.path()) {
                Ok(guardian) => self.shared.guardian = guardian,
                Err(error) => self.shared.events.push_back(Event::Failed { terminal: None, error }),
            }
        }
        let error = Error::could_not_run(messages::guardian_killed()).hint(messages::start_them_again());
        self.shared.events.push_back(Event::Failed { terminal: None, error });
        for terminal in &mut self.terminals {
            terminal.ended(None, &mut self.shared);
        }
    }

    /// Nobody can take the place of its guardian.
    fn cell_is_gone(&mut self, limits: Limits) {
        self.guardians = MAX_GUARDIANS + 1;
        let end = self.excess.map_or(cell::End::Lost, |excess| cell::End::Exceeded(excess, limits));
        self.shared.events.push_back(Event::CellEnded(end));
        for terminal in &mut self.terminals {
            terminal.ended(None, &mut self.shared);
        }
    }

    fn fire(&mut self) {
        while let Some(timer) = self.shared.timers.take_due() {
            match timer {
                Timer::Start(id) => self.on(id, Terminal::check_start),
                Timer::Boot(id) => self.on(id, Terminal::check_boot),
                Timer::Flush(id) => self.on(id, Terminal::flush),
                Timer::EndNode(id, pid) => self.on(id, |terminal, shared| terminal.end_node(pid, shared)),
                Timer::Kill(id) => self.on(id, Terminal::kill),
                Timer::Finish(id) => self.on(id, Terminal::finish_late),
                Timer::Round => self.next_round(),
                Timer::Reports(round) if self.shared.rounds.is_overdue(round) => self.rested(Rest::Unknown),
                Timer::Search(search) if self.shared.rounds.is_vain(search) => self.rested(Rest::Unknown),
                Timer::Reports(_) | Timer::Search(_) => {}
                Timer::Question(id) => self.shared.unanswered(id, ProbeOutcome::TimedOut),
            }
        }
    }

    /// Acts on the terminal in which this command still runs.
    fn on(&mut self, id: CommandId, act: impl FnOnce(&mut Terminal, &mut Shared)) {
        if let Some(terminal) = self.terminals.iter_mut().find(|terminal| terminal.command_id() == Some(id)) {
            act(terminal, &mut self.shared);
        }
    }
}

/// The folders of PATH, the runtime's own first.
fn search(runtime: &Runtime) -> Vec<PathBuf> {
    let present = std::env::var_os("PATH").unwrap_or_default();
    runtime.path.iter().cloned().chain(std::env::split_paths(&present)).collect()
}

/// The folder of `elixirc`: beside `iex`, unless that is a script of somebody's own.
fn compiler<'a>(iex: &'a Path, search: &'a [PathBuf]) -> &'a Path {
    let beside = iex.parent().unwrap_or(Path::new("/"));
    let mut folders = iter::once(beside).chain(search.iter().map(PathBuf::as_path));
    folders.find(|folder| folder.join("elixirc").is_file()).unwrap_or(beside)
}

fn no_iex() -> Error {
    Error::could_not_run(messages::no_iex()).hint(messages::setup_installs())
}
