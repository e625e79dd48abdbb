//! The class at a glance, the hardest steps and the commonest mistakes.

use maud::{Markup, html};

use crate::{grade::results::State, render::untrusted};

use super::{Report, messages, number, pieces};
use crate::grade::pages::{
    prose,
    tally::{self, Count},
};

/// How many steps, and how many mistakes, are drawn.
const MOST: usize = 8;

impl Report<'_> {
    pub(super) fn overview(&self) -> Markup {
        let shares = tally::shares(self.results);
        let median = tally::median(&shares).map_or_else(|| "–".to_owned(), number::percent);
        let passed: usize = self.steps.iter().map(|(_, count)| count.passed).sum();
        let judged: usize = self.steps.iter().map(|(_, count)| count.judged()).sum();
        let everything = shares.iter().filter(|&&share| share >= 1.0).count();
        let submissions = self.results.submissions.iter();
        let ungraded = submissions.filter(|submission| submission.state != State::Graded).count();
        let broken: usize = self.steps.iter().map(|(_, count)| count.could_not_run).sum();
        html! {
            section.overview aria-label=(self.say(&messages::at_a_glance())) {
                dl.figures {
                    (figure(&median, &self.say(&messages::median_points())))
                    @if judged > 0 {
                        (figure(&number::percent(passed as f64 / judged as f64), &self.say(&messages::of_answered_steps_passed())))
                    }
                    (figure(&everything.to_string(), &self.say(&messages::passed_everything(everything))))
                    @if ungraded > 0 {
                        (figure(&ungraded.to_string(), &self.say(&messages::were_not_graded(ungraded))))
                    }
                    @if broken > 0 {
                        (figure(&broken.to_string(), &self.say(&messages::steps_could_not_run(broken))))
                    }
                }
                @if !shares.is_empty() { (self.spread(&shares)) }
            }
        }
    }

    /// How many submissions have each tenth of the points.
    fn spread(&self, shares: &[f64]) -> Markup {
        let tenths = tally::tenths(shares);
        let most = tenths.iter().copied().max().unwrap_or_default();
        html! {
            figure.spread {
                figcaption { (self.say(&messages::spread_of_points())) }
                ol {
                    @for (tenth, &count) in tenths.iter().enumerate() {
                        @let height = number::plain(100.0 * number::ratio(count as f64, most as f64));
                        li {
                            span.count { @if count > 0 { (count) } @else { span.vh { "0" } } }
                            svg.up width="100%" height="64" aria-hidden="true" {
                                rect.ground width="100%" height="2" {}
                                rect.p width="100%" height={ (height) "%" } rx="2" {}
                            }
                            span.vh { (tenth * 10) "–" (tenth * 10 + if tenth == 9 { 10 } else { 9 }) " %" }
                        }
                    }
                }
                p.axis aria-hidden="true" { span { "0 %" } span { "50 %" } span { "100 %" } }
            }
        }
    }

    pub(super) fn hardest(&self) -> Markup {
        let hardest = tally::hardest(&self.steps, MOST);
        html! {
            section.chart {
                h2 { (self.say(&messages::hardest_steps())) }
                @if hardest.is_empty() {
                    p.quiet { (self.say(&messages::nobody_fell_short())) }
                } @else {
                    (hatch())
                    ol.bars {
                        @for (place, count) in &hardest {
                            li {
                                span.what { b { (place.number()) } " " (untrusted::plain(&place.step.title)) }
                                span.how { (self.say(&messages::so_many_of(count.fell_short(), count.judged()))) }
                                (stacked(*count))
                            }
                        }
                    }
                    ul.legend {
                        li { (swatch("f")) (self.say(&crate::lesson::Verdict::Failed.told())) }
                        li { (swatch("t")) (self.say(&crate::lesson::Verdict::TimedOut.told())) }
                        li { (swatch("s")) (self.say(&crate::lesson::Verdict::Skipped.told())) }
                    }
                }
            }
        }
    }

    pub(super) fn mistakes(&self) -> Markup {
        let mistakes = tally::mistakes(self.results, MOST);
        let most = mistakes.iter().map(|mistake| mistake.count).max().unwrap_or_default();
        html! {
            section.chart {
                h2 { (self.say(&messages::commonest_mistakes())) }
                @if mistakes.is_empty() {
                    p.quiet { (self.say(&messages::no_mistake_recognised())) }
                }
                ol.bars {
                    @for mistake in &mistakes {
                        li {
                            span.what { code { (untrusted::plain(mistake.id)) } " " span.at {
                                b { (mistake.place.number()) } " " (untrusted::plain(&mistake.place.step.title))
                            } }
                            span.how { (self.say(&messages::times(mistake.count))) }
                            svg.stack width="100%" height="8" aria-hidden="true" {
                                rect.ground width="100%" height="8" rx="2" {}
                                rect.m width={ (number::plain(100.0 * number::ratio(mistake.count as f64, most as f64))) "%" } height="8" rx="2" {}
                            }
                            @if let Some(hint) = mistake.hint {
                                div.advice { (pieces(&prose::markdown(hint))) }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn figure(number: &str, what: &str) -> Markup {
    html! { div { dt { (what) } dd { (number) } } }
}

/// Failed, timed out and skipped, one behind the other, as parts of all who were judged.
fn stacked(count: Count) -> Markup {
    let share = |part: usize| 100.0 * number::ratio(part as f64, count.judged() as f64);
    let parts = [
        ("f", 0, count.failed),
        ("t", count.failed, count.timed_out),
        ("s", count.failed + count.timed_out, count.skipped),
    ];
    html! {
        svg.stack width="100%" height="8" aria-hidden="true" {
            rect.ground width="100%" height="8" rx="2" {}
            @for (kind, before, many) in parts.into_iter().filter(|(_, _, many)| *many > 0) {
                rect class=(kind) x={ (number::plain(share(before))) "%" } width={ (number::plain(share(many))) "%" } height="8" {}
            }
        }
    }
}

/// What tells *timed out* from *failed* without colour.
fn hatch() -> Markup {
    html! {
        svg.defs width="0" height="0" aria-hidden="true" {
            defs {
                pattern #hatch width="4" height="4" patternUnits="userSpaceOnUse" patternTransform="rotate(45)" {
                    rect width="2" height="4" {}
                }
            }
        }
    }
}

fn swatch(kind: &str) -> Markup {
    html! { svg.swatch width="16" height="8" aria-hidden="true" { rect class=(kind) width="16" height="8" rx="2" {} } }
}
