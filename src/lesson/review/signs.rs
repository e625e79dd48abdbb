//! Signs that nobody sees, quotes of a word processor in code, and texts that YAML took a part of for itself.

use crate::lesson::{
    check::elixir::quoted,
    diagnostic::Diagnostics,
    nonce,
    yaml::{Node, Value},
};

/// Words between `${` and `}` that are like the one that there is.
const LIKE: f64 = 0.8;

pub(super) fn file(root: &Node, diag: &mut Diagnostics<'_>) {
    unseen(diag);
    anchors(root, diag);
    placeholders(diag);
}

/// Signs that change the order in which a line is shown, or are not shown at all.
fn unseen(diag: &mut Diagnostics<'_>) {
    for (at, sign) in diag.text().char_indices() {
        let what = match sign {
            '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {
                "turns the direction of writing"
            }
            '\u{ad}' | '\u{200b}' | '\u{2060}' | '\u{feff}' => "can't be seen",
            _ => continue,
        };
        let span = at..at + sign.len_utf8();
        let message = format!("here is a sign that {what} (U+{:04X})", u32::from(sign));
        diag.error(&span, message).help("take it away").fix_at(span.clone(), "", true);
    }
}

/// `title: &spawn/1 and its process`: to YAML that is a name for what follows, and no part of it.
fn anchors(root: &Node, diag: &mut Diagnostics<'_>) {
    let mut found = Vec::new();
    each(root, &mut |node| {
        // Where nothing is left, that has been told.
        if matches!(node.value, Value::List(_) | Value::Map(_) | Value::Null) {
            return;
        }
        let text = diag.text();
        let line = text[..node.span.start].rfind('\n').map_or(0, |at| at + 1);
        let before = text[line..node.span.start].trim_end();
        let word = before.rsplit([' ', '[', '{', ',']).next().unwrap_or_default();
        let from = line + before.len() - word.len();
        let is_used = || text.contains(&format!("*{}", &word[1..]));
        if word.starts_with('&') && word.len() > 1 && !is_used() {
            found.push(from..node.span.end);
        }
    });
    for span in found {
        let written = diag.text()[span.clone()].trim_end().to_owned();
        let word = written.split(' ').next().unwrap_or_default();
        let message = format!("YAML takes `{word}` for the name of what follows, and leaves it out");
        let span = span.start..span.start + written.len();
        diag.error(&span, message).help(format!("quote the text: {}", quoted(&written))).fix_at(
            span,
            quoted(&written),
            true,
        );
    }
}

fn each<'n>(node: &'n Node, look: &mut dyn FnMut(&'n Node)) {
    look(node);
    match &node.value {
        Value::List(items) => items.iter().for_each(|item| each(item, look)),
        Value::Map(pairs) => pairs.iter().for_each(|(_, value)| each(value, look)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Text(_) => {}
    }
}

/// `${nonse}`
fn placeholders(diag: &mut Diagnostics<'_>) {
    let known = nonce::PLACEHOLDER.trim_start_matches("${").trim_end_matches('}');
    for (at, _) in diag.text().match_indices("${") {
        let word = diag.text()[at + 2..].split('}').next().unwrap_or_default();
        if word != known && word.len() <= 16 && strsim::jaro_winkler(&word.to_lowercase(), known) > LIKE {
            let span = at..at + word.len() + 3;
            let message = format!("`${{{word}}}` stands for nothing");
            diag.error(&span, message).did_you_mean(nonce::PLACEHOLDER);
        }
    }
}

/// A text between curly quotes has them in it; in code, every one is looked at where it stops being Elixir.
pub(super) fn code(root: &Node, diag: &mut Diagnostics<'_>) {
    let mut found = Vec::new();
    each(root, &mut |node| {
        let Value::Text(text) = &node.value else { return };
        let inner =
            text.strip_prefix(['“', '‘', '„', '«']).and_then(|text| text.strip_suffix(['”', '’', '“', '»']));
        let is_bare = diag.text().get(node.span.clone()) == Some(text);
        if let Some(inner) = inner.filter(|inner| is_bare && !inner.contains(['“', '”', '‘', '’'])) {
            found.push((node.span.clone(), quoted(inner)));
        }
    });
    for (span, plain) in found {
        diag.error(&span, "curly quotes are a part of the text").help(format!("write {plain}")).fix_at(
            span.clone(),
            plain,
            true,
        );
    }
}
