//! What is typed behind a command: how `/help` writes it, what is understood of it, who completes it.

use std::fmt::Debug;

use crate::{
    error::{Error, Result},
    guide::{Guide, Part, TraceRequest},
    i18n::{Localized, Verbatim},
    lesson::{Lang, TerminalName, greek_keyboard::latin},
    session::Scope,
    view::trace::file::Format,
};

use super::{Call, Running, SlashCommand, lookup::nearest, messages};

/// What a command does with what it is given.
pub(super) type Run<T> = fn(&mut Guide, T) -> Running<'_>;

/// What a command is given, and the function that takes it.
pub enum Takes {
    Nothing(fn(&mut Guide) -> Running<'_>),
    /// `--details`, or nothing.
    Details(Run<bool>),
    /// The terminal that the command is called after.
    Itself(Run<TerminalName>),
    /// A step by its number, its name or its title; empty where there is nothing.
    Step(Run<String>),
    NewTerminal(Run<TerminalName>),
    /// One that there is. None: the focused one.
    Terminal(Run<Option<TerminalName>>),
    /// One that there is, which must be named.
    Node(Run<TerminalName>),
    /// Two of them.
    Pair(Run<(TerminalName, TerminalName)>),
    /// A word of the glossary, or several; empty where there are none.
    Term(Run<String>),
    /// A path within the workspace.
    File(Run<String>),
    Scope(Run<Scope>),
    Language(Run<Lang>),
    /// `on` or `off`.
    Switch(Run<bool>),
    /// A line's number, `step`, `on`, `off` or `clear`; and a file.
    Trace(Run<TraceRequest>),
}

/// Who knows how an argument may go on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Completion {
    /// The guide: it has the lesson.
    Step,
    /// Whoever has seen the map.
    Terminal,
}

impl Takes {
    /// None where it is completed like anything else that is typed there.
    pub fn completion(&self) -> Option<Completion> {
        match self {
            Self::Step(_) => Some(Completion::Step),
            Self::NewTerminal(_) | Self::Terminal(_) | Self::Node(_) | Self::Pair(_) => {
                Some(Completion::Terminal)
            }
            Self::Nothing(_)
            | Self::Details(_)
            | Self::Itself(_)
            | Self::Term(_)
            | Self::File(_)
            | Self::Scope(_)
            | Self::Language(_)
            | Self::Switch(_)
            | Self::Trace(_) => None,
        }
    }

    /// What stands for the argument where a person is told to type one.
    pub(super) fn placeholder(&self) -> Localized {
        let code = |text: String| Localized::from(Verbatim::code(text));
        match self {
            Self::Nothing(_) | Self::Itself(_) => code(String::new()),
            Self::Details(_) => code(DETAILS.to_owned()),
            Self::Step(_) => messages::a_step(),
            Self::NewTerminal(_) | Self::Terminal(_) | Self::Node(_) => messages::a_name(),
            Self::Pair(_) => code("A B".to_owned()),
            Self::Term(_) => messages::a_term(),
            Self::File(_) => messages::a_file(),
            Self::Scope(_) => code(SCOPES.map(|(name, _)| name).join("|")),
            Self::Switch(_) => code(SWITCH.map(|(name, _)| name).join("|")),
            Self::Trace(_) => code(TRACE.to_owned()),
            Self::Language(_) => code(Lang::ALL.map(Lang::code).join("|")),
        }
    }

    /// What is typed there, to the letter where it can be said.
    fn example(&self) -> Localized {
        match self {
            Self::File(_) => Verbatim::code("chat/lib/chat.ex").into(),
            Self::Pair(_) => Verbatim::code("alex kate").into(),
            other => other.placeholder(),
        }
    }
}

const DETAILS: &str = "--details";

const TRACE: &str = "N|step|on|off";

/// `/reset` alone might be typed for `/restart`: how much to take back must be said.
const SCOPES: [(&str, Scope); 3] =
    [("step", Scope::Step), ("section", Scope::Section), ("all", Scope::Lesson)];

const SWITCH: [(&str, bool); 2] = [("on", true), ("off", false)];

impl SlashCommand {
    /// As `/help` writes it.
    pub fn usage(&self) -> Localized {
        let (name, placeholder) = (self.name.unwrap_or_default(), self.takes.placeholder());
        let code = |text: String| Localized::from(Verbatim::code(text));
        match self.takes {
            Takes::Nothing(_) => code(format!("/{name}")),
            Takes::Itself(_) => code("/alex, /kate, …".to_owned()),
            Takes::Details(_) | Takes::Terminal(_) | Takes::Trace(_) => {
                Localized::each(|lang| format!("/{name} [{}]", placeholder.speak(lang)))
            }
            Takes::Language(_) => code(Lang::ALL.map(|lang| format!("/{name} {lang}")).join(", ")),
            Takes::File(_)
            | Takes::Step(_)
            | Takes::NewTerminal(_)
            | Takes::Node(_)
            | Takes::Pair(_)
            | Takes::Term(_)
            | Takes::Scope(_)
            | Takes::Switch(_) => Localized::each(|lang| format!("/{name} {}", placeholder.speak(lang))),
        }
    }

