//! What has been graded so far: one line each in `journal.jsonl`, written as it comes. After a crash or Ctrl-C it says
//! what need not be done again.

use std::{
    collections::BTreeMap,
    fs::{File, OpenOptions},
    io::{self, BufRead, BufReader, Seek, SeekFrom, Write},
    path::Path,
};

use rustix::fs::{FlockOperation, flock};
use serde::{Deserialize, Serialize};

use super::{
    messages,
    results::{Isolation, Submission},
};
use crate::{
    cluster::messages::shown,
    error::{Error, Result},
    i18n::Localized,
    lesson::Verdict,
};

const FILE: &str = "journal.jsonl";

/// What a grading goes by: one with another beginning is another grading.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Header {
    pub moebi: String,
    pub lesson: String,
    pub lesson_digest: String,
    /// Of the teacher's scheme. Another one makes other points of the same verdicts.
    pub scheme_digest: String,
    /// What of the lesson was set: a section, a step; all of it where there is neither.
    #[serde(default)]
    pub section: Option<String>,
    #[serde(default)]
    pub step: Option<String>,
    pub lang: String,
    pub elixir: String,
    pub otp: String,
    pub isolation: Isolation,
    pub seed: u64,
}

impl Header {
    /// What keeps this grading from going on with that one; the seed is taken over, and the scheme may be another.
    fn differs(&self, other: &Self) -> Option<Localized> {
        let differences = [
            (self.moebi != other.moebi, messages::of_moebi()),
            (self.lesson != other.lesson || self.lesson_digest != other.lesson_digest, messages::of_lesson()),
            (self.section != other.section || self.step != other.step, messages::of_what_was_set()),
            (self.lang != other.lang, messages::of_language()),
            (self.elixir != other.elixir || self.otp != other.otp, messages::of_runtime()),
            (self.isolation != other.isolation, messages::of_isolation()),
        ];
        differences.into_iter().find_map(|(is_other, what)| is_other.then_some(what))
    }
}

#[derive(Debug, Serialize, Deserialize)]
struct Line {
    /// Of the answers as they were read.
    digest: String,
    submission: Submission,
}

/// Open for as long as a grading runs; nobody else writes to it meanwhile.
#[derive(Debug)]
pub struct Journal {
    file: File,
    header: Header,
    done: BTreeMap<String, Line>,
    is_other_scheme: bool,
}

impl Journal {
    /// Begins one in `folder`, or goes on with the one that is there.
    ///
    /// # Errors
    /// There is one and `resume` is false; it is of another grading; another grader has it; it can't be written.
    pub fn open(folder: &Path, header: Header, resume: bool) -> Result<Self> {
        let path = folder.join(FILE);
        let diagnostic =
            |why: io::Error| Error::could_not_run(messages::output_unwritable(&shown(&path))).because(why);
        let mut options = OpenOptions::new();
        let file =
            options.read(true).write(true).create(true).truncate(false).open(&path).map_err(diagnostic)?;
        flock(&file, FlockOperation::NonBlockingLockExclusive)
            .map_err(|_| Error::usage(messages::output_in_use(&shown(folder))))?;
        let mut journal = Self { file, header, done: BTreeMap::new(), is_other_scheme: false };
        let is_new = journal.file.metadata().map_err(diagnostic)?.len() == 0;
        match (is_new, resume) {
            (true, _) => journal.begin().map_err(diagnostic)?,
            (false, false) => {
                return Err(Error::usage(messages::output_taken(&shown(folder)))
                    .hint(messages::resume_or_elsewhere()));
            }
            (false, true) => journal.take_up(folder, &diagnostic)?,
        }
        Ok(journal)
    }

    /// Whether one is in `folder`.
    pub fn is_in(folder: &Path) -> bool {
        folder.join(FILE).exists()
    }

    pub fn header(&self) -> &Header {
        &self.header
    }

    /// Whether what was graded before has other points now.
    pub fn is_other_scheme(&self) -> bool {
        self.is_other_scheme
    }

    fn begin(&mut self) -> io::Result<()> {
        let mut line = serde_json::to_vec(&self.header)?;
        line.push(b'\n');
        self.file.write_all(&line)?;
        self.file.sync_data()
    }

    /// Reads what is there. A last line without an end was being written when its grader went: it is taken away.
    fn take_up(&mut self, folder: &Path, diagnostic: &dyn Fn(io::Error) -> Error) -> Result<()> {
        let there = self.read().map_err(diagnostic)?;
        let Some(there) = there else { return self.begin().map_err(diagnostic) };
        if let Some(what) = self.header.differs(&there) {
            let error = Error::usage(messages::other_grading(&shown(folder), &what));
            return Err(error.hint(messages::resume_or_elsewhere()));
        }
        self.header.seed = there.seed;
        self.is_other_scheme = self.header.scheme_digest != there.scheme_digest;
        if self.is_other_scheme { self.begin().map_err(diagnostic) } else { Ok(()) }
    }

