//! The loop as a learner has it: from the first step to the goodbye.

use std::time::Duration;

use tokio::time::timeout;

use crate::{
    error::Result,
    lesson::{Input, Prompt},
    session::Position,
};

use super::{
    FailedCommand, Guide, PendingWork, messages,
    notice::{Notice, PromptLine},
    store::Store,
};

/// How long the last words may take to reach a driver that does not listen.
const FAREWELL: Duration = Duration::from_millis(500);

impl Guide {
    /// Serves the learner until they leave.
    pub async fn teach(&mut self, greeting: Vec<Notice>) -> Result<()> {
        for notice in greeting {
            self.show(notice).await?;
        }
        if let Some(welcome) = self.session.welcome() {
            self.show(Notice::Welcome(welcome)).await?;
        }
        self.errand = Some(PendingWork::Resume(self.session.place()));
        while !self.quitting {
            match self.errand.take() {
                Some(errand) => self.go(errand).await?,
                None => self.next_turn().await?,
            }
        }
        self.save().await?;
        self.say_goodbye().await;
        Ok(())
    }

    pub(super) async fn next_turn(&mut self) -> Result<()> {
        let held = self.audience.as_mut().and_then(|audience| audience.held.pop_front());
        match held {
            Some(command) => self.on_command(command).await,
            None => self.turn(None).await,
        }
    }

    /// The card comes first: the learner reads while nodes boot.
    pub(super) async fn go(&mut self, errand: PendingWork) -> Result<()> {
        let place = match errand {
            PendingWork::GoOn => self.session.place(),
            PendingWork::Resume(place) | PendingWork::Travel(place) => place,
        };
        let road = self.road(errand);
        self.session.depart(place);
        self.show(Notice::Step(self.session.card())).await?;
        if errand != PendingWork::GoOn {
            self.focus_where_the_step_begins(place);
            self.show_busy().await?;
            self.mute(true);
            self.screens.clear();
            self.typed_ahead.clear();
            self.lookalike = None;
            self.pack(road, place).await?;
            self.travel(road, place).await?;
            // Where nothing was typed, nothing is stirred up: the first prompt of all is there at once.
            if place.step > 0 || !place.section(self.session.lesson()).start.is_empty() {
                self.calm().await?;
            }
            self.unpack(road, place).await?;
        }
        self.is_beginning = true;
        self.begin(place).await?;
        self.is_beginning = false;
        self.mute(false);
        self.tell_map().await?;
        for remark in std::mem::take(&mut self.remarks) {
            self.show(Notice::Say(remark)).await?;
        }
        let effects = self.session.open(self.began.elapsed());
        self.run(effects).await?;
        self.last_prompt = None;
        self.refresh().await?;
        // Last, so that a slow disk does not keep the learner from typing.
        self.save().await
    }

    /// The nodes that the prompt belongs to are about to go.
    pub(super) async fn show_busy(&mut self) -> Result<()> {
        self.last_prompt = None;
        let prompt = PromptLine::Terminal(Prompt::Busy);
        self.show(Notice::Prompt { terminal: self.focus.clone(), prompt }).await
    }

    /// The learner sees nothing of what is typed on their behalf, but is to know where it went wrong.
    pub(super) async fn tell_of_failed_starts(&mut self) -> Result<()> {
        let failed: Vec<FailedCommand> = self.failed_commands().collect();
        for failed in failed {
            let said = messages::screen_tells(&failed.told(), &failed.terminal);
            self.show(Notice::Say(said)).await?;
        }
        Ok(())
    }

    /// The terminal that the model answer types into first.
    pub(super) fn focus_where_the_step_begins(&mut self, place: Position) {
        let first = place.step(self.session.lesson()).answer().into_iter().find_map(|input| match input {
            Input::Type { terminal, .. } => Some(terminal),
            Input::Write { .. } | Input::Edit { .. } | Input::Choose(_) | Input::Close(_) => None,
        });
        if let Some(terminal) = first {
            self.focus = terminal;
        }
    }

    pub(super) fn mute(&mut self, muted: bool) {
        if let Some(audience) = &mut self.audience {
            audience.muted = muted;
        }
    }

    pub(super) fn is_muted(&self) -> bool {
        self.audience.as_ref().is_none_or(|audience| audience.muted)
    }

    pub(super) async fn say_goodbye(&mut self) {
        let (passed, of) = self.session.score();
        let kept = match self.store.as_ref().is_some_and(Store::saves) {
            true if self.is_saved => messages::is_saved(),
            true => messages::was_not_saved(),
            false => messages::nothing_saved(),
        };
        let bye = Notice::Bye(messages::bye(passed, of, &kept));
        if let Some(audience) = &self.audience {
            // A driver that is gone, or stuck, must not keep the nodes alive.
            let _ = timeout(FAREWELL, audience.notices.send(bye)).await;
        }
    }
}
