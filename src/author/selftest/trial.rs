//! One attempt of a self-test, and what it must come to.

use std::fmt;

use serde::Serialize;

use crate::{
    guide::{Attempted, Watched},
    i18n::{Localized, Verbatim},
    lesson::{Fact, Holds, Input, MistakeId, OutputKind, Record, Verdict},
    session::Position,
};

use super::messages;

/// Of an error's text, so many lines are told.
const MAX_ERROR_LINES: usize = 8;

/// What an attempt proves; the columns of the report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// The model answer passes.
    Model,
    /// Another right answer passes, and is taken for no mistake; nor is what the step's text shows.
    Right,
    /// Nothing typed fails.
    Start,
    /// A wrong answer, or a wrong choice, fails.
    Wrong,
    /// The answer with an input left out fails.
    LeftOut,
    /// The expected texts without the work fail.
    Forged,
}

impl Kind {
    pub const ALL: [Self; 6] =
        [Self::Model, Self::Right, Self::Start, Self::Wrong, Self::LeftOut, Self::Forged];
}

#[derive(Debug, Clone)]
pub struct Trial {
    pub place: Position,
    pub answer: Vec<Input>,
    pub expected: Expected,
}

#[derive(Debug, Clone)]
pub enum Expected {
    /// The model's answer passes; of a `None` it was not tried, since a step before it failed.
    Passes,
    /// Likewise of another answer, which makes no mistake on its way but that one.
    PassesToo { after: Option<MistakeId> },
    /// The code of the step's text, typed as it stands: it may not be all, but it is no mistake.
    IsNoMistake,
    /// Nothing was typed, or a wrong choice was made.
    Fails(Kind),
    /// A known wrong turn.
    FailsAs(Option<MistakeId>),
    /// Input number `input` (from 1) is left out.
    Needs { input: usize, left_out: String },
    /// As `Needs`, of an input that may be left out.
    DoesWithout { input: usize, left_out: String },
}

/// What is wrong with a lesson, and what was seen of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    pub section: usize,
    pub step: Option<usize>,
    pub kind: Kind,
    pub what: Localized,
    /// The inputs, one a line.
    pub tried: Vec<String>,
    pub seen: Vec<Localized>,
    /// This machine's fault, not the lesson's.
    pub could_not_run: bool,
}

impl Trial {
    pub fn kind(&self) -> Kind {
        match &self.expected {
            Expected::Passes => Kind::Model,
            Expected::PassesToo { .. } | Expected::IsNoMistake => Kind::Right,
            Expected::Fails(kind) => *kind,
            Expected::FailsAs(_) => Kind::Wrong,
            Expected::Needs { .. } | Expected::DoesWithout { .. } => Kind::LeftOut,
        }
    }

    /// Whether it matters what the answer looks like on its way.
    pub fn is_watched(&self) -> bool {
        matches!(self.kind(), Kind::Model | Kind::Right)
    }

    /// What the attempt shows to be wrong with the lesson; `step` is what it left as evidence.
    pub fn complaint(&self, attempted: &Attempted, watched: &Watched, step: &[Record]) -> Option<Diagnostic> {
        self.outcome(attempted, step).or_else(|| {
            let owned = match &self.expected {
                Expected::PassesToo { after } => after.as_ref(),
                _ => None,
            };
            let taken_for = watched.mistakes.iter().find(|(_, mistake)| Some(mistake) != owned);
            let said = taken_for.map(|(input, mistake)| messages::taken_for(*input, mistake));
            // Another right answer may meet an error on its way.
            let is_model = matches!(self.expected, Expected::Passes);
            let warned = || {
                let (input, trouble) = watched.troubles.first().filter(|_| is_model)?;
                Some(messages::warned_of(*input, &trouble.shown.1))
            };
            Some(self.complain(said.or_else(warned)?))
        })
    }

