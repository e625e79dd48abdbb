//! How far code is indented: two columns for each open `do`, `fn`, bracket and clause.

use std::sync::{Arc, Mutex, PoisonError};

use reedline::EditCommand;

use crate::lesson::lexer::{Within, code_characters, is_word};

use super::pause::Pause;

const STEP: usize = 2;
const CLOSERS: [&str; 4] = ["end", ")", "]", "}"];
const OPERATORS: [&str; 11] = ["|>", "++", "<>", "&&", "||", "+", "-", "*", "=", "|", "<-"];

/// What a key has left for the driver to do, who alone can change a buffer as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reindent {
    /// A new line was begun.
    Indent,
    /// A closer was typed at the start of a line.
    Dedent,
}

/// EditRequests of the editor for the driver: to have them granted, the editor is broken off.
#[derive(Debug, Clone)]
pub(super) struct EditRequests {
    wish: Arc<Mutex<Option<Reindent>>>,
    /// Typed when the editor could not be drawn as it was.
    edits: Arc<Mutex<Vec<EditCommand>>>,
    pause: Pause,
}

impl EditRequests {
    pub(super) fn new(pause: Pause) -> Self {
        Self { wish: Arc::default(), edits: Arc::default(), pause }
    }

    /// For the next editor, at once.
    pub(super) fn edit_later(&self, edits: Vec<EditCommand>) {
        self.edits.lock().unwrap_or_else(PoisonError::into_inner).extend(edits);
        self.pause.break_off();
    }

    pub(super) fn take_edits(&self) -> Vec<EditCommand> {
        std::mem::take(&mut *self.edits.lock().unwrap_or_else(PoisonError::into_inner))
    }

    pub(super) fn make(&self, wish: Reindent) {
        *self.wish.lock().unwrap_or_else(PoisonError::into_inner) = Some(wish);
        self.pause.break_off();
    }

    /// The buffer and its cursor as they are wished for.
    pub(super) fn grant(&self, buffer: String, cursor: usize) -> (String, usize) {
        match self.wish.lock().unwrap_or_else(PoisonError::into_inner).take() {
            Some(Reindent::Indent) => indented(buffer, cursor),
            Some(Reindent::Dedent) => dedented(buffer, cursor),
            None => (buffer, cursor),
        }
    }
}

/// The line at the cursor was just begun; some keys may have come since.
fn indented(mut buffer: String, cursor: usize) -> (String, usize) {
    let Some((above, begun)) = buffer.get(..cursor).and_then(|before| before.rsplit_once('\n')) else {
        return (buffer, cursor);
    };
    if begun.starts_with(' ') {
        return (buffer, cursor);
    }
    let (spaces, begun) = (indentation(above), begun.len());
    let is_bare = above.rsplit('\n').next().is_some_and(|line| line.trim().is_empty());
    // A line that was left empty keeps no spaces.
    let from = if is_bare { above.trim_end_matches(' ').len() } else { above.len() };
    buffer.replace_range(from..cursor - begun, &format!("\n{}", " ".repeat(spaces)));
    dedented(buffer, from + 1 + spaces + begun)
}

fn dedented(mut buffer: String, cursor: usize) -> (String, usize) {
    let Some((spaces, less)) = buffer.get(..cursor).and_then(closing) else { return (buffer, cursor) };
    let start = buffer[..cursor].rfind('\n').map_or(0, |at| at + 1);
    buffer.replace_range(start..start + spaces, &" ".repeat(less));
    (buffer, cursor - (spaces - less))
}

/// Whether typing has just made `now` of `before`, and `now` ends with a closer that stands too far right.
pub(super) fn is_closed(before: &str, now: &str) -> bool {
    let typed = now.strip_prefix(before).filter(|typed| !typed.is_empty() && typed.len() <= 3);
    let begun = before.rsplit('\n').next().unwrap_or_default().trim_start();
    typed.is_some_and(|typed| CLOSERS.contains(&format!("{begun}{typed}").as_str())) && closing(now).is_some()
}

/// How far a closer at the end of `before` is indented, and how far it should be; none where it is not too far.
fn closing(before: &str) -> Option<(usize, usize)> {
    let (above, line) = before.rsplit_once('\n')?;
    let bare = line.trim_start_matches(' ');
    let spaces = line.len() - bare.len();
    let opened = Scanned::of(above).open.last().copied()?;
    (CLOSERS.contains(&bare) && opened < spaces).then_some((spaces, opened))
}

/// How many spaces the line after `above` begins with.
pub(super) fn indentation(above: &str) -> usize {
    let scanned = Scanned::of(above);
    let line = above.rsplit('\n').next().unwrap_or_default();
    let spaces = line.len() - line.trim_start_matches(' ').len();
    match scanned.within {
        Within::Text => return 0,
        Within::Heredoc => return spaces,
        Within::Code => {}
    }
    if scanned.opened || scanned.tail.ends_with("->") {
        spaces + STEP
    } else if let Some(opener) = scanned.closed {
        opener
    } else if scanned.open.is_empty() && spaces == 0 && OPERATORS.iter().any(|op| scanned.tail.ends_with(op))
    {
        STEP
    } else {
        spaces
    }
}

