//! What apt and dpkg-deb say when they fail, and what to do about it.

use crate::{
    cluster::errand::{Failure, Outcome},
    error::Error,
};

/// The libraries are for a minimal machine; whatever it has already does no harm.
pub(super) const HOW_OFFLINE: &str = "Without network here: on a machine with the same release, in an empty folder, run \
    `apt-get download $(apt-cache depends -i --recurse elixir erlang-syntax-tools | \
    grep -xE 'elixir|erlang-[a-z0-9-]+|lib(ssl3|tinfo6|systemd0|stdc).*')`; \
    bring the folder here and run `moebi setup --from FOLDER`.";

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Cause {
    Signature,
    Network,
    Space,
    NoPackage,
    Other,
}

/// Phrases of apt's, in the order of weight: a bad signature must never look like a bad line.
const PHRASES: [(&str, Cause); 21] = [
    ("NO_PUBKEY", Cause::Signature),
    ("BADSIG", Cause::Signature),
    ("EXPKEYSIG", Cause::Signature),
    ("is not signed", Cause::Signature),
    ("Clearsigned file isn't valid", Cause::Signature),
    ("could not be authenticated", Cause::Signature),
    ("cannot be authenticated", Cause::Signature),
    ("were unauthenticated", Cause::Signature),
    ("Hash Sum mismatch", Cause::Signature),
    ("No space left", Cause::Space),
    ("don't have enough free space", Cause::Space),
    ("Disk quota exceeded", Cause::Space),
    ("Temporary failure resolving", Cause::Network),
    ("Could not resolve", Cause::Network),
    ("Could not connect", Cause::Network),
    ("Unable to connect", Cause::Network),
    ("Connection failed", Cause::Network),
    ("onnection timed out", Cause::Network),
    ("does not have a Release file", Cause::NoPackage),
    ("Unable to locate package", Cause::NoPackage),
    ("no installation candidate", Cause::NoPackage),
];

impl Cause {
    fn of(text: &str) -> Self {
        PHRASES.iter().find(|(phrase, _)| text.contains(phrase)).map_or(Self::Other, |(_, cause)| *cause)
    }

    fn error(self, what: &str) -> Error {
        match self {
            Self::Signature => Error::could_not_run(format!("{what}: apt could not prove the packages authentic"))
                .hint("Nothing was installed. Try another network: this one may alter what it carries.")
                .hint("Or bring the system's keys up to date: sudo apt install --only-upgrade debian-archive-keyring (ubuntu-keyring on Ubuntu)."),
            Self::Network => Error::could_not_run(format!("{what}: the package servers can't be reached"))
                .hint("See that you are online, and that apt knows your proxy (Acquire::http::Proxy), then run `moebi setup` again.")
                .hint(HOW_OFFLINE),
            Self::Space => Error::could_not_run(format!("{what}: the disk is full"))
                .hint("Free about 200 MB and run `moebi setup` again."),
            Self::NoPackage => Error::could_not_run(format!("{what}: apt's sources have no Elixir"))
                .hint("On Ubuntu it is in the component `universe`: sudo add-apt-repository universe")
                .hint("Otherwise use mise (https://mise.jdx.dev): mise use --global erlang elixir"),
            Self::Other => Error::could_not_run(what)
                .hint("Run `moebi setup` again; if it stays so, install Elixir with: sudo apt install elixir"),
        }
    }
}

/// `earlier` is what an `update` before it said, which often holds the reason.
pub(super) fn failed(what: &str, outcome: &Outcome, earlier: &str) -> Error {
    let cause = match Cause::of(&outcome.stderr) {
        Cause::Other | Cause::NoPackage if Cause::of(earlier) != Cause::Other => Cause::of(earlier),
        cause => cause,
    };
    let text = format!("{}\n{earlier}", outcome.stderr);
    match text.lines().map(str::trim).find(|line| line.starts_with("E:")).or(text.lines().next()) {
        Some(line) if !line.is_empty() => cause.error(what).because(line.to_owned()),
        Some(_) | None => cause.error(what).because(format!("it ended with {}", outcome.status)),
    }
}

pub(super) fn not_run(what: &str, program: &str, failure: Failure) -> Error {
    let hint = match &failure {
        Failure::NotStarted(_) => {
            format!("{program} belongs to every Debian: sudo apt install --reinstall dpkg apt")
        }
        Failure::TimedOut(_) => "Try again on a faster line, or use `moebi setup --from FOLDER`.".to_owned(),
    };
    Error::could_not_run(format!("{what}: {program}")).because(failure).hint(hint)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bad_signature_is_never_taken_for_a_bad_line() {
        let text =
            "W: Could not connect to a mirror\nE: The repository 'http://x trixie InRelease' is not signed.";
        assert_eq!(Cause::of(text), Cause::Signature);
    }

    #[test]
    fn a_dead_network_is_told_from_a_missing_package() {
        assert_eq!(Cause::of("W: Temporary failure resolving 'deb.debian.org'"), Cause::Network);
        assert_eq!(Cause::of("E: Unable to locate package elixir"), Cause::NoPackage);
    }
}
