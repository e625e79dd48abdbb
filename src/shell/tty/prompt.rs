//! The prompt of each reader, as IEx itself asks for it.

use std::borrow::Cow;

use nu_ansi_term::Color;
use reedline::{Prompt, PromptEditMode, PromptHistorySearch, PromptHistorySearchStatus, PromptViMode};

use crate::{
    i18n::Lang,
    lesson,
    render::{self, Palette, highlight, untrusted, width},
    session::notice::PromptLine,
    shell::messages,
};

/// A program may ask for a line with any text; more than this of it is no prompt. In columns.
const MAX_COLUMNS: usize = 120;

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct LinePrompt {
    text: String,
    /// Before each further line of the buffer.
    more: String,
    color: Color,
    /// vi's mode, or nothing; always of the same width.
    marker: &'static str,
    /// Of what a search in the history says.
    lang: Lang,
}

/// Which mode of vi's the keys are in; nothing with emacs' keys.
pub(super) fn marker(mode: &PromptEditMode) -> &'static str {
    match mode {
        PromptEditMode::Vi(PromptViMode::Insert) => "[i] ",
        PromptEditMode::Vi(PromptViMode::Normal) => "[n] ",
        PromptEditMode::Vi(PromptViMode::Visual) => "[v] ",
        PromptEditMode::Default
        | PromptEditMode::Emacs
        | PromptEditMode::Helix(_)
        | PromptEditMode::Custom(_) => "",
    }
}

impl LinePrompt {
    /// Shows vi's mode, where the keys are vi's.
    pub(super) fn with_mode(mut self, mode: &PromptEditMode) -> Self {
        self.marker = marker(mode);
        self.more.push_str(&" ".repeat(self.marker.len()));
        self
    }

    pub(super) fn new(terminal: &str, prompt: &PromptLine, palette: Palette, lang: Lang) -> Self {
        let label = label(terminal, prompt);
        let asked = text(terminal, prompt, lang);
        let more = more(&label, &asked, prompt);
        let text = label + &asked;
        let color = match prompt {
            PromptLine::Terminal(_) | PromptLine::Paused | PromptLine::Relay => {
                palette.terminal_color(terminal)
            }
            PromptLine::Question => Color::Default,
        };
        Self { text, more, color, marker: "", lang }
    }

    /// Before the first word of the guide.
    pub(super) fn nameless(lang: Lang) -> Self {
        Self { text: String::new(), more: String::new(), color: Color::Default, marker: "", lang }
    }

    /// What the terminal holds from the prompt's first column on.
    pub(super) fn with(&self, buffer: &str) -> String {
        format!("{}{}{}", self.text, self.marker, buffer.replace('\n', &format!("\n{}", self.more)))
    }
}

fn text(terminal: &str, prompt: &PromptLine, lang: Lang) -> String {
    match prompt {
        PromptLine::Terminal(lesson::Prompt::Dollar) => format!("{terminal} $ "),
        PromptLine::Terminal(lesson::Prompt::Iex { text } | lesson::Prompt::More { text }) => {
            spaced(&one_line(text))
        }
        PromptLine::Terminal(lesson::Prompt::Gets { text }) => one_line(text),
        PromptLine::Terminal(lesson::Prompt::Busy) | PromptLine::Relay => format!("{terminal} ⋯ "),
        PromptLine::Paused => spaced(render::messages::paused(terminal).speak(lang)),
        PromptLine::Question => " ? ".to_owned(),
    }
}

/// Where IEx's prompt doesn't tell the terminal, its name stands before it.
fn label(terminal: &str, prompt: &PromptLine) -> String {
    match prompt {
        PromptLine::Terminal(lesson::Prompt::Iex { text } | lesson::Prompt::More { text })
            if highlight::tells_no_terminal(text, terminal) =>
        {
            format!("{terminal} ")
        }
        PromptLine::Terminal(_) | PromptLine::Paused | PromptLine::Relay | PromptLine::Question => {
            String::new()
        }
    }
}

fn one_line(text: &str) -> String {
    width::cut(&untrusted::plain(text.lines().next_back().unwrap_or_default()), MAX_COLUMNS)
}

fn spaced(text: &str) -> String {
    if text.ends_with(' ') { text.to_owned() } else { format!("{text} ") }
}

