//! Printing above whatever is being typed.
//!
//! The last thing printed may be unfinished: a line without its end, or a note about work under way. Such a tail
//! is drawn again, or taken away, with what comes next, as long as it stands right above the prompt.

use std::{
    fmt::Write as _,
    io::{self, Write},
};

use crate::{
    lesson::TerminalName,
    render::{output::Printed, width},
};

use super::{reflow::Reflow, size::Size};

/// A window that is being dragged changes its size again and again; each look takes one answer of the terminal.
const MAX_LOOKS: usize = 5;

#[derive(Debug)]
pub(super) enum Block {
    Lines(Vec<String>),
    /// What Moebi itself says, to be read from its first line on.
    Words(Vec<String>),
    /// An output whose last line has not ended, and how it looks.
    Open(Printed, Vec<String>),
    /// How much of a terminal's was left out, and how that is told: a count that may go up.
    LeftOut(TerminalName, u64, Vec<String>),
    /// Shown until something else is.
    Fleeting(Vec<String>),
}

/// A prompt that is on the screen.
#[derive(Debug)]
pub(super) struct Drawn {
    /// All of it up to the cursor, with what was typed.
    pub before_cursor: String,
    /// How wide the window was.
    pub columns: u16,
}

#[derive(Debug)]
pub(super) struct Screen {
    tail: Option<Block>,
    /// How many columns there were when the tail was printed.
    columns: usize,
    reflow: Reflow,
}

impl Screen {
    pub(super) fn new(reflow: Reflow) -> Self {
        Self { tail: None, columns: 0, reflow }
    }

    /// The unfinished output right above the prompt, if `next` goes on with it.
    pub(super) fn resume(&mut self, next: &Printed) -> Option<Printed> {
        match &self.tail {
            Some(Block::Open(printed, _)) if printed.goes_on_with(next) => Some(printed.clone()),
            Some(
                Block::Open(..) | Block::LeftOut(..) | Block::Lines(_) | Block::Words(_) | Block::Fleeting(_),
            )
            | None => None,
        }
    }

    /// The count right above the prompt, if it is of that terminal.
    pub(super) fn counted(&self, terminal: &TerminalName) -> Option<u64> {
        match &self.tail {
            Some(Block::LeftOut(of, bytes, _)) if of == terminal => Some(*bytes),
            Some(
                Block::Open(..) | Block::LeftOut(..) | Block::Lines(_) | Block::Words(_) | Block::Fleeting(_),
            )
            | None => None,
        }
    }

    /// Whether a note about work under way stands right above the prompt.
    pub(super) fn has_note(&self) -> bool {
        matches!(self.tail, Some(Block::Fleeting(_)))
    }

    /// How many rows the cursor is below the first one of `prompt`, and the size in which that is so: the window may
    /// change while the terminal is asked, and one row too many would take away somebody's words.
    fn rows_above(&mut self, prompt: Option<&Drawn>, size: &Size) -> (usize, (u16, u16)) {
        let mut before = size.look();
        let Some(prompt) = prompt else { return (0, before) };
        let landing = |columns| width::landing(&prompt.before_cursor, usize::from(columns));
        let mut above = 0;
        for _ in 0..MAX_LOOKS {
            let ask = || {
                let (column, _) = crossterm::cursor::position().ok()?;
                (size.look() == before).then_some(usize::from(column))
            };
            let (drawn, wrapped) = (landing(prompt.columns), landing(before.0));
            above = self.reflow.rows(drawn, wrapped, usize::from(before.0), ask);
            let now = size.look();
            if now == before {
                break;
            }
            before = now;
        }
        (above, before)
    }

    /// Where a prompt and its buffer are as tall as the screen, reedline draws from the top row on and clears whatever
    /// stands there: that is moved up, above the screen.
    pub(super) fn make_room(&self, prompt: &str, columns: usize, rows: usize) -> io::Result<()> {
        if width::landing(prompt, columns).1 + 1 < rows {
            return Ok(());
        }
        let room = format!("{}\u{1b}[{rows}A", "\n".repeat(rows.saturating_sub(1)));
        let mut out = io::stdout().lock();
        out.write_all(room.as_bytes())?;
        out.flush()
    }

    /// What stands above is done with: a line was entered below it.
    pub(super) fn settle(&mut self) {
        self.tail = None;
    }

    /// Prints `blocks` where the prompt begins, or at the cursor where there is none, and leaves the cursor at the
    /// start of the row below. With `redraw` the first block takes the tail's place.
    pub(super) fn print(
        &mut self,
        prompt: Option<&Drawn>,
        blocks: Vec<Block>,
        redraw: bool,
        size: &Size,
    ) -> io::Result<()> {
        let mut text = String::new();
        for line in blocks.iter().flat_map(Block::lines) {
            let _ = write!(text, "{line}\r\n");
        }
        // As late as can be.
        let (above, size) = self.rows_above(prompt, size);
        let rows = usize::from(size.1);
        let columns = self.reflow.columns(self.columns, usize::from(size.0));
        self.columns = usize::from(size.0);
        let tail = match self.tail.take() {
            Some(Block::Fleeting(lines)) if !blocks.is_empty() => rows_of(&lines, columns),
            Some(Block::Open(_, lines) | Block::LeftOut(.., lines)) if redraw => rows_of(&lines, columns),
            kept => {
                self.tail = kept;
                0
            }
        };
        let up = if above + tail < rows { above + tail } else { above };
        self.remember(blocks);
        // Going up stops at the top row, which is where the prompt of an overlong buffer begins.
        let begin = if up > 0 { format!("\r\u{1b}[{up}A\u{1b}[J") } else { "\r\u{1b}[J".to_owned() };
        let mut out = io::stdout().lock();
        out.write_all(format!("{begin}{text}").as_bytes())?;
        out.flush()
    }

    fn remember(&mut self, mut blocks: Vec<Block>) {
        if let Some(last) = blocks.pop() {
            self.tail = match last {
                Block::Lines(_) | Block::Words(_) => None,
                Block::Open(..) | Block::LeftOut(..) | Block::Fleeting(_) => Some(last),
            };
        }
    }
}

impl Block {
    pub(super) fn lines(&self) -> &[String] {
        match self {
            Self::Lines(lines)
            | Self::Words(lines)
            | Self::Open(_, lines)
            | Self::LeftOut(.., lines)
            | Self::Fleeting(lines) => lines,
        }
    }
}

/// A line that just fills its row, and its line break, take one row, not two.
pub(super) fn rows_of(lines: &[String], columns: usize) -> usize {
    lines.iter().map(|line| width::landing(&format!("{line}\n"), columns).1).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_count_wrapping_but_not_a_full_row_twice() {
        let rows = |text: &str| rows_of(&[text.to_owned()], 10);
        assert_eq!(rows(""), 1);
        assert_eq!(rows("αβγδεζηθι"), 1);
        assert_eq!(rows("αβγδεζηθικ"), 1);
        assert_eq!(rows("αβγδεζηθικλ"), 2);
    }
}
