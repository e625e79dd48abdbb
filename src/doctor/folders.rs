//! The folders that Moebi writes into, and the room there.

use std::path::{Path, PathBuf};

use rustix::fs::{Access, access, statvfs};

use super::{Finding, Machine, messages};
use crate::i18n::{Localized, Verbatim};

/// Below this something will fail soon, in bytes: a compiled bridge, a Mix project.
const LITTLE: u64 = 50 * 1024 * 1024;

/// Below this nothing can be written, in bytes.
const NOTHING: u64 = 1024 * 1024;

const MEGABYTE: u64 = 1024 * 1024;

pub(super) fn look(machine: &Machine) -> Vec<Finding> {
    let folders = [
        ("state", messages::progress_folder(), "XDG_STATE_HOME", &machine.state),
        ("cache", messages::cache_folder(), "XDG_CACHE_HOME", &machine.cache),
        ("workspace", messages::workspace_folder(), "--workspace", &machine.work),
    ];
    folders.into_iter().map(|(id, what, elsewhere, folder)| examine(id, &what, elsewhere, folder)).collect()
}

/// `elsewhere` is how a person names another folder.
fn examine(id: &'static str, what: &Localized, elsewhere: &str, folder: &Path) -> Finding {
    let path = folder.display().to_string();
    let there = nearest(folder);
    let shown = there.display().to_string();
    if !there.is_dir() {
        return Finding::wrong(
            id,
            messages::is_no_folder(what, &shown),
            messages::move_it(&shown, elsewhere),
        );
    }
    if let Err(why) = access(&there, Access::WRITE_OK | Access::EXEC_OK) {
        let why = Verbatim::said(&std::io::Error::from(why));
        return Finding::wrong(
            id,
            messages::not_writable(what, &path, &why),
            messages::let_write(&shown, elsewhere),
        );
    }
    let free = statvfs(&there).map_or(u64::MAX, |system| system.f_bavail.saturating_mul(system.f_frsize));
    let megabytes = free / MEGABYTE;
    if free < NOTHING {
        return Finding::wrong(id, messages::no_room(what, &path), messages::make_room(elsewhere));
    }
    if free < LITTLE {
        return Finding::remark(id, messages::little_room(what, &path, megabytes))
            .remedy(messages::make_room(elsewhere));
    }
    Finding::ok(
        id,
        if folder.is_dir() { messages::folder(what, &path) } else { messages::folder_will_be(what, &path) },
    )
}

/// The folder itself, or the nearest above it that is there.
fn nearest(folder: &Path) -> PathBuf {
    folder.ancestors().find(|path| path.symlink_metadata().is_ok()).unwrap_or(Path::new("/")).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{doctor::State, i18n::Lang};

    fn state_of(folder: &Path) -> Finding {
        examine("state", &messages::progress_folder(), "XDG_STATE_HOME", folder)
    }

    #[test]
    fn a_folder_that_can_be_made_is_fine() {
        let home = tempfile::tempdir().expect("a folder");
        for folder in [home.path().to_owned(), home.path().join("a/b/c")] {
            assert_eq!(state_of(&folder).state, State::Ok, "{folder:?}");
        }
        assert!(!home.path().join("a").exists(), "nothing is made by looking");
    }

    #[test]
    fn a_file_in_its_place_is_named_with_the_way_out() {
        let home = tempfile::tempdir().expect("a folder");
        std::fs::write(home.path().join("moebi"), "").expect("a file");
        let finding = state_of(&home.path().join("moebi/otp"));
        assert_eq!(finding.state, State::Wrong);
        assert!(finding.told.speak(Lang::El).contains("/moebi"), "{finding:?}");
        assert!(finding.remedies[0].speak(Lang::En).contains("XDG_STATE_HOME"), "{finding:?}");
    }

    #[test]
    fn where_nothing_can_be_written_it_is_said() {
        assert_eq!(state_of(Path::new("/proc/moebi")).state, State::Wrong);
    }
}
