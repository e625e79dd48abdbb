//! Zips, which somebody else made: what is in one comes out as plain files below one folder, or not at all.
//!
//! Nothing is written but new regular files and folders, through a handle on that folder. Names that lead out of it, links,
//! what is behind a password and what swells beyond measure stay where they are, and why is told. What is larger than
//! a file may be comes out as a file of just too many bytes, without what was in it.

pub(crate) mod messages;

use std::{
    borrow::Cow,
    fs::File,
    io::{self, Read, Seek, Write},
    path::Path,
    time::{Duration, SystemTime},
};

use cap_std::{
    ambient_authority,
    fs::{Dir, OpenOptions},
};
use zip::{ZipArchive, read::ZipFile};

use crate::i18n::Localized;

/// What one zip may be; sizes are in bytes.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Limits {
    /// How many files it may hold.
    pub files: usize,
    /// How large a file may be, and a zip within the zip.
    pub file: u64,
    pub inner: u64,
    /// How much may come out, of all zips together.
    pub all: u64,
    /// Names of files and folders of which nothing comes out but the name.
    pub is_clutter: fn(&str) -> bool,
}

pub(crate) const MEGABYTE: u64 = 1024 * 1024;
/// What swells more than this is made to fill a disk. Text shrinks to a tenth.
const MAX_RATIO: u64 = 200;
/// Folders within folders, and bytes of a name: what file systems can hold.
const MAX_DEPTH: usize = 32;
const MAX_NAME: usize = 255;

/// What stays in a zip, by its way within, and why.
#[derive(Debug)]
pub(crate) struct Kept {
    pub way: Vec<String>,
    pub why: Localized,
}

/// Unpacks `zip` below `into`, a folder that nobody else knows; `left` is how many bytes of `limits.all` are left.
///
/// # Errors
/// It is no zip, or holds too many files.
pub(crate) fn unpack(
    zip: impl Read + Seek,
    into: &Path,
    limits: &Limits,
    left: &mut u64,
) -> Result<Vec<Kept>, Localized> {
    let mut archive = ZipArchive::new(zip).map_err(|why| messages::no_zip(&why.to_string()))?;
    if archive.len() > limits.files {
        return Err(messages::too_many_in_zip(archive.len(), limits.files));
    }
    let into = Dir::open_ambient_dir(into, ambient_authority()).map_err(|why| unwritten(&why))?;
    let all = 0..archive.len();
    Ok(all.filter_map(|index| one(&mut archive, index, &into, limits, left).err()).collect())
}

fn one<R: Read + Seek>(
    archive: &mut ZipArchive<R>,
    index: usize,
    into: &Dir,
    limits: &Limits,
    left: &mut u64,
) -> Result<(), Kept> {
    let entry = archive.by_index_raw(index);
    let entry = entry.map_err(|why| Kept { way: vec![format!("#{index}")], why: damaged(&why) })?;
    let way = way(&entry)?;
    let refused = refuse(&entry, &way, limits, *left);
    drop(entry);
    refused.and_then(|()| take(archive, index, &way, into, limits, left)).map_err(|why| Kept { way, why })
}

/// The folders and the name; or what can be shown of a name that leads elsewhere.
fn way(entry: &ZipFile<'_, impl Read>) -> Result<Vec<String>, Kept> {
    let raw = entry.name_raw();
    let name = match std::str::from_utf8(raw) {
        Ok(name) => name.to_owned(),
        Err(_) => entry.name().map_or_else(|_| String::from_utf8_lossy(raw).into_owned(), Cow::into_owned),
    };
    // Some programs for Windows write their own separators, against the format.
    let name = name.replace('\\', "/");
    let parts: Vec<&str> = name.split('/').filter(|part| !matches!(*part, "" | ".")).collect();
    let is_outward = name.starts_with('/')
        || parts.contains(&"..")
        || parts.first().is_some_and(|first| first.len() == 2 && first.ends_with(':'));
    let is_no_name = |part: &&str| part.len() > MAX_NAME || part.contains(char::is_control);
    let why = if is_outward {
        Some(messages::leads_out())
    } else if parts.is_empty() || parts.len() > MAX_DEPTH || parts.iter().any(is_no_name) {
        Some(messages::no_name_of_a_file())
    } else {
        None
    };
    match why {
        None => Ok(parts.into_iter().map(str::to_owned).collect()),
        Some(why) => Err(Kept { way: vec![name.chars().take(MAX_NAME).collect()], why }),
    }
}

