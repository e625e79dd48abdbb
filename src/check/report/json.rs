//! One document for programs, a public format. Each step is a line of its own, in the order in which results come, so
//! that a report that broke off can still be read.

use serde_json::Value;

use crate::check::outcome::StepOutcome;

use super::{Page, Subject, Tally};

pub(super) struct Json {
    /// Everything before the first step; none once it is written.
    head: Option<String>,
}

impl Json {
    pub(super) fn new(subject: &Subject) -> Self {
        let said = |text: &str| Value::from(text).to_string();
        let (lesson, elixir, otp) =
            (said(subject.lesson.id.as_str()), said(&subject.runtime.elixir), said(&subject.runtime.otp));
        let head = format!("{{\"lesson\":{lesson},\"elixir\":{elixir},\"otp\":{otp},\"steps\":[\n");
        Self { head: Some(head) }
    }
}

impl Page for Json {
    fn step(&mut self, outcome: StepOutcome) -> String {
        // The comma stands at a line's beginning: whether there is a next one is known only then.
        let before = self.head.take().unwrap_or_else(|| ",".to_owned());
        let row = serde_json::to_string(&outcome).expect("an outcome holds only texts and numbers");
        before + &row + "\n"
    }

    fn end(&mut self, tally: &Tally) -> String {
        let head = self.head.take().unwrap_or_default();
        let sums = serde_json::to_string(tally).expect("a tally holds only numbers");
        format!("{head}],{}\n", sums.trim_start_matches('{'))
    }
}

pub(super) fn unreadable(lesson: &str, why: &str) -> String {
    let (lesson, why) = (Value::from(lesson), Value::from(why));
    let sums = serde_json::to_string(&Tally::default()).expect("a tally holds only numbers");
    format!("{{\"lesson\":{lesson},\"unreadable\":{why},\"steps\":[],{}\n", sums.trim_start_matches('{'))
}
