//! What a step must bring about, by what its source shows: conditions, and the goal that tells them.

use std::sync::LazyLock;

use regex::Regex;

use crate::{
    i18n::{Lang, Localized},
    lesson::{TerminalName, syntax},
};

use super::{block::Start, markdown, messages, project};

/// How much of a code or an output a sentence quotes, in characters.
const QUOTED: usize = 34;
/// How many lines a value has at most.
const MAX_VALUE: usize = 60;
/// How many functions, outputs or expressions one goal asks for.
const MOST: usize = 5;

/// One condition, its keys in order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Condition(pub Vec<(&'static str, Value)>);

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Value {
    Text(String),
    /// A name, a number, a truth: never quoted.
    Word(String),
    List(Vec<String>),
}

#[derive(Debug, Clone)]
pub(super) struct Goal {
    /// A word for it, made a name by whoever writes it.
    pub id: String,
    pub holds: Localized,
    pub missing: Localized,
    pub conditions: Vec<Condition>,
    /// Whether one and the same input must bring about all of them.
    pub is_together: bool,
}

fn text(text: &str) -> Value {
    Value::Text(text.to_owned())
}

fn word(word: impl ToString) -> Value {
    Value::Word(word.to_string())
}

/// What is typed, and what the source shows below it.
pub(super) struct Typed<'a> {
    pub at: &'a TerminalName,
    pub code: &'a str,
    /// As a pattern.
    pub pattern: &'a str,
    pub shown: &'a [String],
}

impl Typed<'_> {
    pub(super) fn goal(&self) -> Goal {
        let at = self.at.as_str();
        let functions =
            if self.code.starts_with("defmodule ") { project::functions(self.code) } else { Vec::new() };
        if !functions.is_empty() {
            return callable(&functions, self.at);
        }
        let Shown { prints, value, error } = Shown::of(self.code, self.shown);
        let mut conditions = vec![Condition(vec![("typed", text(self.pattern)), ("in", word(at))])];
        let quoted = quoted(self.code);
        let (mut holds, mut missing) = (messages::typed(&quoted, at), messages::typed_not(&quoted, at));
        if let Some(value) = &value {
            // What differs each time says nothing in a sentence.
            if !value.contains('_') {
                let value = self::quoted(value);
                (holds, missing) =
                    (messages::gave(&quoted, &value, at), messages::gave_not(&quoted, &value, at));
            }
        }
        if let Some(first) = prints.first() {
            let first = self::quoted(first);
            holds = messages::showed(&quoted, &first, at);
            missing = messages::showed_not(&quoted, at);
        }
        conditions.extend(prints.iter().take(MOST).map(|line| printed(line, self.at)));
        match error {
            Some(error) => {
                let told = self::quoted(error.split(')').next().unwrap_or(&error).trim_start_matches("** ("));
                holds = messages::raised(&quoted, &told, at);
                missing = messages::raised_not(&quoted, &told, at);
                conditions.push(Condition(vec![("raises", text(&error_pattern(&error))), ("in", word(at))]));
            }
            None => {
                let value = value.unwrap_or_else(|| "_".to_owned());
                conditions.push(Condition(vec![("returns", text(&value)), ("in", word(at))]));
            }
        }
        Goal { id: called(self.code), holds, missing, conditions, is_together: true }
    }
}

/// That a process printed this.
pub(super) fn printed(line: &str, at: &TerminalName) -> Condition {
    match varying(line) {
        true => Condition(vec![("matches", text(&pattern(line))), ("in", word(at))]),
        false => Condition(vec![("prints", text(line)), ("in", word(at))]),
    }
}

fn callable(functions: &[String], at: &TerminalName) -> Goal {
    let probe = |function: &String| {
        let (module, name) = function.rsplit_once('.').unwrap_or((function, ""));
        let (name, arity) = name.split_once('/').unwrap_or((name, "0"));
        let code = format!("function_exported?({module}, :{name}, {arity})");
        let code = text(&code);
        Condition(vec![("probe", code), ("in", word(at)), ("gives", Value::Text("true".to_owned()))])
    };
    let what = listed(functions);
    Goal {
        id: "defined".to_owned(),
        holds: messages::callable(&what, at.as_str()),
        missing: messages::callable_not(&what, at.as_str()),
        conditions: functions.iter().take(MOST).map(probe).collect(),
        is_together: false,
    }
}

