//! Made-up exports: what a platform hands out, as a folder and as a zip.

use std::{
    fs,
    io::{Cursor, Write},
    path::{Path, PathBuf},
};

use tempfile::TempDir;
use zip::{ZipWriter, write::SimpleFileOptions};

use super::super::{Class, Entry, Leftover, Place, RECEIPTS, Roster, item::composed};

/// A file of answers, short and whole.
pub(super) const GOOD: &str = "lesson: otp-distribution\nanswers:\n  nameless:\n    - shell: iex\n";

#[derive(Default)]
pub(super) struct Export {
    files: Vec<(String, Vec<u8>)>,
}

impl Export {
    #[must_use]
    pub(super) fn file(mut self, path: &str, content: impl AsRef<[u8]>) -> Self {
        self.files.push((path.to_owned(), content.as_ref().to_vec()));
        self
    }

    /// Files of answers, all the same.
    #[must_use]
    pub(super) fn answers(self, paths: &[&str]) -> Self {
        paths.iter().fold(self, |export, path| export.file(path, GOOD))
    }

    pub(super) fn zip(&self) -> Vec<u8> {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        for (path, content) in &self.files {
            zip.start_file(path, SimpleFileOptions::default()).expect("memory");
            zip.write_all(content).expect("memory");
        }
        zip.finish().expect("memory").into_inner()
    }

    /// Every file is told of: as a submission or an earlier attempt or what lies beside one, as what has no answers, or as
    /// nobody's.
    #[track_caller]
    fn is_accounted_for(&self, class: &Class) {
        for path in self.files.iter().map(|(path, _)| composed(path)) {
            let top = path.split('/').next().expect("a name");
            let is_within = |file: &str| file == path || file.starts_with(&format!("{path}/"));
            let is_of = |one: &Entry| {
                let is_beside = matches!(one.place, Place::Folder(..)) && one.origin.entry == top;
                let folder = one.origin.file.rsplit_once('/').map_or("", |(folder, _)| folder);
                let is_below =
                    matches!(one.place, Place::Folder(..)) && path.starts_with(&format!("{folder}/"));
                let mut files = one.origin.earlier.iter().chain([&one.origin.file]);
                is_beside || is_below || files.any(|file| is_within(file))
            };
            let is_told = class.entries.iter().any(is_of)
                || class.leftovers.iter().any(|leftover| leftover.entry == top)
                || class.passed_over.contains_key(top)
                || (top.ends_with(".txt") && class.passed_over.contains_key(RECEIPTS));
            assert!(is_told, "nothing is told of {path}");
        }
    }

    pub(super) fn lay_out(&self, folder: &Path) {
        for (path, content) in &self.files {
            let place = folder.join(path);
            fs::create_dir_all(place.parent().expect("a folder")).expect("a folder");
            fs::write(place, content).expect("a file");
        }
    }

    /// What is read of it as a folder; as a zip, and as one with a folder around, it must come out the same.
    #[track_caller]
    pub(super) fn opened(&self, roster: Option<&str>) -> Told {
        let roster = roster.map(Roster::of);
        let (folder, zipped) = (TempDir::new().expect("a folder"), TempDir::new().expect("a folder"));
        self.lay_out(folder.path());
        let class = open(folder.path(), roster.as_ref());
        self.is_accounted_for(&class);
        let told = Told::of(&class);
        assert_eq!(Told::of(&open(&put(&zipped, &self.zip()), roster.as_ref())), told, "as a zip");
        let mut wrapped = Self::default();
        for (path, content) in &self.files {
            wrapped = wrapped.file(&format!("Lab 1/{path}"), content);
        }
        let wrapped = Told::of(&open(&put(&zipped, &wrapped.zip()), roster.as_ref()));
        assert_eq!(wrapped.without("Lab 1/"), told, "within a folder");
        told
    }
}

pub(super) fn put(folder: &TempDir, zip: &[u8]) -> PathBuf {
    let path = folder.path().join("class.zip");
    fs::write(&path, zip).expect("a file");
    path
}

#[track_caller]
pub(super) fn open(place: &Path, roster: Option<&Roster>) -> Class {
    Class::open(place, Path::new("/nowhere"), roster).unwrap_or_else(|error| panic!("{error}"))
}

/// What a class was found to be, in words.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Told {
    /// `NAME: FILE`, then `late`, and the earlier attempts.
    pub entries: Vec<String>,
    /// `ENTRY: why`, and whose graded submission it came beside.
    pub leftovers: Vec<String>,
    pub missing: Vec<String>,
    pub passed_over: Vec<String>,
    /// `NAME: note`
    pub notes: Vec<String>,
    /// `id, school id, login, email` of each entry's students.
    pub known: Vec<String>,
}

impl Told {
    pub(super) fn of(class: &Class) -> Self {
        let entry = |entry: &Entry| {
            let late = if entry.origin.late { " late" } else { "" };
            let earlier: String = entry.origin.earlier.iter().map(|file| format!(" < {file}")).collect();
            format!("{}: {}{late}{earlier}", entry.name, entry.origin.file)
        };
        let leftover = |leftover: &Leftover| {
            let beside = leftover.beside.as_ref().map(|name| format!(" (beside {name})")).unwrap_or_default();
            format!("{}: {}{beside}", leftover.entry, leftover.why.speak(crate::lesson::Lang::En))
        };
        let notes = class.entries.iter().flat_map(|entry| {
            entry.notes.iter().map(|note| format!("{}: {}", entry.name, note.speak(crate::lesson::Lang::En)))
        });
        let known = class.entries.iter().flat_map(|entry| &entry.origin.students).map(|one| {
            let fields = [&one.id, &one.school_id, &one.login, &one.email];
            let fields = fields.map(|field| field.clone().unwrap_or_else(|| "-".to_owned()));
            format!("{}: {}", one.name, fields.join(" "))
        });
        Self {
            entries: class.entries.iter().map(entry).collect(),
            leftovers: class.leftovers.iter().map(leftover).collect(),
            missing: class.missing.iter().map(|student| student.name.clone()).collect(),
            passed_over: class.passed_over.iter().map(|(name, count)| format!("{name} {count}")).collect(),
            notes: notes.collect(),
            known: known.collect(),
        }
    }

    fn without(self, prefix: &str) -> Self {
        let cut = |lines: Vec<String>| lines.into_iter().map(|line| line.replace(prefix, "")).collect();
        Self { entries: cut(self.entries), leftovers: cut(self.leftovers), ..self }
    }
}
