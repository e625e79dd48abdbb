//! What a class needs of its lesson: titles in their order, and what the wrong turns are.

use std::collections::HashMap;

use crate::{
    i18n::Lang,
    lesson::Lesson,
    render::{markdown, untrusted},
};

#[derive(Debug, Clone, Default)]
pub struct Outline {
    pub title: String,
    pub sections: Vec<Section>,
    /// Where a step's id stands in `sections`.
    places: HashMap<String, (usize, usize)>,
    mistakes: HashMap<String, String>,
    of_step: HashMap<(String, String), String>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    pub title: String,
    pub steps: Vec<Step>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    pub id: String,
    /// `2.3`
    pub number: String,
    pub title: String,
}

impl Outline {
    pub fn of(lesson: &Lesson, lang: Lang) -> Self {
        let prose = lesson.prose(lang);
        let mut outline = Self { title: untrusted::plain(&prose.title), ..Self::default() };
        for (index, section) in lesson.sections.iter().enumerate() {
            let told = prose.sections.get(&section.id);
            let mut steps = Vec::new();
            for (place, step) in section.steps.iter().enumerate() {
                let told = told.and_then(|section| section.steps.get(&step.id));
                let title = told.map_or_else(String::new, |step| untrusted::plain(&step.title));
                for (id, advice) in told.iter().flat_map(|step| &step.mistakes) {
                    outline.of_step.insert((step.id.to_string(), id.to_string()), plain(&advice.seen));
                }
                outline.places.insert(step.id.to_string(), (index, place));
                let number = format!("{}.{}", index + 1, place + 1);
                steps.push(Step { id: step.id.to_string(), number, title });
            }
            let title = told.map_or_else(String::new, |section| untrusted::plain(&section.title));
            outline.sections.push(Section { title, steps });
        }
        for (id, advice) in &prose.mistakes {
            outline.mistakes.insert(id.to_string(), plain(&advice.seen));
        }
        outline
    }

    pub fn steps(&self) -> impl Iterator<Item = &Step> {
        self.sections.iter().flat_map(|section| &section.steps)
    }

    /// None for what the lesson doesn't have, whoever tells of it.
    pub fn step(&self, id: &str) -> Option<&Step> {
        let (section, step) = *self.places.get(id)?;
        Some(&self.sections[section].steps[step])
    }

    /// What went wrong there, in a sentence; none for what the lesson doesn't have.
    pub fn mistake(&self, step: &str, id: &str) -> Option<&str> {
        let of_step = self.of_step.get(&(step.to_owned(), id.to_owned()));
        of_step.or_else(|| self.mistakes.get(id)).map(String::as_str)
    }
}

/// In one line, without marks.
fn plain(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    untrusted::plain(&markdown::inline(&line).iter().map(|span| span.text.as_str()).collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lesson::{Nonce, embedded, load};

    #[test]
    fn every_step_and_mistake_has_its_words() {
        let lesson = load(&embedded()[0], &Nonce::sample()).expect("the lesson is whole");
        for lang in Lang::ALL {
            let outline = Outline::of(&lesson, lang);
            assert!(outline.steps().count() > 50);
            assert!(outline.steps().all(|step| !step.title.is_empty()));
            let first = outline.steps().next().expect("a step");
            assert_eq!((first.number.as_str(), outline.step(&first.id)), ("1.1", Some(first)));
            let mistakes = lesson.sections.iter().flat_map(|section| &section.steps);
            for (step, mistake) in mistakes.flat_map(|step| step.mistakes.iter().map(move |one| (step, one)))
            {
                let told = outline.mistake(step.id.as_str(), mistake.id.as_str());
                assert!(told.is_some_and(|told| !told.is_empty() && !told.contains('`')), "{}", mistake.id);
            }
        }
    }
}
