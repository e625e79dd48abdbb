//! Prose: every text that the structure calls for, none that it doesn't, and the same keys in every language.

use std::collections::BTreeMap;

use super::{
    Outline, elixir, filled,
    glossary::{glossary, same_terms},
    named,
    outline::{SectionOutline, StepOutline},
};
use crate::lesson::{
    diagnostic::Diagnostics,
    glossary::Glossary,
    name::{ChoiceId, GoalId, MistakeId, SectionId, StepId},
    prose::{Advice, ChoiceProse, GoalProse, Prose, QuestionProse, SectionProse, StepProse},
    raw::{
        Entries, Field, List, Placed, RawAdvice, RawChoiceProse, RawGoalProse, RawProse, RawQuestionProse,
        RawSectionProse, RawStepProse,
    },
    yaml::Span,
};

/// How long what is told of a goal may be.
const MAX_SENTENCE: usize = 140;

/// Checks one language's file; with no outline (the structure can't be read) only by itself.
pub(crate) fn prose(raw: RawProse, outline: Option<&Outline>, diag: &mut Diagnostics<'_>) -> Option<Prose> {
    let owner = raw.top.span.clone();
    let title = line(raw.top.title, "title", &owner, diag);
    let summary = needed(raw.top.summary, "summary", &owner, diag);
    let glossary = raw.top.glossary.value.map(|terms| glossary(terms.value, diag)).unwrap_or_default();
    let wanted = outline.map(|outline| outline.mistakes.as_slice());
    let mistakes = advices(raw.top.mistakes, wanted, &owner, diag);
    if let Some(outline) = outline {
        let ids = outline.sections.iter().map(|section| section.id.as_str());
        covered(&raw.sections, ids, "section", (&owner, None), diag);
    }
    let mut sections = BTreeMap::new();
    for (id, raw) in raw.sections {
        let known = outline.and_then(|outline| outline.section(&id.value)).filter(|known| !known.is_unclear);
        let name = named(&id, SectionId::parse, diag);
        let prose = section(raw, &id, (known, &glossary), diag);
        sections.extend(name.zip(prose));
    }
    Some(Prose { title: title?, summary: summary?, glossary, mistakes: mistakes?, sections })
}

/// Complains about each of `ids` that `entries` lack, and about each entry that is none of them. `owner` is their key;
/// or the mapping above, and the key that it lacks.
fn covered<'i, T>(
    entries: &Entries<T>,
    ids: impl Iterator<Item = &'i str>,
    what: &str,
    (owner, lacking): (&Span, Option<&str>),
    diag: &mut Diagnostics<'_>,
) {
    let ids: Vec<&str> = ids.collect();
    let is_there = |id: &str| entries.iter().any(|(key, _)| key.value == id);
    let mut strange = Vec::new();
    for (key, _) in entries.iter().filter(|(key, _)| !ids.contains(&key.value.as_str())) {
        let near =
            crate::lesson::diagnostic::nearest(&key.value, ids.iter().copied().filter(|id| !is_there(id)));
        strange.extend(near);
        let complaint = diag.error(&key.span, format!("lesson.yaml has no {what} `{}` here", key.value));
        match near {
            Some(near) => complaint.did_you_mean(near),
            None => complaint.help("take it away, or add it there"),
        };
    }
    // One that is there under a misspelt name isn't told twice.
    for id in ids.iter().filter(|id| !is_there(id) && !strange.contains(id)) {
        let help = match lacking {
            None => format!("lesson.yaml has it; add `{id}:` below this"),
            Some(key) => format!("lesson.yaml has it; add `{key}:` below this, and `{id}:` below that"),
        };
        diag.error(owner, format!("the {what} `{id}` has no text in this language")).help(help);
    }
}

pub(super) fn needed(
    field: Field<String>,
    name: &str,
    owner: &Span,
    diag: &mut Diagnostics<'_>,
) -> Option<String> {
    field.required(name, owner, diag).and_then(|text| said(text, &format!("`{name}`"), diag))
}

/// A text that is there, and that YAML left whole.
pub(super) fn said(text: Placed<String>, what: &str, diag: &mut Diagnostics<'_>) -> Option<String> {
    elixir::whole(&text, diag);
    filled(text, what, diag)
}

/// A text of one line.
fn line(field: Field<String>, name: &str, owner: &Span, diag: &mut Diagnostics<'_>) -> Option<String> {
    let text = field.required(name, owner, diag)?;
    let span = text.span.clone();
    let text = said(text, &format!("`{name}`"), diag)?.trim().to_string();
    if text.contains('\n') {
        diag.error(&span, format!("`{name}` is one line"));
        return None;
    }
    Some(text)
}