/// A node that a command line has started; `is_anew` where another one ran there before.
pub(super) fn started(start: &Start, at: &TerminalName, is_anew: bool) -> Goal {
    let mut conditions = Vec::new();
    let (holds, missing) = match &start.node {
        Some(node) => {
            let short = node.strip_suffix("@localhost").unwrap_or(node);
            let mut keys = vec![("started", word(short)), ("in", word(at))];
            let mut with = messages::with_nothing();
            if let Some(cookie) = &start.cookie {
                keys.push(("cookie", text(cookie)));
                with = messages::with_cookie(cookie);
            }
            if start.is_mix {
                keys.push(("mix", word(true)));
                with = messages::with_project();
            }
            conditions.push(Condition(keys));
            (messages::node_runs(node, at.as_str(), &with), messages::node_runs_not(node, at.as_str(), &with))
        }
        None => {
            let probe = if start.is_mix {
                "node() == :nonode@nohost and Mix.Project.get() != nil"
            } else {
                "node() == :nonode@nohost"
            };
            conditions.push(Condition(vec![
                ("probe", text(probe)),
                ("in", word(at)),
                ("gives", text("true")),
            ]));
            (messages::runtime_runs(at.as_str()), messages::runtime_runs_not(at.as_str()))
        }
    };
    if is_anew {
        conditions.push(Condition(vec![
            ("probe", text("System.pid()")),
            ("in", word(at)),
            ("changes", word(true)),
        ]));
    }
    Goal { id: at.to_string(), holds, missing, conditions, is_together: false }
}

/// A project that `mix new` has made.
pub(super) fn made(project: &project::Project) -> Goal {
    let file = |path: &str| Condition(vec![("file", text(&format!("{}/{path}", project.folder)))]);
    let mut conditions = vec![file("mix.exs")];
    if project.has_tree {
        let mut tree = file(&format!("lib/{}/application.ex", project.app));
        tree.0.push(("contains", text("use Application")));
        conditions.push(tree);
    }
    Goal {
        id: "project".to_owned(),
        holds: messages::project_is_there(&project.folder),
        missing: messages::project_is_not_there(&project.folder),
        conditions,
        is_together: false,
    }
}

/// A file that was another one before, or none; nothing where no condition tells the two apart.
pub(super) fn saved(path: &str, before: Option<&str>, after: &str) -> Option<Goal> {
    let old = before.map(project::functions).unwrap_or_default();
    let new = project::functions(after).into_iter().filter(|function| !old.contains(function));
    let defines: Vec<_> = new.take(MOST).collect();
    let mut keys = vec![("file", text(path))];
    let id = path.rsplit('/').next().unwrap_or(path).to_owned();
    if !defines.is_empty() && path.ends_with(".ex") {
        let told = listed(&defines);
        keys.push(("defines", Value::List(defines)));
        let (holds, missing) = (messages::file_defines(path, &told), messages::file_defines_not(path, &told));
        return Some(Goal { id, holds, missing, conditions: vec![Condition(keys)], is_together: false });
    }
    let there: Vec<_> = before.unwrap_or_default().lines().map(project::squeezed).collect();
    let is_elixir = path.ends_with(".ex") || path.ends_with(".exs");
    let is_new = |line: &&str| !line.is_empty() && !there.contains(&project::squeezed(line));
    // A line of Elixir has to stand by itself.
    let is_whole = |line: &str| {
        !is_elixir
            || !line.starts_with('#')
                && syntax::errors(line).is_none()
                && line.chars().any(char::is_alphabetic)
    };
    let tells = |line: &str| {
        let is_in = |text: &str| match is_elixir {
            true => syntax::contains(&syntax::Code::alone(text), line),
            false => text.contains(line),
        };
        is_in(after) && !before.is_some_and(is_in)
    };
    // What `__MODULE__` stands for is known where the file is read; a test is told by its name.
    let variants = |line: &str| {
        let test = line.strip_suffix(" do").filter(|line| line.starts_with("test \""));
        let test = test.map(|test| format!("{test}, _"));
        [Some(line.to_owned()), Some(line.replace("__MODULE__", "_")), test]
    };
    let telling =
        |line: &str| variants(line).into_iter().flatten().find(|line| is_whole(line) && tells(line));
    let lines = after.lines().map(|line| line.trim().trim_end_matches(','));
    let holds: Vec<_> = lines.filter(is_new).filter_map(telling).take(MOST).collect();
    if holds.is_empty() {
        return None;
    }
    keys.push(("contains", Value::List(holds)));
    Some(Goal {
        id,
        holds: messages::file_holds(path),
        missing: messages::file_holds_not(path),
        conditions: vec![Condition(keys)],
        is_together: false,
    })
}

