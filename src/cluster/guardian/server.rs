//! The guardian's own process: runs commands for Moebi, and ends everything when Moebi is gone.

use std::{
    collections::BTreeMap,
    io,
    os::{
        fd::{AsFd, OwnedFd},
        unix::{fs::MetadataExt, net::UnixStream as StdUnixStream, process::CommandExt},
    },
    path::Path,
    process::{Command, ExitCode},
    time::Duration,
};

use futures_util::{SinkExt, StreamExt};
use rustix::{
    fs::{Mode, OFlags},
    process::{WaitOptions, WaitStatus},
};
use tokio::{
    net::UnixStream,
    signal::unix::{Signal, SignalKind, signal},
    sync::mpsc,
    task::spawn_blocking,
    time::{Instant, MissedTickBehavior, interval, sleep, timeout, timeout_at},
};
use tokio_util::codec::Framed;

use super::{
    cell_init::Confinement,
    kill, marker,
    message::{self, CommandId, GuardianEvent, GuardianRequest, Order, Tty},
    pause, priority,
    process_table::{self, Entry, ProcessTable},
    resume,
};
use crate::cluster::cell::LimitExceeded;

/// How often what doesn't die at once is killed again: a process may fork between the look at them and the signal.
const AGAIN: Duration = Duration::from_millis(20);

/// How often is looked what a cell uses, and how often only how many processes there are: those double in no time.
const LOOK: Duration = Duration::from_millis(50);
const COUNT: Duration = Duration::from_millis(10);

/// A command starts within milliseconds, unless something in a cell stops every process that it sees.
const STARTING: Duration = Duration::from_secs(3);

/// Commands whose start may be under way.
const MAX_STARTING: usize = 64;

/// How often is looked whether what is being paused has stopped, and for how long: what hangs in the kernel never does.
const STOPPING: Duration = Duration::from_millis(1);
const MAX_STOPPING: Duration = Duration::from_secs(2);

/// Beyond this a process hangs in the kernel, and waiting longer won't help.
const MAX_ENDING: Duration = Duration::from_secs(5);

pub(super) struct Server {
    session: String,
    commands: BTreeMap<CommandId, Running>,
    /// Those that are being started, on threads: what holds up a start holds up nothing else.
    starting: BTreeMap<CommandId, Starting>,
    started: mpsc::Sender<Started>,
    /// Those that are being paused, and since when.
    pausing: BTreeMap<CommandId, Instant>,
    /// Where the guardian's is a cell.
    cell: Option<Confinement>,
}

struct Running {
    /// The session's leader.
    pid: u32,
    ended: Option<Ended>,
}

struct Starting {
    since: Instant,
    /// It was to be killed meanwhile.
    is_unwanted: bool,
}

/// A command and its leader's pid; or why there is none.
type Started = (CommandId, Result<u32, String>);

#[derive(Clone, Copy)]
struct Ended {
    code: Option<i32>,
    at: Instant,
}

