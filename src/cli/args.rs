//! The command line.

mod machine;
mod record;

use std::path::PathBuf;

use clap::{Args as ClapArgs, Parser, Subcommand};

use crate::{check::Format, lesson::Lang};
pub use machine::{CompletionsArgs, DoctorArgs, ManArgs};
pub use record::{ListArgs, ProgressArgs, ResetArgs};

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
  moebi progress                     how far you are
  moebi doctor                       what works here, and what to do about the rest
  moebi setup                        get Elixir, without root, where it is missing",
    args_conflicts_with_subcommands = true
)]
pub struct Args {
    #[command(subcommand)]
    pub command: Option<Command>,
    #[command(flatten)]
    pub learn: LearnArgs,
}

impl Args {
    /// The language that was asked for.
    pub fn lang(&self) -> Option<Lang> {
        match &self.command {
            None => self.learn.lang,
            Some(Command::Learn(learn)) => learn.lang,
            Some(Command::Check(check)) => check.lang,
            Some(Command::List(list)) => list.lang,
            Some(Command::Progress(progress)) => progress.lang,
            Some(Command::Reset(reset)) => reset.lang,
            Some(Command::Doctor(doctor)) => doctor.lang,
            Some(
                Command::Export(_)
                | Command::Lesson { .. }
                | Command::Setup(_)
                | Command::Completions(_)
                | Command::Man(_),
            ) => None,
        }
    }
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Open the guided shell; it goes on where you stopped
    Learn(LearnArgs),
    /// Replay answers unattended: a verdict a step, and an exit code
    #[command(after_help = "Exit codes:
  0 all passed · 1 an answer fell short · 2 a file or the command line can't be read
  3 this machine could not run it · 130 interrupted")]
    Check(CheckArgs),
    /// Print answers in the form that `moebi check --answers` takes
    Export(ExportArgs),
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
pub struct Source {
    /// Take lessons from this folder instead of those built in
    #[arg(long, value_name = "DIR", env = "MOEBI_LESSONS", global = true)]
    pub lessons: Option<PathBuf>,
}

#[derive(Debug, ClapArgs)]
pub struct LearnArgs {
    /// The lesson's id; the first one if left out
    pub lesson: Option<String>,
    #[command(flatten)]
    pub source: Source,
    /// The language of the texts [default: from your locale]
    #[arg(long, value_parser = lang, value_name = "en|el")]
    pub lang: Option<Lang>,
    /// Plain labelled lines: for a screen reader, a pipe, a simple terminal
    #[arg(long)]
    pub plain: bool,
    /// The folder that the terminals start in [default: ~/moebi/LESSON]
    #[arg(long, value_name = "DIR")]
    pub workspace: Option<PathBuf>,
}

#[derive(Debug, ClapArgs)]
#[group(id = "whose", required = true, multiple = false, args = ["model", "answers"])]
pub struct CheckArgs {
    /// The lesson's id; the first one if left out
    pub lesson: Option<String>,
    #[command(flatten)]
    pub source: Source,
    /// Check the lesson's own model answers
    #[arg(long)]
    pub model: bool,
    /// Check the answers in this file
    #[arg(long, value_name = "FILE")]
    pub answers: Option<PathBuf>,
    /// Only this section
    #[arg(long, value_name = "ID", conflicts_with = "step")]
    pub section: Option<String>,
    /// Only this step, after the steps that it needs
    #[arg(long, value_name = "ID")]
    pub step: Option<String>,
    /// The language of the hints
    #[arg(long, value_parser = lang, value_name = "en|el")]
    pub lang: Option<Lang>,
    #[arg(long, value_enum, default_value = "human")]
    pub format: Format,
}

#[derive(Debug, ClapArgs)]
pub struct ExportArgs {
    /// The lesson's id; the first one if left out
    pub lesson: Option<String>,
    #[command(flatten)]
    pub source: Source,
    /// The lesson's model answers
    #[arg(long, required = true)]
    pub model: bool,
    #[arg(long, value_enum, default_value = "answers")]
    pub format: ExportFormat,
}

#[derive(Debug, Clone, Copy, clap::ValueEnum)]
pub enum ExportFormat {
    Answers,
}

#[derive(Debug, Subcommand)]
pub enum LessonCommand {
    /// Say everything that is wrong with a lesson's files, each with its place
    Lint {
        #[command(flatten)]
        source: Source,
    },
}

#[derive(Debug, ClapArgs)]
pub struct SetupArgs {
    /// Ask nothing
    #[arg(long)]
    pub yes: bool,
    /// Take the packages from this folder, for a machine without network
    #[arg(long, value_name = "DIR")]
    pub from: Option<PathBuf>,
}

fn lang(word: &str) -> Result<Lang, String> {
    Lang::parse(word).ok_or_else(|| format!("there is no `{word}` yet: en is English, el is Greek"))
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

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
        assert_eq!(args.learn.lang, Some(Lang::El));
    }

    #[test]
    fn check_wants_answers_of_some_kind() {
        assert!(Args::try_parse_from(["moebi", "check"]).is_err());
        assert!(Args::try_parse_from(["moebi", "check", "--model", "--answers", "x"]).is_err());
        assert!(Args::try_parse_from(["moebi", "check", "--model"]).is_ok());
    }
}
