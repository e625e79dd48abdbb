//! Errors between nodes that the lesson has no words for.

use super::{Effect, Session, notice::Notice};
use crate::{
    i18n::{Localized, space},
    lesson::is_asked_for,
    trouble::{self, Remedy, Trouble, messages},
};

impl Session {
    /// What the latest input ran into, where that is neither a known mistake nor what the step asks for.
    pub fn trouble(&self) -> Option<Trouble> {
        let is_expected = || self.mistake().is_some() || is_asked_for(self.conditions(), &self.evidence);
        trouble::recognise(&self.evidence).filter(|_| !is_expected())
    }

    /// The latest error between nodes that the learner ran into on these nodes, expected or not.
    pub fn last_trouble(&self) -> Option<Trouble> {
        trouble::last(&self.evidence, self.own_since?)
    }

    /// Told once an input, where nothing else was.
    pub(super) fn tell_trouble(&mut self) -> Vec<Effect> {
        if !self.attempt.explanations.is_open() {
            return Vec::new();
        }
        let Some(trouble) = self.trouble() else { return Vec::new() };
        self.attempt.explanations.close();
        let Remedy { means, attempt } = trouble.remedy(self.evidence.world());
        let attempt = Localized::join(&[attempt, messages::why_tells_more()], &space());
        vec![Effect::Show(Notice::Trouble { means, attempt })]
    }
}
