//! Two values asked of one terminal at once: only its latest one counts, so they can't both be there.

use crate::lesson::{
    diagnostic::Diagnostics,
    yaml::{Node, Span, Value},
};

/// Looks at each list of conditions that must all hold, wherever it stands.
pub(super) fn review(root: &Node, diag: &mut Diagnostics<'_>) {
    match &root.value {
        Value::Map(pairs) => {
            for (key, value) in pairs {
                match (key.text(), &value.value) {
                    (Some("check"), Value::Map(goals)) => {
                        let all: Vec<_> = goals.iter().flat_map(|(_, goal)| goal.items()).collect();
                        list(&all, diag);
                    }
                    (Some("check" | "together"), Value::List(items)) => {
                        list(&items.iter().collect::<Vec<_>>(), diag);
                    }
                    (Some("mistakes"), Value::Map(mistakes)) => {
                        for (_, mistake) in mistakes {
                            list(&mistake.items().iter().collect::<Vec<_>>(), diag);
                        }
                    }
                    _ => {}
                }
                review(value, diag);
            }
        }
        Value::List(items) => items.iter().for_each(|item| review(item, diag)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Text(_) => {}
    }
}

fn list(conditions: &[&Node], diag: &mut Diagnostics<'_>) {
    let mut seen: Vec<(&str, &str, Span)> = Vec::new();
    for condition in conditions {
        let Value::Map(pairs) = &condition.value else { continue };
        let Some((verb, value)) = pairs.iter().find(|(key, _)| key.text() == Some("returns")) else {
            continue;
        };
        let (Some(value), Some(at)) = (value.text(), condition.get("in").and_then(Node::text)) else {
            continue;
        };
        if value.contains('_') {
            continue;
        }
        match seen.iter().find(|(other, there, _)| *there == at && *other != value) {
            Some((_, _, first)) => {
                let message = format!(
                    "only the latest value of {at} counts, so this and the other one can't both hold"
                );
                diag.error(&verb.span, message)
                    .other(first.clone(), "the other one")
                    .help("put each into a `together` with what it comes of: `together: [{ typed: … }, { returns: … }]`");
            }
            None => seen.push((value, at, verb.span.clone())),
        }
    }
}
