//! Quiet colours: the sixteen of the person's own theme, and none that carries a meaning alone.
//!
//! Yellow and cyan can't be read on white paper; where the background is known to be light, others take their place.

use std::env;

use nu_ansi_term::{Color, Style};

/// What a piece of text is; the palette decides how that looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    Plain,
    Title,
    /// Beside the point: labels, origins, what Moebi does.
    Quiet,
    Good,
    Bad,
    /// What to try.
    Advice,
    Emphasis,
    Strong,
    /// Code within a sentence.
    Code,
    /// A value that IEx wrote.
    Value,
    Keyword,
    Literal,
    Text,
    Module,
    Comment,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Palette {
    is_coloured: bool,
    is_light: bool,
}

impl Palette {
    pub const COLOURED: Self = Self { is_coloured: true, is_light: false };
    pub const MONOCHROME: Self = Self { is_coloured: false, is_light: false };

    /// What the environment and the place written to ask for.
    pub fn from_env(is_terminal: bool) -> Self {
        Self::decide(|name| env::var(name).ok(), is_terminal)
    }

    /// `NO_COLOR` (no-color.org) outranks `CLICOLOR_FORCE`, and that `TERM`, `CLICOLOR`
    /// (bixense.com/clicolors) and whether it is a terminal at all.
    pub fn decide(var: impl Fn(&str) -> Option<String>, is_terminal: bool) -> Self {
        let set = |name: &str| var(name).is_some_and(|value| !value.is_empty());
        let is_coloured = if set("NO_COLOR") {
            false
        } else if var("CLICOLOR_FORCE").is_some_and(|value| !value.is_empty() && value != "0") {
            true
        } else {
            is_terminal && var("TERM").as_deref() != Some("dumb") && var("CLICOLOR").as_deref() != Some("0")
        };
        Self { is_coloured, is_light: is_light(var) }
    }

    pub fn is_coloured(self) -> bool {
        self.is_coloured
    }

    pub fn style(self, tone: Tone) -> Style {
        let plain = Style::new();
        if !self.is_coloured {
            return plain;
        }
        match tone {
            Tone::Plain => plain,
            Tone::Title | Tone::Strong => plain.bold(),
            Tone::Quiet | Tone::Comment => plain.dimmed(),
            Tone::Good | Tone::Text => plain.fg(Color::Green),
            Tone::Bad => plain.fg(Color::Red),
            Tone::Advice | Tone::Value | Tone::Module => plain.fg(self.fit(Color::Yellow, Color::Purple)),
            Tone::Emphasis => plain.italic(),
            Tone::Code | Tone::Literal => plain.fg(self.fit(Color::Cyan, Color::Blue)),
            Tone::Keyword => plain.fg(Color::Purple),
        }
    }

    pub fn paint(self, tone: Tone, text: &str) -> String {
        self.dress(self.style(tone), text)
    }

    /// A terminal's own colour, the same in its prompt, its label and the map.
    pub fn terminal_color(self, name: &str) -> Color {
        const COLORS: [Color; 5] = [Color::Cyan, Color::Purple, Color::Yellow, Color::Green, Color::Blue];
        let color = match name {
            _ if !self.is_coloured => Color::Default,
            "alex" => Color::Cyan,
            "kate" => Color::Purple,
            "moebi" => Color::Yellow,
            _ => COLORS[name.bytes().map(usize::from).sum::<usize>() % COLORS.len()],
        };
        match color {
            Color::Yellow => self.fit(color, Color::Red),
            Color::Cyan => self.fit(color, Color::Blue),
            color => color,
        }
    }

    fn fit(self, on_dark: Color, on_light: Color) -> Color {
        if self.is_light { on_light } else { on_dark }
    }

    pub fn terminal(self, name: &str, text: &str) -> String {
        self.dress(Style::new().fg(self.terminal_color(name)), text)
    }

    fn dress(self, style: Style, text: &str) -> String {
        if !self.is_coloured || text.is_empty() || style == Style::new() {
            text.to_owned()
        } else {
            style.paint(text).to_string()
        }
    }
}

/// `MOEBI_THEME=light|dark`, else what the terminal says of itself in `COLORFGBG` (`15;0`: the last is the background,
/// of the sixteen; rxvt, Konsole, iTerm2), else dark.
fn is_light(var: impl Fn(&str) -> Option<String>) -> bool {
    match var("MOEBI_THEME").as_deref() {
        Some("light") => true,
        Some("dark") => false,
        Some(_) | None => {
            let background =
                var("COLORFGBG").and_then(|colors| colors.rsplit(';').next()?.parse::<u8>().ok());
            matches!(background, Some(7 | 15))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn coloured(vars: &[(&str, &str)], is_terminal: bool) -> bool {
        let var =
            |name: &str| vars.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned());
        Palette::decide(var, is_terminal).is_coloured()
    }

    #[test]
    fn the_environment_decides_on_colour() {
        assert!(coloured(&[], true));
        assert!(!coloured(&[], false));
        assert!(!coloured(&[("NO_COLOR", "1")], true));
        assert!(coloured(&[("NO_COLOR", "")], true), "an empty NO_COLOR says nothing");
        assert!(!coloured(&[("TERM", "dumb")], true));
        assert!(!coloured(&[("CLICOLOR", "0")], true));
        assert!(coloured(&[("CLICOLOR_FORCE", "1")], false));
        assert!(!coloured(&[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "1")], true));
        assert!(!coloured(&[("CLICOLOR_FORCE", "0")], false));
    }

    #[test]
    fn on_white_paper_no_yellow_and_no_cyan() {
        let palette = |vars: &[(&str, &str)]| {
            let vars: Vec<_> = vars.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect();
            Palette::decide(move |name| vars.iter().find(|(k, _)| k == name).map(|(_, v)| v.clone()), true)
        };
        let drawn = |palette: Palette| palette.paint(Tone::Code, "x") + &palette.terminal("moebi", "moebi");
        for dark in [
            palette(&[]),
            palette(&[("COLORFGBG", "15;0")]),
            palette(&[("COLORFGBG", "0;15"), ("MOEBI_THEME", "dark")]),
        ] {
            assert!(drawn(dark).contains("\u{1b}[36m") && drawn(dark).contains("\u{1b}[33m"), "{dark:?}");
        }
        for light in [palette(&[("COLORFGBG", "0;default;15")]), palette(&[("MOEBI_THEME", "light")])] {
            assert!(
                !drawn(light).contains("\u{1b}[36m") && !drawn(light).contains("\u{1b}[33m"),
                "{light:?}"
            );
        }
    }

    #[test]
    fn without_colour_no_escape_is_written() {
        assert_eq!(Palette::MONOCHROME.paint(Tone::Bad, "no"), "no");
        assert_eq!(Palette::MONOCHROME.terminal("kate", "kate"), "kate");
        assert_eq!(Palette::COLOURED.paint(Tone::Bad, "no"), "\u{1b}[31mno\u{1b}[0m");
        assert_eq!(Palette::COLOURED.paint(Tone::Plain, "no"), "no");
    }
}
