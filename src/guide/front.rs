//! What a learner has before them: the terminal in focus and its prompt, the map, what each terminal showed lately,
//! and the lines that were typed ahead.
//!
//! It has no channel and no clock: it says what is to be shown, and the loop shows it.

use std::collections::BTreeSet;

use crate::{
    lesson::{Cause, Fact, OutputKind, Prompt, TerminalName},
    session::{
        Session,
        notice::{LateLine, Map, Notice, PromptLine},
    },
};

use super::{
    consent::Intent,
    lookalike::Lookalike,
    messages,
    screens::{Piece, Screens},
    typed_ahead::TypedAhead,
    watchdog::Watchdog,
};

/// The terminal that editors run in. It is no part of the lesson: what is typed and shown there is no evidence, and the
/// map lacks it.
pub(super) const EDITOR: &str = "editor";

#[derive(Debug)]
pub(super) struct Front {
    view: View,
    /// The terminals in which a program takes the keys.
    programs: BTreeSet<TerminalName>,
    typed_ahead: TypedAhead,
    map: Map,
    screens: Screens,
    pub lookalike: Lookalike,
    pub watchdog: Watchdog,
    /// What the learner has been asked about.
    pub intent: Option<Intent>,
}

/// What one window shows: a terminal and its prompt.
#[derive(Debug)]
pub(super) struct View {
    focus: TerminalName,
    /// Where the learner was when an editor opened.
    before_editor: Option<TerminalName>,
    asked: Asked,
    /// Of the window that the lesson is in; the others are asked nothing but what their terminal asks.
    has_questions: bool,
}

impl View {
    /// Of a window beside the lesson's.
    pub(super) fn beside(focus: TerminalName) -> Self {
        Self { focus, before_editor: None, asked: Asked::Due { inputs: 0 }, has_questions: false }
    }

    pub(super) fn focus(&self) -> &TerminalName {
        &self.focus
    }

    pub(super) fn renew_prompt(&mut self) {
        if let Asked::With(..) = self.asked {
            self.renew_prompt_after(0);
        }
    }

    pub(super) fn renew_prompt_after(&mut self, inputs: usize) {
        self.asked = Asked::Due { inputs };
    }

    pub(super) fn is_busy(&mut self) -> Notice {
        self.renew_prompt_after(0);
        Notice::Prompt { terminal: self.focus.clone(), prompt: PromptLine::Terminal(Prompt::Busy) }
    }

    /// The editor that was opened in this window has ended.
    pub(super) fn leaves_editor(&mut self) {
        if let Some(before) = self.before_editor.take() {
            self.focus = before;
        }
    }
}

/// What the driver knows of the prompt.
#[derive(Debug, PartialEq, Eq)]
enum Asked {
    /// It waits to be told, as soon as the evidence has so many inputs: until then the prompt that is known is the one
    /// that was just answered.
    Due {
        inputs: usize,
    },
    With(TerminalName, PromptLine),
}

impl Front {
    pub(super) fn new(focus: TerminalName) -> Self {
        Self {
            view: View { has_questions: true, ..View::beside(focus) },
            programs: BTreeSet::new(),
            typed_ahead: TypedAhead::default(),
            map: Map::default(),
            screens: Screens::default(),
            lookalike: Lookalike::default(),
            watchdog: Watchdog::default(),
            intent: None,
        }
    }

    /// From now on, what another window shows is what is before the learner.
    pub(super) fn turn_to(&mut self, view: &mut View) {
        std::mem::swap(&mut self.view, view);
    }

    pub(super) fn focus(&self) -> &TerminalName {
        &self.view.focus
    }

    pub(super) fn focus_on(&mut self, terminal: TerminalName) {
        self.view.focus = terminal;
    }

    /// An editor takes the focus until it ends.
    pub(super) fn focus_on_editor(&mut self, terminal: TerminalName) {
        self.view.before_editor = Some(std::mem::replace(&mut self.view.focus, terminal));
    }

    /// Whether a fact belongs to the editor and not to the lesson; at its end the focus goes back.
    pub(super) fn is_of_editor(&mut self, fact: &Fact) -> bool {
        let (Fact::Input { terminal, .. }
        | Fact::Output { terminal, .. }
        | Fact::LeftOut { terminal, .. }
        | Fact::CommandEnded { terminal, .. }) = fact
        else {
            return false;
        };
        let is_its_own = terminal.as_str() == EDITOR;
        if is_its_own && matches!(fact, Fact::CommandEnded { .. }) {
            self.view.leaves_editor();
        }
        is_its_own
    }

