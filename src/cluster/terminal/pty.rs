//! The pseudo-terminal of one command: a thread reads it, a thread writes it, and both end with it.
//!
//! Threads, because a pty can't be waited for in the way of sockets on every system. The reader stops reading when
//! nobody takes its bytes, and the command then waits in its own writes.

use std::{
    fs::File,
    io::{Read, Write},
    path::{Path, PathBuf},
    thread,
};

use portable_pty::{MasterPty, PtyPair, PtySize, native_pty_system};
use rustix::{
    fs::{Mode, OFlags},
    process::{Pid, Signal},
    termios::{LocalModes, OptionalActions, tcgetattr, tcsetattr},
};
use tokio::sync::mpsc;

use super::TerminalEvent;
use crate::{
    cluster::{guardian::CommandId, messages},
    error::{Error, Result},
    i18n::Verbatim,
};

/// Read at once.
const CHUNK: usize = 8 * 1024;

/// Writes that may wait while the command doesn't read.
const MAX_WAITING: usize = 64;

/// What is kept of what was typed and not read, in bytes; Linux keeps 4 KB.
const MAX_UNREAD: u64 = 64 * 1024;

const INTERRUPT: u8 = 3;

/// Columns and rows.
pub(in crate::cluster) type Size = (u16, u16);

pub(in crate::cluster) struct Pty {
    master: Box<dyn MasterPty + Send>,
    /// Kept until the command has it open: a pty whose last slave closes reads as ended.
    slave: Option<Box<dyn portable_pty::SlavePty + Send>>,
    /// None once the command has ended.
    keys: Option<mpsc::Sender<Vec<u8>>>,
}

impl Pty {
    /// Opens one and begins to tell what comes out of it; also gives its device's path.
    pub(in crate::cluster) fn open(
        id: CommandId,
        size: Size,
        terminal_events: mpsc::Sender<TerminalEvent>,
    ) -> Result<(Self, PathBuf)> {
        let PtyPair { master, slave } = native_pty_system().openpty(pty_size(size)).map_err(no_pty)?;
        let device = master.tty_name().ok_or_else(|| Error::could_not_run(messages::nameless_pty()))?;
        let reader = master.try_clone_reader().map_err(no_pty)?;
        let writer = master.take_writer().map_err(no_pty)?;
        let (keys, typed) = mpsc::channel(MAX_WAITING);
        let (reads, writes) = (terminal_events.clone(), terminal_events);
        start("pty reader", move || read(id, reader, &reads))?;
        let slave_path = device.clone();
        start("pty writer", move || {
            let mut writer = writer;
            write(&mut writer, typed);
            let bytes = unread(&slave_path);
            let _ = writes.blocking_send(TerminalEvent::Unread { id, bytes });
            // It types an end of input as it goes, which is nobody's.
            drop(writer);
        })?;
        Ok((Self { master, slave: Some(slave), keys: Some(keys) }, device))
    }

    /// The command has opened it.
    pub(in crate::cluster) fn hand_over(&mut self) {
        self.slave = None;
    }

    /// Nobody reads any more. What was typed and not read is told, as [`TerminalEvent::Unread`].
    pub(in crate::cluster) fn close_keys(&mut self) {
        self.keys = None;
    }

    pub(in crate::cluster) fn resize(&self, size: Size) {
        // A command that has just ended has no size any more.
        let _ = self.master.resize(pty_size(size));
    }

    /// Types these bytes; false where so much is waiting already that they were dropped.
    pub(in crate::cluster) fn write(&self, bytes: Vec<u8>) -> bool {
        self.keys.as_ref().is_some_and(|keys| keys.try_send(bytes).is_ok())
    }

    /// Ctrl-C: as a key, so that a program in raw mode gets to see it; as a signal where keys aren't being read.
    pub(in crate::cluster) fn interrupt(&self) {
        let is_read = self.keys.as_ref().is_some_and(|keys| keys.capacity() == MAX_WAITING)
            && self.write(vec![INTERRUPT]);
        if !is_read && let Some(group) = self.master.process_group_leader().and_then(Pid::from_raw) {
            // The group may just have ended.
            let _ = rustix::process::kill_process_group(group, Signal::INT);
        }
    }
}

fn start(name: &str, work: impl FnOnce() + Send + 'static) -> Result<()> {
    let started = thread::Builder::new().name(name.into()).spawn(work);
    started.map(drop).map_err(|error| Error::could_not_run(messages::no_thread()).because(error))
}

fn read(id: CommandId, mut reader: Box<dyn Read + Send>, terminal_events: &mpsc::Sender<TerminalEvent>) {
    let mut chunk = vec![0; CHUNK];
    // An error means what an end means: no slave is open any more.
    while let Ok(length @ 1..) = reader.read(&mut chunk) {
        if terminal_events
            .blocking_send(TerminalEvent::Wrote { id, bytes: chunk[..length].to_vec() })
            .is_err()
        {
            return;
        }
    }
    let _ = terminal_events.blocking_send(TerminalEvent::WroteLast { id });
}

fn write(writer: &mut Box<dyn Write + Send>, mut typed: mpsc::Receiver<Vec<u8>>) {
    while let Some(bytes) = typed.blocking_recv() {
        if writer.write_all(&bytes).and_then(|()| writer.flush()).is_err() {
            return;
        }
    }
}

/// What is left in a pseudo-terminal that has been typed into. Nothing where it can't be had.
fn unread(device: &Path) -> Vec<u8> {
    let mut bytes = Vec::new();
    let flags = OFlags::RDWR | OFlags::NOCTTY | OFlags::NONBLOCK | OFlags::CLOEXEC;
    if let Ok(slave) = rustix::fs::open(device, flags, Mode::empty())
        && let Ok(mut modes) = tcgetattr(&slave)
    {
        // Half a line is only given to whoever does not ask for lines.
        modes.local_modes.remove(LocalModes::ICANON | LocalModes::ECHO);
        if tcsetattr(&slave, OptionalActions::Now, &modes).is_ok() {
            // It ends with an error: nothing is there any more.
            let _ = File::from(slave).take(MAX_UNREAD).read_to_end(&mut bytes);
        }
    }
    bytes
}

fn pty_size((cols, rows): Size) -> PtySize {
    PtySize { cols, rows, pixel_width: 0, pixel_height: 0 }
}

fn no_pty(error: anyhow::Error) -> Error {
    Error::could_not_run(messages::no_pty()).because(Verbatim::said(&error))
}
