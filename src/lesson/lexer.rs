//! Which characters of Elixir source are code, and which are text: strings, sigils, comments.
//!
//! A lexer, not a parser: it works on code that is half typed. It takes what stands in an interpolation for text.

/// What the end of the source is in the middle of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Within {
    Code,
    /// Between quotes, or in a sigil.
    Text,
    /// Between `"""` and `"""`.
    Heredoc,
}

/// The characters that are code, each with its byte offset; line breaks among them, those in a text as well.
pub fn code_characters(source: &str) -> (Vec<(usize, char)>, Within) {
    let mut code = Vec::new();
    let mut at = 0;
    while let Some(c) = source[at..].chars().next() {
        let rest = &source[at..];
        let is_after_word =
            code.last().is_some_and(|(end, c): &(usize, char)| end + c.len_utf8() == at && is_word(*c));
        let text = if c == '#' {
            Some((rest.find('\n').unwrap_or(rest.len()), Within::Code))
        } else if c == '?' && !is_after_word {
            character(rest).map(|length| (length, Within::Code))
        } else {
            quoted(rest)
        };
        match text {
            Some((length, within)) => {
                let breaks = rest[..length].char_indices().filter(|(_, c)| *c == '\n');
                code.extend(breaks.map(|(offset, c)| (at + offset, c)));
                at += length;
                if within != Within::Code {
                    return (code, within);
                }
            }
            None => {
                code.push((at, c));
                at += c.len_utf8();
            }
        }
    }
    (code, Within::Code)
}

pub fn is_word(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | '?' | '!' | '@')
}

/// How long the character literal at the start is: `?a`, `?\n`.
fn character(rest: &str) -> Option<usize> {
    let mut chars = rest.chars().skip(1);
    let first = chars.next().filter(|c| !c.is_whitespace())?;
    let second = if first == '\\' { chars.next().map_or(0, char::len_utf8) } else { 0 };
    Some(1 + first.len_utf8() + second)
}

/// How long the text at the start is, and whether it has ended.
fn quoted(rest: &str) -> Option<(usize, Within)> {
    for heredoc in ["\"\"\"", "'''"] {
        if let Some(inside) = rest.strip_prefix(heredoc) {
            return Some(match inside.find(heredoc) {
                Some(end) => (end + 6, Within::Code),
                None => (rest.len(), Within::Heredoc),
            });
        }
    }
    let (skip, close) = match rest.chars().next()? {
        quote @ ('"' | '\'') => (1, quote),
        '~' => sigil(rest)?,
        _ => return None,
    };
    let mut chars = rest[skip..].char_indices();
    while let Some((offset, c)) = chars.next() {
        if c == '\\' {
            chars.next();
        } else if c == close {
            return Some((skip + offset + c.len_utf8(), Within::Code));
        }
    }
    Some((rest.len(), Within::Text))
}

/// Where the text of a sigil begins, and what closes it.
fn sigil(rest: &str) -> Option<(usize, char)> {
    let letters = rest[1..].chars().take_while(char::is_ascii_alphabetic).count();
    let open = rest[1 + letters..].chars().next().filter(|_| letters > 0)?;
    let close = match open {
        '(' => ')',
        '[' => ']',
        '{' => '}',
        '<' => '>',
        '/' | '|' | '"' | '\'' => open,
        _ => return None,
    };
    Some((1 + letters + 1, close))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(source: &str) -> String {
        code_characters(source).0.into_iter().map(|(_, c)| c).collect()
    }

    #[test]
    fn texts_and_comments_are_no_code() {
        assert_eq!(code("IO.puts(\"fn (\\\"\") # fn"), "IO.puts() ");
        assert_eq!(code("x = ~r/[(/ ++ 'do'"), "x =  ++ ");
        assert_eq!(code("?( + ?\\n + a?(1)"), " +  + a?(1)");
        assert_eq!(code("\"\"\"\nfn\n\"\"\"\nx"), "\n\n\nx");
        assert_eq!(code(":\"κόμβος\""), ":");
    }

    #[test]
    fn the_end_may_be_within_a_text() {
        assert_eq!(code_characters("IO.puts(\"").1, Within::Text);
        assert_eq!(code_characters("\"\"\"\nfn").1, Within::Heredoc);
        assert_eq!(code_characters("\"\"").1, Within::Code);
        assert_eq!(code_characters("~s(a").1, Within::Text);
        assert_eq!(code_characters("?").1, Within::Code);
    }
}
