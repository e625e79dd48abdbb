//! How a step stands: ticks, mistakes, hints, answers, checks, and its end.

use crate::{
    error::Error,
    guide::notice::{Onward, PredictionRemark},
    lesson::{Advice, Finding, Holds, Input},
};

use super::{
    card, highlight, markdown,
    palette::{Palette, Tone},
    span::{self, Span},
    untrusted,
};

const INDENT: &str = "  ";
const CODE: &str = "      ";

/// What feedback is drawn with.
#[derive(Debug, Clone, Copy)]
pub struct Pen {
    /// Of the terminal.
    pub columns: usize,
    pub palette: Palette,
}

impl Pen {
    /// `  ✔ text`, wrapped so that the text hangs behind its sign.
    pub fn signed(self, sign: &str, tone: Tone, text: Vec<Span>) -> Vec<String> {
        let first = format!("{INDENT}{} ", self.palette.paint(tone, sign));
        self.hanging(&first, "    ", &text)
    }

    pub fn hanging(self, first: &str, rest: &str, text: &[Span]) -> Vec<String> {
        let columns = card::measure(self.columns).saturating_sub(rest.len());
        let quoted = |span: &Span| Span::new(span.tone, untrusted::quoted(&span.text));
        let wrapped = span::wrap(&text.iter().map(quoted).collect::<Vec<_>>(), columns);
        let before = |index| if index == 0 { first } else { rest };
        let line =
            |(index, line): (usize, &Vec<Span>)| before(index).to_owned() + &span::paint(line, self.palette);
        wrapped.iter().enumerate().map(line).collect()
    }

    pub fn quiet(self, text: &str) -> Vec<String> {
        self.hanging(INDENT, INDENT, &[Span::new(Tone::Quiet, text)])
    }

    fn prose(self, text: &str) -> Vec<String> {
        let columns = card::measure(self.columns).saturating_sub(INDENT.len());
        card::indent(markdown::lines(text, columns, self.palette), INDENT.len())
    }

    pub fn tick(self, finding: &Finding) -> Vec<String> {
        self.signed("✔", Tone::Good, vec![Span::new(Tone::Plain, &finding.expected)])
    }

    pub fn passed(self, after: Option<&str>, prediction: Option<&PredictionRemark>) -> Vec<String> {
        let mut lines = Vec::new();
        for words in [prediction.map(|remark| self.prediction(remark)), after.map(|text| self.prose(text))] {
            if let Some(words) = words {
                lines.push(String::new());
                lines.extend(words);
            }
        }
        lines
    }

    pub fn onward(self, onward: &Onward) -> Vec<String> {
        let said = match onward {
            Onward::Step => "Done. Play on, or press Enter for the next step.".to_owned(),
            Onward::Section(title) => {
                format!("Done, and with it this section. Play on, or press Enter for “{title}”.")
            }
        };
        [vec![String::new()], self.quiet(&said)].concat()
    }

    fn prediction(self, remark: &PredictionRemark) -> Vec<String> {
        let said = if remark.right { ", and so it was. " } else { ". " };
        let mut text = vec![
            Span::new(Tone::Plain, "You said "),
            Span::new(Tone::Strong, &remark.chosen),
            Span::new(Tone::Plain, said),
        ];
        text.extend(markdown::inline(&remark.why));
        self.hanging(INDENT, INDENT, &text)
    }

    pub fn mistake(self, advice: &Advice) -> Vec<String> {
        let mut lines = self.signed("✘", Tone::Bad, markdown::inline(&advice.seen));
        lines.extend(self.signed("→", Tone::Advice, markdown::inline(&advice.attempt)));
        lines
    }

    pub fn hint(self, number: usize, of: usize, text: &str) -> Vec<String> {
        let mut lines =
            self.hanging(INDENT, INDENT, &[Span::new(Tone::Advice, format!("Hint {number} of {of}"))]);
        lines.extend(self.prose(text));
        if number < of {
            lines.extend(self.quiet("/hint says more."));
        }
        lines
    }

    pub fn answer(self, inputs: &[Input]) -> Vec<String> {
        inputs.iter().flat_map(|input| self.input(input)).collect()
    }

    fn input(self, input: &Input) -> Vec<String> {
        let name = |name: &str| self.palette.terminal(name, name);
        match input {
            Input::Type { terminal, text } => self.code(&format!("on {}:", name(terminal.as_str())), text),
            Input::Write { path, text } => self.code(&format!("write {path}:"), text),
            Input::Edit { path, replace, with } => {
                let mut lines = self.code(&format!("in {path}, replace:"), replace);
                lines.extend(self.code("with:", with));
                lines
            }
            Input::Choose(choice) => vec![format!("{INDENT}choose {choice}")],
            Input::Close(terminal) => vec![format!("{INDENT}/close {}", name(terminal.as_str()))],
        }
    }

