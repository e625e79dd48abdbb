//! From the parts of a source to sections and steps: what is done in which order, on which nodes, with which files.

use std::{
    collections::{BTreeMap, BTreeSet},
    mem,
    sync::LazyLock,
};

use regex::Regex;
use unicode_normalization::UnicodeNormalization;
use unicode_width::UnicodeWidthStr;

use crate::{
    i18n::{Lang, Localized},
    lesson::{Input, TerminalName, syntax},
};

use super::{
    block::{self, Action, Start},
    condition::{self, Goal, Typed},
    markdown::{self, Part},
    messages,
    project::{self, Change, Files, Project},
};

/// Where commands are typed, and where an `iex` without a name runs.
const SHELL: &str = "shell";
const IEX: &str = "iex";
/// What of a code block fits into a terminal of 80 columns.
const CODE_COLUMNS: usize = 74;
/// A title stands on one line.
const TITLE_COLUMNS: usize = 60;
/// How many lines are looked at for the end of an input that shows no `...>`.
const MAX_JOINED: usize = 200;
/// In minutes.
const A_STEP: u32 = 2;
const SHORTEST_SECTION: u32 = 5;

/// A lesson as far as its source tells it.
#[derive(Debug, Default)]
pub(super) struct Outline {
    pub terminals: Vec<TerminalName>,
    pub sections: Vec<Section>,
    /// Blocks of code, and how many of them have become something to do or to see.
    pub blocks: usize,
    pub placed: usize,
}

#[derive(Debug, Default)]
pub(super) struct Section {
    pub id: String,
    pub title: String,
    pub start: Vec<Input>,
    pub steps: Vec<Step>,
    /// Whether `mix new` is one of its steps.
    makes_project: bool,
}

#[derive(Debug, Default)]
pub(super) struct Step {
    pub id: String,
    pub title: String,
    /// Pieces of Markdown.
    pub text: Vec<String>,
    pub after: Vec<String>,
    pub hints: Vec<Localized>,
    pub answer: Vec<Input>,
    pub goals: Vec<Goal>,
    /// In seconds; the usual time where there is none.
    pub within: Option<u32>,
    /// What its author has to do.
    pub todos: Vec<String>,
}

impl Section {
    pub(super) fn minutes(&self) -> u32 {
        (A_STEP * self.steps.len() as u32).max(SHORTEST_SECTION)
    }
}

/// What waits for the step that it belongs to.
#[derive(Debug)]
enum Lead {
    Heading(usize, String),
    Prose(String),
    /// A block that nothing could be made of.
    Block {
        text: String,
        todo: String,
    },
}

/// A node, or a runtime without a name.
#[derive(Debug, Clone)]
struct Running {
    /// What started it, without the change of folder.
    line: String,
    start: Start,
    /// What was typed there.
    typed: Vec<String>,
    /// A file of its project has changed since.
    is_stale: bool,
}

/// What is done, once it is known where.
#[derive(Debug)]
enum Deed {
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

#[derive(Debug)]
pub(super) struct Builder {
    lang: Lang,
    outline: Outline,
    /// Headings of this level begin a section.
    level: usize,
    title: String,
    files: Files,
    running: BTreeMap<TerminalName, Running>,
    folders: BTreeMap<TerminalName, String>,
    /// Texts that code has in it, and names that it gave.
    literals: BTreeSet<String>,
    names: BTreeSet<String>,
    leads: Vec<Lead>,
    heading: usize,
    /// Whether a step stands below the heading at hand; whether a block that became a step came just before.
    has_step: bool,
    is_adjacent: bool,
    /// The section at hand has been begun.
    is_open: bool,
    section: (String, Vec<Action>),
    ids: BTreeSet<String>,
    has_prompts: bool,
    is_of_another_host: bool,
    /// For the next step.
    todos: Vec<String>,
}

/// Makes sections and steps of a source's parts.
pub(super) fn outline(title: &str, mut parts: Vec<Part>, lang: Lang) -> Outline {
    let is_of_another_host = settled(&mut parts);
    let levels = parts.iter().filter_map(|part| match part {
        Part::Heading { level, .. } => Some(*level),
        Part::Prose(_) | Part::Code { .. } => None,
    });
    let level = levels.min().unwrap_or(1);
    let has_prompts = actions(&parts).iter().any(|action| matches!(action, Action::Type { .. }));
    let mut builder = Builder {
        lang,
        outline: Outline::default(),
        level,
        title: title.to_owned(),
        files: Files::default(),
        running: BTreeMap::new(),
        folders: BTreeMap::new(),
        literals: BTreeSet::new(),
        names: BTreeSet::new(),
        leads: Vec::new(),
        heading: level,
        has_step: false,
        is_adjacent: false,
        is_open: false,
        section: (title.to_owned(), Vec::new()),
        ids: BTreeSet::from(["title", "summary", "glossary", "mistakes"].map(str::to_owned)),
        has_prompts,
        is_of_another_host,
        todos: Vec::new(),
    };
    builder.section.1 = builder.ahead(&parts);
    for (at, part) in parts.iter().enumerate() {
        match part {
            Part::Heading { level, text } => builder.heading(*level, text, &parts[at + 1..]),
            Part::Prose(text) => {
                builder.leads.push(Lead::Prose(text.clone()));
                builder.is_adjacent = false;
            }
            Part::Code { info, text } => builder.block(info, text),
        }
    }
    builder.finish()
}

/// Gives each node the host that Moebi's nodes have; whether one had another.
fn settled(parts: &mut [Part]) -> bool {
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
            for (name, host) in &strange {
                *text = text.replace(&format!("{name}{host}"), &format!("{name}localhost"));
            }
        }
    }
    !strange.is_empty()
}

