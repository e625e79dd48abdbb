//! What stands above a lesson of Elixir School: a map of Elixir, YAML, or nothing.

use std::{collections::BTreeMap, sync::LazyLock};

use regex::Regex;

/// The longest front matter that is looked for, in bytes.
const MAX_BYTES: usize = 64 * 1024;

/// What it says, and the source below it.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct FrontMatter<'a> {
    pub version: Option<String>,
    pub title: Option<String>,
    pub excerpt: Option<String>,
    pub body: &'a str,
}

pub(super) fn read(source: &str) -> FrontMatter<'_> {
    let text = source.trim_start();
    let parted = match text.strip_prefix("---\n") {
        Some(rest) => parted(rest).map(|(front, body)| (of_yaml(front), body)),
        None if text.starts_with("%{") => parted(text).map(|(front, body)| (Some(of_elixir(front)), body)),
        None => None,
    };
    match parted {
        Some((Some(front), body)) => FrontMatter { body, ..front },
        // A rule above a text is no front matter.
        Some((None, _)) | None => FrontMatter { body: source, ..FrontMatter::default() },
    }
}

/// What stands above the first line of three dashes, and below it.
fn parted(text: &str) -> Option<(&str, &str)> {
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        if line.trim_end() == "---" {
            return Some((&text[..at], &text[at + line.len()..]));
        }
        at += line.len();
        if at > MAX_BYTES {
            break;
        }
    }
    None
}

fn of_yaml(front: &str) -> Option<FrontMatter<'static>> {
    let fields: BTreeMap<String, serde_json::Value> = serde_yaml::from_str(front).ok()?;
    let word = |key: &str| match fields.get(key)? {
        serde_json::Value::String(text) => Some(text.trim().to_owned()),
        serde_json::Value::Number(number) => Some(number.to_string()),
        _ => None,
    };
    let excerpt = ["excerpt", "description", "summary"].into_iter().find_map(word);
    Some(FrontMatter { version: word("version"), title: word("title"), excerpt, body: "" })
}

fn of_elixir(front: &str) -> FrontMatter<'static> {
    let field = |key| elixir_text(front, key).filter(|text| !text.is_empty());
    FrontMatter { version: field("version"), title: field("title"), excerpt: field("excerpt"), body: "" }
}

/// The text of `key: "…"` or `key: """…"""`.
fn elixir_text(front: &str, key: &str) -> Option<String> {
    static FIELD: LazyLock<Regex> = LazyLock::new(|| {
        let text = r#"(?s)\b([a-z_]+):\s*(?:"""[ \t]*\n(.*?)\n?[ \t]*"""|"((?:[^"\\]|\\.)*)")"#;
        Regex::new(text).expect("it is a regular expression")
    });
    let found = FIELD.captures_iter(front).find(|found| &found[1] == key)?;
    let text = found.get(2).or_else(|| found.get(3))?.as_str();
    let indent = text.lines().find(|line| !line.trim().is_empty()).map_or(0, indent);
    let lines = text.lines().map(|line| &line[indent.min(self::indent(line))..]);
    let text = lines.collect::<Vec<_>>().join("\n");
    Some(text.replace("\\\"", "\"").replace("\\\\", "\\").trim().to_owned())
}

fn indent(line: &str) -> usize {
    line.len() - line.trim_start_matches(' ').len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(source: &str) -> (Option<String>, Option<String>, Option<String>, &str) {
        let FrontMatter { version, title, excerpt, body } = read(source);
        (version, title, excerpt, body)
    }

    #[test]
    fn a_map_of_elixir_is_read() {
        let source = "%{\n  version: \"1.0.2\",\n  title: \"The \\\"other\\\" node\",\n  excerpt: \"\"\"\n  ## Two\n\nnodes\n  \"\"\"\n}\n---\n\n## One\n";
        let (version, title, excerpt, body) = told(source);
        assert_eq!(version.as_deref(), Some("1.0.2"));
        assert_eq!(title.as_deref(), Some("The \"other\" node"));
        assert_eq!((excerpt.as_deref(), body), (Some("## Two\n\nnodes"), "\n## One\n"));
    }

    #[test]
    fn yaml_is_read() {
        let (version, title, excerpt, body) = told("---\ntitle: 'Nodes: two'\nversion: 2\n---\nText\n");
        assert_eq!((version.as_deref(), title.as_deref()), (Some("2"), Some("Nodes: two")));
        assert_eq!((excerpt, body), (None, "Text\n"));
    }

    #[test]
    fn a_text_without_one_stays_whole() {
        for source in ["# Nodes\n\nText\n", "---\n\nText\n\n---\n\nmore\n", "%{title: 1}", "---\n", ""] {
            assert_eq!(read(source).body, source);
            assert_eq!(read(source).title, None);
        }
    }
}
