//! What was trusted: a file in Moebi's data folder, written whole or not at all.

use std::{
    collections::BTreeMap,
    fs, io,
    io::Write,
    path::{Path, PathBuf},
};

use serde::{Deserialize, Serialize};

use super::{Origin, Pack, fingerprint::of_files, messages};
use crate::{
    cluster::messages::shown,
    error::{Error, Result},
    lesson::LessonId,
};

const FILE: &str = "packs.json";
/// The largest that is read, in bytes.
const MAX_BYTES: u64 = 4 * 1024 * 1024;

/// A pack that somebody trusts, in the state in which they do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    pub name: LessonId,
    pub origin: Origin,
    /// Of its lessons' files, SHA-256.
    pub fingerprint: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub commit: Option<String>,
    /// Likewise of each of them, `LESSON/FILE`: what has changed is told even where the old one is gone.
    pub(super) files: BTreeMap<String, String>,
    /// When it was trusted.
    pub date: String,
    pub lessons: Vec<LessonId>,
}

#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Lock {
    pub packs: Vec<Entry>,
}

impl Entry {
    pub(super) fn of(pack: &Pack, date: &str) -> Result<Self> {
        let ids = pack.lessons.iter().map(|lesson| LessonId::parse(&lesson.id));
        Ok(Self {
            name: pack.name.clone(),
            origin: pack.origin.clone(),
            fingerprint: pack.fingerprint.clone(),
            commit: pack.commit.clone(),
            files: of_files(&pack.lessons),
            date: date.to_owned(),
            lessons: ids.collect::<Result<_, _>>().map_err(|why| Error::usage(why.0))?,
        })
    }

    /// Whether a person means this one by that word.
    pub fn is_called(&self, word: &str) -> bool {
        self.name.as_str() == word || self.lessons.iter().any(|lesson| lesson.as_str() == word)
    }

    /// Whether its lessons are kept beside the lock; else they are read where they were.
    pub(super) fn is_copied(&self) -> bool {
        match self.origin {
            Origin::Folder(_) => false,
            Origin::Zip(_) | Origin::Git(_) => true,
        }
    }

    /// The name of its copy's folder; that of another state has another one.
    pub(super) fn place(&self) -> String {
        // What stands in the file may have been changed there.
        let signs = self.fingerprint.chars().filter(char::is_ascii_hexdigit);
        format!("{}-{}", self.name, signs.take(16).collect::<String>())
    }
}

impl Lock {
    /// Nothing is trusted where there is no file.
    pub(super) fn read(folder: &Path) -> Result<Self> {
        let file = path(folder);
        let refused = |why: io::Error| unusable(&file).because(why);
        match fs::metadata(&file) {
            Err(why) if why.kind() == io::ErrorKind::NotFound => return Ok(Self::default()),
            Err(why) => return Err(refused(why)),
            Ok(found) if found.len() > MAX_BYTES => return Err(unusable(&file)),
            Ok(_) => {}
        }
        let text = fs::read(&file).map_err(refused)?;
        serde_json::from_slice(&text).map_err(|why| unusable(&file).because(why))
    }

    pub(super) fn write(&self, folder: &Path) -> Result<()> {
        let written = || {
            let mut beside = tempfile::Builder::new().prefix(super::shelf::HALF).tempfile_in(folder)?;
            beside.write_all(&serde_json::to_vec_pretty(self)?)?;
            beside.as_file().sync_all()?;
            beside.persist(path(folder))?;
            Ok::<_, io::Error>(())
        };
        written().map_err(|why| Error::could_not_run(messages::not_kept(&shown(folder))).because(why))
    }
}

fn path(folder: &Path) -> PathBuf {
    folder.join(FILE)
}

fn unusable(file: &Path) -> Error {
    Error::usage(messages::lock_unusable(&shown(file))).hint(messages::remove_the_lock())
}
