//! What a learner's shell and the class say to each other: JSON over HTTP over TLS.
//!
//! Deeds are numbered within a *stream*, which is one run of a shell. A shell sends what it has until the class says that
//! it has it; a number that the class has already changes nothing. So it does not matter how often something is sent.

use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;

use crate::session::deed::Deed;

/// A class listens here unless told otherwise.
pub const PORT: u16 = 4370;

pub(super) const JOIN: &str = "/join";
pub(super) const DEEDS: &str = "/deeds";

/// The largest answers that are taken, in bytes.
pub const MAX_ANSWERS: usize = 512 * 1024;
/// The largest request, in bytes.
pub(super) const MAX_BODY: usize = 1024 * 1024;
/// Deeds in one request.
pub(super) const MAX_DEEDS: usize = 500;
/// Of a line that was typed, in bytes; the rest is left out.
pub const MAX_TYPED: usize = 2000;
/// Of ids, in bytes.
const MAX_ID: usize = 80;
/// Of a name, in characters.
pub(super) const MAX_NAME: usize = 60;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Joining {
    pub name: String,
    /// A secret of the learner's shell: whoever has it is the learner.
    pub token: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Joined {
    pub lesson: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Batch {
    pub stream: String,
    /// The sender's clock, in milliseconds since 1970.
    pub now: u64,
    pub deeds: Vec<Numbered>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Numbered {
    /// From 1, without gaps.
    pub n: u64,
    /// By the sender's clock, in milliseconds since 1970.
    pub at: u64,
    pub deed: Deed,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Received {
    /// The stream is known up to this number.
    pub upto: u64,
    /// Whether the learner's hand is up: a teacher may take it down.
    pub hand: bool,
}

/// Why the class takes no more from somebody.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Refusal {
    /// No name, or one that can't be shown or be a file's.
    BadName,
    /// Somebody else joined under it.
    NameTaken,
    Full,
    /// The token is nobody's.
    Unknown,
    /// More than a learner's shell would say, or something else.
    Malformed,
    /// For now: ask again.
    TooMuch,
}

/// A learner's name as it is shown, kept and made a file's name: letters, digits and what stands between them in
/// names. None where it can't be one.
pub fn name(typed: &str) -> Option<String> {
    let words: Vec<_> = typed.split_whitespace().collect();
    let name: String = words.join(" ").nfc().collect();
    let is_between = |c: char| matches!(c, ' ' | '-' | '\'' | '’' | '.' | '_');
    let is_fine =
        name.chars().all(|c| c.is_alphanumeric() || is_between(c)) && name.starts_with(char::is_alphanumeric);
    (is_fine && name.chars().count() <= MAX_NAME).then_some(name)
}

/// No two learners have names that are the same to a reader, or to a file system.
pub(super) fn folded(name: &str) -> String {
    name.nfkc().collect::<String>().to_lowercase().nfkc().collect()
}

impl Batch {
    /// Whether a learner's shell may have sent it: numbers that follow each other, nothing overlong.
    pub(super) fn is_fair(&self) -> bool {
        let follows = self.deeds.windows(2).all(|pair| pair[0].n.checked_add(1) == Some(pair[1].n));
        let starts = self.deeds.first().is_none_or(|first| first.n > 0);
        let is_fair = is_token(&self.stream) && self.deeds.len() <= MAX_DEEDS && follows && starts;
        is_fair && self.deeds.iter().all(|one| is_bounded(&one.deed))
    }
}

fn is_bounded(deed: &Deed) -> bool {
    let is_id = |id: &str| id.len() <= MAX_ID;
    match deed {
        Deed::Began { step } | Deed::Passed { step } | Deed::Skipped { step } => is_id(step),
        Deed::Typed { terminal, text } => is_id(terminal) && text.len() <= MAX_TYPED,
        Deed::WentWrong { mistake } => is_id(mistake),
        Deed::HandedIn { answers } => answers.len() <= MAX_ANSWERS,
        Deed::TookHint { number, of } => number.max(of) <= &99,
        Deed::SawAnswer | Deed::Hand { .. } | Deed::Shares { .. } | Deed::Left => true,
    }
}

/// 32 hexadecimal digits, made up by [`token`].
pub(super) fn is_token(word: &str) -> bool {
    word.len() == 32 && word.bytes().all(|digit| digit.is_ascii_digit() || (b'a'..=b'f').contains(&digit))
}

/// One that nobody guesses.
pub fn token() -> String {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes).expect("the system has random bytes");
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_what_people_are_called() {
        for (typed, kept) in [
            ("Maria", "Maria"),
            ("  Μαρία   Παπαδάκη ", "Μαρία Παπαδάκη"),
            ("Jean-Luc O'Neill Jr.", "Jean-Luc O'Neill Jr."),
            ("e\u{301}va", "éva"),
            ("李小龍", "李小龍"),
            ("s1234567", "s1234567"),
        ] {
            assert_eq!(name(typed).as_deref(), Some(kept));
        }
        for typed in
            ["", " ", ".hidden", "../x", "a/b", "a\u{202e}b", "<b>x</b>", "a\u{0}", "-rf", "a\u{200b}b"]
        {
            assert_eq!(name(typed), None, "{typed:?}");
        }
        assert_eq!(name(&"x".repeat(MAX_NAME + 1)), None);
    }

    #[test]
    fn names_that_look_the_same_are_the_same() {
        assert_eq!(folded("MARIA"), folded("maria"));
        assert_eq!(folded("Ｍaria"), folded("maria"), "full width");
        assert_ne!(folded("maria"), folded("mario"));
    }

    #[test]
    fn a_batch_is_what_a_shell_sends() {
        let one = |n| Numbered { n, at: 0, deed: Deed::Left };
        let batch = |deeds| Batch { stream: token(), now: 0, deeds };
        assert!(batch(vec![]).is_fair() && batch(vec![one(1), one(2)]).is_fair());
        for deeds in [vec![one(0)], vec![one(1), one(3)], vec![one(2), one(1)], vec![one(u64::MAX), one(0)]] {
            assert!(!batch(deeds).is_fair());
        }
        let long = |deed| batch(vec![Numbered { n: 1, at: 0, deed }]);
        assert!(!long(Deed::Began { step: "x".repeat(81) }).is_fair());
        assert!(!long(Deed::Typed { terminal: "alex".into(), text: "x".repeat(MAX_TYPED + 1) }).is_fair());
        assert!(!long(Deed::HandedIn { answers: "x".repeat(MAX_ANSWERS + 1) }).is_fair());
        assert!(!Batch { stream: "..".into(), now: 0, deeds: vec![] }.is_fair());
    }
}
