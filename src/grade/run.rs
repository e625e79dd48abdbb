//! The grading of a class: submissions side by side, each section on nodes of its own.

use std::{
    collections::HashMap,
    ops::Add,
    sync::Arc,
    time::{Duration, Instant},
};

use sha2::{Digest, Sha256};
use tokio::{
    sync::mpsc,
    task::{JoinSet, spawn_blocking},
};

use super::{
    class::Entry,
    journal::Journal,
    output::Output,
    results::{Isolation, LessonInfo, Results, SectionInfo, State, StepInfo, Submission},
    words,
};
use crate::{
    check::{self, Options, Scheme, StepResult, outcome::StepOutcome, submission},
    error::{Error, Kind, Result},
    lesson::{Answers, Lang, Lesson, Nonce, Source, Verdict, load},
};

/// How long one section of one submission may take in all.
pub const SECTION: Duration = Duration::from_secs(5 * 60);

/// Of all timelines of one submission, in bytes: nobody fills the report or the grader's memory.
const MOST_TIMELINE: usize = 128 * 1024;

/// How often the pages are written while a grading goes on.
const WRITING: Duration = Duration::from_secs(2);

/// What a grading goes by.
#[derive(Debug, Clone)]
pub struct Grading {
    pub source: Source,
    pub scheme: Scheme,
    pub lang: Lang,
    /// Of one check; the number of places is that of all sections that run at once.
    pub options: Options,
    pub isolation: Isolation,
}

/// For whoever watches.
#[derive(Debug)]
pub enum News {
    /// A submission was graded before.
    Known,
    Step {
        name: String,
        result: Box<StepResult>,
    },
    Done(Box<Submission>),
}

/// Grades those that are not settled yet; every one that is done is in the journal at once, and on the pages soon.
///
/// Whoever drops this future ends every node.
///
/// # Errors
/// The lesson can't be read; the output can't be written. What can't be read or run of a submission is a result.
pub async fn grade(
    class: &[Entry],
    grading: &Grading,
    journal: &mut Journal,
    output: &Output,
    heard: mpsc::UnboundedSender<News>,
) -> Result<Results> {
    let grading = Arc::new(grading.clone());
    let seed = journal.header().seed;
    // Sections take their places in the order in which they ask: the earlier submissions end first.
    let most = grading.options.places.available_permits().max(1);
    let names: Vec<&str> = class.iter().map(|entry| entry.name.as_str()).collect();
    let mut waiting = in_order(class, seed).into_iter();
    let mut running = JoinSet::new();
    let mut written: Option<Instant> = None;
    let mut under_way = HashMap::new();
    loop {
        while running.len() < most
            && let Some(entry) = waiting.next()
        {
            let read = read(entry, &grading, seed).await?;
            if journal.is_settled(&entry.name, &read.digest) {
                let _ = heard.send(News::Known);
                continue;
            }
            let (name, digest) = (entry.name.clone(), read.digest.clone());
            let (grading, heard, whose) = (grading.clone(), heard.clone(), name.clone());
            let task = running.spawn(async move { one(whose, read, &grading, &heard).await });
            under_way.insert(task.id(), (name, digest));
        }
        let Some(joined) = running.join_next_with_id().await else { break };
        let (task, graded) = match joined {
            Ok((task, graded)) => (task, graded?),
            // One that breaks Moebi breaks off its own grading and nobody else's.
            Err(error) => (error.id(), broken(&broke_off(error), grading.lang)),
        };
        let Some((name, digest)) = under_way.remove(&task) else { continue };
        let submission = Submission { name, ..graded };
        journal.write(digest, submission.clone())?;
        let _ = heard.send(News::Done(Box::new(submission)));
        if written.is_none_or(|at| at.elapsed() > WRITING) {
            output.write(&results(&grading, journal, &names)?, &names)?;
            written = Some(Instant::now());
        }
    }
    let results = results(&grading, journal, &names)?;
    output.write(&results, &names)?;
    Ok(results)
}

fn broke_off(error: tokio::task::JoinError) -> Error {
    Error::could_not_run(check::words::broke_off()).because(error)
}

/// A class comes in an order of the seed's, so that nobody's place in the alphabet matters.
fn in_order(class: &[Entry], seed: u64) -> Vec<&Entry> {
    let mut entries: Vec<_> = class.iter().collect();
    entries.sort_by_cached_key(|entry| digest([&seed.to_be_bytes()[..], entry.name.as_bytes()]));
    entries
}

/// A submission as it was read: its lesson has a nonce of its own.
struct Read {
    lesson: Arc<Lesson>,
    answers: Result<Answers>,
    digest: String,
}

async fn read(entry: &Entry, grading: &Grading, seed: u64) -> Result<Read> {
    let (entry, source) = (entry.clone(), grading.source.clone());
    let nonce = Nonce::seeded(&digest([&seed.to_be_bytes()[..], b"nonce", entry.name.as_bytes()]));
    let word = nonce.clone();
    let loaded = spawn_blocking(move || load(&source, &word).map(Arc::new)).await.map_err(broke_off)?;
    let lesson = loaded.map_err(|_| Error::usage(words::lesson_unreadable()))?;
    let of = lesson.clone();
    let answers = spawn_blocking(move || submission::load(&entry.path, &entry.name, &of)).await;
    let answers = answers.unwrap_or_else(|error| Err(broke_off(error)));
    let text = match &answers {
        Ok(answers) => format!("{answers:?}"),
        Err(error) => format!("{:?}", error.told()),
    };
    let digest = digest([nonce.blank(&text).as_bytes()]);
    Ok(Read { lesson, answers, digest: hex(&digest) })
}

