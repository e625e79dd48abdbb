//! One step: a task with a checkpoint, or a question that is the whole step.

use std::{collections::BTreeMap, time::Duration};

use super::{
    Declared, Outline, elixir::IexTerminals, inputs, lesson::mistakes, named, outline::SectionOutline,
};
use crate::{
    i18n::Lang,
    lesson::{
        Condition,
        condition::conditions,
        diagnostic::Diagnostics,
        goal::Goal,
        model::{Check, Input, OtherAnswer, Question, Step, Task, WITHIN},
        name::{ChoiceId, GoalId, MistakeId, StepId},
        raw::{Entries, Field, List, Placed, RawAsk, RawCheck, RawOther, RawQuestion, RawStep, Within},
        yaml::{Node, Span},
    },
};

/// The longest that `within` may be.
const MAX_WITHIN: Duration = Duration::from_secs(60);

/// How many characters of a tick stand on one line of a small terminal.
const MAX_TOLD: usize = 72;

pub(super) fn step(
    raw: RawStep,
    ground: &Declared,
    (outline, section): (&Outline, Option<&SectionOutline>),
    seats: &mut IexTerminals,
    diag: &mut Diagnostics<'_>,
) -> Option<Step> {
    let keys = raw.keys();
    let id = raw.id.required("id", &raw.span, diag).and_then(|id| named(&id, StepId::parse, diag));
    let points = raw.points.value.map_or(1, |points| points.value);
    let trace = raw.trace.value.is_some_and(|trace| trace.value);
    let needs = needs(raw.needs, id.as_ref(), (outline, section), diag);
    let predict = match raw.predict.key {
        Some(_) => raw.predict.value.and_then(|predict| question(predict, diag)).map(Some),
        None => Some(None),
    };
    // By their names: a mistake that is wrong otherwise has been told.
    let own: Vec<String> = raw
        .mistakes
        .value
        .iter()
        .flat_map(|entries| &entries.value)
        .map(|(id, _)| id.value.clone())
        .collect();
    let step_mistakes = mistakes(raw.mistakes, ground, diag);
    let known: Vec<_> =
        own.iter().map(String::as_str).chain(outline.mistakes.iter().map(String::as_str)).collect();
    let right = others(raw.right, ground, &known, diag);
    let wrong = others(raw.wrong, ground, &known, diag);
    let (task, mistakes) = if raw.ask.key.is_some() {
        only_a_question(&keys, diag);
        (ask(raw.ask.value, raw.answer, ground, diag), step_mistakes)
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
        (parts.task(ground, choices, seats, diag), step_mistakes)
    };
    Some(Step {
        id: id?,
        points,
        needs: needs?,
        predict: predict?,
        task: task?,
        trace,
        mistakes: mistakes?,
        right: right?,
        wrong: wrong?,
    })
}

fn needs(
    raw: Field<List<String>>,
    id: Option<&StepId>,
    (outline, section): (&Outline, Option<&SectionOutline>),
    diag: &mut Diagnostics<'_>,
) -> Option<Vec<StepId>> {
    let words = raw.value.map(|words| words.value).unwrap_or_default();
    let steps = section.map_or(&[][..], |section| &section.steps);
    let position = |id: &str| steps.iter().position(|step| step.id == id);
    let own = id.and_then(|id| position(id.as_str())).unwrap_or(steps.len());
    let mut needed = Vec::new();
    for word in &words {
        let text = &word.value;
        match position(text) {
            Some(at) if at < own => needed.extend(named(word, StepId::parse, diag)),
            Some(at) => {
                let which = if at == own { "itself" } else { "a later step" };
                diag.error(&word.span, format!("a step can't need {which}"))
                    .help("it needs earlier steps only");
            }
            None if outline.section_of(text).is_some() => {
                diag.error(&word.span, format!("`{text}` is a step of another section"))
                    .help("a section depends on no other: put what is needed into its `start`");
            }
            None => {
                let earlier = steps[..own].iter().map(|step| step.id.as_str());
                diag.error(&word.span, format!("there is no step `{text}`")).nearest(text, earlier);
            }
        }
    }
    (needed.len() == words.len()).then_some(needed)
}

