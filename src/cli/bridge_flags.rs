//! What the `iex` in a terminal asks of Moebi where it is not the one that Moebi chose: nobody types this.

use std::{
    io::{self, Write},
    os::unix::ffi::OsStrExt,
    process::ExitCode,
};

use super::{explain, lessons, messages, runtime};
use crate::{cluster::Another, error::Result, lesson::Lang};

/// Prints the flags, if this process was started for that.
pub(super) fn from_arguments() -> Option<ExitCode> {
    let another = Another::from_arguments()?;
    let lang = lessons::spoken().unwrap_or(Lang::En);
    Some(match print(&another, lang) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => ExitCode::from(explain(&error, lang)),
    })
}

fn print(another: &Another, lang: Lang) -> Result<()> {
    let tell = |elixir: &str| eprintln!("{}", messages::getting_ready_for(elixir).speak(lang));
    let flags = runtime()?.block_on(another.flags(|runtime| tell(&runtime.elixir)))?;
    // The shim's end of the pipe is gone only if the shim is.
    let _ = io::stdout().write_all(flags.as_bytes());
    Ok(())
}
