//! What happened in one step on all terminals: each input and what it brought about, however late that came; what has
//! no cause stands where it came. It is what a person reads to see how it came about.
//!
//! Everything in it was typed or printed by somebody else. It is bounded and without control characters.

use std::{
    collections::{BTreeMap, BTreeSet},
    time::Duration,
};

use crate::{
    i18n::Localized,
    lesson::{Cause, Evidence, Fact, Lang, NodeName, OutputKind, Record, TerminalName},
    render::untrusted,
};

use super::{
    messages,
    outcome::{Moment, MomentKind},
};

/// How many moments are told of one step; of more, the first and the last half.
const MAX_MOMENTS: usize = 200;

/// How many bytes of one moment's text are told.
const MAX_TEXT: usize = 2048;

/// What IEx greets with says nothing about an answer.
const BANNERS: [&str; 2] = ["Interactive Elixir", "Erlang/OTP"];

/// The present step of `evidence`. What is said of nodes and files is in `lang`.
pub(super) fn moments(evidence: &Evidence, lang: Lang) -> Vec<Moment> {
    let step = evidence.step();
    let began = step.first().map_or(Duration::ZERO, |record| record.at);
    let mut teller = TimelineBuilder::before(evidence, lang, began);
    for (record, later) in by_cause(step) {
        teller.tell(record, later);
    }
    teller.finish();
    shortened(teller.moments, lang)
}

/// The records of a step, each behind the input that brought it about, and with what followed it in time.
fn by_cause(step: &[Record]) -> Vec<(&Record, &[Record])> {
    let mut first: BTreeMap<&Cause, usize> = BTreeMap::new();
    for (index, record) in step.iter().enumerate() {
        if let (Some(cause), Fact::Input { .. } | Fact::Line { .. }) = (&record.cause, &record.fact) {
            first.entry(cause).or_insert(index);
        }
    }
    let place = |(index, record): (usize, &Record)| {
        let begin = record.cause.as_ref().and_then(|cause| first.get(cause)).copied().unwrap_or(index);
        // From another node a consequence may come before its input is told of.
        (begin, index != begin, index)
    };
    let mut places: Vec<_> = step.iter().enumerate().map(place).collect();
    places.sort_unstable();
    places.into_iter().map(|(.., index)| (&step[index], &step[index + 1..])).collect()
}

struct TimelineBuilder {
    lang: Lang,
    began: Duration,
    moments: Vec<Moment>,
    /// The expression whose lines are being told.
    expression: Option<Cause>,
    /// How many bytes of the last moment's text were left out.
    lost: usize,
    /// The node that runs in each terminal, or ran there last.
    nodes: BTreeMap<TerminalName, NodeName>,
    /// The terminals whose node has stopped.
    stopped: BTreeSet<TerminalName>,
    files: BTreeMap<String, Option<String>>,
    /// Pairs of nodes that see each other; the two directions come as facts of their own.
    pairs: BTreeSet<(NodeName, NodeName)>,
}

impl TimelineBuilder {
    /// Knows all that had come about when the step began.
    fn before(evidence: &Evidence, lang: Lang, began: Duration) -> Self {
        let mut teller = Self {
            lang,
            began,
            moments: Vec::new(),
            expression: None,
            lost: 0,
            nodes: BTreeMap::new(),
            stopped: BTreeSet::new(),
            files: BTreeMap::new(),
            pairs: BTreeSet::new(),
        };
        let records = evidence.records();
        for record in &records[..records.len() - evidence.step().len()] {
            match &record.fact {
                Fact::NodeStarted { terminal, node, .. } => {
                    teller.nodes.insert(terminal.clone(), node.clone());
                    teller.stopped.remove(terminal);
                }
                Fact::NodeStopped { terminal, .. } => {
                    teller.stopped.insert(terminal.clone());
                }
                Fact::Connected { on, to } => {
                    teller.pairs.insert(pair(on, to));
                }
                Fact::Disconnected { on, from } => {
                    teller.pairs.remove(&pair(on, from));
                }
                Fact::Input { .. }
                | Fact::Line { .. }
                | Fact::Output { .. }
                | Fact::LeftOut { .. }
                | Fact::Prompt { .. }
                | Fact::CommandEnded { .. }
                | Fact::Message { .. }
                | Fact::Process { .. }
                | Fact::Registered { .. }
                | Fact::Unregistered { .. }
                | Fact::LookedUp { .. }
                | Fact::Probed { .. }
                | Fact::File { .. }
                | Fact::Chose { .. }
                | Fact::Fault(_)
                | Fact::StepBegan => {}
            }
        }
        teller
    }

