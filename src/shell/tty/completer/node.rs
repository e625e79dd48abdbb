//! What the focused node is asked.

use crate::{guide::command::Candidate, i18n::Lang, shell::messages};

/// No name is longer, and a frame takes no more than 64 KB.
const MAX_TEXT: usize = 4096;

/// As much of the text before the cursor as a node needs.
pub(super) fn tail(typed: &str) -> &str {
    let mut from = typed.len().saturating_sub(MAX_TEXT);
    while !typed.is_char_boundary(from) {
        from += 1;
    }
    &typed[from..]
}

/// Nodes of the lesson as atoms: a node knows only those that it has met.
pub(super) fn nodes(typed: &str, nodes: &[String], lang: Lang) -> Vec<Candidate> {
    let Some(word) = atom(typed) else { return Vec::new() };
    let found = nodes.iter().filter(|node| is_plain(node)).map(|node| format!(":{node}"));
    found
        .filter(|atom| atom.starts_with(word))
        .map(|atom| Candidate {
            back: word.len(),
            label: atom.clone(),
            text: atom,
            about: messages::node_of_lesson().speak(lang).to_owned(),
        })
        .collect()
}

/// An atom that has just been begun: `:ka`.
fn atom(typed: &str) -> Option<&str> {
    let is_part = |c: char| c.is_alphanumeric() || matches!(c, '_' | '@' | '.');
    let word = typed.trim_end_matches(is_part);
    let before = word.strip_suffix(':')?;
    let is_other = before.ends_with(|c: char| c.is_alphanumeric() || c == ':');
    (!is_other).then(|| &typed[before.len()..])
}

fn is_plain(node: &str) -> bool {
    node.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '@'))
        && node.starts_with(|c: char| c.is_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_node_is_offered_where_an_atom_begins() {
        let names = ["kate@localhost".to_owned(), "alex@localhost".to_owned()];
        let found =
            |typed| nodes(typed, &names, Lang::En).into_iter().map(|found| found.text).collect::<Vec<_>>();
        assert_eq!(found("Node.spawn(:ka"), [":kate@localhost"]);
        assert_eq!(found("Node.ping(:").len(), 2);
        assert!(found("x ? a:k").is_empty() && found("A::").is_empty() && found("ka").is_empty());
        assert_eq!(found("Node.ping :kate@lo"), [":kate@localhost"]);
    }

    #[test]
    fn only_the_end_of_a_long_text_is_asked_about() {
        let long = "ά".repeat(5000);
        assert!(tail(&long).len() <= MAX_TEXT && !tail(&long).is_empty());
        assert_eq!(tail("x"), "x");
    }
}