/// That a file is there, where nothing more can be said of it.
pub(super) fn is_there(path: &str) -> Goal {
    Goal {
        id: path.rsplit('/').next().unwrap_or(path).to_owned(),
        holds: messages::file_holds(path),
        missing: messages::file_holds_not(path),
        conditions: vec![Condition(vec![("file", text(path))])],
        is_together: false,
    }
}

/// A command that has ended, with what the source shows of it.
pub(super) fn ran(command: &str, at: &TerminalName, shown: &[String], may_fail: bool) -> Goal {
    static FAILURES: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r"\b[1-9]\d* failures?\b|\*\* \(").expect("a regex"));
    let words: Vec<&str> = command.split_whitespace().skip_while(|word| word.contains('=')).collect();
    let plain = words
        .iter()
        .take_while(|word| word.chars().all(|sign| sign.is_alphanumeric() || "-_./".contains(sign)));
    let begins = plain.take(4).copied().collect::<Vec<_>>().join(" ");
    let begins =
        if begins.is_empty() { words.first().copied().unwrap_or(command).to_owned() } else { begins };
    let mut keys = vec![("runs", text(&begins)), ("in", word(at))];
    let fails = may_fail || shown.iter().any(|line| FAILURES.is_match(line));
    if !fails {
        keys.push(("exit", word(0)));
    }
    let quoted = quoted(command);
    let (mut holds, mut missing) = (messages::ran(&quoted), messages::ran_not(&quoted));
    if let Some(line) = telling(shown) {
        let told = self::quoted(&line);
        (holds, missing) = (messages::wrote(&quoted, &told), messages::wrote_not(&quoted, &told));
        match varying(&line) {
            true => keys.push(("matches", text(&pattern(&line)))),
            false => keys.push(("prints", text(&line))),
        }
    }
    let id = begins.replace(' ', "-");
    Goal { id, holds, missing, conditions: vec![Condition(keys)], is_together: false }
}

/// The line of an output that says most and is the same each time.
fn telling(shown: &[String]) -> Option<String> {
    static PASSING: LazyLock<Regex> = LazyLock::new(|| {
        let text =
            r"\d\s*(?:seconds|s|ms)\b|\d:\d\d|\bseed\b|Compil|Generated|^==>|^\.+$|/(?:home|Users|tmp)/";
        Regex::new(text).expect("a regex")
    });
    let lines: Vec<&str> = shown.iter().map(|line| line.trim()).collect();
    let lines = || lines.iter().copied().filter(|line| !line.is_empty() && !PASSING.is_match(line));
    let counts = lines().find(|line| line.contains(" test") && line.contains("failure"));
    let same = || lines().rfind(|line| !varying(line) && *line != "...");
    counts.or_else(same).or_else(|| lines().next_back()).map(str::to_owned)
}

/// What the source shows below an input.
struct Shown {
    prints: Vec<String>,
    value: Option<String>,
    error: Option<String>,
}

impl Shown {
    fn of(code: &str, shown: &[String]) -> Self {
        let error = shown.iter().position(|line| line.trim_start().starts_with("** ("));
        let is_value = |from: &usize| syntax::is_value(&elided(&shown[*from..].join("\n")));
        let first = shown.len().saturating_sub(MAX_VALUE);
        let value = if error.is_none() { (first..shown.len()).rev().find(is_value) } else { None };
        let end = error.or(value).unwrap_or(shown.len());
        let prints = shown[..end].iter().map(|line| line.trim()).filter(|line| is_kept(line));
        Self {
            prints: prints.map(str::to_owned).collect(),
            value: value.map(|from| general(code, &shown[from..].join("\n"))),
            error: error.map(|at| shown[at].trim().to_owned()),
        }
    }
}

