//! Letters that look like others, in the line that was typed last: named beside what they lead to.
//!
//! The line is sent as it is. What looks like something else in it is told of below the node's own error, which may be
//! longer than the screen.

use crate::{
    i18n::{Lang, Localized},
    lesson::{Advice, MistakeId, confusable, greek_keyboard},
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
    /// Whether it can't be meant: told even where nothing came of it.
    is_certain: bool,
    /// How many inputs there were before the line.
    before: usize,
}

impl Lookalike {
    /// A line of code is typed, after so many inputs. Gives what was not told of the one before.
    pub(super) fn heed(&mut self, code: &str, inputs: usize) -> Option<Localized> {
        let letter = confusable::first(code);
        let letter = letter.map(|found| (messages::lookalike(&found, code.contains('\n')), true));
        let found = letter.or_else(|| mistyped(code));
        self.replace(found.map(|(said, is_certain)| Found { said, is_certain, before: inputs }))
    }

    /// The same of a command, in which letters may look as they like: words of the Greek layout are told of.
    pub(super) fn heed_command(&mut self, command: &str, inputs: usize) -> Option<Localized> {
        self.replace(mistyped(command).map(|(said, _)| Found { said, is_certain: false, before: inputs }))
    }

    /// A line is typed that is no code.
    pub(super) fn pass_over(&mut self) -> Option<Localized> {
        self.replace(None)
    }

    fn replace(&mut self, found: Option<Found>) -> Option<Localized> {
        let earlier = std::mem::replace(&mut self.found, found).filter(|earlier| earlier.is_certain);
        earlier.map(|earlier| earlier.said)
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
        self.found.take_if(|found| found.is_certain && found.before < inputs).map(|found| found.said)
    }
}

/// What is said of a name that is wholly Greek, and whether it can't be meant.
fn mistyped(source: &str) -> Option<(Localized, bool)> {
    let found = greek_keyboard::mistyped(source)?;
    Some((messages::greek_layout(&found.typed, &found.keys), found.is_certain))
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
    fn a_word_of_the_greek_layout_is_offered_in_latin() {
        let mut lookalike = Lookalike::default();
        lookalike.heed("Νοδε.σελφ()", 0);
        let said = lookalike.harmless(1).expect("no module is Greek");
        assert_eq!(said.speak(Lang::El), "Το `Νοδε.σελφ` γράφτηκε στα ελληνικά. Μήπως ήθελες `Node.self`;");
        lookalike.heed("κόμβος = 1", 1);
        assert_eq!(lookalike.harmless(2), None, "a variable may be Greek");
        lookalike.heed_command("ιεχ --sname alex@localhost", 2);
        assert!(refined(&mut lookalike, GREEK_LETTERS));
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
