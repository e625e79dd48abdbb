//! A pseudo-terminal with a screen that is read: what the tests see of a program is what a person would.

use std::{
    fs,
    io::{Read, Write},
    num::NonZeroU16,
    path::PathBuf,
    process::{self, Command},
    sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError},
    thread,
    time::{Duration, Instant},
};

use portable_pty::{CommandBuilder, ExitStatus, MasterPty, PtySize, native_pty_system};
use rustix::{
    fs::{Mode, OFlags},
    process::{Pid, Signal, kill_process},
    termios::{LocalModes, tcgetattr},
};

use super::{PATIENCE, until};

/// A screen that has not changed for so long is taken to be at rest.
const REST: Duration = Duration::from_millis(150);
/// A program that has written nothing for so long is not in the middle of drawing.
const FRAME: Duration = Duration::from_millis(5);
/// Characters of the page that a failure shows.
const MAX_SHOWN: usize = 5000;
/// Rows that are kept once they have left the screen.
const SCROLLBACK: usize = 5000;

pub struct Pty {
    /// None once it was hung up.
    master: Option<Box<dyn MasterPty + Send>>,
    keys: Keys,
    pid: u32,
    view: Arc<View>,
}

type Keys = Arc<Mutex<Option<Box<dyn Write + Send>>>>;

struct View {
    sight: Mutex<Sight>,
    changed: Condvar,
}

struct Sight {
    parser: vt100::Parser<Gone>,
    /// When the program last wrote.
    latest: Instant,
    /// Everything that it wrote, escapes included.
    bytes: Vec<u8>,
    /// The last that came was the question where the cursor is.
    is_asking: bool,
    ended: Option<ExitStatus>,
    watch: Watch,
}

/// How many rows there were that are kept no longer.
struct Gone(usize);

impl vt100::Callbacks for Gone {
    fn on_scroll(&mut self, _: vt100::capture::RowContents<'_>, is_other_screen: bool) {
        self.0 += usize::from(!is_other_screen);
    }
}

/// Of the thread that reads; it holds the terminal open.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Watch {
    Goes,
    ToEnd,
    Ended,
}

impl Pty {
    /// Starts a program in a terminal of its own, with no variables but those that the command sets: whatever terminal
    /// the tests run in, this is another.
    pub fn open(columns: u16, rows: u16, command: &Command) -> Self {
        Self::answering(true, columns, rows, command)
    }

    /// In one that never says where its cursor is.
    pub fn mute(columns: u16, rows: u16, command: &Command) -> Self {
        Self::answering(false, columns, rows, command)
    }

    fn answering(answers: bool, columns: u16, rows: u16, command: &Command) -> Self {
        let mut program = CommandBuilder::new(command.get_program());
        program.args(command.get_args());
        program.env_clear();
        for (name, value) in command.get_envs() {
            if let Some(value) = value {
                program.env(name, value);
            }
        }
        if let Some(folder) = command.get_current_dir() {
            program.cwd(folder);
        }
        let pty = native_pty_system().openpty(size(columns, rows)).expect("a pseudo-terminal");
        let mut child = pty.slave.spawn_command(program).expect("the program starts");
        drop(pty.slave);
        let keys = Arc::new(Mutex::new(Some(pty.master.take_writer().expect("one writer"))));
        let parser = vt100::Parser::new_with_callbacks(some(rows), some(columns), SCROLLBACK, Gone(0));
        let sight = Sight {
            parser,
            latest: Instant::now(),
            bytes: Vec::new(),
            is_asking: false,
            ended: None,
            watch: Watch::Goes,
        };
        let view = Arc::new(View { sight: Mutex::new(sight), changed: Condvar::new() });
        let pid = child.process_id().expect("a process that nobody has waited for");
        let answer = answers.then(|| Arc::clone(&keys));
        watch(pid, pty.master.try_clone_reader().expect("a reader"), Arc::clone(&view), answer);
        let told = Arc::clone(&view);
        let wait = move || {
            let ended = child.wait().expect("a child can be waited for");
            told.sight().ended = Some(ended);
            told.changed.notify_all();
        };
        thread::Builder::new().spawn(wait).expect("a thread");
        Self { master: Some(pty.master), keys, pid, view }
    }

