//! From notices to blocks on the screen: everything that waits, in one repaint.

use std::{
    collections::VecDeque,
    io,
    time::{Duration, Instant},
};

use crate::{
    lesson::{OutputKind, Prompt, TerminalName},
    render::{output::Printed, untrusted},
    session::notice::{Notice, PromptLine},
    shell::{Shown, command::Reader, messages},
};

use super::{
    driver::{Driver, WORK},
    flood, relay,
    screen::{Block, Drawn},
    stdin::{self, Wakeup},
};

impl Driver {
    /// Prints all that came, in one go, over the prompt that is there, if there is one.
    pub(super) fn show(&mut self, prompt: Option<&Drawn>) -> io::Result<()> {
        self.page.columns = usize::from(self.size.look().0);
        let mut notices = self.inbox.take();
        let mut blocks = Vec::new();
        let mut redraws = false;
        let mut shown = Vec::new();
        while let Some(notice) = notices.pop_front() {
            shown.extend(self.observer.is_some().then(|| notice.clone()));
            if self.page.parts(&notice) {
                blocks.push(Block::Words(vec![String::new()]));
            }
            match notice {
                Notice::Output { terminal, kind, text, .. }
                    if self.is_flooded(&terminal, kind, &text, &mut blocks) =>
                {
                    redraws |= self.count(terminal, text.len() as u64, &mut blocks);
                }
                Notice::Output { terminal, focused, kind, by, late, text } => {
                    let printed = Printed { terminal, is_focused: focused, kind, by, late, text };
                    redraws |= self.print(printed, &mut blocks);
                }
                Notice::LeftOut { terminal, bytes } => redraws |= self.count(terminal, bytes, &mut blocks),
                Notice::Prompt { terminal, prompt } => {
                    self.prompted(terminal, prompt, &mut blocks);
                    if self.prompt == PromptLine::Relay {
                        self.inbox.give_back(std::mem::take(&mut notices));
                    }
                }
                Notice::Relay(bytes) => self.stray(&bytes, &mut blocks),
                Notice::Begun { terminal, text } => self.goes_on(&terminal, &text),
                Notice::Working(_) => blocks.push(Block::Fleeting(self.page.lines(&notice))),
                Notice::Bye(_) => {
                    self.is_over = true;
                    blocks.push(Block::Lines(self.page.lines(&notice)));
                }
                Notice::Step(_) => {
                    blocks.push(Block::Words(self.page.lines(&notice)));
                    self.moved();
                }
                Notice::Map(_) if matches!(notices.front(), Some(Notice::Step(_))) => {
                    // The step's header draws it.
                    self.page.lines(&notice);
                }
                other => blocks.push(Block::Words(self.page.lines(&other))),
            }
        }
        drop_fleeting(&mut blocks);
        if prompt.is_some() || !blocks.is_empty() {
            self.print_in_pages(prompt, blocks, redraws)?;
        }
        shown.into_iter().for_each(|notice| self.observe(Shown::Notice(notice)));
        Ok(())
    }

    fn observe(&self, shown: Shown) {
        if let Some(observer) = &self.observer {
            // Whoever has seen enough hears nothing more.
            let _ = observer.send(shown);
        }
    }

    /// Waits for a key where a page ends. Nobody is waited for while a program has the keys, or once all is over.
    fn print_in_pages(
        &mut self,
        mut prompt: Option<&Drawn>,
        blocks: Vec<Block>,
        mut redraws: bool,
    ) -> io::Result<()> {
        let (columns, rows) = self.size.look();
        let mut pages = self.pages.of(blocks, usize::from(columns), usize::from(rows)).into_iter().peekable();
        let mut waits = self.prompt != PromptLine::Relay && !self.is_over;
        while let Some(mut page) = pages.next() {
            let is_last = pages.peek().is_none();
            if waits && !is_last {
                page.push(Block::Fleeting(self.page.lines(&Notice::Say(messages::more_follows()))));
            }
            self.screen.print(prompt.take(), page, std::mem::take(&mut redraws), &self.size)?;
            waits = waits && !is_last && self.is_page_turned()?;
        }
        Ok(())
    }

    /// False where somebody has something else in mind: what is typed is kept for the prompt that is to come.
    fn is_page_turned(&mut self) -> io::Result<bool> {
        let mut held = VecDeque::new();
        self.observe(Shown::Page);
        let key = loop {
            self.inbox.take().into_iter().for_each(|notice| relay::hold(&mut held, notice));
            if self.inbox.is_over() || held.iter().any(|notice| matches!(notice, Notice::Bye(_))) {
                break None;
            }
            let wakeup = stdin::wait(self.inbox.ear(), WORK)?;
            if wakeup == Wakeup::Key && crossterm::event::poll(Duration::ZERO)? {
                break Some(crossterm::event::read()?);
            }
        };
        self.inbox.give_back(held);
        Ok(key.is_some_and(|key| self.editors.turns_page(&key)))
    }

    /// Joins an output to the one before where that stopped in the middle of a line. True if that one is on
    /// the screen and has to be drawn again.
    fn print(&mut self, mut printed: Printed, blocks: &mut Vec<Block>) -> bool {
        let mut is_redrawn = false;
        match blocks.last() {
            Some(Block::Open(open, _)) if open.goes_on_with(&printed) => {
                printed.text.insert_str(0, &open.text);
                blocks.pop();
            }
            Some(
                Block::Open(..) | Block::LeftOut(..) | Block::Lines(_) | Block::Words(_) | Block::Fleeting(_),
            ) => {}
            None => {
                if let Some(open) = self.screen.resume(&printed) {
                    printed.text.insert_str(0, &open.text);
                    is_redrawn = true;
                }
            }
        }
        let lines = self.page.output(&printed);
        let is_open = !printed.text.ends_with('\n') && printed.text.len() < untrusted::MAX_COLUMNS;
        blocks.push(if is_open { Block::Open(printed, lines) } else { Block::Lines(lines) });
        is_redrawn
    }

