//! Why a text is no YAML, where that begins, and what most likely mends it: the parser tells where it stumbled, which is
//! often a line further on.

use super::{check::elixir::quoted, diagnostic::Fix, yaml::Span};

/// What is wrong with `{ typed: send(pid, :hi) }`.
pub(super) const AT_FIRST_COMMA: &str = "within `{ }` a text ends at its first comma";

/// Why a text is no YAML.
#[derive(Debug)]
pub(super) struct Unreadable {
    pub span: Span,
    pub message: String,
    pub help: Option<String>,
    pub fix: Option<Fix>,
}

impl Unreadable {
    pub(super) fn told(span: Span, message: impl Into<String>) -> Self {
        Self { span, message: message.into(), help: None, fix: None }
    }

    fn mended(
        span: Span,
        message: &str,
        help: impl Into<String>,
        text: impl Into<String>,
        is_sure: bool,
    ) -> Self {
        let fix = Fix { span: span.clone(), text: text.into(), is_sure };
        Self { span, message: message.to_owned(), help: Some(help.into()), fix: Some(fix) }
    }

    /// The parser's own `message`, at byte `at`.
    pub(super) fn of(text: &str, message: &str, at: usize) -> Self {
        let line = Line::at(text, at);
        second_document(text, message, at)
            .or_else(|| white_space(text, at))
            .or_else(|| code_in_brackets(text, &line, at))
            .or_else(|| code_with_commas(&line, at))
            .or_else(|| indentation(text, message, at))
            .or_else(|| unquoted(text, &line, message, at))
            .unwrap_or_else(|| {
                let end = at + text[at..].chars().next().map_or(0, char::len_utf8);
                let help = line.begins_with_quote().map(|quote| {
                    format!("where {quote} stands inside a text, write the text as a block, after `|`")
                });
                Self { help, ..Self::told(at..end, message) }
            })
    }
}

/// A line of the text, without its end.
struct Line<'t> {
    start: usize,
    text: &'t str,
}

impl<'t> Line<'t> {
    fn at(text: &'t str, at: usize) -> Self {
        let start = text[..at].rfind('\n').map_or(0, |newline| newline + 1);
        Self { start, text: text[start..].lines().next().unwrap_or_default() }
    }

    fn before(&self, text: &'t str) -> Option<Self> {
        self.start.checked_sub(1).map(|end| Self::at(text, end))
    }

    fn indent(&self) -> usize {
        self.text.len() - self.text.trim_start_matches(' ').len()
    }

    /// Where what it says begins: behind the dashes of lists.
    fn columns(&self) -> Vec<usize> {
        let mut columns = vec![self.indent()];
        let mut rest = &self.text[self.indent()..];
        while let Some(item) = rest.strip_prefix("- ") {
            rest = item.trim_start_matches(' ');
            columns.push(self.text.len() - rest.len());
        }
        columns
    }

    /// What stands behind its first `: `, or behind its dash, and where.
    fn value(&self) -> (usize, &'t str) {
        let content = self.columns().last().copied().unwrap_or_default();
        let rest = &self.text[content..];
        let from = rest.find(": ").map_or(content, |colon| content + colon + 2);
        let value = self.text[from..].trim_start();
        (self.start + self.text.len() - value.len(), value.trim_end())
    }

    fn is_key(&self) -> bool {
        let content = self.columns().last().copied().unwrap_or_default();
        let word = self.text[content..].split(':').next().unwrap_or_default();
        let is_word =
            !word.is_empty() && word.chars().all(|sign| sign.is_alphanumeric() || "-_".contains(sign));
        is_word && self.text[content + word.len()..].starts_with(':')
    }

    fn is_blank(&self) -> bool {
        let text = self.text.trim();
        text.is_empty() || text.starts_with('#')
    }

    fn begins_with_quote(&self) -> Option<char> {
        self.value().1.chars().next().filter(|first| matches!(first, '\'' | '"'))
    }
}

fn second_document(text: &str, message: &str, at: usize) -> Option<Unreadable> {
    if !message.contains("documents") {
        return None;
    }
    let start = text[..at].rfind("\n---").map_or(0, |newline| newline + 1);
    if !text[start..].starts_with("---") {
        return None;
    }
    let span = start..start + 3;
    Some(Unreadable::mended(
        span,
        "a second document begins here",
        "take this line away: a file is one document",
        "",
        false,
    ))
}

