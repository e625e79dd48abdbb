//! The two drivers: a terminal with reedline, and plain labelled lines.
//!
//! A driver knows the guide only as two channels: `Notice`s come in, `Command`s go out. Each driver runs on
//! threads of its own, so that a runtime never waits for a key; they end when the guide says `Notice::Bye`,
//! or drops either channel.
//!
//! Begin with [`plain`], the simpler one, then [`tty`]'s `driver`.

pub mod answer;
pub mod command;
pub mod inbox;
pub mod messages;
pub mod plain;
mod tally;
pub mod transcript;
pub mod tty;

use std::{
    env,
    io::{self, IsTerminal},
    path::PathBuf,
    thread::JoinHandle,
};

use tokio::sync::mpsc;

use tty::Asked;
pub use tty::restore_terminal;

use crate::{error::Result, guide::command::Command, lesson::Lang, render::Palette, session::notice::Notice};

/// How many notices, and how many commands, may be under way.
const CHANNEL: usize = 256;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    Tty,
    Plain,
}

/// What Moebi is shown on.
#[derive(Debug)]
pub struct Surface {
    pub mode: Mode,
    /// It is plain only because the terminal does not say where its cursor is.
    pub is_mute: bool,
    /// Keys that came while it was asked.
    typed: Vec<u8>,
}

impl Surface {
    /// The terminal needs all three streams: keys come from stdin, reedline draws on stderr.
    pub fn detect(wants_plain: bool) -> Self {
        let is_tty = io::stdin().is_terminal() && io::stdout().is_terminal() && io::stderr().is_terminal();
        let is_able = env::var("TERM").is_ok_and(|term| term != "dumb");
        if !is_tty || !is_able || wants_plain {
            return Self { mode: Mode::Plain, is_mute: false, typed: Vec::new() };
        }
        // A terminal that can't be asked is found out when it is put into raw mode.
        match tty::ask() {
            Ok(Asked { is_answered: false, typed }) => Self { mode: Mode::Plain, is_mute: true, typed },
            Ok(Asked { typed, .. }) => Self { mode: Mode::Tty, is_mute: false, typed },
            Err(_) => Self { mode: Mode::Tty, is_mute: false, typed: Vec::new() },
        }
    }
}

impl Mode {
    /// Whether Ctrl-C is for what runs in the focused terminal: whoever sits at a keyboard means that, not Moebi.
    pub fn takes_ctrl_c(self) -> bool {
        match self {
            Self::Tty => true,
            Self::Plain => io::stdin().is_terminal(),
        }
    }
}

/// Whose keys edit a line.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum Bindings {
    #[default]
    Emacs,
    Vi,
}

/// Hears what has come to be seen, once it has.
pub type Observer = std::sync::mpsc::Sender<Shown>;

#[derive(Debug)]
pub enum Shown {
    Notice(Notice),
    /// More follows, as soon as a key is pressed.
    Page,
}

#[derive(Debug, Clone)]
pub struct Options {
    pub keys: Bindings,
    pub palette: Palette,
    pub lang: Lang,
    /// Where typed lines are kept from one session to the next; in memory alone without it.
    pub history: Option<PathBuf>,
    pub observer: Option<Observer>,
}

/// A running driver.
#[derive(Debug)]
pub struct Shell {
    pub notices: mpsc::Sender<Notice>,
    pub commands: mpsc::Receiver<Command>,
    /// Ends soon after `Notice::Bye`, or once `notices` is dropped; join it before the program ends, so that
    /// the last lines are out and the terminal is as it was.
    pub thread: JoinHandle<()>,
}

/// Starts a driver. Errors where its threads can't be started, or the terminal can't be put into raw mode.
pub fn start(surface: Surface, options: Options) -> Result<Shell> {
    let (notices, from_guide) = mpsc::channel(CHANNEL);
    let (to_guide, commands) = mpsc::channel(CHANNEL);
    let thread = match surface.mode {
        Mode::Tty => tty::start(from_guide, to_guide, surface.typed, options)?,
        Mode::Plain => plain::start(from_guide, to_guide, surface.typed, options)?,
    };
    Ok(Shell { notices, commands, thread })
}
