//! Finding a lesson: built in, in a pack that is trusted, or in the folder that `--lessons` names.

use std::{env, path::Path, sync::Arc};

use crate::{
    cluster::messages::shown,
    error::{Error, Result},
    guide::store::Store,
    lesson::{self, Lang, Lesson, Nonce, RenderedDiagnostic, Source, Tag},
    pack::Origin,
};

use super::{args, messages, packs, progress::summary::Summary};

/// Of complaints about a lesson, for who only wanted to use it.
const MAX_TROUBLES: usize = 5;

/// Those that can be had; whoever wants another one is told by [`find`] why it can't.
pub(super) fn sources(from: &args::Source) -> Result<Vec<Source>> {
    if let Some(folder) = &from.lessons {
        return sources_in(folder);
    }
    // Without the packs, whatever is wrong with them, there are those that are built in.
    let packs = packs::kept().unwrap_or_default();
    let packs = packs.into_iter().filter_map(|kept| kept.lessons.ok()).flatten();
    let mut sources = lesson::embedded();
    for pack in packs {
        // A newer Moebi may have one of that name built in.
        if sources.iter().all(|source| source.id != pack.id) {
            sources.push(pack);
        }
    }
    Ok(sources)
}

/// Whether it is of those that the tests have loaded.
fn is_built_in(from: &args::Source, id: &str) -> bool {
    from.lessons.is_none() && lesson::is_embedded(id)
}

/// Every lesson in a folder; there is one at least.
pub(super) fn sources_in(folder: &Path) -> Result<Vec<Source>> {
    let found = lesson::from_folder(folder)
        .map_err(|e| Error::usage(messages::lessons_unreadable(&shown(folder))).because(e))?;
    if found.is_empty() {
        return Err(Error::usage(messages::no_lesson_in(&shown(folder))).hint(messages::what_a_lesson_is()));
    }
    Ok(found)
}

/// The lesson of that id, or the first one.
pub(super) fn load(from: &args::Source, wanted: Option<&str>, asked: Option<Lang>) -> Result<Arc<Lesson>> {
    let source = find(from, wanted)?;
    made(&source, texts(from, asked).as_ref(), lesson::load(&source, &Nonce::random()))
}

/// The lesson that somebody goes on with who names none.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Onward {
    /// None: the first one.
    pub lesson: Option<String>,
    /// The one learnt last, where it is done and another one follows.
    pub after: Option<String>,
}

/// The lesson learnt last, until it is done; then the first one that is not.
pub(super) fn onward(from: &args::Source, state: &Path) -> Result<Onward> {
    Ok(onward_in(&sources(from)?, state))
}

/// Of these alone, those of one pack.
pub(super) fn onward_among(from: &args::Source, ids: &[String], state: &Path) -> Result<Onward> {
    let mut sources = sources(from)?;
    sources.retain(|source| ids.contains(&source.id));
    let onward = onward_in(&sources, state);
    let first = || sources.first().map(|source| source.id.clone());
    Ok(Onward { lesson: onward.lesson.or_else(first), ..onward })
}

fn onward_in(sources: &[Source], state: &Path) -> Onward {
    let latest = latest_of(sources, state);
    if sources.len() == 1 {
        return Onward::default();
    }
    let id = |source: &Source| source.id.clone();
    let is_open = |source: &&Source| !is_done(source, state);
    if let Some(latest) = latest.filter(is_open) {
        return Onward { lesson: Some(id(latest)), after: None };
    }
    // Where all are done, the one learnt last is at hand.
    match sources.iter().find(is_open) {
        Some(next) => Onward { lesson: Some(id(next)), after: latest.map(id) },
        None => Onward { lesson: latest.map(id), after: None },
    }
}

/// The lesson learnt last, for somebody who names none; none where none was begun.
pub(super) fn latest(from: &args::Source, state: &Path) -> Result<Option<String>> {
    Ok(latest_of(&sources(from)?, state).map(|source| source.id.clone()))
}

