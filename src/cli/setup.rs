//! `moebi setup`, and what every command that runs nodes does first: find an Elixir.

use std::{
    io::{self, IsTerminal},
    path::Path,
};

use crate::{
    cluster::runtime::{FLOOR, Runtime, SearchPaths, Version},
    error::{Error, Result},
    i18n::Lang,
    setup::{self, Display, Options},
};

use super::{
    args::SetupArgs,
    ask::{DefaultAnswer, agrees},
    messages, print, runtime,
};

pub(super) fn run(args: &SetupArgs, lang: Lang) -> Result<u8> {
    let options = Options { yes: args.yes, from: args.from.clone() };
    let found = runtime()?.block_on(provide(FLOOR, &options, lang))?;
    print(&format!("{}\n", messages::is_ready(&found.elixir, &found.otp).speak(lang)))?;
    Ok(0)
}

/// The Elixir that is there; where there is none, a person is asked whether Moebi may get one.
pub(super) async fn offered((major, minor): (u32, u32), lang: Lang) -> Result<Runtime> {
    let floor = FLOOR.max(Version(major, minor));
    if io::stdin().is_terminal() && io::stderr().is_terminal() {
        return provide(floor, &Options::default(), lang).await;
    }
    required((major, minor)).await
}

/// The Elixir that is there, without asking anybody.
pub(super) async fn required((major, minor): (u32, u32)) -> Result<Runtime> {
    let floor = FLOOR.max(Version(major, minor));
    let search = Runtime::find(floor).await?;
    search.runtime.ok_or_else(|| {
        let missing = Error::could_not_run(messages::no_elixir(&floor.to_string()));
        let passed_over = search.passed_over.iter().map(|fault| messages::passed_over(&fault.told()));
        passed_over.fold(missing, Error::hint).hint(messages::setup_gets_one())
    })
}

/// The Elixir in that folder and no other.
pub(super) async fn chosen(folder: &Path, (major, minor): (u32, u32)) -> Result<Runtime> {
    let floor = FLOOR.max(Version(major, minor));
    let found = SearchPaths::here()?.chosen(folder, floor).await;
    found.map_err(|fault| Error::could_not_run(fault.told()))
}

async fn provide(floor: Version, options: &Options, lang: Lang) -> Result<Runtime> {
    let mut display = Display::new(lang);
    setup::run(
        &SearchPaths::here()?,
        floor,
        options,
        |question| agrees(question, DefaultAnswer::Yes, lang),
        |progress| display.show(progress),
    )
    .await
}
