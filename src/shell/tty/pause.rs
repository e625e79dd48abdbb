//! Output that comes while someone chooses from a menu waits, but not for long: the editor would be broken off, and
//! the menu gone.

use std::{
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    time::{Duration, Instant},
};

use super::size::Size;

/// How long after the latest key of a choice output may wait.
const LIMIT: Duration = Duration::from_secs(4);

/// Between the inbox, which rings when something came, the window's size, and the editor, which is broken off for them.
#[derive(Debug, Clone)]
pub(super) struct Pause {
    alarm: Arc<AtomicBool>,
    /// reedline's break signal.
    pub breaks: Arc<AtomicBool>,
    until: Arc<Mutex<Option<Instant>>>,
    size: Arc<Size>,
}

impl Pause {
    pub(super) fn new(alarm: Arc<AtomicBool>, size: Arc<Size>) -> Self {
        Self { alarm, breaks: Arc::default(), until: Arc::default(), size }
    }

    /// A key that belongs to a choice begins it, or goes on with it; any other ends it.
    pub(super) fn choosing(&self, is_choosing: bool) {
        *self.until.lock().unwrap_or_else(PoisonError::into_inner) =
            is_choosing.then(|| Instant::now() + LIMIT);
    }

    pub(super) fn is_on(&self) -> bool {
        self.until.lock().unwrap_or_else(PoisonError::into_inner).is_some_and(|until| Instant::now() < until)
    }

    /// Between two keys: breaks the editor off if something came and nobody is choosing, or the size is another.
    pub(super) fn look(&self) {
        if (self.alarm.load(Ordering::Relaxed) && !self.is_on()) || self.size.has_settled_anew() {
            self.break_off();
        }
    }

    /// Breaks the editor off at once, whatever comes.
    pub(super) fn break_off(&self) {
        self.breaks.store(true, Ordering::Relaxed);
    }
}
