//! Moebi on pipes: what is typed, a line at a time, and the labelled lines that are then to be read.

use std::{
    io::{Read, Write},
    process::{Child, ChildStdin, Command},
    sync::{Arc, Condvar, Mutex, PoisonError},
    thread::{self, JoinHandle},
    time::Instant,
};

use moebi::{
    i18n::Localized,
    lesson::Lang,
    render::{messages, plain::PlainPage},
    session::notice::Notice,
};
use rustix::process::Signal;

use crate::support::{
    PATIENCE,
    home::{Finished, Home, piped},
    processes, until,
};

/// Characters of the page that a failure shows, before and behind where it stopped.
const MAX_SHOWN: usize = 3000;

pub struct PipeLearner {
    home: Home,
    child: Child,
    stdin: Option<ChildStdin>,
    page: Arc<Page>,
    errors: Option<JoinHandle<String>>,
    /// Where in the page the next expectation begins.
    at: usize,
    pub lang: Lang,
}

/// Whole lines of output, and whether it has ended.
#[derive(Default)]
struct Page {
    text: Mutex<(String, bool)>,
    turned: Condvar,
}

impl Home {
    /// Opens the lesson; the first step's prompt is there.
    #[track_caller]
    pub fn opens_plain(&self) -> PipeLearner {
        self.opens_pipe(&mut self.command(&["--plain"])).sees("[prompt]")
    }

    /// Opens the lesson by a command of one's own.
    pub fn opens_pipe(&self, command: &mut Command) -> PipeLearner {
        let is_greek = command.get_args().any(|argument| argument == "el");
        let mut child = piped(command).spawn().expect("moebi starts");
        let page = Arc::new(Page::default());
        let out = child.stdout.take().expect("it is piped");
        let err = child.stderr.take().expect("it is piped");
        let write = Arc::clone(&page);
        thread::Builder::new().spawn(move || write.fill(out)).expect("a thread");
        let errors = thread::Builder::new().spawn(move || all(err)).expect("a thread");
        PipeLearner {
            home: self.clone(),
            stdin: child.stdin.take(),
            child,
            page,
            errors: Some(errors),
            at: 0,
            lang: if is_greek { Lang::El } else { Lang::En },
        }
    }
}

impl Page {
    fn fill(&self, mut out: impl Read) {
        let mut bytes = [0; 64 * 1024];
        let mut held = Vec::new();
        while let Ok(count @ 1..) = out.read(&mut bytes) {
            held.extend_from_slice(&bytes[..count]);
            let whole = held.iter().rposition(|byte| *byte == b'\n').map_or(0, |end| end + 1);
            let lines: Vec<u8> = held.drain(..whole).collect();
            self.takes(&lines, false);
        }
        self.takes(&held, true);
    }

    fn takes(&self, lines: &[u8], is_end: bool) {
        let mut text = self.text.lock().unwrap_or_else(PoisonError::into_inner);
        text.0.push_str(&String::from_utf8_lossy(lines));
        text.1 |= is_end;
        self.turned.notify_all();
    }

    /// Looks at what stands behind `at` until something is found there; says how far that reaches.
    #[track_caller]
    fn find(&self, what: &str, at: usize, find: impl Fn(&str) -> Option<usize>) -> usize {
        let deadline = Instant::now() + PATIENCE;
        let mut page = self.text.lock().unwrap_or_else(PoisonError::into_inner);
        loop {
            if let Some(length) = find(&page.0[at..]) {
                return at + length;
            }
            let left = deadline.saturating_duration_since(Instant::now());
            if left.is_zero() || page.1 {
                let text = page.0.clone();
                // The reading thread goes on.
                drop(page);
                let (read, unread) = text.split_at(at);
                panic!("`{what}` was not seen. Before: …{}\n---- since then: {}", tail(read), tail(unread));
            }
            page = self.turned.wait_timeout(page, left).unwrap_or_else(PoisonError::into_inner).0;
        }
    }
}

fn all(mut err: impl Read) -> String {
    let mut bytes = Vec::new();
    // What was read before a failure still counts.
    let _ = err.read_to_end(&mut bytes);
    String::from_utf8_lossy(&bytes).into_owned()
}

/// What is typed, and what is then seen.
impl PipeLearner {
    /// Types a line, or several.
    #[track_caller]
    pub fn types(mut self, text: &str) -> Self {
        let stdin = self.stdin.as_mut().expect("nobody has closed it");
        writeln!(stdin, "{text}").and_then(|()| stdin.flush()).expect("moebi reads");
        self
    }

