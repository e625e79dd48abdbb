//! A named place to type into: at `$` a shell, inside `iex` a node.
//!
//! A command's life: `Terminal::enter` opens a pseudo-terminal and has the guardian run `sh` on it. If it starts
//! an `iex`, the shim leaves a file beside the terminal's socket, the bridge connects there, and with its hello the
//! terminal is a node. When that connection ends, so does the node: whatever the node's process still does after
//! 300 ms, it is killed. The command is over when the guardian says so (and has killed what the command left
//! behind), its pseudo-terminal has been read to the end and no node is connected: then the terminal is at `$`.
//! What was typed into it and nobody has read is then for whatever reads next.

mod command;
mod link;
mod node;
mod pty;
mod text;

use std::path::{Path, PathBuf};

use self::command::{Command, Unread};
pub(super) use self::{
    command::Environment,
    link::{Door, Link},
    node::Node,
    pty::Size,
};
use super::{
    event::Event,
    guardian::{CommandId, GuardianRequest},
    messages,
    protocol::{FromNode, Malformed, ToNode},
    shared::Shared,
    timers::Timer,
};
use crate::{
    error::Error,
    i18n::Localized,
    lesson::{Cause, Fact, Fault, OutputKind, Prompt, Sender, TerminalName, shell_line::ShellLine},
};

/// What reaches a terminal from its threads and tasks.
pub(super) enum TerminalEvent {
    Wrote {
        id: CommandId,
        bytes: Vec<u8>,
    },
    /// The pseudo-terminal has been read to its end.
    WroteLast {
        id: CommandId,
    },
    /// What was typed into a command that has ended, and was not read by it.
    Unread {
        id: CommandId,
        bytes: Vec<u8>,
    },
    Linked {
        terminal: usize,
        link: Link,
    },
    Said {
        terminal: usize,
        said: FromNode,
    },
    /// What a node said is no frame; it is hung up on.
    Garbled {
        terminal: usize,
        why: Malformed,
    },
    Unlinked {
        terminal: usize,
    },
}

pub(super) struct Terminal {
    name: TerminalName,
    environment: Environment,
    /// Where commands begin after [`Terminal::go_home`].
    home: PathBuf,
    /// Where the next command runs.
    folder: PathBuf,
    /// How many inputs there were, and which of them is the command that runs or ran last.
    inputs: u32,
    started: u32,
    command: Option<Command>,
    node: Option<Node>,
    /// Its processes are stopped.
    is_paused: bool,
    _door: Door,
}

impl Terminal {
    pub(super) fn new(name: TerminalName, environment: Environment, home: PathBuf, door: Door) -> Self {
        Self {
            name,
            environment,
            folder: home.clone(),
            home,
            inputs: 0,
            started: 0,
            command: None,
            node: None,
            is_paused: false,
            _door: door,
        }
    }

    pub(super) fn name(&self) -> &TerminalName {
        &self.name
    }

    pub(super) fn command_id(&self) -> Option<CommandId> {
        self.command.as_ref().map(Command::id)
    }

    pub(super) fn node(&self) -> Option<&Node> {
        self.node.as_ref()
    }

    /// Where the next command runs.
    pub(super) fn folder(&self) -> &Path {
        &self.folder
    }

    pub(super) fn is_paused(&self) -> bool {
        self.is_paused
    }

    pub(super) fn pause(&self, shared: &mut Shared) {
        if let Some(id) = self.command_id() {
            self.request(GuardianRequest::Pause { id }, shared);
        }
    }

    pub(super) fn resume(&self, shared: &mut Shared) {
        if let Some(id) = self.command_id() {
            self.request(GuardianRequest::Resume { id }, shared);
        }
    }

    /// The guardian has done it.
    pub(super) fn was_paused(&mut self, is_paused: bool, shared: &mut Shared) {
        if self.node.is_some() && self.is_paused != is_paused {
            self.is_paused = is_paused;
            let fault = if is_paused { Fault::Pause } else { Fault::Resume };
            shared.tell(Fact::Fault(fault(self.name.clone())));
        }
    }

    /// Whether something runs that no bridge can tell of.
    pub(super) fn runs_unseen(&self) -> bool {
        self.command.is_some() && self.node.is_none()
    }

    /// The command that runs, or ran last.
    fn command_cause(&self) -> Option<Cause> {
        Some(Cause { terminal: self.name.clone(), number: self.started })
    }

    /// Of what is entered now.
    fn next_cause(&mut self, at_node: bool) -> Option<Cause> {
        if at_node {
            return self.node.as_ref()?.reading().cloned();
        }
        if self.is_idle() {
            self.inputs += 1;
            self.started = self.inputs;
        }
        self.command_cause()
    }

