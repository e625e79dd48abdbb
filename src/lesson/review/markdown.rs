//! Markdown that the shell can't show, or that was meant otherwise.

use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd};
use unicode_width::UnicodeWidthStr;

use crate::lesson::{
    diagnostic::Diagnostics,
    yaml::{Node, Value},
};

use super::{Known, Said, slash::span};

/// What of a code block fits into a terminal of 80 columns; Elixir goes on below where it has a space.
const CODE_COLUMNS: usize = 74;
/// A title stands on one line.
const TITLE_COLUMNS: usize = 60;
/// A choice that is quoted word for word has so many of them at least.
const FEWEST_WORDS: usize = 3;

pub(super) fn review(said: &Said<'_>, diag: &mut Diagnostics<'_>) {
    if said.is_title {
        if said.text.width() > TITLE_COLUMNS {
            let message = format!("a title of more than {TITLE_COLUMNS} columns does not fit into a line");
            diag.error(&said.node.span, message).help("shorten it: the text has room for the rest");
        }
        return;
    }
    fences(said, diag);
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS;
    let mut code = None;
    for (event, range) in Parser::new_ext(said.text, options).into_offset_iter() {
        let what = match &event {
            Event::Start(Tag::Table(_)) => "a table",
            Event::Start(Tag::Image { .. }) => "an image",
            Event::Start(Tag::Strikethrough) => "crossed-out text",
            Event::InlineHtml(tag) if tag.starts_with("</") => continue,
            Event::Start(Tag::HtmlBlock) | Event::InlineHtml(_) => "HTML",
            Event::FootnoteReference(_) => "a footnote",
            Event::TaskListMarker(_) => "a box to tick",
            Event::Start(Tag::CodeBlock(kind)) => {
                code = Some(
                    matches!(kind, CodeBlockKind::Fenced(name) if name.starts_with("elixir") || &**name == "iex"),
                );
                continue;
            }
            Event::End(TagEnd::CodeBlock) => {
                code = None;
                continue;
            }
            Event::Text(_) => {
                match code {
                    Some(is_elixir) => block(said, range, is_elixir, diag),
                    None => left_over(said, range, diag),
                }
                continue;
            }
            Event::Code(_) => {
                curly(said, range, diag);
                continue;
            }
            _ => continue,
        };
        let first = said.text[range.clone()].lines().next().unwrap_or_default().len();
        let place = span(said, range.start, first, diag);
        diag.error(&place, format!("the shell can't show {what}")).help("say it in words, or as a list");
    }
}

/// A fence that is opened and not closed takes all the rest for code.
fn fences(said: &Said<'_>, diag: &mut Diagnostics<'_>) {
    let mut open: Option<(usize, usize, usize)> = None;
    let mut at = 0;
    for line in said.text.split_inclusive('\n') {
        let ticks = line.trim_start().chars().take_while(|sign| *sign == '`').count();
        open = match open {
            // Within four backquotes three are code.
            Some((_, _, opened)) if ticks >= opened => None,
            None if ticks >= 3 => Some((at, line.trim_end().len(), ticks)),
            open => open,
        };
        at += line.len();
    }
    if let Some((at, len, _)) = open {
        let place = span(said, at, len, diag);
        diag.error(&place, "this code block is not closed").help("end it with a line of three backquotes");
    }
}

/// Lines of a code block: wide ones are broken, and then can't be copied.
fn block(said: &Said<'_>, range: std::ops::Range<usize>, is_elixir: bool, diag: &mut Diagnostics<'_>) {
    curly(said, range.clone(), diag);
    let mut at = range.start;
    for line in said.text[range].split_inclusive('\n') {
        let line_text = line.trim_end();
        let widest = match is_elixir {
            true => line_text.split(' ').map(UnicodeWidthStr::width).max().unwrap_or_default(),
            false => line_text.width(),
        };
        if widest > CODE_COLUMNS {
            let place = span(said, at, line_text.len(), diag);
            let message = format!("this code is wider than {CODE_COLUMNS} columns, and would be broken");
            diag.error(&place, message).help("break it where it may go on in the next line");
        }
        at += line.len();
    }
}

