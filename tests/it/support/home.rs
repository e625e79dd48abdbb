//! A home for whoever runs Moebi: folders of their own, a mark on every process, and the proof that nothing stays.

use std::{
    env,
    ffi::OsString,
    fs,
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
    sync::Arc,
};

use serde_json::Value;
use tempfile::TempDir;

use super::{MOEBI, PATIENCE, elixir, processes, until};

/// In the environment of all that is started here; its value is the home's own folder.
const MARKER: &str = "MOEBI_TEST_HOME";

/// Its folders are gone with the last of its clones.
#[derive(Clone)]
pub struct Home {
    folder: Arc<TempDir>,
}

impl Home {
    #[allow(clippy::new_without_default, reason = "it makes folders")]
    pub fn new() -> Self {
        Self::in_folder_named("home-")
    }

    /// In a folder whose name begins so.
    pub fn in_folder_named(prefix: &str) -> Self {
        let folder = tempfile::Builder::new().prefix(prefix).tempdir().expect("a temporary folder");
        for part in ["home", "state", "tmp"] {
            fs::create_dir(folder.path().join(part)).expect("a folder in an empty one");
        }
        Self { folder: Arc::new(folder) }
    }

    /// `home/NAME` in the home itself; `state`, `data` and `tmp` are beside it.
    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn workspace(&self) -> PathBuf {
        self.path("home/moebi/otp-distribution")
    }

    pub fn progress(&self) -> PathBuf {
        self.path("state/moebi/otp-distribution/progress.json")
    }

    pub fn saved(&self) -> Value {
        let text = fs::read(self.progress()).expect("progress was saved");
        serde_json::from_slice(&text).expect("it was saved whole")
    }

    /// The copies of the progress, oldest first.
    pub fn copies(&self) -> Vec<PathBuf> {
        let folder = self.progress().parent().expect("a folder").to_owned();
        let mut copies = names(&folder);
        copies.retain(|name| name.starts_with("progress.2"));
        copies.sort();
        copies.iter().map(|name| folder.join(name)).collect()
    }

    /// The editor of `/edit`, where a test has put one there.
    pub fn editor(&self) -> PathBuf {
        self.path("editor")
    }

    /// `moebi`, with nothing of the tester's own environment but PATH, behind the tests' Elixir.
    pub fn command(&self, arguments: &[&str]) -> Command {
        self.program(MOEBI, arguments)
    }

    /// Another program, in the same surroundings.
    pub fn program(&self, program: &str, arguments: &[&str]) -> Command {
        let mut command = Command::new(program);
        command.args(arguments).env_clear().envs(self.environment()).current_dir(self.path("home"));
        command.stdin(Stdio::null());
        command
    }

    /// `moebi` where another program of that name comes first.
    pub fn command_with(&self, name: &str, script: &str, arguments: &[&str]) -> Command {
        let bin = self.path("bin");
        install(&bin, name, script);
        let others = elixir::path();
        let path = env::join_paths([bin].into_iter().chain(env::split_paths(&others)));
        let mut command = self.command(arguments);
        command.env("PATH", path.expect("folders without colons"));
        command
    }

    fn environment(&self) -> Vec<(&'static str, OsString)> {
        vec![
            ("PATH", elixir::path()),
            ("HOME", self.path("home").into()),
            ("XDG_STATE_HOME", self.path("state").into()),
            ("XDG_DATA_HOME", self.path("data").into()),
            ("XDG_CACHE_HOME", elixir::cache().into()),
            ("TMPDIR", self.path("tmp").into()),
            ("LANG", "C.UTF-8".into()),
            ("TERM", "xterm-256color".into()),
            ("SHELL", "/bin/sh".into()),
            ("EDITOR", self.editor().into()),
            (MARKER, self.folder.path().into()),
        ]
    }

    /// Runs it to its end, with nothing to read.
    pub fn runs(&self, arguments: &[&str]) -> Finished {
        self.finishes(&mut self.command(arguments))
    }

    /// Runs a command to its end; a whole lesson may take minutes.
    pub fn finishes(&self, command: &mut Command) -> Finished {
        let mut command = assert_cmd::Command::from_std(std::mem::replace(command, Command::new("true")));
        Finished::of(&command.timeout(10 * PATIENCE).output().expect("it runs"))
    }

