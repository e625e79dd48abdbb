//! Elixir inside YAML: is it whole, and did YAML leave it as it was written?

use std::collections::BTreeSet;

use crate::lesson::{
    diagnostic::Diagnostics,
    raw::{List, Placed, RawInput},
    shell_line::ShellLine,
    syntax,
    yaml::Span,
};

/// A text as YAML takes it on one line, whatever is in it.
pub(crate) fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}

/// Complains about code that YAML cut short or that no Elixir parser takes.
pub(crate) fn code(code: &Placed<String>, diag: &mut Diagnostics<'_>) {
    whole(code, diag);
    if diag.is_tried() {
        return;
    }
    if let Some(at) = syntax::errors(&code.value) {
        let pid = code.value[at..].starts_with("#PID<");
        if let Some((at, sign)) = curly(&code.value, at) {
            let span = inside(diag.text(), code, at);
            let message = format!("Elixir knows no curly quotes ({sign}, U+{:04X})", u32::from(sign));
            let plain = straight(code, diag.text());
            let complaint = diag.error(&span, message);
            complaint.help("type a plain \" or '");
            if let Some(plain) = plain {
                complaint.fix_at(code.span.clone(), plain, true);
            }
            return;
        }
        // What is missing at the end is missed behind the last sign.
        let at = match code.value[at..].trim().is_empty() {
            true => code.value.trim_end().char_indices().next_back().map_or(0, |(last, _)| last),
            false => at,
        };
        let span = inside(diag.text(), code, at);
        let complaint = diag.error(&span, "this is no whole Elixir expression");
        complaint.help("a bracket, a quote, a `do` or an `end` is missing, or one too many");
        if pid {
            complaint.help("Elixir reads a printed pid as a comment; write `pid(0, 1, 0)` or a variable");
        }
    }
}

/// The first curly quote of code that is none: around what follows it, or where it stops being Elixir.
fn curly(code: &str, wrong: usize) -> Option<(usize, char)> {
    let line = code[..wrong].rfind('\n').map_or(0, |at| at + 1);
    let mut signs = code.char_indices().skip_while(|(at, _)| *at < line);
    signs.find(|(_, sign)| matches!(sign, '“' | '”' | '„' | '‘' | '’'))
}

/// A scalar as it is written, with plain quotes; none where they could end it.
fn straight(text: &Placed<String>, source: &str) -> Option<String> {
    let written = source.get(text.span.clone())?;
    let is_single = written.starts_with('\'');
    if written.starts_with('"') {
        return None;
    }
    let written = written.replace(['“', '”', '„'], "\"");
    Some(written.replace(['‘', '’'], if is_single { "''" } else { "'" }))
}

/// Complains about text that YAML cut at ` #`, and about words of a later version.
pub(crate) fn whole(text: &Placed<String>, diag: &mut Diagnostics<'_>) {
    let after = diag.text().get(text.span.end..).unwrap_or_default();
    let rest = after.split('\n').next().unwrap_or_default();
    let spaces = rest.len() - rest.trim_start_matches(' ').len();
    if spaces > 0 && rest.trim_start_matches(' ').starts_with('#') && is_bare(text, diag.text()) {
        let from = text.span.end + spaces;
        diag.error(
            &(from..text.span.end + rest.trim_end().len()),
            "YAML takes what follows ` #` for a comment",
        )
        .help("quote the text if this belongs to it; else put the comment on a line of its own");
    }
    if let Some(at) = text.value.find("${nonce}") {
        let span = inside(diag.text(), text, at);
        diag.error(&span, "`${nonce}` is not known yet: a later version will have it");
    }
}

/// Written without quotes, on one line.
fn is_bare(text: &Placed<String>, source: &str) -> bool {
    source.get(text.span.clone()) == Some(&text.value)
}

/// Where byte `at` of a text's value stands in the file; the text's beginning where that can't be told.
pub(crate) fn inside(source: &str, text: &Placed<String>, at: usize) -> Span {
    let written = source.get(text.span.clone()).unwrap_or_default();
    let value = &text.value;
    let before = value.get(..at).unwrap_or_default();
    let from = match written.strip_prefix(['\'', '"']) {
        Some(inner) if inner.starts_with(before) => text.span.start + 1 + at,
        None if !before.contains('\n') && written.starts_with(before) => text.span.start + at,
        None => in_block(source, text, before).unwrap_or(text.span.start),
        Some(_) => text.span.start,
    };
    let to =
        source.get(from..).and_then(|rest| rest.chars().next()).map_or(from, |first| from + first.len_utf8());
    if source.is_char_boundary(from.min(source.len())) { from..to } else { text.span.clone() }
}

/// The same in a block text, whose lines are indented as its first one is.
fn in_block(source: &str, text: &Placed<String>, before: &str) -> Option<usize> {
    let line_start = source[..text.span.start].rfind('\n').map_or(0, |at| at + 1);
    let indent = text.span.start - line_start;
    let column = before.len() - before.rfind('\n').map_or(0, |at| at + 1);
    let skipped =
        source[line_start..].match_indices('\n').nth(before.matches('\n').count().checked_sub(1)?)?.0;
    Some(line_start + skipped + 1 + indent + column).filter(|at| *at <= source.len())
}

/// Which terminals are inside `iex` as a section goes on: only there is an input Elixir.
#[derive(Debug, Clone, Default)]
pub(crate) struct IexTerminals(BTreeSet<String>);

impl IexTerminals {
    /// Follows inputs, and complains about those that should be Elixir and aren't.
    pub(crate) fn follow(&mut self, inputs: &List<RawInput>, diag: &mut Diagnostics<'_>) {
        for input in inputs {
            match &input.value {
                RawInput::Type { terminal, text } => self.typed(&terminal.value, text, diag),
                RawInput::Close(terminal) => {
                    self.0.remove(&terminal.value);
                }
                RawInput::Fault { word, terminals } if word.value == "kill" => {
                    terminals.iter().for_each(|terminal| {
                        self.0.remove(&terminal.value);
                    });
                }
                RawInput::Fault { .. } | RawInput::Write(_) | RawInput::Edit(_) | RawInput::Choose(_) => {}
            }
        }
    }

    fn typed(&mut self, terminal: &str, text: &Placed<String>, diag: &mut Diagnostics<'_>) {
        if !self.0.contains(terminal) {
            if ShellLine::of(&text.value).runs("iex") {
                self.0.insert(terminal.to_string());
            }
            return;
        }
        code(text, diag);
        // After these the terminal is at `$`, where an input is whatever the shell takes.
        if ["halt", "System.stop", ":init.stop"].iter().any(|word| text.value.contains(word)) {
            self.0.remove(terminal);
        }
    }
}
