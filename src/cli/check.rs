//! `moebi check`.

use std::{
    fs::File,
    io::{self, IsTerminal, Read},
    path::Path,
    sync::Arc,
    thread::available_parallelism,
};

use indicatif::{ProgressBar, ProgressStyle};
use tokio::sync::mpsc;

use crate::{
    check::{self, Answers, Format, Options, Progressed, Report},
    cluster::{guardian, words::shown},
    error::{Error, Result},
    ink::palette::Palette,
    lesson::{Lang, Lesson, load_answers},
};

use super::{args::CheckArgs, folders::Folders, lessons, print, runtime, setup, stop::Stop, words};

/// Nodes wait for most of the time: for each other, and for what must not come.
const JOBS_A_CORE: usize = 2;

/// The largest answer file that is read, in bytes.
const MOST_BYTES: u64 = 1024 * 1024;

pub fn run(args: &CheckArgs, lang: Option<Lang>) -> Result<u8> {
    let lesson = lessons::load(&args.source, args.lesson.as_deref())?;
    let answers = answers(args, &lesson)?;
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
        runtime: elixir.clone(),
        cache: Folders::find()?.cache(),
        guardian: guardian::this_program()?,
        lang: lessons::lang(lang, &lesson),
        section: args.section.clone(),
        step: args.step.clone(),
        jobs: JOBS_A_CORE * available_parallelism().map_or(1, usize::from),
    };
    let results = threads.block_on(watched(&lesson, &answers, &options, stop))?;
    report(args.format, Report::new(lesson.id.as_str(), &elixir, results, options.lang))
}

fn report(format: Format, report: Report) -> Result<u8> {
    match format {
        Format::Human => print(&report.human(Palette::from_env(io::stdout().is_terminal())))?,
        Format::Json => print(&format!("{}\n", report.json()))?,
    }
    Ok(report.exit_code())
}

fn answers(args: &CheckArgs, lesson: &Lesson) -> Result<Answers> {
    let Some(path) = &args.answers else { return Ok(Answers::Model) };
    let name = path.display().to_string();
    let text = read(path)?;
    let given =
        load_answers(&name, &text, lesson).map_err(|troubles| lessons::unreadable(&name, &troubles))?;
    Ok(Answers::Given(given))
}

fn read(path: &Path) -> Result<String> {
    let path = if path.is_dir() { path.join("answers.yaml") } else { path.to_owned() };
    let trouble = |e| Error::usage(words::answers_unreadable(&shown(&path))).because(e);
    let mut text = String::new();
    // A device tells no length.
    let file = File::open(&path).map_err(trouble)?;
    file.take(MOST_BYTES + 1).read_to_string(&mut text).map_err(trouble)?;
    if text.len() as u64 > MOST_BYTES {
        return Err(Error::usage(words::too_large(&shown(&path))));
    }
    Ok(text)
}

/// Runs with a progress line on standard error where that is a terminal; Ctrl-C and SIGTERM end every node first.
async fn watched(
    lesson: &Arc<Lesson>,
    answers: &Answers,
    options: &Options,
    mut stop: Stop,
) -> Result<Vec<check::StepResult>> {
    let (watch, heard) = mpsc::unbounded_channel();
    let bar = tokio::spawn(draw(heard, options.lang));
    let results = tokio::select! {
        results = check::run(lesson, answers, options, watch) => results,
        () = stop.told() => Err(Error::interrupted()),
    };
    let _ = bar.await;
    results
}

async fn draw(mut heard: mpsc::UnboundedReceiver<Progressed>, lang: Lang) {
    let bar = if io::stderr().is_terminal() { ProgressBar::new_spinner() } else { ProgressBar::hidden() };
    let template = format!("{{spinner}} {{pos}} {} · {{msg}}", words::steps_checked().speak(lang));
    if let Ok(style) = ProgressStyle::with_template(&template) {
        bar.set_style(style);
    }
    while let Some(Progressed { section, step, verdict }) = heard.recv().await {
        bar.set_message(format!("{section} › {step}: {}", verdict.told().speak(lang)));
        bar.inc(1);
    }
    bar.finish_and_clear();
}
