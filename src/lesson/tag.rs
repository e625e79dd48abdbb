//! Languages that Moebi doesn't speak, and a lesson's texts may be in.

use std::fmt;

use super::Lang;

/// A language's tag as BCP 47 has it, and as a file of texts is called: `fr`, `pt-br`. In lower case.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Tag(String);

/// The longest that is taken.
const MAX_LENGTH: usize = 35;

impl Tag {
    /// None where it is no language's, or that of one which Moebi speaks.
    pub fn parse(word: &str) -> Option<Self> {
        let tag = word.to_ascii_lowercase();
        let mut parts = tag.split('-');
        let first = parts.next()?;
        let is_language = matches!(first.len(), 2..=3) && first.bytes().all(|sign| sign.is_ascii_lowercase());
        let is_part =
            |part: &str| matches!(part.len(), 2..=8) && part.bytes().all(|sign| sign.is_ascii_alphanumeric());
        let is_other =
            is_language && parts.all(is_part) && tag.len() <= MAX_LENGTH && Lang::parse(&tag).is_none();
        is_other.then_some(Self(tag))
    }

    /// Without what tells one country's from another's.
    pub fn primary(&self) -> &str {
        self.0.split('-').next().unwrap_or(&self.0)
    }
}

impl fmt::Display for Tag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

/// The language of a file of texts.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum TextLang {
    Spoken(Lang),
    Other(Tag),
}

impl TextLang {
    pub(super) fn parse(stem: &str) -> Option<Self> {
        Lang::parse(stem).map(Self::Spoken).or_else(|| Tag::parse(stem).map(Self::Other))
    }
}

impl fmt::Display for TextLang {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Spoken(lang) => lang.fmt(f),
            Self::Other(tag) => tag.fmt(f),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_is_of_a_language_that_moebi_does_not_speak() {
        for word in ["fr", "pt-br", "pt-BR", "gsw", "zh-hans-cn"] {
            assert_eq!(Tag::parse(word).map(|tag| tag.to_string()), Some(word.to_ascii_lowercase()));
        }
        for word in ["en", "el", "x", "README", "francais", "fr_FR", "fr-", "C", "", "φρ"] {
            assert_eq!(Tag::parse(word), None, "{word}");
        }
        assert_eq!(Tag::parse("pt-br").expect("a tag").primary(), "pt");
    }
}
