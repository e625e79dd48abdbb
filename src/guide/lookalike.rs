//! Letters that look like others, in the line that was typed last: named beside what they lead to.
//!
//! The line is sent as it is. What looks like something else in it is told of below the node's own error, which may be
//! longer than the screen.

use crate::{
    i18n::{Lang, Localized},
    lesson::{Advice, MistakeId, confusable},
};

use super::messages;

/// What lessons call the mistake of a letter that looks like another.
const GREEK_LETTERS: &str = "greek-letters";

/// What is still to be told of the latest line.
#[derive(Debug, Default)]
pub(super) struct Lookalike {
    found: Option<Found>,
}

#[derive(Debug)]
struct Found {
    said: Localized,
    /// How many inputs there were before the line.
    before: usize,
}

impl Lookalike {
    /// A line of code is typed, after so many inputs. Gives what was not told of the one before.
    pub(super) fn heed(&mut self, code: &str, inputs: usize) -> Option<Localized> {
        let found = confusable::first(code);
        let found = found.map(|found| messages::lookalike(&found, code.contains('\n')));
        self.replace(found.map(|said| Found { said, before: inputs }))
    }

    /// A line is typed that is no code.
    pub(super) fn pass_over(&mut self) -> Option<Localized> {
        self.replace(None)
    }

    fn replace(&mut self, found: Option<Found>) -> Option<Localized> {
        std::mem::replace(&mut self.found, found).map(|earlier| earlier.said)
    }

    /// The lesson knows the mistake as well, and less exactly: its advice, with what was seen.
    pub(super) fn refine(&mut self, mistake: &MistakeId, advice: Advice, lang: Lang) -> Advice {
        match self.found.take_if(|_| mistake.as_str() == GREEK_LETTERS) {
            Some(exact) => Advice { seen: exact.said.speak(lang).to_owned(), ..advice },
            None => advice,
        }
    }

    /// What is told once the line is among so many inputs, all is settled, and no mistake was told.
    pub(super) fn harmless(&mut self, inputs: usize) -> Option<Localized> {
        self.found.take_if(|found| found.before < inputs).map(|found| found.said)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Its first letter is Greek.
    const GREEK: &str = "Νode.list()";

    fn refined(lookalike: &mut Lookalike, mistake: &str) -> bool {
        let advice = Advice { seen: "of the lesson".to_owned(), attempt: "this".to_owned() };
        let mistake = MistakeId::parse(mistake).unwrap();
        let refined = lookalike.refine(&mistake, advice.clone(), Lang::En);
        assert_eq!(refined.attempt, advice.attempt);
        refined.seen != advice.seen
    }

    #[test]
    fn it_is_told_with_the_mistake_that_is_known_by_its_id() {
        let mut lookalike = Lookalike::default();
        assert_eq!(lookalike.heed(GREEK, 0), None);
        assert!(!refined(&mut lookalike, "no-name"));
        assert!(refined(&mut lookalike, GREEK_LETTERS));
        assert!(!refined(&mut lookalike, GREEK_LETTERS), "once");
        assert_eq!(lookalike.harmless(1), None);
    }

    #[test]
    fn it_is_told_alone_where_it_is_no_mistake() {
        let mut lookalike = Lookalike::default();
        lookalike.heed(GREEK, 3);
        assert_eq!(lookalike.harmless(3), None, "the line has not been taken yet");
        assert!(lookalike.harmless(4).is_some());
        lookalike.heed(GREEK, 4);
        assert!(lookalike.heed("Node.list()", 5).is_some(), "what was not told before is told now");
        assert_eq!(lookalike.pass_over(), None);
    }
}
