//! What a deed adds to the step at hand: inputs, goals, hints, and what its author has to see to.

use crate::{
    i18n::Localized,
    lesson::{Input, TerminalName, syntax},
};

use super::{
    super::{
        block::Start,
        condition::{self, Goal, Typed},
        messages,
        project::Change,
    },
    Builder,
    deed::Deed,
    ground::Running,
    place::{self, SHELL},
    step::Kept,
};

impl Builder {
    pub(super) fn perform(&mut self, deed: Deed, kept: &mut Kept) {
        match deed {
            Deed::Type { at, node, code, shown } => self.type_in(at, node, code, &shown, kept),
            Deed::Start { at, line, start } => self.start(at, &line, start, kept),
            Deed::New(project, line) => {
                let shell = place::named(SHELL);
                self.folders.remove(&shell);
                let goal = condition::made(&project);
                self.enter(&shell, line.clone(), goal);
                kept.take(&shell, &line, "sh");
                self.wait(10);
            }
            Deed::Run { text, shown, may_fail } => {
                let shell = place::named(SHELL);
                let is_mix = text.split_whitespace().any(|word| word == "mix");
                let line = self.in_folder(&shell, &text, is_mix);
                let goal = condition::ran(&text, &shell, &shown, may_fail);
                self.enter(&shell, line.clone(), goal);
                kept.take(&shell, &line, "sh");
                self.wait(10);
            }
            Deed::Put { path, shown } => self.put(&path, &shown, kept),
            Deed::Seen { at, text } => {
                if !self.see(&at, &text) {
                    let todo = format!("the source shows in {at} what nothing here brings about: `{text}`.");
                    self.remember(todo);
                }
            }
            Deed::Note => {}
        }
    }

    fn enter(&mut self, at: &TerminalName, text: String, goal: Goal) {
        self.declare(at);
        let input = Input::Type { terminal: at.clone(), text };
        if let Some(step) = self.last_step() {
            step.answer.push(input);
            // What is done twice is asked for once.
            if step.goals.iter().all(|other| other.conditions != goal.conditions) {
                step.goals.push(goal);
            }
        }
    }

    fn hint(&mut self, hint: Localized) {
        if let Some(step) = self.last_step() {
            step.hints.push(hint);
        }
    }

    fn remember(&mut self, todo: String) {
        if let Some(step) = self.last_step().filter(|step| !step.todos.contains(&todo)) {
            step.todos.push(todo);
        }
    }

    fn wait(&mut self, seconds: u32) {
        if let Some(step) = self.last_step() {
            step.within = Some(step.within.unwrap_or_default().max(seconds));
        }
    }

    fn type_in(
        &mut self,
        at: TerminalName,
        node: Option<String>,
        code: String,
        shown: &[String],
        kept: &mut Kept,
    ) {
        self.ensure_running(&at, node, kept);
        if !self.has_prompts {
            self.remember(
                "the source has no prompts: is this typed into iex, and what must come of it?".to_owned(),
            );
        }
        if self.running.get(&at).is_some_and(|running| running.is_stale) {
            let todo = format!(
                "{at} was started before its code changed: let the learner start it anew, or `recompile()`."
            );
            self.remember(todo);
        }
        let goal =
            Typed { at: &at, code: &code, pattern: &syntax::loosened(&code, &self.names), shown }.goal();
        if let Some(running) = self.running.get_mut(&at) {
            running.typed.push(code.clone());
        }
        kept.take(&at, &code, "elixir");
        self.enter(&at, code, goal);
    }

    /// A prompt that the source has never started runs from the section's start, or once there is a project.
    fn ensure_running(&mut self, at: &TerminalName, node: Option<String>, kept: &mut Kept) {
        if self.running.contains_key(at) {
            return;
        }
        let is_mix = self.files.project.is_some();
        let named = node.as_ref().map_or_else(String::new, |node| format!(" --sname {node}"));
        let line = format!("iex{named}{}", if is_mix { " -S mix" } else { "" });
        let start = Start { node, cookie: None, is_mix };
        let is_later = is_mix && self.outline.sections.last().is_some_and(|section| section.makes_project);
        if is_later {
            self.start(at.clone(), &line, start, kept);
            let todo = format!("the source types into {at} and does not say how it was started.");
            self.remember(todo);
        } else {
            self.begin(at, Running { line, start, typed: Vec::new(), is_stale: false });
        }
    }