struct Scanned {
    /// For each thing that is open: how far the line that opened it is indented.
    open: Vec<usize>,
    /// The last line left something open that it opened itself.
    opened: bool,
    /// The last line closed what another had opened: how far that one is indented.
    closed: Option<usize>,
    /// The last two characters of code on the last line.
    tail: String,
    within: Within,
}

impl Scanned {
    fn of(source: &str) -> Self {
        let (code, within) = code_characters(source);
        let mut this = Self { open: Vec::new(), opened: false, closed: None, tail: String::new(), within };
        let mut low = 0;
        let mut spaces = indent_of(source, 0);
        let mut index = 0;
        while let Some(&(at, c)) = code.get(index) {
            let word = word(&code[index..]);
            if c == '\n' {
                (this.closed, low) = (None, this.open.len());
                spaces = indent_of(source, at + 1);
                this.tail.clear();
            }
            let is_name = index > 0 && matches!(code[index - 1].1, '.' | ':') && code[index - 1].0 + 1 == at;
            let is_key = code.get(index + word.chars().count()).is_some_and(|(_, c)| *c == ':');
            let is_keyword = !is_name && !is_key;
            match (c, word.as_str()) {
                ('(' | '[' | '{', _) => this.open.push(spaces),
                (_, "do" | "fn") if is_keyword => this.open.push(spaces),
                (')' | ']' | '}', _) => this.close(&mut low),
                (_, "end") if is_keyword => this.close(&mut low),
                _ => {}
            }
            let length = word.chars().count().max(1);
            for (_, c) in &code[index..index + length] {
                if !c.is_whitespace() {
                    this.tail.push(*c);
                }
            }
            index += length;
        }
        this.opened = this.open.len() > low;
        this
    }

    fn close(&mut self, low: &mut usize) {
        let opener = self.open.pop();
        if self.open.len() < *low {
            *low = self.open.len();
            self.closed = opener;
        }
    }
}

/// The word at the start, letter by letter without a gap.
fn word(code: &[(usize, char)]) -> String {
    let mut end = code.first().map_or(0, |(at, _)| *at);
    code.iter()
        .take_while(|(at, c)| {
            let is_next = *at == end && is_word(*c);
            end = at + c.len_utf8();
            is_next
        })
        .map(|(_, c)| *c)
        .collect()
}

fn indent_of(source: &str, at: usize) -> usize {
    source[at..].len() - source[at..].trim_start_matches(' ').len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_new_line_is_indented_by_what_is_open() {
        for (above, spaces) in [
            ("defmodule Kate do", 2),
            ("defmodule Kate do\n  def a do", 4),
            ("defmodule Kate do\n  def a do\n    1", 4),
            ("defmodule Kate do\n  def a do\n    1\n  end", 2),
            ("spawn(fn ->", 2),
            ("receive do\n  :ping ->", 4),
            ("receive do\n  :ping ->\n    1", 4),
            ("Enum.map([1,\n  2], fn x ->", 4),
            ("foo(\n  1,\n  2)", 0),
            ("x = 1 +", 2),
            ("x =\n  1 +", 2),
            ("def a, do: (", 2),
            ("IO.puts(\"do (", 0),
            ("x = 1", 0),
            ("list\n|> Enum.map(& &1)", 0),
            ("if x.do do # fn (", 2),
            ("%{a: [", 2),
            ("a = fn -> 1 end", 0),
        ] {
            assert_eq!(indentation(above), spaces, "{above}");
        }
    }

    #[test]
    fn a_closer_at_the_start_of_a_line_goes_back() {
        assert!(is_closed("fn ->\n  en", "fn ->\n  end"));
        assert!(is_closed("fn ->\n  ", "fn ->\n  end"), "typed at once");
        assert!(is_closed("[\n  1,\n  ", "[\n  1,\n  ]"));
        assert!(!is_closed("fn ->\nen", "fn ->\nend"), "it stands right");
        assert!(!is_closed("fn ->\n  x en", "fn ->\n  x end"));
        assert!(!is_closed("", "fn ->\n  end"), "from the history");
        assert_eq!(dedented("fn ->\n    end x".into(), 13), ("fn ->\nend x".into(), 9));
    }

    #[test]
    fn the_cursor_goes_where_the_line_begins() {
        assert_eq!(indented("fn ->\n".into(), 6), ("fn ->\n  ".into(), 8));
        assert_eq!(indented("fn ->\n  \n".into(), 9), ("fn ->\n\n  ".into(), 9));
        assert_eq!(indented("fn ->\n1 end".into(), 6), ("fn ->\n  1 end".into(), 8));
    }
}
