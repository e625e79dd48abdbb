//! `moebi progress`.

pub(super) mod messages;
pub(super) mod page;
pub(super) mod summary;

use std::io::{self, IsTerminal};

use crate::{
    check::Format,
    error::{Error, Result},
    guide::store::Store,
    lesson::Lang,
    render::palette::Palette,
};

use super::{args::ProgressArgs, folders::Folders, lessons, print};
use page::Page;
use summary::Summary;

/// Where nobody sees the lines' ends, they are left to whoever reads them.
const ENDLESS: usize = 1000;

/// Without `--lang`, in the language that `/lang` chose last.
pub(super) fn run(args: &ProgressArgs, asked: Option<Lang>) -> Result<u8> {
    let state = Folders::find()?.state();
    let latest = lessons::latest(&args.source, &state)?;
    let lesson = lessons::load(&args.source, args.lesson.as_deref().or(latest.as_deref()), asked)?;
    let progress = Store::look(&state, lesson.id.as_str())?.unwrap_or_default();
    let chosen = asked.or_else(|| Lang::parse(progress.lang.as_deref()?));
    let lang = lessons::lang(chosen, &lesson);
    let summary = Summary::of(&lesson, &progress, lang);
    match args.format {
        Format::Human => print(&here(lang).progress(&summary))?,
        Format::Json => print_json(&summary)?,
    }
    Ok(0)
}

/// As standard output takes it.
pub(super) fn here(lang: Lang) -> Page {
    let is_terminal = io::stdout().is_terminal();
    let columns = terminal_size::terminal_size_of(io::stdout()).map_or(80, |(width, _)| usize::from(width.0));
    let columns = if is_terminal { columns } else { ENDLESS };
    Page { columns, palette: Palette::from_env(is_terminal), lang }
}

pub(super) fn print_json(value: &impl serde::Serialize) -> Result<()> {
    let text = serde_json::to_string_pretty(value)
        .map_err(|e| Error::could_not_run(messages::no_json()).because(e))?;
    print(&format!("{text}\n"))
}
