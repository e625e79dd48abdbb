//! A regular expression of a lesson's.

use std::{
    fmt,
    ops::Deref,
    sync::{Arc, OnceLock},
};

use regex::{Regex, RegexBuilder};

/// How large a compiled one may be, in bytes.
const MAX_REGEX: usize = 1024 * 1024;

/// Compiled when it is first needed, or before: a lesson has hundreds, and each takes long.
#[derive(Clone)]
pub struct Pattern(Arc<Lazy>);

struct Lazy {
    text: String,
    compiled: OnceLock<Regex>,
}

impl Pattern {
    /// Compiled at once.
    pub fn new(text: &str) -> Result<Self, regex::Error> {
        let regex = compile(text)?;
        Ok(Self(Arc::new(Lazy { text: text.to_owned(), compiled: OnceLock::from(regex) })))
    }

    /// One that is known to compile.
    pub(super) fn tried(text: &str) -> Self {
        Self(Arc::new(Lazy { text: text.to_owned(), compiled: OnceLock::new() }))
    }

    /// Compiles it, if that is still to be done.
    pub fn warm(&self) {
        let _: &Regex = self;
    }

    pub fn as_str(&self) -> &str {
        &self.0.text
    }
}

impl Deref for Pattern {
    type Target = Regex;

    fn deref(&self) -> &Regex {
        let Lazy { text, compiled } = &*self.0;
        compiled.get_or_init(|| compile(text).expect("the tests compile the built-in lesson's patterns"))
    }
}

impl fmt::Debug for Pattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Pattern({:?})", self.as_str())
    }
}

fn compile(text: &str) -> Result<Regex, regex::Error> {
    RegexBuilder::new(text).size_limit(MAX_REGEX).build()
}
