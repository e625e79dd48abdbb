//! A class that the learner is in, which is told what they do.

use std::future::pending;

use tokio::sync::watch;

use crate::{
    error::Result,
    session::{
        Stage,
        deed::{Deed, Presence},
        export::own_answers,
        notice::Notice,
        progress::Outcome,
    },
};

use super::{Guide, messages};

/// Writes down what is to be told; it returns at once.
pub type Tell = Box<dyn FnMut(&Deed) -> Result<()> + Send>;

pub struct Classroom {
    /// As the class knows the learner.
    name: String,
    tell: Tell,
    presence: watch::Receiver<Presence>,
    /// Whether the learner's hand is up; the teacher may take it down.
    hand: watch::Receiver<bool>,
    /// Nothing is told but what is done for the teacher.
    is_private: bool,
}

impl Classroom {
    pub fn new(
        name: String,
        tell: Tell,
        presence: watch::Receiver<Presence>,
        hand: watch::Receiver<bool>,
    ) -> Self {
        Self { name, tell, presence, hand, is_private: false }
    }

    /// What the class has changed. Cancel safe.
    async fn changed(&mut self) -> Notice {
        tokio::select! {
            Ok(()) = self.presence.changed() => Notice::Class(*self.presence.borrow_and_update()),
            Ok(()) = self.hand.changed() => {
                let is_up = *self.hand.borrow_and_update();
                Notice::Say(if is_up { messages::hand_is_still_up() } else { messages::hand_was_seen() })
            }
            else => pending().await,
        }
    }

    fn told(&mut self, deed: &Deed) -> Result<()> {
        if self.is_private && !deed.is_for_teacher() { Ok(()) } else { (self.tell)(deed) }
    }
}

impl Guide {
    #[must_use]
    pub fn in_class(self, classroom: Classroom) -> Self {
        Self { classroom: Some(classroom), ..self }
    }

    /// Ends when the class has come or gone, or attended to the learner; never where there is none. Cancel safe.
    pub(super) async fn class_changed(classroom: &mut Option<Classroom>) -> Notice {
        match classroom {
            Some(classroom) => classroom.changed().await,
            None => pending().await,
        }
    }

    pub(super) fn presence(&self) -> Option<Presence> {
        self.classroom.as_ref().map(|classroom| *classroom.presence.borrow())
    }

    /// Tells the class, if there is one.
    pub(super) async fn did(&mut self, deed: Deed) -> Result<()> {
        let told = self.classroom.as_mut().map_or(Ok(()), |classroom| classroom.told(&deed));
        self.tell_trouble(told).await
    }

    /// What the class is told of a notice that the learner is about to see.
    pub(super) async fn did_as_shown(&mut self, notice: &Notice) -> Result<()> {
        match notice {
            Notice::Hint { number, of, .. } => self.did(Deed::TookHint { number: *number, of: *of }).await,
            Notice::Answer(_) => self.did(Deed::SawAnswer).await,
            _ => Ok(()),
        }
    }

    /// The step's outcome, once it is saved.
    pub(super) async fn did_step(&mut self) -> Result<()> {
        let id = &self.session.place().step(self.session.lesson()).id;
        let step = id.to_string();
        match self.session.progress().outcome(id) {
            Outcome::Passed if self.session.stage() == Stage::Passed => self.did(Deed::Passed { step }).await,
            Outcome::Skipped => self.did(Deed::Skipped { step }).await,
            Outcome::Passed | Outcome::Open => Ok(()),
        }
    }

    /// `/raise`, which takes the hand down again, too.
    pub(super) async fn raise(&mut self) -> Result<()> {
        let Some(classroom) = &mut self.classroom else { return self.no_class().await };
        let is_up = !*classroom.hand.borrow();
        let told = classroom.told(&Deed::Hand { is_up });
        // Only what the class changes is news.
        classroom.hand.borrow_and_update();
        self.tell_trouble(told).await?;
        self.show(Notice::Say(if is_up { messages::hand_is_up() } else { messages::hand_is_down() })).await
    }

    /// `/share on` and `/share off`.
    pub(super) async fn share(&mut self, all: bool) -> Result<()> {
        let Some(classroom) = &mut self.classroom else { return self.no_class().await };
        classroom.is_private = !all;
        self.did(Deed::Shares { all }).await?;
        if all {
            self.began().await?;
        }
        self.show(Notice::Say(if all { messages::shares() } else { messages::shares_not() })).await
    }

    pub(super) async fn began(&mut self) -> Result<()> {
        let step = self.session.place().step(self.session.lesson()).id.to_string();
        self.did(Deed::Began { step }).await
    }

    /// `/submit`.
    pub(super) async fn submit(&mut self) -> Result<()> {
        let Some(classroom) = &self.classroom else { return self.no_class().await };
        let name = classroom.name.clone();
        let lesson = self.session.lesson().clone();
        let mut answers = own_answers(&lesson, self.session.progress());
        if answers.steps.is_empty() {
            return self.show(Notice::Say(messages::nothing_to_submit())).await;
        }
        let steps = answers.steps.len();
        answers.learners = vec![name];
        self.did(Deed::HandedIn { answers: lesson.nonce.blank(&answers.to_yaml()) }).await?;
        let said = match self.presence() {
            Some(Presence::Here) => messages::submitted(steps),
            Some(Presence::Away) | None => messages::submitted_later(steps),
        };
        self.show(Notice::Say(said)).await
    }

    async fn no_class(&mut self) -> Result<()> {
        self.show(Notice::Say(messages::no_class())).await
    }
}
