//! The loop of the terminal driver: print what came, then wait, edit or relay.

use std::{
    collections::VecDeque,
    env, io,
    sync::Arc,
    time::{Duration, Instant},
};

use reedline::{EditMode, Reedline, Signal};
use tokio::sync::mpsc;

use crate::{
    guide::{command::Command, slash_command::Then},
    lesson::{NodeName, Prompt, TerminalName},
    render::{Page, Tone},
    session::notice::{Notice, PromptLine},
    shell::{
        Observer, Options, answer,
        command::{self, PromptContext, Reader},
        inbox::Inbox,
        messages,
    },
};

use super::{
    completer::Scene,
    editor::Editors,
    flood::Floods,
    gate::Switch,
    history::Histories,
    keys::{self, Focus, Keys},
    layout::EditRequests,
    pages::Pages,
    pause::Pause,
    prompt::LinePrompt,
    raw,
    reflow::Reflow,
    relay::{self, Relay},
    screen::{Block, Drawn, Screen},
    size::Size,
    stdin::{self, Wakeup},
};

/// How long a prompt is held back after a command, so that its answer comes first.
const ANSWER: Duration = Duration::from_millis(60);
/// How long nothing but a bare line shows that a node is at work.
pub(super) const WORK: Duration = Duration::from_millis(800);

pub(super) struct Driver {
    pub(super) inbox: Arc<Inbox>,
    commands: mpsc::Sender<Command>,
    gate: Switch,
    pub(super) size: Arc<Size>,
    pub(super) editors: Editors,
    pub(super) page: Page,
    pub(super) screen: Screen,
    pub(super) terminal: Option<TerminalName>,
    pub(super) prompt: PromptLine,
    /// Who read last; a line typed ahead is taken for its.
    pub(super) reader: Option<Reader>,
    pub(super) buffer: String,
    /// A byte offset into the buffer.
    pub(super) cursor: usize,
    /// The buffer was typed while the command that the program came of ran, in the same terminal: it is the program's.
    pub(super) is_ahead: bool,
    /// How many bytes of the buffer came back from a program.
    pub(super) begun: usize,
    pub(super) floods: Floods,
    pub(super) pages: Pages,
    /// Entered before there was any prompt, and whose it will be was not known.
    early: VecDeque<String>,
    /// No prompt is drawn before this, unless a key is pressed.
    pub(super) patience: Instant,
    pub(super) is_over: bool,
    pub(super) observer: Option<Observer>,
    /// Somebody who stayed in a program was told how to leave it.
    is_told_way_out: bool,
}

/// However it ends, nobody waits for it.
impl Drop for Driver {
    fn drop(&mut self) {
        self.inbox.leave();
    }
}

impl Driver {
    pub(super) fn new(
        inbox: Arc<Inbox>,
        commands: mpsc::Sender<Command>,
        gate: Switch,
        options: Options,
    ) -> Self {
        let size = Arc::new(Size::new(commands.clone()));
        let (columns, _) = size.look();
        let pause = Pause::new(Arc::clone(&inbox.alarm), Arc::clone(&size));
        let wishes = EditRequests::new(pause.clone());
        let editors = Editors {
            keys: Keys::new(options.keys, Arc::clone(&size), pause.clone(), wishes.clone()),
            wishes,
            history: Histories::open(options.history.as_deref()),
            size: Arc::clone(&size),
            palette: options.palette,
            commands: commands.clone(),
            pause,
            is_told: Arc::default(),
        };
        Self {
            inbox,
            commands,
            gate,
            size,
            editors,
            page: Page::new(usize::from(columns), options.palette, options.lang),
            screen: Screen::new(Reflow::guess(|name| env::var_os(name).is_some())),
            terminal: None,
            prompt: PromptLine::Terminal(Prompt::Busy),
            reader: None,
            buffer: String::new(),
            cursor: 0,
            is_ahead: false,
            begun: 0,
            floods: Floods::default(),
            pages: Pages::default(),
            early: VecDeque::new(),
            patience: Instant::now() + WORK,
            is_over: false,
            observer: options.observer,
            is_told_way_out: false,
        }
    }

    /// Until the guide says goodbye. A terminal that fails is one that is gone: the guide is told to quit.
    pub(super) fn run(mut self) {
        while !self.is_over {
            if self.turn().is_err() {
                self.is_over = self.commands.blocking_send(Command::Quit).is_err();
                self.say_nothing_more();
            }
        }
    }

    /// The terminal is gone: only the guide's goodbye matters.
    fn say_nothing_more(&mut self) {
        while !self.is_over && !self.inbox.is_over() {
            self.inbox.wait(WORK);
            self.is_over = self.inbox.take().iter().any(|notice| matches!(notice, Notice::Bye(_)));
        }
        self.is_over = true;
    }