    pub fn types(&self, keys: &str) {
        let mut writer = self.keys.lock().unwrap_or_else(PoisonError::into_inner);
        let writer = writer.as_mut().expect("a terminal that was not hung up");
        writer.write_all(keys.as_bytes()).expect("the terminal takes keys");
    }

    /// As a terminal does it that knows bracketed paste.
    pub fn pastes(&self, text: &str) {
        self.types(&format!("\x1b[200~{}\x1b[201~", text.replace('\n', "\r")));
    }

    pub fn resizes(&self, columns: u16, rows: u16) {
        self.view.sight().parser.set_size(some(rows), some(columns));
        self.master().resize(size(columns, rows)).expect("a new size");
    }

    /// As `resizes`, once the program has drawn what it was about to draw.
    #[track_caller]
    pub fn resizes_between_frames(&self, columns: u16, rows: u16) {
        until("between two frames", || self.resizes_if_idle(columns, rows).then_some(()).ok_or(()));
    }

    /// Nothing has come for a moment, the last that came was no question, whose answer it would draw by, and whoever draws
    /// is asleep. The program is stopped then, so that it begins nothing meanwhile, however busy the machine is.
    fn resizes_if_idle(&self, columns: u16, rows: u16) -> bool {
        let before = {
            let sight = self.view.sight();
            if sight.is_asking || sight.latest.elapsed() < FRAME {
                return false;
            }
            sight.bytes.len()
        };
        if !threads_are(self.pid, "shell", 'S') {
            return false;
        }
        self.signals(Signal::STOP);
        until("stopped", || threads_are(self.pid, "", 'T').then_some(()).ok_or(()));
        until("read to the end", || {
            threads_are(process::id(), &reader(self.pid), 'S').then_some(()).ok_or(())
        });
        let mut sight = self.view.sight();
        let is_idle = sight.bytes.len() == before;
        if is_idle {
            sight.parser.set_size(some(rows), some(columns));
            self.master().resize(size(columns, rows)).expect("a new size");
        }
        drop(sight);
        self.signals(Signal::CONT);
        is_idle
    }

    /// Lets so much time pass, whatever happens on the screen.
    pub fn breathes(&self, time: Duration) {
        let until = Instant::now() + time;
        while let Some(left) = until.checked_duration_since(Instant::now()) {
            thread::park_timeout(left);
        }
    }

    /// What is on the screen, a line a row; a line that was wrapped is one line.
    pub fn screen(&self) -> String {
        self.view.sight().parser.screen().contents()
    }

    /// Everything that was ever written, escapes included.
    pub fn bytes(&self) -> Vec<u8> {
        self.view.sight().bytes.clone()
    }

    /// The row of the cursor, counted from the first one that was ever on the screen.
    pub fn row(&self) -> usize {
        self.view.sight().row()
    }

    /// All from that row on, rows that have left the screen included.
    pub fn text_from(&self, row: usize) -> String {
        self.view.sight().text_from(row)
    }

