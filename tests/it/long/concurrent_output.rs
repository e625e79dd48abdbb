//! Three terminals that print, each line with its number, with a rest now and then; and whether all of it is there.

use std::time::Duration;

/// The terminals; the first one is in focus.
pub const PRINTERS: [&str; 3] = ["alex", "kate", "moebi"];

/// How many lines each prints before a rest, fifty a second, and how long that takes.
pub const LINES: usize = 300;
pub const ROUND: Duration = Duration::from_secs(6);
/// How often they print.
pub const ROUNDS: usize = 3;

/// What a terminal's line of that number says; shorter than any screen here is wide.
pub fn line(printer: &str, number: usize) -> String {
    format!("{printer} γράφει {number:04}.")
}

/// Elixir that prints the next ones whenever it is told to. What it prints does not stand in the code itself.
pub fn printer(name: &str) -> String {
    format!(
        "Process.register(spawn(fn -> Enum.each(0..{}, fn n -> if rem(n, {LINES}) == 0, do: \
         (receive do: (:go -> :ok)); \
         IO.puts(\"{name} γρά\" <> \"φει \" <> String.pad_leading(\"#{{n}}\", 4, \"0\") <> \".\"); \
         Process.sleep(19) end) end), :printer)",
        ROUNDS * LINES - 1
    )
}

/// Elixir that tells all three to print, once for each round, as soon as there is a file for it.
pub fn starter() -> String {
    format!(
        "await = fn await, file -> File.exists?(file) || (Process.sleep(20); await.(await, file)) end; \
         spawn(fn -> for n <- 1..{ROUNDS}, do: (await.(await, \"round-#{{n}}\"); for name <- [:alex, :kate, :moebi], do: \
         send({{:printer, :\"#{{name}}@localhost\"}}, :go)) end); :started"
    )
}

/// The file that begins a round, in the folder that the nodes run in.
pub fn file(round: usize) -> String {
    format!("round-{}", round + 1)
}

/// Each of the first `count` lines is there, once and in order, and none after them; nothing else stands in its row.
#[track_caller]
pub fn is_whole(page: &str, count: usize) {
    for printer in PRINTERS {
        let is_mine = |line: &&str| line.contains(&format!("{printer} γράφει "));
        let seen: Vec<&str> = page.lines().filter(is_mine).map(str::trim_end).collect();
        let label = if printer == PRINTERS[0] { String::new() } else { format!("{printer} │ ") };
        let wanted = (0..count).map(|number| format!("{label}{}", line(printer, number)));
        let wrong = wanted.clone().zip(&seen).position(|(wanted, seen)| wanted != *seen);
        if wrong.is_some() || seen.len() != count {
            let at = wrong.unwrap_or(seen.len().min(count));
            panic!("{} lines of {printer}; line {at} is {:?} in:\n{page}", seen.len(), seen.get(at));
        }
    }
}
