//! A source's Markdown in its parts: headings, code, and prose that is written anew in what Moebi's renderer shows.

use std::mem;

use pulldown_cmark::{CodeBlockKind, Event, LinkType, Options, Parser, Tag, TagEnd};
use unicode_width::UnicodeWidthStr;

/// How wide prose is written, in columns.
const COLUMNS: usize = 100;

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Part {
    /// Of level 1 to 6, as plain text.
    Heading {
        level: usize,
        text: String,
    },
    /// A paragraph, a list, a quote.
    Prose(String),
    Code {
        info: String,
        text: String,
    },
}

/// The text without signs that nobody sees and with plain ends of lines.
pub(super) fn clean(text: &str) -> String {
    let text = text.replace("\r\n", "\n");
    let seen = text.chars().filter_map(|sign| match sign {
        '\n' | '\t' => Some(sign),
        '\r' | '\u{85}' | '\u{2028}' | '\u{2029}' => Some('\n'),
        '\u{61c}' | '\u{ad}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2060}' | '\u{feff}' => None,
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{fff0}'..='\u{ffff}' => None,
        sign if sign.is_control() => None,
        sign => Some(sign),
    });
    seen.collect()
}

/// The parts of a text, at most `most` of them; none where there are more.
pub(super) fn parts(text: &str, most: usize) -> Option<Vec<Part>> {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS;
    let mut writer = Writer::default();
    for event in Parser::new_ext(text, options) {
        writer.take(event);
        if writer.parts.len() > most {
            return None;
        }
    }
    writer.part();
    Some(writer.parts)
}

/// A text as one piece of prose, its headings in it.
pub(super) fn prose(text: &str, most: usize) -> Option<String> {
    let parts = parts(text, most)?.into_iter().map(|part| match part {
        Part::Heading { text, .. } => strong(&text),
        Part::Prose(text) => text,
        Part::Code { info, text } => fence(&info, &text),
    });
    Some(parts.collect::<Vec<_>>().join("\n\n"))
}

/// A line of its own that stands out.
pub(super) fn strong(text: &str) -> String {
    wrapped(&format!("**{}**", escaped(text)), COLUMNS)
}

/// Code on its own lines, between as many backquotes as it takes.
pub(super) fn fence(info: &str, code: &str) -> String {
    let mut ticks = "```".to_owned();
    while code.contains(&ticks) {
        ticks.push('`');
    }
    let word: String = info.chars().take_while(char::is_ascii_alphanumeric).collect();
    format!("{ticks}{word}\n{}\n{ticks}", plain_code(code.trim_matches('\n').trim_end()))
}

/// Code within a line.
pub(super) fn code(code: &str) -> String {
    let code = plain_code(&code.replace('\n', " "));
    // As a command it would have to be one of Moebi's.
    if code.starts_with('/') || code.trim().is_empty() {
        return escaped(&code);
    }
    let mut ticks = "`".to_owned();
    while code.contains(&ticks) {
        ticks.push('`');
    }
    // So many would begin a block.
    if ticks.len() > 2 {
        return escaped(&code);
    }
    let space = if code.starts_with('`') || code.ends_with('`') { " " } else { "" };
    format!("{ticks}{space}{code}{space}{ticks}")
}

/// Without the quotes and spaces of a word processor.
fn plain_code(code: &str) -> String {
    let plain = |sign| match sign {
        '“' | '”' | '„' => '"',
        '‘' | '’' => '\'',
        '\u{a0}' | '\u{202f}' => ' ',
        sign => sign,
    };
    code.chars().map(plain).collect()
}

#[derive(Debug, Default)]
struct Writer {
    parts: Vec<Part>,
    /// Of the piece of prose that is being written.
    lines: Vec<String>,
    words: String,
    /// What stands before a block's lines: the first line's, and the others'.
    indents: Vec<(Option<String>, String)>,
    /// The number of the next item of each list, if it is numbered.
    lists: Vec<Option<u64>>,
    heading: Option<usize>,
    code: Option<(String, String)>,
    links: Vec<Option<String>>,
    is_first_cell: bool,
    /// Containers within which nothing is a part of its own.
    depth: usize,
    is_apart: bool,
}