    /// The command, called `name`, with the words that are typed behind it. Errors say what belongs there.
    pub(super) fn call(
        &'static self,
        name: &str,
        typed: &[&str],
        terminals: &[TerminalName],
    ) -> Result<Call> {
        let words = Words { name, command: self, typed, terminals };
        Ok(match self.takes {
            Takes::Nothing(run) => words.call(move |guide, ()| run(guide), words.none()?),
            Takes::Details(run) => words.call(run, words.details()?),
            Takes::Itself(run) => {
                words.none()?;
                words.call(run, terminal_name(name)?)
            }
            Takes::NewTerminal(run) => words.call(run, terminal_name(&words.one()?)?),
            Takes::Terminal(run) => words.call(run, words.terminal()?),
            Takes::Node(run) => words.call(run, words.existing(&words.one()?)?),
            Takes::Pair(run) => words.call(run, words.pair()?),
            // They may have spaces, and letters of any script.
            Takes::Step(run) | Takes::Term(run) => words.call(run, typed.join(" ")),
            Takes::File(run) => words.call(run, words.file()?),
            Takes::Scope(run) => words.call(run, words.scope()?),
            Takes::Language(run) => words.call(run, words.language()?),
            Takes::Switch(run) => words.call(run, words.switch()?),
            Takes::Trace(run) => words.call(run, words.trace()?),
        })
    }
}

/// What is typed behind a command.
struct Words<'a> {
    name: &'a str,
    command: &'static SlashCommand,
    typed: &'a [&'a str],
    /// Empty until the guide has told of them.
    terminals: &'a [TerminalName],
}

impl Words<'_> {
    fn call<T: Debug + Send + Sync + 'static>(
        &self,
        run: impl FnOnce(&mut Guide, T) -> Running<'_> + Send + Sync + 'static,
        given: T,
    ) -> Call {
        Call {
            command: self.command,
            name: self.name.to_owned(),
            typed: format!("/{} {}", self.name, self.typed.join(" ")),
            given: format!("{given:?}"),
            run: Box::new(move |guide| run(guide, given)),
        }
    }

    fn none(&self) -> Result<()> {
        match self.typed {
            [] => Ok(()),
            _ => Err(Error::usage(messages::stands_alone(self.name)).hint(messages::type_it(self.name))),
        }
    }

    fn details(&self) -> Result<bool> {
        match self.optional()?.as_deref() {
            None => Ok(false),
            Some(DETAILS) => Ok(true),
            Some(_) => Err(self.error(messages::takes_details(self.name))),
        }
    }

    fn one(&self) -> Result<String> {
        match self.typed {
            [word] => Ok(latin(word)),
            [] => Err(self.error(messages::wants_one(self.name))),
            _ => Err(self.error(messages::takes_one(self.name))),
        }
    }

    fn error(&self, said: Localized) -> Error {
        Error::usage(said).hint(messages::type_with(self.name, &self.command.takes.example()))
    }

    fn optional(&self) -> Result<Option<String>> {
        if self.typed.is_empty() { Ok(None) } else { self.one().map(Some) }
    }

    fn terminal(&self) -> Result<Option<TerminalName>> {
        self.optional()?.map(|word| self.existing(&word)).transpose()
    }

    fn pair(&self) -> Result<(TerminalName, TerminalName)> {
        let [one, other] = self.typed else { return Err(self.error(messages::wants_two(self.name))) };
        let (one, other) = (self.existing(&latin(one))?, self.existing(&latin(other))?);
        if one == other {
            return Err(self.error(messages::wants_another(self.name, one.as_str())));
        }
        Ok((one, other))
    }

    fn existing(&self, word: &str) -> Result<TerminalName> {
        let name = terminal_name(word)?;
        if self.terminals.is_empty() || self.terminals.contains(&name) {
            return Ok(name);
        }
        let names: Vec<_> = self.terminals.iter().map(TerminalName::as_str).collect();
        let error = Error::usage(messages::no_such_terminal(name.as_str()));
        Err(match nearest(name.as_str(), &names) {
            Some(near) => error.hint(messages::did_you_mean(&format!("{} {near}", self.name))),
            None => error.hint(messages::terminals(&names.join(", "))),
        })
    }

    /// As it was typed: a file may be named in any script.
    fn file(&self) -> Result<String> {
        match self.typed {
            [path] => Ok((*path).to_owned()),
            _ => Err(self.error(messages::wants_one(self.name))),
        }
    }

    fn scope(&self) -> Result<Scope> {
        let word = self.one()?;
        match SCOPES.into_iter().find(|(name, _)| *name == word) {
            Some((_, scope)) => Ok(scope),
            None => Err(Error::usage(messages::no_such_scope(&word)).hint(messages::scopes())),
        }
    }

    fn switch(&self) -> Result<bool> {
        let word = self.one()?;
        let is_on = SWITCH.into_iter().find(|(name, _)| *name == word).map(|(_, is_on)| is_on);
        is_on.ok_or_else(|| self.error(messages::on_or_off(self.name)))
    }

    fn trace(&self) -> Result<TraceRequest> {
        let words: Vec<String> = self.typed.iter().map(|word| latin(word)).collect();
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        let wrong = || self.error(messages::takes_trace(self.name));
        let part = |word: &str| match word {
            "step" => Ok(Part::Step),
            number => number.parse().map(Part::Line).map_err(|_| wrong()),
        };
        let format =
            |flag: &str| Format::ALL.into_iter().find(|format| format.flag() == flag).ok_or_else(wrong);
        // A file may be named in any script.
        let file = || self.typed.last().map(|path| (*path).to_owned()).ok_or_else(wrong);
        Ok(match words.as_slice() {
            [] => TraceRequest::Show { part: Part::Last, file: None },
            ["on"] => TraceRequest::Follow(true),
            ["off"] => TraceRequest::Follow(false),
            ["clear"] => TraceRequest::Clear,
            [word] => TraceRequest::Show { part: part(word)?, file: None },
            [flag, _] => TraceRequest::Show { part: Part::Last, file: Some((format(flag)?, file()?)) },
            [word, flag, _] => TraceRequest::Show { part: part(word)?, file: Some((format(flag)?, file()?)) },
            _ => return Err(wrong()),
        })
    }

    fn language(&self) -> Result<Lang> {
        let code = self.one()?;
        Lang::parse(&code)
            .ok_or_else(|| Error::usage(messages::no_such_language(&code)).hint(messages::languages()))
    }
}

