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
    cluster::{guardian, runtime::Runtime},
    error::{Error, Result},
    lesson::{Lang, Lesson},
    render::palette::Palette,
};

use super::{
    args::{LessonTestArgs, TestFormat},
    folders::Folders,
    lessons, print, runtime, setup,
    stop::Stop,
};

/// Most of an attempt's time is waiting for what must not come, so more run at once than there are cores.
const JOBS_A_CORE: usize = 2;

pub(super) fn run(args: &LessonTestArgs, lang: Option<Lang>) -> Result<u8> {
    let lesson = lessons::load(&args.source, args.lesson.as_deref(), lang)?;
    let threads = runtime()?;
    let (elixirs, stop) = threads.block_on(async {
        let mut stop = Stop::listen();
        let elixirs = tokio::select! {
            elixirs = elixirs(args, lesson.elixir) => elixirs?,
            () = stop.told() => return Err(Error::interrupted()),
        };
        Ok((elixirs, stop))
    })?;
    let cores = available_parallelism().map_or(1, usize::from);
    let options = |runtime| {
        Ok::<_, Error>(Options {
            runtime,
            cache: Folders::find()?.cache(),
            guardian: guardian::this_program()?,
            lang: lessons::lang(lang, &lesson),
            section: args.section.clone(),
            step: args.step.clone(),
            jobs: args.jobs.map_or(JOBS_A_CORE * cores, usize::from),
            repeat: args.repeat.into(),
            jitter: args.jitter,
            afresh: args.afresh,
            mutants: !args.no_mutants,
        })
    };
    let options = elixirs.into_iter().map(options).collect::<Result<Vec<_>>>()?;
    let reports = threads.block_on(all(&lesson, &options, stop))?;
    let palette = Palette::from_env(io::stdout().is_terminal());
    match (args.format, reports.as_slice()) {
        (TestFormat::Human, reports) => {
            let tables: Vec<_> = reports.iter().map(|report| report.human(palette)).collect();
            print(&tables.join("\n"))?;
        }
        (TestFormat::Json, [report]) => print(&format!("{}\n", report.json()))?,
        (TestFormat::Json, reports) => {
            let list: Vec<_> = reports.iter().map(Report::json).collect();
            print(&format!("[{}]\n", list.join(",\n")))?;
        }
        (TestFormat::Junit, reports) => print(&selftest::junit(reports))?,
    }
    Ok(reports.iter().map(Report::exit_code).max().unwrap_or_default())
}

/// Those that were named, or the one that is there.
async fn elixirs(args: &LessonTestArgs, floor: (u32, u32)) -> Result<Vec<Runtime>> {
    if args.elixir.is_empty() {
        return Ok(vec![setup::required(floor).await?]);
    }
    let mut elixirs = Vec::new();
    for folder in &args.elixir {
        elixirs.push(setup::chosen(folder, floor).await?);
    }
    Ok(elixirs)
}

/// One Elixir after the other: side by side they would starve each other.
async fn all(lesson: &Arc<Lesson>, options: &[Options], mut stop: Stop) -> Result<Vec<Report>> {
    let mut reports = Vec::new();
    for options in options {
        reports.push(watched(lesson, options, &mut stop).await?);
    }
    Ok(reports)
}

/// Runs with a progress line on standard error where that is a terminal; Ctrl-C and SIGTERM end every node first.
async fn watched(lesson: &Arc<Lesson>, options: &Options, stop: &mut Stop) -> Result<Report> {
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
