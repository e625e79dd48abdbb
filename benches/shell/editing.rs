//! Typing in the middle of a long buffer: Moebi's editor beside a reedline with nothing of ours in it.
//!
//! The bench runs itself again inside the pseudo-terminal, as the one or the other.

use std::{env, io, time::Duration};

use anyhow::{Context, Result, bail};
use moebi::{
    guide::command::Command,
    lesson::{Lang, Prompt, TerminalName},
    render::Palette,
    session::notice::{Notice, PromptLine},
    shell::{self, Bindings, Options, Shell, Surface},
};
use portable_pty::CommandBuilder;
use reedline::{DefaultPrompt, DefaultPromptSegment, Reedline, Signal};

use super::screen::Terminal;
use crate::common::samples::{Measure, Pair, heading_beside};

const ROLE: &str = "MOEBI_BENCH_EDITOR";
const LINES: usize = 50;
/// All of the buffer is on the screen.
const ROWS: u16 = 60;
/// Keys that are typed in one round.
const KEYS: &str = "Node.list(:known)";
/// A screen shows no more than sixty pictures a second.
const FRAME: Duration = Duration::from_millis(16);

/// Inside the pseudo-terminal, this is the program; true where it was.
pub(crate) fn play() -> Result<bool> {
    match env::var(ROLE).ok().as_deref() {
        None => return Ok(false),
        Some("reedline") => bare()?,
        Some("moebi") => ours()?,
        Some(other) => bail!("there is no editor {other}"),
    }
    Ok(true)
}

fn bare() -> Result<()> {
    let segment = |text: &str| DefaultPromptSegment::Basic(text.to_owned());
    let prompt = DefaultPrompt::new(segment("iex(alex@localhost)1"), DefaultPromptSegment::Empty);
    let mut editor = Reedline::create().use_bracketed_paste(true);
    // Only Ctrl-D ends it.
    while !matches!(editor.read_line(&prompt)?, Signal::CtrlD) {}
    Ok(())
}

/// With a guide that takes no line, and whose node never answers what is asked.
fn ours() -> Result<()> {
    let options = Options {
        keys: Bindings::Emacs,
        palette: Palette::COLOURED,
        lang: Lang::En,
        history: None,
        observer: None,
    };
    let Shell { notices, mut commands, thread } =
        shell::start(Surface::detect(false), options).map_err(anyhow::Error::msg)?;
    let terminal = TerminalName::parse("alex").map_err(|_| io::Error::other("a bad name"))?;
    let prompt = PromptLine::Terminal(Prompt::Iex { text: "iex(alex@localhost)1> ".into() });
    notices.blocking_send(Notice::Prompt { terminal, prompt })?;
    let mut unanswered = Vec::new();
    while let Some(command) = commands.blocking_recv() {
        match command {
            Command::Complete { reply, .. } => unanswered.push(reply),
            Command::Quit => break,
            // Nothing else is asked for.
            _ => {}
        }
    }
    drop(notices);
    thread.join().map_err(|_| io::Error::other("the shell has panicked"))?;
    Ok(())
}

#[derive(Debug)]
pub(crate) struct Editing {
    keys: Measure,
    completing: Measure,
}

impl Default for Editing {
    fn default() -> Self {
        Self {
            keys: Measure::new("key to repaint", None),
            completing: Measure::new("the same, a completion under way", None),
        }
    }
}

impl Editing {
    /// One round of both.
    pub(crate) fn take(&mut self, moebi_first: bool) -> Result<()> {
        let (bare, ours) = if moebi_first {
            let ours = typed("moebi")?;
            (typed("reedline")?, ours)
        } else {
            (typed("reedline")?, typed("moebi")?)
        };
        for (measure, bare, ours) in
            [(&mut self.keys, &bare.0, ours.0), (&mut self.completing, &bare.0, ours.1)]
        {
            bare.iter().zip(ours).for_each(|(bare, ours)| measure.take(Pair { iex: *bare, moebi: ours }));
        }
        Ok(())
    }

    pub(crate) fn print(&self) {
        println!("\nIn the middle of a buffer of {LINES} lines\n\n{}", heading_beside("reedline"));
        for measure in [&self.keys, &self.completing] {
            let verdict = if measure.ours() <= FRAME { "within" } else { "more than" };
            println!("{measure}{verdict} a frame of {} ms", FRAME.as_millis());
        }
    }
}

/// How long each key took to show: by themselves, and after a Tab that nobody answers.
fn typed(role: &str) -> Result<(Vec<Duration>, Vec<Duration>)> {
    let mut program = CommandBuilder::new(env::current_exe().context("where this bench is")?);
    program.env(ROLE, role);
    program.env("TERM", "xterm-256color");
    program.env_remove("NO_COLOR");
    let mut terminal = Terminal::open_with(program, ROWS)?;
    terminal.sees("a prompt", |shown| shown.before_cursor() == "iex(alex@localhost)1> ")?;
    let lines = code();
    terminal.types(&format!("\x1b[200~{}\x1b[201~", lines.join("\r")))?;
    terminal.sees("the paste", |shown| shown.before_cursor().ends_with(&lines[LINES - 1]))?;
    terminal.types(&"\x1b[A".repeat(LINES / 2))?;
    terminal.types("\x05")?;
    let mut line = lines[LINES - 1 - LINES / 2].clone();
    terminal.sees("the middle", |shown| shown.before_cursor().ends_with(&line))?;
    let alone = keys(&mut terminal, &mut line)?;
    if role == "moebi" {
        terminal.types("\t")?;
    }
    let completing = keys(&mut terminal, &mut line)?;
    terminal.types("\x03")?;
    terminal.sees("an empty line", |shown| shown.before_cursor() == "iex(alex@localhost)1> ")?;
    terminal.leaves("\x04")?;
    Ok((alone, completing))
}

fn keys(terminal: &mut Terminal, line: &mut String) -> Result<Vec<Duration>> {
    let mut took = Vec::new();
    for key in KEYS.chars() {
        line.push(key);
        let typed = terminal.types(key.encode_utf8(&mut [0; 4]))?;
        took.push(terminal.sees(line, |shown| shown.before_cursor().ends_with(line.as_str()))? - typed);
    }
    Ok(took)
}

/// A module as a learner might paste it.
fn code() -> Vec<String> {
    let function = |n: usize| {
        [
            format!("  def reply_{n}(from, question) do"),
            format!("    send(from, {{:answer, {n}, \"#{{question}} — ναι\"}})"),
            "    # And so on.".to_owned(),
            "    %{from: from, at: node(), known: [:alex, :kate]}".to_owned(),
            "  end".to_owned(),
            String::new(),
        ]
    };
    let functions = (1..=8).flat_map(function);
    ["defmodule Moebi do".to_owned()].into_iter().chain(functions).chain(["end".to_owned()]).collect()
}
