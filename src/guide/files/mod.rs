//! The learner's files: the workspace, what a step looks at in it, and the versions that are kept.
//!
//! Who goes on to the next section takes the files along. Who comes back, or jumps, finds them as they were there, and
//! a copy of what they were before; who only starts Moebi again finds them untouched in the end.

pub(super) mod backup;
pub(super) mod versions;
pub(super) mod workspace;

use std::{
    path::PathBuf,
    time::{Duration, Instant},
};

use crate::{
    error::Result,
    i18n::Localized,
    lesson::{Fact, Section},
    session::Scope,
};

use super::messages;
use versions::{TakenBack, Version, Versions};
use workspace::Workspace;

/// How often the files are looked at that a step waits for.
const LOOKING: Duration = Duration::from_millis(400);

#[derive(Debug)]
pub(super) struct Files {
    pub workspace: Workspace,
    /// None where nothing is kept: in a check, in a second shell, of a lesson without files.
    versions: Option<Versions>,
    /// When the watched files are looked at next.
    look_at: Instant,
}

/// How the learner comes to a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Arrival {
    /// From the last step of the section before, which has passed.
    Onward,
    /// Moebi starts again where they stopped.
    Resumed,
    /// By `/goto`, `/back`, `/skip`; in whatever way to the first section with files after a reset.
    Elsewhere,
}

impl Files {
    pub(super) fn new(workspace: Workspace) -> Self {
        Self { workspace, versions: None, look_at: Instant::now() }
    }

    /// Keeps versions in that folder, where the lesson has files at all.
    #[must_use]
    pub(super) fn kept_in(self, folder: PathBuf) -> Self {
        let versions = self.workspace.has_files().then(|| Versions::new(folder));
        Self { versions, ..self }
    }

    /// When a file may have been saved that is watched.
    pub(super) fn look_at(&self) -> Option<Instant> {
        self.workspace.is_watching().then_some(self.look_at)
    }

    /// One may have been saved just now.
    pub(super) fn look_soon(&mut self) {
        self.look_at = Instant::now();
    }

    /// The watched files that were saved or removed since they were looked at last.
    pub(super) fn changes(&mut self) -> Vec<Fact> {
        self.look_at = Instant::now() + LOOKING;
        self.workspace.changes()
    }

    /// Whether something was taken back, and no section with files begun since.
    pub(super) fn are_taken_back(&self) -> bool {
        self.versions.as_ref().is_some_and(Versions::is_taken_back)
    }

    /// Whether the lesson begins that section with other files than when the learner came there.
    pub(super) fn are_outdated(&self, section: &Section) -> bool {
        self.versions_in(section).is_some_and(|versions| versions.is_outdated(section))
    }

    /// A section without files leaves them alone.
    fn versions_in(&self, section: &Section) -> Option<&Versions> {
        self.versions.as_ref().filter(|_| !section.paths().is_empty())
    }

    /// Puts the files back as the section began, before its nodes are started. Where they can't be copied first, they
    /// stay as they are. A remark where a copy was made for the learner.
    ///
    /// # Errors
    /// They can't be copied.
    pub(super) fn pack(&self, arrival: Arrival, section: &Section) -> Result<Option<Localized>> {
        self.workspace.make()?;
        let Some(versions) = self.versions_in(section).filter(|_| arrival != Arrival::Onward) else {
            return Ok(None);
        };
        if versions.is_outdated(section) {
            versions.forget(Version::Section(&section.id))?;
            section.steps.iter().try_for_each(|step| versions.forget(Version::After(&step.id)))?;
        }
        if versions.has(Version::Present) {
            // The last journey broke off.
            versions.restore(Version::Present, &self.workspace)?;
        } else {
            versions.save(Version::Present, &self.workspace)?;
        }
        let is_replaced = arrival == Arrival::Elsewhere && self.workspace.is_begun();
        let kept = is_replaced.then(|| versions.keep(&self.workspace)).transpose()?;
        self.workspace.clear()?;
        versions.restore(Version::Section(&section.id), &self.workspace)?;
        Ok(kept.map(|kept| messages::files_kept(&kept.display().to_string())))
    }

    /// The section's start has been played: this is where a later journey to it begins.
    ///
    /// # Errors
    /// They can't be copied.
    pub(super) fn mark_start(&self, arrival: Arrival, section: &Section) -> Result<()> {
        let Some(versions) = self.versions_in(section) else { return Ok(()) };
        if arrival != Arrival::Onward && versions.has(Version::Section(&section.id)) {
            return Ok(());
        }
        versions.save_start(section, &self.workspace)
    }

    /// The nodes are at the section's step of that index: so are the files.
    ///
    /// # Errors
    /// They can't be copied.
    pub(super) fn unpack(&self, arrival: Arrival, section: &Section, step: usize) -> Result<()> {
        let Some(versions) = self.versions_in(section) else { return Ok(()) };
        if arrival != Arrival::Onward && !versions.has(Version::Present) {
            // They could not be copied before; so nothing takes their place.
            return Ok(());
        }
        let before = step.checked_sub(1).and_then(|before| section.steps.get(before));
        let version = match arrival {
            Arrival::Onward => None,
            Arrival::Resumed => Some(Version::Present),
            Arrival::Elsewhere => before.map(|step| Version::After(&step.id)),
        };
        version.map_or(Ok(false), |version| versions.restore(version, &self.workspace))?;
        versions.forget(Version::Present)?;
        versions.go_on()
    }

