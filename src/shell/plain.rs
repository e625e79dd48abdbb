//! The plain driver: labelled lines out, one line a time in. No cursor, no colour.
//!
//! Two threads: one prints what the guide says, one reads stdin. Lines from a pipe are fed as a person would
//! type them: each once the reader before has come back with a prompt, or not within `PACE`.

use std::{
    io::{self, BufRead, IsTerminal, Read, Write},
    sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError},
    thread::{self, JoinHandle},
    time::{Duration, Instant},
};

use tokio::{
    runtime::Handle,
    signal::unix::{SignalKind, signal},
    sync::mpsc,
};

use crate::{
    error::{Error, Result},
    guide::{command::Command, slash_command::Then},
    lesson::{Lang, Prompt, TerminalName},
    render::plain::PlainPage,
    session::notice::{Notice, PromptLine},
};

use super::{
    Mode, Observer, Options, Shown, answer,
    command::{self, PromptContext, Reader},
    messages,
    tally::Tally,
    tty,
};

/// A reader that has not come back by then is taken to be busy for good; what follows is typed ahead.
const PACE: Duration = Duration::from_secs(10);
/// A command of Moebi's may bring no new prompt.
const ANSWER: Duration = Duration::from_millis(500);
/// How long an empty line from a pipe waits for the step to be done: whoever wrote it meant the next step.
const VERDICT: Duration = Duration::from_secs(3);

/// What the reading thread must know of what was said.
#[derive(Debug)]
struct Stage {
    state: Mutex<State>,
    prompted: Condvar,
}

#[derive(Debug)]
struct State {
    lang: Lang,
    /// None while nothing reads.
    reader: Option<Reader>,
    last_reader: Option<Reader>,
    /// Somebody has read by now.
    has_prompted: bool,
    focused: Option<TerminalName>,
    terminals: Vec<TerminalName>,
    /// The step has passed, and the next one has not begun.
    is_done: bool,
    /// A step has begun: whatever read before reads no longer.
    is_moved: bool,
    is_over: bool,
}

pub fn start(
    notices: mpsc::Receiver<Notice>,
    commands: mpsc::Sender<Command>,
    typed: Vec<u8>,
    options: Options,
) -> Result<JoinHandle<()>> {
    let Options { lang, observer, .. } = options;
    let failed = |error| Error::could_not_run(messages::no_thread()).because(error);
    if Mode::Plain.takes_ctrl_c() {
        hear_ctrl_c(&commands);
    }
    let stage = Arc::new(Stage::new(lang));
    // As a terminal that edits lines would have given it.
    let typed: Vec<u8> = typed.into_iter().map(|byte| if byte == b'\r' { b'\n' } else { byte }).collect();
    let read = Arc::clone(&stage);
    // It may stand in a read that nothing ends but the program's end, so nobody joins it.
    thread::Builder::new()
        .name("stdin".into())
        .spawn(move || {
            let stdin = io::stdin();
            let pace = if stdin.is_terminal() { Duration::ZERO } else { PACE };
            Typist { stage: read, commands, pace }.run(io::Cursor::new(typed).chain(stdin.lock()));
        })
        .map_err(failed)?;
    thread::Builder::new()
        .name("shell".into())
        .spawn(move || print(notices, &stage, lang, observer))
        .map_err(failed)
}

/// A terminal that edits lines by itself sends Ctrl-C as a signal. Without a runtime nobody listens.
fn hear_ctrl_c(commands: &mpsc::Sender<Command>) {
    let commands = commands.downgrade();
    let Ok(runtime) = Handle::try_current() else { return };
    let Ok(mut signal) = signal(SignalKind::interrupt()) else { return };
    runtime.spawn(async move {
        while signal.recv().await.is_some() {
            let Some(commands) = commands.upgrade() else { return };
            if commands.send(Command::Interrupt).await.is_err() {
                return;
            }
        }
    });
}

