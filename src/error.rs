//! What a person reads when Moebi itself can't go on: what was attempted, on what, and what to do next.
//!
//! A learner's mistake is never an error; it is a verdict.

use std::{error, fmt, sync::Arc};

use serde::{Deserialize, Serialize};

use crate::i18n::{Lang, Localized, Verbatim};

/// The exit code that a failure of this kind ends the program with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Kind {
    /// A command line, lesson or answer file that can't be read: 2.
    Usage,
    /// Something on this machine kept Moebi from doing its work: 3.
    CouldNotRun,
    /// The person pressed Ctrl-C or asked to stop: 130.
    Interrupted,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(into = "Told", from = "Told")]
pub struct Error {
    kind: Kind,
    message: Localized,
    hints: Vec<Localized>,
    source: Option<Cause>,
}

/// What an error came of.
#[derive(Debug, Clone)]
pub struct Cause(Source);

#[derive(Debug, Clone)]
enum Source {
    /// Said by the system or a library, in the one language that it speaks.
    Foreign(Arc<dyn error::Error + Send + Sync>),
    Ours(Localized),
}

/// An error as another process is told of it: what it came of is words by then.
#[derive(Serialize, Deserialize)]
struct Told {
    kind: Kind,
    told: Localized,
    hints: Vec<Localized>,
}

impl From<Error> for Told {
    fn from(error: Error) -> Self {
        Self { kind: error.kind, told: error.told(), hints: error.hints }
    }
}

impl From<Told> for Error {
    fn from(told: Told) -> Self {
        Self { hints: told.hints, ..Self::new(told.kind, told.told) }
    }
}

pub type Result<T, E = Error> = std::result::Result<T, E>;

impl Error {
    pub fn usage(message: Localized) -> Self {
        Self::new(Kind::Usage, message)
    }

    pub fn could_not_run(message: Localized) -> Self {
        Self::new(Kind::CouldNotRun, message)
    }

    pub fn interrupted() -> Self {
        Self::new(Kind::Interrupted, interrupted())
    }

    fn new(kind: Kind, message: Localized) -> Self {
        Self { kind, message, hints: Vec::new(), source: None }
    }

    /// Adds a line that says what to do next.
    #[must_use]
    pub fn hint(mut self, hint: Localized) -> Self {
        self.hints.push(hint);
        self
    }

    /// Adds the cause, printed after the message.
    #[must_use]
    pub fn because(mut self, source: impl Into<Cause>) -> Self {
        self.source = Some(source.into());
        self
    }

    pub fn kind(&self) -> Kind {
        self.kind
    }

    pub fn hints(&self) -> &[Localized] {
        &self.hints
    }

    /// The message and its cause.
    pub fn told(&self) -> Localized {
        match &self.source {
            Some(cause) => {
                Localized::each(|lang| format!("{}: {}", self.message.speak(lang), cause.speak(lang)))
            }
            None => self.message.clone(),
        }
    }

    pub fn exit_code(&self) -> u8 {
        match self.kind {
            Kind::Usage => 2,
            Kind::CouldNotRun => 3,
            Kind::Interrupted => 130,
        }
    }
}

impl Cause {
    fn speak(&self, lang: Lang) -> String {
        match &self.0 {
            Source::Foreign(source) => source.to_string(),
            Source::Ours(words) => words.speak(lang).to_owned(),
        }
    }
}

impl<E: error::Error + Send + Sync + 'static> From<E> for Cause {
    fn from(source: E) -> Self {
        Self(Source::Foreign(Arc::new(source)))
    }
}

impl From<Localized> for Cause {
    fn from(words: Localized) -> Self {
        Self(Source::Ours(words))
    }
}

impl From<Verbatim> for Cause {
    fn from(text: Verbatim) -> Self {
        Localized::from(text).into()
    }
}

crate::catalogue! {
    interrupted { en: "interrupted", el: "διακόπηκε" }
}

/// In English, for a log or a test; `told` is for people. It is no `std::error::Error`, or it could become another one's
/// cause as a library's error does, and reach everybody in English.
impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.told().speak(Lang::En))
    }
}
