//! Whoever types when a lesson plays itself.

use std::{
    fs,
    io::{self, Write},
    os::fd::{AsFd, OwnedFd},
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
        mpsc::{self as std_mpsc, RecvTimeoutError},
    },
    thread::{self, JoinHandle},
    time::{Duration, Instant},
};

use rustix::{
    fs::{Mode as FileMode, OFlags},
    pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt},
    termios::{OptionalActions, tcgetattr, tcsetattr},
};
use tokio::sync::mpsc;

use crate::{
    error::{Error, Result},
    guide::command::Command,
    lesson::{Fault, Input, Lesson, Prompt, Section, SectionId, Step, StepId, Task, TerminalName},
    session::notice::{Notice, PromptLine, QuestionCard},
    shell::{Mode, Shell, Shown},
};

use super::{messages, record::Raw};

/// At the speed of a person; all of them are divided by the speed that is asked for.
const KEY: Duration = Duration::from_millis(45);
const BEFORE_ENTER: Duration = Duration::from_millis(300);
const READING_A_WORD: Duration = Duration::from_millis(90);
const A_PAGE: Duration = Duration::from_secs(6);
const MAX_READING: Duration = Duration::from_secs(12);

/// Below this a text is not typed key by key.
const NO_TIME: Duration = Duration::from_millis(2);

/// How long a terminal may work on an input before the next one is typed into another: it may be waiting for that.
const BLOCKED: Duration = Duration::from_secs(8);
/// How long anything may take that must come.
const PATIENCE: Duration = Duration::from_secs(90);

/// What is to be played, and how.
#[derive(Debug, Clone)]
pub struct Play {
    pub lesson: Arc<Lesson>,
    pub part: Part,
    /// 1 is a person's.
    pub speed: f64,
    /// Where the files are written that an editor would write.
    pub workspace: PathBuf,
    pub mode: Mode,
}

/// So much of the lesson.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part {
    Lesson,
    Section(SectionId),
    Step(StepId),
}

impl Part {
    /// Where it begins; none for the lesson's own beginning.
    pub fn first<'l>(&'l self, lesson: &'l Lesson) -> Option<&'l StepId> {
        match self {
            Self::Lesson => None,
            Self::Section(id) => {
                let section = lesson.sections.iter().find(|section| section.id == *id)?;
                section.steps.first().map(|step| &step.id)
            }
            Self::Step(id) => Some(id),
        }
    }

    fn has(&self, section: &Section, step: &Step) -> bool {
        match self {
            Self::Lesson => true,
            Self::Section(id) => section.id == *id,
            Self::Step(id) => step.id == *id,
        }
    }
}

/// Standard input, in place of which there is a pseudo-terminal until this is dropped.
pub struct Keyboard {
    master: OwnedFd,
    terminal: OwnedFd,
    raw: Option<Raw>,
}

impl Keyboard {
    /// # Errors
    /// There is no pseudo-terminal to be had.
    pub fn take() -> Result<Self> {
        let failed = |e: io::Error| Error::could_not_run(messages::no_terminal()).because(e);
        Self::open().map_err(failed)
    }

    fn open() -> io::Result<Self> {
        let terminal = io::stdin().as_fd().try_clone_to_owned()?;
        // Where it is no terminal, there is nothing to set.
        let raw = Raw::enter().ok();
        let master = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY)?;
        rustix::io::fcntl_setfd(&master, rustix::io::FdFlags::CLOEXEC)?;
        grantpt(&master)?;
        unlockpt(&master)?;
        let flags = OFlags::RDWR | OFlags::NOCTTY | OFlags::CLOEXEC;
        let slave = rustix::fs::open(ptsname(&master, Vec::new())?, flags, FileMode::empty())?;
        let mut modes = tcgetattr(&slave)?;
        modes.make_raw();
        tcsetattr(&slave, OptionalActions::Now, &modes)?;
        rustix::stdio::dup2_stdin(&slave)?;
        Ok(Self { master, terminal, raw })
    }

    fn keys(&self) -> io::Result<OwnedFd> {
        self.master.try_clone()
    }
}

impl Drop for Keyboard {
    fn drop(&mut self) {
        // Where the terminal is gone nobody reads it.
        let _ = rustix::stdio::dup2_stdin(&self.terminal);
        drop(self.raw.take());
    }
}

