//! Each submission, and the story of each step of it that did not pass.

use maud::{Markup, html};

use crate::{
    check::{
        excerpt::{self, Row},
        messages as check_messages,
        outcome::{MomentKind, StepOutcome},
    },
    grade::results::{State, Submission},
    lesson::Verdict,
    render::untrusted,
};

use super::{NumberedStep, Report, class, foreign, has_story, mark, messages, pieces, story_id, tally};
use crate::grade::pages::{outcome, outcomes, prose};

/// How many terminals have a colour of their own.
const COLOURS: usize = 6;

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
                div.try { b { (self.say(&messages::what_to_try())) } " " (pieces(&prose::markdown(hint))) }
            }
            (self.facts(step))
            @if step.conditions.len() > 1 { (self.conditions(step)) }
            @if !step.timeline.is_empty() { (self.timeline(step)) }
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

    fn timeline(&self, step: &StepOutcome) -> Markup {
        let rows = excerpt::rows(&step.timeline, self.most_timeline, self.lang);
        let mut terminals: Vec<_> =
            step.timeline.iter().filter_map(|moment| moment.terminal.as_deref()).collect();
        terminals.sort_unstable();
        terminals.dedup();
        html! {
            table.timeline {
                caption { (self.say(&messages::on_all_terminals())) }
                colgroup { col.at; col.in; col; }
                thead.vh { tr { th { (self.say(&messages::seconds())) } th { (self.say(&messages::terminal())) } th { (self.say(&messages::what())) } } }
                @for row in &rows { (self.moment(row, &terminals)) }
            }
        }
    }

    fn moment(&self, row: &Row<'_>, terminals: &[&str]) -> Markup {
        let (moment, text) = match row {
            Row::Moment(moment, text) => (moment, text),
            Row::LeftOut(count) => {
                let words = self.say(&check_messages::moments_left_out(*count));
                return html! { tr.left { td {} td {} td { (words) } } };
            }
        };
        let terminal = moment.terminal.as_deref();
        let colour = terminal.and_then(|name| terminals.iter().position(|one| *one == name));
        let colour = colour.map(|index| format!("l{}", index % COLOURS));
        html! {
            tr class=(kind(moment.kind)) {
                td { (excerpt::seconds(moment.at).trim_start()) }
                td class=[colour] { @if let Some(name) = terminal { (foreign(name)) } }
                td {
                    span.vh { (self.say(&kind_told(moment.kind))) ": " }
                    bdi { (text) }
                    @if let Some(by) = &moment.by { " " small { "‹ " (foreign(by)) " ›" } }
                }
            }
        }
    }
}

/// A sentence of Moebi's that may quote a submission.
fn quoted(text: &str) -> Markup {
    html! { bdi { (pieces(&prose::ticked(text))) } }
}

fn kind(kind: MomentKind) -> &'static str {
    match kind {
        MomentKind::Typed => "typed",
        MomentKind::Printed => "printed",
        MomentKind::Value => "value",
        MomentKind::Error => "error",
        MomentKind::Log => "log",
        MomentKind::Nodes => "nodes",
        MomentKind::Message => "message",
        MomentKind::Note => "note",
    }
}

fn kind_told(kind: MomentKind) -> crate::i18n::Localized {
    match kind {
        MomentKind::Typed => messages::typed(),
        MomentKind::Printed => messages::printed(),
        MomentKind::Value => messages::value(),
        MomentKind::Error => messages::error(),
        MomentKind::Log => messages::log(),
        MomentKind::Nodes => messages::nodes(),
        MomentKind::Message => messages::message(),
        MomentKind::Note => messages::note(),
    }
}
