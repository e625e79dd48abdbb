//! What a value in a lesson's files may be: described once, for reading, for the reference and for the schema.

use std::fmt;

/// What a value may be.
#[derive(Debug, Clone, Copy)]
pub enum Kind {
    /// A text, and what documents call it: `TEXT`, `ELIXIR`, `TERMINAL`.
    Text(&'static str),
    /// One of these.
    Words(&'static [&'static str]),
    Flag,
    /// A whole number, this one at least.
    Whole(u32),
    /// Any number that is not below 0.
    Weight,
    /// A list of so many at least.
    List(&'static Kind, usize),
    Pair(&'static Kind),
    /// One of them, or a list of them.
    OneOrMore(&'static Kind),
    /// Keys of the author's own, what documents call them, and what each has.
    Map(&'static str, &'static Kind),
    Either(&'static [Kind]),
    Record(&'static Record),
    /// One input of an answer.
    Input,
    /// One condition of a checkpoint or of a mistake.
    Condition,
}

/// A mapping with keys of its own.
#[derive(Debug)]
pub struct Record {
    /// As a complaint calls it: `a step`.
    pub what: &'static str,
    pub fields: &'static [FieldInfo],
    /// What its keys are beside those: names of the author's own.
    pub others: Option<(&'static str, Kind)>,
}

/// A key of a mapping.
#[derive(Debug)]
pub struct FieldInfo {
    pub name: &'static str,
    pub need: Need,
    pub kind: Kind,
    pub about: &'static str,
}

/// Whether a key must be there. A question is the whole of a step that has `ask`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Need {
    Required,
    Optional,
    /// Must be there where there is no `ask`, and may be beside one.
    RequiredOfTasks,
    /// Must be there where there is no `ask`, and has no place beside one.
    TasksOnly,
    /// May be there where there is no `ask`, and has no place beside one.
    OptionalOfTasks,
}

impl Need {
    pub fn is_beside_ask(self) -> bool {
        match self {
            Self::Required | Self::Optional | Self::RequiredOfTasks => true,
            Self::TasksOnly | Self::OptionalOfTasks => false,
        }
    }

    pub fn is_required_of_tasks(self) -> bool {
        match self {
            Self::RequiredOfTasks | Self::TasksOnly => true,
            Self::Required | Self::Optional | Self::OptionalOfTasks => false,
        }
    }
}

/// As documents write it.
impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(called) => f.write_str(called),
            Self::Words(words) => f.write_str(&words.join("|")),
            Self::Flag => f.write_str("true|false"),
            Self::Whole(_) | Self::Weight => f.write_str("NUMBER"),
            Self::List(of, _) => write!(f, "[{of}, …]"),
            Self::Pair(of) => write!(f, "[{of}, {of}]"),
            Self::OneOrMore(of) => write!(f, "{of}|[{of}, …]"),
            Self::Map(key, of) => write!(f, "{{ {key}: {of}, … }}"),
            Self::Either(kinds) => {
                let written: Vec<_> = kinds.iter().map(Self::to_string).collect();
                f.write_str(&written.join("|"))
            }
            Self::Record(record) => write!(f, "{}", record.called()),
            Self::Input => f.write_str("INPUT"),
            Self::Condition => f.write_str("CONDITION"),
        }
    }
}

impl Record {
    /// `a step's prose`: `STEP'S PROSE`.
    pub fn called(&self) -> String {
        self.name().to_uppercase()
    }

    /// Without its article and quotes: `step`.
    pub fn name(&self) -> String {
        let bare = self.what.trim_start_matches("a ").trim_start_matches("an ");
        bare.replace('`', "")
    }

    /// This one, and each that its fields lead to, once.
    pub fn all(&'static self) -> Vec<&'static Self> {
        let mut found = vec![self];
        let mut at = 0;
        while let Some(record) = found.get(at).copied() {
            let kinds =
                record.fields.iter().map(|field| field.kind).chain(record.others.map(|(_, kind)| kind));
            for inner in kinds.flat_map(Kind::records) {
                if !found.iter().any(|known| known.what == inner.what) {
                    found.push(inner);
                }
            }
            at += 1;
        }
        found
    }
}

impl Kind {
    pub(super) fn records(self) -> Vec<&'static Record> {
        match self {
            Self::Record(record) => vec![record],
            Self::List(of, _) | Self::Pair(of) | Self::OneOrMore(of) | Self::Map(_, of) => of.records(),
            Self::Either(kinds) => kinds.iter().flat_map(|kind| kind.records()).collect(),
            Self::Text(_)
            | Self::Words(_)
            | Self::Flag
            | Self::Whole(_)
            | Self::Weight
            | Self::Input
            | Self::Condition => Vec::new(),
        }
    }
}
