//! The lesson that is built in, and clusters for it.

use std::{
    path::PathBuf,
    sync::{Arc, LazyLock},
};

use moebi::{
    cluster::{Settings, Site},
    lesson::{Lesson, Nonce, TerminalName, embedded, load},
};

use super::{MOEBI, elixir};

pub fn lesson() -> Arc<Lesson> {
    static LESSON: LazyLock<Arc<Lesson>> = LazyLock::new(|| {
        Arc::new(
            load(&embedded()[0], &Nonce::sample()).unwrap_or_else(|complaints| panic!("{complaints:#?}")),
        )
    });
    Arc::clone(&LESSON)
}

/// The lesson's terminals in that folder, on the Elixir that all tests use.
pub fn settings(workspace: PathBuf) -> Settings {
    Settings {
        terminals: lesson().terminals.clone(),
        site: Site::Folder(workspace),
        runtime: elixir::runtime(),
        cache: elixir::bridges(),
        size: (100, 30),
        guardian: MOEBI.into(),
        jitter: false,
    }
}

/// # Panics
/// It can't be the name of a terminal.
pub fn terminal(name: &str) -> TerminalName {
    TerminalName::parse(name).expect("a terminal's name")
}
