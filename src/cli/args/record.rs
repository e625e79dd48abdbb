//! What looks at a learner's progress, or takes some of it back.

use std::path::PathBuf;

use clap::Args;

use super::Source;
use crate::check::Format;

#[derive(Debug, Args)]
#[command(after_help = "Examples:
  moebi list                         the lessons that are built in
  moebi list --lessons my-lessons    those in a folder
  moebi list --format json           for a program to read")]
pub(crate) struct ListArgs {
    #[command(flatten)]
    pub source: Source,
    #[arg(long, value_enum, default_value = "human")]
    pub format: Format,
}

#[derive(Debug, Args)]
#[command(after_help = "Examples:
  moebi progress                     every step, and how it went
  moebi progress --lang el           the same in Greek
  moebi progress --format json       for a program to read")]
pub(crate) struct ProgressArgs {
    /// The lesson's id; the one learnt last if left out
    pub lesson: Option<String>,
    #[command(flatten)]
    pub source: Source,
    #[arg(long, value_enum, default_value = "human")]
    pub format: Format,
}

#[derive(Debug, Args)]
#[group(id = "what", required = true, multiple = false, args = ["section", "step", "all", "restore"])]
#[command(after_help = "Whatever is taken back is copied first; the last 20 copies are kept.

Examples:
  moebi reset --step remote-hello    do one step again
  moebi reset --section spawn-link   do a section again
  moebi reset --all --yes            begin anew, without being asked
  moebi reset --restore              bring back what the last reset took")]
pub(crate) struct ResetArgs {
    /// The lesson's id; the one learnt last if left out
    pub lesson: Option<String>,
    #[command(flatten)]
    pub source: Source,
    /// Forget how this section went
    #[arg(long, value_name = "ID")]
    pub section: Option<String>,
    /// Forget how this step went
    #[arg(long, value_name = "ID")]
    pub step: Option<String>,
    /// Forget how the whole lesson went
    #[arg(long)]
    pub all: bool,
    /// Bring back a copy: the newest, or the one of this name
    #[arg(long, value_name = "FILE")]
    pub restore: Option<Option<PathBuf>>,
    /// Ask nothing
    #[arg(long)]
    pub yes: bool,
}
