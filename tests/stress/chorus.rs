//! Three terminals that print all the time, each line with its number; and whether all of it is there.

use std::time::Duration;

/// The terminals; the first one is in focus.
pub const SINGERS: [&str; 3] = ["alex", "kate", "moebi"];

/// How many lines each prints, fifty a second, and how long that takes.
pub const VERSES: usize = 500;
pub const TIME: Duration = Duration::from_secs(10);

/// What a terminal's line of that number says; shorter than any screen here is wide.
pub fn verse(singer: &str, number: usize) -> String {
    format!("{singer} τραγουδά {number:04}.")
}

/// Elixir that prints them once it is told to. What it prints does not stand in the code itself.
pub fn singer(name: &str) -> String {
    format!(
        "Process.register(spawn(fn -> receive do: (:go -> :ok); for n <- 0..{} do \
         IO.puts(\"{name} τραγ\" <> \"ουδά \" <> String.pad_leading(\"#{{n}}\", 4, \"0\") <> \".\"); \
         Process.sleep(19) end end), :singer)",
        VERSES - 1
    )
}

/// Elixir that tells all three.
pub const CONDUCTOR: &str =
    "for name <- [:alex, :kate, :moebi], do: send({:singer, :\"#{name}@localhost\"}, :go)";

/// Every line is there, once and in order; nothing else stands in its row.
#[track_caller]
pub fn is_whole(page: &str) {
    for singer in SINGERS {
        let is_mine = |line: &&str| line.contains(&format!("{singer} τραγουδά "));
        let sung: Vec<&str> = page.lines().filter(is_mine).map(str::trim_end).collect();
        let label = if singer == SINGERS[0] { String::new() } else { format!("{singer} │ ") };
        let wanted = (0..VERSES).map(|number| format!("{label}{}", verse(singer, number)));
        let wrong = wanted.clone().zip(&sung).position(|(wanted, sung)| wanted != *sung);
        if wrong.is_some() || sung.len() != VERSES {
            let at = wrong.unwrap_or(sung.len().min(VERSES));
            panic!("{} lines of {singer}; line {at} is {:?} in:\n{page}", sung.len(), sung.get(at));
        }
    }
}
