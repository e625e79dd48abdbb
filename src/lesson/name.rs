//! Names that can't be wrong: parsed once at the edge, compared as they are everywhere else.

use std::{fmt, sync::Arc};

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use crate::i18n::{Lang, Localized};

/// The host of every node that a bare name stands for.
pub const HOST: &str = "localhost";

/// Why a word can't be a name of its kind; a sentence for the lesson's author, or for who types `/open`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BadName(pub Localized);

crate::catalogue! {
    no_slug(word: &str) {
        en: "`{word}` can't be a name: use lower-case letters, digits, `-` and `_`, a letter first, 64 at most",
        el: "το `{word}` δεν κάνει για όνομα: γράψε πεζά λατινικά γράμματα, ψηφία, `-` και `_`, με γράμμα στην αρχή και 64 το πολύ",
    }
    no_node_name(word: &str) {
        en: "`{word}` is no node name: write `alex` or `alex@localhost`",
        el: "το `{word}` δεν είναι όνομα κόμβου: γράψε `alex` ή `alex@localhost`",
    }
}

/// Written as it is spelled; read as it is parsed.
macro_rules! spelled {
    ($name:ident) => {
        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let word = String::deserialize(deserializer)?;
                Self::parse(&word).map_err(|BadName(why)| de::Error::custom(why.speak(Lang::En)))
            }
        }
    };
}

macro_rules! names {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(Arc<str>);

        impl $name {
            /// Takes a word of lower-case ASCII letters, digits, `-` and `_` that begins with a letter.
            pub fn parse(word: &str) -> Result<Self, BadName> {
                slug(word).map(|()| Self(word.into()))
            }

            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(&self.0)
            }
        }

        spelled!($name);

        impl std::borrow::Borrow<str> for $name {
            fn borrow(&self) -> &str {
                &self.0
            }
        }
    )*};
}

names! {
    /// A lesson's id, the name of its folder.
    LessonId,
    SectionId,
    /// Of some conditions of a check, told in one sentence.
    GoalId,
    /// Unique in its lesson.
    StepId,
    ChoiceId,
    MistakeId,
    /// A named place to type into: `alex`, `kate`, `moebi`, `shell`.
    TerminalName,
}

fn slug(word: &str) -> Result<(), BadName> {
    let mut letters = word.chars();
    let first = letters.next().is_some_and(|letter| letter.is_ascii_lowercase());
    let rest = letters.all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-' || c == '_');
    if first && rest && word.len() <= 64 { Ok(()) } else { Err(BadName(no_slug(word))) }
}

/// A node's full name, `alex@localhost`; a bare `alex` stands for that.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NodeName {
    name: Arc<str>,
    host: Arc<str>,
}

spelled!(NodeName);

impl NodeName {
    /// Takes `NAME` or `NAME@HOST`.
    pub fn parse(word: &str) -> Result<Self, BadName> {
        let (name, host) = word.split_once('@').unwrap_or((word, HOST));
        if name.is_empty() || host.is_empty() || host.contains('@') || word.len() > 255 {
            return Err(BadName(no_node_name(word)));
        }
        Ok(Self { name: name.into(), host: host.into() })
    }

    /// False for `nonode@nohost`, which is what a runtime without a name calls itself.
    pub fn is_named(&self) -> bool {
        (&*self.name, &*self.host) != ("nonode", "nohost")
    }

    /// The part before the `@`.
    pub fn short(&self) -> &str {
        &self.name
    }

    /// The name as a lesson writes it: bare on localhost, whole elsewhere.
    pub fn brief(&self) -> String {
        if &*self.host == HOST { self.name.to_string() } else { self.to_string() }
    }
}

impl fmt::Display for NodeName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}@{}", self.name, self.host)
    }
}
