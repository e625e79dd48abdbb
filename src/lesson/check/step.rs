//! One step: a task with a checkpoint, or a question that is the whole step.

use std::{collections::BTreeMap, time::Duration};

use super::{
    Ground, Outline, condition::conditions, elixir::Seats, inputs, lesson::mistakes, named,
    outline::SectionOutline,
};
use crate::lesson::{
    complaint::Complaints,
    model::{Check, Condition, Input, Mistake, Question, Step, Task, WITHIN, Wrong},
    name::{ChoiceId, MistakeId, StepId},
    raw::{Entries, Field, List, Placed, RawAsk, RawCondition, RawQuestion, RawStep, RawWrong},
    yaml::Span,
};

/// The longest that `within` may be.
const MOST_WITHIN: Duration = Duration::from_secs(60);

pub fn step(
    raw: RawStep,
    ground: &Ground,
    (outline, section): (&Outline, Option<&SectionOutline>),
    seats: &mut Seats,
    told: &mut Complaints<'_>,
) -> Option<Step> {
    let keys = raw.keys();
    let id = raw.id.required("id", &raw.span, told).and_then(|id| named(&id, StepId::parse, told));
    let points = raw.points.value.map_or(1, |points| points.value);
    let needs = needs(raw.needs, id.as_ref(), (outline, section), told);
    let predict = match raw.predict.key {
        Some(_) => raw.predict.value.and_then(|predict| question(predict, told)).map(Some),
        None => Some(None),
    };
    let step_mistakes = mistakes(raw.mistakes, ground, told);
    let own: Vec<_> = step_mistakes.iter().flatten().map(|mistake: &Mistake| mistake.id.as_str()).collect();
    let known: Vec<_> = own.into_iter().chain(outline.mistakes.iter().map(String::as_str)).collect();
    let wrong = wrong(raw.wrong, ground, &known, told);
    let (task, mistakes) = if raw.ask.key.is_some() {
        only_a_question(&keys, told);
        (ask(raw.ask.value, raw.answer, ground, told), step_mistakes)
    } else {
        let choices =
            predict.iter().flatten().next().map_or(&[][..], |question: &Question| &question.choices);
        let parts = Parts {
            span: raw.span,
            answer: raw.answer,
            optional: raw.optional,
            check: raw.check,
            within: raw.within,
        };
        (parts.task(ground, choices, seats, told), step_mistakes)
    };
    Some(Step {
        id: id?,
        points,
        needs: needs?,
        predict: predict?,
        task: task?,
        mistakes: mistakes?,
        wrong: wrong?,
    })
}

fn needs(
    raw: Field<List<String>>,
    id: Option<&StepId>,
    (outline, section): (&Outline, Option<&SectionOutline>),
    told: &mut Complaints<'_>,
) -> Option<Vec<StepId>> {
    let words = raw.value.map(|words| words.value).unwrap_or_default();
    let steps = section.map_or(&[][..], |section| &section.steps);
    let position = |id: &str| steps.iter().position(|step| step.id == id);
    let own = id.and_then(|id| position(id.as_str())).unwrap_or(steps.len());
    let mut needed = Vec::new();
    for word in &words {
        let text = &word.value;
        match position(text) {
            Some(at) if at < own => needed.extend(named(word, StepId::parse, told)),
            Some(at) => {
                let which = if at == own { "itself" } else { "a later step" };
                told.say(&word.span, format!("a step can't need {which}"))
                    .help("it needs earlier steps only");
            }
            None if outline.section_of(text).is_some() => {
                told.say(&word.span, format!("`{text}` is a step of another section"))
                    .help("a section depends on no other: put what is needed into its `start`");
            }
            None => {
                let earlier = steps[..own].iter().map(|step| step.id.as_str());
                told.say(&word.span, format!("there is no step `{text}`")).nearest(text, earlier);
            }
        }
    }
    (needed.len() == words.len()).then_some(needed)
}

fn question(raw: Placed<RawQuestion>, told: &mut Complaints<'_>) -> Option<Question> {
    let span = raw.value.span.clone();
    let listed = raw.value.choices.required("choices", &span, told);
    let correct = raw.value.correct.required("correct", &span, told);
    let listed = listed?;
    let mut choices: Vec<ChoiceId> = Vec::new();
    for word in &listed.value {
        match named(word, ChoiceId::parse, told) {
            Some(choice) if choices.contains(&choice) => {
                told.say(&word.span, format!("the choice `{choice}` stands here twice"));
            }
            choice => choices.extend(choice),
        }
    }
    if listed.value.len() < 2 {
        told.say(&listed.span, "a question needs at least two choices");
    }
    let correct = correct?;
    let known = choices.iter().find(|choice| choice.as_str() == correct.value).cloned();
    if known.is_none() {
        told.say(&correct.span, format!("`{}` is none of the choices", correct.value))
            .nearest(&correct.value, choices.iter().map(ChoiceId::as_str));
    }
    Some(Question { choices, correct: known? })
}

