//! The rest of a command while it is typed, in grey; Tab or the right arrow takes it.

use reedline::{Hinter, History};

use crate::{
    ink::{Palette, Tone},
    lesson::TerminalName,
    shell::command,
};

pub struct CommandHint {
    terminals: Vec<TerminalName>,
    palette: Palette,
    rest: String,
}

impl CommandHint {
    pub fn new(terminals: &[TerminalName], palette: Palette) -> Self {
        Self { terminals: terminals.to_vec(), palette, rest: String::new() }
    }
}

impl Hinter for CommandHint {
    fn handle(&mut self, line: &str, pos: usize, _: &dyn History, with_colour: bool, _: &str) -> String {
        let is_at_end = pos == line.len();
        self.rest = command::rest(line, &self.terminals).filter(|_| is_at_end).unwrap_or_default();
        // Without colour it would look like something typed; Tab takes it all the same.
        if with_colour { self.palette.paint(Tone::Quiet, &self.rest) } else { String::new() }
    }

    fn complete_hint(&self) -> String {
        self.rest.clone()
    }

    fn next_hint_token(&self) -> String {
        self.rest.clone()
    }
}
