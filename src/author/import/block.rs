//! What a block of code says by itself: what is typed where, what is shown, which file it is.

use std::sync::LazyLock;

use regex::Regex;

/// What is done in a block, in its order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Action {
    /// At a prompt of IEx; none is a runtime without a name.
    Type { node: Option<String>, code: String, shown: Vec<String> },
    /// At `$`.
    Command { text: String, shown: Vec<String> },
    /// What stands at a prompt and is no input.
    Seen { node: Option<String>, text: String },
    /// Elixir without a prompt: a file, or a part of one.
    Code { path: Option<String>, text: String },
    /// An error, without what brought it about.
    Failure(Vec<String>),
}

/// Programs by which a line is known for a command.
const PROGRAMS: &[&str] = &[
    "iex", "mix", "elixir", "elixirc", "erl", "epmd", "rebar3", "cd", "mkdir", "touch", "rm", "cp", "mv",
    "ls", "cat", "echo", "export", "git", "curl", "asdf", "brew", "sudo", "apt", "apt-get", "docker", "pwd",
    "chmod",
];

fn regex(text: &str) -> Regex {
    Regex::new(text).expect("it is a regular expression")
}

static PROMPT: LazyLock<Regex> = LazyLock::new(|| regex(r"^\s*iex(?:\(([^)\s]*)\))?\d*>(?:\s(.*))?$"));
static MORE: LazyLock<Regex> = LazyLock::new(|| regex(r"^\s*\.\.\.(?:\([^)\s]*\))?\d*>(?:\s(.*))?$"));
static DOLLAR: LazyLock<Regex> = LazyLock::new(|| regex(r"^\s*\$\s+(\S.*)$"));
static SETTING: LazyLock<Regex> = LazyLock::new(|| regex(r"^[A-Z_]+=\S*$"));
static PATH: LazyLock<Regex> = LazyLock::new(|| {
    let path = r#"^\s*#\s*(?:[^\s/]+\s+){0,2}[`"]?((?:[\w.-]+/)*[\w.-]+\.(?:exs?|erl|h?eex|conf|ya?ml|json))[`"]?\s*(?:\(.*\)|[:–-].*)?$"#;
    regex(path)
});

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Language {
    Shell,
    Elixir,
    Unsaid,
    Other,
}

impl Language {
    fn of(info: &str) -> Self {
        let word = info.split([' ', ',', '{']).next().unwrap_or_default().to_lowercase();
        match word.as_str() {
            "bash" | "shell" | "sh" | "console" | "zsh" | "shell-session" | "terminal" => Self::Shell,
            "elixir" | "iex" | "ex" | "exs" | "elixir-session" => Self::Elixir,
            "" | "text" | "plain" | "plaintext" => Self::Unsaid,
            _ => Self::Other,
        }
    }
}

/// What the block says; empty where that can't be told.
pub(super) fn read(info: &str, text: &str) -> Vec<Action> {
    let language = Language::of(info);
    let is_session =
        text.lines().any(|line| PROMPT.is_match(line) || MORE.is_match(line) || DOLLAR.is_match(line));
    match language {
        _ if is_session => session(text, language == Language::Shell).unwrap_or_default(),
        Language::Shell => session(text, true).unwrap_or_default(),
        Language::Unsaid if text.lines().next().is_some_and(is_command) => {
            session(text, true).unwrap_or_default()
        }
        Language::Elixir | Language::Unsaid => code(text),
        Language::Other => Vec::new(),
    }
}

/// Where a prompt waits.
#[derive(Debug)]
enum Open {
    Nothing,
    /// At a prompt at which nothing stands yet.
    Prompt(Option<String>),
    /// What follows is shown for the last action.
    Last,
}

fn session(text: &str, is_shell: bool) -> Option<Vec<Action>> {
    let has_dollars = text.lines().any(|line| DOLLAR.is_match(line));
    let mut actions: Vec<Action> = Vec::new();
    let mut open = Open::Nothing;
    for line in joined(text) {
        let line = line.as_str();
        if let Some(found) = PROMPT.captures(line) {
            let node = found.get(1).map(|node| node.as_str()).filter(|node| node.contains('@'));
            let node = node.map(str::to_owned);
            let code = found.get(2).map_or("", |code| code.as_str()).trim_end();
            if code.trim().is_empty() {
                open = Open::Prompt(node);
            } else {
                actions.push(Action::Type { node, code: code.to_owned(), shown: Vec::new() });
                open = Open::Last;
            }
            continue;
        }
        if let Some(found) = MORE.captures(line) {
            let more = found.get(1).map_or("", |more| more.as_str());
            match actions.last_mut() {
                Some(Action::Type { code, shown, .. }) if shown.is_empty() => {
                    code.push('\n');
                    code.push_str(more);
                }
                _ => return None,
            }
            continue;
        }
        let command = DOLLAR.captures(line).map(|found| found[1].trim_end().to_owned());
        let command = command.or_else(|| {
            let is_one = is_shell && !has_dollars && is_command(line);
            is_one.then(|| line.trim().to_owned())
        });
        if let Some(text) = command {
            actions.push(Action::Command { text, shown: Vec::new() });
            open = Open::Last;
            continue;
        }
        match (&open, actions.last_mut()) {
            (Open::Last, Some(Action::Type { shown, .. } | Action::Command { shown, .. })) => {
                shown.push(line.trim_end().to_owned());
            }
            (Open::Prompt(node), _) if !line.trim().is_empty() => {
                actions.push(Action::Seen { node: node.clone(), text: line.trim().to_owned() });
            }
            _ if line.trim().is_empty() || is_comment(line) => {}
            _ => return None,
        }
    }
    for action in &mut actions {
        if let Action::Type { shown, .. } | Action::Command { shown, .. } = action {
            let end = shown.iter().rposition(|line| !line.trim().is_empty()).map_or(0, |last| last + 1);
            shown.truncate(end);
        }
    }
    Some(actions)
}

