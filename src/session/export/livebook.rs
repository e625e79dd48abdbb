//! A notebook for Livebook: Markdown whose second-level headings are sections and whose Elixir blocks are cells
//! (<https://github.com/livebook-dev/livebook>, `lib/livebook/live_markdown.ex`, and `import.ex` beside it, which reads
//! blocks as EarmarkParser does: a fence is one at any depth, also in a list).
//!
//! A notebook runs on one node. What was typed there is cells; what was typed into other nodes and at `$` is for reading,
//! and a comment keeps Livebook from making cells of it.

use std::{collections::BTreeMap, fmt::Write as _, sync::LazyLock};

use regex::Regex;

use crate::lesson::{Answers, Input, Lang, Lesson, Section, TerminalName};

use super::{
    fence, messages,
    place::{Reader, Readers, ends_node},
    written,
};

/// What follows is no cell.
const READING: &str = "<!-- livebook:{\"force_markdown\":true} -->\n\n";

/// Before the first section, a block of Elixir is what Livebook runs before all cells. `iex` imports the same; without it
/// there is no `flush`.
const SETUP: &str = "```elixir\nimport IEx.Helpers\n```";

/// Of blocks of these, Livebook makes cells.
const LANGUAGES: [&str; 4] = ["elixir", "erlang", "python", "pyproject.toml"];

static FENCE: LazyLock<Regex> = LazyLock::new(|| regex(r"^\s*(?<ticks>`{3,}|~{3,})\s*(?<kind>[^\s`]*)\s*$"));
/// Of the first level and the second.
static HEADING: LazyLock<Regex> = LazyLock::new(|| regex(r"^##?\s"));

fn regex(text: &str) -> Regex {
    Regex::new(text).expect("the tests compile it")
}

/// The runtime that the cells were typed on.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Main {
    Node(String),
    /// One without a name, which other terminals may have too.
    Nameless(TerminalName),
}

impl Main {
    fn of(input: &Input, reader: Option<&Reader>) -> Option<Self> {
        match (input, reader?) {
            (_, Reader::Node(Some(node))) => Some(Self::Node(node.clone())),
            (Input::Type { terminal, .. }, Reader::Node(None)) => Some(Self::Nameless(terminal.clone())),
            (_, Reader::Node(None) | Reader::Dollar) => None,
        }
    }
}

pub fn livebook(lesson: &Lesson, lang: Lang, answers: &Answers) -> String {
    let prose = lesson.prose(lang);
    let typed = typed(lesson, answers);
    let main = main(&typed);
    let mut book = format!("# {}\n", prose.title);
    if let Some(main) = &main {
        let how = match main {
            Main::Node(node) => messages::attach_to(node),
            Main::Nameless(_) => messages::runs_anywhere(),
        };
        let _ =
            write!(book, "\n{SETUP}\n\n## {}\n\n{}\n", messages::how_to_run().speak(lang), how.speak(lang));
        if let Main::Node(node) = main {
            let _ = write!(book, "\n{}", fence(&format!("iex --sname {node}"), "console"));
        }
    }
    for (number, section) in lesson.sections.iter().enumerate() {
        let Some(titles) = prose.sections.get(&section.id).filter(|_| is_answered(section, answers)) else {
            continue;
        };
        let _ = writeln!(book, "\n## {}. {}", number + 1, titles.title);
        for step in &section.steps {
            let (Some(prose), Some(inputs)) = (titles.steps.get(&step.id), typed.get(step.id.as_str()))
            else {
                continue;
            };
            let _ = write!(book, "\n### {}\n\n{}\n", prose.title, for_reading(prose.text.trim_end()));
            for (input, reader) in inputs {
                let is_main = main.is_some() && Main::of(input, reader.as_ref()) == main;
                let shown = match (input, reader) {
                    // A notebook doesn't end the node that it runs on.
                    (Input::Type { text, .. }, _) if is_main && !ends_node(text) => fence(text, "elixir"),
                    (Input::Type { terminal, text }, Some(Reader::Dollar)) => {
                        let told = messages::typed_on(terminal);
                        format!("{}\n\n{}", told.speak(lang), fence(text, "console"))
                    }
                    _ => for_reading(&written(input, step, prose, lang)),
                };
                let _ = write!(book, "\n{}\n", shown.trim_end());
            }
        }
    }
    book
}

fn is_answered(section: &Section, answers: &Answers) -> bool {
    section.steps.iter().any(|step| answers.of(step.id.as_str()).is_some())
}

/// Each step's inputs with their readers. Where a step has no answer, its nodes are as the lesson's own leaves them.
fn typed(lesson: &Lesson, answers: &Answers) -> BTreeMap<String, Vec<(Input, Option<Reader>)>> {
    let mut all = BTreeMap::new();
    for section in &lesson.sections {
        let mut readers = Readers::default();
        section.start.iter().for_each(|input| drop(readers.take(input)));
        for step in &section.steps {
            let own = answers.of(step.id.as_str());
            let inputs = own.map_or_else(|| step.answer(), <[Input]>::to_vec);
            let read: Vec<_> = inputs
                .into_iter()
                .map(|input| {
                    let reader = readers.take(&input);
                    (input, reader)
                })
                .collect();
            if own.is_some() {
                all.insert(step.id.to_string(), read);
            }
        }
    }
    all
}