    fn code(self, head: &str, text: &str) -> Vec<String> {
        let code = highlight::fence(&untrusted::quoted(text.trim_end()), "elixir");
        let code = code
            .iter()
            .map(|line| format!("{CODE}{}", span::paint(line, self.palette)).trim_end().to_owned());
        std::iter::once(format!("{INDENT}{head}")).chain(code).collect()
    }

    pub fn check(self, findings: &[Finding]) -> Vec<String> {
        findings.iter().flat_map(|finding| self.finding(finding)).collect()
    }

    fn finding(self, finding: &Finding) -> Vec<String> {
        match finding.holds {
            Holds::Yes => self.tick(finding),
            Holds::NotYet => {
                let expected = format!("not yet: {}", finding.expected);
                let mut lines = self.signed("○", Tone::Advice, vec![Span::new(Tone::Plain, expected)]);
                let seen = finding.seen.as_deref().unwrap_or("nothing like it");
                let seen = [Span::new(Tone::Quiet, "seen: "), Span::new(Tone::Plain, seen)];
                lines.extend(self.hanging("    ", "    ", &seen));
                lines
            }
        }
    }

    pub fn judged(self, right: bool, chosen: &str, why: &str) -> Vec<String> {
        let (sign, tone, said) =
            if right { ("✔", Tone::Good, "Right: ") } else { ("✘", Tone::Bad, "Not quite: ") };
        let mut text =
            vec![Span::new(Tone::Plain, said), Span::new(Tone::Strong, chosen), Span::new(Tone::Plain, ". ")];
        text.extend(markdown::inline(why));
        self.signed(sign, tone, text)
    }

    pub fn problem(self, error: &Error) -> Vec<String> {
        let mut lines = self.signed("!", Tone::Bad, vec![Span::new(Tone::Plain, error.to_string())]);
        for hint in error.hints() {
            lines.extend(self.signed("→", Tone::Advice, vec![Span::new(Tone::Plain, hint)]));
        }
        lines
    }

    pub fn lesson_done(self, passed: usize, of: usize) -> Vec<String> {
        let line = format!("The lesson is done: {passed} of {of} steps passed.");
        let mut lines = vec![String::new()];
        lines.extend(self.signed("✔", Tone::Good, vec![Span::new(Tone::Title, line)]));
        lines
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lesson::TerminalName;

    const PEN: Pen = Pen { columns: 60, palette: Palette::MONOCHROME };

    fn finding(holds: Holds, expected: &str, seen: Option<&str>) -> Finding {
        Finding { holds, expected: expected.into(), seen: seen.map(Into::into) }
    }

    #[test]
    fn ticks_say_what_was_seen() {
        let tick =
            finding(Holds::Yes, "alex showed \"Hi, my name is Kate\", printed by a process on kate", None);
        assert_eq!(
            PEN.tick(&tick),
            ["  ✔ alex showed \"Hi, my name is Kate\", printed by a", "    process on kate"]
        );
        assert_eq!(PEN.tick(&finding(Holds::Yes, "alex returns []", Some("[]"))), ["  ✔ alex returns []"]);
    }

    #[test]
    fn a_mistake_is_two_lines() {
        let advice = Advice {
            seen: "`Kate` was defined on **alex**.".into(),
            attempt: "Type it on `kate`: /kate".into(),
        };
        assert_eq!(PEN.mistake(&advice), ["  ✘ Kate was defined on alex.", "  → Type it on kate: /kate"]);
    }

    #[test]
    fn a_check_sets_expected_beside_seen() {
        let findings = [
            finding(Holds::Yes, "kate stayed silent", None),
            finding(Holds::NotYet, "alex returns `[]`", Some("[:kate@localhost]")),
            finding(Holds::NotYet, "ο alex τυπώνει «Γεια»", None),
        ];
        assert_eq!(
            PEN.check(&findings),
            [
                "  ✔ kate stayed silent",
                "  ○ not yet: alex returns `[]`",
                "    seen: [:kate@localhost]",
                "  ○ not yet: ο alex τυπώνει «Γεια»",
                "    seen: nothing like it",
            ]
        );
    }

    #[test]
    fn an_answer_names_its_terminal_and_keeps_its_lines() {
        let terminal = TerminalName::parse("kate").expect("a name");
        let answer = Input::Type { terminal, text: "defmodule Kate do\n  def x, do: 1\nend\n".into() };
        assert_eq!(
            PEN.answer(&[answer]),
            ["  on kate:", "      defmodule Kate do", "        def x, do: 1", "      end"]
        );
    }

    #[test]
    fn a_prediction_is_set_beside_the_evidence() {
        let remark = PredictionRemark {
            right: false,
            chosen: "kate".into(),
            why: "The group leader is alex's.".into(),
        };
        assert_eq!(PEN.passed(None, Some(&remark)), ["", "  You said kate. The group leader is alex's.",]);
    }

    #[test]
    fn a_problem_says_what_to_do() {
        let error = Error::usage("there is no command /hnit").hint("did you mean /hint?");
        assert_eq!(PEN.problem(&error), ["  ! there is no command /hnit", "  → did you mean /hint?"]);
    }
}
