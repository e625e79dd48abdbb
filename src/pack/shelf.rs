//! The packs that are trusted, in Moebi's data folder.
//!
//! A zip's and a repository's lessons are copied; a folder is the author's own, and read where it lies. Either way what is
//! given out is what was trusted: a text that has changed since then isn't.
//!
//! A copy is written beside, moved to its place, and counts once the lock names it. So whatever is interrupted, the
//! packs are those of before or those of after, and what was left lying about is removed by whoever keeps one next.

use std::{
    fs::{self, File},
    io,
    path::{Path, PathBuf},
};

use rustix::fs::{FlockOperation, flock};

use super::{
    Entry, Origin, Pack,
    fingerprint::{base, fingerprint},
    folder,
    lock::Lock,
    messages,
};
use crate::{
    cluster::messages::shown,
    error::{Error, Result},
    lesson::{self, Source},
};

/// Begins the name of what is being written.
pub(super) const HALF: &str = ".half-";

#[derive(Debug, Clone)]
pub struct Shelf {
    folder: PathBuf,
}

/// A pack that was trusted, and its lessons as they were then.
#[derive(Debug)]
pub struct Kept {
    pub entry: Entry,
    pub lessons: Result<Vec<Source>, Fault>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// It lies there no longer, or can't be read.
    Gone,
    /// It is another one now than was trusted.
    Changed,
}

impl Shelf {
    /// In that folder, which need not be there.
    pub fn at(folder: PathBuf) -> Self {
        Self { folder }
    }

    /// All of them; each is read whole and held against its fingerprint.
    ///
    /// # Errors
    /// The lock can't be read.
    pub fn kept(&self) -> Result<Vec<Kept>> {
        let lock = Lock::read(&self.folder)?;
        let kept = lock.packs.into_iter().map(|entry| Kept { lessons: self.lessons(&entry), entry });
        Ok(kept.collect())
    }

    fn lessons(&self, entry: &Entry) -> Result<Vec<Source>, Fault> {
        let place = match &entry.origin {
            Origin::Folder(folder) => folder.clone(),
            Origin::Zip(_) | Origin::Git(_) => self.folder.join(entry.place()),
        };
        let lessons = folder::lessons(&place, 1, &shown(&place)).map_err(|_| Fault::Gone)?;
        match fingerprint(&lessons) == entry.fingerprint {
            true => Ok(lessons),
            false => Err(Fault::Changed),
        }
    }

    /// Whether all names in it are free: none is a built-in lesson's, nor another pack's. The one that came from the same
    /// place is no other.
    ///
    /// # Errors
    /// One is taken; both are named.
    pub fn has_room(&self, pack: &Pack) -> Result<()> {
        self.clash(pack, &Lock::read(&self.folder)?)
    }

    fn clash(&self, pack: &Pack, lock: &Lock) -> Result<()> {
        for id in pack.lessons.iter().map(|lesson| lesson.id.as_str()) {
            if lesson::is_embedded(id) {
                let error = Error::usage(messages::named_as_built_in(id, &pack.origin.to_string()));
                return Err(error.hint(messages::lessons_instead()));
            }
        }
        let names = pack.lessons.iter().map(|lesson| lesson.id.as_str()).chain([pack.name.as_str()]);
        for name in names {
            let others = lock.packs.iter().filter(|entry| entry.origin != pack.origin);
            if let Some(other) = others.into_iter().find(|entry| entry.is_called(name)) {
                let (own, theirs) = (pack.origin.to_string(), other.origin.to_string());
                let error = Error::usage(messages::named_as_another(name, &own, &theirs));
                return Err(error.hint(messages::remove_first(other.name.as_str())));
            }
        }
        Ok(())
    }

    /// Keeps it as trusted on that day, in the place of what came from there before.
    ///
    /// # Errors
    /// A name is taken by now, or the disk is full; what was there before is there still.
    pub fn keep(&self, pack: &Pack, date: &str) -> Result<Entry> {
        let _alone = self.alone()?;
        let mut lock = Lock::read(&self.folder)?;
        self.clash(pack, &lock)?;
        let entry = Entry::of(pack, date)?;
        if entry.is_copied() {
            let copied = self.copy(pack, &self.folder.join(entry.place()));
            copied
                .map_err(|why| Error::could_not_run(messages::not_kept(&shown(&self.folder))).because(why))?;
        }
        lock.packs.retain(|other| other.origin != entry.origin);
        lock.packs.push(entry.clone());
        lock.write(&self.folder)?;
        self.tidy(&lock);
        Ok(entry)
    }

    /// No longer trusts what is called so. None where nothing is.
    ///
    /// # Errors
    /// The disk can't be written to.
    pub fn remove(&self, word: &str) -> Result<Option<Entry>> {
        let _alone = self.alone()?;
        let mut lock = Lock::read(&self.folder)?;
        let Some(at) = lock.packs.iter().position(|entry| entry.is_called(word)) else { return Ok(None) };
        let entry = lock.packs.remove(at);
        lock.write(&self.folder)?;
        self.tidy(&lock);
        Ok(Some(entry))
    }

    /// While the file lives, no other Moebi keeps or removes any.
    fn alone(&self) -> Result<File> {
        let opened = || {
            fs::create_dir_all(&self.folder)?;
            let file = File::create(self.folder.join("lock"))?;
            flock(&file, FlockOperation::LockExclusive)?;
            Ok::<_, io::Error>(file)
        };
        opened().map_err(|why| Error::could_not_run(messages::not_kept(&shown(&self.folder))).because(why))
    }

    fn copy(&self, pack: &Pack, place: &Path) -> io::Result<()> {
        let half = tempfile::Builder::new().prefix(HALF).tempdir_in(&self.folder)?;
        for lesson in &pack.lessons {
            let folder = half.path().join(&lesson.id);
            fs::create_dir(&folder)?;
            for (name, text) in &lesson.files {
                fs::write(folder.join(base(name)), text)?;
            }
        }
        // What lies there is of no use: the lock names no other of this state, or it has been changed since.
        remove_all(place)?;
        fs::rename(half.path(), place)?;
        let _ = half.keep();
        Ok(())
    }

    /// Removes what the lock doesn't name.
    fn tidy(&self, lock: &Lock) {
        let copied = lock.packs.iter().filter(|entry| entry.is_copied());
        let named: Vec<_> = copied.map(Entry::place).collect();
        for entry in fs::read_dir(&self.folder).into_iter().flatten().flatten() {
            let name = entry.file_name().to_string_lossy().into_owned();
            let is_folder = entry.file_type().is_ok_and(|kind| kind.is_dir());
            if (is_folder && !named.contains(&name)) || name.starts_with(HALF) {
                // What can't be removed does no harm.
                let _ =
                    if is_folder { fs::remove_dir_all(entry.path()) } else { fs::remove_file(entry.path()) };
            }
        }
    }
}

fn remove_all(folder: &Path) -> io::Result<()> {
    match fs::remove_dir_all(folder) {
        Err(why) if why.kind() == io::ErrorKind::NotFound => Ok(()),
        other => other,
    }
}
