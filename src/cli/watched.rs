//! A lesson in its author's folder, as it is saved: for the preview, and for a lesson that is open.

use std::{
    path::{Path, PathBuf},
    sync::{
        Arc, Mutex, PoisonError,
        mpsc::{self, RecvTimeoutError},
    },
    thread,
    time::Duration,
};

use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};

use crate::{
    guide::Edition,
    lesson::{self, Nonce, Source, load::is_structure},
};

use super::lessons::LessonFiles;

/// How often files are looked at: news of changes come from no network's file system, and a look costs nothing.
pub(super) const LOOK: Duration = Duration::from_millis(100);

pub(super) struct Watched {
    folder: PathBuf,
    seen: Source,
    /// What differs, at the latest look: an editor may be in the middle of it.
    saving: Option<Source>,
}

impl Watched {
    /// In that folder of lessons.
    pub(super) fn new(lessons: &Path, seen: Source) -> Self {
        Self { folder: lessons.join(&seen.id), seen, saving: None }
    }

    /// The lesson, once two looks have seen it alike and otherwise than before; while its files are gone or can't be read,
    /// it is waited for.
    pub(super) fn saved(&mut self) -> Option<Source> {
        let now = lesson::source::lesson(&self.folder).ok().filter(|now| now.files != self.seen.files);
        let before = std::mem::replace(&mut self.saving, now.clone());
        let now = now.filter(|now| before.is_some_and(|before| before.files == now.files))?;
        self.seen = now.clone();
        self.saving = None;
        Some(now)
    }
}

/// Watches until it is dropped.
pub(super) struct Watching {
    _stop: mpsc::Sender<()>,
}

/// Tells of each save of the lesson that `files` holds, which has its latest state from then on. None where no thread can
/// be had: the lesson stays as it is. `takes_structure` as a trial does.
pub(super) fn editions(
    lessons: &Path,
    takes_structure: bool,
    files: &Arc<Mutex<LessonFiles>>,
    nonce: &Nonce,
) -> Option<(Watching, UnboundedReceiver<Edition>)> {
    let (tell, editions) = unbounded_channel();
    let (stop, stopped) = mpsc::channel();
    let mut open = files.lock().unwrap_or_else(PoisonError::into_inner).source().clone();
    let mut watched = Watched::new(lessons, open.clone());
    let (files, nonce) = (Arc::clone(files), nonce.clone());
    let watch = move || {
        while stopped.recv_timeout(LOOK) == Err(RecvTimeoutError::Timeout) {
            let Some(now) = watched.saved() else { continue };
            let edition = edition(&open, &now, &nonce);
            let is_taken = match edition {
                Edition::Texts(_) => true,
                Edition::Structure(_) => takes_structure,
                Edition::Broken(_) => false,
            };
            if is_taken {
                open = now.clone();
                files.lock().unwrap_or_else(PoisonError::into_inner).is_now(now);
            }
            if tell.send(edition).is_err() {
                return;
            }
        }
    };
    thread::Builder::new().name("editions".into()).spawn(watch).ok()?;
    Some((Watching { _stop: stop }, editions))
}

fn edition(open: &Source, now: &Source, nonce: &Nonce) -> Edition {
    match lesson::load(now, nonce) {
        Err(complaints) => {
            Edition::Broken(complaints.first().map(lesson::RenderedDiagnostic::told).unwrap_or_default())
        }
        Ok(lesson) if structure(now) != structure(open) => Edition::Structure(Box::new(lesson)),
        Ok(lesson) => Edition::Texts(Box::new(lesson)),
    }
}

fn structure(source: &Source) -> Option<&String> {
    source.files.iter().find(|(name, _)| is_structure(name)).map(|(_, text)| text)
}
