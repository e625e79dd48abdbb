//! What a learner does, as the driver tells it: lines, keys, questions of the editor. What can't be done now is held.

use std::{collections::VecDeque, path::PathBuf, time::Instant};

use tokio::sync::oneshot;

use crate::{
    error::Result,
    lesson::{Fact, Prompt},
    session::{Event, Stage, Wish, notice::Notice},
};

use super::{
    Guide, MAX_HELD, PARSE,
    command::{Candidate, Command},
    messages,
    slash_command::{self, Completion, Then},
};

impl Guide {
    /// None: the driver has gone.
    pub(super) async fn on_driver(&mut self, command: Option<Command>) -> Result<()> {
        match command {
            None => {
                self.quitting = true;
                Ok(())
            }
            Some(command) if self.is_muted() || self.is_beginning => self.on_command_under_way(command).await,
            Some(command) => self.on_command(command).await,
        }
    }

    /// While the nodes are being brought to a step, leaving works at once and the rest waits.
    pub(super) async fn on_command_under_way(&mut self, command: Command) -> Result<()> {
        match command {
            Command::Quit => {
                self.quitting = true;
                Ok(())
            }
            Command::Slash(call) if call.then() == Then::End => call.run(self).await,
            Command::Interrupt => self.show(Notice::Say(messages::nodes_are_starting())).await,
            Command::Validate { reply, .. } => {
                let _ = reply.send(true);
                Ok(())
            }
            Command::Resize { columns, rows } => self.resize(columns, rows),
            Command::Complete { reply, .. } => {
                let _ = reply.send(Vec::new());
                Ok(())
            }
            Command::Folder { reply } => {
                self.tell_folder(reply);
                Ok(())
            }
            // What is unfinished will be asked about again at the prompt that is to come.
            Command::Unfinished => Ok(()),
            Command::Line(_)
            | Command::Bytes(_)
            | Command::Enter
            | Command::Choose(_)
            | Command::Slash(_)
            | Command::Focus(_) => {
                let held = self.audience.as_mut().map(|audience| &mut audience.held);
                if let Some(held) = held.filter(|held| held.len() < MAX_HELD) {
                    held.push_back(command);
                }
                Ok(())
            }
        }
    }

    pub(super) async fn on_command(&mut self, command: Command) -> Result<()> {
        match command {
            Command::Line(text) => self.on_line(&text).await,
            Command::Enter => self.on_enter().await,
            Command::Bytes(bytes) => {
                self.tell(Event::Unrepeatable);
                self.cluster.bytes(&self.focus, &bytes);
                Ok(())
            }
            Command::Choose(typed) => {
                let effects = self.tell(Event::Chose(typed));
                self.run(effects).await?;
                self.renew_prompt().await
            }
            Command::Interrupt => {
                self.tell(Event::Unrepeatable);
                self.typed_ahead.remove(&self.focus);
                if self.node_of(&self.focus).is_some() {
                    self.vigil.interrupted(&self.focus);
                }
                self.cluster.interrupt(&self.focus);
                Ok(())
            }
            Command::Unfinished => self.show(Notice::Say(messages::unfinished())).await,
            Command::Validate { text, reply } => self.validate(&text, reply),
            Command::Complete { text, reply } => {
                self.complete(&text, reply);
                Ok(())
            }
            Command::Folder { reply } => {
                self.tell_folder(reply);
                Ok(())
            }
            Command::Resize { columns, rows } => self.resize(columns, rows),
            Command::Slash(call) => call.run(self).await,
            Command::Focus(terminal) => {
                self.focus_on(terminal).await?;
                self.renew_prompt().await
            }
            Command::Quit => {
                self.quitting = true;
                Ok(())
            }
        }
    }

