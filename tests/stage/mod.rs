//! A pseudo-terminal with a screen that is read, and a line to the fake guide within.

pub mod demo;
pub mod guide;
pub mod plain;

use std::{
    env,
    io::{BufRead, BufReader, Read, Write},
    num::NonZeroU16,
    os::unix::net::{UnixListener, UnixStream},
    sync::{Arc, Condvar, Mutex, mpsc},
    thread,
    time::{Duration, Instant},
};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};

pub const CONTROL: &str = "FAKE_GUIDE_CONTROL";
pub const PLAIN: &str = "FAKE_PLAIN_GUIDE";
const PATIENCE: Duration = Duration::from_secs(10);
/// A screen that has not changed for so long is taken to be at rest.
const REST: Duration = Duration::from_millis(150);

pub struct Stage {
    master: Box<dyn MasterPty + Send>,
    keys: Arc<Mutex<Box<dyn Write + Send>>>,
    child: Box<dyn Child + Send + Sync>,
    view: Arc<View>,
    guide: UnixStream,
    heard: mpsc::Receiver<String>,
    _folder: tempfile::TempDir,
}

struct View {
    parser: Mutex<(vt100::Parser, Instant)>,
    changed: Condvar,
}

impl Stage {
    pub fn open(rows: u16, cols: u16) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let path = folder.path().join("control");
        let listener = UnixListener::bind(&path).expect("a socket");
        let pty = native_pty_system().openpty(size(rows, cols)).expect("a pseudo-terminal");
        let mut program = CommandBuilder::new(env::current_exe().expect("this binary"));
        program.args(["--exact", "fake_guide", "--nocapture", "--quiet"]);
        program.env(CONTROL, &path);
        program.env("TERM", "xterm-256color");
        program.env_remove("NO_COLOR");
        let child = pty.slave.spawn_command(program).expect("this binary runs again");
        drop(pty.slave);
        let (guide, _) = listener.accept().expect("the fake guide connects");
        let keys = Arc::new(Mutex::new(pty.master.take_writer().expect("one writer")));
        let view = Arc::new(View {
            parser: Mutex::new((vt100::Parser::new(some(rows), some(cols), 1000), Instant::now())),
            changed: Condvar::new(),
        });
        watch(pty.master.try_clone_reader().expect("a reader"), Arc::clone(&view), Arc::clone(&keys));
        let heard = listen(guide.try_clone().expect("a second handle"));
        Self { master: pty.master, keys, child, view, guide, heard, _folder: folder }
    }

    /// Has the guide say something; see `guide::act`.
    pub fn tell(&mut self, what: &str) {
        writeln!(self.guide, "{}", what.escape_default()).expect("the fake guide listens");
    }

    pub fn types(&mut self, keys: &str) {
        self.keys.lock().expect("no panic").write_all(keys.as_bytes()).expect("the terminal takes keys");
    }

    pub fn pastes(&mut self, text: &str) {
        self.types(&format!("\x1b[200~{}\x1b[201~", text.replace('\n', "\r")));
    }

    pub fn resizes(&mut self, rows: u16, cols: u16) {
        self.view.parser.lock().expect("no panic").0.screen_mut().set_size(some(rows), some(cols));
        self.master.resize(size(rows, cols)).expect("a new size");
    }

    /// The next command that contains `what`; those before it are passed over.
    pub fn hears(&mut self, what: &str) -> String {
        self.hears_up_to(what).pop().expect("it was heard")
    }

    /// The commands up to the next one that contains `what`.
    pub fn hears_up_to(&mut self, what: &str) -> Vec<String> {
        let deadline = Instant::now() + PATIENCE;
        let mut heard = Vec::new();
        while let Ok(command) = self.heard.recv_timeout(deadline.saturating_duration_since(Instant::now())) {
            let is_it = command.contains(what);
            heard.push(command);
            if is_it {
                return heard;
            }
        }
        panic!("never heard {what:?}, but {heard:?}; the screen:\n{}", self.screen());
    }

    pub fn screen(&self) -> String {
        contents(&self.view.parser.lock().expect("no panic").0)
    }

    pub fn sees(&self, text: &str) {
        let deadline = Instant::now() + PATIENCE;
        let mut parser = self.view.parser.lock().expect("no panic");
        while !contents(&parser.0).contains(text) {
            let left = deadline.saturating_duration_since(Instant::now());
            assert!(!left.is_zero(), "never saw {text:?}, but:\n{}", contents(&parser.0));
            parser = self.view.changed.wait_timeout(parser, left).expect("no panic").0;
        }
    }

    /// Until nothing has changed on the screen for a while.
    pub fn settles(&self) {
        let mut parser = self.view.parser.lock().expect("no panic");
        while let Some(left) = REST.checked_sub(parser.1.elapsed()) {
            parser = self.view.changed.wait_timeout(parser, left).expect("no panic").0;
        }
    }

    /// Nothing is left on that only the shell wants on.
    pub fn is_sober(&self) -> bool {
        self.settles();
        let parser = self.view.parser.lock().expect("no panic");
        let screen = parser.0.screen();
        !screen.bracketed_paste() && !screen.hide_cursor() && !screen.alternate_screen()
    }
}

