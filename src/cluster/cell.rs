//! A cell: namespaces of its own for what runs in the terminals, through bubblewrap. Linux only.
//!
//! Everything that is decided is decided outside: Moebi, the evidence, the verdicts. Inside are one guardian, which is
//! the cell's first process (no signal from inside reaches that one, and no debugger, since it can't be dumped), and
//! what it runs. Inside one sees the system's programs (read-only), the runtime, and one file system in memory with
//! HOME, `/tmp`, the workspace and Moebi's sockets; no other file, no other process, no network but its own loopback.
//! With the guardian the cell ends, all at once; and the guardian ends with Moebi.
//!
//! What must be known on both sides comes out as open files through the fd_channel: epmd's listener, which was bound in
//! there and is served from out here, and the folders.

use std::{
    collections::BTreeSet,
    ffi::OsStr,
    fs::File,
    io,
    path::{Path, PathBuf},
    process::Stdio,
    time::Duration,
};

use serde::{Deserialize, Serialize};
use tokio::process::Command;

use super::{
    messages,
    subprocess::{Failure, Subprocess},
};
use crate::i18n::{Localized, Verbatim};

/// The file system in memory, as it is called inside.
pub(super) const ROOT: &str = "/cell";

/// In there, unless something that must be seen lies in it outside.
pub(super) const TEMPORARY: &str = "/tmp";

/// Moebi's own program, as it is called inside until it runs: then it takes its file away, since the lessons with their
/// model answers are in it.
pub(super) const PROGRAM: &str = "/cell/moebi";

/// What the system's programs and libraries are; links stay links.
const SYSTEM: [&str; 6] = ["/bin", "/sbin", "/lib", "/lib64", "/lib32", "/libx32"];

/// What some programs ask for; each is there only where this machine has it. No names of people, no secrets.
const SETTINGS: [&str; 5] =
    ["/etc/alternatives", "/etc/ld.so.cache", "/etc/localtime", "/etc/nsswitch.conf", "/etc/hosts"];

/// Who is there: one learner and nobody else. The guardian writes them.
const PEOPLE: [&str; 2] = ["/etc/passwd", "/etc/group"];

/// How long an empty cell may take.
const TRYING: Duration = Duration::from_secs(10);

/// What a cell may use; the guardian ends it where it uses more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Limits {
    /// Bytes of memory that its processes have, files of programs aside.
    pub memory: u64,
    pub processes: u64,
    /// Of all processes together.
    pub processor_seconds: u64,
    /// Bytes of one file.
    pub file: u64,
    /// Bytes of all files together.
    pub disk: u64,
    /// How many files and folders there may be: each takes memory that no process has.
    pub files: u64,
}

impl Default for Limits {
    fn default() -> Self {
        const MEGABYTE: u64 = 1024 * 1024;
        Self {
            memory: 1536 * MEGABYTE,
            processes: 256,
            processor_seconds: 180,
            file: 64 * MEGABYTE,
            disk: 256 * MEGABYTE,
            files: 50_000,
        }
    }
}

/// What a cell used more of than it may.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum LimitExceeded {
    Memory,
    Processes,
    Processor,
    Files,
    /// A process in there keeps Moebi's own from starting.
    Meddling,
}

/// Why a cell is gone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// The guardian ended it.
    Exceeded(LimitExceeded, Limits),
    /// Something outside of it, such as a machine out of memory: nothing inside can.
    Lost,
}

impl LimitExceeded {
    pub fn told(self, limits: &Limits) -> Localized {
        match self {
            Self::Memory => messages::too_much_memory(limits.memory / 1024 / 1024),
            Self::Processes => messages::too_many_processes(limits.processes),
            Self::Processor => messages::too_much_processor(limits.processor_seconds),
            Self::Files => messages::too_many_files(limits.files),
            Self::Meddling => messages::meddling(),
        }
    }
}

/// Why there can be no cell on this machine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NoCell {
    /// There is no `bwrap` on PATH.
    NoProgram,
    /// It can't make what a cell needs.
    Refused(Localized),
}

impl NoCell {
    pub fn told(&self) -> Localized {
        match self {
            Self::NoProgram => messages::no_bubblewrap(),
            Self::Refused(why) => messages::no_namespaces(why),
        }
    }
}

impl From<Failure> for NoCell {
    fn from(failure: Failure) -> Self {
        Self::Refused(match failure {
            Failure::TimedOut(_) => messages::bwrap_does_not_end(),
            Failure::NotStarted(why) => Verbatim::said(&why).into(),
        })
    }
}

/// How cells are made on this machine.
#[derive(Debug, Clone)]
pub struct Cell {
    bwrap: PathBuf,
    pub limits: Limits,
}

