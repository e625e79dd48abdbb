//! Evidence written out as it would come, for the tests of conditions.

use std::time::Duration;

use super::{Condition, Message, Prints, Probe, Raises, Returns, Silent, Text, Typed};
use crate::lesson::{
    Cause, Evidence, Fact, Finding, NodeName, OutputKind, Pattern, ProbeOutcome, ProcessId, Prompt, Sender,
    TerminalName,
};
pub(crate) use crate::{
    i18n::Lang,
    lesson::{Holds, judge},
};

pub(crate) fn terminal(name: &str) -> TerminalName {
    TerminalName::parse(name).expect("a terminal's name")
}

pub(crate) fn node(name: &str) -> NodeName {
    NodeName::parse(name).expect("a node's name")
}

pub(crate) fn regex(pattern: &str) -> Pattern {
    Pattern::new(pattern).expect("a regular expression")
}

/// Evidence as it grows; ends in `holds` or `misses`.
pub(crate) struct Story {
    evidence: Evidence,
    /// Brings about what follows.
    latest: Option<Cause>,
    inputs: u32,
}

impl Story {
    /// Nothing has happened.
    pub(crate) fn empty() -> Self {
        Self { evidence: Evidence::default(), latest: None, inputs: 0 }
    }

    pub(crate) fn evidence(&self) -> &Evidence {
        &self.evidence
    }

    /// alex and kate run, each in its terminal, and a step has begun.
    pub(crate) fn new() -> Self {
        let mut story = Self::empty();
        for name in ["alex", "kate"] {
            story = story.starts(name, &format!("{name}@localhost"), "secret").asks(name);
        }
        story.then(Fact::StepBegan)
    }

    #[must_use]
    pub(crate) fn then(mut self, fact: Fact) -> Self {
        self.evidence.push(Duration::ZERO, self.latest.clone(), fact);
        self
    }

    pub(crate) fn starts(self, at: &str, name: &str, cookie: &str) -> Self {
        let started =
            Fact::NodeStarted { terminal: terminal(at), node: node(name), cookie: cookie.into(), mix: false };
        self.then(started).then(Fact::Registered { name: node(name).short().into() })
    }

    pub(crate) fn stops(self, at: &str) -> Self {
        let name = format!("{at}@localhost");
        self.then(Fact::NodeStopped { terminal: terminal(at), node: node(&name) })
    }

    /// One expression.
    pub(crate) fn types(self, at: &str, text: &str) -> Self {
        let input = Fact::Input { terminal: terminal(at), text: text.into(), at_node: true };
        self.uncaused().then(input).takes(at, text)
    }

    /// Of what was entered, IEx gets this expression.
    pub(crate) fn takes(self, at: &str, text: &str) -> Self {
        let prompt = "iex(1)> ".to_owned();
        self.next_input(at).then(Fact::Line { terminal: terminal(at), prompt, text: text.into() })
    }

    /// A command at `$`.
    pub(crate) fn runs(self, at: &str, text: &str) -> Self {
        let input = Fact::Input { terminal: terminal(at), text: text.into(), at_node: false };
        self.next_input(at).then(input)
    }

    fn next_input(mut self, at: &str) -> Self {
        self.inputs += 1;
        self.latest = Some(Cause { terminal: terminal(at), number: self.inputs });
        self
    }

    /// What follows is of the input of that number, counted from 1.
    pub(crate) fn late(mut self, at: &str, number: u32) -> Self {
        self.latest = Some(Cause { terminal: terminal(at), number });
        self
    }

    /// What follows has no cause.
    pub(crate) fn uncaused(mut self) -> Self {
        self.latest = None;
        self
    }

    pub(crate) fn shows(self, at: &str, kind: OutputKind, by: &str, text: &str) -> Self {
        let by = Some(by).filter(|by| !by.is_empty()).map(node);
        self.then(Fact::Output {
            terminal: terminal(at),
            kind,
            by,
            sender: Sender::default(),
            text: text.into(),
        })
    }

    pub(crate) fn asks(self, at: &str) -> Self {
        self.then(Fact::Prompt { terminal: terminal(at), prompt: Prompt::Iex { text: "iex(1)> ".into() } })
    }

    pub(crate) fn says(self, at: &str, code: &str, pattern: Option<&str>, value: &str) -> Self {
        let outcome =
            ProbeOutcome::Value { inspected: value.into(), matched: pattern.map(|pattern| pattern == value) };
        let pattern = pattern.map(str::to_string);
        self.then(Fact::Probed { terminal: terminal(at), code: code.into(), pattern, outcome })
    }

    pub(crate) fn connects(self, on: &str, to: &str) -> Self {
        self.then(Fact::Connected { on: node(on), to: node(to) })
    }

    pub(crate) fn sends(self, from: &str, to: &str, text: &str) -> Self {
        self.then(Fact::Message {
            from: node(from),
            sender: Sender::default(),
            to: node(to),
            receiver: ProcessId::new(),
            text: text.into(),
        })
    }

    pub(crate) fn judged(&self, condition: impl Into<Condition>) -> Finding {
        judge(&[condition.into()], &self.evidence, true).remove(0)
    }

    #[track_caller]
    pub(crate) fn holds(&self, condition: impl Into<Condition>) {
        let finding = self.judged(condition);
        assert_eq!(finding.holds, Holds::Yes, "{finding:?}");
    }

    /// It doesn't hold, and that is what was seen (nothing where that is empty).
    #[track_caller]
    pub(crate) fn misses(&self, condition: impl Into<Condition>, seen: &str) {
        let finding = self.judged(condition);
        assert_eq!(
            (finding.holds, finding.seen.as_ref().map_or("", |seen| seen.speak(Lang::En))),
            (Holds::NotYet, seen)
        );
    }
}

pub(crate) fn prints(text: &str, at: &str, by: &str) -> Prints {
    let by = Some(by).filter(|by| !by.is_empty()).map(node);
    Prints { what: Text::Plain(text.into()), at: Some(terminal(at)), by, times: 1 }
}

pub(crate) fn returns(value: &str) -> Returns {
    Returns { value: value.into(), at: Some(terminal("alex")) }
}

pub(crate) fn raises(pattern: &str) -> Raises {
    Raises { what: regex(pattern), at: Some(terminal("alex")) }
}

pub(crate) fn silent(of: Option<&str>) -> Silent {
    Silent { at: terminal("kate"), of: of.map(regex) }
}

/// From alex to kate.
pub(crate) fn message(pattern: &str, earlier: bool) -> Message {
    let (from, to) = (Some(node("alex@localhost")), Some(node("kate@localhost")));
    Message { pattern: pattern.into(), from, to, earlier }
}

pub(crate) fn probe(at: &[&str], gives: Option<&str>, same: bool, changes: Option<bool>) -> Probe {
    let at = at.iter().map(|at| terminal(at)).collect();
    Probe { code: "x".into(), at, gives: gives.map(str::to_string), same, changes }
}

/// On alex.
pub(crate) fn typed(pattern: &str) -> Typed {
    Typed { pattern: pattern.into(), at: Some(terminal("alex")) }
}
