//! The grades in the very columns that a platform imports.
//!
//! Each platform knows its students by a key: Moodle by the participant's number, Canvas by its ID or a SIS one,
//! Blackboard by the username. Names are for people, so that a spreadsheet's formulas can be taken from all cells: a key
//! that begins like one was no key before.
//!
//! Who has no grade has an empty cell, which all three take for "leave it as it is".

use super::{csv, grades::students, number};
use crate::grade::results::{Results, State, Student, Submission};

/// Whose gradebook.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Gradebook {
    Moodle,
    Canvas,
    Blackboard,
}

/// A student, and what is to stand in the gradebook.
struct Line {
    student: Student,
    grade: String,
}

impl Gradebook {
    pub fn file(self) -> &'static str {
        match self {
            Self::Moodle => "gradebook-moodle.csv",
            Self::Canvas => "gradebook-canvas.csv",
            Self::Blackboard => "gradebook-blackboard.csv",
        }
    }

    pub fn platform(self) -> &'static str {
        match self {
            Self::Moodle => "Moodle",
            Self::Canvas => "Canvas",
            Self::Blackboard => "Blackboard",
        }
    }

    /// The whole file. No mark of the byte order is at its beginning: Canvas would take it for a part of the first name.
    pub fn page(self, results: &Results) -> String {
        let rows = match self {
            Self::Moodle => moodle(results),
            Self::Canvas => canvas(results),
            Self::Blackboard => blackboard(results),
        };
        csv::document("", rows)
    }

    /// How many students who handed something in have nothing that the platform would know them by.
    pub fn strangers(self, results: &Results) -> usize {
        let is_stranger = |line: &Line| match self {
            Self::Moodle => line.student.id.is_none(),
            Self::Canvas => {
                let Student { id, school_id, login, .. } = &line.student;
                id.is_none() && school_id.is_none() && login.is_none()
            }
            Self::Blackboard => line.student.login.is_none(),
        };
        results.submissions.iter().flat_map(of_submission).filter(is_stranger).count()
    }
}

/// Everybody, and those from whom nothing came behind the others.
fn lines(results: &Results) -> impl Iterator<Item = Line> {
    let missing =
        results.missing.iter().map(|student| Line { student: student.clone(), grade: String::new() });
    results.submissions.iter().flat_map(of_submission).chain(missing)
}

fn of_submission(submission: &Submission) -> Vec<Line> {
    let grade = match submission.state {
        State::Graded => number::plain(submission.points),
        State::Unreadable(_) | State::CouldNotRun(_) => String::new(),
    };
    let line = |student| Line { student, grade: grade.clone() };
    students(submission).into_iter().map(line).collect()
}

fn text(text: Option<&String>) -> String {
    csv::inert(text.map_or("", String::as_str))
}

fn head(names: &[&str]) -> Vec<String> {
    names.iter().map(|&name| name.to_owned()).collect()
}

/// The offline grading worksheet of an assignment. Moodle reads the first, the grade and the time of the last change,
/// and skips whoever was graded there since; it wants a minus where there was no change.
/// "Feedback comments" is left out: an empty one would wipe out what is there.
fn moodle(results: &Results) -> Vec<Vec<String>> {
    let most = number::plain(results.lesson.total());
    let first = head(&[
        "Identifier",
        "Full name",
        "Email address",
        "Status",
        "Grade",
        "Maximum Grade",
        "Grade can be changed",
        "Last modified (submission)",
        "Last modified (grade)",
    ]);
    let row = |Line { student, grade }: Line| {
        let identifier =
            student.id.as_ref().map(|id| format!("Participant {}", id.trim_start_matches("Participant ")));
        let (yes, never) = ("Yes".to_owned(), "-".to_owned());
        let name = csv::inert(&student.name);
        vec![
            text(identifier.as_ref()),
            name,
            text(student.email.as_ref()),
            String::new(),
            grade,
            most.clone(),
            yes,
            never.clone(),
            never,
        ]
    };
    std::iter::once(first).chain(lines(results).map(row)).collect()
}

/// One assignment. Canvas finds it by its title, and makes a new one where there is none.
fn canvas(results: &Results) -> Vec<Vec<String>> {
    let title = csv::inert(&results.lesson.title);
    let mut first = head(&["Student", "ID", "SIS User ID", "SIS Login ID", "Section"]);
    first.push(title);
    let mut second = head(&["    Points Possible", "", "", "", ""]);
    second.push(number::plain(results.lesson.total()));
    let row = |Line { student, grade }: Line| {
        let Student { name, id, school_id, login, group, .. } = student;
        let keys = [&id, &school_id, &login, &group].map(|key| text(key.as_ref()));
        [csv::inert(&name)].into_iter().chain(keys).chain([grade]).collect()
    };
    [first, second].into_iter().chain(lines(results).map(row)).collect()
}

