//! Moebi beside raw iex, in the same run, each in a real pseudo-terminal: what a person at the keyboard waits for; what
//! a relay costs that does nothing; the editor beside a bare reedline; messages within a node and between two; and what
//! ten windows cost, two of them flooded.
//!
//! Each round measures both, Moebi first in every other one, so that whatever else the machine does hits both alike.
//! Nothing here fails for being slow; the aims stand beside the ratios, for a person to read.
//!
//!     cargo bench                 # 10 rounds
//!     cargo bench -- 30           # as many as you like, up to 100
//!     cargo bench --bench shell -- traffic 3
//!                                 # one part: prompt, traffic or windows

mod common;
mod shell {
    pub(crate) mod editing;
    pub(crate) mod place;
    pub(crate) mod screen;
    pub(crate) mod traffic;
    pub(crate) mod windows;
}

use std::time::{Duration, Instant};

use anyhow::Result;
use common::samples::{Measure, Pair, heading, heading_beside};
use portable_pty::CommandBuilder;
use shell::{
    editing::{self, Editing},
    place::Place,
    screen::Terminal,
    traffic::Traffic,
    windows::Windows,
};

const ROUNDS: usize = 10;
const MAX_ROUNDS: usize = 100;

/// Expressions of a kind that are entered in one round.
const EXPRESSIONS: u32 = 5;

/// The first step's title.
const LESSON: &str = "A runtime without a name";

const NODE: &str = "iex --sname alex@localhost";

/// What one side took in one round.
struct Sheet {
    start: Duration,
    node: Duration,
    /// Of each expression, in the order of entering.
    sums: Vec<Entry>,
    lists: Vec<Entry>,
}

struct Entry {
    /// From each key to its echo.
    keys: Vec<Duration>,
    result: Duration,
    prompt: Duration,
}

fn main() -> Result<()> {
    if editing::play()? {
        return Ok(());
    }
    let place = Place::new()?;
    // The first start compiles the bridge and warms the file cache.
    moebi(&place)?;
    raw(&place)?;
    let (rounds, is_wanted) = (rounds(), wanted());
    let mut measures = Measures::default();
    let mut relay = Results::default();
    let mut editing = Editing::default();
    let (mut traffic, mut windows) = (Traffic::default(), Windows::default());
    for round in 0..rounds {
        let moebi_first = round % 2 == 0;
        if is_wanted("prompt") {
            let (iex, moebi) = played(&place, moebi_first)?;
            measures.take(&iex, &moebi);
            relay.take(&iex, &relayed(&place)?);
            editing.take(moebi_first)?;
        }
        if is_wanted("traffic") {
            traffic.take(&place, moebi_first)?;
        }
        if is_wanted("windows") {
            windows.take(&place)?;
        }
    }
    print_head(&place, rounds);
    if is_wanted("prompt") {
        println!("{}aim", heading_beside("iex"));
        measures.all().iter().for_each(|measure| println!("{measure}"));
        println!("\nA program that only passes bytes on\n\n{}", heading("iex", "in script"));
        relay.all().iter().for_each(|measure| println!("{measure}"));
        editing.print();
    }
    if is_wanted("traffic") {
        traffic.print();
    }
    if is_wanted("windows") {
        windows.print();
    }
    Ok(())
}

/// Whether a part is; all of them are where none is named.
fn wanted() -> impl Fn(&str) -> bool {
    let named: Vec<String> =
        std::env::args().skip(1).filter(|word| word.starts_with(char::is_alphabetic)).collect();
    move |part| named.is_empty() || named.iter().any(|word| word == part)
}

/// `cargo bench` passes `--bench`; without it this is only to see that the bench works.
fn rounds() -> usize {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let wanted = arguments.iter().find_map(|argument| argument.parse().ok());
    let usual = if arguments.iter().any(|argument| argument == "--bench") { ROUNDS } else { 1 };
    wanted.unwrap_or(usual).clamp(1, MAX_ROUNDS)
}

/// Raw iex's sheet and Moebi's.
fn played(place: &Place, moebi_first: bool) -> Result<(Sheet, Sheet)> {
    if moebi_first {
        let moebi = moebi(place)?;
        return Ok((raw(place)?, moebi));
    }
    Ok((raw(place)?, moebi(place)?))
}

fn raw(place: &Place) -> Result<Sheet> {
    let mut iex = Terminal::open(place.iex())?;
    iex.sees("iex's prompt", |shown| shown.ends_with_line("iex(1)> "))?;
    let start = echo(&mut iex, "iex(1)> 1")? - iex.began();
    iex.leaves("\u{8}System.halt\r")?;
    typed_into(place.sh(), start)
}

fn relayed(place: &Place) -> Result<Sheet> {
    typed_into(place.relay(), Duration::ZERO)
}

fn typed_into(sh: CommandBuilder, start: Duration) -> Result<Sheet> {
    let mut sh = Terminal::open(sh)?;
    sh.sees("the shell's prompt", |shown| shown.ends_with_line("$ "))?;
    let sheet = node(&mut sh, "$ ", start)?;
    sh.types("System.halt\r")?;
    sh.sees("the shell again", |shown| shown.ends_with_line("$ "))?;
    sh.leaves("exit\r")?;
    Ok(sheet)
}

fn moebi(place: &Place) -> Result<Sheet> {
    let mut moebi = Terminal::open(place.moebi()?)?;
    moebi.sees("the lesson and a prompt", |shown| {
        shown.rows.iter().any(|row| row.contains(LESSON)) && shown.ends_with_line("shell $ ")
    })?;
    let start = echo(&mut moebi, "shell $ /")? - moebi.began();
    moebi.types("alex\r")?;
    moebi.sees("another terminal's prompt", |shown| shown.ends_with_line("alex $ "))?;
    let sheet = node(&mut moebi, "alex $ ", start)?;
    moebi.leaves("/quit\r")?;
    Ok(sheet)
}

