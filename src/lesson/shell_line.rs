//! A line typed at `$`, as the simple commands that it holds.
//!
//! Not handled: here-documents, functions, loops, and what a variable holds.

/// Commands that may stand before the wanted one: of their own they write nothing that it could be taken to have
/// written, but what stands on the line.
const QUIET: &[&str] =
    &["cd", "clear", "export", "unset", "mkdir", "touch", "rm", "mix clean", "mix compile", "mix format"];

/// One simple command: its words without their quotes, and the operator behind it.
#[derive(Debug, Default, PartialEq, Eq)]
struct Simple {
    words: Vec<String>,
    behind: String,
}

pub struct ShellLine {
    commands: Vec<Simple>,
    /// It holds the output of another command, or a variable: what is written can't be read off it.
    expands: bool,
}

impl ShellLine {
    pub fn of(text: &str) -> Self {
        let mut scan = Scan::default();
        let mut signs = text.chars().peekable();
        while let Some(sign) = signs.next() {
            let next = signs.peek().copied();
            if scan.takes(sign, next) {
                signs.next();
            }
        }
        scan.end()
    }

    /// Whether one of the commands begins with those words, behind settings such as `MIX_ENV=test`; `_` is any word.
    pub fn runs(&self, wanted: &str) -> bool {
        self.commands.iter().any(|simple| simple.is(wanted))
    }

    /// Whether the line's output and exit code are those of that command: it is the last one, and before it stand only
    /// quiet ones. Then what stands there, which may come back in a complaint of theirs.
    pub fn is_about(&self, wanted: &str) -> Option<String> {
        let (last, before) = self.commands.split_last()?;
        let is_last = last.is(wanted) && matches!(last.behind.as_str(), "" | ";");
        let is_led_to = before.iter().all(|simple| {
            matches!(simple.behind.as_str(), ";" | "&&") && QUIET.iter().any(|quiet| simple.is(quiet))
        });
        let rest = before.iter().map(|simple| simple.words.join(" ")).collect::<Vec<_>>().join("\n");
        (is_last && is_led_to && !self.expands).then_some(rest)
    }
}

impl Simple {
    fn is(&self, wanted: &str) -> bool {
        let mut words = self.words.iter().skip_while(|word| is_setting(word));
        let is_it = |wanted: &str, word: &str| wanted == "_" || word == wanted;
        wanted.split_whitespace().all(|wanted| words.next().is_some_and(|word| is_it(wanted, word)))
    }
}

fn is_setting(word: &str) -> bool {
    let name = word.split_once('=').map(|(name, _)| name);
    name.is_some_and(|name| !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_'))
}

#[derive(Default)]
struct Scan {
    commands: Vec<Simple>,
    now: Simple,
    /// None: between words.
    word: Option<String>,
    quote: Option<char>,
    is_comment: bool,
    expands: bool,
    previous: Option<char>,
}

impl Scan {
    /// Whether the next sign was taken along.
    fn takes(&mut self, sign: char, next: Option<char>) -> bool {
        let previous = self.previous.replace(sign);
        self.expands |= self.quote != Some('\'') && !self.is_comment && matches!(sign, '$' | '`');
        match (self.quote, sign, next) {
            _ if self.is_comment && sign != '\n' => {}
            (Some(quote), sign, _) if quote == sign => self.quote = None,
            (None | Some('"'), '\\', Some(next)) => {
                // A line that goes on below is one line.
                if next != '\n' {
                    self.push(next);
                }
                return true;
            }
            (Some(_), sign, _) => self.push(sign),
            (None, '\'' | '"', _) => {
                self.quote = Some(sign);
                self.word.get_or_insert_default();
            }
            (None, '#', _) if self.word.is_none() => self.is_comment = true,
            // `2>&1`, `&>file`: no operator.
            (None, '&', next) if matches!(previous, Some('>' | '<')) || next == Some('>') => self.push('&'),
            (None, '&' | '|', Some(next)) if next == sign => {
                self.operator(&format!("{sign}{next}"));
                return true;
            }
            (None, '&' | '|', _) => self.operator(&sign.to_string()),
            (None, ';' | '\n' | '(' | ')', _) => {
                self.is_comment = false;
                self.operator(";");
            }
            (None, sign, _) if sign.is_whitespace() => self.end_word(),
            (None, sign, _) => self.push(sign),
        }
        false
    }

    fn push(&mut self, sign: char) {
        self.word.get_or_insert_default().push(sign);
    }

    fn end_word(&mut self) {
        self.now.words.extend(self.word.take());
    }

    /// Between an operator and a parenthesis there is no command: the operator is what counts.
    fn operator(&mut self, behind: &str) {
        self.end_word();
        let mut done = std::mem::take(&mut self.now);
        match self.commands.last_mut() {
            _ if !done.words.is_empty() => {
                done.behind = behind.to_owned();
                self.commands.push(done);
            }
            Some(last) if last.behind == ";" => last.behind = behind.to_owned(),
            Some(_) | None => {}
        }
    }

    fn end(mut self) -> ShellLine {
        self.end_word();
        if !self.now.words.is_empty() {
            self.commands.push(self.now);
        }
        ShellLine { commands: self.commands, expands: self.expands }
    }
}

#[cfg(test)]
mod tests {
    use super::ShellLine;

    #[test]
    fn a_command_is_found_on_its_line() {
        for line in [
            "mix test",
            "cd chat && mix test --trace",
            "MIX_ENV=test mix  test; echo done",
            "(cd chat; mix 'test')",
            "mix \\\n test",
        ] {
            assert!(ShellLine::of(line).runs("mix test"), "{line}");
        }
        assert!(ShellLine::of("mix new chat --sup").runs("mix new _"));
        for line in ["echo mix test", "mix", "echo 'so; mix test '", "ls # && mix test", "mix 'test it'"] {
            assert!(!ShellLine::of(line).runs("mix test"), "{line}");
        }
    }

    #[test]
    fn a_line_is_about_its_last_command_behind_quiet_ones() {
        for line in [
            "mix test",
            "cd chat && mix test --trace",
            "cd chat; MIX_ENV=test mix test 2>&1",
            "(cd chat && mix test)",
            "mix test;",
            "mix format && mix test # green?",
            "mix test --only 'a;b'",
        ] {
            assert!(ShellLine::of(line).is_about("mix test").is_some(), "{line}");
        }
        for line in [
            "mix test; echo hi",
            "mix test && echo hi",
            "mix test || true",
            "mix test | cat",
            "mix test &",
            "(mix test) | cat",
            "(mix test; echo hi)",
            "echo hi; mix test",
            "echo hi | mix test",
            "true || mix test",
            "cd chat || mix test",
            "mix test $(echo hi >&2)",
            "cd \"$(echo hi >&2)\" && mix test",
            "cd $TEXT; mix test",
            "mix test\necho hi",
            "# mix test\necho hi",
            "echo 'hi; mix test '",
        ] {
            assert!(ShellLine::of(line).is_about("mix test").is_none(), "{line}");
        }
    }

    #[test]
    fn what_stands_before_it_is_told() {
        let line = ShellLine::of("cd 'no con''nection' && mix test");
        assert_eq!(line.is_about("mix test").as_deref(), Some("cd no connection"));
    }
}
