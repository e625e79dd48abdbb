//! Markdown that says what it was given and nothing else. Text of unknown origin becomes code, within which GitHub,
//! GitLab and CommonMark know neither markup nor links, mentions or images.

use crate::render::untrusted;

use super::prose::Piece;

/// A word or name within a sentence, on one line.
pub(super) fn code(text: &str) -> String {
    let text = untrusted::plain(text);
    if text.trim().is_empty() {
        return format!("`\u{2423}{text}`");
    }
    let ticks = "`".repeat(longest_run(&text) + 1);
    // One space on each side is not part of it; it is needed where the text has one, or a backtick, there.
    let apart = text.starts_with([' ', '`']) || text.ends_with([' ', '`']);
    let space = if apart { " " } else { "" };
    format!("{ticks}{space}{text}{space}{ticks}")
}

/// Lines of their own; must not stand within a list or a quotation.
pub(super) fn fence(text: &str) -> String {
    let text = untrusted::quoted(text);
    let ticks = "`".repeat(longest_run(&text).max(2) + 1);
    format!("{ticks}text\n{}\n{ticks}", text.trim_end_matches('\n'))
}

/// Text that the lesson's author or Moebi wrote, on one line, none of it markup.
pub(super) fn plain(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in untrusted::plain(text).chars() {
        if c.is_ascii_punctuation() && !matches!(c, ',' | ';' | '\'' | '"' | '?' | '%' | '/') {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    escaped
}

/// Prose of the lesson's, behind a `label`: paragraphs and code.
pub(super) fn prose(label: &str, pieces: &[Piece]) -> String {
    let mut text = format!("**{label}** ");
    for piece in pieces {
        match piece {
            Piece::Plain(words) => text.push_str(&plain(words)),
            Piece::Code(words) => text.push_str(&code(words)),
            Piece::Strong(words) => text.push_str(&stressed("**", words)),
            Piece::Emphasis(words) => text.push_str(&stressed("*", words)),
            Piece::Gap => text.push_str("\n\n"),
            Piece::Block(lines) => {
                text.push_str("\n\n");
                text.push_str(&fence(lines));
                text.push_str("\n\n");
            }
        }
    }
    text.trim().to_owned()
}

/// Stress holds only without spaces at its ends.
fn stressed(mark: &str, words: &str) -> String {
    if words.trim() == words && !words.is_empty() {
        format!("{mark}{}{mark}", plain(words))
    } else {
        plain(words)
    }
}

fn longest_run(text: &str) -> usize {
    text.split(|c| c != '`').map(str::len).max().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_holds_its_backticks() {
        assert_eq!(code("Anna"), "`Anna`");
        assert_eq!(code("`x``"), "``` `x`` ```");
        assert_eq!(code("a\nb"), "`a␊b`");
        assert_eq!(code(""), "`\u{2423}`");
    }

    #[test]
    fn a_fence_is_longer_than_what_it_holds() {
        assert_eq!(fence("a\n```\n# no"), "````text\na\n```\n# no\n````");
    }

    #[test]
    fn words_are_no_markup() {
        assert_eq!(plain("a *b* <c> [d](e) www.f.g @h"), r"a \*b\* \<c\> \[d\]\(e\) www\.f\.g \@h");
    }
}
