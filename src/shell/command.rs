//! From a typed line to what it asks for.
//!
//! No Elixir expression begins with `/`, so at an IEx prompt whatever does is a command, abbreviated or
//! misspelt as may be. At `$` and where a program reads a line only exact commands are taken: `/bin/ls` runs.

use std::path::Path;

use crate::{
    error::{Error, Result},
    guide::{
        command::Command,
        slash_command::{self, Call, Spelling, Then},
    },
    lesson::{Prompt, TerminalName, shell_line::ShellLine},
    session::notice::PromptLine,
};

use super::transcript;

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
            PromptLine::Terminal(Prompt::Iex { .. }) | PromptLine::Paused => Some(Self::Iex),
            PromptLine::Terminal(Prompt::More { .. }) => Some(Self::More),
            PromptLine::Terminal(Prompt::Gets { .. }) => Some(Self::Program),
            PromptLine::Terminal(Prompt::Dollar) => Some(Self::Dollar),
            PromptLine::Question => Some(Self::Question),
            PromptLine::Terminal(Prompt::Busy) | PromptLine::Relay => None,
        }
    }

    /// How commands of Moebi's are to be spelt here.
    fn spelling(self) -> Spelling {
        match self {
            Self::Iex | Self::Question => Spelling::Abbreviated,
            Self::More | Self::Program | Self::Dollar => Spelling::Exact,
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
            inputs_or_enter(for_shell(transcript::command(text, focused)))
        }
    })
}

/// A command that is typed as the last line of an unfinished expression; before it, what is to be gone on with.
pub fn below<'t>(text: &'t str, place: PromptContext) -> Option<(&'t str, Call)> {
    let (expression, last) = text.rsplit_once('\n').filter(|_| place.reader == Reader::Iex)?;
    let call = slash_command::read(last, place.terminals, Spelling::Exact).ok().flatten()?;
    Some((expression, call))
}

/// The command that a lone word would be with its slash, on any layout. The word may mean something to its reader.
pub fn bare(text: &str, place: PromptContext) -> Option<&'static str> {
    let word = text.trim();
    let is_asked =
        matches!(place.reader, Reader::Iex | Reader::Dollar) && !word.contains(char::is_whitespace);
    is_asked.then(|| slash_command::bare(word)).flatten()
}

/// Whether a line ends the shell, wherever it is typed.
pub fn leaves(text: &str) -> bool {
    let read = slash_command::read(text, &[], Spelling::Exact);
    matches!(read, Ok(Some(call)) if call.then() == Then::End)
}

/// Whether a line is for Moebi, so that no one need ask the node about it.
pub fn is_slash(text: &str, place: PromptContext) -> bool {
    !matches!(slash(text, place), Ok(None))
}

fn slash(text: &str, place: PromptContext) -> Result<Option<Call>> {
    slash_command::read(text, place.terminals, place.reader.spelling())
}

/// Of several lines at `$`, those behind one that starts an `iex` are for that.
fn for_shell(text: &str) -> Vec<String> {
    let lines: Vec<&str> = text.lines().collect();
    let starts_iex = |line: &&str| ShellLine::of(line).runs("iex") && !line.ends_with('\\');
    match lines.iter().position(starts_iex) {
        Some(at) if at + 1 < lines.len() => {
            let (script, rest) = lines.split_at(at + 1);
            std::iter::once(script.join("\n")).chain(transcript::inputs(&rest.join("\n"))).collect()
        }
        Some(_) | None => vec![text.to_owned()],
    }
}

fn inputs_or_enter(mut inputs: Vec<String>) -> Vec<Command> {
    inputs.retain(|input| !input.trim().is_empty());
    if inputs.is_empty() { vec![Command::Enter] } else { inputs.into_iter().map(Command::Line).collect() }
}