/// What the person before the show wants.
#[derive(Debug, Default)]
struct Wishes {
    pauses: AtomicBool,
    ends: AtomicBool,
}

/// What concerns the typist of what the guide says.
#[derive(Debug)]
enum Seen {
    /// Of the section and the step with these numbers, from 1; and how long its text is, in words.
    Step {
        section: usize,
        step: usize,
        words: usize,
    },
    Asked(QuestionCard),
    Prompt {
        terminal: TerminalName,
        reads: bool,
        asks: bool,
    },
    Words(usize),
    Rest(bool),
    Said,
    /// What the typist has said.
    Told,
    /// More follows, as soon as a key is pressed.
    Page,
    Done,
}

fn seen(notice: &Notice) -> Option<Seen> {
    let words = |text: &str| text.split_whitespace().count();
    Some(match notice {
        Notice::Step(card) => {
            Seen::Step { section: card.section_number, step: card.step_number, words: words(&card.text) }
        }
        Notice::Ask(card) => Seen::Asked(card.clone()),
        Notice::Prompt { terminal, prompt } => Seen::Prompt {
            terminal: terminal.clone(),
            reads: !matches!(prompt, PromptLine::Relay | PromptLine::Terminal(Prompt::Busy)),
            asks: *prompt == PromptLine::Question,
        },
        Notice::Passed { after: Some(after), .. } => Seen::Words(words(after)),
        Notice::Rest(is_at_rest) => Seen::Rest(*is_at_rest),
        Notice::Say(_) => Seen::Said,
        Notice::Answer(_) => Seen::Told,
        Notice::Onward(_) | Notice::LessonDone { .. } => Seen::Done,
        _ => return None,
    })
}

/// Puts the typist before a shell that tells what it shows. The thread ends with the show, or when the shell does.
///
/// # Errors
/// There is no thread to be had.
pub fn begin(
    play: Play,
    keyboard: &Keyboard,
    shell: Shell,
    sights: std_mpsc::Receiver<Shown>,
) -> Result<(Shell, Show)> {
    let failed = |e: io::Error| Error::could_not_run(messages::no_terminal()).because(e);
    let Shell { notices, commands: mut from_shell, thread } = shell;
    let (to_guide, commands) = mpsc::channel(notices.max_capacity());
    let says = notices.downgrade();
    let quits = to_guide.clone();
    tokio::spawn(async move {
        while let Some(command) = from_shell.recv().await {
            if to_guide.send(command).await.is_err() {
                return;
            }
        }
    });
    let wishes = Arc::new(Wishes::default());
    if keyboard.raw.is_some() {
        let terminal = keyboard.terminal.try_clone().map_err(failed)?;
        let (keys, wishes, quits) = (keyboard.keys().map_err(failed)?, Arc::clone(&wishes), quits.clone());
        // It may stand in a read that nothing ends but the program's end, so nobody joins it.
        thread::Builder::new()
            .name("audience".into())
            .spawn(move || attend(&terminal, &keys, &wishes, &quits))
            .map_err(failed)?;
    }
    let keys = keyboard.keys().map_err(failed)?;
    let typist = Typist {
        play,
        keys: keys.into(),
        sights,
        says,
        wishes: Arc::clone(&wishes),
        place: (0, 0),
        question: None,
        focus: None,
        reads: false,
        asks: false,
        words: 0,
        is_heard: true,
        is_at_rest: false,
        is_done: false,
        is_told: false,
        said: 0,
    };
    let run = move || {
        let played = typist.run();
        // Also where it did not come off.
        let _ = quits.blocking_send(Command::Quit);
        played
    };
    let played = thread::Builder::new().name("typist".into()).spawn(run).map_err(failed)?;
    Ok((Shell { notices, commands, thread }, Show { played, wishes }))
}

/// A typist at work.
#[derive(Debug)]
pub struct Show {
    played: JoinHandle<Result<()>>,
    wishes: Arc<Wishes>,
}

impl Show {
    /// The shell has ended, and with it the show, also where somebody has paused it.
    ///
    /// # Errors
    /// A step did not pass.
    pub fn ends(self) -> Result<()> {
        self.wishes.ends.store(true, Ordering::Relaxed);
        // A thread that panicked has said so.
        self.played.join().unwrap_or(Ok(()))
    }
}

