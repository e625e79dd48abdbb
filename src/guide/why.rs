//! `/why`: the latest error between nodes at length, once the nodes have said how they stand.

use crate::{
    error::Result,
    session::notice::Notice,
    trouble::{Explanation, Seen, Trouble, messages},
    view::chart::Answers,
};

use super::Guide;

impl Guide {
    pub(super) async fn tell_why(&mut self, asker: Option<u64>) -> Result<()> {
        match self.session.last_trouble() {
            Some(trouble) => self.survey_for(asker, Some(trouble)).await,
            None => {
                self.show_to(asker, Notice::Say(messages::nothing_went_wrong())).await?;
                self.renew_prompt_of(asker).await
            }
        }
    }

    pub(super) fn explanation(&self, trouble: &Trouble, answers: &Answers) -> Notice {
        let seen = Seen { evidence: self.session.evidence(), answers };
        Notice::Why(Explanation::new(trouble, seen))
    }
}
