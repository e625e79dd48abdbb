//! How far a learner is in a lesson, as values: the very form of `--format json`.

use serde::Serialize;

use crate::{
    lesson::{Lang, Lesson, Step},
    session::progress::{Outcome, Progress, StepRecord},
};

#[derive(Debug, Serialize)]
pub(crate) struct Summary {
    pub lesson: String,
    pub title: String,
    #[serde(skip)]
    pub about: String,
    pub minutes: u32,
    /// The step at which the learner goes on; none before the first start.
    pub at: Option<String>,
    pub sections: Vec<SectionSummary>,
    pub total: Total,
}

#[derive(Debug, Serialize)]
pub(crate) struct SectionSummary {
    pub id: String,
    pub title: String,
    pub minutes: u32,
    pub passed: usize,
    pub steps: Vec<StepSummary>,
}

#[derive(Debug, Serialize)]
pub(crate) struct StepSummary {
    pub id: String,
    pub title: String,
    pub outcome: Outcome,
    pub tries: usize,
    pub hints: usize,
    /// Spent on it, long pauses left out.
    pub seconds: u64,
    pub answer_shown: bool,
    /// None where nothing was predicted.
    pub prediction: Option<Prediction>,
    /// A closing question that was answered wrong first.
    pub missed: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Prediction {
    Right,
    Wrong,
}

#[derive(Debug, Default, Serialize)]
pub(crate) struct Total {
    pub steps: usize,
    pub passed: usize,
    pub skipped: usize,
    pub open: usize,
    pub tries: usize,
    pub hints: usize,
    pub answers_shown: usize,
    pub predicted_right: usize,
    pub predicted_wrong: usize,
}

impl Summary {
    /// What the progress says of steps that the lesson no longer has is left out.
    pub(crate) fn of(lesson: &Lesson, progress: &Progress, lang: Lang) -> Self {
        let prose = lesson.prose(lang);
        let mut sections = Vec::new();
        for section in &lesson.sections {
            let titles = prose.sections.get(&section.id);
            let title = |step: &Step| {
                titles.and_then(|titles| titles.steps.get(&step.id)).map(|step| step.title.clone())
            };
            let steps: Vec<_> = section
                .steps
                .iter()
                .map(|step| {
                    let record = progress.steps.get(step.id.as_str()).cloned().unwrap_or_default();
                    StepSummary::of(step, title(step).unwrap_or_default(), &record)
                })
                .collect();
            sections.push(SectionSummary {
                id: section.id.to_string(),
                title: titles.map(|titles| titles.title.clone()).unwrap_or_default(),
                minutes: section.minutes,
                passed: steps.iter().filter(|step| step.outcome == Outcome::Passed).count(),
                steps,
            });
        }
        let at = progress.at.clone().filter(|at| lesson.step(at).is_some());
        Self {
            lesson: lesson.id.to_string(),
            title: prose.title.clone(),
            about: prose.summary.clone(),
            minutes: lesson.sections.iter().map(|section| section.minutes).sum(),
            at,
            total: Total::of(sections.iter().flat_map(|section| &section.steps)),
            sections,
        }
    }

    /// `2.3` and the title of the step at which the learner goes on.
    pub(crate) fn here(&self) -> Option<(String, &str)> {
        let at = self.at.as_deref()?;
        self.sections.iter().enumerate().find_map(|(section, found)| {
            let step = found.steps.iter().position(|step| step.id == at)?;
            Some((format!("{}.{}", section + 1, step + 1), found.steps[step].title.as_str()))
        })
    }
}

impl StepSummary {
    fn of(step: &Step, title: String, record: &StepRecord) -> Self {
        let correct = step.predict.as_ref().map(|question| question.correct.as_str());
        let prediction = correct
            .zip(record.prediction.as_deref())
            .map(|(correct, chosen)| if correct == chosen { Prediction::Right } else { Prediction::Wrong });
        Self {
            id: step.id.to_string(),
            title,
            outcome: record.outcome,
            tries: record.tries,
            hints: record.hints,
            seconds: record.seconds,
            answer_shown: record.answer_shown,
            prediction,
            missed: record.missed,
        }
    }
}

impl Total {
    fn of<'a>(steps: impl Iterator<Item = &'a StepSummary>) -> Self {
        let mut total = Self::default();
        for step in steps {
            total.steps += 1;
            *match step.outcome {
                Outcome::Passed => &mut total.passed,
                Outcome::Skipped => &mut total.skipped,
                Outcome::Open => &mut total.open,
            } += 1;
            // A file may say any number.
            total.tries = total.tries.saturating_add(step.tries);
            total.hints = total.hints.saturating_add(step.hints);
            total.answers_shown += usize::from(step.answer_shown);
            total.predicted_right += usize::from(step.prediction == Some(Prediction::Right));
            total.predicted_wrong += usize::from(step.prediction == Some(Prediction::Wrong));
        }
        total
    }
}
