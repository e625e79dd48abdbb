//! Every notice as plain labelled lines: for a screen reader, a pipe, a test. No colour, no drawing, no width.

use crate::{
    error::Error,
    guide::notice::{Map, Notice, Onward, PredictionRemark, PromptLine, QuestionCard, StepCard},
    lesson::{Finding, Holds, Input, OutputKind, Prompt},
};

use super::{
    diagram, feedback, help, highlight, markdown,
    output::{self, Printed},
    palette::Palette,
    question,
    span::{self, Span},
    untrusted,
};

/// Prose is not wrapped: a reader, or a braille line, does that itself.
const NO_WIDTH: usize = 100_000;

#[derive(Debug, Default)]
pub struct PlainPage {
    map: Map,
    /// The latest question, for its answer.
    asked: Option<QuestionCard>,
}

impl PlainPage {
    pub fn map(&self) -> &Map {
        &self.map
    }

    pub fn lines(&mut self, notice: &Notice) -> Vec<String> {
        match notice {
            Notice::Step(card) => self.step(card),
            Notice::Output { terminal, focused, kind, by, text } => self.output(&Printed {
                terminal: terminal.clone(),
                is_focused: *focused,
                kind: *kind,
                by: by.clone(),
                text: text.clone(),
            }),
            Notice::LeftOut { terminal, bytes } => {
                labelled(terminal.as_str(), &format!("{} more, not shown", output::amount(*bytes)))
            }
            Notice::Prompt { terminal, prompt } => asked(terminal.as_str(), prompt),
            Notice::Map(map) => self.remap(map),
            Notice::Typed { terminal, text } => labelled(&format!("{terminal}, typed by moebi"), text),
            Notice::Tick(finding) => labelled("ok", &finding.expected),
            Notice::Onward(onward) => self::onward(onward),
            Notice::Passed { after, prediction } => passed(after.as_deref(), prediction.as_ref()),
            Notice::Mistake(advice) => {
                [labelled("seen", &prose(&advice.seen)), labelled("try", &prose(&advice.attempt))].concat()
            }
            Notice::Hint { number, of, text } => labelled(&format!("hint {number} of {of}"), &prose(text)),
            Notice::NoHint => labelled("hint", "There is no further hint; /answer shows one way to do it."),
            Notice::Answer(inputs) => {
                inputs.iter().flat_map(|input| answer(input, self.asked.as_ref())).collect()
            }
            Notice::Check(findings) => findings.iter().flat_map(finding).collect(),
            Notice::Ask(card) => {
                self.asked = Some(card.clone());
                question(card)
            }
            Notice::Judged { right, chosen, why } => {
                let said = format!("{}. {}", sentence(&markdown::choice(chosen)), prose(why));
                labelled(if *right { "right" } else { "not quite" }, &said)
            }
            Notice::Say(text) => labelled("moebi", text),
            Notice::Problem(error) => problem(error),
            Notice::Help => help(),
            Notice::Working(text) => labelled("wait", text),
            Notice::LessonDone { passed, of } => lesson_done(*passed, *of),
            Notice::Bye(text) => labelled("moebi", text),
            Notice::Relay(bytes) => raw(bytes),
        }
    }

    fn step(&self, card: &StepCard) -> Vec<String> {
        let place = format!("{}, section {}: {}", card.lesson_title, card.section_number, card.section_title);
        let label = format!("step {} of {}", card.step_number, card.steps.len());
        [
            labelled("lesson", &place),
            labelled("nodes", &diagram::words(&self.map)),
            labelled(&label, &card.title),
            markdown::lines(&card.text, NO_WIDTH, Palette::MONOCHROME),
        ]
        .concat()
    }

