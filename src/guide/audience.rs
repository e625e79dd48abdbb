//! Who is taught: the driver of a shell at the other end of two channels, or nobody.
//!
//! While the nodes are being brought to a step nothing is shown of what they do there, and what the driver asks for is
//! held until the step begins.

use std::{collections::VecDeque, future::pending, time::Duration};

use tokio::{sync::mpsc, time::timeout};

use crate::{i18n::Localized, session::notice::Notice};

use super::{command::Command, windows::WindowEvent};

/// How many commands are held.
const MAX_HELD: usize = 10_000;

/// How long the last words may take to reach a driver that does not listen.
const FAREWELL: Duration = Duration::from_millis(500);

pub struct Audience {
    /// None in a check: what it needs it asks the session.
    driver: Option<(mpsc::Sender<Notice>, mpsc::Receiver<Command>)>,
    /// What happens in other windows; none where there can be none.
    windows: Option<mpsc::Receiver<WindowEvent>>,
    /// Whether a program can take the whole screen.
    has_screen: bool,
    /// It is told that the lesson has ended.
    hears_goodbye: bool,
    attention: Attention,
    held: VecDeque<Heard>,
    /// What is told once the nodes have been brought to a step.
    remarks: Vec<Localized>,
    has_left: bool,
}

/// What somebody does.
#[derive(Debug)]
pub(super) enum Heard {
    /// In the lesson's own window. None: its driver has gone.
    Here(Option<Command>),
    Beside(WindowEvent),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Attention {
    /// All is shown, and each command is done as it comes.
    Full,
    /// The step's first probes are under way: an input now would come before what it is measured against.
    Beginning,
    /// The nodes are being brought to a step.
    Elsewhere,
}

impl Audience {
    pub fn new(notices: mpsc::Sender<Notice>, commands: mpsc::Receiver<Command>) -> Self {
        Self { driver: Some((notices, commands)), attention: Attention::Full, ..Self::nobody() }
    }

    /// A program may take the whole screen.
    #[must_use]
    pub fn on_a_screen(self, has_screen: bool) -> Self {
        Self { has_screen, ..self }
    }

    /// Nothing is said in the end.
    #[must_use]
    pub fn without_goodbye(self) -> Self {
        Self { hears_goodbye: false, ..self }
    }

    /// Other windows may be opened beside the driver's.
    #[must_use]
    pub fn with_windows(self, windows: mpsc::Receiver<WindowEvent>) -> Self {
        Self { windows: Some(windows), ..self }
    }

    pub(super) fn nobody() -> Self {
        Self {
            driver: None,
            windows: None,
            has_screen: false,
            hears_goodbye: true,
            attention: Attention::Elsewhere,
            held: VecDeque::new(),
            remarks: Vec::new(),
            has_left: false,
        }
    }

    pub(super) fn is_somebody(&self) -> bool {
        self.driver.is_some()
    }

    pub(super) fn has_screen(&self) -> bool {
        self.has_screen
    }

    /// Of nobody there is none to be had.
    pub(super) fn attend(&mut self, attention: Attention) {
        if self.is_somebody() {
            self.attention = attention;
        }
    }

    /// Whether nothing is shown of what happens.
    pub(super) fn is_elsewhere(&self) -> bool {
        self.attention == Attention::Elsewhere
    }

    /// Whether commands wait.
    pub(super) fn is_to_wait(&self) -> bool {
        self.attention != Attention::Full
    }

    /// False where there is no room for it.
    pub(super) fn hold(&mut self, heard: Heard) -> bool {
        let has_room = self.held.len() < MAX_HELD;
        if has_room {
            self.held.push_back(heard);
        }
        has_room
    }

    /// What is done next, of what was held first; for ever with nobody. Cancel safe.
    pub(super) async fn next(&mut self) -> Heard {
        if !self.is_to_wait()
            && let Some(held) = self.held.pop_front()
        {
            return held;
        }
        let Some((_, commands)) = &mut self.driver else { return pending().await };
        let beside = async {
            match &mut self.windows {
                Some(windows) => windows.recv().await,
                None => None,
            }
        };
        tokio::select! {
            command = commands.recv() => Heard::Here(command),
            Some(event) = beside => Heard::Beside(event),
        }
    }

    /// A driver that has gone ends the guide.
    pub(super) async fn show(&mut self, notice: Notice) {
        if let Some((notices, _)) = &self.driver {
            self.has_left |= notices.send(notice).await.is_err();
        }
    }

    pub(super) fn remark(&mut self, said: Localized) {
        self.remarks.push(said);
    }

    pub(super) fn take_remarks(&mut self) -> Vec<Localized> {
        std::mem::take(&mut self.remarks)
    }

    /// No more than the running turn is done.
    pub(super) fn leave(&mut self) {
        self.has_left = true;
    }

    pub(super) fn has_left(&self) -> bool {
        self.has_left
    }

    /// A driver that is gone, or stuck, must not keep the nodes alive.
    pub(super) async fn say_goodbye(&self, said: Localized) {
        if let Some((notices, _)) = self.driver.as_ref().filter(|_| self.hears_goodbye) {
            let _ = timeout(FAREWELL, notices.send(Notice::Bye(said))).await;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(heard: Heard) -> Option<String> {
        match heard {
            Heard::Here(Some(Command::Line(line))) => Some(line),
            Heard::Here(None) => None,
            other => panic!("{other:?}"),
        }
    }

    fn here(command: Command) -> Heard {
        Heard::Here(Some(command))
    }

    #[tokio::test]
    async fn what_was_held_comes_first_once_the_step_begins() {
        let (told, _notices) = mpsc::channel(1);
        let (commands, heard) = mpsc::channel(1);
        let mut audience = Audience::new(told, heard);
        audience.attend(Attention::Elsewhere);
        assert!((0..MAX_HELD).all(|line| audience.hold(here(Command::Line(line.to_string())))));
        assert!(!audience.hold(here(Command::Enter)), "there is an end to it");
        commands.send(Command::Line("new".to_owned())).await.unwrap();
        assert_eq!(line(audience.next().await).as_deref(), Some("new"), "whoever leaves is heard at once");
        audience.attend(Attention::Full);
        for number in 0..MAX_HELD {
            assert_eq!(line(audience.next().await), Some(number.to_string()));
        }
        drop(commands);
        assert_eq!(line(audience.next().await), None);
    }

    #[tokio::test]
    async fn a_driver_that_has_gone_has_left() {
        let (told, notices) = mpsc::channel(1);
        let (_commands, heard) = mpsc::channel(1);
        let mut audience = Audience::new(told, heard);
        audience.show(Notice::Help(Vec::new())).await;
        assert!(!audience.has_left());
        drop(notices);
        audience.show(Notice::Help(Vec::new())).await;
        assert!(audience.has_left());
    }

    #[tokio::test]
    async fn nobody_attends_and_nobody_leaves() {
        let mut nobody = Audience::nobody();
        nobody.attend(Attention::Full);
        nobody.show(Notice::Help(Vec::new())).await;
        assert!(nobody.is_elsewhere() && !nobody.has_left());
    }
}
