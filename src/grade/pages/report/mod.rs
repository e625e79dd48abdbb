//! `report.html`: the whole class on one page that needs nothing but itself.
//!
//! All there is to read stands in the document. The script only sorts, filters, and opens a cell's story where the
//! reader is; without it a cell is a link to the same story further down.

mod charts;
mod handed_in;
mod matrix;
mod stories;

use maud::{DOCTYPE, Markup, PreEscaped, html};

use crate::{
    check::outcome::StepOutcome,
    grade::results::{Isolation, Results, State, Submission},
    i18n::{Lang, Localized},
    lesson::Verdict,
    render::untrusted,
};

use super::{
    NumberedStep,
    html::{self, class, foreign, mark, pieces, policy, quoted, timeline},
    messages, number, tally,
};

const SCRIPT: &str = include_str!("script.js");

/// Of all timelines together, and of each, in characters: a class of whom nobody passes anything must not make a page that no browser opens.
const ALL_TIMELINES: usize = 6_000_000;
const MAX_TIMELINE: usize = 12_000;
const LEAST_TIMELINE: usize = 600;

pub fn html(results: &Results) -> String {
    Report::new(results).page().into_string()
}

struct Report<'a> {
    results: &'a Results,
    lang: Lang,
    steps: Vec<(NumberedStep<'a>, tally::Count)>,
    most_timeline: usize,
}

impl<'a> Report<'a> {
    fn new(results: &'a Results) -> Self {
        let outcomes = results.submissions.iter().flat_map(|submission| &submission.steps);
        let timelines = outcomes.filter(|step| !step.timeline.is_empty()).count().max(1);
        Self {
            results,
            lang: super::lang(results),
            steps: tally::steps(results),
            most_timeline: (ALL_TIMELINES / timelines).clamp(LEAST_TIMELINE, MAX_TIMELINE),
        }
    }

    fn say(&self, words: &Localized) -> String {
        words.speak(self.lang).to_owned()
    }

    fn page(&self) -> Markup {
        let title = untrusted::plain(&self.results.lesson.title);
        html! {
            (DOCTYPE)
            html lang=(self.lang) {
                head {
                    meta charset="utf-8";
                    meta http-equiv="Content-Security-Policy" content=(policy(html::REPORT, Some(SCRIPT)));
                    meta name="viewport" content="width=device-width, initial-scale=1";
                    meta name="referrer" content="no-referrer";
                    meta name="color-scheme" content="light dark";
                    meta name="generator" content={ "Moebi " (self.results.moebi) };
                    link rel="icon" href="data:,";
                    title { (title) " · " (self.say(&messages::results())) }
                    style { (PreEscaped(html::REPORT)) }
                }
                body {
                    a.skip href="#matrix" { (self.say(&messages::to_the_matrix())) }
                    (self.heading(&title))
                    main {
                        (self.overview())
                        (self.matrix())
                        (self.handed_in())
                        div.halves {
                            (self.hardest())
                            (self.mistakes())
                        }
                        (self.stories())
                    }
                    footer { p { "Moebi " (self.results.moebi) } }
                    (self.dialog())
                    script { (PreEscaped(SCRIPT)) }
                }
            }
        }
    }

    fn heading(&self, title: &str) -> Markup {
        let results = self.results;
        html! {
            header.top {
                p.kicker { (self.say(&messages::results())) }
                h1 { (title) }
                p.facts {
                    span { (self.say(&messages::submissions(results.submissions.len()))) }
                    span { (self.say(&messages::steps(self.steps.len()))) }
                    span { "Elixir " (results.elixir) ", OTP " (results.otp) }
                }
                @if results.isolation == Isolation::None {
                    p.notice { (self.say(&messages::not_isolated())) }
                }
            }
        }
    }

    fn dialog(&self) -> Markup {
        html! {
            dialog #story aria-labelledby="story-title" {
                div.bar {
                    div.whose {
                        h2 #story-title tabindex="-1" {}
                        p #story-verdict {}
                    }
                    div.moves {
                        button #story-before type="button" aria-label=(self.say(&messages::step_before())) { "←" }
                        button #story-after type="button" aria-label=(self.say(&messages::step_after())) { "→" }
                        button #story-close type="button" aria-label=(self.say(&messages::close())) { "×" }
                    }
                }
                div #story-body tabindex="0" role="region" aria-labelledby="story-title" data-passed=(self.say(&messages::passed_keeps_nothing())) {}
            }
        }
    }
}

/// Whether there is more to read of it than its verdict.
fn has_story(step: &StepOutcome) -> bool {
    !matches!(step.verdict, Verdict::Passed | Verdict::Unanswered)
}

/// The id of a step's story: of the submission and step of these numbers.
fn story_id(row: usize, column: usize) -> String {
    format!("s{row}-{column}")
}

fn state_class(submission: &Submission) -> &'static str {
    match submission.state {
        State::Graded => "g",
        State::Unreadable(_) => "u",
        State::CouldNotRun(_) => "c",
    }
}

#[cfg(test)]
mod tests;
