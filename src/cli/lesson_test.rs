//! `moebi lesson test`.

use std::{
    io::{self, IsTerminal},
    sync::Arc,
    thread::available_parallelism,
};

use indicatif::{ProgressBar, ProgressStyle};
use tokio::sync::mpsc;

use crate::{
    author::selftest::{self, Options, Progressed, Report},
    check::Format,
    cluster::guardian,
    error::{Error, Result},
    lesson::{Lang, Lesson},
    render::palette::Palette,
};

use super::{args::LessonTestArgs, folders::Folders, lessons, print, runtime, setup, stop::Stop};

/// Most of an attempt's time is waiting for what must not come, so more run at once than there are cores.
const JOBS_A_CORE: usize = 2;

pub(super) fn run(args: &LessonTestArgs, lang: Option<Lang>) -> Result<u8> {
    let lesson = lessons::load(&args.source, args.lesson.as_deref())?;
    let threads = runtime()?;
    let (elixir, stop) = threads.block_on(async {
        let mut stop = Stop::listen();
        let elixir = tokio::select! {
            elixir = setup::required(lesson.elixir) => elixir?,
            () = stop.told() => return Err(Error::interrupted()),
        };
        Ok((elixir, stop))
    })?;
    let cores = available_parallelism().map_or(1, usize::from);
    let options = Options {
        runtime: elixir,
        cache: Folders::find()?.cache(),
        guardian: guardian::this_program()?,
        lang: lessons::lang(lang, &lesson),
        section: args.section.clone(),
        step: args.step.clone(),
        jobs: args.jobs.map_or(JOBS_A_CORE * cores, usize::from),
    };
    let report = threads.block_on(watched(&lesson, &options, stop))?;
    match args.format {
        Format::Human => print(&report.human(Palette::from_env(io::stdout().is_terminal())))?,
        Format::Json => print(&format!("{}\n", report.json()))?,
    }
    Ok(report.exit_code())
}

/// Runs with a progress line on standard error where that is a terminal; Ctrl-C and SIGTERM end every node first.
async fn watched(lesson: &Arc<Lesson>, options: &Options, mut stop: Stop) -> Result<Report> {
    let (watch, heard) = mpsc::unbounded_channel();
    let bar = tokio::spawn(draw(heard, options.lang));
    let report = tokio::select! {
        report = selftest::run(lesson, options, watch) => report,
        () = stop.told() => Err(Error::interrupted()),
    };
    let _ = bar.await;
    report
}

async fn draw(mut heard: mpsc::UnboundedReceiver<Progressed>, lang: Lang) {
    let bar = if io::stderr().is_terminal() { ProgressBar::new_spinner() } else { ProgressBar::hidden() };
    let template =
        format!("{{spinner}} {{msg}} · {{pos}}/{{len}} {}", selftest::messages::of_attempts().speak(lang));
    bar.set_message(selftest::messages::rehearsing().speak(lang).to_owned());
    while let Some(progressed) = heard.recv().await {
        match progressed {
            Progressed::Planned(attempts) => {
                bar.set_length(attempts as u64);
                if let Ok(style) = ProgressStyle::with_template(&template) {
                    bar.set_style(style);
                }
            }
            Progressed::Tried(step) => {
                bar.set_message(step.to_string());
                bar.inc(1);
            }
        }
    }
    bar.finish_and_clear();
}
