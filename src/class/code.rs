//! `TIGER-RAIN-OTTER-42`: what a class is called on the board, and what proves that a server is that class.
//!
//! The code is a digest of the server's certificate. Whoever wants to pose as the class needs a key of their own whose
//! certificate has the same code, one of 1.5 thousand million; and each try is made slow by Argon2, so that trying all
//! takes years, while a lesson takes an hour. Knowing the code helps them nothing.

use std::fmt;

use argon2::{Algorithm, Argon2, Params, Version};
use sha2::{Digest, Sha256};

use crate::lesson::greek_keyboard::latin;

const WORDS: &str = include_str!("words.txt");

/// Short ones, of which no two are easily taken for each other.
const COUNT: usize = 256;

/// Of memory, in KiB, and how often it is gone over: about a tenth of a second.
const MEMORY: u32 = 32 * 1024;
const PASSES: u32 = 4;

const SALT: &[u8] = b"moebi class code, 1";

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Code {
    words: [u8; 3],
    /// 10 to 99.
    number: u8,
}

/// A word of what was typed for a code that belongs to none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoCode {
    /// What was typed there, and the word that is most like it. None: there are more or fewer parts than a code has.
    pub unknown: Option<(String, Option<&'static str>)>,
}

impl Code {
    /// Of a certificate, as it goes over the wire. Takes its time, and `MEMORY`.
    pub fn of(certificate: &[u8]) -> Self {
        let params = Params::new(MEMORY, PASSES, 1, None).expect("they are within bounds");
        let mut digest = [0; 8];
        Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
            .hash_password_into(&Sha256::digest(certificate), SALT, &mut digest)
            .expect("the lengths are within bounds");
        let [first, second, third, rest @ ..] = digest;
        let rest = rest.into_iter().fold(0_u64, |sum, byte| sum << 8 | u64::from(byte));
        Self { words: [first, second, third], number: 10 + (rest % 90) as u8 }
    }

    /// In capitals or not, with hyphens or spaces, on a Greek keyboard too.
    ///
    /// # Errors
    /// It is none.
    pub fn parse(typed: &str) -> Result<Self, NoCode> {
        let typed = latin(typed).to_uppercase();
        let parts: Vec<_> =
            typed.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty()).collect();
        let [first, second, third, number] = parts[..] else { return Err(NoCode { unknown: None }) };
        let number = number.parse().ok().filter(|number| (10..=99).contains(number));
        let words = [word(first)?, word(second)?, word(third)?];
        Ok(Self { words, number: number.ok_or(NoCode { unknown: None })? })
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [first, second, third] = self.words.map(|index| words().nth(index.into()).unwrap_or_default());
        write!(f, "{first}-{second}-{third}-{}", self.number)
    }
}

fn words() -> impl Iterator<Item = &'static str> {
    WORDS.split_ascii_whitespace().take(COUNT)
}

fn word(typed: &str) -> Result<u8, NoCode> {
    if let Some(index) = words().position(|word| word == typed) {
        return Ok(index as u8);
    }
    let near = words().map(|word| (strsim::damerau_levenshtein(word, typed), word)).min();
    let near = near.filter(|(far, _)| *far <= 2).map(|(_, word)| word);
    Err(NoCode { unknown: Some((typed.to_owned(), near)) })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn the_words_are_many_different_and_easily_typed() {
        let all: BTreeSet<_> = words().collect();
        assert_eq!((all.len(), words().count(), WORDS.split_whitespace().count()), (COUNT, COUNT, COUNT));
        assert!(all.iter().all(|word| (4..=8).contains(&word.len())), "{all:?}");
        assert!(all.iter().all(|word| word.bytes().all(|letter| letter.is_ascii_uppercase())));
    }

    #[test]
    fn a_code_is_of_one_certificate() {
        let code = Code::of(b"one");
        assert_eq!(Code::of(b"one"), code);
        assert_ne!(Code::of(b"two"), code);
        assert_eq!(Code::parse(&code.to_string()), Ok(code));
    }

    #[test]
    fn it_is_typed_as_people_type() {
        let code = Code { words: [248, 200, 142], number: 42 };
        let [first, second, third] = code.words.map(|index| words().nth(index.into()).unwrap());
        let lower = format!("{first} {second} {third} 42").to_lowercase();
        for typed in [code.to_string(), lower.clone(), lower.replace(' ', "-"), format!("  {lower} ")] {
            assert_eq!(Code::parse(&typed), Ok(code.clone()), "{typed}");
        }
        assert_eq!(Code::parse("τιγερ-ραιν-οττερ-42"), Code::parse("TIGER-RAIN-OTTER-42"));
    }

    #[test]
    fn what_is_misspelt_is_told() {
        let unknown = |typed: &str| Code::parse(typed).expect_err(typed).unknown;
        assert_eq!(unknown("TIGRE-RAIN-OTTER-42"), Some(("TIGRE".to_owned(), Some("TIGER"))));
        assert_eq!(unknown("TIGER-XYLOPHON-OTTER-42"), Some(("XYLOPHON".to_owned(), None)));
        for typed in
            ["", "TIGER-RAIN-42", "TIGER-RAIN-OTTER-7", "TIGER-RAIN-OTTER-100", "TIGER-RAIN-OTTER-RAIN"]
        {
            assert_eq!(unknown(typed), None, "{typed}");
        }
    }
}
