//! Runs a command in a pseudo-terminal, shows all of it here if there is a terminal, and keeps it.
//!
//! Where there is none, the command gets a terminal all the same. It is asked where its cursor is then, and somebody has
//! to know: an emulator follows what is shown.

use std::{
    ffi::OsString,
    fs::File,
    io::{self, BufWriter, IsTerminal, Read, Write},
    num::NonZero,
    os::fd::AsFd,
    path::Path,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    thread,
    time::{Duration, Instant},
};

use portable_pty::{Child, CommandBuilder, MasterPty, PtyPair, PtySize, native_pty_system};
use rustix::{
    event::{PollFd, PollFlags, Timespec, poll},
    io::Errno,
    termios::{OptionalActions, Termios, tcgetattr, tcsetattr},
};

use crate::error::{Error, Result};

use super::{
    cast::{Cast, Size},
    messages,
};

/// Of a terminal that is nobody's.
const SIZE: Size = (100, 30);

/// How often is looked whether the window has another size.
const LOOK: Timespec = Timespec { tv_sec: 0, tv_nsec: 200_000_000 };

/// Runs `command` to its end, and gives its exit code.
///
/// # Errors
/// The file can't be written, or there is no pseudo-terminal to be had.
pub fn record(command: &[OsString], file: &Path, title: &str) -> Result<u8> {
    let shown = file.display().to_string();
    let unwritable = |e: io::Error| Error::usage(messages::no_cast(&shown)).because(e);
    let out = BufWriter::new(File::create(file).map_err(unwritable)?);
    let has_terminal = io::stdin().is_terminal() && io::stdout().is_terminal();
    let size = if has_terminal { size_here() } else { SIZE };
    let cast = Cast::begin(out, size, title).map_err(unwritable)?;
    let Played { mut child, master, reader, keys } = Played::begin(command, size, has_terminal)?;
    let recorder = Arc::new(Mutex::new(Recorder { cast, began: Instant::now(), failed: None }));
    let raw = if has_terminal { Raw::enter().ok() } else { None };
    let emulator = (!has_terminal).then(|| emulator(size, &keys));
    let shown = Arc::clone(&recorder);
    let screen = thread::spawn(move || show(reader, &shown, emulator));
    if has_terminal {
        let resized = Arc::clone(&recorder);
        // It ends with the program.
        thread::spawn(move || type_on(&keys, master, &resized, size));
        wait(screen);
    } else {
        wait(screen);
        drop(master);
    }
    let code = ended(child.as_mut())?;
    drop(raw);
    match lock(&recorder).failed.take() {
        Some(error) => Err(unwritable(error)),
        None => Ok(code),
    }
}

/// Runs `command` to its end in a terminal that nobody sees: its exit code, and what is on the screen then.
///
/// # Errors
/// There is no pseudo-terminal to be had.
pub fn last_screen(command: &[OsString], size: Size) -> Result<(u8, vt100::Screen)> {
    let Played { mut child, master, mut reader, keys } = Played::begin(command, size, false)?;
    let mut emulator = emulator(size, &keys);
    read(reader.as_mut(), |piece| emulator.process(piece));
    drop(master);
    Ok((ended(child.as_mut())?, emulator.screen().clone()))
}

/// A command in a pseudo-terminal.
struct Played {
    child: Box<dyn Child + Send + Sync>,
    master: Box<dyn MasterPty + Send>,
    reader: Box<dyn Read + Send>,
    keys: Keys,
}

impl Played {
    fn begin(command: &[OsString], size: Size, has_terminal: bool) -> Result<Self> {
        Self::spawn(command, size, has_terminal)
            .map_err(|e| Error::could_not_run(messages::no_terminal()).because(io::Error::other(e)))
    }

    fn spawn(command: &[OsString], size: Size, has_terminal: bool) -> anyhow::Result<Self> {
        let PtyPair { slave, master } = native_pty_system().openpty(pty_size(size))?;
        let mut builder = CommandBuilder::from_argv(command.to_vec());
        if !has_terminal {
            builder.env("TERM", "xterm-256color");
        }
        if let Ok(folder) = std::env::current_dir() {
            builder.cwd(folder);
        }
        let child = slave.spawn_command(builder)?;
        let reader = master.try_clone_reader()?;
        let keys = Arc::new(Mutex::new(master.take_writer()?));
        Ok(Self { child, master, reader, keys })
    }
}

fn ended(child: &mut (dyn Child + Send + Sync)) -> Result<u8> {
    let status = child.wait().map_err(|e| Error::could_not_run(messages::no_terminal()).because(e))?;
    Ok(u8::try_from(status.exit_code()).unwrap_or(1))
}

struct Recorder {
    cast: Cast<BufWriter<File>>,
    began: Instant,
    /// What kept it from being written; the command goes on.
    failed: Option<io::Error>,
}

impl Recorder {
    fn keep(&mut self, write: impl FnOnce(&mut Cast<BufWriter<File>>, Duration) -> io::Result<()>) {
        if self.failed.is_none() {
            self.failed = write(&mut self.cast, self.began.elapsed()).err();
        }
    }
}

type Keys = Arc<Mutex<Box<dyn Write + Send>>>;

type Emulator = vt100::Parser<Answers>;

