//! The table of steps and kinds, every complaint under it, and the same for programs.

use std::{collections::BTreeMap, fmt::Write as _, time::Duration};

use quick_junit::{NonSuccessKind, TestCase, TestCaseStatus, TestSuite};
use serde::{Deserialize, Serialize};

use crate::{
    i18n::Localized,
    lesson::{Lang, Lesson},
    render::palette::{Palette, Tone},
    session::Position,
};

use super::{Diagnostic, Kind, Options, Tried, messages};

/// The width of a step's id in the table.
const IDS: usize = 24;
/// Between two columns.
const GAP: usize = 2;

/// What a self-test found. Its JSON form is a public format.
#[derive(Debug, Serialize)]
pub struct Report {
    lesson: String,
    elixir: String,
    otp: String,
    steps: Vec<Row>,
    complaints: Vec<Told>,
    /// Steps that were proved before and have not changed since.
    unchanged: usize,
    /// Those that were made.
    attempts: usize,
    /// How often nodes were brought to a step: where an attempt could be undone, the next one has them.
    starts: usize,
    seconds: u64,
    #[serde(skip)]
    lang: Lang,
}

#[derive(Debug, Serialize)]
struct Row {
    section: String,
    step: String,
    #[serde(flatten)]
    counts: Counts,
    /// Proved before, and not tried this time.
    unchanged: bool,
}

/// How the attempts at a step came out, by kind.
#[derive(Debug, Clone, Copy, Default, Serialize, Deserialize)]
pub(super) struct Counts {
    model: Cell,
    right: Cell,
    start: Cell,
    wrong: Cell,
    left_out: Cell,
    forged: Cell,
}

/// How many attempts of a kind there were at a step, and how many of them came out as they must.
#[derive(Debug, Clone, Copy, Default, Serialize, Deserialize)]
struct Cell {
    tried: usize,
    right: usize,
}

#[derive(Debug, Serialize)]
struct Told {
    section: String,
    /// None: of the section as a whole.
    step: Option<String>,
    kind: Kind,
    what: String,
    tried: Vec<String>,
    seen: Vec<String>,
    could_not_run: bool,
}

impl Report {
    /// `known` are the steps that were proved before; `more` are complaints that came of no attempt.
    pub(super) fn new(
        lesson: &Lesson,
        options: &Options,
        (places, known): (&[Position], &BTreeMap<Position, Counts>),
        (tried, more): (&[Tried], &[Diagnostic]),
        took: Duration,
    ) -> Self {
        let mut tried: Vec<&Tried> = tried.iter().collect();
        tried.sort_by_key(|tried| (tried.place, tried.kind));
        let rows = places.iter().map(|place| {
            let counts = known.get(place).copied().unwrap_or_else(|| Counts::of(*place, &tried));
            Row::of(lesson, *place, counts, known.contains_key(place))
        });
        let complaints = more.iter().chain(tried.iter().filter_map(|tried| tried.complaint.as_ref()));
        Self {
            lesson: lesson.id.to_string(),
            elixir: options.runtime.elixir.clone(),
            otp: options.runtime.otp.clone(),
            steps: rows.collect(),
            complaints: complaints.map(|complaint| Told::of(lesson, complaint, options.lang)).collect(),
            unchanged: known.len(),
            attempts: tried.len(),
            starts: tried.iter().filter(|tried| tried.is_fresh).count(),
            seconds: took.as_secs(),
            lang: options.lang,
        }
    }

    /// 0 no complaint, 1 the lesson has a defect, 3 something could not run.
    pub fn exit_code(&self) -> u8 {
        match self.complaints.iter().any(|complaint| complaint.could_not_run) {
            true => 3,
            false => u8::from(!self.complaints.is_empty()),
        }
    }

    pub fn json(&self) -> String {
        serde_json::to_string_pretty(self).expect("a report holds only texts and numbers")
    }

    pub fn human(&self, palette: Palette) -> String {
        let mut text = self.head();
        let mut section = "";
        for row in &self.steps {
            if row.section != section {
                section = &row.section;
                let _ = writeln!(text, "{section}");
            }
            row.write(&mut text, palette, self.lang);
        }
        let _ = writeln!(text, "\n{}", messages::legend().speak(self.lang));
        for complaint in &self.complaints {
            complaint.write(&mut text, palette, self.lang);
        }
        let _ = writeln!(text, "\n{}", self.summary());
        text
    }

    fn head(&self) -> String {
        let mut line = " ".repeat(IDS + 4);
        for kind in Kind::ALL {
            let _ = write!(line, "{:<1$}", messages::heading(kind).speak(self.lang), width(kind, self.lang));
        }
        format!("{}\n", line.trim_end())
    }

    fn summary(&self) -> String {
        let complaints = match self.complaints.len() {
            0 => messages::no_complaints(),
            count => messages::complaints(count),
        };
        let mut parts = vec![complaints, messages::attempts(self.attempts), messages::took(self.seconds)];
        if self.unchanged > 0 {
            parts.insert(1, messages::unchanged(self.unchanged));
        }
        let parts = Localized::join(&parts, &crate::i18n::comma());
        format!("{} (Elixir {}, OTP {})", parts.speak(self.lang), self.elixir, self.otp)
    }
}

/// A heading, or `✔ 199/199`, and the gap behind it.
fn width(kind: Kind, lang: Lang) -> usize {
    messages::heading(kind).speak(lang).chars().count().max("✔ 99/99".chars().count()) + GAP
}

