//! Lesson prose: Markdown to lines of a width. Code keeps its lines, so that it copies well, but for those too wide.

use pulldown_cmark::{CodeBlockKind, Event, Parser, Tag, TagEnd};

use super::{
    code, highlight,
    palette::{Palette, Tone},
    span::{self, Span},
    untrusted, width,
};

/// Code stands so far in, in columns, with nothing drawn around it.
const CODE_INDENT: usize = 4;

/// The text as lines of at most `columns`. Blank lines part the blocks; none stand at the ends.
pub fn lines(text: &str, columns: usize, palette: Palette) -> Vec<String> {
    let mut writer = Writer { columns, palette, ..Writer::default() };
    Parser::new(&untrusted::quoted(text)).for_each(|event| writer.take(event));
    writer.finish()
}

/// The text of one paragraph as spans, for a sentence within something else.
pub fn inline(text: &str) -> Vec<Span> {
    let mut writer = Writer::default();
    for event in Parser::new(&untrusted::quoted(text)) {
        match event {
            Event::End(TagEnd::Paragraph) => writer.say(" "),
            Event::Start(Tag::Paragraph) => {}
            other => writer.word(other),
        }
    }
    if let Some(last) = writer.spans.last_mut() {
        last.text.truncate(last.text.trim_end().len());
    }
    writer.spans
}

/// A choice that is quoted within a sentence: strong, but for its code.
pub fn choice(text: &str) -> Vec<Span> {
    let strong = |span: Span| match span.tone {
        Tone::Plain => Span::new(Tone::Strong, span.text),
        _ => span,
    };
    inline(text.trim_end_matches('.')).into_iter().map(strong).collect()
}

struct Writer {
    columns: usize,
    palette: Palette,
    out: Vec<String>,
    spans: Vec<Span>,
    tones: Vec<Tone>,
    /// What stands before a block's lines: the first line's, and the others'.
    indents: Vec<Indent>,
    /// The number of the next item of each list, if it is numbered.
    lists: Vec<Option<u64>>,
    code: Option<(String, String)>,
    link: Option<(String, usize)>,
    /// A blank line is owed before the next block.
    is_apart: bool,
}

struct Indent {
    first: Option<String>,
    rest: String,
}

impl Default for Writer {
    fn default() -> Self {
        Self {
            columns: 80,
            palette: Palette::MONOCHROME,
            out: Vec::new(),
            spans: Vec::new(),
            tones: Vec::new(),
            indents: Vec::new(),
            lists: Vec::new(),
            code: None,
            link: None,
            is_apart: false,
        }
    }
}

impl Writer {
    fn take(&mut self, event: Event) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(end) => self.end(end),
            Event::Rule => {
                self.say("───");
                self.block();
            }
            other => self.word(other),
        }
    }

    fn word(&mut self, event: Event) {
        match event {
            Event::Text(text) | Event::Html(text) | Event::InlineHtml(text) => match &mut self.code {
                Some((_, code)) => code.push_str(&text),
                None => self.say(&text),
            },
            Event::Code(code) => self.spans.push(Span::new(Tone::Code, &*code)),
            Event::SoftBreak => self.say(" "),
            Event::HardBreak => self.say("\n"),
            Event::Start(tag) => self.start(tag),
            Event::End(end) => self.end(end),
            // Extensions that are not turned on, and the rule, which is a block.
            Event::InlineMath(_)
            | Event::DisplayMath(_)
            | Event::FootnoteReference(_)
            | Event::Rule
            | Event::TaskListMarker(_) => {}
        }
    }

    fn say(&mut self, text: &str) {
        let tone = self.tones.last().copied().unwrap_or(Tone::Plain);
        self.spans.push(Span::new(tone, text));
    }

    fn start(&mut self, tag: Tag) {
        match tag {
            Tag::Heading { .. } => self.tones.push(Tone::Title),
            Tag::Emphasis => self.tones.push(Tone::Emphasis),
            Tag::Strong => self.tones.push(Tone::Strong),
            Tag::BlockQuote(_) => {
                let bar = self.palette.paint(Tone::Quiet, "▏ ");
                self.indents.push(Indent { first: None, rest: bar });
            }
            Tag::CodeBlock(kind) => self.code = Some((language(&kind), String::new())),
            Tag::List(number) => {
                self.flush();
                self.lists.push(number);
            }
            Tag::Item => self.item(),
            Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. } => {
                self.link = Some((dest_url.to_string(), self.spans.len()));
            }
            // Paragraphs need nothing; the rest are extensions that are not turned on.
            _ => {}
        }
    }

    fn item(&mut self) {
        let marker = match self.lists.last_mut() {
            Some(Some(number)) => {
                *number += 1;
                format!("{}. ", *number - 1)
            }
            Some(None) | None => "• ".to_owned(),
        };
        let rest = " ".repeat(width::width(&marker));
        self.indents.push(Indent { first: Some(self.palette.paint(Tone::Quiet, &marker)), rest });
    }

    fn end(&mut self, end: TagEnd) {
        match end {
            TagEnd::Paragraph => self.block(),
            TagEnd::Heading(_) => {
                self.block();
                self.tones.pop();
            }
            TagEnd::Emphasis | TagEnd::Strong => {
                self.tones.pop();
            }
            TagEnd::BlockQuote(_) => {
                self.indents.pop();
                self.is_apart = true;
            }
            TagEnd::CodeBlock => self.code_block(),
            TagEnd::List(_) => {
                self.lists.pop();
                self.is_apart = true;
            }
            TagEnd::Item => {
                self.flush();
                self.indents.pop();
                self.is_apart = false;
            }
            TagEnd::Link | TagEnd::Image => self.address(),
            _ => {}
        }
    }

    /// A link is its text, and its address behind it where the text is not the address.
    fn address(&mut self) {
        let Some((url, from)) = self.link.take() else { return };
        let text: String = self.spans.iter().skip(from).map(|span| span.text.as_str()).collect();
        if text != url && !url.is_empty() {
            self.spans.push(Span::new(Tone::Quiet, format!(" ({url})")));
        }
    }

    fn code_block(&mut self) {
        let Some((language, code)) = self.code.take() else { return };
        self.flush();
        self.part();
        let indent = " ".repeat(CODE_INDENT);
        let columns = self.columns.saturating_sub(self.indented() + CODE_INDENT);
        let lines = highlight::fence(code.trim_end_matches('\n'), &language);
        for row in lines.iter().flat_map(|line| code::rows(line, columns)) {
            let before = self.indent();
            let code = span::paint(&row, self.palette);
            self.out.push(format!("{before}{indent}{code}").trim_end().to_owned());
        }
        self.is_apart = true;
    }

    fn block(&mut self) {
        self.flush();
        self.is_apart = true;
    }

    fn flush(&mut self) {
        let spans = std::mem::take(&mut self.spans);
        if spans.is_empty() {
            return;
        }
        self.part();
        for line in span::wrap(&spans, self.columns.saturating_sub(self.indented())) {
            let before = self.indent();
            self.out.push(before + &span::paint(&line, self.palette));
        }
    }

    fn indented(&self) -> usize {
        self.indents.iter().map(|indent| width::width(&indent.rest)).sum()
    }

    fn part(&mut self) {
        if self.is_apart && !self.out.is_empty() {
            let bars: String = self.indents.iter().map(|indent| indent.rest.as_str()).collect();
            self.out.push(bars.trim_end().to_owned());
        }
        self.is_apart = false;
    }

    fn indent(&mut self) -> String {
        self.indents
            .iter_mut()
            .map(|indent| indent.first.take().unwrap_or_else(|| indent.rest.clone()))
            .collect()
    }

    fn finish(mut self) -> Vec<String> {
        self.flush();
        self.out
    }
}

