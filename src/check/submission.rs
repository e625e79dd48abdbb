//! Submissions on disk: one file of answers, or a folder with `answers.yaml` and, if it likes, a Mix project beside it.
//!
//! A submission is somebody else's. Only regular files are read, as much as answers may need and no more; no link is
//! followed, so that nothing outside of it can be handed in; nothing in it can make the reader wait.

use std::{
    cell::Cell,
    ffi::OsStr,
    fs::File,
    io::{self, Read},
    os::fd::OwnedFd,
    path::Path,
};

use rustix::{
    fs::{FileType, Mode, OFlags, fstat, open, openat},
    io::Errno,
};

use crate::{
    error::{Error, Result},
    lesson::{Answers, Lesson, RenderedDiagnostic, load_answers, load_answers_beside},
    render::untrusted,
};

use super::messages;

/// The file that a folder holds its answers in.
pub const FILE: &str = "answers.yaml";

/// The largest file of answers, in bytes.
pub const MAX_ANSWERS: u64 = 1024 * 1024;
/// The largest file beside them, and all of those together; the workspace takes none that is larger.
const MAX_BESIDE: u64 = 256 * 1024;
const MAX_IN_ALL: u64 = 4 * 1024 * 1024;
/// How much is told of all that is wrong with one.
const MAX_TOLD: usize = 16 * 1024;

/// Opening waits for nobody: a pipe's other end, a terminal, a device.
const PLAIN: OFlags = OFlags::RDONLY
    .union(OFlags::NOFOLLOW)
    .union(OFlags::NONBLOCK)
    .union(OFlags::NOCTTY)
    .union(OFlags::CLOEXEC);

/// Reads what is at `path`, a file or a folder, and calls it `name` in what it complains of.
///
/// `path` itself may be no link either: whoever named it can follow it first.
///
/// # Errors
/// It can't be read, or is no submission to `lesson`: every complaint with file, line, column and a caret, in the
/// error's message, which is fit to be shown.
pub fn load(path: &Path, name: &str, lesson: &Lesson) -> Result<Answers> {
    let name = untrusted::plain(name);
    let found = open(path, PLAIN, Mode::empty()).map_err(|why| unreadable(&name, unopened(why)))?;
    let is_folder = kind(&found).map_err(|why| unreadable(&name, why.into()))? == FileType::Directory;
    if is_folder {
        let name = format!("{}/{FILE}", name.trim_end_matches('/'));
        return within(found, Path::new(FILE), &name, lesson);
    }
    let text = text(found, MAX_ANSWERS).map_err(|why| unreadable(&name, why))?;
    load_answers(&name, &text, lesson).map_err(|rendered| unusable(&name, &rendered))
}

/// The same of a folder whose answers are in `file`.
///
/// # Errors
/// As those of `load`.
pub fn load_in(folder: &Path, file: &Path, name: &str, lesson: &Lesson) -> Result<Answers> {
    let name = untrusted::plain(name);
    let found = open(folder, PLAIN.union(OFlags::DIRECTORY), Mode::empty());
    within(found.map_err(|why| unreadable(&name, unopened(why)))?, file, &name, lesson)
}

fn within(folder: OwnedFd, file: &Path, name: &str, lesson: &Lesson) -> Result<Answers> {
    let text = openat(&folder, file, PLAIN, Mode::empty())
        .map_err(unopened)
        .and_then(|file| text(file, MAX_ANSWERS))
        .map_err(|why| unreadable(name, why))?;
    let folder = Folder { root: folder, given: Cell::new(0) };
    load_answers_beside(name, &text, lesson, &|path| folder.text(path))
        .map_err(|rendered| unusable(name, &rendered))
}

/// A link says of itself that it goes round in circles.
fn unopened(why: Errno) -> io::Error {
    match why {
        Errno::LOOP => io::Error::new(io::ErrorKind::InvalidInput, "it is a link, which is not followed"),
        why => why.into(),
    }
}

fn unreadable(name: &str, why: io::Error) -> Error {
    Error::usage(messages::answers_unreadable(name)).because(why)
}

pub(super) fn unusable(name: &str, rendered: &[RenderedDiagnostic]) -> Error {
    Error::usage(messages::no_submission(name, &told(rendered)))
}

/// What is wrong with one, fit to be shown.
pub fn told<'d>(complaints: impl IntoIterator<Item = &'d RenderedDiagnostic>) -> String {
    let rendered: Vec<_> = complaints.into_iter().map(|complaint| complaint.rendered.trim_end()).collect();
    untrusted::quoted(&untrusted::shortened(&rendered.join("\n\n"), MAX_TOLD)).into_owned()
}

/// A submission's folder.
struct Folder {
    root: OwnedFd,
    /// How many bytes of it have been handed in.
    given: Cell<u64>,
}

impl Folder {
    /// The file at that path below it, bytes that are no UTF-8 replaced.
    fn text(&self, path: &str) -> Result<String, String> {
        let read = self.open(path).map_err(io::Error::from).and_then(|file| text(file, MAX_BESIDE));
        let read = read.map_err(|why| format!("the file beside the answers can't be read: {why}"))?;
        self.given.set(self.given.get() + read.len() as u64);
        if self.given.get() > MAX_IN_ALL {
            let most = MAX_IN_ALL / 1024;
            return Err(format!("the files beside the answers are larger than {most} KB together"));
        }
        Ok(read)
    }

    /// Folder by folder, so that no link on the way is followed either.
    fn open(&self, path: &str) -> rustix::io::Result<OwnedFd> {
        let mut parts = path.split('/').peekable();
        let mut at = None;
        while let Some(part) = parts.next() {
            if matches!(part, "" | "." | "..") {
                return Err(Errno::NOENT);
            }
            let flags = if parts.peek().is_some() { PLAIN.union(OFlags::DIRECTORY) } else { PLAIN };
            at = Some(openat(at.as_ref().unwrap_or(&self.root), OsStr::new(part), flags, Mode::empty())?);
        }
        at.ok_or(Errno::NOENT)
    }
}

fn kind(file: &OwnedFd) -> rustix::io::Result<FileType> {
    fstat(file).map(|stat| FileType::from_raw_mode(stat.st_mode))
}

/// The whole of a regular file of at most so many bytes.
fn text(file: OwnedFd, most: u64) -> io::Result<String> {
    if kind(&file)? != FileType::RegularFile {
        return Err(io::Error::new(io::ErrorKind::InvalidInput, "it is no regular file"));
    }
    let mut bytes = Vec::new();
    File::from(file).take(most + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > most {
        return Err(io::Error::new(
            io::ErrorKind::FileTooLarge,
            format!("it is larger than {} KB", most / 1024),
        ));
    }
    Ok(plain_text(&bytes))
}

/// Text as programs for Windows write it too: UTF-16 by its mark. What is no text is replaced.
pub fn plain_text(bytes: &[u8]) -> String {
    let wide = |of: fn([u8; 2]) -> u16| {
        let units: Vec<u16> = bytes[2..].chunks_exact(2).map(|pair| of([pair[0], pair[1]])).collect();
        String::from_utf16_lossy(&units)
    };
    match bytes {
        [0xff, 0xfe, ..] => wide(u16::from_le_bytes),
        [0xfe, 0xff, ..] => wide(u16::from_be_bytes),
        _ => String::from_utf8_lossy(bytes).into_owned(),
    }
}