fn actions(parts: &[Part]) -> Vec<Action> {
    let blocks = parts.iter().filter_map(|part| match part {
        Part::Code { info, text } => Some(block::read(info, text)),
        Part::Heading { .. } | Part::Prose(_) => None,
    });
    blocks.flatten().collect()
}

/// A terminal for a node of that name; the one without a name has its own.
fn terminal(node: Option<&str>) -> TerminalName {
    let short = node.map_or(IEX, |node| node.split('@').next().unwrap_or(node));
    let name = slug(short, 24);
    let taken = ["write", "edit", "choose", "close", "kill", "pause", "resume", "cut", "heal", "node", SHELL];
    let is_taken = taken.contains(&name.as_str()) || name.is_empty() || is_command(&name);
    let name = if is_taken { format!("node-{name}") } else { name };
    TerminalName::parse(name.trim_end_matches('-')).unwrap_or_else(|_| shell_named(IEX))
}

fn is_command(word: &str) -> bool {
    crate::guide::slash_command::COMMANDS.iter().any(|command| command.name == Some(word))
}

fn shell_named(name: &str) -> TerminalName {
    TerminalName::parse(name).expect("it is a name")
}

/// Words as an id: lower-case, Latin, with hyphens.
pub(super) fn slug(text: &str, most: usize) -> String {
    let mut slug = String::new();
    for sign in text.to_lowercase().nfd() {
        let letters = match sign {
            'a'..='z' | '0'..='9' | '_' => {
                slug.push(sign);
                continue;
            }
            'α' => "a",
            'β' => "v",
            'γ' => "g",
            'δ' => "d",
            'ε' => "e",
            'ζ' => "z",
            'η' | 'ι' => "i",
            'θ' => "th",
            'κ' => "k",
            'λ' => "l",
            'μ' => "m",
            'ν' => "n",
            'ξ' => "x",
            'ο' | 'ω' => "o",
            'π' => "p",
            'ρ' => "r",
            'σ' | 'ς' => "s",
            'τ' => "t",
            'υ' => "y",
            'φ' => "f",
            'χ' => "ch",
            'ψ' => "ps",
            sign if unicode_normalization::char::is_combining_mark(sign) => continue,
            _ if slug.is_empty() || slug.ends_with('-') => continue,
            _ => "-",
        };
        slug.push_str(letters);
    }
    if slug.len() > most {
        let cut = slug[..most].rfind('-').unwrap_or(most);
        slug.truncate(cut);
    }
    let slug = slug.trim_matches(['-', '_']);
    slug.trim_start_matches(|first: char| !first.is_ascii_lowercase()).to_owned()
}

impl Builder {
    /// What is done in the section that these parts begin with.
    fn ahead(&self, parts: &[Part]) -> Vec<Action> {
        let is_next = |part: &Part| matches!(part, Part::Heading { level, .. } if *level == self.level);
        let end = parts.iter().position(is_next).unwrap_or(parts.len());
        actions(&parts[..end])
    }

    fn heading(&mut self, level: usize, text: &str, rest: &[Part]) {
        let is_section = level == self.level;
        // What explains the step above belongs to it, unless it leads to what stands deeper.
        if is_section || level <= self.heading || self.has_step {
            self.conclude();
        }
        if is_section {
            self.is_open = false;
            self.section = (text.to_owned(), self.ahead(rest));
        }
        self.leads.push(Lead::Heading(level, text.to_owned()));
        (self.heading, self.has_step, self.is_adjacent) = (level, false, false);
    }

