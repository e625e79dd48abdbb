//! The arguments of `moebi demo`.

use std::path::PathBuf;

use clap::Args;

use super::{Source, value};

#[derive(Debug, Args)]
#[command(after_help = "Examples:
  moebi demo                         the whole lesson, at the speed of a person who types
  moebi demo --section spawn-link --speed 2
                                     one section, twice as fast
  moebi demo --speed 1000 --cast lesson.cast
                                     recorded, without waiting for anybody
  moebi demo --step remote-hello --svg session.svg
                                     a picture of one step

Space pauses and goes on; q ends.")]
pub(crate) struct DemoArgs {
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
    /// How much faster than a person
    #[arg(long, value_name = "NUMBER", default_value = "1", value_parser = value::speed)]
    pub speed: f64,
    /// Record what is to be seen, for asciinema
    #[arg(long, value_name = "FILE")]
    pub cast: Option<PathBuf>,
    /// Draw the screen as it is when the step is done
    #[arg(long, value_name = "FILE", requires = "step", conflicts_with_all = ["cast", "plain"])]
    pub svg: Option<PathBuf>,
    // What `--svg` runs.
    #[arg(long, hide = true)]
    pub is_drawn: bool,
    /// Plain labelled lines: for a screen reader, a pipe, a simple terminal
    #[arg(long)]
    pub plain: bool,
}
