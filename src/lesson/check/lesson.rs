//! A whole `lesson.yaml`: what holds of it beyond its steps.

use std::collections::BTreeMap;

use super::{Ground, Outline, condition::conditions, elixir::Seats, inputs, named, step::step};
use crate::lesson::{
    Nonce,
    complaint::Complaints,
    model::{Lesson, Mistake, Section},
    name::{LessonId, MistakeId, SectionId, TerminalName},
    raw::{
        Entries, Field, INPUT_KEYS, List, PROSE_KEYS, Placed, RawCondition, RawLesson, RawRequires,
        RawSection,
    },
    yaml::Span,
};

/// Checks the structure; `folder` is the id that it must have. The lesson has no prose yet.
pub fn lesson(raw: RawLesson, outline: &Outline, folder: &str, told: &mut Complaints<'_>) -> Option<Lesson> {
    let owner = raw.span.clone();
    let id = raw.lesson.required("lesson", &owner, told).and_then(|id| lesson_id(&id, folder, told));
    let elixir = raw.requires.required("requires", &owner, told).and_then(|raw| requires(raw, told));
    let terminals = raw.terminals.required("terminals", &owner, told).and_then(|raw| terminals(raw, told));
    let ground = Ground::new(terminals.clone().unwrap_or_default(), told.text());
    repeated_steps(outline, told);
    let mistakes = mistakes(raw.mistakes, &ground, told);
    let sections = raw.sections.required("sections", &owner, told);
    let sections = sections.and_then(|raw| self::sections(raw, &ground, outline, told));
    Some(Lesson {
        // The loader puts its own in this place.
        nonce: Nonce::sample(),
        id: id?,
        elixir: elixir?,
        terminals: terminals?,
        mistakes: mistakes?,
        sections: sections?,
        prose: BTreeMap::new(),
        patterns: ground.patterns.into_inner().into_values().collect(),
    })
}

fn lesson_id(id: &Placed<String>, folder: &str, told: &mut Complaints<'_>) -> Option<LessonId> {
    let name = named(id, LessonId::parse, told)?;
    if id.value != folder {
        told.say(&id.span, format!("the lesson's folder is named `{folder}`"))
            .help("let the two be the same");
        return None;
    }
    Some(name)
}

fn requires(raw: Placed<RawRequires>, told: &mut Complaints<'_>) -> Option<(u32, u32)> {
    let elixir = raw.value.elixir.required("elixir", &raw.span, told)?;
    let version = elixir.value.strip_prefix(">=").and_then(|version| {
        let (major, minor) = version.trim().split_once('.')?;
        Some((major.parse().ok()?, minor.parse().ok()?))
    });
    if version.is_none() {
        told.say(&elixir.span, "this is no version that Moebi can compare").help("write it like '>= 1.14'");
    }
    version
}

fn terminals(raw: Placed<List<String>>, told: &mut Complaints<'_>) -> Option<Vec<TerminalName>> {
    let mut known: Vec<TerminalName> = Vec::new();
    for word in &raw.value {
        let Some(name) = named(word, TerminalName::parse, told) else { continue };
        if INPUT_KEYS.contains(&name.as_str()) {
            told.say(&word.span, format!("no terminal can be named `{name}`: inputs use that word"));
        } else if known.contains(&name) {
            told.say(&word.span, format!("the terminal `{name}` is named twice"));
        } else {
            known.push(name);
        }
    }
    if raw.value.is_empty() {
        told.say(&raw.span, "a lesson needs at least one terminal");
    }
    Some(known).filter(|known| !known.is_empty())
}

fn repeated_steps(outline: &Outline, told: &mut Complaints<'_>) {
    let mut seen: BTreeMap<&str, &Span> = BTreeMap::new();
    for step in outline.steps() {
        if let Some(first) = seen.insert(&step.id, &step.place) {
            told.say(&step.place, format!("there are two steps `{}`", step.id))
                .other(first.clone(), "the first one")
                .help("a step's id is unique in its lesson");
        }
    }
}

pub fn mistakes(
    raw: Field<Entries<List<RawCondition>>>,
    ground: &Ground,
    told: &mut Complaints<'_>,
) -> Option<Vec<Mistake>> {
    if raw.key.is_none() {
        return Some(Vec::new());
    }
    let checked: Vec<_> =
        raw.value?.value.into_iter().map(|(id, raw)| mistake(&id, raw, ground, told)).collect();
    checked.into_iter().collect()
}

fn mistake(
    id: &Placed<String>,
    raw: Placed<List<RawCondition>>,
    ground: &Ground,
    told: &mut Complaints<'_>,
) -> Option<Mistake> {
    let name = named(id, MistakeId::parse, told);
    if raw.value.is_empty() {
        told.say(&raw.span, "a mistake needs conditions, or every input would be it");
        return None;
    }
    let conditions = conditions(raw.value, ground, told);
    Some(Mistake { id: name?, conditions: conditions? })
}

fn sections(
    raw: Placed<List<RawSection>>,
    ground: &Ground,
    outline: &Outline,
    told: &mut Complaints<'_>,
) -> Option<Vec<Section>> {
    if raw.value.is_empty() {
        told.say(&raw.span, "a lesson needs at least one section");
        return None;
    }
    let mut seen: BTreeMap<String, Span> = BTreeMap::new();
    for id in raw.value.iter().filter_map(|section| section.value.id.value.as_ref()) {
        if let Some(first) = seen.insert(id.value.clone(), id.span.clone()) {
            told.say(&id.span, format!("there are two sections `{}`", id.value))
                .other(first, "the first one");
        }
    }
    let checked: Vec<_> =
        raw.value.into_iter().map(|raw| section(raw.value, ground, outline, told)).collect();
    checked.into_iter().collect()
}

fn section(
    raw: RawSection,
    ground: &Ground,
    outline: &Outline,
    told: &mut Complaints<'_>,
) -> Option<Section> {
    let id = raw.id.required("id", &raw.span, told).and_then(|id| section_id(&id, told));
    let minutes = raw.minutes.required("minutes", &raw.span, told);
    let mut seats = Seats::default();
    let start = raw.start.value.map(|start| start.value).unwrap_or_default();
    seats.follow(&start, told);
    let start = inputs(start, ground, &[], told);
    let steps = raw.steps.required("steps", &raw.span, told)?;
    if steps.value.is_empty() {
        told.say(&steps.span, "a section needs at least one step");
    }
    let section = id.as_ref().and_then(|id| outline.section(id.as_str()));
    let checked: Vec<_> = steps
        .value
        .into_iter()
        .map(|raw| step(raw.value, ground, (outline, section), &mut seats, told))
        .collect();
    let steps = checked.into_iter().collect::<Option<Vec<_>>>();
    Some(Section { id: id?, minutes: minutes?.value, start: start?, steps: steps? })
}

fn section_id(id: &Placed<String>, told: &mut Complaints<'_>) -> Option<SectionId> {
    let name = named(id, SectionId::parse, told)?;
    if PROSE_KEYS.contains(&name.as_str()) {
        told.say(&id.span, format!("no section can be named `{name}`: prose files use that word on top"));
        return None;
    }
    Some(name)
}
