//! What `moebi grade` writes for people and programs. Each page is made of nothing but [`Results`].
//!
//! | file | for | |
//! |---|---|---|
//! | `results.json` | programs | [`json::results`] |
//! | `results.csv` | spreadsheets | [`csv::results`] |
//! | `grades.csv` | spreadsheets, a line a student | [`grades::grades`] |
//! | `gradebook-PLATFORM.csv` | the platform's gradebook | [`gradebook::Gradebook`] |
//! | `junit.xml` | CI | [`junit::results`] |
//! | `feedback/NAME.html`, `.md` | each student | [`feedback::files`] |
//! | `feedback.zip` | the platform, for all students | [`feedback::archive::write`] |
//! | `report.html` | the teacher | [`report::html`] |
//!
//! Names, outputs and whatever else a submission brought along are untrusted on every one of them.

pub mod csv;
pub mod feedback;
pub mod file_name;
pub mod gradebook;
pub mod grades;
mod html;
pub mod json;
pub mod junit;
mod markdown;
mod messages;
pub mod number;
mod prose;
pub mod report;
mod tally;

#[cfg(test)]
pub(super) mod sample;

use std::collections::HashMap;

use crate::{check::outcome::StepOutcome, i18n::Lang};

use super::results::{LessonInfo, Results, SectionInfo, StepInfo, Submission};

/// The language that `results` are in; English where this Moebi doesn't know it.
fn lang(results: &Results) -> Lang {
    Lang::parse(&results.lang).unwrap_or(Lang::En)
}

/// The middle of all graded submissions' shares of their points, from 0 to 1; none where none was graded.
pub fn median(results: &Results) -> Option<f64> {
    tally::median(&tally::shares(results))
}

/// A step with its place among those that were set.
#[derive(Clone, Copy)]
struct NumberedStep<'a> {
    section: &'a SectionInfo,
    /// Both counted from 1, whatever numbers they have in the lesson.
    section_number: usize,
    step: &'a StepInfo,
    step_number: usize,
}

impl NumberedStep<'_> {
    /// `2.3`
    fn number(self) -> String {
        let section = counted(self.section.number, self.section_number);
        format!("{section}.{}", counted(self.step.number, self.step_number))
    }
}

/// As the lesson counts. Results of old don't say, and are of whole lessons.
fn counted(number: usize, place: usize) -> usize {
    if number == 0 { place } else { number }
}

/// All steps that were set, in the lesson's order.
fn places(lesson: &LessonInfo) -> Vec<NumberedStep<'_>> {
    let within = |(index, section)| {
        let section: &SectionInfo = section;
        let place = move |(number, step)| NumberedStep {
            section,
            section_number: index + 1,
            step,
            step_number: number + 1,
        };
        section.steps.iter().enumerate().map(place)
    };
    lesson.sections.iter().enumerate().flat_map(within).collect()
}

/// What became of each step, by the ids of its section and itself.
type Outcomes<'a> = HashMap<(&'a str, &'a str), &'a StepOutcome>;

fn outcomes(submission: &Submission) -> Outcomes<'_> {
    submission.steps.iter().map(|step| ((step.section.as_str(), step.step.as_str()), step)).collect()
}

fn outcome<'a>(outcomes: &Outcomes<'a>, place: NumberedStep<'_>) -> Option<&'a StepOutcome> {
    outcomes.get(&(place.section.id.as_str(), place.step.id.as_str())).copied()
}
