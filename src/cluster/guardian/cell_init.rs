//! The guardian of a cell: its first process. It binds epmd's port in there, makes the folders, hands all of it out
//! through the fd_channel, and ends the cell where it uses more than it may.

use std::{
    fs::{self, DirBuilder, File},
    io,
    net::{Ipv4Addr, TcpListener},
    os::{
        fd::{AsFd, OwnedFd},
        unix::fs::DirBuilderExt,
    },
    path::Path,
    process::ExitCode,
};

use rustix::process::{Resource, Rlimit, setrlimit};

use super::{
    fd_passing::FdChannel,
    message::CommandId,
    process_table::{self, ProcessTable},
    server::{self, Server},
};
use crate::cluster::{
    cell::{self, LimitExceeded, Limits, ROOT},
    folder::MappedFolder,
};

/// In a cell: the home of what runs there, and where its terminals begin.
const HOME: &str = "home";
const WORKSPACE: &str = "work";
const TEMPORARY: &str = "tmp";

/// What is said of the first message through the fd_channel.
const OPENED: u64 = 0;

/// The kernel counts threads, of which a node has some for each core. It lets root have more: so we count them too.
const MAX_THREADS: u64 = 2_048;

/// Files that one process may have open.
const MAX_OPEN: u64 = 4_096;

/// What Moebi gets of a cell.
pub struct Inside {
    pub(in crate::cluster) epmd: TcpListener,
    /// Moebi's own folder.
    pub(in crate::cluster) private: MappedFolder,
    pub(in crate::cluster) home: MappedFolder,
    pub(in crate::cluster) workspace: MappedFolder,
}

impl Inside {
    /// Waits until the guardian has handed it out, or is gone.
    pub(super) fn come_out_of(fd_channel: &FdChannel, session: &str) -> io::Result<Self> {
        let (_, files) = fd_channel.receive()?;
        let [epmd, private, home, workspace]: [OwnedFd; 4] =
            files.try_into().map_err(|_| io::Error::from(io::ErrorKind::InvalidData))?;
        let root = Path::new(ROOT);
        Ok(Self {
            epmd: epmd.into(),
            private: MappedFolder::held(private, root.join(session)),
            home: MappedFolder::held(home, root.join(HOME)),
            workspace: MappedFolder::held(workspace, root.join(WORKSPACE)),
        })
    }
}

/// What the guardian of a cell has besides.
pub(super) struct Confinement {
    fd_channel: FdChannel,
    limits: Limits,
}

impl Confinement {
    /// The terminal for this command. Those of commands that never came are passed over.
    pub(super) fn take(&self, id: CommandId) -> io::Result<OwnedFd> {
        loop {
            let (number, mut files) = self.fd_channel.receive()?;
            if number == id {
                return files.pop().ok_or_else(|| io::ErrorKind::InvalidData.into());
            }
        }
    }

    /// Whether there are too many processes: quick, however many there are.
    pub(super) fn is_overcrowded(&self) -> bool {
        let most = usize::try_from(self.limits.processes).unwrap_or(usize::MAX);
        process_table::has_more_than(most.saturating_add(1))
    }

    /// What all processes but this one use too much of.
    pub(super) fn excess(&self) -> Option<LimitExceeded> {
        let use_now = ProcessTable::take().usage(std::process::id());
        let excesses = [
            (use_now.processes > self.limits.processes, LimitExceeded::Processes),
            (use_now.threads > MAX_THREADS, LimitExceeded::Processes),
            (files() > self.limits.files, LimitExceeded::Files),
            (use_now.memory > self.limits.memory, LimitExceeded::Memory),
            (use_now.processor > self.limits.processor_seconds * 1_000, LimitExceeded::Processor),
        ];
        excesses.into_iter().find_map(|(is_over, excess)| is_over.then_some(excess))
    }
}

/// How many there are in the cell; its file systems in memory count them.
fn files() -> u64 {
    let of =
        |place| rustix::fs::statvfs(place).map_or(0, |system| system.f_files.saturating_sub(system.f_ffree));
    // Mostly a link into the first.
    let is_apart = !Path::new(cell::TEMPORARY).is_symlink();
    of(ROOT) + if is_apart { of(cell::TEMPORARY) } else { 0 }
}

pub(super) fn written(limits: &Limits) -> String {
    serde_json::to_string(limits).expect("limits are numbers")
}

/// Serves until standard input ends. What is left then ends with the cell.
pub(super) fn run(folder: &Path, limits: &str) -> ExitCode {
    match serve(folder, limits) {
        Ok(()) => ExitCode::SUCCESS,
        Err(_) => ExitCode::FAILURE,
    }
}

fn serve(folder: &Path, limits: &str) -> io::Result<()> {
    // Before anything else can run: nobody in here reads this program, its memory or its open files.
    #[cfg(target_os = "linux")]
    rustix::process::set_dumpable_behavior(rustix::process::DumpableBehavior::NotDumpable)?;
    #[cfg(target_os = "linux")]
    super::seccomp::install()?;
    fs::remove_file(cell::PROGRAM)?;
    let limits: Limits = serde_json::from_str(limits)?;
    limit(&limits)?;
    let fd_channel = FdChannel::of(rustix::stdio::stdout().try_clone_to_owned()?);
    hand_out(folder, &fd_channel)?;
    let session = folder.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let runtime = server::begin()?;
    let outcome = runtime.block_on(Server::live(session, Some(Confinement { fd_channel, limits })));
    // A start that is held up is not waited for.
    runtime.shutdown_background();
    outcome
}

/// Whatever runs here inherits these.
fn limit(limits: &Limits) -> io::Result<()> {
    let only = |most| Rlimit { current: Some(most), maximum: Some(most) };
    setrlimit(Resource::Fsize, only(limits.file))?;
    setrlimit(Resource::Nproc, only(MAX_THREADS))?;
    setrlimit(Resource::Nofile, only(MAX_OPEN))?;
    // A second net: that of one process comes after that of all together.
    setrlimit(Resource::Cpu, only(limits.processor_seconds + 5))?;
    Ok(setrlimit(Resource::Core, only(0))?)
}

fn hand_out(private: &Path, fd_channel: &FdChannel) -> io::Result<()> {
    let epmd = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
    epmd.set_nonblocking(true)?;
    let root = Path::new(ROOT);
    make(&root.join(TEMPORARY))?;
    make(&root.join("etc"))?;
    fs::write(root.join("etc/passwd"), format!("learner:x:1000:1000::{ROOT}/{HOME}:/bin/sh\n"))?;
    fs::write(root.join("etc/group"), "learner:x:1000:\n")?;
    let folders = [private.to_owned(), root.join(HOME), root.join(WORKSPACE)];
    let folders = folders.iter().map(|folder| make(folder)).collect::<io::Result<Vec<File>>>()?;
    let mut files = vec![epmd.as_fd()];
    files.extend(folders.iter().map(AsFd::as_fd));
    fd_channel.send(OPENED, &files)
}

fn make(folder: &Path) -> io::Result<File> {
    DirBuilder::new().mode(0o700).create(folder)?;
    File::open(folder)
}
