//! Conditions and what was seen, in words: short, plain, one line each.

use crate::lesson::{Condition, NodeName, OutputKind, Probe, TerminalName, Text};

/// How many characters of an output or a value are told.
const MOST_TOLD: usize = 80;

/// What `condition` expects, as a sentence without its full stop.
pub fn expected(condition: &Condition) -> String {
    match condition {
        Condition::Not(inner) => denied(inner),
        Condition::Any(inner) => {
            let all: Vec<_> = inner.iter().map(expected).collect();
            all.join(", or ")
        }
        Condition::Together(inner) => {
            let all: Vec<_> = inner.iter().map(expected).collect();
            format!("by one input: {}", all.join(", and "))
        }
        Condition::Started { node, at, cookie } => {
            let place = at.as_ref().map(|at| format!(" in {at}")).unwrap_or_default();
            let cookie = cookie.as_ref().map(|cookie| format!(", with the cookie {}", quoted(cookie)));
            format!("the node {node} runs{place}{}", cookie.unwrap_or_default())
        }
        Condition::Stopped { node } => format!("the node {node} has stopped"),
        Condition::Connected(one, other) => format!("{} and {} are connected", one.brief(), other.brief()),
        Condition::Refused(one, other) => {
            format!("{} and {} look for each other, and don't connect", one.brief(), other.brief())
        }
        Condition::Prints { what, at, by, times } => prints(what, at.as_ref(), by.as_ref(), *times),
        Condition::Returns { value, at } => format!("{} returns {}", somewhere(at.as_ref()), code(value)),
        Condition::Raises { what, at } => {
            format!("{} raises {}", input(at.as_ref()), readable(what.as_str()))
        }
        Condition::Silent { at, of: None } => format!("{at} stays silent"),
        Condition::Silent { at, of: Some(of) } => {
            format!("{at} shows nothing like {}", readable(of.as_str()))
        }
        Condition::Probe(probe) => self::probe(probe),
        Condition::Message(wanted) => {
            let way = way(wanted.from.as_ref(), wanted.to.as_ref());
            format!("a message like {} goes {way}", code(&wanted.pattern))
        }
        Condition::Waiting { at, continuation: false } => format!("{at} waits for an expression"),
        Condition::Waiting { at, continuation: true } => format!("{at} waits for the rest of an expression"),
        Condition::Typed { pattern, at } => {
            let place = at.as_ref().map(|at| format!(" in {at}")).unwrap_or_default();
            format!("{} is typed{place}", code(pattern))
        }
    }
}

/// What has been achieved once `condition` holds: without what only guards it.
pub fn achieved(condition: &Condition) -> String {
    match condition {
        Condition::Together(inner) if !condition.is_guard() => {
            let shown: Vec<_> = inner.iter().filter(|inner| !inner.is_guard()).map(expected).collect();
            shown.join(", and ")
        }
        _ => expected(condition),
    }
}

fn denied(inner: &Condition) -> String {
    match inner {
        Condition::Connected(one, other) => {
            format!("{} and {} are not connected", one.brief(), other.brief())
        }
        Condition::Started { node, .. } => format!("the node {node} doesn't run"),
        Condition::Prints { what, at, .. } => {
            format!("{} doesn't show {}", somewhere(at.as_ref()), text(what))
        }
        Condition::Raises { what, at } => {
            format!("{} doesn't raise {}", input(at.as_ref()), readable(what.as_str()))
        }
        Condition::Typed { pattern, .. } => format!("{} isn't typed", code(pattern)),
        Condition::Message(wanted) => {
            let way = way(wanted.from.as_ref(), wanted.to.as_ref());
            format!("no message like {} goes {way}", code(&wanted.pattern))
        }
        Condition::Not(inner) => expected(inner),
        Condition::Any(inner) => {
            let all: Vec<_> = inner.iter().map(denied).collect();
            all.join(", and ")
        }
        Condition::Stopped { .. }
        | Condition::Refused(..)
        | Condition::Returns { .. }
        | Condition::Silent { .. }
        | Condition::Probe(_)
        | Condition::Together(_)
        | Condition::Waiting { .. } => format!("not so: {}", expected(inner)),
    }
}

fn prints(what: &Text, at: Option<&TerminalName>, by: Option<&NodeName>, count: u32) -> String {
    let often = if count > 1 { format!(" {}", times(count as usize)) } else { String::new() };
    format!("{} shows {}{often}{}", somewhere(at), text(what), origin(by))
}

fn probe(probe: &Probe) -> String {
    let places: Vec<_> = probe.at.iter().map(TerminalName::as_str).collect();
    let (code, places) = (code(&probe.code), places.join(" and "));
    let mut parts = Vec::new();
    parts.extend(probe.gives.as_ref().map(|pattern| format!("gives {}", self::code(pattern))));
    parts.extend(probe.same.then(|| "gives the same".to_string()));
    parts
        .extend(probe.changes.map(|changes| if changes { "changes" } else { "stays as it was" }.to_string()));
    format!("{code} {} on {places}", parts.join(" and "))
}

