//! The reference of lesson files, written from the description that reads them.

use std::fmt::Write;

use super::{
    condition::{Form, KeyInfo, forms},
    diagnostic,
    kind::{FieldInfo, Kind, Need, Record},
    raw::{INPUT_KEYS, RawAnswers, RawEdit, RawLesson, RawProse, RawScheme, RawWriteFields},
};

/// A kind of file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileKind {
    /// `lesson.yaml`
    Lesson,
    /// `en.yaml`, `el.yaml`
    Texts,
    /// `answers.yaml`
    Answers,
    /// What steps are worth.
    Scheme,
}

impl FileKind {
    pub const ALL: [Self; 4] = [Self::Lesson, Self::Texts, Self::Answers, Self::Scheme];

    pub(super) fn record(self) -> &'static Record {
        match self {
            Self::Lesson => &RawLesson::RECORD,
            Self::Texts => &RawProse::RECORD,
            Self::Answers => &RawAnswers::RECORD,
            Self::Scheme => &RawScheme::RECORD,
        }
    }

    /// The name of its schema, in the folder `schema` beside lessons.
    pub fn schema_name(self) -> &'static str {
        match self {
            Self::Lesson => "lesson.json",
            Self::Texts => "texts.json",
            Self::Answers => "answers.json",
            Self::Scheme => "scheme.json",
        }
    }

    fn title(self) -> &'static str {
        match self {
            Self::Lesson => "lesson.yaml",
            Self::Texts => "en.yaml, el.yaml",
            Self::Answers => "answers.yaml",
            Self::Scheme => "a scheme for --scheme",
        }
    }
}

/// How a page is marked up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Markup {
    Plain,
    Markdown,
}

/// Everything that there is to write.
pub fn whole(markup: Markup) -> String {
    let mut page = Page { markup, text: String::new() };
    for kind in FileKind::ALL {
        page.heading(1, kind.title());
        kind.record().all().into_iter().for_each(|record| page.record(record));
        if kind == FileKind::Lesson {
            page.inputs();
        }
    }
    page.heading(1, "Conditions");
    forms().for_each(|form| page.form(form));
    page.text
}

/// What can be written under that word: a condition's verb, a key, or a mapping such as `step`; else the nearest word.
pub fn entry(word: &str, markup: Markup) -> Result<String, Option<String>> {
    let mut page = Page { markup, text: String::new() };
    forms().filter(|form| form.verb.name == word).for_each(|form| page.form(form));
    records().filter(|record| record.name() == word).for_each(|record| page.record(record));
    if word == "input" || INPUT_KEYS.contains(&word) {
        page.inputs();
    }
    for record in records() {
        for field in record.fields.iter().filter(|field| field.name == word) {
            page.field_alone(record, field);
        }
    }
    for form in forms() {
        for key in form.keys.iter().filter(|key| key.name == word) {
            page.key_alone(form, key);
        }
    }
    if page.text.is_empty() {
        let words = words();
        return Err(diagnostic::nearest(word, words.iter().map(String::as_str)).map(str::to_owned));
    }
    Ok(page.text)
}

/// Every word that has an entry.
pub fn words() -> Vec<String> {
    let mut words: Vec<String> = forms().map(|form| form.verb.name.to_owned()).collect();
    words.extend(forms().flat_map(|form| form.keys).map(|key| key.name.to_owned()));
    words.extend(records().map(Record::name));
    words.extend(records().flat_map(|record| record.fields).map(|field| field.name.to_owned()));
    words.extend(INPUT_KEYS.map(str::to_owned));
    words.push("input".to_owned());
    words.sort();
    words.dedup();
    words
}

/// Every mapping of every file.
pub(super) fn records() -> impl Iterator<Item = &'static Record> {
    FileKind::ALL.into_iter().flat_map(|kind| kind.record().all())
}

struct Page {
    markup: Markup,
    text: String,
}

impl Page {
    fn heading(&mut self, level: usize, title: &str) {
        if !self.text.is_empty() {
            self.text.push('\n');
        }
        match self.markup {
            Markup::Plain if level == 1 => self.text += &format!("{}\n", title.to_uppercase()),
            Markup::Plain => self.text += &format!("{title}\n"),
            Markup::Markdown => self.text += &format!("{} {title}\n\n", "#".repeat(level)),
        }
    }

    fn said(&mut self, text: &str) {
        match self.markup {
            Markup::Plain => self.text += &format!("  {text}\n"),
            Markup::Markdown => self.text += &format!("{text}\n\n"),
        }
    }

    fn code(&mut self, code: &str) {
        match self.markup {
            Markup::Plain => self.text += &format!("      {code}\n"),
            Markup::Markdown => self.text += &format!("```yaml\n{code}\n```\n\n"),
        }
    }