impl Counts {
    pub(super) fn of(place: Position, tried: &[&Tried]) -> Self {
        let cell = |kind| {
            let of_kind = tried.iter().filter(|tried| tried.place == place && tried.kind == kind);
            of_kind.fold(Cell::default(), |cell, tried| Cell {
                tried: cell.tried + 1,
                right: cell.right + usize::from(tried.complaint.is_none()),
            })
        };
        Self {
            model: cell(Kind::Model),
            right: cell(Kind::Right),
            start: cell(Kind::Start),
            wrong: cell(Kind::Wrong),
            left_out: cell(Kind::LeftOut),
            forged: cell(Kind::Forged),
        }
    }

    fn each(&self) -> [(Kind, Cell); 6] {
        [
            (Kind::Model, self.model),
            (Kind::Right, self.right),
            (Kind::Start, self.start),
            (Kind::Wrong, self.wrong),
            (Kind::LeftOut, self.left_out),
            (Kind::Forged, self.forged),
        ]
    }
}

impl Row {
    fn of(lesson: &Lesson, place: Position, counts: Counts, unchanged: bool) -> Self {
        let (section, step) = (place.section(lesson).id.to_string(), place.step(lesson).id.to_string());
        Self { section, step, counts, unchanged }
    }

    fn write(&self, text: &mut String, palette: Palette, lang: Lang) {
        let mut line = format!("    {:<IDS$}", self.step);
        for (kind, cell) in self.counts.each() {
            line.push_str(&cell.drawn(palette, width(kind, lang)));
        }
        let _ = writeln!(text, "{}", line.trim_end());
    }
}

impl Cell {
    /// `✔ 7/7`; one attempt needs no count, and none is `–`.
    fn drawn(self, palette: Palette, width: usize) -> String {
        let (mark, tone) = match (self.tried, self.right) {
            (0, _) => ("–", Tone::Quiet),
            (tried, right) if tried == right => ("✔", Tone::Good),
            _ => ("✘", Tone::Bad),
        };
        let count = if self.tried > 1 { format!(" {}/{}", self.right, self.tried) } else { String::new() };
        let rest = width.saturating_sub(1);
        format!("{}{count:<rest$}", palette.paint(tone, mark))
    }
}

impl Told {
    fn of(lesson: &Lesson, complaint: &Diagnostic, lang: Lang) -> Self {
        let section = &lesson.sections[complaint.section];
        Self {
            section: section.id.to_string(),
            step: complaint.step.map(|step| section.steps[step].id.to_string()),
            kind: complaint.kind,
            what: complaint.what.speak(lang).to_owned(),
            tried: complaint.tried.clone(),
            seen: complaint.seen.iter().map(|seen| seen.speak(lang).to_owned()).collect(),
            could_not_run: complaint.could_not_run,
        }
    }

    fn write(&self, text: &mut String, palette: Palette, lang: Lang) {
        let place = self
            .step
            .as_ref()
            .map_or_else(|| self.section.clone(), |step| format!("{} › {step}", self.section));
        let mark = palette.paint(Tone::Bad, if self.could_not_run { "!" } else { "✘" });
        let _ = writeln!(text, "\n{mark} {place}: {}", self.what);
        let nothing = messages::nothing_typed();
        let none = [nothing.speak(lang).to_owned()];
        let tried = if self.kind == Kind::Start { &none[..] } else { &self.tried };
        let (tried_label, seen_label) = (messages::tried(), messages::seen());
        let labels = [tried_label.speak(lang), seen_label.speak(lang)];
        let columns = labels.iter().map(|label| label.chars().count()).max().unwrap_or_default();
        for (label, lines) in labels.into_iter().zip([tried, &self.seen]) {
            for (number, line) in lines.iter().flat_map(|line| line.lines()).enumerate() {
                let label = if number == 0 { label } else { "" };
                let _ = writeln!(text, "    {label:<columns$}  {line}");
            }
        }
    }
}

/// JUnit's XML: a suite a report, a case for each kind of attempt at each step.
pub fn junit(reports: &[Report]) -> String {
    let name = reports.first().map_or("", |report| report.lesson.as_str());
    let mut document = quick_junit::Report::new(name);
    document.add_test_suites(reports.iter().map(Report::suite));
    document.to_string().expect("a report is written to memory, and holds only what XML allows")
}

impl Report {
    fn suite(&self) -> TestSuite {
        let mut suite = TestSuite::new(format!("{} (Elixir {}, OTP {})", self.lesson, self.elixir, self.otp));
        suite.set_time(Duration::from_secs(self.seconds));
        for row in &self.steps {
            for (kind, cell) in row.counts.each() {
                let of_it = |told: &&Told| told.step.as_ref() == Some(&row.step) && told.kind == kind;
                let complaints: Vec<&Told> = self.complaints.iter().filter(of_it).collect();
                if cell.tried == 0 && complaints.is_empty() {
                    continue;
                }
                suite.add_test_case(self.case(
                    &row.section,
                    &format!("{}: {}", row.step, messages::heading(kind).speak(self.lang)),
                    &complaints,
                ));
            }
        }
        for told in self.complaints.iter().filter(|told| told.step.is_none()) {
            suite.add_test_case(self.case(&told.section, &told.section, &[told]));
        }
        suite
    }

    fn case(&self, section: &str, name: &str, complaints: &[&Told]) -> TestCase {
        let mut status = TestCaseStatus::success();
        if let Some(first) = complaints.first() {
            let is_error = complaints.iter().any(|told| told.could_not_run);
            let kind = if is_error { NonSuccessKind::Error } else { NonSuccessKind::Failure };
            let mut details = String::new();
            complaints.iter().for_each(|told| told.write(&mut details, Palette::MONOCHROME, self.lang));
            status = TestCaseStatus::non_success(kind);
            status.set_message(first.what.clone()).set_description(details);
        }
        let mut case = TestCase::new(name, status);
        case.set_classname(format!("{}.{section}", self.lesson));
        case
    }
}
