//! Where each step stands in a file of answers, so that a slip in one leaves the others as they are.

use crate::lesson::{
    diagnostic::Diagnostics,
    load::tree as whole,
    yaml::{self, Node, Span, Value},
};

/// What stands under one step's name.
#[derive(Debug)]
pub(super) struct Block {
    pub key: String,
    pub span: Span,
    /// It tells of the step's record, and not its answer.
    pub is_record: bool,
}

/// The file's tree, and where each step stands. Where it is no YAML, it is without the steps that are none; complains
/// of those.
pub(super) fn tree(diag: &mut Diagnostics<'_>) -> Option<(Node, Vec<Block>)> {
    let text = diag.text();
    let Err(first) = yaml::parse(text) else {
        return whole(diag).map(|tree| (tree.clone(), of_steps(&tree, text)));
    };
    let faulty =
        written(text).into_iter().filter_map(|span| Some((yaml::parse(&text[span.clone()]).err()?, span)));
    let faulty: Vec<_> = faulty.collect();
    if faulty.iter().all(|(why, _)| why.message != first.message) {
        // It is of the whole: too much, or an alias.
        return whole(diag).map(|tree| (tree, Vec::new()));
    }
    let (mut rest, mut cut) = (text.to_owned(), Vec::new());
    for (why, span) in faulty {
        let complaint = diag.error(&(span.start + why.span.start..span.start + why.span.end), why.message);
        if let Some(help) = why.help {
            complaint.help(help);
        }
        // The places of all that follows stay what they are.
        let blank = text[span.clone()].bytes().map(|byte| if byte == b'\n' { '\n' } else { ' ' });
        rest.replace_range(span.clone(), &blank.collect::<String>());
        let key = text[span.clone()].trim_start().split(':').next().unwrap_or_default().to_owned();
        cut.push(Block { key, span, is_record: false });
    }
    match yaml::parse(&rest) {
        Ok(tree) => {
            // The block before one that was cut out reaches over it.
            cut.extend(of_steps(&tree, text));
            Some((tree, cut))
        }
        Err(_) => whole(diag).map(|tree| (tree, Vec::new())),
    }
}

/// The blocks below `answers:`, as their indentation shows them.
fn written(text: &str) -> Vec<Span> {
    let mut at = 0;
    let lines: Vec<(usize, &str)> = text
        .split_inclusive('\n')
        .map(|line| {
            at += line.len();
            (at - line.len(), line)
        })
        .collect();
    let is_empty = |line: &str| line.trim().is_empty() || line.trim_start().starts_with('#');
    let indent = |line: &str| line.len() - line.trim_start_matches(' ').len();
    let below = lines.iter().skip_while(|(_, line)| line.trim_end() != "answers:").skip(1);
    let below: Vec<_> = below.take_while(|(_, line)| is_empty(line) || indent(line) > 0).collect();
    let Some(deep) = below.iter().find(|(_, line)| !is_empty(line)).map(|(_, line)| indent(line)) else {
        return Vec::new();
    };
    let begins = |line: &str| !is_empty(line) && indent(line) == deep && !line.trim_start().starts_with('-');
    let starts: Vec<usize> = below.iter().filter(|(_, line)| begins(line)).map(|(start, _)| *start).collect();
    let end = below.last().map_or(0, |(start, line)| start + line.len());
    let ends = starts.iter().copied().skip(1).chain([end]);
    starts.iter().copied().zip(ends).map(|(start, end)| start..end).collect()
}

/// Every step's block below `answers` and `record`.
fn of_steps(tree: &Node, text: &str) -> Vec<Block> {
    let Value::Map(pairs) = &tree.value else { return Vec::new() };
    let mut blocks = Vec::new();
    for (index, (key, value)) in pairs.iter().enumerate() {
        let (Value::Text(word), Value::Map(steps)) = (&key.value, &value.value) else { continue };
        if !matches!(word.as_str(), "answers" | "record") {
            continue;
        }
        let end = pairs.get(index + 1).map_or(text.len(), |(next, _)| next.span.start);
        let ends = steps.iter().skip(1).map(|(next, _)| next.span.start).chain([end]);
        for ((step, _), end) in steps.iter().zip(ends) {
            let key = text[step.span.clone()].trim_matches(['\'', '"']).to_owned();
            blocks.push(Block {
                key,
                span: step.span.start..end.max(step.span.start),
                is_record: word == "record",
            });
        }
    }
    blocks
}
