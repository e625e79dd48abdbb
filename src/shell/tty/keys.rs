//! Keys: Emacs bindings and our own few; and keys back to bytes, for a program that takes bytes.

use std::sync::Arc;

use crossterm::event::{Event, KeyCode, KeyEvent, KeyModifiers};
use reedline::{EditMode, Emacs, PromptEditMode, ReedlineEvent, ReedlineRawEvent, default_emacs_keybindings};

use super::{menu, pause::Pause, size::Size};

pub const INTERRUPT: &str = "interrupt";
const FOCUS: &str = "focus ";

/// Which terminal (counted from 0) a host command of ours focuses.
pub fn focus(host_command: &str) -> Option<usize> {
    host_command.strip_prefix(FOCUS)?.parse().ok()
}

/// Emacs keys that also tell of a new size.
pub struct Keys {
    emacs: Emacs,
    pause: Pause,
    size: Arc<Size>,
}

impl Keys {
    pub fn new(size: Arc<Size>, pause: Pause) -> Self {
        let mut bindings = default_emacs_keybindings();
        let host = |command: String| ReedlineEvent::ExecuteHostCommand(command);
        bindings.add_binding(KeyModifiers::CONTROL, KeyCode::Char('c'), host(INTERRUPT.into()));
        let choose = ReedlineEvent::UntilFound(vec![
            ReedlineEvent::Menu(menu::NAME.to_owned()),
            ReedlineEvent::MenuNext,
        ]);
        bindings.add_binding(KeyModifiers::NONE, KeyCode::Tab, choose);
        bindings.add_binding(KeyModifiers::SHIFT, KeyCode::BackTab, ReedlineEvent::MenuPrevious);
        for (index, digit) in ('1'..='9').enumerate() {
            bindings.add_binding(KeyModifiers::ALT, KeyCode::Char(digit), host(format!("{FOCUS}{index}")));
        }
        Self { emacs: Emacs::new(bindings), pause, size }
    }
}

impl EditMode for Keys {
    fn parse_event(&mut self, event: ReedlineRawEvent) -> ReedlineEvent {
        let event = Event::from(event);
        self.pause.choosing(is_choice(&event, self.pause.is_on()));
        let Ok(event) = ReedlineRawEvent::try_from(event) else { return ReedlineEvent::None };
        let event = self.emacs.parse_event(event);
        if let ReedlineEvent::Resize(columns, rows) = &event {
            self.size.tell((*columns, *rows));
        }
        event
    }

    fn edit_mode(&self) -> PromptEditMode {
        self.emacs.edit_mode()
    }
}

/// Tab begins a choice, and the keys that move in a menu go on with it, as does what narrows it.
fn is_choice(event: &Event, is_choosing: bool) -> bool {
    let Event::Key(key) = event else { return false };
    match key.code {
        KeyCode::Tab | KeyCode::BackTab => true,
        KeyCode::Up | KeyCode::Down | KeyCode::Left | KeyCode::Right | KeyCode::Char(_) => is_choosing,
        _ => false,
    }
}

/// What a terminal would have sent; empty for what no program waits for.
pub fn bytes(event: &Event) -> Vec<u8> {
    match event {
        Event::Key(key) => key_bytes(key),
        Event::Paste(text) => text.replace('\n', "\r").into_bytes(),
        Event::FocusGained | Event::FocusLost | Event::Mouse(_) | Event::Resize(..) => Vec::new(),
    }
}

fn key_bytes(key: &KeyEvent) -> Vec<u8> {
    let mut bytes = match key.code {
        KeyCode::Char(c) if key.modifiers.contains(KeyModifiers::CONTROL) && c.is_ascii() => {
            vec![c.to_ascii_uppercase() as u8 & 0x1f]
        }
        KeyCode::Char(c) => c.to_string().into_bytes(),
        KeyCode::Enter => b"\r".to_vec(),
        KeyCode::Tab => b"\t".to_vec(),
        KeyCode::Backspace => vec![0x7f],
        KeyCode::Esc => vec![0x1b],
        KeyCode::Up => b"\x1b[A".to_vec(),
        KeyCode::Down => b"\x1b[B".to_vec(),
        KeyCode::Right => b"\x1b[C".to_vec(),
        KeyCode::Left => b"\x1b[D".to_vec(),
        KeyCode::Home => b"\x1b[H".to_vec(),
        KeyCode::End => b"\x1b[F".to_vec(),
        KeyCode::Delete => b"\x1b[3~".to_vec(),
        KeyCode::PageUp => b"\x1b[5~".to_vec(),
        KeyCode::PageDown => b"\x1b[6~".to_vec(),
        // Typed ahead of a program's start these are accidents.
        _ => Vec::new(),
    };
    if key.modifiers.contains(KeyModifiers::ALT) && !bytes.is_empty() {
        bytes.insert(0, 0x1b);
    }
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_become_the_bytes_they_came_from() {
        let key = |code, modifiers| bytes(&Event::Key(KeyEvent::new(code, modifiers)));
        assert_eq!(key(KeyCode::Char('ή'), KeyModifiers::NONE), "ή".as_bytes());
        assert_eq!(key(KeyCode::Char('c'), KeyModifiers::CONTROL), [3]);
        assert_eq!(key(KeyCode::Char('b'), KeyModifiers::ALT), b"\x1bb");
        assert_eq!(key(KeyCode::Enter, KeyModifiers::NONE), b"\r");
        assert_eq!(key(KeyCode::F(3), KeyModifiers::NONE), b"");
    }

    #[test]
    fn focus_keys_are_ours() {
        assert_eq!(focus("focus 2"), Some(2));
        assert_eq!(focus(INTERRUPT), None);
    }
}
