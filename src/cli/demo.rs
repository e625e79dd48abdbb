//! `moebi demo`, and `--cast`.

use std::{
    env,
    ffi::{OsStr, OsString},
    fs,
    path::{Path, PathBuf},
    sync::Arc,
};

use crate::{
    demo::{
        picture, record,
        typist::{Part, Play},
    },
    error::{Error, Result},
    i18n::Lang,
    lesson::{Lesson, Nonce},
    session::Position,
    shell::Mode,
};

use super::{
    args::{DemoArgs, LearnArgs},
    learn,
    lessons::LessonFiles,
    messages,
};

/// Runs this very command without its `--cast`, in a terminal that is recorded.
pub(super) fn recorded(file: &Path) -> Result<u8> {
    let words = [program()?].into_iter().chain(without_cast(env::args_os().skip(1)));
    record::record(&words.collect::<Vec<_>>(), file, "Moebi")
}

fn program() -> Result<OsString> {
    let program = env::current_exe().map_err(|e| Error::could_not_run(messages::no_program()).because(e))?;
    Ok(program.into_os_string())
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

/// Of a step's picture. Higher than any step: what is said comes on one page, and nothing of it leaves the screen.
const PICTURE: (u16, u16) = (92, 400);

/// Plays the step in a terminal that nobody sees, and draws what it shows in the end.
fn drawn(args: &DemoArgs, asked: Option<Lang>, step: &str, file: &Path) -> Result<u8> {
    let files = LessonFiles::find(&args.source, args.lesson.as_deref())?;
    let (lesson, lang) = files.spoken(asked, &Nonce::random())?;
    let place = found(&lesson, step)?;
    let prose = lesson.prose(lang);
    let title = &prose.sections[&place.section(&lesson).id].steps[&place.step(&lesson).id].title;
    let mut words = vec![program()?];
    words.extend(
        ["demo", files.id(), "--lang", lang.code(), "--step", step, "--is-drawn"].map(OsString::from),
    );
    words.extend(["--speed", "1000"].map(OsString::from));
    if let Some(folder) = &args.source.lessons {
        words.extend(["--lessons".into(), folder.clone().into_os_string()]);
    }
    let (code, screen) = record::last_screen(&words, PICTURE)?;
    if code != 0 {
        eprintln!("{}", screen.contents());
        return Ok(code);
    }
    let title = format!("{} › {title}", prose.title);
    let svg = picture::svg(&screen, &title, lang);
    let shown = file.display().to_string();
    fs::write(file, svg).map_err(|e| Error::usage(messages::no_picture(&shown)).because(e))?;
    Ok(0)
}

pub(super) fn run(args: &DemoArgs, asked: Option<Lang>) -> Result<u8> {
    if let Some((file, step)) = args.svg.as_ref().zip(args.step.as_deref()) {
        return drawn(args, asked, step, file);
    }
    if let Some(file) = &args.cast {
        return recorded(file);
    }
    // Nothing of it is the learner's: neither progress nor files.
    let folder = folder("moebi-demo-")?;
    let learn = LearnArgs {
        trust: false,
        lesson: args.lesson.clone(),
        source: args.source.clone(),
        plain: args.plain,
        workspace: Some(folder.path().join("workspace")),
        keys: crate::shell::Bindings::Emacs,
        cast: None,
    };
    let stage = Stage {
        section: args.section.clone(),
        step: args.step.clone(),
        speed: args.speed,
        is_drawn: args.is_drawn,
        state: folder.path().join("state"),
    };
    learn::run_as_show(&learn, asked, &stage)
}

/// One that is gone with the run, for all that is not the learner's.
pub(super) fn folder(prefix: &str) -> Result<tempfile::TempDir> {
    let made = tempfile::Builder::new().prefix(prefix).tempdir();
    made.map_err(|e| Error::could_not_run(messages::no_workspace("")).because(e))
}

/// Where a show is played, and how.
pub(super) struct Stage {
    section: Option<String>,
    step: Option<String>,
    speed: f64,
    /// For a picture of the step, and nothing else.
    pub(super) is_drawn: bool,
    pub(super) state: PathBuf,
}

impl Stage {
    /// # Errors
    /// There is no such section, or no such step.
    pub(super) fn part(&self, lesson: &Lesson) -> Result<Part> {
        if let Some(step) = &self.step {
            return found(lesson, step).map(|place| Part::Step(place.step(lesson).id.clone()));
        }
        let Some(asked) = &self.section else { return Ok(Part::Lesson) };
        let ids: Vec<_> = lesson.sections.iter().map(|section| section.id.clone()).collect();
        let known = || ids.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
        let section = ids.iter().find(|id| id.as_str() == asked).cloned();
        section.map(Part::Section).ok_or_else(|| Error::usage(messages::no_such_section(asked, &known())))
    }

    pub(super) fn play(&self, lesson: &Arc<Lesson>, part: Part, workspace: &Path, mode: Mode) -> Play {
        Play { lesson: Arc::clone(lesson), part, speed: self.speed, workspace: workspace.to_owned(), mode }
    }
}

pub(super) fn found(lesson: &Lesson, step: &str) -> Result<Position> {
    let known = || lesson.sections.iter().flat_map(|section| &section.steps).map(|step| step.id.as_str());
    Position::of(lesson, step).ok_or_else(|| {
        let known = known().collect::<Vec<_>>().join(", ");
        Error::usage(messages::no_such_step(step)).hint(messages::steps_are(&known))
    })
}