    fn outcome(&self, attempted: &Attempted, step: &[Record]) -> Option<Diagnostic> {
        let passed = attempted.verdict == Verdict::Passed;
        let what = match &self.expected {
            Expected::Passes if passed => return None,
            Expected::Passes => messages::model_fails(&attempted.verdict.told()),
            Expected::PassesToo { .. } if !passed => messages::right_fails(&attempted.verdict.told()),
            Expected::PassesToo { .. } | Expected::IsNoMistake => return None,
            Expected::Fails(kind) if passed => passing(*kind),
            Expected::Fails(_) => return None,
            Expected::FailsAs(_) if passed => messages::wrong_passes(),
            Expected::FailsAs(Some(mistake)) if attempted.mistake.as_ref() != Some(mistake) => {
                let taken = attempted
                    .mistake
                    .as_ref()
                    .map_or_else(messages::for_none, |mistake| Verbatim::name(mistake).into());
                messages::not_recognised(mistake, &taken)
            }
            Expected::FailsAs(_) => return None,
            Expected::Needs { input, left_out } if passed => messages::superfluous(*input, &code(left_out)),
            Expected::DoesWithout { input, left_out } if !passed => {
                messages::not_optional(*input, &code(left_out))
            }
            Expected::Needs { .. } | Expected::DoesWithout { .. } => return None,
        };
        let mut seen = seen(attempted);
        if attempted.verdict != Verdict::Passed {
            seen.extend(error(step));
        }
        Some(Diagnostic { seen, ..self.complain(what) })
    }

    pub fn could_not_run(&self, why: Localized) -> Diagnostic {
        Diagnostic { could_not_run: true, ..self.complain(why) }
    }

    fn complain(&self, what: Localized) -> Diagnostic {
        Diagnostic {
            section: self.place.section,
            step: Some(self.place.step),
            kind: self.kind(),
            what,
            tried: self.answer.iter().map(|input| Told(input).to_string()).collect(),
            seen: Vec::new(),
            could_not_run: false,
        }
    }
}

fn passing(kind: Kind) -> Localized {
    match kind {
        Kind::Start => messages::start_passes(),
        Kind::Forged => messages::forgery_passes(),
        Kind::Model | Kind::Right | Kind::Wrong | Kind::LeftOut => messages::wrong_passes(),
    }
}

/// Of an answer that passed, all that held; of another one, the first that did not.
fn seen(attempted: &Attempted) -> Vec<Localized> {
    if attempted.verdict == Verdict::Passed {
        let held = |finding: &crate::lesson::Finding| {
            messages::held(&finding.expected, finding.seen.as_ref().unwrap_or(&finding.expected))
        };
        return attempted.findings.iter().map(held).collect();
    }
    let unmet = attempted.findings.iter().find(|finding| finding.holds != Holds::Yes);
    let told = unmet.map(|finding| {
        let seen = finding.seen.clone().unwrap_or_else(messages::nothing_like_it);
        messages::expected_but_seen(&finding.expected, &seen)
    });
    told.into_iter().collect()
}

/// The last error that a node or a command told of, such as the compiler's: mostly why an answer falls short.
fn error(step: &[Record]) -> Vec<Localized> {
    let told = step.iter().rev().find_map(|record| {
        let Fact::Output { terminal, kind, text, .. } = &record.fact else { return None };
        let begins: fn(&str) -> bool = match kind {
            // Where Elixir says it to standard error.
            OutputKind::Error if text.contains("errors have been logged") => return None,
            OutputKind::Error => |line| !line.trim().is_empty(),
            OutputKind::Stderr | OutputKind::Raw => |line| line.contains("error") || line.contains("Error"),
            _ => return None,
        };
        let mut lines = text.lines().skip_while(|line| !begins(line)).take(MAX_ERROR_LINES);
        let first = messages::printed(terminal, lines.next()?);
        let others = lines.map(|line| Verbatim::said(line).into());
        Some(std::iter::once(first).chain(others).collect())
    });
    told.unwrap_or_default()
}

fn code(text: &str) -> String {
    format!("`{}`", text.trim_end())
}

/// An input on one line, or on several.
pub(super) struct Told<'a>(pub &'a Input);

impl fmt::Display for Told<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Input::Type { terminal, text } => write!(f, "{terminal}: {}", text.trim_end()),
            Input::Write { path, .. } => write!(f, "write: {path}"),
            Input::Edit { path, .. } => write!(f, "edit: {path}"),
            Input::Choose(choice) => write!(f, "choose: {choice}"),
            Input::Close(terminal) => write!(f, "close: {terminal}"),
            Input::Fault(fault) => write!(f, "{fault}"),
        }
    }
}
