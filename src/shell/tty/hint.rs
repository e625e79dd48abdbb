//! In grey, what the line may go on with: the rest of a command, or of a line that was entered before. Without colour
//! it stands in marks: it would look like something typed.

use reedline::{Hinter, History, SearchQuery};

use crate::{
    guide::slash_command,
    lesson::TerminalName,
    render::{Palette, Tone, untrusted},
};

pub(super) struct Hint {
    terminals: Vec<TerminalName>,
    palette: Palette,
    rest: String,
}

impl Hint {
    pub(super) fn new(terminals: &[TerminalName], palette: Palette) -> Self {
        Self { terminals: terminals.to_vec(), palette, rest: String::new() }
    }

    fn rest(&self, line: &str, history: &dyn History) -> Option<String> {
        if let Some(rest) = slash_command::rest(line, &self.terminals) {
            return Some(rest);
        }
        let is_blank = line.trim().is_empty();
        let query = SearchQuery::last_with_prefix(line.to_owned(), None);
        let found = history.search(query).ok().filter(|_| !is_blank)?;
        let rest = found.first()?.command_line.strip_prefix(line)?.to_owned();
        // Of several lines the first is shown, and so no more is taken.
        rest.lines().next().map(untrusted::plain)
    }
}

impl Hinter for Hint {
    fn handle(&mut self, line: &str, pos: usize, history: &dyn History, _: bool, _: &str) -> String {
        // What is not shown can't be taken.
        let is_shown = pos == line.len();
        self.rest = if is_shown { self.rest(line, history).unwrap_or_default() } else { String::new() };
        match self.rest.as_str() {
            "" => String::new(),
            rest if self.palette.is_coloured() => self.palette.paint(Tone::Quiet, rest),
            rest => format!("‹{rest}›"),
        }
    }

    fn complete_hint(&self) -> String {
        self.rest.clone()
    }

    /// A word with the space or the dot before it.
    fn next_hint_token(&self) -> String {
        let is_word = |c: char| c.is_alphanumeric() || c == '_';
        let begins = self.rest.find(is_word).unwrap_or(self.rest.len());
        let ends = self.rest[begins..].find(|c| !is_word(c)).map_or(self.rest.len(), |at| begins + at);
        self.rest[..ends].to_owned()
    }
}