/// IEx's own continuation prompt, of the same width: `iex(1)> ` goes on with `...(1)> `.
fn more(label: &str, text: &str, prompt: &PromptLine) -> String {
    let space = " ".repeat(width::width(label));
    match prompt {
        PromptLine::Terminal(lesson::Prompt::Iex { .. }) if text.starts_with("iex") => {
            space + &text.replacen("iex", "...", 1)
        }
        PromptLine::Terminal(lesson::Prompt::More { .. }) => space + text,
        PromptLine::Terminal(_) | PromptLine::Paused | PromptLine::Relay | PromptLine::Question => {
            " ".repeat(width::width(text)) + &space
        }
    }
}

impl Prompt for LinePrompt {
    fn render_prompt_left(&self) -> Cow<'_, str> {
        Cow::Borrowed(&self.text)
    }

    fn render_prompt_right(&self) -> Cow<'_, str> {
        Cow::Borrowed("")
    }

    fn render_prompt_indicator(&self, mode: PromptEditMode) -> Cow<'_, str> {
        Cow::Borrowed(marker(&mode))
    }

    fn render_prompt_multiline_indicator(&self) -> Cow<'_, str> {
        Cow::Borrowed(&self.more)
    }

    fn render_prompt_history_search_indicator(&self, search: PromptHistorySearch) -> Cow<'_, str> {
        let found = match search.status {
            PromptHistorySearchStatus::Passing => messages::typed_before(),
            PromptHistorySearchStatus::Failing => messages::not_typed_before(),
        };
        Cow::Owned(format!("({}: {}) ", found.speak(self.lang), search.term))
    }

    fn get_prompt_color(&self) -> Color {
        self.color
    }

    fn get_prompt_multiline_color(&self) -> Color {
        self.color
    }

    fn get_indicator_color(&self) -> Color {
        self.color
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows_above(prompt: &LinePrompt, before_cursor: &str, columns: usize) -> usize {
        width::landing(&prompt.with(before_cursor), columns).1
    }

    fn iex() -> LinePrompt {
        let prompt = lesson::Prompt::Iex { text: "iex(alex@localhost)1> ".into() };
        LinePrompt::new("alex", &PromptLine::Terminal(prompt), Palette::MONOCHROME, Lang::En)
    }

    #[test]
    fn each_reader_has_its_own() {
        let text = |prompt| {
            LinePrompt::new("alex", &PromptLine::Terminal(prompt), Palette::MONOCHROME, Lang::En).text
        };
        assert_eq!(text(lesson::Prompt::Dollar), "alex $ ");
        assert_eq!(text(lesson::Prompt::Iex { text: "iex(alex@vm)1>".into() }), "iex(alex@vm)1> ");
        assert_eq!(text(lesson::Prompt::Gets { text: "a\u{1b}[2Jb\nname? ".into() }), "name? ");
        assert_eq!(text(lesson::Prompt::Busy), "alex ⋯ ");
        assert_eq!(iex().more, "...(alex@localhost)1> ");
    }

    #[test]
    fn an_unnamed_iex_says_which_terminal_it_is() {
        let prompt = lesson::Prompt::Iex { text: "iex(2)> ".into() };
        let shell = LinePrompt::new("shell", &PromptLine::Terminal(prompt), Palette::MONOCHROME, Lang::En);
        assert_eq!(shell.with("fn ->\n:ok end"), "shell iex(2)> fn ->\n      ...(2)> :ok end");
        assert_eq!(rows_above(&shell, "", 14), 1, "the label counts");
        let prompt = lesson::Prompt::More { text: "...(2)> ".into() };
        let shell = LinePrompt::new("shell", &PromptLine::Terminal(prompt), Palette::MONOCHROME, Lang::En);
        assert_eq!(shell.with(""), "shell ...(2)> ");
    }

    #[test]
    fn rows_count_prompts_wrapping_and_greek() {
        assert_eq!(rows_above(&iex(), "", 80), 0);
        assert_eq!(rows_above(&iex(), "a\nb", 80), 1);
        assert_eq!(rows_above(&iex(), &"α".repeat(18), 40), 1, "a full row");
        assert_eq!(rows_above(&iex(), &format!("{}\nβ", "α".repeat(19)), 40), 2);
    }
}
