//! Copies of the progress file, made before anything in it is taken back: dated, beside it, and not too many.

use std::{
    fs, io,
    io::Write,
    path::{Path, PathBuf},
};

use crate::{
    error::{Error, Result},
    session::progress::Progress,
};

use super::{super::messages, HALF, MAX_BYTES, Store, Versions, date::Stamp, diagnostic};

/// How many copies are kept; the oldest go first.
const MAX_KEPT: usize = 20;

const PREFIX: &str = "progress.";
const SUFFIX: &str = ".json";

/// What a restoration did.
#[derive(Debug, PartialEq, Eq)]
pub struct Restored {
    pub progress: Progress,
    /// The copy that it came from.
    pub from: PathBuf,
    /// Where what was there before is now; none where there was nothing.
    pub kept: Option<PathBuf>,
}

impl Store {
    /// Copies what is saved at the moment to a dated file beside it, and lets the oldest copies go. None where nothing
    /// is saved.
    ///
    /// # Errors
    /// The copy could not be written whole; what is saved must then not be taken back.
    pub fn back_up(&self) -> Result<Option<PathBuf>> {
        let file = self.file();
        let saved = match fs::read(&file) {
            Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok(None),
            saved => saved.map_err(|e| diagnostic(messages::could_not_read, &file, e))?,
        };
        let copy = self.copy(&saved).map_err(|e| {
            diagnostic(messages::could_not_back_up, &file, e).hint(messages::see_that_you_may_write())
        })?;
        self.let_go_of_the_oldest();
        Ok(Some(copy))
    }

    /// Two copies within one second differ by a number.
    fn copy(&self, saved: &[u8]) -> io::Result<PathBuf> {
        let stamp = Stamp::now();
        for number in 1..=MAX_KEPT {
            let number = if number == 1 { String::new() } else { format!("-{number}") };
            let path = self.folder.join(format!("{PREFIX}{stamp}{number}{SUFFIX}"));
            let mut beside = tempfile::Builder::new().prefix(HALF).tempfile_in(&self.folder)?;
            beside.write_all(saved)?;
            beside.as_file().sync_all()?;
            match beside.persist_noclobber(&path) {
                Ok(_) => return Ok(path),
                Err(taken) if taken.error.kind() == io::ErrorKind::AlreadyExists => {}
                Err(other) => return Err(other.error),
            }
        }
        Err(io::Error::other(format!("{MAX_KEPT} copies within a second")))
    }

    /// The copies, oldest first.
    pub fn backups(&self) -> Vec<PathBuf> {
        let entries = fs::read_dir(&self.folder).into_iter().flatten().flatten();
        let mut found: Vec<_> =
            entries.filter_map(|entry| Some((age(entry.file_name().to_str()?)?, entry.path()))).collect();
        found.sort();
        found.into_iter().map(|(_, path)| path).collect()
    }

    fn let_go_of_the_oldest(&self) {
        let backups = self.backups();
        for old in backups.iter().take(backups.len().saturating_sub(MAX_KEPT)) {
            // One that can't be removed does no harm.
            let _ = fs::remove_file(old);
        }
    }

    /// Brings a copy back: the one of that name or path, or the newest. What is saved now is copied first, so that
    /// the next restoration without a name undoes this one.
    ///
    /// # Errors
    /// There is no such copy, it holds no progress, or it can't be written.
    pub fn restore(&self, wanted: Option<&Path>) -> Result<Restored> {
        let from = self.find(wanted)?;
        // Read before the copying, which may let it go.
        let progress = read(&from)?;
        let kept = self.back_up()?;
        self.save(&progress)?;
        // The files were not touched yet, if nobody has been here since.
        Versions::new(self.files()).go_on()?;
        Ok(Restored { progress, from, kept })
    }

    fn find(&self, wanted: Option<&Path>) -> Result<PathBuf> {
        let Some(wanted) = wanted else {
            return self
                .backups()
                .pop()
                .ok_or_else(|| Error::usage(messages::no_backup(&shown(&self.folder))));
        };
        let beside = self.folder.join(wanted);
        [beside, wanted.to_owned()].into_iter().find(|path| path.is_file()).ok_or_else(|| {
            let names: Vec<_> = self.backups().iter().filter_map(|path| name(path)).collect();
            let error = Error::usage(messages::no_such_backup(&shown(wanted)));
            if names.is_empty() { error } else { error.hint(messages::backups_are(&names.join(", "))) }
        })
    }
}

