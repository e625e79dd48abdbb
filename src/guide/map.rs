//! `/map`: every node is asked for its part, and what they answer is drawn. The loop goes on meanwhile.

use std::future::pending;

use futures_util::{
    FutureExt,
    future::{BoxFuture, join_all},
};

use crate::{
    error::Result,
    session::notice::Notice,
    trouble::Trouble,
    view::{Chart, chart::Answers},
};

use super::{Guide, front};

/// What the nodes are answering.
pub(super) struct Surveying {
    answers: BoxFuture<'static, Answers>,
    /// The window that has asked; None: the lesson's.
    asker: Option<u64>,
    /// The error that is to be explained; None: the map is to be drawn.
    trouble: Option<Trouble>,
}

impl Guide {
    pub(super) async fn draw_map(&mut self, asker: Option<u64>) -> Result<()> {
        self.survey_for(asker, None).await
    }

    pub(super) async fn survey_for(&mut self, asker: Option<u64>, trouble: Option<Trouble>) -> Result<()> {
        let module = trouble.as_ref().and_then(Trouble::module);
        let asked = self.cluster.survey(module.as_deref()).into_iter();
        let answers = asked.map(|(node, answer)| answer.map(|survey| (node, survey.ok())));
        self.surveying = Some(Surveying { answers: join_all(answers).boxed(), asker, trouble });
        while self.surveying.is_some() && !self.audience.has_left() {
            self.turn(None).await?;
        }
        self.renew_prompt_of(asker).await
    }

    /// For ever where nobody is asked. Cancel safe.
    pub(super) async fn surveyed(surveying: &mut Option<Surveying>) -> Answers {
        match surveying {
            Some(surveying) => (&mut surveying.answers).await,
            None => pending().await,
        }
    }

    pub(super) async fn on_surveyed(&mut self, answers: Answers) -> Result<()> {
        let Some(Surveying { asker, trouble, .. }) = self.surveying.take() else { return Ok(()) };
        let told = match trouble {
            Some(trouble) => self.explanation(&trouble, &answers),
            None => Notice::Chart(Chart::new(&front::map(&self.session, self.cluster.names()), &answers)),
        };
        self.show_to(asker, told).await
    }
}
