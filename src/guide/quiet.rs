//! The watch for quiet: when the session is told that nothing more comes.
//!
//! Whether anything still runs is for the nodes to say ([`Rest`]). Only where they can't, the clock has to do. Pure:
//! whoever asks says what time it is.

use std::time::{Duration, Instant};

use crate::cluster::Rest;

/// How long nothing may happen where no node can tell (a command runs at `$`, a node hangs) before what must not happen
/// counts as not having happened.
const SETTLING: Duration = Duration::from_millis(300);

/// How often an open step's probes are asked again while all is quiet, and how many times: what waits for a timer may
/// have gone on without a sign. Each costs the node a few processes, and the learner sees pids grow.
const POLLING: Duration = Duration::from_millis(700);
const MAX_POLLS: u32 = 3;

/// After so long without a fact the news of a node's end is not waited for any more.
const LONG: Duration = Duration::from_secs(5);

#[derive(Debug)]
pub(super) struct QuietWatch {
    /// When the latest fact came, or the session was told last.
    since: Instant,
    /// What the nodes have said since the latest fact.
    rest: Option<Rest>,
    /// How often the session was told since then.
    told: u32,
}

impl QuietWatch {
    pub(super) fn new(now: Instant) -> Self {
        Self { since: now, rest: None, told: 0 }
    }

    /// A fact came.
    pub(super) fn stir(&mut self, now: Instant) {
        *self = Self::new(now);
    }

    pub(super) fn is_long_ago(&self) -> bool {
        self.since.elapsed() > LONG
    }

    /// Whether the nodes are still to say how things stand.
    pub(super) fn is_stirred(&self) -> bool {
        self.rest.is_none()
    }

    /// The nodes have said it.
    pub(super) fn rests(&mut self, rest: Rest) {
        self.rest = Some(rest);
    }

    pub(super) fn rest(&self) -> Option<Rest> {
        self.rest
    }

    /// When the session is told next: at once where the nodes are at rest, by the clock where they can't tell; not at all
    /// before they have said so, nor once it has been told often enough.
    pub(super) fn due(&self) -> Option<Instant> {
        match self.told {
            0 => self.rest.map(|rest| if rest == Rest::Unknown { self.settled() } else { self.since }),
            told if told <= MAX_POLLS => Some(self.since + POLLING),
            _ => None,
        }
    }

    /// The session is told.
    pub(super) fn tell(&mut self, now: Instant) {
        (self.since, self.told) = (now, self.told + 1);
    }

    /// When, by the clock, what was stirred up has settled, if nothing comes until then.
    pub(super) fn settled(&self) -> Instant {
        self.since + SETTLING
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// How long it waits each time before the session is told, from now on.
    fn waits(quiet: &mut QuietWatch, mut now: Instant) -> Vec<Duration> {
        let mut waits = Vec::new();
        while let Some(due) = quiet.due() {
            waits.push(due - now);
            now = due;
            quiet.tell(now);
        }
        waits
    }

    const POLLS: [Duration; MAX_POLLS as usize] = [POLLING; MAX_POLLS as usize];

    #[test]
    fn where_nodes_can_tell_no_clock_is_asked() {
        let now = Instant::now();
        let mut quiet = QuietWatch::new(now);
        assert!(quiet.is_stirred() && quiet.due().is_none());
        quiet.rests(Rest::Waiting);
        assert!(!quiet.is_stirred());
        assert_eq!(waits(&mut quiet, now), [&[Duration::ZERO][..], &POLLS].concat());
    }

    #[test]
    fn where_they_cannot_it_is_quiet_once_it_has_settled() {
        let now = Instant::now();
        let mut quiet = QuietWatch::new(now);
        quiet.rests(Rest::Unknown);
        assert_eq!(waits(&mut quiet, now), [&[SETTLING][..], &POLLS].concat());
    }

    #[test]
    fn a_fact_begins_it_anew() {
        let now = Instant::now();
        let mut quiet = QuietWatch::new(now);
        quiet.rests(Rest::Over);
        quiet.tell(now);
        quiet.stir(now);
        assert!(quiet.is_stirred() && quiet.due().is_none());
    }
}