    /// The nodes are about to go, and with them what was shown there and typed ahead.
    pub(super) fn clear(&mut self) -> Notice {
        self.screens.clear();
        self.typed_ahead.clear();
        self.lookalike = Lookalike::default();
        self.view.is_busy()
    }

    /// The nodes of the map are about to go: terminals alone are left.
    pub(super) fn forget_nodes<'t>(&mut self, terminals: impl Iterator<Item = &'t TerminalName>) -> Notice {
        self.map = Map {
            nodes: lessons(terminals).map(|terminal| (terminal.clone(), None)).collect(),
            ..Map::default()
        };
        Notice::Map(self.map.clone())
    }

    /// Takes in what is about to become evidence. What it looks like, if it shows at all.
    pub(super) fn take(&mut self, fact: &Fact, cause: Option<&Cause>, session: &Session) -> Option<Notice> {
        match fact {
            Fact::Output { kind, terminal, by, text, .. } => {
                let late = cause.and_then(|cause| {
                    let number = session.evidence().late_line(cause)?;
                    Some(LateLine { number, terminal: cause.terminal.clone() })
                });
                let piece = Piece { kind: *kind, by: by.clone(), late, text: text.clone() };
                self.screens.push(terminal, piece.clone());
                let Piece { kind, by, late, text } = piece;
                let (terminal, focused) = (terminal.clone(), *terminal == self.view.focus);
                Some(Notice::Output { terminal, focused, kind, by, late, text })
            }
            Fact::Input { terminal, text, at_node } => {
                let prompt = if *at_node { "iex>" } else { "$" };
                let text = format!("{prompt} {}\n", text.trim_end());
                self.screens.push(terminal, Piece { kind: OutputKind::Shell, by: None, late: None, text });
                None
            }
            Fact::LeftOut { terminal, bytes } => {
                Some(Notice::LeftOut { terminal: terminal.clone(), bytes: *bytes })
            }
            Fact::NodeStopped { terminal, node } => Some(Notice::Say(match node.is_named() {
                true => messages::node_stopped(node, terminal),
                false => messages::iex_ended(terminal),
            })),
            // A command that ended well, or a node's own end (told already), needs no words.
            Fact::CommandEnded { terminal, command, code } => match code {
                Some(0) | None => None,
                Some(127) => Some(Notice::Say(messages::no_command(terminal, command))),
                Some(code) => Some(Notice::Say(messages::command_ended(terminal, *code))),
            },
            Fact::Prompt { terminal, prompt } => {
                if *prompt != Prompt::Busy {
                    self.programs.remove(terminal);
                }
                None
            }
            Fact::Line { .. }
            | Fact::NodeStarted { .. }
            | Fact::Message { .. }
            | Fact::Process { .. }
            | Fact::File { .. }
            | Fact::Connected { .. }
            | Fact::Disconnected { .. }
            | Fact::Registered { .. }
            | Fact::Unregistered { .. }
            | Fact::LookedUp { .. }
            | Fact::Probed { .. }
            | Fact::Chose { .. }
            | Fact::Fault(_)
            | Fact::StepBegan => None,
        }
    }

    /// A program takes that terminal's keys from now on, or no longer.
    pub(super) fn has_program(&mut self, terminal: &TerminalName, is_program: bool) {
        if is_program {
            self.programs.insert(terminal.clone());
        } else {
            self.programs.remove(terminal);
        }
    }

    /// What was typed ahead there is a program's, which may leave it for whatever reads after it. `types` a line into
    /// it, where it still runs. Gives the line that was only begun, if it is its turn.
    #[must_use]
    pub(super) fn type_ahead(
        &mut self,
        terminal: &TerminalName,
        types: impl FnMut(&str) -> bool,
    ) -> Option<String> {
        let has_program = self.programs.contains(terminal);
        has_program.then(|| self.typed_ahead.give(terminal, types)).flatten()
    }

    /// A command has ended, and left these lines, and one that is begun. They come before what was typed later.
    pub(super) fn is_left(&mut self, terminal: &TerminalName, lines: Vec<String>, begun: String) {
        self.typed_ahead.put_back(terminal, lines, begun);
    }

    /// Whether the bytes of what runs there go to the screen as they are.
    pub(super) fn is_relaying(&self, terminal: &TerminalName, session: &Session) -> bool {
        *terminal == self.view.focus && self.prompt(session) == PromptLine::Relay
    }

    /// Whether what has happened shows there. What was on the screen as bytes is on it already; and a window beside the
    /// lesson's shows one terminal.
    pub(super) fn shows(&self, notice: &Notice, session: &Session) -> bool {
        match notice {
            Notice::Output { terminal, kind, .. } => {
                let is_relayed = *kind == OutputKind::Raw && self.is_relaying(terminal, session);
                !is_relayed && (self.view.has_questions || *terminal == self.view.focus)
            }
            Notice::LeftOut { terminal, .. } => {
                !self.is_relaying(terminal, session)
                    && (self.view.has_questions || *terminal == self.view.focus)
            }
            _ => true,
        }
    }

    /// Whether nobody asked for a line typed now in the terminal in focus: something is busy there, coming up or going
    /// down, its node is paused, or `$` has just been given a command.
    pub(super) fn is_ahead(&self, session: &Session) -> bool {
        if self.is_paused(session) {
            return true;
        }
        match session.prompt_of(&self.view.focus) {
            Prompt::Busy => true,
            Prompt::Dollar => self.is_answered(session),
            Prompt::Iex { .. } | Prompt::More { .. } | Prompt::Gets { .. } => false,
        }
    }

    /// Whether nobody answers in the terminal in focus until its node is resumed.
    pub(super) fn is_paused(&self, session: &Session) -> bool {
        session.evidence().world().paused.contains(&self.view.focus)
    }

    /// The prompt that is known has been answered.
    fn is_answered(&self, session: &Session) -> bool {
        matches!(self.view.asked, Asked::Due { inputs } if session.evidence().inputs() < inputs)
    }

    /// Keeps a line for that prompt; false where there is no room for it.
    pub(super) fn hold(&mut self, line: &str) -> bool {
        self.typed_ahead.hold(&self.view.focus, line)
    }

    /// That terminal asks: the next of the lines typed ahead for it.
    pub(super) fn next_line(&mut self, terminal: &TerminalName) -> Option<String> {
        self.typed_ahead.next(terminal)
    }

    /// Ctrl-C: what was typed ahead is not meant any more.
    pub(super) fn interrupt(&mut self, session: &Session) {
        self.typed_ahead.take(&self.view.focus);
        if session.node_of(&self.view.focus).is_some() && !self.is_paused(session) {
            self.watchdog.interrupted(&self.view.focus);
        }
    }

    /// The driver has read a line, or been answered otherwise, and waits for the prompt even where it is the same.
    pub(super) fn renew_prompt(&mut self) {
        self.view.renew_prompt();
    }

    /// Likewise, but not before the evidence has so many inputs.
    pub(super) fn renew_prompt_after(&mut self, inputs: usize) {
        self.view.renew_prompt_after(inputs);
    }

    /// The map and the prompt, where they have changed.
    pub(super) fn changes<'t>(
        &mut self,
        session: &Session,
        terminals: impl Iterator<Item = &'t TerminalName>,
    ) -> impl Iterator<Item = Notice> {
        let map = self.changed_map(session, terminals).map(Notice::Map);
        map.into_iter().chain(self.changes_of_prompt(session, true))
    }

    /// In the window that is turned to. `has_typed`: what a program left of a line was typed there.
    pub(super) fn changes_of_prompt(
        &mut self,
        session: &Session,
        has_typed: bool,
    ) -> impl Iterator<Item = Notice> + use<> {
        let prompt = self.changed_prompt(session);
        let begun = prompt.as_ref().filter(|_| has_typed).and_then(|prompt| self.begun(prompt));
        begun.into_iter().chain(prompt)
    }

    pub(super) fn changed_map<'t>(
        &mut self,
        session: &Session,
        terminals: impl Iterator<Item = &'t TerminalName>,
    ) -> Option<Map> {
        let map = map(session, terminals);
        (map != self.map).then(|| {
            self.map = map.clone();
            map
        })
    }

    /// For the terminal in focus.
    pub(super) fn has_typed_ahead(&self) -> bool {
        self.typed_ahead.has_some(&self.view.focus)
    }

    pub(super) fn type_behind(&mut self, terminal: &TerminalName, text: &str) {
        self.typed_ahead.add(terminal, text);
    }

    /// Keys for a program that has ended: behind what is typed ahead there, or what the line editor has already been told.
    pub(super) fn is_late(&mut self, terminal: &TerminalName, text: String) -> Option<Notice> {
        if self.programs.contains(terminal) || self.typed_ahead.has_some(terminal) {
            self.type_behind(terminal, &text);
            return None;
        }
        Some(Notice::Begun { terminal: terminal.clone(), text })
    }

    /// Whoever reads lines goes on with what a program left of one.
    fn begun(&mut self, prompt: &Notice) -> Option<Notice> {
        let Notice::Prompt { terminal, prompt } = prompt else { return None };
        let reads = !matches!(prompt, PromptLine::Relay | PromptLine::Terminal(Prompt::Busy));
        let text = reads.then(|| self.typed_ahead.take_begun(terminal)).flatten()?;
        Some(Notice::Begun { terminal: terminal.clone(), text })
    }

    fn changed_prompt(&mut self, session: &Session) -> Option<Notice> {
        if self.is_answered(session) {
            return None;
        }
        let (terminal, prompt) = (self.view.focus.clone(), self.prompt(session));
        let asked = Asked::With(terminal.clone(), prompt.clone());
        (asked != self.view.asked).then(|| {
            self.view.asked = asked;
            Notice::Prompt { terminal, prompt }
        })
    }

    fn prompt(&self, session: &Session) -> PromptLine {
        match session.prompt_of(&self.view.focus) {
            _ if self.is_asked(session) => PromptLine::Question,
            _ if self.is_paused(session) => PromptLine::Paused,
            Prompt::Busy if self.programs.contains(&self.view.focus) => PromptLine::Relay,
            prompt => PromptLine::Terminal(prompt.clone()),
        }
    }

    fn is_asked(&self, session: &Session) -> bool {
        self.view.has_questions && (self.intent.is_some() || session.question_card().is_some())
    }

    pub(super) fn has_questions(&self) -> bool {
        self.view.has_questions
    }

    pub(super) fn map(&self) -> &Map {
        &self.map
    }

    /// What that terminal showed lately.
    pub(super) fn screen(&self, terminal: &TerminalName) -> Vec<Notice> {
        let shown = |Piece { kind, by, late, text }| Notice::Output {
            terminal: terminal.clone(),
            focused: false,
            kind,
            by,
            late,
            text,
        };
        self.screens.of(terminal).into_iter().map(shown).collect()
    }
}

