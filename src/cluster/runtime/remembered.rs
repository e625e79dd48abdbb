//! Which runtimes have been seen to start, so that a VM need not boot each time to say its version.
//!
//! A runtime is known by what its programs resolve to, their sizes and their times. A version manager's shim stands
//! for another version in another folder, and nothing about the file tells: where Elixir's own library is not beside
//! the program, nothing is remembered.

use std::{
    collections::VecDeque,
    fs, io,
    path::{Path, PathBuf},
    time::UNIX_EPOCH,
};

use serde::{Deserialize, Serialize};

use super::version::Pair;

const FILE: &str = "runtimes.json";
const MAX_ENTRIES: usize = 8;
const MAX_BYTES: u64 = 64 * 1024;

pub(super) struct Remembered<'a> {
    cache: Option<&'a Path>,
    key: Option<Vec<Stamp>>,
}

#[derive(PartialEq, Eq, Serialize, Deserialize)]
struct Stamp {
    file: PathBuf,
    size: u64,
    nanoseconds: u128,
}

#[derive(Serialize, Deserialize)]
struct Entry {
    key: Vec<Stamp>,
    versions: Pair,
}

impl<'a> Remembered<'a> {
    pub(super) fn new(cache: Option<&'a Path>, elixir: &Path, erl: &Path) -> Self {
        Self { cache, key: key(elixir, erl).ok() }
    }

    pub(super) fn recall(&self) -> Option<Pair> {
        let (cache, key) = (self.cache?, self.key.as_ref()?);
        entries(cache)?.into_iter().find(|entry| entry.key == *key).map(|entry| entry.versions)
    }

    /// A cache that can't be written costs a VM's start next time and nothing else.
    pub(super) fn keep(self, versions: &Pair) {
        if let (Some(cache), Some(key)) = (self.cache, self.key) {
            let _ = keep(cache, Entry { key, versions: versions.clone() });
        }
    }
}

/// The file of Elixir's own library that belongs to one of its programs.
pub(super) fn library(program: &Path) -> PathBuf {
    program.parent().and_then(Path::parent).unwrap_or(program).join("lib/elixir/ebin/elixir.app")
}

fn key(elixir: &Path, erl: &Path) -> io::Result<Vec<Stamp>> {
    let elixir = elixir.canonicalize()?;
    [&elixir, &library(&elixir), &erl.canonicalize()?].into_iter().map(|file| stamp(file)).collect()
}

fn stamp(file: &Path) -> io::Result<Stamp> {
    let found = file.metadata()?;
    let age = found.modified()?.duration_since(UNIX_EPOCH).unwrap_or_default();
    Ok(Stamp { file: file.to_owned(), size: found.len(), nanoseconds: age.as_nanos() })
}

fn entries(cache: &Path) -> Option<VecDeque<Entry>> {
    let file = cache.join(FILE);
    if file.metadata().ok()?.len() > MAX_BYTES {
        return None;
    }
    serde_json::from_slice(&fs::read(file).ok()?).ok()
}

fn keep(cache: &Path, entry: Entry) -> io::Result<()> {
    fs::create_dir_all(cache)?;
    let mut all = entries(cache).unwrap_or_default();
    all.retain(|old| old.key != entry.key);
    all.push_front(entry);
    all.truncate(MAX_ENTRIES);
    let mut file = tempfile::NamedTempFile::new_in(cache)?;
    serde_json::to_writer(&mut file, &all)?;
    file.persist(cache.join(FILE))?;
    Ok(())
}