/// Serves until standard input, a socket, ends; then kills all descendants and removes the folder.
pub(super) fn run(folder: &Path) -> ExitCode {
    let session = folder.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let outcome = begin().and_then(|runtime| {
        let outcome = runtime.block_on(Server::live(session, None));
        runtime.shutdown_background();
        outcome
    });
    remove(folder);
    if outcome.is_ok() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// A session of its own, so that no key and no hang-up of the person's terminal reaches it.
pub(super) fn begin() -> io::Result<tokio::runtime::Runtime> {
    rustix::process::setsid()?;
    #[cfg(target_os = "linux")]
    rustix::process::set_child_subreaper(Some(rustix::process::getpid()))?;
    rustix::process::chdir("/")?;
    tokio::runtime::Builder::new_current_thread().enable_all().build()
}

/// Handlers rather than ignored signals: what is run from here begins with the system's defaults again.
fn deaf() -> io::Result<[Signal; 4]> {
    let kinds = [SignalKind::hangup(), SignalKind::interrupt(), SignalKind::quit(), SignalKind::terminate()];
    let [hangup, interrupt, quit, terminate] = kinds.map(signal);
    Ok([hangup?, interrupt?, quit?, terminate?])
}

fn moebi() -> io::Result<UnixStream> {
    let stream = StdUnixStream::from(io::stdin().as_fd().try_clone_to_owned()?);
    stream.set_nonblocking(true)?;
    UnixStream::from_std(stream)
}

impl Server {
    pub(super) async fn live(session: String, cell: Option<Confinement>) -> io::Result<()> {
        let (started, mut starts) = mpsc::channel(MAX_STARTING);
        let mut server = Self {
            session,
            commands: BTreeMap::new(),
            starting: BTreeMap::new(),
            started,
            pausing: BTreeMap::new(),
            cell,
        };
        let _deaf = deaf()?;
        let mut children = signal(SignalKind::child())?;
        let outcome = server.serve(&mut children, &mut starts).await;
        if server.cell.is_none() {
            server.await_starts(&mut starts).await;
            server.end_all(&mut children).await;
        }
        outcome
    }

    /// Ends well when Moebi hangs up, in whatever way it went.
    async fn serve(&mut self, children: &mut Signal, starts: &mut mpsc::Receiver<Started>) -> io::Result<()> {
        let mut moebi = Framed::new(moebi()?, message::frames());
        let mut looks = interval(LOOK);
        looks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let mut counts = interval(COUNT);
        counts.set_missed_tick_behavior(MissedTickBehavior::Delay);
        // Not a sleep: in a cell each of the looks above would begin it anew.
        let mut sweeps = interval(AGAIN);
        sweeps.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            let reports = tokio::select! {
                // What ends a cell comes before what goes on in it.
                biased;
                _ = counts.tick(), if self.cell.is_some() => {
                    if !self.cell.as_ref().is_some_and(Confinement::is_overcrowded) {
                        continue;
                    }
                    return moebi.send(message::write(&GuardianEvent::Exceeded(LimitExceeded::Processes))?).await;
                }
                _ = looks.tick(), if self.cell.is_some() => {
                    let Some(excess) = self.excess() else { continue };
                    // With us, its first process, the cell ends at once.
                    return moebi.send(message::write(&GuardianEvent::Exceeded(excess))?).await;
                }
                frame = moebi.next() => match frame {
                    Some(Ok(frame)) => self.act(message::read(&frame)?),
                    Some(Err(_)) | None => return Ok(()),
                },
                Some((id, spawned)) = starts.recv() => self.has_started(id, spawned),
                _ = children.recv() => { self.reap(); self.sweep() }
                () = sleep(STOPPING), if !self.pausing.is_empty() => self.pause(),
                _ = sweeps.tick(), if self.is_ending() => self.sweep(),
            };
            for report in reports {
                if moebi.send(message::write(&report)?).await.is_err() {
                    return Ok(());
                }
            }
        }
    }

    fn act(&mut self, request: GuardianRequest) -> Vec<GuardianEvent> {
        match request {
            GuardianRequest::Run { id, order } => self.run(id, order).into_iter().collect(),
            GuardianRequest::KillOne { id, pid } => {
                self.members(id, &ProcessTable::take())
                    .iter()
                    .filter(|member| member.pid == pid)
                    .for_each(kill);
                Vec::new()
            }
            GuardianRequest::Kill { id } => {
                self.pausing.remove(&id);
                if let Some(starting) = self.starting.get_mut(&id) {
                    starting.is_unwanted = true;
                }
                self.members(id, &ProcessTable::take()).iter().for_each(kill);
                Vec::new()
            }
            GuardianRequest::Pause { id } => {
                self.pausing.insert(id, Instant::now());
                self.pause()
            }
            GuardianRequest::Resume { id } => {
                self.members(id, &ProcessTable::take()).iter().for_each(resume);
                vec![GuardianEvent::Resumed { id }]
            }
        }
    }

    /// Those of which nothing runs any more. A signal only begins it: a thread that has the processor keeps it until
    /// the kernel comes to the one that is to take the signal, and whoever runs may start another process.
    fn pause(&mut self) -> Vec<GuardianEvent> {
        let processes = ProcessTable::take();
        let mut paused = Vec::new();
        for (id, since) in &self.pausing {
            let members = self.members(*id, &processes);
            let running = members.iter().filter(|member| member.alive && !process_table::has_stopped(member));
            if running.map(pause).count() == 0 || since.elapsed() > MAX_STOPPING {
                paused.push(*id);
            }
        }
        self.pausing.retain(|id, _| !paused.contains(id));
        paused.into_iter().map(|id| GuardianEvent::Paused { id }).collect()
    }

    /// Why it can't even be tried.
    fn run(&mut self, id: CommandId, order: Order) -> Option<GuardianEvent> {
        let tty = match self.tty(id, &order.tty) {
            Ok(tty) => tty,
            Err(error) => return Some(GuardianEvent::CouldNotRun { id, why: error.to_string() }),
        };
        self.starting.insert(id, Starting { since: Instant::now(), is_unwanted: false });
        let (started, marker) = (self.started.clone(), marker(&self.session, id));
        let begin = if self.cell.is_some() { lead_session_in_a_cell } else { lead_session };
        // Its outcome comes over the channel.
        drop(spawn_blocking(move || {
            let spawned = spawn(&order, tty, &marker, begin).map_err(|error| error.to_string());
            started.blocking_send((id, spawned))
        }));
        None
    }

    fn has_started(&mut self, id: CommandId, spawned: Result<u32, String>) -> Vec<GuardianEvent> {
        let starting = self.starting.remove(&id);
        let report = match spawned {
            Ok(pid) => {
                self.commands.insert(id, Running { pid, ended: None });
                if starting.is_some_and(|starting| starting.is_unwanted) {
                    self.members(id, &ProcessTable::take()).iter().for_each(kill);
                }
                GuardianEvent::Running { id }
            }
            Err(why) => GuardianEvent::CouldNotRun { id, why },
        };
        // It may have ended before it was known.
        self.reap();
        std::iter::once(report).chain(self.sweep()).collect()
    }

    fn excess(&self) -> Option<LimitExceeded> {
        let cell = self.cell.as_ref()?;
        let is_held_up = self.starting.values().any(|starting| starting.since.elapsed() > STARTING);
        // Between its birth and its program, a command is one more process of the cell that others can stop.
        let is_known = |pid| self.commands.values().any(|running| running.pid == pid);
        if is_held_up && ProcessTable::take().stopped_children(std::process::id()).any(|pid| !is_known(pid)) {
            return Some(LimitExceeded::Meddling);
        }
        cell.excess()
    }

    fn tty(&self, id: CommandId, tty: &Tty) -> io::Result<OwnedFd> {
        match (tty, &self.cell) {
            (Tty::At(path), _) => open(path),
            (Tty::Passed, Some(cell)) => cell.take(id),
            (Tty::Passed, None) => Err(io::ErrorKind::InvalidInput.into()),
        }
    }

    /// Takes the exit of every child that has one: of commands, and of orphans that came to us. False where there is
    /// no child any more.
    fn reap(&mut self) -> bool {
        // A start that fails waits for its own child; and of one that ends at once, nobody would know whose it was.
        if !self.starting.is_empty() {
            return true;
        }
        loop {
            let (pid, status) = match rustix::process::wait(WaitOptions::NOHANG) {
                Ok(Some(exited)) => exited,
                Ok(None) => return true,
                Err(_) => return false,
            };
            let pid = pid.as_raw_nonzero().get().unsigned_abs();
            if let Some(running) = self.commands.values_mut().find(|running| running.is_led_by(pid)) {
                running.ended = Some(Ended { code: code(status), at: Instant::now() });
            }
        }
    }

    fn is_ending(&self) -> bool {
        self.commands.values().any(|running| running.ended.is_some())
    }

    /// Kills what ended commands left behind, and reports those of which nothing is left.
    fn sweep(&mut self) -> Vec<GuardianEvent> {
        if !self.is_ending() {
            return Vec::new();
        }
        let processes = ProcessTable::take();
        let ended = self.commands.iter().filter_map(|(id, running)| Some((*id, running.ended?)));
        let over: Vec<GuardianEvent> =
            ended.filter_map(|(id, ended)| self.finish(id, ended, &processes)).collect();
        for report in &over {
            if let GuardianEvent::Ended { id, .. } = report {
                self.commands.remove(id);
            }
        }
        over
    }

    fn finish(&self, id: CommandId, ended: Ended, processes: &ProcessTable) -> Option<GuardianEvent> {
        let left: Vec<Entry> =
            self.members(id, processes).into_iter().filter(|member| member.alive).collect();
        left.iter().for_each(kill);
        let is_over = left.is_empty() || ended.at.elapsed() > MAX_ENDING;
        is_over.then_some(GuardianEvent::Ended { id, code: ended.code })
    }

    /// What belongs to a command: its session, what carries its marker, and all that descends from those.
    fn members(&self, id: CommandId, processes: &ProcessTable) -> Vec<Entry> {
        let Some(running) = self.commands.get(&id) else { return Vec::new() };
        let marker = marker(&self.session, id);
        let reached = reach(processes);
        let is_root =
            |entry: &&Entry| entry.session == running.pid || process_table::carries(entry.pid, &marker);
        let mut members: Vec<Entry> = reached.iter().filter(is_root).copied().collect();
        let below = processes.descendants(members.iter().map(|root| root.pid).collect::<Vec<_>>());
        members.extend(below);
        // The leader first, so that a shell which is killed can't tell the end of what it waited for as its own.
        members.sort_by_key(|member| member.pid != running.pid);
        members
    }

    /// What is still being started would come when everything is thought to have ended.
    async fn await_starts(&mut self, starts: &mut mpsc::Receiver<Started>) {
        let deadline = Instant::now() + STARTING;
        while !self.starting.is_empty() {
            let Ok(Some((id, spawned))) = timeout_at(deadline, starts.recv()).await else { return };
            self.has_started(id, spawned);
        }
    }

    /// Kills until no child is left. On Linux that is everything that ever descended from us, and a list of processes alone can't
    /// tell: who forks and goes while it is taken may be on it neither before nor after.
    async fn end_all(&mut self, children: &mut Signal) {
        let begun = Instant::now();
        while begun.elapsed() < MAX_ENDING {
            let has_child = self.reap();
            let left: Vec<Entry> = self.everything().into_iter().filter(|entry| entry.alive).collect();
            if left.is_empty() && !(has_child && cfg!(target_os = "linux")) {
                break;
            }
            left.iter().for_each(kill);
            // Either way the next look says what is left.
            let _ = timeout(AGAIN, children.recv()).await;
        }
        self.reap();
    }

    fn everything(&self) -> Vec<Entry> {
        let processes = ProcessTable::take();
        if cfg!(target_os = "linux") {
            return reach(&processes);
        }
        self.commands.keys().flat_map(|id| self.members(*id, &processes)).collect()
    }
}

