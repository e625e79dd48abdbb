//! `moebi man`.

pub(super) mod messages;

use std::{fs, path::Path};

use clap::{Command, CommandFactory};
use clap_mangen::Man;

use super::{
    args::{Args, ManArgs},
    print,
};
use crate::error::{Error, Result};

pub(super) fn run(args: &ManArgs) -> Result<u8> {
    let mut moebi = Args::command().disable_help_subcommand(true);
    moebi.build();
    match &args.output {
        Some(folder) => write_all(moebi, folder)?,
        None => print(&page(find(&moebi, &args.command)?)?)?,
    }
    Ok(0)
}

/// The page of `lesson lint` is that of `moebi-lesson-lint`.
fn find<'a>(moebi: &'a Command, words: &[String]) -> Result<&'a Command> {
    let mut command = moebi;
    for word in words.iter().flat_map(|words| words.split([' ', '-'])).filter(|word| *word != "moebi") {
        command = command.find_subcommand(word).ok_or_else(|| {
            let names: Vec<_> = command.get_subcommands().map(Command::get_name).collect();
            let error = Error::usage(messages::no_command(word));
            if names.is_empty() { error } else { error.hint(messages::commands_are(&names.join(", "))) }
        })?;
    }
    Ok(command)
}

fn page(command: &Command) -> Result<String> {
    let mut page = Vec::new();
    Man::new(command.clone())
        .render(&mut page)
        .map_err(|e| Error::could_not_run(messages::no_page()).because(e))?;
    String::from_utf8(page).map_err(|e| Error::could_not_run(messages::no_page()).because(e))
}

fn write_all(moebi: Command, folder: &Path) -> Result<()> {
    fs::create_dir_all(folder).and_then(|()| clap_mangen::generate_to(moebi, folder)).map_err(|e| {
        let folder = folder.display().to_string();
        Error::could_not_run(messages::could_not_write(&folder)).because(e)
    })
}
