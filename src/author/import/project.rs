//! The files of the lesson as its steps go on: what `mix new` makes, what is written, and where a part of a file belongs.

use std::{collections::BTreeMap, sync::LazyLock};

use regex::Regex;

use crate::lesson::syntax;

/// Of a part that is shown, and of the file that it belongs to: how many functions and other expressions.
const MAX_PARTS: usize = 50;
const MAX_PIECES: usize = 300;

/// A project as `mix new` makes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Project {
    /// Of its folder.
    pub folder: String,
    pub app: String,
    pub module: String,
    pub has_tree: bool,
}

impl Project {
    /// What `mix new chat --sup` makes; none of what Mix can't make, or of more than one project.
    pub(super) fn of(command: &str) -> Option<Self> {
        let mut words = command.split_whitespace();
        if (words.next(), words.next()) != (Some("mix"), Some("new")) {
            return None;
        }
        let (mut folder, mut app, mut module, mut has_tree) = (None, None, None, false);
        while let Some(word) = words.next() {
            match word {
                "--sup" => has_tree = true,
                "--app" => app = words.next(),
                "--module" => module = words.next(),
                word if word.starts_with('-') => return None,
                word => folder = Some(word),
            }
        }
        let folder = folder?.trim_start_matches("./").trim_end_matches('/');
        let project = Self::named(app.unwrap_or(folder))?;
        Some(Self {
            folder: folder.to_owned(),
            module: module.map_or(project.module, str::to_owned),
            has_tree,
            app: project.app,
        })
    }

    /// A plain one of that name.
    pub(super) fn named(app: &str) -> Option<Self> {
        let is_name = app.starts_with(|first: char| first.is_ascii_lowercase())
            && app.chars().all(|sign| sign.is_ascii_lowercase() || sign.is_ascii_digit() || sign == '_');
        let module = app.split('_').map(|part| {
            let mut signs = part.chars();
            signs.next().into_iter().flat_map(char::to_uppercase).chain(signs).collect::<String>()
        });
        let module = module.collect();
        is_name.then(|| Self { folder: app.to_owned(), app: app.to_owned(), module, has_tree: false })
    }

    /// Its files, as far as a lesson has to do with them.
    pub(super) fn files(&self) -> Vec<(String, String)> {
        let Self { folder, app, module, has_tree } = self;
        let started =
            if *has_tree { format!(",\n      mod: {{{module}.Application, []}}") } else { String::new() };
        let mut files = vec![
            (
                "mix.exs".to_owned(),
                format!(
                    "defmodule {module}.MixProject do\n  use Mix.Project\n\n  def project do\n    [\n      app: :{app},\n      version: \"0.1.0\",\n      elixir: \"~> 1.14\",\n      start_permanent: Mix.env() == :prod,\n      deps: deps()\n    ]\n  end\n\n  def application do\n    [\n      extra_applications: [:logger]{started}\n    ]\n  end\n\n  defp deps do\n    []\n  end\nend\n"
                ),
            ),
            (
                ".formatter.exs".to_owned(),
                "[\n  inputs: [\"{mix,.formatter}.exs\", \"{config,lib,test}/**/*.{ex,exs}\"]\n]\n"
                    .to_owned(),
            ),
            (
                format!("lib/{app}.ex"),
                format!(
                    "defmodule {module} do\n  @moduledoc \"\"\"\n  Documentation for `{module}`.\n  \"\"\"\n\n  @doc \"\"\"\n  Hello world.\n\n  ## Examples\n\n      iex> {module}.hello()\n      :world\n\n  \"\"\"\n  def hello do\n    :world\n  end\nend\n"
                ),
            ),
            ("test/test_helper.exs".to_owned(), "ExUnit.start()\n".to_owned()),
            (
                format!("test/{app}_test.exs"),
                format!(
                    "defmodule {module}Test do\n  use ExUnit.Case\n  doctest {module}\n\n  test \"greets the world\" do\n    assert {module}.hello() == :world\n  end\nend\n"
                ),
            ),
        ];
        if *has_tree {
            files.push((
                format!("lib/{app}/application.ex"),
                format!(
                    "defmodule {module}.Application do\n  # See https://hexdocs.pm/elixir/Application.html\n  # for more information on OTP Applications\n  @moduledoc false\n\n  use Application\n\n  @impl true\n  def start(_type, _args) do\n    children = [\n      # Starts a worker by calling: {module}.Worker.start_link(arg)\n      # {{{module}.Worker, arg}}\n    ]\n\n    # See https://hexdocs.pm/elixir/Supervisor.html\n    # for other strategies and supported options\n    opts = [strategy: :one_for_one, name: {module}.Supervisor]\n    Supervisor.start_link(children, opts)\n  end\nend\n"
                ),
            ));
        }
        files.into_iter().map(|(path, text)| (format!("{folder}/{path}"), text)).collect()
    }
}

