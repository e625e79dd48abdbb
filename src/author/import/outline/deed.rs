//! What a block asks to be done, by what the source has said before it.

use std::sync::LazyLock;

use regex::Regex;

use crate::{
    i18n::Lang,
    lesson::{TerminalName, syntax},
};

use super::{
    super::{
        block::{self, Action, Start},
        condition, messages,
        project::{self, Change, Project},
    },
    Builder, Lead, ground, place,
    words::slug,
};

/// How many lines are looked at for the end of an input that shows no `...>`.
const MAX_JOINED: usize = 60;

/// What is done, once it is known where.
#[derive(Debug)]
pub(super) enum Deed {
    Type {
        at: TerminalName,
        node: Option<String>,
        code: String,
        shown: Vec<String>,
    },
    Start {
        at: TerminalName,
        line: String,
        start: Start,
    },
    New(Project, String),
    Run {
        text: String,
        shown: Vec<String>,
        may_fail: bool,
    },
    Put {
        path: String,
        shown: String,
    },
    Seen {
        at: TerminalName,
        text: String,
    },
    /// What is there already, and only shown.
    Note,
}

impl Deed {
    pub(super) fn title(&self, lang: Lang) -> Option<String> {
        let title = match self {
            Self::Type { at, .. } => messages::title_of_input(at.as_str()),
            Self::Start { at, start, .. } if start.node.is_none() => messages::title_of_input(at.as_str()),
            Self::Start { at, .. } => messages::title_of_node(at.as_str()),
            Self::New(project, _) => messages::title_of_project(&project.folder),
            Self::Run { text, .. } => return Some(text.clone()),
            Self::Put { path, .. } => messages::title_of_file(path),
            Self::Seen { .. } | Self::Note => return None,
        };
        Some(title.speak(lang).to_owned())
    }

    /// For an id.
    pub(super) fn word(&self) -> Option<String> {
        match self {
            Self::Type { code, .. } => Some(slug(&condition::called(code), 40)),
            Self::Start { at, .. } => Some(format!("start-{at}")),
            Self::New(project, _) => Some(format!("new-{}", slug(&project.folder, 36))),
            Self::Run { text, .. } => Some(slug(text, 40)),
            Self::Put { path, .. } => Some(slug(path.rsplit('/').next().unwrap_or(path), 40)),
            Self::Seen { .. } | Self::Note => None,
        }
    }
}

/// Whether a command comes to an end by itself, on a machine without network.
fn ends(line: &str) -> bool {
    const OTHERS: &[&str] = &[
        "deps.get",
        "deps.update",
        "phx.",
        "archive.install",
        "mix hex",
        "local.hex",
        "local.rebar",
        "escript.install",
        "--no-halt",
        "git ",
        "curl ",
        "docker",
        "brew ",
        "apt",
        "sudo ",
        "asdf ",
        "ecto.",
        "--umbrella",
        "epmd -daemon",
    ];
    !OTHERS.iter().any(|word| line.contains(word))
}

/// `# => 3`, behind an expression or below it.
fn shown_behind(text: &str) -> Vec<String> {
    static SHOWN: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r"^[ \t]*\n?[ \t]*#[ \t]*(?:=>|⇒|->|→)[ \t]*([^\n]+)").expect("a regex"));
    SHOWN.captures(text).map(|found| found[1].trim_end().to_owned()).into_iter().collect()
}

impl Builder {
    /// What a block asks to be done; none where that can't be told.
    pub(super) fn deeds(&mut self, info: &str, text: &str) -> Option<Vec<Deed>> {
        let actions = block::read(info, text);
        let mut deeds = Vec::new();
        for action in actions {
            match action {
                Action::Type { node, code, shown } => deeds.extend(self.typed(node, code, shown)?),
                Action::Seen { node, text } => {
                    deeds.push(Deed::Seen { at: place::terminal(node.as_deref()), text });
                }
                Action::Command { text, shown } => deeds.extend(self.commanded(&text, shown)?),
                Action::Code { path: Some(path), text } => deeds.extend(self.filed(&path, text)?),
                Action::Code { path: None, text } => deeds.extend(self.coded(text)?),
                Action::Failure(lines) => {
                    let text = self.spoken_of(block::is_command).filter(|line| ends(line))?;
                    deeds.push(Deed::Run { text, shown: lines, may_fail: true });
                }
            }
        }
        (!deeds.is_empty()).then_some(deeds)
    }