fn only_a_question(keys: &[(&'static str, Span)], told: &mut Complaints<'_>) {
    for (word, place) in keys {
        if !matches!(*word, "id" | "points" | "needs" | "ask" | "answer") {
            told.say(place, format!("a step that asks a question has no `{word}`"))
                .help("the question is the whole step; make another step of the rest");
        }
    }
}

fn ask(
    raw: Option<Placed<RawAsk>>,
    answer: Field<List<crate::lesson::raw::RawInput>>,
    ground: &Ground,
    told: &mut Complaints<'_>,
) -> Option<Task> {
    let raw = raw?;
    let RawAsk::Question(asked) = raw.value else {
        if let Some(answer) = answer.value.filter(|answer| !answer.value.is_empty()) {
            told.say(&answer.span, "`ask: missed` has no answer of its own")
                .help("leave it out: each question that is asked again has its own");
        }
        return Some(Task::AskMissed);
    };
    let question = question(Placed { span: raw.span, value: asked }, told)?;
    if let Some(answer) = answer.value {
        let given = inputs(answer.value, ground, &question.choices, told)?;
        if given != [Input::Choose(question.correct.clone())] {
            told.say(&answer.span, format!("the answer must be `[ choose: {} ]`", question.correct))
                .help("or leave it out: `correct` says it already");
        }
    }
    Some(Task::Ask(question))
}

/// The fields that make a task.
struct Parts {
    span: Span,
    answer: Field<List<crate::lesson::raw::RawInput>>,
    optional: Field<Entries<String>>,
    check: Field<List<RawCondition>>,
    within: Field<String>,
}

impl Parts {
    fn task(
        self,
        ground: &Ground,
        choices: &[ChoiceId],
        seats: &mut Seats,
        told: &mut Complaints<'_>,
    ) -> Option<Task> {
        let answer = self.answer.required("answer", &self.span, told);
        if let Some(empty) = answer.as_ref().filter(|answer| answer.value.is_empty()) {
            told.say(&empty.span, "the model answer is empty");
        }
        let count = answer.as_ref().map(|answer| answer.value.len());
        let answer = answer.and_then(|answer| {
            seats.follow(&answer.value, told);
            inputs(answer.value, ground, choices, told)
        });
        let optional = optional(self.optional, count, told);
        let within = within(self.within, told);
        let check = self
            .check
            .required("check", &self.span, told)
            .and_then(|check| conditions_of(check, ground, told));
        Some(Task::Do {
            answer: answer?,
            optional: optional?,
            check: Check { conditions: check?, within: within? },
        })
    }
}

fn conditions_of(
    check: Placed<List<RawCondition>>,
    ground: &Ground,
    told: &mut Complaints<'_>,
) -> Option<Vec<Condition>> {
    let count = check.value.len();
    let conditions = conditions(check.value, ground, told);
    if count == 0 {
        told.say(&check.span, "a check needs conditions");
    }
    let is_hollow = |conditions: &Vec<Condition>| !conditions.iter().any(Condition::needs_a_deed);
    if count > 0 && conditions.as_ref().is_some_and(is_hollow) {
        told.say(&check.span, "this check holds before anything is done")
            .help("beside `silent`, `not` and `changes: false` say what must happen");
    }
    conditions
}

fn optional(
    raw: Field<Entries<String>>,
    inputs: Option<usize>,
    told: &mut Complaints<'_>,
) -> Option<BTreeMap<usize, String>> {
    if raw.key.is_none() {
        return Some(BTreeMap::new());
    }
    let mut checked = BTreeMap::new();
    for (number, reason) in raw.value?.value {
        let most = inputs.unwrap_or(usize::MAX);
        match number.value.parse::<usize>() {
            Ok(position) if (1..=most).contains(&position) => {
                super::filled(reason, "the reason", told).map(|reason| checked.insert(position, reason));
            }
            Ok(_) | Err(_) => {
                told.say(&number.span, format!("the answer has no input number {}", number.value))
                    .help(format!("inputs are counted from 1; this answer has {most}"));
            }
        }
    }
    Some(checked)
}

fn within(raw: Field<String>, told: &mut Complaints<'_>) -> Option<Duration> {
    if raw.key.is_none() {
        return Some(WITHIN);
    }
    let word = raw.value?;
    let duration = duration(&word.value).filter(|within| !within.is_zero() && *within <= MOST_WITHIN);
    if duration.is_none() {
        told.say(&word.span, "this is no duration up to a minute").help("write it like `5s` or `800ms`");
    }
    duration
}

fn duration(word: &str) -> Option<Duration> {
    match word.strip_suffix("ms") {
        Some(number) => number.parse().ok().map(Duration::from_millis),
        None => word.strip_suffix('s')?.parse().ok().map(Duration::from_secs),
    }
}

fn wrong(
    raw: Field<List<RawWrong>>,
    ground: &Ground,
    known: &[&str],
    told: &mut Complaints<'_>,
) -> Option<Vec<Wrong>> {
    if raw.key.is_none() {
        return Some(Vec::new());
    }
    let checked: Vec<_> =
        raw.value?.value.into_iter().map(|raw| wrong_answer(raw.value, ground, known, told)).collect();
    checked.into_iter().collect()
}

fn wrong_answer(raw: RawWrong, ground: &Ground, known: &[&str], told: &mut Complaints<'_>) -> Option<Wrong> {
    let answer = raw.answer.required("answer", &raw.span, told);
    let answer = answer.and_then(|answer| inputs(answer.value, ground, &[], told));
    let mistake = match (raw.mistake.key, raw.mistake.value) {
        (None, _) => Some(None),
        (Some(_), Some(word)) if known.contains(&word.value.as_str()) => {
            named(&word, MistakeId::parse, told).map(Some)
        }
        (Some(_), Some(word)) => {
            told.say(&word.span, format!("there is no mistake `{}` here or on top", word.value))
                .nearest(&word.value, known.iter().copied());
            None
        }
        (Some(_), None) => None,
    };
    Some(Wrong { mistake: mistake?, answer: answer? })
}
