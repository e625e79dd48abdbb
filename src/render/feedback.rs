//! How a step stands: ticks, mistakes, hints, answers, checks, and its end.

use crate::{
    error::Error,
    i18n::{Localized, Verbatim},
    lesson::{Advice, ChoiceId, Finding, Holds, Input, Lang},
    session::notice::{Onward, PredictionRemark, QuestionCard},
};

use super::{
    card, code, highlight, markdown, messages,
    palette::{Palette, Tone},
    question,
    span::{self, Span},
    untrusted, width,
};

const INDENT: &str = "  ";
/// Stands in a sentence for what is put there afterwards.
const GAP: &str = "\u{fffc}";
const CODE: &str = "      ";

/// What feedback is drawn with.
#[derive(Debug, Clone, Copy)]
pub struct Pen {
    /// Of the terminal.
    pub columns: usize,
    pub palette: Palette,
    pub lang: Lang,
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
        self.hanging(INDENT, INDENT, &span::ticked(text, Tone::Quiet, self.palette))
    }

    fn prose(self, text: &str) -> Vec<String> {
        let columns = card::measure(self.columns).saturating_sub(INDENT.len());
        card::indent(markdown::lines(text, columns, self.palette), INDENT.len())
    }

    pub(super) fn words(self, words: &Localized) -> Vec<Span> {
        span::ticked(words.speak(self.lang), Tone::Plain, self.palette)
    }

    pub fn says(self, words: &Localized) -> Vec<String> {
        self.quiet(words.speak(self.lang))
    }

    pub fn tick(self, finding: &Finding) -> Vec<String> {
        self.signed("✔", Tone::Good, self.words(&finding.expected))
    }

    pub fn passed(self, after: Option<&str>, prediction: Option<&PredictionRemark>) -> Vec<String> {
        let mut lines = Vec::new();
        let remark = prediction.map(|remark| self.prediction(remark));
        for words in remark.into_iter().chain(after.map(|text| self.prose(text))) {
            lines.push(String::new());
            lines.extend(words);
        }
        lines
    }

    pub fn onward(self, onward: &Onward) -> Vec<String> {
        let said = match onward {
            Onward::Step => messages::next_step(),
            Onward::Section { title, minutes } => messages::next_section(title, *minutes),
        };
        [vec![String::new()], self.says(&said)].concat()
    }

    fn prediction(self, remark: &PredictionRemark) -> Vec<String> {
        // The choice is drawn in its own way, wherever a language puts it.
        let whole = if remark.right { messages::you_said_right(GAP) } else { messages::you_said(GAP) };
        let (before, after) = whole.speak(self.lang).split_once(GAP).unwrap_or_default();
        let mut text = vec![Span::new(Tone::Plain, before)];
        text.extend(markdown::choice(&remark.chosen));
        text.push(Span::new(Tone::Plain, format!("{after} ")));
        text.extend(markdown::inline(&remark.why));
        self.hanging(INDENT, INDENT, &text)
    }

    pub fn mistake(self, advice: &Advice) -> Vec<String> {
        let mut lines = self.signed("✘", Tone::Bad, markdown::inline(&advice.seen));
        lines.extend(self.signed("→", Tone::Advice, markdown::inline(&advice.attempt)));
        lines
    }

    /// As a mistake, in Moebi's own words.
    pub fn trouble(self, means: &Localized, attempt: &Localized) -> Vec<String> {
        let mut lines = self.signed("✘", Tone::Bad, self.words(means));
        lines.extend(self.signed("→", Tone::Advice, self.words(attempt)));
        lines
    }

    pub fn word(self, name: &str, text: &str) -> Vec<String> {
        let mut lines = self.hanging(INDENT, INDENT, &[Span::new(Tone::Advice, name)]);
        lines.extend(self.prose(text));
        lines
    }

    pub fn hint(self, number: usize, of: usize, text: &str) -> Vec<String> {
        let mut lines = self.hanging(
            INDENT,
            INDENT,
            &[Span::new(Tone::Advice, messages::hint_of(number, of).speak(self.lang))],
        );
        lines.extend(self.prose(text));
        if number < of {
            lines.extend(self.says(&messages::more_hints()));
        }
        lines
    }

    /// `asked` is the latest question, if there was one.
    pub fn answer(self, inputs: &[Input], asked: Option<&QuestionCard>) -> Vec<String> {
        inputs.iter().flat_map(|input| self.input(input, asked)).collect()
    }

    fn input(self, input: &Input, asked: Option<&QuestionCard>) -> Vec<String> {
        let name = |name: &str| self.palette.terminal(name, name);
        match input {
            Input::Type { terminal, text } => self.code(&messages::on(&name(terminal.as_str())), text),
            Input::Write { path, text } => self.code(&messages::write(path), text),
            Input::Edit { path, replace, with } => {
                let mut lines = self.code(&messages::replace(path), replace);
                lines.extend(self.code(&messages::with(), with));
                lines
            }
            Input::Choose(choice) => self.choose(choice, asked),
            Input::Close(terminal) => vec![format!("{INDENT}/close {}", name(terminal.as_str()))],
            Input::Fault(fault) => {
                let terminals = fault.terminals().into_iter().map(|terminal| name(terminal.as_str()));
                vec![format!("{INDENT}/{} {}", fault.word(), terminals.collect::<Vec<_>>().join(" "))]
            }
        }
    }

    fn choose(self, choice: &ChoiceId, asked: Option<&QuestionCard>) -> Vec<String> {
        match asked.and_then(|card| question::choice(card, choice)) {
            Some(spans) => self.hanging(INDENT, "     ", &spans),
            None => vec![format!("{INDENT}{}", messages::choose(choice.as_str()).speak(self.lang))],
        }
    }

    fn code(self, head: &Localized, text: &str) -> Vec<String> {
        let columns = card::measure(self.columns).saturating_sub(CODE.len());
        let code = highlight::fence(&untrusted::quoted(text.trim_end()), "elixir");
        let rows = code.iter().flat_map(|line| code::rows(line, columns));
        let rows = rows.map(|row| format!("{CODE}{}", span::paint(&row, self.palette)).trim_end().to_owned());
        std::iter::once(format!("{INDENT}{}", head.speak(self.lang))).chain(rows).collect()
    }

    pub fn check(self, findings: &[Finding]) -> Vec<String> {
        findings.iter().flat_map(|finding| self.finding(finding)).collect()
    }

    fn finding(self, finding: &Finding) -> Vec<String> {
        match finding.holds {
            Holds::Yes => self.tick(finding),
            Holds::SoFar => {
                let so_far = messages::so_far(&finding.expected);
                self.signed("◌", Tone::Quiet, self.words(&so_far))
            }
            Holds::NotYet if !finding.parts.is_empty() => {
                let mut lines = self.signed("○", Tone::Advice, self.words(&messages::by_one_input()));
                let parts = finding.parts.iter().flat_map(|part| self.finding(part));
                lines.extend(parts.map(|line| format!("{INDENT}{line}")));
                lines
            }
            Holds::NotYet => match &finding.missing {
                Some(missing) => {
                    let mut lines = self.signed("○", Tone::Advice, self.words(missing));
                    lines.extend(finding.seen.iter().flat_map(|seen| self.seen(seen)));
                    lines
                }
                None => {
                    let expected = messages::not_yet(&finding.expected);
                    let seen = finding.seen.clone().unwrap_or_else(messages::nothing_like_it);
                    [self.signed("○", Tone::Advice, self.words(&expected)), self.seen(&seen)].concat()
                }
            },
        }
    }

    fn seen(self, seen: &Localized) -> Vec<String> {
        let mut told = vec![Span::new(Tone::Quiet, messages::seen().speak(self.lang))];
        told.extend(self.words(seen));
        self.hanging("    ", "    ", &told)
    }

    pub fn judged(self, right: bool, chosen: &str, why: &str) -> Vec<String> {
        let (sign, tone, said) = if right {
            ("✔", Tone::Good, messages::right())
        } else {
            ("✘", Tone::Bad, messages::not_quite())
        };
        let (open, close) = self.lang.quotation_marks();
        // Without quotation marks, what was wrong would read like the correction.
        let mut text = vec![Span::new(Tone::Plain, format!("{}{}", said.speak(self.lang), open))];
        text.extend(markdown::choice(chosen));
        text.push(Span::new(Tone::Plain, format!("{close}. ")));
        text.extend(markdown::inline(why));
        self.signed(sign, tone, text)
    }

    pub fn problem(self, error: &Error) -> Vec<String> {
        let mut lines = self.signed("!", Tone::Bad, self.words(&error.told()));
        for hint in error.hints() {
            lines.extend(self.signed("→", Tone::Advice, self.words(hint)));
        }
        lines
    }

    /// The last page: how it went, and what one may do now.
    pub fn lesson_done(self, passed: usize, of: usize) -> Vec<String> {
        let mut lines = vec![String::new()];
        lines.extend(self.signed(
            "✔",
            Tone::Good,
            vec![Span::new(Tone::Title, lesson_done(passed, of).speak(self.lang))],
        ));
        lines.push(String::new());
        for (command, what) in now() {
            let first = format!(
                "    {}  ",
                width::pad(&self.palette.paint(Tone::Code, command.speak(self.lang)), 10)
            );
            lines.extend(self.hanging(
                &first,
                &" ".repeat(16),
                &[Span::new(Tone::Plain, what.speak(self.lang))],
            ));
        }
        lines.push(String::new());
        lines
    }
}

