//! All that lies in a class, however deep, with zips as if they were folders.

use std::{
    fs::{self, File, Metadata},
    io,
    os::unix::fs::MetadataExt,
    path::{Path, PathBuf},
};

use tempfile::TempDir;

use super::{
    item::{Item, Kind, composed, is_clutter},
    messages,
};
use crate::{
    archive::{self, Limits, MEGABYTE, is_zip, unpack},
    check::submission::MAX_ANSWERS,
    cluster::messages::shown,
    error::{Cause, Error, Result},
    i18n::Localized,
};

/// How many files and folders there may be.
const MOST: usize = 200_000;
/// Folders within folders, and zips within zips.
const MAX_DEPTH: usize = 40;
const MAX_NESTING: usize = 3;

/// A class of a thousand with a project each has fewer files.
pub(super) const LIMITS: Limits =
    Limits { files: 50_000, file: MAX_ANSWERS, inner: 64 * MEGABYTE, all: 1024 * MEGABYTE, is_clutter };

pub(super) struct Walk {
    pub items: Vec<Item>,
    /// What came out of zips; it is gone when this is.
    pub unpacked: Option<TempDir>,
    /// Not looked into.
    except: Option<PathBuf>,
    zips: usize,
    left: u64,
}

/// Where the walk is.
#[derive(Clone, Copy)]
struct Depth {
    folders: usize,
    zips: usize,
}

impl Walk {
    /// Through `class`, a folder or a zip. No link in it is followed; `class` itself may be one.
    ///
    /// # Errors
    /// It can't be read, or holds very much.
    pub(super) fn through(class: &Path, except: &Path) -> Result<Self> {
        let unreadable = |why: Cause| {
            let error = Error::usage(messages::class_unreadable(&shown(class))).because(why);
            error.hint(messages::a_folder_or_a_zip())
        };
        let except = except.canonicalize().ok();
        let mut walk = Self { items: Vec::new(), unpacked: None, except, zips: 0, left: LIMITS.all };
        let depth = Depth { folders: 0, zips: 0 };
        if fs::metadata(class).map_err(|why| unreadable(why.into()))?.is_dir() {
            walk.folder(class, &[], depth).map_err(|why| unreadable(why.into()))?;
        } else {
            let opened = File::open(class).map_err(|why| unreadable(why.into()))?;
            walk.zip(opened, &[], depth).map_err(|why| unreadable(why.into()))?;
        }
        if walk.items.len() > MOST {
            return Err(Error::usage(messages::class_too_large(MOST)));
        }
        Ok(walk)
    }

    fn folder(&mut self, folder: &Path, way: &[String], depth: Depth) -> io::Result<()> {
        let mut paths = fs::read_dir(folder)?
            .map(|entry| entry.map(|entry| entry.path()))
            .collect::<io::Result<Vec<_>>>()?;
        paths.sort();
        for path in paths {
            let name = composed(&path.file_name().unwrap_or_default().to_string_lossy());
            let way: Vec<String> = way.iter().cloned().chain([name]).collect();
            self.visit(path, way, depth);
            if self.items.len() > MOST {
                break;
            }
        }
        Ok(())
    }

    fn visit(&mut self, path: PathBuf, way: Vec<String>, depth: Depth) {
        let found = match path.symlink_metadata() {
            Ok(found) => found,
            Err(why) => return self.refuse(way, messages::not_readable(&why.to_string())),
        };
        let name = way.last().map_or("", String::as_str);
        if is_clutter(name) {
            self.add(way, Kind::Clutter, &found);
        } else if found.is_dir() {
            if self.except.is_some() && self.except == path.canonicalize().ok() {
                return;
            }
            let before = self.items.len();
            let depth = Depth { folders: depth.folders + 1, ..depth };
            let walked = match depth.folders > MAX_DEPTH {
                true => return self.refuse(way, messages::too_deep()),
                false => self.folder(&path, &way, depth),
            };
            match walked {
                Err(why) => self.refuse(way, messages::not_readable(&why.to_string())),
                Ok(()) if self.items.len() == before => self.add(way, Kind::Empty, &found),
                Ok(()) => {}
            }
        } else if !found.is_file() {
            self.add(way, Kind::Odd(path), &found);
        } else if is_zip(name) {
            let before = self.items.len();
            let opened = File::open(&path).map_err(|why| messages::not_readable(&why.to_string()));
            match opened.and_then(|zip| self.zip(zip, &way, depth)) {
                Err(why) => self.refuse(way, why),
                Ok(()) if self.items.len() == before => self.add(way, Kind::Empty, &found),
                Ok(()) => {}
            }
        } else {
            self.add(way, Kind::File(path), &found);
        }
    }

    fn zip(&mut self, zip: File, way: &[String], depth: Depth) -> Result<(), Localized> {
        let depth = Depth { folders: depth.folders + 1, zips: depth.zips + 1 };
        if depth.zips > MAX_NESTING || depth.folders > MAX_DEPTH {
            return Err(messages::too_deep());
        }
        let unwritten = |why: io::Error| archive::messages::not_unpacked(&why.to_string());
        if self.unpacked.is_none() {
            self.unpacked =
                Some(tempfile::Builder::new().prefix("moebi-class-").tempdir().map_err(unwritten)?);
        }
        let into = self.unpacked.as_ref().expect("it was made above").path().join(self.zips.to_string());
        self.zips += 1;
        fs::create_dir(&into).map_err(unwritten)?;
        let kept = unpack(zip, &into, &LIMITS, &mut self.left)?;
        self.folder(&into, way, depth).map_err(unwritten)?;
        for kept in kept {
            self.refuse(
                way.iter().cloned().chain(kept.way.iter().map(|part| composed(part))).collect(),
                kept.why,
            );
        }
        Ok(())
    }

    fn add(&mut self, way: Vec<String>, kind: Kind, found: &Metadata) {
        self.items.push(Item { way, kind, time: found.mtime() });
    }

    fn refuse(&mut self, way: Vec<String>, why: Localized) {
        self.items.push(Item { way, kind: Kind::Refused(why), time: 0 });
    }
}
