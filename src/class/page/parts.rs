//! The parts of the page, each of which can be sent alone.

use maud::{Markup, html};

use crate::class::{
    messages,
    outline::{Section, Step},
    room::{Learner, MINUTE},
    status::need_told,
};

use super::Sight;

/// What goes wrong right now has gone wrong in the last so many minutes.
const RIGHT_NOW: u64 = 15;
/// Rows of a list; a page is looked at, not read.
const MOST: usize = 8;

impl Sight<'_> {
    /// Parts that time alone changes, or that any learner may change.
    pub(super) fn summary(&self) -> Vec<(String, Markup)> {
        let part = |id: &str, markup| (id.to_owned(), markup);
        match self.view.is_wall {
            true => {
                vec![part("counts", self.counts()), part("places", self.places()), part("pace", self.pace())]
            }
            false => vec![
                part("counts", self.counts()),
                part("needs", self.needs()),
                part("mistakes", self.mistakes()),
                part("pace", self.pace()),
            ],
        }
    }

    pub(super) fn counts(&self) -> Markup {
        let learners = &self.room.learners;
        let here = learners.iter().filter(|learner| learner.is_here(self.now)).count();
        let handed_in = learners.iter().filter(|learner| !learner.handed_in.is_empty()).count();
        let mut done: Vec<_> = learners.iter().map(|learner| learner.passed.len()).collect();
        done.sort_unstable();
        html! {
            dl.figures #counts {
                div { dt { (self.say(&messages::here())) " " (self.say(&messages::of_joined(learners.len()))) } dd { (here) } }
                div {
                    dt { (self.say(&messages::steps_done())) }
                    dd { (done.get(done.len() / 2).copied().unwrap_or_default()) small { "/" (self.outline.steps().count()) } }
                }
                div { dt { (self.say(&messages::handed_in())) } dd { (handed_in) } }
            }
        }
    }

    pub(super) fn needs(&self) -> Markup {
        let needs = self.room.needs(self.now);
        html! {
            section #needs {
                h2 { (self.say(&messages::who_needs_help())) }
                @if needs.is_empty() { p.quiet { (self.say(&messages::nobody_needs_help())) } }
                ol.list {
                    @for (index, need) in needs.iter().take(MOST) {
                        @let learner = &self.room.learners[*index];
                        li.hand[learner.hand.is_some()] {
                            a href=(self.desk_link(*index)) { bdi { (learner.name) } }
                            span.why { (self.say(&need_told(*need, self.now))) }
                            @if learner.hand.is_some() { (self.attend(*index)) }
                            @if let Some(step) = self.present(learner) { span.at { (step.number) " " (step.title) } }
                        }
                    }
                    @if needs.len() > MOST { li.quiet { "+ " (needs.len() - MOST) } }
                }
            }
        }
    }

    /// A form, so that it needs no script.
    fn attend(&self, index: usize) -> Markup {
        html! {
            form method="post" action=(format!("learner/{index}/attend?lang={}", self.view.lang)) {
                button { (self.say(&messages::take_hand_down())) }
            }
        }
    }

    pub(super) fn mistakes(&self) -> Markup {
        let since = self.now.saturating_sub(RIGHT_NOW * MINUTE);
        let common = self.room.common_mistakes(since);
        let known = common.iter().filter_map(|(step, mistake, count)| {
            Some((self.outline.step(step)?, self.outline.mistake(step, mistake)?, *count))
        });
        let known: Vec<_> = known.take(MOST).collect();
        html! {
            section #mistakes {
                h2 { (self.say(&messages::mistakes_now())) " " small { (self.say(&messages::in_last_minutes(RIGHT_NOW))) } }
                @if known.is_empty() { p.quiet { (self.say(&messages::nothing_wrong())) } }
                ol.list {
                    @for (step, told, count) in &known {
                        li {
                            b { (self.say(&messages::learners(*count))) }
                            span.why { (told) }
                            span.at { (step.number) " " (step.title) }
                        }
                    }
                }
            }
        }
    }

    pub(super) fn pace(&self) -> Markup {
        html! {
            section #pace {
                h2 { (self.say(&messages::pace())) }
                ol.pace {
                    @for (index, section) in self.outline.sections.iter().enumerate() {
                        (self.section_pace(index, section))
                    }
                }
            }
        }
    }

    fn section_pace(&self, index: usize, section: &Section) -> Markup {
        let learners = &self.room.learners;
        let has = |learner: &&Learner| section.steps.iter().all(|step| learner.passed.contains_key(&step.id));
        let through: Vec<_> = learners.iter().filter(has).collect();
        let took = |learner: &&Learner| {
            let each = section.steps.iter().map(|step| learner.passed.get(&step.id)?.took);
            each.sum::<Option<u64>>()
        };
        let mut minutes: Vec<_> = through.iter().filter_map(took).map(|took| took.div_ceil(MINUTE)).collect();
        minutes.sort_unstable();
        let done = learners.iter().flat_map(|learner| learner.passed.keys());
        let done = done.filter(|step| section.steps.iter().any(|one| one.id == **step)).count();
        let of = learners.len() * section.steps.len();
        html! {
            li {
                span.title { (index + 1) " " (section.title) }
                meter min="0" max=(of.max(1)) value=(done) { (done) "/" (of) }
                span.quiet {
                    (self.say(&messages::done_by(through.len(), learners.len())))
                    @if let Some(middle) = minutes.get(minutes.len() / 2) {
                        " · " (self.say(&messages::minutes_each(*middle as usize)))
                    }
                }
            }
        }
    }

    /// How many are at each step, without names.
    pub(super) fn places(&self) -> Markup {
        let at = |step: &Step| {
            let is_at =
                |learner: &&Learner| self.present(learner).is_some_and(|present| present.id == step.id);
            self.room.learners.iter().filter(is_at).count()
        };
        let most = self.outline.steps().map(at).max().unwrap_or_default().max(1);
        let taken: Vec<_> =
            self.outline.steps().map(|step| (step, at(step))).filter(|(_, count)| *count > 0).collect();
        html! {
            section #places {
                h2 { (self.say(&messages::where_all_are())) }
                ol.pace {
                    @for (step, count) in taken {
                        li {
                            span.title { (step.number) " " (step.title) }
                            meter min="0" max=(most) value=(count) { (count) }
                            span.quiet { (count) }
                        }
                    }
                }
            }
        }
    }

    pub(super) fn matrix(&self) -> Markup {
        let mut order: Vec<_> = (0..self.room.learners.len()).collect();
        order.sort_by_cached_key(|index| self.room.learners[*index].name.to_lowercase());
        html! {
            section {
                h2 { (self.say(&messages::everybody())) }
                ul.legend {
                    @for (class, words) in [("p", messages::passed()), ("n", messages::is_here()), ("s", messages::skipped()), ("", messages::open())] {
                        li { i.(class) aria-hidden="true" {} (self.say(&words)) }
                    }
                }
                div.scroll role="region" aria-label=(self.say(&messages::everybody())) tabindex="0" {
                    table {
                        thead {
                            tr {
                                th scope="col" { (self.say(&messages::learner())) }
                                th scope="col" { (self.say(&messages::now_at())) }
                                @for section in &self.outline.sections {
                                    th.first scope="colgroup" colspan=(section.steps.len()) { span { (section.title) } }
                                }
                            }
                        }
                        tbody #learners { @for index in order { (self.row(index)) } }
                    }
                }
            }
        }
    }

    pub(super) fn row(&self, index: usize) -> Markup {
        let learner = &self.room.learners[index];
        let is_here = learner.is_here(self.now);
        html! {
            tr id=(row_id(index)) .away[!is_here] .hand[learner.hand.is_some()] {
                th scope="row" {
                    a href=(self.desk_link(index)) { bdi { (learner.name) } }
                    @if !learner.handed_in.is_empty() { " " span.in title=(self.say(&messages::handed_in())) { "⇪" } }
                }
                td.now {
                    @if !is_here { span.quiet { (self.say(&messages::away())) } }
                    @else if learner.shares_not { span.quiet { (self.say(&messages::shares_not())) } }
                    @else if let Some(step) = self.present(learner) {
                        (step.number)
                        @if let Some((_, since)) = learner.open_step() {
                            " " span.quiet { (self.say(&messages::since((self.now.saturating_sub(since) / MINUTE) as usize))) }
                        }
                    }
                }
                @for section in &self.outline.sections {
                    @for (place, step) in section.steps.iter().enumerate() { (self.cell(learner, step, place == 0)) }
                }
            }
        }
    }

    fn cell(&self, learner: &Learner, step: &Step, is_first: bool) -> Markup {
        let passed = learner.passed.get(&step.id);
        let is_now = self.present(learner).is_some_and(|present| present.id == step.id);
        let (class, words) = match passed {
            Some(_) => ("p", messages::passed()),
            None if is_now => ("n", messages::is_here()),
            None if learner.skipped.contains(&step.id) => ("s", messages::skipped()),
            None => ("", messages::open()),
        };
        let wrong = match passed {
            Some(passed) => passed.wrong,
            None if is_now => learner.wrong.len(),
            None => 0,
        };
        let title = format!("{} {}: {}", step.number, step.title, self.say(&words));
        html! {
            td.first[is_first] { i.(class) title=(title) { @if wrong > 0 { (wrong) } span.vh { (self.say(&words)) } } }
        }
    }

    /// Of one learner alone.
    pub(super) fn desk(&self, learner: &Learner) -> Markup {
        html! {
            section #desk {
                @if learner.shares_not {
                    p { (self.say(&messages::shares_not())) }
                } @else if let Some(step) = self.present(learner) {
                    h2 { (step.number) " " (step.title) }
                    @if let Some(need) = learner.need(self.now) { p.why { (self.say(&need_told(need, self.now))) } }
                    @if !learner.wrong.is_empty() {
                        ol.list {
                            @for told in learner.wrong.iter().filter_map(|id| self.outline.mistake(&step.id, id)) { li { (told) } }
                        }
                    }
                    h3 { (self.say(&messages::what_was_typed())) }
                    @if learner.lines.is_empty() { p.quiet { (self.say(&messages::nothing_typed())) } }
                    ol.lines {
                        @for (terminal, text) in &learner.lines { li { b { (terminal) } pre { (text) } } }
                    }
                } @else {
                    p.quiet { (self.say(&messages::nothing_typed())) }
                }
            }
        }
    }

    /// None where it is not shared, or nothing of this lesson.
    fn present(&self, learner: &Learner) -> Option<&Step> {
        self.outline.step(&learner.at.as_ref()?.0)
    }

    fn desk_link(&self, index: usize) -> String {
        format!("learner/{index}?lang={}", self.view.lang)
    }
}

pub(super) fn row_id(index: usize) -> String {
    format!("l{index}")
}