/// At `$` a lone `/hnit` is one of our commands misspelt, unless a file is called so.
fn misspelt(text: &str, place: PromptContext) -> Option<Error> {
    let typed = text.trim();
    let word =
        typed.strip_prefix('/').filter(|word| !word.contains(|c: char| c == '/' || c.is_whitespace()))?;
    slash_command::misspelt(word, place.terminals).filter(|_| !Path::new(typed).exists())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lesson::Lang;

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
    fn a_command_is_taken_out_of_an_unfinished_expression() {
        let terminals = [TerminalName::parse("kate").expect("a name")];
        let below = |text, reader| {
            let place = PromptContext { reader, focused: None, terminals: &terminals };
            below(text, place).map(|(expression, call)| format!("{expression} {call:?}"))
        };
        assert_eq!(below("x = fn ->\n  /hint", Reader::Iex).as_deref(), Some("x = fn -> /hint"));
        assert_eq!(below("f(\n/υπόδειξη", Reader::Iex).as_deref(), Some("f( /hint"));
        for text in ["/hint", "x\n/ 2", "x\n/hi", "/hint\nx", "x\n/hint 2"] {
            assert_eq!(below(text, Reader::Iex), None, "{text}");
        }
        assert_eq!(below("x\n/hint", Reader::Dollar), None);
    }

    #[test]
    fn at_iex_whatever_begins_with_a_slash_is_a_command() {
        let iex = |text| said(text, Reader::Iex);
        assert_eq!(iex("/hint"), "Slash(/hint)");
        assert_eq!(iex(" /hi "), "Slash(/hint)");
        assert_eq!(iex("/q"), "Slash(/quit)");
        assert_eq!(iex("/h"), "/h may mean /help or /hint or /heal; type one letter more");
        assert_eq!(iex("/hnit"), "there is no command /hnit; did you mean /hint?");
        assert_eq!(iex("/bin/ls"), "there is no command /bin/ls; /help lists the commands");
        assert_eq!(iex("/goto remote-hello"), "Slash(/goto \"remote-hello\")");
        assert_eq!(iex("/goto And back"), "Slash(/goto \"And back\")");
        assert!(iex("/alex").starts_with("Slash(/alex "));
        assert_eq!(iex("/screen bob"), "there is no terminal bob; there are alex, kate, moebi");
    }

    #[test]
    fn elsewhere_only_exact_commands_are() {
        assert_eq!(said("/bin/ls", Reader::Dollar), "Line(\"/bin/ls\")");
        assert_eq!(said("/hint", Reader::Dollar), "Slash(/hint)");
        assert_eq!(said("/tmp", Reader::Program), "Line(\"/tmp\")");
        assert_eq!(said("/ 2", Reader::More), "Line(\"/ 2\")");
        assert!(said("/kate", Reader::Dollar).starts_with("Slash(/kate "));
    }

    #[test]
    fn at_the_dollar_several_lines_are_one_script_up_to_an_iex() {
        let dollar = |text| said(text, Reader::Dollar);
        assert_eq!(dollar("cat <<X\niexample\nX"), r#"Line("cat <<X\niexample\nX")"#);
        assert_eq!(
            dollar("cd chat\niex -S mix\nnode()\n1 +\n2"),
            r#"Line("cd chat\niex -S mix") Line("node()\n1 +\n2")"#
        );
        assert_eq!(dollar("iex \\\n --sname a@b"), r#"Line("iex \\\n --sname a@b")"#);
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
        assert_eq!(said("/ηιντ", Reader::Iex), "Slash(/hint)");
        assert_eq!(said("/ΗΙΝΤ", Reader::Iex), "Slash(/hint)");
        assert_eq!(said("/;θιτ", Reader::Iex), "Slash(/quit)");
        assert!(said("/κατε", Reader::Iex).starts_with("Slash(/kate "));
        assert_eq!(said("/γοτο ρεμοτε-ηελλο", Reader::Iex), "Slash(/goto \"ρεμοτε-ηελλο\")");
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
        assert_eq!(said("/hint", Reader::Question), "Slash(/hint)");
    }

    #[test]
    fn pasted_prompts_are_stripped() {
        assert_eq!(said("iex(1)> x = 1\niex(2)> x", Reader::Iex), "Line(\"x = 1\") Line(\"x\")");
        assert_eq!(said("alex $ iex --sname alex", Reader::Dollar), "Line(\"iex --sname alex\")");
        assert_eq!(said("iex(1)> x", Reader::Program), "Line(\"iex(1)> x\")");
    }
}
