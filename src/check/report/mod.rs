//! Results for people and for programs, told as they come, and the exit code that sums them up.

mod github;
mod gradescope;
mod human;
mod json;
mod junit;
mod transcript;

use std::sync::Arc;

use serde::Serialize;

use crate::{
    cluster::runtime::Runtime,
    error::Error,
    lesson::{Lang, Lesson, Verdict},
    render::{palette::Palette, untrusted},
    session::Position,
};

use super::{StepResult, outcome::StepOutcome};

/// How a command tells what it has found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    Human,
    Json,
}

/// How a check does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum ReportFormat {
    /// For people: a line a step, and what happened where one fell short
    Human,
    /// For programs: one document, a line a step as it comes
    Json,
    /// For CI: JUnit's XML, a suite a section
    Junit,
    /// For GitHub Actions: an annotation for each step that fell short
    Github,
    /// For an autograder of Gradescope's: its results.json
    Gradescope,
}

/// What is checked, where, and for whom.
#[derive(Debug, Clone)]
pub struct Subject {
    /// What the submission is called. Untrusted.
    pub name: String,
    pub lesson: Arc<Lesson>,
    /// Every step that a result will come of, in the lesson's order.
    pub steps: Vec<Position>,
    pub runtime: Runtime,
    pub lang: Lang,
}

/// How many steps came to what, and what they earn together.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize)]
pub struct Tally {
    pub passed: usize,
    pub failed: usize,
    pub timed_out: usize,
    pub skipped: usize,
    pub unanswered: usize,
    pub could_not_run: usize,
    pub points: f64,
    pub of: f64,
}

/// One form of the report: what is to be written as each result comes, and behind the last one.
trait Page: Send {
    fn step(&mut self, outcome: StepOutcome) -> String;
    fn end(&mut self, tally: &Tally) -> String;
}

/// A report that grows. What it gives is written at once, so that a crash leaves all that had come.
pub struct Report {
    page: Box<dyn Page>,
    lang: Lang,
    tally: Tally,
}

impl Report {
    pub fn new(format: ReportFormat, subject: Subject, palette: Palette) -> Self {
        let lang = subject.lang;
        let page: Box<dyn Page> = match format {
            ReportFormat::Human => Box::new(human::Human::new(subject, palette)),
            ReportFormat::Json => Box::new(json::Json::new(&subject)),
            ReportFormat::Github => Box::new(github::Github::new(&subject)),
            ReportFormat::Junit => Box::new(junit::Junit::new(subject)),
            ReportFormat::Gradescope => Box::new(gradescope::Gradescope::new(subject)),
        };
        Self { page, lang, tally: Tally::default() }
    }

    /// What is to be written now that this result has come.
    pub fn step(&mut self, result: &StepResult) -> String {
        let outcome = result.outcome(self.lang);
        self.tally.take(&outcome);
        self.page.step(outcome)
    }

    /// What is to be written when no more results come.
    pub fn end(&mut self) -> String {
        self.page.end(&self.tally)
    }

    pub fn tally(&self) -> Tally {
        self.tally
    }
}

/// The whole report of answers of which no step can be judged: programs read why where they read everything. People
/// are told by the error.
pub fn unreadable(format: ReportFormat, lesson: &Lesson, name: &str, why: &Error, lang: Lang) -> String {
    let why = untrusted::quoted(why.told().speak(lang)).trim().to_owned();
    match format {
        ReportFormat::Human => String::new(),
        ReportFormat::Json => json::unreadable(lesson.id.as_str(), &why),
        ReportFormat::Junit => junit::unreadable(lesson.id.as_str(), name, &why, lang),
        ReportFormat::Github => github::unreadable(name, &why),
        ReportFormat::Gradescope => gradescope::unreadable(&why),
    }
}

impl Tally {
    pub fn take(&mut self, outcome: &StepOutcome) {
        match outcome.verdict {
            Verdict::Passed => self.passed += 1,
            Verdict::Failed => self.failed += 1,
            Verdict::TimedOut => self.timed_out += 1,
            Verdict::Skipped => self.skipped += 1,
            Verdict::Unanswered => self.unanswered += 1,
            Verdict::CouldNotRun => self.could_not_run += 1,
        }
        // Hundredths: sums of them are not to grow a tail.
        let add = |sum: f64, more: f64| ((sum + more) * 100.0).round() / 100.0;
        self.points = add(self.points, outcome.points);
        self.of = add(self.of, outcome.of);
    }

    /// 0 all passed, 1 an answer fell short or is missing, 3 something could not run.
    pub fn exit_code(&self) -> u8 {
        match (self.could_not_run, self.failed + self.timed_out + self.skipped + self.unanswered) {
            (0, 0) => 0,
            (0, _) => 1,
            _ => 3,
        }
    }
}

#[cfg(test)]
mod tests;
