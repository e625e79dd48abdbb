//! Moebi's private folder: the shim, the hosts file, the sockets. The guardian removes it.

use std::{
    fs::{self, DirBuilder},
    io::{self, Read},
    os::unix::fs::DirBuilderExt,
    path::{Path, PathBuf},
};

use super::words;
use crate::error::{Error, Result};

/// A Unix socket's path holds 104 bytes on macOS, 108 on Linux, its end included.
const MOST_PATH: usize = 100;

/// The longest name of a file in here.
const MOST_NAME: usize = "999.bridge.boot".len() + 1;

/// Where the folder is to be, and how the session is called: the folder's own name.
#[derive(Debug, Clone)]
pub(super) struct Folder {
    path: PathBuf,
    session: String,
}

impl Folder {
    /// Picks a name that nobody can guess, in the first place that is short enough and lets scripts run.
    pub(super) fn choose() -> Result<Self> {
        let session = format!("moebi-{:016x}", random().map_err(|error| no_folder().because(error))?);
        let place = places().into_iter().find(|place| is_fit(place, &session)).ok_or_else(no_folder)?;
        Ok(Self { path: place.join(&session), session })
    }

    /// Makes it, for this user only. It must not be there yet.
    pub(super) fn make(&self) -> Result<()> {
        DirBuilder::new().mode(0o700).create(&self.path).map_err(|error| self.trouble(error))
    }

    /// Makes a folder in it, and gives its path.
    pub(super) fn make_room(&self, name: &str) -> Result<PathBuf> {
        let room = self.join(name);
        fs::create_dir(&room).map_err(|error| self.trouble(error))?;
        Ok(room)
    }

    pub(super) fn trouble(&self, error: io::Error) -> Error {
        Error::could_not_run(words::own_folder_unwritable(&words::shown(&self.path)))
            .hint(words::is_the_disk_full())
            .because(error)
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    pub(super) fn session(&self) -> &str {
        &self.session
    }

    pub(super) fn join(&self, name: impl AsRef<Path>) -> PathBuf {
        self.path.join(name)
    }
}

fn no_folder() -> Error {
    Error::could_not_run(words::no_folder()).hint(words::set_tmpdir())
}

fn random() -> io::Result<u64> {
    let mut bytes = [0; 8];
    fs::File::open("/dev/urandom")?.read_exact(&mut bytes)?;
    Ok(u64::from_ne_bytes(bytes))
}

/// Where it may be.
pub fn places() -> Vec<PathBuf> {
    let runtime = std::env::var_os("XDG_RUNTIME_DIR").map(PathBuf::from);
    [Some(std::env::temp_dir()), Some(PathBuf::from("/tmp")), runtime].into_iter().flatten().collect()
}

fn is_fit(place: &Path, session: &str) -> bool {
    let length = place.as_os_str().len() + 1 + session.len() + 1 + MOST_NAME;
    place.is_absolute() && length <= MOST_PATH && place.is_dir() && runs_programs(place)
}

/// Some systems mount /tmp so that nothing in it runs; the shim could not be there.
fn runs_programs(place: &Path) -> bool {
    rustix::fs::statvfs(place)
        .is_ok_and(|system| !system.f_flag.contains(rustix::fs::StatVfsMountFlags::NOEXEC))
}
