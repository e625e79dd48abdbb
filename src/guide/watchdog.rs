//! Watches a node that keeps the learner waiting, and knows when to say how to get out.
//!
//! It tells once an input: of a node that has been at work without a word for `LONG`, and of one that does not answer
//! Ctrl-C within `DEAF`.

use std::time::{Duration, Instant};

use crate::{
    i18n::Localized,
    lesson::{Fact, Fault, Prompt, TerminalName},
};

use super::messages;

/// An expression of a lesson takes a moment; what says nothing for so long waits for something.
const LONG: Duration = Duration::from_secs(8);
/// A node answers Ctrl-C at once, or within a second where it is busy printing.
const DEAF: Duration = Duration::from_secs(3);

#[derive(Debug, Default)]
pub(super) struct Watchdog {
    work: Option<Watch>,
    interrupt: Option<Watch>,
}

#[derive(Debug)]
struct Watch {
    terminal: TerminalName,
    until: Instant,
}

impl Watch {
    fn new(terminal: &TerminalName, limit: Duration) -> Self {
        Self { terminal: terminal.clone(), until: Instant::now() + limit }
    }
}

impl Watchdog {
    pub(super) fn heed(&mut self, fact: &Fact) {
        match fact {
            Fact::Input { terminal, at_node: true, .. } => self.work = Some(Watch::new(terminal, LONG)),
            Fact::Output { terminal, .. } => self.is_heard(terminal),
            Fact::Prompt { prompt: Prompt::Busy, .. } => {}
            Fact::Prompt { terminal, .. } | Fact::NodeStopped { terminal, .. } => self.is_over(terminal),
            Fact::Fault(Fault::Pause(terminal)) => self.is_over(terminal),
            Fact::Fault(_)
            | Fact::Input { at_node: false, .. }
            | Fact::Line { .. }
            | Fact::LeftOut { .. }
            | Fact::NodeStarted { .. }
            | Fact::CommandEnded { .. }
            | Fact::Message { .. }
            | Fact::Process { .. }
            | Fact::File { .. }
            | Fact::Connected { .. }
            | Fact::Disconnected { .. }
            | Fact::Registered { .. }
            | Fact::Unregistered { .. }
            | Fact::LookedUp { .. }
            | Fact::Probed { .. }
            | Fact::Chose { .. }
            | Fact::StepBegan => {}
        }
    }

    /// Ctrl-C was pressed for that node.
    pub(super) fn interrupted(&mut self, terminal: &TerminalName) {
        self.interrupt = Some(Watch::new(terminal, DEAF));
    }

    pub(super) fn next(&self) -> Option<Instant> {
        self.work.iter().chain(&self.interrupt).map(|watch| watch.until).min()
    }

    /// What is to be said by now.
    pub(super) fn due(&mut self, now: Instant) -> Option<Localized> {
        let is_due = |watch: &mut Watch| watch.until <= now;
        let deaf = self.interrupt.take_if(is_due).map(|watch| messages::is_deaf(&watch.terminal));
        deaf.or_else(|| self.work.take_if(is_due).map(|watch| messages::is_at_work(&watch.terminal)))
    }

    /// Whoever prints is at work for all to see.
    fn is_heard(&mut self, terminal: &TerminalName) {
        if let Some(watch) = self.work.as_mut().filter(|watch| watch.terminal == *terminal) {
            watch.until = Instant::now() + LONG;
        }
    }

    fn is_over(&mut self, terminal: &TerminalName) {
        self.work.take_if(|watch| watch.terminal == *terminal);
        self.interrupt.take_if(|watch| watch.terminal == *terminal);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::Lang;

    fn alex() -> TerminalName {
        TerminalName::parse("alex").expect("a name")
    }

    fn input() -> Fact {
        Fact::Input { terminal: alex(), text: "receive do x -> x end".into(), at_node: true }
    }

    fn later(watchdog: &mut Watchdog) -> Option<String> {
        let words = watchdog.due(Instant::now() + 2 * LONG);
        words.map(|words| words.speak(Lang::En).split('.').next().unwrap_or_default().to_owned())
    }

    #[test]
    fn a_node_that_works_for_long_is_told_of_once() {
        let mut watchdog = Watchdog::default();
        watchdog.heed(&input());
        assert_eq!(watchdog.due(Instant::now()), None);
        assert_eq!(
            later(&mut watchdog).as_deref(),
            Some("alex is still at work on that line, or waits for a message")
        );
        assert_eq!((later(&mut watchdog), watchdog.next()), (None, None));
    }

    #[test]
    fn one_that_asks_again_is_not() {
        let mut watchdog = Watchdog::default();
        watchdog.heed(&input());
        watchdog.interrupted(&alex());
        watchdog.heed(&Fact::Prompt { terminal: alex(), prompt: Prompt::Iex { text: "iex(1)> ".into() } });
        assert_eq!((later(&mut watchdog), watchdog.next()), (None, None));
    }

    #[test]
    fn one_that_does_not_hear_ctrl_c_can_be_closed() {
        let mut watchdog = Watchdog::default();
        watchdog.interrupted(&alex());
        assert_eq!(later(&mut watchdog).as_deref(), Some("alex doesn't answer Ctrl-C"));
    }
}
