//! What nodes are asked out of sight. This is the one place that knows how long an answer may take: each question is
//! answered once, by the node, by the node's end, or by its deadline.
//!
//! A probe's answer is a fact, among the events: what it is evidence of depends on what came before it and what after,
//! which an answer on a channel of its own would lose. The answers to the others are for a line editor or a
//! picture, which wait for them on such a channel; where no answer comes, the channel closes.

use std::{collections::BTreeMap, time::Duration};

use tokio::sync::oneshot;

use super::protocol::{Candidate, Parsed, ToNode};
use crate::{
    lesson::{Fact, ProbeOutcome, TerminalName},
    view::Survey,
};

/// How long a step's probe may take inside a node.
pub const PROBING: Duration = Duration::from_secs(2);

/// How long IEx's parser may take.
pub const PARSING: Duration = Duration::from_millis(200);

/// How long a node may look for completions.
pub const COMPLETING: Duration = Duration::from_millis(500);

/// How long a node may take to look at its processes.
pub const SURVEYING: Duration = Duration::from_secs(1);

/// How much later than the node's own deadline a probe's answer may come.
const SLACK: Duration = Duration::from_millis(250);

#[derive(Debug)]
pub(super) enum Question {
    Probe { code: String, pattern: Option<String>, within: Duration },
    Parse { text: String, is_whole: oneshot::Sender<bool> },
    Complete { text: String, found: oneshot::Sender<Vec<Candidate>> },
    Survey { salt: String, module: Option<String>, found: oneshot::Sender<Survey> },
}

#[derive(Debug)]
pub(super) enum Answer {
    Probed(ProbeOutcome),
    Parsed(Parsed),
    Completed(Vec<Candidate>),
    Surveyed(Option<Survey>),
}

/// Those that are open.
#[derive(Debug, Default)]
pub(super) struct Questions {
    last_id: u64,
    open: BTreeMap<u64, (TerminalName, Question)>,
}

impl Question {
    pub(super) fn deadline(&self) -> Duration {
        match self {
            Self::Probe { .. } => self.within() + SLACK,
            Self::Parse { .. } | Self::Complete { .. } | Self::Survey { .. } => self.within(),
        }
    }

    /// How long the node may take.
    fn within(&self) -> Duration {
        match self {
            Self::Probe { within, .. } => *within,
            Self::Parse { .. } => PARSING,
            Self::Complete { .. } => COMPLETING,
            Self::Survey { .. } => SURVEYING,
        }
    }

    fn frame(&self, id: u64) -> ToNode {
        let milliseconds = u64::try_from(self.within().as_millis()).unwrap_or(u64::MAX);
        match self {
            Self::Probe { code, pattern, .. } => {
                ToNode::Probe { id, code: code.clone(), pattern: pattern.clone(), milliseconds }
            }
            Self::Parse { text, .. } => ToNode::Parse { id, text: text.clone(), milliseconds },
            Self::Complete { text, .. } => ToNode::Complete { id, text: text.clone(), milliseconds },
            Self::Survey { salt, module, .. } => {
                let module = module.clone().unwrap_or_default();
                ToNode::Survey { id, salt: salt.clone(), module, milliseconds }
            }
        }
    }
}

impl Questions {
    /// What the terminal's node is to be sent.
    pub(super) fn open(&mut self, terminal: &TerminalName, question: Question) -> (u64, ToNode) {
        self.last_id += 1;
        let frame = question.frame(self.last_id);
        self.open.insert(self.last_id, (terminal.clone(), question));
        (self.last_id, frame)
    }

    /// Only the first answer counts, and only one that fits. What is a fact is given back.
    pub(super) fn answer(&mut self, id: u64, answer: Answer) -> Option<Fact> {
        let (terminal, question) = self.open.remove(&id)?;
        // Who asked may have moved on, and listen no more.
        match (question, answer) {
            (Question::Probe { code, pattern, .. }, Answer::Probed(outcome)) => {
                return Some(Fact::Probed { terminal, code, pattern, outcome });
            }
            (Question::Parse { is_whole, .. }, Answer::Parsed(parsed)) => {
                let _ = is_whole.send(parsed != Parsed::Incomplete);
            }
            (Question::Complete { found, .. }, Answer::Completed(candidates)) => {
                let _ = found.send(candidates);
            }
            (Question::Survey { found, .. }, Answer::Surveyed(Some(survey))) => {
                let _ = found.send(survey);
            }
            (
                Question::Probe { .. }
                | Question::Parse { .. }
                | Question::Complete { .. }
                | Question::Survey { .. },
                _,
            ) => {}
        }
        None
    }