/// One column. Blackboard makes a new one of it.
fn blackboard(results: &Results) -> Vec<Vec<String>> {
    let (title, most) = (csv::inert(&results.lesson.title), number::plain(results.lesson.total()));
    let mut first = head(&["Last Name", "First Name", "Username", "Student ID"]);
    first.push(format!("{title} [Total Pts: {most} Score]"));
    let row = |Line { student, grade }: Line| {
        let (given, family) = names(&student.name);
        vec![
            csv::inert(family),
            csv::inert(given),
            text(student.login.as_ref()),
            text(student.school_id.as_ref()),
            grade,
        ]
    };
    std::iter::once(first).chain(lines(results).map(row)).collect()
}

/// The given names and the last one, of `Papadaki, Maria` or `Maria Papadaki`.
fn names(name: &str) -> (&str, &str) {
    if let Some((family, given)) = name.split_once(", ") {
        return (given, family);
    }
    name.rsplit_once(' ').unwrap_or(("", name))
}

#[cfg(test)]
mod tests {
    use clap::ValueEnum;
    use proptest::prelude::*;

    use super::*;
    use crate::grade::pages::sample;

    fn class() -> Results {
        let mut class = sample::small();
        let some = |text: &str| Some(text.to_owned());
        class.submissions[0].origin.students = vec![Student {
            name: "Παπαδάκη, Άννα".to_owned(),
            id: some("1234567"),
            school_id: some("007"),
            login: some("apapadaki"),
            email: some("anna@school.example"),
            group: some("B"),
        }];
        class.missing = vec![Student { name: "Zoë Ek".to_owned(), id: some("9"), ..Student::default() }];
        class
    }

    fn lines(gradebook: Gradebook) -> Vec<String> {
        gradebook.page(&class()).lines().map(str::to_owned).collect()
    }

    #[test]
    fn moodles_worksheet() {
        let lines = lines(Gradebook::Moodle);
        assert_eq!(
            lines[0],
            "\"Identifier\",\"Full name\",\"Email address\",\"Status\",\"Grade\",\"Maximum Grade\",\
             \"Grade can be changed\",\"Last modified (submission)\",\"Last modified (grade)\""
        );
        assert_eq!(
            lines[1],
            r#""Participant 1234567","Παπαδάκη, Άννα","anna@school.example","",1,3,"Yes","-","-""#
        );
        assert_eq!(lines[5], r#""Participant 9","Zoë Ek","","","",3,"Yes","-","-""#);
        assert_eq!(lines.len(), 6);
    }

    #[test]
    fn canvas_gradebook() {
        let lines = lines(Gradebook::Canvas);
        assert_eq!(
            lines[..3],
            [
                r#""Student","ID","SIS User ID","SIS Login ID","Section","Distribution in OTP""#,
                r#""    Points Possible","","","","",3"#,
                r#""Παπαδάκη, Άννα",1234567,007,"apapadaki","B",1"#,
            ]
        );
    }

    #[test]
    fn blackboards_column() {
        let lines = lines(Gradebook::Blackboard);
        assert_eq!(
            lines[..2],
            [
                r#""Last Name","First Name","Username","Student ID","Distribution in OTP [Total Pts: 3 Score]""#,
                r#""Παπαδάκη","Άννα","apapadaki",007,1"#,
            ]
        );
        assert_eq!(lines[5], r#""Ek","Zoë","","","""#);
    }

    #[test]
    fn who_has_no_key_is_counted() {
        assert_eq!(
            Gradebook::value_variants().iter().map(|one| one.strangers(&class())).collect::<Vec<_>>(),
            [3; 3]
        );
    }

    proptest! {
        #[test]
        fn no_cell_is_a_formula(name in sample::NASTY, text in sample::NASTY) {
            let mut class = sample::class_with(&name, &text);
            let some = || Some(text.clone());
            class.missing = vec![Student { name: name.clone(), id: some(), email: some(), group: some(), school_id: some(), login: some() }];
            for gradebook in Gradebook::value_variants() {
                csv::tests::no_formula(&gradebook.page(&class).replace("\"-\"", ""))?;
            }
        }
    }
}