    /// Waits for a text behind what was seen before.
    #[track_caller]
    pub fn sees(mut self, text: &str) -> Self {
        self.at = self.page.find(text, self.at, |page| page.find(text).map(|found| found + text.len()));
        self
    }

    /// Waits for a whole line, such as this one, behind what was seen before.
    #[track_caller]
    pub fn sees_line(mut self, what: &str, is_it: impl Fn(&str) -> bool) -> Self {
        self.at = self.page.find(what, self.at, |page| {
            let mut lines = page.split_inclusive('\n').scan(0, |end, line| {
                *end += line.len();
                Some((line.trim_end_matches('\n'), *end))
            });
            lines.find(|(line, _)| is_it(line)).map(|(_, end)| end)
        });
        self
    }

    /// The next line with this label.
    #[track_caller]
    pub fn sees_label(self, label: &Localized) -> Self {
        let label = format!("[{}] ", label.speak(self.lang));
        self.sees_line(&label, |line| line.starts_with(&label))
    }

    /// The next prompt, which begins so.
    #[track_caller]
    pub fn prompts(self, prompt: &str) -> Self {
        let prompt = format!("[{}] {prompt}", messages::label_prompt().speak(self.lang));
        self.sees_line(&prompt, |line| line.starts_with(&prompt))
    }

    /// A step is done.
    #[track_caller]
    pub fn sees_done(self) -> Self {
        let lang = self.lang;
        self.sees_line("that it is done", |line| is_done(line, lang))
    }

    /// All that this notice says, line by line.
    #[track_caller]
    pub fn sees_notice(self, notice: &Notice) -> Self {
        let lines = PlainPage::new(self.lang).lines(notice);
        lines.iter().fold(self, |learner, line| learner.sees_line(line, |seen| seen == line))
    }

    /// Goes to the second section, where alex and kate run; kate is in focus.
    #[track_caller]
    pub fn meets_kate(self) -> Self {
        self.types("/goto spawn-link").sees("Code on another node").sees("iex(kate@localhost)1>")
    }

    /// All that there was to see.
    pub fn page(&self) -> String {
        self.page.text.lock().unwrap_or_else(PoisonError::into_inner).0.clone()
    }

    pub fn pid(&self) -> u32 {
        self.child.id()
    }

    pub fn gets(self, signal: Signal) -> Self {
        processes::signal(self.pid(), signal);
        self
    }
}

/// The end.
impl PipeLearner {
    /// Leaves by `/quit`; nothing is left, and all is well. Gives all that there was to see.
    #[track_caller]
    pub fn quits(self) -> String {
        let finished = self.types("/quit").ends().exits(0);
        assert!(finished.stdout.contains("steps done."), "no goodbye: {finished:#?}");
        finished.stdout
    }

    /// There is no more to read: it ends by itself, or by a signal, and nothing of it is left then.
    #[track_caller]
    pub fn ends(mut self) -> Finished {
        self.stdin = None;
        until("ended", || match self.child.try_wait().expect("it can be waited for") {
            Some(_) => Ok(()),
            None => Err(tail(&self.page()).to_owned()),
        });
        until("closed its output", || {
            if self.page.text.lock().unwrap_or_else(PoisonError::into_inner).1 { Ok(()) } else { Err(()) }
        });
        let code = self.child.wait().expect("it has ended").code();
        let stderr = self.errors.take().expect("it ends once").join().expect("no panic");
        self.home.is_deserted();
        Finished { code, stdout: self.page(), stderr }
    }
}

impl Drop for PipeLearner {
    fn drop(&mut self) {
        // A test that failed: the guardian ends the rest.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Whether a line tells of a step's end, a section's, or the lesson's.
pub fn is_done(line: &str, lang: Lang) -> bool {
    let label = line.strip_prefix('[').and_then(|line| line.split_once(']')).map(|(label, _)| label);
    [messages::label_done(), messages::label_section_done()]
        .iter()
        .any(|done| label == Some(done.speak(lang)))
}

fn tail(text: &str) -> &str {
    let from = text.len().saturating_sub(MAX_SHOWN);
    &text[(from..).find(|at| text.is_char_boundary(*at)).unwrap_or(text.len())..]
}
