//! The folder that a grading writes: every page is whole at any moment, and of the same state as its neighbours within a
//! moment.

use std::{
    collections::HashSet,
    ffi::OsStr,
    fs::{self, File},
    io::{self, Read, Write},
    path::{Path, PathBuf},
};

use super::{
    journal::Journal,
    messages,
    pages::{self, gradebook::Gradebook},
    results::Results,
};
use crate::{
    cluster::messages::shown,
    error::{Error, Result},
};

/// What people open first.
pub const REPORT: &str = "report.html";

pub const RESULTS: &str = "results.json";

const FEEDBACK: &str = "feedback";
const ARCHIVE: &str = "feedback.zip";

/// How many bytes tell whose a file is.
const HEAD: u64 = 64;

#[derive(Debug)]
pub struct Output {
    folder: PathBuf,
    gradebook: Option<Gradebook>,
}

impl Output {
    /// Makes the folder where it is missing. A gradebook is written where one is asked for.
    ///
    /// # Errors
    /// It holds what no grading wrote, or can't be made.
    pub fn open(folder: &Path, gradebook: Option<Gradebook>) -> Result<Self> {
        let output = Self { folder: folder.to_owned(), gradebook };
        if !output.is_ours().map_err(|why| output.diagnostic(why))? {
            let error = Error::usage(messages::not_ours(&shown(folder)));
            return Err(error.hint(messages::empty_or_elsewhere()));
        }
        fs::create_dir_all(folder).map_err(|why| output.diagnostic(why))?;
        Ok(output)
    }

    /// New, empty, or with what a grading begins with.
    fn is_ours(&self) -> io::Result<bool> {
        let mut entries = match fs::read_dir(&self.folder) {
            Err(why) if why.kind() == io::ErrorKind::NotFound => return Ok(true),
            entries => entries?,
        };
        Ok(entries.next().is_none() || Journal::is_in(&self.folder) || is_results(&self.folder.join(RESULTS)))
    }

    pub fn folder(&self) -> &Path {
        &self.folder
    }

    pub fn gradebook(&self) -> Option<Gradebook> {
        self.gradebook
    }

    /// Writes all pages; `names` are those of all submissions, of which some may have no result yet.
    ///
    /// # Errors
    /// One can't be written.
    pub fn write(&self, results: &Results, names: &[&str]) -> Result<()> {
        let pages = [
            (RESULTS, pages::json::results(results)),
            ("results.csv", pages::csv::results(results)),
            ("grades.csv", pages::grades::grades(results)),
            ("junit.xml", pages::junit::results(results)),
            (REPORT, pages::report::html(results)),
        ];
        let feedback = pages::feedback::files(results, names);
        let gradebook = self.gradebook.map(|gradebook| (gradebook.file(), gradebook.page(results)));
        pages
            .into_iter()
            .chain(gradebook)
            .try_for_each(|(name, text)| self.put(Path::new(name), text.as_bytes()))
            .and_then(|()| self.put_feedback(&feedback))
            .map_err(|why| self.diagnostic(why))
    }

    /// What is only of use once all is graded; behind the last `write`.
    ///
    /// # Errors
    /// It can't be written.
    pub fn close(&self, results: &Results, names: &[&str]) -> Result<()> {
        let mut archive = io::Cursor::new(Vec::new());
        pages::feedback::archive::write(results, names, &mut archive)
            .and_then(|()| self.put(Path::new(ARCHIVE), archive.get_ref()))
            .map_err(|why| self.diagnostic(why))
    }

    /// Of those who are in the class, and of nobody who was.
    fn put_feedback(&self, files: &[(String, String)]) -> io::Result<()> {
        let folder = self.folder.join(FEEDBACK);
        fs::create_dir_all(&folder)?;
        for (name, text) in files {
            self.put(&Path::new(FEEDBACK).join(name), text.as_bytes())?;
        }
        let current: HashSet<_> = files.iter().map(|(name, _)| OsStr::new(name)).collect();
        for entry in fs::read_dir(folder)? {
            let entry = entry?;
            if entry.file_type()?.is_file() && !current.contains(entry.file_name().as_os_str()) {
                fs::remove_file(entry.path())?;
            }
        }
        Ok(())
    }

    /// Whoever reads the file meanwhile reads the old one or the new one.
    fn put(&self, name: &Path, bytes: &[u8]) -> io::Result<()> {
        let place = self.folder.join(name);
        if fs::read(&place).is_ok_and(|there| there == bytes) {
            return Ok(());
        }
        let mut file = tempfile::NamedTempFile::new_in(place.parent().unwrap_or(&self.folder))?;
        file.write_all(bytes)?;
        // Results are for whoever may read the folder.
        let mode = std::os::unix::fs::PermissionsExt::from_mode(0o644);
        file.as_file().set_permissions(mode)?;
        file.persist(&place).map(drop).map_err(|error| error.error)
    }

    fn diagnostic(&self, why: io::Error) -> Error {
        Error::could_not_run(messages::output_unwritable(&shown(&self.folder))).because(why)
    }
}

/// Whether that is a `results.json` of ours: it begins with the version.
fn is_results(file: &Path) -> bool {
    let mut head = String::new();
    let read = File::open(file).and_then(|file| file.take(HEAD).read_to_string(&mut head));
    let head: String = head.split_whitespace().collect();
    read.is_ok() && head.starts_with("{\"moebi\":")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::grade::{pages::sample, results::Results};

    fn names(results: &Results) -> Vec<&str> {
        results.submissions.iter().map(|one| one.name.as_str()).collect()
    }

    #[test]
    fn what_is_somebody_elses_is_left_alone() {
        let folder = tempfile::tempdir().expect("a folder");
        let (new, home) = (folder.path().join("new"), folder.path().join("home"));
        assert!(Output::open(&new, None).is_ok() && Output::open(&new, None).is_ok(), "it is empty");
        fs::create_dir(&home).expect("a folder");
        for (file, text) in [("notes.txt", "mine"), (RESULTS, "{\"tests\": []}")] {
            fs::write(home.join(file), text).expect("a file");
            let refused = Output::open(&home, None).expect_err("it is refused");
            assert_eq!(refused.exit_code(), 2);
        }
        assert!(!home.join(FEEDBACK).exists());
    }

    #[test]
    fn nobody_who_left_has_feedback() {
        let folder = tempfile::tempdir().expect("a folder");
        let output = Output::open(folder.path(), None).expect("it is empty");
        let mut class = sample::small();
        output.write(&class, &names(&class)).expect("it is written");
        class.submissions.retain(|one| one.name != "carl");
        class.submissions[0].name = "anna-maria".to_owned();
        let output = Output::open(folder.path(), None).expect("it is ours");
        output.write(&class, &names(&class)).expect("it is written");
        let mut left: Vec<_> = fs::read_dir(folder.path().join(FEEDBACK))
            .expect("it is there")
            .map(|entry| entry.expect("an entry").file_name().into_string().expect("plain letters"))
            .collect();
        left.sort();
        let expected =
            ["anna-maria", "lost", "zed"].map(|name| [format!("{name}.html"), format!("{name}.md")]);
        assert_eq!(left, expected.concat());
    }
}