    /// What waits is told once the last step of the section is done; without one it waits on.
    fn conclude(&mut self) {
        if !self.is_open {
            return;
        }
        let leads = mem::take(&mut self.leads);
        if let Some(step) = self.last_step() {
            for lead in leads {
                let (text, todo) = told(lead);
                step.after.push(text);
                step.todos.extend(todo);
            }
        }
    }

    fn last_step(&mut self) -> Option<&mut Step> {
        self.outline.sections.last_mut()?.steps.last_mut()
    }

    fn finish(mut self) -> Outline {
        // A section of words alone ends the one before it.
        self.is_open = true;
        self.conclude();
        for section in &mut self.outline.sections {
            for step in &mut section.steps {
                step.hints.dedup_by(|one, other| one.speak(Lang::En) == other.speak(Lang::En));
            }
        }
        // Files alone need none, and a lesson does.
        if self.outline.terminals.is_empty() {
            self.declare(&shell_named(SHELL));
        }
        let mut outline = self.outline;
        outline.terminals.sort_by_key(|terminal| terminal.as_str() == SHELL);
        outline
    }

    fn block(&mut self, info: &str, text: &str) {
        self.outline.blocks += 1;
        let Some(deeds) = self.deeds(info, text) else {
            self.leave(info, text);
            return;
        };
        self.outline.placed += 1;
        self.is_adjacent &= self.is_open && self.leads.is_empty();
        if deeds.iter().all(|deed| matches!(deed, Deed::Note)) {
            self.leads.push(Lead::Prose(shown(info, text)));
            return;
        }
        let mut deeds = deeds.into_iter().peekable();
        let mut is_seen = false;
        while let Some(Deed::Seen { .. }) = deeds.peek() {
            let Some(Deed::Seen { at, text }) = deeds.next() else { break };
            is_seen |= self.see(&at, &text);
        }
        if deeds.peek().is_none() {
            if !is_seen {
                self.outline.placed -= 1;
                self.leave(info, text);
                return;
            }
            // The words that lead to it, and what is to be seen.
            self.conclude();
            if let Some(step) = self.last_step() {
                step.after.push(shown("text", &without_prompts(text)));
            }
            return;
        }
        self.step(deeds.collect(), info, text);
    }

    /// Keeps a block that nothing could be made of in the text, and says so.
    fn leave(&mut self, info: &str, text: &str) {
        let first = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
        let first: String = first.trim().chars().take(50).collect();
        let todo = format!("nothing tells what this block is for; it only stands in the text: `{first}`.");
        self.leads.push(Lead::Block { text: shown(info, text), todo });
        self.is_adjacent = false;
    }