fn refuse(
    entry: &ZipFile<'_, impl Read>,
    way: &[String],
    limits: &Limits,
    left: u64,
) -> Result<(), Localized> {
    if entry.is_symlink() {
        return Err(messages::a_link());
    }
    if entry.encrypted() {
        return Err(messages::behind_a_password());
    }
    let (size, packed) = (entry.size(), entry.compressed_size().max(1));
    if size > limits.file && size / packed > MAX_RATIO {
        return Err(messages::swells(size / MEGABYTE));
    }
    let is_zip = way.last().is_some_and(|name| is_zip(name));
    if is_zip && size > limits.inner {
        return Err(messages::inner_too_large(limits.inner / MEGABYTE));
    }
    // Of what is larger than a file may be nothing comes out.
    match size > left && (is_zip || size <= limits.file) {
        true => Err(messages::too_much(limits.all / MEGABYTE)),
        false => Ok(()),
    }
}

pub(crate) fn is_zip(name: &str) -> bool {
    name.len() > 4 && name.to_ascii_lowercase().ends_with(".zip")
}

fn take<R: Read + Seek>(
    archive: &mut ZipArchive<R>,
    index: usize,
    way: &[String],
    into: &Dir,
    limits: &Limits,
    left: &mut u64,
) -> Result<(), Localized> {
    // What is in there is nobody's work: the folder says enough.
    if let Some(at) = way.iter().position(|part| (limits.is_clutter)(part)).filter(|at| at + 1 < way.len()) {
        return into.create_dir_all(way[..=at].join("/")).map_err(|why| unwritten(&why));
    }
    let mut entry = archive.by_index(index).map_err(|why| damaged(&why))?;
    let path = way.join("/");
    if entry.is_dir() {
        return into.create_dir_all(path).map_err(|why| unwritten(&why));
    }
    if let Some((_, folders)) = way.split_last().filter(|(_, folders)| !folders.is_empty()) {
        into.create_dir_all(folders.join("/")).map_err(|why| unwritten(&why))?;
    }
    let new = into.open_with(&path, OpenOptions::new().write(true).create_new(true));
    let mut file = match new {
        Ok(file) => file.into_std(),
        Err(why) if why.kind() == io::ErrorKind::AlreadyExists => return Err(messages::twice_in_zip()),
        Err(why) => return Err(unwritten(&why)),
    };
    let most = if is_zip(&path) { limits.inner } else { limits.file };
    let time = time(&entry);
    let filled = match entry.size() > most {
        true => file.set_len(most + 1).map_err(|why| unwritten(&why)),
        false => fill(&mut file, &mut entry, most.min(*left)).map(|bytes| *left -= bytes),
    };
    if let Some(time) = time {
        // Where it can't be kept, copies in one folder are told apart by their names alone.
        let _ = file.set_modified(time);
    }
    filled.inspect_err(|_| drop(into.remove_file(&path)))
}

/// However much the zip says that there is, no more than that comes out.
fn fill(file: &mut File, from: &mut impl Read, most: u64) -> Result<u64, Localized> {
    let (mut written, mut piece) = (0, [0; 16 * 1024]);
    loop {
        let count = from.read(&mut piece).map_err(|why| damaged(&why))?;
        if count == 0 {
            return Ok(written);
        }
        written += count as u64;
        if written > most {
            return Err(messages::more_than_it_says());
        }
        file.write_all(&piece[..count]).map_err(|why| unwritten(&why))?;
    }
}

/// A zip knows the hour by some clock on a wall: good enough to tell which of two is newer.
fn time(entry: &ZipFile<'_, impl Read>) -> Option<SystemTime> {
    let at = entry.last_modified()?;
    let seconds = u64::from(at.hour()) * 3600 + u64::from(at.minute()) * 60 + u64::from(at.second());
    let days = days(u64::from(at.year()), u64::from(at.month()), u64::from(at.day()))?;
    SystemTime::UNIX_EPOCH.checked_add(Duration::from_secs(days * 86_400 + seconds))
}

/// From the first of January 1970 to that day. A year is counted from March, so that the leap day is its last.
fn days(year: u64, month: u64, day: u64) -> Option<u64> {
    let (year, month) = if month > 2 { (year, month - 3) } else { (year.checked_sub(1)?, month + 9) };
    (365 * year + year / 4 - year / 100 + year / 400 + (153 * month + 2) / 5 + day).checked_sub(719_469)
}

fn damaged(why: &impl ToString) -> Localized {
    messages::damaged(&why.to_string())
}

fn unwritten(why: &io::Error) -> Localized {
    messages::not_unpacked(&why.to_string())
}
