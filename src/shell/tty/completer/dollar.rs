//! At `$`: commands, their flags, nodes' names, files.

use std::thread;

use tokio::sync::{mpsc, oneshot};

use crate::{
    guide::command::{Candidate, Command},
    i18n::{Lang, Localized},
    shell::messages,
};

use super::{Answer, files, fitting, last_word, programs};

type About = fn() -> Localized;

const IEX: [(&str, About); 12] = [
    ("--sname ", messages::flag_sname),
    ("--name ", messages::flag_name),
    ("--cookie ", messages::flag_cookie),
    ("-S ", messages::flag_script_iex),
    ("--remsh ", messages::flag_remsh),
    ("--dot-iex ", messages::flag_dot_iex),
    ("--hidden", messages::flag_hidden),
    ("-e ", messages::flag_eval),
    ("-r ", messages::flag_require),
    ("-pa ", messages::flag_path),
    ("--version", messages::flag_version),
    ("--help", messages::flag_help),
];

const ELIXIR: [(&str, About); 8] = [
    ("--sname ", messages::flag_sname),
    ("--name ", messages::flag_name),
    ("--cookie ", messages::flag_cookie),
    ("-S ", messages::flag_script),
    ("--no-halt", messages::flag_no_halt),
    ("-e ", messages::flag_eval_only),
    ("-r ", messages::flag_require),
    ("--version", messages::flag_version),
];

const MIX: [(&str, About); 9] = [
    ("new ", messages::mix_new),
    ("test ", messages::mix_test),
    ("compile", messages::mix_compile),
    ("run ", messages::mix_run),
    ("format", messages::mix_format),
    ("deps.get", messages::mix_deps),
    ("clean", messages::mix_clean),
    ("do ", messages::mix_do),
    ("help ", messages::mix_help),
];

/// What is known at once, and who looks for the rest.
pub(super) fn candidates(
    typed: &str,
    nodes: &[String],
    lang: Lang,
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
        (Some("iex" | "elixir"), Some("-S")) => {
            (fitting(word, "mix", messages::script_mix().speak(lang)).into_iter().collect(), None)
        }
        (Some(program), _) if word.starts_with('-') => (flags(program, word, lang), None),
        (Some("mix"), Some("mix")) => (known(&MIX, word, lang), None),
        (Some(_) | None, _) => (Vec::new(), asked(word.to_owned(), commands.clone(), false)),
    }
}

/// The last of several commands on a line.
fn part(typed: &str) -> &str {
    typed.rsplit(['|', ';', '&']).next().unwrap_or(typed).trim_start()
}

fn flags(program: &str, word: &str, lang: Lang) -> Vec<Candidate> {
    match program {
        "iex" => known(&IEX, word, lang),
        "elixir" => known(&ELIXIR, word, lang),
        _ => Vec::new(),
    }
}

fn known(table: &[(&str, About)], word: &str, lang: Lang) -> Vec<Candidate> {
    table.iter().filter_map(|(name, about)| fitting(word, name, about().speak(lang))).collect()
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
        candidates(typed, &nodes, Lang::En, &commands).0.into_iter().map(|candidate| candidate.text).collect()
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