    fn turn(&mut self) -> io::Result<()> {
        self.show(None)?;
        if self.is_over || self.inbox.is_over() || raw::is_given_back() {
            self.is_over = true;
            return Ok(());
        }
        if Reader::of(&self.prompt).is_some()
            && let Some(text) = self.early.pop_front()
        {
            self.read(&text);
            return Ok(());
        }
        let relays = self.prompt == PromptLine::Relay;
        if !relays && self.buffer.is_empty() && self.is_patient() {
            return self.wait();
        }
        // Once the node has answered, or takes its time. A history that can't be written is still there until the end
        // of the session.
        let _ = self.editors.history.sync();
        if relays { self.relay() } else { self.edit() }
    }

    fn is_patient(&self) -> bool {
        Instant::now() < self.patience
    }

    /// Without a prompt; the first key ends it and stays where it is.
    fn wait(&mut self) -> io::Result<()> {
        let limit = self.patience.saturating_duration_since(Instant::now());
        match stdin::wait(self.inbox.ear(), limit)? {
            Wakeup::Key | Wakeup::Nothing => self.patience = Instant::now(),
            Wakeup::Notice => {}
        }
        Ok(())
    }

    fn relay(&mut self) -> io::Result<()> {
        let terminals = self.terminals();
        let way_out = relay::way_out(&terminals, self.terminal.as_ref());
        let way_out = (!self.is_told_way_out).then(|| self.page.lines(&Notice::Say(way_out)));
        let mut typed = Vec::new();
        if std::mem::take(&mut self.is_ahead) {
            // With the edits that were to wait for the next editor.
            typed = keys::program_bytes(self.editor().current_buffer_contents());
            self.keep("", 0);
        }
        let relay = Relay {
            inbox: &self.inbox,
            commands: &self.commands,
            gate: &self.gate,
            size: &self.size,
            terminals: &terminals,
            here: self.terminal.as_ref(),
            way_out,
        };
        let ended = relay.run(typed)?;
        self.is_told_way_out |= ended.is_told;
        self.screen.settle();
        self.prompt = PromptLine::Terminal(Prompt::Busy);
        self.is_over = ended.is_over;
        self.inbox.give_back(ended.waiting);
        Ok(())
    }

    fn edit(&mut self) -> io::Result<()> {
        let prompt = self.line_prompt().with_mode(&self.editors.keys.edit_mode());
        let reader = Reader::of(&self.prompt);
        if reader.is_some() {
            self.pages.renew();
        }
        let mut editor = self.editor();
        let (columns, rows) = self.size.draw();
        let whole = prompt.with(editor.current_buffer_contents());
        self.screen.make_room(&whole, usize::from(columns), usize::from(rows))?;
        let signal = editor.read_line(&prompt)?;
        let buffer = editor.current_buffer_contents().to_owned();
        let cursor = editor.current_insertion_point();
        let drawn = Drawn {
            before_cursor: prompt.with(buffer.get(..cursor).unwrap_or(&buffer)),
            columns: self.size.painted().0,
        };
        match signal {
            Signal::Success(text) => self.entered(&text),
            Signal::CtrlD if reader == Some(Reader::Program) => {
                self.keep("", 0);
                self.give(Command::EndOfInput);
            }
            Signal::CtrlD => {
                self.keep("", 0);
                self.send(Command::Quit);
                self.patience = Instant::now() + WORK;
            }
            Signal::HostCommand(word) if word == keys::INTERRUPT => {
                self.interrupt(&prompt, &buffer, &drawn)?;
            }
            Signal::HostCommand(word) => {
                self.keep(&buffer, cursor);
                self.focus(&word);
                self.show(Some(&drawn))?;
            }
            Signal::ExternalBreak(_) => {
                let (buffer, cursor) = self.editors.wishes.grant(buffer, cursor);
                self.keep(&buffer, cursor);
                self.show(Some(&drawn))?;
            }
            // reedline may learn more signals; none of them ends a line.
            _ => self.keep(&buffer, cursor),
        }
        Ok(())
    }

    /// One that goes on with what is typed so far.
    fn editor(&self) -> Reedline {
        let scene = Scene {
            reader: Reader::of(&self.prompt),
            terminals: self.terminals(),
            nodes: self.nodes(),
            lang: self.page.lang(),
        };
        self.editors.make(scene, &self.buffer, self.cursor)
    }

    fn line_prompt(&self) -> LinePrompt {
        let lang = self.page.lang();
        match &self.terminal {
            Some(terminal) => LinePrompt::new(terminal.as_str(), &self.prompt, self.page.palette, lang),
            None => LinePrompt::nameless(lang),
        }
    }

    fn terminals(&self) -> Vec<TerminalName> {
        self.page.map().nodes.iter().map(|(terminal, _)| terminal.clone()).collect()
    }

    /// Full names of the nodes that run, and those that the terminals are named after.
    fn nodes(&self) -> Vec<String> {
        let named = |(terminal, node): &(TerminalName, Option<NodeName>)| match node {
            Some(node) => node.to_string(),
            None => format!("{terminal}@localhost"),
        };
        self.page.map().nodes.iter().map(named).collect()
    }

