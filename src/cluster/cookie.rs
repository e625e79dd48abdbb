//! `~/.erlang.cookie`, made before the first node: two first nodes at once may each make one, and disagree.

use std::{
    fs::{self, OpenOptions},
    io::{self, Read, Write},
    os::unix::fs::{MetadataExt, OpenOptionsExt},
    path::{Path, PathBuf},
};

use etcetera::BaseStrategy;

use super::messages;
use crate::i18n::Localized;

const NAME: &str = ".erlang.cookie";
const LENGTH: usize = 20;

/// The file that a node would read; it need not be there yet. None without a home folder.
pub fn file() -> Option<PathBuf> {
    let strategy = etcetera::base_strategy::choose_native_strategy().ok()?;
    let newer = strategy.config_dir().join("erlang").join(NAME);
    Some(if newer.exists() { newer } else { strategy.home_dir().join(NAME) })
}

/// The longest cookie that Erlang takes, in bytes (`erl -setcookie`, an atom).
const LONGEST: u64 = 255;

/// Why no node starts with a cookie file, and what to do about it.
#[derive(Debug)]
pub struct Fault {
    pub told: Localized,
    pub remedy: Localized,
}

/// What is wrong with that file, if it is there. Erlang itself wants it to be its user's alone (`auth:init_cookie`): no
/// right for a group or for others.
pub fn fault(file: &Path) -> Option<Fault> {
    let (path, found) = (file.display().to_string(), fs::metadata(file).ok()?);
    let (mode, me) = (found.mode() & 0o777, rustix::process::geteuid().as_raw());
    let take_away = |told| Some(Fault { told, remedy: messages::take_cookie_away(&path) });
    if !found.is_file() || found.len() == 0 || found.len() > LONGEST || mode & 0o400 == 0 {
        return take_away(messages::no_cookie(&path));
    }
    if found.uid() != me && me != 0 {
        return take_away(messages::cookie_of_another(&path));
    }
    (mode & 0o077 != 0).then(|| Fault {
        told: messages::cookie_is_open(&path, &format!("{mode:o}")),
        remedy: messages::close_cookie(&path),
    })
}

/// Makes the cookie where there is none, as Erlang would: 20 capital letters, for its owner's eyes only (0400).
pub(super) fn ensure() -> io::Result<()> {
    let Ok(strategy) = etcetera::base_strategy::choose_native_strategy() else { return Ok(()) };
    // OTP 25 and newer read this one where there is none in the home folder.
    if strategy.config_dir().join("erlang").join(NAME).exists() {
        return Ok(());
    }
    ensure_in(strategy.home_dir())
}

/// Written aside and linked into place, so that no node can ever read half of it.
pub(super) fn ensure_in(home: &Path) -> io::Result<()> {
    let cookie = home.join(NAME);
    if cookie.exists() {
        return Ok(());
    }
    let aside: PathBuf = home.join(format!("{NAME}.{}", std::process::id()));
    let made = write(&aside).and_then(|()| fs::hard_link(&aside, &cookie));
    let _ = fs::remove_file(&aside);
    match made {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(()),
        made => made,
    }
}

fn write(file: &Path) -> io::Result<()> {
    let mut random = [0; LENGTH];
    fs::File::open("/dev/urandom")?.read_exact(&mut random)?;
    let letters = random.map(|byte| b'A' + byte % 26);
    OpenOptions::new().write(true).create_new(true).mode(0o400).open(file)?.write_all(&letters)
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    #[test]
    fn it_is_made_once_and_kept() {
        let home = tempfile::tempdir().expect("a temporary folder");
        ensure_in(home.path()).expect("it is made");
        let cookie = home.path().join(NAME);
        let first = fs::read(&cookie).expect("it reads");
        assert_eq!((first.len(), first.iter().all(u8::is_ascii_uppercase)), (LENGTH, true));
        assert_eq!(fs::metadata(&cookie).expect("it is there").permissions().mode() & 0o777, 0o400);
        ensure_in(home.path()).expect("it stays");
        assert_eq!(fs::read(&cookie).expect("it reads"), first);
        assert_eq!(fs::read_dir(home.path()).expect("it lists").count(), 1);
    }
}
