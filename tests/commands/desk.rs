//! A home of one's own, and `moebi` run in it.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
    sync::atomic::{AtomicUsize, Ordering},
};

use serde_json::{Value, json};

use crate::common::{census, learner::cache, runtime::runtime};

const MARKER: &str = "MOEBI_TEST_DESK";

pub struct Desk {
    home: tempfile::TempDir,
    marker: String,
}

/// What a command printed, and how it ended.
#[derive(Debug)]
pub struct Said {
    pub stdout: String,
    pub stderr: String,
    pub code: Option<i32>,
}

impl Desk {
    pub fn new() -> Self {
        static COUNT: AtomicUsize = AtomicUsize::new(0);
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let home = tempfile::tempdir().expect("a folder");
        fs::create_dir(home.path().join("tmp")).expect("a folder");
        Self { home, marker: format!("{}.{number}", std::process::id()) }
    }

    pub fn at(&self, path: &str) -> PathBuf {
        self.home.path().join(path)
    }

    pub fn progress(&self) -> PathBuf {
        self.at("state/moebi/otp-distribution/progress.json")
    }

    /// Two steps passed and one skipped, stopped at `connect`.
    #[must_use]
    pub fn having_begun(self) -> Self {
        let passed = |tries: u32, prediction: Value| {
            json!({ "outcome": "passed", "answer": null, "tries": tries,
            "hints": 1, "answer_shown": false, "prediction": prediction, "missed": false, "seconds": 40 })
        };
        let mut skipped = passed(0, Value::Null);
        (skipped["outcome"], skipped["answer_shown"]) = (json!("skipped"), json!(true));
        self.saves(&json!({ "at": "connect", "lang": null, "steps": {
            "nameless": passed(3, Value::Null), "alone": skipped, "connect": passed(1, json!("alex")),
            "remote-hello": passed(2, json!("alex")) } }))
    }

    #[must_use]
    pub fn saves(self, progress: &Value) -> Self {
        let file = self.progress();
        fs::create_dir_all(file.parent().expect("a folder")).expect("a folder");
        fs::write(&file, progress.to_string()).expect("a file");
        self
    }

    pub fn saved(&self) -> Value {
        serde_json::from_slice(&fs::read(self.progress()).expect("it is saved")).expect("it is whole")
    }

    /// The copies, oldest first.
    pub fn copies(&self) -> Vec<PathBuf> {
        let entries = fs::read_dir(self.progress().parent().expect("a folder")).expect("the folder");
        let mut paths: Vec<_> = entries.map(|entry| entry.expect("an entry").path()).collect();
        paths.retain(|path| name(path).starts_with("progress.2"));
        paths.sort();
        paths
    }

    /// Ready to be run, with nothing of this machine's own in its way.
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_moebi"));
        command.args(arguments).stdin(Stdio::null());
        for (name, value) in self.environment() {
            command.env(name, value);
        }
        for name in [
            "NO_COLOR",
            "CLICOLOR",
            "CLICOLOR_FORCE",
            "MOEBI_LESSONS",
            "XDG_RUNTIME_DIR",
            "ERL_FLAGS",
            "ERL_ZFLAGS",
        ] {
            command.env_remove(name);
        }
        command
    }

    pub fn environment(&self) -> Vec<(&'static str, PathBuf)> {
        let mut environment = vec![
            ("HOME", self.home.path().to_owned()),
            ("XDG_STATE_HOME", self.at("state")),
            ("XDG_DATA_HOME", self.at("data")),
            ("XDG_CACHE_HOME", cache()),
            ("TMPDIR", self.at("tmp")),
            ("LC_ALL", "C.UTF-8".into()),
            ("TERM", "xterm-256color".into()),
            (MARKER, self.marker.clone().into()),
        ];
        environment.extend(runtime().path.into_iter().next().map(|bin| ("MOEBI_RUNTIME", bin)));
        environment
    }

    pub fn runs(&self, arguments: &[&str]) -> Said {
        said(&self.command(arguments).output().expect("it starts"))
    }

    /// No process of this desk's runs any more.
    #[track_caller]
    pub fn is_deserted(&self) {
        census::nothing_is_left(&format!("{MARKER}={}", self.marker));
        let left: Vec<_> = fs::read_dir(self.at("tmp")).expect("our own folder").flatten().collect();
        assert!(left.is_empty(), "left behind: {left:?}");
    }
}

pub fn said(output: &Output) -> Said {
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).expect("UTF-8");
    Said { stdout: text(&output.stdout), stderr: text(&output.stderr), code: output.status.code() }
}

pub fn name(path: &Path) -> String {
    path.file_name().expect("a name").to_string_lossy().into_owned()
}

impl Said {
    #[track_caller]
    pub fn ends(self, code: i32) -> Self {
        assert_eq!(self.code, Some(code), "{self:#?}");
        self
    }

    #[track_caller]
    pub fn says(self, text: &str) -> Self {
        assert!(self.stdout.contains(text), "no {text:?} in {self:#?}");
        self
    }

    #[track_caller]
    pub fn complains(self, text: &str) -> Self {
        assert!(self.stderr.contains(text), "no {text:?} in {self:#?}");
        self
    }

    #[track_caller]
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.stdout).unwrap_or_else(|why| panic!("{why}: {self:#?}"))
    }
}
