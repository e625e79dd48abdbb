//! What is to happen unless something else does first.

use std::{collections::BTreeSet, time::Duration};

use tokio::time::Instant;

use super::guardian::CommandId;

/// Each is checked against what holds when it is due; one that came too late does nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Timer {
    /// The guardian has not said that the command runs.
    Start(CommandId),
    /// An `iex` may have been started and not become a node.
    Boot(CommandId),
    /// An unfinished line is shown.
    Flush(CommandId),
    /// A node hung up, and its process may still be there.
    EndNode(CommandId, u32),
    /// A node was told to halt.
    Kill(CommandId),
    /// The command is over, and its last output may still be held up.
    Finish(CommandId),
    /// A node has not answered.
    Question(u64),
    /// The next round is due; or that one is overdue.
    Round,
    Reports(u64),
    /// A search for rest takes too long.
    Search(u64),
}

#[derive(Debug, Default)]
pub(super) struct Timers {
    due: BTreeSet<(Instant, Timer)>,
}

impl Timers {
    pub(super) fn set(&mut self, timer: Timer, after: Duration) {
        self.due.insert((Instant::now() + after, timer));
    }

    /// Waits for the first, without taking it; for ever where there is none.
    pub(super) async fn wait(&self) {
        match self.due.first() {
            Some((at, _)) => tokio::time::sleep_until(*at).await,
            None => std::future::pending().await,
        }
    }

    pub(super) fn take_due(&mut self) -> Option<Timer> {
        let (at, timer) = *self.due.first()?;
        (at <= Instant::now()).then(|| self.due.remove(&(at, timer)))?;
        Some(timer)
    }
}
