//! Versions of the learner's files, kept beside the progress.
//!
//! Nodes are brought to a step by a replay, and the files with them: as they were at the section's beginning, then
//! as each step left them. What the learner had meanwhile lies here as `present`; whoever is killed in between finds
//! it put back at the next start. Every copy is made beside its place and then takes it.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use crate::{
    error::{Error, Result},
    lesson::{Section, SectionId, StepId},
};

use super::{
    super::{messages, store::Stamp},
    workspace::Workspace,
};

/// How many copies are kept of what a journey replaced.
const MAX_KEPT: usize = 10;

/// Beside the files that a section's start made: what it did.
const STARTED_BY: &str = ".start";

#[derive(Debug)]
pub(crate) struct Versions {
    folder: PathBuf,
}

/// What is kept.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Version<'a> {
    /// As a section began.
    Section(&'a SectionId),
    /// As a step left them.
    After(&'a StepId),
    /// As they were before the journey that is under way.
    Present,
}

/// What a reset takes back.
#[derive(Debug)]
pub enum TakenBack<'a> {
    All,
    Steps(Vec<&'a StepId>),
}

impl<'a> TakenBack<'a> {
    pub fn section(section: &'a Section) -> Self {
        Self::Steps(section.steps.iter().map(|step| &step.id).collect())
    }
}

impl Version<'_> {
    fn name(self) -> String {
        match self {
            Self::Section(section) => format!("section-{section}"),
            Self::After(step) => format!("after-{step}"),
            Self::Present => "present".to_owned(),
        }
    }
}

impl Versions {
    pub(crate) fn new(folder: PathBuf) -> Self {
        Self { folder }
    }

    pub(crate) fn has(&self, version: Version<'_>) -> bool {
        self.place(version).is_dir()
    }

    /// The files as the section's start has left them.
    ///
    /// # Errors
    /// As `save`.
    pub(crate) fn save_start(&self, section: &Section, workspace: &Workspace) -> Result<()> {
        let version = Version::Section(&section.id);
        self.save(version, workspace)?;
        let place = self.place(version).join(STARTED_BY);
        fs::write(&place, start_text(section)).map_err(|error| diagnostic(&place, error))
    }

    /// Whether the lesson's start of the section is another now than that which was saved.
    pub(crate) fn is_outdated(&self, section: &Section) -> bool {
        let started_by = fs::read_to_string(self.place(Version::Section(&section.id)).join(STARTED_BY));
        started_by.is_ok_and(|text| text != start_text(section))
    }

    /// # Errors
    /// The files are too many or too large, or can't be copied.
    pub(crate) fn save(&self, version: Version<'_>, workspace: &Workspace) -> Result<()> {
        self.put(&self.place(version), workspace).map_err(|error| diagnostic(&self.place(version), error))
    }

    /// Puts the files back as that copy has them, in place; false where there is none.
    ///
    /// # Errors
    /// They can't be copied.
    pub(crate) fn restore(&self, version: Version<'_>, workspace: &Workspace) -> Result<bool> {
        if !self.has(version) {
            return Ok(false);
        }
        workspace.take_from(&self.place(version)).map_err(|error| diagnostic(workspace.root(), error))?;
        Ok(true)
    }

    /// What was done is taken back: copies of it are void, and the next journey to a section with files begins them
    /// anew. What was kept for the learner stays.
    ///
    /// # Errors
    /// A copy can't be removed, or the folder not be written.
    pub(crate) fn take_back(&self, what: &TakenBack<'_>) -> Result<()> {
        if !self.folder.is_dir() {
            return Ok(());
        }
        match what {
            TakenBack::All => self.forget_all()?,
            TakenBack::Steps(steps) => {
                steps.iter().try_for_each(|step| self.forget(Version::After(step)))?;
            }
        }
        let anew = self.anew();
        fs::create_dir_all(&anew).map_err(|error| diagnostic(&anew, error))
    }

    /// Whether something was taken back, and no section with files begun since.
    pub(crate) fn is_taken_back(&self) -> bool {
        self.anew().is_dir()
    }

    /// The files are those of the step again.
    ///
    /// # Errors
    /// The folder can't be written.
    pub(crate) fn go_on(&self) -> Result<()> {
        remove(&self.anew()).map_err(|error| diagnostic(&self.anew(), error))
    }

