//! What a learner asks of Moebi itself, and what follows.

use super::{Effect, Outcome, Position, Session, Stage, messages};
use crate::{
    i18n::Localized,
    lesson::{Prose, Section, glossary::is_same, greek_keyboard::latin},
    session::notice::{Notice, SectionContents, StepLine},
};

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Request {
    Hint,
    Answer,
    /// What the step waits for; with its details, each condition as it is judged.
    Check {
        has_details: bool,
    },
    /// Enter on an empty line: the next step where this one is done.
    Enter,
    Next,
    Back,
    Skip,
    Goto(String),
    /// Explain a term; empty for a list of them.
    Word(String),
}

impl Session {
    pub(super) fn on_wish(&mut self, request: Request) -> Vec<Effect> {
        match request {
            Request::Hint => self.hint(),
            Request::Answer => self.answer(),
            Request::Check { has_details } => self.check(has_details),
            Request::Enter if self.attempt.stage == Stage::Passed => self.next(),
            Request::Enter => Vec::new(),
            Request::Next => self.next_if_passed(),
            Request::Back => self.back(),
            Request::Skip => self.skip(),
            Request::Goto(word) => self.goto(&word),
            Request::Word(word) => vec![Effect::Show(self.word(&word))],
        }
    }

    /// A step that is done stays done, whatever has become of its nodes since.
    fn check(&self, has_details: bool) -> Vec<Effect> {
        let findings = match self.attempt.stage {
            Stage::Asking => return say(messages::nothing_to_check()),
            Stage::Passed if self.attempt.met.is_empty() => return say(messages::is_done()),
            Stage::Passed => self.attempt.met.clone(),
            Stage::Travelling | Stage::Predicting | Stage::Open => self.findings(),
        };
        let findings = if has_details { findings } else { self.told(&findings) };
        vec![Effect::Show(Notice::Check(findings))]
    }

    fn hint(&mut self) -> Vec<Effect> {
        let of = self.prose().hints.len();
        if of == 0 {
            return say(messages::no_hints());
        }
        let Some(number) = self.attempt.give_hint(of) else { return vec![Effect::Show(Notice::NoHint)] };
        let text = self.prose().hints[number - 1].clone();
        vec![Effect::Show(Notice::Hint { number, of, text })]
    }

    fn answer(&mut self) -> Vec<Effect> {
        self.attempt.show_answer();
        vec![Effect::Show(Notice::Answer(self.step().answer()))]
    }

    fn next_if_passed(&mut self) -> Vec<Effect> {
        if self.attempt.stage == Stage::Passed || self.has_passed() {
            return self.next();
        }
        say(messages::not_done_yet())
    }

    /// Whether the present step has ever passed.
    pub fn has_passed(&self) -> bool {
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
        match self.attempt.stage {
            Stage::Passed => say(messages::last_step()),
            _ => vec![Effect::Save, Effect::Show(Notice::LessonDone { passed, of })],
        }
    }

    fn back(&mut self) -> Vec<Effect> {
        match self.place.back(&self.lesson) {
            Some(place) => vec![Effect::Travel(place)],
            None => say(messages::first_step()),
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

    fn word(&self, word: &str) -> Notice {
        let prose = self.lesson.prose(self.lang);
        if word.is_empty() {
            return Notice::Words(prose.glossary.terms().iter().map(|term| term.name.clone()).collect());
        }
        match (prose.term(word), prose.nearest_term(word)) {
            (Some((name, text)), _) => Notice::Word { name: name.to_owned(), text: text.to_owned() },
            (None, Some(near)) => Notice::Say(messages::did_you_mean_word(word, near)),
            (None, None) => Notice::Say(messages::no_such_word(word)),
        }
    }

    fn goto(&self, word: &str) -> Vec<Effect> {
        if word.is_empty() {
            return vec![Effect::Show(Notice::Contents(self.contents()))];
        }
        let keys = latin(word);
        let named = |word: &str| self.place.named(&self.lesson, word);
        match named(word).or_else(|| self.titled(word)).or_else(|| named(&keys)) {
            Some(place) => vec![Effect::Travel(place)],
            None => say(match Position::like(&self.lesson, &keys) {
                Some(id) => messages::did_you_mean_step(word, &id),
                None => messages::no_such_step(word),
            }),
        }
    }
}

impl Session {
    /// The step or the section of that title, in any language; case, accents and marks make no difference.
    fn titled(&self, typed: &str) -> Option<Position> {
        let spoken = std::iter::once(self.lesson.prose(self.lang));
        let mut all = spoken.chain(self.lesson.texts());
        self.place.named(&self.lesson, all.find_map(|prose| titled(prose, typed))?)
    }

    fn contents(&self) -> Vec<SectionContents> {
        let section = |(section, found): (usize, &Section)| SectionContents {
            title: self
                .lesson
                .prose(self.lang)
                .sections
                .get(&found.id)
                .map_or_else(String::new, |prose| prose.title.clone()),
            steps: (0..found.steps.len()).map(|step| self.line(Position { section, step })).collect(),
        };
        self.lesson.sections.iter().enumerate().map(section).collect()
    }

    fn line(&self, place: Position) -> StepLine {
        let step = place.step(&self.lesson);
        StepLine {
            number: format!("{}.{}", place.section + 1, place.step + 1),
            id: step.id.to_string(),
            title: self.prose_at(place).title.clone(),
            mark: self.mark(step),
            is_here: place == self.place,
        }
    }
}

/// The id of a step or a section.
fn titled<'p>(prose: &'p Prose, typed: &str) -> Option<&'p str> {
    let is_meant = |title: &str| is_same(&unmarked(title), &unmarked(typed));
    let mut steps = prose.sections.values().flat_map(|section| &section.steps);
    let step = steps.find(|(_, step)| is_meant(&step.title)).map(|(id, _)| id.as_str());
    let section = || prose.sections.iter().find(|(_, section)| is_meant(&section.title));
    step.or_else(|| section().map(|(id, _)| id.as_str()))
}

/// Letters, digits and the spaces between them.
fn unmarked(title: &str) -> String {
    title.chars().filter(|c| c.is_alphanumeric() || c.is_whitespace()).collect()
}

fn say(words: Localized) -> Vec<Effect> {
    vec![Effect::Show(Notice::Say(words))]
}
