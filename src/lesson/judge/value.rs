//! The value that IEx wrote last.

use super::{
    Stands, messages,
    scene::{Scene, plain},
};
use crate::{
    i18n::Localized,
    lesson::{Fact, OutputKind, Prompt, TerminalName},
};

/// The last input there gave that value, and IEx asks for the next.
pub fn returns(value: &str, at: Option<&TerminalName>, scene: &Scene<'_>) -> Stands {
    let mut seen = None;
    for terminal in scene.terminals() {
        let is_there = at.is_none_or(|at| at == terminal);
        match last_value(terminal, scene) {
            Some(found) if is_like(value, &found) && is_there => {
                return Stands::yes(messages::returned(terminal, &messages::code(&found)));
            }
            Some(found) if is_like(value, &found) => {
                seen = Some(messages::returned(terminal, &messages::code(&found)));
            }
            Some(found) if is_there => {
                seen = seen.or_else(|| Some(messages::returned(terminal, &messages::code(&found))));
            }
            Some(_) | None => {}
        }
    }
    Stands::no(seen.or_else(|| printed_instead(value, at, scene)))
}

fn printed_instead(value: &str, at: Option<&TerminalName>, scene: &Scene<'_>) -> Option<Localized> {
    let run = scene.runs().iter().find(|run| {
        run.kind != OutputKind::Result && at.is_none_or(|at| at == run.terminal) && is_like(value, &run.text)
    })?;
    Some(messages::no_value(run.terminal, &messages::kind(run.kind)))
}

/// The value after the last input on `terminal`, complete: a prompt of IEx followed it.
pub fn last_value(terminal: &TerminalName, scene: &Scene<'_>) -> Option<String> {
    let since = scene.inputs().filter(|input| input.terminal == terminal).last()?.index;
    let mut value = String::new();
    let mut whole = None;
    for record in &scene.records[since + 1..] {
        if let Fact::Output { terminal: there, kind: OutputKind::Result, text, .. } = &record.fact
            && there == terminal
        {
            value.push_str(text);
        }
        if let Fact::Prompt { terminal: there, prompt: Prompt::Iex { .. } } = &record.fact
            && there == terminal
            && !value.is_empty()
        {
            whole = Some(std::mem::take(&mut value));
        }
    }
    // A newer value that no prompt has followed yet makes the older one out of date.
    whole.filter(|_| value.is_empty()).map(|whole| plain(&whole))
}

/// Whether `seen` is `wanted`, in which `_`, alone or as in `#PID<_>`, is anything; line ends don't count.
pub fn is_like(wanted: &str, seen: &str) -> bool {
    let (wanted, seen) = (tidy(wanted), tidy(seen));
    let parts = parts(&wanted);
    let (Some((first, rest)), Some(last)) = (parts.split_first(), parts.last()) else { return false };
    let Some((_, middle)) = rest.split_last() else { return *first == seen };
    let Some(mut left) = seen.strip_prefix(first) else { return false };
    for part in middle {
        match left.find(part) {
            Some(at) => left = &left[at + part.len()..],
            None => return false,
        }
    }
    left.ends_with(last)
}

fn tidy(text: &str) -> String {
    let lines: Vec<&str> = text.lines().map(str::trim_end).collect();
    lines.join("\n").trim_matches('\n').trim_start().to_string()
}

/// What stands between the wildcards.
fn parts(wanted: &str) -> Vec<&str> {
    let is_word = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '_');
    let mut parts = Vec::new();
    let mut from = 0;
    for (at, _) in wanted.match_indices('_') {
        if !is_word(wanted[..at].chars().next_back()) && !is_word(wanted[at + 1..].chars().next()) {
            parts.push(&wanted[from..at]);
            from = at + 1;
        }
    }
    parts.push(&wanted[from..]);
    parts
}

#[cfg(test)]
mod tests {
    use super::is_like;

    #[test]
    fn an_underscore_alone_is_anything() {
        assert!(is_like("_", "%{a: 1}\n"));
        assert!(is_like("#PID<_>", "#PID<0.110.0>"));
        assert!(!is_like("#PID<_>", "#Reference<0.1>"));
        assert!(is_like("{_, 0}", "{\"me\\n\", 0}"));
        assert!(!is_like("{_, 0}", "{\"me\\n\", 1}"));
        assert!(is_like("[:a_b]", "[:a_b]"));
        assert!(!is_like("[:a_b]", "[:axb]"));
    }

    #[test]
    fn line_ends_do_not_count() {
        assert!(is_like("[]", "[]\n"));
        assert!(is_like("[\n  1\n]", "[  \n  1\n]\n"));
        assert!(!is_like("[]", "[:kate@localhost]"));
    }
}
