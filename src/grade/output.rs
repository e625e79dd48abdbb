//! The folder that a grading writes: every page is whole at any moment, and of the same state as its neighbours within a
//! moment.

use std::{
    fs,
    io::{self, Write},
    path::{Path, PathBuf},
};

use super::{messages, pages, results::Results};
use crate::{
    cluster::messages::shown,
    error::{Error, Result},
};

/// What people open first.
pub const REPORT: &str = "report.html";

pub const RESULTS: &str = "results.json";

const FEEDBACK: &str = "feedback";

#[derive(Debug)]
pub struct Output(PathBuf);

impl Output {
    /// Makes the folder where it is missing.
    ///
    /// # Errors
    /// It can't be made.
    pub fn open(folder: &Path) -> Result<Self> {
        let output = Self(folder.to_owned());
        fs::create_dir_all(folder.join(FEEDBACK)).map_err(|why| output.diagnostic(why))?;
        Ok(output)
    }

    pub fn folder(&self) -> &Path {
        &self.0
    }

    /// Writes all pages; `names` are those of all submissions, of which some may have no result yet.
    ///
    /// # Errors
    /// One can't be written.
    pub fn write(&self, results: &Results, names: &[&str]) -> Result<()> {
        let pages = [
            (RESULTS, pages::json::results(results)),
            ("results.csv", pages::csv::results(results)),
            ("junit.xml", pages::junit::results(results)),
            (REPORT, pages::report::html(results)),
        ];
        let feedback = pages::feedback::files(results, names);
        let feedback = feedback.into_iter().map(|(name, text)| (Path::new(FEEDBACK).join(name), text));
        let pages = pages.into_iter().map(|(name, text)| (PathBuf::from(name), text));
        pages
            .chain(feedback)
            .try_for_each(|(name, text)| self.put(&name, &text))
            .map_err(|why| self.diagnostic(why))
    }

    /// Whoever reads the file meanwhile reads the old one or the new one.
    fn put(&self, name: &Path, text: &str) -> io::Result<()> {
        let place = self.0.join(name);
        if fs::read(&place).is_ok_and(|there| there == text.as_bytes()) {
            return Ok(());
        }
        let mut file = tempfile::NamedTempFile::new_in(place.parent().unwrap_or(&self.0))?;
        file.write_all(text.as_bytes())?;
        // Results are for whoever may read the folder.
        let mode = std::os::unix::fs::PermissionsExt::from_mode(0o644);
        file.as_file().set_permissions(mode)?;
        file.persist(&place).map(drop).map_err(|error| error.error)
    }

    fn diagnostic(&self, why: io::Error) -> Error {
        Error::could_not_run(messages::output_unwritable(&shown(&self.0))).because(why)
    }
}
