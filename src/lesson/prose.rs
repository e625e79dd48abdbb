//! What a lesson says to a person, one value a language.

use sha2::{Digest, Sha256};

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

pub use crate::i18n::Lang;

use super::{
    Nonce,
    glossary::Glossary,
    name::{ChoiceId, GoalId, MistakeId, SectionId, StepId},
};

/// Texts are Markdown unless a field says otherwise.
#[derive(Debug, Clone)]
pub struct Prose {
    /// One line, plain.
    pub title: String,
    pub summary: String,
    pub glossary: Glossary,
    pub mistakes: BTreeMap<MistakeId, Advice>,
    pub sections: BTreeMap<SectionId, SectionProse>,
}

impl Prose {
    /// The term that `word` stands for, as this language writes it, and its explanation (Markdown). Case and the
    /// accents of Greek make no difference.
    pub fn term(&self, word: &str) -> Option<(&str, &str)> {
        self.glossary.find(word).map(|term| (term.name.as_str(), term.text.as_str()))
    }

    /// For a `word` that is no term: the name most like it, which `term` takes.
    pub fn nearest_term(&self, word: &str) -> Option<&str> {
        self.glossary.nearest(word)
    }
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
    /// Terms of the glossary that are met here for the first time.
    pub words: Vec<String>,
    /// Each more specific than the one before.
    pub hints: Vec<String>,
    pub predict: Option<QuestionProse>,
    pub ask: Option<QuestionProse>,
    /// Shown once the step has passed.
    pub after: Option<String>,
    pub goals: BTreeMap<GoalId, GoalProse>,
    pub mistakes: BTreeMap<MistakeId, Advice>,
    /// The fingerprint of the text that this translates, where the author keeps one.
    pub translates: Option<String>,
}

/// Two sentences of one line, without their full stops; code in them stands between backquotes.
#[derive(Debug, Clone)]
pub struct GoalProse {
    /// What is so once all of its conditions hold.
    pub holds: String,
    /// What is not so yet.
    pub missing: String,
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
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Advice {
    pub seen: String,
    pub attempt: String,
}

/// What tells one text of a step from another: eight signs, the same for every learner.
pub fn fingerprint(step: &StepProse, nonce: &Nonce) -> String {
    let mut digest = Sha256::new();
    for text in step.texts() {
        digest.update(nonce.blank(text));
        digest.update([0]);
    }
    digest.finalize().iter().take(4).map(|byte| format!("{byte:02x}")).collect()
}

impl StepProse {
    /// All that it says, in one order.
    pub fn texts(&self) -> Vec<&str> {
        let questions = self.predict.iter().chain(&self.ask);
        let asked = questions.flat_map(|question| {
            let choices = question.choices.values().flat_map(|choice| [&choice.text, &choice.why]);
            std::iter::once(&question.ask).chain(choices)
        });
        let goals = self.goals.values().flat_map(|goal| [&goal.holds, &goal.missing]);
        let advice = self.mistakes.values().flat_map(|advice| [&advice.seen, &advice.attempt]);
        let texts = [&self.title, &self.text].into_iter().chain(&self.hints).chain(asked).chain(&self.after);
        texts.chain(goals).chain(advice).map(String::as_str).collect()
    }
}