    /// The section's step of that index has passed.
    ///
    /// # Errors
    /// They can't be copied.
    pub(super) fn mark_step(&self, section: &Section, step: usize) -> Result<()> {
        match self.versions_in(section) {
            Some(versions) => versions.save(Version::After(&section.steps[step].id), &self.workspace),
            None => Ok(()),
        }
    }

    /// What was done in so much of the lesson is taken back, the present step being the section's of that index.
    ///
    /// # Errors
    /// A version can't be removed.
    pub(super) fn take_back(&self, scope: Scope, section: &Section, step: usize) -> Result<()> {
        let taken_back = match scope {
            Scope::Lesson => TakenBack::All,
            Scope::Section => TakenBack::section(section),
            Scope::Step => TakenBack::Steps(vec![&section.steps[step].id]),
        };
        let versions =
            if scope == Scope::Lesson { self.versions.as_ref() } else { self.versions_in(section) };
        versions.map_or(Ok(()), |versions| versions.take_back(&taken_back))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lesson::{Input, Lesson, Nonce, embedded, load};

    struct Fixture {
        _folder: tempfile::TempDir,
        files: Files,
        lesson: Lesson,
    }

    impl Fixture {
        fn new() -> Self {
            let folder = tempfile::tempdir().unwrap();
            let root = folder.path().join("work");
            std::fs::create_dir(&root).unwrap();
            let mut lessons = embedded().into_iter().map(|source| load(&source, &Nonce::sample()).unwrap());
            let lesson = lessons.find(|lesson| !lesson.files().is_empty()).expect("one has files");
            let files = Files::new(Workspace::new(root, lesson.files())).kept_in(folder.path().join("kept"));
            Self { _folder: folder, files, lesson }
        }

        fn section(&self) -> &Section {
            let has_files = |section: &&Section| !section.paths().is_empty() && section.steps.len() > 1;
            self.lesson.sections.iter().find(has_files).expect("one has files")
        }

        fn path(&self) -> String {
            self.section().paths().into_iter().next().expect("it has one").clone()
        }

        fn writes(&self, text: &str) {
            self.files.workspace.write(&self.path(), text).unwrap();
        }

        fn holds(&self) -> Option<String> {
            std::fs::read_to_string(self.files.workspace.root().join(self.path())).ok()
        }

        /// Comes to that step; what the section's start writes is `start`.
        fn comes(&self, arrival: Arrival, step: usize) -> Option<Localized> {
            let remark = self.files.pack(arrival, self.section()).unwrap();
            if self.holds().is_none() {
                self.writes("start");
            }
            self.files.mark_start(arrival, self.section()).unwrap();
            self.files.unpack(arrival, self.section(), step).unwrap();
            remark
        }
    }

    #[test]
    fn who_starts_moebi_again_finds_the_files_untouched() {
        let fixture = Fixture::new();
        fixture.comes(Arrival::Onward, 0);
        fixture.writes("mine");
        assert_eq!(fixture.comes(Arrival::Resumed, 1), None);
        assert_eq!(fixture.holds().as_deref(), Some("mine"));
    }

    #[test]
    fn who_jumps_finds_them_as_they_were_there_and_is_told_of_a_copy() {
        let fixture = Fixture::new();
        fixture.comes(Arrival::Onward, 0);
        fixture.writes("first step");
        fixture.files.mark_step(fixture.section(), 0).unwrap();
        fixture.writes("mine");
        assert!(fixture.comes(Arrival::Elsewhere, 1).is_some());
        assert_eq!(fixture.holds().as_deref(), Some("first step"));
        assert!(fixture.comes(Arrival::Elsewhere, 0).is_some());
        assert_eq!(fixture.holds().as_deref(), Some("start"));
    }

    #[test]
    fn who_was_killed_on_the_way_has_them_back() {
        let fixture = Fixture::new();
        fixture.comes(Arrival::Onward, 0);
        fixture.writes("mine");
        fixture.files.pack(Arrival::Resumed, fixture.section()).unwrap();
        assert_eq!(fixture.holds().as_deref(), Some("start"));
        fixture.comes(Arrival::Resumed, 1);
        assert_eq!(fixture.holds().as_deref(), Some("mine"));
    }

    #[test]
    fn what_a_new_lesson_starts_with_arrives_and_the_learners_is_kept() {
        let mut fixture = Fixture::new();
        fixture.comes(Arrival::Onward, 0);
        fixture.writes("first step");
        fixture.files.mark_step(fixture.section(), 0).unwrap();
        assert!(!fixture.files.are_outdated(fixture.section()));
        let path = fixture.path();
        let at =
            fixture.lesson.sections.iter().position(|section| section.id == fixture.section().id).unwrap();
        fixture.lesson.sections[at].start.push(Input::Write { path, text: "new".into() });
        assert!(fixture.files.are_outdated(fixture.section()));
        assert!(fixture.comes(Arrival::Elsewhere, 1).is_some());
        assert_eq!(
            fixture.holds().as_deref(),
            Some("start"),
            "what the step left behind is of the old start"
        );
        assert!(!fixture.files.are_outdated(fixture.section()));
    }

    #[test]
    fn what_is_taken_back_is_begun_anew() {
        let fixture = Fixture::new();
        fixture.comes(Arrival::Onward, 0);
        fixture.writes("first step");
        fixture.files.mark_step(fixture.section(), 0).unwrap();
        fixture.files.take_back(Scope::Section, fixture.section(), 0).unwrap();
        assert!(fixture.files.are_taken_back());
        fixture.comes(Arrival::Elsewhere, 1);
        assert!(!fixture.files.are_taken_back());
        assert_eq!(fixture.holds().as_deref(), Some("start"), "the step's own version is void");
    }
}
