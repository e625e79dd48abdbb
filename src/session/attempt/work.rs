//! What was done in a step: the inputs, how many, and the time that they took.

use std::time::Duration;

use crate::{
    lesson::{Fact, Input, Nonce},
    session::progress::{MAX_INPUTS, Recorded},
};

/// A pause that is longer counts as this much: nobody reads a step for so long.
const LONGEST_PAUSE: Duration = Duration::from_secs(3 * 60);

#[derive(Debug, Default)]
pub(crate) struct Work {
    inputs: Vec<Input>,
    /// Something happened that a list of inputs can't repeat: an interrupt, keys for a program, too many of them.
    is_unrepeatable: bool,
    tries: usize,
    /// Spent so far, long pauses left out; and when something happened last.
    active: Duration,
    latest: Option<Duration>,
}

/// How a fact was kept.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Kept {
    New,
    /// The file that was saved last was saved again.
    InItsPlace,
}

impl Work {
    pub(crate) fn since(at: Duration) -> Self {
        Self { latest: Some(at), ..Self::default() }
    }

    pub(crate) fn lives(&mut self, at: Duration) {
        let Some(latest) = self.latest else { return };
        self.active += at.saturating_sub(latest).min(LONGEST_PAUSE);
        self.latest = Some(at);
    }

    pub(crate) fn note(&mut self, fact: &Fact) -> Option<Kept> {
        let input = match fact {
            Fact::Input { terminal, text, .. } => {
                Input::Type { terminal: terminal.clone(), text: text.clone() }
            }
            Fact::File { path, text: Some(text) } => Input::Write { path: path.clone(), text: text.clone() },
            Fact::Chose { choice } => Input::Choose(choice.clone()),
            Fact::Fault(fault) => Input::Fault(fault.clone()),
            Fact::File { text: None, .. }
            | Fact::Line { .. }
            | Fact::Output { .. }
            | Fact::LeftOut { .. }
            | Fact::Prompt { .. }
            | Fact::NodeStarted { .. }
            | Fact::NodeStopped { .. }
            | Fact::CommandEnded { .. }
            | Fact::Message { .. }
            | Fact::Process { .. }
            | Fact::Connected { .. }
            | Fact::Disconnected { .. }
            | Fact::Registered { .. }
            | Fact::Unregistered { .. }
            | Fact::LookedUp { .. }
            | Fact::Probed { .. }
            | Fact::StepBegan => return None,
        };
        // Of several savings in a row the last counts.
        if let Some(last @ Input::Write { .. }) = self.inputs.last_mut()
            && matches!(input, Input::Write { .. })
            && last.path() == input.path()
        {
            *last = input;
            return Some(Kept::InItsPlace);
        }
        self.keep(input);
        Some(Kept::New)
    }

    pub(crate) fn keep(&mut self, input: Input) {
        self.tries += 1;
        if self.inputs.len() < MAX_INPUTS {
            self.inputs.push(input);
        } else {
            self.is_unrepeatable = true;
        }
    }

    pub(crate) fn cannot_be_replayed(&mut self) {
        self.is_unrepeatable = true;
    }

    pub(crate) fn tries(&self) -> usize {
        self.tries
    }

    pub(crate) fn seconds(&self) -> u64 {
        self.active.as_secs()
    }

    /// The inputs, where they can be written down and repeated.
    pub(crate) fn answer(&self, nonce: &Nonce) -> Option<Vec<Recorded>> {
        let recorded = self.inputs.iter().map(|input| Recorded::of(input, nonce));
        recorded.collect::<Option<Vec<_>>>().filter(|_| !self.is_unrepeatable)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lesson::TerminalName;

    fn typed(text: &str) -> Fact {
        let terminal = TerminalName::parse("alex").unwrap();
        Fact::Input { terminal, text: text.to_owned(), at_node: true }
    }

    fn saved(path: &str, text: &str) -> Fact {
        Fact::File { path: path.to_owned(), text: Some(text.to_owned()) }
    }

    #[test]
    fn of_several_savings_in_a_row_the_last_counts() {
        let mut work = Work::default();
        assert_eq!(work.note(&saved("a.ex", "1")), Some(Kept::New));
        assert_eq!(work.note(&saved("a.ex", "2")), Some(Kept::InItsPlace));
        assert_eq!(work.note(&typed("c")), Some(Kept::New));
        assert_eq!(work.note(&saved("a.ex", "3")), Some(Kept::New));
        assert_eq!(work.note(&Fact::StepBegan), None);
        let write = |text: &str| Recorded::Write("a.ex".to_owned(), text.to_owned());
        let answer = [write("2"), Recorded::Type("alex".to_owned(), "c".to_owned()), write("3")];
        assert_eq!(work.answer(&Nonce::sample()).as_deref(), Some(&answer[..]));
        assert_eq!(work.tries(), 3);
    }

    #[test]
    fn what_no_list_of_inputs_repeats_is_no_answer() {
        let mut work = Work::default();
        work.note(&typed("receive do x -> x end"));
        work.cannot_be_replayed();
        assert_eq!(work.answer(&Nonce::sample()), None);
        let mut work = Work::default();
        for _ in 0..=MAX_INPUTS {
            work.note(&typed("c"));
        }
        assert_eq!((work.answer(&Nonce::sample()), work.tries()), (None, MAX_INPUTS + 1));
    }

    #[test]
    fn a_long_pause_counts_as_a_short_one() {
        let mut work = Work::since(Duration::from_secs(10));
        work.lives(Duration::from_secs(15));
        work.lives(Duration::from_secs(15) + 9 * LONGEST_PAUSE);
        assert_eq!(work.seconds(), 5 + LONGEST_PAUSE.as_secs());
    }
}