/// What the terminal answers goes to the shell that asked; of keys, Space pauses, and `q`, Ctrl-C and Ctrl-D end.
fn attend(terminal: &OwnedFd, keys: &OwnedFd, wishes: &Wishes, quits: &mpsc::Sender<Command>) {
    let mut bytes = [0; 1024];
    let mut sequence = Sequence::default();
    while let Ok(count @ 1..) = rustix::io::retry_on_intr(|| rustix::io::read(terminal, &mut bytes)) {
        for key in &bytes[..count] {
            if let Some(whole) = sequence.take(*key) {
                // A shell that is gone asks for nothing more.
                let _ = rustix::io::write(keys, &whole);
                continue;
            }
            match key {
                _ if sequence.is_begun() => {}
                b' ' => _ = wishes.pauses.fetch_not(Ordering::Relaxed),
                b'q' | 3 | 4 => {
                    wishes.ends.store(true, Ordering::Relaxed);
                    let _ = quits.blocking_send(Command::Quit);
                }
                _ => {}
            }
        }
    }
}

/// A sequence that a terminal sends: `ESC [`, parameters, and a letter or `~`.
#[derive(Debug, Default)]
struct Sequence(Vec<u8>);

impl Sequence {
    /// No terminal's answer is longer.
    const MAX: usize = 64;

    fn is_begun(&self) -> bool {
        !self.0.is_empty()
    }

    /// The sequence that ends with this byte, if one does.
    fn take(&mut self, byte: u8) -> Option<Vec<u8>> {
        match (self.0.len(), byte) {
            (_, 0x1b) => self.0 = vec![byte],
            (0, _) => {}
            (1, b'[') => self.0.push(byte),
            // The Escape key, and another.
            (1 | Self::MAX.., _) => self.0.clear(),
            (_, b'A'..=b'Z' | b'a'..=b'z' | b'~') => {
                self.0.push(byte);
                return Some(std::mem::take(&mut self.0));
            }
            _ => self.0.push(byte),
        }
        None
    }
}

struct Typist {
    play: Play,
    keys: fs::File,
    sights: std_mpsc::Receiver<Shown>,
    /// It must not keep the shell open.
    says: mpsc::WeakSender<Notice>,
    wishes: Arc<Wishes>,
    /// Section and step, from 1.
    place: (usize, usize),
    question: Option<QuestionCard>,
    focus: Option<TerminalName>,
    /// The terminal in focus waits for a line.
    reads: bool,
    /// A question waits.
    asks: bool,
    /// That have been shown and not been read yet.
    words: usize,
    /// What was typed last has been heard.
    is_heard: bool,
    /// And nothing more comes of it.
    is_at_rest: bool,
    is_done: bool,
    is_told: bool,
    /// So many lines that Moebi has said.
    said: usize,
}

/// Somebody has ended the show.
struct Ended;

impl Typist {
    fn run(mut self) -> Result<()> {
        let lesson = Arc::clone(&self.play.lesson);
        let mut at = String::new();
        match self.plays(&lesson, &mut at) {
            Ok(true) | Err(Ended) => Ok(()),
            Ok(false) => Err(Error::could_not_run(messages::not_passed(&at))),
        }
    }

    /// Whether all of it passed; which step is played stands in `at`.
    fn plays(&mut self, lesson: &Lesson, at: &mut String) -> Result<bool, Ended> {
        self.awaits(PATIENCE, |typist| typist.place.0 > 0 && typist.reads)?;
        for (number, section) in lesson.sections.iter().enumerate() {
            for (index, step) in section.steps.iter().enumerate() {
                if !self.play.part.has(section, step) {
                    continue;
                }
                at.clear();
                at.push_str(step.id.as_str());
                let place = (number + 1, index + 1);
                if self.place != place {
                    let goes = if index == 0 { format!("/goto {}", step.id) } else { String::new() };
                    self.types(&goes)?;
                }
                if !self.awaits(PATIENCE, |typist| typist.place == place && typist.reads)?
                    || !self.step(step)?
                {
                    return Ok(false);
                }
                self.reads_on()?;
            }
        }
        Ok(true)
    }