/// That into which most was typed; of several the first by name.
fn main(typed: &BTreeMap<String, Vec<(Input, Option<Reader>)>>) -> Option<Main> {
    let mut counts: BTreeMap<Main, usize> = BTreeMap::new();
    for main in typed.values().flatten().filter_map(|(input, reader)| Main::of(input, reader.as_ref())) {
        *counts.entry(main).or_default() += 1;
    }
    let most = counts.values().max().copied()?;
    counts.into_iter().find(|(_, count)| *count == most).map(|(main, _)| main)
}

/// Without cells, and without headings that would begin a section or another notebook.
fn for_reading(text: &str) -> String {
    let mut fence: Option<String> = None;
    let mut read = String::new();
    for line in text.lines() {
        let found = FENCE.captures(line);
        let kind = found.as_ref().map(|found| &found["kind"]);
        match (&fence, &found, kind) {
            (Some(open), Some(found), Some("")) if found["ticks"] == **open => fence = None,
            (Some(_), ..) => {}
            (None, Some(found), kind) => {
                fence = Some(found["ticks"].to_owned());
                if kind.is_some_and(|kind| LANGUAGES.contains(&kind)) {
                    // At the end of a paragraph it would be part of that.
                    let gap = if read.is_empty() || read.ends_with("\n\n") { "" } else { "\n" };
                    read.push_str(gap);
                    read.push_str(READING);
                }
            }
            (None, None, _) if HEADING.is_match(line) => read.push_str("##"),
            (None, None, _) => {}
        }
        read.push_str(line);
        read.push('\n');
    }
    read.truncate(read.trim_end_matches('\n').len());
    read
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lesson::{Nonce, embedded, load};

    fn model() -> (Lesson, Answers) {
        let lesson = load(&embedded()[0], &Nonce::sample()).expect("the lesson is whole");
        let answers = Answers::model(&lesson);
        (lesson, answers)
    }

    /// How many headings of that level there are outside of code.
    fn headings(book: &str, level: &str) -> usize {
        let mut is_code = false;
        let lines = book.lines().filter(|line| {
            is_code ^= line.starts_with("```");
            !is_code && line.starts_with(level)
        });
        lines.count()
    }

    #[test]
    fn a_section_a_heading_and_a_cell_what_was_typed_on_one_node() {
        let (lesson, answers) = model();
        for lang in Lang::ALL {
            let book = livebook(&lesson, lang, &answers);
            assert_eq!(headings(&book, "# "), 1, "{lang}");
            let sections = headings(&book, "## ");
            assert_eq!(sections, lesson.sections.len() + 1, "{lang}: one tells how to run it");
            assert!(
                book.contains("\n```elixir\nNode.connect(:kate@localhost)\n```\n"),
                "{lang}: typed on alex"
            );
            let on_kate = format!("{READING}```elixir\ndefmodule Kate do");
            assert!(book.contains(&on_kate), "{lang}: typed on kate");
            assert!(book.contains("\n```console\niex --sname kate@localhost\n```\n"), "{lang}: typed at $");
        }
    }

    #[test]
    fn a_lesson_on_one_runtime_without_a_name_has_cells() {
        let lesson = load(&embedded()[1], &Nonce::sample()).expect("the lesson is whole");
        for lang in Lang::ALL {
            let book = livebook(&lesson, lang, &Answers::model(&lesson));
            assert!(book.contains("\n```elixir\nme = self()\n```\n"), "{lang}: {book}");
            assert!(book.contains(messages::runs_anywhere().speak(lang)), "{lang}");
            assert!(book.lines().nth(2) == Some("```elixir"), "{lang}: what cells need is set up first");
        }
    }

    #[test]
    fn what_begins_nothing_of_its_own_stands_within_the_text() {
        let read = for_reading("Look:\n  ~~~erlang\n# x\n```\n  ~~~\n\n# One\n## Two\n### Three\n#four");
        let expected =
            format!("Look:\n\n{READING}  ~~~erlang\n# x\n```\n  ~~~\n\n### One\n#### Two\n### Three\n#four");
        assert_eq!(read, expected);
    }

    #[test]
    fn code_of_a_text_is_no_cell() {
        let text = "Look:\n\n```elixir\n1 + 1\n```\n\n````text\n```elixir\n````";
        let read = for_reading(text);
        assert_eq!(read.matches("force_markdown").count(), 1, "{read}");
        assert!(read.contains(&format!("{READING}```elixir\n1 + 1")), "{read}");
    }
}