    pub(super) fn is_idle(&self) -> bool {
        self.command.is_none()
    }

    pub(super) fn go_home(&mut self) {
        self.folder.clone_from(&self.home);
    }

    /// One whole input, possibly of many lines: a command, lines for a node, or keys for a program.
    /// False where it is too long to be one.
    pub(super) fn enter(&mut self, text: &str, shared: &mut Shared) -> bool {
        if node::is_too_long(text) {
            // It never was an input: the prompt that waits goes on waiting.
            self.fail(node::too_long(), shared);
            return false;
        }
        let at_node = self.node.is_some() || self.boots();
        // Until the shim can have run, the line says whether it will.
        let is_program = self.is_idle() && !ShellLine::of(text).runs("iex");
        if is_program {
            self.tell_foreground(is_program, shared);
        }
        let cause = self.next_cause(at_node);
        let input = Fact::Input { terminal: self.name.clone(), text: text.to_owned(), at_node };
        shared.tell_caused(cause, input);
        let outcome = match (&mut self.node, &mut self.command) {
            (Some(node), _) => {
                let fed = node.feed(text);
                if fed.is_ok() {
                    node.is_fed();
                }
                // Where it was not fed, it still waits.
                node.tell_prompt(self.name.clone(), shared);
                fed
            }
            (None, Some(command)) if at_node => command.hold(text),
            (None, Some(command)) => command.feed(text),
            (None, None) => self.begin(text, is_program, shared),
        };
        if let Err(error) = outcome {
            self.fail(error, shared);
        }
        true
    }

    /// Whether an `iex` was started that is no node yet.
    fn boots(&self) -> bool {
        self.node.is_none()
            && self.command.is_some()
            && self.environment.boot_file().symlink_metadata().is_ok()
    }

    /// Likewise, and not for so long that it may never be one.
    pub(super) fn is_booting(&self) -> bool {
        self.boots() && self.command.as_ref().is_some_and(|command| !command.boots_late())
    }

    fn begin(&mut self, text: &str, is_program: bool, shared: &mut Shared) -> Result<(), Error> {
        let busy = Fact::Prompt { terminal: self.name.clone(), prompt: Prompt::Busy };
        shared.tell_caused(self.command_cause(), busy);
        match Command::begin(text, &self.folder, &self.environment, is_program, shared) {
            Ok(command) => {
                self.command = Some(command);
                Ok(())
            }
            Err(error) => {
                self.fail(error, shared);
                self.could_not_begin(text, shared);
                Ok(())
            }
        }
    }

    fn tell_foreground(&self, is_program: bool, shared: &mut Shared) {
        shared.events.push_back(Event::Foreground { terminal: self.name.clone(), is_program });
    }

    /// Tells where the command has turned out to be a program, or to have started an `iex`.
    fn look_at_foreground(&mut self, shared: &mut Shared) {
        let is_program = self.node.is_none() && !self.boots();
        let Some(command) = &mut self.command else { return };
        if std::mem::replace(&mut command.is_program, is_program) != is_program {
            self.tell_foreground(is_program, shared);
        }
    }

    /// 126 is what a shell gives for a command that it found and can't run.
    fn could_not_begin(&mut self, text: &str, shared: &mut Shared) {
        if self.environment.is_confined() || self.environment.lacks(&self.folder) {
            self.go_home();
        }
        self.tell_end(text.to_owned(), Some(126), shared);
    }

    /// Types a line for whoever reads it first: the command that runs, or else what comes after it, told by an
    /// [`Event::Unread`]. False where nothing runs that has the keys.
    pub(super) fn type_ahead(&mut self, line: &str) -> bool {
        let has_keys = self.node.is_none() && !self.boots();
        has_keys && self.command.as_mut().is_some_and(|command| command.type_ahead(line))
    }

    /// Keys for the program in the foreground.
    pub(super) fn bytes(&mut self, bytes: &[u8], shared: &mut Shared) {
        let Some(command) = &mut self.command else {
            let typed = String::from_utf8_lossy(bytes).replace('\r', "\n");
            shared.events.push_back(Event::Late { terminal: self.name.clone(), typed });
            return;
        };
        if let Err(error) = command.type_bytes(bytes.to_vec()) {
            self.fail(error, shared);
        }
    }

    /// Ctrl-C.
    pub(super) fn interrupt(&mut self, shared: &mut Shared) {
        match (&self.node, &self.command) {
            (Some(node), _) => {
                if let Err(error) = node.send(&[ToNode::Interrupt]) {
                    self.fail(error, shared);
                }
            }
            (None, Some(command)) => command.interrupt(),
            (None, None) => {}
        }
    }