impl Cell {
    /// The one way to know whether this machine lets a person make namespaces is to make some.
    ///
    /// # Errors
    /// Why there can be none.
    pub async fn find(path: &OsStr) -> Result<Self, NoCell> {
        let bwrap = super::runtime::program("bwrap", path).ok_or(NoCell::NoProgram)?;
        let cell = Self { bwrap, limits: Limits::default() };
        let tried = Subprocess::new(&cell.bwrap, path, TRYING)
            .with(|command| {
                Self::system().iter().for_each(|word| {
                    command.arg(word);
                });
                command.args(["/bin/sh", "-c", "exit 0"]);
            })
            .run()
            .await;
        match tried {
            Ok(outcome) if outcome.status.success() => Ok(cell),
            Ok(outcome) => {
                let first = outcome.stderr.lines().next().unwrap_or_default();
                Err(NoCell::Refused(Verbatim::said(first).into()))
            }
            Err(failure) => Err(failure.into()),
        }
    }

    /// The command that makes a cell with this program in it as its first process. `visible` can be read in there.
    ///
    /// # Errors
    /// The program can't be read.
    pub(super) fn command(&self, program: &Path, visible: &BTreeSet<PathBuf>) -> io::Result<Command> {
        let program = File::open(program)?;
        let room = self.limits.disk + program.metadata()?.len();
        let mut command = Command::new(&self.bwrap);
        command.args(Self::system());
        // What is to be seen may lie in `/tmp`: then that can't be a link.
        let is_room = visible.iter().any(|path| path.starts_with(TEMPORARY));
        if is_room {
            command.args(["--size", &self.limits.disk.to_string(), "--tmpfs", TEMPORARY]);
        }
        for path in visible {
            command.arg("--ro-bind").args([path, path]);
        }
        command.args(["--size", &room.to_string(), "--tmpfs", ROOT]);
        if !is_room {
            command.args(["--symlink", "cell/tmp", TEMPORARY]);
        }
        // A copy, which the guardian takes away at once; its other two streams are taken.
        command.args(["--perms", "0700", "--file", "2", PROGRAM]).stderr(Stdio::from(program));
        command.args(["--remount-ro", "/"]).arg(PROGRAM);
        Ok(command)
    }

    /// All of `bwrap`'s arguments that are the same for every cell.
    fn system() -> Vec<String> {
        let mut words: Vec<String> = Vec::new();
        let mut say = |said: &[&str]| words.extend(said.iter().map(|word| (*word).to_owned()));
        say(&["--unshare-user", "--unshare-all", "--disable-userns", "--cap-drop", "ALL"]);
        say(&["--uid", "1000", "--gid", "1000", "--die-with-parent", "--as-pid-1", "--clearenv"]);
        say(&["--ro-bind", "/usr", "/usr"]);
        for path in SYSTEM {
            match std::fs::read_link(path) {
                Ok(target) => say(&["--symlink", &target.to_string_lossy(), path]),
                Err(_) if Path::new(path).is_dir() => say(&["--ro-bind", path, path]),
                Err(_) => {}
            }
        }
        for path in SETTINGS {
            say(&["--ro-bind-try", path, path]);
        }
        for path in PEOPLE {
            say(&["--symlink", &format!("{ROOT}{path}"), path]);
        }
        say(&["--proc", "/proc", "--dev", "/dev"]);
        // What is root outside owns the kernel's settings in /proc; and /dev could be filled without any limit.
        say(&["--remount-ro", "/proc", "--remount-ro", "/dev"]);
        words
    }
}

/// What must be seen in a cell of these programs: each one's own installation, where that is not the system's. Of what
/// lies directly in somebody's home (`~/bin/iex`), only the programs' folder.
pub(super) fn visible<'a>(programs: impl IntoIterator<Item = &'a Path>) -> BTreeSet<PathBuf> {
    let home = std::env::var_os("HOME").map(PathBuf::from).unwrap_or_default();
    let places =
        programs.into_iter().flat_map(|program| [Some(program.to_owned()), program.canonicalize().ok()]);
    let folders = places.flatten().filter_map(|place| {
        let bin = place.parent()?;
        let installation = bin.parent()?;
        let is_private = installation.parent().is_none() || home.starts_with(installation);
        Some(if is_private { bin } else { installation }.to_owned())
    });
    folders.filter(|place| !is_system(place)).collect()
}

fn is_system(place: &Path) -> bool {
    place.starts_with("/usr") || SYSTEM.iter().any(|system| place.starts_with(system))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bwrap_that_hangs_is_told_of_in_the_readers_language() {
        let told = NoCell::from(Failure::TimedOut(TRYING)).told();
        let expected =
            "αυτό το μηχάνημα δεν σου επιτρέπει να φτιάξεις namespaces (το bwrap δεν λέει να τερματίσει)";
        assert_eq!(told.speak(crate::lesson::Lang::El), expected);
    }

    #[test]
    fn only_what_is_not_the_systems_is_shown_besides() {
        let folder = tempfile::tempdir().expect("a folder");
        let bin = folder.path().join("elixir/bin");
        std::fs::create_dir_all(&bin).expect("folders");
        std::fs::write(bin.join("iex"), "").expect("a file");
        let programs = [bin.join("iex"), PathBuf::from("/usr/bin/erl"), PathBuf::from("/bin/sh")];
        let seen = visible(programs.iter().map(PathBuf::as_path));
        assert!(seen.contains(&folder.path().join("elixir")), "{seen:?}");
        assert!(seen.iter().all(|place| !place.starts_with("/usr") && place != Path::new("/")), "{seen:?}");
    }
}