impl Writer {
    fn take(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(end) => self.end(end),
            Event::Text(text) => match &mut self.code {
                Some((_, code)) => code.push_str(&text),
                None if self.heading.is_some() => self.words.push_str(&text),
                None => self.words.push_str(&escaped(&text)),
            },
            Event::Code(text) if self.heading.is_some() => self.words.push_str(&text),
            Event::Code(text) => self.words.push_str(&code(&text)),
            Event::SoftBreak | Event::HardBreak => self.words.push(' '),
            Event::Html(html) | Event::InlineHtml(html) => self.html(&html),
            Event::FootnoteReference(label) => self.words.push_str(&format!(" ({})", escaped(&label))),
            Event::InlineMath(_) | Event::DisplayMath(_) | Event::Rule | Event::TaskListMarker(_) => {}
        }
    }

    /// What stands between tags.
    fn html(&mut self, html: &str) {
        let mut is_tag = false;
        let between = html.chars().filter_map(|sign| {
            match sign {
                '<' => is_tag = true,
                '>' if is_tag => {
                    is_tag = false;
                    return Some(' ');
                }
                _ => {}
            }
            (!is_tag).then_some(sign)
        });
        let between: String = between.collect();
        if self.heading.is_some() {
            self.words.push_str(between.trim());
        } else {
            self.words.push_str(&escaped(&between.replace('\n', " ")));
        }
    }

    fn start(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::Heading { level, .. } => {
                self.flush();
                self.heading = Some(level as usize);
            }
            Tag::CodeBlock(kind) => {
                self.flush();
                let info = match kind {
                    CodeBlockKind::Fenced(info) => info.to_string(),
                    CodeBlockKind::Indented => String::new(),
                };
                self.code = Some((info, String::new()));
            }
            Tag::BlockQuote(_) => self.enter(None, "> "),
            Tag::List(number) => {
                self.flush();
                self.depth += 1;
                self.lists.push(number);
            }
            Tag::Item => {
                self.flush();
                let marker = self.marker();
                let rest = " ".repeat(marker.len());
                self.enter(Some(marker), &rest);
            }
            Tag::TableHead | Tag::TableRow => {
                self.is_first_cell = true;
                self.enter(Some("- ".to_owned()), "  ");
            }
            Tag::TableCell if !mem::take(&mut self.is_first_cell) => self.words.push_str(" – "),
            Tag::Table(_) => {
                self.flush();
                self.depth += 1;
            }
            Tag::FootnoteDefinition(label) => {
                self.flush();
                self.words = format!("({}) ", escaped(&label));
            }
            Tag::Emphasis if self.heading.is_none() => self.words.push('*'),
            Tag::Strong if self.heading.is_none() => self.words.push_str("**"),
            Tag::Link { link_type, dest_url, .. } => self.link(link_type, &dest_url),
            Tag::Image { link_type, dest_url, .. } => self.link(link_type, &dest_url),
            _ => {}
        }
    }

    fn end(&mut self, end: TagEnd) {
        match end {
            TagEnd::Paragraph | TagEnd::HtmlBlock => {
                self.flush();
                self.is_apart = true;
                self.part_unless_within();
            }
            TagEnd::Heading(_) => self.heading(),
            TagEnd::CodeBlock => self.code_block(),
            TagEnd::BlockQuote(_) => self.leave(true),
            TagEnd::Item | TagEnd::TableHead | TagEnd::TableRow => self.leave(false),
            TagEnd::List(_) => {
                self.lists.pop();
                self.close();
            }
            TagEnd::Table => self.close(),
            TagEnd::Emphasis if self.heading.is_none() => self.words.push('*'),
            TagEnd::Strong if self.heading.is_none() => self.words.push_str("**"),
            TagEnd::Link | TagEnd::Image => {
                if let Some(url) = self.links.pop().flatten() {
                    self.words.push_str(&format!("]({url})"));
                }
            }
            _ => {}
        }
    }

    fn link(&mut self, kind: LinkType, url: &str) {
        let is_plain = !url.is_empty()
            && url
                .chars()
                .all(|sign| !sign.is_whitespace() && !sign.is_control() && !"<>()\\".contains(sign));
        let is_bare = matches!(kind, LinkType::Autolink | LinkType::Email);
        let is_within = self.links.iter().any(Option::is_some) || self.heading.is_some();
        let url = (is_plain && !is_bare && !is_within).then(|| url.to_owned());
        if url.is_some() {
            self.words.push('[');
        }
        self.links.push(url);
    }

    fn marker(&mut self) -> String {
        match self.lists.last_mut() {
            Some(Some(number)) => {
                *number += 1;
                format!("{}. ", *number - 1)
            }
            Some(None) | None => "- ".to_owned(),
        }
    }

    fn enter(&mut self, first: Option<String>, rest: &str) {
        self.flush();
        self.depth += 1;
        self.indents.push((first, rest.to_owned()));
    }

    fn leave(&mut self, is_apart: bool) {
        self.flush();
        self.indents.pop();
        self.is_apart = is_apart;
        self.depth -= 1;
        self.part_unless_within();
    }

    fn close(&mut self) {
        self.flush();
        self.is_apart = true;
        self.depth -= 1;
        self.part_unless_within();
    }

    fn heading(&mut self) {
        let level = self.heading.take().unwrap_or(1);
        let words = mem::take(&mut self.words);
        let text = words.split_whitespace().collect::<Vec<_>>().join(" ");
        if text.is_empty() {
            return;
        }
        if self.depth > 0 {
            self.words = format!("**{}**", escaped(&text));
            self.flush();
            self.is_apart = true;
        } else {
            self.part();
            self.parts.push(Part::Heading { level, text });
        }
    }

    fn code_block(&mut self) {
        let Some((info, text)) = self.code.take() else { return };
        if text.trim().is_empty() {
            return;
        }
        if self.depth == 0 {
            self.part();
            self.parts.push(Part::Code { info, text });
            return;
        }
        self.space();
        for line in fence(&info, &text).lines() {
            let before = self.indent();
            self.lines.push(format!("{before}{line}").trim_end().to_owned());
        }
        self.is_apart = true;
    }

    fn flush(&mut self) {
        if self.heading.is_some() {
            return;
        }
        let words = mem::take(&mut self.words);
        if words.trim().is_empty() {
            return;
        }
        self.space();
        let indented: usize = self.indents.iter().map(|(_, rest)| rest.len()).sum();
        let wrapped = wrapped(&words, COLUMNS.saturating_sub(indented).max(COLUMNS / 2));
        for line in wrapped.lines() {
            let before = self.indent();
            self.lines.push(before + line);
        }
    }

    fn space(&mut self) {
        if self.is_apart && !self.lines.is_empty() {
            let before: String = self.indents.iter().map(|(_, rest)| rest.as_str()).collect();
            self.lines.push(before.trim_end().to_owned());
        }
        self.is_apart = false;
    }

    fn indent(&mut self) -> String {
        self.indents.iter_mut().map(|(first, rest)| first.take().unwrap_or_else(|| rest.clone())).collect()
    }

    fn part_unless_within(&mut self) {
        if self.depth == 0 {
            self.part();
        }
    }

    fn part(&mut self) {
        self.flush();
        self.is_apart = false;
        let lines = mem::take(&mut self.lines);
        if !lines.is_empty() {
            self.parts.push(Part::Prose(lines.join("\n")));
        }
    }
}

