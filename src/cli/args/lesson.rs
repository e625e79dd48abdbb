//! What authors of lessons ask for.

use clap::{Args, Subcommand, ValueEnum};

use super::{PathBuf, Source, value};
use crate::lesson::reference::FileKind;

#[derive(Debug, Subcommand)]
pub(crate) enum LessonCommand {
    /// Write a small lesson that passes, to begin with
    New(NewArgs),
    /// Make a lesson of a text, such as one of Elixir School's
    Import(ImportArgs),
    /// See a step as a learner will
    Preview(PreviewArgs),
    /// Say everything that is wrong with a lesson's files, each with its place and its cure
    Lint(LintArgs),
    /// Prove on real nodes that every checkpoint can fail, and that it is fair
    #[command(after_help = "Examples:
  moebi lesson test                            the first lesson, but for what was proved before
  moebi lesson test mailboxes --step list      one step, in seconds
  moebi lesson test --repeat 20 --jitter       whether a verdict ever depends on the clock
  moebi lesson test --elixir ~/1.14 --elixir ~/1.18 --format junit

Exit codes:
  0 nothing to complain about · 1 a checkpoint has a defect · 2 a file or the command line can't be read
  3 this machine could not run it · 130 interrupted")]
    Test(LessonTestArgs),
    /// Write a lesson into a zip, for others to learn
    Pack(PackArgs),
    /// Tell what can be written in a lesson's files: every key and every condition
    Reference(ReferenceArgs),
    /// Print the JSON Schema of a lesson's files, with which editors complete and check
    Schema(SchemaArgs),
}

#[derive(Debug, Args)]
#[command(after_help = "Examples:
  moebi lesson new mailboxes                   lessons/mailboxes, in English
  moebi lesson new mailboxes --lang el         the same in Greek
  moebi lesson new mailboxes --lessons course  course/mailboxes")]
pub(crate) struct NewArgs {
    /// The lesson's id: lower-case letters, digits, - and _
    pub name: String,
    #[command(flatten)]
    pub source: Source,
}

#[derive(Debug, Args)]
#[command(after_help = "Examples:
  moebi lesson import otp-distribution.el.md           lessons/otp-distribution, in Greek
  moebi lesson import otp.md --lang el --name nodes    lessons/nodes, in Greek
  moebi lesson lint lessons/nodes                      what is still to be done there

Prompts, commands and files become steps; what the source does not say becomes a TODO.")]
pub(crate) struct ImportArgs {
    /// The text: Markdown, with or without front matter
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// The lesson's id [default: from the file's name]
    #[arg(long, value_name = "ID")]
    pub name: Option<String>,
    #[command(flatten)]
    pub source: Source,
}

#[derive(Debug, Args)]
#[command(after_help = "Examples:
  moebi lesson preview --lessons lessons                   every step
  moebi lesson preview list --lessons lessons --lang el    one step, in Greek
  moebi lesson preview list --lessons lessons --beside en  two languages side by side
  moebi lesson preview --lessons lessons --watch           what you change, as you save it
  moebi lesson preview list --lessons lessons --try        to type into, on nodes that are where it begins

Colours are those of your terminal: NO_COLOR=1 shows it without, MOEBI_THEME=light as on white.")]
pub(crate) struct PreviewArgs {
    /// The step's id; every step if left out, and with --watch what was changed
    pub step: Option<String>,
    #[command(flatten)]
    pub source: Source,
    /// The lesson's id; the first one if left out
    #[arg(long, value_name = "ID")]
    pub lesson: Option<String>,
    /// How many columns wide [default: as your terminal]
    #[arg(long, value_name = "N", value_parser = |word: &str| value::jobs(word, 500))]
    pub width: Option<u16>,
    /// Another language beside it; what lacks its translation is marked
    #[arg(long, value_name = "en|el", value_parser = value::lang)]
    pub beside: Option<crate::lesson::Lang>,
    /// Show it again at each save, with what is wrong; Ctrl-C ends that
    #[arg(long)]
    pub watch: bool,
    /// Open the shell at this step, on nodes that are brought there; what is saved is there at once
    #[arg(long = "try", requires = "step", conflicts_with_all = ["watch", "beside", "width"])]
    pub is_tried: bool,
}

