//! Everything that a grading found: `results.json`, a public format, and what every page is made of.

use serde::{Deserialize, Serialize};

use super::part::Part;
use crate::{
    check::{Scheme, outcome::StepOutcome},
    lesson::{Lang, Lesson},
};

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Results {
    /// The version of Moebi that graded.
    pub moebi: String,
    pub lesson: LessonInfo,
    pub elixir: String,
    pub otp: String,
    /// The language of all texts in here: `en`, `el`.
    pub lang: String,
    pub isolation: Isolation,
    /// Which part of the class this is.
    #[serde(default)]
    pub part: Part,
    /// Sorted by name.
    pub submissions: Vec<Submission>,
    /// The names of those that have no result yet. Untrusted.
    #[serde(default)]
    pub pending: Vec<String>,
}

/// The lesson's steps in its order, with what they are worth in this grading.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LessonInfo {
    pub id: String,
    pub title: String,
    pub sections: Vec<SectionInfo>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SectionInfo {
    pub id: String,
    pub title: String,
    pub steps: Vec<StepInfo>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct StepInfo {
    pub id: String,
    pub title: String,
    pub points: f64,
}

/// What held submissions apart from this machine and from one another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Isolation {
    /// Namespaces and limits, through bubblewrap.
    Namespaces,
    /// Nothing but a folder of each one's own.
    None,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Submission {
    /// The name of its file or folder. Untrusted: may hold line ends, formulas, markup.
    pub name: String,
    /// Whose it is: two and more work as a pair. Untrusted.
    #[serde(default)]
    pub learners: Vec<String>,
    pub state: State,
    /// What stands in its answers that belongs to no step of the lesson: a line each, with its place. Untrusted.
    #[serde(default)]
    pub unread: Vec<String>,
    pub points: f64,
    pub of: f64,
    pub seconds: f64,
    /// One a step of the lesson, in its order; none where the answers could not be read.
    pub steps: Vec<StepOutcome>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    Graded,
    /// The answers can't be read; every complaint, with file, line and column.
    Unreadable(String),
    /// This machine's fault: worth another run, and no points are lost by it.
    CouldNotRun(String),
}

impl LessonInfo {
    pub fn of(lesson: &Lesson, scheme: &Scheme, lang: Lang) -> Self {
        let prose = lesson.prose(lang);
        let sections = lesson.sections.iter().map(|section| {
            let titles = &prose.sections[&section.id];
            let steps = section.steps.iter().map(|step| StepInfo {
                id: step.id.to_string(),
                title: titles.steps[&step.id].title.clone(),
                points: scheme.worth(section, step),
            });
            SectionInfo { id: section.id.to_string(), title: titles.title.clone(), steps: steps.collect() }
        });
        Self { id: lesson.id.to_string(), title: prose.title.clone(), sections: sections.collect() }
    }
}

impl Submission {
    /// The learners' names, or the submission's where it names nobody.
    pub fn called(&self) -> String {
        if self.learners.is_empty() { self.name.clone() } else { self.learners.join(", ") }
    }
}
