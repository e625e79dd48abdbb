//! `results.csv`: a row a submission and step, for a spreadsheet.
//!
//! Every text is in quotes, or a spreadsheet that parts cells at semicolons, as in Greece, would find more cells than
//! there are.

use ::csv::{QuoteStyle, Terminator, WriterBuilder};

use crate::{
    check::outcome::{Record, StepOutcome},
    grade::results::{Leftover, Results, State, Student, Submission},
    render::untrusted,
};

use super::number;

/// Without it, Excel takes Greek for something else.
pub(super) const MARK: &str = "\u{feff}";
const COLUMNS: usize = 15;
const HEAD: [&str; COLUMNS] = [
    "name",
    "learners",
    "section",
    "step",
    "verdict",
    "points",
    "of",
    "seconds",
    "mistake",
    "tries",
    "hints",
    "answer_shown",
    "problem",
    "entry",
    "late",
];

/// One row a submission and step; one for a submission that has no steps, for an entry that is no submission and for a
/// student of whom nothing came, with the `problem`.
pub fn results(results: &Results) -> String {
    let of_submission = |submission: &Submission| -> Vec<Vec<String>> {
        match submission.steps.is_empty() {
            true => vec![ungraded(submission).into()],
            false => submission.steps.iter().map(|step| graded(submission, step).into()).collect(),
        }
    };
    let missing =
        |student: &Student| Row { name: &student.name, verdict: "missing", ..Row::default() }.fields().into();
    let head = std::iter::once(HEAD.map(str::to_owned).into());
    let rows = results.submissions.iter().flat_map(of_submission);
    let leftovers = results.leftovers.iter().map(|leftover| left(leftover).into());
    document(MARK, head.chain(rows).chain(leftovers).chain(results.missing.iter().map(missing)))
}

/// A file of rows, all equally long, whose cells are inert already.
pub(super) fn document(mark: &str, rows: impl IntoIterator<Item = Vec<String>>) -> String {
    let mut file = WriterBuilder::new()
        .quote_style(QuoteStyle::NonNumeric)
        .terminator(Terminator::CRLF)
        .from_writer(mark.as_bytes().to_vec());
    for row in rows {
        file.write_record(row).expect("memory takes everything, and all rows are equally long");
    }
    let bytes = file.into_inner().expect("memory takes everything");
    String::from_utf8(bytes).expect("every field is UTF-8")
}

/// What every row has, whatever it tells of.
#[derive(Default)]
struct Row<'r> {
    name: &'r str,
    learners: &'r [String],
    verdict: &'r str,
    problem: &'r str,
    entry: &'r str,
    late: bool,
}

impl<'r> Row<'r> {
    fn of(submission: &'r Submission) -> Self {
        let Submission { name, learners, origin, .. } = submission;
        Self { name, learners, entry: &origin.entry, late: origin.late, ..Self::default() }
    }

    fn fields(&self) -> [String; COLUMNS] {
        let mut fields = [const { String::new() }; COLUMNS];
        fields[0] = inert(self.name);
        fields[1] = inert(&self.learners.join(", "));
        fields[4] = self.verdict.to_owned();
        fields[12] = inert(self.problem);
        fields[13] = inert(self.entry);
        fields[14] = if self.late { "true".to_owned() } else { String::new() };
        fields
    }
}

fn graded(submission: &Submission, step: &StepOutcome) -> [String; COLUMNS] {
    let record = |what: fn(Record) -> String| step.record.map(what).unwrap_or_default();
    let mut fields = Row { verdict: step.verdict.id(), ..Row::of(submission) }.fields();
    fields[2] = inert(&step.section);
    fields[3] = inert(&step.step);
    fields[5] = number::plain(step.points);
    fields[6] = number::plain(step.of);
    fields[7] = number::plain(step.seconds);
    fields[8] = inert(step.mistake.as_deref().unwrap_or_default());
    fields[9] = record(|record| record.tries.to_string());
    fields[10] = record(|record| record.hints.to_string());
    fields[11] = record(|record| record.answer_shown.to_string());
    fields
}

fn ungraded(submission: &Submission) -> [String; COLUMNS] {
    let (verdict, problem) = match &submission.state {
        State::Graded => ("", ""),
        State::Unreadable(why) => ("unreadable", why.as_str()),
        State::CouldNotRun(why) => ("could_not_run", why.as_str()),
    };
    let mut fields = Row { verdict, problem, ..Row::of(submission) }.fields();
    fields[5] = number::plain(submission.points);
    fields[6] = number::plain(submission.of);
    fields[7] = number::plain(submission.seconds);
    fields
}

fn left(leftover: &Leftover) -> [String; COLUMNS] {
    let name = leftover.called();
    let Leftover { entry, why, late, .. } = leftover;
    Row { name: &name, verdict: "no_answers", problem: why, entry, late: *late, ..Row::default() }.fields()
}

