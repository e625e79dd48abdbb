//! Where the prompt is after the window has changed its width.
//!
//! Some terminals wrap their rows anew then, others cut them off, and none says which it does. The cursor tells where
//! the two would leave it in different columns; where it doesn't, what it told the last time counts, or what is known of
//! terminals that name themselves.

/// A column, and a row counted from the prompt's first one.
pub(super) type Landing = (usize, usize);

/// What terminals that wrap their rows anew leave in the environment.
const WRAPPING: [&str; 9] = [
    "TMUX",
    "VTE_VERSION",
    "KITTY_WINDOW_ID",
    "ALACRITTY_WINDOW_ID",
    "WEZTERM_PANE",
    "KONSOLE_VERSION",
    "GHOSTTY_RESOURCES_DIR",
    "ITERM_SESSION_ID",
    "WT_SESSION",
];
/// Within screen, whose rows are cut off, there is still what the terminal around it has left.
const CUTTING: &str = "STY";

#[derive(Debug, Default)]
pub(super) struct Reflow {
    /// None as long as nothing is known.
    does: Option<bool>,
}

impl Reflow {
    /// By the variables of the environment that there are.
    pub(super) fn guess(is_there: impl Fn(&str) -> bool) -> Self {
        let is_cut = is_there(CUTTING) && !is_there(WRAPPING[0]);
        Self { does: (!is_cut && WRAPPING.into_iter().any(is_there)).then_some(true) }
    }

    /// How many rows the cursor is below the prompt's first one: it was drawn to be at `drawn`, and would be at
    /// `wrapped` in the present width. `column` asks the terminal for the column that it is in.
    pub(super) fn rows(
        &mut self,
        drawn: Landing,
        wrapped: Landing,
        columns: usize,
        column: impl FnOnce() -> Option<usize>,
    ) -> usize {
        if drawn.1 == wrapped.1 {
            return drawn.1;
        }
        let cut = drawn.0.min(columns.saturating_sub(1));
        if cut != wrapped.0 {
            self.does = column().map_or(self.does, |column| self.told(column, cut, wrapped.0));
        }
        match self.does {
            Some(true) => wrapped.1,
            Some(false) => drawn.1,
            // A row of the prompt that stays behind is better than one of somebody's words that is gone.
            None => drawn.1.min(wrapped.1),
        }
    }

    fn told(&self, column: usize, cut: usize, wrapped: usize) -> Option<bool> {
        match column {
            _ if column == wrapped => Some(true),
            _ if column == cut => Some(false),
            _ => self.does,
        }
    }

    /// The width that rows stand in which were drawn `drawn` columns wide, now that there are `columns`.
    pub(super) fn columns(&self, drawn: usize, columns: usize) -> usize {
        if self.does == Some(true) { columns } else { drawn }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cursor_tells_and_is_believed_later() {
        let mut reflow = Reflow::default();
        assert_eq!(reflow.rows((5, 2), (5, 4), 60, || None), 2, "nobody knows");
        assert_eq!(reflow.rows((5, 2), (25, 4), 60, || Some(25)), 4);
        assert_eq!(reflow.rows((5, 2), (5, 4), 60, || None), 4, "as the last time");
        assert_eq!(reflow.columns(100, 60), 60);
    }

    #[test]
    fn a_terminal_with_a_name_is_known_until_the_cursor_tells_otherwise() {
        let guess = |there: &'static [&str]| Reflow::guess(move |name| there.contains(&name));
        assert_eq!(guess(&["TMUX", "STY"]).rows((5, 2), (5, 4), 60, || None), 4);
        assert_eq!(guess(&["VTE_VERSION"]).rows((5, 2), (5, 4), 60, || None), 4);
        assert_eq!(guess(&["VTE_VERSION", "STY"]).rows((5, 2), (5, 4), 60, || None), 2);
        assert_eq!(guess(&["TERM"]).rows((5, 2), (5, 4), 60, || None), 2);
        let mut reflow = guess(&["TMUX"]);
        assert_eq!(reflow.rows((75, 2), (15, 4), 60, || Some(59)), 2);
        assert_eq!(reflow.rows((5, 2), (5, 4), 60, || None), 2, "as it told");
    }

    #[test]
    fn rows_that_are_cut_off_stay_where_they_are() {
        let mut reflow = Reflow::default();
        assert_eq!(reflow.rows((75, 2), (15, 4), 60, || Some(59)), 2);
        assert_eq!(reflow.rows((5, 4), (5, 2), 90, || None), 4, "as the last time");
        assert_eq!(reflow.columns(100, 60), 100);
    }

    #[test]
    fn the_terminal_is_asked_only_where_it_matters() {
        let mut reflow = Reflow::default();
        assert_eq!(reflow.rows((5, 2), (25, 2), 60, || unreachable!("the rows are the same")), 2);
        assert_eq!(reflow.rows((5, 3), (5, 2), 60, || unreachable!("the columns are the same")), 2);
    }
}
