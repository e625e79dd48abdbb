//! The loop as a learner has it: from the first step to the goodbye.

use crate::{
    error::Result,
    lesson::Input,
    session::{Position, Stage, deed::Deed, notice::Notice},
};

use super::{Guide, PendingWork, audience::Attention, files::Arrival, messages};

impl Guide {
    /// Serves the learner until they leave.
    pub async fn teach(&mut self, greeting: Vec<Notice>) -> Result<()> {
        for notice in greeting {
            self.show(notice).await?;
        }
        if let Some(welcome) = self.session.welcome() {
            self.show(Notice::Welcome(welcome)).await?;
        }
        if let Some(presence) = self.presence() {
            self.show(Notice::Class(presence)).await?;
        }
        self.pending = Some(PendingWork::Resume(self.session.place()));
        while !self.audience.has_left() {
            match self.pending.take() {
                Some(PendingWork::DrawMap(asker)) => self.draw_map(asker).await?,
                Some(PendingWork::Explain(asker)) => self.tell_why(asker).await?,
                Some(work) => self.go(work).await?,
                None => self.turn(None).await?,
            }
        }
        self.save().await?;
        self.did(Deed::Left).await?;
        let (passed, of) = self.session.score();
        self.windows.close(&messages::window_closed());
        self.audience.say_goodbye(messages::bye(passed, of, &self.saving.told())).await;
        Ok(())
    }

    /// The card comes first: the learner reads while nodes boot.
    async fn go(&mut self, work: PendingWork) -> Result<()> {
        let arrival = self.arrival(work);
        let place = match work {
            PendingWork::GoOn | PendingWork::DrawMap(_) | PendingWork::Explain(_) => self.session.place(),
            PendingWork::Resume(place) | PendingWork::Travel(place) => place,
        };
        self.session.depart(place);
        // Who stopped at a step that they had done is where they were: behind it.
        let has_passed = matches!(work, PendingWork::Resume(_)) && self.session.has_passed();
        let travels = work != PendingWork::GoOn;
        if travels {
            let map = self.front.forget_nodes(self.cluster.names());
            self.show(map).await?;
        }
        self.show(Notice::Step(self.session.card())).await?;
        self.began().await?;
        self.audience.attend(Attention::Beginning);
        if travels {
            self.bring_learner_to(place, arrival, has_passed).await?;
        }
        self.begin(place).await?;
        self.audience.attend(Attention::Full);
        if let Some(map) = self.front.changed_map(&self.session, self.cluster.names()) {
            self.show(if travels { Notice::Arrived(map) } else { Notice::Map(map) }).await?;
        }
        for remark in self.audience.take_remarks() {
            self.show(Notice::Say(remark)).await?;
        }
        let began = self.began.elapsed();
        let effects = if has_passed { self.session.open_again(began) } else { self.session.open(began) };
        self.run(effects).await?;
        self.front.renew_prompt();
        self.refresh().await?;
        // Last, so that a slow disk does not keep the learner from typing.
        self.save().await
    }

    async fn bring_learner_to(&mut self, place: Position, arrival: Arrival, has_passed: bool) -> Result<()> {
        let steps = place.step + usize::from(has_passed);
        if let Some(terminal) = first_terminal(&place.step(self.session.lesson()).answer()) {
            self.front.focus_on(terminal.clone());
        }
        let busy = self.front.clear();
        self.show(busy).await?;
        self.windows.are_busy();
        self.audience.attend(Attention::Elsewhere);
        match self.files.pack(arrival, self.session.section()) {
            Ok(remark) => remark.into_iter().for_each(|remark| self.audience.remark(remark)),
            Err(error) => self.show(Notice::Problem(error)).await?,
        }
        self.travel(arrival, place, steps).await?;
        // Where nothing was typed, nothing is stirred up: the first prompt of all is there at once.
        if steps > 0 || !self.session.section().start.is_empty() {
            self.come_to_rest().await?;
        }
        let unpacked = self.files.unpack(arrival, self.session.section(), steps);
        self.tell_trouble(unpacked).await
    }

    /// Asked before the session departs.
    fn arrival(&self, work: PendingWork) -> Arrival {
        match work {
            _ if self.files.are_taken_back() => Arrival::Elsewhere,
            // In its empty folder a show finds nothing to go on with.
            PendingWork::Resume(_) if self.is_show => Arrival::Elsewhere,
            PendingWork::Resume(to)
                if self.files.are_outdated(&self.session.lesson().sections[to.section]) =>
            {
                Arrival::Elsewhere
            }
            PendingWork::Resume(_) => Arrival::Resumed,
            PendingWork::Travel(to) if self.follows(to) => Arrival::Onward,
            PendingWork::Travel(_)
            | PendingWork::GoOn
            | PendingWork::DrawMap(_)
            | PendingWork::Explain(_) => Arrival::Elsewhere,
        }
    }

    fn follows(&self, to: Position) -> bool {
        let from = self.session.place();
        to.step == 0 && to.section == from.section + 1 && self.session.stage() == Stage::Passed
    }
}

/// The terminal that an answer types into first.
fn first_terminal(answer: &[Input]) -> Option<&crate::lesson::TerminalName> {
    answer.iter().find_map(|input| match input {
        Input::Type { terminal, .. } => Some(terminal),
        Input::Write { .. } | Input::Edit { .. } | Input::Choose(_) | Input::Close(_) | Input::Fault(_) => {
            None
        }
    })
}
