//! `/edit PATH`: the learner's own editor, full screen, in a terminal of its own.
//!
//! That terminal is no part of the lesson: what is typed and shown there is no evidence. What is saved is.

use std::{env, path::Path, time::Instant};

use crate::{
    error::{Error, Result},
    lesson::{Fact, TerminalName},
};

use super::{Guide, messages, notice::Notice};

/// The terminal that editors run in.
const EDITOR: &str = "editor";

/// Where neither VISUAL nor EDITOR is set.
const USUAL: [&str; 5] = ["sensible-editor", "nano", "vim", "vi", "emacs"];

impl Guide {
    pub(super) async fn edit(&mut self, path: String) -> Result<()> {
        if !self.has_screen() {
            let place = self.workspace.root().join(&path).display().to_string();
            return self.show(Notice::Say(messages::open_it_yourself(&place))).await;
        }
        let begun = self.editor_command(&path).and_then(|command| {
            let terminal = editor();
            self.cluster.open(&terminal)?;
            Ok((terminal, command))
        });
        match begun {
            Ok((terminal, command)) => {
                self.before_editor = Some(std::mem::replace(&mut self.focus, terminal.clone()));
                self.cluster.enter(&terminal, &command);
                Ok(())
            }
            Err(error) => self.show(Notice::Problem(error)).await,
        }
    }

    fn editor_command(&self, path: &str) -> Result<String> {
        let place = self.workspace.prepare(path)?;
        let chosen =
            ["VISUAL", "EDITOR"].iter().find_map(|name| env::var(name).ok().filter(|set| !set.is_empty()));
        let editor = chosen
            .or_else(usual)
            .ok_or_else(|| Error::could_not_run(messages::no_editor()).hint(messages::set_editor()))?;
        Ok(format!("{editor} {}", quoted(&place)))
    }

    /// Whether a fact belongs to the editor and not to the lesson; at its end the focus goes back.
    pub(super) fn is_the_editors(&mut self, fact: &Fact) -> bool {
        let is_end = matches!(fact, Fact::CommandEnded { terminal, .. } if Self::is_for_editing(terminal));
        let is_its_own = matches!(
            fact,
            Fact::Input { terminal, .. } | Fact::Output { terminal, .. } | Fact::LeftOut { terminal, .. }
                if Self::is_for_editing(terminal)
        );
        if let Some(before) = self.before_editor.take_if(|_| is_end) {
            self.focus = before;
        }
        is_end || is_its_own
    }

    /// The file may have been saved, and the editor may be gone.
    pub(super) async fn on_editor(&mut self) -> Result<()> {
        self.look_at = Instant::now();
        self.refresh().await
    }

    fn has_screen(&self) -> bool {
        self.audience.as_ref().is_some_and(|audience| audience.has_screen)
    }

    /// The map shows the lesson's terminals only.
    pub(super) fn is_for_editing(terminal: &TerminalName) -> bool {
        terminal.as_str() == EDITOR
    }
}

fn editor() -> TerminalName {
    TerminalName::parse(EDITOR).expect("`editor` is a name")
}

fn usual() -> Option<String> {
    let path = env::var_os("PATH")?;
    let is_there = |name: &str| env::split_paths(&path).any(|folder| folder.join(name).is_file());
    USUAL.into_iter().find(|name| is_there(name)).map(str::to_owned)
}

/// For the shell that runs the command.
fn quoted(path: &Path) -> String {
    format!("'{}'", path.display().to_string().replace('\'', r"'\''"))
}
