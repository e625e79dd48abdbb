//! Everything that a grading found: `results.json`, a public format, and what every page is made of.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::part::Part;
use crate::{
    check::{Position, Scheme, outcome::StepOutcome},
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
    /// The names of those that have no result yet. Untrusted.
    #[serde(default)]
    pub pending: Vec<String>,
    /// What handed the class out; none where that is nothing known.
    #[serde(default)]
    pub platform: Option<Platform>,
    /// Sorted by name.
    pub submissions: Vec<Submission>,
    /// What was handed in and holds no answers, sorted by entry.
    #[serde(default)]
    pub leftovers: Vec<Leftover>,
    /// Students of the roster from whom nothing came, in its order.
    #[serde(default)]
    pub missing: Vec<Student>,
    /// What platforms and machines put beside submissions, and nobody handed in: how often each name is there.
    #[serde(default)]
    pub passed_over: BTreeMap<String, usize>,
}

/// The steps of the lesson that were set, in its order, with what they are worth in this grading.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LessonInfo {
    pub id: String,
    pub title: String,
    pub sections: Vec<SectionInfo>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SectionInfo {
    /// Its place in the lesson, from 1, whatever of it was set. Results of old have none: 0.
    #[serde(default)]
    pub number: usize,
    pub id: String,
    pub title: String,
    pub steps: Vec<StepInfo>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct StepInfo {
    /// Its place in the section, in the same way.
    #[serde(default)]
    pub number: usize,
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

/// What hands a class out, and says with the names of files and folders whose is what.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Platform {
    Moodle,
    Canvas,
    Gradescope,
    GithubClassroom,
    Blackboard,
    GoogleClassroom,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Submission {
    /// Whose it is, as the name of its file or folder says; no other of the class has the same. Untrusted: may hold line
    /// ends, formulas, markup.
    pub name: String,
    /// Whose it is by the file's own word, which nobody has proved. Untrusted.
    #[serde(default)]
    pub learners: Vec<String>,
    #[serde(default)]
    pub origin: Origin,
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

/// Where a submission came from, as the platform's names and the roster say. All texts in it are untrusted.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Origin {
    /// The file or folder that the platform made for it, by its own name.
    pub entry: String,
    /// The file of answers in the class, with the folders and zips on the way to it.
    pub file: String,
    #[serde(default)]
    pub late: bool,
    /// Whose it is: one, or those of a group; none in results of old.
    #[serde(default)]
    pub students: Vec<Student>,
    /// Attempts from before, which don't count: their files, newest first.
    #[serde(default)]
    pub earlier: Vec<String>,
    /// What a teacher should look at, in the results' language: names that clash, a student whom the roster has twice.
    #[serde(default)]
    pub notes: Vec<String>,
}

/// All that the platform and the roster know of one student. Untrusted.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Student {
    /// As the roster spells it, else as the platform does.
    pub name: String,
    /// The platform's own number: Canvas' ID, Moodle's participant, Gradescope's submitter.
    #[serde(default)]
    pub id: Option<String>,
    /// The school's number: SIS User ID, ID number, Student ID, SID.
    #[serde(default)]
    pub school_id: Option<String>,
    /// SIS Login ID, Username, the GitHub account.
    #[serde(default)]
    pub login: Option<String>,
    #[serde(default)]
    pub email: Option<String>,
    /// The roster's own section or group of the class.
    #[serde(default)]
    pub group: Option<String>,
}

/// What was handed in and is no submission.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Leftover {
    /// Its file or folder, by the platform's own name. Untrusted.
    pub entry: String,
    /// Who handed it in, where that is known.
    #[serde(default)]
    pub students: Vec<Student>,
    #[serde(default)]
    pub late: bool,
    /// Why it is none, in the results' language.
    pub why: String,
    /// The submission of the same student that was graded: then nothing is lost.
    #[serde(default)]
    pub beside: Option<String>,
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

impl Results {
    /// Whether something that was handed in could not be read, and nothing else of the same student was.
    pub fn lacks_something(&self) -> bool {
        self.submissions.iter().any(Submission::is_unreadable)
            || self.leftovers.iter().any(|leftover| leftover.beside.is_none())
    }
}

impl LessonInfo {
    /// Of the steps that were `set`.
    pub fn of(lesson: &Lesson, set: &[Position], scheme: &Scheme, lang: Lang) -> Self {
        let prose = lesson.prose(lang);
        let sections = lesson.sections.iter().enumerate().map(|(number, section)| {
            let titles = &prose.sections[&section.id];
            let within = set.iter().filter(|place| place.section == number);
            let steps = within.map(|place| (place.step, place.step(lesson))).map(|(number, step)| StepInfo {
                number: number + 1,
                id: step.id.to_string(),
                title: titles.steps[&step.id].title.clone(),
                points: scheme.worth(section, step),
            });
            let (id, title) = (section.id.to_string(), titles.title.clone());
            SectionInfo { number: number + 1, id, title, steps: steps.collect() }
        });
        let sections = sections.filter(|section| !section.steps.is_empty()).collect();
        Self { id: lesson.id.to_string(), title: prose.title.clone(), sections }
    }

    /// The most that can be earned.
    pub fn total(&self) -> f64 {
        self.sections.iter().flat_map(|section| &section.steps).map(|step| step.points).sum()
    }
}

impl Leftover {
    /// Who handed it in, or what it is where nobody knows.
    pub fn called(&self) -> String {
        called(&self.students).unwrap_or_else(|| self.entry.clone())
    }
}

/// By their names, if there are any.
fn called(students: &[Student]) -> Option<String> {
    let names: Vec<_> = students.iter().map(|student| student.name.as_str()).collect();
    (!names.is_empty()).then(|| names.join(", "))
}

impl Submission {
    /// The students' names as the roster or the platform has them, or the submission's where they have none.
    pub fn called(&self) -> String {
        called(&self.origin.students).unwrap_or_else(|| self.name.clone())
    }

    /// Whether it can't be told what somebody handed in.
    pub fn is_unreadable(&self) -> bool {
        matches!(self.state, State::Unreadable(_))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_of_old_still_read() {
        let old = r#"{"moebi":"0.1.0","lesson":{"id":"l","title":"L","sections":[{"id":"s","title":"S","steps":[{"id":"t","title":"T","points":1.0}]}]},
            "elixir":"1.14.0","otp":"25","lang":"en","isolation":"none","submissions":[
            {"name":"ana","learners":["Ana"],"state":"graded","unread":[],"points":0.0,"of":1.0,"seconds":0.0,"steps":[]}]}"#;
        let results: Results = serde_json::from_str(old).expect("they read");
        assert_eq!((results.submissions[0].called(), results.lesson.total()), ("ana".to_owned(), 1.0));
        assert!(!results.lacks_something());
    }
}
