//! A lesson whose author changes it while it is open: what was saved meanwhile.

use std::future::pending;

use tokio::sync::mpsc::UnboundedReceiver;

use crate::{error::Result, i18n::Verbatim, lesson::Lesson, session::notice::Notice};

use super::{Guide, messages};

/// What a save has brought.
#[derive(Debug)]
pub enum Edition {
    /// The same structure with other texts.
    Texts(Box<Lesson>),
    /// Another structure, which an open lesson can't take: its nodes and its evidence are of the old one.
    Structure,
    /// It no longer loads; the first complaint, in a line.
    Broken(String),
}

impl Guide {
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
            Edition::Structure => self.show(Notice::Say(messages::structure_has_changed())).await,
            Edition::Broken(complaint) => {
                let complaint = Verbatim::said(&complaint).into();
                self.show(Notice::Say(messages::no_longer_loads(&complaint))).await
            }
            Edition::Texts(lesson) => self.retell(*lesson).await,
        }
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
