//! "Nothing outlives Moebi": the process that runs every command for Moebi, and ends them all when Moebi is gone.
//!
//! Its life: Moebi starts itself again as `moebi __guardian FOLDER`, a child in a session of its own, joined to it by
//! a socket pair. Whatever is to run in a terminal, Moebi asks the guardian to run; so every node, every port program
//! and every daemon descends from the guardian. On Linux it is a *subreaper*: orphans, also those that went through
//! `setsid` and a double fork, become its children and not init's. Once the socket ends, and it ends in whatever way
//! Moebi went (a return, a panic, SIGKILL), the guardian kills descendants until it has no child, removes Moebi's
//! private folder and leaves.
//!
//! Why a child and not a parent: Moebi stays the process that the person's shell started. Its exit code, its signals,
//! the foreground process group, Ctrl-Z and SIGWINCH need no forwarding, and it is what a `kill -9` of the pid one
//! sees would hit. It also serves tests and other programs that use [`super::Cluster`] without being `moebi`: they
//! name the program. The start is not waited for, so it costs Moebi one `posix_spawn`.
//!
//! A parent-death signal would not do: it fires when the spawning *thread* ends, and doesn't reach grandchildren.
//!
//! When a command ends, what it left behind ends with it: its session, and what descends from it or carries its
//! marker (`MOEBI_COMMAND=SESSION.NUMBER`) in the environment. If the guardian itself is killed, Moebi notices and
//! kills by the same marker ([`end_marked`]). What scrubs its environment *and* double-forks lasts until Moebi's end,
//! not longer. Where there is no subreaper (macOS), what left its process group and lost its parent is not found.

mod cell_init;
mod fd_passing;
mod leftovers;
mod message;
mod priority;
mod process_table;
#[cfg(target_os = "linux")]
mod seccomp;
mod server;

use std::{
    collections::BTreeSet,
    os::{
        fd::{AsFd, OwnedFd},
        unix::net::UnixStream as StdUnixStream,
    },
    path::{Path, PathBuf},
    process::{ExitCode, Stdio},
    time::Duration,
};

use futures_util::{SinkExt, StreamExt};
use rustix::process::{Pid, Signal};
use tokio::{
    net::{UnixStream, unix::OwnedReadHalf, unix::OwnedWriteHalf},
    process::{Child, Command},
    sync::mpsc,
    task::spawn_blocking,
    time::timeout,
};
use tokio_util::codec::{FramedRead, FramedWrite};

pub use self::leftovers::{LeftBehind, left_behind};
pub use self::message::{CommandId, GuardianEvent, GuardianRequest, Order, Tty};
use self::process_table::{Entry, ProcessTable};
use self::{cell_init::Inside, fd_passing::FdChannel};
use super::{
    cell::{self, Cell},
    messages,
};
use crate::{
    error::{Error, Result},
    i18n::Verbatim,
};

/// The hidden first argument that makes the program a guardian.
const WORD: &str = "__guardian";

/// Names the command that a process belongs to, as `SESSION.NUMBER`.
const MARKER: &str = "MOEBI_COMMAND";

/// Requests that may wait while the guardian is slow.
const MAX_WAITING: usize = 64;

/// How long a cell may take until its guardian serves.
const MAKING_A_CELL: Duration = Duration::from_secs(20);

/// How long the guardian has for killing all and removing the folder; its own bound is 5 s.
const FAREWELL: Duration = Duration::from_secs(8);

/// Is the guardian, if this process was started as one: call it first in `main`, and return what it returns.
pub fn from_arguments() -> Option<ExitCode> {
    let mut arguments = std::env::args_os().skip(1);
    let is_guardian = arguments.next().is_some_and(|word| word == WORD);
    let folder = is_guardian.then(|| arguments.next()).flatten()?;
    Some(match arguments.next() {
        None => server::run(Path::new(&folder)),
        Some(limits) => cell_init::run(Path::new(&folder), &limits.to_string_lossy()),
    })
}

/// The running program, for itself. The link, not what it points to: that may have been replaced by a newer build since.
pub(super) const OWN_PROGRAM: &str = "/proc/self/exe";

/// The program to name as guardian where the running program is `moebi` itself.
pub fn this_program() -> Result<PathBuf> {
    if cfg!(target_os = "linux") {
        return Ok(PathBuf::from(OWN_PROGRAM));
    }
    std::env::current_exe().map_err(|error| Error::could_not_run(messages::no_own_program()).because(error))
}

/// Moebi's end of the guardian. Dropping it ends everything that was run through it, without waiting for that.
#[derive(Debug)]
pub struct Guardian {
    child: Child,
    requests: mpsc::Sender<GuardianRequest>,
    reports: mpsc::Receiver<GuardianEvent>,
    fd_channel: Option<FdChannel>,
}

impl Guardian {
    /// Starts `program` as the guardian of `folder`, which it removes at the end. The folder need not be there yet.
    pub fn start(program: &Path, folder: &Path) -> Result<Self> {
        let (ours, theirs) = pair().map_err(|error| no_guardian(program).because(error))?;
        let mut command = Command::new(program);
        command
            .arg(WORD)
            .arg(folder)
            .stdin(OwnedFd::from(theirs))
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        let child = command.spawn().map_err(|error| no_guardian(program).because(error))?;
        Ok(Self::of(child, ours, None))
    }

