//! `file: PATH`: a file of the workspace, as it was saved last.

use std::fmt;

use super::*;
use crate::lesson::{check::elixir, diagnostic::Diagnostics, raw::Placed};

#[derive(Debug, Clone)]
pub struct File {
    /// Within the workspace.
    pub path: String,
    pub contains: Vec<Held>,
    pub defines: Vec<Definition>,
    pub lacks: Vec<Held>,
}

/// What a file may hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Held {
    /// In an Elixir file: code in which `_` matches anything.
    Code(String),
    Text(String),
}

/// A function that can be called from outside its module.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Definition {
    pub module: String,
    pub function: String,
    pub arity: usize,
}

const FILE: Key<InnerPath> = Key::new("file", "its path in the workspace");
const CONTAINS: Key<RawTexts> =
    Key::new("contains", "what it holds: in Elixir files patterns, elsewhere text");
const DEFINES: Key<Definitions> = Key::new("defines", "functions that can be called from outside");
const LACKS: Key<RawTexts> = Key::new("lacks", "what it does not hold");

impl Written for File {
    const FORMS: &'static [Form] =
        &[Form::new(FILE.info(), &[CONTAINS.info(), DEFINES.info(), LACKS.info()], Counts::Now)
            .about("A file of the workspace, as it was saved last.")
            .example("{ file: chat/lib/chat.ex, defines: Chat.send_message/2 }")];

    fn read(fields: &mut Fields<'_, '_>) -> Option<Self> {
        let (path, defines) = (fields.required(&FILE), fields.optional(&DEFINES));
        let (contains, lacks) = (fields.optional(&CONTAINS), fields.optional(&LACKS));
        let path = path?;
        let is_code = path.ends_with(".ex") || path.ends_with(".exs");
        let mut held = |texts: Option<Vec<Placed<String>>>| {
            let texts = texts.unwrap_or_default().into_iter();
            texts.map(|text| Held::read(&text, is_code, fields.diag)).collect()
        };
        let (contains, lacks) = (held(contains?), held(lacks?));
        Some(Self { path, contains, defines: defines?.unwrap_or_default(), lacks })
    }
}

impl Verb for File {
    fn judge(&self, scene: &Scene<'_>, _settled: bool) -> Judgement {
        let path = self.path.as_str();
        let Some(text) = scene.world.files.get(path) else { return Judgement::no(no_file(path)) };
        if let Some(missing) = self.contains.iter().find(|held| !held.is_in(text)) {
            return Judgement::no(lacks(path, &missing.quoted()));
        }
        let definitions = syntax::definitions(text);
        if let Some(missing) = self.defines.iter().find(|wanted| !definitions.contains(wanted)) {
            return Judgement::no(defines_not(path, &missing.to_string()));
        }
        match self.lacks.iter().find(|held| held.is_in(text)) {
            Some(found) => Judgement::no(still_contains(path, &found.quoted())),
            None => Judgement::yes(None),
        }
    }

    fn expected(&self) -> Localized {
        let mut parts = vec![is_there(&self.path)];
        let defined: Vec<_> =
            self.defines.iter().map(|definition| Verbatim::code(definition.to_string()).into()).collect();
        parts.extend((!defined.is_empty()).then(|| defining(&Localized::join(&defined, &and()))));
        parts.extend(self.contains.iter().map(|held| containing(&held.quoted())));
        parts.extend(self.lacks.iter().map(|held| without(&held.quoted())));
        Localized::join(&parts, &comma())
    }

    fn is_visible(&self) -> bool {
        false
    }

    fn is_coded(&self) -> bool {
        let is_coded = |held: &Held| matches!(held, Held::Code(pattern) if has_wildcard(pattern));
        self.contains.iter().chain(&self.lacks).any(is_coded)
    }

    fn is_state(&self) -> bool {
        true
    }

    fn files(&self) -> Vec<&str> {
        vec![&self.path]
    }
}