    fn step(&mut self, step: &Step) -> Result<bool, Ended> {
        self.reads_on()?;
        let asked = step.predict.as_ref().or(match &step.task {
            Task::Ask(question) => Some(question),
            Task::Do { .. } | Task::AskMissed => None,
        });
        if let Some(question) = asked {
            self.awaits(PATIENCE, |typist| (typist.asks && typist.question.is_some()) || typist.is_done)?;
            let choices = self.question.take().map(|card| card.choices).unwrap_or_default();
            if let Some(number) = choices.iter().position(|(id, _)| *id == question.correct) {
                self.types(&(number + 1).to_string())?;
            }
        }
        if let Task::Do { answer, .. } = &step.task {
            for input in answer {
                self.does(input)?;
            }
        }
        self.awaits(PATIENCE, |typist| typist.is_done && typist.reads)
    }

    fn does(&mut self, input: &Input) -> Result<(), Ended> {
        if !self.awaits(BLOCKED, |typist| typist.is_at_rest && typist.reads && !typist.asks)? {
            // What came before may wait for this.
            self.awaits(PATIENCE, |typist| typist.is_at_rest && !typist.asks)?;
        }
        match input {
            Input::Type { terminal, text } => {
                if self.focus.as_ref() != Some(terminal) {
                    self.types(&format!("/{terminal}"))?;
                    self.awaits(PATIENCE, |typist| typist.focus.as_ref() == Some(terminal))?;
                    self.awaits(BLOCKED, |typist| typist.reads)?;
                }
                self.types(text.trim_end_matches('\n'))
            }
            Input::Close(terminal) => self.types(&format!("/close {terminal}")),
            Input::Fault(fault) => {
                // Of a node that dies its end is told, and then, as of every fault, who has noticed.
                let told = self.said + if matches!(fault, Fault::Kill(_)) { 2 } else { 1 };
                self.types(&format!("/{fault}"))?;
                self.awaits(BLOCKED, |typist| typist.said >= told).map(|_| ())
            }
            Input::Write { path, text } => self.saves(input, path, |_| Some(text.clone())),
            Input::Edit { path, replace, with } => {
                self.saves(input, path, |before| Some(before?.replacen(replace, with, 1)))
            }
            // Of questions, which are answered before.
            Input::Choose(_) => Ok(()),
        }
    }

    /// As an editor would.
    fn saves(
        &mut self,
        input: &Input,
        path: &str,
        text: impl FnOnce(Option<String>) -> Option<String>,
    ) -> Result<(), Ended> {
        let place = self.play.workspace.join(path);
        if let Some(says) = self.says.upgrade() {
            let _ = says.blocking_send(Notice::Say(messages::saved(path)));
            let _ = says.blocking_send(Notice::Answer(vec![input.clone()]));
        }
        // A key that is pressed before it is there would turn its page.
        self.awaits(PATIENCE, |typist| typist.is_told)?;
        self.is_told = false;
        self.pause(KEY * 20)?;
        if let Some(text) = text(fs::read_to_string(&place).ok()) {
            // A step that asks for it does not pass without it.
            let _ = write(&place, &text);
        }
        Ok(())
    }

    /// A line, or several, and Enter.
    fn types(&mut self, text: &str) -> Result<(), Ended> {
        let key = KEY.div_f64(self.play.speed);
        let is_plain = self.play.mode == Mode::Plain;
        if is_plain || key < NO_TIME {
            let whole = if is_plain || !text.contains('\n') { text.to_owned() } else { pasted(text) };
            self.press(&whole);
        } else {
            for (number, line) in text.split('\n').enumerate() {
                let indent = line.len() - line.trim_start().len();
                if number > 0 {
                    // As it stands: typed, a line break would be indented by the line editor.
                    self.press(&pasted(&format!("\n{}", &line[..indent])));
                }
                for letter in line[if number > 0 { indent } else { 0 }..].chars() {
                    self.press(letter.encode_utf8(&mut [0; 4]));
                    self.pause(KEY)?;
                }
            }
        }
        self.pause(BEFORE_ENTER)?;
        (self.reads, self.asks, self.is_heard, self.is_at_rest) = (false, false, false, false);
        self.press(if is_plain { "\n" } else { "\r" });
        Ok(())
    }

