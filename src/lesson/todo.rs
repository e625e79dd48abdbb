//! What an author has still to do: `# TODO: …`, in comments of a lesson's files.

use super::{
    diagnostic::Diagnostics,
    load::{RenderedDiagnostic, Source, without_mark},
    yaml::{self, Node, Span, Value},
};

const MARK: &str = "# TODO";

/// Every TODO of a lesson, with its place; none of a file that is no YAML.
pub fn todos(source: &Source) -> Vec<RenderedDiagnostic> {
    source.files.iter().flat_map(|(name, text)| of_file(name, without_mark(text))).collect()
}

fn of_file(name: &str, text: &str) -> Vec<RenderedDiagnostic> {
    let mut diag = Diagnostics::new(name, text);
    if !text.contains(MARK) {
        return Vec::new();
    }
    let Ok(root) = yaml::parse(text) else { return Vec::new() };
    let mut texts = Vec::new();
    spans(&root, &mut texts);
    for (at, _) in text.match_indices(MARK) {
        let is_comment = text[..at].chars().next_back().is_none_or(char::is_whitespace);
        // In a text it may be code.
        if is_comment && !texts.iter().any(|span| span.contains(&at)) {
            let (span, told) = comment(text, at);
            diag.todo(&span, told);
        }
    }
    diag.render()
}

fn spans(node: &Node, found: &mut Vec<Span>) {
    match &node.value {
        Value::Text(_) => found.push(node.span.clone()),
        Value::List(items) => items.iter().for_each(|item| spans(item, found)),
        Value::Map(pairs) => pairs.iter().for_each(|(_, value)| spans(value, found)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// The place of a comment's first line, and what it says on this and on the lines of comment below.
fn comment(text: &str, at: usize) -> (Span, String) {
    let mut lines = text[at..].lines();
    let first = lines.next().unwrap_or_default().trim_end();
    let more = lines
        .map_while(|line| line.trim_start().strip_prefix('#'))
        .take_while(|line| !line.starts_with(" TODO"));
    let said = first[MARK.len()..].trim_start_matches([':', ' ']);
    let told = std::iter::once(said).chain(more.map(str::trim)).filter(|line| !line.is_empty());
    let told = told.collect::<Vec<_>>().join(" ");
    let told = if told.is_empty() { "there is something to do here".to_owned() } else { told };
    (at..at + first.len(), told)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_comment_is_told_with_all_of_its_lines_and_code_is_none() {
        let text = "a: |\n  # TODO: code\n\n  x\nb: 1 # TODO at the end\n# TODO: see\n# to it.\n\n# plain\nc: '# TODO: text'\nd: >-\n  folded # TODO\n# TODO\n# TODO: more\ne: x\n";
        let source =
            Source { id: "x".to_owned(), files: vec![("x/lesson.yaml".to_owned(), text.to_owned())] };
        let told: Vec<_> =
            todos(&source).into_iter().map(|todo| (todo.line, todo.column, todo.message)).collect();
        let said = |line, column, text: &str| (line, column, text.to_owned());
        assert_eq!(
            told,
            [
                said(5, 6, "at the end"),
                said(6, 1, "see to it."),
                said(13, 1, "there is something to do here"),
                said(14, 1, "more"),
            ]
        );
    }
}