    fn anew(&self) -> PathBuf {
        self.folder.join("anew")
    }

    fn forget_all(&self) -> Result<()> {
        let entries = fs::read_dir(&self.folder).into_iter().flatten().flatten().map(|entry| entry.path());
        let is_of_a_step = |path: &PathBuf| !path.ends_with("kept") && !path.ends_with("present");
        let mut of_steps = entries.filter(is_of_a_step);
        of_steps.try_for_each(|path| remove(&path).map_err(|error| diagnostic(&path, error)))
    }

    pub(crate) fn forget(&self, version: Version<'_>) -> Result<()> {
        remove(&self.place(version)).map_err(|error| diagnostic(&self.place(version), error))
    }

    /// A copy for the learner, under its date (UTC); two within one second differ by a number. The oldest go.
    ///
    /// # Errors
    /// As `save`.
    pub(crate) fn keep(&self, workspace: &Workspace) -> Result<PathBuf> {
        let kept = self.folder.join("kept");
        let stamp = Stamp::now();
        let numbered = (2..).map(|number| format!("{stamp}-{number}"));
        let mut names = std::iter::once(stamp.to_string()).chain(numbered).map(|name| kept.join(name));
        let place = names.find(|place| !place.exists()).expect("numbers don't end");
        self.put(&place, workspace).map_err(|error| diagnostic(&place, error))?;
        let mut all: Vec<_> =
            fs::read_dir(&kept).into_iter().flatten().flatten().map(|one| one.path()).collect();
        all.sort();
        for old in all.iter().rev().skip(MAX_KEPT) {
            // One that stays does no harm.
            let _ = remove(old);
        }
        Ok(place)
    }

    fn put(&self, place: &Path, workspace: &Workspace) -> io::Result<()> {
        let beside = place.with_extension("half");
        remove(&beside)?;
        fs::create_dir_all(&beside)?;
        workspace.copy_to(&beside)?;
        remove(place)?;
        fs::rename(&beside, place)
    }

    fn place(&self, version: Version<'_>) -> PathBuf {
        self.folder.join(version.name())
    }
}

/// What the section's start does to files.
fn start_text(section: &Section) -> String {
    let of_files = section.start.iter().filter(|input| input.path().is_some());
    of_files.map(|input| format!("{input:?}\n")).collect()
}

fn remove(folder: &Path) -> io::Result<()> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        Ok(()) | Err(_) => Ok(()),
    }
}

