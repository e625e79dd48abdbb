//! The command line.

mod grade;
mod greek;
mod machine;
mod record;

use std::{env, ffi::OsString, path::PathBuf};

use clap::{
    ArgMatches, Args as ClapArgs, CommandFactory, FromArgMatches, Parser, Subcommand, error::ErrorKind,
    parser::ValueSource,
};

use super::{lessons, messages};
use crate::{
    check::{Format, ReportFormat},
    lesson::Lang,
    shell::Bindings,
};
pub(super) use grade::{GradeArgs, GradeCommand, IsolationChoice, MergeArgs, Part};
pub(super) use machine::{CompletionsArgs, DoctorArgs, ManArgs};
pub(super) use record::{ListArgs, ProgressArgs, ResetArgs};

#[derive(Debug, Parser)]
#[command(
    name = "moebi",
    version,
    about = "Learn how Elixir programs talk across nodes, by doing it in real iex nodes",
    after_help = "Examples:
  moebi                              go on where you stopped
  moebi --lang el                    the same lesson in Greek
  moebi check --model                prove that the model answers pass on this machine
  moebi check --answers mine.yaml    check answers from a file
  moebi grade class --output graded  check a whole class and write reports
  moebi progress                     how far you are
  moebi doctor                       what works here, and what to do about the rest
  moebi setup                        get Elixir, without root, where it is missing",
    override_usage = "moebi [OPTIONS] [LESSON]\n       moebi [OPTIONS] <COMMAND>"
)]
pub(super) struct Args {
    /// The language of the texts [default: from your locale]
    #[arg(long, value_parser = lang, value_name = "en|el", global = true)]
    pub lang: Option<Lang>,
    #[command(subcommand)]
    pub command: Option<Command>,
    #[command(flatten)]
    pub learn: LearnArgs,
}

impl Args {
    /// From the program's own arguments. What only `learn` understands is no option of another command.
    pub(super) fn read() -> Result<Self, clap::Error> {
        Self::of(env::args_os())
    }

    fn of(words: impl IntoIterator<Item = impl Into<OsString>>) -> Result<Self, clap::Error> {
        let words: Vec<OsString> = words.into_iter().map(Into::into).collect();
        // `--help` is answered before anything is parsed.
        let lang = asked(&words).or_else(lessons::spoken).unwrap_or(Lang::En);
        let command = match lang {
            Lang::En => Self::command(),
            Lang::El => greek::translated(Self::command()),
        };
        let matches = command.try_get_matches_from(words)?;
        let args = Self::from_arg_matches(&matches)?;
        let stray = args.command.as_ref().and_then(|_| args.learn.first_given(&matches));
        match stray {
            None => Ok(args),
            Some(stray) => {
                let why = format!("`{stray}` belongs behind `learn`, or stands without a command");
                Err(Self::command().error(ErrorKind::ArgumentConflict, why))
            }
        }
    }
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Open the guided shell; it goes on where you stopped
    Learn(LearnArgs),
    /// Replay answers unattended: a verdict a step, and an exit code
    #[command(after_help = "Exit codes:
  0 all passed · 1 an answer fell short · 2 a file or the command line can't be read
  3 this machine could not run it · 130 interrupted")]
    Check(CheckArgs),
    /// Print answers in the form that `moebi check --answers` takes
    Export(ExportArgs),
    /// Check every submission of a class, isolated and side by side, and write reports
    #[command(after_help = "Examples:
  moebi grade class --output graded             grade every submission in class
  moebi grade class --output graded --resume    go on after Ctrl-C or a crash
  moebi grade class --output p1 --partition 1/4
  moebi grade merge p1 p2 p3 p4 --output graded

Exit codes:
  0 every submission has its verdicts · 2 a folder or the command line can't be read
  3 this machine could not run some of it · 130 interrupted; what was done is kept")]
    Grade(GradeArgs),
    /// For authors of lessons
    Lesson {
        #[command(subcommand)]
        command: LessonCommand,
    },
    /// Which lessons there are, and how far you are in each
    List(ListArgs),
    /// How each step of a lesson went
    Progress(ProgressArgs),
    /// Take back a step, a section or everything; a copy is kept
    Reset(ResetArgs),
    /// See whether lessons can run on this machine; each thing is fine, or comes with its remedy
    Doctor(DoctorArgs),
    /// Get an Elixir runtime of Moebi's own, without root
    Setup(SetupArgs),
    /// Print what completes Moebi's commands in your shell
    Completions(CompletionsArgs),
    /// Print a manual page, or write all of them
    Man(ManArgs),
}

