//! The part of the evidence that is judged, looked at from the sides that conditions ask for.
//!
//! A part is made of causes: an input and what it brought about, whenever that came. What has no cause belongs to the
//! step, and to no input of it, but for three things. What comes while a command runs at `$` is the command's: the
//! programs that it starts carry no causes. An error that ends a shell is of the latest input: of a kill nobody can tell
//! who asked for it (it may be told before the line that IEx was given, where that was another node's). And the runtime
//! loses causes now and then (`cluster/bridge/cause.ex` says where). What another node's process prints on a terminal
//! stems from that terminal's shell, whose group leader it has, so it is of the last line there; and what is printed or
//! sent while one line alone is being evaluated is of that line.

use std::{
    borrow::Cow,
    cell::{Cell, OnceCell},
    collections::{BTreeMap, BTreeSet},
};

use crate::lesson::{Cause, Evidence, Fact, NodeName, OutputKind, Record, TerminalName, World, syntax::Code};

/// Built once for all conditions of one judgement.
pub struct Scene<'a> {
    pub world: &'a World,
    /// The window: the present step, or what one of its inputs brought about.
    pub records: Vec<&'a Record>,
    /// The whole step, which probes are judged on.
    pub step: &'a [Record],
    /// Since the section began.
    pub all: &'a [Record],
    /// What is typed must be what the input's value comes of: a value is asked for with it.
    pub is_of_value: bool,
    /// What is asked for must not be: what a function of the learner's own does is not held against its name, for the
    /// name may be that of another node's.
    pub is_denied: Cell<bool>,
    evidence: &'a Evidence,
    runs: OnceCell<Vec<Run<'a>>>,
}

/// Consecutive outputs of one origin and cause on one terminal: a text may arrive in pieces.
pub struct Run<'a> {
    pub terminal: &'a TerminalName,
    pub kind: OutputKind,
    pub by: Option<&'a NodeName>,
    pub cause: Option<&'a Cause>,
    /// Without ANSI sequences.
    pub text: Cow<'a, str>,
    /// The index of its first record in the window.
    pub from: usize,
}

/// An input: a command at `$`, or one expression given to IEx, with all its lines.
#[derive(Clone)]
pub struct Typed<'a> {
    pub terminal: &'a TerminalName,
    pub text: Cow<'a, str>,
    pub at_node: bool,
    pub cause: &'a Cause,
    /// Of its first record in the window.
    pub index: usize,
}

impl<'a> Scene<'a> {
    pub fn of_step(evidence: &'a Evidence) -> Self {
        Self::new(evidence, evidence.step().iter().collect())
    }

    /// What the latest input of the step brought about, or what came since a file was saved, and with it what has come
    /// since then without a cause. None where nothing was done in the step.
    pub fn of_latest(evidence: &'a Evidence) -> Option<Self> {
        let step = evidence.step();
        let at = step.iter().rposition(|record| is_deed(&record.fact))?;
        Some(Self::of_deed(evidence, step, at, step.len()))
    }

    /// Likewise of each deed, whatever step it was done in, the latest first; what came without a cause since the next
    /// one is not among it.
    pub fn of_each(evidence: &'a Evidence) -> impl Iterator<Item = Self> {
        let all = evidence.records();
        let mut until = all.len();
        let deeds = (0..all.len()).rev().filter(|at| is_deed(&all[*at].fact));
        deeds.map(move |at| Self::of_deed(evidence, all, at, std::mem::replace(&mut until, at)))
    }

    fn of_deed(evidence: &'a Evidence, among: &'a [Record], at: usize, until: usize) -> Self {
        let cause = among[at].cause.as_ref();
        let since = match &among[at].fact {
            Fact::Line { terminal, .. } => entered_at(&among[..at], terminal).unwrap_or(at),
            _ => at,
        };
        // What ends with a node was begun by an earlier input, and its end is of that cause.
        let is_fault = matches!(among[at].fact, Fact::Fault(_));
        let is_of_it = |(index, record): &(usize, &Record)| match &record.cause {
            Some(known) if !is_fault => Some(known) == cause,
            Some(_) | None => (since..until).contains(index),
        };
        let records = among.iter().enumerate().filter(is_of_it).map(|(_, record)| record).collect();
        Self::new(evidence, records)
    }

