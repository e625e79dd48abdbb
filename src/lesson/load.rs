//! From files to a checked lesson; every complaint at once, each with its place.

use super::Lesson;

/// The texts of one lesson folder, wherever they came from (the binary, or a folder).
#[derive(Debug, Clone)]
pub struct Source {
    /// The folder's name.
    pub id: String,
    /// File name as a person knows it (`lessons/otp-distribution/el.yaml`) and its text.
    pub files: Vec<(String, String)>,
}

/// One complaint, rendered with file, line, column, the line itself, a caret and the likely fix.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trouble {
    pub file: String,
    /// Counted from 1.
    pub line: usize,
    pub column: usize,
    pub message: String,
    /// The whole diagnostic, without colour.
    pub rendered: String,
}

/// Loads and checks a lesson; on failure, everything that is wrong with it.
pub fn load(source: &Source) -> Result<Lesson, Vec<Trouble>> {
    let _ = source;
    todo!()
}