#[derive(Debug, Clone, ClapArgs)]
pub(super) struct Source {
    /// Take lessons from this folder instead of those built in
    #[arg(long, value_name = "DIR", env = "MOEBI_LESSONS", global = true)]
    pub lessons: Option<PathBuf>,
}

#[derive(Debug, ClapArgs)]
pub(super) struct LearnArgs {
    /// The lesson's id; the first one if left out
    pub lesson: Option<String>,
    #[command(flatten)]
    pub source: Source,
    /// Plain labelled lines: for a screen reader, a pipe, a simple terminal
    #[arg(long)]
    pub plain: bool,
    /// The folder that the terminals start in [default: ~/moebi/LESSON]
    #[arg(long, value_name = "DIR")]
    pub workspace: Option<PathBuf>,
    /// The keys that edit a line
    #[arg(long, value_enum, default_value_t, env = "MOEBI_KEYS", value_name = "emacs|vi")]
    pub keys: Bindings,
}

impl LearnArgs {
    /// What was typed of these, and is not there by default or from the environment.
    fn first_given(&self, matches: &ArgMatches) -> Option<String> {
        let is_given = |id: &&str| matches.value_source(id) == Some(ValueSource::CommandLine);
        let option = ["plain", "workspace", "keys"].into_iter().find(is_given);
        self.lesson.clone().or_else(|| option.map(|id| format!("--{id}")))
    }
}

#[derive(Debug, ClapArgs)]
#[group(id = "whose", required = true, multiple = false, args = ["model", "answers"])]
pub(super) struct CheckArgs {
    /// The lesson's id; the first one if left out
    pub lesson: Option<String>,
    #[command(flatten)]
    pub source: Source,
    /// Check the lesson's own model answers
    #[arg(long)]
    pub model: bool,
    /// Check the answers in this file, or in this folder with an answers.yaml
    #[arg(long, value_name = "PATH")]
    pub answers: Option<PathBuf>,
    /// Only this section
    #[arg(long, value_name = "ID", conflicts_with = "step")]
    pub section: Option<String>,
    /// Only this step, after the steps that it needs
    #[arg(long, value_name = "ID")]
    pub step: Option<String>,
    /// What steps are worth: a file with weights, and whether a part of a step earns a part of its points
    #[arg(long, value_name = "FILE")]
    pub scheme: Option<PathBuf>,
    #[arg(long, value_enum, default_value = "human")]
    pub format: ReportFormat,
}

#[derive(Debug, ClapArgs)]
pub(super) struct ExportArgs {
    /// The lesson's id; the first one if left out
    pub lesson: Option<String>,
    #[command(flatten)]
    pub source: Source,
    /// The lesson's model answers instead of your own
    #[arg(long)]
    pub model: bool,
    #[arg(long, value_enum, default_value = "answers")]
    pub format: ExportFormat,
}

#[derive(Debug, Clone, Copy, clap::ValueEnum)]
pub(super) enum ExportFormat {
    /// What `moebi check --answers` takes
    Answers,
    /// A page to read, to print or to hand in
    Markdown,
    /// Every task of the lesson with room to write, to print
    Worksheet,
}

#[derive(Debug, Subcommand)]
pub(super) enum LessonCommand {
    /// Say everything that is wrong with a lesson's files, each with its place
    Lint {
        #[command(flatten)]
        source: Source,
    },
    /// Prove on real nodes that every checkpoint can fail, and that it is fair
    #[command(after_help = "Exit codes:
  0 nothing to complain about · 1 a checkpoint has a defect · 2 a file or the command line can't be read
  3 this machine could not run it · 130 interrupted")]
    Test(LessonTestArgs),
}

