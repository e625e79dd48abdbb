//! A text that is looked for: as it stands, or a regular expression.

use super::wording::{or, quoted, short};
use crate::{
    i18n::{Localized, Verbatim},
    lesson::Pattern,
};

/// `prints: TEXT` or `matches: REGEX`.
#[derive(Debug, Clone)]
pub enum Text {
    Plain(String),
    Regex(Pattern),
}

impl Text {
    pub(super) fn count(&self, text: &str) -> usize {
        match self {
            Self::Plain(plain) => text.matches(plain.as_str()).count(),
            Self::Regex(regex) => regex.find_iter(text).count(),
        }
    }

    pub(super) fn is_in(&self, text: &str) -> bool {
        self.find(text).is_some()
    }

    pub(super) fn find<'t>(&'t self, text: &'t str) -> Option<&'t str> {
        match self {
            Self::Plain(plain) => text.contains(plain.as_str()).then_some(plain),
            Self::Regex(regex) => regex.find(text).map(|found| found.as_str()),
        }
    }

    /// The text itself, where it is known beforehand.
    pub(super) fn plain(&self) -> Option<&str> {
        match self {
            Self::Plain(text) => Some(text),
            Self::Regex(_) => None,
        }
    }

    /// Whether it is told as a regular expression.
    pub(super) fn is_coded(&self) -> bool {
        matches!(self, Self::Regex(regex) if is_coded(regex))
    }

    pub(super) fn described(&self) -> Localized {
        match self {
            Self::Plain(text) => Verbatim::code(quoted(text)).into(),
            Self::Regex(regex) => readable(regex),
        }
    }
}

/// Whether a person is shown it as it stands.
pub(super) fn is_coded(regex: &Pattern) -> bool {
    !alternatives(bare(regex.as_str())).all(|part| spelled(part).is_some())
}

/// Without the flags in front.
fn bare(regex: &str) -> &str {
    ["(?s)", "(?m)", "(?i)"].iter().fold(regex, |left, flag| left.strip_prefix(flag).unwrap_or(left))
}

/// A regular expression as a person reads it: `a\.b|c.*d` as "a.b" or "c … d"; one that is more stays as it is.
pub(super) fn readable(regex: &Pattern) -> Localized {
    let regex = regex.as_str();
    let plain: Option<Vec<String>> = alternatives(bare(regex)).map(spelled).collect();
    match plain {
        Some(plain) => {
            let plain: Vec<_> = plain.iter().map(|plain| Verbatim::code(quoted(plain)).into()).collect();
            Localized::join(&plain, &or())
        }
        None => Verbatim::code(format!("/{}/", short(regex))).into(),
    }
}

/// The parts between the `|`s that aren't escaped; those in brackets make `spelled` give up.
fn alternatives(regex: &str) -> impl Iterator<Item = &str> {
    let mut is_escaped = false;
    regex.split(move |sign| {
        let is_split = sign == '|' && !is_escaped;
        is_escaped = sign == '\\' && !is_escaped;
        is_split
    })
}

/// The text that a regular expression without choices or repetitions stands for.
fn spelled(regex: &str) -> Option<String> {
    let regex = regex.replace(".*", "\u{2026}");
    let mut plain = String::new();
    let mut signs = regex.chars();
    while let Some(sign) = signs.next() {
        match sign {
            '\\' => plain.push(signs.next().filter(|next| !next.is_alphanumeric())?),
            '\u{2026}' => plain.push_str(" \u{2026} "),
            '.' | '*' | '+' | '?' | '(' | ')' | '[' | ']' | '{' | '}' | '|' | '^' | '$' => return None,
            sign => plain.push(sign),
        }
    }
    Some(plain)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::Lang;

    #[test]
    fn a_regular_expression_reads_as_text_where_it_can() {
        let english = |regex: &str| {
            let regex = Pattern::new(regex).expect("a regular expression");
            readable(&regex).speak(Lang::En).to_owned()
        };
        assert_eq!(english(r"Kate\.say_name/0 is undefined"), "\"Kate.say_name/0 is undefined\"");
        assert_eq!(english(r"(?s)exited.*boom|\(exit\)"), "\"exited … boom\" or \"(exit)\"");
        assert_eq!(english(r"a\|b"), "\"a|b\"");
        assert_eq!(english(r"\d+"), r"/\d+/");
    }
}
