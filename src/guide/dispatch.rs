//! What a learner does, as the driver tells it: lines, keys, questions of the editor. What can't be done now is held.

use std::{path::PathBuf, time::Instant};

use tokio::sync::oneshot;

use crate::{
    error::Result,
    lesson::Prompt,
    session::{Event, Request, Stage, deed::Deed, notice::Notice},
};

use super::{
    Guide,
    audience::Heard,
    command::{Candidate, Command},
    messages,
    slash_command::{self, Completion, Then},
};

impl Guide {
    pub(super) async fn on_heard(&mut self, heard: Heard) -> Result<()> {
        match heard {
            Heard::Here(None) => {
                self.audience.leave();
                Ok(())
            }
            Heard::Here(Some(command)) if self.audience.is_to_wait() => {
                self.on_command_under_way(command).await
            }
            Heard::Here(Some(command)) => {
                if self.is_show {
                    self.show(Notice::Rest(false)).await?;
                    // Rest is told after each command, whether it has stirred anything or not.
                    self.quiet.stir(Instant::now());
                }
                self.windows.types_here(&command, self.front.focus());
                self.on_command(command).await
            }
            Heard::Beside(event) => self.on_window(event).await,
        }
    }

    /// While the nodes are being brought to a step, leaving works at once and the rest waits.
    async fn on_command_under_way(&mut self, command: Command) -> Result<()> {
        match command {
            Command::Quit => self.audience.leave(),
            Command::Slash(call) if call.then() == Then::End => call.run(self).await?,
            Command::Interrupt => self.show(Notice::Say(messages::nodes_are_starting())).await?,
            Command::Resize { columns, rows } => self.cluster.resize(columns, rows),
            Command::Folder { reply } => self.tell_folder(reply),
            // Whoever asked is answered by the channel's end. What is unfinished will be asked about again at the
            // prompt that is to come.
            Command::Validate { .. } | Command::Complete { .. } | Command::Unfinished => {}
            Command::Line(_)
            | Command::Bytes(_)
            | Command::Enter
            | Command::EndOfInput
            | Command::Choose(_)
            | Command::Slash(_)
            | Command::Focus(_) => {
                if !self.audience.hold(Heard::Here(Some(command))) {
                    self.show(Notice::Say(messages::not_held())).await?;
                }
            }
        }
        Ok(())
    }

    pub(super) async fn on_command(&mut self, command: Command) -> Result<()> {
        let answer = match &command {
            // A line that was typed ahead answers as well.
            Command::Line(text) | Command::Choose(text) => Some(text.as_str()),
            Command::Enter | Command::Interrupt => Some(""),
            Command::Slash(_) => {
                if self.front.has_questions() {
                    // Something else is wanted now.
                    self.front.intent = None;
                }
                None
            }
            Command::Bytes(_)
            | Command::EndOfInput
            | Command::Unfinished
            | Command::Validate { .. }
            | Command::Complete { .. }
            | Command::Folder { .. }
            | Command::Resize { .. }
            | Command::Focus(_)
            | Command::Quit => None,
        };
        if let Some(answer) = answer
            && self.front.has_questions()
            && self.takes_consent(answer).await?
        {
            return Ok(());
        }
        match command {
            Command::Line(text) => self.on_line(&text).await?,
            Command::Enter => self.on_enter().await?,
            Command::Bytes(bytes) => {
                self.tell(Event::Unrepeatable).await?;
                self.on_bytes(&bytes);
            }
            Command::Choose(typed) => {
                self.tell(Event::Chose(typed)).await?;
                self.renew_prompt().await?;
            }
            Command::Interrupt => {
                self.tell(Event::Unrepeatable).await?;
                self.front.interrupt(&self.session);
                if self.front.is_paused(&self.session) {
                    self.show(Notice::Say(messages::waits_paused(self.front.focus()))).await?;
                } else {
                    self.cluster.interrupt(self.front.focus());
                }
            }
            Command::EndOfInput => {
                self.tell(Event::Unrepeatable).await?;
                self.cluster.end_input(self.front.focus());
            }
            Command::Unfinished => self.show(Notice::Say(messages::unfinished())).await?,
            Command::Validate { text, reply } => self.validate(text, reply),
            Command::Complete { text, reply } => self.complete(text, reply),
            Command::Folder { reply } => self.tell_folder(reply),
            Command::Resize { columns, rows } => self.resize(columns, rows),
            Command::Slash(call) => call.run(self).await?,
            Command::Focus(terminal) => {
                self.focus_on(terminal).await?;
                self.renew_prompt().await?;
            }
            Command::Quit => self.audience.leave(),
        }
        Ok(())
    }