    /// Ctrl-D.
    pub(super) fn end_input(&mut self, shared: &mut Shared) {
        let told = self.node.as_ref().map(|node| node.send(&[ToNode::Eof]));
        if let Some(Err(error)) = told {
            self.fail(error, shared);
        }
    }

    /// Ends what runs; the facts of it follow.
    pub(super) fn close(&mut self, shared: &mut Shared) {
        let Some(id) = self.command_id() else { return };
        match &self.node {
            // A node that can't be told either is killed at once.
            Some(node) if !self.is_paused && node.send(&[ToNode::Halt]).is_ok() => {
                shared.timers.set(Timer::Kill(id), node::HALTING);
            }
            Some(_) | None => self.kill(shared),
        }
    }

    pub(super) fn kill(&mut self, shared: &mut Shared) {
        if let Some(id) = self.command_id() {
            self.request(GuardianRequest::Kill { id }, shared);
        }
    }

    fn request(&self, request: GuardianRequest, shared: &mut Shared) {
        if let Err(error) = shared.guardian.ask(request) {
            self.fail(error, shared);
        }
    }

    fn fail(&self, error: Error, shared: &mut Shared) {
        shared.events.push_back(Event::Failed { terminal: Some(self.name.clone()), error });
    }

    pub(super) fn resize(&mut self, (columns, rows): Size) {
        if let Some(command) = &self.command {
            command.resize((columns, rows));
        }
        if let Some(node) = &self.node {
            // A node that doesn't listen just keeps the size that it has.
            let _ = node.send(&[ToNode::Geometry { columns, rows }]);
        }
    }

    pub(super) fn runs(&mut self) {
        if let Some(command) = &mut self.command {
            command.runs();
        }
    }

    pub(super) fn could_not_run(&mut self, why: Localized, shared: &mut Shared) {
        let Some(command) = self.command.take() else { return };
        let error = Error::could_not_run(messages::no_command_in(&messages::shown(&self.folder)));
        self.fail(error.because(why), shared);
        self.could_not_begin(command.text(), shared);
    }

    pub(super) fn wrote(&mut self, bytes: Vec<u8>, shared: &mut Shared) {
        if self.command.as_ref().is_some_and(|command| command.is_program) {
            self.look_at_foreground(shared);
        }
        let Some(command) = &mut self.command else { return };
        let text = command.take(&bytes, shared);
        if self.node.is_none() {
            shared.events.push_back(Event::Raw { terminal: self.name.clone(), bytes });
        }
        self.show(text, shared);
    }

    pub(super) fn flush(&mut self, shared: &mut Shared) {
        let text = self.command.as_mut().and_then(Command::flush);
        self.show(text, shared);
        self.show_left_out(shared);
    }

    /// Within the budget of the present input; beyond it text is counted.
    fn show(&mut self, text: Option<String>, shared: &mut Shared) {
        let kept = text.and_then(|text| self.command.as_mut()?.keep(text));
        self.show_kept(kept, shared);
    }

    fn show_kept(&mut self, text: Option<String>, shared: &mut Shared) {
        if let Some(text) = text {
            // What a node's file descriptors were given has no origin.
            let cause = if self.node.is_none() { self.command_cause() } else { None };
            let output = Fact::Output {
                terminal: self.name.clone(),
                kind: OutputKind::Raw,
                by: None,
                sender: Sender::default(),
                text,
            };
            shared.tell_caused(cause, output);
        }
    }

    fn show_left_out(&mut self, shared: &mut Shared) {
        let bytes = self.command.as_mut().map_or(0, Command::take_left_out);
        if bytes > 0 {
            shared.tell(Fact::LeftOut { terminal: self.name.clone(), bytes });
        }
    }

    pub(super) fn linked(&mut self, link: Link, shared: &mut Shared) {
        self.flush(shared);
        if self.command.is_some() {
            let started = Cause { terminal: self.name.clone(), number: self.started };
            self.node = Some(Node::new(link, started));
            self.look_at_foreground(shared);
        }
    }

    pub(super) fn said(&mut self, said: FromNode, shared: &mut Shared) {
        let is_hello = matches!(said, FromNode::Hello { .. });
        let Some(node) = &mut self.node else { return };
        node.said(&self.name, said, shared);
        self.inputs = self.inputs.max(node.input().number);
        if is_hello {
            self.feed_held(shared);
        }
    }

