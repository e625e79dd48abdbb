//! Where both run: the same Elixir, folders of their own, and for raw iex an epmd of its own, which ends with the bench.

use std::{
    ffi::OsString,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use anyhow::{Context, Result};
use moebi::cluster::{
    epmd::Epmd,
    runtime::{FLOOR, Place as Search, Runtime},
};
use tempfile::TempDir;
use tokio::sync::mpsc;

pub struct Place {
    folder: TempDir,
    path: OsString,
    pub elixir: Runtime,
    epmd: Epmd,
    /// Serves epmd.
    _threads: tokio::runtime::Runtime,
}

impl Place {
    pub fn new() -> Result<Self> {
        let threads = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build()?;
        // Nobody listens to what it tells, so that nothing waits for that.
        let epmd = threads.block_on(Epmd::start(mpsc::channel(1).0))?;
        let search = Search { cache: None, ..Search::here()? };
        let found = threads.block_on(search.find(FLOOR))?.runtime;
        let elixir = found.context("there is no Elixir to measure beside; `moebi setup` gets one")?;
        let folder = tempfile::tempdir()?;
        Ok(Self { path: elixir.on(&search.path), folder, elixir, epmd, _threads: threads })
    }

    /// Whether that program is there.
    pub fn has(&self, program: &str) -> bool {
        std::env::split_paths(&self.path).any(|folder| folder.join(program).is_file())
    }

    /// Moebi, whatever is compiled once compiled already.
    pub fn moebi(&self, arguments: &[&str]) -> Command {
        let mut command = self.command(Path::new(env!("CARGO_BIN_EXE_moebi")));
        command.args(arguments).args(["--lang", "en"]);
        command.env("XDG_STATE_HOME", self.folder.path().join("state"));
        command.env("XDG_CACHE_HOME", self.folder.path().join("cache"));
        command
    }

    /// A script of this folder, run so many times, each given a folder to work in.
    pub fn script(&self, name: &str, times: usize) -> Result<Command> {
        let mut command = self.command(Path::new("sh"));
        command.args(["-e", "-c", r#"script=$1; shift; for room; do expect "$script" "$room"; done"#, "sh"]);
        command.arg(PathBuf::from_iter([env!("CARGO_MANIFEST_DIR"), "benches", "lesson", name]));
        for _ in 0..times {
            command.arg(self.room()?);
        }
        Ok(command)
    }

    /// A new folder.
    pub fn room(&self) -> Result<PathBuf> {
        Ok(tempfile::tempdir_in(self.folder.path())?.keep())
    }

    /// A folder with so many submissions, the model's answers each.
    pub fn class(&self, size: usize) -> Result<PathBuf> {
        let class = self.room()?;
        let answers = self.moebi(&["export", "--model"]).stdout(Stdio::piped()).output()?.stdout;
        (0..size).try_for_each(|number| std::fs::write(class.join(format!("{number}.yaml")), &answers))?;
        Ok(class)
    }

    fn command(&self, program: &Path) -> Command {
        let mut command = Command::new(program);
        command.env("PATH", &self.path).env("ERL_EPMD_PORT", self.epmd.port().to_string());
        for name in ["ERL_ZFLAGS", "ERL_AFLAGS", "ERL_FLAGS", "ELIXIR_ERL_OPTIONS"] {
            command.env_remove(name);
        }
        command.current_dir(self.folder.path()).stdin(Stdio::null()).stdout(Stdio::null());
        command
    }
}
