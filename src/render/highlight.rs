//! Elixir in colour, through syntect and two-face's grammar (syntect's own set has no Elixir).
//!
//! The grammar takes some milliseconds to load, so nothing here waits for it: until `warm` has come
//! through, code is plain. Half-typed code is coloured as far as the grammar gets.

use std::sync::OnceLock;

use syntect::parsing::{ParseState, ScopeStack, SyntaxReference, SyntaxSet};

use super::{palette::Tone, span::Span};

static SYNTAXES: OnceLock<SyntaxSet> = OnceLock::new();

/// More than this is not worth the time between two keys; in bytes.
const MAX_CODE: usize = 32 * 1024;
/// A longer line has no colours, in bytes: the grammar takes time that grows with its square.
const MAX_LINE: usize = 1000;

/// Loads the grammar; call it from a thread that may take its time.
pub fn warm() {
    SYNTAXES.get_or_init(two_face::syntax::extra_newlines);
}

/// The lines of Elixir `code`, each in spans. Their texts, joined with line breaks, are `code`.
pub fn elixir(code: &str) -> Vec<Vec<Span>> {
    let mut colours = Colours::new();
    code.split('\n').map(|line| colours.line(line)).collect()
}

/// The lines of a fenced block. In `iex` and `console` fences (and in bare ones that hold a prompt)
/// only what stands behind a prompt is code; what stands without one is what was printed.
pub fn fence(code: &str, language: &str) -> Vec<Vec<Span>> {
    let lines = code.split('\n');
    let is_session = matches!(language, "iex" | "console") || code.lines().any(|line| prompt(line) > 0);
    match language {
        _ if is_session => session(lines),
        "" | "elixir" | "ex" | "exs" => elixir(code),
        _ => lines.map(plain).collect(),
    }
}

/// How many bytes at the start of the line are a prompt of IEx (`iex(1)> `, `...(1)> `, `...> `) or of a
/// shell (`$ `).
pub fn prompt(line: &str) -> usize {
    let bare = line.trim_start_matches(' ');
    let indent = line.len() - bare.len();
    if bare.starts_with("$ ") {
        return indent + 2;
    }
    let Some(rest) = bare.strip_prefix("iex").or_else(|| bare.strip_prefix("...")) else { return 0 };
    let rest = match rest.strip_prefix('(') {
        Some(inside) => match inside.split_once(')') {
            Some((name, rest)) if name.len() < 300 => rest,
            Some(_) | None => return 0,
        },
        None => rest,
    };
    let rest = rest.trim_start_matches(|c: char| c.is_ascii_digit());
    match rest.strip_prefix('>') {
        Some(rest) => line.len() - rest.strip_prefix(' ').unwrap_or(rest).len(),
        None => 0,
    }
}

/// Whether a prompt of IEx names no node: `iex(1)> `, `...(1)> `.
fn is_nameless(prompt: &str) -> bool {
    inside(prompt).and_then(|inside| inside.strip_suffix(")>")).is_some_and(is_number)
}

/// Whether an IEx prompt leaves open in which terminal it stands: there is no name in it, or another one.
pub fn tells_no_terminal(prompt: &str, terminal: &str) -> bool {
    let node = inside(prompt).and_then(|inside| inside.split_once('@')).map(|(name, _)| name);
    is_nameless(prompt) || node.is_some_and(|name| name != terminal)
}

/// What stands behind the first bracket of IEx's own prompt, up to its end.
fn inside(prompt: &str) -> Option<&str> {
    let rest = prompt.strip_prefix("iex(").or_else(|| prompt.strip_prefix("...("))?;
    rest.find('>').map(|end| &rest[..=end])
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c.is_ascii_digit())
}

fn session<'a>(lines: impl Iterator<Item = &'a str>) -> Vec<Vec<Span>> {
    let mut colours = Colours::new();
    lines
        .map(|line| {
            let (prompt, code) = line.split_at(prompt(line));
            if prompt.is_empty() {
                return plain(line);
            }
            if !prompt.trim_start().starts_with("...") {
                colours = Colours::new();
            }
            let code = if prompt.ends_with("$ ") { plain(code) } else { colours.line(code) };
            std::iter::once(Span::new(Tone::Quiet, prompt)).chain(code).collect()
        })
        .collect()
}

fn plain(line: &str) -> Vec<Span> {
    vec![Span::new(Tone::Plain, line)]
}

/// The state of the grammar from line to line; none where there is no grammar (yet).
struct Colours {
    state: Option<(ParseState, &'static SyntaxSet)>,
    scopes: ScopeStack,
    taken: usize,
}

impl Colours {
    fn new() -> Self {
        let state = SYNTAXES.get().and_then(|set| Some((ParseState::new(elixir_syntax(set)?), set)));
        Self { state, scopes: ScopeStack::new(), taken: 0 }
    }

