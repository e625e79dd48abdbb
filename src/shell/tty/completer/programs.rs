//! Programs on the PATH, which are looked for once.

use std::{collections::BTreeSet, env, sync::OnceLock};

use crate::guide::command::Candidate;

use super::fitting;

/// More on one PATH are not looked at.
const MAX_PROGRAMS: usize = 20_000;

/// Before the rest: what a lesson needs.
const OURS: [&str; 3] = ["elixir", "iex", "mix"];

/// Programs that begin with the word. The first call reads the folders of the PATH.
pub(super) fn candidates(word: &str) -> Vec<Candidate> {
    static PROGRAMS: OnceLock<BTreeSet<String>> = OnceLock::new();
    if word.is_empty() {
        return OURS.iter().filter_map(|name| fitting(word, &format!("{name} "), "")).collect();
    }
    let programs = PROGRAMS.get_or_init(programs);
    programs
        .range(word.to_owned()..)
        .take_while(|name| name.starts_with(word))
        .filter_map(|name| fitting(word, &format!("{name} "), ""))
        .collect()
}

fn programs() -> BTreeSet<String> {
    let path = env::var_os("PATH").unwrap_or_default();
    let found = env::split_paths(&path)
        .filter_map(|folder| folder.read_dir().ok())
        .flatten()
        .filter_map(Result::ok)
        .filter_map(|entry| entry.file_name().into_string().ok())
        .take(MAX_PROGRAMS);
    found.chain(OURS.map(str::to_owned)).chain(["cd".to_owned()]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn programs_are_found_by_their_beginning() {
        assert!(candidates("ie").iter().any(|found| found.text == "iex "));
        assert!(candidates("no-such-program").is_empty());
    }
}