    /// Whether that terminal prints very much; says so once.
    fn is_flooded(
        &mut self,
        terminal: &TerminalName,
        kind: OutputKind,
        text: &str,
        blocks: &mut Vec<Block>,
    ) -> bool {
        let outcome = self.floods.take(terminal, kind, text, Instant::now());
        if outcome == flood::Outcome::Stopped {
            blocks.push(Block::Lines(self.page.lines(&Notice::Say(messages::flood(terminal)))));
        }
        outcome != flood::Outcome::Shown
    }

    /// A flood is one line, whose number goes up. True if that line is on the screen and has to be drawn again.
    fn count(&mut self, terminal: TerminalName, more: u64, blocks: &mut Vec<Block>) -> bool {
        let on_screen = if blocks.is_empty() { self.screen.counted(&terminal) } else { None };
        let before = match blocks.last() {
            Some(Block::LeftOut(of, bytes, _)) if *of == terminal => Some(*bytes),
            Some(
                Block::Open(..) | Block::LeftOut(..) | Block::Lines(_) | Block::Words(_) | Block::Fleeting(_),
            )
            | None => None,
        };
        if before.is_some() {
            blocks.pop();
        }
        let bytes = more + before.or(on_screen).unwrap_or_default();
        let lines = self.page.lines(&Notice::LeftOut { terminal: terminal.clone(), bytes });
        blocks.push(Block::LeftOut(terminal, bytes, lines));
        on_screen.is_some()
    }

    /// A step begins: its nodes may take a while, and what was asked before is asked no longer.
    fn moved(&mut self) {
        if self.prompt == PromptLine::Relay {
            return;
        }
        if self.prompt == PromptLine::Question || self.reader == Some(Reader::Question) {
            self.reader = None;
        }
        self.prompt = PromptLine::Terminal(Prompt::Busy);
        self.patience = Instant::now() + WORK;
    }

    fn prompted(&mut self, terminal: TerminalName, prompt: PromptLine, blocks: &mut Vec<Block>) {
        let now = Instant::now();
        match &prompt {
            PromptLine::Terminal(Prompt::Busy) => {
                if self.prompt != prompt {
                    self.patience = now + WORK;
                }
            }
            PromptLine::Terminal(_) | PromptLine::Paused | PromptLine::Question | PromptLine::Relay => {
                self.patience = now;
            }
        }
        if let PromptLine::Terminal(Prompt::Gets { text }) = &prompt
            && self.prompt != prompt
            && let Some((above, _)) = text.trim_end_matches('\n').rsplit_once('\n')
        {
            blocks.push(Block::Lines(untrusted::lines(above, false, self.page.lang())));
        }
        let has_note = match blocks.last() {
            Some(last) => matches!(last, Block::Fleeting(_)),
            None => self.screen.has_note(),
        };
        if has_note && Reader::of(&prompt).is_some() {
            // What was under way is done: its note goes, and nothing takes its place.
            blocks.push(Block::Lines(Vec::new()));
        }
        let goes_on = self.terminal.as_ref() == Some(&terminal);
        if prompt != self.prompt || !goes_on {
            let was_busy = self.prompt == PromptLine::Terminal(Prompt::Busy);
            self.is_ahead = prompt == PromptLine::Relay && goes_on && was_busy;
        }
        self.reader = Reader::of(&prompt).or(self.reader);
        self.terminal = Some(terminal);
        self.prompt = prompt;
    }

    /// What was typed for a program that has ended is typed here, before what has been since.
    fn goes_on(&mut self, terminal: &TerminalName, typed: &str) {
        if self.terminal.as_ref() != Some(terminal) {
            return;
        }
        let text: String =
            typed.chars().filter(|char| !char.is_control() || matches!(char, '\n' | '\t')).collect();
        let mut buffer = self.buffer.clone();
        buffer.insert_str(self.begun, &text);
        let (mut cursor, mut begun) = (self.cursor + text.len(), self.begun + text.len());
        while let Some(end) = buffer[..begun].find('\n') {
            self.entered(&buffer[..end]);
            buffer.drain(..=end);
            (cursor, begun) = (cursor - end - 1, begun - end - 1);
        }
        self.keep(&buffer, cursor);
        self.begun = begun;
    }

    /// Bytes of a program that has the terminal no longer: shown as lines.
    fn stray(&mut self, bytes: &[u8], blocks: &mut Vec<Block>) {
        let Some(terminal) = self.terminal.clone() else { return };
        let text = String::from_utf8_lossy(bytes).into_owned();
        let printed =
            Printed { terminal, is_focused: true, kind: OutputKind::Raw, by: None, late: None, text };
        self.print(printed, blocks);
    }
}

/// A note about work under way that something else has followed is not worth showing.
fn drop_fleeting(blocks: &mut Vec<Block>) {
    let last = blocks.len().saturating_sub(1);
    let mut index = 0;
    blocks.retain(|block| {
        index += 1;
        index > last || !matches!(block, Block::Fleeting(_))
    });
}
