//! Text with a tone, and how it is wrapped.

use unicode_segmentation::UnicodeSegmentation;

use super::{
    palette::{Palette, Tone},
    width,
};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Span {
    pub tone: Tone,
    pub text: String,
}

impl Span {
    pub fn new(tone: Tone, text: impl Into<String>) -> Self {
        Self { tone, text: text.into() }
    }
}

/// A sentence of Moebi's own: what stands between backticks is code, everything else is as it is written.
/// Without colour the backticks stay, for then nothing else tells code from words.
pub fn ticked(text: &str, tone: Tone, palette: Palette) -> Vec<Span> {
    let ticks = text.matches('`').count();
    if !palette.is_coloured() || ticks % 2 == 1 {
        return vec![Span::new(tone, text)];
    }
    let tone_of = |index| if index % 2 == 1 { Tone::Code } else { tone };
    let spans = text.split('`').enumerate().map(|(index, part)| Span::new(tone_of(index), part));
    spans.filter(|span| !span.text.is_empty()).collect()
}

pub fn paint(spans: &[Span], palette: Palette) -> String {
    spans.iter().map(|span| palette.paint(span.tone, &span.text)).collect()
}

/// Breaks at spaces so that each line fits into `columns`; a longer word is broken where it must be.
/// Line breaks in the text stay. Always gives at least one line.
pub fn wrap(spans: &[Span], columns: usize) -> Vec<Vec<Span>> {
    let mut lines = Lines::new(columns.max(8));
    for span in spans {
        for (index, part) in span.text.split('\n').enumerate() {
            if index > 0 {
                lines.end();
            }
            part.split_word_bounds().for_each(|piece| lines.take(span.tone, piece));
        }
    }
    lines.finish()
}

/// A word goes on growing over the edges of spans (`**bo**ld,`) until a space ends it.
struct Lines {
    columns: usize,
    done: Vec<Vec<Span>>,
    line: Vec<Span>,
    used: usize,
    spaces: Option<Span>,
    word: Vec<Span>,
}

impl Lines {
    fn new(columns: usize) -> Self {
        Self { columns, done: Vec::new(), line: Vec::new(), used: 0, spaces: None, word: Vec::new() }
    }

    fn take(&mut self, tone: Tone, piece: &str) {
        if piece.chars().all(|c| c == ' ') {
            self.place();
            let at_start = self.line.is_empty();
            // Code within a sentence may begin or end in spaces that matter; a line may not.
            if !at_start {
                let before = self.spaces.take().map_or(String::new(), |span| span.text);
                self.spaces = Some(Span::new(tone, before + piece));
            }
        } else {
            push(&mut self.word, tone, piece);
        }
    }

    /// Puts the finished word on this line, or on the next.
    fn place(&mut self) {
        let word = std::mem::take(&mut self.word);
        if word.is_empty() {
            return;
        }
        let wide: usize = word.iter().map(|span| width::width(&span.text)).sum();
        let spaces = self.spaces.take();
        let gap = spaces.as_ref().map_or(0, |span| span.text.len());
        if self.used + gap + wide > self.columns && !self.line.is_empty() {
            self.break_line();
        } else if let Some(span) = spaces {
            self.used += gap;
            push(&mut self.line, span.tone, &span.text);
        }
        word.iter().for_each(|span| self.append(span));
    }

    /// Appends a piece of a word, which alone may be longer than a line.
    fn append(&mut self, span: &Span) {
        for grapheme in span.text.graphemes(true) {
            let wide = width::of_grapheme(grapheme);
            if self.used + wide > self.columns {
                self.break_line();
            }
            self.used += wide;
            push(&mut self.line, span.tone, grapheme);
        }
    }

    fn end(&mut self) {
        self.place();
        self.break_line();
    }

    fn break_line(&mut self) {
        self.done.push(std::mem::take(&mut self.line));
        self.used = 0;
        self.spaces = None;
    }

    fn finish(mut self) -> Vec<Vec<Span>> {
        self.place();
        if !self.line.is_empty() || self.done.is_empty() {
            self.done.push(self.line);
        }
        self.done
    }
}

pub fn push(spans: &mut Vec<Span>, tone: Tone, text: &str) {
    match spans.last_mut() {
        Some(last) if last.tone == tone => last.text.push_str(text),
        Some(_) | None => spans.push(Span::new(tone, text)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wrapped(text: &str, columns: usize) -> Vec<String> {
        let lines = wrap(&[Span::new(Tone::Plain, text)], columns);
        lines.iter().map(|line| paint(line, Palette::MONOCHROME)).collect()
    }

    #[test]
    fn words_wrap_at_spaces() {
        assert_eq!(wrapped("kate knows how to say", 11), ["kate knows", "how to say"]);
        assert_eq!(wrapped("Ο κόμβος kate ξέρει", 14), ["Ο κόμβος kate", "ξέρει"]);
        assert_eq!(wrapped("日本語 日本", 8), ["日本語", "日本"]);
        assert_eq!(wrapped("", 10), [""]);
    }

    #[test]
    fn a_word_longer_than_the_line_is_broken() {
        assert_eq!(wrapped("say abcdefghijkl now", 10), ["say", "abcdefghij", "kl now"]);
    }

    #[test]
    fn what_stands_between_backticks_is_code() {
        let coloured = |text| ticked(text, Tone::Plain, Palette::COLOURED);
        let (say, code) = (|text| Span::new(Tone::Plain, text), |text| Span::new(Tone::Code, text));
        assert_eq!(coloured("kate returns `[]`"), [say("kate returns "), code("[]")]);
        assert_eq!(coloured("`a_b*c*` or `x`."), [code("a_b*c*"), say(" or "), code("x"), say(".")]);
        assert_eq!(coloured("a lone ` stays"), [say("a lone ` stays")]);
        let text = "kate returns `[]`";
        assert_eq!(ticked(text, Tone::Plain, Palette::MONOCHROME), [say(text)]);
    }

    #[test]
    fn a_word_keeps_together_over_a_change_of_tone() {
        let spans =
            [Span::new(Tone::Plain, "see "), Span::new(Tone::Code, "node()"), Span::new(Tone::Plain, ", ok")];
        let lines = wrap(&spans, 8);
        let texts: Vec<_> = lines.iter().map(|line| paint(line, Palette::MONOCHROME)).collect();
        assert_eq!(texts, ["see", "node(),", "ok"]);
    }
}
