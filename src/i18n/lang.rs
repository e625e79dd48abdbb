//! The languages that Moebi speaks.

use std::fmt;

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Lang {
    En,
    El,
}

impl Lang {
    pub const ALL: [Self; 2] = [Self::En, Self::El];

    /// `en`, `el`: the stem of a prose file and the value of `--lang`.
    pub fn code(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::El => "el",
        }
    }

    /// What its speakers call it.
    pub fn name(self) -> &'static str {
        match self {
            Self::En => "English",
            Self::El => "Ελληνικά",
        }
    }

    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|lang| lang.code() == word)
    }
}

impl fmt::Display for Lang {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.code())
    }
}
