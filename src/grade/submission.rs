//! One submission: as it was handed in, and as it was graded.

use std::{sync::Arc, time::Instant};

use tokio::{
    sync::mpsc::{self, UnboundedSender},
    task::spawn_blocking,
};

use super::{
    Grading, News,
    class::{Entry, Place},
    digest::{self, digest},
    messages,
    results::{Origin, State, Submission},
};
use crate::{
    check::{self, StepResult, outcome::StepOutcome, submission},
    error::{Error, Kind, Result},
    lesson::{Answers, Lang, Lesson, Nonce, RenderedDiagnostic, Verdict, load},
    render::untrusted,
};

/// Of all timelines of one submission, in bytes: nobody fills the report or the grader's memory.
const MAX_TIMELINE: usize = 128 * 1024;

/// Of one complaint, in bytes.
const MAX_LINE: usize = 400;

/// A submission as it was read: its lesson has a nonce of its own.
pub(super) struct Submitted {
    name: String,
    lesson: Arc<Lesson>,
    answers: Result<Answers>,
    /// Of the answers, whatever the nonce.
    pub digest: String,
}

impl Submitted {
    /// What is wrong with the answers is told when they are graded.
    ///
    /// # Errors
    /// The lesson can't be read.
    pub(super) async fn read(entry: &Entry, grading: &Grading, seed: u64) -> Result<Self> {
        let (entry, source) = (entry.clone(), grading.source.clone());
        let name = entry.name.clone();
        let nonce = Nonce::seeded(&digest([&seed.to_be_bytes()[..], b"nonce", name.as_bytes()]));
        let word = nonce.clone();
        let loaded = spawn_blocking(move || load(&source, &word).map(Arc::new)).await.map_err(broke_off)?;
        let lesson = loaded.map_err(|_| Error::usage(messages::lesson_unreadable()))?;
        let of = lesson.clone();
        let answers = spawn_blocking(move || load_answers(&entry, &of)).await;
        let answers = answers.unwrap_or_else(|error| Err(broke_off(error)));
        let text = match &answers {
            Ok(answers) => format!("{answers:?}"),
            Err(error) => format!("{:?}", error.told()),
        };
        Ok(Self { name, lesson, answers, digest: digest::of_text(&nonce.blank(&text)) })
    }

    /// `heard` is told of each step.
    ///
    /// # Errors
    /// What is no submission's fault and no machine's: it was interrupted.
    pub(super) async fn graded(self, grading: &Grading, heard: &UnboundedSender<News>) -> Result<Submission> {
        let bare = Submission { name: self.name.clone(), ..Submission::blank(State::Graded) };
        let answers = match self.answers {
            Ok(answers) => answers,
            Err(error) if error.kind() == Kind::CouldNotRun => {
                return Ok(Submission { name: self.name, ..Submission::broken(&error, grading.lang) });
            }
            Err(error) => {
                let why = error.told().speak(grading.lang).to_owned();
                return Ok(Submission { state: State::Unreadable(why), ..bare });
            }
        };
        let of_no_step = answers.faults.iter().filter(|(step, _)| step.is_none());
        let line =
            |fault: &RenderedDiagnostic| untrusted::plain(&untrusted::shortened(&fault.told(), MAX_LINE));
        let unread = of_no_step.map(|(_, fault)| line(fault)).collect();
        let bare = Submission { learners: answers.learners.clone(), unread, ..bare };
        let began = Instant::now();
        match checked(&self.name, &self.lesson, answers, grading, heard).await {
            Ok(results) => {
                let steps = results.iter().map(|result| result.outcome(grading.lang)).collect();
                let seconds = began.elapsed().as_secs_f64();
                Ok(Submission { seconds, ..judged(bare, steps) })
            }
            Err(error) if error.kind() == Kind::CouldNotRun => {
                Ok(Submission { state: Submission::broken(&error, grading.lang).state, ..bare })
            }
            Err(error) => Err(error),
        }
    }
}

fn load_answers(entry: &Entry, lesson: &Lesson) -> Result<Answers> {
    let file = &entry.origin.file;
    match &entry.place {
        Place::File(path) => submission::load(path, file, lesson),
        Place::Folder(folder, name) => submission::load_in(folder, name, file, lesson),
    }
}

async fn checked(
    name: &str,
    lesson: &Arc<Lesson>,
    answers: Answers,
    grading: &Grading,
    heard: &UnboundedSender<News>,
) -> Result<Vec<StepResult>> {
    let (results, mut steps) = mpsc::unbounded_channel();
    let relay = async {
        while let Some(result) = steps.recv().await {
            let _ = heard.send(News::Step { name: name.to_owned(), result: Box::new(result) });
        }
    };
    let given = check::Answers::Given(answers);
    tokio::join!(check::run(lesson, &given, &grading.options, results), relay).0
}

/// What could not run in any step could not run at all.
fn judged(bare: Submission, mut steps: Vec<StepOutcome>) -> Submission {
    shorten(&mut steps);
    let state = match steps.iter().all(|step| step.verdict == Verdict::CouldNotRun) {
        false => State::Graded,
        true => State::CouldNotRun(steps.iter().find_map(|step| step.seen.clone()).unwrap_or_default()),
    };
    Submission { state, steps, ..bare }
}

/// Drops the timelines beyond what one submission may fill; the steps before keep theirs.
fn shorten(steps: &mut [StepOutcome]) {
    let mut left = MAX_TIMELINE;
    for step in steps {
        let bytes: usize = step.timeline.iter().map(|moment| moment.text.len()).sum();
        match left.checked_sub(bytes) {
            Some(rest) => left = rest,
            None => step.timeline.clear(),
        }
    }
}

impl Submission {
    /// Nobody's yet: what could not run for a reason that is not the answers'.
    pub fn broken(why: &Error, lang: Lang) -> Self {
        Self::blank(State::CouldNotRun(why.told().speak(lang).to_owned()))
    }

    fn blank(state: State) -> Self {
        Self {
            name: String::new(),
            learners: Vec::new(),
            origin: Origin::default(),
            state,
            unread: Vec::new(),
            points: 0.0,
            of: 0.0,
            seconds: 0.0,
            steps: Vec::new(),
        }
    }
}

pub(super) fn broke_off(error: tokio::task::JoinError) -> Error {
    Error::could_not_run(check::messages::broke_off()).because(error)
}
