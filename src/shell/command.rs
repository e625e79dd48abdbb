//! From a typed line to what it asks for.
//!
//! No Elixir expression begins with `/`, so at an IEx prompt whatever does is a command, abbreviated or
//! misspelt as may be. At `$` and where a program reads a line only exact commands are taken: `/bin/ls` runs.

use std::path::Path;

use crate::{
    error::{Error, Result},
    guide::notice::{Command, PromptLine, Scope, Slash},
    i18n::Localized,
    lesson::{Lang, Prompt, TerminalName},
};

use super::{messages, transcript};

/// Who reads the line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reader {
    Iex,
    /// IEx, in the middle of an expression.
    More,
    /// `IO.gets` and the like.
    Program,
    Dollar,
    Question,
}

impl Reader {
    /// None while nothing reads.
    pub fn of(prompt: &PromptLine) -> Option<Self> {
        match prompt {
            PromptLine::Terminal(Prompt::Iex { .. }) => Some(Self::Iex),
            PromptLine::Terminal(Prompt::More { .. }) => Some(Self::More),
            PromptLine::Terminal(Prompt::Gets { .. }) => Some(Self::Program),
            PromptLine::Terminal(Prompt::Dollar) => Some(Self::Dollar),
            PromptLine::Question => Some(Self::Question),
            PromptLine::Terminal(Prompt::Busy) | PromptLine::Relay => None,
        }
    }

    fn takes_only_exact_commands(self) -> bool {
        match self {
            Self::Iex | Self::Question => false,
            Self::More | Self::Program | Self::Dollar => true,
        }
    }
}

/// Where a line is typed.
#[derive(Debug, Clone, Copy)]
pub struct PromptContext<'a> {
    pub reader: Reader,
    pub focused: Option<&'a TerminalName>,
    pub terminals: &'a [TerminalName],
}

/// Every command of Moebi's, as it is spelt.
pub const NAMES: [&str; 18] = [
    "help", "hint", "answer", "check", "next", "back", "skip", "restart", "goto", "open", "close", "screen",
    "lang", "word", "edit", "export", "reset", "quit",
];

/// How many slips of a finger may part a word from the command that was meant.
const NEAR: usize = 2;

/// The line that makes IEx give up an unfinished expression.
const BREAK: &str = "#iex:break";

/// Whether the last line of an expression gives it up, as Ctrl-C would.
pub fn gives_up(text: &str, reader: Reader) -> bool {
    reader == Reader::Iex && text.lines().next_back().is_some_and(|line| line.trim() == BREAK)
}

/// What `text` asks for, in order; a pasted transcript is several inputs.
/// An error is a misspelt command, told in a sentence with a hint.
pub fn parse(text: &str, place: PromptContext) -> Result<Vec<Command>> {
    if let Some(slash) = slash(text, place)? {
        return Ok(vec![Command::Slash(slash)]);
    }
    Ok(match place.reader {
        Reader::Question => vec![Command::Choose(text.trim().to_owned())],
        Reader::Program => vec![Command::Line(text.to_owned())],
        Reader::More => transcript::inputs(text).into_iter().map(Command::Line).collect(),
        Reader::Iex => inputs_or_enter(transcript::inputs(text)),
        Reader::Dollar => {
            if let Some(error) = misspelt(text, place) {
                return Err(error);
            }
            let focused = place.focused.map(TerminalName::as_str);
            inputs_or_enter(vec![transcript::command(text, focused).to_owned()])
        }
    })
}

/// The command that a lone word would be with its slash, on any layout. The word may mean something to its reader.
pub fn bare(text: &str, place: PromptContext) -> Option<&'static str> {
    let word = text.trim();
    let is_asked =
        matches!(place.reader, Reader::Iex | Reader::Dollar) && !word.contains(char::is_whitespace);
    let word = is_asked.then(|| latin(word))?;
    NAMES.into_iter().find(|name| *name == word)
}

/// Whether a line is for Moebi, so that no one need ask the node about it.
pub fn is_slash(text: &str, place: PromptContext) -> bool {
    !matches!(slash(text, place), Ok(None))
}

