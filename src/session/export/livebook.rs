//! A notebook for Livebook: Markdown whose second-level headings are sections and whose Elixir blocks are cells
//! (<https://github.com/livebook-dev/livebook>, `lib/livebook/live_markdown.ex`).
//!
//! A notebook runs on one node. What was typed there is cells; what was typed into other nodes and at `$` is for reading,
//! and a comment keeps Livebook from making cells of it.

use std::{collections::BTreeMap, fmt::Write as _};

use crate::lesson::{Answers, Input, Lang, Lesson, Section};

use super::{
    fence, messages,
    place::{Reader, Readers, ends_node},
    written,
};

/// What follows is no cell.
const READING: &str = "<!-- livebook:{\"force_markdown\":true} -->\n\n";

pub fn livebook(lesson: &Lesson, lang: Lang, answers: &Answers) -> String {
    let prose = lesson.prose(lang);
    let typed = typed(lesson, answers);
    let main = main_node(&typed);
    let mut book = format!("# {}\n", prose.title);
    if let Some(main) = &main {
        let _ = writeln!(
            book,
            "\n## {}\n\n{}",
            messages::how_to_run().speak(lang),
            messages::attach_to(main).speak(lang)
        );
        let start = fence(&format!("iex --sname {main}"), "console");
        let _ = write!(book, "\n{start}");
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
                let is_main = main.is_some() && *reader == main.clone().map(|main| Reader::Node(Some(main)));
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
fn main_node(typed: &BTreeMap<String, Vec<(Input, Option<Reader>)>>) -> Option<String> {
    let mut counts: BTreeMap<&String, usize> = BTreeMap::new();
    for (_, reader) in typed.values().flatten() {
        if let Some(Reader::Node(Some(node))) = reader {
            *counts.entry(node).or_default() += 1;
        }
    }
    let most = counts.values().max().copied()?;
    counts.into_iter().find(|(_, count)| *count == most).map(|(node, _)| node.clone())
}

/// Without cells, and without headings that would begin a section.
fn for_reading(text: &str) -> String {
    let mut fence: Option<&str> = None;
    let mut lines = Vec::new();
    for line in text.lines() {
        let ticks = &line[..line.len() - line.trim_start_matches('`').len()];
        match fence {
            Some(open) if ticks.len() >= open.len() && line.trim_end() == ticks => fence = None,
            Some(_) => {}
            None if ticks.len() >= 3 => {
                fence = Some(ticks);
                if line[ticks.len()..].trim() == "elixir" {
                    lines.push(READING.trim_end().to_owned());
                    lines.push(String::new());
                }
            }
            None => {}
        }
        lines.push(line.to_owned());
    }
    lines.join("\n")
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
    fn code_of_a_text_is_no_cell() {
        let text = "Look:\n\n```elixir\n1 + 1\n```\n\n````text\n```elixir\n````";
        let read = for_reading(text);
        assert_eq!(read.matches("force_markdown").count(), 1, "{read}");
        assert!(read.contains(&format!("{READING}```elixir\n1 + 1")), "{read}");
    }
}
