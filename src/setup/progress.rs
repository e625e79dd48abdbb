//! How far a setup has come.

use std::io::{IsTerminal, Write, stderr};

use indicatif::{ProgressBar, ProgressStyle};

use crate::i18n::{Lang, Localized};

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Progress {
    /// A line that stays.
    Say(Localized),
    /// This much of what is being fetched is here: 0 to 100.
    Fetched { percent: u8 },
}

/// Shows it on standard error: a bar on a terminal, else plain lines, one for each quarter.
pub struct Display {
    lang: Lang,
    is_terminal: bool,
    /// While something is being fetched.
    bar: Option<Bar>,
    quarter: u8,
}

impl Display {
    pub fn new(lang: Lang) -> Self {
        Self { lang, is_terminal: stderr().is_terminal(), bar: None, quarter: 0 }
    }

    pub fn show(&mut self, progress: Progress) {
        match progress {
            Progress::Say(line) => self.say(line.speak(self.lang)),
            Progress::Fetched { percent } => self.fetched(percent),
        }
    }

    /// A new line begins a new count.
    fn say(&mut self, line: &str) {
        self.quarter = 0;
        self.bar = None;
        line_out(line);
    }

    fn fetched(&mut self, percent: u8) {
        if self.is_terminal {
            self.bar.get_or_insert_with(Bar::new).0.set_position(percent.into());
        } else if percent / 25 > self.quarter {
            self.quarter = percent / 25;
            line_out(&format!("  {percent} %"));
        }
    }
}

/// It goes from the screen when it is dropped.
struct Bar(ProgressBar);

impl Bar {
    fn new() -> Self {
        let style =
            ProgressStyle::with_template("  {wide_bar} {percent} %").expect("the template is well-formed");
        Self(ProgressBar::new(100).with_style(style))
    }
}

impl Drop for Bar {
    fn drop(&mut self) {
        self.0.finish_and_clear();
    }
}

/// A closed standard error is no reason to stop a setup.
fn line_out(line: &str) {
    let _ = writeln!(stderr(), "{line}");
}
