//! What lesson authors ask for: every complaint about their lessons' files in one run, and about their checkpoints.
//!
//! The first is `moebi lesson lint` ([`lint`]); the loading in [`lesson`] finds what is wrong, here it is
//! counted and printed. The second is `moebi lesson test` ([`selftest`]): begin with its `plan`, which says what is tried
//! of a step, and `trial`, which says what each try must come to.

pub mod selftest;

use crate::lesson::{self, Nonce, RenderedDiagnostic, Source};

/// Every complaint about every lesson, and how many there are; the report ends in a line that counts them.
pub fn lint(sources: &[Source]) -> (String, usize) {
    let mut report = String::new();
    let mut complaints = 0;
    let mut languages = 0;
    for source in sources {
        match lesson::lint(source, &Nonce::sample()) {
            Ok(lesson) => languages += lesson.prose.len(),
            Err(rendered) => {
                complaints += rendered.len();
                languages += source.files.len().saturating_sub(1);
                report.push_str(&drawn(&rendered));
            }
        }
    }
    let count = if complaints == 0 { "no complaints".to_string() } else { counted(complaints, "complaint") };
    let lessons = counted(sources.len(), "lesson");
    report.push_str(&format!("{count} in {lessons}, {}\n", counted(languages, "language")));
    (report, complaints)
}

fn drawn(rendered: &[RenderedDiagnostic]) -> String {
    rendered.iter().map(|diagnostic| format!("{}\n\n", diagnostic.rendered.trim_end())).collect()
}

/// `1 lesson`, `2 lessons`.
fn counted(count: usize, noun: &str) -> String {
    let ending = if count == 1 { "" } else { "s" };
    format!("{count} {noun}{ending}")
}
