//! The menu of what may stand at the cursor: a column, with documentation where there is some.

use reedline::{
    ColumnarMenu, Completer, Editor, Menu, MenuBuilder, MenuEvent, MenuSettings, Painter, Suggestion,
};

use crate::{
    i18n::Lang,
    render::{Palette, Tone, width},
    shell::messages,
};

pub(super) const NAME: &str = "completions";

/// Beside letters and digits, what belongs to a word; the menu closes at anything else.
const WORD: &str = "_@!?.:/~-";

/// How many columns, where nothing has documentation.
const COLUMNS: u16 = 6;

/// reedline's columnar menu, which shouts in capitals where there is no colour, and where nothing fits.
pub(super) struct Choices {
    menu: ColumnarMenu,
    palette: Palette,
    columns: usize,
    lang: Lang,
}

impl Choices {
    /// `marker` stands where the prompt's mode does while the menu is there.
    pub(super) fn new(palette: Palette, columns: usize, marker: &str, lang: Lang) -> Self {
        let chosen = palette.style(Tone::Code).reverse();
        let menu = ColumnarMenu::default()
            .with_name(NAME)
            .with_marker(marker)
            .with_word_chars(WORD)
            .with_columns(COLUMNS)
            .with_column_padding(3)
            .with_text_style(palette.style(Tone::Plain))
            .with_match_text_style(palette.style(Tone::Plain))
            .with_selected_text_style(chosen)
            .with_selected_match_text_style(chosen)
            .with_description_text_style(palette.style(Tone::Quiet));
        Self { menu, palette, columns, lang }
    }

    /// The chosen line as it is, after `> `.
    fn unshouted(&self, line: &str) -> String {
        let upper = |value: &Suggestion| format!(">{}", value.display_value().to_ascii_uppercase());
        let values = self.menu.get_values().iter();
        let chosen = values.filter(|value| line.starts_with(&upper(value)));
        match chosen.max_by_key(|value| value.display_value().len()) {
            Some(value) => {
                let shown = format!(">{}", value.display_value());
                let rest = &line[shown.len()..];
                match &value.description {
                    Some(about) => {
                        let gap = rest.len() - rest.trim_start().len();
                        let about = width::cut(about, self.columns.saturating_sub(shown.len() + gap + 1));
                        format!("{shown}{}{about}", " ".repeat(gap))
                    }
                    None => shown + rest,
                }
            }
            None => line.to_owned(),
        }
    }
}

impl Menu for Choices {
    fn settings(&self) -> &MenuSettings {
        self.menu.settings()
    }

    fn is_active(&self) -> bool {
        self.menu.is_active()
    }

    fn set_active(&mut self, active: bool) {
        self.menu.set_active(active);
    }

    fn clear_input(&mut self) {
        self.menu.clear_input();
    }

    fn on_activate(&mut self) {
        self.menu.on_activate();
    }

    fn on_deactivate(&mut self) {
        self.menu.on_deactivate();
    }

    fn menu_event(&mut self, event: MenuEvent) {
        self.menu.menu_event(event);
    }

    fn can_quick_complete(&self) -> bool {
        // A signature is there to be read, even alone.
        !matches!(self.menu.get_values(), [only] if only.value.is_empty())
    }

    fn can_partially_complete(
        &mut self,
        values_updated: bool,
        editor: &mut Editor,
        completer: &mut dyn Completer,
    ) -> bool {
        self.menu.can_partially_complete(values_updated, editor, completer)
    }

    fn update_values(&mut self, editor: &mut Editor, completer: &mut dyn Completer) {
        self.menu.update_values(editor, completer);
    }

    fn reset_position(&mut self) {
        self.menu.reset_position();
    }

    fn update_working_details(
        &mut self,
        editor: &mut Editor,
        completer: &mut dyn Completer,
        painter: &Painter,
    ) {
        self.menu.update_working_details(editor, completer, painter);
    }

    fn replace_in_buffer(&self, editor: &mut Editor) {
        self.menu.replace_in_buffer(editor);
    }

    fn menu_required_lines(&self, terminal_columns: u16) -> u16 {
        self.menu.menu_required_lines(terminal_columns)
    }

    fn menu_string(&self, available_lines: u16, with_colour: bool) -> String {
        if self.menu.get_values().is_empty() {
            return self.palette.paint(Tone::Quiet, messages::nothing_fits().speak(self.lang));
        }
        let drawn = self.menu.menu_string(available_lines, with_colour);
        if with_colour {
            return drawn;
        }
        let lines: Vec<_> = drawn.split("\r\n").map(|line| self.unshouted(line)).collect();
        lines.join("\r\n")
    }

    fn min_rows(&self) -> u16 {
        self.menu.min_rows()
    }

    fn get_values(&self) -> &[Suggestion] {
        self.menu.get_values()
    }

    fn results_are_provisional(&self) -> bool {
        self.menu.results_are_provisional()
    }

    fn is_awaiting_first_answer(&self) -> bool {
        self.menu.is_awaiting_first_answer()
    }
}
