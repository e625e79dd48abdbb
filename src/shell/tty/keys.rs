//! Keys: Emacs or vi bindings and our own few; and keys back to bytes, for a program that takes bytes.

use std::sync::{
    Arc, Mutex, MutexGuard, PoisonError,
    atomic::{AtomicBool, Ordering},
};

use crossterm::event::{Event, KeyCode, KeyEvent, KeyModifiers};
use reedline::{
    EditCommand, EditMode, Emacs, Keybindings, PromptEditMode, ReedlineEvent, ReedlineRawEvent, Vi,
    default_emacs_keybindings, default_vi_insert_keybindings, default_vi_normal_keybindings,
    default_vi_visual_keybindings,
};

use crate::shell::Bindings;

use super::{
    layout::{EditRequests, Reindent},
    menu,
    pause::Pause,
    size::Size,
};

pub(super) const INTERRUPT: &str = "interrupt";
const FOCUS: &str = "focus ";

/// Where a host command of ours moves to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Focus {
    /// Counted from 0.
    At(usize),
    Next,
    Previous,
}

impl Focus {
    pub(super) fn of(host_command: &str) -> Option<Self> {
        match host_command.strip_prefix(FOCUS)? {
            "next" => Some(Self::Next),
            "previous" => Some(Self::Previous),
            index => index.parse().ok().map(Self::At),
        }
    }
}

/// The bindings with our own among them. One for all editors of a session: vi's mode outlives each.
#[derive(Clone)]
pub(super) struct Keys {
    machine: Arc<Mutex<Machine>>,
    bindings: Bindings,
    size: Arc<Size>,
    pause: Pause,
    wishes: EditRequests,
    /// The cursor was in the first line of the buffer when that was last painted, and no Up has come since.
    is_at_top: Arc<AtomicBool>,
}

enum Machine {
    Emacs(Emacs),
    Vi(Vi),
}

impl Machine {
    fn new(bindings: Bindings) -> Self {
        match bindings {
            Bindings::Emacs => Self::Emacs(Emacs::new(with_ours(default_emacs_keybindings()))),
            Bindings::Vi => Self::Vi(Vi::new(
                with_ours(default_vi_insert_keybindings()),
                with_ours(default_vi_normal_keybindings()),
                with_ours(default_vi_visual_keybindings()),
            )),
        }
    }

    fn mode(&self) -> &dyn EditMode {
        match self {
            Self::Emacs(emacs) => emacs,
            Self::Vi(vi) => vi,
        }
    }

    fn mode_mut(&mut self) -> &mut dyn EditMode {
        match self {
            Self::Emacs(emacs) => emacs,
            Self::Vi(vi) => vi,
        }
    }
}

fn with_ours(mut bindings: Keybindings) -> Keybindings {
    let host = |command: String| ReedlineEvent::ExecuteHostCommand(command);
    let mut bind = |modifiers, code, event| bindings.add_binding(modifiers, code, event);
    bind(KeyModifiers::CONTROL, KeyCode::Char('c'), host(INTERRUPT.into()));
    let choose =
        ReedlineEvent::UntilFound(vec![ReedlineEvent::Menu(menu::NAME.to_owned()), ReedlineEvent::MenuNext]);
    bind(KeyModifiers::NONE, KeyCode::Tab, choose);
    bind(KeyModifiers::SHIFT, KeyCode::BackTab, ReedlineEvent::MenuPrevious);
    bind(KeyModifiers::ALT, KeyCode::Enter, ReedlineEvent::Edit(vec![EditCommand::InsertNewline]));
    bind(KeyModifiers::ALT, KeyCode::Up, host(format!("{FOCUS}previous")));
    bind(KeyModifiers::ALT, KeyCode::Down, host(format!("{FOCUS}next")));
    for (index, digit) in (0..9).zip('1'..='9') {
        let focus = host(format!("{FOCUS}{index}"));
        bind(KeyModifiers::ALT, KeyCode::Char(digit), focus.clone());
        bind(KeyModifiers::NONE, KeyCode::F(index + 1), focus);
    }
    bindings
}

impl Keys {
    pub(super) fn new(bindings: Bindings, size: Arc<Size>, pause: Pause, wishes: EditRequests) -> Self {
        let machine = Arc::new(Mutex::new(Machine::new(bindings)));
        Self { machine, bindings, size, pause, wishes, is_at_top: Arc::default() }
    }

    /// Told at each painting.
    pub(super) fn is_painted(&self, before_cursor: &str) {
        self.is_at_top.store(!before_cursor.contains('\n'), Ordering::Relaxed);
    }

    /// A block from the history is shown with the cursor at its end, so that Up first goes through its lines. (reedline
    /// shows it with the cursor in the first one, where the next Up leaves it again.)
    fn to_end_of_recalled(&self, event: ReedlineEvent) -> ReedlineEvent {
        match event {
            ReedlineEvent::Up if self.is_at_top.swap(false, Ordering::Relaxed) => {
                let recalled = ReedlineEvent::Multiple(vec![ReedlineEvent::Up, ReedlineEvent::ToEnd]);
                // A search in the history knows Up alone.
                ReedlineEvent::UntilFound(vec![recalled, ReedlineEvent::Up])
            }
            ReedlineEvent::UntilFound(events) => ReedlineEvent::UntilFound(
                events.into_iter().map(|event| self.to_end_of_recalled(event)).collect(),
            ),
            other => other,
        }
    }