    async fn on_line(&mut self, text: &str) -> Result<()> {
        if self.session.stage() == Stage::Predicting {
            self.tell(Event::Chose(String::new())).await?;
        }
        // What was saved before it comes before it, also where it is played again.
        if self.look_at().is_some() {
            self.look_at_files().await?;
        }
        let terminal = self.front.focus().clone();
        self.did(Deed::Typed { terminal: terminal.to_string(), text: text.to_owned() }).await?;
        self.show_typed_beside(&terminal, text).await;
        let inputs = self.session.evidence().inputs();
        let earlier = match self.session.prompt_of(self.front.focus()) {
            Prompt::Iex { .. } | Prompt::More { .. } => self.front.lookalike.heed(text, inputs),
            Prompt::Dollar => self.front.lookalike.heed_command(text, inputs),
            Prompt::Gets { .. } | Prompt::Busy => self.front.lookalike.pass_over(),
        };
        if let Some(earlier) = earlier {
            self.show(Notice::Say(earlier)).await?;
        }
        if self.front.is_ahead(&self.session) {
            let terminal = self.front.focus().clone();
            if !self.front.hold(text) {
                self.show(Notice::Say(messages::not_held())).await?;
            }
            self.type_ahead(&terminal);
            self.front.renew_prompt();
            if self.front.is_paused(&self.session) {
                self.show(Notice::Say(messages::waits_paused(&terminal))).await?;
                // No fact is to come that would bring the next prompt.
                self.refresh().await?;
            }
        } else {
            let is_input = self.cluster.enter(self.front.focus(), text);
            self.front.renew_prompt_after(inputs + usize::from(is_input));
        }
        Ok(())
    }

    /// Keys for a program. Text comes behind what is still to be typed into it; other keys are for it at once.
    fn on_bytes(&mut self, bytes: &[u8]) {
        let terminal = self.front.focus().clone();
        let is_text = !bytes.iter().any(|byte| byte.is_ascii_control() && !b"\r\n\t".contains(byte));
        if is_text && self.front.has_typed_ahead() {
            self.front.type_behind(&terminal, &String::from_utf8_lossy(bytes).replace('\r', "\n"));
            self.type_ahead(&terminal);
        } else {
            self.cluster.bytes(&terminal, bytes);
        }
    }

    /// An empty line goes on where the step is done, and is itself input where a line is being read.
    async fn on_enter(&mut self) -> Result<()> {
        match self.session.prompt_of(self.front.focus()) {
            Prompt::More { .. } | Prompt::Gets { .. } => self.on_line("").await,
            Prompt::Dollar | Prompt::Iex { .. } | Prompt::Busy => {
                self.request(Request::Enter).await?;
                self.renew_prompt().await
            }
        }
    }

    /// Steps are known here; of everything else a node knows best.
    fn complete(&mut self, text: String, reply: oneshot::Sender<Vec<Candidate>>) {
        if let Some((command, word)) = slash_command::argument_at_end(&text)
            && command.takes.completion() == Some(Completion::Step)
        {
            // An editor that has moved on listens no more.
            let _ = reply.send(self.steps(word));
        } else {
            self.cluster.complete(self.front.focus(), text, reply);
        }
    }

    fn steps(&self, word: &str) -> Vec<Candidate> {
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

    fn tell_folder(&self, reply: oneshot::Sender<PathBuf>) {
        if let Some(folder) = self.cluster.folder(self.front.focus()) {
            let _ = reply.send(folder.to_owned());
        }
    }

    /// Whether a text is whole is for IEx alone to say; of any other reader nobody knows.
    fn validate(&mut self, text: String, is_whole: oneshot::Sender<bool>) {
        if matches!(self.session.prompt_of(self.front.focus()), Prompt::Iex { .. }) {
            self.cluster.parse(self.front.focus(), text, is_whole);
        }
    }
}
