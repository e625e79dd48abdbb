//! A lesson whose author changes it while it is open: what was saved meanwhile.

use std::{future::pending, sync::Arc};

use tokio::sync::mpsc::UnboundedReceiver;

use crate::{
    error::Result,
    i18n::Verbatim,
    lesson::{Fact, Input, Lesson, Step},
    session::{Position, notice::Notice},
};

use super::{Guide, PendingWork, files::workspace::Workspace, messages};

/// What a save has brought.
#[derive(Debug)]
pub enum Edition {
    /// The same structure with other texts.
    Texts(Box<Lesson>),
    /// Another structure. Its nodes and its evidence are of the old one, so only a trial takes it.
    Structure(Box<Lesson>),
    /// It no longer loads; the first complaint, in a line.
    Broken(String),
}

impl Guide {
    /// For somebody who tries a step of their own lesson: it begins anew with each structure that is saved.
    #[must_use]
    pub fn as_trial(self) -> Self {
        Self { is_trial: true, ..self }
    }

    /// Of editions as they are saved; each is shown at once.
    #[must_use]
    pub fn with_editions(self, editions: UnboundedReceiver<Edition>) -> Self {
        Self { editions: Some(editions), ..self }
    }

    /// Never ends where there are none. Cancel safe.
    pub(super) async fn next_edition(editions: &mut Option<UnboundedReceiver<Edition>>) -> Edition {
        let next = match editions {
            Some(editions) => editions.recv().await,
            None => None,
        };
        match next {
            Some(edition) => edition,
            None => {
                // Nobody watches any more.
                *editions = None;
                pending().await
            }
        }
    }

    pub(super) async fn on_edition(&mut self, edition: Edition) -> Result<()> {
        match edition {
            Edition::Structure(lesson) if self.is_trial => self.begin_anew(*lesson).await,
            Edition::Structure(_) => self.show(Notice::Say(messages::structure_has_changed())).await,
            Edition::Broken(complaint) => {
                let complaint = Verbatim::said(&complaint).into();
                self.show(Notice::Say(messages::no_longer_loads(&complaint))).await
            }
            Edition::Texts(lesson) => self.retell(*lesson).await,
        }
    }

    /// On the nodes as they are, where they stand at the step's beginning still; else on fresh ones.
    async fn begin_anew(&mut self, lesson: Lesson) -> Result<()> {
        let before = Arc::clone(self.session.lesson());
        let from = self.session.place();
        let to = Position::of(&lesson, from.step(&before).id.as_str());
        let Some(to) = to.filter(|_| lesson.terminals == before.terminals) else {
            return self.show(Notice::Say(messages::structure_has_changed())).await;
        };
        let is_typed =
            self.session.evidence().step().iter().any(|record| matches!(record.fact, Fact::Input { .. }));
        let is_reached_alike = way(&lesson, to) == way(&before, from);
        self.session.retell(lesson);
        self.session.depart(to);
        self.files.workspace =
            Workspace::new(self.cluster.workspace().to_owned(), self.session.lesson().files());
        let is_there = is_reached_alike && !is_typed && self.pending.is_none();
        self.pending = Some(if is_there { PendingWork::GoOn } else { PendingWork::Travel(to) });
        self.show(Notice::Say(messages::begins_anew())).await
    }

    /// The step is shown again where its text is another one.
    async fn retell(&mut self, lesson: Lesson) -> Result<()> {
        let before = self.session.prose().texts().join("\0");
        self.session.retell(lesson);
        self.show(Notice::Say(messages::text_is_new())).await?;
        if self.session.prose().texts().join("\0") == before {
            return Ok(());
        }
        self.show(Notice::Step(self.session.card())).await?;
        match self.session.question_card() {
            Some(card) => self.show(Notice::Ask(card)).await,
            None => Ok(()),
        }
    }
}

/// What is typed before a step: what starts its section's nodes, and the answers to the steps before it.
fn way(lesson: &Lesson, to: Position) -> Vec<Vec<Input>> {
    let section = to.section(lesson);
    let answers = section.steps[..to.step].iter().map(Step::answer);
    std::iter::once(section.start.clone()).chain(answers).collect()
}
