//! A lesson out of a text such as Elixir School's: `moebi lesson import`.
//!
//! A source tells, and a lesson asks. What can be derived is: [`markdown`] takes the source to pieces, [`block`] reads what a
//! block of code says by itself, [`outline`] makes sections and steps of all that, with [`project`] for the files and
//! [`condition`] for what must be seen; [`mod@write`] writes the files. What can't be derived stays a TODO.

mod block;
mod condition;
mod front_matter;
mod markdown;
mod messages;
mod outline;
mod project;
mod write;
mod yaml;

#[cfg(test)]
mod tests;

use crate::{
    error::{Error, Result},
    lesson::{self, Lang, LessonId, Nonce, Source, load::STRUCTURE},
};

use markdown::Part;
use write::Head;

/// The longest source, in bytes.
pub const MAX_BYTES: usize = 1024 * 1024;
/// How many headings, paragraphs and blocks a source may have.
const MAX_PARTS: usize = 4000;
/// How many blocks of code.
const MAX_BLOCKS: usize = 400;

/// What a source becomes, and how much of it.
#[derive(Debug)]
pub struct Imported {
    pub files: [(String, String); 2],
    pub sections: usize,
    pub steps: usize,
    /// Of code; and how many of them are something to do or to see.
    pub blocks: usize,
    pub placed: usize,
}

/// The id that a file's name is good for, and the language that it says it is in.
pub fn named(file_name: &str) -> (Option<LessonId>, Option<Lang>) {
    let stem = file_name.rsplit_once('.').map_or(file_name, |(stem, _)| stem);
    let (stem, lang) = match stem.rsplit_once('.') {
        Some((stem, code)) if Lang::parse(code).is_some() => (stem, Lang::parse(code)),
        _ => (stem, None),
    };
    (LessonId::parse(&outline::slug(stem, 60)).ok(), lang)
}

/// Makes a lesson of a text; `from` is the name of its file.
///
/// # Errors
/// It is too large, or holds nothing that can be done.
pub fn import(text: &str, from: &str, id: &LessonId, lang: Lang) -> Result<Imported> {
    if text.len() > MAX_BYTES {
        return Err(Error::usage(messages::too_large(MAX_BYTES / 1024)).hint(messages::split_it()));
    }
    let text = markdown::clean(text);
    let front = front_matter::read(&text);
    let too_many = || Error::usage(messages::too_many_parts(MAX_PARTS)).hint(messages::split_it());
    let mut parts = markdown::parts(front.body, MAX_PARTS).ok_or_else(too_many)?;
    if parts.iter().filter(|part| matches!(part, Part::Code { .. })).count() > MAX_BLOCKS {
        return Err(Error::usage(messages::too_many_blocks(MAX_BLOCKS)).hint(messages::split_it()));
    }
    let title = front.title.clone().or_else(|| own_title(&mut parts));
    let mut todos = Vec::new();
    let title = title.unwrap_or_else(|| {
        todos.push("the source has no title.".to_owned());
        id.to_string()
    });
    let title = title.split_whitespace().collect::<Vec<_>>().join(" ");
    let excerpt = front.excerpt.as_deref().and_then(|excerpt| markdown::prose(excerpt, MAX_PARTS));
    let summary = excerpt.filter(|excerpt| !excerpt.is_empty()).or_else(|| first_words(&parts));
    let summary = summary.unwrap_or_else(|| {
        todos.push("say in a sentence or two what the lesson is about.".to_owned());
        markdown::escaped(&title)
    });
    let outline = outline::outline(&title, parts, lang);
    let steps: usize = outline.sections.iter().map(|section| section.steps.len()).sum();
    if steps == 0 {
        return Err(Error::usage(messages::nothing_to_do()).hint(messages::what_can_be_done()));
    }
    let head = Head {
        id,
        lang,
        from: from.trim(),
        version: front.version.as_deref(),
        title: &title,
        summary: &summary,
        todos: &todos,
    };
    let files = [
        (STRUCTURE.to_owned(), write::structure(&head, &outline)),
        (format!("{}.yaml", lang.code()), write::texts(&head, &outline)),
    ];
    is_a_lesson(id, &files)?;
    let (sections, blocks, placed) = (outline.sections.len(), outline.blocks, outline.placed);
    Ok(Imported { files, sections, steps, blocks, placed })
}

/// The heading above all others, which is no section.
fn own_title(parts: &mut Vec<Part>) -> Option<String> {
    let levels: Vec<usize> = parts
        .iter()
        .filter_map(|part| match part {
            Part::Heading { level, .. } => Some(*level),
            Part::Prose(_) | Part::Code { .. } => None,
        })
        .collect();
    let first = *levels.first()?;
    let is_above = levels[1..].iter().all(|level| *level > first);
    let at = parts.iter().position(|part| matches!(part, Part::Heading { .. })).filter(|_| is_above)?;
    match parts.remove(at) {
        Part::Heading { text, .. } => Some(text),
        Part::Prose(_) | Part::Code { .. } => None,
    }
}

/// The first paragraph.
fn first_words(parts: &[Part]) -> Option<String> {
    parts.iter().find_map(|part| match part {
        Part::Prose(text) => Some(text.clone()),
        Part::Heading { .. } | Part::Code { .. } => None,
    })
}

/// What was written can be loaded.
fn is_a_lesson(id: &LessonId, files: &[(String, String)]) -> Result<()> {
    let source = Source { id: id.to_string(), files: files.to_vec() };
    match lesson::load(&source, &Nonce::sample()) {
        Ok(_) => Ok(()),
        Err(complaints) => {
            let first = complaints.first().map(lesson::RenderedDiagnostic::told).unwrap_or_default();
            Err(Error::usage(messages::no_lesson(&first)))
        }
    }
}