    pub(super) fn keep(&mut self, buffer: &str, cursor: usize) {
        if buffer.is_empty() {
            self.editors.begin_anew();
        }
        if buffer.get(..self.begun).is_none_or(|begun| !self.buffer.starts_with(begun)) {
            self.begun = 0;
        }
        buffer.clone_into(&mut self.buffer);
        self.cursor = cursor;
    }

    pub(super) fn entered(&mut self, text: &str) {
        self.keep("", 0);
        self.screen.settle();
        self.floods.renew();
        self.pages.renew();
        let is_early = self.reader.is_none() && Reader::of(&self.prompt).is_none();
        if is_early && !command::leaves(text) {
            self.early.push_back(text.to_owned());
        } else {
            self.read(text);
        }
        self.editors.history.has_grown();
    }

    fn read(&mut self, text: &str) {
        let terminals = self.terminals();
        let reader = Reader::of(&self.prompt).or(self.reader).unwrap_or(Reader::Dollar);
        let place = PromptContext { reader, focused: self.terminal.as_ref(), terminals: &terminals };
        if command::gives_up(text, reader) {
            return self.say(Notice::Say(messages::given_up()));
        }
        if let Some((expression, call)) = command::below(text, place) {
            self.keep(&format!("{expression}\n"), expression.len() + 1);
            return self.give(Command::Slash(call));
        }
        // While nothing reads, nobody can be asked.
        let bare = Reader::of(&self.prompt).and_then(|_| command::bare(text, place));
        if let Some(name) = bare
            && answer::means_nothing(&self.commands, text, reader)
        {
            return self.say(Notice::Say(messages::without_slash(name)));
        }
        match command::parse(text, place) {
            Ok(commands) => commands.into_iter().for_each(|command| self.give(command)),
            Err(error) => self.say(Notice::Problem(error)),
        }
    }

    /// Texts of the driver's own, below the line that was entered.
    fn say(&mut self, notice: Notice) {
        let lines = self.page.lines(&notice);
        // A screen that can't be printed on is noticed by the next turn.
        let _ = self.screen.print(None, vec![Block::Lines(lines)], false, &self.size);
    }

    /// What the node reads makes it busy until it asks again; a command of Moebi's changes no prompt by itself.
    fn give(&mut self, command: Command) {
        let now = Instant::now();
        if matches!(command, Command::Enter) && self.prompt == PromptLine::Terminal(Prompt::Busy) {
            // Enter means "next" at a prompt; while a node works it means nothing.
            return;
        }
        match &command {
            Command::Line(_) | Command::Choose(_) => {
                self.prompt = PromptLine::Terminal(Prompt::Busy);
                self.patience = now + WORK;
            }
            Command::Quit => self.patience = now + WORK,
            Command::Slash(call) if call.then() == Then::End => self.patience = now + WORK,
            Command::Enter
            | Command::Slash(_)
            | Command::Focus(_)
            | Command::Bytes(_)
            | Command::Interrupt
            | Command::EndOfInput
            | Command::Unfinished
            | Command::Validate { .. }
            | Command::Complete { .. }
            | Command::Folder { .. }
            | Command::Resize { .. } => self.patience = now + ANSWER,
        }
        self.send(command);
    }

    fn send(&mut self, command: Command) {
        if self.commands.blocking_send(command).is_err() {
            self.is_over = true;
        }
    }

    /// Ctrl-C leaves what was typed on the screen and starts a new line; on an empty one it interrupts the node.
    fn interrupt(&mut self, prompt: &LinePrompt, buffer: &str, drawn: &Drawn) -> io::Result<()> {
        self.keep("", 0);
        if buffer.is_empty() {
            self.send(Command::Interrupt);
            self.patience = Instant::now() + ANSWER;
            return self.screen.print(Some(drawn), Vec::new(), false, &self.size);
        }
        let left: Vec<_> = format!("{}^C", prompt.with(buffer)).split('\n').map(str::to_owned).collect();
        let left = left.iter().map(|line| self.page.palette.paint(Tone::Quiet, line)).collect();
        self.screen.print(Some(drawn), vec![Block::Lines(left)], false, &self.size)?;
        self.screen.settle();
        Ok(())
    }

    fn focus(&mut self, host_command: &str) {
        let terminals = self.terminals();
        let here =
            terminals.iter().position(|terminal| Some(terminal) == self.terminal.as_ref()).unwrap_or(0);
        let index = Focus::of(host_command).map(|focus| match focus {
            Focus::At(index) => index,
            Focus::Next => (here + 1) % terminals.len().max(1),
            Focus::Previous => (here + terminals.len().max(1) - 1) % terminals.len().max(1),
        });
        let terminal = index.and_then(|index| terminals.get(index).cloned());
        if let Some(terminal) = terminal {
            self.send(Command::Focus(terminal));
            self.patience = Instant::now() + ANSWER;
        }
    }
}