    fn output(&self, printed: &Printed) -> Vec<String> {
        let what = match printed.kind {
            OutputKind::Result => ", value",
            OutputKind::Error => ", error",
            OutputKind::Shell => ", shell",
            OutputKind::Log => ", log",
            OutputKind::Stderr => ", stderr",
            OutputKind::Print | OutputKind::Raw => "",
        };
        let label = format!("{}{what}", printed.terminal);
        let origin = printed
            .stranger(&self.map)
            .map_or(String::new(), |node| format!(" (printed by {})", node.brief()));
        let lines = untrusted::lines(&printed.text, false);
        lines.into_iter().map(|line| format!("[{label}] {line}{origin}")).collect()
    }

    fn remap(&mut self, map: &Map) -> Vec<String> {
        let old = std::mem::replace(&mut self.map, map.clone());
        if diagram::links(&old) == diagram::links(map) {
            return Vec::new();
        }
        labelled("nodes", &diagram::words(map))
    }
}

/// `[label] text`; further lines of the text stand as they are.
fn labelled(label: &str, text: &str) -> Vec<String> {
    format!("[{label}] {}", untrusted::quoted(text.trim_end())).split('\n').map(str::to_owned).collect()
}

fn prose(text: &str) -> String {
    markdown::lines(text, NO_WIDTH, Palette::MONOCHROME).join("\n")
}

fn asked(terminal: &str, prompt: &PromptLine) -> Vec<String> {
    match prompt {
        PromptLine::Terminal(Prompt::Dollar) => labelled("prompt", &format!("{terminal} $")),
        PromptLine::Terminal(Prompt::Iex { text } | Prompt::More { text }) => {
            let label = if highlight::is_nameless(text) { format!("{terminal} ") } else { String::new() };
            labelled("prompt", &format!("{label}{}", untrusted::plain(text).trim_end()))
        }
        PromptLine::Terminal(Prompt::Gets { text }) => {
            labelled(&format!("{terminal} reads a line"), untrusted::plain(text).trim_end())
        }
        PromptLine::Question => labelled("prompt", "? (a number, or Enter)"),
        PromptLine::Terminal(Prompt::Busy) | PromptLine::Relay => Vec::new(),
    }
}

fn passed(after: Option<&str>, prediction: Option<&PredictionRemark>) -> Vec<String> {
    let remark = |remark: &PredictionRemark| {
        let label = if remark.right { "prediction, right" } else { "prediction, wrong" };
        let so = if remark.right { ", and so it was" } else { "" };
        let chosen = sentence(&markdown::choice(&remark.chosen));
        labelled(label, &format!("You said “{chosen}”{so}. {}", prose(&remark.why)))
    };
    let mut lines = prediction.map_or_else(Vec::new, remark);
    lines.extend(after.map_or_else(Vec::new, |text| labelled("after", &prose(text))));
    lines
}

fn onward(onward: &Onward) -> Vec<String> {
    match onward {
        Onward::Step => labelled("done", "Press Enter for the next step."),
        Onward::Section(title) => {
            labelled("section done", &format!("Press Enter for the next one: {title}."))
        }
    }
}

fn lesson_done(passed: usize, of: usize) -> Vec<String> {
    let now = feedback::NOW.iter().flat_map(|(command, what)| labelled("now", &format!("{command}  {what}")));
    labelled("done", &feedback::lesson_done(passed, of)).into_iter().chain(now).collect()
}

fn sentence(spans: &[Span]) -> String {
    span::paint(spans, Palette::MONOCHROME)
}

fn answer(input: &Input, asked: Option<&QuestionCard>) -> Vec<String> {
    match input {
        Input::Type { terminal, text } => labelled(&format!("answer, on {terminal}"), text),
        Input::Write { path, text } => labelled(&format!("answer, write {path}"), text),
        Input::Edit { path, replace, with } => {
            labelled(&format!("answer, edit {path}"), &format!("replace\n{replace}\nwith\n{with}"))
        }
        Input::Choose(choice) => {
            let spans = asked.and_then(|card| question::choice(card, choice));
            labelled("answer", &spans.map_or_else(|| format!("choose {choice}"), |spans| sentence(&spans)))
        }
        Input::Close(terminal) => labelled("answer", &format!("/close {terminal}")),
    }
}