    /// Waits until the sight is as wanted. Whoever still writes, such as a flood, is given more time.
    #[track_caller]
    pub fn wait_for(&self, what: &str, mut is_so: impl FnMut(&mut Look<'_>) -> bool) {
        let began = Instant::now();
        let mut sight = self.view.sight();
        while !is_so(&mut Look(&mut sight)) {
            let deadline = (sight.latest.max(began) + PATIENCE).min(began + 5 * PATIENCE);
            let left = deadline.saturating_duration_since(Instant::now());
            if left.is_zero() {
                let (all, at) = (sight.text_from(0), sight.before_cursor());
                drop(sight);
                let from = all.char_indices().rev().nth(MAX_SHOWN).map_or(0, |(at, _)| at);
                panic!("never {what}; the cursor is behind {at:?} of:\n{}", &all[from..]);
            }
            sight = self.view.changed.wait_timeout(sight, left).unwrap_or_else(PoisonError::into_inner).0;
        }
    }

    /// Until nothing has changed on the screen for a while, and the program waits, rather than being kept waiting by a
    /// busy machine.
    #[track_caller]
    pub fn settles(&self) {
        let deadline = Instant::now() + PATIENCE;
        let mut sight = self.view.sight();
        while sight.latest.elapsed() < REST || sight.ended.is_none() && !threads_are(self.pid, "", 'S') {
            assert!(Instant::now() < deadline, "the program is never at rest");
            sight = self.view.changed.wait_timeout(sight, FRAME).unwrap_or_else(PoisonError::into_inner).0;
        }
    }

    #[track_caller]
    pub fn ends(&self) -> ExitStatus {
        self.wait_for("did it end", |look| look.0.ended.is_some());
        self.view.sight().ended.clone().expect("it has ended")
    }

    pub fn pid(&self) -> u32 {
        self.pid
    }

    /// Nothing is on that a line editor would not want: the first screen, no mouse reports, a cursor that shows.
    #[track_caller]
    pub fn is_plain(&self) {
        self.wait_for("was the terminal plain", |look| {
            let screen = look.0.parser.screen();
            let has_mouse = screen.mouse_protocol_mode() != vt100::MouseProtocolMode::None;
            !screen.alternate_screen() && !screen.hide_cursor() && !has_mouse && !screen.application_cursor()
        });
    }

    pub fn signals(&self, signal: Signal) {
        let pid = i32::try_from(self.pid).ok().and_then(Pid::from_raw).expect("a process id");
        // It may have gone by itself.
        let _ = kill_process(pid, signal);
    }

    /// The window is closed. A key is typed before, so that the program writes something and the reader wakes up.
    #[track_caller]
    pub fn hangs_up(&mut self) {
        self.view.sight().watch = Watch::ToEnd;
        self.types(" ");
        self.wait_for("did the program answer a key", |look| look.0.watch == Watch::Ended);
        *self.keys.lock().unwrap_or_else(PoisonError::into_inner) = None;
        self.master = None;
    }

    /// Nothing is left on that only a program wants on: paste marks, a hidden cursor, the other screen.
    #[track_caller]
    pub fn is_sober(&self) {
        self.wait_for("were paste marks off, the cursor there, the first screen back", |look| {
            let screen = look.0.parser.screen();
            !screen.bracketed_paste() && !screen.hide_cursor() && !screen.alternate_screen()
        });
    }

    /// Whether a shell would find the terminal as it wants it: lines are edited, keys are echoed, Ctrl-C is a signal.
    pub fn is_cooked(&self) -> bool {
        let path: PathBuf = self.master().tty_name().expect("a terminal with a name");
        let terminal = rustix::fs::open(path, OFlags::RDWR | OFlags::NOCTTY, Mode::empty());
        let modes = tcgetattr(terminal.expect("the terminal is still there")).expect("its modes");
        modes.local_modes.contains(LocalModes::ICANON | LocalModes::ECHO | LocalModes::ISIG)
    }

    fn master(&self) -> &dyn MasterPty {
        self.master.as_deref().expect("a terminal that was not hung up")
    }
}

impl Drop for Pty {
    fn drop(&mut self) {
        if self.view.sight().ended.is_none() {
            self.signals(Signal::KILL);
        }
    }
}

/// What there is to see at one moment.
pub struct Look<'a>(&'a mut Sight);

impl Look<'_> {
    pub fn screen(&self) -> String {
        self.0.parser.screen().contents()
    }

    pub fn text_from(&mut self, row: usize) -> String {
        self.0.text_from(row)
    }

    pub fn row(&self) -> usize {
        self.0.row()
    }

    /// The line of the cursor, up to the cursor.
    pub fn before_cursor(&self) -> String {
        self.0.before_cursor()
    }
}