/// Text in which nothing is a sign of Markdown.
pub(super) fn escaped(text: &str) -> String {
    let mut written = String::with_capacity(text.len());
    let signs: Vec<char> = text.chars().collect();
    for (at, sign) in signs.iter().enumerate() {
        let before = at.checked_sub(1).map(|at| signs[at]);
        let after = signs.get(at + 1).copied();
        let is_within = |sign: Option<char>| sign.is_some_and(char::is_alphanumeric);
        let is_sign = match sign {
            '*' | '`' | '[' | '~' => true,
            '_' => !(is_within(before) && is_within(after)),
            '\\' => after.is_none_or(|after| after.is_ascii_punctuation()),
            '<' => after.is_none_or(|after| after.is_ascii_alphabetic() || "/!?".contains(after)),
            '&' => after.is_none_or(|after| after == '#' || after.is_ascii_alphanumeric()),
            _ => false,
        };
        if is_sign {
            written.push('\\');
        }
        written.push(*sign);
    }
    written
}

/// Words on lines of so many columns, none of which begins with what would be a sign of Markdown there.
fn wrapped(text: &str, columns: usize) -> String {
    let mut lines = String::with_capacity(text.len());
    let mut used = 0;
    for word in text.split_whitespace() {
        let width = word.width();
        if lines.is_empty() {
            if is_marker(word) {
                lines.push('\\');
            }
        } else if used + 1 + width > columns && !is_marker(word) {
            lines.push('\n');
            used = 0;
        } else {
            lines.push(' ');
            used += 1;
        }
        // `1.` is escaped behind its digits.
        match word.strip_suffix(['.', ')']).filter(|digits| is_number(digits)) {
            Some(digits) if lines == "\\" => {
                lines = format!("{digits}\\{}", &word[digits.len()..]);
            }
            _ => lines.push_str(word),
        }
        used += width;
    }
    lines
}

