//! The same page for a browser: it needs nothing but itself, and no script.

use maud::{DOCTYPE, Markup, PreEscaped, html};

use super::{has_more, step_before};
use crate::{
    check::{messages as check_messages, outcome::StepOutcome},
    grade::{
        pages::{
            NumberedStep, Outcomes, counted,
            html::{FEEDBACK, class, foreign, mark, pieces, policy, quoted, timeline},
            messages, outcome, outcomes, places, prose, tally,
        },
        results::{LessonInfo, Results, SectionInfo, State, Submission},
    },
    i18n::{Lang, Localized},
    render::untrusted,
};

/// Of one timeline, in characters.
const MAX_TIMELINE: usize = 12_000;

pub(super) fn page(results: &Results, submission: &Submission) -> String {
    let page = Page { lesson: &results.lesson, lang: crate::grade::pages::lang(results) };
    page.whole(submission, &results.moebi).into_string()
}

struct Page<'a> {
    lesson: &'a LessonInfo,
    lang: Lang,
}

impl Page<'_> {
    fn say(&self, words: &Localized) -> String {
        words.speak(self.lang).to_owned()
    }

    fn whole(&self, submission: &Submission, moebi: &str) -> Markup {
        let title = untrusted::plain(&self.lesson.title);
        html! {
            (DOCTYPE)
            html lang=(self.lang) {
                head {
                    meta charset="utf-8";
                    meta http-equiv="Content-Security-Policy" content=(policy(FEEDBACK, None));
                    meta name="viewport" content="width=device-width, initial-scale=1";
                    meta name="referrer" content="no-referrer";
                    meta name="color-scheme" content="light dark";
                    link rel="icon" href="data:,";
                    title { (title) " · " (untrusted::plain(&submission.called())) }
                    style { (PreEscaped(FEEDBACK)) }
                }
                body {
                    header.top {
                        p.kicker { (self.say(&messages::feedback())) }
                        h1 { (title) }
                        p.whose {
                            (foreign(&submission.called()))
                            @if !submission.learners.is_empty() {
                                " " span.quiet { (foreign(&format!("({})", submission.learners.join(", ")))) }
                            }
                        }
                    }
                    main {
                        @match &submission.state {
                            State::Graded => { (self.graded(submission)) },
                            State::Unreadable(why) => { (self.ungraded(&messages::cannot_be_read(), why)) },
                            State::CouldNotRun(why) => { (self.ungraded(&messages::not_your_fault(), why)) },
                        }
                    }
                    footer { p { "Moebi " (moebi) } }
                }
            }
        }
    }

    fn ungraded(&self, what: &Localized, why: &str) -> Markup {
        html! {
            section {
                p { (self.say(what)) }
                pre { bdi { (untrusted::quoted(why)) } }
            }
        }
    }

    fn graded(&self, submission: &Submission) -> Markup {
        let counts = messages::told_counts(tally::verdicts(submission), self.lang);
        let outcomes = outcomes(submission);
        html! {
            p.score {
                strong { (messages::points_of(submission.points, submission.of, self.lang)) }
                span { (counts) }
            }
            @if !submission.unread.is_empty() {
                section {
                    p { (self.say(&messages::of_no_step())) }
                    pre { bdi { (untrusted::quoted(&submission.unread.join("\n"))) } }
                }
            }
            @for section in &self.lesson.sections { (self.section(section, &outcomes)) }
        }
    }

    fn section(&self, section: &SectionInfo, outcomes: &Outcomes<'_>) -> Markup {
        let places = places(self.lesson).into_iter().filter(|place| std::ptr::eq(place.section, section));
        let steps: Vec<_> = places.filter_map(|place| Some((place, outcome(outcomes, place)?))).collect();
        let Some((first, _)) = steps.first() else { return html! {} };
        let sum = |what: fn(&StepOutcome) -> f64| steps.iter().map(|(_, step)| what(step)).sum();
        let points = messages::points_of(sum(|step| step.points), sum(|step| step.of), self.lang);
        html! {
            section {
                h2 {
                    (counted(section.number, first.section_number)) " " (untrusted::plain(&section.title))
                    " " small { (points) }
                }
                ol { @for (place, step) in &steps { (self.step(*place, step)) } }
            }
        }
    }

    fn step(&self, place: NumberedStep<'_>, step: &StepOutcome) -> Markup {
        let kind = class(step.verdict);
        html! {
            li.step {
                p.line {
                    span class={ "mark " (kind) } aria-hidden="true" { (mark(step.verdict)) }
                    span.title { b { (place.number()) } " " (untrusted::plain(&place.step.title)) }
                    span.quiet { (self.say(&step.verdict.told())) }
                    span.points { (messages::points_of(step.points, step.of, self.lang)) }
                }
                @if let Some(record) = step.record {
                    p.record { (messages::told_record(record, self.lang)) }
                }
                @if has_more(step) { div.told { (self.told(step)) } }
            }
        }
    }

    fn told(&self, step: &StepOutcome) -> Markup {
        html! {
            @if let Some(before) = &step.after {
                p { (self.say(&messages::brought_here(&step_before(self.lesson, before)))) }
            }
            dl {
                @for (label, text) in [(check_messages::expected(), &step.expected), (check_messages::seen(), &step.seen)] {
                    @if let Some(text) = text { dt { (self.say(&label)) } dd { (quoted(text)) } }
                }
            }
            @if let Some(hint) = &step.hint {
                div.try { b { (self.say(&messages::before_hint(step))) } " " (pieces(&prose::markdown(hint))) }
            }
            @if !step.timeline.is_empty() {
                details {
                    summary { (self.say(&messages::on_all_terminals())) }
                    (timeline(step, MAX_TIMELINE, self.lang))
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::grade::pages::sample;

    #[test]
    fn a_page_shows_titles_and_no_ids() {
        let mut class = sample::small();
        let step = &mut class.submissions[0].steps[1];
        step.after = Some("define-kate".to_owned());
        let page = page(&class, &class.submissions[0]);
        for said in [
            "Let alex ask kate",
            "since “1.1 A module on kate” did not pass",
            "What to try:",
            "1 of 3 points",
        ] {
            assert!(page.contains(said), "{said}: {page}");
        }
        for id in ["define-kate", "remote-hello", "by-hand", "spawn-link<", "<script"] {
            assert!(!page.contains(id), "{id}: {page}");
        }
    }

    #[test]
    fn a_wrong_choice_is_explained() {
        let mut class = sample::small();
        let step = &mut class.submissions[0].steps[1];
        (step.is_why, step.hint) = (true, Some("`kate` is only where it ran.".to_owned()));
        let page = page(&class, &class.submissions[0]);
        assert!(page.contains("<b>Why not:</b> <code>kate</code> is only where it ran."), "{page}");
    }

    proptest! {
        #[test]
        fn nothing_a_student_wrote_is_markup(name in sample::NASTY, text in sample::NASTY) {
            let class = sample::class_with(&name, &text);
            let plain = sample::class_with("name", "text");
            for (one, other) in class.submissions.iter().zip(&plain.submissions) {
                let (page, plain) = (page(&class, one), page(&plain, other));
                for tag in ["<script", "<img", "<a ", "<table", "<section"] {
                    let escaped = page.matches(tag).count();
                    prop_assert!(escaped <= plain.matches(tag).count(), "{} in\n{}", tag, page);
                }
                prop_assert!(!page.chars().any(|c| c != '\n' && c.is_control()));
            }
        }
    }
}
