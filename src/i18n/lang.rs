//! The languages that Moebi speaks.

use serde::{Deserialize, Serialize};
use std::fmt;

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Lang {
    En,
    El,
}

impl Lang {
    pub const ALL: [Self; 2] = [Self::En, Self::El];

    /// What stands before and behind somebody's words.
    pub fn quotation_marks(self) -> (&'static str, &'static str) {
        match self {
            Self::En => ("“", "”"),
            Self::El => ("«", "»"),
        }
    }

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

    /// Whether somebody who was asked says yes. A Greek ν is yes to who reads Greek; to anybody else it is the key of n on
    /// the wrong layout.
    pub fn is_yes(self, answer: &str) -> bool {
        match answer.to_lowercase().as_str() {
            "y" | "yes" | "ναι" => true,
            "ν" => self == Self::El,
            _ => false,
        }
    }
}

impl fmt::Display for Lang {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.code())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_yes_is_a_yes_in_the_language_of_the_question() {
        assert!(Lang::En.is_yes("Y") && Lang::En.is_yes("Ναι"));
        assert!(Lang::El.is_yes("Ν") && !Lang::En.is_yes("ν"), "the key of n");
        assert!(
            !Lang::El.is_yes("n") && !Lang::El.is_yes("όχι") && !Lang::En.is_yes("?") && !Lang::En.is_yes("")
        );
    }
}
