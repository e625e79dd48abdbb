//! Moebi on pipes: labelled lines out, one line a time in.

use std::{
    io::{BufRead, BufReader, Write},
    process::{Child, ChildStdin, Command, Stdio},
    sync::{Arc, mpsc},
    thread,
    time::{Duration, Instant},
};

use moebi::{
    guide::notice::Notice,
    i18n::Localized,
    lesson::Lang,
    render::{messages, plain::PlainPage},
};

use super::person::Home;

const PATIENCE: Duration = Duration::from_secs(30);

/// Moebi on pipes.
pub struct Pipe {
    child: Child,
    input: Option<ChildStdin>,
    pub lang: Lang,
    lines: mpsc::Receiver<String>,
    said: Vec<String>,
    /// How many of the lines earlier expectations have used up.
    heard: usize,
    home: Arc<Home>,
}

impl Pipe {
    pub fn open(arguments: &[&str]) -> Self {
        let home = Arc::new(Home::new());
        let mut child = Command::new(env!("CARGO_BIN_EXE_moebi"))
            .args(arguments)
            .arg("--workspace")
            .arg(home.workspace())
            .envs(home.environment())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("moebi starts");
        let output = BufReader::new(child.stdout.take().expect("a pipe"));
        let (sender, lines) = mpsc::channel();
        let read = move || output.lines().map_while(Result::ok).try_for_each(|line| sender.send(line));
        thread::Builder::new().spawn(read).expect("a thread");
        let lang = if arguments.contains(&"el") { Lang::El } else { Lang::En };
        Self { input: child.stdin.take(), lang, child, lines, said: Vec::new(), heard: 0, home }
    }

    pub fn types(&mut self, line: &str) {
        writeln!(self.input.as_mut().expect("open input"), "{line}").expect("moebi reads");
    }

    /// The next line that begins so.
    #[track_caller]
    pub fn says(&mut self, text: &str) {
        self.says_what(text, |line| line.starts_with(text));
    }

    /// The next line with this label.
    #[track_caller]
    pub fn labels(&mut self, label: &Localized) {
        self.says(&format!("[{}] ", label.speak(self.lang)));
    }

    /// The next prompt, which begins so.
    #[track_caller]
    pub fn prompts(&mut self, prompt: &str) {
        self.says(&format!("[{}] {prompt}", messages::label_prompt().speak(self.lang)));
    }

    #[track_caller]
    pub fn says_done(&mut self) {
        let lang = self.lang;
        self.says_what("that it is done", |line| is_done(line, lang));
    }

    #[track_caller]
    pub fn says_what(&mut self, what: &str, is_it: impl Fn(&str) -> bool) {
        let deadline = Instant::now() + PATIENCE;
        loop {
            while self.heard < self.said.len() {
                self.heard += 1;
                if is_it(&self.said[self.heard - 1]) {
                    return;
                }
            }
            match self.lines.recv_timeout(deadline.saturating_duration_since(Instant::now())) {
                Ok(line) => self.said.push(line),
                Err(_) => panic!("never said {what:?}, but:\n{}", self.said.join("\n")),
            }
        }
    }

    /// The end of input is the end; all that was said, and nothing left behind.
    pub fn ends(mut self) -> Vec<String> {
        self.input = None;
        self.says("[moebi] ");
        while let Ok(line) = self.lines.recv_timeout(PATIENCE) {
            self.said.push(line);
        }
        assert!(self.child.wait().expect("a child").success(), "{}", self.said.join("\n"));
        self.home.is_deserted();
        std::mem::take(&mut self.said)
    }

    /// All that this notice says, line by line.
    #[track_caller]
    pub fn tells(&mut self, notice: &Notice) {
        for line in PlainPage::new(self.lang).lines(notice) {
            self.says_what(&line, |said| said == line);
        }
    }
}

impl Drop for Pipe {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A step's end, a section's, or the lesson's.
pub fn is_done(line: &str, lang: Lang) -> bool {
    let label = line.strip_prefix('[').and_then(|line| line.split_once(']')).map(|(label, _)| label);
    [messages::label_done(), messages::label_section_done()]
        .iter()
        .any(|done| label == Some(done.speak(lang)))
}
