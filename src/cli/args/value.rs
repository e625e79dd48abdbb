//! Values that are understood of a word: what is wrong with one is said in every language.

use std::fmt;

use super::messages;
use crate::{
    grade::part::Part,
    i18n::{Lang, Localized},
    lesson::Tag,
};

/// Why a word is no value of its option.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Unfit(pub Localized);

impl fmt::Display for Unfit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0.speak(Lang::En))
    }
}

impl std::error::Error for Unfit {}

pub(super) fn lang(word: &str) -> Result<Lang, Unfit> {
    Lang::parse(word).ok_or_else(|| Unfit(messages::languages()))
}

/// A language that Moebi itself doesn't speak.
pub(super) fn tag(word: &str) -> Result<Tag, Unfit> {
    Tag::parse(word).ok_or_else(|| Unfit(messages::tags()))
}

pub(super) fn seed(word: &str) -> Result<u64, Unfit> {
    word.parse().map_err(|_| Unfit(messages::whole_number()))
}

/// One part of a class: `2/4`.
pub(super) fn part(word: &str) -> Result<Part, Unfit> {
    let numbers =
        word.split_once('/').and_then(|(index, count)| Some((index.parse().ok()?, count.parse().ok()?)));
    match numbers {
        Some((index, count)) if (1..=count).contains(&index) => Ok(Part { index, count }),
        _ => Err(Unfit(messages::part_of_a_class())),
    }
}

/// How many things are to be done at once, up to `most`.
pub(super) fn jobs(word: &str, most: u16) -> Result<u16, Unfit> {
    let fits = |jobs: &u16| (1..=most).contains(jobs);
    word.parse().ok().filter(fits).ok_or_else(|| Unfit(messages::number_up_to(most)))
}

/// A number of times, within what can be watched and what makes no difference any more.
pub(super) fn speed(word: &str) -> Result<f64, Unfit> {
    let fits = |speed: &f64| (0.1..=1000.0).contains(speed);
    word.parse().ok().filter(fits).ok_or_else(|| Unfit(messages::a_speed()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_is_one_of_so_many() {
        assert_eq!(part("2/4"), Ok(Part { index: 2, count: 4 }));
        for word in ["0/4", "5/4", "1", "a/b", "1/0", "-1/2"] {
            assert!(part(word).is_err(), "{word}");
        }
    }
}