    fn key(&mut self, name: &str, kind: &Kind, note: &str, about: &str) {
        let note = if note.is_empty() { String::new() } else { format!(" ({note})") };
        let written = match self.markup {
            Markup::Plain => writeln!(self.text, "    {name}: {kind}{note}\n        {about}"),
            Markup::Markdown => writeln!(self.text, "- `{name}: {kind}`{note}: {about}"),
        };
        written.expect("a text takes what is written");
    }

    fn record(&mut self, record: &'static Record) {
        self.heading(2, &record.called());
        for field in record.fields {
            self.key(field.name, &field.kind, note(field, record), field.about);
        }
        if let Some((called, kind)) = &record.others {
            self.key(called, kind, "any number", "the texts of each section, by its id");
        }
    }

    fn inputs(&mut self) {
        self.heading(2, "INPUT");
        self.said(
            "One thing that a learner does: a mapping of one key, which is a terminal or one of these.",
        );
        let terminal = Kind::Text("TERMINAL");
        self.key("TERMINAL", &Kind::Text("TEXT"), "", "what is typed there: a command at `$`, Elixir in iex");
        self.key("write", &Kind::Record(&RawWriteFields::RECORD), "", "a file is written");
        self.key("edit", &Kind::Record(&RawEdit::RECORD), "", "a part of a file is replaced");
        self.key("choose", &Kind::Text("NAME"), "", "a choice of the question or the prediction");
        self.key("close", &terminal, "", "the terminal's node stops");
        for word in ["kill", "pause", "resume"] {
            self.key(word, &terminal, "", "a fault: what befalls the node of that terminal");
        }
        for word in ["cut", "heal"] {
            self.key(
                word,
                &Kind::Pair(&Kind::Text("TERMINAL")),
                "",
                "a fault: what befalls the connection of two",
            );
        }
    }

    fn form(&mut self, form: &Form) {
        self.heading(2, form.verb.name);
        self.said(form.about);
        self.key(form.verb.name, &form.verb.kind, "", form.verb.about);
        for key in form.keys {
            self.key(key.name, &key.kind, &key_note(form, key), key.about);
        }
        if self.markup == Markup::Markdown {
            self.text.push('\n');
        }
        self.said(form.counts.told());
        self.code(&format!("- {}", form.example));
    }

    fn field_alone(&mut self, record: &'static Record, field: &FieldInfo) {
        self.heading(2, &format!("{} of {}", field.name, record.what.replace('`', "")));
        self.key(field.name, &field.kind, note(field, record), field.about);
    }

    fn key_alone(&mut self, form: &Form, key: &KeyInfo) {
        self.heading(2, &format!("{} beside {}", key.name, form.verb.name));
        self.key(key.name, &key.kind, &key_note(form, key), key.about);
    }
}

fn note(field: &FieldInfo, record: &Record) -> &'static str {
    let asks = record.fields.iter().any(|field| field.name == "ask");
    match field.need {
        Need::Required => "",
        Need::Optional => "may be left out",
        Need::RequiredOfTasks => "may be left out beside `ask`",
        Need::TasksOnly if asks => "not beside `ask`",
        Need::TasksOnly => "",
        Need::OptionalOfTasks => "may be left out; not beside `ask`",
    }
}

fn key_note(form: &Form, key: &KeyInfo) -> String {
    if form.required.contains(&key.name) {
        return String::new();
    }
    if form.one_of.contains(&key.name) {
        return format!("one of {} must be there", form.one_of.join(", "));
    }
    "may be left out".to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_has_its_entry_and_the_whole_has_every_word() {
        for markup in [Markup::Plain, Markup::Markdown] {
            let whole = whole(markup);
            for word in words() {
                let entry = entry(&word, markup).expect("it is listed");
                assert!(entry.contains(&word) || entry.contains(&word.to_uppercase()), "{word}:\n{entry}");
                assert!(whole.contains(&word) || whole.contains(&word.to_uppercase()), "{word}");
            }
        }
    }

    #[test]
    fn it_says_what_adds_up() {
        assert!(entry("prints", Markup::Plain).expect("a verb").contains("It adds up"));
        let returns = entry("returns", Markup::Plain).expect("a verb");
        assert!(returns.contains("only the latest of a terminal counts"), "{returns}");
        assert!(returns.contains("- { returns: '[:kate@localhost]', in: alex }"), "{returns}");
        assert_eq!(entry("retruns", Markup::Plain), Err(Some("returns".to_owned())));
        assert_eq!(entry("", Markup::Plain), Err(None));
    }
}
