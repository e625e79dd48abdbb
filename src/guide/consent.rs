//! What is asked about before it is done: yes or no, at a prompt of its own.

use crate::{error::Result, i18n::Localized, session::Scope, session::notice::Notice};

use super::{Guide, messages};

/// What waits for a yes.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Intent {
    Reset(Scope),
    /// Of a file that is not there.
    Edit(String),
}

impl Guide {
    pub(super) async fn ask_whether(&mut self, intent: Intent, question: Localized) -> Result<()> {
        self.front.intent = Some(intent);
        self.show(Notice::Say(messages::sure(&question))).await
    }

    /// Whether the line that was typed answers a question; anything but a yes is a no.
    pub(super) async fn takes_consent(&mut self, typed: &str) -> Result<bool> {
        let Some(intent) = self.front.intent.take() else { return Ok(false) };
        match intent {
            _ if !self.session.lang().is_yes(typed.trim()) => {
                self.show(Notice::Say(messages::left_alone())).await?;
            }
            Intent::Reset(scope) => self.take_back(scope).await?,
            Intent::Edit(path) => self.open_editor(&path).await?,
        }
        self.renew_prompt().await?;
        Ok(true)
    }
}