fn latest_of<'s>(sources: &'s [Source], state: &Path) -> Option<&'s Source> {
    let saved_at = |source: &&Source| Store::saved_at(state, &source.id);
    sources.iter().filter(|source| saved_at(source).is_some()).max_by_key(saved_at)
}

/// What can't be read is not done.
fn is_done(source: &Source, state: &Path) -> bool {
    let Some(progress) = Store::look(state, &source.id).ok().flatten() else { return false };
    let lesson = match lesson::is_embedded(&source.id) {
        true => lesson::load_taught(source, Lang::En, &Nonce::sample()).ok(),
        false => lesson::load(source, &Nonce::sample()).ok(),
    };
    lesson.is_some_and(|lesson| Summary::of(&lesson, &progress, Lang::En).total.open == 0)
}

/// One lesson's files, to be read in the language that is spoken; of a built-in one, no more than is taught.
pub(super) struct LessonFiles {
    source: Source,
    is_built_in: bool,
    /// The command line that they were found by.
    from: args::Source,
}

impl LessonFiles {
    /// The lesson of that id, or the first one.
    pub(super) fn find(from: &args::Source, wanted: Option<&str>) -> Result<Self> {
        let source = find(from, wanted)?;
        Ok(Self { is_built_in: is_built_in(from, &source.id), from: from.clone(), source })
    }

    pub(super) fn source(&self) -> &Source {
        &self.source
    }

    /// Its author has saved it.
    pub(super) fn is_now(&mut self, source: Source) {
        self.source = source;
    }

    pub(super) fn id(&self) -> &str {
        &self.source.id
    }

    /// The lesson, and the language that it is told in: the one asked for, else the locale's, else English.
    pub(super) fn spoken(&self, asked: Option<Lang>, nonce: &Nonce) -> Result<(Arc<Lesson>, Lang)> {
        let lesson = match self.is_built_in {
            true => lesson::load_taught(&self.source, asked.or_else(spoken).unwrap_or(Lang::En), nonce),
            false => lesson::load(&self.source, nonce),
        };
        let lesson = made(&self.source, texts(&self.from, asked).as_ref(), lesson)?;
        let lang = lang(asked, &lesson);
        Ok((lesson, lang))
    }
}

pub(super) fn find(from: &args::Source, wanted: Option<&str>) -> Result<Source> {
    let sources = sources(from)?;
    let ids: Vec<_> = sources.iter().map(|source| source.id.clone()).collect();
    let source = match wanted {
        None => sources.into_iter().next(),
        Some(id) => sources.into_iter().find(|source| source.id == id),
    };
    source.ok_or_else(|| {
        let wanted = wanted.unwrap_or_default();
        let missing = || Error::usage(messages::no_lesson(wanted)).hint(messages::there_is(&ids.join(", ")));
        if let Some(folder) = &from.lessons {
            let is_elsewhere = matches!(Origin::parse(wanted), Ok(Some(_)));
            return match is_elsewhere {
                true => {
                    Error::usage(messages::no_lesson(wanted)).hint(messages::only_from_folder(&shown(folder)))
                }
                false => missing(),
            };
        }
        match packs::kept() {
            Err(error) => error,
            Ok(kept) => {
                let meant = kept.iter().find(|kept| kept.entry.is_called(wanted));
                let fault = meant.and_then(|kept| Some((&kept.entry, *kept.lessons.as_ref().err()?)));
                fault.map_or_else(missing, |(entry, fault)| packs::told(entry, fault))
            }
        }
    })
}

fn made(
    source: &Source,
    texts: Option<&Tag>,
    loaded: Result<Lesson, Vec<RenderedDiagnostic>>,
) -> Result<Arc<Lesson>> {
    loaded.map(|lesson| Arc::new(lesson.told_in(texts))).map_err(|rendered| unreadable(&source.id, &rendered))
}

