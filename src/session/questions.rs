//! Questions: predictions and closing questions, asked and answered.

use sha2::{Digest, Sha256};

use crate::lesson::{ChoiceId, Input, Question, QuestionProse, Task};

use super::{
    Effect, Session, Stage, messages,
    notice::{Notice, QuestionCard},
};

impl Session {
    pub(super) fn on_choice(&mut self, typed: &str) -> Vec<Effect> {
        match self.attempt.stage {
            Stage::Predicting => self.on_prediction(typed),
            Stage::Asking => self.on_closing_answer(typed),
            Stage::Travelling | Stage::Open | Stage::Passed => Vec::new(),
        }
    }

    pub(super) fn on_prediction(&mut self, typed: &str) -> Vec<Effect> {
        if !typed.trim().is_empty() {
            let Some(choice) = self.chosen(typed) else {
                return self.ask_again(typed);
            };
            self.attempt.prediction = Some(choice);
        }
        self.attempt.stage = Stage::Open;
        Vec::new()
    }

    pub(super) fn on_closing_answer(&mut self, typed: &str) -> Vec<Effect> {
        let Some((prose, question)) = self.asked() else { return Vec::new() };
        let Some(choice) = self.chosen(typed) else { return self.ask_again(typed) };
        let right = choice == question.correct;
        let said = prose.choices.get(&choice).cloned();
        let (chosen, why) = said.map_or_else(Default::default, |prose| (prose.text, prose.why));
        self.attempt.answers += 1;
        let mut effects = vec![Effect::Show(Notice::Judged { right, chosen, why })];
        // What is asked again is not the same for all, so it is no part of an answer.
        if matches!(self.step().task, Task::Ask(_)) {
            self.attempt.keep(Input::Choose(choice));
        }
        if right {
            effects.extend(self.is_answered());
        } else {
            self.attempt.is_missed = true;
            effects.extend(self.question_card().map(|card| Effect::Show(Notice::Ask(card))));
        }
        effects
    }

    /// A choice by its number as it is shown, or by its id; by its text, too, or by how no other one begins.
    pub(super) fn chosen(&self, typed: &str) -> Option<ChoiceId> {
        let choices = self.question_card()?.choices;
        let typed = typed.trim();
        let number = typed.parse::<usize>().ok().and_then(|number| number.checked_sub(1));
        let by_id = choices.iter().find(|(choice, _)| choice.as_str() == typed);
        let exact = by_id.or_else(|| choices.get(number?)).map(|(choice, _)| choice.clone());
        exact.or_else(|| {
            let mut alike = choices.into_iter().filter(|(_, text)| is_meant(text, typed));
            let (choice, _) = alike.next()?;
            alike.next().is_none().then_some(choice)
        })
    }

    pub(super) fn ask_again(&self, typed: &str) -> Vec<Effect> {
        let mut effects = Vec::new();
        if !typed.trim().is_empty() {
            effects.push(Effect::Show(Notice::Say(messages::no_such_choice(typed.trim()))));
        }
        effects.extend(self.question_card().map(|card| Effect::Show(Notice::Ask(card))));
        effects
    }

    /// An unattended choice: right or not, and that is all.
    pub fn choose_unattended(&mut self, choice: &ChoiceId) {
        if matches!(&self.step().task, Task::Ask(question) if question.correct == *choice) {
            self.attempt.stage = Stage::Passed;
        }
    }

    /// The question that waits for an answer, if one does.
    pub fn question_card(&self) -> Option<QuestionCard> {
        let (prose, question) = match self.attempt.stage {
            Stage::Predicting => (self.prose().predict.as_ref()?, self.step().predict.as_ref()?),
            Stage::Asking => self.asked()?,
            Stage::Travelling | Stage::Open | Stage::Passed => return None,
        };
        let mut card = card_of(prose, question, self.attempt.stage == Stage::Predicting);
        if self.attempt.stage == Stage::Asking {
            card.choices.sort_by_cached_key(|(choice, _)| self.lot(&prose.ask, choice));
        }
        Some(card)
    }

    /// By these the choices of a closing question stand in an order that nobody learns by heart: another one for each
    /// learner, and each time that they are asked.
    fn lot(&self, ask: &str, choice: &ChoiceId) -> [u8; 32] {
        let time = (self.step().id.as_str(), self.attempt.answers);
        let asked = format!("{} {time:?} {ask} {choice}", self.lesson.nonce);
        Sha256::digest(asked).into()
    }
}

fn card_of(prose: &QuestionProse, question: &Question, is_prediction: bool) -> QuestionCard {
    let text =
        |choice: &ChoiceId| prose.choices.get(choice).map_or_else(String::new, |prose| prose.text.clone());
    QuestionCard {
        ask: prose.ask.clone(),
        choices: question.choices.iter().map(|choice| (choice.clone(), text(choice))).collect(),
        is_prediction,
    }
}

/// Whether a choice is meant by its text, or by its first words.
fn is_meant(text: &str, typed: &str) -> bool {
    let words = |text: &str| -> Vec<String> {
        text.split(|c: char| c.is_whitespace() || "`,.".contains(c))
            .filter(|word| !word.is_empty())
            .map(str::to_lowercase)
            .collect()
    };
    let typed = words(typed);
    !typed.is_empty() && words(text).starts_with(&typed)
}
