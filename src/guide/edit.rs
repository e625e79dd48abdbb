//! `/edit PATH`: the learner's own editor, full screen, in a terminal of its own.
//!
//! That terminal is no part of the lesson: what is typed and shown there is no evidence. What is saved is.

use std::{env, path::Path};

use crate::{
    error::{Error, Result},
    lesson::TerminalName,
    session::notice::Notice,
};

use super::{Guide, consent::Intent, front::EDITOR, messages};

/// Where neither VISUAL nor EDITOR is set.
const USUAL: [&str; 5] = ["sensible-editor", "nano", "vim", "vi", "emacs"];

impl Guide {
    pub(super) async fn edit(&mut self, path: String) -> Result<()> {
        if !self.audience.has_screen() {
            let place = self.files.workspace.root().join(&path).display().to_string();
            return self.show(Notice::Say(messages::open_it_yourself(&place))).await;
        }
        if let Err(error) = editor_program() {
            return self.show(Notice::Problem(error)).await;
        }
        // What the step asks for may be new; anything else may be a slip.
        if self.files.workspace.lacks(&path) && !self.session.files().any(|file| file == path) {
            let question = messages::make_file(&path);
            return self.ask_whether(Intent::Edit(path), question).await;
        }
        self.open_editor(&path).await
    }

    pub(super) async fn open_editor(&mut self, path: &str) -> Result<()> {
        let begun = self.editor_command(path).and_then(|command| {
            let terminal = editor();
            self.cluster.open(&terminal)?;
            Ok((terminal, command))
        });
        match begun {
            Ok((terminal, command)) => {
                self.cluster.enter(&terminal, &command);
                self.front.focus_on_editor(terminal);
                Ok(())
            }
            Err(error) => self.show(Notice::Problem(error)).await,
        }
    }

    fn editor_command(&self, path: &str) -> Result<String> {
        let editor = editor_program()?;
        let place = self.files.workspace.prepare(path)?;
        Ok(format!("{editor} {}", quoted(&place)))
    }
}

fn editor() -> TerminalName {
    TerminalName::parse(EDITOR).expect("`editor` is a name")
}

/// The editor of this person's choice, with its options, or a usual one.
fn editor_program() -> Result<String> {
    let chosen = ["VISUAL", "EDITOR"].into_iter().find_map(|name| {
        let set = env::var(name).ok().filter(|set| !set.trim().is_empty())?;
        Some((name, set))
    });
    let failed = |told| Error::could_not_run(told).hint(messages::set_editor());
    match chosen {
        Some((name, editor)) if lacks(&editor) => Err(failed(messages::editor_is_not_there(name, &editor))),
        Some((_, editor)) => Ok(editor),
        None => {
            let usual = USUAL.into_iter().find(|name| is_there(name)).map(str::to_owned);
            usual.ok_or_else(|| failed(messages::no_editor()))
        }
    }
}

/// Whether there is no such program; not known of what a shell has to expand first.
fn lacks(editor: &str) -> bool {
    let is_plain = |c: char| c.is_alphanumeric() || matches!(c, '/' | '.' | '_' | '-' | '+');
    let program = editor.split_whitespace().next().unwrap_or_default();
    program.chars().all(is_plain) && !is_there(program)
}

fn is_there(program: &str) -> bool {
    if program.contains('/') {
        return Path::new(program).is_file();
    }
    let path = env::var_os("PATH").unwrap_or_default();
    env::split_paths(&path).any(|folder| folder.join(program).is_file())
}

/// For the shell that runs the command.
fn quoted(path: &Path) -> String {
    format!("'{}'", path.display().to_string().replace('\'', r"'\''"))
}
