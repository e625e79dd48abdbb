//! The arguments of `moebi attach`.

use std::path::PathBuf;

use clap::Args;

use crate::shell::Bindings;

#[derive(Debug, Args)]
#[command(after_help = "Examples:
  moebi attach kate                  in another terminal window: kate, side by side with the lesson
  moebi attach                       the terminal that you are typing into")]
pub(crate) struct AttachArgs {
    /// The terminal to show [default: the one that is typed into]
    #[arg(value_name = "NAME")]
    pub terminal: Option<String>,
    /// Plain labelled lines: for a screen reader, a pipe, a simple terminal
    #[arg(long)]
    pub plain: bool,
    /// The keys that edit a line
    #[arg(long, value_enum, default_value_t, env = "MOEBI_KEYS", value_name = "emacs|vi")]
    pub keys: Bindings,
    /// The lesson's socket, where several are open
    #[arg(long, value_name = "PATH", hide = true)]
    pub to: Option<PathBuf>,
}