    /// A header within says that from there on another scheme was gone by.
    fn read(&mut self) -> io::Result<Option<Header>> {
        let (mut there, mut whole, mut text) = (None, 0, String::new());
        let mut reader = BufReader::new(&self.file);
        while reader.read_line(&mut text)? > 0 && text.ends_with('\n') {
            match serde_json::from_str::<Line>(&text) {
                Ok(line) if there.is_some() => drop(self.done.insert(line.submission.name.clone(), line)),
                _ => there = Some(serde_json::from_str(&text)?),
            }
            whole += text.len() as u64;
            text.clear();
        }
        drop(reader);
        self.file.set_len(whole)?;
        self.file.seek(SeekFrom::End(0))?;
        Ok(there)
    }

    /// Keeps it; from here on no crash loses it.
    pub fn write(&mut self, digest: String, submission: Submission) -> Result<()> {
        let line = Line { digest, submission };
        let written = serde_json::to_vec(&line).map_err(io::Error::from).and_then(|mut bytes| {
            bytes.push(b'\n');
            self.file.write_all(&bytes)?;
            self.file.sync_data()
        });
        written.map_err(|why| Error::could_not_run(messages::output_unwritable(FILE)).because(why))?;
        self.done.insert(line.submission.name.clone(), line);
        Ok(())
    }

    /// The submission of that name, if its answers are those that were graded, and each step has a verdict that is about
    /// them.
    pub fn settled(&self, name: &str, digest: &str) -> Option<&Submission> {
        let line = self.done.get(name).filter(|line| line.digest == digest)?;
        is_whole(&line.submission).then_some(&line.submission)
    }

    pub fn knows(&self, name: &str) -> bool {
        self.done.contains_key(name)
    }

    /// What is known of these.
    pub fn submissions<'a>(&'a self, names: impl IntoIterator<Item = &'a str>) -> Vec<Submission> {
        names.into_iter().filter_map(|name| Some(self.done.get(name)?.submission.clone())).collect()
    }
}

fn is_whole(submission: &Submission) -> bool {
    submission.steps.iter().all(|step| step.verdict != Verdict::CouldNotRun)
        && !matches!(submission.state, super::results::State::CouldNotRun(_))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::grade::results::{Origin, State};

    fn header() -> Header {
        Header {
            moebi: "1".into(),
            lesson: "l".into(),
            lesson_digest: "a".into(),
            scheme_digest: "b".into(),
            section: None,
            step: None,
            lang: "en".into(),
            elixir: "1.14".into(),
            otp: "25".into(),
            isolation: Isolation::Namespaces,
            seed: 7,
        }
    }

    fn submission(name: &str) -> Submission {
        Submission {
            name: name.into(),
            learners: vec![],
            origin: Origin::default(),
            unread: vec![],
            state: State::Graded,
            points: 0.0,
            of: 0.0,
            seconds: 0.0,
            steps: vec![],
        }
    }

    #[test]
    fn what_was_written_is_known_after_a_crash() {
        let folder = tempfile::tempdir().expect("a folder");
        let mut journal = Journal::open(folder.path(), header(), false).expect("a new one");
        journal.write("1".into(), submission("ana")).expect("it is written");
        drop(journal);
        let torn = br#"{"digest":"2","submission":{"name":"ni"#;
        let mut file = OpenOptions::new().append(true).open(folder.path().join(FILE)).expect("it opens");
        file.write_all(torn).expect("it is written");
        drop(file);
        let other_seed = Header { seed: 8, ..header() };
        let mut journal = Journal::open(folder.path(), other_seed, true).expect("it goes on");
        assert_eq!(journal.header().seed, 7);
        assert!(journal.settled("ana", "1").is_some() && journal.settled("ana", "2").is_none());
        journal.write("2".into(), submission("nikos")).expect("it is written");
        drop(journal);
        let journal = Journal::open(folder.path(), header(), true).expect("it goes on");
        assert_eq!(journal.submissions(["ana", "nikos", "zoe"]).len(), 2);
    }

    #[test]
    fn another_grading_is_not_mixed_in() {
        let folder = tempfile::tempdir().expect("a folder");
        drop(Journal::open(folder.path(), header(), false).expect("a new one"));
        assert!(Journal::open(folder.path(), header(), false).is_err());
        let other = Header { lesson_digest: "c".into(), ..header() };
        assert!(Journal::open(folder.path(), other, true).is_err());
    }

    #[test]
    fn a_new_scheme_is_told_once() {
        let folder = tempfile::tempdir().expect("a folder");
        let mut journal = Journal::open(folder.path(), header(), false).expect("a new one");
        journal.write("1".into(), submission("ana")).expect("it is written");
        drop(journal);
        let other = || Header { scheme_digest: "c".into(), ..header() };
        for is_other in [true, false] {
            let journal = Journal::open(folder.path(), other(), true).expect("it goes on");
            assert_eq!(journal.is_other_scheme(), is_other);
            assert!(journal.settled("ana", "1").is_some());
        }
    }

    #[test]
    fn one_grader_at_a_time() {
        let folder = tempfile::tempdir().expect("a folder");
        let _one = Journal::open(folder.path(), header(), false).expect("a new one");
        assert!(Journal::open(folder.path(), header(), true).is_err());
    }
}
