//! What was left out, told seldom where lines can't be taken back: at once, then after longer and longer pauses.

use std::time::{Duration, Instant};

use crate::lesson::TerminalName;

const FIRST_PAUSE: Duration = Duration::from_secs(5);
const LONGEST_PAUSE: Duration = Duration::from_secs(80);

#[derive(Debug, Default)]
pub(super) struct Tally {
    counts: Vec<Count>,
}

/// Of one terminal, since it last was at a prompt.
#[derive(Debug)]
struct Count {
    terminal: TerminalName,
    /// Not told yet.
    bytes: u64,
    due: Instant,
    pause: Duration,
}

impl Tally {
    /// So many bytes more; how many are to be told now.
    pub(super) fn add(&mut self, terminal: &TerminalName, bytes: u64, now: Instant) -> Option<u64> {
        let Some(count) = self.counts.iter_mut().find(|count| count.terminal == *terminal) else {
            let (due, pause) = (now + FIRST_PAUSE, FIRST_PAUSE);
            self.counts.push(Count { terminal: terminal.clone(), bytes: 0, due, pause });
            return Some(bytes);
        };
        count.bytes += bytes;
        if now < count.due {
            return None;
        }
        count.pause = LONGEST_PAUSE.min(count.pause * 2);
        count.due = now + count.pause;
        Some(std::mem::take(&mut count.bytes))
    }

    /// What is still to be told of that terminal, before anything else is said of it.
    pub(super) fn rest(&mut self, terminal: &TerminalName) -> Option<u64> {
        let count = self.counts.iter_mut().find(|count| count.terminal == *terminal)?;
        Some(std::mem::take(&mut count.bytes)).filter(|bytes| *bytes > 0)
    }

    /// It asks for the next line: what it leaves out from now on is told at once.
    pub(super) fn begin_anew(&mut self, terminal: &TerminalName) {
        self.counts.retain(|count| count.terminal != *terminal);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_lost_and_little_is_said() {
        let kate = TerminalName::parse("kate").expect("a name");
        let (mut tally, began) = (Tally::default(), Instant::now());
        let told: Vec<u64> = (0..400)
            .filter_map(|quarter| tally.add(&kate, 10, began + Duration::from_millis(250) * quarter))
            .collect();
        assert_eq!(told, [10, 200, 400, 800, 1600], "at once, after 5, 15, 35 and 75 seconds");
        assert_eq!(tally.rest(&kate), Some(400 * 10 - told.iter().sum::<u64>()));
        assert_eq!(tally.rest(&kate), None);
        tally.begin_anew(&kate);
        assert_eq!(tally.add(&kate, 7, began), Some(7));
    }
}
