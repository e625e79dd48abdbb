//! Characters that look like Latin letters or Elixir's own signs and are others: Greek, Cyrillic, typographic.

use super::lexer::{code_characters, is_word};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Confusable {
    pub found: char,
    pub kind: Kind,
    /// Both counted from 1; columns in characters.
    pub line: usize,
    pub column: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// In a word that is otherwise Latin; what it looks like, if like anything.
    Greek(Option<char>),
    Cyrillic(Option<char>),
    /// U+037E, which looks like a semicolon.
    QuestionMark,
    Quote,
    Space,
}

/// The first one in the code; strings, comments and quoted atoms may hold what they like.
pub fn first(source: &str) -> Option<Confusable> {
    let code = code_characters(source).0;
    let (at, (found, kind)) =
        code.iter().enumerate().find_map(|(index, (at, c))| Some((*at, (*c, kind(&code, index, *c)?))))?;
    let before = &source[..at];
    Some(Confusable {
        found,
        kind,
        line: before.matches('\n').count() + 1,
        column: before.rsplit('\n').next().unwrap_or_default().chars().count() + 1,
    })
}

fn kind(code: &[(usize, char)], index: usize, c: char) -> Option<Kind> {
    match c {
        '\u{37e}' => Some(Kind::QuestionMark),
        '“' | '”' | '„' | '‘' | '’' | '«' | '»' => Some(Kind::Quote),
        '\u{a0}' | '\u{202f}' => Some(Kind::Space),
        _ if is_greek(c) && is_in_latin(code, index) => Some(Kind::Greek(latin(c))),
        _ if is_cyrillic(c) && is_in_latin(code, index) => Some(Kind::Cyrillic(latin(c))),
        _ => None,
    }
}

/// Whether the word around holds a Latin letter.
fn is_in_latin(code: &[(usize, char)], index: usize) -> bool {
    let is_next = |one: &(usize, char), other: &(usize, char)| one.0 + one.1.len_utf8() == other.0;
    let mut from = index;
    while from > 0 && is_word(code[from - 1].1) && is_next(&code[from - 1], &code[from]) {
        from -= 1;
    }
    let mut to = index;
    while to + 1 < code.len() && is_word(code[to + 1].1) && is_next(&code[to], &code[to + 1]) {
        to += 1;
    }
    code[from..=to].iter().any(|(_, c)| c.is_ascii_alphabetic())
}

fn is_greek(c: char) -> bool {
    matches!(c, '\u{370}'..='\u{37d}' | '\u{37f}'..='\u{3ff}' | '\u{1f00}'..='\u{1fff}') && c.is_alphabetic()
}

fn is_cyrillic(c: char) -> bool {
    matches!(c, '\u{400}'..='\u{4ff}')
}

fn latin(c: char) -> Option<char> {
    const GREEK: &str = "ΑAΒBΕEΖZΗHΙIΚKΜMΝNΟOΡPΤTΥYΧXοoνvιiκkρpτtυuχxαaγyηn";
    const CYRILLIC: &str = "АAВBЕEКKМMНHОOРPСCТTХXаaеeоoрpсcуyхxіi";
    let table: Vec<char> = GREEK.chars().chain(CYRILLIC.chars()).collect();
    table.chunks_exact(2).find(|pair| pair[0] == c).map(|pair| pair[1])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(source: &str) -> Option<(Kind, usize, usize)> {
        first(source).map(|found| (found.kind, found.line, found.column))
    }

    #[test]
    fn a_letter_of_another_alphabet_in_a_latin_word_is_found() {
        assert_eq!(seen("Νode.list()"), Some((Kind::Greek(Some('N')), 1, 1)));
        assert_eq!(seen("x = 1\n  Κate.say()"), Some((Kind::Greek(Some('K')), 2, 3)));
        assert_eq!(seen("Node.ping(:kаte@localhost)"), Some((Kind::Cyrillic(Some('a')), 1, 13)));
        assert_eq!(seen("x = 1\u{37e} y"), Some((Kind::QuestionMark, 1, 6)));
        assert_eq!(seen("IO.puts(“hi”)"), Some((Kind::Quote, 1, 9)));
        assert_eq!(seen("x\u{a0}= 1"), Some((Kind::Space, 1, 2)));
    }

    #[test]
    fn texts_and_wholly_greek_words_are_left_alone() {
        for source in
            ["IO.puts(\"Γεια σου, Νode\")", "# Νode", "κόμβος = 1", ":\"Νode\"", "~s(“hi”)", "Node.list()"]
        {
            assert_eq!(seen(source), None, "{source}");
        }
    }
}