fn somewhere(at: Option<&TerminalName>) -> String {
    at.map_or_else(|| "some terminal".to_string(), ToString::to_string)
}

fn input(at: Option<&TerminalName>) -> String {
    at.map_or_else(|| "the input".to_string(), |at| format!("the input in {at}"))
}

/// `from alex to kate`; what isn't named is some node.
pub fn way(from: Option<&NodeName>, to: Option<&NodeName>) -> String {
    let name = |node: Option<&NodeName>| node.map_or_else(|| "another node".to_string(), NodeName::brief);
    match (from, to) {
        (None, None) => "from one node to another".to_string(),
        (from, to) => format!("from {} to {}", name(from), name(to)),
    }
}

/// `, printed by a process on kate`, or nothing where the origin isn't known.
pub fn origin(by: Option<&NodeName>) -> String {
    by.map(|by| format!(", printed by a process on {}", by.brief())).unwrap_or_default()
}

pub fn times(count: usize) -> String {
    match count {
        1 => "once".to_string(),
        2 => "twice".to_string(),
        more => format!("{more} times"),
    }
}

pub fn kind(kind: OutputKind) -> &'static str {
    match kind {
        OutputKind::Result => "a value",
        OutputKind::Error => "an error",
        OutputKind::Shell => "a note of the shell",
        OutputKind::Print => "printed text",
        OutputKind::Log => "a log line",
        OutputKind::Stderr => "text on standard error",
        OutputKind::Raw => "output of a command",
    }
}

fn text(what: &Text) -> String {
    match what {
        Text::Plain(text) => quoted(text),
        Text::Regex(regex) => readable(regex.as_str()),
    }
}

/// A regular expression as a person reads it: `a\.b|c.*d` as "a.b" or "c … d"; one that is more stays as it is.
fn readable(regex: &str) -> String {
    let bare =
        ["(?s)", "(?m)", "(?i)"].iter().fold(regex, |left, flag| left.strip_prefix(flag).unwrap_or(left));
    let plain: Option<Vec<String>> = alternatives(bare).map(spelled).collect();
    match plain {
        Some(plain) => plain.iter().map(|plain| quoted(plain)).collect::<Vec<_>>().join(" or "),
        None => format!("/{}/", short(regex)),
    }
}

/// The parts between the `|`s that aren't escaped; those in brackets make `spelled` give up.
fn alternatives(regex: &str) -> impl Iterator<Item = &str> {
    let mut is_escaped = false;
    regex.split(move |sign| {
        let is_split = sign == '|' && !is_escaped;
        is_escaped = sign == '\\' && !is_escaped;
        is_split
    })
}

/// The text that a regular expression without choices or repetitions stands for.
fn spelled(regex: &str) -> Option<String> {
    let regex = regex.replace(".*", "\u{2026}");
    let mut plain = String::new();
    let mut signs = regex.chars();
    while let Some(sign) = signs.next() {
        match sign {
            '\\' => plain.push(signs.next().filter(|next| !next.is_alphanumeric())?),
            '\u{2026}' => plain.push_str(" \u{2026} "),
            '.' | '*' | '+' | '?' | '(' | ')' | '[' | ']' | '{' | '}' | '|' | '^' | '$' => return None,
            sign => plain.push(sign),
        }
    }
    Some(plain)
}

/// In quotes, or where it holds quotes itself, between backquotes.
pub fn quoted(text: &str) -> String {
    let text = short(text.trim_end());
    if text.contains('"') { format!("`{text}`") } else { format!("\"{text}\"") }
}

/// Code or a value, on one line.
pub fn code(text: &str) -> String {
    format!("`{}`", short(text.trim()))
}

pub fn first_line(text: &str) -> String {
    quoted(text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default().trim())
}

pub fn last_line(text: &str) -> String {
    quoted(text.lines().rfind(|line| !line.trim().is_empty()).unwrap_or_default().trim())
}

/// One line of at most so many characters, fit for any terminal.
fn short(text: &str) -> String {
    let line: String = text.split('\n').map(str::trim).collect::<Vec<_>>().join(" ");
    let line: String = line.chars().filter(|c| !c.is_control()).take(MOST_TOLD + 1).collect();
    match line.char_indices().nth(MOST_TOLD) {
        Some((at, _)) => format!("{}…", &line[..at]),
        None => line,
    }
}

#[cfg(test)]
mod tests {
    use super::readable;

    #[test]
    fn a_regular_expression_reads_as_text_where_it_can() {
        assert_eq!(readable(r"Kate\.say_name/0 is undefined"), "\"Kate.say_name/0 is undefined\"");
        assert_eq!(readable(r"(?s)exited.*boom|\(exit\)"), "\"exited … boom\" or \"(exit)\"");
        assert_eq!(readable(r"a\|b"), "\"a|b\"");
        assert_eq!(readable(r"\d+"), r"/\d+/");
    }
}