fn print(mut notices: mpsc::Receiver<Notice>, stage: &Stage, lang: Lang, observer: Option<Observer>) {
    let (mut page, mut tally) = (PlainPage::new(lang), Tally::default());
    while let Some(notice) = notices.blocking_recv() {
        let lines = lines(&notice, &mut page, &mut tally);
        let is_last = matches!(notice, Notice::Bye(_));
        if write(&lines).is_err() || is_last {
            break;
        }
        stage.hear(&notice, &page);
        if let Some(observer) = &observer {
            // Whoever has seen enough hears nothing more.
            let _ = observer.send(Shown::Notice(notice));
        }
    }
    stage.close();
}

/// The notice's lines; of what is left out, which may go on for long, no more than now and then.
fn lines(notice: &Notice, page: &mut PlainPage, tally: &mut Tally) -> Vec<String> {
    let mut left_out = |terminal: &TerminalName, bytes: Option<u64>| {
        let notice = bytes.map(|bytes| Notice::LeftOut { terminal: terminal.clone(), bytes });
        notice.map_or_else(Vec::new, |notice| page.lines(&notice))
    };
    let mut lines = match notice {
        Notice::LeftOut { terminal, bytes } => {
            return left_out(terminal, tally.add(terminal, *bytes, Instant::now()));
        }
        Notice::Output { terminal, .. } | Notice::Prompt { terminal, .. } => {
            left_out(terminal, tally.rest(terminal))
        }
        _ => Vec::new(),
    };
    if let Notice::Prompt { terminal, prompt } = notice
        && *prompt != PromptLine::Terminal(Prompt::Busy)
    {
        tally.begin_anew(terminal);
    }
    lines.extend(page.lines(notice));
    lines
}

fn write(lines: &[String]) -> io::Result<()> {
    let mut out = io::stdout().lock();
    lines.iter().try_for_each(|line| writeln!(out, "{line}"))?;
    out.flush()
}

/// Texts of the driver's own; false where nobody reads them any more.
fn say(notice: Notice, lang: Lang) -> bool {
    write(&PlainPage::new(lang).lines(&notice)).is_ok()
}

impl Stage {
    fn new(lang: Lang) -> Self {
        let state = State {
            lang,
            reader: None,
            last_reader: None,
            has_prompted: false,
            focused: None,
            terminals: Vec::new(),
            is_done: false,
            is_moved: false,
            is_over: false,
        };
        Self { state: Mutex::new(state), prompted: Condvar::new() }
    }

    fn hear(&self, notice: &Notice, page: &PlainPage) {
        let mut state = self.lock();
        match notice {
            Notice::Prompt { terminal, prompt } => {
                state.reader = Reader::of(prompt);
                state.last_reader = state.reader.or(state.last_reader);
                state.has_prompted |= state.reader.is_some();
                state.focused = Some(terminal.clone());
                state.is_moved = false;
                self.prompted.notify_all();
            }
            Notice::Passed { .. } => {
                state.is_done = true;
                self.prompted.notify_all();
            }
            Notice::Step(_) => {
                (state.reader, state.last_reader, state.is_moved, state.is_done) = (None, None, true, false);
            }
            Notice::Lang(lang) => state.lang = *lang,
            Notice::Map(_) | Notice::Arrived(_) => {
                state.terminals = page.map().nodes.iter().map(|(terminal, _)| terminal.clone()).collect();
            }
            _ => {}
        }
    }

    fn close(&self) {
        self.lock().is_over = true;
        self.prompted.notify_all();
    }

    /// What is typed before there is any prompt is for whoever reads first.
    fn wait_for_the_first(&self) {
        let is_early = |state: &mut State| !state.has_prompted && !state.is_over;
        drop(self.prompted.wait_while(self.lock(), is_early));
    }