pub(super) fn unreadable(what: &str, rendered: &[RenderedDiagnostic]) -> Error {
    let rendered = rendered.iter().take(MAX_TROUBLES).map(|diagnostic| diagnostic.rendered.trim_end());
    let rendered: Vec<_> = rendered.collect();
    let error = Error::usage(messages::unusable(what, &rendered.join("\n\n")));
    match rendered.len().saturating_sub(MAX_TROUBLES) {
        0 => error,
        left_out => error.hint(messages::more_complaints(left_out)),
    }
}

/// What `--lang` says, else the locale's language, where the lesson has it; else English. Beside texts in a language that
/// Moebi doesn't speak, it speaks whichever is asked for.
pub(super) fn lang(asked: Option<Lang>, lesson: &Lesson) -> Lang {
    let is_beside = |lang: &Lang| lesson.is_foreign() || lesson.prose.contains_key(lang);
    asked.or_else(spoken).filter(is_beside).unwrap_or(Lang::En)
}

/// The language that texts are wanted in and Moebi doesn't speak: what `--texts` says; else the locale's, unless another
/// one is asked for.
pub(super) fn texts(from: &args::Source, asked: Option<Lang>) -> Option<Tag> {
    let of_locale = || {
        let locale = locale()?;
        Tag::parse(&locale.split(['.', '@']).next()?.replace('_', "-"))
    };
    from.texts.clone().or_else(|| if asked.is_none() { of_locale() } else { None })
}

/// The locale's language, where Moebi speaks it.
pub(super) fn spoken() -> Option<Lang> {
    locale().and_then(|locale| Lang::parse(locale.get(..2)?))
}

fn locale() -> Option<String> {
    let value = |name: &&str| env::var(name).ok().filter(|value| !value.is_empty());
    ["LC_ALL", "LC_MESSAGES", "LANG"].iter().find_map(value)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::session::progress::{Outcome, Progress, StepRecord};

    #[test]
    fn whoever_names_no_lesson_goes_on_until_all_are_done() {
        let state = tempfile::tempdir().expect("a folder");
        let lessons = lesson::embedded();
        let next = || onward_in(&lessons, state.path());
        let goes_on = |lesson: &Source, after: Option<&Source>| {
            assert_eq!(next().lesson.as_ref(), Some(&lesson.id));
            assert_eq!(next().after.as_ref(), after.map(|after| &after.id));
        };
        let [first, second] = &lessons[..] else { panic!("two lessons") };
        let progress = |source: &Source, is_done: bool| {
            let lesson = lesson::load(source, &Nonce::sample()).expect("the lesson is whole");
            let steps = lesson.sections.iter().flat_map(|section| &section.steps);
            let record = StepRecord { outcome: Outcome::Passed, ..StepRecord::default() };
            let steps = steps.take(if is_done { usize::MAX } else { 1 });
            let steps = steps.map(|step| (step.id.as_str().to_owned(), record.clone()));
            let progress = Progress { steps: steps.collect(), ..Progress::default() };
            Store::open(state.path(), &source.id).and_then(|store| store.save(&progress)).expect("saved");
        };
        goes_on(first, None);
        progress(second, false);
        goes_on(second, None);
        progress(second, true);
        goes_on(first, Some(second));
        progress(first, true);
        goes_on(first, None);
        assert_eq!(latest_of(&lessons, state.path()).map(|lesson| &lesson.id), Some(&first.id));
    }

    #[test]
    fn a_shell_reads_the_language_it_speaks() {
        let from = args::Source { lessons: None, texts: None };
        for lang in Lang::ALL {
            let (lesson, spoken) = LessonFiles::find(&from, None)
                .and_then(|files| files.spoken(Some(lang), &Nonce::sample()))
                .expect("the lesson is whole");
            assert_eq!(spoken, lang);
            assert_eq!(lesson.prose.keys().collect::<Vec<_>>(), [&lang]);
        }
    }
}
