//! What `moebi grade` takes.

use std::path::PathBuf;

use clap::{Args as ClapArgs, Subcommand};

use super::{Source, value};
use crate::grade::{pages::gradebook::Gradebook, part::Part};

#[derive(Debug, ClapArgs)]
#[command(args_conflicts_with_subcommands = true, subcommand_negates_reqs = true)]
pub(crate) struct GradeArgs {
    #[command(subcommand)]
    pub command: Option<GradeCommand>,
    /// The folder or the .zip with the submissions, as the platform made it
    #[arg(value_name = "PATH", required = true)]
    pub class: Option<PathBuf>,
    /// The folder to write to
    #[arg(long, value_name = "DIR", required = true)]
    pub output: Option<PathBuf>,
    /// The lesson's id; the first one if left out
    #[arg(long, value_name = "ID")]
    pub lesson: Option<String>,
    #[command(flatten)]
    pub source: Source,
    /// Who is in the class: a CSV, as the platform exports it
    #[arg(long, value_name = "FILE")]
    pub roster: Option<PathBuf>,
    /// Only this section was set
    #[arg(long, value_name = "ID", conflicts_with = "step")]
    pub section: Option<String>,
    /// Only this step was set; the steps that it needs are played, and not graded
    #[arg(long, value_name = "ID")]
    pub step: Option<String>,
    /// What steps are worth: weights, and part of the points for part of the work
    #[arg(long, value_name = "FILE")]
    pub scheme: Option<PathBuf>,
    /// Go on with the grading that is in the output folder
    #[arg(long)]
    pub resume: bool,
    /// Only this submission; may be given several times
    #[arg(long, value_name = "NAME")]
    pub only: Vec<String>,
    /// Grade this submission again and keep the others; may be given several times
    #[arg(long, value_name = "NAME", conflicts_with = "only")]
    pub regrade: Vec<String>,
    /// Only one part of the class, such as 2/4; `merge` puts the parts together
    #[arg(long, value_name = "I/N", value_parser = value::part)]
    pub partition: Option<Part>,
    /// Write the grades in the columns that this platform imports, too
    #[arg(long, value_enum, value_name = "moodle|canvas|blackboard")]
    pub gradebook: Option<Gradebook>,
    /// How many sections run at once [default: what this machine's cores and memory hold]
    #[arg(long, value_name = "N", value_parser = |word: &str| value::jobs(word, 1024))]
    pub jobs: Option<u16>,
    /// What made-up words and the order of the class are made from [default: a random number]
    #[arg(long, value_name = "NUMBER", value_parser = value::seed)]
    pub seed: Option<u64>,
    /// Whether submissions are shut in: `auto` does it where this machine can and says where not, `strict` refuses there
    #[arg(long, value_enum, default_value_t, value_name = "auto|strict|none")]
    pub isolation: IsolationChoice,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum IsolationChoice {
    #[default]
    Auto,
    Strict,
    None,
}

#[derive(Debug, Subcommand)]
pub(crate) enum GradeCommand {
    /// Put the parts of a class together that were graded apart
    Merge(MergeArgs),
}

#[derive(Debug, ClapArgs)]
pub(crate) struct MergeArgs {
    /// The folders that the parts were written to
    #[arg(value_name = "DIR", required = true)]
    pub parts: Vec<PathBuf>,
    /// The folder to write to
    #[arg(long, value_name = "DIR")]
    pub output: PathBuf,
    /// Write the grades in the columns that this platform imports, too
    #[arg(long, value_enum, value_name = "moodle|canvas|blackboard")]
    pub gradebook: Option<Gradebook>,
}
