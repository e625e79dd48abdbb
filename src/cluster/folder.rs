//! Moebi's private folder: the shim, the hosts file, the sockets. The guardian removes it.

use std::{
    fs::{self, DirBuilder},
    io::{self, Read},
    os::{
        fd::{AsRawFd, OwnedFd},
        unix::fs::DirBuilderExt,
    },
    path::{Path, PathBuf},
    sync::Arc,
};

use super::messages;
use crate::error::{Error, Result};

/// A Unix socket's path holds 104 bytes on macOS, 108 on Linux, its end included.
const MAX_PATH: usize = 100;

/// The longest name of a file in here.
const MAX_NAME: usize = "999.bridge.boot".len() + 1;

/// A folder as Moebi reaches it, and as what runs in a terminal does: in a cell the same folder has another path.
#[derive(Debug, Clone)]
pub(super) struct MappedFolder {
    pub(super) ours: PathBuf,
    pub(super) theirs: PathBuf,
    /// Keeps `ours` good.
    held: Option<Arc<OwnedFd>>,
}

impl MappedFolder {
    pub(super) fn here(path: PathBuf) -> Self {
        Self { theirs: path.clone(), ours: path, held: None }
    }

    /// An open folder of a cell. No link that is made in there can lead this path elsewhere.
    pub(super) fn held(folder: OwnedFd, theirs: PathBuf) -> Self {
        let ours = PathBuf::from(format!("/proc/self/fd/{}", folder.as_raw_fd()));
        Self { ours, theirs, held: Some(Arc::new(folder)) }
    }

    pub(super) fn join(&self, name: impl AsRef<Path>) -> Self {
        let name = name.as_ref();
        Self { ours: self.ours.join(name), theirs: self.theirs.join(name), held: self.held.clone() }
    }
}

/// Where the folder is to be, and how the session is called: the folder's own name.
#[derive(Debug, Clone)]
pub(super) struct Folder {
    spot: MappedFolder,
    session: String,
}

impl Folder {
    /// Picks a name that nobody can guess, in the first place that is short enough and lets scripts run.
    pub(super) fn choose() -> Result<Self> {
        let session = session()?;
        let place = places().into_iter().find(|place| is_fit(place, &session)).ok_or_else(no_folder)?;
        Ok(Self { spot: MappedFolder::here(place.join(&session)), session })
    }

    /// One that was made in a cell.
    pub(super) fn confined(spot: MappedFolder, session: String) -> Self {
        Self { spot, session }
    }

    /// Makes it, for this user only. It must not be there yet.
    pub(super) fn make(&self) -> Result<()> {
        DirBuilder::new().mode(0o700).create(self.path()).map_err(|error| self.diagnostic(error))
    }

    /// Makes a folder in it, and gives its path.
    pub(super) fn make_room(&self, name: &str) -> Result<MappedFolder> {
        let room = self.join(name);
        fs::create_dir(&room.ours).map_err(|error| self.diagnostic(error))?;
        Ok(room)
    }

    pub(super) fn diagnostic(&self, error: io::Error) -> Error {
        let is_full = matches!(error.kind(), io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded);
        let hint = if is_full { messages::is_the_disk_full() } else { messages::set_tmpdir() };
        Error::could_not_run(messages::own_folder_unwritable(&messages::shown(self.path())))
            .hint(hint)
            .because(error)
    }

    /// As Moebi reaches it.
    pub(super) fn path(&self) -> &Path {
        &self.spot.ours
    }

    pub(super) fn session(&self) -> &str {
        &self.session
    }

    pub(super) fn join(&self, name: impl AsRef<Path>) -> MappedFolder {
        self.spot.join(name)
    }
}

/// A name that nobody can guess.
pub(super) fn session() -> Result<String> {
    Ok(format!("moebi-{:016x}", random().map_err(|error| no_folder().because(error))?))
}

fn no_folder() -> Error {
    Error::could_not_run(messages::no_folder()).hint(messages::set_tmpdir())
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
    let length = place.as_os_str().len() + 1 + session.len() + 1 + MAX_NAME;
    place.is_absolute() && length <= MAX_PATH && takes_files(place) && runs_programs(place)
}

/// A folder that this user may write to, on a file system that can be written.
fn takes_files(place: &Path) -> bool {
    use rustix::fs::Access;
    place.is_dir() && rustix::fs::access(place, Access::WRITE_OK | Access::EXEC_OK).is_ok()
}

/// Some systems mount /tmp so that nothing in it runs; the shim could not be there.
fn runs_programs(place: &Path) -> bool {
    rustix::fs::statvfs(place)
        .is_ok_and(|system| !system.f_flag.contains(rustix::fs::StatVfsMountFlags::NOEXEC))
}
