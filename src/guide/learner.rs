//! The loop as a learner has it: what they do, and what they are shown of what happens.

use std::{
    collections::VecDeque,
    path::PathBuf,
    time::{Duration, Instant},
};

use tokio::{sync::oneshot, time::timeout};

use crate::{
    error::Result,
    lesson::{Advice, Fact, Input, Lang, OutputKind, Prompt, TerminalName, evidence::Running, lookalike},
    session::{Event, Place, Stage, Wish},
};

use super::{
    Errand, FailedCommand, Guide, MOST_HELD, PARSE,
    notice::{Candidate, Command, Map, Notice, PromptLine, Scope, Slash},
    screens::Piece,
    words,
};

/// What lessons call the mistake of a letter that looks like another.
const GREEK_LETTERS: &str = "greek-letters";

/// How long the last words may take to reach a driver that does not listen.
const FAREWELL: Duration = Duration::from_millis(500);

impl Guide {
    /// Serves the learner until they leave.
    pub async fn teach(&mut self, greeting: Vec<Notice>) -> Result<()> {
        for notice in greeting {
            self.show(notice).await?;
        }
        if let Some(welcome) = self.session.welcome() {
            self.show(Notice::Welcome(welcome)).await?;
        }
        self.errand = Some(Errand::Resume(self.session.place()));
        while !self.quitting {
            match self.errand.take() {
                Some(errand) => self.go(errand).await?,
                None => self.next_turn().await?,
            }
        }
        self.save().await?;
        self.say_goodbye().await;
        Ok(())
    }

    async fn next_turn(&mut self) -> Result<()> {
        let held = self.audience.as_mut().and_then(|audience| audience.held.pop_front());
        match held {
            Some(command) => self.on_command(command).await,
            None => self.turn(None).await,
        }
    }

    /// The card comes first: the learner reads while nodes boot.
    async fn go(&mut self, errand: Errand) -> Result<()> {
        let place = match errand {
            Errand::GoOn => self.session.place(),
            Errand::Resume(place) | Errand::Travel(place) => place,
        };
        let road = self.road(errand);
        self.session.depart(place);
        self.show(Notice::Step(self.session.card())).await?;
        if errand != Errand::GoOn {
            self.focus_where_the_step_begins(place);
            self.show_busy().await?;
            self.mute(true);
            self.screens.clear();
            self.typed_ahead.clear();
            self.lookalike = None;
            self.pack(road, place).await?;
            self.travel(road, place).await?;
            self.calm().await?;
            self.unpack(road, place).await?;
        }
        self.is_beginning = true;
        self.begin(place).await?;
        self.is_beginning = false;
        self.mute(false);
        self.tell_map().await?;
        for remark in std::mem::take(&mut self.remarks) {
            self.show(Notice::Say(remark)).await?;
        }
        let effects = self.session.open(self.began.elapsed());
        self.run(effects).await?;
        self.last_prompt = None;
        self.refresh().await?;
        // Last, so that a slow disk does not keep the learner from typing.
        self.save().await
    }

    /// The nodes that the prompt belongs to are about to go.
    async fn show_busy(&mut self) -> Result<()> {
        self.last_prompt = None;
        let prompt = PromptLine::Terminal(Prompt::Busy);
        self.show(Notice::Prompt { terminal: self.focus.clone(), prompt }).await
    }

    /// The learner sees nothing of what is typed on their behalf, but is to know where it went wrong.
    pub(super) async fn tell_of_failed_starts(&mut self) -> Result<()> {
        let failed: Vec<FailedCommand> = self.failed_commands().collect();
        for failed in failed {
            let said = words::screen_tells(&failed.told(), &failed.terminal);
            self.show(Notice::Say(said)).await?;
        }
        Ok(())
    }

    /// The terminal that the model answer types into first.
    fn focus_where_the_step_begins(&mut self, place: Place) {
        let first = place.step(self.session.lesson()).answer().into_iter().find_map(|input| match input {
            Input::Type { terminal, .. } => Some(terminal),
            Input::Write { .. } | Input::Edit { .. } | Input::Choose(_) | Input::Close(_) => None,
        });
        if let Some(terminal) = first {
            self.focus = terminal;
        }
    }

    fn mute(&mut self, muted: bool) {
        if let Some(audience) = &mut self.audience {
            audience.muted = muted;
        }
    }

