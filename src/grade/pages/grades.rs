//! `grades.csv`: a line a student, for a spreadsheet or for whatever platform has no file of its own.

use super::{csv, number, outcomes};
use crate::grade::results::{Results, SectionInfo, State, Student, Submission};

/// What every line has before the points of each section.
const HEAD: [&str; 10] =
    ["id", "name", "email", "group", "state", "total", "of", "percent", "late", "problem"];

/// A line for each student of the class and the roster, and one for each entry that was no submission.
pub fn grades(results: &Results) -> String {
    let sections = &results.lesson.sections;
    let titles = sections.iter().map(|section| csv::inert(&format!("{} {}", section.number, section.title)));
    let head = HEAD.iter().map(|&name| name.to_owned()).chain(titles).collect();
    let handed_in = results.submissions.iter().flat_map(|one| {
        let row = |student: Student| graded(&student, one, sections);
        students(one).into_iter().map(row)
    });
    let lost = results.leftovers.iter().filter(|leftover| leftover.beside.is_none()).flat_map(|leftover| {
        let entry = Student { name: leftover.entry.clone(), ..Student::default() };
        let students = if leftover.students.is_empty() { vec![entry] } else { leftover.students.clone() };
        students.into_iter().map(|student| {
            let row = Row { state: "no_answers", late: leftover.late, ..Row::of(student, &leftover.why) };
            row.cells(sections)
        })
    });
    let missing = results
        .missing
        .iter()
        .map(|student| Row { state: "missing", ..Row::of(student.clone(), "") }.cells(sections));
    csv::document(csv::MARK, std::iter::once(head).chain(handed_in).chain(lost).chain(missing))
}

/// Those who handed it in; who is known by nothing else has its name.
pub(super) fn students(submission: &Submission) -> Vec<Student> {
    match submission.origin.students.is_empty() {
        true => vec![Student { name: submission.name.clone(), ..Student::default() }],
        false => submission.origin.students.clone(),
    }
}

struct Row<'a> {
    student: Student,
    state: &'a str,
    /// Earned, and the most that could be; none where nothing was judged.
    points: Option<(f64, f64)>,
    late: bool,
    problem: &'a str,
    sections: Vec<f64>,
}

impl<'a> Row<'a> {
    fn of(student: Student, problem: &'a str) -> Self {
        Self { student, state: "", points: None, late: false, problem, sections: Vec::new() }
    }

    fn cells(self, sections: &[SectionInfo]) -> Vec<String> {
        let Self { student, state, points, late, problem, sections: earned } = self;
        let text = |text: &Option<String>| csv::inert(text.as_deref().unwrap_or_default());
        let of_points = |what: fn((f64, f64)) -> String| points.map(what).unwrap_or_default();
        let mut cells = vec![
            text(&student.id.or(student.school_id)),
            csv::inert(&student.name),
            text(&student.email),
            text(&student.group),
            state.to_owned(),
            of_points(|(points, _)| number::plain(points)),
            of_points(|(_, of)| number::plain(of)),
            of_points(|(points, of)| number::plain(100.0 * number::ratio(points, of))),
            if late { "true".to_owned() } else { String::new() },
            csv::inert(problem),
        ];
        let earned = earned.into_iter().map(number::plain).chain(std::iter::repeat(String::new()));
        cells.extend(earned.take(sections.len()));
        cells
    }
}

fn graded(student: &Student, submission: &Submission, sections: &[SectionInfo]) -> Vec<String> {
    let points = Some((submission.points, submission.of));
    let (state, points, problem) = match &submission.state {
        State::Graded => ("graded", points, ""),
        State::Unreadable(why) => ("unreadable", points, why.as_str()),
        State::CouldNotRun(why) => ("could_not_run", None, why.as_str()),
    };
    let outcomes = outcomes(submission);
    let earned = |section: &SectionInfo| {
        let steps = section.steps.iter();
        let outcomes = steps.filter_map(|step| outcomes.get(&(section.id.as_str(), step.id.as_str())));
        outcomes.map(|step| step.points).sum()
    };
    let sections_earned = match submission.state {
        State::Graded => sections.iter().map(earned).collect(),
        State::Unreadable(_) | State::CouldNotRun(_) => Vec::new(),
    };
    let row = Row {
        state,
        points,
        late: submission.origin.late,
        sections: sections_earned,
        ..Row::of(student.clone(), problem)
    };
    row.cells(sections)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::grade::{pages::sample, results::Leftover};

    #[test]
    fn a_line_a_student() {
        let mut class = sample::small();
        let student = |name: &str, id: &str| Student {
            name: name.to_owned(),
            id: Some(id.to_owned()),
            ..Student::default()
        };
        class.submissions[0].origin.students = vec![student("Άννα", "7"), student("Bob", "8")];
        class.missing = vec![student("Zoë", "9")];
        class.leftovers = vec![Leftover {
            entry: "mail.docx".to_owned(),
            students: vec![],
            late: false,
            why: "a document".to_owned(),
            beside: None,
        }];
        let expected = [
            r#""id","name","email","group","state","total","of","percent","late","problem","1 Code on another node""#,
            r#"7,"Άννα","","","graded",1,3,33.33,"true","",1"#,
            r#"8,"Bob","","","graded",1,3,33.33,"true","",1"#,
            r#""","carl","","","graded",1,3,33.33,"","",1"#,
            r#""","lost","","","could_not_run","","","","","no memory","""#,
            r#""","zed","","","unreadable",0,3,0,"","zed.yaml:1:1: no YAML","""#,
            r#""","mail.docx","","","no_answers","","","","","a document","""#,
            r#"9,"Zoë","","","missing","","","","","","""#,
        ];
        let csv = grades(&class);
        assert_eq!(csv.trim_start_matches(csv::MARK).lines().collect::<Vec<_>>(), expected);
    }

    proptest! {
        #[test]
        fn no_cell_is_a_formula(name in sample::NASTY, text in sample::NASTY) {
            let mut class = sample::class_with(&name, &text);
            let some = Some(text.clone());
            class.missing = vec![Student { name: name.clone(), id: some.clone(), email: some.clone(), group: some, ..Student::default() }];
            csv::tests::no_formula(&grades(&class))?;
        }
    }
}
