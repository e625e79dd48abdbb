//! The lessons in a folder that somebody else filled: no link is followed, and nothing but texts is read.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use super::messages;
use crate::{
    cluster::messages::shown,
    error::{Error, Result},
    lesson::{
        self, LessonId, Source,
        load::{STRUCTURE, stem},
    },
};

/// How many lessons a pack may have, and how many files a lesson.
const MAX_LESSONS: usize = 64;
const MAX_FILES: usize = 32;
/// How many folders are looked into.
const MAX_FOLDERS: usize = 1000;
/// How much all of its texts may be together, in bytes.
pub(super) const MAX_TEXTS: usize = 16 * 1024 * 1024;

/// The lessons in `folder`, `depth` folders deep at most. `place` is what a person knows the folder by.
///
/// # Errors
/// There is none, there are too many, or a link stands where a text should.
pub(super) fn lessons(folder: &Path, depth: usize, place: &str) -> Result<Vec<Source>> {
    let unreadable = |why: io::Error| Error::usage(messages::unreadable(place)).because(why);
    let mut search = Search { found: Vec::new(), folders: 0 };
    search.look(folder, depth).map_err(unreadable)?;
    if search.folders > MAX_FOLDERS || search.found.len() > MAX_LESSONS {
        return Err(Error::usage(messages::too_many_lessons(place, MAX_LESSONS, MAX_FOLDERS)));
    }
    if search.found.is_empty() {
        return Err(Error::usage(messages::no_lesson_in(place)).hint(messages::what_a_pack_is()));
    }
    let lessons: Vec<_> = search.found.iter().map(|at| lesson(at, place)).collect::<Result<_>>()?;
    let bytes: usize = lessons.iter().flat_map(|lesson| &lesson.files).map(|(_, text)| text.len()).sum();
    if bytes > MAX_TEXTS {
        return Err(Error::usage(messages::too_large(place, MAX_TEXTS / 1024 / 1024)));
    }
    Ok(lessons)
}

struct Search {
    found: Vec<PathBuf>,
    folders: usize,
}

impl Search {
    fn look(&mut self, folder: &Path, depth: usize) -> io::Result<()> {
        self.folders += 1;
        if folder.join(STRUCTURE).symlink_metadata().is_ok() {
            self.found.push(folder.to_owned());
            return Ok(());
        }
        if depth == 0 {
            return Ok(());
        }
        let mut inner = Vec::new();
        for entry in fs::read_dir(folder)?.take(MAX_FOLDERS) {
            let entry = entry?;
            let is_hidden = entry.file_name().to_string_lossy().starts_with('.');
            if entry.file_type()?.is_dir() && !is_hidden {
                inner.push(entry.path());
            }
        }
        inner.sort();
        for folder in inner {
            if self.folders > MAX_FOLDERS {
                break;
            }
            // What may not be read is nobody's lesson.
            let _ = self.look(&folder, depth - 1);
        }
        Ok(())
    }
}

/// Its files are called by the lesson's id: the folder may be a temporary one.
fn lesson(folder: &Path, place: &str) -> Result<Source> {
    let unreadable = |why: io::Error| Error::usage(messages::unreadable(place)).because(why);
    let mut files = 0;
    for entry in fs::read_dir(folder).map_err(unreadable)? {
        let entry = entry.map_err(unreadable)?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if stem(&name).is_none() {
            continue;
        }
        files += 1;
        if !entry.file_type().map_err(unreadable)?.is_file() {
            return Err(Error::usage(messages::no_regular_file(&name, place)));
        }
        if files > MAX_FILES {
            return Err(Error::usage(messages::too_many_files(&shown(folder), MAX_FILES)));
        }
    }
    let mut lesson = lesson::source::lesson(folder).map_err(unreadable)?;
    if let Some(id) = says(&lesson) {
        lesson.id = id;
    }
    for (name, _) in &mut lesson.files {
        *name = format!("{}/{}", lesson.id, super::fingerprint::base(name));
    }
    Ok(lesson)
}

/// What the lesson calls itself: a zip or a repository that is nothing but the lesson has some other name.
fn says(lesson: &Source) -> Option<String> {
    let (_, text) = lesson.files.iter().find(|(name, _)| stem(name) == Some("lesson"))?;
    let word = text.lines().find_map(|line| line.strip_prefix("lesson:"))?;
    let word = word.split('#').next()?.trim().trim_matches(['"', '\'']);
    LessonId::parse(word).ok().map(|id| id.to_string())
}
