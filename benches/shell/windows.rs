//! Other windows onto the lesson: what those cost who work in this one, while a flood runs through two of them.
//!
//! What is taken is what lasts: a flood's beginning is let pass, in which its first lines are drawn, and which could be that of
//! a long text with an end.
//!
//! Raw iex does the same beside two nodes that print into terminals of their own: so much a flood costs on this machine
//! whoever shows it.

use std::{thread, time::Duration};

use anyhow::Result;

use super::{place::Place, screen::Terminal};
use crate::{
    common::samples::{Measure, Pair, heading},
    enter,
};

/// Entered without a flood, and as often with it.
const ENTRIES: u32 = 10;
/// Beside those that are flooded.
const QUIET: usize = 8;
/// Of a flood.
const BEGINNING: Duration = Duration::from_secs(5);
const FLOODED: [&str; 2] = ["kate", "moebi"];
const FLOOD: &str = "Stream.repeatedly(fn -> IO.puts(\"chicken?\") end) |> Stream.run()\r";

pub(crate) struct Windows {
    moebi: Measure,
    iex: Measure,
}

impl Default for Windows {
    fn default() -> Self {
        Self {
            moebi: Measure::new("Moebi, beside ten windows", Some(1.2)),
            iex: Measure::new("iex, beside two others", None),
        }
    }
}

impl Windows {
    pub(crate) fn take(&mut self, place: &Place) -> Result<()> {
        let (alone, beside) = moebi(place)?;
        pair(&mut self.moebi, alone, beside);
        let (alone, beside) = raw(place)?;
        pair(&mut self.iex, alone, beside);
        Ok(())
    }

    pub(crate) fn print(&self) {
        println!(
            "\nEnter to result while two others are flooded\n\n{}aim",
            heading("alone", "beside a flood")
        );
        [&self.moebi, &self.iex].iter().for_each(|measure| println!("{measure}"));
    }
}

fn pair(measure: &mut Measure, alone: Vec<Duration>, beside: Vec<Duration>) {
    for (iex, moebi) in alone.into_iter().zip(beside) {
        measure.take(Pair { iex, moebi });
    }
}

fn moebi(place: &Place) -> Result<(Vec<Duration>, Vec<Duration>)> {
    let command = place.moebi()?;
    let window = |terminal: &str| Terminal::open(place.window(&command, terminal));
    let mut lesson = Terminal::open(command.clone())?;
    lesson.sees("the lesson and a prompt", |shown| shown.ends_with_line("shell $ "))?;
    for name in FLOODED.into_iter().chain(["alex"]) {
        lesson.types(&format!("/{name}\r"))?;
        lesson.sees("another terminal's prompt", |shown| shown.ends_with_line(&format!("{name} $ ")))?;
        lesson.types(&format!("iex --sname {name}@localhost\r"))?;
        sees_prompt(&mut lesson, name, 1)?;
    }
    let alone = entries(&mut lesson, 1)?;
    let mut quiet = Vec::new();
    for _ in 0..QUIET {
        let mut window = window("alex")?;
        sees_prompt(&mut window, "alex", ENTRIES + 1)?;
        quiet.push(window);
    }
    let mut flooded = Vec::new();
    for name in FLOODED {
        let mut window = window(name)?;
        sees_prompt(&mut window, name, 1)?;
        window.types(FLOOD)?;
        window.sees("a flood", |shown| shown.rows.iter().any(|row| row.contains("not shown")))?;
        flooded.push(window);
    }
    thread::sleep(BEGINNING);
    let beside = entries(&mut lesson, ENTRIES + 1)?;
    lesson.leaves("/quit\r")?;
    Ok((alone, beside))
}

fn raw(place: &Place) -> Result<(Vec<Duration>, Vec<Duration>)> {
    let open = |name: &str| -> Result<Terminal> {
        let mut iex = place.iex();
        iex.args(["--sname", &format!("{name}@localhost")]);
        let mut iex = Terminal::open(iex)?;
        sees_prompt(&mut iex, name, 1)?;
        Ok(iex)
    };
    let mut flooded = FLOODED.into_iter().map(open).collect::<Result<Vec<_>>>()?;
    let mut alex = open("alex")?;
    let alone = entries(&mut alex, 1)?;
    for iex in &mut flooded {
        iex.types(FLOOD)?;
        iex.sees("a flood", |shown| {
            shown.rows.iter().filter(|row| row.trim_end() == "chicken?").count() > 30
        })?;
    }
    thread::sleep(BEGINNING);
    let beside = entries(&mut alex, ENTRIES + 1)?;
    alex.leaves("System.halt\r")?;
    Ok((alone, beside))
}

fn sees_prompt(terminal: &mut Terminal, name: &str, number: u32) -> Result<()> {
    let prompt = format!("iex({name}@localhost){number}> ");
    terminal.sees(&prompt, |shown| shown.ends_with_line(&prompt)).map(drop)
}

/// From Enter to each result, the first one at the prompt of that number.
fn entries(terminal: &mut Terminal, first: u32) -> Result<Vec<Duration>> {
    let entry =
        |number: u32| enter(terminal, number, &format!("1000 + {number}"), &(1000 + number).to_string());
    (first..first + ENTRIES).map(entry).map(|entry| entry.map(|entry| entry.result)).collect()
}