    /// Whether a fault was done in it.
    pub fn is_of_fault(&self) -> bool {
        self.records.iter().any(|record| matches!(record.fact, Fact::Fault(_)))
    }

    fn new(evidence: &'a Evidence, records: Vec<&'a Record>) -> Self {
        let (world, all) = (evidence.world(), evidence.records());
        Self {
            world,
            records,
            step: evidence.step(),
            all,
            is_of_value: false,
            is_denied: Cell::new(false),
            evidence,
            runs: OnceCell::new(),
        }
    }

    /// In the order in which they were given.
    pub fn inputs(&self) -> Vec<Typed<'a>> {
        let mut inputs: Vec<Typed<'a>> = Vec::new();
        let mut places: BTreeMap<&Cause, usize> = BTreeMap::new();
        for (index, record) in self.records.iter().copied().enumerate() {
            let (terminal, text, at_node) = match &record.fact {
                Fact::Input { terminal, text, at_node: false } => (terminal, text, false),
                Fact::Line { terminal, text, .. } => (terminal, text, true),
                _ => continue,
            };
            let Some(cause) = &record.cause else { continue };
            match places.get(cause) {
                Some(place) if at_node => inputs[*place].text.to_mut().push_str(text),
                // Keys for the program that the command has started.
                Some(_) => {}
                None => {
                    places.insert(cause, inputs.len());
                    let text = Cow::Borrowed(text.as_str());
                    inputs.push(Typed { terminal, text, at_node, cause, index });
                }
            }
        }
        inputs
    }

    /// What was typed, with what its names stand for.
    pub fn code(&self, input: &Typed<'_>) -> Code {
        Code { is_inside: !self.is_denied.get(), ..self.evidence.code(input.cause, &input.text) }
    }

    /// What came of each input. In one pass: a paste may have thousands.
    pub fn windows(&self) -> Vec<Self> {
        let inputs = self.inputs();
        let places: BTreeMap<&Cause, usize> =
            inputs.iter().enumerate().map(|(place, input)| (input.cause, place)).collect();
        let mut windows: Vec<Vec<&'a Record>> = inputs.iter().map(|_| Vec::new()).collect();
        // The last input in each terminal so far, with the terminal's node.
        let mut last: BTreeMap<&TerminalName, (usize, Option<&NodeName>)> = BTreeMap::new();
        let mut begun = 0;
        // Where a line is being evaluated.
        let mut running: BTreeSet<&TerminalName> = BTreeSet::new();
        // Where something was entered at a node that has not told of its line yet, and the errors since then.
        let mut awaited: Option<&TerminalName> = None;
        let mut errors: Vec<&'a Record> = Vec::new();
        for (index, record) in self.records.iter().copied().enumerate() {
            if let Some(input) = inputs.get(begun).filter(|input| input.index == index) {
                last.insert(input.terminal, (begun, self.own_node(input.terminal)));
                begun += 1;
            }
            match &record.fact {
                Fact::Input { terminal, at_node: true, .. } => awaited = Some(terminal),
                Fact::Line { terminal, .. } => {
                    running.insert(terminal);
                    if awaited == Some(terminal) {
                        awaited = None;
                        let place = record.cause.as_ref().and_then(|cause| places.get(cause));
                        place.into_iter().for_each(|place| windows[*place].append(&mut errors));
                    }
                }
                Fact::Prompt { terminal, .. } | Fact::NodeStopped { terminal, .. } => {
                    running.remove(terminal);
                }
                Fact::Output { kind: OutputKind::Error, .. }
                    if awaited.is_some() && record.cause.is_none() =>
                {
                    errors.push(record);
                    continue;
                }
                _ => {}
            }
            match &record.cause {
                Some(cause) => {
                    places.get(cause).into_iter().for_each(|place| windows[*place].push(record));
                }
                None => {
                    for (place, own) in last.values() {
                        let is_latest = place + 1 == begun;
                        if falls_to(record, &inputs[*place], *own, is_latest.then_some(&running)) {
                            windows[*place].push(record);
                        }
                    }
                }
            }
        }
        // An answer to a program that reads is no line of IEx.
        if let Some(window) = begun.checked_sub(1).and_then(|latest| windows.get_mut(latest)) {
            window.append(&mut errors);
        }
        windows.into_iter().map(|records| self.of(records)).collect()
    }

    /// The first input from `since` on, counted from 0, of which `holds`, as things stood when it was given or before
    /// the next thing was done; of probes, the first answer counts that came after it.
    pub fn first_input(&self, since: usize, mut holds: impl FnMut(&Scene<'_>) -> bool) -> Option<usize> {
        let deeds: Vec<usize> = positions(self.step, |record| is_deed(&record.fact));
        let answers: Vec<usize> = positions(self.step, |record| matches!(record.fact, Fact::Probed { .. }));
        let given: BTreeMap<&Cause, usize> =
            deeds.iter().filter_map(|deed| Some((self.step[*deed].cause.as_ref()?, *deed))).collect();
        let next =
            |among: &[usize], after: usize| among.get(among.partition_point(|at| *at <= after)).copied();
        let mut world = self.evidence.world_at_first().clone();
        let mut until = 0;
        for (place, (window, input)) in self.windows().into_iter().zip(self.inputs()).enumerate() {
            let Some(given) = given.get(input.cause).copied() else { continue };
            let answered = next(&answers, given).unwrap_or(given);
            for end in [given + 1, next(&deeds, answered).unwrap_or(self.step.len())] {
                let end = end.max(until);
                self.step[until..end].iter().for_each(|record| world.take(&record.fact));
                until = end;
                let then = Scene {
                    world: &world,
                    records: window.records.clone(),
                    step: &self.step[..until],
                    all: self.all,
                    is_of_value: self.is_of_value,
                    is_denied: self.is_denied.clone(),
                    evidence: self.evidence,
                    runs: OnceCell::new(),
                };
                if place >= since && holds(&then) {
                    return Some(place);
                }
            }
        }
        None
    }

    /// What was done from that input on, counted from 0, and what came of it.
    #[must_use]
    pub fn since(&self, input: usize) -> Self {
        let inputs = self.inputs();
        let places: BTreeMap<&Cause, usize> =
            inputs.iter().enumerate().map(|(place, input)| (input.cause, place)).collect();
        let start = inputs.get(input).map_or(self.records.len(), |input| input.index);
        let is_since = |(index, record): &(usize, &'a Record)| {
            let place = record.cause.as_ref().and_then(|cause| places.get(cause));
            place.map_or(*index >= start, |place| *place >= input)
        };
        let records = self.records.iter().copied().enumerate().filter(is_since);
        self.of(records.map(|(_, record)| record).collect())
    }

    /// The same, of other records.
    fn of(&self, records: Vec<&'a Record>) -> Self {
        Self { records, runs: OnceCell::new(), is_denied: self.is_denied.clone(), ..*self }
    }

    pub fn runs(&self) -> &[Run<'a>] {
        self.runs.get_or_init(|| runs(&self.records))
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

    /// The number, from 0, of what was entered that brought a record about; of one without a cause, of what was entered
    /// before it.
    pub fn entry_of(&self, index: usize) -> usize {
        let record = self.records[index];
        let is_begin = |other: &&Record| other.cause == record.cause && is_deed(&other.fact);
        let begin =
            record.cause.is_some().then(|| self.records.iter().copied().position(|other| is_begin(&other)));
        let until = begin.flatten().unwrap_or(index);
        let entered =
            self.records[..=until].iter().filter(|record| matches!(record.fact, Fact::Input { .. }));
        entered.count().saturating_sub(1)
    }

    /// Every terminal that something was typed in.
    pub fn terminals(&self) -> Vec<&'a TerminalName> {
        let mut terminals: Vec<_> = self.inputs().iter().map(|input| input.terminal).collect();
        terminals.sort();
        terminals.dedup();
        terminals
    }
}

