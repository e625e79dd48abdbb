//! What lessons/README.md shows an author holds: its examples, put together as a lesson, draw no complaint.

use moebi::{author::lint, lesson::Source};

const GUIDE: &str = include_str!("../../lessons/README.md");

const STRUCTURE: &str = "lesson: guide
requires: { elixir: '>= 1.14' }
terminals: [alex, kate]
sections:
  - id: one
    minutes: 5
    start:
      - alex: iex --sname alex@localhost
      - kate: iex --sname kate@localhost
    steps:
";

const TEXTS: &str = "title: Guide
summary: What the guide shows.
one:
  title: One
  steps:
";

/// The code blocks with that info string.
fn blocks(kind: &str) -> Vec<&'static str> {
    let parts = GUIDE.split("\n```").skip(1).step_by(2);
    parts.filter_map(|block| block.strip_prefix(&format!("yaml {kind}\n"))).collect()
}

fn indented(block: &str, by: usize) -> String {
    block.lines().map(|line| format!("{}{line}\n", " ".repeat(by))).collect()
}

#[test]
fn its_examples_draw_no_complaint() {
    let (steps, texts, conditions) = (blocks("step"), blocks("texts"), blocks("conditions"));
    assert!(steps.len() >= 3 && steps.len() == texts.len() && conditions.len() >= 3);
    assert_eq!(blocks("").len(), 0, "each block says what it is");
    let mut structure = STRUCTURE.to_owned();
    let mut prose = TEXTS.to_owned();
    steps.iter().for_each(|step| structure += &indented(step, 6));
    texts.iter().for_each(|text| prose += &indented(text, 4));
    for (number, block) in conditions.iter().enumerate() {
        let id = format!("conditions-{number}");
        structure += &format!(
            "      - id: {id}\n        answer: [ alex: Node.list() ]\n        check:\n          seen:\n"
        );
        structure += &indented(block, 12);
        prose += &format!(
            "    {id}:\n      title: Look\n      text: Look.\n      hints: [Look.]\n      check: {{ seen: {{ holds: seen, missing: not seen }} }}\n"
        );
    }
    let files = vec![("guide/lesson.yaml".to_owned(), structure), ("guide/en.yaml".to_owned(), prose)];
    let linted = lint(&[Source { id: "guide".to_owned(), files }]);
    assert!(linted.is_clean(), "{}", linted.human());
}