impl Drop for Stage {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The labelled lines that the plain driver prints when `input` comes through a pipe.
pub fn piped(input: &str) -> Vec<String> {
    let output = assert_cmd::Command::new(env::current_exe().expect("this binary"))
        .args(["--exact", "fake_plain_guide", "--nocapture", "--quiet"])
        .env(PLAIN, "1")
        .write_stdin(input)
        .timeout(4 * PATIENCE)
        .output()
        .expect("this binary runs again");
    let said = String::from_utf8(output.stdout).expect("UTF-8");
    said.lines().filter(|line| line.starts_with('[')).map(str::to_owned).collect()
}

/// What was and is on the screen, one line a row, without the empty rows at its end; a wrapped line is one line.
fn contents(parser: &vt100::Parser) -> String {
    parser.screen().contents()
}

fn some(count: u16) -> NonZeroU16 {
    NonZeroU16::new(count).expect("a screen has rows and columns")
}

fn size(rows: u16, cols: u16) -> PtySize {
    PtySize { rows, cols, pixel_width: 0, pixel_height: 0 }
}

/// Draws what the program writes, and answers where its cursor is, as a terminal does.
fn watch(mut output: Box<dyn Read + Send>, view: Arc<View>, keys: Arc<Mutex<Box<dyn Write + Send>>>) {
    const QUERY: &[u8] = b"\x1b[6n";
    let mut pending = Vec::new();
    let mut bytes = [0; 4096];
    thread::Builder::new()
        .spawn(move || {
            while let Ok(count @ 1..) = output.read(&mut bytes) {
                pending.extend_from_slice(&bytes[..count]);
                let mut parser = view.parser.lock().expect("no panic");
                while let Some(at) = pending.windows(QUERY.len()).position(|window| window == QUERY) {
                    let rest = pending.split_off(at + QUERY.len());
                    parser.0.process(&pending[..at]);
                    pending = rest;
                    let (row, column) = parser.0.screen().cursor_position();
                    let answer = format!("\x1b[{};{}R", row + 1, column + 1);
                    let _ = keys.lock().expect("no panic").write_all(answer.as_bytes());
                }
                // A query may be cut in two.
                let tail =
                    (1..QUERY.len()).rev().find(|length| pending.ends_with(&QUERY[..*length])).unwrap_or(0);
                let rest = pending.split_off(pending.len() - tail);
                parser.0.process(&pending);
                pending = rest;
                parser.1 = Instant::now();
                view.changed.notify_all();
            }
        })
        .expect("a thread");
}

fn listen(guide: UnixStream) -> mpsc::Receiver<String> {
    let (sender, receiver) = mpsc::channel();
    thread::Builder::new()
        .spawn(move || {
            BufReader::new(guide).lines().map_while(Result::ok).try_for_each(|line| sender.send(line))
        })
        .expect("a thread");
    receiver
}