    fn start(&mut self, at: TerminalName, line: &str, start: Start, kept: &mut Kept) {
        let before = self.running.remove(&at);
        let is_same = before.as_ref().is_some_and(|before| before.start == start);
        if before.is_some() {
            if let Some(step) = self.last_step() {
                step.answer.push(Input::Close(at.clone()));
            }
            self.hint(messages::close_first(at.as_str()));
        }
        let goal = condition::started(&start, &at, is_same);
        let written = self.in_folder(&at, line, start.is_mix);
        kept.take(&at, &written, "sh");
        self.wait(if start.is_mix { 10 } else { 5 });
        self.enter(&at, written, goal);
        if self.is_of_another_host {
            self.remember(
                "the source has nodes on another host; here each is on localhost: see that its words agree."
                    .to_owned(),
            );
            self.is_of_another_host = false;
        }
        self.running.insert(at, Running { line: line.to_owned(), start, typed: Vec::new(), is_stale: false });
    }

    fn put(&mut self, path: &str, shown: &str, kept: &mut Kept) {
        let before = self.files.texts.get(path).cloned();
        self.learn(shown);
        let change = self.files.put(path, shown);
        let after = self.files.texts.get(path).cloned();
        kept.lead = kept.lead.take().or_else(|| Some((path.to_owned(), messages::in_file(path))));
        self.hint(messages::save_file(path));
        let (input, todo) = match (change, &after) {
            (Some(Change::Whole { loses }), Some(after)) => {
                let todo = (!loses.is_empty()).then(|| {
                    format!("the block is taken for all of {path}, which loses {}.", loses.join(", "))
                });
                (Some(Input::Write { path: path.to_owned(), text: after.clone() }), todo)
            }
            (Some(Change::Edit { replace, with, is_before }), _) => {
                let place =
                    if is_before { "before the clauses that are there" } else { "where it seems to belong" };
                let todo =
                    format!("the source shows a part of {path}; it was put {place}: see that it is right.");
                (Some(Input::Edit { path: path.to_owned(), replace, with }), Some(todo))
            }
            (Some(Change::Rewritten { is_before }), Some(after)) => {
                let place = if is_before { ", new clauses before those that are there" } else { "" };
                let todo = format!(
                    "the source shows parts of {path}; they were put in{place}: see that it is right."
                );
                (Some(Input::Write { path: path.to_owned(), text: after.clone() }), Some(todo))
            }
            // It was tried on a copy, with another outcome only where the step before has changed the file.
            (Some(_) | None, _) => (None, Some(format!("write the edit of {path} that the text shows."))),
        };
        if let Some(todo) = todo {
            self.remember(todo);
        }
        let goal = after.as_deref().and_then(|after| condition::saved(path, before.as_deref(), after));
        if goal.is_none() {
            self.remember(format!("no condition tells {path} from what it was before."));
        }
        let goal = goal.unwrap_or_else(|| condition::is_there(path));
        let is_of_project =
            self.files.project.as_ref().is_some_and(|project| path.starts_with(&project.folder));
        for running in self.running.values_mut().filter(|running| running.start.is_mix && is_of_project) {
            running.is_stale |= input.is_some();
        }
        if let Some(step) = self.last_step() {
            step.answer.extend(input);
            step.goals.push(goal);
        }
    }

    /// Something that was printed on another terminal by what was typed last; whether it can have been.
    pub(super) fn see(&mut self, at: &TerminalName, text: &str) -> bool {
        let is_known = self.literals.contains(text);
        if !self.is_open || !is_known {
            return false;
        }
        self.declare(at);
        let condition = condition::printed(text, at);
        let Some(goal) =
            self.last_step().and_then(|step| step.goals.iter_mut().rev().find(|goal| goal.is_together))
        else {
            return false;
        };
        if !goal.conditions.contains(&condition) {
            goal.conditions.push(condition);
        }
        true
    }
}
