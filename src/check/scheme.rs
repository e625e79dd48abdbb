//! The file that says what steps are worth, as `--scheme` names it.

use std::{fs::File, io::Read, path::Path};

use crate::{
    error::{Error, Result},
    lesson::{Lesson, load_scheme},
};

use super::{messages, submission::unusable};

pub use crate::lesson::scheme::{Partial, Scheme, share};

/// The largest scheme that is read, in bytes.
const MAX_BYTES: u64 = 1024 * 1024;

/// Reads a teacher's scheme for `lesson`.
///
/// # Errors
/// It can't be read; every complaint about it, with its place.
pub fn read(path: &Path, lesson: &Lesson) -> Result<Scheme> {
    let name = path.display().to_string();
    let mut bytes = Vec::new();
    File::open(path)
        .and_then(|file| file.take(MAX_BYTES + 1).read_to_end(&mut bytes))
        .map_err(|why| Error::usage(messages::scheme_unreadable(&name)).because(why))?;
    load_scheme(&name, &String::from_utf8_lossy(&bytes), lesson)
        .map_err(|rendered| unusable(&name, &rendered))
}
