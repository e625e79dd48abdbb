//! What commands do, where that is more than to ask the session.

use crate::{
    error::Result,
    guide::{Guide, PendingWork, consent::Intent, messages},
    lesson::{Fault, Lang, Prompt, TerminalName},
    session::{Event, Request, Scope, deed::Deed, notice::Notice},
};

impl Guide {
    pub(in crate::guide) async fn request(&mut self, request: Request) -> Result<()> {
        self.tell(Event::Request(request)).await
    }

    /// More than a step is asked about, where there is anything to take back.
    pub(in crate::guide) async fn reset(&mut self, scope: Scope) -> Result<()> {
        if !self.saving.is_possible() {
            return self.show(Notice::Say(messages::nothing_saved())).await;
        }
        let mut progress = self.session.progress().clone();
        let section = self.session.section();
        let steps = match scope {
            Scope::Step => 0,
            Scope::Section => progress.forget_section(section),
            Scope::Lesson => progress.forget_all(),
        };
        if steps == 0 {
            return self.take_back(scope).await;
        }
        let prose = self.session.lesson().prose(self.session.lang());
        let question = match scope {
            Scope::Lesson => messages::forget_all(&prose.title, steps),
            Scope::Step | Scope::Section => {
                messages::forget_section(&self.session.card().section_title, steps)
            }
        };
        self.ask_whether(Intent::Reset(scope), question).await
    }

    /// Nothing is taken back before there is a copy of it.
    pub(in crate::guide) async fn take_back(&mut self, scope: Scope) -> Result<()> {
        let copy = match self.saving.back_up() {
            Ok(copy) => copy,
            Err(error) => return self.show(Notice::Problem(error)).await,
        };
        let step = self.session.place().step;
        if let Err(error) = self.files.take_back(scope, self.session.section(), step) {
            return self.show(Notice::Problem(error)).await;
        }
        let place = self.session.forget(scope);
        if let Some(copy) = copy {
            self.audience.remark(messages::taken_back(&copy.display().to_string()));
        }
        self.pending = Some(PendingWork::Travel(place));
        self.save().await
    }

    /// In another language from here on; the step is shown again in it.
    pub(in crate::guide) async fn speak(&mut self, lang: Lang) -> Result<()> {
        let Some(library) = &self.library else { return Ok(()) };
        let lesson = match library(lang) {
            Ok(lesson) => lesson,
            Err(error) => return self.show(Notice::Problem(error)).await,
        };
        let is_written = lesson.prose.contains_key(&lang) && !lesson.is_foreign();
        self.session.speak(lesson, lang);
        self.show(Notice::Lang(lang)).await?;
        self.show(Notice::Say(messages::now_in_this_language())).await?;
        if !is_written {
            self.show(Notice::Say(messages::not_in_this_language(lang.name()))).await?;
        }
        self.show(Notice::Step(self.session.card())).await?;
        if let Some(card) = self.session.question_card() {
            self.show(Notice::Ask(card)).await?;
        }
        self.save().await
    }

    pub(in crate::guide) async fn restart(&mut self) -> Result<()> {
        let step = self.session.place().step(self.session.lesson()).id.to_string();
        self.request(Request::Goto(step)).await
    }

    pub(in crate::guide) async fn open(&mut self, terminal: TerminalName) -> Result<()> {
        match self.cluster.open(&terminal) {
            Ok(()) => self.focus_on(terminal).await,
            Err(error) => self.show(Notice::Problem(error)).await,
        }
    }

    pub(in crate::guide) async fn close(&mut self, terminal: Option<TerminalName>) -> Result<()> {
        let terminal = terminal.unwrap_or_else(|| self.front.focus().clone());
        if *self.session.prompt_of(&terminal) == Prompt::Dollar {
            return self.show(Notice::Say(messages::nothing_runs(&terminal))).await;
        }
        self.tell(Event::Closed(terminal.clone())).await?;
        self.cluster.close(&terminal);
        Ok(())
    }

    /// What comes of it is told once all is at rest; a class hears of it as of a line.
    pub(in crate::guide) async fn befall(&mut self, fault: Fault) -> Result<()> {
        match self.cluster.befall(&fault) {
            Ok(()) => {
                let terminal = self.front.focus().to_string();
                self.did(Deed::Typed { terminal, text: format!("/{fault}") }).await
            }
            Err(error) => self.show(Notice::Problem(error)).await,
        }
    }

    pub(in crate::guide) async fn screen(&mut self, terminal: Option<TerminalName>) -> Result<()> {
        let Some(terminal) = terminal else {
            let card = self.session.card();
            return self.show(Notice::Step(card)).await;
        };
        let shown = self.front.screen(&terminal);
        if shown.is_empty() {
            return self.show(Notice::Say(messages::nothing_shown(&terminal))).await;
        }
        for notice in shown {
            self.show(notice).await?;
        }
        Ok(())
    }

    pub(in crate::guide) async fn focus_on(&mut self, terminal: TerminalName) -> Result<()> {
        if !self.cluster.has(&terminal) {
            let names = self.cluster.names().map(ToString::to_string).collect::<Vec<_>>().join(", ");
            return self.show(Notice::Say(messages::no_terminal(&terminal, &names))).await;
        }
        self.front.focus_on(terminal);
        Ok(())
    }
}