impl Held {
    fn read(text: &Placed<String>, is_code: bool, diag: &mut Diagnostics<'_>) -> Self {
        if is_code {
            elixir::code(text, diag);
            Self::Code(text.value.trim().to_owned())
        } else {
            Self::Text(text.value.trim_end_matches('\n').to_owned())
        }
    }

    fn is_in(&self, text: &str) -> bool {
        match self {
            Self::Code(pattern) => syntax::contains(&syntax::Code::alone(text), pattern),
            Self::Text(plain) => text.contains(plain.as_str()),
        }
    }

    fn quoted(&self) -> String {
        match self {
            Self::Code(pattern) => code(pattern),
            Self::Text(text) => quoted(text),
        }
    }
}

impl Definition {
    /// `Chat.send_message/2`
    pub fn parse(text: &str) -> Option<Self> {
        let (name, arity) = text.rsplit_once('/')?;
        let (module, function) = name.rsplit_once('.')?;
        let is_module = module.starts_with(|first: char| first.is_ascii_uppercase());
        let is_function = function.starts_with(|first: char| first.is_ascii_lowercase() || first == '_');
        let arity = arity.parse().ok().filter(|_| is_module && is_function)?;
        Some(Self { module: module.to_owned(), function: function.to_owned(), arity })
    }
}

impl fmt::Display for Definition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}/{}", self.module, self.function, self.arity)
    }
}

crate::catalogue! {
    is_there(path: &str) { en: "there is a file {path}", el: "υπάρχει αρχείο {path}" }
    defining(what: &Localized) { en: "which defines {what}", el: "που ορίζει {what}" }
    containing(what: &str) { en: "which contains {what}", el: "που περιέχει {what}" }
    without(what: &str) { en: "without {what}", el: "χωρίς {what}" }
    no_file(path: &str) { en: "there is no file {path}", el: "δεν υπάρχει αρχείο {path}" }
    lacks(path: &str, what: &str) { en: "{path} doesn't contain {what}", el: "το {path} δεν περιέχει {what}" }
    defines_not(path: &str, what: &str) { en: "{path} doesn't define {what}", el: "το {path} δεν ορίζει {what}" }
    still_contains(path: &str, what: &str) { en: "{path} contains {what}", el: "το {path} περιέχει {what}" }
}

#[cfg(test)]
mod tests {
    use super::{testing::*, *};

    fn wanted() -> File {
        File {
            path: "chat/lib/chat.ex".to_owned(),
            contains: vec![Held::Code("IO.puts(_)".to_owned())],
            defines: Definition::parse("Chat.receive_message/1").into_iter().collect(),
            lacks: vec![Held::Code("spawn(_)".to_owned())],
        }
    }

    fn saved(text: &str) -> Story {
        Story::new().then(Fact::File { path: wanted().path, text: Some(text.to_owned()) })
    }

    #[test]
    fn it_holds_what_it_must_and_nothing_that_it_must_not() {
        let module =
            |body: &str| format!("defmodule Chat do\n  def receive_message(text), do: {body}\nend\n");
        saved(&module("IO.puts(text)")).holds(wanted());
        Story::new().misses(wanted(), "there is no file chat/lib/chat.ex");
        // In a comment or a string it is no code.
        saved(&module(":ok # IO.puts(text)"))
            .misses(wanted(), "chat/lib/chat.ex doesn't contain `IO.puts(_)`");
        saved(&module("IO.puts(text)").replace("(text), do", "(text, from), do"))
            .misses(wanted(), "chat/lib/chat.ex doesn't define Chat.receive_message/1");
        saved(&module("spawn(fn -> IO.puts(text) end)"))
            .misses(wanted(), "chat/lib/chat.ex contains `spawn(_)`");
        saved(&module("IO.puts(text)"))
            .then(Fact::File { path: wanted().path, text: None })
            .misses(wanted(), "there is no file chat/lib/chat.ex");
    }
}
