//! Steps as a learner sees them, without running anything: what stands there at first, and what is shown on request.

use std::{sync::Arc, time::Duration};

use crate::{
    i18n::Localized,
    lesson::{Lesson, Task, prose::fingerprint},
    render::{card, feedback::Pen, markdown::inline, palette::Tone, question, width},
    session::{
        Session,
        notice::{Map, PredictionRemark},
        progress::Progress,
    },
};

crate::catalogue! {
    once_done { en: "Once it is done:", el: "Μόλις γίνει:" }
    to_hints { en: "To /hint:", el: "Στο /hint:" }
    to_check { en: "To /check, as long as it is not done:", el: "Στο /check, όσο δεν έχει γίνει:" }
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
pub fn step(lesson: &Arc<Lesson>, id: &str, pen: Pen) -> Option<Vec<String>> {
    lesson.step(id)?;
    let progress = Progress { at: Some(id.to_owned()), ..Progress::default() };
    let mut session = Session::new(Arc::clone(lesson), pen.lang, progress);
    session.open(Duration::ZERO);
    let (prose, asked) = (session.prose(), session.question_card());
    let mut lines = card::lines(&session.card(), &Map::default(), None, pen);
    lines.extend(asked.iter().flat_map(|asked| question::lines(asked, pen)));
    for (number, hint) in prose.hints.iter().enumerate() {
        lines.extend(label(number == 0, to_hints(), pen));
        lines.extend(pen.hint(number + 1, prose.hints.len(), hint));
    }
    let answer = session.step().answer();
    if !answer.is_empty() {
        lines.extend(label(true, to_answer(), pen));
        lines.extend(pen.answer(&answer, asked.as_ref()));
    }
    // In their order in the file: where two hold, the first one is told.
    for mistake in &session.step().mistakes {
        let Some(advice) = prose.mistakes.get(&mistake.id) else { continue };
        lines.extend(label(true, recognised(mistake.id.as_str()), pen));
        lines.extend(pen.mistake(advice));
    }
    let goals = match &session.step().task {
        Task::Do { check, .. } => check.goals.as_slice(),
        Task::Ask(_) | Task::AskMissed => &[],
    };
    let goals: Vec<_> = goals.iter().filter_map(|goal| prose.goals.get(&goal.id)).collect();
    lines.extend(label(!goals.is_empty(), to_check(), pen));
    for goal in &goals {
        lines.extend(pen.signed("○", Tone::Advice, inline(&goal.missing)));
    }
    if prose.after.is_some() || !goals.is_empty() {
        lines.extend(label(true, once_done(), pen));
        for goal in goals {
            lines.extend(pen.signed("✔", Tone::Good, inline(&goal.holds)));
        }
        lines.extend(pen.passed(prose.after.as_deref(), None::<&PredictionRemark>));
    }
    Some(lines)
}

/// Two languages side by side; below each other where there is no room. Above the other one stands what it lacks.
pub fn beside(lesson: &Arc<Lesson>, id: &str, one: Pen, other: Pen) -> Option<Vec<String>> {
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
