//! `moebi check`.

use std::{
    fs,
    io::{self, IsTerminal},
    path::Path,
    sync::Arc,
    thread::available_parallelism,
};

use indicatif::{ProgressBar, ProgressStyle};
use tokio::sync::{Semaphore, mpsc};

use crate::{
    check::{self, Answers, Options, Report, StepResult, Subject, Tally, submission},
    cluster::{Site, guardian, messages::shown},
    error::{Error, Result},
    lesson::{Lang, Lesson},
    render::palette::Palette,
};

use super::{args::CheckArgs, folders::Folders, lessons, messages, print, runtime, setup, stop::Stop};

/// Nodes wait for most of the time: for each other, and for what must not come.
const JOBS_A_CORE: usize = 2;

pub(super) fn run(args: &CheckArgs, lang: Option<Lang>) -> Result<u8> {
    let lesson = lessons::load(&args.source, args.lesson.as_deref(), lang)?;
    let answers = match answers(args, &lesson) {
        Ok(answers) => answers,
        Err(why) => {
            let lang = lessons::lang(lang, &lesson);
            print(&check::unreadable(args.format, &lesson, &name(args), &why, lang))?;
            return Err(why);
        }
    };
    let scheme = args.scheme.as_deref().map(|path| check::scheme::read(path, &lesson)).transpose()?;
    let scheme = scheme.unwrap_or_default();
    let threads = runtime()?;
    let (elixir, stop) = threads.block_on(async {
        let mut stop = Stop::listen();
        let elixir = tokio::select! {
            elixir = setup::required(lesson.elixir) => elixir?,
            () = stop.told() => return Err(Error::interrupted()),
        };
        Ok((elixir, stop))
    })?;
    let options = Options {
        runtime: elixir,
        cache: Folders::find()?.cache(),
        guardian: guardian::this_program()?,
        lang: lessons::lang(lang, &lesson),
        section: args.section.clone(),
        step: args.step.clone(),
        places: Arc::new(Semaphore::new(JOBS_A_CORE * available_parallelism().map_or(1, usize::from))),
        site: Site::Passing,
        section_time: None,
        scheme,
    };
    let subject = Subject {
        name: name(args),
        steps: check::wanted(&lesson, &options)?,
        lesson: lesson.clone(),
        runtime: options.runtime.clone(),
        lang: options.lang,
    };
    let report = Report::new(args.format, subject, Palette::from_env(io::stdout().is_terminal()));
    let tally = threads.block_on(watched(&lesson, &answers, &options, report, stop))?;
    Ok(tally.exit_code())
}

fn answers(args: &CheckArgs, lesson: &Lesson) -> Result<Answers> {
    let Some(path) = &args.answers else { return Ok(Answers::Model) };
    // A link that somebody names is meant; those within a submission are not followed.
    let followed = fs::canonicalize(path);
    let path: &Path = path;
    let given = submission::load(followed.as_deref().unwrap_or(path), &shown(path), lesson)?;
    if !given.faults.is_empty() {
        eprintln!("{}\n", submission::told(given.faults.iter().map(|(_, fault)| fault)));
    }
    Ok(Answers::Given(given))
}

fn name(args: &CheckArgs) -> String {
    args.answers.as_deref().map_or_else(|| "model".to_owned(), called)
}

/// The name of the file or folder, without the way there.
fn called(path: &Path) -> String {
    path.file_name().map_or_else(|| shown(path), |name| name.to_string_lossy().into_owned())
}

/// Writes each result as it comes, with a progress line on standard error where that is a terminal; Ctrl-C and
/// SIGTERM end every node first, and what had come is told to its end.
async fn watched(
    lesson: &Arc<Lesson>,
    answers: &Answers,
    options: &Options,
    report: Report,
    mut stop: Stop,
) -> Result<Tally> {
    let (results, heard) = mpsc::unbounded_channel();
    let told = tokio::spawn(tell(heard, report, options.lang));
    let ended = tokio::select! {
        ended = check::run(lesson, answers, options, results) => ended.map(drop),
        () = stop.told() => Err(Error::interrupted()),
    };
    let told = told.await.map_err(|e| Error::could_not_run(check::messages::broke_off()).because(e))?;
    ended.and(told)
}

async fn tell(
    mut heard: mpsc::UnboundedReceiver<StepResult>,
    mut report: Report,
    lang: Lang,
) -> Result<Tally> {
    let bar = progress(lang);
    while let Some(result) = heard.recv().await {
        let verdict = result.verdict.told();
        bar.set_message(format!("{} › {}: {}", result.section, result.step, verdict.speak(lang)));
        bar.inc(1);
        let text = report.step(&result);
        bar.suspend(|| print(&text))?;
    }
    bar.finish_and_clear();
    print(&report.end())?;
    Ok(report.tally())
}

fn progress(lang: Lang) -> ProgressBar {
    let bar = if io::stderr().is_terminal() { ProgressBar::new_spinner() } else { ProgressBar::hidden() };
    let template = format!("{{spinner}} {{pos}} {} · {{msg}}", messages::steps_checked().speak(lang));
    if let Ok(style) = ProgressStyle::with_template(&template) {
        bar.set_style(style);
    }
    bar
}