    fn line(&mut self, line: &str) -> Vec<Span> {
        self.taken += line.len();
        if self.taken > MAX_CODE || line.len() > MAX_LINE {
            return plain(line);
        }
        let Some((state, set)) = &mut self.state else { return plain(line) };
        // The grammar was made for lines that end in a line break.
        let Ok(changes) = state.parse_line(&format!("{line}\n"), set) else { return plain(line) };
        let mut spans = Vec::new();
        let mut from = 0;
        for (at, change) in changes {
            let at = at.min(line.len());
            push(&mut spans, tone(&self.scopes), &line[from..at]);
            from = at;
            if self.scopes.apply(&change).is_err() {
                break;
            }
        }
        push(&mut spans, tone(&self.scopes), &line[from..]);
        spans
    }
}

fn push(spans: &mut Vec<Span>, tone: Tone, text: &str) {
    if !text.is_empty() {
        spans.push(Span::new(tone, text));
    }
}

fn elixir_syntax(set: &SyntaxSet) -> Option<&SyntaxReference> {
    set.find_syntax_by_extension("ex")
}

/// The innermost scope that we have a tone for.
fn tone(scopes: &ScopeStack) -> Tone {
    const TONES: [(&str, Tone); 12] = [
        ("comment", Tone::Comment),
        ("constant.other.symbol", Tone::Literal),
        ("constant.other.keyword", Tone::Literal),
        ("constant.character", Tone::Literal),
        ("constant.numeric", Tone::Literal),
        ("constant.language", Tone::Literal),
        ("string", Tone::Text),
        ("keyword.operator", Tone::Plain),
        ("keyword", Tone::Keyword),
        ("entity.name.class", Tone::Module),
        ("entity.name.namespace", Tone::Module),
        ("meta.interpolation", Tone::Plain),
    ];
    scopes
        .as_slice()
        .iter()
        .rev()
        .find_map(|scope| {
            let name = scope.build_string();
            TONES.iter().find(|(prefix, _)| name.starts_with(prefix)).map(|(_, tone)| *tone)
        })
        .unwrap_or(Tone::Plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn toned(line: &[Span], tone: Tone) -> Vec<&str> {
        line.iter().filter(|span| span.tone == tone).map(|span| span.text.trim()).collect()
    }

    #[test]
    fn elixir_has_tones() {
        warm();
        let lines = elixir("def say_name, do: IO.puts(\"Γεια\") # hm\n:kate");
        assert!(toned(&lines[0], Tone::Keyword).contains(&"def"), "{lines:?}");
        assert!(toned(&lines[0], Tone::Text).concat().contains("Γεια"), "{lines:?}");
        assert!(toned(&lines[0], Tone::Comment).concat().contains("hm"), "{lines:?}");
        assert!(toned(&lines[1], Tone::Literal).concat().contains("kate"), "{lines:?}");
    }

    #[test]
    fn a_line_that_nobody_reads_has_no_tones_and_the_next_one_has() {
        warm();
        let long = format!("x = \"{}\"", "x".repeat(MAX_LINE));
        let lines = elixir(&format!("{long}\ndef say_name"));
        assert_eq!(lines[0], plain(&long));
        assert!(toned(&lines[1], Tone::Keyword).contains(&"def"), "{lines:?}");
    }

    #[test]
    fn no_byte_is_lost_whatever_is_typed() {
        warm();
        for code in [
            "fn -> \"#{",
            "\"\"\"\nab",
            "~s(",
            "%{a: ",
            "Νode",
            "'",
            "",
            "a\n\nb",
            "#PID<0.1.0>",
            "\\",
            "日本 ~r/(",
        ] {
            let joined: Vec<String> = elixir(code)
                .iter()
                .map(|line| line.iter().map(|span| span.text.as_str()).collect())
                .collect();
            assert_eq!(joined.join("\n"), code);
        }
    }

    #[test]
    fn prompts_are_found() {
        for (line, bytes) in [
            ("iex(1)> x", 8),
            ("iex(alex@localhost)12> x", 23),
            ("...(1)> x", 8),
            ("...> x", 5),
            ("iex> x", 5),
            ("  iex>x", 6),
            ("$ mix test", 2),
            ("iex --sname alex@localhost", 0),
            ("x = 1", 0),
            ("...", 0),
            ("iex(1", 0),
        ] {
            assert_eq!(prompt(line), bytes, "{line}");
        }
    }

    #[test]
    fn a_named_prompt_is_told_from_a_nameless_one() {
        assert!(is_nameless("iex(12)> ") && is_nameless("...(1)>"));
        for prompt in ["iex(alex@localhost)1> ", "iex>", "...> ", "alex $ ", "iex()>"] {
            assert!(!is_nameless(prompt), "{prompt}");
        }
    }

    #[test]
    fn a_prompt_with_another_name_leaves_its_terminal_open() {
        for prompt in ["iex(1)> ", "iex(alex@localhost)1> ", "...(alex@localhost)12>"] {
            assert!(tells_no_terminal(prompt, "shell"), "{prompt}");
        }
        for prompt in ["iex(alex@localhost)1> ", "alex $ ", "sophie> "] {
            assert!(!tells_no_terminal(prompt, "alex"), "{prompt}");
        }
    }

    #[test]
    fn only_what_was_typed_is_code() {
        warm();
        let lines = fence("iex(1)> def = 1\ndef is printed", "iex");
        assert_eq!(lines[0][0], Span::new(Tone::Quiet, "iex(1)> "));
        assert_eq!(toned(&lines[0], Tone::Keyword), ["def"]);
        assert_eq!(lines[1], [Span::new(Tone::Plain, "def is printed")]);
    }
}