    fn tell(&mut self, record: &Record, later: &[Record]) {
        let at = record.at;
        match &record.fact {
            // What IEx took of it follows line by line.
            Fact::Input { terminal, .. }
                if record.cause.is_none() && later.iter().any(|later| is_line(later, terminal)) => {}
            Fact::Input { terminal, text, at_node } => {
                self.add(at, Some(terminal), MomentKind::Typed, &typed(text, *at_node), None);
            }
            Fact::Line { terminal, text, .. } => {
                let goes_on = self.expression.as_ref() == record.cause.as_ref();
                let is_typed = |last: &&mut Moment| last.kind == MomentKind::Typed;
                if goes_on && let Some(last) = self.moments.last_mut().filter(is_typed) {
                    self.lost += append(&mut last.text, &format!("\n...> {}", text.trim_end_matches('\n')));
                } else if !text.trim().is_empty() {
                    self.add(at, Some(terminal), MomentKind::Typed, &typed(text, true), None);
                }
                self.expression.clone_from(&record.cause);
            }
            Fact::Chose { choice } => self.add(at, None, MomentKind::Typed, &format!("? {choice}"), None),
            Fact::Fault(fault) => self.add(at, None, MomentKind::Typed, &format!("/{fault}"), None),
            Fact::Output { terminal, kind, by, text, .. } => {
                self.printed(at, terminal, *kind, by.as_ref(), text);
            }
            Fact::LeftOut { terminal, bytes } => {
                self.say(at, Some(terminal), MomentKind::Note, &messages::output_left_out(*bytes));
            }
            Fact::NodeStarted { terminal, node, .. } => {
                // It is told again when its cookie changes, or once its project is loaded.
                let is_known = self.nodes.insert(terminal.clone(), node.clone()).as_ref() == Some(node);
                if !is_known || self.stopped.remove(terminal) {
                    self.say(at, Some(terminal), MomentKind::Nodes, &messages::node_started(&node.brief()));
                }
            }
            Fact::NodeStopped { terminal, node } => {
                self.stopped.insert(terminal.clone());
                self.say(at, Some(terminal), MomentKind::Nodes, &messages::node_stopped(&node.brief()));
            }
            Fact::Connected { on, to } => {
                if self.pairs.insert(pair(on, to)) {
                    self.say(at, None, MomentKind::Nodes, &messages::nodes_met(&on.brief(), &to.brief()));
                }
            }
            Fact::Disconnected { on, from } => {
                if self.pairs.remove(&pair(on, from)) {
                    self.say(
                        at,
                        None,
                        MomentKind::Nodes,
                        &messages::nodes_parted(&on.brief(), &from.brief()),
                    );
                }
            }
            Fact::CommandEnded { terminal, code: Some(code @ 1..), .. } => {
                self.say(at, Some(terminal), MomentKind::Note, &messages::ended_with(*code));
            }
            Fact::CommandEnded { terminal, code: None, .. } => {
                self.say(at, Some(terminal), MomentKind::Note, &messages::ended_by_a_signal());
            }
            Fact::Message { from, to, text, .. } => {
                let text = format!("{} → {}: {text}", from.brief(), to.brief());
                self.add(at, None, MomentKind::Message, &text, None);
            }
            // What a probe asks for is none of the learner's doing, and is asked often.
            Fact::LookedUp { name, found: false } if self.is_spoken_of(name) => {
                self.say(at, None, MomentKind::Nodes, &messages::nobody_of_that_name(name));
            }
            Fact::File { path, text } => self.saved(at, path, text.as_ref()),
            Fact::CommandEnded { code: Some(_), .. }
            | Fact::LookedUp { .. }
            | Fact::Prompt { .. }
            | Fact::Registered { .. }
            | Fact::Unregistered { .. }
            | Fact::Probed { .. }
            | Fact::Process { .. }
            | Fact::StepBegan => {}
        }
    }

    /// Whether it has been typed, or stands in a file.
    fn is_spoken_of(&self, name: &str) -> bool {
        let typed = self.moments.iter().filter(|moment| moment.kind == MomentKind::Typed);
        let files = self.files.values().flatten();
        typed.map(|moment| &moment.text).chain(files).any(|text| text.contains(name))
    }

    fn saved(&mut self, at: Duration, path: &str, text: Option<&String>) {
        let before = self.files.insert(path.to_owned(), text.cloned());
        match (before, text) {
            (Some(before), Some(text)) if before.as_ref() != Some(text) => {
                self.say(at, None, MomentKind::Note, &messages::file_saved(path));
            }
            (Some(Some(_)), None) => self.say(at, None, MomentKind::Note, &messages::file_removed(path)),
            // The first time it is looked at, before anything was done; or nothing has changed.
            (None | Some(_), None | Some(_)) => {}
        }
    }

