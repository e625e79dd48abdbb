//! The submissions of a class: what lies in one folder, each a file of answers or a folder with them.

use std::{
    collections::BTreeSet,
    ffi::OsStr,
    fs::DirEntry,
    path::{Path, PathBuf},
};

use crate::{
    check::submission::FILE,
    cluster::messages::shown,
    error::{Error, Result},
};

use super::messages;

/// How many there may be.
const MOST: usize = 10_000;

/// Where a submission lies. Nothing of it has been read yet.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Entry {
    /// Its file's or folder's name without an ending, as text; no other of the class has the same.
    pub name: String,
    pub path: PathBuf,
}

/// Every `NAME.yaml`, `NAME.yml` and every folder directly in `folder`, sorted by name; hidden ones and `except` aside.
///
/// A link is listed too, and then can't be read: what it leads to was handed in by nobody.
///
/// # Errors
/// The folder can't be read, holds no submission, or very many.
pub fn find(folder: &Path, except: &Path) -> Result<Vec<Entry>> {
    let unreadable = |why| Error::usage(messages::class_unreadable(&shown(folder))).because(why);
    let except = except.canonicalize().ok();
    let mut paths = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(unreadable)? {
        let entry = entry.map_err(unreadable)?;
        if is_submission(&entry) && except.as_deref() != entry.path().canonicalize().ok().as_deref() {
            paths.push(entry.path());
        }
        if paths.len() > MOST {
            return Err(Error::usage(messages::class_too_large(MOST)));
        }
    }
    paths.sort();
    if paths.is_empty() {
        let error = Error::usage(messages::no_submissions(&shown(folder)));
        return Err(error.hint(messages::what_a_class_is(FILE)));
    }
    Ok(named(paths))
}

fn is_submission(entry: &DirEntry) -> bool {
    let name = entry.file_name();
    let is_answers = matches!(Path::new(&name).extension().and_then(OsStr::to_str), Some("yaml" | "yml"));
    let is_folder = entry.file_type().is_ok_and(|kind| kind.is_dir());
    !name.to_string_lossy().starts_with('.') && (is_answers || is_folder)
}

/// `ana.yaml` is ana, unless a folder `ana` is there too.
fn named(paths: Vec<PathBuf>) -> Vec<Entry> {
    let mut taken = BTreeSet::new();
    let mut entries: Vec<Entry> = paths
        .into_iter()
        .map(|path| {
            let whole = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            let stem =
                whole.strip_suffix(".yaml").or(whole.strip_suffix(".yml")).unwrap_or(&whole).to_owned();
            let numbered = (2..).map(|number| format!("{whole} ({number})"));
            let free = [stem, whole.clone()].into_iter().chain(numbered).find(|name| !taken.contains(name));
            let name = free.expect("numbers don't end");
            taken.insert(name.clone());
            Entry { name, path }
        })
        .collect();
    entries.sort();
    entries
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_and_folders_are_submissions_and_nothing_else_is() {
        let class = tempfile::tempdir().expect("a folder");
        for folder in ["ana", "nikos", ".git", "graded"] {
            std::fs::create_dir(class.path().join(folder)).expect("a folder");
        }
        for file in ["ana.yaml", "eleni.yml", "README.md", ".hidden.yaml"] {
            std::fs::write(class.path().join(file), "").expect("a file");
        }
        let found = find(class.path(), &class.path().join("graded")).expect("a class");
        let names: Vec<_> = found.iter().map(|entry| entry.name.as_str()).collect();
        assert_eq!(names, ["ana", "ana.yaml", "eleni", "nikos"]);
    }

    #[test]
    fn an_empty_folder_is_no_class() {
        let class = tempfile::tempdir().expect("a folder");
        assert!(find(class.path(), Path::new("/nowhere")).is_err());
    }
}