fn question(raw: Placed<RawQuestion>, diag: &mut Diagnostics<'_>) -> Option<Question> {
    let span = raw.value.span.clone();
    let listed = raw.value.choices.required("choices", &span, diag);
    let correct = raw.value.correct.required("correct", &span, diag);
    let listed = listed?;
    let mut choices: Vec<ChoiceId> = Vec::new();
    for word in &listed.value {
        let word = &Placed { span: word.span.clone(), value: word.value.0.clone() };
        match named(word, ChoiceId::parse, diag) {
            Some(choice) if choices.contains(&choice) => {
                diag.error(&word.span, format!("the choice `{choice}` stands here twice"));
            }
            choice => choices.extend(choice),
        }
    }
    let is_whole = diag.is_whole(&listed.span);
    if listed.value.len() < 2 && is_whole {
        diag.error(&listed.span, "a question needs at least two choices")
            .help("add one that is wrong, and whose reason is worth reading");
    }
    let correct = correct?;
    let known = choices.iter().find(|choice| choice.as_str() == correct.value.0).cloned();
    if known.is_none() && is_whole {
        diag.error(&correct.span, format!("`{}` is none of the choices", correct.value.0))
            .nearest(&correct.value.0, choices.iter().map(ChoiceId::as_str));
    }
    Some(Question { choices, correct: known? })
}