    pub(super) fn is_muted(&self) -> bool {
        self.audience.as_ref().is_none_or(|audience| audience.muted)
    }

    async fn say_goodbye(&mut self) {
        let (passed, of) = self.session.score();
        let kept = match self.store.as_ref().is_some_and(|store| store.saves()) {
            true if self.is_saved => words::is_saved(),
            true => words::was_not_saved(),
            false => words::nothing_saved(),
        };
        let bye = Notice::Bye(words::bye(passed, of, &kept));
        if let Some(audience) = &self.audience {
            // A driver that is gone, or stuck, must not keep the nodes alive.
            let _ = timeout(FAREWELL, audience.notices.send(bye)).await;
        }
    }

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
    async fn on_command_under_way(&mut self, command: Command) -> Result<()> {
        match command {
            Command::Quit | Command::Slash(Slash::Quit) => {
                self.quitting = true;
                Ok(())
            }
            Command::Interrupt => self.show(Notice::Say(words::nodes_are_starting())).await,
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
            | Command::Slash(_) => {
                let held = self.audience.as_mut().map(|audience| &mut audience.held);
                if let Some(held) = held.filter(|held| held.len() < MOST_HELD) {
                    held.push_back(command);
                }
                Ok(())
            }
        }
    }

    async fn on_command(&mut self, command: Command) -> Result<()> {
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
            Command::Unfinished => self.show(Notice::Say(words::unfinished())).await,
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
            Command::Slash(slash) => self.on_slash(slash).await,
            Command::Quit => {
                self.quitting = true;
                Ok(())
            }
        }
    }

    async fn on_line(&mut self, text: &str) -> Result<()> {
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

    /// The line is sent as it is; what looks like something else in it is told of below the node's own error, which
    /// may be longer than the screen.
    async fn heed_lookalikes(&mut self, text: &str) -> Result<()> {
        if let Some((earlier, _)) = self.lookalike.take() {
            self.show(Notice::Say(earlier)).await?;
        }
        let is_code = matches!(self.prompt_of(&self.focus), Prompt::Iex { .. } | Prompt::More { .. });
        let found = lookalike::first(text).filter(|_| is_code);
        let inputs = self.session.evidence().inputs();
        self.lookalike = found.map(|found| (words::lookalike(&found, text.contains('\n')), inputs));
        Ok(())
    }

    /// The lesson knows the mistake as well, and less exactly.
    pub(super) fn with_lookalike(&mut self, notice: Notice) -> Notice {
        let Notice::Mistake(advice) = notice else { return notice };
        let lang = self.session.lang();
        let mistakes = &self.session.lesson().prose(lang).mistakes;
        let is_known = mistakes.iter().any(|(id, known)| id.as_str() == GREEK_LETTERS && *known == advice);
        match self.lookalike.take_if(|_| is_known) {
            Some((exact, _)) => {
                Notice::Mistake(Advice { seen: exact.speak(lang).to_owned(), attempt: advice.attempt })
            }
            None => Notice::Mistake(advice),
        }
    }

    /// Where the line has come back and no mistake was told.
    pub(super) async fn tell_of_harmless_lookalike(&mut self) -> Result<()> {
        let inputs = self.session.evidence().inputs();
        let is_settled = self.session.is_settled();
        match self.lookalike.take_if(|(_, before)| is_settled && *before < inputs) {
            Some((words, _)) => self.show(Notice::Say(words)).await,
            None => Ok(()),
        }
    }

    /// Whether a line typed now is for the terminal's next prompt: a node that is busy, coming up or going down.
    fn takes_lines_later(&self) -> bool {
        let is_busy = self.prompt_of(&self.focus) == Prompt::Busy;
        is_busy && (self.node_of(&self.focus).is_some() || self.starts_a_node())
    }

    fn hold(&mut self, text: &str) {
        let lines = self.typed_ahead.entry(self.focus.clone()).or_default();
        if lines.len() < MOST_HELD {
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
    async fn on_enter(&mut self) -> Result<()> {
        match self.prompt_of(&self.focus) {
            Prompt::More { .. } | Prompt::Gets { .. } => self.on_line("").await,
            Prompt::Dollar | Prompt::Iex { .. } | Prompt::Busy => {
                self.wish(Wish::Enter).await?;
                self.renew_prompt().await
            }
        }
    }

    /// Steps are known here; of everything else a node knows best.
    fn complete(&mut self, text: &str, reply: oneshot::Sender<Vec<Candidate>>) {
        if let Some(word) = text.strip_prefix("/goto ") {
            // An editor that has moved on listens no more.
            let _ = reply.send(self.steps(word.trim_start()));
            return;
        }
        let id = self.fresh_id();
        self.completions.insert(id, reply);
        self.cluster.complete(&self.focus, id, text);
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
        if let Some(folder) = self.cluster.folder(&self.focus) {
            let _ = reply.send(folder.to_owned());
        }
    }

    fn validate(&mut self, text: &str, reply: oneshot::Sender<bool>) -> Result<()> {
        if matches!(self.prompt_of(&self.focus), Prompt::Iex { .. }) {
            let id = self.fresh_id();
            self.cluster.parse(&self.focus, id, text);
            self.validations.insert(id, (reply, Instant::now() + PARSE));
        } else {
            let _ = reply.send(true);
        }
        Ok(())
    }

    fn resize(&mut self, columns: u16, rows: u16) -> Result<()> {
        self.cluster.resize(columns, rows);
        Ok(())
    }

    async fn on_slash(&mut self, slash: Slash) -> Result<()> {
        match slash {
            Slash::Help => self.show(Notice::Help).await?,
            Slash::Hint => self.wish(Wish::Hint).await?,
            Slash::Answer => self.wish(Wish::Answer).await?,
            Slash::Check => self.wish(Wish::Check).await?,
            Slash::Next => self.wish(Wish::Next).await?,
            Slash::Back => self.wish(Wish::Back).await?,
            Slash::Skip => self.wish(Wish::Skip).await?,
            Slash::Goto(word) => self.wish(Wish::Goto(word)).await?,
            Slash::Restart => self.restart().await?,
            Slash::Open(terminal) => self.open(terminal).await?,
            Slash::Close(terminal) => self.close(&terminal.unwrap_or_else(|| self.focus.clone())).await?,
            Slash::Screen(terminal) => self.screen(terminal).await?,
            Slash::Focus(terminal) => self.focus_on(terminal).await?,
            Slash::Word(word) => self.wish(Wish::Word(word)).await?,
            Slash::Export => self.export().await?,
            Slash::Edit(path) => self.edit(&path).await?,
            Slash::Reset(scope) => self.reset(scope).await?,
            Slash::Lang(lang) => self.speak(lang).await?,
            Slash::Quit => self.quitting = true,
        }
        self.renew_prompt().await
    }

    async fn wish(&mut self, wish: Wish) -> Result<()> {
        let effects = self.tell(Event::Wish(wish));
        self.run(effects).await
    }

    /// Nothing is taken back before there is a copy of it.
    async fn reset(&mut self, scope: Scope) -> Result<()> {
        let copied = match &self.store {
            Some(store) if store.saves() => store.back_up(),
            Some(_) => return self.show(Notice::Say(words::nothing_saved())).await,
            None => Ok(None),
        };
        let copy = match copied {
            Ok(copy) => copy,
            Err(error) => return self.show(Notice::Problem(error)).await,
        };
        if let (Scope::Lesson, Some(archive)) = (scope, &self.archive)
            && let Err(error) = archive.forget_steps()
        {
            return self.show(Notice::Problem(error)).await;
        }
        let place = self.session.forget(scope);
        if let Some(copy) = copy {
            self.remarks.push(words::taken_back(&copy.display().to_string()));
        }
        self.errand = Some(Errand::Travel(place));
        self.save().await
    }

    /// In another language from here on; the step is shown again in it.
    async fn speak(&mut self, lang: Lang) -> Result<()> {
        let Some(library) = &self.library else { return Ok(()) };
        let lesson = match library(lang) {
            Ok(lesson) => lesson,
            Err(error) => return self.show(Notice::Problem(error)).await,
        };
        let is_written = lesson.prose.contains_key(&lang);
        self.session.speak(lesson, lang);
        self.show(Notice::Lang(lang)).await?;
        self.show(Notice::Say(words::now_in_this_language())).await?;
        if !is_written {
            self.show(Notice::Say(words::not_in_this_language(lang.name()))).await?;
        }
        self.show(Notice::Step(self.session.card())).await?;
        if let Some(card) = self.session.question_card() {
            self.show(Notice::Ask(card)).await?;
        }
        self.save().await
    }

    async fn restart(&mut self) -> Result<()> {
        let step = self.session.place().step(self.session.lesson()).id.to_string();
        self.wish(Wish::Goto(step)).await
    }

    async fn open(&mut self, terminal: TerminalName) -> Result<()> {
        match self.cluster.open(&terminal) {
            Ok(()) => self.focus_on(terminal).await,
            Err(error) => self.show(Notice::Problem(error)).await,
        }
    }

    async fn close(&mut self, terminal: &TerminalName) -> Result<()> {
        if self.prompt_of(terminal) == Prompt::Dollar {
            return self.show(Notice::Say(words::nothing_runs(terminal))).await;
        }
        self.tell(Event::Closed(terminal.clone()));
        self.cluster.close(terminal);
        Ok(())
    }

    async fn screen(&mut self, terminal: Option<TerminalName>) -> Result<()> {
        let Some(terminal) = terminal else {
            let card = self.session.card();
            return self.show(Notice::Step(card)).await;
        };
        let pieces = self.screens.of(&terminal);
        if pieces.is_empty() {
            return self.show(Notice::Say(words::nothing_shown(&terminal))).await;
        }
        for Piece { kind, by, text } in pieces {
            self.show(Notice::Output { terminal: terminal.clone(), focused: false, kind, by, text }).await?;
        }
        Ok(())
    }

    async fn focus_on(&mut self, terminal: TerminalName) -> Result<()> {
        if !self.cluster.has(&terminal) {
            let names = self.cluster.names().map(ToString::to_string).collect::<Vec<_>>().join(", ");
            return self.show(Notice::Say(words::no_terminal(&terminal, &names))).await;
        }
        self.focus = terminal;
        Ok(())
    }

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
                    true => words::node_stopped(node, terminal),
                    false => words::iex_ended(terminal),
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
    async fn show_end(&mut self, terminal: &TerminalName, command: &str, code: Option<i32>) -> Result<()> {
        let said = match code {
            Some(0) | None => return Ok(()),
            Some(127) => words::no_command(terminal, command),
            Some(code) => words::command_ended(terminal, code),
        };
        self.show(Notice::Say(said)).await
    }

    pub(super) async fn relay(&mut self, terminal: &TerminalName, bytes: Vec<u8>) -> Result<()> {
        if self.is_muted() || !self.is_relaying(terminal) {
            return Ok(());
        }
        self.show(Notice::Relay(bytes)).await
    }

    fn is_relaying(&self, terminal: &TerminalName) -> bool {
        *terminal == self.focus && self.prompt_line() == PromptLine::Relay
    }

    pub(super) async fn on_interrupted(&mut self, terminal: &TerminalName, kept: u64) -> Result<()> {
        if self.is_muted() {
            return Ok(());
        }
        let said = match kept {
            0 => words::interrupted(terminal),
            kept => words::interrupted_keeping(terminal, kept),
        };
        self.show(Notice::Say(said)).await
    }

    pub(super) async fn on_slow_boot(&mut self, terminal: &TerminalName) -> Result<()> {
        self.show(Notice::Say(words::slow_boot(terminal))).await
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

    fn prompt_line(&self) -> PromptLine {
        if self.session.question_card().is_some() {
            return PromptLine::Question;
        }
        let prompt = self.prompt_of(&self.focus);
        let is_command = prompt == Prompt::Busy && self.node_of(&self.focus).is_none();
        if is_command && !self.starts_a_node() { PromptLine::Relay } else { PromptLine::Terminal(prompt) }
    }

    /// A node is about to take over the terminal: what is typed meanwhile is for its first prompt.
    fn starts_a_node(&self) -> bool {
        let latest = self.session.evidence().records().iter().rev().find_map(|record| match &record.fact {
            Fact::Input { terminal, text, .. } if *terminal == self.focus => Some(text),
            _ => None,
        });
        latest.is_some_and(|text| text.split_whitespace().any(|word| word == "iex"))
    }

    async fn tell_map(&mut self) -> Result<()> {
        let map = self.map();
        if map == self.last_map {
            return Ok(());
        }
        self.last_map = map.clone();
        self.show(Notice::Map(map)).await
    }

    fn map(&self) -> Map {
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