fn advices(
    field: Field<Entries<RawAdvice>>,
    wanted: Option<&[String]>,
    owner: &Span,
    diag: &mut Diagnostics<'_>,
) -> Option<BTreeMap<MistakeId, Advice>> {
    if field.key.is_some() && field.value.is_none() {
        return None;
    }
    let lacking = field.key.is_none().then_some("mistakes");
    let owner = field.key.unwrap_or_else(|| owner.clone());
    let entries = field.value.map(|entries| entries.value).unwrap_or_default();
    if let Some(wanted) = wanted {
        covered(&entries, wanted.iter().map(String::as_str), "mistake", (&owner, lacking), diag);
    }
    let mut advices = BTreeMap::new();
    for (id, raw) in entries {
        let name = named(&id, MistakeId::parse, diag);
        let seen = needed(raw.value.seen, "seen", &id.span, diag);
        let attempt = needed(raw.value.r#try, "try", &id.span, diag);
        let advice = seen.zip(attempt).map(|(seen, attempt)| Advice { seen, attempt });
        advices.extend(name.zip(advice));
    }
    Some(advices)
}

fn goals(
    field: Field<Entries<RawGoalProse>>,
    wanted: Option<&[String]>,
    owner: &Span,
    diag: &mut Diagnostics<'_>,
) -> Option<BTreeMap<GoalId, GoalProse>> {
    if field.key.is_some() && field.value.is_none() {
        return None;
    }
    let lacking = field.key.is_none().then_some("check");
    let owner = field.key.unwrap_or_else(|| owner.clone());
    let entries = field.value.map(|entries| entries.value).unwrap_or_default();
    if let Some(wanted) = wanted {
        covered(&entries, wanted.iter().map(String::as_str), "goal", (&owner, lacking), diag);
    }
    let mut goals = BTreeMap::new();
    for (id, raw) in entries {
        let name = named(&id, GoalId::parse, diag);
        let holds = brief(raw.value.holds, "holds", &id.span, diag);
        let missing = brief(raw.value.missing, "missing", &id.span, diag);
        let goal = holds.zip(missing).map(|(holds, missing)| GoalProse { holds, missing });
        goals.extend(name.zip(goal));
    }
    Some(goals)
}

/// One sentence, short enough for three lines of a report.
fn brief(field: Field<String>, name: &str, owner: &Span, diag: &mut Diagnostics<'_>) -> Option<String> {
    let place = field.value.as_ref().map(|text| text.span.clone());
    let text = line(field, name, owner, diag)?;
    if let Some(place) = place.filter(|_| text.chars().count() > MAX_SENTENCE) {
        diag.error(&place, format!("`{name}` has more than {MAX_SENTENCE} characters"))
            .help("it is read at a glance: say what matters, and leave the rest to the step's text");
        return None;
    }
    Some(text)
}

fn section(
    raw: Placed<RawSectionProse>,
    key: &Placed<String>,
    (outline, glossary): (Option<&SectionOutline>, &Glossary),
    diag: &mut Diagnostics<'_>,
) -> Option<SectionProse> {
    let title = line(raw.value.title, "title", &key.span, diag);
    let steps_key = raw.value.steps.key.clone().unwrap_or_else(|| key.span.clone());
    let entries = raw.value.steps.required("steps", &key.span, diag)?.value;
    if let Some(outline) = outline {
        covered(
            &entries,
            outline.steps.iter().map(|step| step.id.as_str()),
            "step",
            (&steps_key, None),
            diag,
        );
    }
    let mut steps = BTreeMap::new();
    for (id, raw) in entries {
        let known = outline.and_then(|outline| outline.step(&id.value)).filter(|step| !step.is_unclear);
        let name = named(&id, StepId::parse, diag);
        let prose = step(raw.value, &id.span, (known, glossary), diag);
        steps.extend(name.zip(prose));
    }
    Some(SectionProse { title: title?, steps })
}

fn step(
    raw: RawStepProse,
    key: &Span,
    (outline, glossary): (Option<&StepOutline>, &Glossary),
    diag: &mut Diagnostics<'_>,
) -> Option<StepProse> {
    let is_question = outline.map_or(raw.ask.key.is_some(), |step| step.ask.is_some());
    let title = line(raw.title, "title", key, diag);
    // A question speaks for itself.
    let text = match (is_question, raw.text.key.is_some()) {
        (true, false) => Some(String::new()),
        (true, true) | (false, _) => needed(raw.text, "text", key, diag),
    };
    let words = words(raw.words, glossary, diag);
    let asks_missed = outline.is_some_and(|step| step.asks_missed);
    let may_lack = outline.is_none() || is_question || asks_missed;
    let hints = hints(raw.hints, may_lack, key, diag);
    let predict = question(raw.predict, "predict", outline.map(|step| step.predict.as_deref()), key, diag);
    let ask = question(raw.ask, "ask", outline.map(|step| step.ask.as_deref()), key, diag);
    let after = match raw.after.key {
        Some(_) => raw.after.value.and_then(|after| said(after, "`after`", diag)).map(Some),
        None => Some(None),
    };
    let goals = goals(raw.check, outline.map(|step| step.goals.as_slice()), key, diag);
    let mistakes = advices(raw.mistakes, outline.map(|step| step.mistakes.as_slice()), key, diag);
    let translates = raw.translates.value.map(|fingerprint| fingerprint.value);
    Some(StepProse {
        translates,
        title: title?,
        text: text?,
        words,
        hints: hints?,
        predict: predict?,
        ask: ask?,
        after: after?,
        goals: goals?,
        mistakes: mistakes?,
    })
}

/// Terms as the glossary names them.
fn words(raw: Field<List<String>>, glossary: &Glossary, diag: &mut Diagnostics<'_>) -> Vec<String> {
    let mut words = Vec::new();
    for word in raw.value.map(|words| words.value).unwrap_or_default() {
        match glossary.find(&word.value) {
            Some(term) => words.push(term.name.clone()),
            None => {
                let known = glossary.terms().iter().map(|term| term.name.as_str());
                diag.error(&word.span, format!("the glossary has no term `{}`", word.value))
                    .nearest(&word.value, known);
            }
        }
    }
    words
}

fn hints(
    field: Field<List<String>>,
    may_lack: bool,
    key: &Span,
    diag: &mut Diagnostics<'_>,
) -> Option<Vec<String>> {
    if field.key.is_none() && may_lack {
        return Some(Vec::new());
    }
    let list = field.required("hints", key, diag)?;
    if list.value.is_empty() && !may_lack {
        diag.error(&list.span, "a step needs at least one hint").help("say where to begin");
    }
    list.value.into_iter().map(|hint| said(hint, "the hint", diag)).collect()
}

/// `wanted`: outer none where the structure isn't known, inner none where the step asks nothing of the kind.
fn question(
    field: Field<RawQuestionProse>,
    name: &str,
    wanted: Option<Option<&[String]>>,
    key: &Span,
    diag: &mut Diagnostics<'_>,
) -> Option<Option<QuestionProse>> {
    match (&field.key, wanted) {
        (None, Some(Some(_))) => {
            diag.error(key, format!("`{name}` is missing here: lesson.yaml has it for this step"))
                .help(format!("add `{name}:`"));
            return None;
        }
        (None, Some(None) | None) => return Some(None),
        (Some(place), Some(None)) => {
            diag.error(place, format!("lesson.yaml has no `{name}` for this step"))
                .help("take it away, or add it there");
            return None;
        }
        (Some(_), Some(Some(_)) | None) => {}
    }
    let raw = field.value?.value;
    let ask = needed(raw.ask, "ask", &raw.span, diag);
    let choices_key = raw.choices.key.clone().unwrap_or_else(|| raw.span.clone());
    let entries = raw.choices.required("choices", &raw.span, diag)?;
    if let Some(Some(wanted)) = wanted {
        covered(&entries.value, wanted.iter().map(String::as_str), "choice", (&choices_key, None), diag);
    }
    let mut choices = BTreeMap::new();
    for (id, raw) in entries.value {
        let name = named(&id, ChoiceId::parse, diag);
        choices.extend(name.zip(choice(raw, &id.span, diag)));
    }
    Some(Some(QuestionProse { ask: ask?, choices }))
}

fn choice(raw: Placed<RawChoiceProse>, key: &Span, diag: &mut Diagnostics<'_>) -> Option<ChoiceProse> {
    let text = line(raw.value.text, "text", key, diag);
    let why = needed(raw.value.why, "why", key, diag);
    Some(ChoiceProse { text: text?, why: why? })
}

/// Complains about what one language has and the other lacks, beyond what the structure calls for.
/// `root` is the tree of the file complained about.
pub(crate) fn same_keys(
    prose: &Prose,
    other: &Prose,
    other_file: &str,
    root: &crate::lesson::yaml::Node,
    diag: &mut Diagnostics<'_>,
) {
    same_terms(&prose.glossary, &other.glossary, other_file, &root.at(&["glossary"]), diag);
    for (id, section) in &prose.sections {
        for (step_id, step) in &section.steps {
            let Some(twin) = other.sections.get(id).and_then(|section| section.steps.get(step_id)) else {
                continue;
            };
            let place = root.at(&[id.as_str(), "steps", step_id.as_str()]);
            same_step(step, twin, other_file, &place, diag);
        }
    }
}

fn same_step(
    step: &StepProse,
    other: &StepProse,
    other_file: &str,
    place: &Span,
    diag: &mut Diagnostics<'_>,
) {
    let (hints, twins) = (step.hints.len(), other.hints.len());
    // A step that does something has been told already that it has none.
    if hints < twins && (hints > 0 || step.ask.is_some()) {
        diag.error(place, format!("hints are missing here: {other_file} has {twins}, this file has {hints}"))
            .help("translate the others, too");
    }
    if step.after.is_none() && other.after.is_some() {
        diag.error(place, format!("`after` is missing here: {other_file} has it")).help("add `after:`");
    }
    if step.text.is_empty() && !other.text.is_empty() {
        diag.error(place, format!("`text` is missing here: {other_file} has it")).help("add `text:`");
    }
}
