//! The folder that the terminals start in, and the learner's files in it.
//!
//! A path is relative to it and never leaves it: not by `..`, and not by a link that leads out.

use std::{
    collections::BTreeMap,
    fs,
    io::{self, Read},
    path::{Path, PathBuf},
    time::SystemTime,
};

use crate::{
    error::{Error, Result},
    lesson::Fact,
};

use super::words;

/// The largest file that is judged, in bytes; a larger one is as good as none.
const MOST_BYTES: u64 = 256 * 1024;

#[derive(Debug)]
pub struct Workspace {
    root: PathBuf,
    /// The files that conditions look at, as they were when last looked at.
    watched: BTreeMap<String, Option<Stamp>>,
}

/// What changes when a file is saved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Stamp {
    at: Option<SystemTime>,
    bytes: u64,
}

impl Workspace {
    pub fn new(root: PathBuf) -> Self {
        Self { root, watched: BTreeMap::new() }
    }

    pub fn root(&self) -> &Path {
        &self.root
    }

    /// Watches these files and no others; what each holds now is told at once.
    pub fn watch<'p>(&mut self, paths: impl Iterator<Item = &'p str>) -> Vec<Fact> {
        self.watched = paths.map(|path| (path.to_owned(), None)).collect();
        let paths: Vec<_> = self.watched.keys().cloned().collect();
        paths.into_iter().map(|path| self.look(path)).collect()
    }

    pub fn is_watching(&self) -> bool {
        !self.watched.is_empty()
    }

    /// The watched files that were saved or removed since they were looked at last.
    pub fn changes(&mut self) -> Vec<Fact> {
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
        let found = fs::metadata(self.place(path).ok()?).ok().filter(fs::Metadata::is_file)?;
        Some(Stamp { at: found.modified().ok(), bytes: found.len() })
    }

    fn read(&self, path: &str) -> Option<String> {
        let mut bytes = Vec::new();
        let file = fs::File::open(self.place(path).ok()?).ok()?;
        file.take(MOST_BYTES + 1).read_to_end(&mut bytes).ok()?;
        (bytes.len() as u64 <= MOST_BYTES).then(|| String::from_utf8_lossy(&bytes).into_owned())
    }

    /// Writes a whole file, with the folders that it needs.
    ///
    /// # Errors
    /// The path leads out of the workspace; it can't be written.
    pub fn write(&self, path: &str, text: &str) -> Result<()> {
        let place = self.place(path).map_err(|error| trouble(path, error))?;
        let folder = place.parent().unwrap_or(&self.root);
        fs::create_dir_all(folder)
            .and_then(|()| fs::write(&place, text))
            .map_err(|error| trouble(path, error))
    }

    /// As `write`, but a file that is there stays as it is.
    ///
    /// # Errors
    /// As `write`.
    pub fn write_new(&self, path: &str, text: &str) -> Result<()> {
        let is_there = self.place(path).is_ok_and(|place| place.exists());
        if is_there { Ok(()) } else { self.write(path, text) }
    }

    /// Puts `with` in the place of the first `replace`.
    ///
    /// # Errors
    /// There is no such file, or it doesn't hold `replace`; it can't be written.
    pub fn edit(&self, path: &str, replace: &str, with: &str) -> Result<()> {
        let text = self.read(path).ok_or_else(|| Error::could_not_run(words::no_file(path)))?;
        if !text.contains(replace) {
            return Err(Error::could_not_run(words::nothing_to_replace(path)));
        }
        self.write(path, &text.replacen(replace, with, 1))
    }

    /// Where a path leads. The deepest folder of it that is there must lie within the workspace, links followed.
    fn place(&self, path: &str) -> io::Result<PathBuf> {
        let out = || io::Error::new(io::ErrorKind::PermissionDenied, "it leads out of the workspace");
        let stays = |part: &str| !matches!(part, "" | "." | "..") && !part.contains('\0');
        if !path.split('/').all(stays) {
            return Err(out());
        }
        let root = self.root.canonicalize()?;
        let place = root.join(path);
        let nearest = place.ancestors().find_map(|folder| folder.canonicalize().ok());
        if nearest.is_some_and(|nearest| nearest.starts_with(&root)) { Ok(place) } else { Err(out()) }
    }
}

fn trouble(path: &str, error: io::Error) -> Error {
    Error::could_not_run(words::could_not_write(path)).because(error)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn workspace() -> (tempfile::TempDir, Workspace) {
        let folder = tempfile::tempdir().unwrap();
        let workspace = Workspace::new(folder.path().to_owned());
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
