//! `/map`: every node is asked for its part, and what they answer is drawn. The loop goes on meanwhile.

use std::future::pending;

use futures_util::{
    FutureExt,
    future::{BoxFuture, join_all},
};

use crate::{
    error::Result,
    session::notice::Notice,
    view::{Chart, chart::Answers},
};

use super::{Guide, front};

/// What the nodes are answering, and the window that has asked; None: the lesson's.
pub(super) struct Surveying {
    answers: BoxFuture<'static, Answers>,
    asker: Option<u64>,
}

impl Guide {
    pub(super) async fn draw_map(&mut self, asker: Option<u64>) -> Result<()> {
        let asked = self.cluster.survey().into_iter();
        let answers = asked.map(|(node, answer)| answer.map(|survey| (node, survey.ok())));
        self.surveying = Some(Surveying { answers: join_all(answers).boxed(), asker });
        while self.surveying.is_some() && !self.audience.has_left() {
            self.turn(None).await?;
        }
        self.renew_prompt().await
    }

    /// For ever where nobody is asked. Cancel safe.
    pub(super) async fn surveyed(surveying: &mut Option<Surveying>) -> Answers {
        match surveying {
            Some(surveying) => (&mut surveying.answers).await,
            None => pending().await,
        }
    }

    pub(super) async fn on_surveyed(&mut self, answers: Answers) -> Result<()> {
        let asker = self.surveying.take().and_then(|surveying| surveying.asker);
        let map = front::map(&self.session, self.cluster.names());
        self.show_to(asker, Notice::Chart(Chart::new(&map, &answers))).await
    }
}
