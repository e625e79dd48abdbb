//! Files of the host that nobody in a cell may see or change.

use std::{
    collections::BTreeMap,
    fs,
    os::unix::fs::{FileTypeExt, MetadataExt},
    path::{Path, PathBuf},
};

use super::LESSONS;

/// In the files outside; nowhere in what the class learned.
pub const SECRET: &str = "canary-of-the-teacher";

/// In the lesson's model answers alone.
pub const MODEL: &str = "xyzzy-of-the-model";

/// A teacher's folder: the class, a home, a folder with notes, the output.
pub struct Canary(PathBuf);

impl Canary {
    /// All tests of the class look at one grading: the folder stays until the next run.
    pub fn new() -> Self {
        let canary = Self(Path::new(env!("CARGO_TARGET_TMPDIR")).join("sandbox_escape"));
        if canary.0.exists() {
            fs::remove_dir_all(&canary.0).expect("it is ours");
        }
        fs::create_dir(&canary.0).expect("target/tmp is ours");
        for folder in [canary.class(), canary.home(), canary.secrets(), canary.output()] {
            fs::create_dir_all(folder).expect("a folder");
        }
        for file in ["secrets/notes.txt", "home/.ssh", "home/.iex.exs", "graded/keep.txt"] {
            fs::write(canary.0.join(file), format!("raise(\"{SECRET}\")\n")).expect("a file");
        }
        canary
    }

    pub fn class(&self) -> PathBuf {
        self.0.join("class")
    }

    pub fn home(&self) -> PathBuf {
        self.0.join("home")
    }

    pub fn secrets(&self) -> PathBuf {
        self.0.join("secrets")
    }

    pub fn output(&self) -> PathBuf {
        self.0.join("graded/output")
    }

    /// A submission that knows where everything is.
    pub fn told(&self, text: &str) -> String {
        let known = [
            ("@CANARY@", self.secrets()),
            ("@CLASS@", self.class()),
            ("@OUTPUT@", self.output()),
            ("@LESSONS@", LESSONS.into()),
        ];
        known.iter().fold(text.to_owned(), |text, (word, path)| text.replace(word, &path.to_string_lossy()))
    }

    /// All that must stay as it is, byte by byte.
    pub fn snapshot(&self) -> Snapshot {
        let mut files = BTreeMap::new();
        for place in [self.class(), self.secrets(), self.home().join(".ssh"), self.home().join(".iex.exs")] {
            take(&place, &mut files);
        }
        take(&self.0.join("graded/keep.txt"), &mut files);
        for setting in ["/proc/sys/vm/swappiness", "/proc/sys/kernel/core_pattern"] {
            files.insert(setting.into(), format!("{:?}", fs::read(setting)));
        }
        files
    }
}

pub type Snapshot = BTreeMap<PathBuf, String>;

fn take(path: &Path, files: &mut Snapshot) {
    let found = path.symlink_metadata().unwrap_or_else(|why| panic!("{}: {why}", path.display()));
    let kind = found.file_type();
    let told = if kind.is_symlink() {
        format!("{:?}", fs::read_link(path))
    } else if kind.is_file() && found.len() < 10_000_000 {
        fs::read(path).map_or_else(|why| why.to_string(), |bytes| bytes.escape_ascii().to_string())
    } else {
        format!("{} {} {}", found.mode(), kind.is_fifo(), if kind.is_dir() { 0 } else { found.len() })
    };
    files.insert(path.to_owned(), told);
    if kind.is_dir() {
        for entry in fs::read_dir(path).expect("a folder") {
            take(&entry.expect("an entry").path(), files);
        }
    }
}