/// What may help after many tries.
pub fn stuck(has_hints: bool) -> Localized {
    if has_hints { messages::stuck() } else { messages::stuck_without_hints() }
}

/// What one may do once a lesson is done.
pub fn now() -> [(Localized, Localized); 4] {
    let code = |typed| Localized::from(Verbatim::code(typed));
    [
        (code("/export"), messages::now_export()),
        (messages::goto_step(), messages::now_again()),
        (code("/goto"), messages::now_all()),
        (code("/quit"), messages::now_leave()),
    ]
}

pub fn lesson_done(passed: usize, of: usize) -> Localized {
    let done = messages::lesson_done(passed, of);
    if passed < of { Localized::join(&[done, messages::others_wait()], &crate::i18n::space()) } else { done }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lesson::TerminalName;

    const PEN: Pen = Pen { columns: 60, palette: Palette::MONOCHROME, lang: Lang::En };

    fn finding(holds: Holds, expected: &str, seen: Option<&str>) -> Finding {
        Finding {
            holds,
            expected: Localized::from(Verbatim::said(expected)),
            missing: None,
            seen: seen.map(|seen| Verbatim::said(seen).into()),
            parts: Vec::new(),
        }
    }

    fn problem(what: &str, hint: &str) -> Error {
        Error::usage(Localized::from(Verbatim::said(what))).hint(Localized::from(Verbatim::said(hint)))
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
    fn what_is_missing_is_said_in_the_lessons_words() {
        let missing = |seen| Finding {
            missing: Some(Verbatim::lesson("kate has not greeted yet, by `Kate.say_name()`").into()),
            ..finding(Holds::NotYet, "kate greeted", seen)
        };
        assert_eq!(PEN.check(&[missing(None)]), ["  ○ kate has not greeted yet, by `Kate.say_name()`"]);
        let seen = PEN.check(&[missing(Some("alex shows \"Hi\""))]);
        assert_eq!(seen[1..], ["    seen: alex shows \"Hi\""]);
    }

    #[test]
    fn an_answer_names_its_terminal_and_keeps_its_lines() {
        let terminal = TerminalName::parse("kate").expect("a name");
        let answer = Input::Type { terminal, text: "defmodule Kate do\n  def x, do: 1\nend\n".into() };
        assert_eq!(
            PEN.answer(&[answer], None),
            ["  on kate:", "      defmodule Kate do", "        def x, do: 1", "      end"]
        );
    }

    #[test]
    fn an_answer_that_is_too_wide_goes_on_further_in() {
        let terminal = TerminalName::parse("kate").expect("a name");
        let text =
            "task = Task.Supervisor.async({Chat.TaskSupervisor, node}, Process, :sleep, [:infinity])".into();
        assert_eq!(
            PEN.answer(&[Input::Type { terminal, text }], None),
            [
                "  on kate:",
                "      task = Task.Supervisor.async({Chat.TaskSupervisor,",
                "          node}, Process, :sleep, [:infinity])"
            ]
        );
    }

    #[test]
    fn a_prediction_is_set_beside_the_evidence() {
        let said = |right| {
            let why = "The group leader is alex's.".into();
            let remark = PredictionRemark { right, chosen: "`kate`".into(), why };
            PEN.passed(None, Some(&remark))
        };
        assert_eq!(said(false), ["", "  You said “kate”. The group leader is alex's.",]);
        assert_eq!(said(true)[1..3], ["  You said “kate”, and so it was. The group leader is", "  alex's."]);
    }

    #[test]
    fn a_questions_answer_is_its_number_and_its_text() {
        let id = |id: &str| ChoiceId::parse(id).expect("a name");
        let choices = vec![(id("alex"), "on alex".to_owned()), (id("kate"), "on `kate`".to_owned())];
        let card = QuestionCard { ask: "Where?".into(), choices, is_prediction: false };
        let answer = [Input::Choose(id("kate"))];
        assert_eq!(PEN.answer(&answer, Some(&card)), ["  2 on kate"]);
        assert_eq!(PEN.answer(&answer, None), ["  choose kate"]);
    }

    #[test]
    fn code_in_what_moebi_says_is_drawn_as_code() {
        let pen = Pen { palette: Palette::COLOURED, ..PEN };
        let tick = pen.tick(&finding(Holds::Yes, "kate returns `[]`", None));
        assert!(tick[0].ends_with("kate returns \u{1b}[36m[]\u{1b}[0m"), "{tick:?}");
        let open = pen.check(&[finding(Holds::NotYet, "`x`", Some("it was `y`"))]).join("\n");
        let problem = pen.problem(&problem("no step `gone`", "try `name-alex`")).join("\n");
        for lines in [open, problem, pen.quiet("type `end`").join("\n")] {
            assert!(!lines.contains('`') && lines.contains("\u{1b}[36m"), "{lines:?}");
        }
    }

    #[test]
    fn the_end_of_a_lesson_says_what_to_do_now() {
        let page = PEN.lesson_done(15, 16);
        assert_eq!(
            page[1..3],
            ["  ✔ The lesson is done: 15 of 16 steps passed. The others", "    wait for you."]
        );
        assert_eq!(
            page[4..6],
            ["    /export     keep your answers and a transcript", "    /goto STEP  play a step again"]
        );
        assert_eq!(PEN.lesson_done(16, 16)[1], "  ✔ The lesson is done: 16 of 16 steps passed.");
    }

    #[test]
    fn a_problem_says_what_to_do() {
        let error = problem("there is no command /hnit", "did you mean /hint?");
        assert_eq!(PEN.problem(&error), ["  ! there is no command /hnit", "  → did you mean /hint?"]);
    }
}
