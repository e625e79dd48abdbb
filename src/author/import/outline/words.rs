//! Words and code as ids, titles and blocks that fit.

use std::{mem, sync::LazyLock};

use regex::Regex;
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::super::{block, markdown};

/// A title stands on one line.
pub(in super::super) const TITLE_COLUMNS: usize = 60;
/// What of a code block fits into a terminal of 80 columns.
const CODE_COLUMNS: usize = 74;

/// Words as an id: lower-case, Latin, with hyphens.
pub(in super::super) fn slug(text: &str, most: usize) -> String {
    let mut slug = String::new();
    for sign in text.to_lowercase().nfd() {
        let letters = match sign {
            'a'..='z' | '0'..='9' | '_' => {
                slug.push(sign);
                continue;
            }
            'α' => "a",
            'β' => "v",
            'γ' => "g",
            'δ' => "d",
            'ε' => "e",
            'ζ' => "z",
            'η' | 'ι' => "i",
            'θ' => "th",
            'κ' => "k",
            'λ' => "l",
            'μ' => "m",
            'ν' => "n",
            'ξ' => "x",
            'ο' | 'ω' => "o",
            'π' => "p",
            'ρ' => "r",
            'σ' | 'ς' => "s",
            'τ' => "t",
            'υ' => "y",
            'φ' => "f",
            'χ' => "ch",
            'ψ' => "ps",
            sign if is_combining_mark(sign) => continue,
            _ if slug.is_empty() || slug.ends_with('-') => continue,
            _ => "-",
        };
        slug.push_str(letters);
    }
    if slug.len() > most {
        let cut = slug[..most].rfind('-').unwrap_or(most);
        slug.truncate(cut);
    }
    let slug = slug.trim_matches(['-', '_']);
    slug.trim_start_matches(|first: char| !first.is_ascii_lowercase()).to_owned()
}

/// As much of a line as fits.
pub(in super::super) fn cut(line: &str, columns: usize) -> String {
    if line.width() <= columns {
        return line.to_owned();
    }
    let mut kept = String::new();
    for word in line.split_whitespace() {
        if kept.width() + 1 + word.width() > columns - 2 {
            break;
        }
        if !kept.is_empty() {
            kept.push(' ');
        }
        kept.push_str(word);
    }
    if kept.is_empty() {
        kept = line.chars().take(columns / 2).collect();
    }
    kept + " …"
}

/// Code as the renderer shows it without breaking it; on one line of prose where it is too wide for that.
pub(super) fn shown(info: &str, code: &str) -> String {
    let word = info.split([' ', ',', '{']).next().unwrap_or_default();
    let is_elixir = word.starts_with("elixir") || word == "iex";
    let width = |line: &str| match is_elixir {
        true => line.split(' ').map(UnicodeWidthStr::width).max().unwrap_or_default(),
        false => line.width(),
    };
    if code.lines().all(|line| width(line.trim_end()) <= CODE_COLUMNS) {
        return markdown::fence(word, code);
    }
    if block::is_command(code) && code.lines().count() == 1 {
        return markdown::code(code.trim());
    }
    markdown::fence("text", &code.lines().flat_map(narrow).collect::<Vec<_>>().join("\n"))
}

/// A line in pieces that fit, broken at spaces where there are some.
fn narrow(line: &str) -> Vec<String> {
    let (mut pieces, mut piece) = (Vec::new(), String::new());
    for word in line.split_inclusive(' ') {
        if !piece.is_empty() && piece.width() + word.trim_end().width() > CODE_COLUMNS {
            pieces.push(mem::take(&mut piece));
        }
        for sign in word.chars() {
            if piece.width() + UnicodeWidthChar::width(sign).unwrap_or(0) > CODE_COLUMNS {
                pieces.push(mem::take(&mut piece));
            }
            piece.push(sign);
        }
    }
    pieces.push(piece);
    pieces
}

/// What stands at prompts, by itself.
pub(super) fn without_prompts(block: &str) -> String {
    static PROMPT: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r"(?m)^[ \t]*iex(?:\([^)\s]*\))?\d*>[ \t]?").expect("a regex"));
    PROMPT.replace_all(block, "").trim().to_owned()
}
