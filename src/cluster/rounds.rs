//! Rest: that nothing runs in any node, and nothing is on its way between them, known and not guessed.
//!
//! It is termination detection by rounds, after Mattern ("Algorithms for distributed termination detection", 1987),
//! where a process is active while it runs and passive while it waits. In a round each node sends a mark to each node
//! that it is connected to and has it back, looks at its processes, and reports how many run and a number that changes
//! with everything that any of them does (its fingerprint, made of their reductions). **Two rounds in a row with
//! nothing running and the same fingerprints mean that all is at rest.**
//!
//! Why two are enough: let the second begin once all reports of the first are in, and take a moment between. Every
//! process was passive when it was looked at in the first round; had it become active since, its reductions would
//! have grown by the second. So all are passive at that moment. A message still under way then was sent before the
//! second round's marks; a connection keeps the order, so it arrives before the mark that comes back, and before the
//! receiver's node looks. The receiver would have run, and the fingerprint would be another. So nothing is under way.
//!
//! A paused node is not asked: nothing runs in it, and what is sent to it lies where it is. It is passive as long as it is
//! paused, and so is whoever waits for it, to send it something or to connect; since all of that goes on with `/resume`, there is never more to say than
//! [`Rest::Waiting`].
//!
//! Passive is also what waits for a timer, or for a port program: it is at rest, and may go on by itself. What no node
//! can see is told as [`Rest::Unknown`]: a command at `$`, a node that does not answer,
//! one that never comes to rest.

use std::{collections::BTreeMap, time::Duration};

use super::{
    event::Rest,
    protocol::{Report, ToNode},
};
use crate::lesson::TerminalName;

/// How long a node may take to report. It gives up on marks of others after 500 ms.
pub(super) const REPORTING: Duration = Duration::from_secs(4);

/// How long nodes may take to come to rest: learners' code may run for ever.
pub(super) const RESTING: Duration = Duration::from_secs(5);

/// How long after a round with something running the next begins: twice as long each time, so that what takes long is
/// not held up by being looked at.
pub(super) const FIRST_PAUSE: Duration = Duration::from_millis(2);
const LONGEST_PAUSE: Duration = Duration::from_millis(100);

#[derive(Debug, Default)]
pub(super) struct Rounds {
    number: u64,
    /// Somebody wants to know; and how often somebody has wanted to.
    is_sought: bool,
    searches: u64,
    /// In the present round; none from those that have not reported.
    reports: BTreeMap<TerminalName, Option<Report>>,
    /// In the round before, where nothing ran in it.
    before: Option<BTreeMap<TerminalName, Report>>,
    pause: Duration,
}

/// What follows from a report.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Next {
    /// Others are still to report, or nobody wants to know.
    Nothing,
    /// Another round is needed, after that time.
    RoundAfter(Duration),
    Rested(Rest),
}

impl Rounds {
    /// The number of the search that begins; none where one is under way.
    pub(super) fn seek(&mut self) -> Option<u64> {
        let begins = !std::mem::replace(&mut self.is_sought, true);
        self.searches += u64::from(begins);
        begins.then_some(self.searches)
    }

    pub(super) fn is_sought(&self) -> bool {
        self.is_sought
    }

    /// Something is done to a node: what was reported says nothing about it.
    pub(super) fn disturb(&mut self) {
        self.before = None;
        self.reports.clear();
        self.number += 1;
        self.pause = FIRST_PAUSE;
    }

    /// The next round, of these nodes: the question for each. The paused ones are not asked.
    pub(super) fn begin(
        &mut self,
        terminals: Vec<TerminalName>,
        names: Vec<String>,
        paused: Vec<String>,
    ) -> ToNode {
        self.number += 1;
        self.reports = terminals.into_iter().map(|terminal| (terminal, None)).collect();
        ToNode::Rest { round: self.number, peers: names, paused }
    }

    pub(super) fn number(&self) -> u64 {
        self.number
    }

    /// A node is gone, and reports no more.
    pub(super) fn forget(&mut self, terminal: &TerminalName) -> Next {
        self.before = None;
        match self.reports.remove(terminal) {
            Some(_) => self.next(),
            None => Next::Nothing,
        }
    }

    pub(super) fn reported(&mut self, terminal: &TerminalName, round: u64, report: Report) -> Next {
        match self.reports.get_mut(terminal) {
            Some(place) if round == self.number => {
                *place = Some(report);
                self.next()
            }
            _ => Next::Nothing,
        }
    }

    /// That search has taken too long; whether it is still on.
    pub(super) fn is_vain(&mut self, search: u64) -> bool {
        let is_vain = self.is_sought && search == self.searches;
        if is_vain {
            self.give_up();
        }
        is_vain
    }

    /// In time for that round somebody has not reported.
    pub(super) fn is_overdue(&mut self, round: u64) -> bool {
        let is_overdue = self.is_sought && round == self.number && !self.reports.is_empty();
        if is_overdue {
            self.give_up();
        }
        is_overdue
    }

    /// Nobody can tell.
    pub(super) fn give_up(&mut self) {
        self.disturb();
        self.is_sought = false;
    }