    /// Waits until something reads.
    fn wait(&self, limit: Duration) -> MutexGuard<'_, State> {
        let is_busy = |state: &mut State| state.reader.is_none() && !state.is_over;
        let waited = self.prompted.wait_timeout_while(self.lock(), limit, is_busy);
        waited.unwrap_or_else(PoisonError::into_inner).0
    }

    /// Waits until the step is done; true if it is.
    fn is_done(&self, limit: Duration) -> bool {
        let is_open = |state: &mut State| !state.is_done && !state.is_over;
        let waited = self.prompted.wait_timeout_while(self.lock(), limit, is_open);
        waited.unwrap_or_else(PoisonError::into_inner).0.is_done
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn place(&self) -> PromptContext<'_> {
        PromptContext {
            reader: self.reader.or(self.last_reader).unwrap_or(Reader::Dollar),
            focused: self.focused.as_ref(),
            terminals: &self.terminals,
        }
    }
}

/// Feeds lines to the guide.
struct Typist {
    stage: Arc<Stage>,
    commands: mpsc::Sender<Command>,
    pace: Duration,
}

impl Typist {
    fn run(&self, lines: impl BufRead) {
        let mut input = String::new();
        for mut line in lines.split(b'\n').map_while(io::Result::ok) {
            // It was asked for, and comes late.
            tty::take_answer(&mut line);
            let line = String::from_utf8_lossy(&line);
            if !input.is_empty() {
                input.push('\n');
            }
            input.push_str(line.trim_end_matches('\r'));
            if !command::leaves(&input) {
                self.stage.wait_for_the_first();
            }
            if self.is_whole(&input) && !self.give(&std::mem::take(&mut input)) {
                return;
            }
        }
        if !input.is_empty() {
            self.give(&input);
        }
        drop(self.stage.wait(self.pace));
        // The guide may be gone already.
        let _ = self.commands.blocking_send(Command::Quit);
    }

    fn is_whole(&self, input: &str) -> bool {
        let state = self.stage.wait(self.pace);
        let is_for_node = state.reader == Some(Reader::Iex)
            && !input.trim().is_empty()
            && !command::is_slash(input, state.place());
        drop(state);
        !is_for_node || answer::is_whole(&self.commands, input)
    }

    /// To whoever reads, or may by now be taken to; false once the guide is gone.
    fn give(&self, input: &str) -> bool {
        let state = self.stage.lock();
        if state.is_over {
            return false;
        }
        let place = state.place();
        let gives_up = command::gives_up(input, place.reader);
        let (parsed, bare) = (command::parse(input, place), command::bare(input, place));
        let (lang, reader) = (state.lang, place.reader);
        drop(state);
        match parsed {
            _ if gives_up => say(Notice::Say(messages::given_up()), lang),
            _ if let Some(name) = bare
                && answer::means_nothing(&self.commands, input, reader) =>
            {
                say(Notice::Say(messages::without_slash(name)), lang)
            }
            Ok(commands) => commands.into_iter().all(|command| self.send(command)),
            Err(error) => say(Notice::Problem(error), lang),
        }
    }

    fn send(&self, command: Command) -> bool {
        let wait = match &command {
            Command::Line(_) | Command::Choose(_) => Duration::ZERO,
            // The next step's prompt may take as long as its nodes.
            Command::Enter if self.stage.is_done(VERDICT.min(self.pace)) => self.pace,
            Command::Slash(call) if call.then() == Then::Step => self.pace,
            Command::Enter
            | Command::Bytes(_)
            | Command::Interrupt
            | Command::EndOfInput
            | Command::Unfinished
            | Command::Validate { .. }
            | Command::Complete { .. }
            | Command::Folder { .. }
            | Command::Resize { .. }
            | Command::Slash(_)
            | Command::Focus(_)
            | Command::Quit => ANSWER.min(self.pace),
        };
        let reader = self.stage.lock().reader.take();
        let is_sent = self.commands.blocking_send(command).is_ok();
        if !wait.is_zero() {
            let mut state = self.stage.wait(wait);
            if !state.is_moved {
                state.reader = state.reader.or(reader);
            }
        }
        is_sent
    }
}
