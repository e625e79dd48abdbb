//! `moebi demo`, and `--cast`.

use std::{
    env,
    ffi::{OsStr, OsString},
    path::{Path, PathBuf},
    sync::Arc,
};

use crate::{
    demo::{record, typist::Play},
    error::{Error, Result},
    i18n::Lang,
    lesson::{Lesson, SectionId},
    shell::Mode,
};

use super::{
    args::{DemoArgs, LearnArgs},
    learn, messages,
};

/// Runs this very command without its `--cast`, in a terminal that is recorded.
pub(super) fn recorded(file: &Path) -> Result<u8> {
    let program = env::current_exe().map_err(|e| Error::could_not_run(messages::no_program()).because(e))?;
    let words = [program.into_os_string()].into_iter().chain(without_cast(env::args_os().skip(1)));
    record::record(&words.collect::<Vec<_>>(), file, "Moebi")
}

fn without_cast(words: impl Iterator<Item = OsString>) -> Vec<OsString> {
    let mut left = Vec::new();
    let mut words = words;
    while let Some(word) = words.next() {
        if word == OsStr::new("--cast") {
            words.next();
        } else if !word.as_encoded_bytes().starts_with(b"--cast=") {
            left.push(word);
        }
    }
    left
}

pub(super) fn run(args: &DemoArgs, asked: Option<Lang>) -> Result<u8> {
    if let Some(file) = &args.cast {
        return recorded(file);
    }
    // Nothing of it is the learner's: neither progress nor files.
    let folder = tempfile::Builder::new()
        .prefix("moebi-demo-")
        .tempdir()
        .map_err(|e| Error::could_not_run(messages::no_workspace("")).because(e))?;
    let learn = LearnArgs {
        lesson: args.lesson.clone(),
        source: args.source.clone(),
        plain: args.plain,
        workspace: Some(folder.path().join("workspace")),
        keys: crate::shell::Bindings::Emacs,
        cast: None,
    };
    let stage =
        Stage { section: args.section.clone(), speed: args.speed, state: folder.path().join("state") };
    learn::run_as_show(&learn, asked, &stage)
}

/// Where a show is played, and how.
pub(super) struct Stage {
    section: Option<String>,
    speed: f64,
    pub(super) state: PathBuf,
}

impl Stage {
    /// # Errors
    /// There is no such section.
    pub(super) fn play(&self, lesson: &Arc<Lesson>, workspace: &Path, mode: Mode) -> Result<Play> {
        let section = self.section.as_deref().map(|asked| section(lesson, asked)).transpose()?;
        Ok(Play {
            lesson: Arc::clone(lesson),
            section,
            speed: self.speed,
            workspace: workspace.to_owned(),
            mode,
        })
    }
}

fn section(lesson: &Lesson, asked: &str) -> Result<SectionId> {
    let ids: Vec<_> = lesson.sections.iter().map(|section| section.id.clone()).collect();
    let known = || ids.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
    let found = ids.iter().find(|id| id.as_str() == asked).cloned();
    found.ok_or_else(|| Error::usage(messages::no_such_section(asked, &known())))
}