fn terminal_name(word: &str) -> Result<TerminalName> {
    let word = word.strip_prefix('/').unwrap_or(word);
    TerminalName::parse(word).map_err(|bad| Error::usage(bad.0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::guide::slash_command::COMMANDS;

    fn command(name: &str) -> &'static SlashCommand {
        COMMANDS.iter().find(|command| command.name == Some(name)).expect(name)
    }

    fn usage(name: &str) -> String {
        command(name).usage().speak(Lang::En).to_owned()
    }

    fn said(line: &str) -> String {
        let terminals = ["alex", "kate"].map(|name| TerminalName::parse(name).expect("a name"));
        let mut words = line.split(' ');
        let name = words.next().unwrap_or_default();
        match command(name).call(name, &words.collect::<Vec<_>>(), &terminals) {
            Ok(call) => format!("{call:?}"),
            Err(error) => {
                let hints: Vec<_> = error.hints().iter().map(|hint| hint.speak(Lang::En)).collect();
                format!("{error}; {}", hints.join("; "))
            }
        }
    }

    #[test]
    fn nothing_is_taken_by_a_command_that_stands_alone() {
        assert_eq!(said("hint"), "/hint");
        assert_eq!(said("hint 3"), "/hint stands alone; type /hint");
        assert_eq!(usage("hint"), "/hint");
    }

    #[test]
    fn a_step_may_be_left_out_and_the_guide_completes_it() {
        assert_eq!(said("goto 2.3"), "/goto \"2.3\"");
        assert_eq!(said("goto"), "/goto \"\"");
        assert_eq!(said("goto And back"), "/goto \"And back\"");
        assert_eq!(usage("goto"), "/goto STEP");
        assert_eq!(command("goto").takes.completion(), Some(Completion::Step));
    }

    #[test]
    fn a_terminal_is_named_with_or_without_its_slash() {
        assert_eq!(said("open bob"), "/open TerminalName(\"bob\")");
        assert_eq!(said("open /bob"), "/open TerminalName(\"bob\")");
        assert_eq!(said("open"), "/open wants to know which one; type /open NAME");
        assert_eq!(said("open bob ann"), "/open takes one word; type /open NAME");
        assert!(said("open Bob").contains("can't be a name"), "{}", said("open Bob"));
        assert_eq!(usage("open"), "/open NAME");
        assert_eq!(command("open").takes.completion(), Some(Completion::Terminal));
    }

    #[test]
    fn a_terminal_that_must_be_there_is_looked_for() {
        assert_eq!(said("close"), "/close None");
        assert_eq!(said("screen kate"), "/screen Some(TerminalName(\"kate\"))");
        assert_eq!(said("screen bob"), "there is no terminal bob; there are alex, kate");
        assert_eq!(said("close akte"), "there is no terminal akte; did you mean /close kate?");
        assert_eq!(said("close alex kate"), "/close takes one word; type /close NAME");
        assert_eq!(usage("close"), "/close [NAME]");
        assert_eq!(command("close").takes.completion(), Some(Completion::Terminal));
        let unknown = command("close").call("close", &["bob"], &[]).expect("nobody knows them yet");
        assert_eq!(format!("{unknown:?}"), "/close Some(TerminalName(\"bob\"))");
    }

    #[test]
    fn a_fault_is_given_its_nodes() {
        assert_eq!(said("kill kate"), "/kill TerminalName(\"kate\")");
        assert_eq!(said("pause κατε"), "/pause TerminalName(\"kate\")");
        assert_eq!(said("cut alex kate"), "/cut (TerminalName(\"alex\"), TerminalName(\"kate\"))");
        assert_eq!(said("kill"), "/kill wants to know which one; type /kill NAME");
        assert_eq!(said("kill alex kate"), "/kill takes one word; type /kill NAME");
        assert_eq!(said("resume kat"), "there is no terminal kat; did you mean /resume kate?");
        assert_eq!(said("pause moebi"), "there is no terminal moebi; there are alex, kate");
        for line in ["cut", "heal alex", "cut alex kate moebi"] {
            let word = line.split(' ').next().unwrap_or_default();
            assert_eq!(said(line), format!("/{word} wants two nodes; type /{word} alex kate"));
        }
        assert_eq!(said("cut alex alex"), "/cut wants another node beside alex; type /cut alex kate");
        assert_eq!(["kill", "heal"].map(usage), ["/kill NAME", "/heal A B"]);
        assert_eq!(command("cut").takes.completion(), Some(Completion::Terminal));
    }

    #[test]
    fn terms_and_files_are_taken_as_they_are_typed() {
        assert_eq!(said("word ομάδα κόμβων"), "/word \"ομάδα κόμβων\"");
        assert_eq!(said("word"), "/word \"\"");
        assert_eq!(said("edit σημειώσεις.ex"), "/edit \"σημειώσεις.ex\"");
        for line in ["edit", "edit a b"] {
            assert_eq!(said(line), "/edit wants to know which one; type /edit chat/lib/chat.ex");
        }
        assert_eq!(["word", "edit"].map(usage), ["/word TERM", "/edit FILE"]);
        assert_eq!(["word", "edit"].map(|name| command(name).takes.completion()), [None, None]);
    }

    #[test]
    fn what_stands_for_an_argument_is_in_the_readers_language() {
        let greek =
            ["goto", "open", "word", "edit"].map(|name| command(name).usage().speak(Lang::El).to_owned());
        assert_eq!(greek, ["/goto ΒΗΜΑ", "/open ΟΝΟΜΑ", "/word ΟΡΟΣ", "/edit ΑΡΧΕΙΟ"]);
        let error = command("open").call("open", &[], &[]).expect_err("which one?");
        assert_eq!(error.hints()[0].speak(Lang::El), "γράψε /open ΟΝΟΜΑ");
    }

    #[test]
    fn how_much_to_take_back_must_be_said() {
        assert_eq!(said("reset step"), "/reset Step");
        assert_eq!(said("reset σεψτιον"), "/reset Section");
        assert_eq!(said("reset all"), "/reset Lesson");
        assert_eq!(said("reset"), "/reset wants to know which one; type /reset step|section|all");
        assert_eq!(said("reset it"), "/reset doesn't know `it`; /reset step, /reset section, or /reset all");
        assert_eq!(usage("reset"), "/reset step|section|all");
        assert_eq!(command("reset").takes.completion(), None);
    }

    #[test]
    fn details_are_asked_for_by_their_name() {
        assert_eq!(said("check"), "/check false");
        assert_eq!(said("check --details"), "/check true");
        assert_eq!(said("check --δεταιλσ"), "/check true");
        assert_eq!(said("check all"), "/check takes nothing but `--details`; type /check --details");
    }

    #[test]
    fn a_switch_is_on_or_off() {
        assert_eq!(said("share off"), "/share false");
        assert_eq!(said("share ον"), "/share true");
        assert_eq!(said("share"), "/share wants to know which one; type /share on|off");
        assert_eq!(said("share all"), "/share takes `on` or `off`; type /share on|off");
        assert_eq!(usage("share"), "/share on|off");
    }

    #[test]
    fn a_language_is_one_that_moebi_speaks() {
        assert_eq!(said("lang el"), "/lang El");
        assert_eq!(said("lang ελ"), "/lang El");
        assert_eq!(said("lang"), "/lang wants to know which one; type /lang en|el");
        assert_eq!(said("lang fr"), "there is no language `fr`; /lang en is English, /lang el is Greek");
        assert_eq!(usage("lang"), "/lang en, /lang el");
        assert_eq!(command("lang").takes.completion(), None);
    }
}