/// The files that there are, by their path in the workspace.
#[derive(Debug, Clone, Default)]
pub(super) struct Files {
    pub texts: BTreeMap<String, String>,
    pub project: Option<Project>,
    /// As `mix new` left them.
    pristine: Vec<String>,
}

/// What a block makes of a file.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Change {
    /// It is there already, word for word.
    Nothing,
    Whole {
        loses: Vec<String>,
    },
    /// One place of the file changes.
    Edit {
        replace: String,
        with: String,
        is_before: bool,
    },
    /// More than one place does.
    Rewritten {
        is_before: bool,
    },
}

impl Files {
    pub(super) fn make(&mut self, project: Project) {
        for (path, text) in project.files() {
            self.pristine.push(path.clone());
            self.texts.insert(path, text);
        }
        self.project = Some(project);
    }

    pub(super) fn is_known(&self, path: &str) -> bool {
        self.texts.contains_key(path)
    }

    /// A path as the source writes it, in the workspace; none that leads out of it.
    pub(super) fn place(&self, path: &str) -> Option<String> {
        let stays = |part: &str| !matches!(part, "" | "." | "..") && !part.contains(['\\', '\0']);
        if !path.split('/').all(stays) {
            return None;
        }
        Some(match &self.project {
            Some(project) if !path.starts_with(&format!("{}/", project.folder)) => {
                format!("{}/{path}", project.folder)
            }
            Some(_) | None => path.to_owned(),
        })
    }

    /// The file that has all of these functions; a part of it is shown.
    pub(super) fn home_of(&self, fragment: &str) -> Option<&str> {
        let wanted: Vec<_> = pieces(&body(fragment)).iter().filter_map(|piece| head(piece)).collect();
        let has_all = |text: &str| {
            let there: Vec<_> = pieces(&body(text)).iter().filter_map(|piece| head(piece)).collect();
            wanted.iter().all(|head| there.iter().any(|other| other.name == head.name))
        };
        let is_named = |text: &str| wanted.iter().all(|head| text.contains(&head.name));
        let mut files =
            self.texts.iter().filter(|(_, text)| !wanted.is_empty() && is_named(text) && has_all(text));
        files.next().map(|(path, _)| path.as_str())
    }

    /// Puts a whole file, or a part of one, in its place; none where nothing tells which place that is.
    pub(super) fn put(&mut self, path: &str, shown: &str) -> Option<Change> {
        let is_pristine = self.pristine.iter().any(|known| known == path);
        let Some(current) = self.texts.get(path).cloned() else {
            let is_whole = !is_fragment(path, shown) && syntax::errors(shown).is_none();
            return is_whole.then(|| {
                self.write(path, shown);
                Change::Whole { loses: Vec::new() }
            });
        };
        if squeezed(&current) == squeezed(shown) {
            return Some(Change::Nothing);
        }
        if !is_fragment(path, shown) {
            if syntax::errors(shown).is_some() {
                return None;
            }
            let kept = functions(shown);
            let lost = functions(&current).into_iter().filter(|function| !kept.contains(function));
            let loses = if is_pristine { Vec::new() } else { lost.collect() };
            self.write(path, shown);
            return Some(Change::Whole { loses });
        }
        let (text, change) = merged(&current, shown)?;
        if syntax::errors(&text).is_some() {
            return None;
        }
        self.texts.insert(path.to_owned(), text);
        self.pristine.retain(|known| known != path);
        Some(change)
    }