fn read(file: &Path) -> Result<Progress> {
    let unfit = || Error::usage(messages::not_a_backup(&shown(file)));
    let found = fs::metadata(file).map_err(|e| unfit().because(e))?;
    if found.len() > MAX_BYTES {
        return Err(unfit());
    }
    let text = fs::read(file).map_err(|e| unfit().because(e))?;
    serde_json::from_slice(&text).map_err(|e| unfit().because(e))
}

fn shown(path: &Path) -> String {
    path.display().to_string()
}

fn name(path: &Path) -> Option<String> {
    Some(path.file_name()?.to_string_lossy().into_owned())
}

/// What a copy's name says of its age, and its number within the second; none where it is no copy.
fn age(name: &str) -> Option<(String, usize)> {
    let stamp = name.strip_prefix(PREFIX)?.strip_suffix(SUFFIX)?;
    let (date, number) = stamp.split_once('Z')?;
    let number = number.strip_prefix('-').map_or(Some(1), |number| number.parse().ok())?;
    let is_date = date.len() == "2026-11-23T02-29-46".len()
        && date.chars().all(|c| c.is_ascii_digit() || c == '-' || c == 'T');
    is_date.then(|| (date.to_owned(), number))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::Lang;

    fn at(step: &str) -> Progress {
        Progress { at: Some(step.to_owned()), ..Progress::default() }
    }

    fn store() -> (tempfile::TempDir, Store) {
        let state = tempfile::tempdir().unwrap();
        let store = Store::open(state.path(), "otp").unwrap();
        (state, store)
    }

    #[test]
    fn where_nothing_is_saved_nothing_is_copied() {
        let (_state, store) = store();
        assert_eq!(store.back_up().unwrap(), None);
        assert_eq!(store.backups(), Vec::<PathBuf>::new());
    }

    #[test]
    fn a_copy_is_what_was_saved_to_the_byte() {
        let (_state, store) = store();
        fs::write(store.file(), "{ \"at\":  null, \"later\": 1 }").unwrap();
        let copy = store.back_up().unwrap().expect("there is something");
        assert_eq!(fs::read(&copy).unwrap(), fs::read(store.file()).unwrap());
        assert_eq!(store.backups(), [copy]);
    }

    #[test]
    fn so_many_are_kept_and_the_oldest_go() {
        let (_state, store) = store();
        let old: Vec<_> = (10..30)
            .map(|second| store.folder.join(format!("progress.2020-01-01T00-00-{second}Z.json")))
            .collect();
        for path in &old {
            fs::write(path, "{}").unwrap();
        }
        let other = store.folder.join("progress.unreadable.json");
        fs::write(&other, "mine").unwrap();
        store.save(&at("a")).unwrap();
        let first = store.back_up().unwrap().unwrap();
        let second = store.back_up().unwrap().unwrap();
        assert_eq!(store.backups(), [&old[2..], &[first, second]].concat());
        assert!(other.exists() && store.file().exists());
    }

    #[test]
    fn the_newest_comes_back_and_a_second_time_undoes_the_first() {
        let (_state, store) = store();
        store.save(&at("a")).unwrap();
        let copy = store.back_up().unwrap().unwrap();
        store.save(&at("b")).unwrap();
        let restored = store.restore(None).unwrap();
        assert_eq!((restored.progress, restored.from), (at("a"), copy));
        assert_eq!(store.load().unwrap().0, at("a"));
        store.restore(None).unwrap();
        assert_eq!(store.load().unwrap().0, at("b"));
    }

    #[test]
    fn the_oldest_comes_back_though_its_own_copying_lets_it_go() {
        let (_state, store) = store();
        for second in 10..30 {
            let path = store.folder.join(format!("progress.2020-01-01T00-00-{second}Z.json"));
            fs::write(path, format!("{{\"at\": \"s{second}\"}}")).unwrap();
        }
        store.save(&at("now")).unwrap();
        let restored = store.restore(Some(Path::new("progress.2020-01-01T00-00-10Z.json"))).unwrap();
        assert_eq!(restored.progress, at("s10"));
        assert_eq!(store.load().unwrap().0, at("s10"));
    }

    #[test]
    fn what_is_no_copy_changes_nothing() {
        let (_state, store) = store();
        assert!(store.restore(None).is_err());
        store.save(&at("a")).unwrap();
        fs::write(store.folder.join("other.json"), "[]").unwrap();
        for wanted in ["nothing.json", "other.json", "."] {
            let error = store.restore(Some(Path::new(wanted))).expect_err("that is no copy");
            assert!(error.told().speak(Lang::El).contains(wanted), "{error}");
        }
        assert_eq!(store.load().unwrap().0, at("a"));
        assert_eq!(store.backups(), Vec::<PathBuf>::new());
    }
}
