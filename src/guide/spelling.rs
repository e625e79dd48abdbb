//! Letters that look like others: named beside what they lead to.

use crate::{
    error::Result,
    lesson::{Advice, Prompt, confusable},
};

use super::{Guide, messages, notice::Notice};

/// What lessons call the mistake of a letter that looks like another.
const GREEK_LETTERS: &str = "greek-letters";

impl Guide {
    /// The line is sent as it is; what looks like something else in it is told of below the node's own error, which
    /// may be longer than the screen.
    pub(super) async fn heed_lookalikes(&mut self, text: &str) -> Result<()> {
        if let Some((earlier, _)) = self.lookalike.take() {
            self.show(Notice::Say(earlier)).await?;
        }
        let is_code = matches!(self.prompt_of(&self.focus), Prompt::Iex { .. } | Prompt::More { .. });
        let found = confusable::first(text).filter(|_| is_code);
        let inputs = self.session.evidence().inputs();
        self.lookalike = found.map(|found| (messages::lookalike(&found, text.contains('\n')), inputs));
        Ok(())
    }

    /// The lesson knows the mistake as well, and less exactly.
    pub(super) fn with_lookalike(&mut self, notice: Notice) -> Notice {
        let Notice::Mistake(advice) = notice else { return notice };
        let lang = self.session.lang();
        let mistakes = &self.session.lesson().prose(lang).mistakes;
        let is_known = mistakes.iter().any(|(id, known)| id.as_str() == GREEK_LETTERS && *known == advice);
        match self.lookalike.take_if(|_| is_known) {
            Some((exact, _)) => {
                Notice::Mistake(Advice { seen: exact.speak(lang).to_owned(), attempt: advice.attempt })
            }
            None => Notice::Mistake(advice),
        }
    }

    /// Where the line has come back and no mistake was told.
    pub(super) async fn tell_of_harmless_lookalike(&mut self) -> Result<()> {
        let inputs = self.session.evidence().inputs();
        let is_settled = self.session.is_settled();
        match self.lookalike.take_if(|(_, before)| is_settled && *before < inputs) {
            Some((words, _)) => self.show(Notice::Say(words)).await,
            None => Ok(()),
        }
    }
}