/// What is missing from the only command or terminal that begins as `line` does.
pub fn rest(line: &str, terminals: &[TerminalName]) -> Option<String> {
    let word = line.strip_prefix('/').filter(|word| !word.is_empty())?;
    let mut fitting = NAMES
        .into_iter()
        .chain(terminals.iter().map(TerminalName::as_str))
        .filter_map(|name| name.strip_prefix(word));
    fitting.next().filter(|rest| !rest.is_empty() && fitting.next().is_none()).map(str::to_owned)
}

fn inputs_or_enter(mut inputs: Vec<String>) -> Vec<Command> {
    inputs.retain(|input| !input.trim().is_empty());
    if inputs.is_empty() { vec![Command::Enter] } else { inputs.into_iter().map(Command::Line).collect() }
}

fn slash(text: &str, place: PromptContext) -> Result<Option<Slash>> {
    let Some(typed) = text.trim().strip_prefix('/').filter(|typed| !typed.contains('\n')) else {
        return Ok(None);
    };
    let mut words = typed.split_whitespace();
    let word = match words.next() {
        Some(word) if typed.starts_with(word) => latin(word),
        // `/ 2` goes on with an expression.
        Some(_) | None => return Ok(None),
    };
    let arguments: Vec<_> = words.collect();
    let is_exact = NAMES.contains(&word.as_str()) || terminal(&word, place).is_some();
    if is_exact {
        return build(&word, &arguments, place).map(Some);
    }
    if place.reader.takes_only_exact_commands() {
        return Ok(None);
    }
    build(&complete(&word, place)?, &arguments, place).map(Some)
}

fn terminal<'a>(word: &str, place: PromptContext<'a>) -> Option<&'a TerminalName> {
    place.terminals.iter().find(|name| name.as_str() == word)
}

/// The one command or terminal that begins so.
fn complete(word: &str, place: PromptContext) -> Result<String> {
    let all = names(place);
    let fitting: Vec<_> = all.iter().filter(|name| name.starts_with(word)).collect();
    match fitting.as_slice() {
        [one] => Ok((**one).to_owned()),
        [] => Err(unknown(word, &all)),
        several => {
            let several: Vec<_> =
                several.iter().map(|name| Localized::verbatim(format!("/{name}"))).collect();
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

fn nearest<'a>(word: &str, names: &[&'a str]) -> Option<&'a str> {
    let far = |name: &str| strsim::damerau_levenshtein(name, word);
    names.iter().copied().min_by_key(|name| far(name)).filter(|name| far(name) <= NEAR)
}

/// At `$` a lone `/hnit` is one of our commands misspelt, unless a file is called so.
fn misspelt(text: &str, place: PromptContext) -> Option<Error> {
    let typed = text.trim();
    let word =
        typed.strip_prefix('/').filter(|word| !word.contains(|c: char| c == '/' || c.is_whitespace()))?;
    let (word, names) = (latin(word), names(place));
    let is_ours = nearest(&word, &names).is_some() && !Path::new(typed).exists();
    is_ours.then(|| unknown(&word, &names))
}

fn names<'a>(place: PromptContext<'a>) -> Vec<&'a str> {
    NAMES.into_iter().chain(place.terminals.iter().map(TerminalName::as_str)).collect()
}

fn build(word: &str, typed: &[&str], place: PromptContext) -> Result<Slash> {
    let arguments: Vec<_> = typed.iter().map(|typed| latin(typed)).collect();
    let arguments = arguments.as_slice();
    let none = |slash| match arguments {
        [] => Ok(slash),
        _ => Err(Error::usage(messages::stands_alone(word)).hint(messages::type_it(word))),
    };
    match word {
        "help" => none(Slash::Help),
        "hint" => none(Slash::Hint),
        "answer" => none(Slash::Answer),
        "check" => none(Slash::Check),
        "next" => none(Slash::Next),
        "back" => none(Slash::Back),
        "skip" => none(Slash::Skip),
        "quit" => none(Slash::Quit),
        "restart" => none(Slash::Restart),
        "goto" => {
            optional(word, "STEP", arguments).map(|step| Slash::Goto(step.unwrap_or_default().to_owned()))
        }
        "open" => one(word, "NAME", arguments).and_then(named).map(Slash::Open),
        "close" => there(word, arguments, place).map(Slash::Close),
        "screen" => there(word, arguments, place).map(Slash::Screen),
        // A term may have spaces, and letters of any script.
        "word" => Ok(Slash::Word(typed.join(" "))),
        "export" => none(Slash::Export),
        "edit" => file(typed).map(Slash::Edit),
        "reset" => scope(arguments).map(Slash::Reset),
        "lang" => lang(arguments).map(Slash::Lang),
        name => match terminal(name, place) {
            Some(terminal) => none(Slash::Focus(terminal.clone())),
            None => Err(unknown(name, &NAMES)),
        },
    }
}

