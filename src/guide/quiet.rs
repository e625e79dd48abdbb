//! The watch for quiet: from when facts came it follows when the session is told that nothing comes any more.
//!
//! Pure: whoever asks says what time it is.

use std::time::{Duration, Instant};

/// How long nothing may happen before what must not happen counts as not having happened.
const SETTLING: Duration = Duration::from_millis(300);

/// How often an open step's probes are asked again while all is quiet, and how many times: each costs the node a few
/// processes, and the learner sees pids grow.
const POLLING: Duration = Duration::from_millis(700);
const MAX_POLLS: u32 = 3;

#[derive(Debug)]
pub(super) struct QuietWatch {
    /// When the latest fact came, or the session was told last.
    since: Instant,
    /// How often it was told since the latest fact.
    told: u32,
}

impl QuietWatch {
    pub(super) fn new(now: Instant) -> Self {
        Self { since: now, told: 0 }
    }

    /// A fact came.
    pub(super) fn stir(&mut self, now: Instant) {
        *self = Self::new(now);
    }

    /// When the session is told next; not at all once it has been told often enough.
    pub(super) fn due(&self) -> Option<Instant> {
        match self.told {
            0 => Some(self.settled()),
            told if told <= MAX_POLLS => Some(self.since + POLLING),
            _ => None,
        }
    }

    /// The session is told.
    pub(super) fn tell(&mut self, now: Instant) {
        (self.since, self.told) = (now, self.told + 1);
    }

    /// When what was stirred up has settled, if nothing comes until then.
    pub(super) fn settled(&self) -> Instant {
        self.since + SETTLING
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quiet_is_told_once_it_has_settled_and_then_again_for_the_probes_sake() {
        let mut now = Instant::now();
        let mut quiet = QuietWatch::new(now);
        let mut waits = Vec::new();
        while let Some(due) = quiet.due() {
            waits.push(due - now);
            now = due;
            quiet.tell(now);
        }
        assert_eq!(waits, [&[SETTLING][..], &[POLLING; MAX_POLLS as usize]].concat());
    }

    #[test]
    fn a_fact_begins_it_anew() {
        let now = Instant::now();
        let mut quiet = QuietWatch::new(now);
        quiet.tell(now + SETTLING);
        let later = now + 2 * SETTLING;
        quiet.stir(later);
        assert_eq!(quiet.due(), Some(later + SETTLING));
        assert_eq!(quiet.settled(), later + SETTLING);
    }
}
