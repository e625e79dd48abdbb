//! How far a setup has come.

use std::io::{IsTerminal, Write, stderr};

use indicatif::{ProgressBar, ProgressStyle};

use crate::words::{Lang, Words};

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Progress {
    /// A line that stays.
    Say(Words),
    /// This much of what is being fetched is here: 0 to 100.
    Fetched { percent: u8 },
}

/// Shows it on standard error: a bar on a terminal, else plain lines, one for each quarter.
pub struct Display {
    lang: Lang,
    bar: Option<ProgressBar>,
    quarter: u8,
}

impl Display {
    pub fn new(lang: Lang) -> Self {
        Self { lang, bar: stderr().is_terminal().then(bar), quarter: 0 }
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
        match &self.bar {
            Some(bar) => bar.suspend(|| line_out(line)),
            None => line_out(line),
        }
    }

    fn fetched(&mut self, percent: u8) {
        match &self.bar {
            Some(bar) if percent < 100 => bar.set_position(percent.into()),
            Some(bar) => bar.reset(),
            None if percent / 25 > self.quarter => {
                self.quarter = percent / 25;
                line_out(&format!("  {percent} %"));
            }
            None => {}
        }
    }
}

impl Drop for Display {
    fn drop(&mut self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}

fn bar() -> ProgressBar {
    let style =
        ProgressStyle::with_template("  {wide_bar} {percent} %").expect("the template is well-formed");
    ProgressBar::new(100).with_style(style)
}

/// A closed standard error is no reason to stop a setup.
fn line_out(line: &str) {
    let _ = writeln!(stderr(), "{line}");
}
