//! Progress on disk: one folder a lesson, written whole or not at all, saved by one shell at a time.

mod backups;
mod date;

use std::{
    fs::{self, File},
    io::{self, Write},
    iter,
    path::{Path, PathBuf},
    time::SystemTime,
};

use rustix::fs::{FlockOperation, flock};

use crate::{
    error::{Error, Result},
    i18n::{Localized, Verbatim},
    session::progress::Progress,
};

pub use super::files::versions::TakenBack;
use super::{files::versions::Versions, messages};
pub use backups::Restored;
pub(crate) use date::Stamp;

/// The largest progress file that is read, in bytes.
const MAX_BYTES: u64 = 16 * 1024 * 1024;

const FILE: &str = "progress.json";

/// Begins the name of a file that is being written.
const HALF: &str = ".progress-";

/// How many files that can't be read are kept beside it.
const MAX_ASIDE: usize = 20;

#[derive(Debug)]
pub struct Store {
    folder: PathBuf,
    /// Held while this process lives; none where another shell has it, and then nothing is saved.
    lock: Option<File>,
}

impl Store {
    /// Opens the folder that keeps one lesson's progress, and makes it if need be.
    pub fn open(state: &Path, lesson: &str) -> Result<Self> {
        let folder = state.join(lesson);
        let elsewhere = messages::see_that_you_may_write;
        fs::create_dir_all(&folder)
            .map_err(|e| diagnostic(messages::could_not_make_folder, &folder, e).hint(elsewhere()))?;
        let path = folder.join("lock");
        let file = File::create(&path)
            .map_err(|e| diagnostic(messages::could_not_open, &path, e).hint(elsewhere()))?;
        let lock = flock(&file, FlockOperation::NonBlockingLockExclusive).is_ok().then_some(file);
        let store = Self { folder, lock };
        store.clear_halves();
        Ok(store)
    }

    /// A Moebi that was killed while it saved has left a half behind; nobody else writes one while we hold the lock.
    fn clear_halves(&self) {
        let entries = fs::read_dir(&self.folder).into_iter().flatten().flatten();
        let is_half = |entry: &fs::DirEntry| entry.file_name().to_string_lossy().starts_with(HALF);
        for half in entries.filter(|_| self.saves()).filter(is_half) {
            // What can't be removed does no harm.
            let _ = fs::remove_file(half.path());
        }
    }

    /// Where copies of the learner's files are kept.
    pub fn files(&self) -> PathBuf {
        self.folder.join("files")
    }

    /// As the progress, so the files: the next shell begins those of the step anew.
    ///
    /// # Errors
    /// A copy can't be removed.
    pub fn take_back_files(&self, what: &TakenBack<'_>) -> Result<()> {
        Versions::new(self.files()).take_back(what)
    }

    pub fn saves(&self) -> bool {
        self.lock.is_some()
    }

    fn file(&self) -> PathBuf {
        self.folder.join(FILE)
    }

    /// What is saved, for somebody who only looks: nothing is made, locked or set aside. None where nothing is saved.
    ///
    /// # Errors
    /// The file can't be read, or holds no progress.
    pub fn look(state: &Path, lesson: &str) -> Result<Option<Progress>> {
        let file = state.join(lesson).join(FILE);
        let text = match fs::metadata(&file) {
            Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok(None),
            Ok(found) if found.len() > MAX_BYTES => return Err(unusable(&file, &messages::too_large())),
            found => found.and_then(|_| fs::read(&file)),
        };
        let text = text.map_err(|e| diagnostic(messages::could_not_read, &file, e))?;
        serde_json::from_slice(&text).map(Some).map_err(|e| unusable(&file, &Verbatim::said(&e).into()))
    }

    /// When something was saved last; none where nothing is, or the file system doesn't know.
    pub fn saved_at(state: &Path, lesson: &str) -> Option<SystemTime> {
        fs::metadata(state.join(lesson).join(FILE)).and_then(|found| found.modified()).ok()
    }

    /// What was saved, and a remark where the file could not be used; it is then kept under another name.
    pub fn load(&self) -> Result<(Progress, Option<Localized>)> {
        let file = self.file();
        match fs::metadata(&file) {
            Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok((Progress::default(), None)),
            Err(e) => return Err(diagnostic(messages::could_not_read, &file, e)),
            Ok(found) if found.len() > MAX_BYTES => {
                return self.set_aside(&messages::too_large());
            }
            Ok(_) => {}
        }
        let text = fs::read(&file).map_err(|e| diagnostic(messages::could_not_read, &file, e))?;
        match serde_json::from_slice(&text) {
            Ok(progress) => Ok((progress, None)),
            Err(e) => self.set_aside(&Verbatim::said(&e).into()),
        }
    }

