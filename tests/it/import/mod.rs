//! Texts in the shapes that Elixir School's have, imported: a lesson that draws no complaint, says all that its source says,
//! and passes on real nodes.

use std::{collections::BTreeSet, fs};

use moebi::{
    author::{import, lint},
    lesson::{Lang, Lesson, LessonId, Nonce, Source, load},
};
use pulldown_cmark::{Event, Parser, Tag, TagEnd};
use serde_json::Value;

use crate::support::home::Home;

/// Several nodes, a project with its application, parts of files, tests with tags; in Greek.
const LETTERS: &str = include_str!("sources/letters.el.md");
/// One runtime without a name; a table, a footnote, HTML.
const COUNTER: &str = include_str!("sources/counter.md");
/// A project with several files, below YAML.
const SHELF: &str = include_str!("sources/shelf.en.md");
/// No front matter, no headings, no prompts.
const PLAIN: &str = include_str!("sources/plain.md");

const ALL: [(&str, &str, Lang); 4] = [
    ("letters", LETTERS, Lang::El),
    ("counter", COUNTER, Lang::En),
    ("shelf", SHELF, Lang::En),
    ("plain", PLAIN, Lang::En),
];

struct Made {
    source: Source,
    placed: (usize, usize),
}

fn made(name: &str, text: &str, lang: Lang) -> Made {
    let id = LessonId::parse(name).expect("a name");
    let imported = import::import(text, "source.md", &id, lang).unwrap_or_else(|error| panic!("{error}"));
    let files = imported.files.map(|(file, text)| (format!("{name}/{file}"), text)).to_vec();
    Made { source: Source { id: name.to_owned(), files }, placed: (imported.placed, imported.blocks) }
}

fn loaded(made: &Made) -> Lesson {
    load(&made.source, &Nonce::sample()).unwrap_or_else(|complaints| panic!("{complaints:#?}"))
}

#[test]
fn what_is_imported_draws_no_complaint_but_for_what_is_to_be_done() {
    let counts = ALL.map(|(name, text, lang)| {
        let made = made(name, text, lang);
        let linted = lint(std::slice::from_ref(&made.source));
        assert!(linted.is_clean(), "{}", linted.human());
        (name, made.placed, linted.todos.len())
    });
    assert_eq!(
        counts,
        [("letters", (29, 29), 5), ("counter", (5, 6), 1), ("shelf", (7, 8), 3), ("plain", (2, 3), 4)]
    );
}

/// What stands outside of code blocks, word by word.
fn words(markdown: &str) -> BTreeSet<String> {
    let (mut words, mut is_code) = (BTreeSet::new(), false);
    let options = pulldown_cmark::Options::ENABLE_TABLES | pulldown_cmark::Options::ENABLE_FOOTNOTES;
    for event in Parser::new_ext(markdown, options) {
        match event {
            Event::Start(Tag::CodeBlock(_)) => is_code = true,
            Event::End(TagEnd::CodeBlock) => is_code = false,
            Event::Text(text) | Event::Code(text) if !is_code => {
                let all = text.split(|sign: char| !sign.is_alphanumeric() && sign != '_');
                words.extend(all.filter(|word| !word.is_empty()).map(str::to_owned));
            }
            _ => {}
        }
    }
    words
}

#[test]
fn every_word_of_the_source_is_in_the_lesson() {
    for (name, text, lang) in ALL {
        let lesson = loaded(&made(name, text, lang));
        let prose = lesson.prose(lang);
        let mut said = vec![prose.title.clone(), prose.summary.clone()];
        for section in prose.sections.values() {
            said.push(section.title.clone());
            for step in section.steps.values() {
                said.extend([step.title.clone(), step.text.clone()]);
                said.extend(step.after.clone());
            }
        }
        let said = words(&said.join("\n\n"));
        let body = text
            .split_once("\n---\n")
            .filter(|_| text.starts_with(['%', '-']))
            .map_or(text, |(_, body)| body);
        let lost: Vec<_> = words(body).into_iter().filter(|word| !said.contains(word)).collect();
        assert!(lost.is_empty(), "{name} has lost {lost:?}");
    }
}

/// Imports `name`, and checks its model answers on real nodes.
fn passes(file: &str, text: &str, name: &str) {
    let home = Home::new();
    fs::write(home.path("home").join(file), text).expect("it can be written");
    home.runs(&["lesson", "import", file]).exits(0).prints(&format!("moebi lesson lint lessons/{name}"));
    let checked = home.runs(&["check", name, "--lessons", "lessons", "--model", "--format", "json"]);
    let report: Value = checked.json();
    let steps = report["steps"].as_array().expect("steps");
    let fell: Vec<_> = steps.iter().filter(|step| step["verdict"] != "passed").collect();
    assert!(fell.is_empty() && !steps.is_empty(), "{fell:#?}");
    home.is_deserted();
}

#[test]
fn several_nodes_and_a_project_pass_on_real_nodes() {
    passes("letters.el.md", LETTERS, "letters");
}

#[test]
fn one_node_passes_on_a_real_node() {
    passes("counter.md", COUNTER, "counter");
}

#[test]
fn a_project_of_several_files_passes_on_a_real_node() {
    passes("shelf.en.md", SHELF, "shelf");
}

#[test]
fn a_text_without_prompts_passes_on_a_real_node() {
    passes("plain.md", PLAIN, "plain");
}

#[test]
fn what_there_is_stays_and_what_cannot_be_done_is_told() {
    let home = Home::new();
    let write =
        |name: &str, text: &str| fs::write(home.path("home").join(name), text).expect("it can be written");
    write("plain.md", PLAIN);
    home.runs(&["lesson", "import", "plain.md", "--name", "lists"]).exits(0).prints("TODOs: 4.");
    home.runs(&["lesson", "lint", "lessons/lists"]).exits(0).prints("no complaints and 4 TODOs in 1 lesson");
    home.runs(&["lesson", "import", "plain.md", "--name", "lists"])
        .exits(2)
        .says("lessons/lists is there already");
    home.runs(&["lesson", "preview", "length", "--lessons", "lessons"])
        .exits(0)
        .prints("Count what is in one");
    home.runs(&["lesson", "import", "none.md"]).exits(2).says("can't read none.md");
    home.runs(&["lesson", "import", "μάθημα.md", "--name", "Big Lists"]).exits(2).says("can't be a name");
    write("words.md", "# Words\n\nNothing else.\n");
    home.runs(&["lesson", "import", "words.md"]).exits(2).says("nothing in the source can be done");
    assert!(!home.path("home/lessons/words").exists());
    write("large.md", &"word ".repeat(300_000));
    home.runs(&["lesson", "import", "large.md", "--lang", "el"]).exits(2).says("ξεπερνά τα 1024 KB");
    write("many.md", &"word\n\n".repeat(5000));
    home.runs(&["lesson", "import", "many.md"]).exits(2).says("more than 4000 paragraphs");
}
