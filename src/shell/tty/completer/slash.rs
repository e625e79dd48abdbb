//! Moebi's own commands, the terminals' names, and the steps that `/goto` goes to.

use crate::{
    guide::notice::Candidate,
    i18n::{Lang, Localized},
    lesson::TerminalName,
    render::help,
    shell::command,
};

use super::{fitting, last_word};

/// The commands that take a terminal's name.
const NAMING: [&str; 3] = ["/open", "/close", "/screen"];

/// What the guide is asked where a step is named.
pub fn step(typed: &str) -> Option<&str> {
    typed.starts_with("/goto ").then_some(typed)
}

/// None where the line is no command of ours.
pub fn candidates(typed: &str, terminals: &[TerminalName], lang: Lang) -> Option<Vec<Candidate>> {
    let (command, word) = match typed.rsplit_once(' ') {
        Some((command, word)) => (Some(command), word),
        None => (None, last_word(typed)),
    };
    match command {
        None if word.starts_with('/') => {
            Some(commands(word, terminals, lang)).filter(|found| !found.is_empty())
        }
        Some(command) if NAMING.contains(&command) => Some(names(word, terminals)),
        Some(_) | None => None,
    }
}

fn commands(word: &str, terminals: &[TerminalName], lang: Lang) -> Vec<Candidate> {
    let own = command::NAMES
        .into_iter()
        .map(|name| (format!("/{name}"), help::about(name).unwrap_or_else(nothing)));
    let focus = terminals.iter().map(|name| (format!("/{name}"), help::focus()));
    own.chain(focus).filter_map(|(name, about)| fitting(word, &name, about.speak(lang))).collect()
}

fn nothing() -> Localized {
    Localized::verbatim("")
}

fn names(word: &str, terminals: &[TerminalName]) -> Vec<Candidate> {
    terminals.iter().filter_map(|name| fitting(word, name.as_str(), "")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(typed: &str) -> Option<Vec<String>> {
        let terminals: Vec<_> =
            ["alex", "kate"].iter().filter_map(|name| TerminalName::parse(name).ok()).collect();
        let found = candidates(typed, &terminals, Lang::En)?;
        Some(found.into_iter().map(|candidate| candidate.text).collect())
    }

    #[test]
    fn commands_and_terminals_are_found() {
        assert_eq!(found("/h"), Some(vec!["/help".into(), "/hint".into()]));
        assert_eq!(found("/ka"), Some(vec!["/kate".into()]));
        assert_eq!(found("/close k"), Some(vec!["kate".into()]));
        assert_eq!(found("/bin"), None, "a file, perhaps");
        assert_eq!(found("Node.l"), None);
        assert_eq!(found("x / k"), None);
        assert_eq!(step("/goto re"), Some("/goto re"));
    }
}
