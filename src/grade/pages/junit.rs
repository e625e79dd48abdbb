//! `junit.xml` of a class.

use crate::{
    check::{self, junit},
    grade::results::{Results, State, Submission},
    i18n::Lang,
    lesson::Verdict,
};

use super::messages;

/// A suite a submission, a case a step; one case alone where there are none.
pub fn results(results: &Results) -> String {
    let lang = super::lang(results);
    junit::report(&results.lesson.id, results.submissions.iter().map(|submission| suite(submission, lang)))
}

fn suite(submission: &Submission, lang: Lang) -> ::quick_junit::TestSuite {
    let name = &submission.name;
    match &submission.state {
        State::Graded => junit::suite(name, &submission.steps, lang),
        State::Unreadable(why) => {
            junit::whole(name, Verdict::Failed, &check::messages::unreadable(), why, lang)
        }
        State::CouldNotRun(why) => {
            junit::whole(name, Verdict::CouldNotRun, &messages::could_not_be_graded(), why, lang)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::grade::pages::sample;

    #[test]
    fn what_cannot_be_read_fails_and_what_could_not_run_is_an_error() {
        let xml = results(&sample::small());
        assert!(
            xml.contains(
                r#"<testsuites name="otp-distribution" tests="6" skipped="1" failures="2" errors="1">"#
            ),
            "{xml}"
        );
        assert!(xml.contains(r#"<failure message="answers that can&apos;t be read" type="failed">zed.yaml:1:1: no YAML</failure>"#), "{xml}");
        assert!(xml.contains(r#"type="could_not_run">no memory</error>"#), "{xml}");
    }
}
