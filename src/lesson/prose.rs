//! What a lesson says to a person, one value a language.

use std::collections::BTreeMap;

pub use crate::words::Lang;

use super::name::{ChoiceId, MistakeId, SectionId, StepId};

/// Texts are Markdown unless a field says otherwise.
#[derive(Debug, Clone)]
pub struct Prose {
    /// One line, plain.
    pub title: String,
    pub summary: String,
    /// A term and its explanation.
    pub glossary: BTreeMap<String, String>,
    pub mistakes: BTreeMap<MistakeId, Advice>,
    pub sections: BTreeMap<SectionId, SectionProse>,
}

#[derive(Debug, Clone)]
pub struct SectionProse {
    /// One line, plain.
    pub title: String,
    pub steps: BTreeMap<StepId, StepProse>,
}

#[derive(Debug, Clone)]
pub struct StepProse {
    /// One line, plain.
    pub title: String,
    pub text: String,
    /// Each more specific than the one before.
    pub hints: Vec<String>,
    pub predict: Option<QuestionProse>,
    pub ask: Option<QuestionProse>,
    /// Shown once the step has passed.
    pub after: Option<String>,
    pub mistakes: BTreeMap<MistakeId, Advice>,
}

#[derive(Debug, Clone)]
pub struct QuestionProse {
    pub ask: String,
    pub choices: BTreeMap<ChoiceId, ChoiceProse>,
}

#[derive(Debug, Clone)]
pub struct ChoiceProse {
    pub text: String,
    /// What a learner who chose this is told once the evidence is in.
    pub why: String,
}

/// Two lines: what was seen, what to try.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Advice {
    pub seen: String,
    pub attempt: String,
}
