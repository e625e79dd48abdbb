//! What steps are worth in one grading: weights, and whether a step that fell short earns a part.

use std::collections::BTreeMap;

use crate::lesson::{Condition, Section, Step};

/// A teacher's scheme. Without one every step is worth its own points, and nothing but passing earns any.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Scheme {
    /// By the id of a section or a step; those of both multiply.
    pub weights: BTreeMap<String, f64>,
    pub partial: Partial,
}

/// What a step earns that failed or timed out.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Partial {
    #[default]
    None,
    /// The share of its conditions that came to hold by what was done.
    Conditions,
}

impl Scheme {
    /// The most that the step earns.
    pub fn worth(&self, section: &Section, step: &Step) -> f64 {
        let weight = |id: &str| self.weights.get(id).copied().unwrap_or(1.0);
        rounded(f64::from(step.points) * weight(section.id.as_str()) * weight(step.id.as_str()))
    }

    /// What a step earns of `worth` that fell short: `came` says of each condition whether it came to hold.
    ///
    /// A guard (`typed`, `silent`, `not` …) earns nothing by holding, but counts among the conditions: what fell short
    /// never earns all.
    pub fn share(&self, worth: f64, conditions: &[Condition], came: &[bool]) -> f64 {
        if self.partial == Partial::None || conditions.is_empty() {
            return 0.0;
        }
        let earned = conditions.iter().zip(came).filter(|(condition, came)| **came && earns(condition));
        rounded(worth * earned.count() as f64 / conditions.len() as f64)
    }
}

/// To a hundredth of a point.
fn rounded(points: f64) -> f64 {
    (points * 100.0).round() / 100.0
}

/// Whether its holding shows a part of the work.
fn earns(condition: &Condition) -> bool {
    match condition {
        Condition::Typed { .. } => false,
        // One that guards is enough for the whole choice to hold.
        Condition::Any(inner) => inner.iter().all(earns),
        Condition::Together(inner) => inner.iter().any(earns),
        Condition::Started { .. }
        | Condition::Stopped { .. }
        | Condition::Connected(..)
        | Condition::Refused(..)
        | Condition::Prints { .. }
        | Condition::Returns { .. }
        | Condition::Raises { .. }
        | Condition::Silent { .. }
        | Condition::Probe(_)
        | Condition::Waiting { .. }
        | Condition::Message(_)
        | Condition::Runs(_)
        | Condition::File(_)
        | Condition::Not(_) => !condition.is_final(),
    }
}
