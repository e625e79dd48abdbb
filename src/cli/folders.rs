//! Where Moebi keeps things, as XDG has it.

use std::path::PathBuf;

use etcetera::{BaseStrategy, base_strategy::Xdg};

use super::messages;
use crate::{
    error::{Error, Result},
    lesson::LessonId,
};

pub(super) struct Folders {
    xdg: Xdg,
}

impl Folders {
    pub(super) fn find() -> Result<Self> {
        let xdg = Xdg::new()
            .map_err(|e| Error::could_not_run(messages::no_home()).because(e).hint(messages::set_home()))?;
        Ok(Self { xdg })
    }

    /// Progress: `~/.local/state/moebi`.
    pub(super) fn state(&self) -> PathBuf {
        self.xdg.state_dir().unwrap_or_else(|| self.xdg.data_dir()).join("moebi")
    }

    /// Lessons that are open: `~/.local/state/moebi/open`.
    pub(super) fn sessions(&self) -> PathBuf {
        self.state().join("open")
    }

    /// Classes that are taught here, each in a folder called after its lesson: `~/.local/state/moebi/classes/taught`.
    pub(super) fn taught(&self) -> PathBuf {
        self.state().join("classes").join("taught")
    }

    /// Classes that were joined: `~/.local/state/moebi/classes/joined`.
    pub(super) fn classes(&self) -> PathBuf {
        self.state().join("classes").join("joined")
    }

    /// Packs that are trusted: `~/.local/share/moebi/packs`.
    pub(super) fn packs(&self) -> PathBuf {
        self.xdg.data_dir().join("moebi").join("packs")
    }

    /// The compiled bridge: `~/.cache/moebi`.
    pub(super) fn cache(&self) -> PathBuf {
        self.xdg.cache_dir().join("moebi")
    }

    /// The learner's files: `~/moebi/LESSON`.
    pub(super) fn workspace(&self, lesson: &LessonId) -> PathBuf {
        self.workspaces().join(lesson.as_str())
    }

    /// `~/moebi`.
    pub(super) fn workspaces(&self) -> PathBuf {
        self.xdg.home_dir().join("moebi")
    }
}