    /// Those whose command line holds `part`.
    pub fn processes(&self, part: &str) -> Vec<u32> {
        let marked = processes::marked(&self.mark());
        let like = marked.iter().filter(|line| line.contains(part));
        like.filter_map(|line| line.split(' ').next()?.parse().ok()).collect()
    }

    /// Waits until such a process runs here.
    #[track_caller]
    pub fn has_process(&self, part: &str) {
        until(&format!("ran {part:?}"), || {
            let running = processes::marked(&self.mark());
            if running.iter().any(|line| line.contains(part)) { Ok(()) } else { Err(running) }
        });
    }

    /// The operating system's process of a node.
    #[track_caller]
    pub fn node(&self, name: &str) -> u32 {
        let is_node = |pid: &u32| {
            let program = fs::read_to_string(format!("/proc/{pid}/comm")).unwrap_or_default();
            program.starts_with("beam")
        };
        let found: Vec<u32> =
            self.processes(&format!("{name}@localhost")).into_iter().filter(is_node).collect();
        let [pid] = found.as_slice() else { panic!("no single node {name}: {found:?}") };
        *pid
    }

    /// No process runs here any more, and no private or half-made folder is left.
    ///
    /// The folders are waited for as well: a guardian that was started last of all can't be told by its mark while it
    /// is replaced by its program, and still has a folder to remove.
    #[track_caller]
    pub fn is_deserted(&self) {
        processes::none_marked(&self.mark());
        // What every `mix` of a user shares, from Elixir 1.18 on, and leaves to the next one.
        let is_of_mix = |name: &String| name.starts_with("mix_lock_") || name.starts_with("mix_pubsub_");
        until("left nothing behind", || {
            let mut left = names(&self.path("tmp"));
            left.retain(|name| !is_of_mix(name));
            if left.is_empty() { Ok(()) } else { Err(left) }
        });
    }

    fn mark(&self) -> String {
        format!("{MARKER}={}", self.folder.path().display())
    }
}

/// A program of that name in a folder, run by a shell.
///
/// It is put in place by a program of its own: what this process has written can't be run while the fork of another test
/// still holds it open for writing.
pub fn install(folder: &Path, name: &str, script: &str) {
    fs::create_dir_all(folder).expect("a folder");
    let draft = folder.join(format!("{name}.draft"));
    fs::write(&draft, format!("#!/bin/sh\n{script}\n")).expect("room for a script");
    let installed = Command::new("install").args(["-m", "755"]).args([&draft, &folder.join(name)]).status();
    assert!(installed.expect("install runs").success());
    fs::remove_file(draft).expect("it is ours");
}

/// What is in a folder.
pub fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).expect("a folder");
    entries.map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned()).collect()
}

/// How a program ended, and what it said.
#[derive(Debug)]
pub struct Finished {
    pub code: Option<i32>,
    pub stdout: String,
    pub stderr: String,
}

impl Finished {
    pub fn of(output: &Output) -> Self {
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        Self { code: output.status.code(), stdout: text(&output.stdout), stderr: text(&output.stderr) }
    }

    #[track_caller]
    pub fn exits(self, code: i32) -> Self {
        assert_eq!(self.code, Some(code), "{self:#?}");
        assert!(!self.stderr.contains("panicked"), "{self:#?}");
        self
    }

    /// On its standard output.
    #[track_caller]
    pub fn prints(self, text: &str) -> Self {
        assert!(self.stdout.contains(text), "no {text:?} in {self:#?}");
        self
    }

    /// On its standard error.
    #[track_caller]
    pub fn complains(self, text: &str) -> Self {
        assert!(self.stderr.contains(text), "no {text:?} in {self:#?}");
        self
    }

    /// On either.
    #[track_caller]
    pub fn says(self, text: &str) -> Self {
        assert!(self.stdout.contains(text) || self.stderr.contains(text), "no {text:?} in {self:#?}");
        self
    }

    #[track_caller]
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.stdout).unwrap_or_else(|why| panic!("{why}: {self:#?}"))
    }
}

/// With something to write to its input, and both outputs kept.
pub fn piped(command: &mut Command) -> &mut Command {
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped())
}