    /// What was typed while the node booted.
    fn feed_held(&mut self, shared: &mut Shared) {
        let (Some(node), Some(command)) = (&mut self.node, &mut self.command) else { return };
        let mut first = vec![ToNode::Geometry { columns: shared.size.0, rows: shared.size.1 }];
        first.extend(shared.is_attended.then_some(ToNode::Pace));
        let fed = node.send(&first);
        let held = command.take_held();
        let fed = fed.and_then(|()| held.iter().try_for_each(|text| node.feed(text)));
        if let Err(error) = fed {
            self.fail(error, shared);
        }
    }

    pub(super) fn garbled(&mut self, why: Malformed, shared: &mut Shared) {
        let error = Error::could_not_run(messages::garbled(self.name.as_str()));
        self.fail(error.because(why.told()), shared);
    }

    pub(super) fn unlinked(&mut self, shared: &mut Shared) {
        let Some(node) = self.node.take() else { return };
        self.is_paused = false;
        shared.tell(Fact::Prompt { terminal: self.name.clone(), prompt: Prompt::Busy });
        if let (Some(id), Some(pid)) = (self.command_id(), node.os_pid()) {
            shared.timers.set(Timer::EndNode(id, pid), node::LEAVING);
        }
        self.environment.forget_boot();
        node.stopped(&self.name, shared);
        self.finish_if_over(shared);
    }

    pub(super) fn end_node(&mut self, pid: u32, shared: &mut Shared) {
        if let Some(id) = self.command_id() {
            self.request(GuardianRequest::KillOne { id, pid }, shared);
        }
    }

    /// Tells what has the foreground, and of a boot that takes too long; looks again later.
    pub(super) fn check_boot(&mut self, shared: &mut Shared) {
        self.look_at_foreground(shared);
        let age = self.environment.boot_age().filter(|_| self.node.is_none());
        if self.command.as_mut().is_some_and(|command| command.check_boot(age, shared)) {
            shared.events.push_back(Event::BootTimedOut { terminal: self.name.clone() });
        }
    }

    pub(super) fn wrote_last(&mut self, shared: &mut Shared) {
        if let Some(command) = &mut self.command {
            command.wrote_last();
        }
        self.finish_if_over(shared);
    }

    pub(super) fn unread(&mut self, bytes: Vec<u8>, shared: &mut Shared) {
        if let Some(command) = &mut self.command {
            command.unread(bytes);
        }
        self.finish_if_over(shared);
    }

    pub(super) fn ended(&mut self, code: Option<i32>, shared: &mut Shared) {
        if let Some(command) = &mut self.command {
            command.ended(code, shared);
        }
        self.finish_if_over(shared);
    }

    /// The guardian never said that it runs.
    pub(super) fn check_start(&mut self, shared: &mut Shared) {
        if self.command.as_ref().is_some_and(Command::is_starting) {
            self.could_not_run(messages::guardian_is_mute(), shared);
        }
    }

    fn finish_if_over(&mut self, shared: &mut Shared) {
        if self.node.is_none() && self.command.as_ref().is_some_and(Command::is_over) {
            self.finish(shared);
        }
    }

    /// The last bytes have had their time.
    pub(super) fn finish_late(&mut self, shared: &mut Shared) {
        if !self.command.as_mut().is_some_and(|command| command.drains_on(shared)) {
            self.finish(shared);
        }
    }

    /// Back to `$`, if the command has ended.
    fn finish(&mut self, shared: &mut Shared) {
        let Some(command) = self.command.as_mut().filter(|command| command.has_ended()) else { return };
        let text = command.end();
        self.show(text, shared);
        let last = self.command.as_mut().and_then(Command::take_last);
        self.show_left_out(shared);
        self.show_kept(last, shared);
        let Some(mut command) = self.command.take() else { return };
        if let Some(node) = self.node.take() {
            self.is_paused = false;
            node.stopped(&self.name, shared);
        }
        self.environment.forget_boot();
        if let Some(folder) = self.environment.take_folder() {
            self.folder = folder;
        }
        if let Some(Unread { lines, begun, was_read }) = command.take_unread() {
            let terminal = self.name.clone();
            shared.events.push_back(Event::Unread { terminal, lines, begun, was_read });
        }
        self.tell_end(command.text().to_owned(), command.code(), shared);
    }

    fn tell_end(&self, command: String, code: Option<i32>, shared: &mut Shared) {
        let (terminal, cause) = (self.name.clone(), self.command_cause());
        shared.tell_caused(cause.clone(), Fact::CommandEnded { terminal: terminal.clone(), command, code });
        shared.tell_caused(cause, Fact::Prompt { terminal, prompt: Prompt::Dollar });
    }
}