    fn press(&mut self, keys: &str) {
        // A shell that is gone is noticed by what is no longer seen.
        let _ = self.keys.write_all(keys.as_bytes());
    }

    /// As long as somebody needs to read what was shown last.
    fn reads_on(&mut self) -> Result<(), Ended> {
        let words = std::mem::take(&mut self.words);
        let time = (READING_A_WORD * u32::try_from(words).unwrap_or(u32::MAX)).min(MAX_READING);
        self.pause(time)
    }

    /// So long at a person's speed; longer while somebody has paused the show.
    fn pause(&mut self, time: Duration) -> Result<(), Ended> {
        let until = Instant::now() + time.div_f64(self.play.speed);
        loop {
            if self.wishes.ends.load(Ordering::Relaxed) {
                return Err(Ended);
            }
            let is_paused = self.wishes.pauses.load(Ordering::Relaxed);
            let left = until.saturating_duration_since(Instant::now());
            match (is_paused, left.is_zero()) {
                (true, _) => thread::sleep(KEY),
                (false, true) => return Ok(()),
                (false, false) => thread::sleep(left.min(KEY)),
            }
        }
    }

    /// Whether it came to that in time.
    fn awaits(&mut self, limit: Duration, is_so: impl Fn(&Self) -> bool) -> Result<bool, Ended> {
        let until = Instant::now() + limit;
        loop {
            while let Ok(shown) = self.sights.try_recv() {
                self.sees(shown)?;
            }
            if is_so(self) {
                return Ok(true);
            }
            let left = until.saturating_duration_since(Instant::now());
            match self.sights.recv_timeout(left) {
                Ok(shown) => self.sees(shown)?,
                Err(RecvTimeoutError::Timeout) => return Ok(false),
                Err(RecvTimeoutError::Disconnected) => return Err(Ended),
            }
        }
    }

    fn sees(&mut self, shown: Shown) -> Result<(), Ended> {
        let seen = match &shown {
            Shown::Page => Some(Seen::Page),
            Shown::Notice(notice) => seen(notice),
        };
        let Some(seen) = seen else { return Ok(()) };
        match seen {
            Seen::Step { section, step, words } => {
                self.place = (section, step);
                self.words += words;
                (self.is_done, self.reads, self.asks, self.question) = (false, false, false, None);
            }
            Seen::Asked(card) => self.question = Some(card),
            Seen::Prompt { terminal, reads, asks } => {
                self.focus = Some(terminal);
                (self.reads, self.asks) = (reads, asks);
            }
            Seen::Words(words) => self.words += words,
            Seen::Page => {
                self.pause(A_PAGE)?;
                self.press(" ");
            }
            Seen::Rest(false) => (self.is_heard, self.is_at_rest) = (true, false),
            Seen::Rest(true) => self.is_at_rest = self.is_heard,
            Seen::Said => self.said += 1,
            Seen::Told => self.is_told = true,
            Seen::Done => self.is_done = true,
        }
        Ok(())
    }
}

fn write(place: &Path, text: &str) -> io::Result<()> {
    if let Some(folder) = place.parent() {
        fs::create_dir_all(folder)?;
    }
    fs::write(place, text)
}

/// As a terminal brackets it.
fn pasted(text: &str) -> String {
    format!("\x1b[200~{text}\x1b[201~")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_terminal_answers_is_told_from_keys() {
        let mut sequence = Sequence::default();
        let mut whole = |typed: &str| -> Vec<String> {
            let taken = typed.bytes().filter_map(|byte| sequence.take(byte));
            taken.map(|bytes| String::from_utf8(bytes).unwrap()).collect()
        };
        assert_eq!(whole("q \x1b[30;1R\x1b[1;2R"), ["\x1b[30;1R", "\x1b[1;2R"]);
        assert!(whole("\x1b[3").is_empty());
        assert_eq!(whole("0;1Rq"), ["\x1b[30;1R"]);
        assert!(whole("\x1bq\x1b").is_empty());
        assert!(whole(&format!("[{}", "1".repeat(200))).is_empty());
        assert_eq!(whole("\x1b[1R"), ["\x1b[1R"]);
    }
}
