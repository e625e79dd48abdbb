//! Without a terminal that can draw: labelled lines, one line a time in.

use std::{
    io::{BufRead, BufReader, Write},
    process::{Child, ChildStdin, Command, Stdio},
    sync::{Arc, mpsc},
    thread,
    time::{Duration, Instant},
};

use moebi::{
    ink::words,
    lesson::{Lang, Question, Section, Step, Task},
    words::Words,
};

use crate::common::{
    learner,
    person::{Home, typed},
};

const PATIENCE: Duration = Duration::from_secs(30);

/// Moebi on pipes.
struct Pipe {
    child: Child,
    input: Option<ChildStdin>,
    lang: Lang,
    lines: mpsc::Receiver<String>,
    said: Vec<String>,
    /// How many of the lines earlier expectations have used up.
    heard: usize,
    home: Arc<Home>,
}

impl Pipe {
    fn open(arguments: &[&str]) -> Self {
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

    fn types(&mut self, line: &str) {
        writeln!(self.input.as_mut().expect("open input"), "{line}").expect("moebi reads");
    }

    /// The next line that begins so.
    #[track_caller]
    fn says(&mut self, text: &str) {
        self.says_what(text, |line| line.starts_with(text));
    }

    /// The next line with this label.
    #[track_caller]
    fn labels(&mut self, label: &Words) {
        self.says(&format!("[{}] ", label.speak(self.lang)));
    }

    /// The next prompt, which begins so.
    #[track_caller]
    fn prompts(&mut self, prompt: &str) {
        self.says(&format!("[{}] {prompt}", words::label_prompt().speak(self.lang)));
    }

    #[track_caller]
    fn says_done(&mut self) {
        let lang = self.lang;
        self.says_what("that it is done", |line| is_done(line, lang));
    }

    #[track_caller]
    fn says_what(&mut self, what: &str, is_it: impl Fn(&str) -> bool) {
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
    fn ends(mut self) -> Vec<String> {
        self.input = None;
        self.says("[moebi] ");
        while let Ok(line) = self.lines.recv_timeout(PATIENCE) {
            self.said.push(line);
        }
        assert!(self.child.wait().expect("a child").success(), "{}", self.said.join("\n"));
        self.home.is_deserted();
        std::mem::take(&mut self.said)
    }

    /// Does a step as the model answer has it.
    fn does(&mut self, step: &Step) {
        if let Some(question) = question(step) {
            self.prompts("?");
            self.types(&number(question));
        }
        for (terminal, text) in typed(&step.answer()) {
            self.types(&format!("/{terminal}"));
            self.prompts("");
            self.types(text);
        }
        self.says_done();
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
fn is_done(line: &str, lang: Lang) -> bool {
    let label = line.strip_prefix('[').and_then(|line| line.split_once(']')).map(|(label, _)| label);
    [words::label_done(), words::label_section_done()].iter().any(|done| label == Some(done.speak(lang)))
}

fn question(step: &Step) -> Option<&Question> {
    match &step.task {
        Task::Ask(question) => Some(question),
        Task::Do { .. } => step.predict.as_ref(),
    }
}

/// What is typed to choose rightly.
fn number(question: &Question) -> String {
    let at = question.choices.iter().position(|choice| *choice == question.correct);
    (at.expect("a choice of its own") + 1).to_string()
}

fn section(id: &str, arguments: &[&str]) -> Vec<String> {
    let lesson = learner::lesson();
    let section: &Section = lesson.section(id).expect("a section");
    let mut pipe = Pipe::open(arguments);
    pipe.prompts("");
    pipe.types(&format!("/goto {id}"));
    for (number, step) in section.steps.iter().enumerate() {
        pipe.labels(&words::label_step(number + 1, section.steps.len()));
        if !matches!(step.task, Task::Ask(_)) && step.predict.is_none() {
            pipe.prompts("");
        }
        pipe.does(step);
        pipe.types("");
    }
    pipe.ends()
}

fn has_no_escapes(said: &[String]) {
    let drawn: Vec<_> = said.iter().filter(|line| line.contains('\u{1b}')).collect();
    assert!(drawn.is_empty(), "{drawn:#?}");
}

#[test]
fn a_section_on_pipes() {
    let said = section("spawn-link", &[]);
    has_no_escapes(&said);
    let all = said.join("\n");
    for line in [
        "[alex] Hi, my name is Kate (printed by kate)",
        "[prediction, right] ",
        "[alex] {:kate@localhost, :alex@localhost} (printed by kate)",
        "[ok] alex shows \"Hi, my name is Kate\", printed by a process on kate",
        "[right] ",
        "[section done] ",
    ] {
        assert!(all.contains(line), "no {line:?} in:\n{all}");
    }
}

#[test]
fn a_whole_script_at_once() {
    let lesson = learner::lesson();
    let section = lesson.section("starting-nodes").expect("the first section");
    let mut pipe = Pipe::open(&[]);
    for step in &section.steps {
        if let Some(question) = question(step) {
            pipe.types(&number(question));
        }
        for (terminal, text) in typed(&step.answer()) {
            pipe.types(&format!("/{terminal}"));
            pipe.types(text);
        }
        pipe.types("");
    }
    let said = pipe.ends();
    let done = said.iter().filter(|line| is_done(line, Lang::En)).count();
    assert_eq!(done, section.steps.len(), "{}", said.join("\n"));
}

#[test]
fn a_section_in_greek_with_plain() {
    let said = section("starting-nodes", &["--plain", "--lang", "el"]);
    has_no_escapes(&said);
    let title = &learner::lesson().prose(Lang::El).title.clone();
    assert!(said[0].contains(title.as_str()), "{said:#?}");
}

#[test]
fn a_terminal_that_cannot_draw() {
    let person = Arc::new(Home::new())
        .opens_in("dumb", 80, 24, &[])
        .sees("[step 1 of 7]")
        .sees("[prompt] shell $")
        .types("iex")
        .sees("[prompt] shell iex(1)>")
        .types("Node.self()")
        .sees("[shell, value] :nonode@nohost")
        .sees("[done]")
        .types("/hint")
        .sees("[hint 1 of 3]")
        .types("/quit")
        .sees("[moebi]");
    person.pty().ends();
    let bytes = person.pty().bytes();
    assert!(!bytes.contains(&0x1b), "{}", String::from_utf8_lossy(&bytes));
    person.has_left();
}
