//! What a learner is shown of what happens: outputs, ends, the prompt and the map, where they have changed.

use crate::{
    error::Result,
    lesson::{Fact, OutputKind, Prompt, TerminalName, evidence::Running},
};

use super::{
    Guide, messages,
    notice::{Map, Notice, PromptLine},
    screens::Piece,
};

impl Guide {
    /// What a fact looks like to the learner, if it shows at all.
    pub(super) async fn show_fact(&mut self, fact: &Fact) -> Result<()> {
        if let Fact::Output { terminal, kind, by, text } = fact {
            self.screens.push(terminal, Piece { kind: *kind, by: by.clone(), text: text.clone() });
        } else if let Fact::Input { terminal, text, at_node } = fact {
            let prompt = if *at_node { "iex>" } else { "$" };
            let text = format!("{prompt} {}\n", text.trim_end());
            self.screens.push(terminal, Piece { kind: OutputKind::Shell, by: None, text });
        }
        if self.is_muted() {
            return Ok(());
        }
        match fact {
            Fact::Output { kind: OutputKind::Raw, terminal, .. } if self.is_relaying(terminal) => Ok(()),
            Fact::Output { terminal, kind, by, text } => {
                let focused = *terminal == self.focus;
                let (terminal, by, text) = (terminal.clone(), by.clone(), text.clone());
                self.show(Notice::Output { terminal, focused, kind: *kind, by, text }).await
            }
            // The record is cut short there; all of it was on the screen.
            Fact::LeftOut { terminal, .. } if self.is_relaying(terminal) => Ok(()),
            Fact::LeftOut { terminal, bytes } => {
                self.show(Notice::LeftOut { terminal: terminal.clone(), bytes: *bytes }).await
            }
            Fact::NodeStopped { terminal, node } => {
                let said = match node.is_named() {
                    true => messages::node_stopped(node, terminal),
                    false => messages::iex_ended(terminal),
                };
                self.show(Notice::Say(said)).await
            }
            Fact::CommandEnded { terminal, command, code } => self.show_end(terminal, command, *code).await,
            Fact::Input { .. }
            | Fact::Prompt { .. }
            | Fact::NodeStarted { .. }
            | Fact::Message { .. }
            | Fact::File { .. }
            | Fact::Connected { .. }
            | Fact::Disconnected { .. }
            | Fact::Registered { .. }
            | Fact::Unregistered { .. }
            | Fact::LookedUp { .. }
            | Fact::Probed { .. }
            | Fact::Chose { .. }
            | Fact::StepBegan => Ok(()),
        }
    }

    /// A command that ended well, or a node's own end (told already), needs no words.
    pub(super) async fn show_end(
        &mut self,
        terminal: &TerminalName,
        command: &str,
        code: Option<i32>,
    ) -> Result<()> {
        let said = match code {
            Some(0) | None => return Ok(()),
            Some(127) => messages::no_command(terminal, command),
            Some(code) => messages::command_ended(terminal, code),
        };
        self.show(Notice::Say(said)).await
    }

    pub(super) async fn relay(&mut self, terminal: &TerminalName, bytes: Vec<u8>) -> Result<()> {
        if self.is_muted() || !self.is_relaying(terminal) {
            return Ok(());
        }
        self.show(Notice::Relay(bytes)).await
    }

    pub(super) fn is_relaying(&self, terminal: &TerminalName) -> bool {
        *terminal == self.focus && self.prompt_line() == PromptLine::Relay
    }

    pub(super) async fn on_interrupted(&mut self, terminal: &TerminalName, kept: u64) -> Result<()> {
        if self.is_muted() {
            return Ok(());
        }
        let said = match kept {
            0 => messages::interrupted(terminal),
            kept => messages::interrupted_keeping(terminal, kept),
        };
        self.show(Notice::Say(said)).await
    }

    pub(super) async fn on_slow_boot(&mut self, terminal: &TerminalName) -> Result<()> {
        self.show(Notice::Say(messages::slow_boot(terminal))).await
    }

    /// The map and the prompt, where they have changed.
    pub(super) async fn refresh(&mut self) -> Result<()> {
        if self.is_muted() {
            return Ok(());
        }
        self.tell_map().await?;
        if self.session.evidence().inputs() < self.given {
            // Something else came first: the prompt that is known is the one that was just answered.
            return Ok(());
        }
        let prompt = (self.focus.clone(), self.prompt_line());
        if self.last_prompt.as_ref() == Some(&prompt) {
            return Ok(());
        }
        self.last_prompt = Some(prompt.clone());
        self.show(Notice::Prompt { terminal: prompt.0, prompt: prompt.1 }).await
    }

    /// Asks again even where the prompt is the same: the driver has read a line and waits to be told.
    pub(super) async fn renew_prompt(&mut self) -> Result<()> {
        if self.errand.is_none() && !self.quitting {
            self.last_prompt = None;
            self.refresh().await?;
        }
        Ok(())
    }

    pub(super) fn prompt_line(&self) -> PromptLine {
        if self.session.question_card().is_some() {
            return PromptLine::Question;
        }
        let prompt = self.prompt_of(&self.focus);
        let is_command = prompt == Prompt::Busy && self.node_of(&self.focus).is_none();
        if is_command && !self.starts_a_node() { PromptLine::Relay } else { PromptLine::Terminal(prompt) }
    }

    /// A node is about to take over the terminal: what is typed meanwhile is for its first prompt.
    pub(super) fn starts_a_node(&self) -> bool {
        let latest = self.session.evidence().records().iter().rev().find_map(|record| match &record.fact {
            Fact::Input { terminal, text, .. } if *terminal == self.focus => Some(text),
            _ => None,
        });
        latest.is_some_and(|text| text.split_whitespace().any(|word| word == "iex"))
    }

    pub(super) async fn tell_map(&mut self) -> Result<()> {
        let map = self.map();
        if map == self.last_map {
            return Ok(());
        }
        self.last_map = map.clone();
        self.show(Notice::Map(map)).await
    }

    pub(super) fn map(&self) -> Map {
        let world = self.session.evidence().world();
        let named = |running: &&Running| running.node.is_named();
        let node = |terminal: &TerminalName| {
            world.running.get(terminal).filter(named).map(|running| running.node.clone())
        };
        let lessons = self.cluster.names().filter(|terminal| !Self::is_for_editing(terminal));
        let nodes = lessons.map(|terminal| (terminal.clone(), node(terminal))).collect();
        let links = world.lists.iter().filter(|(on, to)| on < to && world.connected(on, to));
        Map { nodes, links: links.cloned().collect() }
    }
}