/// Whether what has no cause is taken for a consequence of the last input of a terminal, whose node is `own`. `running`,
/// given if it is the latest of all terminals, has those where a line is being evaluated.
fn falls_to(
    record: &Record,
    last: &Typed<'_>,
    own: Option<&NodeName>,
    running: Option<&BTreeSet<&TerminalName>>,
) -> bool {
    let is_alone =
        || running.is_some_and(|running| running.iter().all(|terminal| *terminal == last.terminal));
    // What other nodes tell may be heard after the prompt that it came before.
    let is_of_it = |by: &NodeName| {
        is_alone()
            && (own.is_some_and(|own| own != by)
                || running.is_some_and(|running| running.contains(last.terminal)))
    };
    match &record.fact {
        _ if !last.at_node => true,
        Fact::Output { kind: OutputKind::Error, .. } => running.is_some(),
        Fact::Output { terminal, kind, by: Some(by), .. } => {
            (terminal == last.terminal && own.is_some_and(|own| own != by))
                || (*kind == OutputKind::Print && is_of_it(by))
        }
        Fact::Message { from, .. } => is_of_it(from),
        _ => false,
    }
}

/// Where that was entered of which a line comes after `records`; none where it has had lines among them.
fn entered_at(records: &[Record], terminal: &TerminalName) -> Option<usize> {
    let of_terminal = records.iter().rposition(|record| match &record.fact {
        Fact::Input { terminal: there, .. } | Fact::Line { terminal: there, .. } => there == terminal,
        _ => false,
    })?;
    matches!(records[of_terminal].fact, Fact::Input { .. }).then_some(of_terminal)
}