fn finding(finding: &Finding) -> Vec<String> {
    match finding.holds {
        Holds::Yes => labelled("ok", &finding.expected),
        Holds::NotYet => {
            let seen = finding.seen.as_deref().unwrap_or("nothing like it");
            labelled("not yet", &format!("{}; seen: {seen}", finding.expected))
        }
    }
}

fn question(card: &QuestionCard) -> Vec<String> {
    let mut lines = labelled("question", &prose(&card.ask));
    for (index, (_, text)) in card.choices.iter().enumerate() {
        lines.extend(labelled(&format!("choice {}", index + 1), &sentence(&markdown::inline(text))));
    }
    lines
}

fn problem(error: &Error) -> Vec<String> {
    let hints = error.hints().iter().flat_map(|hint| labelled("try", hint));
    labelled("problem", &error.to_string()).into_iter().chain(hints).collect()
}

fn help() -> Vec<String> {
    let line = |(name, what): &(&str, &str)| labelled("help", format!("{name}  {what}").trim());
    help::COMMANDS.iter().flat_map(line).collect()
}

fn raw(bytes: &[u8]) -> Vec<String> {
    untrusted::lines(&String::from_utf8_lossy(bytes), false)
}

#[cfg(test)]
mod tests {
    use super::{super::diagram::tests::map, *};
    use crate::{
        guide::notice::StepMark,
        lesson::{NodeName, TerminalName},
    };

    fn alex() -> TerminalName {
        TerminalName::parse("alex").expect("a name")
    }

    fn output(kind: OutputKind, by: &str, text: &str) -> Notice {
        Notice::Output {
            terminal: alex(),
            focused: true,
            kind,
            by: NodeName::parse(by).ok(),
            text: text.into(),
        }
    }

    #[test]
    fn every_line_says_what_it_is() {
        let mut page = PlainPage::default();
        page.lines(&Notice::Map(map(&["alex", "kate"], &[("alex", "kate")])));
        let card = StepCard {
            lesson_title: "Distribution in OTP".into(),
            section_number: 2,
            section_title: "Code on another node".into(),
            step_number: 4,
            steps: vec![StepMark::Open; 9],
            title: "Let alex ask kate".into(),
            text: "Start *it*.\n\n    x".into(),
        };
        assert_eq!(
            page.lines(&Notice::Step(card)),
            [
                "[lesson] Distribution in OTP, section 2: Code on another node",
                "[nodes] alex and kate are connected",
                "[step 4 of 9] Let alex ask kate",
                "Start it.",
                "",
                "    x",
            ]
        );
        assert_eq!(
            page.lines(&output(OutputKind::Print, "kate", "Hi, my name is Kate\n")),
            ["[alex] Hi, my name is Kate (printed by kate)"]
        );
        assert_eq!(page.lines(&output(OutputKind::Result, "alex", ":ok\n")), ["[alex, value] :ok"]);
        let prompt = Prompt::Iex { text: "iex(alex@localhost)1> ".into() };
        let notice = Notice::Prompt { terminal: alex(), prompt: PromptLine::Terminal(prompt) };
        assert_eq!(page.lines(&notice), ["[prompt] iex(alex@localhost)1>"]);
        let prompt = Prompt::Iex { text: "iex(1)> ".into() };
        let notice = Notice::Prompt { terminal: alex(), prompt: PromptLine::Terminal(prompt) };
        assert_eq!(page.lines(&notice), ["[prompt] alex iex(1)>"]);
    }

    #[test]
    fn escapes_are_gone() {
        let lines =
            PlainPage::default().lines(&output(OutputKind::Print, "alex", "\u{1b}[31mno\u{1b}[2J\u{7}\n"));
        assert_eq!(lines, ["[alex] no␇"]);
    }
}
