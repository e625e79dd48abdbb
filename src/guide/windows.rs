//! Windows beside the lesson's: each has a driver of its own, shows one terminal, and has a prompt there.
//!
//! What happens to the lesson is told in all of them, what a terminal prints in those that show it, and what is asked for
//! in one is answered there. The lesson's steps and questions stay in its own window. Nobody waits for a window: one that
//! doesn't take what it is told is closed.

use std::{collections::BTreeMap, mem};

use tokio::sync::mpsc;

use crate::{
    error::Result,
    i18n::Localized,
    lesson::TerminalName,
    session::notice::{Notice, TypedBy},
};

use super::{
    Guide,
    audience::Heard,
    command::Command,
    front::View,
    messages,
    slash_command::{Call, Then},
};

/// How many windows may be open.
const MAX_WINDOWS: usize = 64;

/// What happens in windows beside the lesson's, each of which has a number.
#[derive(Debug)]
pub enum WindowEvent {
    /// A driver takes what is told there, with room for a thousand notices at least. None: the terminal in focus.
    Opened {
        id: u64,
        terminal: Option<TerminalName>,
        notices: mpsc::Sender<Notice>,
    },
    Did {
        id: u64,
        command: Command,
    },
    Closed {
        id: u64,
    },
}

/// Opens a window that shows a terminal, by whatever can open one here.
pub type OpenWindow = Box<dyn FnMut(&TerminalName) -> Opened + Send>;

/// What came of it.
#[derive(Debug, PartialEq, Eq)]
pub enum Opened {
    /// By this program.
    By(&'static str),
    /// Nothing here opens windows: this is to be typed in one.
    ByHand { command: String },
}

#[derive(Debug)]
struct Window {
    id: u64,
    notices: mpsc::Sender<Notice>,
    view: View,
}

#[derive(Debug, Default)]
pub(super) struct Windows {
    open: Vec<Window>,
    /// Where the present command came from. Until it is done, this window's view is the front's, and this holds the lesson's.
    asking: Option<Window>,
    /// Where was typed last into a terminal, if not in the lesson's window.
    typists: BTreeMap<TerminalName, u64>,
    /// Those that took no more.
    lost: Vec<u64>,
}

impl Windows {
    /// Tells the windows what concerns them. Whether it is to be told in the lesson's, too.
    pub(super) fn takes(&mut self, notice: &Notice) -> bool {
        if is_of_the_lesson(notice) {
            if let Notice::Step(card) = notice {
                let told = Notice::Say(messages::goes_on_in_the_lessons_window(&card.title));
                self.open.iter().for_each(|window| tell(window, told.clone(), &mut self.lost));
            }
            return true;
        }
        if let Some(asking) = &self.asking {
            tell(asking, notice.clone(), &mut self.lost);
            return false;
        }
        if is_for_all(notice) {
            self.open.iter().for_each(|window| tell(window, notice.clone(), &mut self.lost));
        }
        true
    }

    /// Whom the present command comes from; None: the lesson's own window.
    pub(super) fn asker(&self) -> Option<u64> {
        self.asking.as_ref().map(|window| window.id)
    }

    pub(super) fn types_here(&mut self, command: &Command, terminal: &TerminalName) {
        if matches!(command, Command::Line(_) | Command::Bytes(_)) {
            self.typists.remove(terminal);
        }
    }

    /// The nodes are about to go.
    pub(super) fn are_busy(&mut self) {
        for window in &mut self.open {
            let busy = window.view.is_busy();
            tell(window, busy, &mut self.lost);
        }
    }

    pub(super) fn close(&mut self, said: &Localized) {
        for window in mem::take(&mut self.open) {
            tell(&window, Notice::Bye(said.clone()), &mut self.lost);
        }
    }

    fn drop_lost(&mut self) {
        let lost = mem::take(&mut self.lost);
        self.open.retain(|window| !lost.contains(&window.id));
    }
}

/// A window that has no room for it is closed: it has stood still for a long time.
fn tell(window: &Window, notice: Notice, lost: &mut Vec<u64>) {
    if window.notices.try_send(notice).is_err() {
        lost.push(window.id);
    }
}

/// Wherever it was asked for.
fn is_of_the_lesson(notice: &Notice) -> bool {
    matches!(
        notice,
        Notice::Welcome(_)
            | Notice::Step(_)
            | Notice::Arrived(_)
            | Notice::Ask(_)
            | Notice::Judged { .. }
            | Notice::Section(_)
            | Notice::LessonDone { .. }
            | Notice::Class(_)
    )
}

fn is_for_all(notice: &Notice) -> bool {
    matches!(
        notice,
        Notice::Map(_)
            | Notice::Lang(_)
            | Notice::Tick(_)
            | Notice::Mistake { .. }
            | Notice::Trouble { .. }
            | Notice::Passed { .. }
            | Notice::Onward(_)
            | Notice::Say(_)
            | Notice::Problem(_)
    )
}

impl Guide {
    /// Other windows may be opened by `/window`.
    #[must_use]
    pub fn opening_windows(self, open: OpenWindow) -> Self {
        Self { opener: Some(open), ..self }
    }

