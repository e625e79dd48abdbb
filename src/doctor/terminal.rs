//! What this terminal can do.

use crate::cluster::locale;

use super::{Finding, messages};

/// Below this a lesson's cards don't fit, in columns and rows.
const ENOUGH: (u16, u16) = (60, 20);

/// Terminals that put no brackets around what is pasted.
const NO_BRACKETS: [&str; 5] = ["dumb", "linux", "vt100", "vt220", "ansi"];

/// What was found out by asking the terminal where its cursor is, after some letters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Measured {
    /// Nobody was asked: it is no terminal, or a program reads the output.
    NotAsked,
    NoAnswer,
    /// Greek letters took one column and Chinese ones two, or not.
    Widths {
        right: bool,
    },
}

#[derive(Debug, Clone)]
pub struct Terminal {
    /// Both what is typed and what is shown.
    pub is_terminal: bool,
    pub term: Option<String>,
    pub has_colours: bool,
    /// `NO_COLOR` and the like ask for none.
    pub colours_are_off: bool,
    /// What decides on letters, and whether that is UTF-8.
    pub locale: Option<String>,
    /// Columns and rows.
    pub size: Option<(u16, u16)>,
    pub measured: Measured,
}

impl Terminal {
    pub(super) fn look(&self) -> Vec<Finding> {
        let mut findings = vec![self.kind()];
        if self.is_terminal {
            findings.extend([self.colours(), self.large()]);
            findings.extend(self.widths());
            findings.push(self.brackets());
        }
        findings.push(self.letters());
        findings
    }

    fn term(&self) -> &str {
        self.term.as_deref().unwrap_or("dumb")
    }

    fn kind(&self) -> Finding {
        if !self.is_terminal {
            return Finding::remark("terminal", messages::no_terminal());
        }
        if self.term() == "dumb" {
            return Finding::remark("terminal", messages::dumb_terminal()).remedy(messages::set_term());
        }
        Finding::ok("terminal", messages::terminal(self.term()))
    }

    fn colours(&self) -> Finding {
        let told = match (self.colours_are_off, self.has_colours) {
            (true, _) => messages::colours_off(),
            (false, true) => messages::colours(),
            (false, false) => messages::no_colours(),
        };
        Finding::ok("colours", told)
    }

    fn large(&self) -> Finding {
        let (columns, rows) = self.size.unwrap_or((80, 24));
        if columns < ENOUGH.0 || rows < ENOUGH.1 {
            let remedy = messages::enlarge(ENOUGH.0, ENOUGH.1);
            return Finding::remark("size", messages::small(columns, rows)).remedy(remedy);
        }
        Finding::ok("size", messages::size(columns, rows))
    }

    fn widths(&self) -> Option<Finding> {
        match self.measured {
            Measured::NotAsked => None,
            Measured::NoAnswer => {
                Some(Finding::remark("cursor", messages::no_cursor()).remedy(messages::use_plain()))
            }
            Measured::Widths { right: true } => Some(Finding::ok("widths", messages::widths())),
            Measured::Widths { right: false } => {
                Some(Finding::remark("widths", messages::odd_widths()).remedy(messages::use_utf8_terminal()))
            }
        }
    }

    fn brackets(&self) -> Finding {
        if NO_BRACKETS.contains(&self.term()) {
            return Finding::remark("paste", messages::no_brackets(self.term()));
        }
        Finding::ok("paste", messages::brackets(self.term()))
    }

    fn letters(&self) -> Finding {
        let locale = self.locale.clone();
        let named = locale.as_deref().unwrap_or("C").to_owned();
        if locale::is_utf8(|name| locale.clone().filter(|_| name == "LC_ALL")) {
            return Finding::ok("locale", messages::locale(&named));
        }
        Finding::remark("locale", messages::not_utf8(&named)).remedy(messages::set_lang())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::doctor::State;

    fn good() -> Terminal {
        Terminal {
            is_terminal: true,
            term: Some("xterm-256color".to_owned()),
            has_colours: true,
            colours_are_off: false,
            locale: Some("el_GR.UTF-8".to_owned()),
            size: Some((80, 24)),
            measured: Measured::Widths { right: true },
        }
    }

    /// Those that are not fine.
    fn remarks(terminal: &Terminal) -> Vec<&'static str> {
        let findings = terminal.look();
        findings.iter().filter(|finding| finding.state != State::Ok).map(|finding| finding.id).collect()
    }

    #[test]
    fn a_good_one_earns_no_remark() {
        assert_eq!(remarks(&good()), Vec::<&str>::new());
    }

    #[test]
    fn each_lack_earns_its_own() {
        let good = good();
        let dumb = Terminal { term: None, measured: Measured::NotAsked, ..good.clone() };
        assert_eq!(remarks(&dumb), ["terminal", "paste"]);
        assert_eq!(remarks(&Terminal { size: Some((59, 24)), ..good.clone() }), ["size"]);
        assert_eq!(remarks(&Terminal { size: Some((80, 19)), ..good.clone() }), ["size"]);
        assert_eq!(remarks(&Terminal { locale: None, ..good.clone() }), ["locale"]);
        assert_eq!(remarks(&Terminal { locale: Some("C".into()), ..good.clone() }), ["locale"]);
        assert_eq!(remarks(&Terminal { measured: Measured::NoAnswer, ..good.clone() }), ["cursor"]);
        assert_eq!(
            remarks(&Terminal { measured: Measured::Widths { right: false }, ..good.clone() }),
            ["widths"]
        );
        assert_eq!(remarks(&Terminal { is_terminal: false, ..good }), ["terminal"]);
    }
}