    /// The last code in the words that lead here which is one of those.
    fn spoken_of(&self, is_one: impl Fn(&str) -> bool) -> Option<String> {
        static CODE: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"`([^`]+)`").expect("a regex"));
        let Some(Lead::Prose(text)) = self.leads.last() else { return None };
        let codes = CODE.captures_iter(text).map(|found| project::squeezed(&found[1]));
        codes.filter(|code| is_one(code)).last()
    }

    fn typed(&mut self, node: Option<String>, code: String, mut shown: Vec<String>) -> Option<Vec<Deed>> {
        let at = place::terminal(node.as_deref());
        let mut code = code.trim_end().to_owned();
        if self.is_said(&code) {
            let mut deeds = vec![Deed::Seen { at: at.clone(), text: code.trim().to_owned() }];
            if !shown.is_empty() {
                let next = shown.remove(0);
                deeds.extend(self.typed(node, next, shown)?);
            }
            return Some(deeds);
        }
        if syntax::errors(&code).is_some() {
            let mut longer = code.clone();
            let whole = (1..=shown.len().min(MAX_JOINED)).find(|count| {
                longer.push('\n');
                longer.push_str(&shown[count - 1]);
                syntax::errors(&longer).is_none()
            })?;
            code = longer;
            shown.drain(..whole);
        }
        self.learn(&code);
        self.names.extend(syntax::gives_names(&code));
        Some(vec![Deed::Type { at, node, code, shown }])
    }

    /// Whether this was printed where a prompt waits: it is a text that was sent, or words that no code is.
    fn is_said(&self, code: &str) -> bool {
        const HELPERS: &[&str] = &[
            "self",
            "node",
            "flush",
            "recompile",
            "clear",
            "pwd",
            "ls",
            "h",
            "i",
            "v",
            "c",
            "r",
            "b",
            "t",
            "import",
            "alias",
            "require",
            "use",
            "not",
        ];
        static WORDS: LazyLock<Regex> =
            LazyLock::new(|| Regex::new(r"^[\p{L}\p{M}\d' ,.!?-]+$").expect("a regex"));
        let code = code.trim();
        if self.literals.contains(code) {
            return true;
        }
        let first = code.split([' ', ',', '.', '!', '?']).next().unwrap_or_default();
        let is_known = self.names.contains(first)
            || HELPERS.contains(&first)
            || first.starts_with(|sign: char| sign.is_ascii_digit() || sign.is_uppercase());
        WORDS.is_match(code) && !is_known && !syntax::is_value(code)
    }

    /// Remembers the texts that code has in it.
    pub(super) fn learn(&mut self, code: &str) {
        static TEXT: LazyLock<Regex> =
            LazyLock::new(|| Regex::new(r#""((?:[^"\\\n]|\\.)+)""#).expect("a regex"));
        self.literals.extend(TEXT.captures_iter(code).map(|found| found[1].to_owned()));
    }

    fn commanded(&mut self, line: &str, shown: Vec<String>) -> Option<Vec<Deed>> {
        let line = line.trim();
        let (first, rest) =
            line.split_once("&&").map_or((line, ""), |(first, rest)| (first.trim(), rest.trim()));
        if let Some(folder) = first.strip_prefix("cd ") {
            let folder = folder.trim().trim_start_matches("./").trim_end_matches('/');
            // Every terminal goes into the project by itself.
            if self.files.project.as_ref().is_none_or(|project| project.folder != folder) {
                return None;
            }
            return if rest.is_empty() { Some(vec![Deed::Note]) } else { self.commanded(rest, shown) };
        }
        if let Some(project) = Project::of(line) {
            self.files.make(project.clone());
            return Some(vec![Deed::New(project, line.to_owned())]);
        }
        if !ends(line) {
            return None;
        }
        if let Some(start) = Start::of(line) {
            return Some(vec![self.started(line, start)]);
        }
        let text = line.to_owned();
        Some(vec![Deed::Run { text, shown, may_fail: false }])
    }

    /// A name without a host gets the one that Moebi's nodes have.
    fn started(&mut self, line: &str, start: Start) -> Deed {
        let (mut line, mut start) = (line.to_owned(), start);
        if let Some(node) = start.node.as_mut().filter(|node| !node.contains('@')) {
            let whole = format!("{node}@localhost");
            line = line.replacen(&format!("name {node}"), &format!("name {whole}"), 1);
            *node = whole;
            self.is_of_another_host = true;
        }
        if start.is_mix {
            self.assume_project(None);
        }
        Deed::Start { at: place::terminal(start.node.as_deref()), line, start }
    }

    fn filed(&mut self, path: &str, text: String) -> Option<Vec<Deed>> {
        let of_project = ["lib/", "test/", "config/", "app/", "mix.exs"];
        if of_project.iter().any(|start| path.starts_with(start)) {
            self.assume_project(Some(path));
        }
        let is_misnamed = path.starts_with("test/") && path.ends_with("_test.ex");
        let path = if is_misnamed { format!("{path}s") } else { path.to_owned() };
        let placed = self.files.place(&path)?;
        let home = if self.files.is_known(&placed) || !project::is_part(&text) {
            None
        } else {
            self.files.home_of(&text).map(str::to_owned)
        };
        let path = home.unwrap_or(placed);
        // On a copy: as yet it is only asked whether it can be done.
        Some(match self.files.clone().put(&path, &text)? {
            Change::Nothing => vec![Deed::Note],
            Change::Whole { .. } | Change::Edit { .. } | Change::Rewritten { .. } => {
                if is_misnamed {
                    self.todos.push(
                        "`mix test` runs what ends in `_test.exs`, so the file was named so.".to_owned(),
                    );
                }
                vec![Deed::Put { path, shown: text }]
            }
        })
    }

    /// Elixir without a prompt and without a path.
    fn coded(&mut self, text: String) -> Option<Vec<Deed>> {
        let is_path = |code: &str| {
            (code.ends_with(".ex") || code.ends_with(".exs")) && !code.contains(' ') && !code.starts_with('.')
        };
        if let Some(path) = self.spoken_of(is_path) {
            return self.filed(&path, text);
        }
        if let Some(project) = &self.files.project {
            let home = self.files.home_of(&text).filter(|_| project::is_part(&text)).map(str::to_owned);
            let place = home.or_else(|| project::usual_place(&text, project))?;
            let deeds = self.filed(&place, text)?;
            self.todos.push(format!(
                "the source does not say which file this is; {place} was taken by what stands in it."
            ));
            return Some(deeds);
        }
        let is_module = text.starts_with("defmodule ");
        let is_typed = is_module || !self.has_prompts;
        if !is_typed
            || syntax::errors(&text).is_some()
            || text.starts_with("def ")
            || text.starts_with("defp ")
        {
            return None;
        }
        let mut deeds = Vec::new();
        for range in syntax::expressions(&text) {
            let behind = &text[range.end..];
            let shown = shown_behind(behind);
            deeds.extend(self.typed(None, text[range].to_owned(), shown)?);
        }
        Some(deeds)
    }

    /// Where the source has a project and does not say how it came about, there is one from the start.
    fn assume_project(&mut self, path: Option<&str>) {
        if self.files.project.is_some() {
            return;
        }
        let by_path = path.and_then(|path| path.strip_prefix("lib/")?.split(['/', '.']).next());
        let by_title = slug(&self.title, 30).replace('-', "_");
        let named = by_path.and_then(Project::named).or_else(|| Project::named(&by_title));
        let Some(project) = named.or_else(|| Project::named("project")) else { return };
        self.todos.push(format!(
            "the source does not say how its project came about; {} is there from the start.",
            project.folder
        ));
        self.files.make(project);
        let files = ground::written(&self.files);
        if let Some(section) = self.outline.sections.last_mut().filter(|_| self.is_open) {
            section.start.splice(0..0, files);
        }
    }
}
