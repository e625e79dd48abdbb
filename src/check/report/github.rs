//! For GitHub Actions: an annotation for each step that fell short. Nothing that a submission says can make one.
//!
//! A runner takes commands from any output: `::error …::` at a line's beginning, and, from older days, `##[…]` anywhere.
//! Both are written here only; in what is quoted they are taken apart.

use crate::{
    check::{messages, outcome::StepOutcome},
    lesson::{Lang, Verdict},
    render::untrusted,
};

use super::{Page, Subject, Tally};

pub(super) struct Github {
    lang: Lang,
}

impl Github {
    pub(super) fn new(subject: &Subject) -> Self {
        Self { lang: subject.lang }
    }
}

impl Page for Github {
    fn step(&mut self, outcome: StepOutcome) -> String {
        let level = match outcome.verdict {
            Verdict::Passed => return String::new(),
            Verdict::Failed | Verdict::TimedOut => "error",
            Verdict::Skipped | Verdict::Unanswered => "notice",
            Verdict::CouldNotRun => "warning",
        };
        let verdict = outcome.verdict.told();
        let title = format!("{}/{}: {}", outcome.section, outcome.step, verdict.speak(self.lang));
        let labelled = [
            (messages::expected(), &outcome.expected),
            (messages::seen(), &outcome.seen),
            (outcome.hint_label(), &outcome.hint),
        ];
        let lines = labelled
            .iter()
            .filter_map(|(label, text)| Some(format!("{}: {}", label.speak(self.lang), text.as_deref()?)));
        let message = lines.collect::<Vec<_>>().join("\n");
        format!("::{level} title={}::{}\n", property(&title), data(&message))
    }

    fn end(&mut self, tally: &Tally) -> String {
        let (points, of) = (tally.points, tally.of);
        let told = messages::so_many_points(&points.to_string(), &of.to_string());
        format!("::notice title=Moebi::{}\n", data(told.speak(self.lang)))
    }
}

pub(super) fn unreadable(name: &str, why: &str) -> String {
    format!("::error title={}::{}\n", property(&untrusted::plain(name)), data(why))
}

/// As the runner's own library escapes what stands behind the second `::`.
fn data(text: &str) -> String {
    let text = text.replace("##[", "## [").replace('%', "%25");
    text.replace('\r', "%0D").replace('\n', "%0A")
}

/// And what stands before it.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_quoted_is_a_command() {
        let hostile = "x\n::error::forged\r\n##[error]forged ::set-output name=a::b 100%";
        for escaped in [data(hostile), property(hostile)] {
            assert!(!escaped.contains(['\n', '\r']) && !escaped.contains("##["), "{escaped}");
            assert!(escaped.ends_with("100%25"), "{escaped}");
        }
        assert_eq!(property("a:b,c"), "a%3Ab%2Cc");
    }
}