/// As it was typed: a file may be named in any script.
fn file(typed: &[&str]) -> Result<String> {
    match typed {
        [path] => Ok((*path).to_owned()),
        _ => {
            Err(Error::usage(messages::wants_one("edit"))
                .hint(messages::type_with("edit", "chat/lib/chat.ex")))
        }
    }
}

/// `/reset` alone might be typed for `/restart`: how much to take back must be said.
fn scope(arguments: &[String]) -> Result<Scope> {
    match one("reset", "step|section|all", arguments)? {
        "step" => Ok(Scope::Step),
        "section" => Ok(Scope::Section),
        "all" => Ok(Scope::Lesson),
        other => Err(Error::usage(messages::no_such_scope(other)).hint(messages::scopes())),
    }
}

fn lang(arguments: &[String]) -> Result<Lang> {
    let code = one("lang", "en|el", arguments)?;
    Lang::parse(code)
        .ok_or_else(|| Error::usage(messages::no_such_language(code)).hint(messages::languages()))
}

fn optional<'a>(word: &str, what: &str, arguments: &'a [String]) -> Result<Option<&'a str>> {
    if arguments.is_empty() { Ok(None) } else { one(word, what, arguments).map(Some) }
}

fn one<'a>(word: &str, what: &str, arguments: &'a [String]) -> Result<&'a str> {
    match arguments {
        [argument] => Ok(argument),
        [] => Err(Error::usage(messages::wants_one(word)).hint(messages::type_with(word, what))),
        _ => Err(Error::usage(messages::takes_one(word)).hint(messages::type_with(word, what))),
    }
}

/// A terminal that there is, or none.
fn there(word: &str, arguments: &[String], place: PromptContext) -> Result<Option<TerminalName>> {
    let Some(name) = optional(word, "NAME", arguments)?.map(named).transpose()? else { return Ok(None) };
    let names: Vec<_> = place.terminals.iter().map(TerminalName::as_str).collect();
    // Before the first word of the guide nobody knows them.
    if names.is_empty() || names.contains(&name.as_str()) {
        return Ok(Some(name));
    }
    let error = Error::usage(messages::no_such_terminal(name.as_str()));
    Err(match nearest(name.as_str(), &names) {
        Some(near) => error.hint(messages::did_you_mean(&format!("{word} {near}"))),
        None => error.hint(messages::terminals(&names.join(", "))),
    })
}

fn named(word: &str) -> Result<TerminalName> {
    let word = word.strip_prefix('/').unwrap_or(word);
    TerminalName::parse(word).map_err(|bad| Error::usage(bad.0))
}

/// A word typed on a Greek layout, by the keys that were pressed; any other word as it is.
fn latin(word: &str) -> String {
    if !word.chars().any(|c| latin_key(c).is_some()) {
        return word.to_owned();
    }
    // On that layout the key of q types a semicolon, or U+037E, which looks like it.
    let key = |c| latin_key(c).unwrap_or(if matches!(c, ';' | '\u{37e}') { 'q' } else { c });
    word.chars().map(key).collect()
}