    fn write(&mut self, path: &str, text: &str) {
        self.pristine.retain(|known| known != path);
        self.texts.insert(path.to_owned(), format!("{}\n", text.trim_end()));
    }
}

/// `...` on a line of its own stands for what was there.
fn is_elision(line: &str) -> bool {
    matches!(line.trim(), "..." | "…" | "# ..." | "# …")
}

fn is_fragment(path: &str, shown: &str) -> bool {
    let is_bare = path.ends_with(".ex") && !shown.contains("defmodule ") && !shown.contains("defprotocol ");
    is_bare || shown.lines().any(is_elision)
}

/// Whether a text is Elixir that shows a part of something.
pub(super) fn is_part(shown: &str) -> bool {
    is_fragment("x.ex", shown)
}

/// `Chat.send_message/2` of every public function.
pub(super) fn functions(code: &str) -> Vec<String> {
    syntax::definitions(code).iter().map(ToString::to_string).collect()
}

/// What stands within the outermost module, or all of it, without elisions, from the left margin.
fn body(code: &str) -> String {
    let lines: Vec<&str> = code.lines().filter(|line| !is_elision(line)).collect();
    let from = lines.iter().position(|line| line.starts_with("defmodule ") && line.ends_with(" do"));
    let to = lines.iter().rposition(|line| line.trim_end() == "end");
    let inner = match (from, to) {
        (Some(from), Some(to)) if from < to => &lines[from + 1..to],
        _ => &lines[..],
    };
    let indents = inner.iter().filter(|line| !line.trim().is_empty());
    let margin = indents.map(|line| line.len() - line.trim_start_matches(' ').len()).min().unwrap_or(0);
    let moved = inner.iter().map(|line| line.get(margin..).unwrap_or_default());
    moved.collect::<Vec<_>>().join("\n").trim_matches('\n').to_owned()
}

/// Its expressions, as they are written, with the comments and attributes of a function's above it.
fn pieces(code: &str) -> Vec<String> {
    syntax::expressions(code).into_iter().map(|range| code[range].to_owned()).collect()
}

/// Of a function's clause.
#[derive(Debug, PartialEq, Eq)]
struct Head {
    name: String,
    /// All before its `do`.
    text: String,
}

fn head(piece: &str) -> Option<Head> {
    static DEF: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"(?s)\bdef(?:p|macro|macrop)?\s+(([a-z_]\w*[?!]?).*?)(?:\s+do\b|,\s*do:|$)")
            .expect("a regex")
    });
    // Above it may stand attributes.
    let found = DEF.captures(piece).filter(|_| piece.starts_with("def") || piece.starts_with('@'))?;
    Some(Head { name: found[2].to_owned(), text: squeezed(&found[1]) })
}

/// Of a function's clause, without what it does.
fn arity(head: &Head) -> Option<usize> {
    let definition =
        syntax::definitions(&format!("defmodule X do\ndef {}\nend", head.text)).into_iter().last()?;
    Some(definition.arity)
}

