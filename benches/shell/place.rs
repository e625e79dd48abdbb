//! Where both run: the same Elixir, folders of their own, and for raw iex an epmd of its own.

use std::path::PathBuf;

use crate::common::environment::{Environment, STRAY};
use anyhow::Result;
use portable_pty::CommandBuilder;

pub(crate) struct Place {
    pub environment: Environment,
}

impl Place {
    pub(crate) fn new() -> Result<Self> {
        let place = Self { environment: Environment::new()? };
        std::fs::create_dir(place.work())?;
        Ok(place)
    }

    /// The guided shell: nothing done yet in the lesson, and whatever is compiled once compiled already.
    pub(crate) fn moebi(&self) -> Result<CommandBuilder> {
        let mut command = self.command(env!("CARGO_BIN_EXE_moebi"));
        let state = tempfile::tempdir_in(self.environment.folder())?.keep();
        command.env("XDG_STATE_HOME", state);
        command.env("XDG_CACHE_HOME", self.environment.folder().join("cache"));
        command.args(["--lang", "en", "--workspace"]);
        command.arg(self.work());
        Ok(command)
    }

    /// A window of its own for a terminal of the lesson that this command has opened.
    pub(crate) fn window(&self, lesson: &CommandBuilder, terminal: &str) -> CommandBuilder {
        let mut command = self.command(env!("CARGO_BIN_EXE_moebi"));
        if let Some(state) = lesson.get_env("XDG_STATE_HOME") {
            command.env("XDG_STATE_HOME", state);
        }
        command.args(["attach", terminal, "--lang", "en"]);
        command
    }

    /// A plain `iex`.
    pub(crate) fn iex(&self) -> CommandBuilder {
        self.command("iex")
    }

    /// A shell to type `iex` into, as a learner would without Moebi.
    pub(crate) fn sh(&self) -> CommandBuilder {
        let mut command = self.command("sh");
        command.env("PS1", "$ ");
        command.env_remove("ENV");
        command
    }

    /// The same behind a relay that only passes bytes on: what anything costs that stands between a person and iex.
    pub(crate) fn relay(&self) -> CommandBuilder {
        let mut command = self.sh();
        // Others than sh keep no PS1 for it.
        command.env("SHELL", "/bin/sh");
        *command.get_argv_mut() = ["script", "-qfc", "exec sh", "/dev/null"].map(Into::into).into();
        command
    }

    fn work(&self) -> PathBuf {
        self.environment.folder().join("work")
    }

    fn command(&self, program: &str) -> CommandBuilder {
        let mut command = CommandBuilder::new(program);
        command.cwd(self.work());
        command.env("PATH", &self.environment.path);
        command.env("TERM", "xterm-256color");
        command.env("ERL_EPMD_PORT", self.environment.epmd());
        for name in STRAY.into_iter().chain(["NO_COLOR"]) {
            command.env_remove(name);
        }
        command
    }
}