    fn next(&mut self) -> Next {
        let all = self.reports.iter().map(|(terminal, report)| Some((terminal.clone(), (*report)?)));
        let Some(reports) = all.collect::<Option<BTreeMap<_, _>>>() else { return Next::Nothing };
        self.reports.clear();
        if !self.is_sought {
            return Next::Nothing;
        }
        if reports.values().any(|report| report.running > 0) {
            self.before = None;
            let pause = self.pause.max(FIRST_PAUSE);
            self.pause = (pause * 2).min(LONGEST_PAUSE);
            return Next::RoundAfter(pause);
        }
        if self.before.as_ref() != Some(&reports) {
            self.before = Some(reports);
            return Next::RoundAfter(Duration::ZERO);
        }
        self.is_sought = false;
        self.pause = FIRST_PAUSE;
        // Whoever asks again may have done something meanwhile.
        self.before = None;
        let waits = reports.values().any(|report| report.waiting > 0);
        Next::Rested(if waits { Rest::Waiting } else { Rest::Over })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(name: &str) -> TerminalName {
        TerminalName::parse(name).expect("a name")
    }

    fn report(running: u64, waiting: u64, fingerprint: u64) -> Report {
        Report { running, waiting, fingerprint }
    }

    /// A round of alex and kate with these reports; what follows from the last.
    fn round(rounds: &mut Rounds, reports: [Report; 2]) -> Next {
        rounds.begin(vec![name("alex"), name("kate")], Vec::new(), Vec::new());
        let number = rounds.number();
        assert_eq!(rounds.reported(&name("alex"), number, reports[0]), Next::Nothing);
        rounds.reported(&name("kate"), number, reports[1])
    }

    fn sought() -> Rounds {
        let mut rounds = Rounds::default();
        assert_eq!(rounds.seek(), Some(1));
        rounds
    }

    const AGAIN: Next = Next::RoundAfter(Duration::ZERO);

    #[test]
    fn two_equal_rounds_with_nothing_running_are_rest() {
        let mut rounds = sought();
        assert_eq!(round(&mut rounds, [report(0, 0, 1), report(0, 1, 2)]), AGAIN);
        assert_eq!(round(&mut rounds, [report(0, 0, 1), report(0, 1, 2)]), Next::Rested(Rest::Waiting));
        assert!(rounds.seek().is_some());
        assert_eq!(round(&mut rounds, [report(0, 0, 1), report(0, 0, 2)]), AGAIN);
        assert_eq!(round(&mut rounds, [report(0, 0, 1), report(0, 0, 2)]), Next::Rested(Rest::Over));
    }

    #[test]
    fn what_has_run_in_between_is_seen_though_all_wait_again() {
        let mut rounds = sought();
        assert_eq!(round(&mut rounds, [report(0, 0, 1), report(0, 0, 2)]), AGAIN);
        assert_eq!(round(&mut rounds, [report(0, 0, 1), report(0, 0, 3)]), AGAIN);
        assert_eq!(round(&mut rounds, [report(0, 0, 1), report(0, 0, 3)]), Next::Rested(Rest::Over));
    }

    #[test]
    fn a_round_in_which_something_runs_counts_for_nothing() {
        let mut rounds = sought();
        assert_eq!(round(&mut rounds, [report(0, 0, 1), report(0, 0, 2)]), AGAIN);
        let mut pauses = Vec::new();
        for _ in 0..8 {
            let Next::RoundAfter(pause) = round(&mut rounds, [report(0, 0, 1), report(1, 0, 2)]) else {
                panic!()
            };
            pauses.push(pause);
        }
        assert!(pauses.is_sorted() && pauses[0] == FIRST_PAUSE && pauses[7] == LONGEST_PAUSE);
        assert_eq!(round(&mut rounds, [report(0, 0, 1), report(0, 0, 2)]), AGAIN);
    }

    #[test]
    fn an_input_makes_what_was_reported_void() {
        let mut rounds = sought();
        assert_eq!(round(&mut rounds, [report(0, 0, 1), report(0, 0, 2)]), AGAIN);
        rounds.begin(vec![name("alex")], Vec::new(), Vec::new());
        let number = rounds.number();
        rounds.disturb();
        assert_eq!(rounds.reported(&name("alex"), number, report(0, 0, 1)), Next::Nothing);
        assert_eq!(round(&mut rounds, [report(0, 0, 1), report(0, 0, 2)]), AGAIN);
    }

    #[test]
    fn a_node_that_is_gone_is_waited_for_no_more() {
        let mut rounds = sought();
        rounds.begin(vec![name("alex"), name("kate")], Vec::new(), Vec::new());
        let number = rounds.number();
        assert_eq!(rounds.reported(&name("alex"), number, report(0, 0, 1)), Next::Nothing);
        assert_eq!(rounds.forget(&name("kate")), AGAIN);
    }

    #[test]
    fn a_search_ends_in_vain_where_something_runs_for_ever() {
        let mut rounds = sought();
        assert_eq!(rounds.seek(), None, "it is on already");
        let Next::RoundAfter(_) = round(&mut rounds, [report(0, 0, 1), report(1, 0, 2)]) else { panic!() };
        assert!(rounds.is_vain(1) && !rounds.is_sought());
        assert_eq!(rounds.seek(), Some(2));
        assert!(!rounds.is_vain(1), "that one is over");
    }

    #[test]
    fn one_that_does_not_report_leaves_it_unknown() {
        let mut rounds = sought();
        rounds.begin(vec![name("alex")], Vec::new(), Vec::new());
        let number = rounds.number();
        assert!(!rounds.is_overdue(number - 1));
        assert!(rounds.is_overdue(number));
        assert!(!rounds.is_sought());
        assert_eq!(rounds.reported(&name("alex"), number, report(0, 0, 1)), Next::Nothing);
    }
}
