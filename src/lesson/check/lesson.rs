//! A whole `lesson.yaml`: what holds of it beyond its steps.

use std::collections::BTreeMap;

use super::{Declared, Outline, elixir::IexTerminals, filled, inputs, named, step::step};
use crate::lesson::{
    Nonce,
    condition::conditions,
    diagnostic::{Diagnostics, nearest},
    model::{Lesson, Mistake, Section},
    name::{LessonId, MistakeId, SectionId, TerminalName},
    raw::{
        Entries, Field, INPUT_KEYS, List, PROSE_KEYS, Placed, RawInput, RawLesson, RawRequires, RawSection,
    },
    yaml::{Node, Span},
};

/// How long the name of who wrote it may be.
const MAX_AUTHOR: usize = 100;

/// Checks the structure; `folder` is the id that it must have. The lesson has no prose yet.
pub(crate) fn lesson(
    raw: RawLesson,
    outline: &Outline,
    folder: &str,
    diag: &mut Diagnostics<'_>,
) -> Option<Lesson> {
    let owner = raw.span.clone();
    let id = raw.lesson.required("lesson", &owner, diag).and_then(|id| lesson_id(&id, folder, diag));
    let author = raw.author.value.map(|author| self::author(author, diag));
    let elixir = raw.requires.required("requires", &owner, diag).and_then(|raw| requires(raw, diag));
    let places = raw.terminals.value.as_ref().map_or_else(Vec::new, |names| names.value.clone());
    let terminals = raw.terminals.required("terminals", &owner, diag).and_then(|raw| terminals(raw, diag));
    let mut terminals = terminals;
    if let Some(known) = &mut terminals {
        misspelt(known, raw.sections.value.as_ref(), &places, diag);
    }
    let ground = Declared::new(terminals.clone().unwrap_or_default(), diag.text());
    repeated_steps(outline, diag);
    let mistakes = mistakes(raw.mistakes, &ground, diag);
    let sections = raw.sections.required("sections", &owner, diag);
    let sections = sections.and_then(|raw| self::sections(raw, &ground, outline, diag));
    Some(Lesson {
        // The loader puts its own in this place.
        nonce: Nonce::sample(),
        id: id?,
        author: match author {
            Some(author) => Some(author?),
            None => None,
        },
        elixir: elixir?,
        terminals: terminals?,
        mistakes: mistakes?,
        sections: sections?,
        prose: BTreeMap::new(),
        foreign: BTreeMap::new(),
        told_in: None,
        patterns: ground.patterns.into_inner().into_values().collect(),
    })
}

fn lesson_id(id: &Placed<String>, folder: &str, diag: &mut Diagnostics<'_>) -> Option<LessonId> {
    let name = named(id, LessonId::parse, diag)?;
    if id.value != folder {
        diag.error(&id.span, format!("the lesson's folder is named `{folder}`"))
            .help("let the two be the same");
        return None;
    }
    Some(name)
}

fn author(author: Placed<String>, diag: &mut Diagnostics<'_>) -> Option<String> {
    let span = author.span.clone();
    let author = filled(author, "`author`", diag)?.trim().to_owned();
    if author.contains('\n') || author.chars().count() > MAX_AUTHOR {
        diag.error(&span, format!("`author` is one line of at most {MAX_AUTHOR} characters"));
        return None;
    }
    Some(author)
}

fn requires(raw: Placed<RawRequires>, diag: &mut Diagnostics<'_>) -> Option<(u32, u32)> {
    let elixir = raw.value.elixir.required("elixir", &raw.span, diag)?;
    let version = elixir.value.0.strip_prefix(">=").and_then(|version| {
        let (major, minor) = version.trim().split_once('.')?;
        Some((major.parse().ok()?, minor.parse().ok()?))
    });
    if version.is_none() {
        let complaint = diag.error(&elixir.span, "this is no version that Moebi can compare");
        let digits = elixir.value.0.trim_start_matches(|c: char| !c.is_ascii_digit());
        match minor(digits) {
            Some((major, minor)) => complaint.replace(format!("'>= {major}.{minor}'")),
            None => complaint.help("write it like '>= 1.14'"),
        };
    }
    version
}

/// Of `1.14.3-rc.1` what counts.
fn minor(version: &str) -> Option<(u32, u32)> {
    let mut parts = version.split(|c: char| !c.is_ascii_digit());
    Some((parts.next()?.parse().ok()?, parts.next()?.parse().ok()?))
}

fn terminals(raw: Placed<List<String>>, diag: &mut Diagnostics<'_>) -> Option<Vec<TerminalName>> {
    let mut known: Vec<TerminalName> = Vec::new();
    for word in &raw.value {
        let Some(name) = named(word, TerminalName::parse, diag) else { continue };
        if INPUT_KEYS.contains(&name.as_str()) {
            diag.error(&word.span, format!("no terminal can be named `{name}`: inputs use that word"))
                .help("give it another name");
        } else if known.contains(&name) {
            diag.error(&word.span, format!("the terminal `{name}` is named twice"))
                .help("take one of them away");
        } else {
            known.push(name);
        }
    }
    if raw.value.is_empty() {
        diag.error(&raw.span, "a lesson needs at least one terminal");
    }
    Some(known).filter(|known| !known.is_empty())
}