/// Types the last key of this line, and says when it showed.
fn echo(terminal: &mut Terminal, line: &str) -> Result<Instant> {
    terminal.types(&line[line.len() - 1..])?;
    terminal.sees(line, |shown| shown.ends_with_line(line))
}

/// Starts a node at a shell's prompt, and works in it.
fn node(terminal: &mut Terminal, dollar: &str, start: Duration) -> Result<Sheet> {
    types(terminal, dollar, NODE)?;
    let entered = terminal.types("\r")?;
    let usable = terminal.sees("the node's prompt", |shown| shown.ends_with_line(&prompt(1)))?;
    let mut sums = Vec::new();
    for n in 1..=EXPRESSIONS {
        sums.push(enter(terminal, n, &format!("1000 + {n}"), &format!("{}", 1000 + n))?);
    }
    let mut lists = Vec::new();
    for n in 1..=EXPRESSIONS {
        let list: Vec<_> = (n..n + 5).map(|number| number.to_string()).collect();
        let code = format!("Enum.to_list({n}..{})", n + 4);
        lists.push(enter(terminal, EXPRESSIONS + n, &code, &format!("[{}]", list.join(", ")))?);
    }
    Ok(Sheet { start, node: usable - entered, sums, lists })
}

fn prompt(number: u32) -> String {
    format!("iex(alex@localhost){number}> ")
}

/// Key by key; how long each took to show.
fn types(terminal: &mut Terminal, prompt: &str, text: &str) -> Result<Vec<Duration>> {
    let mut took = Vec::new();
    let mut line = prompt.to_owned();
    for key in text.chars() {
        line.push(key);
        let typed = terminal.types(key.encode_utf8(&mut [0; 4]))?;
        took.push(terminal.sees(&line, |shown| shown.ends_with_line(&line))? - typed);
    }
    Ok(took)
}

/// Types an expression at the prompt of that number; its result is on no other line.
fn enter(terminal: &mut Terminal, number: u32, code: &str, result: &str) -> Result<Entry> {
    let keys = types(terminal, &prompt(number), code)?;
    let entered = terminal.types("\r")?;
    let shown = terminal.sees(result, |shown| shown.has(result))?;
    let prompted = terminal.sees("the next prompt", |shown| shown.ends_with_line(&prompt(number + 1)))?;
    Ok(Entry { keys, result: shown - entered, prompt: prompted - entered })
}

/// From Enter to an expression's result.
struct Results {
    sum: Measure,
    list: Measure,
}

struct Measures {
    start: Measure,
    node: Measure,
    results: Results,
    sum_prompt: Measure,
    list_prompt: Measure,
    keys: Measure,
}

impl Default for Results {
    fn default() -> Self {
        Self {
            sum: Measure::new("1 + 1, Enter to result", Some(1.1)),
            list: Measure::new("Enum.to_list(1..5), Enter to result", Some(1.1)),
        }
    }
}

impl Results {
    fn take(&mut self, iex: &Sheet, other: &Sheet) {
        for (iex, other) in iex.sums.iter().zip(&other.sums) {
            self.sum.take(Pair { iex: iex.result, moebi: other.result });
        }
        for (iex, other) in iex.lists.iter().zip(&other.lists) {
            self.list.take(Pair { iex: iex.result, moebi: other.result });
        }
    }

    fn all(&self) -> [&Measure; 2] {
        [&self.sum, &self.list]
    }
}

impl Default for Measures {
    fn default() -> Self {
        Self {
            start: Measure::new("start to a prompt that takes input", Some(0.1)),
            node: Measure::new("Enter to a usable node", Some(1.05)),
            results: Results::default(),
            sum_prompt: Measure::new("1 + 1, Enter to next prompt", None),
            list_prompt: Measure::new("Enum.to_list(1..5), to next prompt", None),
            keys: Measure::new("key to echo", None),
        }
    }
}

impl Measures {
    fn take(&mut self, iex: &Sheet, moebi: &Sheet) {
        self.start.take(Pair { iex: iex.start, moebi: moebi.start });
        self.node.take(Pair { iex: iex.node, moebi: moebi.node });
        self.results.take(iex, moebi);
        for (iex, moebi) in iex.sums.iter().zip(&moebi.sums) {
            self.sum_prompt.take(Pair { iex: iex.prompt, moebi: moebi.prompt });
        }
        for (iex, moebi) in iex.lists.iter().zip(&moebi.lists) {
            self.list_prompt.take(Pair { iex: iex.prompt, moebi: moebi.prompt });
        }
        let entries = iex.sums.iter().chain(&iex.lists).zip(moebi.sums.iter().chain(&moebi.lists));
        for (iex, moebi) in entries.flat_map(|(iex, moebi)| iex.keys.iter().zip(&moebi.keys)) {
            self.keys.take(Pair { iex: *iex, moebi: *moebi });
        }
    }

    fn all(&self) -> [&Measure; 7] {
        let Self { start, node, results: Results { sum, list }, sum_prompt, list_prompt, keys } = self;
        [start, node, sum, sum_prompt, list, list_prompt, keys]
    }
}

fn print_head(place: &Place, rounds: usize) {
    let moebi::cluster::Runtime { elixir, otp, .. } = &place.environment.elixir;
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    println!("\nElixir {elixir}, OTP {otp}, {cores} cores, {rounds} rounds");
    println!(
        "Milliseconds: median (where the middle half lies). Ratio: median of Moebi : iex, taken pair by pair.\n"
    );
}
