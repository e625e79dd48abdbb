//! The cookie file: a node refuses to start with one that others can read.

use std::{fs, os::unix::fs::MetadataExt, path::Path};

use crate::cluster::cookie_file;

use super::{Finding, messages};

/// The longest cookie that Erlang takes, in bytes (`erl -setcookie`, an atom).
const LONGEST: u64 = 255;

pub(super) fn look() -> Finding {
    match cookie_file() {
        Some(file) => examine(&file, rustix::process::geteuid().as_raw()),
        None => Finding::wrong("cookie", messages::no_home(), messages::set_home()),
    }
}

/// Erlang itself wants it to be ours alone (`auth:init_cookie`): no right for a group or for others.
fn examine(file: &Path, me: u32) -> Finding {
    let path = file.display().to_string();
    let Ok(found) = fs::metadata(file) else {
        return Finding::ok("cookie", messages::cookie_will_be(&path));
    };
    let mode = found.mode() & 0o777;
    if found.uid() != me && me != 0 {
        return Finding::wrong(
            "cookie",
            messages::cookie_of_another(&path),
            messages::take_cookie_away(&path),
        );
    }
    if mode & 0o077 != 0 {
        let octal = format!("{mode:o}");
        return Finding::wrong(
            "cookie",
            messages::cookie_is_open(&path, &octal),
            messages::close_cookie(&path),
        );
    }
    if !found.is_file() || found.len() == 0 || found.len() > LONGEST || mode & 0o400 == 0 {
        return Finding::wrong("cookie", messages::no_cookie(&path), messages::take_cookie_away(&path));
    }
    Finding::ok("cookie", messages::cookie(&path))
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;
    use crate::{doctor::State, i18n::Lang};

    fn cookie(text: &str, mode: u32) -> Finding {
        let home = tempfile::tempdir().expect("a folder");
        let file = home.path().join(".erlang.cookie");
        fs::write(&file, text).expect("it is written");
        fs::set_permissions(&file, fs::Permissions::from_mode(mode)).expect("it is ours");
        examine(&file, rustix::process::geteuid().as_raw())
    }

    #[test]
    fn ours_alone_is_fine_and_so_is_none() {
        for mode in [0o400, 0o600] {
            assert_eq!(cookie("SECRET", mode).state, State::Ok, "{mode:o}");
        }
        assert_eq!(examine(Path::new("/nowhere/.erlang.cookie"), 0).state, State::Ok);
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