/// A terminal that nothing is typed into, while much is typed into one that is called nearly so: told once, where it is
/// declared, and not at every input.
fn misspelt(
    known: &mut Vec<TerminalName>,
    sections: Option<&Placed<List<RawSection>>>,
    places: &List<String>,
    diag: &mut Diagnostics<'_>,
) {
    let typed = typed_into(sections);
    let count = |word: &str| typed.iter().filter(|typed| **typed == word).count();
    for name in places {
        let strange =
            || typed.iter().copied().filter(|typed| known.iter().all(|known| known.as_str() != *typed));
        let Some(meant) = nearest(&name.value, strange()).filter(|meant| count(meant) > 1) else { continue };
        if count(&name.value) > 0 {
            continue;
        }
        let message = format!("nothing is typed into `{}`, and much into `{meant}`", name.value);
        diag.error(&name.span, message).did_you_mean(meant);
        known.extend(TerminalName::parse(meant));
    }
}

/// The terminal of every input that types.
fn typed_into(sections: Option<&Placed<List<RawSection>>>) -> Vec<&str> {
    let sections = sections.into_iter().flat_map(|sections| &sections.value);
    let answers = sections.flat_map(|section| {
        let steps = section.value.steps.value.iter().flat_map(|steps| &steps.value);
        let answers = steps.flat_map(|step| {
            let others = step.value.right.value.iter().chain(&step.value.wrong.value);
            let others =
                others.flat_map(|others| &others.value).filter_map(|other| other.value.answer.value.as_ref());
            step.value.answer.value.iter().chain(others)
        });
        section.value.start.value.iter().chain(answers)
    });
    let inputs = answers.flat_map(|answer| &answer.value);
    inputs
        .filter_map(|input| match &input.value {
            RawInput::Type { terminal, .. } => Some(terminal.value.as_str()),
            _ => None,
        })
        .collect()
}

fn repeated_steps(outline: &Outline, diag: &mut Diagnostics<'_>) {
    let mut seen: BTreeMap<&str, &Span> = BTreeMap::new();
    for step in outline.steps() {
        if let Some(first) = seen.insert(&step.id, &step.place) {
            diag.error(&step.place, format!("there are two steps `{}`", step.id))
                .other(first.clone(), "the first one")
                .help("a step's id is unique in its lesson");
        }
    }
}

pub(super) fn mistakes(
    raw: Field<Entries<List<Node>>>,
    ground: &Declared,
    diag: &mut Diagnostics<'_>,
) -> Option<Vec<Mistake>> {
    if raw.key.is_none() {
        return Some(Vec::new());
    }
    let checked: Vec<_> =
        raw.value?.value.into_iter().map(|(id, raw)| mistake(&id, raw, ground, diag)).collect();
    checked.into_iter().collect()
}

fn mistake(
    id: &Placed<String>,
    raw: Placed<List<Node>>,
    ground: &Declared,
    diag: &mut Diagnostics<'_>,
) -> Option<Mistake> {
    let name = named(id, MistakeId::parse, diag);
    if raw.value.is_empty() {
        diag.error(&raw.span, "a mistake needs conditions, or every input would be it");
        return None;
    }
    let conditions = conditions(&raw.value, ground, diag);
    Some(Mistake { id: name?, conditions: conditions? })
}

fn sections(
    raw: Placed<List<RawSection>>,
    ground: &Declared,
    outline: &Outline,
    diag: &mut Diagnostics<'_>,
) -> Option<Vec<Section>> {
    if raw.value.is_empty() {
        diag.error(&raw.span, "a lesson needs at least one section");
        return None;
    }
    let mut seen: BTreeMap<String, Span> = BTreeMap::new();
    for id in raw.value.iter().filter_map(|section| section.value.id.value.as_ref()) {
        if let Some(first) = seen.insert(id.value.clone(), id.span.clone()) {
            diag.error(&id.span, format!("there are two sections `{}`", id.value))
                .other(first, "the first one");
        }
    }
    let checked: Vec<_> =
        raw.value.into_iter().map(|raw| section(raw.value, ground, outline, diag)).collect();
    checked.into_iter().collect()
}

fn section(
    raw: RawSection,
    ground: &Declared,
    outline: &Outline,
    diag: &mut Diagnostics<'_>,
) -> Option<Section> {
    let id = raw.id.required("id", &raw.span, diag).and_then(|id| section_id(&id, diag));
    let minutes = raw.minutes.required("minutes", &raw.span, diag);
    let mut seats = IexTerminals::default();
    let start = raw.start.value.map(|start| start.value).unwrap_or_default();
    seats.follow(&start, diag);
    let start = inputs(start, ground, &[], diag);
    let steps = raw.steps.required("steps", &raw.span, diag)?;
    if steps.value.is_empty() {
        diag.error(&steps.span, "a section needs at least one step");
    }
    let section = id.as_ref().and_then(|id| outline.section(id.as_str()));
    let checked: Vec<_> = steps
        .value
        .into_iter()
        .map(|raw| step(raw.value, ground, (outline, section), &mut seats, diag))
        .collect();
    let steps = checked.into_iter().collect::<Option<Vec<_>>>();
    Some(Section { id: id?, minutes: minutes?.value, start: start?, steps: steps? })
}

fn section_id(id: &Placed<String>, diag: &mut Diagnostics<'_>) -> Option<SectionId> {
    let name = named(id, SectionId::parse, diag)?;
    if PROSE_KEYS.contains(&name.as_str()) {
        diag.error(&id.span, format!("no section can be named `{name}`: prose files use that word on top"));
        return None;
    }
    Some(name)
}
