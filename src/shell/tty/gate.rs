//! The gate between the terminal and whoever reads keys: text that comes as one burst is handed on as one paste.
//!
//! Where lines come at once, reedline drops what crossterm has read behind the first of them; crossterm stops after a
//! kilobyte until another key comes, and takes a line feed for Ctrl-J. A terminal that brackets its pastes shows none
//! of that, but tmux often doesn't bracket, nor do GNU screen and a plain console. So a thread reads the keys here, and
//! writes them to a pseudo-terminal that stands in for standard input. A key stays a key; text with a line break in its
//! middle, or more text at once than keys are, is bracketed as a paste.
//!
//! While a program has the terminal its bytes pass as they are.

mod unit;

use std::{
    io,
    os::fd::OwnedFd,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    thread,
    time::{Duration, Instant},
};

use rustix::{
    event::{PollFd, PollFlags, Timespec, poll},
    fs::{Mode, OFlags},
    io::Errno,
    pipe::PipeFlags,
    pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt},
    termios::{OptionalActions, tcgetattr, tcsetattr},
};

use unit::{Unit, Units, is_burst};

/// Of a burst, how long its next piece may take.
const GAP: Timespec = Timespec { tv_sec: 0, tv_nsec: 20_000_000 };

/// How much of a burst is one paste, in bytes.
const MAX_BURST: usize = 1024 * 1024;

/// How often is looked whether a unit has been read: of that no system tells.
const LOOK: Duration = Duration::from_millis(1);

/// How long the last keys may lie there once the terminal is gone.
const LAST: Duration = Duration::from_secs(1);

/// Standard input is the gate's until this is dropped.
#[derive(Debug)]
pub(super) struct Gate {
    terminal: OwnedFd,
    state: Arc<Mutex<State>>,
    /// The thread ends with it.
    _open: OwnedFd,
}

#[derive(Debug, Default)]
struct State {
    /// Bytes pass as they are.
    passes: bool,
    /// A burst has been bracketed that nobody may have read yet.
    is_bracketed: bool,
}

/// Lets bytes pass, or keys again.
#[derive(Debug, Clone)]
pub(super) struct Switch(Arc<Mutex<State>>);

impl Switch {
    /// True where a burst that was bracketed before may still be read.
    pub(super) fn pass(&self, passes: bool) -> bool {
        let mut state = locked(&self.0);
        state.passes = passes;
        state.is_bracketed
    }
}

impl Gate {
    /// Puts a pseudo-terminal in the place of `terminal`, which is standard input and in raw mode; `typed` was
    /// read from it before.
    pub(super) fn open(terminal: OwnedFd, typed: Vec<u8>) -> io::Result<Self> {
        let master = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY)?;
        rustix::io::fcntl_setfd(&master, rustix::io::FdFlags::CLOEXEC)?;
        grantpt(&master)?;
        unlockpt(&master)?;
        let flags = OFlags::RDWR | OFlags::NOCTTY | OFlags::CLOEXEC;
        let slave = rustix::fs::open(ptsname(&master, Vec::new())?, flags, Mode::empty())?;
        let mut raw = tcgetattr(&slave)?;
        raw.make_raw();
        tcsetattr(&slave, OptionalActions::Now, &raw)?;
        let (shut, open) = rustix::pipe::pipe_with(PipeFlags::CLOEXEC)?;
        let state = Arc::<Mutex<State>>::default();
        let keys = Keys { terminal: terminal.try_clone()?, shut };
        let reader = Reader { master, slave: slave.try_clone()?, state: Arc::clone(&state) };
        thread::Builder::new().name("gate".into()).spawn(move || carry(&keys, typed, reader))?;
        rustix::stdio::dup2_stdin(&slave)?;
        Ok(Self { terminal, state, _open: open })
    }

    pub(super) fn switch(&self) -> Switch {
        Switch(Arc::clone(&self.state))
    }
}

impl Drop for Gate {
    fn drop(&mut self) {
        // Where the terminal is gone nobody reads it.
        let _ = rustix::stdio::dup2_stdin(&self.terminal);
    }
}

/// Until the terminal is gone or the gate is closed; the pseudo-terminal is hung up then, as the terminal was.
fn carry(keys: &Keys, typed: Vec<u8>, reader: Reader) {
    let mut units = Units::default();
    units.bytes = typed;
    loop {
        while let Some(unit) = units.next(|| reader.passes()) {
            if reader.hand_on(unit).is_err() {
                return;
            }
        }
        if !matches!(keys.read(&mut units, &reader), Ok(true)) {
            break;
        }
    }
    reader.await_last();
}

/// Where keys come from.
struct Keys {
    terminal: OwnedFd,
    /// Hung up where the gate is closed.
    shut: OwnedFd,
}

impl Keys {
    /// What comes at once; false at the end.
    fn read(&self, units: &mut Units, reader: &Reader) -> io::Result<bool> {
        let mut is_ready = self.is_ready(None)?;
        while is_ready {
            if !self.take(&mut units.bytes)? {
                return Ok(false);
            }
            let goes_on = !reader.passes() && units.bytes.len() < MAX_BURST && is_burst(&units.bytes);
            is_ready = goes_on && self.is_ready(Some(&GAP))?;
        }
        Ok(true)
    }

    fn is_ready(&self, limit: Option<&Timespec>) -> io::Result<bool> {
        loop {
            let mut places =
                [PollFd::new(&self.terminal, PollFlags::IN), PollFd::new(&self.shut, PollFlags::empty())];
            match poll(&mut places, limit) {
                Err(Errno::INTR) => {}
                Err(error) => return Err(error.into()),
                Ok(_) if !places[1].revents().is_empty() => return Err(io::ErrorKind::BrokenPipe.into()),
                Ok(ready) => return Ok(ready > 0),
            }
        }
    }

    /// False at the end.
    fn take(&self, bytes: &mut Vec<u8>) -> io::Result<bool> {
        let mut piece = [0; 4096];
        let count = rustix::io::retry_on_intr(|| rustix::io::read(&self.terminal, &mut piece))?;
        bytes.extend_from_slice(&piece[..count]);
        Ok(count > 0)
    }
}

/// Whoever reads standard input.
struct Reader {
    master: OwnedFd,
    slave: OwnedFd,
    state: Arc<Mutex<State>>,
}

impl Reader {
    fn passes(&self) -> bool {
        locked(&self.state).passes
    }

    /// Once what came before has been read: crossterm doesn't see what lies behind the kilobyte that it reads at once.
    fn hand_on(&self, unit: Unit) -> io::Result<()> {
        while !self.has_read_all()? {
            thread::sleep(LOOK);
        }
        let bytes = {
            let mut state = locked(&self.state);
            state.is_bracketed = unit.is_burst && !state.passes;
            if state.is_bracketed { unit.bracketed() } else { unit.bytes }
        };
        let mut left = bytes.as_slice();
        while !left.is_empty() {
            let count = rustix::io::retry_on_intr(|| rustix::io::write(&self.master, left))?;
            left = &left[count..];
        }
        Ok(())
    }

    fn has_read_all(&self) -> io::Result<bool> {
        Ok(rustix::io::ioctl_fionread(&self.slave)? == 0)
    }

    fn await_last(&self) {
        let until = Instant::now() + LAST;
        while Instant::now() < until && !self.has_read_all().unwrap_or(true) {
            thread::sleep(LOOK);
        }
    }
}

fn locked(state: &Mutex<State>) -> MutexGuard<'_, State> {
    state.lock().unwrap_or_else(PoisonError::into_inner)
}