    pub(super) async fn on_window(&mut self, event: WindowEvent) -> Result<()> {
        match event {
            WindowEvent::Opened { id, terminal, notices } => {
                let terminal = terminal.unwrap_or_else(|| self.front.focus().clone());
                self.open_window(Window { id, notices, view: View::beside(terminal) });
                self.refresh().await
            }
            WindowEvent::Closed { id } => self.on_window_closed(id),
            WindowEvent::Did { id, command } => match command {
                Command::Quit => self.leave_window(id),
                Command::Slash(call) if call.then() == Then::End => self.leave_window(id),
                Command::Resize { .. } => self.serve(id, command).await,
                _ if self.audience.is_to_wait() => {
                    self.audience.hold(Heard::Beside(WindowEvent::Did { id, command }));
                    Ok(())
                }
                _ => self.serve(id, command).await,
            },
        }
    }

    fn leave_window(&mut self, id: u64) -> Result<()> {
        if let Some(window) = self.windows.open.iter().find(|window| window.id == id) {
            tell(window, Notice::Bye(messages::detached()), &mut self.windows.lost);
        }
        self.on_window_closed(id)
    }

    fn on_window_closed(&mut self, id: u64) -> Result<()> {
        self.windows.open.retain(|window| window.id != id);
        Ok(())
    }

    /// What its terminal showed lately is there at once.
    fn open_window(&mut self, window: Window) {
        let terminal = window.view.focus().clone();
        let lost = &mut self.windows.lost;
        if self.windows.open.len() >= MAX_WINDOWS {
            return tell(&window, Notice::Bye(messages::too_many_windows(MAX_WINDOWS)), lost);
        }
        if !self.cluster.has(&terminal) {
            let names = self.cluster.names().map(ToString::to_string).collect::<Vec<_>>().join(", ");
            return tell(&window, Notice::Bye(messages::no_terminal(&terminal, &names)), lost);
        }
        tell(&window, Notice::Lang(self.session.lang()), lost);
        tell(&window, Notice::Map(self.front.map().clone()), lost);
        for notice in self.front.screen(&terminal) {
            tell(&window, in_focus(notice), lost);
        }
        self.windows.open.push(window);
    }

    /// Does what somebody asks for in a window, with that window's terminal before them.
    async fn serve(&mut self, id: u64, command: Command) -> Result<()> {
        let Some(at) = self.windows.open.iter().position(|window| window.id == id) else { return Ok(()) };
        let mut window = self.windows.open.remove(at);
        if matches!(command, Command::Line(_) | Command::Bytes(_)) {
            self.windows.typists.insert(window.view.focus().clone(), id);
        }
        self.front.turn_to(&mut window.view);
        self.windows.asking = Some(window);
        let done = self.on_command(command).await;
        if let Some(mut window) = self.windows.asking.take() {
            self.front.turn_to(&mut window.view);
            self.windows.open.push(window);
        }
        done?;
        self.refresh().await
    }

    /// Of the window that is being served, or of all terminals where that is the lesson's.
    pub(super) fn resize(&mut self, columns: u16, rows: u16) {
        match self.windows.asking {
            Some(_) => self.cluster.resize_terminal(self.front.focus(), (columns, rows)),
            None => self.cluster.resize(columns, rows),
        }
    }

    /// What a terminal printed, in each window that shows it.
    pub(super) async fn show_where_it_shows(&mut self, notice: Notice) -> Result<()> {
        let Self { windows, front, session, .. } = self;
        let is_output = matches!(notice, Notice::Output { .. } | Notice::LeftOut { .. });
        for window in windows.open.iter_mut().filter(|_| is_output) {
            front.turn_to(&mut window.view);
            let shows = front.shows(&notice, session);
            front.turn_to(&mut window.view);
            if shows {
                tell(window, in_focus(notice.clone()), &mut windows.lost);
            }
        }
        match self.front.shows(&notice, &self.session) {
            true => self.show(notice).await,
            false => Ok(()),
        }
    }

    /// The bytes of a program, where its terminal is before somebody.
    pub(super) fn relay_beside(&mut self, terminal: &TerminalName, bytes: &[u8]) {
        let Self { windows, front, session, .. } = self;
        for window in &mut windows.open {
            front.turn_to(&mut window.view);
            let is_relaying = front.is_relaying(terminal, session);
            front.turn_to(&mut window.view);
            if is_relaying {
                tell(window, Notice::Relay(bytes.to_vec()), &mut windows.lost);
            }
        }
    }

