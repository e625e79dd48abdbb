//! What lies in a class: files, and what is no file that could be read.

use std::path::PathBuf;

use unicode_normalization::UnicodeNormalization;

use crate::i18n::Localized;

#[derive(Debug, Clone)]
pub(super) struct Item {
    /// The folders and zips on the way to it, and its name. Untrusted.
    pub way: Vec<String>,
    pub kind: Kind,
    /// When it was changed last, in seconds. Which of two is newer is all that it tells.
    pub time: i64,
}

#[derive(Debug, Clone)]
pub(super) enum Kind {
    /// It lies there.
    File(PathBuf),
    /// A link, a pipe, a device: it lies there too, and whoever reads answers refuses it.
    Odd(PathBuf),
    /// A folder or a zip with nothing in it.
    Empty,
    /// What programs put beside people's work, with all that is in it.
    Clutter,
    /// It was not even unpacked.
    Refused(Localized),
}

impl Item {
    pub(super) fn name(&self) -> &str {
        self.way.last().map_or("", String::as_str)
    }

    /// Where it lies, if there is something to read.
    pub(super) fn at(&self) -> Option<&PathBuf> {
        match &self.kind {
            Kind::File(at) | Kind::Odd(at) => Some(at),
            Kind::Empty | Kind::Clutter | Kind::Refused(_) => None,
        }
    }
}

/// A name as all of them are compared and shown: whoever wrote it, an accent is part of its letter.
pub(super) fn composed(name: &str) -> String {
    name.nfc().collect()
}

/// Whether programs make files and folders of that name, and people don't.
pub(super) fn is_clutter(name: &str) -> bool {
    const MADE: [&str; 9] = [
        "__MACOSX",
        "_build",
        "deps",
        "node_modules",
        "Thumbs.db",
        "desktop.ini",
        "Icon\r",
        "erl_crash.dump",
        "$RECYCLE.BIN",
    ];
    name.starts_with('.') || MADE.contains(&name)
}
