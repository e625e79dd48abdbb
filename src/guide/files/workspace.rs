//! The folder that the terminals start in, and the learner's files in it.
//!
//! A path is relative to it and never leaves it: not by `..`, and not by a link that leads out.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    io::{self, Read, Write},
    path::{Path, PathBuf},
    time::SystemTime as StdSystemTime,
};

use cap_std::{
    ambient_authority,
    fs::{Dir, File, Metadata, OpenOptions, OpenOptionsExt},
    time::SystemTime,
};
use rustix::fs::OFlags;

use crate::{
    error::{Error, Result},
    lesson::Fact,
};

use super::super::messages;

/// The largest file that is judged, in bytes; a larger one is as good as none.
const MAX_BYTES: u64 = 256 * 1024;

/// A pipe that nobody writes to must not hold up anybody.
const NONBLOCK: i32 = OFlags::NONBLOCK.bits().cast_signed();

/// How many files of one name stand beside each other.
const MAX_BESIDE: usize = 100;

/// How many files and folders a copy may have.
pub(super) const MAX_FILES: usize = 5_000;

/// What programs make from the rest.
const MADE_ANEW: [&str; 5] = ["_build", "deps", ".elixir_ls", ".git", "node_modules"];

#[derive(Debug)]
pub(crate) struct Workspace {
    root: PathBuf,
    /// What stands directly in it and belongs to the lesson; nothing else is ever copied or taken away.
    owned: BTreeSet<String>,
    /// The files that conditions look at, as they were when last looked at.
    watched: BTreeMap<String, Option<Stamp>>,
}

/// What changes when a file is saved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::guide) struct Stamp {
    pub(super) at: Option<StdSystemTime>,
    pub(super) bytes: u64,
}

impl Workspace {
    pub(crate) fn new(root: PathBuf, owned: BTreeSet<String>) -> Self {
        Self { root, owned, watched: BTreeMap::new() }
    }

    pub(crate) fn root(&self) -> &Path {
        &self.root
    }

    /// Makes the folder again where somebody has removed it.
    ///
    /// # Errors
    /// It can't be made.
    pub(in crate::guide) fn make(&self) -> Result<()> {
        fs::create_dir_all(&self.root).map_err(|error| diagnostic(&self.root.display().to_string(), error))
    }

    /// Whether the lesson has files at all.
    pub(crate) fn has_files(&self) -> bool {
        !self.owned.is_empty()
    }

    /// Whether any of them is there.
    pub(in crate::guide) fn is_begun(&self) -> bool {
        self.owned.iter().any(|name| self.root.join(name).symlink_metadata().is_ok())
    }

    /// Copies the lesson's files into `folder`, which is there. What programs make anew is left out, and so are links.
    ///
    /// # Errors
    /// There are too many, or one can't be copied.
    pub(in crate::guide) fn copy_to(&self, folder: &Path) -> io::Result<()> {
        let mut left = MAX_FILES;
        let there = self.owned.iter().filter(|name| self.root.join(name).symlink_metadata().is_ok());
        there.into_iter().try_for_each(|name| copy(&self.root.join(name), &folder.join(name), &mut left))
    }

    /// Replaces the lesson's files by those in `folder`. Folders that are in both stay the same folders, with what
    /// programs made in them: nodes may stand there and run it.
    ///
    /// # Errors
    /// There are too many, or one can't be removed or copied.
    pub(in crate::guide) fn take_from(&self, folder: &Path) -> io::Result<()> {
        let mut left = MAX_FILES;
        self.owned.iter().try_for_each(|name| mirror(&folder.join(name), &self.root.join(name), &mut left))
    }

    /// Takes the lesson's files away.
    ///
    /// # Errors
    /// One can't be removed.
    pub(in crate::guide) fn clear(&self) -> Result<()> {
        let all = self.owned.iter().try_for_each(|name| remove(&self.root.join(name)));
        all.map_err(|error| diagnostic(&self.root.display().to_string(), error))
    }

