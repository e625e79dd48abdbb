//! Questions: predictions and closing questions, asked and answered.

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
            let chosen = self.step().predict.as_ref().and_then(|question| self.chosen(question, typed));
            let Some(choice) = chosen else {
                return self.ask_again(typed);
            };
            self.attempt.prediction = Some(choice);
        }
        self.attempt.stage = Stage::Open;
        Vec::new()
    }

    pub(super) fn on_closing_answer(&mut self, typed: &str) -> Vec<Effect> {
        let Some((prose, question)) = self.asked() else { return Vec::new() };
        let Some(choice) = self.chosen(question, typed) else { return self.ask_again(typed) };
        let right = choice == question.correct;
        let said = prose.choices.get(&choice).cloned();
        let (chosen, why) = said.map_or_else(Default::default, |prose| (prose.text, prose.why));
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

    /// A choice by its number or its id; by its text, too, or by how no other one begins.
    pub(super) fn chosen(&self, question: &Question, typed: &str) -> Option<ChoiceId> {
        chosen(question, typed).or_else(|| {
            let choices = self.question_card()?.choices;
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
        Some(card_of(prose, question, self.attempt.stage == Stage::Predicting))
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

/// A choice by its number, counted from 1, or by its id.
fn chosen(question: &Question, typed: &str) -> Option<ChoiceId> {
    let typed = typed.trim();
    let by_number = || question.choices.get(typed.parse::<usize>().ok()?.checked_sub(1)?);
    question.choices.iter().find(|choice| choice.as_str() == typed).or_else(by_number).cloned()
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