/// The terminals but for the editor's.
fn lessons<'t>(terminals: impl Iterator<Item = &'t TerminalName>) -> impl Iterator<Item = &'t TerminalName> {
    terminals.filter(|terminal| terminal.as_str() != EDITOR)
}

pub(super) fn map<'t>(session: &Session, terminals: impl Iterator<Item = &'t TerminalName>) -> Map {
    Map::new(session.evidence().world(), lessons(terminals))
}

#[cfg(test)]
mod tests {
    use std::{sync::Arc, time::Duration};

    use super::*;
    use crate::{
        lesson::{Lang, Nonce, embedded, load},
        session::{Event, progress::Progress},
    };

    /// A learner at the terminal `alex`.
    struct Fixture {
        front: Front,
        session: Session,
    }

    fn alex() -> TerminalName {
        TerminalName::parse("alex").unwrap()
    }

    impl Fixture {
        fn new() -> Self {
            let lesson = load(&embedded()[0], &Nonce::sample()).expect("the lesson is whole");
            let session = Session::new(Arc::new(lesson), Lang::En, Progress::default());
            let mut fixture = Self { front: Front::new(alex()), session };
            assert_eq!(fixture.happens(Fact::Prompt { terminal: alex(), prompt: Prompt::Dollar }), ["$"]);
            fixture
        }

