//! A live class: the teacher's side, and the learners'.

use std::{
    net::{IpAddr, SocketAddr},
    path::PathBuf,
};

use clap::{Args, Subcommand, ValueEnum};

use super::{LearnArgs, Source};
use crate::{class::protocol::PORT, shell::Bindings};

#[derive(Debug, Subcommand)]
pub(crate) enum ClassCommand {
    /// Open a class: learners join with a code, and you see live where each of them is
    #[command(after_help = "Examples:
  moebi class open --collect answers    open a class, and keep what is handed in there
  moebi class open --new                not the one that was open before, but another
  moebi grade answers --output graded   grade what was handed in")]
    Open(OpenArgs),
    /// Who is in the class, and where each learner is
    #[command(after_help = "Examples:
  moebi class status                    the class that is open, or was open last
  moebi class status --format csv > class.csv")]
    Status(StatusArgs),
}

#[derive(Debug, Args)]
pub(crate) struct OpenArgs {
    /// The lesson's id; the first one if left out
    pub lesson: Option<String>,
    #[command(flatten)]
    pub source: Source,
    /// Where answers that learners hand in are kept, a file for each of them [default: among Moebi's own files]
    #[arg(long, value_name = "DIR")]
    pub collect: Option<PathBuf>,
    /// Do not go on with the class that was open in the last hours
    #[arg(long)]
    pub new: bool,
    /// What stands on the board, where learners reach this machine under another address than it thinks
    #[arg(long, value_name = "ADDRESS")]
    pub address: Option<IpAddr>,
    /// The port that learners join at
    #[arg(long, value_name = "N", default_value_t = PORT)]
    pub port: u16,
    /// Where your page is; any other address than one of this machine's own is served encrypted [default: 127.0.0.1:4371]
    #[arg(long, value_name = "ADDRESS:PORT")]
    pub page: Option<SocketAddr>,
}

#[derive(Debug, Args)]
pub(crate) struct StatusArgs {
    /// The lesson's id; that of the latest class if left out
    pub lesson: Option<String>,
    #[command(flatten)]
    pub source: Source,
    #[arg(long, value_enum, default_value = "human")]
    pub format: StatusFormat,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum StatusFormat {
    Human,
    Json,
    Csv,
}

#[derive(Debug, Args)]
#[command(after_help = "Examples:
  moebi join 192.168.1.20 --code tiger-rain-otter-42
  moebi join 192.168.1.20 --code tiger-rain-otter-42 --as \"Maria P\"")]
pub(crate) struct JoinArgs {
    /// The class's address, as it stands on the board
    #[arg(value_name = "ADDRESS")]
    pub address: String,
    /// The class's code, as it stands on the board
    #[arg(long, value_name = "CODE")]
    pub code: String,
    /// Your name in the class [default: your name on this machine]
    #[arg(long = "as", value_name = "NAME")]
    pub name: Option<String>,
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

impl JoinArgs {
    /// The shell that is opened for the class's lesson.
    pub(crate) fn learn(&self, lesson: String) -> LearnArgs {
        LearnArgs {
            trust: false,
            lesson: Some(lesson),
            source: self.source.clone(),
            plain: self.plain,
            workspace: self.workspace.clone(),
            keys: self.keys,
            cast: None,
        }
    }
}

#[derive(Debug, Args)]
#[command(after_help = "Examples:
  moebi submit                       hand in what you have done so far, in the class that you joined")]
pub(crate) struct SubmitArgs {
    #[command(flatten)]
    pub source: Source,
}
