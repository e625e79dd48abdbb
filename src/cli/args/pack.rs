//! Lessons from elsewhere.

use clap::{Args, Subcommand};

#[derive(Debug, Subcommand)]
pub(crate) enum PackCommand {
    /// Get a lesson from elsewhere without opening it; `moebi learn` gets and opens it
    Add(AddArgs),
    /// Look for news where packs came from; what has changed is told and asked about
    Update(UpdateArgs),
    /// Remove a pack; progress and files stay
    Remove(RemoveArgs),
}

#[derive(Debug, Args)]
#[command(after_help = "Examples:
  moebi pack add mailboxes.zip                            from a zip
  moebi pack add https://example.org/mailboxes --trust    from a repository, without a question
  moebi list                                              what there is now")]
pub(crate) struct AddArgs {
    /// A folder, a zip, or a repository's URL
    #[arg(value_name = "DIR|ZIP|URL")]
    pub what: String,
    /// Trust what a lesson from elsewhere may do, and don't ask
    #[arg(long)]
    pub trust: bool,
}

#[derive(Debug, Args)]
pub(crate) struct UpdateArgs {
    /// The pack's name, or a lesson's in it; all packs if left out
    pub name: Option<String>,
    /// Trust what a lesson from elsewhere may do, and don't ask
    #[arg(long)]
    pub trust: bool,
}

#[derive(Debug, Args)]
pub(crate) struct RemoveArgs {
    /// The pack's name, or a lesson's in it
    pub name: String,
}
