//! Where both run: the same Elixir, folders of their own, and for raw iex an epmd of its own.

use std::{ffi::OsString, path::PathBuf};

use anyhow::{Context, Result};
use moebi::cluster::{
    epmd::Epmd,
    runtime::{FLOOR, Place as Search, Runtime},
};
use portable_pty::CommandBuilder;
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
        std::fs::create_dir(folder.path().join("work"))?;
        Ok(Self { path: elixir.on(&search.path), folder, elixir, epmd, _threads: threads })
    }

    /// The guided shell: nothing done yet in the lesson, and whatever is compiled once compiled already.
    pub fn moebi(&self) -> Result<CommandBuilder> {
        let mut command = self.command(env!("CARGO_BIN_EXE_moebi"));
        let state = tempfile::tempdir_in(self.folder.path())?.keep();
        command.env("XDG_STATE_HOME", state);
        command.env("XDG_CACHE_HOME", self.folder.path().join("cache"));
        command.args(["--lang", "en", "--workspace"]);
        command.arg(self.work());
        Ok(command)
    }

    /// A plain `iex`.
    pub fn iex(&self) -> CommandBuilder {
        self.command("iex")
    }

    /// A shell to type `iex` into, as a learner would without Moebi.
    pub fn sh(&self) -> CommandBuilder {
        let mut command = self.command("sh");
        command.env("PS1", "$ ");
        command.env_remove("ENV");
        command
    }

    fn work(&self) -> PathBuf {
        self.folder.path().join("work")
    }

    fn command(&self, program: &str) -> CommandBuilder {
        let mut command = CommandBuilder::new(program);
        command.cwd(self.work());
        command.env("PATH", &self.path);
        command.env("TERM", "xterm-256color");
        command.env("ERL_EPMD_PORT", self.epmd.port().to_string());
        for name in ["NO_COLOR", "ERL_ZFLAGS", "ERL_AFLAGS", "ERL_FLAGS", "ELIXIR_ERL_OPTIONS"] {
            command.env_remove(name);
        }
        command
    }
}
