//! Results for people and for programs, and the exit code that sums them up.

use std::fmt::Write as _;

use serde::Serialize;

use crate::{
    cluster::runtime::Runtime,
    ink::palette::{Palette, Tone},
    lesson::{Lang, Verdict},
    words::Words,
};

use super::{StepResult, words};

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    Human,
    Json,
}

/// All results of one check. Its JSON form is a public format.
#[derive(Debug, Serialize)]
pub struct Report {
    lesson: String,
    elixir: String,
    otp: String,
    steps: Vec<Row>,
    passed: usize,
    failed: usize,
    timed_out: usize,
    skipped: usize,
    could_not_run: usize,
    #[serde(skip)]
    lang: Lang,
}

#[derive(Debug, Serialize)]
struct Row {
    section: String,
    step: String,
    verdict: &'static str,
    expected: Option<String>,
    seen: Option<String>,
    hint: Option<String>,
    seconds: f64,
    #[serde(skip)]
    kind: Verdict,
}

impl Report {
    /// `lang` is that of what was expected, seen and hinted.
    pub fn new(lesson: &str, runtime: &Runtime, results: Vec<StepResult>, lang: Lang) -> Self {
        let count = |verdict| results.iter().filter(|result| result.verdict == verdict).count();
        Self {
            lesson: lesson.to_owned(),
            elixir: runtime.elixir.clone(),
            otp: runtime.otp.clone(),
            passed: count(Verdict::Passed),
            failed: count(Verdict::Failed),
            timed_out: count(Verdict::TimedOut),
            skipped: count(Verdict::Skipped),
            could_not_run: count(Verdict::CouldNotRun),
            steps: results.into_iter().map(|result| Row::of(result, lang)).collect(),
            lang,
        }
    }

    /// 0 all passed, 1 an answer fell short, 3 something could not run.
    pub fn exit_code(&self) -> u8 {
        match (self.could_not_run, self.failed + self.timed_out + self.skipped) {
            (0, 0) => 0,
            (0, _) => 1,
            _ => 3,
        }
    }

    pub fn json(&self) -> String {
        serde_json::to_string_pretty(self).expect("a report holds only texts and numbers")
    }

    pub fn human(&self, palette: Palette) -> String {
        let mut text = String::new();
        let mut section = "";
        let verdicts: Vec<_> = self.steps.iter().map(|row| row.kind.told()).collect();
        let columns = widest(&verdicts, self.lang);
        for row in &self.steps {
            if row.section != section {
                section = &row.section;
                let _ = writeln!(text, "{section}");
            }
            row.write(&mut text, palette, self.lang, columns);
        }
        let _ = writeln!(text, "\n{}", self.summary());
        text
    }

    fn summary(&self) -> String {
        let counts = [
            (self.passed, Verdict::Passed),
            (self.failed, Verdict::Failed),
            (self.timed_out, Verdict::TimedOut),
            (self.skipped, Verdict::Skipped),
            (self.could_not_run, Verdict::CouldNotRun),
        ];
        let told = counts.into_iter().filter(|(count, verdict)| *count > 0 || *verdict == Verdict::Passed);
        let told: Vec<_> =
            told.map(|(count, verdict)| words::so_many(count, verdict).speak(self.lang).to_owned()).collect();
        format!("{} (Elixir {}, OTP {})", told.join(", "), self.elixir, self.otp)
    }
}

impl Row {
    fn of(result: StepResult, lang: Lang) -> Self {
        let spoken = |words: Option<Words>| words.map(|words| words.speak(lang).to_owned());
        Self {
            section: result.section,
            step: result.step,
            verdict: result.verdict.id(),
            expected: spoken(result.expected),
            seen: spoken(result.seen),
            hint: result.hint,
            seconds: (result.took.as_secs_f64() * 1000.0).round() / 1000.0,
            kind: result.verdict,
        }
    }

    fn write(&self, text: &mut String, palette: Palette, lang: Lang, columns: usize) {
        let line = format!("  {}", human_line(&self.step, self.kind, palette, lang, columns));
        let _ = writeln!(text, "{line} {:>6.1} s", self.seconds);
        let labels = [words::expected(), words::seen(), words::attempt()];
        let columns = widest(&labels, lang);
        for (label, detail) in labels.iter().zip([&self.expected, &self.seen, &self.hint]) {
            for (number, line) in detail.iter().flat_map(|detail| detail.lines()).enumerate() {
                let label = if number == 0 { label.speak(lang) } else { "" };
                let _ = writeln!(text, "      {label:<columns$}  {line}");
            }
        }
    }
}

/// In columns: no letter of ours takes two.
fn widest(column: &[Words], lang: Lang) -> usize {
    column.iter().map(|words| words.speak(lang).chars().count()).max().unwrap_or_default()
}

/// `✔ remote-hello   passed`, the verdict in so many columns; the mark and the word both tell, so that colour never has to.
fn human_line(step: &str, verdict: Verdict, palette: Palette, lang: Lang, columns: usize) -> String {
    let mark = match verdict {
        Verdict::Passed => palette.paint(Tone::Good, "✔"),
        Verdict::Failed | Verdict::TimedOut => palette.paint(Tone::Bad, "✘"),
        Verdict::Skipped => palette.paint(Tone::Quiet, "–"),
        Verdict::CouldNotRun => palette.paint(Tone::Bad, "!"),
    };
    format!("{mark} {step:<24} {:<columns$}", verdict.told().speak(lang))
}
