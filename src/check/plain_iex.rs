//! A bare `iex`, without anything of a learner's: whose fault it is that an answer did not come back.

use std::time::Duration;

use tokio::time::timeout;

use crate::{
    cluster::{Cluster, Event, Settings},
    lesson::{Fact, Prompt, TerminalName},
};

/// How long it may take to show that this machine can run one.
const DEADLINE: Duration = Duration::from_secs(20);

/// Whether one comes to its prompt here; what it was started on is gone afterwards.
pub(super) async fn runs(settings: Settings) -> bool {
    let shell = TerminalName::parse("shell").expect("`shell` is a name");
    let settings = Settings { terminals: vec![shell.clone()], ..settings };
    let Ok(mut cluster) = Cluster::new(settings).await else { return false };
    cluster.enter(&shell, "iex");
    let runs = timeout(DEADLINE, asks_for_input(&mut cluster)).await.unwrap_or(false);
    cluster.shutdown().await.is_ok() && runs
}

async fn asks_for_input(cluster: &mut Cluster) -> bool {
    loop {
        match cluster.next().await {
            Event::Fact(Fact::Prompt { prompt: Prompt::Iex { .. }, .. }, _) => return true,
            Event::Fact(Fact::CommandEnded { .. }, _) => return false,
            Event::Fact(..)
            | Event::Rested(_)
            | Event::Raw { .. }
            | Event::Foreground { .. }
            | Event::Unread { .. }
            | Event::Late { .. }
            | Event::Interrupted { .. }
            | Event::BootTimedOut { .. }
            | Event::CellEnded(_)
            | Event::Failed { .. } => {}
        }
    }
}