    /// A line that was typed in one window, for the others that show that terminal.
    pub(super) async fn show_typed_beside(&mut self, terminal: &TerminalName, text: &str) {
        let typed =
            || Notice::Typed { terminal: terminal.clone(), text: text.to_owned(), by: TypedBy::OtherWindow };
        let windows = &mut self.windows;
        for window in windows.open.iter().filter(|window| window.view.focus() == terminal) {
            tell(window, typed(), &mut windows.lost);
        }
        // What a terminal shows there is seen in the lesson's window, whichever it has in focus.
        if windows.asking.is_some() {
            self.audience.show(typed()).await;
        }
    }

    /// A line was typed ahead there: each window that shows the terminal waits for the next prompt.
    pub(super) fn renew_prompts_at(&mut self, terminal: &TerminalName, inputs: usize) {
        if self.front.focus() == terminal {
            self.front.renew_prompt_after(inputs);
        }
        for window in self.windows.open.iter_mut().filter(|window| window.view.focus() == terminal) {
            window.view.renew_prompt_after(inputs);
        }
    }

    pub(super) fn refresh_beside(&mut self) {
        let Self { windows, front, session, .. } = self;
        for window in &mut windows.open {
            front.turn_to(&mut window.view);
            let has_typed = windows.typists.get(front.focus()) == Some(&window.id);
            let prompts: Vec<_> = front.changes_of_prompt(session, has_typed).collect();
            front.turn_to(&mut window.view);
            prompts.into_iter().for_each(|notice| tell(window, notice, &mut windows.lost));
        }
        windows.drop_lost();
    }

    /// To that window, while it is open.
    pub(super) async fn show_to(&mut self, asker: Option<u64>, notice: Notice) -> Result<()> {
        let Windows { open, lost, .. } = &mut self.windows;
        match open.iter().find(|window| Some(window.id) == asker) {
            Some(window) => {
                tell(window, notice, lost);
                Ok(())
            }
            None => self.show(notice).await,
        }
    }

    /// Of that window, while it is open, after what was shown to it alone.
    pub(super) async fn renew_prompt_of(&mut self, asker: Option<u64>) -> Result<()> {
        match self.windows.open.iter_mut().find(|window| Some(window.id) == asker) {
            Some(window) => {
                window.view.renew_prompt();
                self.refresh().await
            }
            None => self.renew_prompt().await,
        }
    }

    /// What a program left of a line, for whoever typed it.
    pub(super) async fn show_begun(&mut self, terminal: &TerminalName, begun: Notice) -> Result<()> {
        self.show_to(self.typist(terminal), begun).await
    }

    /// The window in which was typed last into a terminal that it still shows; None: the lesson's.
    fn typist(&self, terminal: &TerminalName) -> Option<u64> {
        let Windows { open, typists, .. } = &self.windows;
        let id = *typists.get(terminal)?;
        open.iter().any(|window| window.id == id && window.view.focus() == terminal).then_some(id)
    }

    /// A command that was typed while a program had the keys, from the window that it was typed in.
    pub(super) async fn run_typed_ahead(&mut self, terminal: &TerminalName, call: Call) -> Result<()> {
        let command = Command::Slash(call);
        match self.typist(terminal) {
            // Boxed: what a command does may come back here.
            Some(id) => Box::pin(self.on_window(WindowEvent::Did { id, command })).await,
            None => Box::pin(self.on_command(command)).await,
        }
    }

    /// An editor has ended that was opened in whichever window.
    pub(super) fn editor_is_left(&mut self) {
        self.windows.open.iter_mut().for_each(|window| window.view.leaves_editor());
    }

    /// `/window NAME`
    pub(super) async fn open_beside(&mut self, terminal: Option<TerminalName>) -> Result<()> {
        let terminal = terminal.unwrap_or_else(|| self.front.focus().clone());
        if !self.cluster.has(&terminal) {
            let names = self.cluster.names().map(ToString::to_string).collect::<Vec<_>>().join(", ");
            return self.show(Notice::Say(messages::no_terminal(&terminal, &names))).await;
        }
        let opened = self.opener.as_mut().map(|open| open(&terminal));
        self.show(Notice::Say(match opened {
            Some(Opened::By(program)) => messages::window_opens(&terminal, program),
            Some(Opened::ByHand { command }) => messages::open_window_by_hand(&terminal, &command),
            None => messages::no_windows(),
        }))
        .await
    }
}

fn in_focus(notice: Notice) -> Notice {
    match notice {
        Notice::Output { terminal, kind, by, late, text, .. } => {
            Notice::Output { terminal, focused: true, kind, by, late, text }
        }
        other => other,
    }
}