/// `...` as what was left out.
fn elided(text: &str) -> String {
    text.replace("...", "_").replace('…', "_")
}

/// Whether a line of output may be asked for: no warning, no log with the time of day.
fn is_kept(line: &str) -> bool {
    static PASSING: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r"^\d\d:\d\d|^warning|^\(?iex\)?:\d|^\s*[│└|]").expect("a regex"));
    !line.is_empty() && line != "..." && !PASSING.is_match(line)
}

/// Calls whose value is another one each time.
const PASSING_CALLS: &[&str] = &[
    "rand",
    "random",
    "now",
    "monotonic_time",
    "system_time",
    "os_time",
    "unique_integer",
    "timer.tc",
    "pid()",
    "get_cookie",
    "Process.list",
    "memory",
    "system_info",
    "getpid",
    "uptime",
];

/// A value with `_` where it differs each time.
fn general(code: &str, value: &str) -> String {
    static OPAQUE: LazyLock<Regex> = LazyLock::new(|| {
        let text = r#"#[A-Z][\w.]*<(?:[^<>"]|"[^"]*"|<[^<>]*>)*>|<<[\d\s,]*_>>|~[UTDN]\[[^\]]*\]"#;
        Regex::new(text).expect("a regex")
    });
    if PASSING_CALLS.iter().any(|call| code.contains(call)) {
        return "_".to_owned();
    }
    let value = elided(value);
    let hidden = |found: &regex::Captures<'_>| {
        let found = &found[0];
        match found.find(['<', '[']) {
            Some(open) if found.starts_with('#') => format!("{}<_>", &found[..open]),
            Some(open) if found.starts_with('~') => format!("{}[_]", &found[..open]),
            _ => "<<_>>".to_owned(),
        }
    };
    OPAQUE.replace_all(&value, hidden).into_owned()
}

fn varying(line: &str) -> bool {
    line.contains("#PID<") || line.contains("#Reference<") || line.contains("#Port<") || line.contains("...")
}

/// The line as a regular expression, open where it differs each time.
fn pattern(line: &str) -> String {
    static OPEN: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r"\\#(PID|Reference|Port)<[^>]*>|\\\.\\\.\\\.").expect("a regex"));
    let escaped = regex::escape(line);
    let open = |found: &regex::Captures<'_>| match found.get(1) {
        Some(name) => format!("#{}<[^>]*>", name.as_str()),
        None => ".*".to_owned(),
    };
    OPEN.replace_all(&escaped, open).into_owned()
}

/// `** (RuntimeError) boom` by what it is and how it begins.
fn error_pattern(error: &str) -> String {
    let told = error.trim_start_matches("** ");
    let (name, message) = told.split_once(") ").unwrap_or((told, ""));
    let cut = message.find(['#', '"', '`']).unwrap_or(message.len()).min(60);
    let cut = (0..=cut).rev().find(|at| message.is_char_boundary(*at)).unwrap_or(0);
    let name = name.trim_start_matches('(').trim_end_matches(')');
    match message[..cut].trim_end() {
        "" => regex::escape(name),
        message => format!("{}.*{}", regex::escape(name), regex::escape(message)),
    }
}

/// What is called in a code, as a word.
pub(super) fn called(code: &str) -> String {
    static CALL: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r"^(?:[A-Z:][\w.]*\.)?([a-z_]\w*)").expect("a regex"));
    if let Some(module) = code.strip_prefix("defmodule ") {
        return format!("define-{}", module.split_whitespace().next().unwrap_or_default());
    }
    let (name, value) = code.split_once(" = ").unwrap_or(("value", code));
    CALL.captures(value).map_or_else(|| name.to_owned(), |found| found[1].to_owned())
}

fn listed(words: &[String]) -> String {
    let shown = words.iter().take(2).map(|word| markdown::code(word)).collect::<Vec<_>>().join(", ");
    if words.len() > 2 { format!("{shown} …") } else { shown }
}

