//! What the learner has done is written down, or it is known why not.

use std::path::PathBuf;

use crate::{error::Result, i18n::Localized, session::progress::Progress};

use super::{messages, store::Store};

#[derive(Debug)]
pub(super) struct Saving {
    /// None in a check and in a show, of which nothing is kept.
    store: Option<Store>,
    /// Whether the last attempt worked.
    is_saved: bool,
}

impl Saving {
    pub(super) fn nothing() -> Self {
        Self { store: None, is_saved: true }
    }

    pub(super) fn to(store: Store) -> Self {
        Self { store: Some(store), ..Self::nothing() }
    }

    /// Whether there is a place to keep anything in, and no other shell that has it.
    pub(super) fn is_possible(&self) -> bool {
        self.store.as_ref().is_some_and(Store::saves)
    }

    /// # Errors
    /// It can't be written.
    pub(super) fn save(&mut self, progress: &Progress) -> Result<()> {
        let saved = self.store.as_ref().map_or(Ok(()), |store| store.save(progress));
        self.is_saved = saved.is_ok();
        saved
    }

    /// Where a copy lies of what is saved now, if anything is.
    ///
    /// # Errors
    /// It can't be copied.
    pub(super) fn back_up(&self) -> Result<Option<PathBuf>> {
        self.store.as_ref().map_or(Ok(None), Store::back_up)
    }

    /// What a learner who leaves is told of it.
    pub(super) fn told(&self) -> Localized {
        match self.is_possible() {
            _ if self.store.is_none() => messages::nothing_is_kept(),
            true if self.is_saved => messages::is_saved(),
            true => messages::was_not_saved(),
            false => messages::nothing_saved(),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn a_learner_is_told_what_came_of_the_last_attempt() {
        let state = tempfile::tempdir().unwrap();
        let mut saving = Saving::to(Store::open(state.path(), "otp").unwrap());
        saving.save(&Progress::default()).unwrap();
        assert_eq!(saving.told(), messages::is_saved());
        let folder = state.path().join("otp");
        fs::remove_dir_all(&folder).unwrap();
        fs::write(&folder, "in its place").unwrap();
        assert!(saving.save(&Progress::default()).is_err());
        assert_eq!(saving.told(), messages::was_not_saved());
    }

    #[test]
    fn a_second_shell_saves_nothing_and_says_so() {
        let state = tempfile::tempdir().unwrap();
        let _first = Store::open(state.path(), "otp").unwrap();
        let mut second = Saving::to(Store::open(state.path(), "otp").unwrap());
        second.save(&Progress::default()).unwrap();
        assert!(!second.is_possible());
        assert_eq!(second.told(), messages::nothing_saved());
    }
}
