//! Where in a lesson a learner is, and the way to other places.

use crate::lesson::{Lesson, Section, Step, StepId};

/// Indices that the lesson is known to have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    pub section: usize,
    pub step: usize,
}

impl Position {
    pub const START: Self = Self { section: 0, step: 0 };

    pub fn of(lesson: &Lesson, id: &str) -> Option<Self> {
        lesson.sections.iter().enumerate().find_map(|(section, candidate)| {
            let step = candidate.steps.iter().position(|step| step.id.as_str() == id)?;
            Some(Self { section, step })
        })
    }

    /// Takes what a person types after `/goto`: a step's id, a section's id, `3` (a step of this section) or `2.3`.
    pub fn named(self, lesson: &Lesson, word: &str) -> Option<Self> {
        let section = || lesson.sections.iter().position(|section| section.id.as_str() == word);
        Self::of(lesson, word)
            .or_else(|| section().map(|section| Self { section, step: 0 }))
            .or_else(|| self.numbered(word).filter(|place| place.exists(lesson)))
    }

    fn numbered(self, word: &str) -> Option<Self> {
        let index = |number: &str| number.parse::<usize>().ok()?.checked_sub(1);
        match word.split_once('.') {
            Some((section, step)) => Some(Self { section: index(section)?, step: index(step)? }),
            None => Some(Self { step: index(word)?, ..self }),
        }
    }

    fn exists(self, lesson: &Lesson) -> bool {
        lesson.sections.get(self.section).is_some_and(|section| self.step < section.steps.len())
    }

    pub fn section(self, lesson: &Lesson) -> &Section {
        &lesson.sections[self.section]
    }

    pub fn step(self, lesson: &Lesson) -> &Step {
        &self.section(lesson).steps[self.step]
    }

    pub fn next(self, lesson: &Lesson) -> Option<Self> {
        let same = Self { step: self.step + 1, ..self };
        let following = Self { section: self.section + 1, step: 0 };
        [same, following].into_iter().find(|place| place.exists(lesson))
    }

    pub fn back(self, lesson: &Lesson) -> Option<Self> {
        match self.step.checked_sub(1) {
            Some(step) => Some(Self { step, ..self }),
            None => {
                let section = self.section.checked_sub(1)?;
                Some(Self { section, step: lesson.sections[section].steps.len() - 1 })
            }
        }
    }

    /// The ids that `/goto` could have meant, nearest first.
    pub fn like(lesson: &Lesson, word: &str) -> Option<StepId> {
        let steps = lesson.sections.iter().flat_map(|section| &section.steps);
        let near = steps.map(|step| (strsim::jaro_winkler(step.id.as_str(), word), &step.id));
        near.filter(|(score, _)| *score > 0.8).max_by(|a, b| a.0.total_cmp(&b.0)).map(|(_, id)| id.clone())
    }
}
