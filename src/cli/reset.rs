//! `moebi reset`.

mod messages;

use std::{
    io::{self, IsTerminal},
    path::Path,
};

use crate::{
    error::{Error, Result},
    guide::{
        messages as told,
        store::{Store, TakenBack},
    },
    i18n::Localized,
    lesson::{Lang, Lesson, Section, StepId},
    session::progress::Progress,
};

use super::{
    args::ResetArgs,
    ask::{DefaultAnswer, agrees},
    folders::Folders,
    lessons, print,
};

/// What is to be taken back.
enum What<'a> {
    Step(&'a StepId),
    Section(&'a Section),
    All,
}

pub(super) fn run(args: &ResetArgs, asked: Option<Lang>) -> Result<u8> {
    let state = Folders::find()?.state();
    let latest = lessons::latest(&args.source, &state)?;
    let lesson = lessons::load(&args.source, args.lesson.as_deref().or(latest.as_deref()), asked)?;
    let lang = lessons::lang(asked, &lesson);
    let said = match &args.restore {
        Some(file) => restore(args, file.as_deref(), &opened(&state, &lesson)?)?,
        None => take_back(args, &lesson, &state, lang)?,
    };
    print(&format!("{}\n", said.speak(lang)))?;
    Ok(0)
}

/// Asked before the lesson is locked: a question may wait for long.
fn take_back(args: &ResetArgs, lesson: &Lesson, state: &Path, lang: Lang) -> Result<Localized> {
    let what = What::wanted(args, lesson)?;
    let present = match Store::look(state, lesson.id.as_str()) {
        Ok(progress) => progress.unwrap_or_default(),
        // A file that nobody can read is copied and begun anew; a part of it can't be taken back.
        Err(_) if matches!(what, What::All) => Progress { at: Some(String::new()), ..Progress::default() },
        Err(error) => return Err(error),
    };
    if what.is_taken_back(&present) {
        return Ok(messages::nothing_to_forget());
    }
    if !(args.yes || confirmed(&what.question(&present, lesson, lang), lang)?) {
        return Ok(told::left_alone());
    }
    let store = opened(state, lesson)?;
    let copy = store.back_up()?;
    // What is saved now, not when the question was asked.
    let mut progress = match what {
        What::All => Progress::default(),
        What::Step(_) | What::Section(_) => store.load()?.0,
    };
    what.forget(&mut progress);
    // First: who is interrupted in between resets once more.
    if let Some(files) = what.files(lesson) {
        store.take_back_files(&files)?;
    }
    store.save(&progress)?;
    let copy = copy.map(|copy| messages::copy_is(&copy.display().to_string(), &command(args, lesson, &copy)));
    let parts: Vec<_> = [messages::forgotten()].into_iter().chain(copy).collect();
    Ok(Localized::join(&parts, &crate::i18n::line_break()))
}

fn restore(args: &ResetArgs, file: Option<&Path>, store: &Store) -> Result<Localized> {
    let restored = store.restore(file)?;
    let steps = restored.progress.steps.len();
    let mut parts = vec![messages::restored(&restored.from.display().to_string(), steps)];
    if let Some(kept) = restored.kept {
        let lesson = args.lesson.as_deref().map(|lesson| format!("{lesson} ")).unwrap_or_default();
        let command = format!("moebi reset {lesson}--restore");
        parts.push(messages::copy_is(&kept.display().to_string(), &command));
    }
    Ok(Localized::join(&parts, &crate::i18n::line_break()))
}

/// Nobody else may be saving meanwhile.
fn opened(state: &Path, lesson: &Lesson) -> Result<Store> {
    let store = Store::open(state, lesson.id.as_str())?;
    if store.saves() {
        return Ok(store);
    }
    Err(Error::could_not_run(messages::is_open_elsewhere(lesson.id.as_str())).hint(messages::leave_first()))
}

/// How the copy comes back.
fn command(args: &ResetArgs, lesson: &Lesson, copy: &Path) -> String {
    let name = copy.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let lessons = args.source.lessons.as_ref().map(|folder| format!(" --lessons {}", folder.display()));
    format!("moebi reset {}{} --restore {name}", lesson.id, lessons.unwrap_or_default())
}

impl<'a> What<'a> {
    fn wanted(args: &ResetArgs, lesson: &'a Lesson) -> Result<Self> {
        if let Some(id) = &args.step {
            let steps = || lesson.sections.iter().flat_map(|section| &section.steps);
            let found = lesson.step(id).map(|(_, step)| Self::Step(&step.id));
            return found
                .ok_or_else(|| unknown(messages::no_step(id), id, steps().map(|step| step.id.as_str())));
        }
        if let Some(id) = &args.section {
            let ids = || lesson.sections.iter().map(|section| section.id.as_str());
            let found = lesson.section(id).map(Self::Section);
            return found.ok_or_else(|| unknown(messages::no_section(id), id, ids()));
        }
        Ok(Self::All)
    }

    fn forget(&self, progress: &mut Progress) -> usize {
        match self {
            Self::Step(step) => progress.forget_step(step),
            Self::Section(section) => progress.forget_section(section),
            Self::All => progress.forget_all(),
        }
    }

    /// None where what is taken back has no files.
    fn files(&self, lesson: &Lesson) -> Option<TakenBack<'a>> {
        let has_files = |section: &Section| !section.paths().is_empty();
        match *self {
            Self::All => Some(TakenBack::All),
            Self::Section(section) => has_files(section).then(|| TakenBack::section(section)),
            Self::Step(step) => {
                let section = lesson.step(step.as_str()).map(|(section, _)| section);
                section.is_some_and(has_files).then(|| TakenBack::Steps(vec![step]))
            }
        }
    }

    /// Whether there is nothing of it.
    fn is_taken_back(&self, progress: &Progress) -> bool {
        let nothing = self.forget(&mut progress.clone()) == 0;
        nothing && (progress.at.is_none() || !matches!(self, Self::All))
    }

    fn question(&self, progress: &Progress, lesson: &Lesson, lang: Lang) -> Localized {
        let steps = self.forget(&mut progress.clone());
        let prose = lesson.prose(lang);
        match self {
            Self::Step(step) => messages::forget_step(step.as_str()),
            Self::Section(section) => {
                let title =
                    prose.sections.get(&section.id).map_or(section.id.as_str(), |titles| &titles.title);
                told::forget_section(title, steps)
            }
            Self::All => told::forget_all(&prose.title, steps),
        }
    }
}

fn unknown<'a>(what: Localized, id: &str, ids: impl Iterator<Item = &'a str>) -> Error {
    let near = ids.map(|known| (strsim::jaro_winkler(known, id), known)).filter(|(score, _)| *score > 0.8);
    let nearest = near.max_by(|a, b| a.0.total_cmp(&b.0)).map(|(_, known)| known);
    let hint = nearest.map_or_else(messages::progress_lists_ids, messages::did_you_mean);
    Error::usage(what).hint(hint)
}

/// Enter is no, and so is the end of input.
fn confirmed(question: &Localized, lang: Lang) -> Result<bool> {
    if !(io::stdin().is_terminal() && io::stderr().is_terminal()) {
        return Err(Error::usage(messages::nobody_to_ask()).hint(messages::say_yes()));
    }
    Ok(agrees(question, DefaultAnswer::No, lang))
}
