//! Steps as a learner sees them, without running anything: what stands there at first, and what is shown on request.

use crate::{
    i18n::Localized,
    lesson::{Lesson, Question, QuestionProse, Section, Step, Task, prose::fingerprint},
    render::{card, feedback::Pen, palette::Tone, question, width},
    session::notice::{Map, PredictionRemark, QuestionCard, StepCard, StepMark},
};

crate::catalogue! {
    once_done { en: "Once it is done:", el: "Μόλις γίνει:" }
    to_hints { en: "To /hint:", el: "Στο /hint:" }
    to_answer { en: "To /answer:", el: "Στο /answer:" }
    recognised(id: &str) { en: "Where {id} is recognised:", el: "Όπου αναγνωρίζεται το {id}:" }
    is_stale(step: &str) {
        en: "{step}: what this translates has changed since",
        el: "{step}: το πρωτότυπο άλλαξε από τότε που μεταφράστηκε",
    }
    is_untranslated(step: &str) { en: "{step}: not translated", el: "{step}: αμετάφραστο" }
}

/// Between two languages side by side, in columns.
const GAP: usize = 3;
/// Narrower than this, one stands below the other.
const FEWEST_BESIDE: usize = 40;

/// A step, and all that a learner may come to see of it.
pub fn step(lesson: &Lesson, id: &str, pen: Pen) -> Option<Vec<String>> {
    let (section, step) = lesson.step(id)?;
    let prose = lesson.prose(pen.lang).sections.get(&section.id)?.steps.get(&step.id)?;
    let mut lines = card::lines(&card_of(lesson, section, step, pen), &Map::default(), None, pen);
    let asked = match (&step.predict, &step.task) {
        (Some(question), _) => prose.predict.as_ref().map(|prose| question_card(question, prose, true)),
        (None, Task::Ask(question)) => prose.ask.as_ref().map(|prose| question_card(question, prose, false)),
        (None, Task::Do { .. } | Task::AskMissed) => None,
    };
    lines.extend(asked.iter().flat_map(|asked| question::lines(asked, pen)));
    for (number, hint) in prose.hints.iter().enumerate() {
        lines.extend(label(number == 0, to_hints(), pen));
        lines.extend(pen.hint(number + 1, prose.hints.len(), hint));
    }
    let answer = step.answer();
    if !answer.is_empty() {
        lines.extend(label(true, to_answer(), pen));
        lines.extend(pen.answer(&answer, asked.as_ref()));
    }
    for (mistake, advice) in &prose.mistakes {
        lines.extend(label(true, recognised(mistake.as_str()), pen));
        lines.extend(pen.mistake(advice));
    }
    if prose.after.is_some() || !prose.goals.is_empty() {
        lines.extend(label(true, once_done(), pen));
        for goal in prose.goals.values() {
            lines.extend(pen.signed("✔", Tone::Good, crate::render::markdown::inline(&goal.holds)));
        }
        lines.extend(pen.passed(prose.after.as_deref(), None::<&PredictionRemark>));
    }
    Some(lines)
}

/// Two languages side by side; below each other where there is no room. Above the other one stands what it lacks.
pub fn beside(lesson: &Lesson, id: &str, one: Pen, other: Pen) -> Option<Vec<String>> {
    let columns = one.columns.saturating_sub(GAP) / 2;
    let is_room = columns >= FEWEST_BESIDE;
    let columns = if is_room { columns } else { one.columns };
    let left = step(lesson, id, Pen { columns, ..one })?;
    let mut right: Vec<_> = mark(lesson, id, one, other).into_iter().collect();
    right.extend(step(lesson, id, Pen { columns, ..other })?);
    if !is_room {
        return Some(left.into_iter().chain(right).collect());
    }
    let rows = left.len().max(right.len());
    let line = |lines: &[String], row: usize| lines.get(row).cloned().unwrap_or_default();
    let row = |row: usize| {
        let padded = width::pad(&line(&left, row), columns);
        format!("{padded}{}{}", " ".repeat(GAP), line(&right, row)).trim_end().to_owned()
    };
    Some((0..rows).map(row).collect())
}

/// That a step of the other language is out of date, or the same as in the first.
fn mark(lesson: &Lesson, id: &str, one: Pen, other: Pen) -> Option<String> {
    let (section, step) = lesson.step(id)?;
    let prose = |pen: Pen| lesson.prose(pen.lang).sections.get(&section.id)?.steps.get(&step.id);
    let (own, translated) = (prose(one)?, prose(other)?);
    let is_old = |text: &str| text != fingerprint(own, &lesson.nonce);
    let told = if translated.translates.as_deref().is_some_and(is_old) {
        is_stale(id)
    } else if one.lang != other.lang && own.text == translated.text && !own.text.is_empty() {
        is_untranslated(id)
    } else {
        return None;
    };
    Some(format!(" {}", other.palette.paint(Tone::Bad, &format!("⚠ {}", told.speak(other.lang)))))
}

fn label(is_wanted: bool, text: Localized, pen: Pen) -> Vec<String> {
    if !is_wanted {
        return Vec::new();
    }
    let mut lines = vec![String::new()];
    lines.extend(card::indent(pen.quiet(text.speak(pen.lang)), 0));
    lines
}

fn card_of(lesson: &Lesson, section: &Section, step: &Step, pen: Pen) -> StepCard {
    let prose = lesson.prose(pen.lang);
    let (titles, own) = (prose.sections.get(&section.id), |step: &Step| {
        prose.sections.get(&section.id).and_then(|section| section.steps.get(&step.id))
    });
    let number = |at: Option<usize>| at.map_or(1, |at| at + 1);
    StepCard {
        lesson_title: prose.title.clone(),
        section_number: number(lesson.sections.iter().position(|one| one.id == section.id)),
        section_title: titles.map(|section| section.title.clone()).unwrap_or_default(),
        step_number: number(section.steps.iter().position(|one| one.id == step.id)),
        steps: section.steps.iter().map(|_| StepMark::Open).collect(),
        title: own(step).map(|step| step.title.clone()).unwrap_or_default(),
        text: own(step).map(|step| step.text.clone()).unwrap_or_default(),
        words: own(step).map(|step| step.words.clone()).unwrap_or_default(),
    }
}

fn question_card(question: &Question, prose: &QuestionProse, is_prediction: bool) -> QuestionCard {
    let text = |choice| prose.choices.get(choice).map(|choice| choice.text.clone()).unwrap_or_default();
    let choices = question.choices.iter().map(|choice| (choice.clone(), text(choice))).collect();
    QuestionCard { ask: prose.ask.clone(), choices, is_prediction }
}
