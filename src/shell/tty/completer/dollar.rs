//! At `$`: commands, their flags, nodes' names, files.

use std::thread;

use tokio::sync::{mpsc, oneshot};

use crate::guide::notice::{Candidate, Command};

use super::{Answer, files, fitting, last_word, programs};

const IEX: [(&str, &str); 12] = [
    ("--sname ", "a name for the node: --sname alex@localhost"),
    ("--name ", "a full name for the node: --name alex@127.0.0.1"),
    ("--cookie ", "nodes connect only with equal cookies"),
    ("-S ", "run a script first: iex -S mix"),
    ("--remsh ", "a shell on another node"),
    ("--dot-iex ", "read this file instead of .iex.exs"),
    ("--hidden", "connect without being listed"),
    ("-e ", "evaluate this first"),
    ("-r ", "require this file"),
    ("-pa ", "look for modules in this folder first"),
    ("--version", "which Elixir and which Erlang"),
    ("--help", "every flag"),
];

const ELIXIR: [(&str, &str); 8] = [
    ("--sname ", "a name for the node: --sname alex@localhost"),
    ("--name ", "a full name for the node: --name alex@127.0.0.1"),
    ("--cookie ", "nodes connect only with equal cookies"),
    ("-S ", "run a script: elixir -S mix"),
    ("--no-halt", "stay when the script is done"),
    ("-e ", "evaluate this"),
    ("-r ", "require this file"),
    ("--version", "which Elixir and which Erlang"),
];

const MIX: [(&str, &str); 9] = [
    ("new ", "make a project"),
    ("test ", "run the project's tests"),
    ("compile", "compile the project"),
    ("run ", "run a script in the project"),
    ("format", "lay the code out"),
    ("deps.get", "fetch what the project depends on"),
    ("clean", "delete what was compiled"),
    ("do ", "several tasks, one after the other"),
    ("help ", "every task"),
];

/// What is known at once, and who looks for the rest.
pub fn candidates(
    typed: &str,
    nodes: &[String],
    commands: &mpsc::Sender<Command>,
) -> (Vec<Candidate>, Option<Answer>) {
    let word = last_word(typed);
    let mut before = part(typed).strip_suffix(word).unwrap_or_default().split_whitespace();
    let program = before.next();
    let previous = before.next_back().or(program);
    match (program, previous) {
        (None, _) if !word.contains('/') => (Vec::new(), asked(word.to_owned(), commands.clone(), true)),
        (Some(_), Some("--sname" | "--name" | "--remsh")) => {
            (nodes.iter().filter_map(|node| fitting(word, node, "")).collect(), None)
        }
        (Some("iex"), Some("-S")) | (Some("elixir"), Some("-S")) => {
            (fitting(word, "mix", "the project in this folder").into_iter().collect(), None)
        }
        (Some(program), _) if word.starts_with('-') => (flags(program, word), None),
        (Some("mix"), Some("mix")) => (known(&MIX, word), None),
        (Some(_) | None, _) => (Vec::new(), asked(word.to_owned(), commands.clone(), false)),
    }
}

/// The last of several commands on a line.
fn part(typed: &str) -> &str {
    typed.rsplit(['|', ';', '&']).next().unwrap_or(typed).trim_start()
}

fn flags(program: &str, word: &str) -> Vec<Candidate> {
    match program {
        "iex" => known(&IEX, word),
        "elixir" => known(&ELIXIR, word),
        _ => Vec::new(),
    }
}

fn known(table: &[(&str, &str)], word: &str) -> Vec<Candidate> {
    table.iter().filter_map(|(name, about)| fitting(word, name, about)).collect()
}

/// A folder may be on a disk that sleeps: a thread of its own looks.
fn asked(word: String, commands: mpsc::Sender<Command>, is_first: bool) -> Option<Answer> {
    let (found, answer) = oneshot::channel();
    let look = move || {
        let (reply, folder) = oneshot::channel();
        let is_sent = commands.blocking_send(Command::Folder { reply }).is_ok();
        let folder = if is_sent { folder.blocking_recv().ok() } else { None };
        let list = match folder {
            Some(_) if is_first => programs::candidates(&word),
            Some(folder) => files::candidates(&word, &folder),
            None => Vec::new(),
        };
        // An editor that has moved on listens no more.
        let _ = found.send(list);
    };
    thread::Builder::new().name("completion".into()).spawn(look).ok().map(|_| answer)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(typed: &str) -> Vec<String> {
        let (commands, _) = mpsc::channel(1);
        let nodes = ["alex@localhost".to_owned()];
        candidates(typed, &nodes, &commands).0.into_iter().map(|candidate| candidate.text).collect()
    }

    #[test]
    fn flags_and_names_are_known_at_once() {
        assert_eq!(found("iex --sn"), ["--sname "]);
        assert_eq!(found("iex --sname "), ["alex@localhost"]);
        assert_eq!(found("iex --sname alex@localhost -S "), ["mix"]);
        assert_eq!(found("cd chat && iex --coo"), ["--cookie "]);
        assert_eq!(found("mix te"), ["test "]);
        assert!(found("ls --si").is_empty());
    }
}
