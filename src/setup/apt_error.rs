//! What apt and dpkg-deb say when they fail, and what to do about it.

use super::messages;
use crate::{
    cluster::subprocess::{Failure, Outcome},
    error::Error,
    i18n::{Localized, Verbatim},
};

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

    fn error(self, what: &Localized) -> Error {
        let so = |why: fn(&Localized) -> Localized| Error::could_not_run(why(what));
        match self {
            Self::Signature => so(messages::not_authentic)
                .hint(messages::try_another_network())
                .hint(messages::bring_keys_up_to_date()),
            Self::Network => so(messages::not_reached)
                .hint(messages::see_that_you_are_online())
                .hint(messages::how_offline()),
            Self::Space => so(messages::disk_is_full).hint(messages::free_and_repeat()),
            Self::NoPackage => {
                so(messages::no_elixir_there).hint(messages::add_universe()).hint(messages::otherwise_mise())
            }
            Self::Other => Error::could_not_run(what.clone()).hint(messages::repeat_or_install()),
        }
    }
}

/// `earlier` is what an `update` before it said, which often holds the reason.
pub(super) fn failed(what: &Localized, outcome: &Outcome, earlier: &str) -> Error {
    let cause = match Cause::of(&outcome.stderr) {
        Cause::Other | Cause::NoPackage if Cause::of(earlier) != Cause::Other => Cause::of(earlier),
        cause => cause,
    };
    let text = format!("{}\n{earlier}", outcome.stderr);
    match text.lines().map(str::trim).find(|line| line.starts_with("E:")).or(text.lines().next()) {
        Some(line) if !line.is_empty() => cause.error(what).because(Verbatim::said(line)),
        Some(_) | None => cause.error(what).because(messages::ended_with(&outcome.status.to_string())),
    }
}

pub(super) fn not_run(what: &Localized, program: &str, failure: Failure) -> Error {
    let hint = match &failure {
        Failure::NotStarted(_) => messages::belongs_to_debian(program),
        Failure::TimedOut(_) => messages::faster_line(),
    };
    Error::could_not_run(messages::of_program(what, program)).because(failure.told()).hint(hint)
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