/// Whether a line that begins so is no plain paragraph.
fn is_marker(word: &str) -> bool {
    let only = |signs: &str| word.chars().all(|sign| signs.contains(sign));
    let is_numbered = word.strip_suffix(['.', ')']).is_some_and(is_number);
    only("-+=|:#") || word.starts_with('>') || word.starts_with("```") || is_numbered
}

fn is_number(word: &str) -> bool {
    !word.is_empty() && word.chars().all(|sign| sign.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(text: &str) -> Vec<Part> {
        parts(text, 100).expect("few parts")
    }

    fn said(text: &str) -> String {
        let prose = written(text).into_iter().map(|part| match part {
            Part::Prose(text) => text,
            other => panic!("no prose: {other:?}"),
        });
        prose.collect::<Vec<_>>().join("\n\n")
    }

    #[test]
    fn a_text_falls_into_its_parts() {
        let text = "# Nodes\n\nOne\ntwo `three`.\n\n```elixir\nNode.self()\n```\n* a\n  * b\n* c\n";
        assert_eq!(
            written(text),
            [
                Part::Heading { level: 1, text: "Nodes".to_owned() },
                Part::Prose("One two `three`.".to_owned()),
                Part::Code { info: "elixir".to_owned(), text: "Node.self()\n".to_owned() },
                Part::Prose("- a\n  - b\n- c".to_owned()),
            ]
        );
        assert_eq!(parts(text, 3), None);
    }

    #[test]
    fn what_the_renderer_cannot_show_becomes_what_it_can() {
        assert_eq!(said("| a | b |\n|---|---|\n| 1 | *2* |\n"), "- a – b\n- 1 – *2*");
        assert_eq!(said("![the *map*](map.png) and ~~no~~ <b>yes</b>\n"), "[the *map*](map.png) and no yes");
        assert_eq!(said("A note[^1].\n\n[^1]: The note.\n"), "A note (1).\n\n(1) The note.");
        assert_eq!(said("- [x] done\n- [ ] open\n"), "- done\n- open");
        assert_eq!(said("<div>\n  a word\n</div>\n"), "a word");
        assert_eq!(said("Code with `“quotes”` and `/etc`.\n"), "Code with `\"quotes\"` and /etc.");
        assert_eq!(said("<https://a.bc> [x](https://a.bc)\n"), "https://a.bc [x](https://a.bc)");
    }

    #[test]
    fn quotes_and_code_in_lists_stay() {
        let text = "> one\n>\n> - two\n\n1. three\n\n   ```sh\n   ls\n   ```\n2. four\n";
        assert_eq!(said(text), "> one\n>\n> - two\n\n1. three\n\n   ```sh\n   ls\n   ```\n2. four");
    }

    #[test]
    fn signs_that_were_meant_stay_signs() {
        for text in
            [r"2 \* 3 and \_x\_", "say_name and a_b", r"\- no list", r"1986\. A year", r"\<b> \&amp; \`"]
        {
            let once = said(text);
            assert_eq!(said(&once), once, "{text}");
            assert_eq!(once, text);
        }
    }

    #[test]
    fn no_line_begins_with_a_sign_of_markdown() {
        let text = format!("{} - 1. # > + end", "word ".repeat(19));
        let once = said(&text);
        assert_eq!(said(&once), once);
        assert_eq!(once.lines().count(), 2, "{once}");
    }

    #[test]
    fn signs_that_nobody_sees_are_left_out() {
        assert_eq!(clean("a\u{200b}b\r\nc\u{202e}\u{7}\td\n"), "ab\nc\td\n");
    }
}
