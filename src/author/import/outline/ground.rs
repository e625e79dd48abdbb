//! Where a section begins: fresh nodes, and of what there was only what it goes on with.

use std::{
    collections::{BTreeMap, BTreeSet},
    mem,
};

use crate::lesson::{Input, TerminalName, syntax};

use super::{
    super::{
        block::{Action, Start},
        project::{Files, Project},
    },
    Builder, Section,
    place::{self, SHELL},
    words::slug,
};

/// A node, or a runtime without a name.
#[derive(Debug, Clone)]
pub(super) struct Running {
    /// What started it, without the change of folder.
    pub line: String,
    pub start: Start,
    /// What was typed there.
    pub typed: Vec<String>,
    /// A file of its project has changed since.
    pub is_stale: bool,
}

/// Every file that there is, as inputs.
pub(super) fn written(files: &Files) -> Vec<Input> {
    let write = |(path, text): (&String, &String)| Input::Write { path: path.clone(), text: text.clone() };
    files.texts.iter().map(write).collect()
}

impl Builder {
    /// Begins the section at hand: fresh nodes, and of what there was only what it goes on with.
    pub(super) fn open(&mut self) {
        if self.is_open {
            return;
        }
        self.is_open = true;
        let (title, actions) = mem::take(&mut self.section);
        let carried = self.carried(&actions);
        let id = self.id(&slug(&title, 28), "section");
        let mut section = Section { id, title, ..Section::default() };
        let makes =
            |action: &Action| matches!(action, Action::Command { text, .. } if Project::of(text).is_some());
        section.makes_project = actions.iter().any(makes);
        let needs_files = actions.iter().any(|action| match action {
            Action::Command { text, .. } => text.contains("mix"),
            Action::Code { .. } | Action::Failure(_) => true,
            Action::Type { .. } | Action::Seen { .. } => false,
        });
        let is_mix = carried.values().any(|running| running.start.is_mix);
        if (needs_files || is_mix) && !section.makes_project {
            section.start = written(&self.files);
        }
        self.folders.clear();
        self.running.clear();
        self.outline.sections.push(section);
        for (at, running) in carried {
            self.begin(&at, running);
        }
    }

    /// The nodes that the section uses before it starts them itself, each with what has to be typed there again.
    fn carried(&self, actions: &[Action]) -> BTreeMap<TerminalName, Running> {
        let mut wanted: BTreeSet<TerminalName> = BTreeSet::new();
        let mut started: BTreeSet<TerminalName> = BTreeSet::new();
        let mut words: BTreeSet<&str> = BTreeSet::new();
        for action in actions {
            match action {
                Action::Type { node, code, .. } => {
                    wanted.extend(Some(place::terminal(node.as_deref())).filter(|at| !started.contains(at)));
                    let named = self.running.iter().filter(|(at, running)| {
                        let name = running.start.node.as_deref();
                        !started.contains(*at) && name.is_some_and(|name| code.contains(name))
                    });
                    wanted.extend(named.map(|(at, _)| at.clone()));
                    words.extend(syntax::words(code));
                }
                Action::Seen { node, .. } => {
                    wanted.extend(Some(place::terminal(node.as_deref())).filter(|at| !started.contains(at)));
                }
                Action::Command { text, .. } => {
                    started.extend(Start::of(text).map(|start| place::terminal(start.node.as_deref())));
                }
                Action::Code { .. } | Action::Failure(_) => {}
            }
        }
        let carried = self.running.iter().filter(|(at, _)| wanted.contains(*at)).map(|(at, running)| {
            let is_used = |code: &&String| {
                let names = syntax::gives_names(code);
                names.iter().any(|name| name == "*" || words.contains(name.as_str()))
            };
            let typed = running.typed.iter().filter(is_used).cloned().collect();
            (at.clone(), Running { typed, is_stale: false, ..running.clone() })
        });
        carried.collect()
    }

    /// Lets a node run from the section's start.
    pub(super) fn begin(&mut self, at: &TerminalName, running: Running) {
        self.declare(at);
        let line = self.in_folder(at, &running.line, running.start.is_mix);
        let compiles = running.start.is_mix.then(|| self.files.project.clone()).flatten();
        let shell = place::named(SHELL);
        let compile = compiles.map(|project| format!("cd {} && mix compile", project.folder));
        if compile.is_some() {
            self.declare(&shell);
        }
        let Some(section) = self.outline.sections.last_mut() else { return };
        if let Some(text) = compile {
            let compiling = Input::Type { terminal: shell.clone(), text };
            if !section.start.contains(&compiling) {
                let at = section.start.iter().position(|input| matches!(input, Input::Type { .. }));
                section.start.insert(at.unwrap_or(section.start.len()), compiling);
                if let Some(project) = &self.files.project {
                    self.folders.insert(shell, project.folder.clone());
                }
            }
        }
        section.start.push(Input::Type { terminal: at.clone(), text: line });
        let typed = running.typed.iter().map(|text| Input::Type { terminal: at.clone(), text: text.clone() });
        section.start.extend(typed);
        self.running.insert(at.clone(), running);
    }

    /// The line behind what brings its terminal into the project's folder, where it must be there and is not.
    pub(super) fn in_folder(&mut self, at: &TerminalName, line: &str, is_of_project: bool) -> String {
        let Some(project) = self.files.project.as_ref().filter(|_| is_of_project) else {
            return line.to_owned();
        };
        if self.folders.get(at) == Some(&project.folder) {
            return line.to_owned();
        }
        self.folders.insert(at.clone(), project.folder.clone());
        format!("cd {} && {line}", project.folder)
    }
}