fn diagnostic(path: &Path, error: io::Error) -> Error {
    Error::could_not_run(messages::could_not_copy(&path.display().to_string())).because(error)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    struct Fixture {
        _folder: tempfile::TempDir,
        workspace: Workspace,
        versions: Versions,
    }

    impl Fixture {
        fn new() -> Self {
            let folder = tempfile::tempdir().unwrap();
            let root = folder.path().join("work");
            fs::create_dir(&root).unwrap();
            let owned = BTreeSet::from(["chat".to_owned()]);
            let workspace = Workspace::new(root, owned);
            let versions = Versions::new(folder.path().join("archive"));
            Self { _folder: folder, workspace, versions }
        }

        fn holds(&self, path: &str) -> Option<String> {
            fs::read_to_string(self.workspace.root().join(path)).ok()
        }
    }

    #[test]
    fn files_come_back_as_they_were_and_no_others_are_touched() {
        let fixture = Fixture::new();
        for (path, text) in
            [("chat/lib/chat.ex", "one"), ("chat/_build/x", "beam"), ("letters/mum.txt", "dear")]
        {
            fixture.workspace.write(path, text).unwrap();
        }
        fixture.versions.save(Version::Present, &fixture.workspace).unwrap();
        fixture.workspace.write("chat/lib/chat.ex", "two").unwrap();
        fixture.workspace.write("chat/lib/new.ex", "new").unwrap();
        assert!(fixture.versions.restore(Version::Present, &fixture.workspace).unwrap());
        assert_eq!(fixture.holds("chat/lib/chat.ex").as_deref(), Some("one"));
        assert_eq!(fixture.holds("chat/lib/new.ex"), None);
        assert_eq!(fixture.holds("chat/_build/x").as_deref(), Some("beam"), "nodes may run it");
        assert_eq!(fixture.holds("letters/mum.txt").as_deref(), Some("dear"));
        fixture.versions.forget(Version::Present).unwrap();
        assert!(!fixture.versions.restore(Version::Present, &fixture.workspace).unwrap());
    }

    #[test]
    fn a_folder_that_a_node_stands_in_stays_the_same() {
        use std::os::unix::fs::MetadataExt;
        let fixture = Fixture::new();
        let place = |path: &str| fixture.workspace.root().join(path);
        let number = |path: &str| fs::metadata(place(path)).unwrap().ino();
        for (path, text) in
            [("chat/lib/chat.ex", "one"), ("chat/lib/same.ex", "same"), ("chat/lib/x", "file")]
        {
            fixture.workspace.write(path, text).unwrap();
        }
        fixture.versions.save(Version::Present, &fixture.workspace).unwrap();
        let before = ["chat", "chat/lib", "chat/lib/same.ex"].map(number);
        fixture.workspace.write("chat/lib/chat.ex", "two").unwrap();
        fixture.workspace.write("chat/new/y", "a folder that was not there").unwrap();
        fs::remove_file(place("chat/lib/x")).unwrap();
        fixture.workspace.write("chat/lib/x/z", "a folder in a file's place").unwrap();
        assert!(fixture.versions.restore(Version::Present, &fixture.workspace).unwrap());
        assert_eq!(["chat", "chat/lib", "chat/lib/same.ex"].map(number), before);
        assert_eq!(fixture.holds("chat/lib/chat.ex").as_deref(), Some("one"));
        assert_eq!(fixture.holds("chat/lib/x").as_deref(), Some("file"));
        assert!(!place("chat/new").exists());
    }

    #[test]
    fn what_is_taken_back_is_void_and_what_was_kept_stays() {
        let fixture = Fixture::new();
        let [one, two] = ["one", "two"].map(|step| StepId::parse(step).unwrap());
        fixture.versions.take_back(&TakenBack::All).unwrap();
        assert!(!fixture.versions.is_taken_back(), "there were no files yet");
        fixture.versions.save(Version::After(&one), &fixture.workspace).unwrap();
        fixture.versions.save(Version::After(&two), &fixture.workspace).unwrap();
        let kept = fixture.versions.keep(&fixture.workspace).unwrap();
        fixture.versions.take_back(&TakenBack::Steps(vec![&one])).unwrap();
        assert!(!fixture.versions.has(Version::After(&one)) && fixture.versions.has(Version::After(&two)));
        assert!(fixture.versions.is_taken_back());
        fixture.versions.take_back(&TakenBack::All).unwrap();
        assert!(!fixture.versions.has(Version::After(&two)) && kept.is_dir());
        fixture.versions.go_on().unwrap();
        assert!(!fixture.versions.is_taken_back());
    }

    #[test]
    fn links_are_not_followed() {
        let fixture = Fixture::new();
        let outside = tempfile::tempdir().unwrap();
        fs::write(outside.path().join("precious"), "mine").unwrap();
        fixture.workspace.write("chat/mix.exs", "x").unwrap();
        std::os::unix::fs::symlink(outside.path(), fixture.workspace.root().join("chat/link")).unwrap();
        fixture.versions.save(Version::Present, &fixture.workspace).unwrap();
        fixture.versions.restore(Version::Present, &fixture.workspace).unwrap();
        assert_eq!(fs::read_to_string(outside.path().join("precious")).unwrap(), "mine");
        assert_eq!(fixture.holds("chat/link/precious"), None);
    }

    #[test]
    fn only_the_newest_are_kept() {
        let fixture = Fixture::new();
        fixture.workspace.write("chat/mix.exs", "x").unwrap();
        for day in 10..30 {
            let name = format!("kept/2020-01-{day}T00-00-00Z");
            fs::create_dir_all(fixture.versions.folder.join(name)).unwrap();
        }
        let first = fixture.versions.keep(&fixture.workspace).unwrap();
        fixture.workspace.write("chat/mix.exs", "y").unwrap();
        let second = fixture.versions.keep(&fixture.workspace).unwrap();
        let text = |place: &Path| fs::read_to_string(place.join("chat/mix.exs")).unwrap();
        assert_eq!([text(&first), text(&second)], ["x", "y"], "also within one second");
        assert_eq!(fs::read_dir(fixture.versions.folder.join("kept")).unwrap().count(), MAX_KEPT);
    }
}
