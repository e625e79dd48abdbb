//! The part of the evidence that is judged, looked at from the sides that conditions ask for.

use std::{borrow::Cow, cell::OnceCell};

use crate::lesson::{Evidence, Fact, NodeName, OutputKind, Record, TerminalName, World};

/// Built once for all conditions of one judgement.
pub struct Scene<'a> {
    pub world: &'a World,
    /// The window: the present step, or what came since its latest input.
    pub records: &'a [Record],
    /// The whole step, which probes are judged on.
    pub step: &'a [Record],
    /// Since the section began.
    pub all: &'a [Record],
    runs: OnceCell<Vec<Run<'a>>>,
}

/// Consecutive outputs of one origin on one terminal: a text may arrive in pieces.
pub struct Run<'a> {
    pub terminal: &'a TerminalName,
    pub kind: OutputKind,
    pub by: Option<&'a NodeName>,
    /// Without ANSI sequences.
    pub text: Cow<'a, str>,
    /// The index of its first record in the window.
    pub from: usize,
}

#[derive(Clone, Copy)]
pub struct Typed<'a> {
    pub terminal: &'a TerminalName,
    pub text: &'a str,
    pub at_node: bool,
    pub index: usize,
}

impl<'a> Scene<'a> {
    pub fn new(evidence: &'a Evidence, records: &'a [Record]) -> Self {
        let (world, all) = (evidence.world(), evidence.records());
        Self { world, records, step: evidence.step(), all, runs: OnceCell::new() }
    }

    pub fn inputs(&self) -> impl Iterator<Item = Typed<'a>> + use<'a> {
        self.records.iter().enumerate().filter_map(|(index, record)| {
            let Fact::Input { terminal, text, at_node } = &record.fact else { return None };
            Some(Typed { terminal, text, at_node: *at_node, index })
        })
    }

    /// What came of each input: all until the next one in the same terminal.
    pub fn windows(&self) -> Vec<Self> {
        let inputs: Vec<_> = self.inputs().collect();
        let window = |(number, input): (usize, &Typed<'a>)| {
            let later = inputs[number + 1..].iter().find(|later| later.terminal == input.terminal);
            let records = &self.records[input.index..later.map_or(self.records.len(), |later| later.index)];
            Self { world: self.world, records, step: self.step, all: self.all, runs: OnceCell::new() }
        };
        inputs.iter().enumerate().map(window).collect()
    }

    /// The index after which an input's consequences on `terminal` stand: its last input there, or, where none was
    /// typed there, the first input anywhere.
    pub fn since_input(&self, terminal: &TerminalName) -> Option<usize> {
        let there = self.inputs().filter(|input| input.terminal == terminal).last();
        there.or_else(|| self.inputs().next()).map(|input| input.index)
    }

    pub fn runs(&self) -> &[Run<'a>] {
        self.runs.get_or_init(|| runs(self.records))
    }

    /// The runs of what came after that index, in pieces of its own.
    pub fn runs_since(&self, index: usize) -> Vec<Run<'a>> {
        runs(self.records.get(index..).unwrap_or_default())
    }

    /// The node of that terminal: the one that runs there, or ran there last.
    pub fn own_node(&self, terminal: &TerminalName) -> Option<&'a NodeName> {
        let running = self.world.running.get(terminal).map(|running| &running.node);
        running.or_else(|| {
            self.all.iter().rev().find_map(|record| {
                let Fact::NodeStarted { terminal: there, node, .. } = &record.fact else { return None };
                (there == terminal).then_some(node)
            })
        })
    }

    /// The number of the input that a record follows, from 0.
    pub fn inputs_before(&self, index: usize) -> usize {
        self.inputs().take_while(|input| input.index < index).count().saturating_sub(1)
    }

    /// Every terminal that the window speaks of.
    pub fn terminals(&self) -> Vec<&'a TerminalName> {
        let mut terminals: Vec<_> = self.inputs().map(|input| input.terminal).collect();
        terminals.sort();
        terminals.dedup();
        terminals
    }
}

fn runs(records: &[Record]) -> Vec<Run<'_>> {
    let mut runs: Vec<Run<'_>> = Vec::new();
    // Which run a terminal's next output may go on, by position in `runs`.
    let mut open: Vec<(&TerminalName, usize)> = Vec::new();
    for (index, record) in records.iter().enumerate() {
        if let Fact::Input { terminal, .. } = &record.fact {
            open.retain(|(there, _)| *there != terminal);
        }
        let Fact::Output { terminal, kind, by, text } = &record.fact else { continue };
        let last = open.iter().find(|(there, _)| *there == terminal).map(|(_, at)| *at);
        if let Some(at) = last.filter(|at| runs[*at].kind == *kind && runs[*at].by == by.as_ref()) {
            runs[at].text.to_mut().push_str(text);
            continue;
        }
        open.retain(|(there, _)| *there != terminal);
        open.push((terminal, runs.len()));
        let text = Cow::Borrowed(text.as_str());
        runs.push(Run { terminal, kind: *kind, by: by.as_ref(), text, from: index });
    }
    for run in &mut runs {
        if run.text.contains('\u{1b}') {
            run.text = Cow::Owned(without_escapes(&run.text));
        }
        if run.text.contains('\r') {
            run.text = Cow::Owned(run.text.replace("\r\n", "\n"));
        }
    }
    runs
}

/// `text` without ANSI sequences.
pub fn without_escapes(text: &str) -> String {
    anstream::adapter::strip_str(text).to_string()
}
