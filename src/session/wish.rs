//! What a learner asks of Moebi itself, and what follows.

use super::{Effect, Outcome, Place, Session, Stage};
use crate::session::notice::Notice;

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wish {
    Hint,
    Answer,
    Check,
    /// Enter on an empty line: the next step where this one is done.
    Enter,
    Next,
    Back,
    Skip,
    Goto(String),
}

impl Session {
    pub(super) fn on_wish(&mut self, wish: Wish) -> Vec<Effect> {
        match wish {
            Wish::Hint => self.hint(),
            Wish::Answer => self.answer(),
            Wish::Check => vec![Effect::Show(Notice::Check(self.findings()))],
            Wish::Enter if self.attempt.stage == Stage::Passed => self.next(),
            Wish::Enter => Vec::new(),
            Wish::Next => self.next_if_passed(),
            Wish::Back => self.back(),
            Wish::Skip => self.skip(),
            Wish::Goto(word) => self.goto(&word),
        }
    }

    fn hint(&mut self) -> Vec<Effect> {
        let of = self.prose().hints.len();
        let Some(text) = self.prose().hints.get(self.attempt.hints.min(of.saturating_sub(1))).cloned() else {
            return vec![Effect::Show(Notice::NoHint)];
        };
        self.attempt.hints = (self.attempt.hints + 1).min(of);
        vec![Effect::Show(Notice::Hint { number: self.attempt.hints, of, text })]
    }

    fn answer(&mut self) -> Vec<Effect> {
        self.attempt.answer_shown = true;
        vec![Effect::Show(Notice::Answer(self.step().answer()))]
    }

    fn next_if_passed(&mut self) -> Vec<Effect> {
        if self.attempt.stage == Stage::Passed || self.was_passed() {
            return self.next();
        }
        say("This step is not done yet. /check says what is missing; /skip moves on without it.")
    }

    fn was_passed(&self) -> bool {
        self.progress.outcome(&self.step().id) == Outcome::Passed
    }

    /// On the nodes as they are if this step has just been done on them, else by way of a replay.
    fn next(&mut self) -> Vec<Effect> {
        let Some(next) = self.place.next(&self.lesson) else { return self.finish() };
        let same_nodes = next.section == self.place.section && self.attempt.stage == Stage::Passed;
        if same_nodes {
            self.depart(next);
            return vec![Effect::GoOn];
        }
        vec![Effect::Travel(next)]
    }

    fn finish(&mut self) -> Vec<Effect> {
        let (passed, of) = self.score();
        vec![Effect::Show(Notice::LessonDone { passed, of }), Effect::Save]
    }

    fn back(&mut self) -> Vec<Effect> {
        match self.place.back(&self.lesson) {
            Some(place) => vec![Effect::Travel(place)],
            None => say("This is the first step."),
        }
    }

    fn skip(&mut self) -> Vec<Effect> {
        if self.attempt.stage == Stage::Passed {
            return self.next();
        }
        self.remember(Outcome::Skipped);
        let mut effects = vec![Effect::Save];
        effects.extend(match self.place.next(&self.lesson) {
            Some(next) => vec![Effect::Travel(next)],
            None => self.finish(),
        });
        effects
    }

    fn goto(&self, word: &str) -> Vec<Effect> {
        match self.place.named(&self.lesson, word) {
            Some(place) => vec![Effect::Travel(place)],
            None => say(&match Place::like(&self.lesson, word) {
                Some(id) => format!("There is no step `{word}`. Did you mean `{id}`?"),
                None => format!(
                    "There is no step `{word}`. Type a step's id, its number, or SECTION.STEP such as 2.3."
                ),
            }),
        }
    }
}

fn say(text: &str) -> Vec<Effect> {
    vec![Effect::Show(Notice::Say(text.to_owned()))]
}