fn latin_key(c: char) -> Option<char> {
    let lower = c.to_lowercase().next()?;
    Some(match lower {
        'α' | 'ά' => 'a',
        'β' => 'b',
        'ψ' => 'c',
        'δ' => 'd',
        'ε' | 'έ' => 'e',
        'φ' => 'f',
        'γ' => 'g',
        'η' | 'ή' => 'h',
        'ι' | 'ί' | 'ϊ' | 'ΐ' => 'i',
        'ξ' => 'j',
        'κ' => 'k',
        'λ' => 'l',
        'μ' => 'm',
        'ν' => 'n',
        'ο' | 'ό' => 'o',
        'π' => 'p',
        'ρ' => 'r',
        'σ' => 's',
        'τ' => 't',
        'θ' => 'u',
        'ω' | 'ώ' => 'v',
        'ς' => 'w',
        'χ' => 'x',
        'υ' | 'ύ' | 'ϋ' | 'ΰ' => 'y',
        'ζ' => 'z',
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(text: &str, reader: Reader) -> String {
        let terminals: Vec<_> =
            ["alex", "kate", "moebi"].iter().filter_map(|name| TerminalName::parse(name).ok()).collect();
        let place = PromptContext { reader, focused: terminals.first(), terminals: &terminals };
        match parse(text, place) {
            Ok(commands) => {
                commands.iter().map(|command| format!("{command:?}")).collect::<Vec<_>>().join(" ")
            }
            Err(error) => {
                let hints: Vec<_> = error.hints().iter().map(|hint| hint.speak(Lang::En)).collect();
                format!("{error}; {}", hints.join("; "))
            }
        }
    }

    #[test]
    fn at_iex_whatever_begins_with_a_slash_is_a_command() {
        let iex = |text| said(text, Reader::Iex);
        assert_eq!(iex("/hint"), "Slash(Hint)");
        assert_eq!(iex(" /hi "), "Slash(Hint)");
        assert_eq!(iex("/q"), "Slash(Quit)");
        assert_eq!(iex("/h"), "/h may mean /help or /hint; type one letter more");
        assert_eq!(iex("/hnit"), "there is no command /hnit; did you mean /hint?");
        assert_eq!(iex("/kte"), "there is no command /kte; did you mean /kate?");
        assert_eq!(iex("/bin/ls"), "there is no command /bin/ls; /help lists the commands");
        assert_eq!(iex("/goto remote-hello"), "Slash(Goto(\"remote-hello\"))");
        assert_eq!(iex("/goto"), "Slash(Goto(\"\"))");
        assert_eq!(iex("/goto a b"), "/goto takes one word; type /goto STEP");
        assert_eq!(iex("/rest"), "Slash(Restart)");
        assert_eq!(iex("/reset section"), "Slash(Reset(Section))");
        assert!(iex("/reset").contains("step|section|all"));
        assert_eq!(iex("/close"), "Slash(Close(None))");
        assert!(iex("/close kate").starts_with("Slash(Close(Some("));
        assert_eq!(iex("/open"), "/open wants to know which one; type /open NAME");
        assert_eq!(iex("/hint 3"), "/hint stands alone; type /hint");
        assert!(iex("/alex").starts_with("Slash(Focus("));
        assert!(iex("/open Alex").contains("can't be a name"));
        assert!(iex("/screen").contains("Screen(None)"));
        assert!(iex("/screen kate").contains("Screen(Some("));
        assert_eq!(iex("/screen bob"), "there is no terminal bob; there are alex, kate, moebi");
        assert_eq!(iex("/screen kte"), "there is no terminal kte; did you mean /screen kate?");
        assert_eq!(iex("/close akte"), "there is no terminal akte; did you mean /close kate?");
    }

    #[test]
    fn elsewhere_only_exact_commands_are() {
        assert_eq!(said("/bin/ls", Reader::Dollar), "Line(\"/bin/ls\")");
        assert_eq!(said("/hint", Reader::Dollar), "Slash(Hint)");
        assert_eq!(said("/tmp", Reader::Program), "Line(\"/tmp\")");
        assert_eq!(said("/ 2", Reader::More), "Line(\"/ 2\")");
        assert!(said("/kate", Reader::Dollar).starts_with("Slash(Focus("));
    }

    #[test]
    fn at_the_dollar_a_misspelt_command_is_ours_and_a_file_is_not() {
        let dollar = |text| said(text, Reader::Dollar);
        assert_eq!(dollar("/hnit"), "there is no command /hnit; did you mean /hint?");
        assert_eq!(dollar(" /hi "), "there is no command /hi; did you mean /hint?");
        assert_eq!(dollar("/kte"), "there is no command /kte; did you mean /kate?");
        assert_eq!(dollar("/bin"), "Line(\"/bin\")", "a folder, two letters from /hint");
        assert_eq!(dollar("/hnit 1"), "Line(\"/hnit 1\")");
        assert_eq!(dollar("/hnit/x"), "Line(\"/hnit/x\")");
        assert_eq!(dollar("/no-such-file"), "Line(\"/no-such-file\")");
        assert_eq!(said("/hnit", Reader::Program), "Line(\"/hnit\")");
    }

    #[test]
    fn a_command_may_lack_its_slash() {
        let bare = |text, reader| super::bare(text, PromptContext { reader, focused: None, terminals: &[] });
        assert_eq!(bare(" hint ", Reader::Iex), Some("hint"));
        assert_eq!(bare("ηιντ", Reader::Dollar), Some("hint"));
        for text in ["hint()", "hint 1", "hin", "Hint", "/hint", ""] {
            assert_eq!(bare(text, Reader::Iex), None, "{text}");
        }
        assert_eq!(bare("help", Reader::Program), None, "it was asked for");
        assert_eq!(bare("help", Reader::Question), None);
    }

    #[test]
    fn a_break_gives_up_what_iex_has_not_been_told() {
        assert!(gives_up("fn ->\n #iex:break ", Reader::Iex));
        assert!(!gives_up("fn ->\n:x #iex:break", Reader::Iex));
        assert!(!gives_up("#iex:break", Reader::More), "IEx itself holds the beginning");
    }

    #[test]
    fn a_greek_layout_is_no_obstacle() {
        assert_eq!(said("/ηιντ", Reader::Iex), "Slash(Hint)");
        assert_eq!(said("/ΗΙΝΤ", Reader::Iex), "Slash(Hint)");
        assert_eq!(said("/;θιτ", Reader::Iex), "Slash(Quit)");
        assert!(said("/κατε", Reader::Iex).starts_with("Slash(Focus("));
        assert_eq!(said("/γοτο ρεμοτε-ηελλο", Reader::Iex), "Slash(Goto(\"remote-hello\"))");
        assert_eq!(said("\"Γεια\"", Reader::Iex), "Line(\"\\\"Γεια\\\"\")");
    }

    #[test]
    fn an_empty_line_means_what_its_reader_makes_of_it() {
        assert_eq!(said("", Reader::Iex), "Enter");
        assert_eq!(said("  ", Reader::Dollar), "Enter");
        assert_eq!(said("", Reader::Program), "Line(\"\")");
        assert_eq!(said("", Reader::More), "Line(\"\")");
        assert_eq!(said("", Reader::Question), "Choose(\"\")");
        assert_eq!(said(" 2 ", Reader::Question), "Choose(\"2\")");
        assert_eq!(said("/hint", Reader::Question), "Slash(Hint)");
    }

    #[test]
    fn the_rest_of_a_command_is_known_once_it_is_the_only_one() {
        let kate = [TerminalName::parse("kate").expect("a name")];
        assert_eq!(rest("/hi", &kate).as_deref(), Some("nt"));
        assert_eq!(rest("/k", &kate).as_deref(), Some("ate"));
        for line in ["/h", "/", "/hint", "hi", "/hi ", "/bin/ls"] {
            assert_eq!(rest(line, &kate), None, "{line}");
        }
    }

    #[test]
    fn pasted_prompts_are_stripped() {
        assert_eq!(said("iex(1)> x = 1\niex(2)> x", Reader::Iex), "Line(\"x = 1\") Line(\"x\")");
        assert_eq!(said("alex $ iex --sname alex", Reader::Dollar), "Line(\"iex --sname alex\")");
        assert_eq!(said("iex(1)> x", Reader::Program), "Line(\"iex(1)> x\")");
    }
}
