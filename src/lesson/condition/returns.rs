//! `returns: TEXT`: the value that IEx wrote for the last expression. `_` alone, or in `#PID<_>`, is anything.

use super::*;

#[derive(Debug, Clone)]
pub struct Returns {
    /// Has `_` wildcards: alone, or in `#PID<_>`.
    pub value: String,
    pub at: Option<TerminalName>,
}

const RETURNS: Key<PlainText> = Key::new("returns", "the value as IEx writes it; `_` is anything");
const IN: Key<TerminalName> = Key::new("in", "the terminal; its latest value counts");

impl Written for Returns {
    const FORMS: &'static [Form] = &[Form::new(RETURNS.info(), &[IN.info()], Counts::Latest)
        .about("The value that IEx wrote for the last expression of that terminal.")
        .example("{ returns: '[:kate@localhost]', in: alex }")];

    fn read(fields: &mut Fields<'_, '_>) -> Option<Self> {
        let (value, at) = (fields.required(&RETURNS), fields.optional(&IN));
        Some(Self { value: value?, at: at? })
    }
}

impl Verb for Returns {
    fn judge(&self, scene: &Scene<'_>, _settled: bool) -> Judgement {
        let mut seen = None;
        for terminal in scene.terminals() {
            let Some(found) = last_value(terminal, scene) else { continue };
            let told = returned(terminal, &code(&found));
            match (is_like(&self.value, &found), self.is_in(terminal)) {
                (true, true) => return Judgement::yes(told),
                (true, false) => seen = Some(told),
                (false, true) => seen = seen.or(Some(told)),
                (false, false) => {}
            }
        }
        Judgement::no(seen.or_else(|| self.shown_instead(scene)))
    }

    fn expected(&self) -> Localized {
        must_return(&somewhere(self.at.as_ref()), &code(&self.value))
    }

    fn is_coded(&self) -> bool {
        !self.is_known()
    }

    fn terminals(&self) -> Vec<&TerminalName> {
        self.at.iter().collect()
    }

    fn samples(&self, model: &ModelRun<'_>) -> Vec<Vec<Sample>> {
        if !self.is_telling() {
            return vec![Vec::new()];
        }
        let windows = model.scene().windows();
        let scene = model.scene();
        let left = scene.inputs().iter().zip(&windows).find_map(|(input, window)| {
            let text = last_value(input.terminal, window).filter(|value| is_like(&self.value, value))?;
            let (terminal, after) = (input.terminal.clone(), scene.entry_of(input.index));
            self.is_in(&terminal).then(|| Left { text: text.trim().to_owned(), terminal, after })
        });
        model.sample(What::Value, left, self.is_known().then_some(self.value.as_str()), self.at.as_ref())
    }
}

impl Returns {
    /// Whether not just any value will do.
    pub(super) fn is_telling(&self) -> bool {
        self.value.trim() != "_"
    }

    /// A name such as `:my_node@host` holds no wildcard.
    fn is_known(&self) -> bool {
        !self.value.contains('_') || self.value.contains('@')
    }

    fn is_in(&self, terminal: &TerminalName) -> bool {
        self.at.as_ref().is_none_or(|at| at == terminal)
    }

    fn shown_instead(&self, scene: &Scene<'_>) -> Option<Localized> {
        let is_it = |run: &&Run<'_>| {
            run.kind != OutputKind::Result && self.is_in(run.terminal) && is_like(&self.value, &run.text)
        };
        let run = scene.runs().iter().find(is_it)?;
        Some(no_value(run.terminal, &kind(run.kind)))
    }
}

/// The value of the last expression on `terminal`, complete: IEx has asked for the next, or taken it.
fn last_value(terminal: &TerminalName, scene: &Scene<'_>) -> Option<String> {
    let inputs = scene.inputs();
    let last = inputs.iter().rfind(|input| input.terminal == terminal)?;
    let mut value = String::new();
    let mut is_whole = false;
    for record in scene.step {
        let is_of_it = record.cause.as_ref() == Some(last.cause);
        match &record.fact {
            Fact::Output { terminal: there, kind: OutputKind::Result, text, .. }
                if is_of_it && there == terminal =>
            {
                value.push_str(text);
                is_whole = false;
            }
            Fact::Prompt { terminal: there, prompt: Prompt::Iex { .. } } if there == terminal => {
                is_whole = !value.is_empty();
            }
            Fact::Line { terminal: there, .. } if there == terminal && !is_of_it => {
                is_whole = !value.is_empty();
            }
            _ => {}
        }
    }
    is_whole.then(|| without_escapes(&value))
}

/// Whether `seen` is `wanted`, in which `_`, alone or as in `#PID<_>`, is anything; line ends don't count.
fn is_like(wanted: &str, seen: &str) -> bool {
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

/// On one line: where `inspect` breaks a long value says nothing of it.
fn tidy(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        let is_first = line.is_empty() || line.ends_with(['[', '{', '(']);
        if !is_first && !word.starts_with([']', '}', ')']) {
            line.push(' ');
        }
        line.push_str(word);
    }
    line
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

crate::catalogue! {
    must_return(at: &Localized, value: &str) { en: "{at} returns {value}", el: "{at} επιστρέφει {value}" }
    returned(at: &TerminalName, value: &str) { en: "{at} returned {value}", el: "το {at} επέστρεψε {value}" }
    no_value(at: &TerminalName, kind: &Localized) {
        en: "{at} shows it as {kind}, not as a value",
        el: "στο {at} φαίνεται ως {kind}, όχι ως τιμή",
    }
}

#[cfg(test)]
mod tests {
    use OutputKind::{Print, Result as Value};

    use super::{testing::*, *};

    #[test]
    fn it_is_the_last_value_before_a_prompt() {
        let asked = || Story::new().types("alex", "Node.list()");
        asked()
            .shows("alex", Value, "alex", "[")
            .shows("alex", Value, "alex", "]\n")
            .asks("alex")
            .holds(returns("[]"));
        asked().shows("alex", Value, "alex", "[]\n").misses(returns("[]"), "");
        asked()
            .shows("alex", Value, "alex", "[:kate@localhost]\n")
            .asks("alex")
            .misses(returns("[]"), "alex returned `[:kate@localhost]`");
        asked()
            .shows("alex", Print, "alex", "[]\n")
            .shows("alex", Value, "alex", ":ok\n")
            .asks("alex")
            .misses(returns("[]"), "alex returned `:ok`");
        asked()
            .types("kate", "[]")
            .shows("kate", Value, "kate", "[]\n")
            .asks("kate")
            .misses(returns("[]"), "kate returned `[]`");
        asked()
            .shows("alex", Value, "alex", "[]\n")
            .asks("alex")
            .types("alex", "1")
            .misses(returns("[]"), "");
        asked().shows("alex", Value, "alex", "#PID<0.1.0>\n").asks("alex").holds(returns("#PID<_>"));
    }

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
        assert!(is_like("{_, 0}", "{\"a long text\" <> ...,\n 0}\n"));
        assert!(is_like("[1, 2]", "[\n  1,\n  2\n]"));
        assert!(!is_like("[]", "[:kate@localhost]"));
    }
}
