//! Sentences of the lesson and of Moebi, as pieces that each page draws its own way. Whatever is neither a word, code
//! nor a stress comes out as the text that it was written as.

use pulldown_cmark::{Event, Parser, Tag, TagEnd};

use crate::render::untrusted;

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Piece {
    Plain(String),
    Code(String),
    Strong(String),
    Emphasis(String),
    /// Between paragraphs, list items and the like.
    Gap,
    /// Code with lines of its own.
    Block(String),
}

/// A sentence of Moebi's own: what stands between backticks is code, everything else is as it is written.
pub(super) fn ticked(text: &str) -> Vec<Piece> {
    let text = untrusted::quoted(text);
    if text.matches('`').count() % 2 == 1 {
        return vec![Piece::Plain(text.into_owned())];
    }
    let piece = |(index, part): (usize, &str)| {
        if index % 2 == 1 { Piece::Code(part.to_owned()) } else { Piece::Plain(part.to_owned()) }
    };
    text.split('`').enumerate().filter(|(_, part)| !part.is_empty()).map(piece).collect()
}

/// A text of the lesson, in Markdown.
pub(super) fn markdown(text: &str) -> Vec<Piece> {
    let mut reader = Reader::default();
    Parser::new(&untrusted::quoted(text)).for_each(|event| reader.take(event));
    if reader.pieces.last() == Some(&Piece::Gap) {
        reader.pieces.pop();
    }
    reader.pieces
}

#[derive(Default)]
struct Reader {
    pieces: Vec<Piece>,
    strong: usize,
    emphasis: usize,
    block: Option<String>,
}

impl Reader {
    fn take(&mut self, event: Event) {
        match event {
            Event::Start(Tag::Strong) => self.strong += 1,
            Event::End(TagEnd::Strong) => self.strong -= 1,
            Event::Start(Tag::Emphasis) => self.emphasis += 1,
            Event::End(TagEnd::Emphasis) => self.emphasis -= 1,
            Event::Start(Tag::CodeBlock(_)) => self.block = Some(String::new()),
            Event::End(TagEnd::CodeBlock) => {
                let code = self.block.take().unwrap_or_default();
                self.pieces.push(Piece::Block(code.trim_end().to_owned()));
            }
            Event::End(TagEnd::Paragraph | TagEnd::Item | TagEnd::Heading(_) | TagEnd::HtmlBlock) => {
                self.gap();
            }
            Event::Code(code) => self.pieces.push(Piece::Code(code.into_string())),
            Event::Text(text) | Event::Html(text) | Event::InlineHtml(text) => self.say(&text),
            Event::SoftBreak | Event::HardBreak => self.say(" "),
            // Links and lists are their texts; the rest are extensions that are not turned on.
            _ => {}
        }
    }

    fn say(&mut self, text: &str) {
        let text = text.to_owned();
        match &mut self.block {
            Some(block) => block.push_str(&text),
            None if self.strong > 0 => self.pieces.push(Piece::Strong(text)),
            None if self.emphasis > 0 => self.pieces.push(Piece::Emphasis(text)),
            None => self.pieces.push(Piece::Plain(text)),
        }
    }

    fn gap(&mut self) {
        if self.pieces.last() != Some(&Piece::Gap) {
            self.pieces.push(Piece::Gap);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_stands_out() {
        let plain = |text: &str| Piece::Plain(text.to_owned());
        assert_eq!(ticked("`Hi` in alex"), [Piece::Code("Hi".to_owned()), plain(" in alex")]);
        assert_eq!(ticked("a ` alone"), [plain("a ` alone")], "an odd one is none");
        assert_eq!(
            markdown("Do it **now**, with `x`.\n\n<b>[no](javascript:x)</b>"),
            [
                plain("Do it "),
                Piece::Strong("now".to_owned()),
                plain(", with "),
                Piece::Code("x".to_owned()),
                plain("."),
                Piece::Gap,
                plain("<b>"),
                plain("no"),
                plain("</b>"),
            ]
        );
    }
}