    /// Watches these files and no others; what each holds now is told at once.
    pub(crate) fn watch<'p>(&mut self, paths: impl Iterator<Item = &'p str>) -> Vec<Fact> {
        self.watched = paths.map(|path| (path.to_owned(), None)).collect();
        let paths: Vec<_> = self.watched.keys().cloned().collect();
        paths.into_iter().map(|path| self.look(path)).collect()
    }

    pub(crate) fn is_watching(&self) -> bool {
        !self.watched.is_empty()
    }

    /// The watched files that were saved or removed since they were looked at last.
    pub(crate) fn changes(&mut self) -> Vec<Fact> {
        let is_changed = |(path, stamp): &(&String, &Option<Stamp>)| self.stamp(path) != **stamp;
        let changed: Vec<_> = self.watched.iter().filter(is_changed).map(|(path, _)| path.clone()).collect();
        changed.into_iter().map(|path| self.look(path)).collect()
    }

    fn look(&mut self, path: String) -> Fact {
        let stamp = self.stamp(&path);
        let text = stamp.and_then(|_| self.read(&path));
        self.watched.insert(path.clone(), stamp);
        Fact::File { path, text }
    }

    fn stamp(&self, path: &str) -> Option<Stamp> {
        let found = self.open().ok()?.metadata(inner(path).ok()?).ok().filter(Metadata::is_file)?;
        Some(Stamp { at: found.modified().ok().map(SystemTime::into_std), bytes: found.len() })
    }

    /// Whether there could be such a file, and isn't.
    pub(in crate::guide) fn lacks(&self, path: &str) -> bool {
        inner(path).is_ok() && self.bytes(path).is_none()
    }

    /// How long a file is; none where there is none.
    pub(in crate::guide) fn bytes(&self, path: &str) -> Option<usize> {
        self.stamp(path).and_then(|stamp| usize::try_from(stamp.bytes).ok())
    }

    fn read(&self, path: &str) -> Option<String> {
        let mut bytes = Vec::new();
        let file = self.open_file(path, OpenOptions::new().read(true)).ok()?;
        file.take(MAX_BYTES + 1).read_to_end(&mut bytes).ok()?;
        (bytes.len() as u64 <= MAX_BYTES).then(|| String::from_utf8_lossy(&bytes).into_owned())
    }

    /// Writes a whole file, with the folders that it needs.
    ///
    /// # Errors
    /// The path leads out of the workspace; it can't be written.
    pub(crate) fn write(&self, path: &str, text: &str) -> Result<()> {
        let mut options = OpenOptions::new();
        options.write(true).create(true).truncate(true);
        self.make_room(path)
            .and_then(|()| self.open_file(path, &mut options))
            .and_then(|mut file| file.write_all(text.as_bytes()))
            .map_err(|error| diagnostic(path, error))
    }

    /// As `write`, but a file that is there stays as it is.
    ///
    /// # Errors
    /// As `write`.
    pub(crate) fn write_new(&self, path: &str, text: &str) -> Result<()> {
        let is_there = inner(path).is_ok_and(|inner| self.open().is_ok_and(|root| root.exists(inner)));
        if is_there { Ok(()) } else { self.write(path, text) }
    }

    /// Writes `NAME.ENDING`, or under the first free number if that name is taken by another text; where it lies.
    ///
    /// # Errors
    /// As `write`; there are very many.
    pub(crate) fn write_beside(&self, name: &str, ending: &str, text: &str) -> Result<String> {
        let numbered = (2..MAX_BESIDE).map(|number| format!("{name}-{number}.{ending}"));
        let is_free = |path: &String| {
            let place = self.root.join(path);
            place.symlink_metadata().is_err() || self.read(path).as_deref() == Some(text)
        };
        let free = std::iter::once(format!("{name}.{ending}")).chain(numbered).find(is_free);
        let path = free.unwrap_or_else(|| format!("{name}-{MAX_BESIDE}.{ending}"));
        self.write(&path, text)?;
        Ok(self.root.join(path).display().to_string())
    }

    /// Where a file lies that is to be written by somebody else; the folders that it needs are there.
    ///
    /// # Errors
    /// As `write`.
    pub(crate) fn prepare(&self, path: &str) -> Result<PathBuf> {
        self.make_room(path).map_err(|error| diagnostic(path, error))?;
        Ok(self.root.join(path))
    }

    /// Puts `with` in the place of the first `replace`.
    ///
    /// # Errors
    /// There is no such file, or it doesn't hold `replace`; it can't be written.
    pub(crate) fn edit(&self, path: &str, replace: &str, with: &str) -> Result<()> {
        let text = self.read(path).ok_or_else(|| Error::could_not_run(messages::no_file(path)))?;
        if !text.contains(replace) {
            return Err(Error::could_not_run(messages::nothing_to_replace(path)));
        }
        self.write(path, &text.replacen(replace, with, 1))
    }

    /// Below this handle no path leads out, whatever links are in it. Opened each time: the folder may be another by now.
    fn open(&self) -> io::Result<Dir> {
        Dir::open_ambient_dir(&self.root, ambient_authority())
    }

    /// A regular file; nothing else is waited for.
    fn open_file(&self, path: &str, options: &mut OpenOptions) -> io::Result<File> {
        let file = self.open()?.open_with(inner(path)?, options.custom_flags(NONBLOCK))?;
        if file.metadata()?.is_file() { Ok(file) } else { Err(io::ErrorKind::InvalidInput.into()) }
    }

    /// Makes the folders that the file needs.
    fn make_room(&self, path: &str) -> io::Result<()> {
        let folder = inner(path)?.parent().unwrap_or(Path::new(""));
        if folder.as_os_str().is_empty() { Ok(()) } else { self.open()?.create_dir_all(folder) }
    }
}

/// A path that goes down and nowhere else.
fn inner(path: &str) -> io::Result<&Path> {
    let stays = |part: &str| !matches!(part, "" | "." | "..") && !part.contains('\0');
    if path.split('/').all(stays) {
        return Ok(Path::new(path));
    }
    Err(io::Error::new(io::ErrorKind::PermissionDenied, "it leads out of the workspace"))
}

