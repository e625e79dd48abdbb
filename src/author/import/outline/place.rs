//! Terminals, and the host of their nodes.

use std::{collections::BTreeSet, sync::LazyLock};

use regex::Regex;

use crate::{guide::slash_command::COMMANDS, lesson::TerminalName};

use super::{super::markdown::Part, words::slug};

/// Where commands are typed, and where an `iex` without a name runs.
pub(super) const SHELL: &str = "shell";
const IEX: &str = "iex";
/// How many nodes of other hosts are brought to this one.
const MAX_NODES: usize = 16;

/// Gives each node the host that Moebi's nodes have; whether one had another.
pub(super) fn settled(parts: &mut [Part]) -> bool {
    static NODE: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"(?:iex\(|--s?name[ =])([A-Za-z_][\w-]*@)([\w-]+)\b(\.?)").expect("a regex")
    });
    let mut strange = BTreeSet::new();
    for part in parts.iter() {
        if let Part::Code { text, .. } = part {
            let of_others =
                NODE.captures_iter(text).filter(|found| &found[2] != "localhost" && found[3].is_empty());
            strange.extend(of_others.map(|found| (found[1].to_owned(), found[2].to_owned())));
        }
    }
    for part in parts.iter_mut() {
        if let Part::Code { text, .. } = part {
            for (name, host) in strange.iter().take(MAX_NODES) {
                *text = text.replace(&format!("{name}{host}"), &format!("{name}localhost"));
            }
        }
    }
    !strange.is_empty()
}

/// A terminal for a node of that name; the one without a name has its own.
pub(super) fn terminal(node: Option<&str>) -> TerminalName {
    let short = node.map_or(IEX, |node| node.split('@').next().unwrap_or(node));
    let name = slug(short, 24);
    let taken = ["write", "edit", "choose", "close", "kill", "pause", "resume", "cut", "heal", "node", SHELL];
    let is_taken = taken.contains(&name.as_str()) || name.is_empty() || is_command(&name);
    let name = if is_taken { format!("node-{name}") } else { name };
    TerminalName::parse(name.trim_end_matches('-')).unwrap_or_else(|_| named(IEX))
}

fn is_command(word: &str) -> bool {
    COMMANDS.iter().any(|command| command.name == Some(word))
}

pub(super) fn named(name: &str) -> TerminalName {
    TerminalName::parse(name).expect("it is a name")
}
