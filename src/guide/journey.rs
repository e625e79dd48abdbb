//! The learner's files on the way to a step.
//!
//! Who goes on to the next section takes them along. Who comes back, or jumps, finds them as they were there, and a
//! copy of what they were before; who only starts Moebi again finds them untouched in the end.

use crate::{
    error::Result,
    session::{Position, Stage},
};

use super::{
    Guide, PendingWork,
    archive::{Archive, Copy},
    messages,
    notice::Notice,
    workspace::Workspace,
};

/// How the learner comes to a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Road {
    /// From the last step of the section before, which has passed.
    Onward,
    /// Moebi starts again where they stopped.
    Resumed,
    /// By `/goto`, `/back`, `/skip`; in whatever way to the first section with files after a reset.
    Elsewhere,
}

impl Guide {
    /// Asked before the session departs.
    pub(super) fn road(&self, errand: PendingWork) -> Road {
        if self.archive.as_ref().is_some_and(Archive::is_taken_back) {
            return Road::Elsewhere;
        }
        match errand {
            PendingWork::Resume(_) => Road::Resumed,
            PendingWork::Travel(to) if self.follows(to) => Road::Onward,
            PendingWork::Travel(_) | PendingWork::GoOn => Road::Elsewhere,
        }
    }

    fn follows(&self, to: Position) -> bool {
        let from = self.session.place();
        to.step == 0 && to.section == from.section + 1 && self.session.stage() == Stage::Passed
    }

    /// A section without files leaves them alone.
    fn archive_for(&self, place: Position) -> Option<&Archive> {
        let has_files = !place.section(self.session.lesson()).paths().is_empty();
        self.archive.as_ref().filter(|_| has_files)
    }

    /// Puts the files back as the section began. Where they can't be copied first, they stay as they are.
    pub(super) async fn pack(&mut self, road: Road, place: Position) -> Result<()> {
        let Some(archive) = self.archive_for(place) else { return Ok(()) };
        let section = place.section(self.session.lesson()).id.clone();
        let packed = match road {
            Road::Onward => Ok(None),
            Road::Resumed | Road::Elsewhere => pack(archive, &self.workspace, road, Copy::Section(&section)),
        };
        match packed {
            Ok(kept) => self.remarks.extend(kept.map(|kept| messages::files_kept(&kept))),
            Err(error) => self.show(Notice::Problem(error)).await?,
        }
        Ok(())
    }

    /// The section's start has been played: this is where a later journey to it begins.
    pub(super) async fn mark_section(&mut self, road: Road, place: Position) -> Result<()> {
        let Some(archive) = self.archive_for(place) else { return Ok(()) };
        let section = place.section(self.session.lesson()).id.clone();
        let copy = Copy::Section(&section);
        if road != Road::Onward && archive.has(copy) {
            return Ok(());
        }
        let saved = archive.save(copy, &self.workspace);
        self.tell_trouble(saved).await
    }

    /// The nodes are there: so are the files.
    pub(super) async fn unpack(&mut self, road: Road, place: Position) -> Result<()> {
        let Some(archive) = self.archive_for(place) else { return Ok(()) };
        if road != Road::Onward && !archive.has(Copy::Present) {
            // They could not be copied before; so nothing takes their place.
            return Ok(());
        }
        let steps = &place.section(self.session.lesson()).steps;
        let before = place.step.checked_sub(1).and_then(|step| steps.get(step)).map(|step| step.id.clone());
        let unpacked = match road {
            Road::Onward => Ok(false),
            Road::Resumed => archive.restore(Copy::Present, &self.workspace),
            Road::Elsewhere => {
                before.map_or(Ok(false), |step| archive.restore(Copy::After(&step), &self.workspace))
            }
        };
        let forgotten = unpacked.and_then(|_| archive.forget(Copy::Present)).and_then(|()| archive.go_on());
        self.tell_trouble(forgotten).await
    }

    /// The present step has passed.
    pub(super) async fn mark_step(&mut self) -> Result<()> {
        let Some(archive) = self.archive_for(self.session.place()) else { return Ok(()) };
        let saved = archive.save(Copy::After(&self.session.step().id), &self.workspace);
        self.tell_trouble(saved).await
    }

    async fn tell_trouble(&mut self, done: Result<()>) -> Result<()> {
        match done {
            Ok(()) => Ok(()),
            Err(error) => self.show(Notice::Problem(error)).await,
        }
    }
}

/// Where a copy is for the learner, if there was anything to copy.
fn pack(archive: &Archive, workspace: &Workspace, road: Road, section: Copy<'_>) -> Result<Option<String>> {
    if archive.has(Copy::Present) {
        // The last journey broke off.
        archive.restore(Copy::Present, workspace)?;
    } else {
        archive.save(Copy::Present, workspace)?;
    }
    let kept = match road {
        Road::Elsewhere if workspace.is_begun() => Some(archive.keep(workspace)?.display().to_string()),
        Road::Elsewhere | Road::Resumed | Road::Onward => None,
    };
    if !archive.restore(section, workspace)? {
        archive.clear(workspace)?;
    }
    Ok(kept)
}
