//! The grading of a class: submissions side by side, each section on nodes of its own.

use std::{
    collections::HashMap,
    sync::Arc,
    time::{Duration, Instant},
};

use tokio::{sync::mpsc, task::JoinSet};

use super::{
    class::{Class, Entry, clash},
    digest::digest,
    journal::Journal,
    messages,
    output::Output,
    part::Part,
    results::{Isolation, Leftover, LessonInfo, Origin, Results, Submission},
    scoring::{scored, suffices},
    submission::{Submitted, broke_off},
};
use crate::{
    check::{self, Options, Scheme, StepResult},
    error::{Error, Result},
    lesson::{Lang, Nonce, Source, load},
};

/// How long one section of one submission may take in all.
pub const SECTION: Duration = Duration::from_secs(5 * 60);

/// How often the pages are written while a grading goes on: after so long, and no more than this part of the time.
const WRITING: Duration = Duration::from_secs(2);
const PART: u32 = 20;

/// What a grading goes by.
#[derive(Debug, Clone)]
pub struct Grading {
    pub source: Source,
    pub scheme: Scheme,
    pub lang: Lang,
    /// Of one check; the number of places is that of all sections that run at once.
    pub options: Options,
    pub isolation: Isolation,
    pub part: Part,
    /// Whether those that are settled are done again.
    pub again: bool,
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

/// Grades those of `wanted` that are not settled yet; every one that is done is in the journal at once, and on the pages
/// soon, beside all of `class` that was graded before.
///
/// Whoever drops this future ends every node.
///
/// # Errors
/// The lesson can't be read; the output can't be written. What can't be read or run of a submission is a result.
pub async fn grade(
    wanted: &[Entry],
    class: &Class,
    grading: &Grading,
    journal: &mut Journal,
    output: &Output,
    heard: mpsc::UnboundedSender<News>,
) -> Result<Results> {
    let lesson = lesson_info(grading)?;
    let grading = Arc::new(grading.clone());
    let names: Vec<&str> = class.entries.iter().map(|entry| entry.name.as_str()).collect();
    let seed = journal.header().seed;
    // Sections take their places in the order in which they ask: the earlier submissions end first.
    let most = grading.options.places.available_permits().max(1);
    let mut waiting = in_order(wanted, seed).into_iter();
    let mut running = JoinSet::new();
    let mut next = Instant::now();
    let mut under_way = HashMap::new();
    loop {
        while running.len() < most
            && let Some(entry) = waiting.next()
        {
            let handed_in = Submitted::read(entry, &grading, seed).await?;
            let settled = journal.settled(&entry.name, &handed_in.digest);
            if !grading.again && settled.is_some_and(|one| suffices(one, &grading.scheme)) {
                let _ = heard.send(News::Known);
                continue;
            }
            let key = (entry.name.clone(), handed_in.digest.clone());
            let (grading, heard) = (grading.clone(), heard.clone());
            let task = running.spawn(async move { handed_in.graded(&grading, &heard).await });
            under_way.insert(task.id(), key);
        }
        let Some(joined) = running.join_next_with_id().await else { break };
        let (task, graded) = match joined {
            Ok((task, graded)) => (task, graded?),
            // One that breaks Moebi breaks off its own grading and nobody else's.
            Err(error) => (error.id(), Submission::broken(&broke_off(error), grading.lang)),
        };
        let Some((name, digest)) = under_way.remove(&task) else { continue };
        let submission = scored(Submission { name, ..graded }, &lesson, &grading.scheme);
        journal.write(digest, submission.clone())?;
        let _ = heard.send(News::Done(Box::new(submission)));
        let began = Instant::now();
        if began >= next {
            output.write(&results(&grading, &lesson, journal, class), &names)?;
            next = Instant::now() + WRITING.max(began.elapsed() * PART);
        }
    }
    let results = results(&grading, &lesson, journal, class);
    output.write(&results, &names)?;
    output.close(&results, &names)?;
    Ok(results)
}

/// A class comes in an order of the seed's, so that nobody's place in the alphabet matters.
fn in_order(class: &[Entry], seed: u64) -> Vec<&Entry> {
    let mut entries: Vec<_> = class.iter().collect();
    entries.sort_by_cached_key(|entry| digest([&seed.to_be_bytes()[..], entry.name.as_bytes()]));
    entries
}

fn results(grading: &Grading, lesson: &LessonInfo, journal: &Journal, class: &Class) -> Results {
    let leftovers = class.leftovers.iter().map(|leftover| Leftover {
        entry: leftover.entry.clone(),
        students: leftover.students.clone(),
        late: leftover.late,
        why: leftover.why.speak(grading.lang).to_owned(),
        beside: leftover.beside.clone(),
    });
    let pending = class.entries.iter().filter(|entry| !journal.knows(&entry.name));
    let submissions = submissions(grading, journal, class).into_iter();
    Results {
        moebi: journal.header().moebi.clone(),
        lesson: lesson.clone(),
        elixir: journal.header().elixir.clone(),
        otp: journal.header().otp.clone(),
        lang: grading.lang.to_string(),
        isolation: grading.isolation,
        part: grading.part,
        pending: pending.map(|entry| entry.name.clone()).collect(),
        platform: class.platform,
        submissions: submissions.map(|one| scored(one, lesson, &grading.scheme)).collect(),
        leftovers: leftovers.collect(),
        missing: class.missing.clone(),
        passed_over: class.passed_over.clone(),
    }
}

/// What was set, and what it is worth.
fn lesson_info(grading: &Grading) -> Result<LessonInfo> {
    let lesson =
        load(&grading.source, &Nonce::sample()).map_err(|_| Error::usage(messages::lesson_unreadable()))?;
    let set = check::wanted(&lesson, &grading.options)?;
    Ok(LessonInfo::of(&lesson, &set, &grading.scheme, grading.lang))
}

/// What is known of each, with where it comes from today: a roster may be new, and so may an earlier attempt.
fn submissions(grading: &Grading, journal: &Journal, class: &Class) -> Vec<Submission> {
    let names = class.entries.iter().map(|entry| entry.name.as_str());
    let mut submissions = journal.submissions(names);
    let entries: HashMap<_, _> = class.entries.iter().map(|entry| (entry.name.as_str(), entry)).collect();
    for submission in &mut submissions {
        let entry = entries[submission.name.as_str()];
        let notes = entry.notes.iter().map(|note| note.speak(grading.lang).to_owned());
        submission.origin = Origin { notes: notes.collect(), ..entry.origin.clone() };
    }
    for (number, clash) in clash::clashes(&submissions, &class.missing) {
        submissions[number].origin.notes.push(clash.speak(grading.lang).to_owned());
    }
    submissions
}