impl View {
    fn sight(&self) -> MutexGuard<'_, Sight> {
        self.sight.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Sight {
    fn row(&self) -> usize {
        let screen = self.parser.screen();
        self.parser.callbacks().0 + screen.scrollback_len() + usize::from(screen.cursor_position().0)
    }

    fn text_from(&mut self, row: usize) -> String {
        let back = self.parser.screen().scrollback_len();
        let rows = usize::from(self.parser.screen().size().0.get());
        let mut text = String::new();
        let mut next = row.saturating_sub(self.parser.callbacks().0).min(back + rows);
        while next < back + rows {
            // The window begins at `top`; the last one is the screen itself.
            let top = next.min(back);
            self.parser.screen_mut().set_scrollback(back - top);
            let screen = self.parser.screen();
            let columns = screen.size().1.get();
            for (at, line) in screen.rows(0, columns).enumerate().skip(next - top) {
                text.push_str(&line);
                let is_wrapped = u16::try_from(at).is_ok_and(|at| screen.row_wrapped(at));
                text.push_str(if is_wrapped { "" } else { "\n" });
            }
            next = top + rows;
        }
        self.parser.screen_mut().set_scrollback(0);
        text
    }

    fn before_cursor(&self) -> String {
        let screen = self.parser.screen();
        let (row, column) = screen.cursor_position();
        // A line that just fills its row goes on in the next one, where only the cursor is.
        let last = screen.size().1.get() - 1;
        let fills = |row: u16| {
            let is_full = screen.cell(row, last).is_some_and(vt100::Cell::has_contents);
            column == 0 && is_full
        };
        let wraps = |above: &u16| screen.row_wrapped(*above) || (*above + 1 == row && fills(*above));
        let first = row - u16::try_from((0..row).rev().take_while(wraps).count()).expect("rows are few");
        screen.contents_between(first, 0, row, column).trim_end_matches('\n').to_owned()
    }
}

/// Whether every thread of which the name begins so is in that state (proc_pid_stat(5)); where nobody knows, it is.
fn threads_are(pid: u32, name: &str, state: char) -> bool {
    let Ok(threads) = fs::read_dir(format!("/proc/{pid}/task")) else { return true };
    let mut stats =
        threads.flatten().filter_map(|thread| fs::read_to_string(thread.path().join("stat")).ok());
    stats.all(|stat| {
        let (named, is) = stat.rsplit_once(") ").unwrap_or_default();
        !named.split_once('(').is_some_and(|(_, named)| named.starts_with(name)) || is.starts_with(state)
    })
}

/// The name of the thread that reads what that program writes.
fn reader(pid: u32) -> String {
    format!("pty {pid}")
}

fn some(count: u16) -> NonZeroU16 {
    NonZeroU16::new(count).expect("a screen has rows and columns")
}

fn size(cols: u16, rows: u16) -> PtySize {
    PtySize { rows, cols, pixel_width: 0, pixel_height: 0 }
}

/// Draws what the program writes, and with `keys` answers where its cursor is, as a terminal does.
fn watch(pid: u32, mut output: Box<dyn Read + Send>, view: Arc<View>, keys: Option<Keys>) {
    const QUERY: &[u8] = b"\x1b[6n";
    let mut pending = Vec::new();
    let mut bytes = [0; 4096];
    let draw = move || {
        while let Ok(count @ 1..) = output.read(&mut bytes) {
            pending.extend_from_slice(&bytes[..count]);
            let mut sight = view.sight();
            sight.bytes.extend_from_slice(&bytes[..count]);
            sight.is_asking = sight.bytes.ends_with(QUERY);
            while let Some(at) = pending.windows(QUERY.len()).position(|window| window == QUERY) {
                let rest = pending.split_off(at + QUERY.len());
                sight.parser.process(&pending[..at]);
                pending = rest;
                let (row, column) = sight.parser.screen().cursor_position();
                let answer = format!("\x1b[{};{}R", row + 1, column + 1);
                let mut keys = keys.as_ref().map(|keys| keys.lock().unwrap_or_else(PoisonError::into_inner));
                if let Some(keys) = keys.as_mut().and_then(|keys| keys.as_mut()) {
                    // A program that has ended asks no more.
                    let _ = keys.write_all(answer.as_bytes());
                }
            }
            // A query may be cut in two, and so may a character, of which the parser then loses the next.
            let query = (1..QUERY.len()).rev().find(|length| pending.ends_with(&QUERY[..*length]));
            let rest = pending.split_off(pending.len() - query.unwrap_or_else(|| half_character(&pending)));
            sight.parser.process(&pending);
            pending = rest;
            sight.latest = Instant::now();
            view.changed.notify_all();
            if sight.watch == Watch::ToEnd {
                break;
            }
        }
        drop(output);
        view.sight().watch = Watch::Ended;
        view.changed.notify_all();
    };
    thread::Builder::new().name(reader(pid)).spawn(draw).expect("a thread");
}

/// How many bytes at the end begin a character that is not whole.
fn half_character(bytes: &[u8]) -> usize {
    let last = bytes.iter().rev().take(3).enumerate().find(|(_, byte)| **byte >= 0xc0);
    last.map(|(after, lead)| (after + 1, lead.leading_ones() as usize))
        .filter(|(there, whole)| there < whole)
        .map_or(0, |(there, _)| there)
}
