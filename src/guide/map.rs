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

/// What the nodes are answering.
pub(super) type Surveying = BoxFuture<'static, Answers>;

impl Guide {
    pub(super) async fn draw_map(&mut self) -> Result<()> {
        let asked = self.cluster.survey().into_iter();
        let answers = asked.map(|(node, answer)| answer.map(|survey| (node, survey.ok())));
        self.surveying = Some(join_all(answers).boxed());
        while self.surveying.is_some() && !self.audience.has_left() {
            self.turn(None).await?;
        }
        self.renew_prompt().await
    }

    /// For ever where nobody is asked. Cancel safe.
    pub(super) async fn surveyed(surveying: &mut Option<Surveying>) -> Answers {
        match surveying {
            Some(answers) => answers.await,
            None => pending().await,
        }
    }

    pub(super) async fn on_surveyed(&mut self, answers: &Answers) -> Result<()> {
        self.surveying = None;
        let map = front::map(&self.session, self.cluster.names());
        self.show(Notice::Chart(Chart::new(&map, answers))).await
    }
}
