//! Which ids a lesson file names, right or wrong otherwise: what references and prose are held against.

use crate::lesson::{
    name::ChoiceId,
    raw::{Entries, Field, List, Placed, RawAsk, RawCheck, RawLesson, RawQuestion, RawStep},
    yaml::Span,
};

#[derive(Debug)]
pub(crate) struct Outline {
    pub terminals: Vec<String>,
    pub mistakes: Vec<String>,
    pub sections: Vec<SectionOutline>,
    /// The sections can't be read, so prose can't be held against them.
    pub is_unclear: bool,
}

#[derive(Debug)]
pub(crate) struct SectionOutline {
    pub id: String,
    pub steps: Vec<StepOutline>,
    /// Its steps can't be read, so prose can't be held against them.
    pub is_unclear: bool,
}

#[derive(Debug)]
pub(crate) struct StepOutline {
    pub id: String,
    pub place: Span,
    /// The choices of its prediction, or of its question.
    pub predict: Option<Vec<String>>,
    pub ask: Option<Vec<String>>,
    /// The name of the right choice of either.
    pub correct: Option<String>,
    /// Asks earlier questions again, and has none of its own.
    pub asks_missed: bool,
    pub goals: Vec<String>,
    pub mistakes: Vec<String>,
    /// Its questions or its check can't be read, so prose can't be held against them.
    pub is_unclear: bool,
}

impl Outline {
    pub(crate) fn of(raw: &RawLesson) -> Self {
        let sections = items(&raw.sections).filter_map(|section| {
            let steps = items(&section.value.steps).filter_map(|step| StepOutline::of(&step.value)).collect();
            let is_unclear = section.value.steps.value.is_none();
            Some(SectionOutline { id: text(&section.value.id)?, steps, is_unclear })
        });
        let sections = sections.collect();
        Self {
            terminals: items(&raw.terminals).map(|name| name.value.clone()).collect(),
            mistakes: entry_names(&raw.mistakes),
            sections,
            is_unclear: raw.sections.value.is_none(),
        }
    }

    pub(crate) fn section(&self, id: &str) -> Option<&SectionOutline> {
        self.sections.iter().find(|section| section.id == id)
    }

    /// The section that has a step of that id.
    pub(crate) fn section_of(&self, step: &str) -> Option<&SectionOutline> {
        self.sections.iter().find(|section| section.step(step).is_some())
    }

    pub(crate) fn steps(&self) -> impl Iterator<Item = &StepOutline> {
        self.sections.iter().flat_map(|section| &section.steps)
    }
}

impl SectionOutline {
    pub(crate) fn step(&self, id: &str) -> Option<&StepOutline> {
        self.steps.iter().find(|step| step.id == id)
    }
}

impl StepOutline {
    fn of(step: &RawStep) -> Option<Self> {
        let ask = step.ask.value.as_ref().and_then(|ask| match &ask.value {
            RawAsk::Question(question) => Some(choices(question)),
            RawAsk::Missed => None,
        });
        let asks_missed = step.ask.value.as_ref().is_some_and(|ask| matches!(ask.value, RawAsk::Missed));
        let is_lost = step.ask.key.is_some() && ask.is_none() && !asks_missed
            || step.predict.key.is_some() && step.predict.value.is_none()
            || step.check.key.is_some() && step.check.value.is_none()
            || has_bad_choices(step);
        Some(Self {
            is_unclear: is_lost,
            asks_missed,
            correct: correct(step),
            id: text(&step.id)?,
            place: step.id.value.as_ref()?.span.clone(),
            predict: step.predict.value.as_ref().map(|predict| choices(&predict.value)),
            ask,
            goals: goals(&step.check),
            mistakes: entry_names(&step.mistakes),
        })
    }
}

/// Whether a choice can't be read, or named: what the prose says of it would be told as well.
fn has_bad_choices(step: &RawStep) -> bool {
    let asked = step.ask.value.as_ref().and_then(|ask| match &ask.value {
        RawAsk::Question(question) => Some(question),
        RawAsk::Missed => None,
    });
    let questions = asked.into_iter().chain(step.predict.value.as_ref().map(|predict| &predict.value));
    let is_bad = |question: &RawQuestion| {
        question.choices.value.is_none()
            || items(&question.choices).any(|choice| ChoiceId::parse(&choice.value.0).is_err())
    };
    questions.into_iter().any(is_bad)
}

fn correct(step: &RawStep) -> Option<String> {
    let asked = step.ask.value.as_ref().and_then(|ask| match &ask.value {
        RawAsk::Question(question) => Some(question),
        RawAsk::Missed => None,
    });
    let question = step.predict.value.as_ref().map(|predict| &predict.value).or(asked)?;
    question.correct.value.as_ref().map(|correct| correct.value.0.clone())
}

fn choices(question: &RawQuestion) -> Vec<String> {
    items(&question.choices).map(|choice| choice.value.0.clone()).collect()
}

fn goals(check: &Field<RawCheck>) -> Vec<String> {
    match check.value.as_ref().map(|check| &check.value) {
        Some(RawCheck::Goals(goals)) => names(goals),
        Some(RawCheck::Conditions(_)) | None => Vec::new(),
    }
}

fn text(field: &Field<String>) -> Option<String> {
    field.value.as_ref().map(|placed| placed.value.clone())
}

fn items<T>(field: &Field<List<T>>) -> impl Iterator<Item = &Placed<T>> {
    field.value.iter().flat_map(|placed| &placed.value)
}

fn entry_names<T>(field: &Field<Entries<T>>) -> Vec<String> {
    field.value.as_ref().map(|entries| names(&entries.value)).unwrap_or_default()
}

fn names<T>(entries: &Entries<T>) -> Vec<String> {
    entries.iter().map(|(key, _)| key.value.clone()).collect()
}
