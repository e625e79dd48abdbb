//! Texts as a person would write them in a lesson's YAML: plain where that is safe, else quoted, else a block.

/// Words that YAML takes for something else than text.
const RESERVED: &[&str] = &["true", "false", "null", "yes", "no", "on", "off", "y", "n", "~"];

/// A text on one line; within brackets commas and brackets have to be quoted, too.
pub(super) fn inline(text: &str, is_within_brackets: bool) -> String {
    if text.contains(['\n', '\t']) {
        return serde_json::to_string(text).expect("a text is JSON");
    }
    if is_plain(text) && !(is_within_brackets && text.contains([',', '[', ']', '{', '}'])) {
        return text.to_owned();
    }
    format!("'{}'", text.replace('\'', "''"))
}

fn is_plain(text: &str) -> bool {
    let begins_well = text.starts_with(|first: char| first.is_alphabetic());
    let is_word = RESERVED.contains(&text.to_lowercase().as_str());
    let is_cut = text.contains(": ") || text.contains(" #") || text.ends_with(':') || text.trim() != text;
    begins_well && !is_word && !is_cut
}

/// `key: text` with that many spaces before it, and below the key where the text has several lines.
pub(super) fn field(indent: usize, key: &str, text: &str) -> String {
    let before = " ".repeat(indent);
    if !text.contains('\n') {
        return format!("{before}{key}: {}\n", inline(text, false));
    }
    if text.starts_with(['\t', '\n']) || text.trim_end() != text.trim_end_matches('\n') {
        return format!("{before}{key}: {}\n", serde_json::to_string(text).expect("a text is JSON"));
    }
    // Where the first line is indented, YAML has to be told what of that is the block's.
    let own = if text.starts_with(' ') { "2" } else { "" };
    let end = if text.ends_with('\n') { "" } else { "-" };
    format!("{before}{key}: |{own}{end}\n{}", block(indent_below(indent, key), text))
}

/// Below a key that begins an item, as in `- key`, stands what is two further in.
fn indent_below(indent: usize, key: &str) -> usize {
    if key.starts_with("- ") { indent + 4 } else { indent + 2 }
}

/// `key:` and a text of Markdown, always as a block.
pub(super) fn prose(indent: usize, key: &str, text: &str) -> String {
    format!("{}{key}: |\n{}", " ".repeat(indent), block(indent + 2, text.trim_end()))
}

fn block(indent: usize, text: &str) -> String {
    let line = |line: &str| match line.is_empty() {
        true => "\n".to_owned(),
        false => format!("{}{line}\n", " ".repeat(indent)),
    };
    text.trim_end_matches('\n').split('\n').map(line).collect()
}

/// A comment, on as many lines as it takes.
pub(super) fn comment(indent: usize, text: &str) -> String {
    let (before, mut lines, mut line) = (" ".repeat(indent), String::new(), String::new());
    for word in text.split_whitespace() {
        if !line.is_empty() && line.chars().count() + word.chars().count() > 108 - indent {
            lines.push_str(&format!("{before}#{line}\n"));
            line.clear();
        }
        line.push(' ');
        line.push_str(word);
    }
    lines + &format!("{before}#{line}\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_read_as_it_was_written() {
        for text in [
            "Node.list()",
            ":ok",
            "'it''s'",
            "a: b",
            "a #b",
            "yes",
            "12",
            "- x",
            "[1, 2]",
            "{:ok, 1}",
            "a:",
            " a",
            "a ",
            "two\nlines",
            "two\nlines\n",
            " indented\nlines",
            "  two\n    in\n",
            "tab\there",
            "x\n\n  y\n",
            "\nfirst",
            "end \n",
            "",
            "&x",
            "| y",
            "#PID<_>",
            "@tag :x",
            "%{a: 1}",
            "\"q\"",
            "a\n ",
            "ναι, ναι",
        ] {
            let written = field(2, "key", text);
            let read: std::collections::BTreeMap<String, String> =
                serde_yaml::from_str(&written).unwrap_or_else(|error| panic!("{written}: {error}"));
            assert_eq!(read["key"], text, "{written}");
            let written = format!("{{ key: {}, other: x }}", inline(text, true));
            let read: std::collections::BTreeMap<String, String> =
                serde_yaml::from_str(&written).unwrap_or_else(|error| panic!("{written}: {error}"));
            assert_eq!(read["key"], text, "{written}");
        }
    }

    #[test]
    fn what_is_plain_stays_plain() {
        assert_eq!(
            field(2, "- alex", "iex --sname alex@localhost"),
            "  - alex: iex --sname alex@localhost\n"
        );
        assert_eq!(field(0, "- kate", "a\nb"), "- kate: |-\n    a\n    b\n");
    }
}
