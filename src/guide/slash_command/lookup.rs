//! From a line to the command that is meant: abbreviated, misspelt, typed on a Greek layout.

use crate::{
    error::{Error, Result},
    i18n::{Localized, Verbatim},
    lesson::{TerminalName, glossary::is_same, greek_keyboard::latin},
};

use super::{COMMANDS, Call, SlashCommand, messages};

/// A name that may stand behind a slash, and the command that it means.
pub(super) type Spelt<'a> = (&'a str, &'static SlashCommand);

/// How many slips of a finger may part a word from the command that was meant.
const NEAR: usize = 2;

/// How a command must be spelt to be one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Spelling {
    /// Whatever else begins with `/` is for somebody else.
    Exact,
    /// Its first letters will do, and whatever else begins with `/` is an error.
    Abbreviated,
}

/// What a line asks of Moebi; nothing where it is for somebody else. An error is a command that is misspelt, or is not
/// given what it takes, told in a sentence with a hint.
pub fn read(line: &str, terminals: &[TerminalName], spelling: Spelling) -> Result<Option<Call>> {
    let Some(typed) = line.trim().strip_prefix('/').filter(|typed| !typed.contains('\n')) else {
        return Ok(None);
    };
    let mut words = typed.split_whitespace();
    let (given, word) = match words.next() {
        Some(word) if typed.starts_with(word) => (word, named(word)),
        // `/ 2` goes on with an expression.
        Some(_) | None => return Ok(None),
    };
    let all = spellings(terminals);
    let (name, command) = match (all.iter().find(|(name, _)| *name == word), spelling) {
        (Some(exact), _) => *exact,
        (None, Spelling::Exact) => return Ok(None),
        (None, Spelling::Abbreviated) => abbreviated(given, &word, &all)?,
    };
    command.call(name, &words.collect::<Vec<_>>(), terminals).map(Some)
}

/// What is meant by a word: a command's Greek name is one, else the keys count that were pressed.
fn named(word: &str) -> String {
    let greek = |command: &&SlashCommand| command.greek.is_some_and(|greek| is_same(greek, word));
    COMMANDS.iter().find(greek).and_then(|command| command.name).map_or_else(|| latin(word), str::to_owned)
}

/// The command that a lone word would be with its slash, on any layout.
pub fn bare(word: &str) -> Option<&'static str> {
    let word = named(word);
    COMMANDS.iter().filter_map(|command| command.name).find(|name| *name == word)
}

/// What is missing from the only command or terminal that begins as `line` does.
pub fn rest(line: &str, terminals: &[TerminalName]) -> Option<String> {
    let word = line.strip_prefix('/').filter(|word| !word.is_empty())?;
    let all = spellings(terminals);
    let mut fitting = all.iter().filter_map(|(name, _)| name.strip_prefix(word));
    fitting.next().filter(|rest| !rest.is_empty() && fitting.next().is_none()).map(str::to_owned)
}

/// What to say of a word that is no command, but close to one.
pub fn misspelt(word: &str, terminals: &[TerminalName]) -> Option<Error> {
    let (word, all) = (latin(word), spellings(terminals));
    let names = names(&all);
    nearest(&word, &names).is_some().then(|| unknown(&word, &names))
}

/// The command in whose argument `typed` ends, and the argument as far as it goes.
pub fn argument_at_end(typed: &str) -> Option<(&'static SlashCommand, &str)> {
    let (word, argument) = typed.strip_prefix('/')?.split_once(' ')?;
    let command = COMMANDS.iter().find(|command| command.name == Some(word))?;
    Some((command, argument.trim_start()))
}

/// What may stand behind a slash, in the order in which it is offered: `/help` for whoever looks around, the other
/// commands, the terminals.
pub fn spellings(terminals: &[TerminalName]) -> Vec<Spelt<'_>> {
    let spelt = |command: &'static SlashCommand| match command.name {
        Some(name) => vec![(name, command)],
        None => terminals.iter().map(|terminal| (terminal.as_str(), command)).collect(),
    };
    let mut all: Vec<_> = COMMANDS.iter().flat_map(spelt).collect();
    all.sort_by_key(|(name, command)| (command.name.is_none(), *name != "help"));
    all
}

fn names<'a>(all: &[Spelt<'a>]) -> Vec<&'a str> {
    all.iter().map(|(name, _)| *name).collect()
}

fn greek_names() -> Vec<&'static str> {
    COMMANDS.iter().filter_map(|command| command.greek).collect()
}

/// The one that begins so; `given` is the word as it was typed.
fn abbreviated<'a>(given: &str, word: &str, all: &[Spelt<'a>]) -> Result<Spelt<'a>> {
    let fitting: Vec<_> = all.iter().filter(|(name, _)| name.starts_with(word)).collect();
    match fitting.as_slice() {
        [one] => Ok(**one),
        [] if nearest(word, &names(all)).is_some() => Err(unknown(word, &names(all))),
        [] => Err(unknown(given, &greek_names())),
        several => {
            let several: Vec<_> =
                several.iter().map(|(name, _)| Verbatim::code(format!("/{name}")).into()).collect();
            Err(Error::usage(messages::may_mean(word, &Localized::join(&several, &messages::or())))
                .hint(messages::one_letter_more()))
        }
    }
}

fn unknown(word: &str, names: &[&str]) -> Error {
    let error = Error::usage(messages::no_such_command(word));
    match nearest(word, names) {
        Some(name) => error.hint(messages::did_you_mean(name)),
        None => error.hint(messages::help_lists()),
    }
}

