//! The terminal driver: reedline edits a line, and everything else is printed above it.
//!
//! Begin with `driver`, its loop. `editor` makes a line editor for one prompt, `show` takes what the guide said to the
//! `screen`, `relay` gives the terminal to a program, `raw` gives it back on every way out.
//!
//! One thread owns the terminal from start to end. While a line is edited it is inside reedline; whatever
//! arrives then breaks that off (`Signal::ExternalBreak`), is printed above the prompt, and the prompt, the
//! buffer and the cursor are put back. While nothing reads and no key is pressed there is no prompt at all, as
//! in a plain `iex`. While a program runs at `$`, keys and bytes are relayed as they are.
//!
//! reedline's own `ExternalPrinter` is not used: it counts rows in bytes, and erases lines around a wrapped or
//! Greek buffer.

mod completer;
mod driver;
mod editor;
mod escape;
mod flood;
mod gate;
mod hint;
mod history;
mod keys;
mod layout;
mod menu;
mod modes;
mod pages;
mod pause;
mod prompt;
mod question;
mod raw;
mod reflow;
mod relay;
mod screen;
mod show;
mod size;
mod stdin;

use std::{
    io,
    os::fd::AsFd,
    thread::{self, JoinHandle},
};

use rustix::{
    event::{PollFd, PollFlags, poll},
    io::Errno,
};
use tokio::sync::mpsc;

use crate::{
    error::{Error, Result},
    guide::command::Command,
    render::highlight,
    session::notice::Notice,
};

use super::{Options, inbox::Inbox, messages};

pub(super) use question::{Asked, ask, take_answer};
pub use raw::restore as restore_terminal;

/// Puts the terminal into raw mode and starts the threads. What a panic anywhere writes comes after the
/// terminal is as it was. `typed` came before.
pub fn start(
    notices: mpsc::Receiver<Notice>,
    commands: mpsc::Sender<Command>,
    typed: Vec<u8>,
    options: Options,
) -> Result<JoinHandle<()>> {
    let failed = |error| Error::could_not_run(messages::no_terminal()).because(error);
    let inbox = Inbox::open(notices).map_err(failed)?;
    let terminal = || io::stdin().as_fd().try_clone_to_owned();
    let raw = terminal().and_then(raw::Raw::enter).map_err(failed)?;
    let gate = terminal().and_then(|terminal| gate::Gate::open(terminal, typed)).map_err(failed)?;
    size::hear_nothing().map_err(failed)?;
    let told = commands.clone();
    thread::Builder::new().name("hang-up".into()).spawn(move || watch(&told)).map_err(failed)?;
    // The grammar loads beside the first prompt, not before it.
    thread::Builder::new().name("grammar".into()).spawn(highlight::warm).map_err(failed)?;
    thread::Builder::new()
        .name("shell".into())
        .spawn(move || {
            driver::Driver::new(inbox, commands, gate.switch(), options).run();
            drop(gate);
            drop(raw);
        })
        .map_err(failed)
}

/// Has the guide quit once the terminal is gone. A SIGHUP says so too, but not to a program that doesn't belong to
/// the terminal's session; and crossterm, which may stand in a read by then, never says so: it reads an end for ever.
fn watch(commands: &mpsc::Sender<Command>) {
    let stdin = io::stdin();
    loop {
        // Asked for nothing, it tells of hang-ups and errors alone.
        let mut terminal = [PollFd::new(&stdin, PollFlags::empty())];
        match poll(&mut terminal, None) {
            Err(Errno::INTR) => {}
            Ok(_) | Err(_) => break,
        }
    }
    // The guide may be gone already.
    let _ = commands.blocking_send(Command::Quit);
}
