//! `/export`: the learner's own work as files of theirs.

use crate::{
    error::Result,
    session::{
        export::{own_answers, page},
        notice::Notice,
    },
};

use super::{Guide, messages};

impl Guide {
    pub(super) async fn export(&mut self) -> Result<()> {
        let lesson = self.session.lesson().clone();
        let answers = own_answers(&lesson, self.session.progress());
        if answers.steps.is_empty() {
            return self.show(Notice::Say(messages::nothing_to_export())).await;
        }
        let yaml = lesson.nonce.blank(&answers.to_yaml());
        let page = page(&lesson, self.session.lang(), &answers);
        let written = self
            .files
            .workspace
            .write_beside("answers", "yaml", &yaml)
            .and_then(|yaml| Ok((yaml, self.files.workspace.write_beside("transcript", "md", &page)?)));
        match written {
            Ok((yaml, page)) => self.show(Notice::Say(messages::exported(&yaml, &page))).await,
            Err(error) => self.show(Notice::Problem(error)).await,
        }
    }
}