/// The beginning of a code, as code.
pub(super) fn quoted(code: &str) -> String {
    let line = project::squeezed(code);
    let cut = line.char_indices().nth(QUOTED).map(|(at, _)| at);
    markdown::code(&cut.map_or(line.clone(), |at| format!("{}…", line[..at].trim_end())))
}

impl Goal {
    pub(super) fn told(&self, lang: Lang) -> (&str, &str) {
        (self.holds.speak(lang), self.missing.speak(lang))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(code: &str, lines: &[&str]) -> (Vec<String>, Option<String>, Option<String>) {
        let lines: Vec<_> = lines.iter().map(|&line| line.to_owned()).collect();
        let Shown { prints, value, error } = Shown::of(code, &lines);
        (prints, value, error)
    }

    #[test]
    fn what_is_shown_is_printed_or_is_the_value() {
        let (prints, value, _) = shown("x", &["Hi, my name is Kate", "#PID<10507.132.0>"]);
        assert_eq!((prints, value.as_deref()), (vec!["Hi, my name is Kate".to_owned()], Some("#PID<_>")));
        assert_eq!(shown("x", &["chicken?", ":ok"]).0, ["chicken?"]);
        assert_eq!(shown("x", &["hi"]).1, None);
        assert_eq!(shown("x", &["{:hi, #PID<0.106.0>}"]).1.as_deref(), Some("{:hi, #PID<_>}"));
        assert_eq!(shown("x", &["%{", "  a: 1", "}"]).1.as_deref(), Some("%{\n  a: 1\n}"));
        assert_eq!(
            shown("x", &["{:module, A, <<70, 79, ...>>, {:b, 0}}"]).1.as_deref(),
            Some("{:module, A, <<_>>, {:b, 0}}")
        );
        assert_eq!(shown(":rand.uniform(6)", &["4"]).1.as_deref(), Some("_"));
        assert_eq!(shown("x", &["12:00:01.123 [error] gone", "nil"]), (vec![], Some("nil".to_owned()), None));
        let (prints, value, error) = shown("x", &["before", "** (RuntimeError) boom", "    iex:1"]);
        assert_eq!(
            (prints, value, error.as_deref()),
            (vec!["before".to_owned()], None, Some("** (RuntimeError) boom"))
        );
    }

    #[test]
    fn what_differs_each_time_is_left_open() {
        assert_eq!(pattern("got #PID<0.1.0> (1)"), r"got #PID<[^>]*> \(1\)");
        assert_eq!(
            error_pattern("** (KeyError) key :a not found in: %{}"),
            r"KeyError.*key :a not found in: %\{\}"
        );
        assert_eq!(error_pattern("** (EXIT) no connection"), "EXIT.*no connection");
        assert_eq!(general("x", "~U[2020-01-01 00:00:00Z]"), "~U[_]");
    }

    #[test]
    fn of_an_output_the_line_that_tells_most_counts() {
        let line = |lines: &[&str]| telling(&lines.iter().map(|&line| line.to_owned()).collect::<Vec<_>>());
        let test = [
            "Excluding tags: [a: true]",
            "",
            "Finished in 0.02 seconds",
            "1 test, 0 failures, 1 excluded",
            "seed 1",
        ];
        assert_eq!(line(&test).as_deref(), Some("1 test, 0 failures, 1 excluded"));
        let error = ["** (exit) exited in: call(#PID<0.1.0>)", "     ** (EXIT) no connection to a@b"];
        assert_eq!(line(&error).as_deref(), Some("** (EXIT) no connection to a@b"));
        assert_eq!(line(&["Finished in 0.1 seconds"]), None);
    }

    #[test]
    fn a_file_is_told_by_what_is_new_in_it() {
        let goal = saved("a.ex", Some("defmodule A do\nend"), "defmodule A do\n  def b(c), do: c\nend")
            .expect("a goal");
        assert_eq!(goal.conditions[0].0[1], ("defines", Value::List(vec!["A.b/1".to_owned()])));
        let goal = saved("a.exs", Some("x\n"), "x\n@tag :y\nif z do\nend\n").expect("a goal");
        assert_eq!(goal.conditions[0].0[1], ("contains", Value::List(vec!["@tag :y".to_owned()])));
        assert!(saved("a.ex", Some("x\n"), "x\n").is_none());
    }
}
