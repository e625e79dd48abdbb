//! Students × steps.

use maud::{Markup, html};

use crate::{
    check::{self, outcome::StepOutcome},
    grade::results::{State, Submission},
    lesson::Verdict,
    render::untrusted,
};

use super::{Report, class, foreign, has_story, mark, messages, number, state_class, story_id};
use crate::grade::pages::{counted, outcome, outcomes, tally::Count};

const VERDICTS: [Verdict; 6] = [
    Verdict::Passed,
    Verdict::Failed,
    Verdict::TimedOut,
    Verdict::Skipped,
    Verdict::Unanswered,
    Verdict::CouldNotRun,
];

impl Report<'_> {
    pub(super) fn matrix(&self) -> Markup {
        html! {
            section #matrix {
                h2 { (self.say(&messages::who_passed_what())) }
                (self.filters())
                (self.legend())
                p.where aria-hidden="true" hidden {}
                p.vh #told role="status" {}
                div.scroll role="region" aria-label=(self.say(&messages::who_passed_what())) tabindex="0" {
                    table #grid {
                        thead {
                            (self.section_heads())
                            (self.step_heads())
                        }
                        tbody {
                            @for (row, submission) in self.results.submissions.iter().enumerate() {
                                (self.row(row, submission))
                            }
                        }
                        tfoot { (self.foot()) }
                    }
                }
                p.none hidden { (self.say(&messages::nobody_is_shown())) }
            }
        }
    }

    /// Hidden until the script, which they need, is there.
    fn filters(&self) -> Markup {
        html! {
            form #filters hidden data-shown=(self.say(&messages::so_many_shown()))
                data-up=(self.say(&messages::sorted_up())) data-down=(self.say(&messages::sorted_down())) {
                label { span { (self.say(&messages::name())) } input #by-name type="search" autocomplete="off" spellcheck="false"; }
                label { span { (self.say(&messages::verdict())) }
                    select #by-verdict {
                        option value="" { (self.say(&messages::any_verdict())) }
                        @for verdict in VERDICTS {
                            option value=(class(verdict)) { (self.say(&verdict.told())) }
                        }
                        @if self.results.submissions.iter().any(|one| matches!(one.state, State::Unreadable(_))) {
                            option value="u" { (self.say(&check::messages::unreadable())) }
                        }
                    }
                }
                label { span { (self.say(&messages::section())) }
                    select #by-section {
                        option value="" { (self.say(&messages::all_sections())) }
                        @for (index, section) in self.results.lesson.sections.iter().enumerate() {
                            option value=(index) { (counted(section.number, index + 1)) " " (untrusted::plain(&section.title)) }
                        }
                    }
                }
                button #clear type="reset" { (self.say(&messages::show_all())) }
                output #shown {}
            }
        }
    }

    fn legend(&self) -> Markup {
        let all = || self.results.submissions.iter().flat_map(|submission| &submission.steps);
        let has = |verdict| all().any(|step| step.verdict == verdict);
        html! {
            ul.legend {
                @for verdict in VERDICTS.into_iter().filter(|&verdict| verdict == Verdict::Passed || has(verdict)) {
                    li { span class={ "mark " (class(verdict)) } aria-hidden="true" { (mark(verdict)) } (self.say(&verdict.told())) }
                }
                @if all().any(was_shown) {
                    li { span.mark.p.a aria-hidden="true" { (mark(Verdict::Passed)) } (self.say(&messages::answer_shown())) }
                }
            }
        }
    }

    fn section_heads(&self) -> Markup {
        html! {
            tr.sections {
                td.who {}
                td.sum {}
                @for (index, section) in self.results.lesson.sections.iter().enumerate() {
                    @let title = untrusted::plain(&section.title);
                    th scope="colgroup" colspan=(section.steps.len()) data-section=(index) title=(title) {
                        span { (counted(section.number, index + 1)) " " (title) }
                    }
                }
            }
        }
    }

    fn step_heads(&self) -> Markup {
        html! {
            tr.steps {
                th.who scope="col" data-sort="name" { (self.say(&messages::name())) }
                th.sum scope="col" data-sort="points" { (self.say(&messages::points())) }
                @for (place, _) in &self.steps {
                    @let title = untrusted::plain(&place.step.title);
                    th scope="col" data-sort="step" data-section=(place.section_number - 1)
                        class=[(place.step_number == 1).then_some("first")] title={ (place.number()) " " (title) } {
                        span { b { (place.number()) } " " (title) }
                    }
                }
            }
        }
    }

    fn row(&self, row: usize, submission: &Submission) -> Markup {
        let outcomes = outcomes(submission);
        let called = submission.called();
        let share = number::ratio(submission.points, submission.of);
        html! {
            tr data-row=(row) data-state=(state_class(submission)) data-points=[points(submission, share)] {
                th.who scope="row" title=(untrusted::plain(&called)) { a href={ "#s" (row) } { (foreign(&called)) } }
                td.sum { (self.sum(submission)) }
                @match &submission.state {
                    State::Graded => {
                        @for (column, (place, _)) in self.steps.iter().enumerate() {
                            (self.cell(row, column, place.step_number == 1, outcome(&outcomes, *place)))
                        }
                    },
                    State::Unreadable(_) => { (self.wide(row, &self.say(&check::messages::unreadable()))) },
                    State::CouldNotRun(_) => { (self.wide(row, &self.say(&messages::could_not_be_graded()))) },
                }
            }
        }
    }

    fn wide(&self, row: usize, what: &str) -> Markup {
        html! { td.wide colspan=(self.steps.len()) { a href={ "#s" (row) } { (what) } } }
    }

    fn sum(&self, submission: &Submission) -> Markup {
        match submission.state {
            State::Graded => html! {
                (number::told(submission.points, self.lang)) span.of { "/" (number::told(submission.of, self.lang)) }
            },
            State::Unreadable(_) | State::CouldNotRun(_) => html! { "–" },
        }
    }

    fn cell(&self, row: usize, column: usize, is_first: bool, step: Option<&StepOutcome>) -> Markup {
        let Some(step) = step else { return html! { td.n class=[is_first.then_some("first")] {} } };
        let kind = class(step.verdict);
        let first = if is_first { " first" } else { "" };
        let shown = if was_shown(step) { " a" } else { "" };
        let note = step.record.map(|record| messages::told_record(record, self.lang));
        let partly = step.verdict != Verdict::Passed && step.points > 0.0;
        let note = if partly { Some(messages::points_of(step.points, step.of, self.lang)) } else { note };
        html! {
            td class={ (kind) (first) (shown) } data-note=[note] {
                @if has_story(step) {
                    a href={ "#" (story_id(row, column)) } { (self.marked(step.verdict)) }
                } @else {
                    (self.marked(step.verdict))
                }
            }
        }
    }

    fn marked(&self, verdict: Verdict) -> Markup {
        html! { i aria-hidden="true" { (mark(verdict)) } span.vh { (self.say(&verdict.told())) } }
    }

    fn foot(&self) -> Markup {
        html! {
            tr {
                th.who scope="row" { (self.say(&messages::passed_of_all())) }
                td.sum {}
                @for (place, count) in &self.steps {
                    td class=[(place.step_number == 1).then_some("first")] data-section=(place.section_number - 1) {
                        (column(*count))
                    }
                }
            }
        }
    }
}

/// How many passed, as a column.
fn column(count: Count) -> Markup {
    let ratio = number::ratio(count.passed as f64, count.judged() as f64);
    let percent = number::percent(if count.judged() == 0 { 0.0 } else { ratio });
    let height = percent.trim_end_matches(" %");
    html! {
        svg.up width="9" height="28" aria-hidden="true" {
            rect.ground width="9" height="100%" rx="2" {}
            rect.p width="9" height={ (height) "%" } rx="2" {}
        }
        span.vh { (percent) }
    }
}

fn points(submission: &Submission, share: f64) -> Option<String> {
    (submission.state == State::Graded).then(|| format!("{share:.4}"))
}

fn was_shown(step: &StepOutcome) -> bool {
    step.verdict == Verdict::Passed && step.record.is_some_and(|record| record.answer_shown)
}