    fn printed(
        &mut self,
        at: Duration,
        terminal: &TerminalName,
        kind: OutputKind,
        by: Option<&NodeName>,
        text: &str,
    ) {
        if kind == OutputKind::Shell && BANNERS.iter().any(|banner| text.trim_start().starts_with(banner)) {
            return;
        }
        let kind = match kind {
            OutputKind::Result => MomentKind::Value,
            OutputKind::Error => MomentKind::Error,
            OutputKind::Log => MomentKind::Log,
            OutputKind::Shell => MomentKind::Note,
            OutputKind::Print | OutputKind::Stderr | OutputKind::Raw => MomentKind::Printed,
        };
        let stranger = by.filter(|by| by.is_named() && self.nodes.get(terminal) != Some(by));
        self.add(at, Some(terminal), kind, text, stranger.map(NodeName::brief));
    }

    fn say(&mut self, at: Duration, terminal: Option<&TerminalName>, kind: MomentKind, words: &Localized) {
        self.add(at, terminal, kind, words.speak(self.lang), None);
    }

    /// Output comes in pieces: what goes on where the last moment stopped is a part of it.
    fn add(
        &mut self,
        at: Duration,
        terminal: Option<&TerminalName>,
        kind: MomentKind,
        text: &str,
        by: Option<String>,
    ) {
        let terminal = terminal.map(ToString::to_string);
        let by = by.as_deref().map(untrusted::plain);
        let is_output = matches!(kind, MomentKind::Printed | MomentKind::Value | MomentKind::Log);
        let goes_on =
            |last: &&mut Moment| is_output && last.kind == kind && last.terminal == terminal && last.by == by;
        match self.moments.last_mut().filter(goes_on) {
            Some(last) => self.lost += append(&mut last.text, text),
            None => {
                self.finish();
                let at = at.saturating_sub(self.began).as_millis();
                let at = u64::try_from(at).unwrap_or(u64::MAX);
                let mut moment = Moment { at, terminal, kind, text: String::new(), by };
                self.lost = append(&mut moment.text, text);
                self.moments.push(moment);
            }
        }
    }

    /// The last moment is whole now.
    fn finish(&mut self) {
        let lost = std::mem::take(&mut self.lost);
        let Some(last) = self.moments.last_mut() else { return };
        let mut lines = untrusted::lines(&last.text, false, self.lang);
        if lost > 0 {
            lines.push(messages::and_more(lost as u64).speak(self.lang).to_owned());
        }
        last.text = lines.join("\n").trim_matches('\n').trim_end().to_owned();
        if last.text.is_empty() {
            self.moments.pop();
        }
    }
}

fn is_line(record: &Record, at: &TerminalName) -> bool {
    matches!(&record.fact, Fact::Line { terminal, .. } if terminal == at)
}

/// As much as there is room for; how many bytes there were more.
fn append(text: &mut String, more: &str) -> usize {
    let room = MAX_TEXT.saturating_sub(text.len());
    let end = more.floor_char_boundary(room);
    text.push_str(&more[..end]);
    more.len() - end
}

/// As it stood on the screen.
fn typed(text: &str, at_node: bool) -> String {
    let (first, more) = if at_node { ("iex> ", "...> ") } else { ("$ ", "> ") };
    let lines = text.trim_end_matches('\n').split('\n').enumerate();
    let lines: Vec<_> =
        lines.map(|(number, line)| format!("{}{line}", if number == 0 { first } else { more })).collect();
    lines.join("\n")
}

fn pair(one: &NodeName, other: &NodeName) -> (NodeName, NodeName) {
    let (one, other) = (one.min(other), one.max(other));
    (one.clone(), other.clone())
}

fn shortened(mut moments: Vec<Moment>, lang: Lang) -> Vec<Moment> {
    let Some(left_out) = moments.len().checked_sub(MAX_MOMENTS).filter(|left_out| *left_out > 0) else {
        return moments;
    };
    // One more gives way to the note.
    let from = MAX_MOMENTS / 2;
    let to = from + left_out + 1;
    let text = messages::moments_left_out(left_out + 1).speak(lang).to_owned();
    let note = Moment { at: moments[from].at, terminal: None, kind: MomentKind::Note, text, by: None };
    moments.splice(from..to, [note]);
    moments
}

#[cfg(test)]
mod tests;