    /// No answer will come, or none that is waited for.
    pub(super) fn close(&mut self, id: u64, outcome: ProbeOutcome) -> Option<Fact> {
        self.answer(id, Answer::Probed(outcome))
    }

    /// Answers for a node that is gone.
    pub(super) fn close_all(&mut self, of: &TerminalName) -> Vec<Fact> {
        let asked = self.open.iter().filter(|(_, (terminal, _))| terminal == of);
        let ids: Vec<u64> = asked.map(|(id, _)| *id).collect();
        ids.into_iter().filter_map(|id| self.close(id, ProbeOutcome::NoNode)).collect()
    }

    pub(super) fn has_probes(&self) -> bool {
        self.open.values().any(|(_, question)| matches!(question, Question::Probe { .. }))
    }

    pub(super) fn forget_probes(&mut self) {
        self.open.retain(|_, (_, question)| !matches!(question, Question::Probe { .. }));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(name: &str) -> TerminalName {
        TerminalName::parse(name).expect("a name")
    }

    fn probe(code: &str) -> Question {
        Question::Probe { code: code.to_owned(), pattern: None, within: PROBING }
    }

    fn probed(fact: Option<Fact>) -> Option<(String, ProbeOutcome)> {
        match fact? {
            Fact::Probed { code, outcome, .. } => Some((code, outcome)),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_probe_is_answered_once() {
        let mut questions = Questions::default();
        let (id, _) = questions.open(&name("alex"), probe("x"));
        let raised = ProbeOutcome::Raised("no".to_owned());
        let first = questions.answer(id, Answer::Probed(raised.clone()));
        assert_eq!(probed(first), Some(("x".to_owned(), raised)));
        assert_eq!(probed(questions.close(id, ProbeOutcome::TimedOut)), None);
    }

    #[test]
    fn the_end_of_a_node_answers_for_it_and_for_no_other() {
        let mut questions = Questions::default();
        questions.open(&name("alex"), probe("x"));
        let (is_whole, mut answer) = oneshot::channel();
        questions.open(&name("alex"), Question::Parse { text: "[1".to_owned(), is_whole });
        let (of_kate, _) = questions.open(&name("kate"), probe("y"));
        let facts = questions.close_all(&name("alex")).into_iter().map(Some).filter_map(probed);
        assert_eq!(facts.collect::<Vec<_>>(), [("x".to_owned(), ProbeOutcome::NoNode)]);
        assert_eq!(answer.try_recv(), Err(oneshot::error::TryRecvError::Closed));
        assert!(questions.close(of_kate, ProbeOutcome::TimedOut).is_some());
    }

    #[test]
    fn a_node_says_whether_a_text_is_whole() {
        let mut questions = Questions::default();
        let mut asks = |parsed| {
            let (is_whole, mut answer) = oneshot::channel();
            let (id, _) = questions.open(&name("alex"), Question::Parse { text: String::new(), is_whole });
            assert_eq!(questions.answer(id, Answer::Parsed(parsed)), None);
            answer.try_recv()
        };
        assert_eq!(asks(Parsed::Incomplete), Ok(false));
        assert_eq!(asks(Parsed::Complete), Ok(true));
        assert_eq!(asks(Parsed::Wrong("no".to_owned())), Ok(true), "that is for IEx itself to say");
    }

    #[test]
    fn a_probe_that_is_forgotten_is_not_answered() {
        let mut questions = Questions::default();
        let (id, _) = questions.open(&name("alex"), probe("x"));
        questions.forget_probes();
        assert_eq!(questions.close(id, ProbeOutcome::TimedOut), None);
    }
}
