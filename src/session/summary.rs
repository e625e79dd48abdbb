//! How a section went: what was seen, what was predicted, tries and time.

use std::time::Duration;

use crate::{
    i18n::{Localized, Verbatim},
    lesson::{Step, Task},
};

use super::{
    Outcome, Session,
    notice::{PredictionRemark, SectionSummary, StepSummary},
    progress::StepRecord,
};

impl Session {
    /// Of the present section.
    pub(super) fn summary(&self) -> SectionSummary {
        let section = self.place.section(&self.lesson);
        let prose = self.lesson.prose(self.lang).sections.get(&section.id);
        SectionSummary {
            title: prose.map_or_else(String::new, |prose| prose.title.clone()),
            steps: section.steps.iter().map(|step| self.step_summary(step)).collect(),
        }
    }

    fn step_summary(&self, step: &Step) -> StepSummary {
        let blank = StepRecord::default();
        let record = self.progress.steps.get(step.id.as_str()).unwrap_or(&blank);
        StepSummary {
            title: self.prose_of(step).title.clone(),
            mark: self.mark(step),
            seen: (record.outcome == Outcome::Passed).then(|| self.seen(step)).flatten(),
            prediction: record.prediction.as_deref().and_then(|chosen| self.remark(step, chosen)),
            tries: record.tries,
            hints: record.hints,
            took: Duration::from_secs(record.seconds),
        }
    }

    /// The first of its goals, or of its conditions that a learner could see come to hold.
    fn seen(&self, step: &Step) -> Option<Localized> {
        let Task::Do { check, .. } = &step.task else { return None };
        if let Some(goal) = check.goals.first() {
            let words = self.prose_of(step).goals.get(&goal.id)?;
            return Some(Verbatim::lesson(&words.holds).into());
        }
        let condition = check.conditions.iter().find(|condition| !condition.is_guard())?;
        Some(condition.achieved())
    }

    /// What is said of that prediction once the evidence is in.
    pub(super) fn remark(&self, step: &Step, chosen: &str) -> Option<PredictionRemark> {
        let question = step.predict.as_ref()?;
        let choice = question.choices.iter().find(|choice| choice.as_str() == chosen)?;
        let prose = self.prose_of(step).predict.as_ref()?.choices.get(choice)?;
        let right = question.correct == *choice;
        Some(PredictionRemark { right, chosen: prose.text.clone(), why: prose.why.clone() })
    }
}
