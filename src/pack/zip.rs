//! A pack made of lessons: the same lessons give the same bytes, on any day and machine.

use std::io::{Cursor, Write};

use zip::{CompressionMethod, DateTime, ZipWriter, result::ZipResult, write::SimpleFileOptions};

use super::fingerprint::base;
use crate::lesson::Source;

/// The bytes of a zip with a folder for each lesson.
///
/// # Errors
/// A name is too long for a zip.
pub fn zip(lessons: &[Source]) -> ZipResult<Vec<u8>> {
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default())
        .unix_permissions(0o644);
    let mut files: Vec<_> = lessons
        .iter()
        .flat_map(|lesson| {
            lesson.files.iter().map(|(name, text)| (format!("{}/{}", lesson.id, base(name)), text))
        })
        .collect();
    files.sort();
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in files {
        zip.start_file(name, options)?;
        zip.write_all(text.as_bytes())?;
    }
    Ok(zip.finish()?.into_inner())
}
