//! What a learner asks of Moebi itself: lines that begin with `/`.
//!
//! A command is one row of [`COMMANDS`] and the function that does it. Whatever else knows commands reads the row:
//! what may be typed, what Tab offers, `/help`, what a driver waits for.

mod actions;
mod argument;
mod lookup;
pub mod messages;
mod table;

use std::fmt;

use futures_util::future::BoxFuture;

use crate::{
    error::Result,
    i18n::Localized,
    session::notice::{CommandHelp, Notice},
};

use super::Guide;

pub use argument::{Completion, Takes};
pub use lookup::{Spelling, argument_at_end, bare, misspelt, read, rest, spellings};
pub use table::COMMANDS;

/// A row of the table.
pub struct SlashCommand {
    /// As it is typed, without the slash. None: the name of a terminal is the command.
    pub name: Option<&'static str>,
    /// The same in Greek, for whoever types it so; with its accents or without them.
    pub greek: Option<&'static str>,
    /// What is typed behind it, and the function that takes that.
    pub takes: Takes,
    pub then: Then,
    /// What it does, in a line of `/help`.
    pub help: fn() -> Localized,
}

/// What follows a command, for whoever waits for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Then {
    /// At most an answer, and the prompt as it was.
    Answer,
    /// A step, whose prompt may take as long as its nodes.
    Step,
    /// The end of the shell. Nothing holds it up.
    End,
}

/// A command at work.
pub type Running<'a> = BoxFuture<'a, Result<()>>;

/// A command with what it was given, to be run once.
pub struct Call {
    command: &'static SlashCommand,
    name: String,
    /// The line that was read.
    typed: String,
    /// For `Debug` alone.
    given: String,
    run: Box<dyn FnOnce(&mut Guide) -> Running<'_> + Send + Sync>,
}

impl Call {
    /// The command's name, or the terminal's whose name is the command.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// As it was typed, for whoever is to read it again.
    pub fn typed(&self) -> &str {
        &self.typed
    }

    pub fn then(&self) -> Then {
        self.command.then
    }

    pub(super) async fn run(self, guide: &mut Guide) -> Result<()> {
        (self.run)(guide).await?;
        guide.renew_prompt().await
    }
}

/// `/goto "alone"`: the command and what was understood of its argument.
impl fmt::Debug for Call {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.given.as_str() {
            "()" => write!(f, "/{}", self.name),
            given => write!(f, "/{} {given}", self.name),
        }
    }
}

/// What `/help` shows.
pub fn help() -> Notice {
    let row = |command: &SlashCommand| CommandHelp { usage: command.usage(), does: (command.help)() };
    Notice::Help(COMMANDS.iter().map(row).collect())
}
