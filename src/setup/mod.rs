//! `moebi setup`: an Elixir for who has none.
//!
//! On Debian and Ubuntu a private runtime is made from the release's own packages, without root, in the user's data
//! folder; apt proves that they are authentic. Elsewhere the system's package manager is asked, once the user agrees.

mod apt;
mod complaint;
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
    cluster::runtime::{Place, Runtime, Search, Version, program},
    error::{Error, Result},
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
    place: &Place,
    floor: Version,
    options: &Options,
    ask: impl FnMut(&str) -> bool,
    mut progress: impl FnMut(Progress),
) -> Result<Runtime> {
    staging::tidy(&place.data);
    let found = place.find(floor).await?;
    if let Some(runtime) = found.runtime {
        return Ok(runtime);
    }
    report(&found, &mut progress);
    let agreed = agree(place, options, ask)?;
    let mut interrupt = Interrupt::listen()?;
    tokio::select! {
        () = interrupt.comes() => Err(Error::interrupted()),
        provided = provide(place, floor, agreed, &mut progress) => provided,
    }
}

fn report(found: &Search, progress: &mut impl FnMut(Progress)) {
    for fault in &found.passed_over {
        progress(Progress::Say(format!("Passed over: {fault}.")));
    }
}

/// What the person has agreed to.
enum Agreed {
    Debian { from: Option<PathBuf> },
    Manager(system::Invocation),
}

fn agree(place: &Place, options: &Options, mut ask: impl FnMut(&str) -> bool) -> Result<Agreed> {
    let system = System::of(&place.path);
    let (question, agreed) = match (&system, &options.from) {
        (System::Debian, from) => (private_question(place), Agreed::Debian { from: from.clone() }),
        (System::Managed(_) | System::Unknown, Some(_)) => return Err(only_debian()),
        (System::Managed(manager), None) => {
            let invocation = manager.invocation(&place.path, options.yes)?;
            (invocation.question(), Agreed::Manager(invocation))
        }
        (System::Unknown, None) => return Err(system::unknown()),
    };
    if options.yes || options.from.is_some() || ask(&question) {
        return Ok(agreed);
    }
    Err(declined(&agreed))
}

async fn provide(
    place: &Place,
    floor: Version,
    agreed: Agreed,
    progress: &mut impl FnMut(Progress),
) -> Result<Runtime> {
    match agreed {
        Agreed::Debian { from } => private(place, floor, from, progress).await?,
        Agreed::Manager(invocation) => {
            progress(Progress::Say(format!("Running: {invocation}")));
            invocation.run(&place.path).await?;
        }
    }
    let found = place.find(floor).await?;
    found.runtime.ok_or_else(|| still_none(&found.passed_over))
}

/// Makes the private runtime: all of it beside the place where it belongs, then one rename.
async fn private(
    place: &Place,
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
    progress(Progress::Say(format!("Unpacking {} packages.", debs.len())));
    tree::build(&staging, &debs, &place.path).await?;
    progress(Progress::Say("Starting it, to see that it works.".to_owned()));
    let proved = proof::prove(place, &staging.root().join("bin"), floor).await;
    proved.map_err(|error| if from.is_some() { error.hint(complaint::HOW_OFFLINE) } else { error })?;
    staging.publish(&place.private())
}

/// Ctrl-C, a closing terminal, a request to end.
struct Interrupt([tokio::signal::unix::Signal; 3]);

impl Interrupt {
    fn listen() -> Result<Self> {
        let listen = |kind| {
            signal(kind).map_err(|error| {
                Error::could_not_run("Moebi can't listen for Ctrl-C, so it won't start what it couldn't stop")
                    .because(error)
            })
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

fn private_question(place: &Place) -> String {
    format!(
        "No Elixir was found that this lesson can use. Moebi can make one for you alone, from your system's own packages \
         and without root, in {} (about 35 MB to download, 50 MB on disk). Do it now?",
        place.private().display()
    )
}

fn declined(agreed: &Agreed) -> Error {
    let error = Error::could_not_run("without an Elixir there are no nodes to learn on");
    match agreed {
        Agreed::Debian { .. } => error
            .hint("`moebi setup` makes a private one, without root.")
            .hint("Or install it for everyone: sudo apt install elixir"),
        Agreed::Manager(invocation) => error.hint(format!("Install it yourself: {invocation}")),
    }
}

fn no_dpkg_deb() -> Error {
    Error::could_not_run("there is no dpkg-deb here, which unpacks the packages")
        .hint("It belongs to every Debian: sudo apt install --reinstall dpkg")
}

fn only_debian() -> Error {
    Error::usage("--from takes a folder of .deb files, which only Debian and Ubuntu can use")
        .hint("Run `moebi setup` without it.")
}

fn still_none(passed_over: &[crate::cluster::runtime::Fault]) -> Error {
    let error = Error::could_not_run("the installation ended well, but there is still no Elixir to use");
    match passed_over.first() {
        Some(fault) => error.hint(format!("What was found: {fault}.")),
        None => {
            error.hint("Open a new terminal, so that PATH is read again, and run `moebi setup` once more.")
        }
    }
}
