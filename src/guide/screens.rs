//! What each terminal showed lately, for `/screen` and for a change of focus.

use std::collections::{BTreeMap, VecDeque};

use crate::{
    lesson::{NodeName, OutputKind, TerminalName},
    session::notice::LateLine,
};

/// How much of a terminal is kept: pieces of output, and bytes.
const MAX_PIECES: usize = 200;
const MAX_BYTES: usize = 64 * 1024;

#[derive(Debug, Default)]
pub(super) struct Screens {
    screens: BTreeMap<TerminalName, Screen>,
}

#[derive(Debug, Default)]
struct Screen {
    pieces: VecDeque<Piece>,
    bytes: usize,
}

#[derive(Debug, Clone)]
pub(super) struct Piece {
    pub kind: OutputKind,
    pub by: Option<NodeName>,
    pub late: Option<LateLine>,
    pub text: String,
}

impl Screens {
    pub(super) fn push(&mut self, terminal: &TerminalName, piece: Piece) {
        let screen = self.screens.entry(terminal.clone()).or_default();
        screen.bytes += piece.text.len();
        screen.pieces.push_back(piece);
        while screen.pieces.len() > MAX_PIECES || screen.bytes > MAX_BYTES {
            let Some(oldest) = screen.pieces.pop_front() else { return };
            screen.bytes -= oldest.text.len();
        }
    }

    pub(super) fn of(&self, terminal: &TerminalName) -> Vec<Piece> {
        self.screens.get(terminal).map(|screen| screen.pieces.iter().cloned().collect()).unwrap_or_default()
    }

    pub(super) fn clear(&mut self) {
        self.screens.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_screen_keeps_the_newest_and_stays_small() {
        let alex = TerminalName::parse("alex").unwrap();
        let mut screens = Screens::default();
        for number in 0..1000 {
            let text = format!("{number} {}", "x".repeat(1000));
            screens.push(&alex, Piece { kind: OutputKind::Print, by: None, late: None, text });
        }
        let kept = screens.of(&alex);
        assert!(kept.iter().map(|piece| piece.text.len()).sum::<usize>() <= MAX_BYTES);
        assert!(kept.last().unwrap().text.starts_with("999 "));
    }
}