    fn set_aside(&self, why: &Localized) -> Result<(Progress, Option<Localized>)> {
        let (file, aside) = (self.file(), self.aside());
        fs::rename(&file, &aside).map_err(|e| diagnostic(messages::could_not_set_aside, &file, e))?;
        let remark = messages::unreadable_progress(why, &aside.display().to_string());
        Ok((Progress::default(), Some(remark)))
    }

    /// A name that no earlier file was set aside under; after very many, the last one's.
    fn aside(&self) -> PathBuf {
        let more = (2..=MAX_ASIDE).map(|number| format!("progress.unreadable-{number}.json"));
        let names = iter::once("progress.unreadable.json".to_owned()).chain(more);
        let mut paths = names.map(|name| self.folder.join(name)).peekable();
        while let Some(path) = paths.next() {
            if !path.exists() || paths.peek().is_none() {
                return path;
            }
        }
        self.folder.join("progress.unreadable.json")
    }

    /// Writes beside the old file, flushes it to the disk, then takes its place.
    pub fn save(&self, progress: &Progress) -> Result<()> {
        if !self.saves() {
            return Ok(());
        }
        let file = self.file();
        self.write(progress, &file)
            .map_err(|e| diagnostic(messages::could_not_save, &file, e).hint(messages::tries_again()))
    }

    fn write(&self, progress: &Progress, file: &Path) -> io::Result<()> {
        let text = serde_json::to_vec_pretty(progress)?;
        // It may have been cleared away meanwhile.
        fs::create_dir_all(&self.folder)?;
        let mut beside = tempfile::Builder::new().prefix(HALF).tempfile_in(&self.folder)?;
        beside.write_all(&text)?;
        beside.as_file().sync_all()?;
        beside.persist(file)?;
        Ok(())
    }
}

fn unusable(file: &Path, why: &Localized) -> Error {
    Error::usage(messages::could_not_use(&file.display().to_string(), why)).hint(messages::reset_restores())
}

fn diagnostic(what: impl Fn(&str) -> Localized, path: &Path, cause: io::Error) -> Error {
    Error::could_not_run(what(&path.display().to_string())).because(cause)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::Lang;

    #[test]
    fn what_is_saved_is_loaded() {
        let state = tempfile::tempdir().unwrap();
        let store = Store::open(state.path(), "otp").unwrap();
        let progress = Progress { at: Some("remote-hello".to_owned()), ..Progress::default() };
        store.save(&progress).unwrap();
        assert_eq!(store.load().unwrap(), (progress, None));
    }

    #[test]
    fn a_second_shell_does_not_save() {
        let state = tempfile::tempdir().unwrap();
        let first = Store::open(state.path(), "otp").unwrap();
        let second = Store::open(state.path(), "otp").unwrap();
        assert!(first.saves() && !second.saves());
        second.save(&Progress { at: Some("x".to_owned()), ..Progress::default() }).unwrap();
        assert_eq!(first.load().unwrap().0, Progress::default());
    }

    #[test]
    fn what_a_killed_moebi_had_half_written_is_cleared_away() {
        let state = tempfile::tempdir().unwrap();
        drop(Store::open(state.path(), "otp").unwrap());
        let half = state.path().join("otp/.progress-x1y2z3");
        fs::write(&half, "{").unwrap();
        let first = Store::open(state.path(), "otp").unwrap();
        assert!(!half.exists());
        fs::write(&half, "{").unwrap();
        let second = Store::open(state.path(), "otp").unwrap();
        assert!(first.saves() && !second.saves() && half.exists(), "it may be the first one's");
    }

    #[test]
    fn a_file_that_cannot_be_read_is_kept_under_another_name() {
        let state = tempfile::tempdir().unwrap();
        let store = Store::open(state.path(), "otp").unwrap();
        fs::write(store.file(), "{ half").unwrap();
        let (progress, remark) = store.load().unwrap();
        assert_eq!(progress, Progress::default());
        assert!(remark.unwrap().speak(Lang::En).contains("progress.unreadable.json"));
        assert_eq!(fs::read_to_string(state.path().join("otp/progress.unreadable.json")).unwrap(), "{ half");
    }
}