/// A tab or a no-break space where YAML reads the structure, in the lines up to the next one.
fn white_space(text: &str, at: usize) -> Option<Unreadable> {
    let end = text[at..].match_indices('\n').nth(1).map_or(text.len(), |(newline, _)| at + newline);
    let mut start = 0;
    let mut found = None;
    for line in text[..end].split_inclusive('\n') {
        let white =
            line.len() - line.trim_start_matches([' ', '\t', '\u{a0}', '\u{2007}', '\u{202f}', '-']).len();
        let no_break = |sign: char| matches!(sign, '\u{a0}' | '\u{2007}' | '\u{202f}');
        let behind_colon =
            line.find(':').filter(|colon| line[colon + 1..].starts_with(no_break)).map(|colon| colon + 1);
        let odd = line[..white].find(|sign: char| sign == '\t' || no_break(sign)).or(behind_colon);
        if let Some(odd) = odd.filter(|_| !line.trim().is_empty()) {
            let sign = line[odd..].chars().next()?;
            found = Some((start + odd, sign));
        }
        start += line.len();
    }
    let (place, sign) = found?;
    let line = Line::at(text, place);
    if sign != '\t' {
        let help = "YAML takes it for a letter: type a plain space";
        let message = format!("here is a no-break space (U+{:04X})", u32::from(sign));
        return Some(Unreadable::mended(place..place + sign.len_utf8(), &message, help, " ", true));
    }
    let white = line.text.len() - line.text.trim_start().len();
    let spaces = " ".repeat(wanted_indent(text, &line));
    let span = line.start..line.start + white;
    let mended = Unreadable::mended(
        span,
        "here is a tab",
        "indent with spaces: YAML takes no tabs there",
        spaces,
        false,
    );
    Some(Unreadable { span: place..place + 1, ..mended })
}

/// How far in a line most likely belongs, by the line above it.
fn wanted_indent(text: &str, line: &Line<'_>) -> usize {
    let mut above = line.before(text);
    while let Some(one) = above.as_ref().filter(|one| one.is_blank()) {
        above = one.before(text);
    }
    let Some(above) = above else { return 0 };
    let content = above.columns().last().copied().unwrap_or_default();
    if above.text.trim_end().ends_with(':') { content + 2 } else { content }
}

/// A value that begins as a list or a mapping and goes on as something else, as Elixir's `{:ok, pid} = …` does: the parser
/// stumbles behind the bracket.
fn code_in_brackets(text: &str, line: &Line<'_>, at: usize) -> Option<Unreadable> {
    let above = std::iter::successors(line.before(text), |one| one.before(text)).find(|one| !one.is_blank());
    let (from, value) =
        [Some(line), above.as_ref()].into_iter().flatten().map(Line::value).find(|(from, value)| {
            let end = closed(value).filter(|_| *from < at);
            end.is_some_and(|end| {
                !matches!(value[end..].trim_start().chars().next(), None | Some('#' | ',' | ']' | '}' | ':'))
            })
        })?;
    let first = value.chars().next()?;
    let fix = Fix { span: from..from + value.len(), text: quoted(value), is_sure: true };
    let kind = if first == '{' { "mapping" } else { "list" };
    let message = format!("`{first}` begins a {kind}, and this goes on as something else");
    let help = Some("if it is a text, quote it".to_owned());
    Some(Unreadable { help, fix: Some(fix), ..Unreadable::told(from..from + 1, message) })
}

/// Within a mapping on one line a text ends at the first comma, even between brackets of its own.
fn code_with_commas(line: &Line<'_>, at: usize) -> Option<Unreadable> {
    let (before, behind) = line.text.split_at_checked(at - line.start)?;
    let is_within = before.matches('{').count() > before.matches('}').count();
    let from = before.rfind(": ").filter(|from| is_within && before[*from..].contains(','))? + 2;
    let is_key =
        |word: &str| word.split_once(':').is_some_and(|(key, _)| key.trim().chars().all(char::is_alphabetic));
    let next = behind.match_indices(',').map(|(comma, _)| comma).find(|comma| is_key(&behind[comma + 1..]));
    let end = before.len() + next.or_else(|| behind.rfind('}'))?;
    let value = line.text[from..end].trim_end();
    if value.starts_with(['\'', '"', '{', '[']) {
        return None;
    }
    let span = line.start + from..line.start + from + value.len();
    let fix = Fix { span: span.clone(), text: quoted(value), is_sure: false };
    let first = value.chars().next()?;
    let told = Unreadable::told(span.start..span.start + first.len_utf8(), AT_FIRST_COMMA);
    let help = Some(format!("quote it: {}", quoted(value)));
    Some(Unreadable { help, fix: Some(fix), ..told })
}