        /// The prompts that follow.
        fn happens(&mut self, fact: Fact) -> Vec<&'static str> {
            self.front.take(&fact, None, &self.session);
            self.session.on(Duration::ZERO, Event::Fact(fact, None));
            self.looks()
        }

        fn looks(&mut self) -> Vec<&'static str> {
            let prompt = |notice| match notice {
                Notice::Prompt { prompt: PromptLine::Relay, .. } => Some("relay"),
                Notice::Prompt { prompt: PromptLine::Terminal(Prompt::Dollar), .. } => Some("$"),
                Notice::Prompt { prompt: PromptLine::Terminal(Prompt::Busy), .. } => Some("busy"),
                Notice::Prompt { prompt: PromptLine::Terminal(Prompt::Iex { .. }), .. } => Some("iex"),
                _ => None,
            };
            self.front.changes(&self.session, [&alex()].into_iter()).filter_map(prompt).collect()
        }

        /// Into a program that takes so many lines.
        fn types_ahead(&mut self, room: usize) -> Vec<String> {
            let mut typed = Vec::new();
            let begun = self.front.type_ahead(&alex(), |line| {
                let has_room = typed.len() < room;
                typed.extend(has_room.then(|| line.to_owned()));
                has_room
            });
            typed.into_iter().chain(begun).collect()
        }

        fn types(&mut self, text: &str) -> Vec<&'static str> {
            self.front.renew_prompt_after(self.session.evidence().inputs() + 1);
            assert!(self.looks().is_empty(), "the prompt that is known was just answered");
            self.happens(Fact::Input { terminal: alex(), text: text.to_owned(), at_node: false })
        }
    }

    #[test]
    fn a_program_has_the_keys_whatever_its_line_says() {
        let mut fixture = Fixture::new();
        fixture.front.has_program(&alex(), true);
        assert_eq!(fixture.types("man iex"), ["relay"]);
        assert!(fixture.front.is_relaying(&alex(), &fixture.session));
        assert_eq!(fixture.happens(Fact::Prompt { terminal: alex(), prompt: Prompt::Dollar }), ["$"]);
    }

    #[test]
    fn what_is_typed_while_a_node_boots_is_for_its_prompt() {
        let mut fixture = Fixture::new();
        assert_eq!(fixture.types("iex --sname alex"), ["busy"]);
        for line in ["node()", "self()"] {
            assert!(fixture.front.is_ahead(&fixture.session) && fixture.front.hold(line));
        }
        let prompt = Prompt::Iex { text: "iex(1)> ".to_owned() };
        assert_eq!(fixture.happens(Fact::Prompt { terminal: alex(), prompt }), ["iex"]);
        assert_eq!(fixture.front.next_line(&alex()).as_deref(), Some("node()"));
    }

    #[test]
    fn what_was_taken_for_a_node_and_is_a_program_gets_what_was_typed() {
        let mut fixture = Fixture::new();
        assert_eq!(fixture.types("PATH=/elsewhere iex"), ["busy"]);
        assert!(fixture.front.is_ahead(&fixture.session) && fixture.front.hold("q"));
        assert!(fixture.types_ahead(1).is_empty());
        fixture.front.has_program(&alex(), true);
        assert_eq!(fixture.types_ahead(1), ["q"]);
        assert_eq!(fixture.looks(), ["relay"]);
        fixture.front.has_program(&alex(), false);
        assert_eq!(fixture.looks(), ["busy"]);
    }

    #[test]
    fn what_a_program_does_not_take_or_leaves_is_for_the_next_prompt() {
        let mut fixture = Fixture::new();
        for line in ["one", "two", "three"] {
            assert!(fixture.front.hold(line));
        }
        fixture.front.has_program(&alex(), true);
        assert_eq!(fixture.types_ahead(2), ["one", "two"]);
        fixture.front.is_left(&alex(), vec!["two".to_owned()], "fo".to_owned());
        assert_eq!(fixture.types_ahead(1), ["two"]);
        assert_eq!(fixture.front.next_line(&alex()).as_deref(), Some("three"));
        assert_eq!(fixture.types_ahead(1), ["fo"], "when its turn has come");
        assert!(fixture.types_ahead(1).is_empty());
    }

    #[test]
    fn a_prompt_is_told_once_and_again_where_it_is_waited_for() {
        let mut fixture = Fixture::new();
        assert!(fixture.looks().is_empty());
        fixture.front.renew_prompt();
        assert_eq!(fixture.looks(), ["$"]);
        fixture.front.renew_prompt_after(1);
        fixture.front.renew_prompt();
        assert!(fixture.looks().is_empty(), "the line has not been taken yet");
    }

    #[test]
    fn the_focus_goes_back_when_the_editor_ends() {
        let mut fixture = Fixture::new();
        let editor = TerminalName::parse(EDITOR).unwrap();
        fixture.front.focus_on_editor(editor.clone());
        let of_alex = Fact::LeftOut { terminal: alex(), bytes: 1 };
        assert!(!fixture.front.is_of_editor(&of_alex));
        assert_eq!(*fixture.front.focus(), editor);
        assert!(fixture.front.is_of_editor(&Fact::CommandEnded {
            terminal: editor,
            command: "vi".to_owned(),
            code: Some(0)
        }));
        assert_eq!(*fixture.front.focus(), alex());
    }
}
