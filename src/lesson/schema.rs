//! JSON Schemas of the files that people write, from the description that reads them: with them an editor completes,
//! explains and checks. Draft 7 is what the YAML language server knows best.
//!
//! What a schema can't say is for the loading: which names there are, what is Elixir, what belongs to which step.

use serde_json::{Map, Value, json};

use super::{
    condition::{Form, KeyInfo, forms},
    fault::Fault,
    kind::{FieldInfo, Kind, Need, Record},
    raw::{RawEdit, RawWrite, Read},
    reference::FileKind,
};

/// The schema of that kind of file.
pub fn schema(file: FileKind) -> Value {
    let record = file.record();
    let mut definitions: Map<String, Value> =
        record.all().into_iter().map(|record| (record.name(), of_record(record))).collect();
    if matches!(file, FileKind::Lesson | FileKind::Answers) {
        definitions.insert("input".to_owned(), input());
        let inner = [RawEdit::KIND, RawWrite::KIND].into_iter().flat_map(Kind::records);
        definitions.extend(inner.map(|record| (record.name(), of_record(record))));
    }
    if file == FileKind::Lesson {
        definitions.insert("condition".to_owned(), condition());
    }
    json!({
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": format!("Moebi: {}", record.what),
        "allOf": [{ "$ref": reference(&record.name()) }],
        "definitions": definitions,
    })
}

/// The schema as a file.
pub fn written(file: FileKind) -> String {
    serde_json::to_string_pretty(&schema(file)).expect("a schema is JSON") + "\n"
}

fn reference(name: &str) -> String {
    format!("#/definitions/{}", name.replace(' ', "%20"))
}

fn of_record(record: &Record) -> Value {
    let described = |field: &FieldInfo| (field.name.to_owned(), with(of(&field.kind), field.about));
    let properties: Map<String, Value> = record.fields.iter().map(described).collect();
    let required = |is: &dyn Fn(Need) -> bool| -> Vec<&str> {
        record.fields.iter().filter(|field| is(field.need)).map(|field| field.name).collect()
    };
    let mut schema = json!({
        "type": "object",
        "properties": properties,
        "required": required(&|need| need == Need::Required),
        "additionalProperties": record.others.map_or(json!(false), |(_, kind)| of(&kind)),
    });
    if record.fields.iter().any(|field| field.need.is_required_of_tasks()) {
        let strange: Map<String, Value> = required(&|need| !need.is_beside_ask())
            .into_iter()
            .map(|name| (name.to_owned(), json!(false)))
            .collect();
        schema["if"] = json!({ "required": ["ask"] });
        schema["then"] = json!({ "properties": strange });
        schema["else"] = json!({ "required": required(&|need| need.is_required_of_tasks()) });
    }
    schema
}

/// What an editor shows beside it; a reference can't have it beside itself in draft 7.
fn with(schema: Value, about: &str) -> Value {
    match schema.get("$ref") {
        Some(_) => json!({ "description": about, "allOf": [schema] }),
        None => {
            let mut schema = schema;
            schema["description"] = json!(about);
            schema
        }
    }
}

fn of(kind: &Kind) -> Value {
    match kind {
        Kind::Text(called) => text(called),
        Kind::Words(words) => json!({ "enum": words }),
        Kind::Flag => json!({ "type": "boolean" }),
        Kind::Whole(least) => json!({ "type": "integer", "minimum": least }),
        Kind::Weight => json!({ "type": "number", "minimum": 0 }),
        Kind::List(inner, least) => json!({ "type": "array", "items": of(inner), "minItems": least }),
        Kind::Pair(inner) => json!({ "type": "array", "items": of(inner), "minItems": 2, "maxItems": 2 }),
        Kind::OneOrMore(inner) => json!({ "anyOf": [of(inner), { "type": "array", "items": of(inner) }] }),
        Kind::Map("FAULT", inner) => {
            let words: Map<String, Value> =
                Fault::WORDS.iter().map(|(word, _)| ((*word).to_owned(), of(inner))).collect();
            json!({ "type": "object", "properties": words, "additionalProperties": false,
                "minProperties": 1, "maxProperties": 1 })
        }
        Kind::Map(_, inner) => json!({ "type": "object", "additionalProperties": of(inner) }),
        Kind::Either(kinds) => json!({ "anyOf": kinds.iter().map(of).collect::<Vec<_>>() }),
        Kind::Record(record) => json!({ "$ref": reference(&record.name()) }),
        Kind::Input => json!({ "$ref": reference("input") }),
        Kind::Condition => json!({ "$ref": reference("condition") }),
    }
}