/// Behind the bracket that closes the one that `text` begins with; none where it begins with none, or that stays open.
fn closed(text: &str) -> Option<usize> {
    let mut depth = 0_usize;
    for (at, sign) in text.char_indices() {
        match sign {
            '{' | '[' => depth += 1,
            '}' | ']' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth == 0 {
            return (at > 0).then_some(at + 1);
        }
    }
    None
}

/// A line that stands too far in or out: its depth fits no line above it.
fn indentation(text: &str, message: &str, at: usize) -> Option<Unreadable> {
    let is_nested =
        message.contains("mapping values are not allowed") || message.contains("placement of ':'");
    let is_out = message.contains("did not find expected");
    let line = Line::at(text, at);
    // Of two colons in a line the second one is told of, and that is another slip.
    let colon = line.text.find(':').map(|colon| line.start + colon);
    if !(is_out || is_nested && line.is_key() && colon == Some(at))
        || !line.is_key() && !line.text.trim_start().starts_with("- ")
    {
        return None;
    }
    let own = line.indent();
    let mut depths: Vec<usize> = Vec::new();
    let mut above = line.before(text);
    let mut least = usize::MAX;
    while let Some(one) = above {
        if !one.is_blank() && one.indent() < least {
            least = one.indent();
            // A key stands below a key, and a dash below a dash or a key.
            let columns = one.columns();
            let fit = if line.is_key() { &columns[columns.len() - 1..] } else { &columns[..] };
            depths.extend(fit);
        }
        above = one.before(text);
    }
    if depths.contains(&own) && !is_nested {
        return None;
    }
    let nearest = depths.into_iter().min_by_key(|depth| depth.abs_diff(own))?;
    let help = format!("this line stands {own} columns in, and none above it does: {nearest} would fit");
    let span = line.start..line.start + own;
    let mended =
        Unreadable::mended(span, "this indentation fits no line above", help, " ".repeat(nearest), false);
    let first = line.text[own..].chars().next()?;
    let place = line.start + own;
    Some(Unreadable { span: place..place + first.len_utf8(), ..mended })
}

/// A text that begins with a sign of YAML's, or that holds `: `.
fn unquoted(text: &str, line: &Line<'_>, message: &str, at: usize) -> Option<Unreadable> {
    let has_colon =
        message.contains("mapping values are not allowed") || message.contains("placement of ':'");
    let here = text[at..].chars().next();
    let (from, value) = if has_colon {
        line.value()
    } else if here.is_some_and(|sign| "%@`&*!>|".contains(sign)) {
        let rest = text[at..].lines().next().unwrap_or_default();
        // Within brackets it ends before the next one.
        let is_flow = line.text[..at - line.start].contains(['{', '[']);
        let end = rest.find(|sign: char| is_flow && ",}]".contains(sign)).unwrap_or(rest.len());
        (at, rest[..end].trim_end())
    } else {
        let (from, value) = line.value();
        (from, if value.starts_with(['%', '@', '`', '&', '*', '!', '[', '{']) { value } else { "" })
    };
    let first = value.chars().next()?;
    if matches!(first, '\'' | '"') {
        return None;
    }
    let help = match has_colon && !"%@`&*!>|[{".contains(first) {
        true => "if the value is a text, quote it: it holds `: `".to_owned(),
        false => format!("quote this: it begins with `{first}`"),
    };
    let fix = Fix { span: from..from + value.len(), text: quoted(value), is_sure: true };
    let end = at + here.map_or(0, char::len_utf8);
    Some(Unreadable { help: Some(help), fix: Some(fix), ..Unreadable::told(at..end, message) })
}
