//! `/trace`: what crossed between nodes, on the screen or in a file.

use std::time::Duration;

use crate::{
    error::Result,
    lesson::{Cause, Fact, Prompt, Record},
    session::notice::Notice,
    view::{
        Trace,
        trace::{
            Scope,
            file::{Format, written},
        },
    },
};

use super::{Guide, messages};

/// What `/trace` was given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TraceRequest {
    Show {
        part: Part,
        file: Option<(Format, String)>,
    },
    /// From now on after each line, or no more.
    Follow(bool),
    /// What was before is of no interest.
    Clear,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// Of the line that was typed last.
    Last,
    /// Of the line of that number, as IEx's prompt counts in the terminal in focus.
    Line(u32),
    /// All of the step.
    Step,
}

/// What the learner wants to see without asking each time.
#[derive(Debug, Default)]
pub(super) struct Following {
    is_on: bool,
    /// The line whose trace was shown last, or need not be.
    told: Option<Cause>,
    /// What came until then was cleared away.
    cleared: Option<Duration>,
}

impl Guide {
    pub(super) async fn trace(&mut self, request: TraceRequest) -> Result<()> {
        match request {
            TraceRequest::Show { part, file } => {
                let trace = match self.scope(part) {
                    Some(scope) => Trace::new(self.session.evidence(), &scope),
                    None => Trace::default(),
                };
                match file {
                    Some((format, path)) => self.write_trace(&trace, format, &path).await,
                    None => self.show(Notice::Trace(trace)).await,
                }
            }
            TraceRequest::Follow(is_on) => {
                self.following.is_on = is_on;
                self.following.told = self.latest_line();
                let said = if is_on { messages::traces_each_line() } else { messages::traces_no_more() };
                self.show(Notice::Say(said)).await
            }
            TraceRequest::Clear => {
                self.following.cleared = self.session.evidence().records().last().map(|last| last.at);
                self.show(Notice::Say(messages::trace_cleared())).await
            }
        }
    }

    fn scope(&self, part: Part) -> Option<Scope> {
        let evidence = self.session.evidence();
        match part {
            Part::Last => self.latest_line().map(Scope::Input),
            Part::Line(number) => evidence.numbered(self.front.focus(), number).map(Scope::Input),
            Part::Step => {
                let step = evidence.step();
                let first = evidence.records().len() - step.len();
                let cleared = self.following.cleared;
                let is_cleared = |record: &Record| cleared.is_some_and(|cleared| record.at <= cleared);
                Some(Scope::Since(first + step.iter().take_while(|record| is_cleared(record)).count()))
            }
        }
    }

    fn latest_line(&self) -> Option<Cause> {
        let is_line =
            |record: &&Record| matches!(record.fact, Fact::Line { .. } | Fact::Input { at_node: false, .. });
        let latest = self.session.evidence().step().iter().rev().find(is_line)?;
        latest.cause.clone()
    }

    async fn write_trace(&mut self, trace: &Trace, format: Format, path: &str) -> Result<()> {
        if trace.is_empty() {
            return self.show(Notice::Trace(trace.clone())).await;
        }
        let text = written(trace, format, self.session.lang());
        let (name, ending) = path.rsplit_once('.').unwrap_or((path, format.ending()));
        match self.files.workspace.write_beside(name, ending, &text) {
            Ok(place) => self.show(Notice::Say(messages::trace_written(&place))).await,
            Err(error) => self.show(Notice::Problem(error)).await,
        }
    }

    /// Whether a line has come whose trace is to be shown once the nodes are at rest.
    pub(super) fn is_trace_due(&self) -> bool {
        let is_due = |line: Cause| {
            // While it is at work more may come of it.
            let is_over = *self.session.prompt_of(&line.terminal) != Prompt::Busy;
            is_over && self.following.told != Some(line)
        };
        self.following.is_on && !self.audience.is_to_wait() && self.latest_line().is_some_and(is_due)
    }

    pub(super) async fn follow_trace(&mut self) -> Result<()> {
        if !self.is_trace_due() {
            return Ok(());
        }
        self.following.told = self.latest_line();
        let Some(scope) = self.scope(Part::Last) else { return Ok(()) };
        let trace = Trace::new(self.session.evidence(), &scope);
        if trace.is_empty() { Ok(()) } else { self.show(Notice::Trace(trace)).await }
    }
}
