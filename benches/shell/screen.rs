//! A program in a real pseudo-terminal: keys in, a screen out, and when that screen first showed what is waited for.

use std::{
    io::{Read, Write},
    num::NonZeroU16,
    sync::{
        Arc, Mutex, PoisonError,
        mpsc::{Receiver, RecvTimeoutError, Sender, channel},
    },
    thread,
    time::{Duration, Instant},
};

use anyhow::{Context, Result, bail};
use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};

const ROWS: u16 = 40;
const COLUMNS: u16 = 100;

/// For anything to show, or to end; a machine that takes longer is no place to measure on.
const PATIENCE: Duration = Duration::from_secs(30);

/// The question where the cursor is. A terminal answers it, and the line editor waits for that.
const WHERE_IS_THE_CURSOR: &[u8] = b"\x1b[6n";

type Keys = Arc<Mutex<Box<dyn Write + Send>>>;

pub(crate) struct Terminal {
    keys: Keys,
    child: Box<dyn Child + Send + Sync>,
    /// Each screen as it came to be; ends when nobody holds the other side of the terminal any more.
    screens: Receiver<Shown>,
    last: Shown,
    began: Instant,
    _master: Box<dyn MasterPty + Send>,
}

/// What is on the screen, in rows of text without colours.
pub(crate) struct Shown {
    pub rows: Vec<String>,
    /// The cursor's row and column.
    cursor: (u16, u16),
    /// When its last bytes came.
    at: Instant,
}

impl Shown {
    /// Whether the cursor stands behind this line; what it might go on with may stand to the right.
    pub(crate) fn ends_with_line(&self, line: &str) -> bool {
        self.before_cursor() == line
    }

    /// The row of the cursor, up to the cursor.
    pub(crate) fn before_cursor(&self) -> String {
        let (row, column) = self.cursor;
        let current = self.rows.get(usize::from(row)).map_or("", String::as_str);
        current.chars().chain(std::iter::repeat(' ')).take(usize::from(column)).collect()
    }

    pub(crate) fn has(&self, line: &str) -> bool {
        self.rows.iter().any(|row| row.trim_end() == line)
    }

    fn of(screen: &vt100::Screen, at: Instant) -> Self {
        Self { rows: screen.rows(0, COLUMNS).collect(), cursor: screen.cursor_position(), at }
    }
}

impl Terminal {
    /// Starts it; the clock of [`Terminal::began`] starts right before.
    pub(crate) fn open(program: CommandBuilder) -> Result<Self> {
        Self::open_with(program, ROWS)
    }

    pub(crate) fn open_with(program: CommandBuilder, rows: u16) -> Result<Self> {
        let size = PtySize { rows, cols: COLUMNS, pixel_width: 0, pixel_height: 0 };
        let pty = native_pty_system().openpty(size)?;
        let keys: Keys = Arc::new(Mutex::new(pty.master.take_writer()?));
        let (sender, screens) = channel();
        let (output, answers) = (pty.master.try_clone_reader()?, Arc::clone(&keys));
        thread::Builder::new().name("screen".into()).spawn(move || draw(rows, output, &answers, &sender))?;
        let began = Instant::now();
        let child = pty.slave.spawn_command(program)?;
        let last = Shown { rows: Vec::new(), cursor: (0, 0), at: began };
        Ok(Self { keys, child, screens, last, began, _master: pty.master })
    }

    pub(crate) fn began(&self) -> Instant {
        self.began
    }

    /// What was seen last.
    pub(crate) fn shown(&self) -> &Shown {
        &self.last
    }

    /// Types, and says when.
    pub(crate) fn types(&self, keys: &str) -> Result<Instant> {
        let typed = Instant::now();
        write(&self.keys, keys)?;
        Ok(typed)
    }

    /// When the screen first was like that, looking on from where it was seen last.
    pub(crate) fn sees(&mut self, what: &str, is_so: impl Fn(&Shown) -> bool) -> Result<Instant> {
        let until = Instant::now() + PATIENCE;
        while !is_so(&self.last) {
            match self.screens.recv_timeout(until.saturating_duration_since(Instant::now())) {
                Ok(shown) => self.last = shown,
                Err(why) => bail!("{what} never showed ({why}), but:\n{}", self.last.rows.join("\n").trim()),
            }
        }
        Ok(self.last.at)
    }

    /// Has it leave by itself, and waits until it has.
    pub(crate) fn leaves(mut self, keys: &str) -> Result<()> {
        self.types(keys)?;
        let until = Instant::now() + PATIENCE;
        loop {
            match self.screens.recv_timeout(until.saturating_duration_since(Instant::now())) {
                Ok(_) => {}
                Err(RecvTimeoutError::Disconnected) => break,
                Err(RecvTimeoutError::Timeout) => bail!("it did not leave when told {keys:?}"),
            }
        }
        self.child.wait().context("can't wait for its end")?;
        Ok(())
    }
}

/// Whatever went wrong, it doesn't stay behind.
impl Drop for Terminal {
    fn drop(&mut self) {
        if !matches!(self.child.try_wait(), Ok(Some(_))) {
            let _ = self.child.kill();
            let _ = self.child.wait();
        }
    }
}

fn write(keys: &Keys, text: &str) -> std::io::Result<()> {
    let mut keys = keys.lock().unwrap_or_else(PoisonError::into_inner);
    keys.write_all(text.as_bytes()).and_then(|()| keys.flush())
}

fn some(count: u16) -> NonZeroU16 {
    NonZeroU16::new(count).expect("a screen has rows and columns")
}

/// Until the program and all that it started have let go of the terminal.
fn draw(rows: u16, mut output: Box<dyn Read + Send>, keys: &Keys, screens: &Sender<Shown>) {
    let mut parser = vt100::Parser::new(some(rows), some(COLUMNS), 0);
    let mut pending = Vec::new();
    let mut chunk = [0; 8192];
    while let Ok(count @ 1..) = output.read(&mut chunk) {
        let at = Instant::now();
        pending.extend_from_slice(&chunk[..count]);
        take(&mut pending, &mut parser, keys);
        if screens.send(Shown::of(parser.screen(), at)).is_err() {
            return;
        }
    }
}

/// Draws what came, but for the beginning of a question that may go on with the next bytes.
fn take(pending: &mut Vec<u8>, parser: &mut vt100::Parser, keys: &Keys) {
    let question = WHERE_IS_THE_CURSOR;
    while let Some(at) = pending.windows(question.len()).position(|window| window == question) {
        parser.process(&pending[..at]);
        pending.drain(..at + question.len());
        let (row, column) = parser.screen().cursor_position();
        // A program that is gone needs no answer.
        let _ = write(keys, &format!("\x1b[{};{}R", row + 1, column + 1));
    }
    let cut = (1..question.len()).rev().find(|length| pending.ends_with(&question[..*length])).unwrap_or(0);
    let whole = pending.len() - cut;
    parser.process(&pending[..whole]);
    pending.drain(..whole);
}