#[derive(Debug, ClapArgs)]
pub(super) struct LessonTestArgs {
    /// The lesson's id; the first one if left out
    pub lesson: Option<String>,
    #[command(flatten)]
    pub source: Source,
    /// Only this section
    #[arg(long, value_name = "ID", conflicts_with = "step")]
    pub section: Option<String>,
    /// Only this step
    #[arg(long, value_name = "ID")]
    pub step: Option<String>,
    /// How many attempts run at once [default: two a core]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=256))]
    pub jobs: Option<u16>,
    #[arg(long, value_enum, default_value = "human")]
    pub format: Format,
}

#[derive(Debug, ClapArgs)]
pub(super) struct SetupArgs {
    /// Ask nothing
    #[arg(long)]
    pub yes: bool,
    /// Take the packages from this folder, for a machine without network
    #[arg(long, value_name = "DIR")]
    pub from: Option<PathBuf>,
}

/// The language that is asked for, wherever it stands.
fn asked(words: &[OsString]) -> Option<Lang> {
    let words: Vec<_> = words.iter().filter_map(|word| word.to_str()).collect();
    let behind = words.windows(2).find(|two| two[0] == "--lang").map(|two| two[1]);
    behind.or_else(|| words.iter().find_map(|word| word.strip_prefix("--lang="))).and_then(Lang::parse)
}

fn lang(word: &str) -> Result<Lang, String> {
    let spoken = || lessons::spoken().unwrap_or(Lang::En);
    Lang::parse(word).ok_or_else(|| messages::no_such_language(word).speak(spoken()).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_line_is_consistent() {
        Args::command().debug_assert();
    }

    #[test]
    fn a_reset_says_what_it_takes_back() {
        assert!(Args::try_parse_from(["moebi", "reset"]).is_err());
        assert!(Args::try_parse_from(["moebi", "reset", "--all", "--step", "alone"]).is_err());
        for what in ["--all", "--step=alone", "--section=spawn-link", "--restore", "--restore=x.json"] {
            assert!(Args::try_parse_from(["moebi", "reset", "otp-distribution", what]).is_ok(), "{what}");
        }
    }

    #[test]
    fn no_command_is_learn() {
        let args = Args::try_parse_from(["moebi", "--lang", "el", "--plain"]).unwrap();
        assert!(args.command.is_none());
        assert_eq!(args.lang, Some(Lang::El));
    }

    #[test]
    fn every_command_takes_a_language_before_it_or_behind() {
        for words in [["moebi", "--lang", "el", "setup"], ["moebi", "setup", "--lang", "el"]] {
            let args = Args::of(words).unwrap();
            assert!(matches!(args.command, Some(Command::Setup(_))) && args.lang == Some(Lang::El));
        }
    }

    #[test]
    fn what_belongs_to_learn_stands_before_no_other_command() {
        let parse = |words: &[&'static str]| Args::of(words.iter().copied());
        assert!(parse(&["moebi", "--plain", "setup"]).is_err());
        let refused = parse(&["moebi", "--keys", "vi", "setup"]).expect_err("it is for `learn`");
        assert!(refused.to_string().contains("`--keys` belongs behind `learn`"), "{refused}");
        assert!(parse(&["moebi", "learn", "--keys", "vi"]).is_ok());
        assert!(parse(&["moebi", "setup"]).is_ok());
        assert!(parse(&["moebi", "otp-distribution", "setup"]).is_err());
        assert!(parse(&["moebi", "otp-distribution", "--plain"]).is_ok());
    }

    #[test]
    fn help_is_in_the_language_that_is_asked_for() {
        for words in [["moebi", "--lang", "el", "--help"], ["moebi", "reset", "--lang=el", "--help"]] {
            let help = Args::of(words).expect_err("help is no command").to_string();
            assert!(help.contains("Χρήση: moebi"), "{help}");
        }
        let help = Args::of(["moebi", "--lang", "en", "--help"]).expect_err("help is no command").to_string();
        assert!(help.contains("Usage: moebi"), "{help}");
    }

    #[test]
    fn check_wants_answers_of_some_kind() {
        assert!(Args::try_parse_from(["moebi", "check"]).is_err());
        assert!(Args::try_parse_from(["moebi", "check", "--model", "--answers", "x"]).is_err());
        assert!(Args::try_parse_from(["moebi", "check", "--model"]).is_ok());
    }
}
