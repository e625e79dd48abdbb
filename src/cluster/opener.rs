//! Opens terminals: what every one of them has in common, kept so that more can be opened later.

use std::path::{Path, PathBuf};

use tokio::sync::mpsc;

use super::{
    folder::Folder,
    locale, shim,
    terminal::{Door, Environment, Happening, Terminal},
    words,
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
    home: PathBuf,
    folder: Folder,
    happen: mpsc::Sender<Happening>,
}

impl Opener {
    /// `bin` holds the shim and comes first on the terminals' PATH, before the folders of `search`; `home` is where
    /// each begins, `epmd` the port that names them.
    pub(super) fn new(
        folder: Folder,
        bin: &Path,
        search: &[PathBuf],
        home: PathBuf,
        epmd: u16,
        happen: mpsc::Sender<Happening>,
    ) -> Result<Self> {
        let hosts = folder.join("inetrc");
        shim::write_hosts(&hosts).map_err(|error| folder.trouble(error))?;
        let path = std::env::join_paths([bin].into_iter().chain(search.iter().map(PathBuf::as_path)))
            .map_err(|error| Error::could_not_run(words::no_path()).because(error))?;
        let set = [
            ("ERL_EPMD_PORT", epmd.to_string()),
            ("ERL_INETRC", hosts.to_string_lossy().into_owned()),
            ("PATH", path.to_string_lossy().into_owned()),
            // A node that can't start must leave no dump in the learner's folder.
            ("ERL_CRASH_DUMP_SECONDS", "0".to_owned()),
            ("TERM", std::env::var("TERM").unwrap_or_else(|_| "xterm-256color".into())),
        ];
        let mut letters = locale::Change::needed(|name| std::env::var(name).ok());
        letters.set.extend(set.into_iter().map(|(name, value)| (name.to_owned(), value)));
        letters.unset.extend(UNSET.map(str::to_owned));
        Ok(Self { set: letters.set, unset: letters.unset, home, folder, happen })
    }

    pub(super) fn home(&self) -> &Path {
        &self.home
    }

    /// Opens the terminal that stands at `number` in the cluster's list.
    pub(super) fn open(&self, number: usize, name: TerminalName) -> Result<Terminal> {
        let socket = self.folder.join(format!("{number}.bridge"));
        let door =
            Door::open(&socket, number, self.happen.clone()).map_err(|error| self.folder.trouble(error))?;
        let bridge = ("MOEBI_BRIDGE".to_owned(), socket.to_string_lossy().into_owned());
        let set = self.set.iter().cloned().chain([bridge]).collect();
        let environment = Environment { set, unset: self.unset.clone(), socket };
        Ok(Terminal::new(name, environment, self.home.clone(), door))
    }
}