pub(super) fn squeezed(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The file with the part in it.
fn merged(current: &str, shown: &str) -> Option<(String, Change)> {
    let (mut text, mut edits, mut is_before) = (current.to_owned(), Vec::new(), false);
    let fragment = body(shown);
    let parts = pieces(&fragment);
    if parts.is_empty() || parts.len() > MAX_PARTS || syntax::errors(&fragment).is_some() {
        return None;
    }
    let margin = if current.contains("defmodule ") { 2 } else { 0 };
    for part in parts {
        let there: Vec<(String, Option<Head>)> =
            pieces(&body(&text)).into_iter().map(|piece| (indented(&piece, margin), head(&piece))).collect();
        if there.len() > MAX_PIECES {
            return None;
        }
        if there.iter().any(|(other, _)| squeezed(other) == squeezed(&part)) {
            continue;
        }
        let own = head(&part);
        let part = indented(&part, margin);
        let twin = |is_it: &dyn Fn(&Head, &Head) -> bool| {
            let is_one = |other: &Option<Head>| {
                other.as_ref().zip(own.as_ref()).is_some_and(|(one, own)| is_it(one, own))
            };
            there.iter().find(|(_, other)| is_one(other))
        };
        let is_clause = |one: &Head, own: &Head| one.name == own.name && arity(one) == arity(own);
        let (replace, with) = if let Some((same, _)) = twin(&|one, own| one == own) {
            (same.clone(), part)
        } else if let Some((first, _)) = twin(&is_clause) {
            is_before = true;
            let line = first.lines().next().unwrap_or_default().to_owned();
            (line.clone(), format!("{part}\n\n{line}"))
        } else if let Some((first, _)) =
            there.iter().find(|(_, other)| own.is_none() && margin > 0 && other.is_some())
        {
            // What functions use stands above them.
            (first.clone(), format!("{part}\n\n{first}"))
        } else {
            // A public function stands above those that are private.
            let is_public = |piece: &str| !piece.contains("defp ") && !piece.contains("defmacrop ");
            let public = there.iter().rfind(|(piece, other)| other.is_some() && is_public(piece));
            let last = if is_public(&part) { public.or(there.last()) } else { there.last() };
            let (last, _) = last?;
            (last.clone(), format!("{last}\n\n{part}"))
        };
        // An edit takes the first place: it must be the one that is meant.
        let at = text.find(&replace)?;
        if text[at + replace.len()..].contains(&replace) {
            return None;
        }
        text.replace_range(at..at + replace.len(), &with);
        edits.push((replace, with));
    }
    let change = match <[_; 1]>::try_from(edits) {
        Ok([(replace, with)]) => Change::Edit { replace, with, is_before },
        Err(none) if none.is_empty() => Change::Nothing,
        Err(_) => Change::Rewritten { is_before },
    };
    Some((text, change))
}

fn indented(piece: &str, by: usize) -> String {
    let lines = piece.lines().map(|line| match line.trim().is_empty() {
        true => String::new(),
        false => format!("{}{line}", " ".repeat(by)),
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// Where a block without a path belongs by what it says, in a project of that name.
pub(super) fn usual_place(code: &str, project: &Project) -> Option<String> {
    static MODULE: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r"(?m)^defmodule ([A-Z][\w.]*) do").expect("a regex"));
    let module = MODULE.captures(code).map(|found| found[1].to_owned());
    let underscored = |name: &str| {
        let mut path = String::new();
        for (at, sign) in name.char_indices() {
            let is_word = at > 0 && sign.is_uppercase() && !path.ends_with('/');
            if sign == '.' {
                path.push('/');
            } else {
                path.push_str(if is_word { "_" } else { "" });
                path.extend(sign.to_lowercase());
            }
        }
        path
    };
    Some(match module {
        Some(_) if code.contains("use Mix.Project") => "mix.exs".to_owned(),
        Some(module) if code.contains("use ExUnit.Case") => format!("test/{}.exs", underscored(&module)),
        Some(module) if module == project.module => format!("lib/{}.ex", project.app),
        Some(module) => format!("lib/{}.ex", underscored(&module)),
        None if code.contains("ExUnit.start") => "test/test_helper.exs".to_owned(),
        None if code.contains("import Config") || code.contains("use Mix.Config") => {
            "config/config.exs".to_owned()
        }
        None => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const CHAT: &str = "defmodule Chat do\n  def receive_message(message) do\n    IO.puts message\n  end\n\n  def send_message(recipient, message) do\n    {recipient, message}\n  end\n\n  defp place(recipient) do\n    {Chat, recipient}\n  end\nend\n";

    fn put(shown: &str) -> (Option<Change>, String) {
        let mut files = Files::default();
        files.texts.insert("lib/chat.ex".to_owned(), CHAT.to_owned());
        let change = files.put("lib/chat.ex", shown);
        (change, files.texts.remove("lib/chat.ex").expect("it is there"))
    }

    #[test]
    fn a_project_is_known_by_its_command() {
        let project = Project::of("mix new my_chat --sup").expect("a project");
        assert_eq!((project.module.as_str(), project.has_tree), ("MyChat", true));
        assert!(Project::of("mix new chat --umbrella").is_none());
        assert!(Project::of("mix new Chat").is_none());
        assert!(Project::of("mix test").is_none());
        for (path, text) in project.files() {
            assert_eq!(syntax::errors(&text), None, "{path}: {text}");
        }
    }

    #[test]
    fn a_new_function_stands_below_the_public_ones() {
        let (change, text) = put("defmodule Chat do\n  ...\n\n  def hello do\n    :world\n  end\nend");
        assert!(matches!(change, Some(Change::Edit { is_before: false, .. })), "{change:?}");
        assert!(
            text.contains(
                "    {recipient, message}\n  end\n\n  def hello do\n    :world\n  end\n\n  defp place"
            ),
            "{text}"
        );
    }

    #[test]
    fn a_clause_with_another_head_comes_before_those_there() {
        let (change, text) = put("...\ndef send_message(:moebi, message) do\n  message\nend");
        assert!(matches!(change, Some(Change::Edit { is_before: true, .. })), "{change:?}");
        let at = |what: &str| text.find(what).expect(what);
        assert!(at("send_message(:moebi") < at("send_message(recipient"), "{text}");
    }

    #[test]
    fn a_clause_with_the_same_head_takes_the_old_ones_place() {
        let (change, text) = put("defp place(recipient) do\n  recipient\nend");
        assert!(matches!(change, Some(Change::Edit { is_before: false, .. })), "{change:?}");
        assert!(
            !text.contains("{Chat, recipient}") && text.ends_with("    recipient\n  end\nend\n"),
            "{text}"
        );
    }

    #[test]
    fn what_functions_use_stands_above_them() {
        let (change, text) =
            put("defmodule Chat do\n  # ...\n  alias Chat.Room\n\n  def room, do: Room\nend");
        assert!(matches!(change, Some(Change::Rewritten { .. })), "{change:?}");
        assert!(text.starts_with("defmodule Chat do\n  alias Chat.Room\n\n  def receive_message"), "{text}");
    }

    #[test]
    fn what_is_there_already_changes_nothing() {
        let (change, text) = put("defp place(recipient) do\n  {Chat, recipient}\nend");
        assert_eq!((change, text.as_str()), (Some(Change::Nothing), CHAT));
        assert_eq!(put(CHAT.trim()).0, Some(Change::Nothing));
    }

    #[test]
    fn a_whole_file_tells_what_is_lost() {
        let (change, _) = put("defmodule Chat do\n  def receive_message(message), do: message\nend");
        assert_eq!(change, Some(Change::Whole { loses: vec!["Chat.send_message/2".to_owned()] }));
        assert_eq!(put("defmodule Chat do\n  def half(").0, None);
    }

    #[test]
    fn a_path_stays_in_the_workspace() {
        let mut files = Files::default();
        assert_eq!(files.place("lib/x.ex").as_deref(), Some("lib/x.ex"));
        files.make(Project::named("chat").expect("a name"));
        assert_eq!(files.place("lib/x.ex").as_deref(), Some("chat/lib/x.ex"));
        assert_eq!(files.place("chat/lib/x.ex").as_deref(), Some("chat/lib/x.ex"));
        assert_eq!(files.place("../x.ex"), None);
        assert_eq!(files.place("/etc/x.ex"), None);
    }

    #[test]
    fn a_block_without_a_path_has_a_usual_place() {
        let project = Project::named("chat").expect("a name");
        let place = |code: &str| usual_place(code, &project);
        assert_eq!(place("defmodule Chat do\nend").as_deref(), Some("lib/chat.ex"));
        assert_eq!(place("defmodule Chat.RoomList do\nend").as_deref(), Some("lib/chat/room_list.ex"));
        assert_eq!(
            place("defmodule ChatTest do\n  use ExUnit.Case\nend").as_deref(),
            Some("test/chat_test.exs")
        );
        assert_eq!(place("x = 1\nExUnit.start(x)").as_deref(), Some("test/test_helper.exs"));
        assert_eq!(place("Node.list()"), None);
    }
}