/// Its lines, those at `$` that go on below made one.
fn joined(text: &str) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for line in text.lines() {
        match lines.last_mut() {
            Some(last) if last.ends_with(" \\") && (DOLLAR.is_match(last) || is_command(last)) => {
                last.pop();
                last.push_str(line.trim());
            }
            _ => lines.push(line.to_owned()),
        }
    }
    lines
}

fn is_comment(line: &str) -> bool {
    let line = line.trim_start();
    line == "#" || line.starts_with("# ")
}

pub(super) fn is_command(line: &str) -> bool {
    let mut words = line.split_whitespace().skip_while(|word| SETTING.is_match(word));
    words.next().is_some_and(|word| PROGRAMS.contains(&word))
}

fn code(text: &str) -> Vec<Action> {
    let text = text.trim_matches('\n').trim_end();
    let (first, rest) = text.split_once('\n').unwrap_or((text, ""));
    if let Some(found) = PATH.captures(first) {
        let path = found[1].trim_start_matches("./").to_owned();
        return vec![Action::Code { path: Some(path), text: rest.trim_matches('\n').to_owned() }];
    }
    if first.trim_start().starts_with("** (") {
        return vec![Action::Failure(text.lines().map(str::to_owned).collect())];
    }
    vec![Action::Code { path: None, text: text.to_owned() }]
}

/// The short name and the rest of what a command line starts a node with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Start {
    /// None: a runtime without a name.
    pub node: Option<String>,
    pub cookie: Option<String>,
    pub is_mix: bool,
}

impl Start {
    /// What the line starts, where it is one `iex`.
    pub(super) fn of(line: &str) -> Option<Self> {
        let last = line.rsplit("&&").next().unwrap_or(line);
        let words: Vec<&str> = last.split_whitespace().skip_while(|word| SETTING.is_match(word)).collect();
        if words.first() != Some(&"iex") {
            return None;
        }
        let behind = |flags: &[&str]| {
            let at = words.iter().position(|word| flags.contains(word))?;
            words.get(at + 1).map(|word| word.trim_matches(['"', '\'']).to_owned())
        };
        let is_mix = words.windows(2).any(|two| two == ["-S", "mix"]);
        Some(Self { node: behind(&["--sname", "--name"]), cookie: behind(&["--cookie"]), is_mix })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(node: &str, code: &str, shown: &[&str]) -> Action {
        let node = (!node.is_empty()).then(|| node.to_owned());
        Action::Type {
            node,
            code: code.to_owned(),
            shown: shown.iter().map(|&line| line.to_owned()).collect(),
        }
    }

    fn command(text: &str, shown: &[&str]) -> Action {
        Action::Command { text: text.to_owned(), shown: shown.iter().map(|&line| line.to_owned()).collect() }
    }

    #[test]
    fn prompts_say_what_is_typed_and_where() {
        let text =
            "iex(kate@localhost)> defmodule Kate do\n...(kate@localhost)> end\niex(1)> 1 + 1\n2\n\niex>\n";
        let wanted = [typed("kate@localhost", "defmodule Kate do\nend", &[]), typed("", "1 + 1", &["2"])];
        assert_eq!(read("elixir", text), wanted);
        assert_eq!(read("", "iex(a@b)1> x\n"), [typed("a@b", "x", &[])]);
        assert_eq!(read("elixir", "...> end\n"), []);
        let seen = Action::Seen { node: None, text: "hi".to_owned() };
        assert_eq!(read("iex", "iex>\nhi\n"), [seen]);
    }

    #[test]
    fn commands_are_known_by_their_dollar_or_by_their_program() {
        let started = command("iex --sname alex@localhost", &[]);
        assert_eq!(read("bash", "iex --sname alex@localhost\niex(alex@localhost)>\n"), [started]);
        let both = [command("mix test", &["1 test"]), command("ls", &[])];
        assert_eq!(read("bash", "mix test\n1 test\nls\n"), both);
        assert_eq!(read("console", "$ mix test\n1 test\n$ ls\n"), both);
        assert_eq!(read("bash", "MIX_ENV=test mix \\\n  test\n"), [command("MIX_ENV=test mix test", &[])]);
        assert_eq!(read("bash", "Finished in 0.1 seconds\n"), []);
        assert_eq!(read("json", "{}\n"), []);
    }

    #[test]
    fn a_first_comment_names_a_file() {
        let file =
            |path: &str, text: &str| Action::Code { path: Some(path.to_owned()), text: text.to_owned() };
        assert_eq!(read("elixir", "# lib/chat.ex\nx\n"), [file("lib/chat.ex", "x")]);
        assert_eq!(read("elixir", "#test/chat_test.exs\n\nx\n"), [file("test/chat_test.exs", "x")]);
        assert_eq!(read("elixir", "# in `mix.exs` (a part)\nx\n"), [file("mix.exs", "x")]);
        let plain = Action::Code { path: None, text: "# a comment\nx".to_owned() };
        assert_eq!(read("elixir", "# a comment\nx\n"), [plain]);
    }

    #[test]
    fn a_command_line_tells_which_node_it_starts() {
        let start = |node: Option<&str>, cookie: Option<&str>, is_mix| {
            Some(Start { node: node.map(str::to_owned), cookie: cookie.map(str::to_owned), is_mix })
        };
        assert_eq!(Start::of("iex --sname a@b --cookie c"), start(Some("a@b"), Some("c"), false));
        assert_eq!(Start::of("cd chat && MIX_ENV=dev iex -S mix"), start(None, None, true));
        assert_eq!(Start::of("mix test"), None);
    }
}
