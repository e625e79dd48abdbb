//! Every file of a folder as it was, what programs made among them, to be put back: with its mode and with the time of
//! its last change, which Mix goes by.

use std::{
    collections::BTreeMap,
    fs::{self, File, FileType, Metadata},
    io,
    os::unix::fs::{MetadataExt, symlink},
    path::{Path, PathBuf},
};

use tempfile::TempDir;

use super::workspace::{MAX_FILES, Stamp};

/// How many bytes may be kept.
const MAX_BYTES: u64 = 64 * 1024 * 1024;

/// What there is, by its path, and as it was saved last.
pub(in crate::guide) type Stamps = BTreeMap<PathBuf, (Kind, Stamp)>;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::guide) enum Kind {
    File,
    /// Who stands in it stands in no other of the same name.
    Folder {
        inode: u64,
    },
    Link,
    /// A pipe, a socket, a device.
    Other,
}

#[derive(Debug)]
pub(in crate::guide) struct Backup {
    root: PathBuf,
    copies: TempDir,
    stamps: Stamps,
}

/// Everything below a folder as it was saved last; none if that is too much to say.
pub(in crate::guide) fn stamps(root: &Path) -> Option<Stamps> {
    let mut stamps = Stamps::new();
    let mut folders = vec![root.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).ok()? {
            let path = entry.ok()?.path();
            let found = path.symlink_metadata().ok()?;
            if found.is_dir() {
                folders.push(path.clone());
            }
            stamps.insert(path, stamp(&found));
            if stamps.len() > MAX_FILES {
                return None;
            }
        }
    }
    Some(stamps)
}

impl Backup {
    /// None: too many files, too large ones, or such as can't be copied.
    ///
    /// # Errors
    /// A file can't be read, or the copy can't be written.
    pub(in crate::guide) fn of(root: &Path) -> io::Result<Option<Self>> {
        let Some(stamps) = stamps(root) else { return Ok(None) };
        let is_plain = stamps.values().all(|(kind, _)| *kind != Kind::Other);
        if !is_plain || stamps.values().map(|(_, stamp)| stamp.bytes).sum::<u64>() > MAX_BYTES {
            return Ok(None);
        }
        let backup = Self { root: root.to_owned(), copies: tempfile::tempdir()?, stamps };
        for (path, (kind, _)) in &backup.stamps {
            copy(path, &backup.copy_of(path), *kind)?;
        }
        Ok(Some(backup))
    }

    pub(in crate::guide) fn stamps(&self) -> &Stamps {
        &self.stamps
    }

    /// Makes the folder what it was; false where that can't be done: somebody may stand in a folder that is gone.
    ///
    /// # Errors
    /// A file can't be written or removed.
    pub(in crate::guide) fn put_back(&self) -> io::Result<bool> {
        let Some(now) = stamps(&self.root) else { return Ok(false) };
        let mut folders = self.stamps.iter().filter(|(_, (kind, _))| kind.is_folder());
        if !folders.all(|(path, (kind, _))| now.get(path).is_some_and(|(found, _)| found == kind)) {
            return Ok(false);
        }
        // What is in a folder comes before it.
        for (path, (kind, _)) in now.iter().rev() {
            if self.stamps.get(path).is_none_or(|(then, _)| then != kind) {
                if kind.is_folder() { fs::remove_dir(path)? } else { fs::remove_file(path)? }
            }
        }
        for (path, then @ (kind, _)) in &self.stamps {
            if !kind.is_folder() && now.get(path) != Some(then) {
                if path.symlink_metadata().is_ok() {
                    fs::remove_file(path)?;
                }
                copy(&self.copy_of(path), path, *kind)?;
            }
        }
        for (path, (kind, then)) in self.stamps.iter().rev() {
            let is_other = || path.symlink_metadata().and_then(|found| found.modified()).ok() != then.at;
            if let (Some(at), Kind::File | Kind::Folder { .. }) = (then.at, kind)
                && is_other()
            {
                File::open(path)?.set_modified(at)?;
            }
        }
        Ok(true)
    }

    fn copy_of(&self, path: &Path) -> PathBuf {
        self.copies.path().join(path.strip_prefix(&self.root).unwrap_or(path))
    }
}

impl Kind {
    fn is_folder(self) -> bool {
        matches!(self, Self::Folder { .. })
    }
}

fn stamp(found: &Metadata) -> (Kind, Stamp) {
    let kind = kind(found.file_type(), found.ino());
    let bytes = if kind == Kind::File { found.len() } else { 0 };
    (kind, Stamp { at: found.modified().ok(), bytes })
}

fn kind(found: FileType, inode: u64) -> Kind {
    match found {
        file if file.is_file() => Kind::File,
        folder if folder.is_dir() => Kind::Folder { inode },
        link if link.is_symlink() => Kind::Link,
        _ => Kind::Other,
    }
}

fn copy(from: &Path, to: &Path, kind: Kind) -> io::Result<()> {
    match kind {
        Kind::File => fs::copy(from, to).map(drop),
        Kind::Folder { .. } => fs::create_dir(to),
        Kind::Link => symlink(fs::read_link(from)?, to),
        Kind::Other => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder() -> TempDir {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir_all(folder.path().join("chat/lib")).unwrap();
        fs::write(folder.path().join("chat/lib/chat.ex"), "defmodule Chat do\nend\n").unwrap();
        fs::write(folder.path().join("chat/mix.exs"), "1").unwrap();
        symlink("lib", folder.path().join("chat/link")).unwrap();
        folder
    }

    #[test]
    fn what_was_written_removed_and_added_is_put_back_with_its_times() {
        let folder = folder();
        let at = |name: &str| folder.path().join(name);
        let backup = Backup::of(folder.path()).unwrap().unwrap();
        fs::write(at("chat/lib/chat.ex"), "something else altogether").unwrap();
        fs::remove_file(at("chat/mix.exs")).unwrap();
        fs::create_dir_all(at("chat/_build/dev")).unwrap();
        fs::write(at("chat/_build/dev/a.beam"), "b").unwrap();
        symlink("/nowhere", at("dangling")).unwrap();
        assert!(backup.put_back().unwrap());
        assert_eq!(fs::read_to_string(at("chat/lib/chat.ex")).unwrap(), "defmodule Chat do\nend\n");
        assert_eq!(stamps(folder.path()).as_ref(), Some(backup.stamps()));
    }

    #[test]
    fn a_folder_that_was_made_anew_is_another() {
        let folder = folder();
        let backup = Backup::of(folder.path()).unwrap().unwrap();
        // The old one is kept: else the new one may well get its number.
        fs::rename(folder.path().join("chat"), folder.path().join("old")).unwrap();
        fs::create_dir_all(folder.path().join("chat/lib")).unwrap();
        assert!(!backup.put_back().unwrap());
        assert!(folder.path().join("old/mix.exs").exists(), "nothing is touched then");
    }

    #[test]
    fn what_can_not_be_copied_is_not_kept() {
        let folder = folder();
        let _socket = std::os::unix::net::UnixListener::bind(folder.path().join("socket")).unwrap();
        assert!(Backup::of(folder.path()).unwrap().is_none());
    }
}
