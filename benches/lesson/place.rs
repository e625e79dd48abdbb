//! What is run there: Moebi, and what it is measured beside.

use std::{
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use crate::common::environment::{Environment, STRAY};
use anyhow::Result;

pub struct Place {
    pub environment: Environment,
}

impl Place {
    pub fn new() -> Result<Self> {
        Ok(Self { environment: Environment::new()? })
    }

    /// Whether that program is there.
    pub fn has(&self, program: &str) -> bool {
        std::env::split_paths(&self.environment.path).any(|folder| folder.join(program).is_file())
    }

    /// Moebi, whatever is compiled once compiled already.
    pub fn moebi(&self, arguments: &[&str]) -> Command {
        let mut command = self.command(Path::new(env!("CARGO_BIN_EXE_moebi")));
        command.args(arguments).args(["--lang", "en"]);
        command.env("XDG_STATE_HOME", self.environment.folder().join("state"));
        command.env("XDG_CACHE_HOME", self.environment.folder().join("cache"));
        command
    }

    /// A script of this folder, run so many times, each given a folder to work in.
    pub fn script(&self, name: &str, times: usize) -> Result<Command> {
        let mut command = self.command(Path::new("sh"));
        command.args([
            "-e",
            "-c",
            r#"script=$1; shift; for folder; do expect "$script" "$folder"; done"#,
            "sh",
        ]);
        command.arg(PathBuf::from_iter([env!("CARGO_MANIFEST_DIR"), "benches", "lesson", name]));
        for _ in 0..times {
            command.arg(self.folder()?);
        }
        Ok(command)
    }

    /// A new folder.
    pub fn folder(&self) -> Result<PathBuf> {
        Ok(tempfile::tempdir_in(self.environment.folder())?.keep())
    }

    /// A folder with so many submissions, the model's answers each.
    pub fn class(&self, size: usize) -> Result<PathBuf> {
        let class = self.folder()?;
        let answers = self.moebi(&["export", "--model"]).stdout(Stdio::piped()).output()?.stdout;
        (0..size).try_for_each(|number| std::fs::write(class.join(format!("{number}.yaml")), &answers))?;
        Ok(class)
    }

    fn command(&self, program: &Path) -> Command {
        let mut command = Command::new(program);
        command.env("PATH", &self.environment.path).env("ERL_EPMD_PORT", self.environment.epmd());
        for name in STRAY {
            command.env_remove(name);
        }
        command.current_dir(self.environment.folder()).stdin(Stdio::null()).stdout(Stdio::null());
        command
    }
}
