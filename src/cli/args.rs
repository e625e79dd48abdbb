//! The command line.

mod attach;
mod class;
mod demo;
mod grade;
mod greek;
mod lesson;
mod machine;
mod messages;
mod pack;
mod record;
mod usage;
mod value;

use std::{env, ffi::OsString, path::PathBuf};

use clap::{
    ArgMatches, Args as ClapArgs, CommandFactory, FromArgMatches, Parser, Subcommand, parser::ValueSource,
};

use super::lessons;
use crate::{
    check::ReportFormat,
    error::Error,
    lesson::{Lang, Tag},
    shell::Bindings,
};
pub(super) use attach::AttachArgs;
pub(super) use class::{ClassCommand, JoinArgs, OpenArgs, StatusArgs, StatusFormat, SubmitArgs};
pub(super) use demo::DemoArgs;
pub(super) use grade::{GradeArgs, GradeCommand, IsolationChoice, MergeArgs};
pub(super) use lesson::{
    ImportArgs, LessonCommand, LessonTestArgs, LintArgs, LintFormat, NewArgs, PackArgs, PreviewArgs,
    ReferenceArgs, ReferenceFormat, TestFormat,
};
pub(super) use machine::{CompletionsArgs, DoctorArgs, ManArgs};
pub(super) use pack::{PackCommand, UpdateArgs};
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
    #[arg(long, value_parser = value::lang, value_name = "en|el", global = true)]
    pub lang: Option<Lang>,
    #[command(subcommand)]
    pub command: Option<Command>,
    #[command(flatten)]
    pub learn: LearnArgs,
}

/// What is told instead of running a command.
#[derive(Debug)]
pub(super) enum Instead {
    /// What `--help` or `--version` prints; on standard error where a command lacks its subcommand.
    Help(clap::Error),
    Wrong(Error, Lang),
}

impl Args {
    /// From the program's own arguments. What only `learn` understands is no option of another command.
    pub(super) fn read() -> Result<Self, Instead> {
        Self::of(env::args_os())
    }