/// What a cell may hold without a spreadsheet's computing it, or a terminal's obeying it. An apostrophe goes before
/// what would begin a formula: at the cell's start, and wherever another spreadsheet would see one start.
pub(super) fn inert(text: &str) -> String {
    let text = untrusted::quoted(text);
    let mut inert = String::with_capacity(text.len() + 1);
    let mut at_start = true;
    for c in text.chars() {
        if at_start && begins_formula(c) {
            inert.push('\'');
        }
        at_start = matches!(c, ',' | ';' | '|' | '\n' | '"') || (at_start && c.is_whitespace());
        inert.push(c);
    }
    inert
}

/// The wide ones are taken for the others where they are typed.
fn begins_formula(c: char) -> bool {
    matches!(c, '=' | '+' | '-' | '@' | '＝' | '＋' | '－' | '＠' | '−')
}

#[cfg(test)]
pub(super) mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::grade::pages::sample;

    #[test]
    fn a_row_a_step() {
        let csv = results(&sample::small());
        let lines: Vec<_> = csv.split("\r\n").take(3).collect();
        assert_eq!(
            lines,
            [
                "\u{feff}\"name\",\"learners\",\"section\",\"step\",\"verdict\",\"points\",\"of\",\"seconds\",\"mistake\",\
                 \"tries\",\"hints\",\"answer_shown\",\"problem\",\"entry\",\"late\"",
                "\"anna\",\"Άννα, Bob\",\"spawn-link\",\"define-kate\",\"passed\",1,1,0.25,\"\",2,1,\"true\",\"\",\"otp_LATE_anna.yaml\",\"true\"",
                "\"anna\",\"Άννα, Bob\",\"spawn-link\",\"remote-hello\",\"failed\",0,2,1.5,\"by-hand\",\"\",\"\",\"\",\"\",\"otp_LATE_anna.yaml\",\"true\"",
            ]
        );
        assert!(csv.contains("\"zed\",\"\",\"\",\"\",\"unreadable\",0,3,0,\"\",\"\",\"\",\"\",\"zed.yaml:1:1: no YAML\",\"\",\"\"\r\n"), "{csv}");
        assert!(csv.contains("\"Omar\",\"\",\"\",\"\",\"no_answers\",\"\",\"\",\"\",\"\",\"\",\"\",\"\",\"no answers in it\",\"omar.docx\",\"\"\r\n"), "{csv}");
        assert!(csv.contains("\"Zoe\",\"\",\"\",\"\",\"missing\""), "{csv}");
    }

    #[test]
    fn formulas_are_texts() {
        let apart = ["=1+1", "+1", "-1", "@x", "\t=1", "\r=1", " =1", "＝1", "a;=1", "a\n@x", "\"=1", "1-1"];
        let inert = apart.map(inert);
        assert_eq!(
            inert,
            [
                "'=1+1",
                "'+1",
                "'-1",
                "'@x",
                "        '=1",
                "␍=1",
                " '=1",
                "'＝1",
                "a;'=1",
                "a\n'@x",
                "\"'=1",
                "1-1"
            ]
        );
    }

    /// However a spreadsheet reads it, no cell is one, and nothing in it acts.
    pub(in crate::grade::pages) fn no_formula(csv: &str) -> Result<(), TestCaseError> {
        let mut rows = ::csv::ReaderBuilder::new().has_headers(false).from_reader(csv.as_bytes());
        for fields in rows.records() {
            let fields = fields.expect("all rows are equally long");
            prop_assert!(
                fields.iter().all(|field| !field.trim_start().starts_with(begins_formula)),
                "{:?}",
                fields
            );
            prop_assert!(!fields.iter().any(|field| field.chars().any(|c| c.is_control() && c != '\n')));
        }
        // What a spreadsheet sees that parts at semicolons, and knows quotes only at a cell's start.
        for cell in csv.split([';', '\n']) {
            prop_assert!(!cell.trim_start().starts_with(begins_formula), "{cell:?}");
        }
        Ok(())
    }

    proptest! {
        #[test]
        fn every_field_comes_back_and_none_is_a_formula(name in sample::NASTY, learner in sample::NASTY) {
            let csv = results(&sample::class_with(&name, &learner));
            let mut rows = ::csv::ReaderBuilder::new().from_reader(csv.as_bytes());
            let rows: Vec<_> = rows.records().map(|fields| fields.expect("as many fields as columns")).collect();
            prop_assert_eq!(rows.len(), 4);
            for fields in rows {
                prop_assert_eq!(&fields[0], inert(&name));
                prop_assert!(fields[1] == inert(&learner) || ["no_answers", "missing"].contains(&&fields[4]), "{:?}", fields);
            }
            no_formula(&csv)?;
        }
    }
}