    /// A line is done with: vi begins the next one by inserting.
    pub(super) fn begin_anew(&self) {
        *self.lock() = Machine::new(self.bindings);
    }

    /// An edit waits for the next editor where this one was drawn for another size, since it would draw in the wrong
    /// rows; and so does one behind such an edit. Any other key comes after them.
    fn in_time(&self, event: ReedlineEvent) -> ReedlineEvent {
        let waiting = self.wishes.take_edits();
        match event {
            ReedlineEvent::Edit(edits) if self.size.has_changed() || !waiting.is_empty() => {
                self.wishes.edit_later([waiting, edits].concat());
                ReedlineEvent::None
            }
            event if waiting.is_empty() => event,
            event => ReedlineEvent::Multiple(vec![ReedlineEvent::Edit(waiting), event]),
        }
    }

    fn lock(&self) -> MutexGuard<'_, Machine> {
        self.machine.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl EditMode for Keys {
    fn parse_event(&mut self, event: ReedlineRawEvent) -> ReedlineEvent {
        let event = Event::from(event);
        self.pause.choosing(is_choice(&event, self.pause.is_on()));
        if let (Event::Paste(_), Some(text)) = (&event, text(&event)) {
            let is_tall = text.contains('\n');
            let edit = EditCommand::InsertString(text);
            if is_tall {
                // It may be taller than the screen, and this editor would clear what stands above.
                self.wishes.edit_later(vec![edit]);
                return ReedlineEvent::None;
            }
            return self.in_time(ReedlineEvent::Edit(vec![edit]));
        }
        if let Event::Resize(columns, rows) = event {
            // reedline would take it that the terminal has wrapped its rows anew, and draw over what stands above.
            self.size.tell((columns, rows));
            self.pause.break_off();
            return ReedlineEvent::None;
        }
        if is_new_line(&event) {
            self.wishes.make(Reindent::Indent);
        }
        let Ok(event) = ReedlineRawEvent::try_from(event) else { return ReedlineEvent::None };
        let event = self.lock().mode_mut().parse_event(event);
        self.in_time(self.to_end_of_recalled(event))
    }

    fn edit_mode(&self) -> PromptEditMode {
        self.lock().mode().edit_mode()
    }
}

/// The keys of a pager that go on.
pub(super) fn turns_page(event: &Event) -> bool {
    let Event::Key(key) = event else { return false };
    matches!(key.code, KeyCode::Enter | KeyCode::Char(' ') | KeyCode::Down | KeyCode::PageDown)
}

/// What a key or a paste would put into a line.
pub(super) fn text(event: &Event) -> Option<String> {
    match event {
        Event::Key(KeyEvent { code: KeyCode::Char(c), modifiers, .. })
            if !modifiers.intersects(KeyModifiers::CONTROL | KeyModifiers::ALT) =>
        {
            Some(c.to_string())
        }
        Event::Paste(text) => Some(text.replace("\r\n", "\n").replace('\r', "\n")),
        Event::Key(_) | Event::FocusGained | Event::FocusLost | Event::Mouse(_) | Event::Resize(..) => None,
    }
}

/// Alt-Enter.
fn is_new_line(event: &Event) -> bool {
    matches!(event, Event::Key(KeyEvent { code: KeyCode::Enter, modifiers: KeyModifiers::ALT, .. }))
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
pub(super) fn bytes(event: &Event) -> Vec<u8> {
    match event {
        Event::Key(key) => key_bytes(key),
        Event::Paste(text) => program_bytes(text),
        Event::FocusGained | Event::FocusLost | Event::Mouse(_) | Event::Resize(..) => Vec::new(),
    }
}

/// As a program reads text that was typed or pasted: with carriage returns for line breaks.
pub(super) fn program_bytes(text: &str) -> Vec<u8> {
    text.replace('\n', "\r").into_bytes()
}

fn key_bytes(key: &KeyEvent) -> Vec<u8> {
    let mut bytes = match key.code {
        // So crossterm calls the bytes 0x1c to 0x1f, Ctrl-] among them.
        KeyCode::Char(c @ '4'..='7') if key.modifiers.contains(KeyModifiers::CONTROL) => {
            vec![c as u8 - b'4' + 0x1c]
        }
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
        assert_eq!(key(KeyCode::Char('5'), KeyModifiers::CONTROL), [0x1d], "Ctrl-]");
        assert_eq!(key(KeyCode::Char('b'), KeyModifiers::ALT), b"\x1bb");
        assert_eq!(key(KeyCode::Enter, KeyModifiers::NONE), b"\r");
        assert_eq!(key(KeyCode::F(3), KeyModifiers::NONE), b"");
    }

    #[test]
    fn focus_keys_are_ours() {
        assert_eq!(Focus::of("focus 2"), Some(Focus::At(2)));
        assert_eq!(Focus::of("focus next"), Some(Focus::Next));
        assert_eq!(Focus::of(INTERRUPT), None);
    }
}