/// A text that says nothing is none, but for what a file holds or a cookie is.
fn text(called: &str) -> Value {
    match called {
        "VERSION" => json!({ "type": "string", "pattern": r"^>=\s*[0-9]+\.[0-9]+$" }),
        "DURATION" => json!({ "type": "string", "pattern": "^[0-9]+(ms|s)$" }),
        "TERMINAL" => json!({ "type": "string", "pattern": "^[a-z][a-z0-9_-]*$" }),
        "MODULE.FUNCTION/ARITY" => json!({ "type": "string", "pattern": r"^\S+\.\S+/[0-9]+$" }),
        _ => json!({ "type": "string" }),
    }
}

fn input() -> Value {
    let terminal = || text("TERMINAL");
    let pair = || of(&Kind::Pair(&Kind::Text("TERMINAL")));
    let fault = |(word, count): &(&str, usize)| {
        ((*word).to_owned(), if *count == 1 { one_terminal() } else { pair() })
    };
    let mut properties: Map<String, Value> = Fault::WORDS.iter().map(fault).collect();
    properties.insert("write".to_owned(), of(&RawWrite::KIND));
    properties.insert("edit".to_owned(), of(&RawEdit::KIND));
    properties.insert("choose".to_owned(), json!({ "type": "string" }));
    properties.insert("close".to_owned(), terminal());
    json!({
        "description": "one key: a terminal with what is typed there, or one of these",
        "type": "object",
        "properties": properties,
        "additionalProperties": { "type": "string" },
        "minProperties": 1,
        "maxProperties": 1,
    })
}

fn one_terminal() -> Value {
    json!({ "anyOf": [text("TERMINAL"), { "type": "array", "items": text("TERMINAL"), "minItems": 1, "maxItems": 1 }] })
}

/// One of the forms; the verb decides which.
fn condition() -> Value {
    json!({ "anyOf": forms().map(of_form).collect::<Vec<_>>() })
}

fn of_form(form: &Form) -> Value {
    let key = |key: &KeyInfo| (key.name.to_owned(), with(of(&key.kind), key.about));
    let properties: Map<String, Value> = std::iter::once(&form.verb).chain(form.keys).map(key).collect();
    let required: Vec<_> = std::iter::once(form.verb.name).chain(form.required.iter().copied()).collect();
    let mut schema = json!({
        "title": form.verb.name,
        "description": format!("{} {}", form.about, form.counts.told()),
        "type": "object",
        "properties": properties,
        "required": required,
        "additionalProperties": false,
    });
    if !form.one_of.is_empty() {
        schema["anyOf"] = form.one_of.iter().map(|name| json!({ "required": [name] })).collect();
    }
    schema
}

#[cfg(test)]
mod tests {
    use jsonschema::Validator;

    use super::*;
    use crate::lesson::{
        embedded,
        load::{stem, without_mark},
        yaml::{self, Node},
    };

    fn validator(file: FileKind) -> Validator {
        jsonschema::validator_for(&schema(file)).expect("it is a schema")
    }

    /// As a language server reads it.
    fn read(text: &str) -> Value {
        fn value(node: &Node) -> Value {
            match &node.value {
                yaml::Value::Null => Value::Null,
                yaml::Value::Bool(flag) => json!(flag),
                yaml::Value::Number(digits) => serde_json::from_str(digits).expect("a number"),
                yaml::Value::Text(text) => json!(text),
                yaml::Value::List(items) => items.iter().map(value).collect(),
                yaml::Value::Map(pairs) => {
                    let key = |key: &Node| match &key.value {
                        yaml::Value::Text(word) | yaml::Value::Number(word) => word.clone(),
                        other => panic!("{other:?} is no key"),
                    };
                    Value::Object(pairs.iter().map(|(name, inner)| (key(name), value(inner))).collect())
                }
            }
        }
        value(&yaml::parse(without_mark(text)).expect("it is YAML"))
    }

    fn file_kind(name: &str) -> FileKind {
        if stem(name) == Some("lesson") { FileKind::Lesson } else { FileKind::Texts }
    }

    #[test]
    fn the_lessons_that_are_built_in_are_right_by_it() {
        for (name, text) in embedded().iter().flat_map(|source| &source.files) {
            let kind = file_kind(name);
            let document = read(text);
            let told: Vec<_> = validator(kind)
                .iter_errors(&document)
                .map(|error| format!("{}: {error:.300}", error.instance_path()))
                .collect();
            assert!(told.is_empty(), "{name}: {told:#?}");
        }
    }

