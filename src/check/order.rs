//! In which order sections begin, so that none is left running alone at the end.

use std::cmp::Reverse;

use crate::lesson::{Input, Lesson, Section};

/// What starts a runtime takes some hundred milliseconds, and each step a few hundred at most to settle.
const START: usize = 4;

pub(super) fn longest_first(lesson: &Lesson, mut sections: Vec<usize>) -> Vec<usize> {
    sections.sort_by_key(|index| Reverse(length(&lesson.sections[*index])));
    sections
}

fn length(section: &Section) -> usize {
    let starts = |inputs: &[Input]| inputs.iter().filter(|input| starts_a_runtime(input)).count();
    let of_steps: usize = section.steps.iter().map(|step| starts(&step.answer())).sum();
    START * (starts(&section.start) + of_steps) + section.steps.len()
}

fn starts_a_runtime(input: &Input) -> bool {
    match input {
        Input::Type { text, .. } => {
            text.split_whitespace().any(|word| matches!(word, "iex" | "mix" | "elixir" | "sh"))
        }
        Input::Write { .. } | Input::Edit { .. } | Input::Choose(_) | Input::Close(_) | Input::Fault(_) => {
            false
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lesson::{Nonce, embedded, load};

    #[test]
    fn whoever_compiles_or_starts_nodes_comes_before_whoever_connects() {
        let lesson = load(&embedded()[0], &Nonce::sample()).expect("the lesson is whole");
        let order = longest_first(&lesson, (0..lesson.sections.len()).collect());
        let ids: Vec<_> = order.iter().map(|index| lesson.sections[*index].id.as_str()).collect();
        assert_eq!(ids[..3], ["testing", "when-nodes-fail", "conclusion"]);
        assert_eq!(ids.last(), Some(&"replies"));
    }
}
