//! A program at `$` has the terminal: keys go to it as bytes, its bytes come to the screen as they are.

use std::{
    collections::VecDeque,
    io::{self, Write},
    time::{Duration, Instant},
};

use tokio::sync::mpsc;

use crate::{
    guide::command::Command,
    i18n::Localized,
    lesson::TerminalName,
    session::notice::{Notice, PromptLine},
    shell::{
        inbox::{self, Inbox},
        messages,
    },
};

use super::{
    escape::Escape,
    gate::Switch,
    keys,
    modes::Modes,
    size::Size,
    stdin::{self, Wakeup},
};

/// How long a new size may go unnoticed.
const LOOK: Duration = Duration::from_millis(200);
/// What the rest of the world may say meanwhile; the program's screen is not ours to print on.
const MAX_HELD: usize = 500;
/// Whoever is still in a program by then may not know the way out.
const LONG: Duration = Duration::from_secs(5);

pub(super) struct Relay<'a> {
    pub inbox: &'a Inbox,
    pub commands: &'a mpsc::Sender<Command>,
    pub gate: &'a Switch,
    pub size: &'a Size,
    pub terminals: &'a [TerminalName],
    /// The one that the program runs in.
    pub here: Option<&'a TerminalName>,
    /// What is said to somebody who stays long; none if that was said before.
    pub way_out: Option<Vec<String>>,
}

/// Why the relay ended, with everything said meanwhile that is still to be shown.
#[derive(Debug)]
pub(super) struct Ended {
    pub waiting: VecDeque<Notice>,
    pub is_over: bool,
    /// The way out was told.
    pub is_told: bool,
}

/// How to leave a program that runs in `here` to itself.
pub(super) fn way_out(terminals: &[TerminalName], here: Option<&TerminalName>) -> Localized {
    match (1..=9).zip(terminals).find(|(_, terminal)| Some(*terminal) != here) {
        Some((key, terminal)) => messages::way_out(&key.to_string(), terminal.as_str()),
        None => messages::way_out_alone(),
    }
}

impl Relay<'_> {
    /// Relays until the prompt is another one, what was `typed` before first. A key that comes after that is not taken.
    pub(super) fn run(&self, typed: Vec<u8>) -> io::Result<Ended> {
        let ended = self.relay(typed);
        self.gate.pass(false);
        ended
    }

    fn relay(&self, typed: Vec<u8>) -> io::Result<Ended> {
        let mut held = VecDeque::new();
        let mut scene = Scene::default();
        let mut escape = Escape::default();
        let began = Instant::now();
        self.type_ahead(typed, &mut escape)?;
        loop {
            let mut notices = self.inbox.take();
            while let Some(notice) = notices.pop_front() {
                match notice {
                    Notice::Relay(bytes) => scene.show(&bytes)?,
                    Notice::Prompt { prompt: PromptLine::Relay, .. } => {}
                    end @ (Notice::Prompt { .. } | Notice::Bye(_)) => {
                        held.push_back(end);
                        held.append(&mut notices);
                        return scene.leave(held, false);
                    }
                    other => hold(&mut held, other),
                }
            }
            if self.inbox.is_over() {
                return scene.leave(held, true);
            }
            if began.elapsed() >= LONG {
                scene.tell(self.way_out.as_deref())?;
            }
            self.size.look();
            if stdin::wait_for_bytes(self.inbox.ear(), LOOK)? == Wakeup::Key
                && !self.send_keys(&mut escape)?
            {
                return scene.leave(held, true);
            }
        }
    }

    /// Keys that came before are the program's, also where they came as a paste, and behind what the line editor had of
    /// them already.
    fn type_ahead(&self, mut bytes: Vec<u8>, escape: &mut Escape) -> io::Result<()> {
        let limit = if self.gate.pass(true) { LOOK } else { Duration::ZERO };
        while crossterm::event::poll(limit)? {
            bytes.extend(keys::bytes(&crossterm::event::read()?));
        }
        if !bytes.is_empty() {
            self.send(&bytes, escape);
        }
        Ok(())
    }

    /// False where the terminal or the guide is gone.
    fn send_keys(&self, escape: &mut Escape) -> io::Result<bool> {
        let mut bytes = vec![0; 4096];
        let count = rustix::io::read(io::stdin(), &mut bytes)?;
        bytes.truncate(count);
        Ok(count > 0 && self.send(&bytes, escape))
    }

    fn send(&self, bytes: &[u8], escape: &mut Escape) -> bool {
        let keys = escape.take(bytes, self.terminals, self.here);
        let told = |command| self.commands.blocking_send(command).is_ok();
        (keys.program.is_empty() || told(Command::Bytes(keys.program)))
            && keys.focus.is_none_or(|terminal| told(Command::Focus(terminal)))
    }
}

/// What the program has done to the screen.
#[derive(Debug)]
struct Scene {
    modes: Modes,
    at_line_start: bool,
    is_told: bool,
}

impl Default for Scene {
    fn default() -> Self {
        Self { modes: Modes::default(), at_line_start: true, is_told: false }
    }
}

impl Scene {
    fn show(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.at_line_start = bytes.ends_with(b"\n") || (self.at_line_start && bytes.is_empty());
        self.modes.heed(bytes);
        write(bytes)
    }

    /// Once, and only between two lines of a program that has not taken the whole screen.
    fn tell(&mut self, lines: Option<&[String]>) -> io::Result<()> {
        let Some(lines) = lines.filter(|_| !self.is_told && self.at_line_start && self.modes.is_as_before())
        else {
            return Ok(());
        };
        self.is_told = true;
        write(format!("{}\r\n", lines.join("\r\n")).as_bytes())
    }

    fn leave(self, waiting: VecDeque<Notice>, is_over: bool) -> io::Result<Ended> {
        write(&self.modes.undo())?;
        if !self.at_line_start {
            write(b"\r\n")?;
        }
        Ok(Ended { waiting, is_over, is_told: self.is_told })
    }
}

fn write(bytes: &[u8]) -> io::Result<()> {
    let mut out = io::stdout().lock();
    out.write_all(bytes)?;
    out.flush()
}

/// Keeps it for later; of very much, not the oldest outputs.
pub(super) fn hold(held: &mut VecDeque<Notice>, notice: Notice) {
    if held.back_mut().is_some_and(|before| inbox::adds_up(before, &notice)) {
        return;
    }
    if held.len() >= MAX_HELD
        && let Some(at) = held.iter().position(|held| matches!(held, Notice::Output { .. }))
    {
        held.remove(at);
    }
    held.push_back(notice);
}
