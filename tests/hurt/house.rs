//! A home for one learner: folders of its own, a mark on every process, and the proof that nothing stays.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
    time::Duration,
};

use super::common::{census, learner::cache, runtime::runtime};

/// Beyond it a test's program is taken to hang.
const PATIENCE: Duration = Duration::from_secs(90);

pub struct House {
    folder: tempfile::TempDir,
}

impl House {
    pub fn new() -> Self {
        Self::named("h")
    }

    pub fn named(prefix: &str) -> Self {
        let folder = tempfile::Builder::new().prefix(prefix).tempdir().expect("a temporary folder");
        for room in ["home", "state", "tmp"] {
            fs::create_dir(folder.path().join(room)).expect("a room");
        }
        Self { folder }
    }

    pub fn room(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn workspace(&self) -> PathBuf {
        self.room("home/moebi/otp-distribution")
    }

    pub fn progress(&self) -> PathBuf {
        self.room("state/moebi/otp-distribution/progress.json")
    }

    /// `moebi` as this learner runs it; nothing of the tester's own environment but PATH, the runtime's first.
    pub fn moebi(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_moebi"));
        let present = std::env::var_os("PATH").unwrap_or_default();
        command
            .args(arguments)
            .env_clear()
            .env("PATH", runtime().on(&present))
            .env("HOME", self.room("home"))
            .env("XDG_STATE_HOME", self.room("state"))
            .env("XDG_CACHE_HOME", cache())
            .env("TMPDIR", self.room("tmp"))
            .env("LANG", "C.UTF-8")
            .env("TERM", "xterm-256color")
            .env("MOEBI_TEST", self.folder.path())
            .current_dir(self.room("home"));
        command
    }

    /// Runs it to its end, with nothing to read.
    pub fn runs(&self, arguments: &[&str]) -> Ended {
        self.ends(&mut self.moebi(arguments))
    }

    pub fn ends(&self, command: &mut Command) -> Ended {
        let mut command = assert_cmd::Command::from_std(std::mem::replace(command, Command::new("true")));
        Ended::of(&command.timeout(PATIENCE).output().expect("it runs"))
    }

    /// The processes of this learner whose command line holds `part`.
    pub fn processes(&self, part: &str) -> Vec<u32> {
        let marked = census::marked(&self.mark());
        let like = marked.iter().filter(|line| line.contains(part));
        like.filter_map(|line| line.split(' ').next()?.parse().ok()).collect()
    }

    /// The operating system's process of a node.
    #[track_caller]
    pub fn node(&self, name: &str) -> u32 {
        let runs = |pid: &u32| {
            let program = fs::read_to_string(format!("/proc/{pid}/comm")).unwrap_or_default();
            program.starts_with("beam")
        };
        let found: Vec<u32> = self.processes(&format!("{name}@localhost")).into_iter().filter(runs).collect();
        let [pid] = found.as_slice() else { panic!("no single node {name}: {found:?}") };
        *pid
    }

    /// No process, and no private or half-made folder.
    #[track_caller]
    pub fn is_empty(&self) {
        census::nothing_is_left(&self.mark());
        assert_eq!(names(&self.room("tmp")), [""; 0], "temporary files");
    }

    fn mark(&self) -> String {
        format!("MOEBI_TEST={}", self.folder.path().display())
    }
}

pub fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).expect("a folder");
    entries.map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned()).collect()
}

/// How a program ended, and what it said.
#[derive(Debug)]
pub struct Ended {
    pub code: Option<i32>,
    pub out: String,
    pub err: String,
}

impl Ended {
    pub fn of(output: &Output) -> Self {
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        Self { code: output.status.code(), out: text(&output.stdout), err: text(&output.stderr) }
    }

    #[track_caller]
    pub fn with(self, code: i32) -> Self {
        assert_eq!(self.code, Some(code), "{self:#?}");
        assert!(!self.err.contains("panicked"), "{self:#?}");
        self
    }

    #[track_caller]
    pub fn says(self, part: &str) -> Self {
        assert!(self.out.contains(part) || self.err.contains(part), "no {part:?} in {self:#?}");
        self
    }
}

/// Nothing to read, and both outputs kept.
pub fn piped(command: &mut Command) -> &mut Command {
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped())
}
