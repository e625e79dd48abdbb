//! For people: each step as soon as it is its turn, and all that is needed to see why one fell short.

use std::{collections::BTreeMap, fmt::Write as _};

use crate::{
    check::{messages, outcome::StepOutcome},
    i18n::Localized,
    lesson::{Lang, Verdict},
    render::{
        palette::{Palette, Tone},
        rows,
    },
};

use super::{Page, Subject, Tally, transcript::transcript};

/// How wide a line may be.
const COLUMNS: usize = 80;

pub(super) struct Human {
    palette: Palette,
    lang: Lang,
    /// `Elixir 1.14.0, OTP 25`
    runtime: String,
    /// Where in the report each step stands.
    order: BTreeMap<String, usize>,
    next: usize,
    /// Results that came before their turn.
    early: BTreeMap<usize, StepOutcome>,
    section: String,
}

impl Human {
    pub(super) fn new(subject: Subject, palette: Palette) -> Self {
        let Subject { lesson, steps, runtime, lang, .. } = subject;
        let ids = steps.iter().map(|place| place.step(&lesson).id.to_string());
        Self {
            palette,
            lang,
            runtime: format!("Elixir {}, OTP {}", runtime.elixir, runtime.otp),
            order: ids.enumerate().map(|(number, id)| (id, number)).collect(),
            next: 0,
            early: BTreeMap::new(),
            section: String::new(),
        }
    }

    fn row(&mut self, outcome: &StepOutcome) -> String {
        let mut text = String::new();
        if outcome.section != self.section {
            self.section.clone_from(&outcome.section);
            let _ = writeln!(text, "{}", self.section);
        }
        let _ = writeln!(text, "{}", self.line(outcome));
        if let Some(step) = &outcome.after {
            let _ = writeln!(text, "      {}", messages::brought_here(step).speak(self.lang));
        }
        self.details(outcome, &mut text);
        if !outcome.timeline.is_empty() {
            let _ = writeln!(text, "      {}", messages::timeline().speak(self.lang));
            transcript(&outcome.timeline, self.lang).iter().for_each(|row| {
                let _ = writeln!(text, "        {row}");
            });
        }
        text
    }

    /// `  ✔ remote-hello   passed   1.2 s`; the mark and the word both tell, so that colour never has to.
    fn line(&self, outcome: &StepOutcome) -> String {
        let mark = match outcome.verdict {
            Verdict::Passed => self.palette.paint(Tone::Good, "✔"),
            Verdict::Failed | Verdict::TimedOut => self.palette.paint(Tone::Bad, "✘"),
            Verdict::Skipped => self.palette.paint(Tone::Quiet, "–"),
            Verdict::Unanswered => self.palette.paint(Tone::Quiet, "·"),
            Verdict::CouldNotRun => self.palette.paint(Tone::Bad, "!"),
        };
        let columns =
            widest(&[Verdict::Passed, Verdict::Failed, Verdict::TimedOut].map(Verdict::told), self.lang);
        let verdict = outcome.verdict.told();
        let (step, verdict) = (&outcome.step, verdict.speak(self.lang));
        format!("  {mark} {step:<24} {verdict:<columns$} {:>6.1} s", outcome.seconds)
    }

    fn details(&self, outcome: &StepOutcome, text: &mut String) {
        let labels = [messages::expected(), messages::seen(), outcome.hint_label()];
        let columns = widest(&labels, self.lang);
        for (label, detail) in labels.iter().zip([&outcome.expected, &outcome.seen, &outcome.hint]) {
            let lines = detail.iter().flat_map(|detail| detail.lines());
            let room = COLUMNS.saturating_sub(columns + 8);
            for (number, line) in lines.flat_map(|line| rows::rows(line, room)).enumerate() {
                let label = if number == 0 { label.speak(self.lang) } else { "" };
                let _ = writeln!(text, "      {label:<columns$}  {line}");
            }
        }
    }

    fn sums(&self, tally: &Tally) -> String {
        let counts = [
            (tally.passed, Verdict::Passed),
            (tally.failed, Verdict::Failed),
            (tally.timed_out, Verdict::TimedOut),
            (tally.skipped, Verdict::Skipped),
            (tally.unanswered, Verdict::Unanswered),
            (tally.could_not_run, Verdict::CouldNotRun),
        ];
        let told = counts.into_iter().filter(|(count, verdict)| *count > 0 || *verdict == Verdict::Passed);
        let told: Vec<_> = told
            .map(|(count, verdict)| messages::so_many(count, verdict).speak(self.lang).to_owned())
            .collect();
        let points = messages::so_many_points(&tally.points.to_string(), &tally.of.to_string());
        format!("\n{} · {} ({})\n", told.join(", "), points.speak(self.lang), self.runtime)
    }
}

impl Page for Human {
    fn step(&mut self, outcome: StepOutcome) -> String {
        let number = self.order.get(&outcome.step).copied().unwrap_or(usize::MAX);
        self.early.insert(number, outcome);
        let mut text = String::new();
        while let Some(outcome) = self.early.remove(&self.next) {
            text.push_str(&self.row(&outcome));
            self.next += 1;
        }
        text
    }

    /// What waits for others that won't come any more is told all the same.
    fn end(&mut self, tally: &Tally) -> String {
        let early = std::mem::take(&mut self.early);
        let rows: String = early.values().map(|outcome| self.row(outcome)).collect();
        rows + &self.sums(tally)
    }
}

/// In columns: no letter of ours takes two.
fn widest(column: &[Localized], lang: Lang) -> usize {
    column.iter().map(|words| words.speak(lang).chars().count()).max().unwrap_or_default()
}
