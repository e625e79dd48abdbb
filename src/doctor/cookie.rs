//! The cookie file: a node refuses to start with one that others can read.

use std::path::Path;

use crate::cluster::cookie;

use super::{Finding, messages};

pub(super) fn look() -> Finding {
    match cookie::file() {
        Some(file) => examine(&file),
        None => Finding::wrong("cookie", messages::no_home(), messages::set_home()),
    }
}

fn examine(file: &Path) -> Finding {
    let path = file.display().to_string();
    match cookie::fault(file) {
        Some(fault) => Finding::wrong("cookie", fault.told, fault.remedy),
        None if file.exists() => Finding::ok("cookie", messages::cookie(&path)),
        None => Finding::ok("cookie", messages::cookie_will_be(&path)),
    }
}

#[cfg(test)]
mod tests {
    use std::{fs, os::unix::fs::PermissionsExt};

    use super::*;
    use crate::{doctor::State, i18n::Lang};

    fn cookie(text: &str, mode: u32) -> Finding {
        let home = tempfile::tempdir().expect("a folder");
        let file = home.path().join(".erlang.cookie");
        fs::write(&file, text).expect("it is written");
        fs::set_permissions(&file, fs::Permissions::from_mode(mode)).expect("it is ours");
        examine(&file)
    }

    #[test]
    fn ours_alone_is_fine_and_so_is_none() {
        for mode in [0o400, 0o600] {
            assert_eq!(cookie("SECRET", mode).state, State::Ok, "{mode:o}");
        }
        assert_eq!(examine(Path::new("/nowhere/.erlang.cookie")).state, State::Ok);
    }

    #[test]
    fn one_that_others_can_read_is_closed_with_chmod() {
        let finding = cookie("SECRET", 0o644);
        assert_eq!(finding.state, State::Wrong);
        assert!(finding.told.speak(Lang::En).contains("644"), "{finding:?}");
        assert!(finding.remedies[0].speak(Lang::El).contains("chmod 400"), "{finding:?}");
    }

    #[test]
    fn an_empty_one_is_none() {
        assert_eq!(cookie("", 0o400).state, State::Wrong);
    }
}
