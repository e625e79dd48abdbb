//! What Moebi itself says, in every language that it speaks.
//!
//! Each room that has something to say keeps it in a catalogue of its own, a file `messages.rs` in which the languages
//! stand beside each other. The compiler refuses an entry that lacks one. What has no language (code, a name, what
//! another program said) is [`Verbatim`].
//!
//! ```
//! moebi::catalogue! {
//!     /// One function each, with these arguments.
//!     no_terminal(name: &str) {
//!         en: "There is no terminal {name}.",
//!         el: "Δεν υπάρχει τερματικό {name}.",
//!     }
//!     /// In brackets: for one, and for any other number.
//!     passed(count: usize) {
//!         en: [count: "One step passed.", "{count} steps passed."],
//!         el: [count: "Πέρασε ένα βήμα.", "Πέρασαν {count} βήματα."],
//!     }
//! }
//!
//! use moebi::i18n::Lang;
//! assert_eq!(no_terminal("bob").speak(Lang::El), "Δεν υπάρχει τερματικό bob.");
//! assert_eq!(passed(1).speak(Lang::En), "One step passed.");
//! ```

mod lang;

use serde::{Deserialize, Serialize};
use std::fmt::{self, Display};

pub use lang::Lang;

/// One thing to say, in every language. Whoever shows it to a person picks theirs; nobody else need know it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Localized(Box<[String; Lang::ALL.len()]>);

impl Localized {
    /// What `text` gives for each language.
    pub fn each(text: impl FnMut(Lang) -> String) -> Self {
        Self(Box::new(Lang::ALL.map(text)))
    }

    pub fn speak(&self, lang: Lang) -> &str {
        &self.0[lang as usize]
    }

    /// The parts one after the other, with `between` between them.
    pub fn join(parts: &[Self], between: &Self) -> Self {
        Self::each(|lang| {
            let parts: Vec<_> = parts.iter().map(|part| part.speak(lang)).collect();
            parts.join(between.speak(lang))
        })
    }

    pub fn is_empty(&self) -> bool {
        self.0.iter().all(String::is_empty)
    }
}

impl From<Verbatim> for Localized {
    fn from(text: Verbatim) -> Self {
        Self::each(|_| text.0.clone())
    }
}

/// Text that has no language, shown as it is to everybody. The constructors say what such text can be: a sentence of
/// Moebi's own is none of it, and belongs into a catalogue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verbatim(String);

impl Verbatim {
    /// What is typed, run or searched for.
    pub fn code(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// A name, a version, a path, a number.
    pub fn name(name: &(impl Display + ?Sized)) -> Self {
        Self(name.to_string())
    }

    /// What another program, the system or a library said, in whatever language it speaks.
    pub fn said(words: &(impl Display + ?Sized)) -> Self {
        Self(words.to_string())
    }

    /// What stands in the lesson; it was loaded in the reader's language.
    pub fn lesson(text: impl Into<String>) -> Self {
        Self(text.into())
    }
}

impl Display for Verbatim {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

crate::catalogue! {
    // What stands between the parts that `Localized::join` puts together.

    /// Between two statements. In Greek, a semicolon asks a question.
    semicolon { en: "; ", el: "· " }
    comma { en: ", ", el: ", " }
    dot { en: " · ", el: " · " }
    /// Between two sentences.
    space { en: " ", el: " " }
    line_break { en: "\n", el: "\n" }
}

/// What may stand within `{}` in a catalogue: anything that displays itself, and `Localized`.
pub trait Say {
    fn say(&self, lang: Lang) -> String;
}

impl<T: Display + ?Sized> Say for T {
    fn say(&self, _: Lang) -> String {
        self.to_string()
    }
}

impl Say for Localized {
    fn say(&self, lang: Lang) -> String {
        self.speak(lang).to_owned()
    }
}

impl Say for &Localized {
    fn say(&self, lang: Lang) -> String {
        self.speak(lang).to_owned()
    }
}

/// Makes a function of each entry: see [`crate::i18n`].
#[macro_export]
macro_rules! catalogue {
    ($($(#[$doc:meta])* $name:ident $(($($argument:ident: $type:ty),+ $(,)?))? { en: $en:tt, el: $el:tt $(,)? })*) => {$(
        $(#[$doc])*
        #[must_use]
        #[allow(unreachable_pub, reason = "the tests read the catalogues that they can reach")]
        pub fn $name($($($argument: $type),+)?) -> $crate::i18n::Localized {
            $crate::localized!([$($($argument)+)?], $en, $el)
        }
    )*};
}

/// An entry without a name or arguments, as a `fn() -> Localized`: for a table whose rows say something.
#[macro_export]
macro_rules! message {
    (en: $en:literal, el: $el:literal $(,)?) => {
        || $crate::localized!([], $en, $el)
    };
}

/// An entry's text, in every language.
#[doc(hidden)]
#[macro_export]
macro_rules! localized {
    ([$($argument:ident)*], $en:tt, $el:tt) => {{
        use $crate::i18n::{Lang, Localized};
        Localized::each(|lang| match lang {
            Lang::En => $crate::spoken!(lang, [$($argument)*], $en),
            Lang::El => $crate::spoken!(lang, [$($argument)*], $el),
        })
    }};
}

/// One language's form of a catalogue entry.
#[doc(hidden)]
#[macro_export]
macro_rules! spoken {
    ($lang:ident, [$($argument:ident)*], [$count:ident: $one:literal, $many:literal]) => {
        if $count == 1 {
            $crate::spoken!($lang, [$($argument)*], $one)
        } else {
            $crate::spoken!($lang, [$($argument)*], $many)
        }
    };
    ($lang:ident, [$($argument:ident)*], $text:literal) => {{
        $(
            #[allow(unused_variables, reason = "a language may do without an argument")]
            let $argument = $crate::i18n::Say::say(&$argument, $lang);
        )*
        format!($text)
    }};
}

#[cfg(test)]
mod tests {
    use super::*;

    catalogue! {
        nothing { en: "nothing", el: "τίποτα" }
        seen(what: &Localized, at: &str) { en: "{what} on {at}", el: "{what} στο {at}" }
        lines(count: usize) { en: [count: "one line", "{count} lines"], el: [count: "μία γραμμή", "{count} γραμμές"] }
    }

    #[test]
    fn words_stand_within_words() {
        let seen = seen(&nothing(), "alex");
        assert_eq!([seen.speak(Lang::En), seen.speak(Lang::El)], ["nothing on alex", "τίποτα στο alex"]);
    }

    #[test]
    fn one_is_not_many() {
        assert_eq!(lines(1).speak(Lang::El), "μία γραμμή");
        assert_eq!(lines(0).speak(Lang::El), "0 γραμμές");
    }

    #[test]
    fn parts_are_joined() {
        let joined = Localized::join(&[nothing(), Verbatim::code("x").into()], &comma());
        assert_eq!(joined.speak(Lang::En), "nothing, x");
    }
}