pub(super) fn nearest<'a>(word: &str, names: &[&'a str]) -> Option<&'a str> {
    let far = |name: &str| strsim::damerau_levenshtein(name, word);
    names.iter().copied().min_by_key(|name| far(name)).filter(|name| far(name) <= NEAR)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lesson::Lang;

    fn terminals() -> [TerminalName; 2] {
        ["alex", "kate"].map(|name| TerminalName::parse(name).expect("a name"))
    }

    fn said(line: &str, spelling: Spelling) -> String {
        match read(line, &terminals(), spelling) {
            Ok(call) => format!("{call:?}"),
            Err(error) => {
                let hints: Vec<_> = error.hints().iter().map(|hint| hint.speak(Lang::En)).collect();
                format!("{error}; {}", hints.join("; "))
            }
        }
    }

    #[test]
    fn each_command_is_known_by_its_name_and_keeps_its_place() {
        let all = terminals();
        let names = names(&spellings(&all));
        assert_eq!(names[0], "help");
        assert_eq!(names[names.len() - 2..], ["alex", "kate"]);
        for name in names {
            let line = format!("/{name}");
            assert_ne!(said(&line, Spelling::Exact), "None", "{line}");
        }
    }

    #[test]
    fn a_beginning_will_do_where_it_is_the_only_one() {
        let said = |line| said(line, Spelling::Abbreviated);
        assert_eq!(said("/hi"), "Some(/hint)");
        assert_eq!(said("/ka"), "Some(/kate TerminalName(\"kate\"))");
        assert_eq!(said("/rest"), "Some(/restart)");
        assert_eq!(said("/h"), "/h may mean /help or /hint or /heal; type one letter more");
        assert_eq!(said("/a"), "/a may mean /answer or /alex; type one letter more");
    }

    #[test]
    fn a_slip_is_told_of_what_was_meant() {
        let said = |line| said(line, Spelling::Abbreviated);
        assert_eq!(said("/hnit"), "there is no command /hnit; did you mean /hint?");
        assert_eq!(said("/kte"), "there is no command /kte; did you mean /kate?");
        assert_eq!(said("/nonsense"), "there is no command /nonsense; /help lists the commands");
        assert_eq!(said("/βοήθια"), "there is no command /βοήθια; did you mean /βοήθεια?");
        assert_eq!(said("/αρκούδα"), "there is no command /αρκούδα; /help lists the commands");
        assert!(misspelt("ηνιτ", &terminals()).is_some_and(|error| error.to_string().contains("/hnit")));
        assert!(misspelt("nonsense", &terminals()).is_none());
    }

    #[test]
    fn only_exact_commands_are_taken_from_other_readers() {
        assert_eq!(said("/hint", Spelling::Exact), "Some(/hint)");
        assert_eq!(said("/kate", Spelling::Exact), "Some(/kate TerminalName(\"kate\"))");
        for line in ["/hi", "/hnit", "/bin/ls", "/ hint", "hint", "/", "/hint\n1"] {
            assert_eq!(said(line, Spelling::Exact), "None", "{line}");
        }
    }

    #[test]
    fn a_greek_layout_is_no_obstacle() {
        let said = |line| said(line, Spelling::Abbreviated);
        assert_eq!(said("/ηιντ"), "Some(/hint)");
        assert_eq!(said("/λανγ"), "/lang wants to know which one; type /lang en|el");
        assert_eq!(said("/ψλοσε κατε"), "Some(/close Some(TerminalName(\"kate\")))");
        assert_eq!(bare("ηιντ"), Some("hint"));
        assert_eq!(bare("βοήθεια"), Some("help"));
        assert_eq!(bare("alex"), None, "a variable, perhaps");
    }

    #[test]
    fn each_command_has_a_greek_name_as_well() {
        for command in COMMANDS.iter().filter(|command| command.name.is_some()) {
            let greek = command.greek.expect("its Greek name");
            assert_eq!(Some(named(greek).as_str()), command.name, "{greek}");
        }
        let said = |line| said(line, Spelling::Exact);
        for line in ["/βοήθεια", "/βοηθεια", "/ΒΟΗΘΕΙΑ"] {
            assert_eq!(said(line), "Some(/help)", "{line}");
        }
        assert_eq!(said("/υπόδειξη"), "Some(/hint)");
        assert_eq!(said("/πήγαινε 2.3"), "Some(/goto \"2.3\")");
        assert_eq!(said("/κλείσιμο kate"), "Some(/close Some(TerminalName(\"kate\")))");
    }

    #[test]
    fn the_rest_of_a_command_is_known_once_it_is_the_only_one() {
        let terminals = terminals();
        assert_eq!(rest("/hi", &terminals).as_deref(), Some("nt"));
        assert_eq!(rest("/ka", &terminals).as_deref(), Some("te"));
        for line in ["/h", "/", "/hint", "hi", "/hi ", "/bin/ls"] {
            assert_eq!(rest(line, &terminals), None, "{line}");
        }
    }

    #[test]
    fn an_argument_is_known_by_the_command_before_it() {
        let found = |typed| argument_at_end(typed).map(|(command, word)| (command.name, word));
        assert_eq!(found("/goto  re"), Some((Some("goto"), "re")));
        assert_eq!(found("/close "), Some((Some("close"), "")));
        for typed in ["/close", "/clo k", "/bin k", "x / k", "close k"] {
            assert_eq!(found(typed), None, "{typed}");
        }
    }
}
