//! The terminal's size, told to the guide when it changes.
//!
//! It is looked at, and not heard of: reedline answers an event of a new size by waiting until no key has come for
//! 100 ms, so that somebody who types on sees neither the keys nor what nodes print.

use std::{
    io,
    sync::{Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

use rustix::process::Signal;

use tokio::sync::mpsc;

use crate::guide::command::Command;

/// What a terminal that doesn't say is taken for.
const UNKNOWN: (u16, u16) = (80, 24);
/// A size that has lasted so long is no step on the way to another.
const REST: Duration = Duration::from_millis(40);

#[derive(Debug)]
pub(super) struct Size {
    told: Mutex<(u16, u16)>,
    /// What the present editor takes it for.
    drawn: Mutex<(u16, u16)>,
    /// What it was when that editor last painted: the window may have changed in between.
    painted: Mutex<(u16, u16)>,
    /// A size that is not the drawn one, and since when.
    changed: Mutex<Option<((u16, u16), Instant)>>,
    commands: mpsc::Sender<Command>,
}

/// Has crossterm make no events of new sizes. To be called before anybody listens for SIGWINCH; none else in this
/// program does.
pub(super) fn hear_nothing() -> io::Result<()> {
    // Now crossterm listens.
    crossterm::event::poll(Duration::ZERO)?;
    #[expect(deprecated, reason = "it takes away others' listeners, and that is what is wanted")]
    signal_hook_registry::unregister_signal(Signal::WINCH.as_raw());
    Ok(())
}

impl Size {
    pub(super) fn new(commands: mpsc::Sender<Command>) -> Self {
        Self {
            told: Mutex::default(),
            drawn: Mutex::default(),
            painted: Mutex::default(),
            changed: Mutex::default(),
            commands,
        }
    }

    /// Columns and rows as they are now; a change goes to the guide.
    pub(super) fn look(&self) -> (u16, u16) {
        let size = seen();
        self.tell(size);
        size
    }

    /// As `look`, for an editor that is drawn now.
    pub(super) fn draw(&self) -> (u16, u16) {
        let size = self.look();
        *locked(&self.drawn) = size;
        *locked(&self.painted) = size;
        size
    }

    /// The editor is about to paint.
    pub(super) fn paint(&self) {
        *locked(&self.painted) = seen();
    }

    /// What it was when the editor last painted.
    pub(super) fn painted(&self) -> (u16, u16) {
        *locked(&self.painted)
    }

    /// Whether the present editor was drawn for another size, or has painted in one.
    pub(super) fn has_changed(&self) -> bool {
        self.is_another(seen())
    }

    fn is_another(&self, seen: (u16, u16)) -> bool {
        *locked(&self.drawn) != seen || *locked(&self.painted) != seen
    }

    /// The same, of the size that lasts.
    pub(super) fn has_settled_anew(&self) -> bool {
        let (seen, now) = (seen(), Instant::now());
        let mut changed = locked(&self.changed);
        *changed = match *changed {
            _ if !self.is_another(seen) => None,
            Some((size, since)) if size == seen => Some((size, since)),
            Some(_) | None => Some((seen, now)),
        };
        changed.is_some_and(|(_, since)| now >= since + REST)
    }

    pub(super) fn tell(&self, size: (u16, u16)) {
        let mut told = locked(&self.told);
        if *told == size {
            return;
        }
        let (columns, rows) = size;
        // Where the guide is too busy to hear it, the next look tells it again.
        if self.commands.try_send(Command::Resize { columns, rows }).is_ok() {
            *told = size;
        }
    }
}

fn seen() -> (u16, u16) {
    let seen = crossterm::terminal::size().ok().filter(|(columns, rows)| *columns > 0 && *rows > 0);
    seen.unwrap_or(UNKNOWN)
}

fn locked<T>(value: &Mutex<T>) -> MutexGuard<'_, T> {
    value.lock().unwrap_or_else(PoisonError::into_inner)
}
