//! A line editor for one prompt: made anew each time, as a reedline that was broken off would draw over
//! what was printed in between.

use std::{
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use crossterm::event::Event;
use reedline::{
    EditCommand, EditMode, Highlighter, Reedline, ReedlineMenu, StyledText, ValidationResult, Validator,
};
use tokio::sync::mpsc;

use crate::{
    guide::command::Command,
    lesson::TerminalName,
    render::{Palette, Tone, highlight},
    shell::{
        answer::AskAhead,
        command::{self, PromptContext, Reader},
        transcript,
    },
};

use super::{
    completer::{Completer, Scene},
    hint::Hint,
    history::Histories,
    keys::{self, Keys},
    layout::{self, EditRequests, Reindent},
    menu::Choices,
    pause::Pause,
    prompt::marker,
    size::Size,
};

/// How often the break signal is looked at: a print that comes while a line is edited waits no longer.
const LOOK: Duration = Duration::from_millis(10);

/// What every editor of a session has in common.
pub(super) struct Editors {
    pub history: Histories,
    pub size: Arc<Size>,
    pub palette: Palette,
    pub commands: mpsc::Sender<Command>,
    pub pause: Pause,
    pub keys: Keys,
    pub wishes: EditRequests,
    /// The guide knows that the present buffer is unfinished.
    pub is_told: Arc<AtomicBool>,
}

impl Editors {
    /// What is typed from now on is another buffer.
    pub(super) fn begin_anew(&self) {
        self.is_told.store(false, Ordering::Relaxed);
        self.keys.begin_anew();
    }

    /// Whether a key at the end of a page goes on to the next one; text is kept for the next editor.
    pub(super) fn turns_page(&self, key: &Event) -> bool {
        let goes_on = keys::turns_page(key);
        if let Some(text) = keys::text(key).filter(|_| !goes_on) {
            self.wishes.edit_later(vec![EditCommand::InsertString(text)]);
        }
        goes_on
    }

    /// An editor that begins with `buffer` and the cursor at byte `cursor` of it.
    pub(super) fn make(&self, scene: Scene, buffer: &str, cursor: usize) -> Reedline {
        let (reader, terminals) = (scene.reader, scene.terminals.clone());
        let terminals = terminals.as_slice();
        let columns = usize::from(self.size.look().0);
        let lang = scene.lang;
        let completer = Completer::new(scene, self.commands.clone(), self.pause.clone());
        let menu = Choices::new(self.palette, columns, marker(&self.keys.edit_mode()), lang);
        let ending = (reader == Some(Reader::Iex)).then(|| {
            Arc::new(Ending {
                foresight: AskAhead::new(self.commands.clone()),
                commands: self.commands.clone(),
                terminals: terminals.to_vec(),
                is_told: Arc::clone(&self.is_told),
                wishes: self.wishes.clone(),
            })
        });
        let colours = Colours {
            is_code: is_code(reader),
            ending: ending.clone(),
            terminals: terminals.to_vec(),
            palette: self.palette,
            wishes: self.wishes.clone(),
            keys: self.keys.clone(),
            size: Arc::clone(&self.size),
            before: Mutex::new(buffer.get(..cursor).unwrap_or(buffer).to_owned()),
        };
        let mut editor = Reedline::create()
            .with_history(Box::new(self.history.of(reader)))
            .with_edit_mode(Box::new(self.keys.clone()))
            .with_hinter(Box::new(Hint::new(terminals, self.palette)))
            .with_highlighter(Box::new(colours))
            .with_ansi_colors(self.palette.is_coloured())
            .with_completer(Box::new(completer))
            .with_menu(ReedlineMenu::EngineCompleter(Box::new(menu)))
            .with_quick_completions(true)
            .with_partial_completions(true)
            .with_break_signal(Arc::clone(&self.pause.breaks))
            .with_poll_interval(LOOK)
            .use_bracketed_paste(true)
            .disable_auto_pairs();
        if let Some(ending) = ending {
            editor = editor.with_validator(Box::new(Enter(ending)));
        }
        if !buffer.is_empty() {
            editor.run_edit_commands(&[
                EditCommand::InsertString(buffer.to_owned()),
                EditCommand::MoveToPosition { position: cursor, select: false },
            ]);
        }
        editor.run_edit_commands(&self.wishes.take_edits());
        editor
    }
}

fn is_code(reader: Option<Reader>) -> bool {
    match reader {
        Some(Reader::Iex | Reader::More) => true,
        Some(Reader::Program | Reader::Dollar | Reader::Question) | None => false,
    }
}

/// Whether Enter ends the line: what is for the node must be a whole expression.
struct Ending {
    foresight: AskAhead,
    commands: mpsc::Sender<Command>,
    terminals: Vec<TerminalName>,
    is_told: Arc<AtomicBool>,
    wishes: EditRequests,
}

impl Ending {
    /// What the node is asked about; of a pasted transcript, its last input. Nothing where the line is not for it.
    fn input(&self, text: &str) -> Option<String> {
        let place = PromptContext { reader: Reader::Iex, focused: None, terminals: &self.terminals };
        let is_for_node = !text.trim().is_empty() && !command::is_slash(text, place);
        let last = is_for_node.then(|| transcript::inputs(text).pop()).flatten()?;
        Some(last).filter(|last| !last.trim().is_empty())
    }

    /// Whether it ends in a command of Moebi's, below an expression that may be unfinished.
    fn is_command(&self, text: &str) -> bool {
        let place = PromptContext { reader: Reader::Iex, focused: None, terminals: &self.terminals };
        command::below(text, place).is_some()
    }

    /// By the time Enter is pressed the node may have answered.
    fn foresee(&self, text: &str) {
        if let Some(input) = self.input(text) {
            self.foresight.ask(&input);
        }
    }

    /// Enter on an empty line, and still not whole: someone may be stuck.
    fn is_stuck(&self, text: &str) {
        let is_empty = text.rsplit_once('\n').is_some_and(|(_, last)| last.trim().is_empty());
        if is_empty && !self.is_told.swap(true, Ordering::Relaxed) {
            // A guide too busy to hear it is told by the next Enter.
            let is_sent = self.commands.try_send(Command::Unfinished).is_ok();
            self.is_told.store(is_sent, Ordering::Relaxed);
        }
    }
}

struct Enter(Arc<Ending>);

impl Validator for Enter {
    fn validate(&self, text: &str) -> ValidationResult {
        let Self(ending) = self;
        if ending.is_command(text) {
            return ValidationResult::Complete;
        }
        if ending.input(text).is_none_or(|input| ending.foresight.is_whole(&input)) {
            return ValidationResult::Complete;
        }
        ending.is_stuck(text);
        ending.wishes.make(Reindent::Indent);
        ValidationResult::Incomplete
    }
}

/// Elixir in colour while it is typed; commands of Moebi's in one of their own.
struct Colours {
    is_code: bool,
    /// Where a node is to read the line.
    ending: Option<Arc<Ending>>,
    terminals: Vec<TerminalName>,
    palette: Palette,
    wishes: EditRequests,
    keys: Keys,
    size: Arc<Size>,
    /// What stood before the cursor when this was asked last.
    before: Mutex<String>,
}

impl Highlighter for Colours {
    fn highlight(&self, text: &str, cursor: usize) -> StyledText {
        let before_cursor = text.get(..cursor).unwrap_or(text);
        self.keys.is_painted(before_cursor);
        if self.is_code {
            self.watch(before_cursor);
        }
        let mut styled = StyledText::new();
        let place = PromptContext { reader: Reader::Dollar, focused: None, terminals: &self.terminals };
        if text.starts_with('/') && command::is_slash(text, place) {
            styled.push((self.palette.style(Tone::Code), text.to_owned()));
        } else if self.is_code {
            self.code(text, &mut styled);
        } else {
            styled.push((self.palette.style(Tone::Plain), text.to_owned()));
        }
        if let Some(ending) = &self.ending {
            ending.foresee(text);
        }
        // Asked before each painting.
        self.size.paint();
        styled
    }
}

impl Colours {
    /// Of all that reedline asks, this is where a buffer is seen after each key.
    fn watch(&self, now: &str) {
        let mut before = self.before.lock().unwrap_or_else(PoisonError::into_inner);
        if layout::is_closed(&before, now) {
            self.wishes.make(Reindent::Dedent);
        }
        now.clone_into(&mut before);
    }

    fn code(&self, text: &str, styled: &mut StyledText) {
        for (index, line) in highlight::elixir(text).into_iter().enumerate() {
            if index > 0 {
                styled.push((self.palette.style(Tone::Plain), "\n".to_owned()));
            }
            for span in line {
                styled.push((self.palette.style(span.tone), span.text));
            }
        }
    }
}