fn only_a_question(keys: &[(&'static str, Span)], diag: &mut Diagnostics<'_>) {
    for (word, place) in keys {
        let field = RawStep::RECORD.fields.iter().find(|field| field.name == *word);
        if field.is_some_and(|field| !field.need.is_beside_ask()) {
            diag.error(place, format!("a step that asks a question has no `{word}`"))
                .help("the question is the whole step; make another step of the rest");
        }
    }
}

fn ask(
    raw: Option<Placed<RawAsk>>,
    answer: Field<List<crate::lesson::raw::RawInput>>,
    ground: &Declared,
    diag: &mut Diagnostics<'_>,
) -> Option<Task> {
    let raw = raw?;
    let RawAsk::Question(asked) = raw.value else {
        if let Some(answer) = answer.value.filter(|answer| !answer.value.is_empty()) {
            diag.error(&answer.span, "`ask: missed` has no answer of its own")
                .help("leave it out: each question that is asked again has its own");
        }
        return Some(Task::AskMissed);
    };
    let question = question(Placed { span: raw.span, value: asked }, diag)?;
    if let Some(answer) = answer.value {
        let given = inputs(answer.value, ground, &question.choices, diag)?;
        if given != [Input::Choose(question.correct.clone())] {
            diag.error(&answer.span, format!("the answer must be `[ choose: {} ]`", question.correct))
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
    check: Field<RawCheck>,
    within: Field<Within>,
}

impl Parts {
    fn task(
        self,
        ground: &Declared,
        choices: &[ChoiceId],
        seats: &mut IexTerminals,
        diag: &mut Diagnostics<'_>,
    ) -> Option<Task> {
        let answer = self.answer.required("answer", &self.span, diag);
        if let Some(empty) =
            answer.as_ref().filter(|answer| answer.value.is_empty() && diag.is_whole(&answer.span))
        {
            diag.error(&empty.span, "the model answer is empty")
                .help("add an input, such as `- alex: Node.list()`");
        }
        let whole = answer.as_ref().filter(|answer| diag.is_whole(&answer.span));
        let count = whole.map(|answer| answer.value.len());
        let answer = answer.and_then(|answer| {
            seats.follow(&answer.value, diag);
            inputs(answer.value, ground, choices, diag)
        });
        let optional = optional(self.optional, count, diag);
        let within = within(self.within, diag);
        let check = self
            .check
            .required("check", &self.span, diag)
            .and_then(|check| conditions_of(check, ground, diag));
        Some(Task::Do {
            answer: answer?,
            optional: optional?,
            check: check.zip(within).map(|((conditions, goals), within)| Check {
                conditions,
                goals,
                within,
            })?,
        })
    }
}

fn conditions_of(
    check: Placed<RawCheck>,
    ground: &Declared,
    diag: &mut Diagnostics<'_>,
) -> Option<(Vec<Condition>, Vec<Goal>)> {
    let (nodes, goals) = match check.value {
        RawCheck::Conditions(nodes) => (nodes, Some(Vec::new())),
        RawCheck::Goals(raw) => goals(raw, diag),
    };
    let count = nodes.len();
    let conditions = conditions(&nodes, ground, diag);
    if goals.as_ref().is_some_and(Vec::is_empty) {
        conditions.iter().flatten().zip(&nodes).for_each(|(condition, node)| plain(condition, node, diag));
    }
    if count == 0 {
        diag.error(&check.span, "a check needs conditions");
    }
    let is_hollow =
        |conditions: &Vec<Condition>| !conditions.iter().any(|condition| condition.needs_action());
    if count > 0 && conditions.as_ref().is_some_and(is_hollow) {
        diag.error(&check.span, "this check holds before anything is done")
            .help("beside `silent`, `not` and `changes: false` say what must happen");
    }
    conditions.zip(goals)
}

/// Every condition in its order, and how many of them each goal has.
fn goals(raw: Entries<List<Node>>, diag: &mut Diagnostics<'_>) -> (List<Node>, Option<Vec<Goal>>) {
    let mut nodes = List::new();
    let mut goals = Vec::new();
    for (id, raw) in raw {
        if raw.value.is_empty() {
            diag.error(&raw.span, "a goal needs conditions");
        }
        let name = named(&id, GoalId::parse, diag);
        goals.push(name.map(|id| Goal { id, conditions: raw.value.len() }));
        nodes.extend(raw.value);
    }
    (nodes, goals.into_iter().collect())
}

/// Lint asks for words where a learner would be shown code that only the checker reads.
fn plain(condition: &Condition, node: &Placed<Node>, diag: &mut Diagnostics<'_>) {
    let told = condition.achieved();
    let told = told.speak(Lang::En);
    if diag.is_strict() && (condition.is_coded() || told.chars().count() > MAX_TOLD) {
        diag.error(&node.span, format!("a learner would be told this: {told}")).help(
            "put it below a name, as in `check: { greeted: [ … ] }`, and say in the prose what it means: \
             `check: { greeted: { holds: …, missing: … } }`",
        );
    }
}

fn optional(
    raw: Field<Entries<String>>,
    inputs: Option<usize>,
    diag: &mut Diagnostics<'_>,
) -> Option<BTreeMap<usize, String>> {
    if raw.key.is_none() {
        return Some(BTreeMap::new());
    }
    let mut checked = BTreeMap::new();
    for (number, reason) in raw.value?.value {
        let most = inputs.unwrap_or(usize::MAX);
        match number.value.parse::<usize>() {
            Ok(position) if (1..=most).contains(&position) => {
                super::filled(reason, "the reason", diag).map(|reason| checked.insert(position, reason));
            }
            Ok(_) | Err(_) => {
                diag.error(&number.span, format!("the answer has no input number {}", number.value))
                    .help(format!("inputs are counted from 1; this answer has {most}"));
            }
        }
    }
    Some(checked)
}

fn within(raw: Field<Within>, diag: &mut Diagnostics<'_>) -> Option<Duration> {
    if raw.key.is_none() {
        return Some(WITHIN);
    }
    let word = raw.value?;
    let duration = duration(&word.value.0).filter(|within| !within.is_zero() && *within <= MAX_WITHIN);
    if duration.is_none() {
        diag.error(&word.span, "this is no duration up to a minute").help("write it like `5s` or `800ms`");
    }
    duration
}

fn duration(word: &str) -> Option<Duration> {
    match word.strip_suffix("ms") {
        Some(number) => number.parse().ok().map(Duration::from_millis),
        None => word.strip_suffix('s')?.parse().ok().map(Duration::from_secs),
    }
}

fn others(
    raw: Field<List<RawOther>>,
    ground: &Declared,
    known: &[&str],
    diag: &mut Diagnostics<'_>,
) -> Option<Vec<OtherAnswer>> {
    if raw.key.is_none() {
        return Some(Vec::new());
    }
    let checked: Vec<_> =
        raw.value?.value.into_iter().map(|raw| other(raw.value, ground, known, diag)).collect();
    checked.into_iter().collect()
}

fn other(
    raw: RawOther,
    ground: &Declared,
    known: &[&str],
    diag: &mut Diagnostics<'_>,
) -> Option<OtherAnswer> {
    let answer = raw.answer.required("answer", &raw.span, diag);
    let answer = answer.and_then(|answer| inputs(answer.value, ground, &[], diag));
    let mistake = match (raw.mistake.key, raw.mistake.value) {
        (None, _) => Some(None),
        (Some(_), Some(word)) if known.contains(&word.value.as_str()) => {
            named(&word, MistakeId::parse, diag).map(Some)
        }
        (Some(_), Some(word)) => {
            diag.error(&word.span, format!("there is no mistake `{}` here or on top", word.value))
                .nearest(&word.value, known.iter().copied());
            None
        }
        (Some(_), None) => None,
    };
    Some(OtherAnswer { mistake: mistake?, answer: answer? })
}
