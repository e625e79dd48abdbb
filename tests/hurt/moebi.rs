//! The guided shell over pipes, as a transcript: what is typed, and what is then to be read.

use std::{
    io::{Read, Write},
    process::{Child, ChildStdin},
    sync::{Arc, Condvar, Mutex},
    thread::{self, JoinHandle},
    time::{Duration, Instant},
};

use rustix::process::{Pid, Signal, kill_process};

use super::house::{Ended, House, piped};

/// Nothing that is waited for takes longer, even on a busy machine.
const PATIENCE: Duration = Duration::from_secs(30);

pub struct Moebi<'a> {
    house: &'a House,
    child: Child,
    stdin: Option<ChildStdin>,
    page: Arc<Page>,
    errors: Option<JoinHandle<String>>,
    /// Where in the page the next expectation begins.
    at: usize,
}

#[derive(Default)]
struct Page {
    text: Mutex<(String, bool)>,
    turned: Condvar,
}

impl House {
    /// Opens the lesson; the first step's prompt is there.
    #[track_caller]
    pub fn opens(&self) -> Moebi<'_> {
        self.opens_with(&mut self.moebi(&["--plain"])).sees("[prompt]")
    }

    pub fn opens_with(&self, command: &mut std::process::Command) -> Moebi<'_> {
        let mut child = piped(command).spawn().expect("moebi starts");
        let page = Arc::new(Page::default());
        let out = child.stdout.take().expect("it is piped");
        let err = child.stderr.take().expect("it is piped");
        let write = Arc::clone(&page);
        thread::Builder::new().spawn(move || fill(out, &write)).expect("a thread");
        let errors = thread::Builder::new().spawn(move || all(err)).expect("a thread");
        Moebi { house: self, stdin: child.stdin.take(), child, page, errors: Some(errors), at: 0 }
    }
}

fn fill(mut out: impl Read, page: &Page) {
    let mut bytes = [0; 64 * 1024];
    let mut held = Vec::new();
    while let Ok(count @ 1..) = out.read(&mut bytes) {
        held.extend_from_slice(&bytes[..count]);
        let whole = held.iter().rposition(|byte| *byte == b'\n').map_or(0, |end| end + 1);
        let lines: Vec<u8> = held.drain(..whole).collect();
        page.text.lock().expect("no panic").0.push_str(&String::from_utf8_lossy(&lines));
        page.turned.notify_all();
    }
    let mut text = page.text.lock().expect("no panic");
    text.0.push_str(&String::from_utf8_lossy(&held));
    text.1 = true;
    page.turned.notify_all();
}

fn all(mut err: impl Read) -> String {
    let mut bytes = Vec::new();
    // What was read before a failure still counts.
    let _ = err.read_to_end(&mut bytes);
    String::from_utf8_lossy(&bytes).into_owned()
}

impl Moebi<'_> {
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// Types a line, or several.
    #[track_caller]
    pub fn types(mut self, text: &str) -> Self {
        self.try_types(text).expect("moebi reads");
        self
    }

    fn try_types(&mut self, text: &str) -> std::io::Result<()> {
        let stdin = self.stdin.as_mut().expect("nobody has closed it");
        writeln!(stdin, "{text}").and_then(|()| stdin.flush())
    }

    /// Waits for a text after what was seen before.
    #[track_caller]
    pub fn sees(mut self, text: &str) -> Self {
        let until = Instant::now() + PATIENCE;
        let mut page = self.page.text.lock().expect("no panic");
        loop {
            if let Some(found) = page.0[self.at..].find(text) {
                self.at += found + text.len();
                drop(page);
                return self;
            }
            let left = until.saturating_duration_since(Instant::now());
            if left.is_zero() || page.1 {
                let text = page.0.clone();
                // The reading thread goes on.
                drop(page);
                let (read, unread) = text.split_at(self.at);
                let (read, unread) = (tail(read), tail(unread));
                panic!("`{text}` was not seen. Before: …{read}\n---- since then: {unread}");
            }
            page = self.page.turned.wait_timeout(page, left).expect("no panic").0;
        }
    }

    pub fn page(&self) -> String {
        self.page.text.lock().expect("no panic").0.clone()
    }

    /// Goes to the second section, where alex and kate run; kate is in focus.
    #[track_caller]
    pub fn meets_kate(self) -> Self {
        self.types("/goto spawn-link").sees("Code on another node").sees("iex(kate@localhost)1>")
    }

    pub fn gets(self, signal: Signal) -> Self {
        kill(self.child.id(), signal);
        self
    }

    /// The most memory that it has used up to now, in bytes.
    pub fn most_memory(&self) -> u64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.id())).expect("it runs");
        let line = status.lines().find(|line| line.starts_with("VmHWM:")).expect("Linux tells");
        line.split_whitespace().nth(1).and_then(|number| number.parse::<u64>().ok()).expect("a number") * 1024
    }

    /// Leaves by `/quit`; nothing is left, and all is well.
    #[track_caller]
    pub fn quits(self) -> String {
        let left = self.types("/quit").ends().with(0);
        assert!(left.out.contains("steps done."), "no goodbye: {left:#?}");
        left.out
    }

    /// Waits for its end, by itself or by a signal; nothing of it is left then.
    #[track_caller]
    pub fn ends(mut self) -> Ended {
        self.stdin = None;
        let until = Instant::now() + PATIENCE;
        while self.child.try_wait().expect("it can be waited for").is_none() {
            assert!(Instant::now() < until, "it does not end: {}", tail(&self.page()));
            thread::park_timeout(Duration::from_millis(10));
        }
        let status = self.child.wait().expect("it has ended");
        let mut page = self.page.text.lock().expect("no panic");
        while !page.1 {
            let left = until.saturating_duration_since(Instant::now());
            assert!(!left.is_zero(), "somebody still has its output open");
            page = self.page.turned.wait_timeout(page, left).expect("no panic").0;
        }
        let out = page.0.clone();
        drop(page);
        let err = self.errors.take().expect("it ends once").join().expect("no panic");
        self.house.is_empty();
        Ended { code: status.code(), out, err }
    }
}

impl Drop for Moebi<'_> {
    fn drop(&mut self) {
        // A test that failed: the guardian ends the rest.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[track_caller]
pub fn kill(pid: u32, signal: Signal) {
    let pid = Pid::from_raw(pid.cast_signed()).expect("no process is 0");
    kill_process(pid, signal).expect("it is there");
}

fn tail(text: &str) -> &str {
    let from = text.len().saturating_sub(3000);
    &text[(from..).find(|at| text.is_char_boundary(*at)).unwrap_or(text.len())..]
}
