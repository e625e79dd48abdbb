//! The table of steps and kinds, every complaint under it, and the same for programs.

use std::{fmt::Write as _, time::Duration};

use serde::Serialize;

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
    attempts: usize,
    /// How often nodes were brought to a step: an attempt that leaves them as they were leaves them to the next.
    starts: usize,
    seconds: u64,
    #[serde(skip)]
    lang: Lang,
}

#[derive(Debug, Serialize)]
struct Row {
    section: String,
    step: String,
    model: Cell,
    right: Cell,
    start: Cell,
    wrong: Cell,
    left_out: Cell,
    forged: Cell,
}

/// How many attempts of a kind there were at a step, and how many of them came out as they must.
#[derive(Debug, Clone, Copy, Default, Serialize)]
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
    /// `more` are complaints that came of no attempt.
    pub fn new(
        lesson: &Lesson,
        options: &Options,
        mut tried: Vec<Tried>,
        more: Vec<Diagnostic>,
        took: Duration,
    ) -> Self {
        tried.sort_by_key(|tried| (tried.place, tried.kind));
        let places = places(lesson, options);
        let complaints = more.iter().chain(tried.iter().filter_map(|tried| tried.complaint.as_ref()));
        Self {
            lesson: lesson.id.to_string(),
            elixir: options.runtime.elixir.clone(),
            otp: options.runtime.otp.clone(),
            steps: places.map(|place| Row::of(lesson, place, &tried)).collect(),
            complaints: complaints.map(|complaint| Told::of(lesson, complaint, options.lang)).collect(),
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
        let parts = [complaints, messages::attempts(self.attempts), messages::took(self.seconds)];
        let parts = Localized::join(&parts, &crate::i18n::comma());
        format!("{} (Elixir {}, OTP {})", parts.speak(self.lang), self.elixir, self.otp)
    }
}

/// The steps that were to be tested.
fn places(lesson: &Lesson, options: &Options) -> impl Iterator<Item = Position> {
    let sections = lesson.sections.iter().enumerate();
    let all = sections
        .flat_map(|(section, content)| (0..content.steps.len()).map(move |step| Position { section, step }));
    all.filter(|place| {
        let (section, step) = (place.section(lesson).id.as_str(), place.step(lesson).id.as_str());
        options.section.as_deref().is_none_or(|wanted| wanted == section)
            && options.step.as_deref().is_none_or(|wanted| wanted == step)
    })
}

/// A heading, or `✔ 199/199`, and the gap behind it.
fn width(kind: Kind, lang: Lang) -> usize {
    messages::heading(kind).speak(lang).chars().count().max("✔ 99/99".chars().count()) + GAP
}

impl Row {
    fn of(lesson: &Lesson, place: Position, tried: &[Tried]) -> Self {
        let cell = |kind| {
            let of_kind = tried.iter().filter(|tried| tried.place == place && tried.kind == kind);
            of_kind.fold(Cell::default(), |cell, tried| Cell {
                tried: cell.tried + 1,
                right: cell.right + usize::from(tried.complaint.is_none()),
            })
        };
        Self {
            section: place.section(lesson).id.to_string(),
            step: place.step(lesson).id.to_string(),
            model: cell(Kind::Model),
            right: cell(Kind::Right),
            start: cell(Kind::Start),
            wrong: cell(Kind::Wrong),
            left_out: cell(Kind::LeftOut),
            forged: cell(Kind::Forged),
        }
    }

    fn write(&self, text: &mut String, palette: Palette, lang: Lang) {
        let cells = [self.model, self.right, self.start, self.wrong, self.left_out, self.forged];
        let mut line = format!("    {:<IDS$}", self.step);
        for (kind, cell) in Kind::ALL.into_iter().zip(cells) {
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
