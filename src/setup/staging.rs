//! The folder in which a runtime grows until it is whole.
//!
//! It lies beside its final place, so that one rename moves it there. A lock is held meanwhile, so that whatever else
//! lies there under such a name belongs to a run that died; it is removed when the next one begins. Dropping the
//! staging removes the folder.

use std::{
    fs::{self, File, TryLockError},
    io,
    path::{Path, PathBuf},
    thread,
    time::Duration,
};

use tempfile::TempDir;
use tokio::{sync::oneshot, time::timeout};

use super::{Progress, messages};
use crate::{
    cluster::messages::shown,
    error::{Error, Result},
};

const PREFIX: &str = "runtime.part.";
const LOCK: &str = "runtime.lock";

/// How long another setup is waited for. A slow line takes minutes for 30 MB.
const PATIENCE: Duration = Duration::from_secs(30 * 60);

pub(super) struct Staging {
    folder: TempDir,
    // Released after the folder is removed: fields are dropped in this order.
    _lock: File,
}

impl Staging {
    pub(super) async fn begin(data: &Path, progress: &mut impl FnMut(Progress)) -> Result<Self> {
        fs::create_dir_all(data).map_err(|error| unwritable(data, error))?;
        let lock = lock(data, progress).await?;
        sweep(data);
        let folder = tempfile::Builder::new()
            .prefix(PREFIX)
            .tempdir_in(data)
            .map_err(|error| unwritable(data, error))?;
        let staging = Self { folder, _lock: lock };
        staging.make("root")?;
        Ok(staging)
    }

    /// What becomes the runtime.
    pub(super) fn root(&self) -> PathBuf {
        self.folder.path().join("root")
    }

    /// A new folder in here, which goes when the staging goes.
    pub(super) fn make(&self, name: &str) -> Result<PathBuf> {
        let path = self.folder.path().join(name);
        fs::create_dir_all(&path).map_err(|error| unwritable(&path, error))?;
        Ok(path)
    }

    /// Room beside the final place, in bytes.
    pub(super) fn room(&self) -> Option<u64> {
        let found = rustix::fs::statvfs(self.folder.path()).ok()?;
        found.f_bavail.checked_mul(found.f_frsize)
    }

    /// Puts the root in its final place. An older one (it was too old, or broken) goes with the staging.
    pub(super) fn publish(self, place: &Path) -> Result<()> {
        let old = self.folder.path().join("old");
        match fs::rename(place, &old) {
            Ok(()) => {}
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => return Err(unwritable(place, error)),
        }
        fs::rename(self.root(), place).map_err(|error| {
            // The old one comes back rather than none at all.
            let _ = fs::rename(&old, place);
            unwritable(place, error)
        })
    }
}

impl Drop for Staging {
    fn drop(&mut self) {
        remove(self.folder.path());
    }
}

async fn lock(data: &Path, progress: &mut impl FnMut(Progress)) -> Result<File> {
    let path = data.join(LOCK);
    let file = File::create(&path).map_err(|error| unwritable(&path, error))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::Error(error)) => Err(unwritable(&path, error)),
        Err(TryLockError::WouldBlock) => {
            progress(Progress::Say(messages::waiting_for_another()));
            timeout(PATIENCE, locked(file))
                .await
                .map_err(|_| busy(&path))?
                .map_err(|error| unwritable(&path, error))
        }
    }
}

/// On a thread of its own, which the program's end need not wait for.
async fn locked(file: File) -> io::Result<File> {
    let (tell, told) = oneshot::channel();
    thread::Builder::new().name("setup lock".to_owned()).spawn(move || {
        let outcome = file.lock().map(|()| file);
        // Nobody listens any more: the lock goes with the file.
        let _ = tell.send(outcome);
    })?;
    told.await.map_err(io::Error::other)?
}

/// Removes what runs that died left behind, unless one is at work now.
pub(super) fn tidy(data: &Path) {
    if leftovers(data).is_empty() {
        return;
    }
    if let Ok(lock) = File::create(data.join(LOCK))
        && lock.try_lock().is_ok()
    {
        sweep(data);
    }
}

/// What can't be removed now is removed next time: a program that outlived its Moebi may still be writing there.
fn sweep(data: &Path) {
    leftovers(data).iter().for_each(|path| remove(path));
}

fn leftovers(data: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(data).into_iter().flatten().flatten();
    let dead = entries.filter(|entry| entry.file_name().as_encoded_bytes().starts_with(PREFIX.as_bytes()));
    dead.map(|entry| entry.path()).collect()
}

/// A program that was killed this moment may still add a file behind the first sweep's back.
fn remove(folder: &Path) {
    let _ = (0..3).any(|_| fs::remove_dir_all(folder).is_ok());
}

fn busy(path: &Path) -> Error {
    Error::could_not_run(messages::busy()).hint(messages::end_the_other(&shown(path)))
}

pub(super) fn unwritable(path: &Path, error: io::Error) -> Error {
    let hint = match error.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => messages::free_200_mb(),
        _ => messages::see_that_you_may_write(),
    };
    Error::could_not_run(messages::unwritable(&shown(path))).because(error).hint(hint)
}
