//! A translation against the text that it is of: the same code, no sentence left as it was, and nothing out of date.

use pulldown_cmark::{Event, Parser, Tag, TagEnd};

use super::Said;
use crate::lesson::{
    Nonce, Prose, StepProse,
    diagnostic::Diagnostics,
    prose::fingerprint,
    yaml::{Node, Value},
};

/// A sentence has so many words at least; fewer may be the same in two languages.
const FEWEST_WORDS: usize = 4;

/// Complains about what of `own` does not go with `original`, each with its file's tree.
pub(in crate::lesson) fn translation(
    own: (&Prose, &Node),
    original: (&Prose, &Node),
    (lang, nonce): (&str, &Nonce),
    diag: &mut Diagnostics<'_>,
) {
    untranslated(own.1, original.1, lang, diag);
    for (section_id, section) in &own.0.sections {
        for (step_id, step) in &section.steps {
            let twin = original.0.sections.get(section_id).and_then(|section| section.steps.get(step_id));
            let Some(twin) = twin else { continue };
            let node = own
                .1
                .get(section_id.as_str())
                .and_then(|section| section.get("steps")?.get(step_id.as_str()));
            let Some(node) = node else { continue };
            out_of_date((step, node), twin, nonce, diag);
            code((step, node), twin, diag);
        }
    }
}

fn out_of_date(
    (step, node): (&StepProse, &Node),
    original: &StepProse,
    nonce: &Nonce,
    diag: &mut Diagnostics<'_>,
) {
    let (Some(kept), Some(place)) = (&step.translates, node.get("translates")) else { return };
    let now = fingerprint(original, nonce);
    if *kept == now {
        return;
    }
    let is_one = kept.len() == now.len() && kept.chars().all(|sign| sign.is_ascii_hexdigit());
    let written = format!("'{now}'");
    match is_one {
        true => diag
            .error(&place.span, "what this translates has changed since")
            .help(format!("bring it up to date, and then write {written} here"))
            .fix_at(place.span.clone(), written, false),
        false => diag
            .error(&place.span, "the fingerprint of what this translates is still to be written here")
            .help(format!("write {written}, or have `--fix` do it"))
            .fix_at(place.span.clone(), written, true),
    };
}

/// Code blocks are the same in every language, but for their comments.
fn code((step, node): (&StepProse, &Node), original: &StepProse, diag: &mut Diagnostics<'_>) {
    let (own, theirs) = (blocks(&step.text), blocks(&original.text));
    let Some(text) = node.get("text") else { return };
    if own.len() != theirs.len() {
        let message = format!(
            "this text has {} code blocks, and the one that it translates {}",
            own.len(),
            theirs.len()
        );
        diag.error(&text.span, message);
        return;
    }
    for ((at, own), (_, theirs)) in own.iter().zip(&theirs) {
        if bare(own) != bare(theirs) {
            let Some(value) = text.text() else { continue };
            let said = Said { node: text, text: value, is_title: false };
            let place = super::slash::span(&said, *at, own.lines().next().unwrap_or_default().len(), diag);
            diag.error(&place, "this code differs from that of the text which it translates")
                .help(format!("there it is: {}", theirs.trim_end().replace('\n', " ⏎ ")));
        }
    }
}

/// Each code block with its place.
fn blocks(text: &str) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    let mut open = None;
    for (event, range) in Parser::new(text).into_offset_iter() {
        match event {
            Event::Start(Tag::CodeBlock(_)) => open = Some((range.start, String::new())),
            Event::Text(code) => {
                if let Some((at, block)) = &mut open {
                    if block.is_empty() {
                        *at = range.start;
                    }
                    block.push_str(&code);
                }
            }
            Event::End(TagEnd::CodeBlock) => found.extend(open.take()),
            _ => {}
        }
    }
    found
}

/// Code without its comments and without spaces at the ends of lines.
fn bare(code: &str) -> Vec<&str> {
    let is_code = |line: &&str| !line.trim_start().starts_with("# ");
    let without = |line| str::split(line, " # ").next().unwrap_or_default().trim_end();
    code.lines().filter(is_code).map(without).collect()
}

/// Sentences that are word for word those of the other language.
fn untranslated(own: &Node, original: &Node, lang: &str, diag: &mut Diagnostics<'_>) {
    match (&own.value, &original.value) {
        (Value::Text(text), Value::Text(other)) if text == other && words(text) >= FEWEST_WORDS => {
            diag.error(&own.span, format!("this is not translated into `{lang}`"))
                .help("translate it, or leave this language's file away until it is");
        }
        (Value::Map(pairs), Value::Map(_)) => {
            for (key, value) in pairs {
                if let Some(twin) = key.text().and_then(|key| original.get(key)) {
                    untranslated(value, twin, lang, diag);
                }
            }
        }
        (Value::List(items), Value::List(others)) => {
            items.iter().zip(others).for_each(|(item, other)| untranslated(item, other, lang, diag));
        }
        _ => {}
    }
}

/// How many words there are outside of code.
fn words(text: &str) -> usize {
    let mut count = 0;
    let mut is_code = false;
    for event in Parser::new(text) {
        match event {
            Event::Start(Tag::CodeBlock(_)) => is_code = true,
            Event::End(TagEnd::CodeBlock) => is_code = false,
            Event::Text(text) if !is_code => {
                count += text.split_whitespace().filter(|word| word.chars().any(char::is_alphabetic)).count();
            }
            _ => {}
        }
    }
    count
}
