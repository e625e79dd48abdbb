//! Messages that nobody asked to see: what the bridge in each node, its tracer and the causes that it has the runtime carry
//! cost a program that sends them.
//!
//! The clock is the node's own, so that neither keys nor screens count.

use std::time::Duration;

use anyhow::{Context, Result};

use super::{place::Place, screen::Terminal};
use crate::common::samples::{Measure, Pair, heading_beside};

/// Measured so many times in one round.
const TIMES: u32 = 3;
const SENDS: u32 = 1_000_000;
const TRIPS: u32 = 5_000;

/// In both nodes. Compiled, for what is typed is interpreted and would hide what a message costs. A process that was
/// spawned by one line gets what that line causes, like all that a learner starts.
const MODULE: &str = "defmodule Post do \
    def local(n), do: took(fn -> each(n, self()) end); \
    defp each(0, _), do: :ok; \
    defp each(n, to) do send(to, n); receive do ^n -> each(n - 1, to) end end; \
    def trips(n, to), do: took(fn -> trip(n, to) end); \
    defp trip(0, _), do: :ok; \
    defp trip(n, to) do send(to, {self(), n}); receive do ^n -> trip(n - 1, to) end end; \
    def echo do receive do {from, n} -> send(from, n) end; echo() end; \
    defp took(work), do: elem(:timer.tc(work), 0) end";

struct Sheet {
    sends: Vec<Duration>,
    trips: Vec<Duration>,
}

pub(crate) struct Traffic {
    sends: Measure,
    trips: Measure,
}

impl Default for Traffic {
    fn default() -> Self {
        Self {
            sends: Measure::new("a million sends within a node", Some(1.05)),
            trips: Measure::new("5000 round trips between nodes", Some(1.05)),
        }
    }
}

impl Traffic {
    pub(crate) fn take(&mut self, place: &Place, moebi_first: bool) -> Result<()> {
        let (iex, moebi) = if moebi_first {
            let moebi = moebi(place)?;
            (raw(place)?, moebi)
        } else {
            (raw(place)?, moebi(place)?)
        };
        for (iex, moebi) in iex.sends.into_iter().zip(moebi.sends) {
            self.sends.take(Pair { iex, moebi });
        }
        for (iex, moebi) in iex.trips.into_iter().zip(moebi.trips) {
            self.trips.take(Pair { iex, moebi });
        }
        Ok(())
    }

    pub(crate) fn print(&self) {
        println!("\nMessages while nobody asks for them\n\n{}aim", heading_beside("iex"));
        [&self.sends, &self.trips].iter().for_each(|measure| println!("{measure}"));
    }
}

fn raw(place: &Place) -> Result<Sheet> {
    let open = |name: &str| -> Result<Terminal> {
        let mut iex = place.iex();
        iex.args(["--sname", &format!("{name}@localhost")]);
        let mut iex = Terminal::open(iex)?;
        at(&mut iex, name, 1)?;
        Ok(iex)
    };
    let (mut kate, mut alex) = (open("kate")?, open("alex")?);
    echoes(&mut kate)?;
    let sheet = counts(&mut alex)?;
    alex.leaves("System.halt\r")?;
    kate.leaves("System.halt\r")?;
    Ok(sheet)
}

fn moebi(place: &Place) -> Result<Sheet> {
    let mut moebi = Terminal::open(place.moebi()?)?;
    moebi.sees("the lesson and a prompt", |shown| shown.ends_with_line("shell $ "))?;
    for name in ["kate", "alex"] {
        moebi.types(&format!("/{name}\r"))?;
        moebi.sees("another terminal's prompt", |shown| shown.ends_with_line(&format!("{name} $ ")))?;
        moebi.types(&format!("iex --sname {name}@localhost\r"))?;
        at(&mut moebi, name, 1)?;
        if name == "kate" {
            echoes(&mut moebi)?;
        }
    }
    let sheet = counts(&mut moebi)?;
    moebi.leaves("/quit\r")?;
    Ok(sheet)
}

fn at(terminal: &mut Terminal, name: &str, number: u32) -> Result<()> {
    let prompt = format!("iex({name}@localhost){number}> ");
    terminal.sees(&prompt, |shown| shown.ends_with_line(&prompt)).map(drop)
}

/// At the first prompt of kate: whoever writes to `:echo` is answered.
fn echoes(kate: &mut Terminal) -> Result<()> {
    kate.types(&format!("{MODULE}\r"))?;
    at(kate, "kate", 2)?;
    kate.types("Process.register(spawn(Post, :echo, []), :echo)\r")?;
    at(kate, "kate", 3)
}

/// At the first prompt of alex.
fn counts(alex: &mut Terminal) -> Result<Sheet> {
    alex.types(&format!("{MODULE}\r"))?;
    at(alex, "alex", 2)?;
    // The first one connects, and loads what it needs.
    alex.types("Post.trips(10, {:echo, :kate@localhost})\r")?;
    at(alex, "alex", 3)?;
    let mut sheet = Sheet { sends: Vec::new(), trips: Vec::new() };
    for time in 0..TIMES {
        let number = 3 + 2 * time;
        sheet.sends.push(took(alex, number, &format!("Post.local({SENDS})"))?);
        sheet.trips.push(took(
            alex,
            number + 1,
            &format!("Post.trips({TRIPS}, {{:echo, :kate@localhost}})"),
        )?);
    }
    Ok(sheet)
}

/// What an expression says, at the prompt of that number, that it took.
fn took(alex: &mut Terminal, number: u32, code: &str) -> Result<Duration> {
    let label = format!("took_{number}");
    alex.types(&format!("{{:{label}, {code}}}\r"))?;
    let begins = format!("{{:{label}, ");
    let microseconds = |row: &String| row.trim_end().strip_prefix(&begins)?.strip_suffix('}')?.parse().ok();
    alex.sees(code, |shown| shown.rows.iter().any(|row| microseconds(row).is_some()))?;
    let took = alex.shown().rows.iter().find_map(microseconds).context("it was just seen")?;
    at(alex, "alex", number + 1)?;
    Ok(Duration::from_micros(took))
}
