//! What looks at this machine, and what fits Moebi into it.

use std::path::PathBuf;

use clap::Args;
use clap_complete::Shell;

use crate::check::Format;

#[derive(Debug, Args)]
#[command(after_help = "Examples:
  moebi doctor                       what works, and what to do about the rest
  moebi doctor --format json         for a program to read

Exit codes:
  0 lessons can run · 3 something keeps them from running")]
pub(crate) struct DoctorArgs {
    #[arg(long, value_enum, default_value = "human")]
    pub format: Format,
}

#[derive(Debug, Args)]
#[command(after_help = "Examples:
  moebi completions bash > ~/.local/share/bash-completion/completions/moebi
  moebi completions zsh > ~/.zfunc/_moebi        with fpath+=~/.zfunc before compinit
  moebi completions fish > ~/.config/fish/completions/moebi.fish")]
pub(crate) struct CompletionsArgs {
    /// The shell to complete in
    pub shell: Shell,
}

#[derive(Debug, Args)]
#[command(after_help = "Examples:
  moebi man | man -l -               read it at once
  moebi man check                    the page of one command
  moebi man --output ~/.local/share/man/man1")]
pub(crate) struct ManArgs {
    /// The command whose page it is: `check`, `lesson lint`; Moebi's own if left out
    #[arg(value_name = "COMMAND")]
    pub command: Vec<String>,
    /// Write all pages into this folder
    #[arg(long, value_name = "DIR", conflicts_with = "command")]
    pub output: Option<PathBuf>,
}