    /// What a block asks to be done; none where that can't be told.
    fn deeds(&mut self, info: &str, text: &str) -> Option<Vec<Deed>> {
        let actions = block::read(info, text);
        let mut deeds = Vec::new();
        for action in actions {
            match action {
                Action::Type { node, code, shown } => deeds.extend(self.typed(node, code, shown)?),
                Action::Seen { node, text } => deeds.push(Deed::Seen { at: terminal(node.as_deref()), text }),
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
        let at = terminal(node.as_deref());
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
        static WORDS: LazyLock<Regex> =
            LazyLock::new(|| Regex::new(r"^[\p{L}\p{M}\d' ,.!?-]+$").expect("a regex"));
        let code = code.trim();
        if self.literals.contains(code) {
            return true;
        }
        let first = code.split([' ', ',', '.', '!', '?']).next().unwrap_or_default();
        let is_known = self.names.contains(first)
            || first.starts_with(|sign: char| sign.is_ascii_digit() || sign.is_uppercase())
            || [
                "self", "node", "flush", "pwd", "ls", "h", "i", "v", "c", "r", "import", "alias", "require",
                "use",
            ]
            .contains(&first);
        WORDS.is_match(code) && !is_known && !syntax::is_value(code) && code.contains(' ')
    }

    /// Remembers the texts that code has in it.
    fn learn(&mut self, code: &str) {
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
        Deed::Start { at: terminal(start.node.as_deref()), line, start }
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
        let files = written(&self.files);
        if let Some(section) = self.outline.sections.last_mut().filter(|_| self.is_open) {
            section.start.splice(0..0, files);
        }
    }

    /// Something that was printed on another terminal by what was typed last; whether it can have been.
    fn see(&mut self, at: &TerminalName, text: &str) -> bool {
        let is_known = self.literals.contains(text);
        if !self.is_open || !is_known {
            return false;
        }
        self.declare(at);
        let condition = condition::printed(text, at);
        let Some(goal) =
            self.last_step().and_then(|step| step.goals.iter_mut().rev().find(|goal| goal.is_together))
        else {
            return false;
        };
        if !goal.conditions.contains(&condition) {
            goal.conditions.push(condition);
        }
        true
    }

    fn declare(&mut self, at: &TerminalName) {
        if !self.outline.terminals.contains(at) {
            self.outline.terminals.push(at.clone());
        }
    }

    /// Begins the section at hand: fresh nodes, and of what there was only what it goes on with.
    fn open(&mut self) {
        if self.is_open {
            return;
        }
        self.is_open = true;
        let (title, actions) = mem::take(&mut self.section);
        let carried = self.carried(&actions);
        let id = self.id(&slug(&title, 28), "section");
        let mut section = Section { id, title, ..Section::default() };
        let makes =
            |action: &Action| matches!(action, Action::Command { text, .. } if Project::of(text).is_some());
        section.makes_project = actions.iter().any(makes);
        let needs_files = actions.iter().any(|action| match action {
            Action::Command { text, .. } => text.contains("mix"),
            Action::Code { .. } | Action::Failure(_) => true,
            Action::Type { .. } | Action::Seen { .. } => false,
        });
        let is_mix = carried.values().any(|running| running.start.is_mix);
        if (needs_files || is_mix) && !section.makes_project {
            section.start = written(&self.files);
        }
        self.folders.clear();
        self.running.clear();
        self.outline.sections.push(section);
        for (at, running) in carried {
            self.begin(&at, running);
        }
    }

    /// The nodes that the section uses before it starts them itself, each with what has to be typed there again.
    fn carried(&self, actions: &[Action]) -> BTreeMap<TerminalName, Running> {
        let mut wanted: BTreeSet<TerminalName> = BTreeSet::new();
        let mut started: BTreeSet<TerminalName> = BTreeSet::new();
        let mut words: BTreeSet<&str> = BTreeSet::new();
        for action in actions {
            match action {
                Action::Type { node, code, .. } => {
                    wanted.extend(Some(terminal(node.as_deref())).filter(|at| !started.contains(at)));
                    let named = self.running.iter().filter(|(at, running)| {
                        let name = running.start.node.as_deref();
                        !started.contains(*at) && name.is_some_and(|name| code.contains(name))
                    });
                    wanted.extend(named.map(|(at, _)| at.clone()));
                    words.extend(syntax::words(code));
                }
                Action::Seen { node, .. } => {
                    wanted.extend(Some(terminal(node.as_deref())).filter(|at| !started.contains(at)));
                }
                Action::Command { text, .. } => {
                    started.extend(Start::of(text).map(|start| terminal(start.node.as_deref())));
                }
                Action::Code { .. } | Action::Failure(_) => {}
            }
        }
        let carried = self.running.iter().filter(|(at, _)| wanted.contains(*at)).map(|(at, running)| {
            let is_used = |code: &&String| {
                let names = syntax::gives_names(code);
                names.iter().any(|name| name == "*" || words.contains(name.as_str()))
            };
            let typed = running.typed.iter().filter(is_used).cloned().collect();
            (at.clone(), Running { typed, is_stale: false, ..running.clone() })
        });
        carried.collect()
    }

    /// Lets a node run from the section's start.
    fn begin(&mut self, at: &TerminalName, running: Running) {
        self.declare(at);
        let line = self.in_folder(at, &running.line, running.start.is_mix);
        let compiles = running.start.is_mix.then(|| self.files.project.clone()).flatten();
        let shell = shell_named(SHELL);
        let compile = compiles.map(|project| format!("cd {} && mix compile", project.folder));
        if compile.is_some() {
            self.declare(&shell);
        }
        let Some(section) = self.outline.sections.last_mut() else { return };
        if let Some(text) = compile {
            let compiling = Input::Type { terminal: shell.clone(), text };
            if !section.start.contains(&compiling) {
                let at = section.start.iter().position(|input| matches!(input, Input::Type { .. }));
                section.start.insert(at.unwrap_or(section.start.len()), compiling);
                if let Some(project) = &self.files.project {
                    self.folders.insert(shell, project.folder.clone());
                }
            }
        }
        section.start.push(Input::Type { terminal: at.clone(), text: line });
        let typed = running.typed.iter().map(|text| Input::Type { terminal: at.clone(), text: text.clone() });
        section.start.extend(typed);
        self.running.insert(at.clone(), running);
    }

    /// The line behind what brings its terminal into the project's folder, where it must be there and is not.
    fn in_folder(&mut self, at: &TerminalName, line: &str, is_of_project: bool) -> String {
        let Some(project) = self.files.project.as_ref().filter(|_| is_of_project) else {
            return line.to_owned();
        };
        if self.folders.get(at) == Some(&project.folder) {
            return line.to_owned();
        }
        self.folders.insert(at.clone(), project.folder.clone());
        format!("cd {} && {line}", project.folder)
    }

    /// A name that no other section or step has.
    fn id(&mut self, wanted: &str, otherwise: &str) -> String {
        let wanted = if wanted.is_empty() { otherwise } else { wanted };
        let numbered = (2..).map(|number| format!("{wanted}-{number}"));
        let mut free = std::iter::once(wanted.to_owned()).chain(numbered).filter(|id| !self.ids.contains(id));
        let id = free.next().expect("numbers do not end");
        self.ids.insert(id.clone());
        id
    }

    /// A step of these deeds, or more of the one before where nothing was said between.
    fn step(&mut self, deeds: Vec<Deed>, info: &str, block: &str) {
        self.open();
        if !self.is_adjacent {
            let step = self.titled(&deeds);
            if let Some(section) = self.outline.sections.last_mut() {
                section.steps.push(step);
            }
        }
        let is_file = deeds.iter().any(|deed| matches!(deed, Deed::Put { .. }));
        let mut kept = Kept::default();
        for deed in deeds {
            if let Deed::Note = deed {
                continue;
            }
            self.perform(deed, &mut kept);
        }
        let text = if is_file { vec![shown(info, &without_path(block))] } else { kept.blocks(self.lang) };
        let spoken_of: Vec<String> = self.outline.terminals.iter().map(ToString::to_string).collect();
        let (lang, todos) = (self.lang, mem::take(&mut self.todos));
        let Some(step) = self.last_step() else { return };
        // The words before it may say where already.
        let is_said = |place: &&(String, Localized)| {
            let words = step.text.last().filter(|words| words.ends_with(':'));
            words.is_some_and(|words| leads_to(words, &place.0, &spoken_of))
        };
        let lead =
            kept.lead.as_ref().filter(|place| !is_said(place)).map(|(_, lead)| lead.speak(lang).to_owned());
        // The words before it lead on to this line, and not to the code any more.
        if let Some(last) = step.text.last_mut().filter(|last| lead.is_some() && last.ends_with(':')) {
            last.pop();
            last.push('.');
        }
        step.text.extend(lead.into_iter().chain(text));
        step.todos.extend(todos);
        step.hints.extend(kept.runs.iter().map(|(at, _, lines)| match lines.as_slice() {
            [line] if !line.contains('\n') => messages::type_this(at.as_str(), &markdown::code(line)),
            _ => messages::type_lines(at.as_str()),
        }));
        (self.has_step, self.is_adjacent) = (true, true);
    }

    /// An empty step below what waits for it.
    fn titled(&mut self, deeds: &[Deed]) -> Step {
        let leads = mem::take(&mut self.leads);
        let last = leads.iter().rposition(|lead| matches!(lead, Lead::Heading(..)));
        let is_typed = matches!(deeds.first(), Some(Deed::Type { .. }));
        let by_words = if is_typed { sentence(&leads) } else { None };
        let by_deed = by_words.or_else(|| deeds.iter().find_map(|deed| deed.title(self.lang)));
        let mut step = Step::default();
        for (at, lead) in leads.into_iter().enumerate() {
            match lead {
                // What the section is called already its first step need not be called as well.
                Lead::Heading(level, text)
                    if Some(at) == last || level == self.level && self.is_section(&text) =>
                {
                    if text.width() > TITLE_COLUMNS {
                        step.text.push(markdown::strong(&text));
                    }
                    if Some(at) == last && (is_typed || !self.is_section(&text)) {
                        step.title = text;
                    }
                }
                lead => {
                    let (text, todo) = told(lead);
                    step.text.push(text);
                    step.todos.extend(todo);
                }
            }
        }
        let wanted =
            if step.title.is_empty() { by_deed.unwrap_or_default() } else { mem::take(&mut step.title) };
        let word = deeds.iter().find_map(Deed::word).unwrap_or_default();
        step.id = self.id(&word, "step");
        step.title = cut(&wanted, TITLE_COLUMNS);
        if step.title.is_empty() {
            step.title = cut(&step.id, TITLE_COLUMNS);
        }
        step
    }

    fn is_section(&self, heading: &str) -> bool {
        self.outline.sections.last().is_some_and(|section| section.title == heading)
    }

    fn perform(&mut self, deed: Deed, kept: &mut Kept) {
        match deed {
            Deed::Type { at, node, code, shown } => self.type_in(at, node, code, &shown, kept),
            Deed::Start { at, line, start } => self.start(at, &line, start, kept),
            Deed::New(project, line) => {
                let shell = shell_named(SHELL);
                self.folders.remove(&shell);
                let goal = condition::made(&project);
                self.enter(&shell, line.clone(), goal);
                kept.take(&shell, &line, "sh");
                self.wait(10);
            }
            Deed::Run { text, shown, may_fail } => {
                let shell = shell_named(SHELL);
                let is_mix = text.split_whitespace().any(|word| word == "mix");
                let line = self.in_folder(&shell, &text, is_mix);
                let goal = condition::ran(&text, &shell, &shown, may_fail);
                self.enter(&shell, line.clone(), goal);
                kept.take(&shell, &line, "sh");
                self.wait(10);
            }
            Deed::Put { path, shown } => self.put(&path, &shown, kept),
            Deed::Seen { at, text } => {
                if !self.see(&at, &text) {
                    let todo = format!("the source shows in {at} what nothing here brings about: `{text}`.");
                    self.to_do(todo);
                }
            }
            Deed::Note => {}
        }
    }

    fn enter(&mut self, at: &TerminalName, text: String, goal: Goal) {
        self.declare(at);
        let input = Input::Type { terminal: at.clone(), text };
        if let Some(step) = self.last_step() {
            step.answer.push(input);
            // What is done twice is asked for once.
            if step.goals.iter().all(|other| other.conditions != goal.conditions) {
                step.goals.push(goal);
            }
        }
    }

    fn hint(&mut self, hint: Localized) {
        if let Some(step) = self.last_step() {
            step.hints.push(hint);
        }
    }

    fn to_do(&mut self, todo: String) {
        if let Some(step) = self.last_step().filter(|step| !step.todos.contains(&todo)) {
            step.todos.push(todo);
        }
    }

    fn wait(&mut self, seconds: u32) {
        if let Some(step) = self.last_step() {
            step.within = Some(step.within.unwrap_or_default().max(seconds));
        }
    }

    fn type_in(
        &mut self,
        at: TerminalName,
        node: Option<String>,
        code: String,
        shown: &[String],
        kept: &mut Kept,
    ) {
        self.ensure_running(&at, node, kept);
        if !self.has_prompts {
            self.to_do(
                "the source has no prompts: is this typed into iex, and what must come of it?".to_owned(),
            );
        }
        if self.running.get(&at).is_some_and(|running| running.is_stale) {
            let todo = format!(
                "{at} was started before its code changed: let the learner start it anew, or `recompile()`."
            );
            self.to_do(todo);
        }
        let goal = Typed { at: &at, code: &code, shown }.goal();
        if let Some(running) = self.running.get_mut(&at) {
            running.typed.push(code.clone());
        }
        kept.take(&at, &code, "elixir");
        self.enter(&at, code, goal);
    }

    /// A prompt that the source has never started runs from the section's start, or once there is a project.
    fn ensure_running(&mut self, at: &TerminalName, node: Option<String>, kept: &mut Kept) {
        if self.running.contains_key(at) {
            return;
        }
        let is_mix = self.files.project.is_some();
        let named = node.as_ref().map_or_else(String::new, |node| format!(" --sname {node}"));
        let line = format!("iex{named}{}", if is_mix { " -S mix" } else { "" });
        let start = Start { node, cookie: None, is_mix };
        let is_later = is_mix && self.outline.sections.last().is_some_and(|section| section.makes_project);
        if is_later {
            self.start(at.clone(), &line, start, kept);
            let todo = format!("the source types into {at} and does not say how it was started.");
            self.to_do(todo);
        } else {
            self.begin(at, Running { line, start, typed: Vec::new(), is_stale: false });
        }
    }

    fn start(&mut self, at: TerminalName, line: &str, start: Start, kept: &mut Kept) {
        let before = self.running.remove(&at);
        let is_same = before.as_ref().is_some_and(|before| before.start == start);
        if before.is_some() {
            if let Some(step) = self.last_step() {
                step.answer.push(Input::Close(at.clone()));
            }
            self.hint(messages::close_first(at.as_str()));
        }
        let goal = condition::started(&start, &at, is_same);
        let written = self.in_folder(&at, line, start.is_mix);
        kept.take(&at, &written, "sh");
        self.wait(if start.is_mix { 10 } else { 5 });
        self.enter(&at, written, goal);
        if self.is_of_another_host {
            self.to_do(
                "the source has nodes on another host; here each is on localhost: see that its words agree."
                    .to_owned(),
            );
            self.is_of_another_host = false;
        }
        self.running.insert(at, Running { line: line.to_owned(), start, typed: Vec::new(), is_stale: false });
    }

    fn put(&mut self, path: &str, shown: &str, kept: &mut Kept) {
        let before = self.files.texts.get(path).cloned();
        self.learn(shown);
        let change = self.files.put(path, shown);
        let after = self.files.texts.get(path).cloned();
        kept.lead = kept.lead.take().or_else(|| Some((path.to_owned(), messages::in_file(path))));
        self.hint(messages::save_file(path));
        let (input, todo) = match (change, &after) {
            (Some(Change::Whole { loses }), Some(after)) => {
                let todo = (!loses.is_empty()).then(|| {
                    format!("the block is taken for all of {path}, which loses {}.", loses.join(", "))
                });
                (Some(Input::Write { path: path.to_owned(), text: after.clone() }), todo)
            }
            (Some(Change::Edit { replace, with, is_before }), _) => {
                let place =
                    if is_before { "before the clauses that are there" } else { "where it seems to belong" };
                let todo =
                    format!("the source shows a part of {path}; it was put {place}: see that it is right.");
                (Some(Input::Edit { path: path.to_owned(), replace, with }), Some(todo))
            }
            (Some(Change::Rewritten { is_before }), Some(after)) => {
                let place = if is_before { ", new clauses before those that are there" } else { "" };
                let todo = format!(
                    "the source shows parts of {path}; they were put in{place}: see that it is right."
                );
                (Some(Input::Write { path: path.to_owned(), text: after.clone() }), Some(todo))
            }
            // It was tried on a copy, with another outcome only where the step before has changed the file.
            (Some(_) | None, _) => (None, Some(format!("write the edit of {path} that the text shows."))),
        };
        if let Some(todo) = todo {
            self.to_do(todo);
        }
        let goal = after.as_deref().and_then(|after| condition::saved(path, before.as_deref(), after));
        if goal.is_none() {
            self.to_do(format!("no condition tells {path} from what it was before."));
        }
        let goal = goal.unwrap_or_else(|| condition::is_there(path));
        let is_of_project =
            self.files.project.as_ref().is_some_and(|project| path.starts_with(&project.folder));
        for running in self.running.values_mut().filter(|running| running.start.is_mix && is_of_project) {
            running.is_stale |= input.is_some();
        }
        if let Some(step) = self.last_step() {
            step.answer.extend(input);
            step.goals.push(goal);
        }
    }
}

/// What of a step's code its text shows, below which line.
#[derive(Debug, Default)]
struct Kept {
    /// Where that is, and the line that says it.
    lead: Option<(String, Localized)>,
    runs: Vec<(TerminalName, &'static str, Vec<String>)>,
}

impl Kept {
    fn take(&mut self, at: &TerminalName, code: &str, info: &'static str) {
        match self.runs.last_mut() {
            Some((there, known, lines)) if there == at && *known == info => lines.push(code.to_owned()),
            _ => self.runs.push((at.clone(), info, vec![code.to_owned()])),
        }
    }

    /// Each terminal's code, the first one's without its name where that is the lead.
    fn blocks(&mut self, lang: Lang) -> Vec<String> {
        let mut blocks = Vec::new();
        for (at, info, lines) in &self.runs {
            let name = messages::in_terminal(at.as_str());
            if self.lead.is_none() {
                self.lead = Some((at.to_string(), name));
            } else {
                blocks.push(name.speak(lang).to_owned());
            }
            blocks.push(shown(info, &lines.join("\n")));
        }
        blocks
    }
}

impl Deed {
    fn title(&self, lang: Lang) -> Option<String> {
        let title = match self {
            Self::Type { at, .. } => messages::title_of_input(at.as_str()),
            Self::Start { at, .. } => messages::title_of_node(at.as_str()),
            Self::New(project, _) => messages::title_of_project(&project.folder),
            Self::Run { text, .. } => return Some(text.clone()),
            Self::Put { path, .. } => messages::title_of_file(path),
            Self::Seen { .. } | Self::Note => return None,
        };
        Some(title.speak(lang).to_owned())
    }

    /// For an id.
    fn word(&self) -> Option<String> {
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

/// Whether words name a place, as code, and no other terminal beside it.
fn leads_to(words: &str, place: &str, terminals: &[String]) -> bool {
    static CODE: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"`([^`]+)`").expect("a regex"));
    let codes: Vec<&str> =
        CODE.captures_iter(words).filter_map(|found| found.get(1)).map(|code| code.as_str()).collect();
    let is_place = |code: &&str| *code == place || place.ends_with(&format!("/{code}"));
    let is_other = |code: &&str| terminals.iter().any(|terminal| terminal == code) && *code != place;
    codes.iter().any(is_place) && !codes.iter().any(is_other)
}

/// The last sentence of the words that lead to a step, where it is short enough for a title.
fn sentence(leads: &[Lead]) -> Option<String> {
    static SIGN: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"\]\([^)]*\)|[`*\\\[]").expect("a regex"));
    let Some(Lead::Prose(text)) = leads.last() else { return None };
    if text.starts_with(['-', '>']) || text.contains("\n\n") {
        return None;
    }
    let line = SIGN.replace_all(&project::squeezed(text), "").into_owned();
    let line = line.trim_end_matches(['.', ':', ' ']);
    let last = line.rsplit(". ").next().unwrap_or(line).trim();
    (last.contains(' ') && last.width() <= TITLE_COLUMNS).then(|| last.to_owned())
}

fn told(lead: Lead) -> (String, Option<String>) {
    match lead {
        Lead::Heading(_, text) => (markdown::strong(&text), None),
        Lead::Prose(text) => (text, None),
        Lead::Block { text, todo } => (text, Some(todo)),
    }
}

/// Every file that there is, as inputs.
fn written(files: &Files) -> Vec<Input> {
    let write = |(path, text): (&String, &String)| Input::Write { path: path.clone(), text: text.clone() };
    files.texts.iter().map(write).collect()
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

/// Code as the renderer shows it without breaking it; on one line of prose where it is too wide for that.
fn shown(info: &str, code: &str) -> String {
    let word = info.split([' ', ',', '{']).next().unwrap_or_default();
    let is_elixir = word.starts_with("elixir") || word == "iex";
    let width = |line: &str| match is_elixir {
        true => line.split(' ').map(UnicodeWidthStr::width).max().unwrap_or_default(),
        false => line.width(),
    };
    if code.lines().all(|line| width(line.trim_end()) <= CODE_COLUMNS) {
        return markdown::fence(word, code);
    }
    if block::is_command(code) && code.lines().count() == 1 {
        return markdown::code(code.trim());
    }
    markdown::fence("text", &code.lines().flat_map(narrow).collect::<Vec<_>>().join("\n"))
}

/// A line in pieces that fit, broken at spaces where there are some.
fn narrow(line: &str) -> Vec<String> {
    let (mut pieces, mut piece) = (Vec::new(), String::new());
    for word in line.split_inclusive(' ') {
        if !piece.is_empty() && piece.width() + word.trim_end().width() > CODE_COLUMNS {
            pieces.push(mem::take(&mut piece));
        }
        for sign in word.chars() {
            if piece.width() + unicode_width::UnicodeWidthChar::width(sign).unwrap_or(0) > CODE_COLUMNS {
                pieces.push(mem::take(&mut piece));
            }
            piece.push(sign);
        }
    }
    pieces.push(piece);
    pieces
}

/// What stands at prompts, by itself.
fn without_prompts(block: &str) -> String {
    static PROMPT: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r"(?m)^[ \t]*iex(?:\([^)\s]*\))?\d*>[ \t]?").expect("a regex"));
    PROMPT.replace_all(block, "").trim().to_owned()
}

/// A block without the comment that names its file.
fn without_path(block: &str) -> String {
    match block::read("elixir", block).as_slice() {
        [Action::Code { path: Some(_), text }] => text.clone(),
        _ => block.to_owned(),
    }
}

/// As much of a line as fits.
pub(super) fn cut(line: &str, columns: usize) -> String {
    if line.width() <= columns {
        return line.to_owned();
    }
    let mut kept = String::new();
    for word in line.split_whitespace() {
        if kept.width() + 1 + word.width() > columns - 2 {
            break;
        }
        if !kept.is_empty() {
            kept.push(' ');
        }
        kept.push_str(word);
    }
    if kept.is_empty() {
        kept = line.chars().take(columns / 2).collect();
    }
    kept + " …"
}
