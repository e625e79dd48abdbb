//! What a check found of one step.

use std::time::Duration;

use crate::{
    i18n::{Localized, Verbatim},
    lesson::{ChoiceProse, Finding, Holds, Lang, MistakeId, Section, Step, StepId, Verdict},
    render::untrusted,
};

use super::messages;
use super::outcome::{ConditionOutcome, Moment, Record, StepOutcome};

/// How many characters of a text that quotes a node are told.
const MAX_TOLD: usize = 2048;
/// Three lines of a report.
const MAX_EXPECTED: usize = 170;

#[derive(Debug, Clone)]
pub struct StepResult {
    pub section: String,
    pub step: String,
    pub verdict: Verdict,
    /// Earned, and the most that can be earned. A step that could not run counts for nothing on either side.
    pub points: f64,
    pub of: f64,
    /// The part of its conditions that earns something though it fell short.
    pub share: f64,
    /// The first condition that did not hold, and what was seen instead.
    pub expected: Option<Localized>,
    pub seen: Option<Localized>,
    pub hint: Option<String>,
    /// Whether `hint` says why a choice is not right.
    pub is_why: bool,
    pub mistake: Option<MistakeId>,
    /// Every condition as it stood at the end; none for a step that passed or was not tried.
    pub findings: Vec<Finding>,
    /// What happened on all terminals, in order; none for a step that passed or was not tried.
    pub timeline: Vec<Moment>,
    pub record: Option<Record>,
    /// The step before that did not pass: nodes and files were brought to where this one begins.
    pub after: Option<StepId>,
    pub took: Duration,
}

impl StepResult {
    /// Nothing more than the verdict, and what the step is worth.
    pub fn bare(section: &Section, step: &Step, verdict: Verdict, worth: f64) -> Self {
        let (points, of) = match verdict {
            Verdict::Passed => (worth, worth),
            Verdict::Failed | Verdict::TimedOut | Verdict::Skipped | Verdict::Unanswered => (0.0, worth),
            Verdict::CouldNotRun => (0.0, 0.0),
        };
        Self {
            section: section.id.to_string(),
            step: step.id.to_string(),
            verdict,
            points,
            of,
            share: 0.0,
            expected: None,
            seen: None,
            hint: None,
            is_why: false,
            mistake: None,
            findings: Vec::new(),
            timeline: Vec::new(),
            record: None,
            after: None,
            took: Duration::ZERO,
        }
    }

    /// Of a question: what was chosen, and why it is not right.
    #[must_use]
    pub fn explained(self, choice: &ChoiceProse) -> Self {
        let chosen = Verbatim::lesson(&choice.text);
        Self {
            expected: Some(messages::the_right_choice()),
            seen: Some(messages::was_chosen(&chosen)),
            hint: Some(choice.why.split_whitespace().collect::<Vec<_>>().join(" ")),
            is_why: true,
            ..self
        }
    }

    /// The same in one language, fit to be shown: what it quotes of a node holds no control characters.
    pub fn outcome(&self, lang: Lang) -> StepOutcome {
        let spoken = |words: &Option<Localized>| words.as_ref().map(|words| told(words.speak(lang)));
        StepOutcome {
            section: self.section.clone(),
            step: self.step.clone(),
            verdict: self.verdict,
            points: self.points,
            of: self.of,
            share: Some(self.share),
            expected: self.expected.as_ref().map(|words| brief(words.speak(lang))),
            seen: spoken(&self.seen),
            hint: self.hint.as_deref().map(told),
            is_why: self.is_why,
            mistake: self.mistake.as_ref().map(ToString::to_string),
            conditions: self.findings.iter().map(|finding| condition(finding, lang)).collect(),
            record: self.record,
            after: self.after.as_ref().map(ToString::to_string),
            timeline: self.timeline.clone(),
            seconds: (self.took.as_secs_f64() * 1000.0).round() / 1000.0,
        }
    }
}

fn condition(finding: &Finding, lang: Lang) -> ConditionOutcome {
    ConditionOutcome {
        expected: brief(finding.expected.speak(lang)),
        seen: finding.instead().map(|seen| told(seen.speak(lang))),
        holds: finding.holds == Holds::Yes,
    }
}

/// What is expected is read at a glance.
fn brief(text: &str) -> String {
    cut(text, MAX_EXPECTED)
}

fn told(text: &str) -> String {
    cut(text, MAX_TOLD)
}

fn cut(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        Some((at, _)) => format!("{}…", untrusted::quoted(&text[..at])),
        None => untrusted::quoted(text).into_owned(),
    }
}
