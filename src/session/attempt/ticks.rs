//! Which of a step's conditions the learner has been shown to hold. A tick is never taken back on the screen.

use crate::lesson::{Finding, Holds};

#[derive(Debug, Default)]
pub(crate) struct Ticks {
    /// One a goal or condition.
    shown: Vec<bool>,
}

impl Ticks {
    /// Which findings hold now and were not shown as holding before; they are from now on.
    pub(crate) fn take_new(&mut self, findings: &[Finding]) -> Vec<usize> {
        self.shown.resize(findings.len(), false);
        let pairs = self.shown.iter_mut().zip(findings).enumerate();
        let fresh = pairs.filter(|(_, (shown, finding))| finding.holds == Holds::Yes && !**shown);
        fresh.map(|(index, (shown, _))| (index, *shown = true).0).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::Verbatim;

    #[test]
    fn each_is_shown_once_even_if_it_ceases_to_hold() {
        let finding = |holds| Finding {
            holds,
            expected: Verbatim::code("it").into(),
            missing: None,
            seen: None,
            parts: Vec::new(),
        };
        let mut ticks = Ticks::default();
        assert_eq!(ticks.take_new(&[Holds::NotYet, Holds::Yes].map(finding)), [1]);
        assert_eq!(ticks.take_new(&[Holds::Yes, Holds::NotYet].map(finding)), [0]);
        assert_eq!(ticks.take_new(&[Holds::Yes, Holds::Yes].map(finding)), [] as [usize; 0]);
    }
}
