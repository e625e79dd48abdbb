//! Moebi's own commands and the terminals' names.

use crate::{
    guide::{command::Candidate, slash_command},
    i18n::Lang,
    lesson::TerminalName,
};

use super::{fitting, last_word};

/// None where the line is no command of ours.
pub(super) fn commands(typed: &str, terminals: &[TerminalName], lang: Lang) -> Option<Vec<Candidate>> {
    let word = last_word(typed);
    if typed.contains(' ') || !word.starts_with('/') {
        return None;
    }
    let all = slash_command::spellings(terminals);
    let candidate = |(name, command): (&str, &slash_command::SlashCommand)| {
        fitting(word, &format!("/{name}"), (command.help)().speak(lang))
    };
    Some(all.into_iter().filter_map(candidate).collect()).filter(|found: &Vec<_>| !found.is_empty())
}

pub(super) fn terminals(word: &str, terminals: &[TerminalName]) -> Vec<Candidate> {
    terminals.iter().filter_map(|name| fitting(word, name.as_str(), "")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names() -> [TerminalName; 2] {
        ["alex", "kate"].map(|name| TerminalName::parse(name).expect("a name"))
    }

    fn found(typed: &str) -> Option<Vec<String>> {
        let found = commands(typed, &names(), Lang::En)?;
        Some(found.into_iter().map(|candidate| candidate.text).collect())
    }

    #[test]
    fn commands_and_terminals_are_found() {
        assert_eq!(found("/h"), Some(vec!["/help".into(), "/hint".into(), "/heal".into()]));
        assert_eq!(found("/ka"), Some(vec!["/kate".into()]));
        assert_eq!(found("/bin"), None, "a file, perhaps");
        assert_eq!(found("Node.l"), None);
        assert_eq!(found("x / k"), None);
        let about = commands("/ka", &names(), Lang::El).and_then(|mut found| found.pop());
        assert_eq!(about.expect("one").about, "από εδώ και πέρα γράφεις σε εκείνο το τερματικό");
    }

    #[test]
    fn a_terminal_is_found_behind_a_command() {
        let found: Vec<_> = terminals("k", &names()).into_iter().map(|candidate| candidate.text).collect();
        assert_eq!(found, ["kate"]);
        assert_eq!(terminals("", &names()).len(), 2);
    }
}