/// Signs of Markdown that stand in the text as they are: something is not closed.
fn left_over(said: &Said<'_>, range: std::ops::Range<usize>, diag: &mut Diagnostics<'_>) {
    let text = &said.text[range.clone()];
    let is_escaped = |at: usize| said.text[..range.start + at].ends_with('\\');
    let sign = text.char_indices().find(|(at, sign)| match sign {
        '`' => !is_escaped(*at),
        '*' | '_' => {
            let before = said.text[..range.start + at].chars().next_back();
            let after = said.text[range.start + at + 1..].chars().find(|after| *after != *sign);
            // Within a word, or between spaces, it is meant.
            let opens = before.is_none_or(|before| !before.is_alphanumeric() && before != *sign)
                && after.is_some_and(char::is_alphanumeric);
            opens && !is_escaped(*at)
        }
        _ => false,
    });
    let Some((at, sign)) = sign else { return };
    let what = if sign == '`' { "this code" } else { "this emphasis" };
    let place = span(said, range.start + at, 1, diag);
    diag.error(&place, format!("{what} is not closed"))
        .help(format!("write the second `{sign}`, or `\\{sign}` where the sign itself is meant"));
}

/// Quotes of a word processor in code: whoever copies it gets an error.
fn curly(said: &Said<'_>, range: std::ops::Range<usize>, diag: &mut Diagnostics<'_>) {
    let is_odd =
        |(_, sign): &(usize, char)| matches!(sign, '“' | '”' | '„' | '‘' | '’' | '\u{a0}' | '\u{202f}');
    for (at, sign) in said.text[range.clone()].char_indices().filter(is_odd) {
        let place = span(said, range.start + at, sign.len_utf8(), diag);
        let (what, plain) = match sign {
            '\u{a0}' | '\u{202f}' => ("a no-break space", " "),
            '‘' | '’' => ("a curly quote", "'"),
            _ => ("a curly quote", "\""),
        };
        // Within quotes of YAML the plain one could end the text.
        let is_safe = !diag.text()[said.node.span.clone()].starts_with(['\'', '"']) || plain == " ";
        let complaint = diag.error(&place, format!("this code has {what} in it (U+{:04X})", u32::from(sign)));
        complaint.help("type the plain sign").fix_at(place, plain, is_safe);
    }
}

/// The right choice of a question stands in the step's own text, word for word.
pub(super) fn given_away(root: &Node, known: &Known<'_>, diag: &mut Diagnostics<'_>) {
    let (Some(outline), Value::Map(sections)) = (known.outline, &root.value) else { return };
    for (name, section) in sections {
        let Some(section_outline) = name.text().and_then(|name| outline.section(name)) else { continue };
        let Some(Value::Map(steps)) = section.get("steps").map(|steps| &steps.value) else { continue };
        for (id, step) in steps {
            let Some(step_outline) = id.text().and_then(|id| section_outline.step(id)) else { continue };
            let Some(correct) = &step_outline.correct else { continue };
            let Some(text_node) = step.get("text") else { continue };
            let question = step.get("predict").or_else(|| step.get("ask"));
            let choice =
                question.and_then(|question| question.get("choices")?.get(correct)?.get("text")?.text());
            let (Some(text), Some(choice)) = (text_node.text(), choice) else { continue };
            let choice = choice.trim_end_matches('.');
            let Some(at) = text.find(choice).filter(|_| choice.split_whitespace().count() >= FEWEST_WORDS)
            else {
                continue;
            };
            let said = Said { node: text_node, text, is_title: false };
            let place = span(&said, at, choice.len(), diag);
            diag.error(&place, "the right choice of the question stands here, word for word")
                .help("let the text lead to it, and say it in `after`");
        }
    }
}
