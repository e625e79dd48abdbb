//! Three terminals that print, each line with its number, with a rest now and then; and whether all of it is there.

use std::time::Duration;

/// The terminals; the first one is in focus.
pub const SINGERS: [&str; 3] = ["alex", "kate", "moebi"];

/// How many lines each prints before a rest, fifty a second, and how long that takes.
pub const VERSES: usize = 300;
pub const TIME: Duration = Duration::from_secs(6);
/// How often they sing.
pub const ROUNDS: usize = 3;

/// What a terminal's line of that number says; shorter than any screen here is wide.
pub fn verse(singer: &str, number: usize) -> String {
    format!("{singer} τραγουδά {number:04}.")
}

/// Elixir that prints the next ones whenever it is told to. What it prints does not stand in the code itself.
pub fn singer(name: &str) -> String {
    format!(
        "Process.register(spawn(fn -> Enum.each(0..{}, fn n -> if rem(n, {VERSES}) == 0, do: \
         (receive do: (:go -> :ok)); \
         IO.puts(\"{name} τραγ\" <> \"ουδά \" <> String.pad_leading(\"#{{n}}\", 4, \"0\") <> \".\"); \
         Process.sleep(19) end) end), :singer)",
        ROUNDS * VERSES - 1
    )
}

/// Elixir that tells all three, once a round: `TIME` to sing, and half as much to rest.
pub fn conductor() -> String {
    format!(
        "spawn(fn -> for _ <- 1..{ROUNDS}, do: (for name <- [:alex, :kate, :moebi], do: \
         send({{:singer, :\"#{{name}}@localhost\"}}, :go); Process.sleep({})) end); :conducted",
        TIME.as_millis() * 3 / 2
    )
}

/// Each of the first `count` lines is there, once and in order, and none after them; nothing else stands in its row.
#[track_caller]
pub fn is_whole(page: &str, count: usize) {
    for singer in SINGERS {
        let is_mine = |line: &&str| line.contains(&format!("{singer} τραγουδά "));
        let sung: Vec<&str> = page.lines().filter(is_mine).map(str::trim_end).collect();
        let label = if singer == SINGERS[0] { String::new() } else { format!("{singer} │ ") };
        let wanted = (0..count).map(|number| format!("{label}{}", verse(singer, number)));
        let wrong = wanted.clone().zip(&sung).position(|(wanted, sung)| wanted != *sung);
        if wrong.is_some() || sung.len() != count {
            let at = wrong.unwrap_or(sung.len().min(count));
            panic!("{} lines of {singer}; line {at} is {:?} in:\n{page}", sung.len(), sung.get(at));
        }
    }
}
