//! Where a class stands, as a table on a terminal, as CSV, or as JSON.

use serde::Serialize;

use crate::{
    i18n::Lang,
    render::{untrusted, width},
};

use super::{
    messages,
    outline::Outline,
    room::{Learner, MINUTE, Need, Room},
};

/// A learner, as every form of the status has them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Row {
    pub name: String,
    pub here: bool,
    /// The present step's number and title; none where it is not shared or nothing was begun.
    pub step: Option<String>,
    pub title: Option<String>,
    /// How long at it, in seconds.
    pub seconds: Option<u64>,
    pub passed: usize,
    pub skipped: usize,
    pub wrong_turns: usize,
    pub hints: usize,
    pub hand: bool,
    pub handed_in: usize,
    /// In the language that was asked for.
    pub needs: Option<String>,
}

pub fn rows(room: &Room, outline: &Outline, now: u64, lang: Lang) -> Vec<Row> {
    let mut rows: Vec<_> = room.learners.iter().map(|learner| row(learner, outline, now, lang)).collect();
    rows.sort_by_cached_key(|row| row.name.to_lowercase());
    rows
}

fn row(learner: &Learner, outline: &Outline, now: u64, lang: Lang) -> Row {
    let at = learner.at.as_ref().and_then(|(step, since)| Some((outline.step(step)?, *since)));
    let wrong = learner.passed.values().map(|passed| passed.wrong).sum::<usize>() + learner.wrong.len();
    let hints = learner.passed.values().map(|passed| passed.hints).sum::<usize>() + learner.hints.0;
    Row {
        name: learner.name.clone(),
        here: learner.is_here(now),
        step: at.map(|(step, _)| step.number.clone()),
        title: at.map(|(step, _)| step.title.clone()),
        seconds: learner.open_step().map(|(_, since)| now.saturating_sub(since) / 1000),
        passed: learner.passed.keys().filter(|step| outline.step(step).is_some()).count(),
        skipped: learner.skipped.iter().filter(|step| outline.step(step).is_some()).count(),
        wrong_turns: wrong,
        hints,
        hand: learner.hand.is_some(),
        handed_in: learner.handed_in.len(),
        needs: learner.need(now).map(|need| need_told(need, now).speak(lang).to_owned()),
    }
}

/// Why somebody may need help, in few words.
pub(super) fn need_told(need: Need, now: u64) -> crate::i18n::Localized {
    match need {
        Need::Hand(since) => messages::hand_up((now.saturating_sub(since) / MINUTE) as usize),
        Need::WrongTurns(count) => messages::wrong_turns(count),
        Need::NoHintsLeft => messages::no_hints_left(),
        Need::Long(time) => messages::long_at_it((time / MINUTE) as usize),
    }
}

/// For a terminal of so many columns.
pub fn table(room: &Room, outline: &Outline, now: u64, lang: Lang, columns: usize) -> String {
    let rows = rows(room, outline, now, lang);
    if rows.is_empty() {
        return format!("{}\n", messages::nobody_yet().speak(lang));
    }
    let of = outline.steps().count();
    let name = rows.iter().map(|row| width::width(&row.name)).max().unwrap_or_default().clamp(8, 24);
    let mut table = String::new();
    for row in &rows {
        let sign = if row.here { "●" } else { "○" };
        let sign = if row.hand { "!" } else { sign };
        let who = width::pad(&width::cut(&untrusted::plain(&row.name), name), name);
        let done = format!("{:>3}/{of}", row.passed);
        let step = match (&row.step, &row.title) {
            (Some(number), Some(title)) => format!("{number:<4} {title}"),
            _ => String::new(),
        };
        let mut line = format!("{sign} {who} {done}  {step}");
        if let Some(needs) = &row.needs {
            line = format!("{line} · {needs}");
        }
        table.push_str(width::cut(&line, columns).trim_end());
        table.push('\n');
    }
    let here = rows.iter().filter(|row| row.here).count();
    let handed_in = rows.iter().filter(|row| row.handed_in > 0).count();
    format!("{table}\n{}\n", messages::counts(rows.len(), here, handed_in).speak(lang))
}

/// One line a learner, then their steps: `passed`, `skipped` or nothing. A spreadsheet runs no name as a formula: no name
/// begins with anything but a letter or a digit.
pub fn csv(room: &Room, outline: &Outline, now: u64) -> String {
    let mut sheet = csv::Writer::from_writer(Vec::new());
    let head =
        ["name", "here", "step", "minutes", "passed", "skipped", "wrong turns", "hints", "hand", "handed in"];
    let steps = outline.steps().map(|step| format!("{} {}", step.number, step.id));
    let _ = sheet.write_record(head.iter().map(ToString::to_string).chain(steps));
    let mut learners: Vec<_> = room.learners.iter().collect();
    learners.sort_by_cached_key(|learner| learner.name.to_lowercase());
    for learner in learners {
        let row = row(learner, outline, now, Lang::En);
        let count = |count: usize| count.to_string();
        let yes = |is: bool| if is { "yes".to_owned() } else { String::new() };
        let facts = [
            row.name,
            yes(row.here),
            row.step.unwrap_or_default(),
            row.seconds.map(|seconds| (seconds / 60).to_string()).unwrap_or_default(),
            count(row.passed),
            count(row.skipped),
            count(row.wrong_turns),
            count(row.hints),
            yes(row.hand),
            count(row.handed_in),
        ];
        let steps = outline.steps().map(|step| {
            let is_skipped = learner.skipped.contains(&step.id);
            match learner.passed.contains_key(&step.id) {
                true => "passed".to_owned(),
                false if is_skipped => "skipped".to_owned(),
                false => String::new(),
            }
        });
        let _ = sheet.write_record(facts.into_iter().chain(steps));
    }
    String::from_utf8(sheet.into_inner().unwrap_or_default()).unwrap_or_default()
}
