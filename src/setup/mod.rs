//! `moebi setup`: an Elixir for who has none.
//!
//! On Debian and Ubuntu a private runtime is made from the release's own packages, without root, in the user's data
//! folder; apt proves that they are authentic. Elsewhere the system's package manager is asked, once the user agrees.
//!
//! Begin with [`run`]. A runtime grows in `staging`, is tried in `proof`, and only then moves to its place.

mod apt;
mod apt_error;
mod messages;
mod offline;
mod plan;
mod progress;
mod proof;
mod sizes;
mod staging;
mod system;
mod tree;

use std::path::PathBuf;

use tokio::signal::unix::{SignalKind, signal};

pub use progress::{Display, Progress};
pub use system::System;

use crate::{
    cluster::{
        messages::shown,
        runtime::{Runtime, Search, SearchPaths, Version, program},
    },
    error::{Error, Result},
    i18n::Localized,
};
use staging::Staging;

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Options {
    /// Don't ask.
    pub yes: bool,
    /// A folder of `.deb` files, for a machine without network.
    pub from: Option<PathBuf>,
}

/// Finds a runtime of at least `floor`, or provides one. `ask` puts a yes-or-no question to the person; it may block.
///
/// # Errors
/// Nothing was set up: the person said no, pressed Ctrl-C, or something failed; the error says what to do next. In
/// each case what was there before is there still, and nothing half-made.
pub async fn run(
    place: &SearchPaths,
    floor: Version,
    options: &Options,
    ask: impl FnMut(&Localized) -> bool,
    mut progress: impl FnMut(Progress),
) -> Result<Runtime> {
    staging::tidy(&place.data);
    let found = place.find(floor).await?;
    if let Some(runtime) = found.runtime {
        return Ok(runtime);
    }
    report(&found, &mut progress);
    let consent = ask_consent(place, options, ask)?;
    let mut interrupt = Interrupt::listen()?;
    tokio::select! {
        () = interrupt.comes() => Err(Error::interrupted()),
        provided = provide(place, floor, consent, &mut progress) => provided,
    }
}

fn report(found: &Search, progress: &mut impl FnMut(Progress)) {
    for fault in &found.passed_over {
        progress(Progress::Say(messages::passed_over(&fault.told())));
    }
}

/// What the person has consent to.
enum Consent {
    Debian { from: Option<PathBuf> },
    Manager(system::Invocation),
}

fn ask_consent(
    place: &SearchPaths,
    options: &Options,
    mut ask: impl FnMut(&Localized) -> bool,
) -> Result<Consent> {
    let system = System::of(&place.path);
    let (question, consent) = match (&system, &options.from) {
        (System::Debian, from) => {
            (messages::private_question(&shown(&place.private())), Consent::Debian { from: from.clone() })
        }
        (System::Managed(_) | System::Unknown, Some(_)) => return Err(only_debian()),
        (System::Managed(manager), None) => {
            let invocation = manager.invocation(&place.path, options.yes)?;
            (invocation.question(), Consent::Manager(invocation))
        }
        (System::Unknown, None) => return Err(system::unknown()),
    };
    if options.yes || options.from.is_some() || ask(&question) {
        return Ok(consent);
    }
    Err(declined(&consent))
}

async fn provide(
    place: &SearchPaths,
    floor: Version,
    consent: Consent,
    progress: &mut impl FnMut(Progress),
) -> Result<Runtime> {
    match consent {
        Consent::Debian { from } => private(place, floor, from, progress).await?,
        Consent::Manager(invocation) => {
            progress(Progress::Say(messages::running(&invocation.to_string())));
            invocation.run(&place.path).await?;
        }
    }
    let found = place.find(floor).await?;
    found.runtime.ok_or_else(|| still_none(&found.passed_over))
}

/// Makes the private runtime: all of it beside the place where it belongs, then one rename.
async fn private(
    place: &SearchPaths,
    floor: Version,
    from: Option<PathBuf>,
    progress: &mut impl FnMut(Progress),
) -> Result<()> {
    if program("dpkg-deb", &place.path).is_none() {
        return Err(no_dpkg_deb());
    }
    let staging = Staging::begin(&place.data, progress).await?;
    // Another Moebi may have done it while this one waited for the lock.
    if place.find(floor).await?.runtime.is_some() {
        return Ok(());
    }
    let debs = match &from {
        Some(folder) => offline::packages(folder, &place.path, progress).await?,
        None => apt::packages(&staging, floor, &place.path, progress).await?,
    };
    progress(Progress::Say(messages::unpacking(debs.len())));
    tree::build(&staging, &debs, &place.path).await?;
    progress(Progress::Say(messages::starting_it()));
    let proved = proof::prove(place, &staging.root().join("bin"), floor).await;
    proved.map_err(|error| if from.is_some() { error.hint(messages::how_offline()) } else { error })?;
    staging.publish(&place.private())
}

/// Ctrl-C, a closing terminal, a request to end.
struct Interrupt([tokio::signal::unix::Signal; 3]);

impl Interrupt {
    fn listen() -> Result<Self> {
        let listen = |kind| {
            signal(kind).map_err(|error| Error::could_not_run(messages::deaf_to_ctrl_c()).because(error))
        };
        Ok(Self([
            listen(SignalKind::interrupt())?,
            listen(SignalKind::terminate())?,
            listen(SignalKind::hangup())?,
        ]))
    }

    async fn comes(&mut self) {
        let [interrupt, terminate, hangup] = &mut self.0;
        tokio::select! {
            _ = interrupt.recv() => (),
            _ = terminate.recv() => (),
            _ = hangup.recv() => (),
        }
    }
}

fn declined(consent: &Consent) -> Error {
    let error = Error::could_not_run(messages::no_nodes_without());
    match consent {
        Consent::Debian { .. } => error.hint(messages::setup_makes_one()).hint(messages::for_everyone()),
        Consent::Manager(invocation) => error.hint(messages::install_yourself(&invocation.to_string())),
    }
}

fn no_dpkg_deb() -> Error {
    Error::could_not_run(messages::no_dpkg_deb()).hint(messages::reinstall_dpkg())
}

fn only_debian() -> Error {
    Error::usage(messages::only_debian()).hint(messages::run_without_from())
}

fn still_none(passed_over: &[crate::cluster::runtime::Fault]) -> Error {
    let error = Error::could_not_run(messages::still_none());
    match passed_over.first() {
        Some(fault) => error.hint(messages::what_was_found(&fault.told())),
        None => error.hint(messages::open_a_new_terminal()),
    }
}
