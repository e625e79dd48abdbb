//! Answers that were handed in, as files that `moebi grade` takes: the latest of each learner, and all before it.

use std::{
    collections::HashMap,
    fs, io,
    path::{Path, PathBuf},
};

use crate::session::deed::Deed;

use super::{room::Entry, tls::write_private};

/// Hidden, so that nobody grades what no longer counts.
const EARLIER: &str = ".earlier";

#[derive(Debug)]
pub struct Collection {
    folder: PathBuf,
    /// How often each learner handed in.
    counts: HashMap<String, usize>,
}

impl Collection {
    /// # Errors
    /// The folder can't be made.
    pub fn new(folder: &Path) -> io::Result<Self> {
        fs::create_dir_all(folder)?;
        Ok(Self { folder: folder.to_owned(), counts: HashMap::new() })
    }

    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Writes down what an entry hands in, if it does; after a restart once more, which changes nothing.
    ///
    /// # Errors
    /// It can't be written.
    pub fn heed(&mut self, entry: &Entry) -> io::Result<()> {
        let Entry::Told { name, deed: Deed::HandedIn { answers }, .. } = entry else { return Ok(()) };
        let count = self.counts.entry(name.clone()).or_default();
        *count += 1;
        let earlier = self.folder.join(EARLIER).join(name);
        fs::create_dir_all(&earlier)?;
        write_private(&earlier.join(format!("{count}.yaml")), answers.as_bytes())?;
        write_private(&self.folder.join(format!("{name}.yaml")), answers.as_bytes())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn handed_in(name: &str, answers: &str) -> Entry {
        let deed = Deed::HandedIn { answers: answers.into() };
        Entry::Told { at: 0, name: name.into(), stream: "s".into(), n: 1, deed }
    }

    #[test]
    fn the_latest_counts_and_all_are_kept_also_after_a_restart() {
        let class = tempfile::tempdir().unwrap();
        let entries =
            [handed_in("Maria P.", "first"), handed_in("Nikos", "his"), handed_in("Maria P.", "second")];
        for _ in 0..2 {
            let mut collection = Collection::new(class.path()).unwrap();
            entries.iter().for_each(|entry| collection.heed(entry).unwrap());
            let read = |path: &str| fs::read_to_string(class.path().join(path)).unwrap();
            assert_eq!(read("Maria P..yaml"), "second");
            assert_eq!(read(".earlier/Maria P./1.yaml"), "first");
            assert_eq!(read(".earlier/Maria P./2.yaml"), "second");
            assert_eq!(read("Nikos.yaml"), "his");
        }
    }
}
