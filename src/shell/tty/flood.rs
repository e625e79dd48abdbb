//! Of who prints very much the rest is not shown: the step and what was typed would scroll away.

use std::{
    collections::BTreeMap,
    time::{Duration, Instant},
};

use crate::lesson::{OutputKind, TerminalName};

/// How many lines a terminal may print until something is entered; and fewer once that were too many.
const MANY: usize = 2000;
const FEW: usize = 200;

/// Who has been silent for so long has come to an end.
const SILENCE: Duration = Duration::from_secs(2);

#[derive(Debug, Default)]
pub(super) struct Floods(BTreeMap<TerminalName, Flood>);

#[derive(Debug)]
struct Flood {
    left: usize,
    /// The learner knows.
    is_told: bool,
    latest: Instant,
}

/// What becomes of an output.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Outcome {
    Shown,
    /// It is the first that is too much.
    Stopped,
    LeftOut,
}

impl Floods {
    pub(super) fn take(
        &mut self,
        terminal: &TerminalName,
        kind: OutputKind,
        text: &str,
        now: Instant,
    ) -> Outcome {
        match kind {
            OutputKind::Print | OutputKind::Log | OutputKind::Stderr | OutputKind::Raw => {}
            // What IEx says to each line of a paste is no flood.
            OutputKind::Result | OutputKind::Error | OutputKind::Shell => return Outcome::Shown,
        }
        let new = Flood { left: MANY, is_told: false, latest: now };
        let flood = self.0.entry(terminal.clone()).or_insert(new);
        if now > flood.latest + SILENCE {
            *flood = Flood { left: MANY, is_told: false, latest: now };
        }
        flood.latest = now;
        let lines = text.matches('\n').count();
        // One long text is cut where it is shown.
        let is_over = flood.left == 0;
        flood.left = flood.left.saturating_sub(lines);
        match (is_over, std::mem::replace(&mut flood.is_told, is_over)) {
            (false, _) => Outcome::Shown,
            (true, false) => Outcome::Stopped,
            (true, true) => Outcome::LeftOut,
        }
    }

    /// Something was entered, and the learner wants to see what comes of it.
    pub(super) fn renew(&mut self) {
        for flood in self.0.values_mut() {
            flood.left = if flood.left == 0 { FEW } else { MANY };
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_prints_very_much_is_stopped_until_something_is_entered() {
        let (mut floods, now) = (Floods::default(), Instant::now());
        let [alex, kate] = ["alex", "kate"].map(|name| TerminalName::parse(name).expect("a name"));
        let mut prints =
            |at: &TerminalName, kind, after: Duration| floods.take(at, kind, "woof\n", now + after);
        let shown = |prints: &mut dyn FnMut() -> Outcome| {
            (0..10 * MANY).take_while(|_| prints() == Outcome::Shown).count()
        };
        let soon = Duration::ZERO;
        assert_eq!(shown(&mut || prints(&kate, OutputKind::Print, soon)), MANY);
        assert_eq!(prints(&kate, OutputKind::Print, soon), Outcome::LeftOut, "it was told once");
        assert_eq!(prints(&kate, OutputKind::Result, soon), Outcome::Shown);
        assert_eq!(prints(&alex, OutputKind::Print, soon), Outcome::Shown);
        floods.renew();
        let mut prints =
            |at: &TerminalName, kind, after: Duration| floods.take(at, kind, "woof\n", now + after);
        assert_eq!(shown(&mut || prints(&kate, OutputKind::Print, soon)), FEW);
        assert_eq!(
            shown(&mut || prints(&kate, OutputKind::Print, soon + 2 * SILENCE)),
            MANY,
            "that one has ended"
        );
    }
}