    /// Starts `program` as the guardian of a cell, in which all of `visible` can be read, and waits until it serves.
    ///
    /// # Errors
    /// `CouldNotRun` where no cell can be made.
    pub async fn confine(
        program: &Path,
        cell: &Cell,
        session: &str,
        visible: &BTreeSet<PathBuf>,
    ) -> Result<(Self, Inside)> {
        let no_cell = |error: std::io::Error| Error::could_not_run(messages::no_cell()).because(error);
        let program = program.canonicalize().map_err(no_cell)?;
        let (ours, theirs) = pair().map_err(no_cell)?;
        let (fd_channel, far) = FdChannel::pair().map_err(no_cell)?;
        let mut command = cell.command(&program, visible).map_err(no_cell)?;
        command.arg(WORD).arg(Path::new(cell::ROOT).join(session));
        command.arg(cell_init::written(&cell.limits)).stdin(OwnedFd::from(theirs)).stdout(far);
        // SAFETY: between fork and exec only system calls are made, none of which allocates or locks.
        unsafe { command.pre_exec(priority::take_the_first) };
        // Whatever holds up the guardian in there: without this process there is no cell.
        command.kill_on_drop(true);
        let child = command.spawn().map_err(no_cell)?;
        // The command keeps our copies of the guardian's ends.
        drop(command);
        let session = session.to_owned();
        let opened = spawn_blocking(move || {
            Inside::come_out_of(&fd_channel, &session).map(|inside| (fd_channel, inside))
        });
        let opened = timeout(MAKING_A_CELL, opened).await;
        let Ok(Ok(opened)) = opened else { return Err(Error::could_not_run(messages::no_cell())) };
        let (fd_channel, inside) = opened.map_err(no_cell)?;
        Ok((Self::of(child, ours, Some(fd_channel)), inside))
    }

    fn of(child: Child, socket: UnixStream, fd_channel: Option<FdChannel>) -> Self {
        let (reader, writer) = socket.into_split();
        let (requests, wanted) = mpsc::channel(MAX_WAITING);
        let (told, reports) = mpsc::channel(MAX_WAITING);
        tokio::spawn(send(wanted, writer));
        tokio::spawn(receive(reader, told));
        Self { child, requests, reports, fd_channel }
    }

    /// Makes a terminal's device known to the guardian, which in a cell has others of its own.
    ///
    /// # Errors
    /// `CouldNotRun` where the cell has ended.
    pub fn lend(&self, id: CommandId, device: PathBuf) -> Result<Tty> {
        let Some(fd_channel) = &self.fd_channel else { return Ok(Tty::At(device)) };
        let lent = server::open(&device).and_then(|tty| fd_channel.send(id, &[tty.as_fd()]));
        lent.map_err(|error| Error::could_not_run(messages::guardian_is_mute()).because(error))?;
        Ok(Tty::Passed)
    }

    /// Asks for something; the answer comes as a report.
    pub fn ask(&self, request: GuardianRequest) -> Result<()> {
        self.requests.try_send(request).map_err(|error| {
            Error::could_not_run(messages::guardian_is_mute())
                .hint(messages::leave_and_start_again())
                .because(Verbatim::said(&error))
        })
    }

    /// The next report; nothing once the guardian is gone. Cancel safe.
    pub async fn report(&mut self) -> Option<GuardianEvent> {
        self.reports.recv().await
    }

    /// Ends everything and waits until it is gone.
    pub async fn dismiss(self) -> Result<()> {
        let Self { mut child, requests, reports, fd_channel: _ } = self;
        drop(requests);
        drop(reports);
        match timeout(FAREWELL, child.wait()).await {
            Ok(Ok(_)) => Ok(()),
            Ok(Err(error)) => Err(Error::could_not_run(messages::no_end_of_guardian()).because(error)),
            Err(_) => Err(Error::could_not_run(messages::process_does_not_end())),
        }
    }

    /// Nothing once it is known to be gone.
    pub fn pid(&self) -> Option<u32> {
        self.child.id()
    }
}

fn no_guardian(program: &Path) -> Error {
    Error::could_not_run(messages::no_guardian(&format!("{} {WORD}", program.display())))
}

fn pair() -> std::io::Result<(UnixStream, StdUnixStream)> {
    let (ours, theirs) = StdUnixStream::pair()?;
    ours.set_nonblocking(true)?;
    Ok((UnixStream::from_std(ours)?, theirs))
}

/// Ends, and with it our half of the socket, once nobody can ask any more.
async fn send(mut requests: mpsc::Receiver<GuardianRequest>, socket: OwnedWriteHalf) {
    let mut socket = FramedWrite::new(socket, message::frames());
    while let Some(request) = requests.recv().await {
        let Ok(frame) = message::write(&request) else { continue };
        if socket.send(frame).await.is_err() {
            return;
        }
    }
}

async fn receive(socket: OwnedReadHalf, reports: mpsc::Sender<GuardianEvent>) {
    let mut socket = FramedRead::new(socket, message::frames());
    while let Some(Ok(frame)) = socket.next().await {
        let Ok(report) = message::read(&frame) else { return };
        if reports.send(report).await.is_err() {
            return;
        }
    }
}

/// Kills whatever carries the marker of this session: the second net, for when the guardian itself was killed.
pub fn end_marked(session: &str) {
    let beginning = format!("{MARKER}={session}.");
    let marked = |entry: &&Entry| entry.alive && process_table::carries_beginning(entry.pid, &beginning);
    ProcessTable::take().all().iter().filter(marked).for_each(kill);
}

fn marker(session: &str, id: CommandId) -> String {
    format!("{MARKER}={session}.{id}")
}

fn kill(entry: &Entry) {
    send_signal(entry, Signal::KILL);
}

fn pause(entry: &Entry) {
    send_signal(entry, Signal::STOP);
}

fn resume(entry: &Entry) {
    send_signal(entry, Signal::CONT);
}

fn send_signal(entry: &Entry, signal: Signal) {
    // It may have gone by itself since.
    if let Some(pid) = i32::try_from(entry.pid).ok().and_then(Pid::from_raw) {
        let _ = rustix::process::kill_process(pid, signal);
    }
}