impl Running {
    fn is_led_by(&self, pid: u32) -> bool {
        self.pid == pid && self.ended.is_none()
    }
}

/// Linux gives us every orphan, so nothing of ours is elsewhere. Elsewhere orphans go to init, and only their
/// process group still tells whose they were.
fn reach(processes: &ProcessTable) -> Vec<Entry> {
    if cfg!(target_os = "linux") {
        processes.descendants([std::process::id()])
    } else {
        processes.all().to_vec()
    }
}

/// `begin` is what the new process does before it becomes the program.
fn spawn(order: &Order, tty: OwnedFd, marker: &str, begin: fn() -> io::Result<()>) -> io::Result<u32> {
    let (program, arguments) = order
        .command
        .split_first()
        .ok_or_else(|| io::Error::new(io::ErrorKind::InvalidInput, "no command"))?;
    let mut command = Command::new(program);
    command.args(arguments).current_dir(&order.folder);
    command.stdin(tty.try_clone()?).stdout(tty.try_clone()?).stderr(tty);
    for name in &order.unset {
        command.env_remove(name);
    }
    command.envs(order.set.iter().map(|(name, value)| (name, value)));
    if let Some((name, value)) = marker.split_once('=') {
        command.env(name, value);
    }
    // SAFETY: between fork and exec only these few system calls are made; none allocates or locks.
    unsafe { command.pre_exec(begin) };
    Ok(command.spawn()?.id())
}

fn lead_session() -> io::Result<()> {
    rustix::process::setsid()?;
    Ok(rustix::process::ioctl_tiocsctty(rustix::stdio::stdin())?)
}

fn lead_session_in_a_cell() -> io::Result<()> {
    priority::wait()?;
    lead_session()
}

/// Opened so that it does not become the guardian's own controlling terminal.
pub(super) fn open(path: &Path) -> io::Result<OwnedFd> {
    let flags = OFlags::RDWR | OFlags::NOCTTY | OFlags::CLOEXEC;
    Ok(rustix::fs::open(path, flags, Mode::empty())?)
}

fn code(status: WaitStatus) -> Option<i32> {
    status.exit_status()
}

/// Only what is a folder of this user's: the name was picked at random, but it lies where others may write.
fn remove(folder: &Path) {
    let ours = std::fs::symlink_metadata(folder)
        .is_ok_and(|found| found.is_dir() && found.uid() == rustix::process::geteuid().as_raw());
    if ours {
        // There is nobody left to tell.
        let _ = std::fs::remove_dir_all(folder);
    }
}
