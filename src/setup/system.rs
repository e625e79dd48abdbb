//! Which package manager this system has, and the one command that gives it an Elixir.

use std::{
    ffi::OsStr,
    fmt,
    process::{ExitStatus, Stdio},
};

use tokio::process::Command;

use super::messages;
use crate::{
    cluster::runtime::program,
    error::{Error, Result},
    i18n::Localized,
};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum System {
    /// apt and dpkg: a private runtime can be made.
    Debian,
    Managed(Manager),
    Unknown,
}

/// A package manager, and how it is told to install Elixir (Erlang comes along everywhere but with mise and asdf).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Manager {
    program: &'static str,
    arguments: &'static [&'static str],
    /// What keeps it from asking.
    unattended: Option<&'static str>,
    root: bool,
}

const MANAGERS: [Manager; 6] = [
    Manager { program: "brew", arguments: &["install", "elixir"], unattended: None, root: false },
    Manager {
        program: "dnf",
        arguments: &["install", "elixir"],
        unattended: Some("--assumeyes"),
        root: true,
    },
    Manager { program: "pacman", arguments: &["-S", "elixir"], unattended: Some("--noconfirm"), root: true },
    Manager { program: "apk", arguments: &["add", "elixir"], unattended: None, root: true },
    Manager {
        program: "zypper",
        arguments: &["install", "elixir"],
        unattended: Some("--no-confirm"),
        root: true,
    },
    Manager {
        program: "mise",
        arguments: &["use", "--global", "erlang", "elixir"],
        unattended: Some("--yes"),
        root: false,
    },
];

/// One command line, ready to run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invocation {
    words: Vec<&'static str>,
    becomes_root: bool,
}

impl System {
    /// By the programs on `path`. An apt-get without dpkg (ALT Linux has one) installs other packages than Debian's.
    pub fn of(path: &OsStr) -> Self {
        if program("apt-get", path).is_some() && program("dpkg", path).is_some() {
            return Self::Debian;
        }
        let here = |manager: &&Manager| program(manager.program, path).is_some();
        MANAGERS.iter().find(here).map_or(Self::Unknown, |manager| Self::Managed(*manager))
    }
}

impl Manager {
    /// # Errors
    /// It takes root, and there is neither sudo nor doas to become root with.
    pub fn invocation(self, path: &OsStr, unattended: bool) -> Result<Invocation> {
        let becomes_root = self.root && !rustix::process::geteuid().is_root();
        let mut words = Vec::new();
        if becomes_root {
            let sudo = ["sudo", "doas"].into_iter().find(|name| program(name, path).is_some());
            words.push(sudo.ok_or_else(|| self.takes_root())?);
        }
        words.push(self.program);
        let (verb, objects) = self.arguments.split_first().expect("every manager has a verb");
        words.push(verb);
        words.extend(self.unattended.filter(|_| unattended));
        words.extend(objects);
        Ok(Invocation { words, becomes_root })
    }

    fn takes_root(self) -> Error {
        let command = format!("{} {}", self.program, self.arguments.join(" "));
        Error::could_not_run(messages::takes_root()).hint(messages::as_root(&command))
    }
}

impl Invocation {
    pub fn question(&self) -> Localized {
        let command = self.to_string();
        if self.becomes_root {
            messages::run_as_root_question(&command)
        } else {
            messages::run_question(&command)
        }
    }

    /// Runs it on the person's own terminal, for it may ask for a password. It has no deadline but the person's patience.
    ///
    /// # Errors
    /// It could not be started, or it failed; what it said is on the screen.
    pub async fn run(&self, path: &OsStr) -> Result<()> {
        let (program, arguments) = self.words.split_first().expect("an invocation has a program");
        let status = Command::new(program)
            .args(arguments)
            .env("PATH", path)
            .stdin(Stdio::inherit())
            .kill_on_drop(true)
            .status()
            .await
            .map_err(|error| self.failed().because(error))?;
        Some(status).filter(ExitStatus::success).map(|_| ()).ok_or_else(|| self.failed())
    }

    fn failed(&self) -> Error {
        Error::could_not_run(messages::did_not_succeed(&self.to_string()))
            .hint(messages::its_output_says_why())
    }
}

impl fmt::Display for Invocation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.words.join(" "))
    }
}

pub(super) fn unknown() -> Error {
    Error::could_not_run(messages::no_manager()).hint(messages::with_mise()).hint(messages::as_elixir_says())
}
