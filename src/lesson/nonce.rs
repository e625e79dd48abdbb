//! A word made up for one learner: lessons write `${nonce}`, and what they look for can't be known beforehand.

use std::{
    fmt,
    hash::{BuildHasher, RandomState},
};

use super::Source;

/// What stands for it in a lesson's files, and in recorded answers.
pub const PLACEHOLDER: &str = "${nonce}";

/// As long as its placeholder, so that a complaint about a lesson's file points at the right column.
const SYLLABLES: usize = PLACEHOLDER.len() / 2;
const CONSONANTS: &[u8] = b"bdfgklmnprstvz";
const VOWELS: &[u8] = b"aeiou";

/// Eight small letters that can be said aloud, such as `lumirobe`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Nonce(String);

impl Nonce {
    /// One of 24 million; the standard library's hasher has its keys from the system.
    pub fn random() -> Self {
        Self::of(RandomState::new().hash_one("nonce"))
    }

    /// The same for the same seed, of which each bit counts.
    pub fn seeded(seed: &[u8; 32]) -> Self {
        let (first, _) = seed.split_first_chunk().expect("32 bytes hold 8");
        Self::of(u64::from_be_bytes(*first))
    }

    fn of(mut seed: u64) -> Self {
        let mut pick = |letters: &[u8]| {
            let count = letters.len() as u64;
            let letter = letters[(seed % count) as usize];
            seed /= count;
            char::from(letter)
        };
        let syllables = (0..SYLLABLES).map(|_| [pick(CONSONANTS), pick(VOWELS)]);
        Self(syllables.flatten().collect())
    }

    /// For a lesson that is only looked at.
    pub fn sample() -> Self {
        Self("lumirobe".to_owned())
    }

    /// One that was written down.
    pub fn parse(word: &str) -> Option<Self> {
        let is_one =
            word.len() == PLACEHOLDER.len() && word.bytes().all(|letter| letter.is_ascii_lowercase());
        is_one.then(|| Self(word.to_owned()))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// `text` with the word in the placeholder's place.
    pub fn fill(&self, text: &str) -> String {
        text.replace(PLACEHOLDER, &self.0)
    }

    /// `text` with the placeholder in the word's place, so that it holds for any learner.
    pub fn blank(&self, text: &str) -> String {
        text.replace(&self.0, PLACEHOLDER)
    }

    pub(super) fn fill_source(&self, source: &Source) -> Source {
        let fill = |(name, text): &(String, String)| (name.clone(), self.fill(text));
        Source { id: source.id.clone(), files: source.files.iter().map(fill).collect() }
    }
}

impl fmt::Display for Nonce {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_is_a_word_of_its_own() {
        let (one, other) = (Nonce::random(), Nonce::random());
        assert_ne!(one, other);
        assert_eq!(Nonce::parse(one.as_str()), Some(one));
        assert_eq!(Nonce::parse("Lumirobe"), None);
        assert_eq!(Nonce::parse("lumi"), None);
    }

    #[test]
    fn what_is_filled_can_be_blanked() {
        let nonce = Nonce::sample();
        assert_eq!(nonce.fill("say(\"${nonce}\")"), "say(\"lumirobe\")");
        assert_eq!(nonce.blank("say(\"lumirobe\")"), "say(\"${nonce}\")");
    }
}
