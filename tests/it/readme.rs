//! What the README shows is what there is; `long::readme` runs its commands.

use std::{fs, path::Path};

use moebi::lesson::{load_answers, load_scheme};

use crate::support::lesson::lesson;

/// The text of every fenced block of that kind.
pub fn blocks(kind: &str) -> Vec<String> {
    let readme = Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md");
    let (text, fence) = (fs::read_to_string(readme).expect("the README"), format!("```{kind}\n"));
    text.split(&fence).skip(1).map(|part| part.split("```").next().unwrap_or_default().to_owned()).collect()
}

#[test]
fn the_answers_and_the_scheme_that_it_shows_are_such() {
    let shown = blocks("yaml");
    let [answers, scheme] = shown.as_slice() else { panic!("{shown:#?}") };
    let answers =
        load_answers("README.md", answers, &lesson()).unwrap_or_else(|complaints| panic!("{complaints:#?}"));
    assert!(answers.of("nameless").is_some() && answers.learners.len() == 2);
    let scheme =
        load_scheme("README.md", scheme, &lesson()).unwrap_or_else(|complaints| panic!("{complaints:#?}"));
    assert_eq!(scheme.weights.len(), 2);
}