    fn of(words: impl IntoIterator<Item = impl Into<OsString>>) -> Result<Self, Instead> {
        let words: Vec<OsString> = words.into_iter().map(Into::into).collect();
        // `--help` is answered before anything is parsed.
        let lang = asked(&words).or_else(lessons::spoken).unwrap_or(Lang::En);
        let command = match lang {
            Lang::En => Self::command(),
            Lang::El => greek::translated(Self::command()),
        };
        let parsed = command.try_get_matches_from(&words);
        let parsed = parsed.and_then(|matches| Ok((Self::from_arg_matches(&matches)?, matches)));
        let (args, matches) = parsed.map_err(|error| match usage::is_help(&error) {
            true => Instead::Help(error),
            false => Instead::Wrong(usage::told(&error, &command_of(&words)), lang),
        })?;
        let stray = args.command.as_ref().and_then(|_| args.learn.first_given(&matches));
        match stray {
            None => Ok(args),
            Some(stray) => Err(Instead::Wrong(Error::usage(messages::behind_learn(&stray)), lang)),
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
  moebi grade class.zip --output graded --roster roster.csv
  moebi grade class --output graded --resume    go on after Ctrl-C or a crash
  moebi grade class --output graded --resume --scheme weights.yaml
                                                other points for what was graded
  moebi grade class --output graded --regrade ana
  moebi grade class --output p1 --partition 1/4
  moebi grade merge p1 p2 p3 p4 --output graded

Exit codes:
  0 every submission has its verdicts · 1 something that was handed in can't be read
  2 the class or the command line can't be read · 3 this machine could not run some of it
  130 interrupted; what was done is kept")]
    Grade(GradeArgs),
    /// A live class: learners join, and you see where each of them is
    Class {
        #[command(subcommand)]
        command: ClassCommand,
    },
    /// Join a class: the guided shell, and your teacher sees where you are
    Join(JoinArgs),
    /// Watch the lesson play itself, on real nodes
    Demo(DemoArgs),
    /// One of its terminals in a window of its own, while the lesson is open in another
    Attach(AttachArgs),
    /// Hand in your answers to the class that you joined last
    Submit(SubmitArgs),
    /// For authors of lessons
    Lesson {
        #[command(subcommand)]
        command: LessonCommand,
    },
    /// Lessons from elsewhere: get, update and remove them
    Pack {
        #[command(subcommand)]
        command: PackCommand,
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
    /// The language of a lesson's own texts, where it has some that Moebi doesn't speak [default: from your locale]
    #[arg(long, value_parser = value::tag, value_name = "TAG", global = true)]
    pub texts: Option<Tag>,
}

#[derive(Debug, ClapArgs)]
pub(super) struct LearnArgs {
    /// The lesson's id, or where one from elsewhere is: a folder, a zip, a repository's URL; if left out, the one learnt
    /// last, and once that is done the next
    pub lesson: Option<String>,
    #[command(flatten)]
    pub source: Source,
    /// Trust what a lesson from elsewhere may do, and don't ask
    #[arg(long)]
    pub trust: bool,
    /// Plain labelled lines: for a screen reader, a pipe, a simple terminal
    #[arg(long)]
    pub plain: bool,
    /// The folder that the terminals start in [default: ~/moebi/LESSON]
    #[arg(long, value_name = "DIR")]
    pub workspace: Option<PathBuf>,
    /// The keys that edit a line
    #[arg(long, value_enum, default_value_t, env = "MOEBI_KEYS", value_name = "emacs|vi")]
    pub keys: Bindings,
    /// Record what is to be seen, for asciinema
    #[arg(long, value_name = "FILE")]
    pub cast: Option<PathBuf>,
}

impl LearnArgs {
    /// What was typed of these, and is not there by default or from the environment.
    fn first_given(&self, matches: &ArgMatches) -> Option<String> {
        let is_given = |id: &&str| matches.value_source(id) == Some(ValueSource::CommandLine);
        let option = ["trust", "plain", "workspace", "keys", "cast"].into_iter().find(is_given);
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
    /// The lesson's id; the one learnt last if left out
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
    /// A notebook that opens in Livebook
    Livemd,
    /// What was typed, for asciinema, in the time that each step took
    Cast,
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

/// The command that the words are for, as it is typed: `moebi grade merge`.
fn command_of(words: &[OsString]) -> String {
    let moebi = Args::command();
    let (mut command, mut typed) = (&moebi, vec![moebi.get_name()]);
    for word in words.iter().skip(1) {
        if let Some(inner) = command.find_subcommand(word) {
            command = inner;
            typed.push(inner.get_name());
        }
    }
    typed.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn help(words: &[&str]) -> String {
        match Args::of(words.iter().copied()) {
            Err(Instead::Help(help)) => help.to_string(),
            other => panic!("help is no command: {other:?}"),
        }
    }

    /// What is told of these words, line by line.
    #[track_caller]
    fn wrong(words: &[&str], lang: Lang) -> Vec<String> {
        let words = words.iter().copied().chain(["--lang", lang.code()]);
        let Err(Instead::Wrong(error, spoken)) = Args::of(words) else { panic!("nothing is wrong") };
        assert_eq!((spoken, error.exit_code()), (lang, 2));
        let hints = error.hints().iter().map(|hint| hint.speak(lang).to_owned());
        std::iter::once(error.told().speak(lang).to_owned()).chain(hints).collect()
    }

    #[test]
    fn what_is_wrong_is_told_in_the_language_that_is_asked_for() {
        let told = |words: &[&str]| [wrong(words, Lang::En), wrong(words, Lang::El)];
        let [english, greek] = told(&["moebi", "check", "--modle"]);
        assert_eq!(
            english,
            [
                "there is no option `--modle` here",
                "Did you mean `--model`?",
                "`moebi check --help` tells what it takes."
            ]
        );
        assert_eq!(
            greek,
            [
                "εδώ δεν υπάρχει επιλογή `--modle`",
                "Μήπως εννοείς `--model`;",
                "Το `moebi check --help` δείχνει τι δέχεται."
            ]
        );
        let first = |words: &[&str]| wrong(words, Lang::El).swap_remove(0);
        let cure = |words: &[&str]| wrong(words, Lang::El).swap_remove(1);
        assert_eq!(first(&["moebi", "learn", "a", "b"]), "η λέξη `b` περισσεύει");
        assert_eq!(first(&["moebi", "check", "--answers"]), "το `--answers <ΔΙΑΔΡΟΜΗ>` θέλει μια τιμή");
        assert_eq!(
            first(&["moebi", "check", "--model", "--answers", "x"]),
            "το `--model` και το `--answers <ΔΙΑΔΡΟΜΗ>` δεν πάνε μαζί"
        );
        assert_eq!(first(&["moebi", "check", "--model=3"]), "το `--model` δεν δέχεται τιμή");
        assert_eq!(first(&["moebi", "check", "--model", "--model"]), "το `--model` γράφτηκε δύο φορές");
        assert_eq!(first(&["moebi", "grade"]), "κάτι λείπει: --output <ΦΑΚΕΛΟΣ>, <ΔΙΑΔΡΟΜΗ>");
        assert_eq!(first(&["moebi", "help", "frob"]), "δεν υπάρχει εντολή `frob`");
        assert_eq!(first(&["moebi", "--keys", "foo"]), "το `foo` δεν κάνει για τιμή του `--keys <emacs|vi>`");
        assert_eq!(cure(&["moebi", "--keys", "foo"]), "Είναι ένα από: emacs, vi.");
        let grade = |option, word| cure(&["moebi", "grade", "x", "--output", "y", option, word]);
        assert_eq!(grade("--jobs", "0"), "Είναι ένας ακέραιος αριθμός από 1 ως 1024.");
        assert_eq!(grade("--seed", "x"), "Είναι ένας ακέραιος αριθμός, όπως 7.");
        assert_eq!(grade("--partition", "5/4"), "Γράφεται I/N, όπως 1/4 για το πρώτο από τέσσερα μέρη.");
    }

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
        let told = wrong(&["moebi", "--keys", "vi", "setup"], Lang::En);
        assert_eq!(told, ["`--keys` belongs behind `learn`, or stands without a command"]);
        assert!(parse(&["moebi", "learn", "--keys", "vi"]).is_ok());
        assert!(parse(&["moebi", "setup"]).is_ok());
        assert!(parse(&["moebi", "otp-distribution", "setup"]).is_err());
        assert!(parse(&["moebi", "otp-distribution", "--plain"]).is_ok());
    }

    #[test]
    fn help_is_in_the_language_that_is_asked_for() {
        for words in [["moebi", "--lang", "el", "--help"], ["moebi", "reset", "--lang=el", "--help"]] {
            let help = help(&words);
            assert!(help.contains("Χρήση: moebi"), "{help}");
        }
        let help = help(&["moebi", "--lang", "en", "--help"]);
        assert!(help.contains("Usage: moebi"), "{help}");
    }

    #[test]
    fn check_wants_answers_of_some_kind() {
        assert!(Args::try_parse_from(["moebi", "check"]).is_err());
        assert!(Args::try_parse_from(["moebi", "check", "--model", "--answers", "x"]).is_err());
        assert!(Args::try_parse_from(["moebi", "check", "--model"]).is_ok());
    }
}
