//! What came and was not graded, who handed in nothing, and what a teacher should look at.

use maud::{Markup, html};

use crate::grade::results::{Leftover, Submission};

use super::{Report, foreign, messages};

impl Report<'_> {
    pub(super) fn handed_in(&self) -> Markup {
        let results = self.results;
        let is_all =
            results.leftovers.is_empty() && results.missing.is_empty() && results.passed_over.is_empty();
        html! {
            @if !is_all {
                section #handed-in {
                    h2 { (self.say(&messages::not_graded())) }
                    @if !results.leftovers.is_empty() {
                        ul { @for leftover in &results.leftovers { (self.leftover(leftover)) } }
                    }
                    @if !results.missing.is_empty() {
                        p { b { (self.say(&messages::handed_in_nothing())) } " "
                            @for (number, student) in results.missing.iter().enumerate() {
                                @if number > 0 { ", " } (foreign(&student.name))
                            }
                        }
                    }
                    @if !results.passed_over.is_empty() {
                        p.quiet { (self.say(&messages::passed_over())) " "
                            @for (number, (name, count)) in results.passed_over.iter().enumerate() {
                                @if number > 0 { ", " } (foreign(name)) @if *count > 1 { " × " (count) }
                            }
                        }
                    }
                }
            }
        }
    }

    fn leftover(&self, leftover: &Leftover) -> Markup {
        let called = leftover.called();
        html! {
            li {
                @if called != leftover.entry { b { (foreign(&called)) } ", " }
                (foreign(&leftover.entry)) ": " (foreign(&leftover.why))
                @if leftover.late { " · " (self.say(&messages::late())) }
            }
        }
    }

    /// Where one submission came from.
    pub(super) fn origin(&self, submission: &Submission) -> Markup {
        let origin = &submission.origin;
        let known = origin
            .students
            .iter()
            .flat_map(|student| [&student.id, &student.login, &student.email])
            .flatten();
        html! {
            @if !origin.file.is_empty() {
                p.facts {
                    span { (foreign(&origin.file)) }
                    @if origin.late { span { b { (self.say(&messages::late())) } } }
                    @for known in known { span { (foreign(known)) } }
                    @for earlier in &origin.earlier {
                        span { (self.say(&messages::does_not_count())) " " (foreign(earlier)) }
                    }
                }
            }
            @for note in &origin.notes { p.note { (foreign(note)) } }
        }
    }
}
