//! The terminal's size, told to the guide when it changes.

use std::sync::{Mutex, PoisonError};

use tokio::sync::mpsc;

use crate::guide::notice::Command;

/// What a terminal that doesn't say is taken for.
const UNKNOWN: (u16, u16) = (80, 24);

#[derive(Debug)]
pub struct Size {
    told: Mutex<(u16, u16)>,
    /// What the present editor was drawn for.
    drawn: Mutex<(u16, u16)>,
    commands: mpsc::Sender<Command>,
}

impl Size {
    pub fn new(commands: mpsc::Sender<Command>) -> Self {
        Self { told: Mutex::new((0, 0)), drawn: Mutex::new((0, 0)), commands }
    }

    /// Columns and rows as they are now; a change goes to the guide.
    pub fn look(&self) -> (u16, u16) {
        let size = seen();
        self.tell(size);
        size
    }

    /// As `look`, for an editor that is drawn now.
    pub fn draw(&self) -> (u16, u16) {
        let size = self.look();
        *self.drawn.lock().unwrap_or_else(PoisonError::into_inner) = size;
        size
    }

    /// Whether the present editor was drawn for another size.
    pub fn has_changed(&self) -> bool {
        *self.drawn.lock().unwrap_or_else(PoisonError::into_inner) != seen()
    }

    pub fn tell(&self, size: (u16, u16)) {
        let mut told = self.told.lock().unwrap_or_else(PoisonError::into_inner);
        if *told == size {
            return;
        }
        let (columns, rows) = size;
        // Where the guide is too busy to hear it, the next look tells it again.
        if self.commands.try_send(Command::Resize { columns, rows }).is_ok() {
            *told = size;
        }
    }
}

fn seen() -> (u16, u16) {
    let seen = crossterm::terminal::size().ok().filter(|(columns, rows)| *columns > 0 && *rows > 0);
    seen.unwrap_or(UNKNOWN)
}
