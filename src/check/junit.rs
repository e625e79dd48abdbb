//! JUnit's XML, as GitLab, GitHub's actions and Jenkins read it: a suite a submission, a case a step.
//!
//! What a submission wrote stands only in `failure` and `error`: GitLab follows `[[ATTACHMENT|path]]` where it
//! finds that in `system-out`.

use std::time::Duration;

use quick_junit::{NonSuccessKind, Report, TestCase, TestCaseStatus, TestSuite};

use crate::{
    i18n::{Lang, Localized},
    lesson::Verdict,
    render::untrusted,
};

use super::{excerpt, messages, outcome::StepOutcome};

/// Of a timeline within a failure, in characters.
const MAX_TIMELINE: usize = 8000;

/// The whole file for one submission: `moebi check --format junit`.
pub fn junit(lesson: &str, name: &str, steps: &[StepOutcome], lang: Lang) -> String {
    report(lesson, [suite(name, steps, lang)])
}

/// The whole file, for as many submissions as there are.
pub fn report(lesson: &str, suites: impl IntoIterator<Item = TestSuite>) -> String {
    let mut report = Report::new(clean(lesson));
    report.add_test_suites(suites);
    report.to_string().expect("a report is written to memory, and holds only what XML allows")
}

/// The suite of the submission `name`. Its name is in every case too, or GitLab, which sees no suites, would take two
/// submissions' cases for one.
pub fn suite(name: &str, steps: &[StepOutcome], lang: Lang) -> TestSuite {
    let mut suite = TestSuite::new(clean(name));
    suite.add_test_cases(steps.iter().map(|step| case(name, step, lang)));
    suite.set_time(duration(steps.iter().map(|step| step.seconds).sum()));
    suite
}

fn case(name: &str, step: &StepOutcome, lang: Lang) -> TestCase {
    let mut case = TestCase::new(clean(&step.step), status(step, lang));
    case.set_classname(format!("{}.{}", clean(name), clean(&step.section)));
    case.set_time(duration(step.seconds));
    case
}

fn status(step: &StepOutcome, lang: Lang) -> TestCaseStatus {
    let told = step.verdict.told();
    match step.verdict {
        Verdict::Passed => TestCaseStatus::success(),
        Verdict::Skipped | Verdict::Unanswered => {
            let mut status = TestCaseStatus::skipped();
            status.set_message(clean(step.seen.as_deref().unwrap_or(told.speak(lang))));
            status
        }
        Verdict::Failed | Verdict::TimedOut => {
            let message = step.expected.as_deref().map_or_else(|| told.speak(lang).to_owned(), clean);
            fell_short(NonSuccessKind::Failure, step.verdict.id(), &message, &detail(step, lang))
        }
        Verdict::CouldNotRun => {
            fell_short(NonSuccessKind::Error, step.verdict.id(), told.speak(lang), &detail(step, lang))
        }
    }
}

/// A case for what is true of the whole submission: its answers can't be read, or this machine could not run it.
pub fn whole(name: &str, verdict: Verdict, message: &Localized, detail: &str, lang: Lang) -> TestSuite {
    let kind = if verdict == Verdict::CouldNotRun { NonSuccessKind::Error } else { NonSuccessKind::Failure };
    let status = fell_short(kind, verdict.id(), message.speak(lang), &untrusted::quoted(detail));
    let mut case = TestCase::new(message.speak(lang), status);
    case.set_classname(clean(name)).set_time(Duration::ZERO);
    let mut suite = TestSuite::new(clean(name));
    suite.add_test_case(case).set_time(Duration::ZERO);
    suite
}

fn fell_short(kind: NonSuccessKind, verdict: &str, message: &str, detail: &str) -> TestCaseStatus {
    let mut status = TestCaseStatus::non_success(kind);
    status.set_type(verdict).set_message(message);
    if !detail.is_empty() {
        status.set_description(allowed(detail));
    }
    status
}

/// Expected beside seen, what to try, and the timeline of all terminals.
pub(super) fn detail(step: &StepOutcome, lang: Lang) -> String {
    let labels = [messages::expected(), messages::seen(), step.hint_label()];
    let columns = labels.iter().map(|label| label.speak(lang).chars().count()).max().unwrap_or_default();
    let mut lines = Vec::new();
    for (label, text) in labels.iter().zip([&step.expected, &step.seen, &step.hint]) {
        let text = text.as_deref().map(untrusted::quoted).unwrap_or_default();
        for (number, line) in text.lines().enumerate() {
            let label = if number == 0 { label.speak(lang) } else { "" };
            lines.push(format!("{label:<columns$}  {line}"));
        }
    }
    if !step.timeline.is_empty() {
        lines.push(String::new());
        lines.push(excerpt::plain(&step.timeline, MAX_TIMELINE, lang));
    }
    lines.join("\n")
}

/// One line without anything that acts.
fn clean(text: &str) -> String {
    allowed(&untrusted::plain(text))
}

/// Without the two characters that `untrusted` shows and XML 1.0 forbids.
fn allowed(text: &str) -> String {
    text.replace(['\u{fffe}', '\u{ffff}'], "\u{fffd}")
}

/// Zero where a results file tells no time that can be.
fn duration(seconds: f64) -> Duration {
    Duration::try_from_secs_f64(seconds).unwrap_or_default()
}

#[cfg(test)]
mod tests;