fn emulator((columns, rows): Size, keys: &Keys) -> Emulator {
    let side = |length| NonZero::new(length).unwrap_or(NonZero::<u16>::MIN);
    vt100::Parser::new_with_callbacks(side(rows), side(columns), 0, Answers(Arc::clone(keys)))
}

/// Says where the cursor is, each time that is asked.
struct Answers(Keys);

impl vt100::Callbacks for Answers {
    fn unhandled_csi(
        &mut self,
        screen: &mut vt100::Screen,
        i1: Option<u8>,
        _: Option<u8>,
        params: &[&[u16]],
        c: char,
    ) {
        if (i1, params, c) == (None, &[&[6]], 'n') {
            let (row, column) = screen.cursor_position();
            let told = format!("\x1b[{};{}R", row + 1, column + 1);
            let mut keys = lock(&self.0);
            // Whoever asked may have gone.
            let _ = keys.write_all(told.as_bytes()).and_then(|()| keys.flush());
        }
    }
}

/// Until the command has ended, and nobody is left who writes there.
fn read(reader: &mut dyn Read, mut takes: impl FnMut(&[u8])) {
    let mut bytes = [0; 16 * 1024];
    // On Linux, a pseudo-terminal that nobody has open reads as an error.
    while let Ok(count @ 1..) = reader.read(&mut bytes) {
        takes(&bytes[..count]);
    }
}

fn show(mut reader: Box<dyn Read + Send>, recorder: &Mutex<Recorder>, mut emulator: Option<Emulator>) {
    read(reader.as_mut(), |piece| {
        lock(recorder).keep(|cast, at| cast.shows(at, piece));
        match &mut emulator {
            Some(emulator) => emulator.process(piece),
            None => {
                let mut out = io::stdout();
                // A terminal that is gone shows nothing more.
                let _ = out.write_all(piece).and_then(|()| out.flush());
            }
        }
    });
}

/// What is typed here, and this window's size.
fn type_on(keys: &Keys, master: Box<dyn MasterPty + Send>, recorder: &Mutex<Recorder>, mut size: Size) {
    let stdin = io::stdin();
    let mut bytes = [0; 4096];
    loop {
        let mut places = [PollFd::new(&stdin, PollFlags::IN)];
        match poll(&mut places, Some(&LOOK)) {
            Ok(0) | Err(Errno::INTR) => {}
            Ok(_) => {
                let Ok(count @ 1..) = rustix::io::read(&stdin, &mut bytes) else { return };
                let mut keys = lock(keys);
                if keys.write_all(&bytes[..count]).and_then(|()| keys.flush()).is_err() {
                    return;
                }
            }
            Err(_) => return,
        }
        let now = size_here();
        if now != size {
            size = now;
            let _ = master.resize(pty_size(size));
            lock(recorder).keep(|cast, at| cast.is_resized(at, size));
        }
    }
}

fn wait(screen: thread::JoinHandle<()>) {
    // A thread that panicked has said so.
    let _ = screen.join();
}

fn size_here() -> Size {
    terminal_size::terminal_size().map_or(SIZE, |(columns, rows)| (columns.0, rows.0))
}

fn pty_size((cols, rows): Size) -> PtySize {
    PtySize { rows, cols, pixel_width: 0, pixel_height: 0 }
}

/// Keys come as they are pressed, until this is dropped.
pub(super) struct Raw(Termios);

impl Raw {
    pub(super) fn enter() -> io::Result<Self> {
        let terminal = io::stdin();
        let modes = tcgetattr(terminal.as_fd())?;
        let mut raw = modes.clone();
        raw.make_raw();
        tcsetattr(terminal.as_fd(), OptionalActions::Now, &raw)?;
        Ok(Self(modes))
    }
}

impl Drop for Raw {
    fn drop(&mut self) {
        // Of a terminal that is gone.
        let _ = tcsetattr(io::stdin().as_fd(), OptionalActions::Now, &self.0);
    }
}

fn lock<T: ?Sized>(shared: &Mutex<T>) -> MutexGuard<'_, T> {
    shared.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn recorded(script: &str) -> (u8, Vec<serde_json::Value>) {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("x.cast");
        let words = ["/bin/sh", "-c", script].map(OsString::from);
        let code = record(&words, &file, "x").unwrap();
        let text = std::fs::read_to_string(file).unwrap();
        (code, text.lines().map(|line| serde_json::from_str(line).unwrap()).collect())
    }

    #[test]
    fn all_that_is_shown_is_kept_and_so_is_how_it_ended() {
        let (code, lines) = recorded("printf 'α\\n'; exit 3");
        assert_eq!(code, 3);
        assert_eq!(lines[0]["height"], 30);
        let shown: String = lines[1..].iter().map(|event| event[2].as_str().unwrap()).collect();
        assert_eq!(shown, "α\r\n");
    }

    #[test]
    fn whoever_asks_where_the_cursor_is_is_told() {
        let (_, lines) =
            recorded("stty raw -echo; printf '12\\r\\n345\\033[6n'; head -c 6 | tr -d '\\033'; stty sane");
        let shown: String = lines[1..].iter().map(|event| event[2].as_str().unwrap()).collect();
        assert!(shown.contains("[2;4R"), "{shown:?}");
    }

    #[test]
    fn a_file_that_can_not_be_written_is_told_before_anything_runs() {
        let error = record(&["true".into()], Path::new("/nowhere/x.cast"), "x").expect_err("no folder");
        assert_eq!(error.exit_code(), 2);
    }
}