/// Nobody's yet: what could not run for a reason that is not the answers'.
fn broken(why: &Error, lang: Lang) -> Submission {
    Submission {
        name: String::new(),
        learners: Vec::new(),
        state: State::CouldNotRun(why.told().speak(lang).to_owned()),
        points: 0.0,
        of: 0.0,
        seconds: 0.0,
        steps: Vec::new(),
    }
}

async fn one(
    name: String,
    read: Read,
    grading: &Grading,
    heard: &mpsc::UnboundedSender<News>,
) -> Result<Submission> {
    let began = Instant::now();
    let bare = Submission {
        name: name.clone(),
        learners: Vec::new(),
        state: State::Graded,
        points: 0.0,
        of: 0.0,
        seconds: 0.0,
        steps: Vec::new(),
    };
    let answers = match read.answers {
        Ok(answers) => answers,
        Err(error) if error.kind() == Kind::CouldNotRun => return Ok(broken(&error, grading.lang)),
        Err(error) => {
            let of = total(&read.lesson, &grading.scheme);
            let why = error.told().speak(grading.lang).to_owned();
            return Ok(Submission { state: State::Unreadable(why), of, ..bare });
        }
    };
    let learners = answers.learners.clone();
    let (results, mut steps) = mpsc::unbounded_channel();
    let told = heard.clone();
    let relay = tokio::spawn(async move {
        while let Some(result) = steps.recv().await {
            let _ = told.send(News::Step { name: name.clone(), result: Box::new(result) });
        }
    });
    let checked = check::run(&read.lesson, &check::Answers::Given(answers), &grading.options, results).await;
    let _ = relay.await;
    let results = match checked {
        Ok(results) => results,
        Err(error) if error.kind() == Kind::CouldNotRun => {
            let why = error.told().speak(grading.lang).to_owned();
            return Ok(Submission { learners, state: State::CouldNotRun(why), ..bare });
        }
        Err(error) => return Err(error),
    };
    let mut steps: Vec<_> = results.iter().map(|result| result.outcome(grading.lang)).collect();
    shorten(&mut steps);
    let judged = || steps.iter().filter(|step| step.verdict != Verdict::CouldNotRun);
    let state = match judged().next() {
        Some(_) => State::Graded,
        None => State::CouldNotRun(steps.iter().find_map(|step| step.seen.clone()).unwrap_or_default()),
    };
    // No step at all sums up to -0.
    let points = judged().map(|step| step.points).fold(0.0, f64::add);
    let of = judged().map(|step| step.of).fold(0.0, f64::add);
    Ok(Submission { learners, state, points, of, seconds: began.elapsed().as_secs_f64(), steps, ..bare })
}

/// Drops the timelines beyond what one submission may fill; the steps before keep theirs.
fn shorten(steps: &mut [StepOutcome]) {
    let mut left = MOST_TIMELINE;
    for step in steps {
        let bytes: usize = step.timeline.iter().map(|moment| moment.text.len()).sum();
        match left.checked_sub(bytes) {
            Some(rest) => left = rest,
            None => step.timeline.clear(),
        }
    }
}

fn total(lesson: &Lesson, scheme: &Scheme) -> f64 {
    let steps =
        lesson.sections.iter().flat_map(|section| section.steps.iter().map(move |step| (section, step)));
    steps.map(|(section, step)| scheme.worth(section, step)).sum()
}

fn results(grading: &Grading, journal: &Journal, names: &[&str]) -> Result<Results> {
    let lesson =
        load(&grading.source, &Nonce::sample()).map_err(|_| Error::usage(words::lesson_unreadable()))?;
    Ok(Results {
        moebi: journal.header().moebi.clone(),
        lesson: info(&lesson, &grading.scheme, grading.lang),
        elixir: journal.header().elixir.clone(),
        otp: journal.header().otp.clone(),
        lang: grading.lang.to_string(),
        isolation: grading.isolation,
        submissions: journal.submissions(names.iter().copied()),
    })
}

fn info(lesson: &Lesson, scheme: &Scheme, lang: Lang) -> LessonInfo {
    let prose = lesson.prose(lang);
    let sections = lesson.sections.iter().map(|section| {
        let titles = &prose.sections[&section.id];
        let steps = section.steps.iter().map(|step| StepInfo {
            id: step.id.to_string(),
            title: titles.steps[&step.id].title.clone(),
            points: scheme.worth(section, step),
        });
        SectionInfo { id: section.id.to_string(), title: titles.title.clone(), steps: steps.collect() }
    });
    LessonInfo { id: lesson.id.to_string(), title: prose.title.clone(), sections: sections.collect() }
}

/// What tells two versions of a lesson apart.
pub fn lesson_digest(source: &Source) -> String {
    let files = source.files.iter().flat_map(|(name, text)| [name.as_bytes(), text.as_bytes()]);
    hex(&digest(files))
}

pub fn scheme_digest(scheme: &Scheme) -> String {
    hex(&digest([format!("{scheme:?}").as_bytes()]))
}

/// Each part with its length before it, so that no two lists of parts look alike.
fn digest<'a>(parts: impl IntoIterator<Item = &'a [u8]>) -> [u8; 32] {
    let mut hasher = Sha256::new();
    for part in parts {
        hasher.update((part.len() as u64).to_be_bytes());
        hasher.update(part);
    }
    hasher.finalize().into()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