fn positions(records: &[Record], is_sought: impl Fn(&Record) -> bool) -> Vec<usize> {
    records.iter().enumerate().filter(|(_, record)| is_sought(record)).map(|(at, _)| at).collect()
}

/// What a person does, and what all that follows is judged by.
pub fn is_deed(fact: &Fact) -> bool {
    matches!(fact, Fact::Input { .. } | Fact::Line { .. } | Fact::File { .. } | Fact::Fault(_))
}

fn runs<'a>(records: &[&'a Record]) -> Vec<Run<'a>> {
    let mut runs: Vec<Run<'a>> = Vec::new();
    // Which run a terminal's next output may go on, by position in `runs`.
    let mut open: Vec<(&TerminalName, usize)> = Vec::new();
    for (index, record) in records.iter().copied().enumerate() {
        if let Fact::Input { terminal, .. } = &record.fact {
            open.retain(|(there, _)| *there != terminal);
        }
        // What was left out has parted what comes before and after it.
        if let Fact::LeftOut { terminal, .. } = &record.fact {
            open.retain(|(there, _)| *there != terminal);
        }
        let Fact::Output { terminal, kind, by, text, .. } = &record.fact else { continue };
        let cause = record.cause.as_ref();
        let last = open.iter().find(|(there, _)| *there == terminal).map(|(_, at)| *at);
        let goes_on = |run: &Run<'_>| run.kind == *kind && run.by == by.as_ref() && run.cause == cause;
        if let Some(at) = last.filter(|at| goes_on(&runs[*at])) {
            runs[at].text.to_mut().push_str(text);
            continue;
        }
        open.retain(|(there, _)| *there != terminal);
        open.push((terminal, runs.len()));
        let text = Cow::Borrowed(text.as_str());
        runs.push(Run { terminal, kind: *kind, by: by.as_ref(), cause, text, from: index });
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
