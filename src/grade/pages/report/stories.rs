//! Each submission, and the story of each step of it that did not pass.

use maud::{Markup, html};

use crate::{
    check::{messages as check_messages, outcome::StepOutcome},
    grade::results::{State, Submission},
    lesson::Verdict,
    render::untrusted,
};

use super::{
    NumberedStep, Report, class, foreign, has_story, mark, messages, pieces, quoted, story_id, tally,
    timeline,
};
use crate::grade::pages::{outcome, outcomes, prose};

impl Report<'_> {
    pub(super) fn stories(&self) -> Markup {
        html! {
            section #students {
                h2 { (self.say(&messages::each_submission())) }
                @for (row, submission) in self.results.submissions.iter().enumerate() {
                    (self.submission(row, submission))
                }
            }
        }
    }

    fn submission(&self, row: usize, submission: &Submission) -> Markup {
        let called = submission.called();
        let learners = submission.learners.join(", ");
        html! {
            article.student id={ "s" (row) } data-row=(row) {
                h3 {
                    (foreign(&called))
                    @if called != submission.name { " " small { (foreign(&submission.name)) } }
                    @if !learners.is_empty() && learners != called { " " small { (foreign(&learners)) } }
                }
                (self.origin(submission))
                @match &submission.state {
                    State::Graded => { (self.graded(row, submission)) },
                    State::Unreadable(why) => { (self.ungraded(&self.say(&messages::cannot_be_read()), why)) },
                    State::CouldNotRun(why) => { (self.ungraded(&self.say(&messages::not_your_fault()), why)) },
                }
            }
        }
    }

    fn ungraded(&self, what: &str, why: &str) -> Markup {
        html! {
            p.sum { (what) }
            pre.why { bdi { (untrusted::quoted(why)) } }
        }
    }

    fn graded(&self, row: usize, submission: &Submission) -> Markup {
        let outcomes = outcomes(submission);
        let counts = messages::told_counts(tally::verdicts(submission), self.lang);
        html! {
            p.sum { b { (messages::points_of(submission.points, submission.of, self.lang)) } " · " (counts) }
            @for (column, (place, _)) in self.steps.iter().enumerate() {
                @if let Some(step) = outcome(&outcomes, *place).filter(|step| has_story(step)) {
                    (self.story(&story_id(row, column), *place, step))
                }
            }
        }
    }

    /// A closed one is opened by a link to what is within it, wherever there is no script.
    fn story(&self, id: &str, place: NumberedStep<'_>, step: &StepOutcome) -> Markup {
        let kind = class(step.verdict);
        html! {
            details.story data-section=(place.section_number - 1) data-verdict=(kind) {
                summary {
                    span class={ "mark " (kind) } aria-hidden="true" { (mark(step.verdict)) }
                    span.title { b { (place.number()) } " " (untrusted::plain(&place.step.title)) }
                    span.verdict { (self.say(&step.verdict.told())) }
                }
                div.told id=(id) { (self.told(step)) }
            }
        }
    }

    fn told(&self, step: &StepOutcome) -> Markup {
        html! {
            (self.beside(step))
            @if let Some(hint) = &step.hint {
                div.try { b { (self.say(&messages::before_hint(step))) } " " (pieces(&prose::markdown(hint))) }
            }
            (self.facts(step))
            @if step.conditions.len() > 1 { (self.conditions(step)) }
            @if !step.timeline.is_empty() { (timeline(step, self.most_timeline, self.lang)) }
        }
    }

    fn beside(&self, step: &StepOutcome) -> Markup {
        let sides = [
            (check_messages::expected(), &step.expected, "want"),
            (check_messages::seen(), &step.seen, "got"),
        ];
        html! {
            @if step.expected.is_some() {
                dl.beside {
                    @for (label, text, side) in &sides {
                        @if let Some(text) = text {
                            div class=(side) { dt { (self.say(label)) } dd { (quoted(text)) } }
                        }
                    }
                }
            } @else if let Some(why) = &step.seen {
                p { (quoted(why)) }
            }
        }
    }

    /// Points, the mistake's name, and what the learner says of the way there.
    fn facts(&self, step: &StepOutcome) -> Markup {
        html! {
            p.facts {
                span { (messages::points_of(step.points, step.of, self.lang)) }
                @if let Some(mistake) = &step.mistake {
                    span { (self.say(&messages::mistake())) " " code { (foreign(mistake)) } }
                }
                @if let Some(record) = step.record { span { (messages::told_record(record, self.lang)) } }
            }
        }
    }

    fn conditions(&self, step: &StepOutcome) -> Markup {
        html! {
            ul.conditions {
                @for condition in &step.conditions {
                    @let verdict = if condition.holds { Verdict::Passed } else { Verdict::Failed };
                    @let held = if condition.holds { messages::holds() } else { messages::holds_not() };
                    li {
                        span class={ "mark " (class(verdict)) } aria-hidden="true" { (mark(verdict)) }
                        span { span.vh { (self.say(&held)) } (quoted(&condition.expected)) }
                    }
                }
            }
        }
    }
}