    pub(super) async fn on_line(&mut self, text: &str) -> Result<()> {
        if self.session.stage() == Stage::Predicting {
            let effects = self.tell(Event::Chose(String::new()));
            self.run(effects).await?;
        }
        self.last_prompt = None;
        self.heed_lookalikes(text).await?;
        if self.takes_lines_later() {
            self.hold(text);
        } else {
            self.given = self.session.evidence().inputs() + 1;
            self.cluster.enter(&self.focus, text);
        }
        Ok(())
    }

    /// Whether a line typed now is for the terminal's next prompt: a node that is busy, coming up or going down.
    pub(super) fn takes_lines_later(&self) -> bool {
        let is_busy = self.prompt_of(&self.focus) == Prompt::Busy;
        is_busy && (self.node_of(&self.focus).is_some() || self.starts_a_node())
    }

    pub(super) fn hold(&mut self, text: &str) {
        let lines = self.typed_ahead.entry(self.focus.clone()).or_default();
        if lines.len() < MAX_HELD {
            lines.push_back(text.to_owned());
        }
    }

    /// A terminal asks again: it gets the next of the lines that were typed meanwhile.
    pub(super) fn release(&mut self, fact: &Fact) {
        let Fact::Prompt { terminal, prompt } = fact else { return };
        if *prompt == Prompt::Busy || self.is_muted() {
            return;
        }
        if let Some(text) = self.typed_ahead.get_mut(terminal).and_then(VecDeque::pop_front) {
            self.cluster.enter(terminal, &text);
        }
    }

    /// An empty line goes on where the step is done, and is itself input where a line is being read.
    pub(super) async fn on_enter(&mut self) -> Result<()> {
        match self.prompt_of(&self.focus) {
            Prompt::More { .. } | Prompt::Gets { .. } => self.on_line("").await,
            Prompt::Dollar | Prompt::Iex { .. } | Prompt::Busy => {
                self.wish(Wish::Enter).await?;
                self.renew_prompt().await
            }
        }
    }

    /// Steps are known here; of everything else a node knows best.
    pub(super) fn complete(&mut self, text: &str, reply: oneshot::Sender<Vec<Candidate>>) {
        if let Some((command, word)) = slash_command::argument_at_end(text)
            && command.takes.completion() == Some(Completion::Step)
        {
            // An editor that has moved on listens no more.
            let _ = reply.send(self.steps(word));
            return;
        }
        let id = self.fresh_id();
        self.completions.insert(id, reply);
        self.cluster.complete(&self.focus, id, text);
    }

    pub(super) fn steps(&self, word: &str) -> Vec<Candidate> {
        let lesson = self.session.lesson();
        let prose = lesson.prose(self.session.lang());
        let titled = lesson.sections.iter().flat_map(|section| {
            let titles = prose.sections.get(&section.id).map(|section| &section.steps);
            section.steps.iter().map(move |step| {
                let title = titles.and_then(|steps| steps.get(&step.id)).map(|step| step.title.clone());
                (step.id.to_string(), title.unwrap_or_default())
            })
        });
        titled
            .filter(|(id, _)| id.starts_with(word))
            .map(|(id, about)| Candidate { back: word.len(), label: id.clone(), text: id, about })
            .collect()
    }

    pub(super) fn tell_folder(&self, reply: oneshot::Sender<PathBuf>) {
        if let Some(folder) = self.cluster.folder(&self.focus) {
            let _ = reply.send(folder.to_owned());
        }
    }

    pub(super) fn validate(&mut self, text: &str, reply: oneshot::Sender<bool>) -> Result<()> {
        if matches!(self.prompt_of(&self.focus), Prompt::Iex { .. }) {
            let id = self.fresh_id();
            self.cluster.parse(&self.focus, id, text);
            self.validations.insert(id, (reply, Instant::now() + PARSE));
        } else {
            let _ = reply.send(true);
        }
        Ok(())
    }

    pub(super) fn resize(&mut self, columns: u16, rows: u16) -> Result<()> {
        self.cluster.resize(columns, rows);
        Ok(())
    }
}