/// One file, or a folder with all that is in it.
fn copy(from: &Path, to: &Path, left: &mut usize) -> io::Result<()> {
    let found = from.symlink_metadata()?;
    if found.is_symlink() || is_made_anew(from) {
        return Ok(());
    }
    *left = left.checked_sub(1).ok_or_else(|| io::Error::other("there are too many files"))?;
    if found.is_file() {
        return fs::copy(from, to).map(drop);
    }
    if found.is_dir() {
        fs::create_dir_all(to)?;
        for entry in fs::read_dir(from)? {
            let entry = entry?;
            copy(&entry.path(), &to.join(entry.file_name()), left)?;
        }
    }
    Ok(())
}

/// Makes `to` what `from` is, in place.
fn mirror(from: &Path, to: &Path, left: &mut usize) -> io::Result<()> {
    let (Ok(there), Ok(here)) = (from.symlink_metadata(), to.symlink_metadata()) else {
        remove(to)?;
        return if from.exists() { copy(from, to, left) } else { Ok(()) };
    };
    if !(there.is_dir() && here.is_dir()) {
        // What is the same keeps its date, so that nobody compiles it again.
        let is_same = there.is_file() && here.is_file() && fs::read(from)? == fs::read(to)?;
        return if is_same { Ok(()) } else { remove(to).and_then(|()| copy(from, to, left)) };
    }
    let inside = |folder: &Path| -> io::Result<BTreeSet<_>> {
        fs::read_dir(folder)?.map(|entry| Ok(entry?.file_name())).collect()
    };
    let names: BTreeSet<_> = &inside(from)? | &inside(to)?;
    let kept = names.iter().filter(|name| !is_made_anew(Path::new(name)));
    kept.into_iter().try_for_each(|name| mirror(&from.join(name), &to.join(name), left))
}

fn is_made_anew(path: &Path) -> bool {
    path.file_name().is_some_and(|name| MADE_ANEW.iter().any(|made| name == *made))
}

fn remove(path: &Path) -> io::Result<()> {
    match path.symlink_metadata() {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        Err(error) => Err(error),
        Ok(found) if found.is_dir() => fs::remove_dir_all(path),
        Ok(_) => fs::remove_file(path),
    }
}

fn diagnostic(path: &str, error: io::Error) -> Error {
    Error::could_not_run(messages::could_not_write(path)).because(error)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn workspace() -> (tempfile::TempDir, Workspace) {
        let folder = tempfile::tempdir().unwrap();
        let workspace = Workspace::new(folder.path().to_owned(), BTreeSet::new());
        (folder, workspace)
    }

    fn told(facts: Vec<Fact>) -> Vec<(String, Option<String>)> {
        let file = |fact| match fact {
            Fact::File { path, text } => (path, text),
            other => panic!("{other:?}"),
        };
        facts.into_iter().map(file).collect()
    }

    #[test]
    fn what_is_saved_is_told_once() {
        let (_folder, mut workspace) = workspace();
        assert_eq!(told(workspace.watch(["a/b.ex"].into_iter())), [("a/b.ex".into(), None)]);
        assert_eq!(told(workspace.changes()), []);
        workspace.write("a/b.ex", "one").unwrap();
        assert_eq!(told(workspace.changes()), [("a/b.ex".into(), Some("one".into()))]);
        assert_eq!(told(workspace.changes()), []);
        workspace.edit("a/b.ex", "one", "two, three").unwrap();
        assert_eq!(told(workspace.changes()), [("a/b.ex".into(), Some("two, three".into()))]);
        fs::remove_file(workspace.root().join("a/b.ex")).unwrap();
        assert_eq!(told(workspace.changes()), [("a/b.ex".into(), None)]);
    }

    #[test]
    fn a_start_overwrites_nothing() {
        let (folder, workspace) = workspace();
        workspace.write("mix.exs", "mine").unwrap();
        workspace.write_new("mix.exs", "theirs").unwrap();
        assert_eq!(fs::read_to_string(folder.path().join("mix.exs")).unwrap(), "mine");
    }

    #[test]
    fn nothing_leads_out() {
        let (folder, workspace) = workspace();
        let outside = tempfile::tempdir().unwrap();
        std::os::unix::fs::symlink(outside.path(), folder.path().join("link")).unwrap();
        for path in ["../x", "/etc/x", "a/../../x", "link/x", "link/new/x", ""] {
            assert!(workspace.write(path, "no").is_err(), "{path}");
        }
        assert_eq!(fs::read_dir(outside.path()).unwrap().count(), 0);
    }

    #[test]
    fn an_edit_finds_what_it_replaces_or_says_so() {
        let (_folder, workspace) = workspace();
        assert!(workspace.edit("gone.ex", "a", "b").is_err());
        workspace.write("here.ex", "text").unwrap();
        assert!(workspace.edit("here.ex", "other", "b").is_err());
    }
}