#[derive(Debug, Args)]
#[command(after_help = "Examples:
  moebi lesson lint                    the lessons that are built in
  moebi lesson lint lessons            every lesson in a folder
  moebi lesson lint lessons/mailboxes  one lesson
  moebi lesson lint lessons --fix      with cures applied where nothing else can have been meant

Exit codes:
  0 nothing to complain about · 2 something is wrong, or can't be read")]
pub(crate) struct LintArgs {
    /// A lesson's id, a lesson's folder, or a folder of lessons; all if left out
    #[arg(value_name = "NAME|DIR")]
    pub what: Option<String>,
    #[command(flatten)]
    pub source: Source,
    #[arg(long, value_enum, default_value = "human")]
    pub format: LintFormat,
    /// Apply the cures that are sure, and tell which
    #[arg(long)]
    pub fix: bool,
}

#[derive(Debug, Args)]
#[command(after_help = "Examples:
  moebi lesson pack lessons/mailboxes                one lesson, as mailboxes.zip
  moebi lesson pack lessons --output course.zip      all lessons of a folder in one zip
  moebi learn mailboxes.zip                          what whoever gets it does with it

Exit codes:
  0 nothing to complain about · 2 something is wrong, or can't be read")]
pub(crate) struct PackArgs {
    /// A lesson's folder, a folder of lessons, or an id in --lessons; the folder you are in if left out
    #[arg(value_name = "NAME|DIR")]
    pub what: Option<String>,
    #[command(flatten)]
    pub source: Source,
    /// Where to write it [default: the lesson's name and .zip]
    #[arg(long, value_name = "FILE")]
    pub output: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum LintFormat {
    /// To be read
    Human,
    /// For a program to read
    Json,
    /// Notes on a pull request, from a workflow of GitHub's
    Github,
}

#[derive(Debug, Args)]
#[command(after_help = "Examples:
  moebi lesson reference             everything
  moebi lesson reference returns     one condition
  moebi lesson reference step        the keys of a step
  moebi lesson reference --format markdown >reference.md")]
pub(crate) struct ReferenceArgs {
    /// A condition, a key, or a mapping such as `step`; everything if left out
    pub verb: Option<String>,
    #[arg(long, value_enum, default_value = "plain")]
    pub format: ReferenceFormat,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum ReferenceFormat {
    Plain,
    Markdown,
}

#[derive(Debug, Args)]
#[command(after_help = "Examples:
  moebi lesson schema >lesson.json
  moebi lesson schema texts >texts.json

An editor with the YAML language server takes it from a file's first line:
  # yaml-language-server: $schema=../schema/lesson.json")]
pub(crate) struct SchemaArgs {
    /// Which file's
    #[arg(value_enum, default_value = "lesson")]
    pub of: SchemaOf,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum SchemaOf {
    /// lesson.yaml
    Lesson,
    /// en.yaml and el.yaml
    Texts,
    /// answers.yaml
    Answers,
    /// What --scheme takes
    Scheme,
}

impl From<SchemaOf> for FileKind {
    fn from(of: SchemaOf) -> Self {
        match of {
            SchemaOf::Lesson => Self::Lesson,
            SchemaOf::Texts => Self::Texts,
            SchemaOf::Answers => Self::Answers,
            SchemaOf::Scheme => Self::Scheme,
        }
    }
}

#[derive(Debug, Args)]
pub(crate) struct LessonTestArgs {
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
    #[arg(long, value_name = "N", value_parser = |word: &str| value::jobs(word, 256))]
    pub jobs: Option<u16>,
    /// Make each attempt N times; each must come out the same
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u16).range(1..=1000))]
    pub repeat: u16,
    /// What the nodes tell arrives late now and then, at random: no verdict may depend on that
    #[arg(long)]
    pub jitter: bool,
    /// On the Elixir in this folder; may be given several times, for one after the other
    #[arg(long, value_name = "DIR")]
    pub elixir: Vec<PathBuf>,
    /// Try again what was proved before and has not changed
    #[arg(long)]
    pub afresh: bool,
    /// Don't ask of each condition whether some answer needs it
    #[arg(long)]
    pub no_mutants: bool,
    /// How to tell it; of several Elixirs, JSON is a list
    #[arg(long, value_enum, default_value = "human")]
    pub format: TestFormat,
}

/// How a lesson's test is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum TestFormat {
    /// A table, and every complaint under it
    Human,
    /// For a program to read
    Json,
    /// For CI: JUnit's XML, a suite an Elixir
    Junit,
}
