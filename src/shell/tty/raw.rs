//! Raw mode for the whole session, and the terminal as it was afterwards, on every way out.
//!
//! reedline turns raw mode on and off around each line, and keys typed in between would be echoed. As this is
//! entered first, what reedline goes back to is raw as well.

use std::{
    io::{self, Write},
    os::fd::OwnedFd,
    panic,
    sync::{
        Mutex, Once, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
};

use rustix::termios::{OptionalActions, Termios, tcgetattr, tcsetattr};

use super::modes::Modes;

static BEFORE: Mutex<Option<Before>> = Mutex::new(None);
static IS_GIVEN_BACK: AtomicBool = AtomicBool::new(false);

/// Standard input need not be the terminal any more.
struct Before {
    terminal: OwnedFd,
    modes: Termios,
}

/// Raw mode; ends when this is dropped.
#[derive(Debug)]
pub(super) struct Raw(());

impl Raw {
    /// Of that terminal.
    pub(super) fn enter(terminal: OwnedFd) -> io::Result<Self> {
        static HOOK: Once = Once::new();
        let modes = tcgetattr(&terminal)?;
        let mut raw = modes.clone();
        raw.make_raw();
        tcsetattr(&terminal, OptionalActions::Now, &raw)?;
        *BEFORE.lock().unwrap_or_else(PoisonError::into_inner) = Some(Before { terminal, modes });
        IS_GIVEN_BACK.store(false, Ordering::SeqCst);
        HOOK.call_once(restore_before_panics_are_told);
        Ok(Self(()))
    }
}

impl Drop for Raw {
    fn drop(&mut self) {
        restore();
    }
}

fn restore_before_panics_are_told() {
    let tell = panic::take_hook();
    panic::set_hook(Box::new(move |panic| {
        if restore() {
            // The cursor stands somewhere in what was typed.
            eprintln!();
        }
        tell(panic);
    }));
}

/// Gives the terminal back as it was, if this process has taken it; for ways out that no destructor sees,
/// such as SIGTERM. May be called from any thread, any number of times; true the first time.
pub fn restore() -> bool {
    let Ok(before) = BEFORE.try_lock() else { return false };
    let Some(Before { terminal, modes }) = before.as_ref() else { return false };
    // crossterm would go back to what it found, which is raw, when reedline leaves its line; this makes it forget.
    let _ = crossterm::terminal::disable_raw_mode();
    let mut out = io::stdout();
    let _ = out.write_all(&Modes::default().undo()).and_then(|()| out.flush());
    // Nothing can be done about a terminal that is gone.
    let _ = tcsetattr(terminal, OptionalActions::Now, modes);
    !IS_GIVEN_BACK.swap(true, Ordering::SeqCst)
}

/// The terminal isn't ours any more: someone on another thread has given it back.
pub(super) fn is_given_back() -> bool {
    IS_GIVEN_BACK.load(Ordering::SeqCst)
}
