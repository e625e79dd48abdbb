//! A program at `$` has the terminal: keys go to it as bytes, its bytes come to the screen as they are.

use std::{
    collections::VecDeque,
    io::{self, Write},
    time::Duration,
};

use tokio::sync::mpsc;

use crate::{
    guide::notice::{Command, Notice, PromptLine, Slash},
    lesson::TerminalName,
    shell::inbox::Inbox,
};

use super::{
    escape::Escape,
    keys,
    modes::Modes,
    size::Size,
    stdin::{self, Woken},
};

/// How long a new size may go unnoticed.
const LOOK: Duration = Duration::from_millis(200);
/// What the rest of the world may say meanwhile; the program's screen is not ours to print on.
const MOST_HELD: usize = 500;

pub struct Relay<'a> {
    pub inbox: &'a Inbox,
    pub commands: &'a mpsc::Sender<Command>,
    pub size: &'a Size,
    pub terminals: &'a [TerminalName],
    /// The one that the program runs in.
    pub here: Option<&'a TerminalName>,
}

/// Why the relay ended, with everything said meanwhile that is still to be shown.
#[derive(Debug)]
pub struct Ended {
    pub waiting: VecDeque<Notice>,
    pub is_over: bool,
}

impl Relay<'_> {
    /// Relays until the prompt is another one. A key that comes after that is not taken.
    pub fn run(&self) -> io::Result<Ended> {
        let mut held = VecDeque::new();
        let mut at_line_start = true;
        let mut modes = Modes::default();
        let mut escape = Escape::default();
        self.type_ahead(&mut escape)?;
        loop {
            let mut notices = self.inbox.take();
            while let Some(notice) = notices.pop_front() {
                match notice {
                    Notice::Relay(bytes) => {
                        at_line_start = bytes.ends_with(b"\n") || (at_line_start && bytes.is_empty());
                        modes.heed(&bytes);
                        write(&bytes)?;
                    }
                    Notice::Prompt { prompt: PromptLine::Relay, .. } => {}
                    end @ (Notice::Prompt { .. } | Notice::Bye(_)) => {
                        held.push_back(end);
                        held.append(&mut notices);
                        return leave(held, &modes, at_line_start, false);
                    }
                    other => hold(&mut held, other),
                }
            }
            if self.inbox.is_over() {
                return leave(held, &modes, at_line_start, true);
            }
            self.size.look();
            if stdin::wait_for_bytes(self.inbox.ear(), LOOK)? == Woken::Key && !self.send_keys(&mut escape)? {
                return leave(held, &modes, at_line_start, true);
            }
        }
    }

    /// Keys that crossterm read together with the line before are the program's.
    fn type_ahead(&self, escape: &mut Escape) -> io::Result<()> {
        let mut bytes = Vec::new();
        while crossterm::event::poll(Duration::ZERO)? {
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
            && keys.focus.is_none_or(|terminal| told(Command::Slash(Slash::Focus(terminal))))
    }
}

fn write(bytes: &[u8]) -> io::Result<()> {
    let mut out = io::stdout().lock();
    out.write_all(bytes)?;
    out.flush()
}

fn hold(held: &mut VecDeque<Notice>, notice: Notice) {
    if held.len() >= MOST_HELD
        && let Some(at) = held.iter().position(|held| matches!(held, Notice::Output { .. }))
    {
        held.remove(at);
    }
    held.push_back(notice);
}

fn leave(waiting: VecDeque<Notice>, modes: &Modes, at_line_start: bool, is_over: bool) -> io::Result<Ended> {
    write(&modes.undo())?;
    if !at_line_start {
        write(b"\r\n")?;
    }
    Ok(Ended { waiting, is_over })
}