fn language(kind: &CodeBlockKind) -> String {
    match kind {
        CodeBlockKind::Indented => String::new(),
        CodeBlockKind::Fenced(info) => info.split([' ', ',', '{']).next().unwrap_or_default().to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plain(text: &str, columns: usize) -> Vec<String> {
        lines(text, columns, Palette::MONOCHROME)
    }

    #[test]
    fn paragraphs_wrap_and_code_goes_on_further_in() {
        let text = "kate knows how to *say* her name;\nalex has never heard of it.\n\n```elixir\nNode.spawn_link(:kate@localhost, fn -> Kate.say_name() end)\n```\n\nSee?";
        assert_eq!(
            plain(text, 40),
            [
                "kate knows how to say her name; alex has",
                "never heard of it.",
                "",
                "    Node.spawn_link(:kate@localhost,",
                "        fn -> Kate.say_name() end)",
                "",
                "See?",
            ]
        );
    }

    #[test]
    fn greek_wraps_by_columns() {
        assert_eq!(
            plain("Ο **κόμβος** (node) είναι ένα σύστημα Erlang που *τρέχει* και έχει `όνομα`.", 40),
            ["Ο κόμβος (node) είναι ένα σύστημα Erlang", "που τρέχει και έχει όνομα."]
        );
    }

    #[test]
    fn lists_hang() {
        let text =
            "Try:\n\n- the first way, which is long\n- the second\n  - and one within\n\n1. one\n2. two";
        assert_eq!(
            plain(text, 20),
            [
                "Try:",
                "",
                "• the first way,",
                "  which is long",
                "• the second",
                "  • and one within",
                "",
                "1. one",
                "2. two",
            ]
        );
    }

    #[test]
    fn quotes_and_links() {
        assert_eq!(
            plain(
                "> a quote of\n> two lines\n\nSee [the docs](https://elixir-lang.org) and <https://a.bc>.",
                60
            ),
            ["▏ a quote of two lines", "", "See the docs (https://elixir-lang.org) and https://a.bc."]
        );
    }

    #[test]
    fn colours_only_where_the_palette_has_them() {
        let text = "a `b` **c**\n\n    x = 1";
        assert!(!plain(text, 40).concat().contains('\u{1b}'));
        assert!(lines(text, 40, Palette::COLOURED).concat().contains("\u{1b}[36mb\u{1b}[0m"));
    }

    /// What Markdown is made of, and what breaks it.
    const PIECES: [&str; 24] = [
        "# ",
        "> ",
        "- ",
        "3. ",
        "    ",
        "\t",
        "```",
        "```elixir\n",
        "~~~\n",
        "`",
        "**",
        "_",
        "[",
        "](",
        "<b>",
        "|",
        "---",
        "\n",
        "\n\n",
        "Γεια σου",
        "IO.puts(1)",
        "&amp;",
        "\u{202e}",
        "\u{1b}[31m",
    ];

    proptest::proptest! {
        #[test]
        fn anything_becomes_lines_no_wider_than_the_window(
            pieces in proptest::collection::vec(0..PIECES.len(), 0..60),
            other in "\\PC{0,20}",
            columns in 20usize..120,
        ) {
            let text: String = pieces.iter().map(|piece| PIECES[*piece]).chain([other.as_str()]).collect();
            for line in plain(&text, columns) {
                proptest::prop_assert!(width::width(&line) <= columns, "{line:?}");
                proptest::prop_assert!(!line.contains(['\u{1b}', '\u{202e}', '\n']), "{line:?}");
            }
            inline(&text);
        }
    }
}