    /// Each key that must be there, taken away; each value, of another type; each key, misspelt.
    #[test]
    fn what_is_wrong_is_refused() {
        let lesson = validator(FileKind::Lesson);
        let right = r"
lesson: small
requires: { elixir: '>= 1.14' }
terminals: [alex]
sections:
  - id: one
    minutes: 5
    steps:
      - id: list
        within: 5s
        answer: [ alex: Node.list() ]
        check:
          - { returns: '[]', in: alex }
          - { probe: node(), in: [alex], gives: _ }
          - not: { message: _, to: alex }
          - fault: { cut: [alex, kate] }
      - id: whose
        ask: { choices: [a, b], correct: a }
";
        assert!(lesson.is_valid(&read(right)));
        for (old, new) in [
            ("lesson: small", "leson: small"),
            ("lesson: small\n", ""),
            ("requires: { elixir: '>= 1.14' }\n", ""),
            ("'>= 1.14'", "1.14"),
            ("'>= 1.14'", "'1.14'"),
            ("terminals: [alex]", "terminals: alex"),
            ("minutes: 5", "minutes: five"),
            ("minutes: 5", "minutes: -5"),
            ("within: 5s", "within: 5"),
            ("within: 5s", "within: soon"),
            ("        answer: [ alex: Node.list() ]\n", ""),
            ("[ alex: Node.list() ]", "[ { alex: Node.list(), kate: x } ]"),
            ("[ alex: Node.list() ]", "[ alex: 42 ]"),
            ("[ alex: Node.list() ]", "[ cut: alex ]"),
            ("[ alex: Node.list() ]", "[ edit: { path: x } ]"),
            ("check:", "chek:"),
            ("returns: '[]'", "retruns: '[]'"),
            ("returns: '[]', in: alex", "returns: '[]', by: alex"),
            ("returns: '[]', in: alex", "in: alex"),
            (", in: [alex], gives: _", ", gives: _"),
            (", gives: _", ""),
            ("to: alex", "too: alex"),
            ("cut: [alex, kate]", "break: [alex, kate]"),
            ("correct: a }", "correct: a }\n        check: [ { silent: alex } ]"),
            ("ask: { choices: [a, b], correct: a }", "points: 1"),
        ] {
            assert!(right.contains(old), "{old:?}");
            assert!(!lesson.is_valid(&read(&right.replacen(old, new, 1))), "{old:?} for {new:?}");
        }
        let texts = validator(FileKind::Texts);
        let right = "title: Small\nsummary: It.\none: { title: One, steps: { list: { title: List, text: Do., hints: [So.] } } }\n";
        assert!(texts.is_valid(&read(right)));
        for (old, new) in [
            ("title: Small\n", ""),
            ("title: One, ", ""),
            ("hints: [So.]", "hints: So."),
            ("text: Do., ", ""),
            ("summary: It.", "summary: 5"),
            ("hints:", "hint:"),
        ] {
            assert!(!texts.is_valid(&read(&right.replacen(old, new, 1))), "{old:?} for {new:?}");
        }
    }

    #[test]
    fn answers_and_schemes_have_one_too() {
        let answers = validator(FileKind::Answers);
        assert!(answers.is_valid(&read("lesson: small\nanswers: { hello: [ alex: x ] }\n")));
        assert!(!answers.is_valid(&read("lesson: small\nanswer: {}\n")));
        let scheme = validator(FileKind::Scheme);
        assert!(scheme.is_valid(&read("weights: { alone: 1.5 }\npartial: none\n")));
        assert!(!scheme.is_valid(&read("weights: { alone: -1 }\n")));
    }

    #[test]
    fn examples_of_conditions_are_right_by_it() {
        let condition = json!({ "$ref": "#/definitions/condition", "definitions": schema(FileKind::Lesson)["definitions"] });
        let validator = jsonschema::validator_for(&condition).expect("it is a schema");
        for form in forms() {
            let example = read(form.example.trim());
            assert!(validator.is_valid(&example), "{}: {example}", form.verb.name);
        }
    }

    /// Editors find it beside the lessons: `moebi lesson schema` writes what is there.
    #[test]
    fn the_files_beside_the_lessons_are_these() {
        for (file, kept) in [
            (FileKind::Lesson, include_str!("../../lessons/schema/lesson.json")),
            (FileKind::Texts, include_str!("../../lessons/schema/texts.json")),
        ] {
            assert!(kept == written(file), "write it anew: `moebi lesson schema {file:?} >lessons/schema/…`");
        }
        for (name, text) in embedded().iter().flat_map(|source| &source.files) {
            let line =
                format!("# yaml-language-server: $schema=../schema/{}\n", file_kind(name).schema_name());
            assert!(text.starts_with(&line), "{name}");
        }
    }
}
