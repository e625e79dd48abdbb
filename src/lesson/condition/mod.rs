//! Conditions: what a checkpoint asks for, a file for each.
//!
//! A condition's file holds all that is to be known about it: how it is written in YAML, when it holds, what is told
//! of it in every language, and its tests. To add one, write its file beside these, declare it, and name it in
//! `conditions!` below.
//!
//! [`read`] finds the verb of a mapping, [`shape`] what its values may be; [`Scene`] is the evidence that is judged.

mod any;
mod connected;
mod fault;
mod file;
mod in_order;
mod message;
mod not;
mod prints;
mod probe;
mod raises;
mod read;
mod refused;
mod returns;
mod runs;
pub mod sample;
mod shape;
mod silent;
mod started;
mod stopped;
#[cfg(test)]
pub(crate) mod testing;
mod text;
mod together;
mod typed;
mod unproved;
mod waiting;
mod wording;

// Every condition's file has these as well.
use std::{fmt, ops::Deref};

use super::{
    Cause, Fact, NodeName, OutputKind, Pattern, ProbeOutcome, Prompt, Record, TerminalName,
    judge::{Finding, Judgement, Run, Scene, findings, is_deed, judge_all, judge_one, without_escapes},
    shell_line::ShellLine,
    syntax,
};
use crate::i18n::{Localized, Verbatim, comma, semicolon};

pub use file::Definition;
pub use read::{Counts, Form, KeyInfo, conditions, forms};
pub use text::Text;

use read::{Fields, Key};
use sample::{Left, ModelRun, Sample, What, combined, first};
use shape::*;
use text::{is_coded, readable};
use wording::*;

/// Makes the type and the list of verbs from one line a condition.
macro_rules! conditions {
    ($($module:ident::$name:ident,)*) => {
        $(pub use $module::$name;)*

        #[derive(Debug, Clone)]
        pub enum Condition {
            $($name($name),)*
        }

        impl Deref for Condition {
            type Target = dyn Verb;

            fn deref(&self) -> &Self::Target {
                match self {
                    $(Self::$name(condition) => condition,)*
                }
            }
        }

        $(impl From<$name> for Condition {
            fn from(condition: $name) -> Self {
                Self::$name(condition)
            }
        })*

        /// Every way to write a condition, and what reads it.
        const FORMS: &[(&[Form], Reader)] =
            &[$(($name::FORMS, |fields| $name::read(fields).map(Condition::$name))),*];
    };
}

conditions! {
    started::Started,
    stopped::Stopped,
    connected::Connected,
    refused::Refused,
    prints::Prints,
    returns::Returns,
    raises::Raises,
    silent::Silent,
    probe::Probe,
    waiting::Waiting,
    typed::Typed,
    message::Message,
    runs::Runs,
    fault::Befallen,
    file::File,
    any::Any,
    together::Together,
    in_order::InOrder,
    not::Not,
    unproved::Unproved,
}

type Reader = fn(&mut Fields<'_, '_>) -> Option<Condition>;

/// How a condition is written.
trait Written: Sized {
    const FORMS: &'static [Form];

    /// Reads its fields; complains and gives none where one is wrong.
    fn read(fields: &mut Fields<'_, '_>) -> Option<Self>;
}

/// When a condition can be judged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Round {
    AnyTime,
    /// A choice with something final in it.
    Mixed,
    /// Once everything else holds and all is quiet.
    Final,
}

/// What every condition answers.
pub trait Verb: fmt::Debug {
    /// Whether it holds in `scene`, and what was seen. `settled`: everything else holds and all is quiet.
    fn judge(&self, scene: &Scene<'_>, settled: bool) -> Judgement;

    /// What it expects, as a sentence without its full stop.
    fn expected(&self) -> Localized;

    /// That it is not so.
    fn denied(&self) -> Localized {
        wording::not_so(&self.expected())
    }

    /// What has been achieved once it holds: without what only guards it.
    fn achieved(&self) -> Localized {
        self.expected()
    }

    /// What must hold on one and the same input, each as it stands on the latest.
    fn parts(&self, _scene: &Scene<'_>, _settled: bool) -> Vec<Finding> {
        Vec::new()
    }

    fn round(&self) -> Round {
        Round::AnyTime
    }

    /// Of a final one that does not hold: whether something speaks against it, or it was only not looked at yet.
    fn is_refuted(&self, _scene: &Scene<'_>) -> bool {
        true
    }

    /// Whether it can't hold where nothing was done: a check needs one such condition at least.
    fn needs_action(&self) -> bool {
        true
    }

    /// Whether it looks at what a learner can't see happen (a probe, the form of an input, what did not happen): it
    /// guards the step, and shows up in `/check` rather than as a tick.
    fn is_guard(&self) -> bool {
        false
    }

    /// Whether a learner sees what it looks at: a probe, the text of a message and the form of a file are the checker's.
    fn is_visible(&self) -> bool {
        self.inner().iter().all(|inner| inner.is_visible())
    }

    /// Whether its own words show code that only the checker reads: a pattern, a regular expression, a probe.
    fn is_coded(&self) -> bool {
        self.inner().iter().any(|inner| inner.is_coded())
    }

    /// Whether it looks at how things stand now, and at nothing that an input brought about.
    fn is_state(&self) -> bool {
        false
    }

    /// Whether its holding shows a part of the work, and earns a part of the step's points.
    fn earns(&self) -> bool {
        self.round() != Round::Final
    }

    /// Whether two nodes must turn each other away, so that neither can spawn on the other.
    fn keeps_nodes_apart(&self) -> bool {
        self.inner().iter().any(|inner| inner.keeps_nodes_apart())
    }

    /// The conditions that it is made of.
    fn inner(&self) -> &[Condition] {
        &[]
    }

    /// The same, made of other conditions; none of what is made of none.
    fn with_inner(&self, _inner: Vec<Condition>) -> Option<Condition> {
        None
    }

    /// The terminals that it speaks of.
    fn terminals(&self) -> Vec<&TerminalName> {
        self.inner().iter().flat_map(|inner| inner.terminals()).collect()
    }

    /// The probes that it asks.
    fn probes(&self) -> Vec<&Probe> {
        self.inner().iter().flat_map(|inner| inner.probes()).collect()
    }

    /// The files of the workspace that it looks at.
    fn files(&self) -> Vec<&str> {
        self.inner().iter().flat_map(|inner| inner.files()).collect()
    }

    /// The texts that it asks for, as the model left them: one list for each way to meet it. One that asks for no text
    /// has one way, with nothing in it.
    fn samples(&self, _model: &ModelRun<'_>) -> Vec<Vec<Sample>> {
        vec![Vec::new()]
    }
}

impl Condition {
    /// Whether it is judged only once everything else holds and all is quiet.
    pub fn is_final(&self) -> bool {
        self.round() == Round::Final
    }
}
