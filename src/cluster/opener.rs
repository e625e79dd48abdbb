//! Opens terminals: what every one of them has in common, kept so that more can be opened later.

use std::path::{Path, PathBuf};

use tokio::sync::mpsc;

use super::{
    folder::{Folder, MappedFolder},
    locale, messages, shim,
    terminal::{Door, Environment, Terminal, TerminalEvent},
};
use crate::{
    error::{Error, Result},
    lesson::TerminalName,
};

/// What a node must not inherit from the person's own shell.
const UNSET: [&str; 3] = ["ELIXIR_ERL_OPTIONS", "COLUMNS", "LINES"];

pub(super) struct Opener {
    set: Vec<(String, String)>,
    unset: Vec<String>,
    /// Where a line may choose another `iex`, Moebi's own has to be named.
    shim: Option<PathBuf>,
    home: MappedFolder,
    folder: Folder,
    happen: mpsc::Sender<TerminalEvent>,
    jitter: bool,
}

/// What all commands find around them.
pub(super) struct Surroundings {
    pub(super) set: Vec<(String, String)>,
    pub(super) unset: Vec<String>,
}

impl Surroundings {
    /// This person's own, but for what a node must not inherit.
    pub(super) fn here() -> Self {
        let letters = locale::Change::needed(|name| std::env::var(name).ok());
        let mut unset = letters.unset;
        unset.extend(UNSET.map(str::to_owned));
        let mut set = letters.set;
        set.push(("TERM".to_owned(), std::env::var("TERM").unwrap_or_else(|_| TERM.to_owned())));
        Self { set, unset }
    }

    /// Of a cell, in which nothing else is set. Many nodes share the cores there, so each is content with one.
    pub(super) fn confined(home: &Path) -> Self {
        let home = home.to_string_lossy();
        let set = [
            ("HOME", &*home),
            ("LANG", "C.UTF-8"),
            ("TERM", TERM),
            ("USER", "learner"),
            ("SHELL", "/bin/sh"),
            ("ERL_AFLAGS", "+S 1:1"),
        ];
        Self { set: set.map(|(name, value)| (name.to_owned(), value.to_owned())).into(), unset: Vec::new() }
    }
}

const TERM: &str = "xterm-256color";

impl Opener {
    /// `bin` holds the shim and comes first on the terminals' PATH, before the folders of `search`; `home` is where
    /// each begins, `epmd` the port that names them.
    pub(super) fn new(
        folder: Folder,
        bin: &MappedFolder,
        search: &[PathBuf],
        home: MappedFolder,
        epmd: u16,
        around: Surroundings,
        happen: mpsc::Sender<TerminalEvent>,
    ) -> Result<Self> {
        let hosts = folder.join("inetrc");
        shim::write_hosts(&hosts.ours).map_err(|error| folder.diagnostic(error))?;
        let folders = [bin.theirs.as_path()].into_iter().chain(search.iter().map(PathBuf::as_path));
        let path = std::env::join_paths(folders)
            .map_err(|error| Error::could_not_run(messages::no_path()).because(error))?;
        let own = [
            ("ERL_EPMD_PORT", epmd.to_string()),
            ("ERL_INETRC", hosts.theirs.to_string_lossy().into_owned()),
            ("PATH", path.to_string_lossy().into_owned()),
            // A node that can't start must leave no dump in the learner's folder.
            ("ERL_CRASH_DUMP_SECONDS", "0".to_owned()),
        ];
        let Surroundings { mut set, unset } = around;
        set.extend(own.into_iter().map(|(name, value)| (name.to_owned(), value)));
        let shim = (bin.ours == bin.theirs).then(|| bin.theirs.join("iex"));
        Ok(Self { set, unset, shim, home, folder, happen, jitter: false })
    }

    /// What the nodes of its terminals tell arrives late now and then.
    pub(super) fn with_jitter(self, jitter: bool) -> Self {
        Self { jitter, ..self }
    }

    pub(super) fn home(&self) -> &MappedFolder {
        &self.home
    }

    /// Opens the terminal that stands at `number` in the cluster's list.
    pub(super) fn open(&self, number: usize, name: TerminalName) -> Result<Terminal> {
        let socket = self.folder.join(format!("{number}.bridge"));
        let door = Door::open(&socket.ours, number, self.happen.clone(), self.jitter);
        let door = door.map_err(|error| self.folder.diagnostic(error))?;
        let bridge = ("MOEBI_BRIDGE".to_owned(), socket.theirs.to_string_lossy().into_owned());
        let set = self.set.iter().cloned().chain([bridge]).collect();
        let environment = Environment { set, unset: self.unset.clone(), shim: self.shim.clone(), socket };
        Ok(Terminal::new(name, environment, self.home.theirs.clone(), door))
    }
}
