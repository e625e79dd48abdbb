//! Every notice as plain labelled lines: for a screen reader, a pipe, a test. No colour, no drawing, no width.

use crate::{
    error::Error,
    i18n::{Localized, Verbatim},
    lesson::{Finding, Holds, Input, Lang, NodeName, OutputKind, Prompt},
    session::{
        deed::Presence,
        notice::{
            Chart, CommandHelp, Explanation, Map, Notice, Onward, PredictionRemark, PromptLine, QuestionCard,
            SectionContents, SectionSummary, StepCard, StepLine, Trace, TypedBy, Welcome,
        },
    },
    view::{
        messages as view,
        trace::{End, What},
    },
};

use super::{
    card,
    feedback::{self, Pen},
    help, highlight, markdown, messages,
    output::{self, Printed},
    palette::Palette,
    question,
    span::{self, Span},
    summary, trace, untrusted,
};

/// Prose is not wrapped: a reader, or a braille line, does that itself.
const NO_WIDTH: usize = 100_000;

#[derive(Debug)]
pub struct PlainPage {
    lang: Lang,
    map: Map,
    /// Of the class that the learner is in, once it is known.
    class: Option<Presence>,
    /// The latest question, for its answer.
    asked: Option<QuestionCard>,
}

impl PlainPage {
    pub fn new(lang: Lang) -> Self {
        Self { lang, map: Map::default(), class: None, asked: None }
    }

    pub fn map(&self) -> &Map {
        &self.map
    }

    pub fn lines(&mut self, notice: &Notice) -> Vec<String> {
        let labels = self.labels();
        match notice {
            Notice::Welcome(welcome) => labels.welcome(welcome),
            Notice::Step(card) => self.step(card),
            Notice::Output { terminal, focused, kind, by, late, text } => self.output(&Printed {
                terminal: terminal.clone(),
                is_focused: *focused,
                kind: *kind,
                by: by.clone(),
                late: late.clone(),
                text: text.clone(),
            }),
            Notice::LeftOut { terminal, bytes } => {
                labels.label(terminal.as_str(), &messages::more_not_shown(&output::amount(*bytes)))
            }
            Notice::Prompt { terminal, prompt } => labels.asked(terminal.as_str(), prompt),
            Notice::Map(map) => self.remap(map),
            Notice::Chart(chart) => labels.chart(chart),
            Notice::Trace(crossed) if crossed.is_empty() => labels.label("moebi", &view::nothing_crossed()),
            Notice::Trace(crossed) => {
                let lines = self::trace(crossed, self.lang).into_iter();
                let rest = trace::rest(crossed);
                let lines = lines.chain(rest.iter().map(|said| said.speak(self.lang).to_owned()));
                lines.flat_map(|line| labels.tell(&messages::label_trace(), &line)).collect()
            }
            Notice::Arrived(map) => {
                self.map = map.clone();
                labels.say(&messages::label_nodes(), &map.told())
            }
            Notice::Typed { terminal, text, by } => {
                let label = match by {
                    TypedBy::Moebi => messages::typed_by_moebi(terminal.as_str()),
                    TypedBy::OtherWindow => messages::typed_elsewhere(terminal.as_str()),
                };
                labelled(label.speak(self.lang), text)
            }
            Notice::Tick(finding) => labels.say(&messages::label_ok(), &finding.expected),
            Notice::Onward(onward) => labels.onward(onward),
            Notice::Passed { after, prediction } => labels.passed(after.as_deref(), prediction.as_ref()),
            Notice::Mistake { advice, .. } => [
                labels.tell(&messages::label_seen(), &prose(&advice.seen)),
                labels.tell(&messages::label_try(), &prose(&advice.attempt)),
            ]
            .concat(),
            Notice::Trouble { means, attempt } => {
                [labels.say(&messages::label_seen(), means), labels.say(&messages::label_try(), attempt)]
                    .concat()
            }
            Notice::Why(explanation) => labels.why(explanation),
            Notice::Hint { number, of, text } => {
                labels.tell(&messages::label_hint_of(*number, *of), &prose(text))
            }
            Notice::Word { name, text } => labelled(name, &prose(text)),
            Notice::Words(names) => {
                labels.say(&messages::label_word(), &messages::all_words(&names.join(", ")))
            }
            Notice::Stuck { has_hints } => labels.say(&messages::label_hint(), &feedback::stuck(*has_hints)),
            Notice::Section(summary) => labels.section(summary),
            Notice::Contents(sections) => labels.contents(sections),
            Notice::NoHint => labels.say(&messages::label_hint(), &messages::no_hint()),
            Notice::Answer(inputs) => {
                inputs.iter().flat_map(|input| labels.answer(input, self.asked.as_ref())).collect()
            }
            Notice::Check(findings) => findings.iter().flat_map(|finding| labels.finding(finding)).collect(),
            Notice::Ask(card) => {
                self.asked = Some(card.clone());
                labels.question(card)
            }
            Notice::Judged { right, chosen, why } => {
                let (open, close) = self.lang.quotation_marks();
                let said = format!("{open}{}{close}. {}", sentence(&markdown::choice(chosen)), prose(why));
                labels
                    .tell(&if *right { messages::label_right() } else { messages::label_not_quite() }, &said)
            }
            Notice::Say(text) => labels.label("moebi", text),
            Notice::Problem(error) => labels.problem(error),
            Notice::Help(commands) => labels.help(commands),
            Notice::Working(text) => labels.say(&messages::label_wait(), text),
            Notice::LessonDone { passed, of } => labels.lesson_done(*passed, *of),
            Notice::Bye(text) => labels.label("moebi", text),
            Notice::Class(presence) => match (self.class.replace(*presence), presence) {
                (None, Presence::Here) => Vec::new(),
                (_, presence) => labels.say(&messages::label_class(), &messages::class_is(*presence)),
            },
            Notice::Rest(_) => Vec::new(),
            Notice::Lang(lang) => {
                self.lang = *lang;
                Vec::new()
            }
            Notice::Relay(bytes) => raw(bytes, self.lang),
            // There is no line editor to put it in: whole lines are all that comes.
            Notice::Begun { .. } => Vec::new(),
        }
    }

    fn step(&self, card: &StepCard) -> Vec<String> {
        let labels = self.labels();
        let place = messages::place(&card.lesson_title, card.section_number, &card.section_title);
        [
            labels.say(&messages::label_lesson(), &place),
            labels.say(&messages::label_nodes(), &self.map.told()),
            labels.tell(&messages::label_step(card.step_number, card.steps.len()), &card.title),
            markdown::lines(&card.text, NO_WIDTH, Palette::MONOCHROME),
            if card.words.is_empty() {
                Vec::new()
            } else {
                labels.say(&messages::label_word(), &card::new_words(&card.words, ", "))
            },
        ]
        .concat()
    }

    fn output(&self, printed: &Printed) -> Vec<String> {
        let terminal = &printed.terminal;
        let label = match printed.kind {
            OutputKind::Result => messages::label_value(terminal),
            OutputKind::Error => messages::label_error(terminal),
            OutputKind::Shell => messages::label_shell(terminal),
            OutputKind::Log => messages::label_log(terminal),
            OutputKind::Stderr => messages::label_stderr(terminal),
            OutputKind::Print | OutputKind::Raw => Verbatim::name(terminal).into(),
        };
        let label = label.speak(self.lang);
        let node = printed.stranger(&self.map).map(NodeName::brief);
        let origin = match (node, printed.line()) {
            (Some(node), Some(line)) => messages::printed_by_late(&node, &line),
            (Some(node), None) => messages::printed_by(&node),
            (None, Some(line)) => messages::printed_late(&line),
            (None, None) => messages::nothing_more(),
        };
        let origin = origin.speak(self.lang);
        let lines = untrusted::lines(&printed.text, false, self.lang).into_iter();
        // Blank lines set a report apart on a screen; read aloud they are noise.
        let lines = lines.filter(|line| !(is_report(printed.kind) && line.trim().is_empty()));
        lines.map(|line| format!("[{label}] {line}{origin}")).collect()
    }

    fn labels(&self) -> Labels {
        Labels { lang: self.lang }
    }

    fn remap(&mut self, map: &Map) -> Vec<String> {
        let old = std::mem::replace(&mut self.map, map.clone());
        if old.is_joined_like(map) {
            return Vec::new();
        }
        self.labels().say(&messages::label_nodes(), &map.told())
    }
}

/// What nodes write of themselves, rather than what somebody had them print.
fn is_report(kind: OutputKind) -> bool {
    match kind {
        OutputKind::Error | OutputKind::Shell | OutputKind::Log => true,
        OutputKind::Result | OutputKind::Print | OutputKind::Stderr | OutputKind::Raw => false,
    }
}

/// `[label] text`; further lines of the text stand as they are.
fn labelled(label: &str, text: &str) -> Vec<String> {
    format!("[{label}] {}", untrusted::quoted(text.trim_end())).split('\n').map(str::to_owned).collect()
}

fn prose(text: &str) -> String {
    markdown::lines(text, NO_WIDTH, Palette::MONOCHROME).join("\n")
}

/// Texts into labelled lines, in one language.
#[derive(Debug, Clone, Copy)]
struct Labels {
    lang: Lang,
}

impl Labels {
    fn label(self, label: &str, words: &Localized) -> Vec<String> {
        labelled(label, words.speak(self.lang))
    }

    fn say(self, label: &Localized, words: &Localized) -> Vec<String> {
        self.label(label.speak(self.lang), words)
    }

    fn tell(self, label: &Localized, text: &str) -> Vec<String> {
        labelled(label.speak(self.lang), text)
    }

    fn chart(self, chart: &Chart) -> Vec<String> {
        let mut lines = self.say(&messages::label_nodes(), &chart.told());
        if !chart.cookies.is_empty() {
            lines.extend(self.label("cookie", &chart.cookies));
        }
        for spot in &chart.spots {
            lines.extend(spot.facts.iter().flat_map(|fact| self.label(&spot.node.brief(), fact)));
        }
        lines
    }

    fn why(self, explanation: &Explanation) -> Vec<String> {
        let Explanation { typed, shown, means, about, seen, attempt } = explanation;
        let label = messages::label_why();
        [
            self.tell(&label, &format!("{} » {}", typed.0, typed.1)),
            self.tell(&label, &format!("{}: {}", shown.0, shown.1)),
            self.say(&label, means),
            self.say(&label, about),
            seen.iter().flat_map(|fact| self.say(&messages::label_seen(), fact)).collect(),
            self.say(&messages::label_try(), attempt),
        ]
        .concat()
    }

    fn welcome(self, welcome: &Welcome) -> Vec<String> {
        let length = messages::length(welcome.sections, welcome.minutes);
        [
            self.tell(&messages::label_welcome(), &welcome.title),
            self.tell(&messages::label_welcome(), &prose(&welcome.summary)),
            self.say(&messages::label_welcome(), &length),
        ]
        .concat()
    }

    fn asked(self, terminal: &str, prompt: &PromptLine) -> Vec<String> {
        match prompt {
            PromptLine::Terminal(Prompt::Dollar) => {
                self.tell(&messages::label_prompt(), &format!("{terminal} $"))
            }
            PromptLine::Terminal(Prompt::Iex { text } | Prompt::More { text }) => {
                let label = if highlight::tells_no_terminal(text, terminal) {
                    format!("{terminal} ")
                } else {
                    String::new()
                };
                let prompt = format!("{label}{}", untrusted::plain(text).trim_end());
                self.tell(&messages::label_prompt(), &prompt)
            }
            PromptLine::Terminal(Prompt::Gets { text }) => {
                self.tell(&messages::reads_a_line(terminal), untrusted::plain(text).trim_end())
            }
            PromptLine::Question => self.say(&messages::label_prompt(), &messages::number_or_enter()),
            PromptLine::Paused => self.say(&messages::label_prompt(), &messages::paused(terminal)),
            PromptLine::Terminal(Prompt::Busy) | PromptLine::Relay => Vec::new(),
        }
    }

    fn passed(self, after: Option<&str>, prediction: Option<&PredictionRemark>) -> Vec<String> {
        let mut lines = prediction.map_or_else(Vec::new, |remark| self.prediction(remark));
        lines.extend(after.map_or_else(Vec::new, |text| self.tell(&messages::label_after(), &prose(text))));
        lines
    }

    fn prediction(self, remark: &PredictionRemark) -> Vec<String> {
        let (chosen, why) = (sentence(&markdown::choice(&remark.chosen)), prose(&remark.why));
        if remark.right {
            self.say(&messages::label_prediction_right(), &messages::plainly_said_right(&chosen, &why))
        } else {
            self.say(&messages::label_prediction_wrong(), &messages::plainly_said(&chosen, &why))
        }
    }

    fn onward(self, onward: &Onward) -> Vec<String> {
        match onward {
            Onward::Step => self.say(&messages::label_done(), &messages::press_enter()),
            Onward::Section { title, minutes } => {
                self.say(&messages::label_section_done(), &messages::press_enter_for(title, *minutes))
            }
        }
    }

    fn contents(self, sections: &[SectionContents]) -> Vec<String> {
        let mut lines = self.label("moebi", &messages::how_to_goto());
        for (index, section) in sections.iter().enumerate() {
            lines.extend(labelled(&(index + 1).to_string(), &section.title));
            lines.extend(section.steps.iter().flat_map(|step| self.step_line(step)));
        }
        lines
    }

    fn step_line(self, step: &StepLine) -> Vec<String> {
        let here = if step.is_here { messages::you_are_here() } else { Localized::default() };
        let told =
            messages::step_told(&step.title, &summary::mark(step.mark), &summary::after_a_comma(&here));
        labelled(&format!("{} {}", step.number, step.id), told.speak(self.lang))
    }

    fn section(self, summary: &SectionSummary) -> Vec<String> {
        let pen = Pen { columns: NO_WIDTH, palette: Palette::MONOCHROME, lang: self.lang };
        let told = messages::section_done(&summary.title);
        let mut lines = self.say(&messages::label_summary(), &told);
        for sentence in summary::sentences(summary, pen) {
            lines.extend(self.tell(&messages::label_summary(), &sentence));
        }
        lines
    }

    fn lesson_done(self, passed: usize, of: usize) -> Vec<String> {
        let mut lines = self.say(&messages::label_done(), &feedback::lesson_done(passed, of));
        for (command, what) in feedback::now() {
            lines.extend(self.tell(
                &messages::label_now(),
                &format!("{}  {}", command.speak(self.lang), what.speak(self.lang)),
            ));
        }
        lines
    }

    fn answer(self, input: &Input, asked: Option<&QuestionCard>) -> Vec<String> {
        match input {
            Input::Type { terminal, text } => self.tell(&messages::label_answer_on(terminal.as_str()), text),
            Input::Write { path, text } => self.tell(&messages::label_answer_write(path), text),
            Input::Edit { path, replace, with } => {
                self.say(&messages::label_answer_edit(path), &messages::replace_with(replace, with))
            }
            Input::Choose(choice) => match asked.and_then(|card| question::choice(card, choice)) {
                Some(spans) => self.tell(&messages::label_answer(), &sentence(&spans)),
                None => self.say(&messages::label_answer(), &messages::choose(choice.as_str())),
            },
            Input::Close(terminal) => self.tell(&messages::label_answer(), &format!("/close {terminal}")),
            Input::Fault(fault) => self.tell(&messages::label_answer(), &format!("/{fault}")),
        }
    }

    fn finding(self, finding: &Finding) -> Vec<String> {
        match finding.holds {
            Holds::Yes => self.say(&messages::label_ok(), &finding.expected),
            Holds::SoFar => self.say(&messages::label_so_far(), &finding.expected),
            Holds::NotYet if !finding.parts.is_empty() => {
                let parts = finding.parts.iter().flat_map(|part| self.finding(part));
                self.say(&messages::label_not_yet(), &messages::by_one_input())
                    .into_iter()
                    .chain(parts)
                    .collect()
            }
            Holds::NotYet => {
                let said = match (&finding.missing, &finding.seen) {
                    (Some(missing), None) => missing.clone(),
                    (Some(missing), Some(seen)) => messages::expected_seen(missing, seen),
                    (None, Some(seen)) => messages::expected_seen(&finding.expected, seen),
                    (None, None) => messages::expected_seen(&finding.expected, &messages::nothing_like_it()),
                };
                self.say(&messages::label_not_yet(), &said)
            }
        }
    }

    fn question(self, card: &QuestionCard) -> Vec<String> {
        let mut lines = self.tell(&messages::label_question(), &prose(&card.ask));
        for (index, (_, text)) in card.choices.iter().enumerate() {
            lines.extend(self.tell(&messages::label_choice(index + 1), &sentence(&markdown::inline(text))));
        }
        lines
    }

    fn problem(self, error: &Error) -> Vec<String> {
        let hints = error.hints().iter().flat_map(|hint| self.say(&messages::label_try(), hint));
        self.say(&messages::label_problem(), &error.told()).into_iter().chain(hints).collect()
    }

    fn help(self, commands: &[CommandHelp]) -> Vec<String> {
        let line = |(name, what): (&str, Localized)| {
            self.tell(&messages::label_help(), format!("{name}  {}", what.speak(self.lang)).trim())
        };
        help::commands(commands, self.lang).into_iter().flat_map(line).collect()
    }
}

/// A line for each event, to be read aloud.
pub(super) fn trace(trace: &Trace, lang: Lang) -> Vec<String> {
    let told = trace.events.iter().flat_map(|event| {
        let (at, what) = (trace::time(event.at), event.told());
        let line = match &event.to {
            _ if event.what == What::Typed => view::typed_on(&event.from.node.brief(), &event.text),
            Some(to) => view::after_to(&at, &end(&event.from), &end(to), &what, &event.count()),
            None => view::after_on(&at, &end(&event.from), &what, &event.count()),
        };
        std::iter::once(line).chain(event.round.map(|round| view::round(round.events, round.times)))
    });
    told.map(|line| untrusted::plain(line.speak(lang))).collect()
}

fn end(end: &End) -> Localized {
    let (node, label) = (end.node.brief(), end.label());
    if label.is_empty() { Verbatim::name(&node).into() } else { view::process_of(&node, &label) }
}

fn sentence(spans: &[Span]) -> String {
    span::paint(spans, Palette::MONOCHROME)
}

fn raw(bytes: &[u8], lang: Lang) -> Vec<String> {
    untrusted::lines(&String::from_utf8_lossy(bytes), false, lang)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::map::tests::map;
    use crate::{
        lesson::TerminalName,
        session::notice::{LateLine, StepMark},
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
            late: None,
            text: text.into(),
        }
    }

    #[test]
    fn what_is_missing_is_said_in_the_lessons_words() {
        let said = |words: &str| Localized::from(Verbatim::lesson(words));
        let finding = |seen: Option<&str>| Finding {
            holds: Holds::NotYet,
            expected: said("ο kate χαιρέτησε"),
            missing: Some(said("Ο kate δεν χαιρέτησε ακόμη")),
            seen: seen.map(said),
            parts: Vec::new(),
        };
        let lines = |seen| PlainPage::new(Lang::El).lines(&Notice::Check(vec![finding(seen)]));
        assert_eq!(lines(None), ["[όχι ακόμη] Ο kate δεν χαιρέτησε ακόμη"]);
        assert_eq!(
            lines(Some("γράφτηκε `x`")),
            ["[όχι ακόμη] Ο kate δεν χαιρέτησε ακόμη· ως τώρα: γράφτηκε `x`"]
        );
    }

    #[test]
    fn every_line_says_what_it_is() {
        let mut page = PlainPage::new(Lang::En);
        page.lines(&Notice::Map(map(&["alex", "kate"], &[("alex", "kate")])));
        let card = StepCard {
            lesson_title: "Distribution in OTP".into(),
            section_number: 2,
            section_title: "Code on another node".into(),
            step_number: 4,
            steps: vec![StepMark::Open; 9],
            title: "Let alex ask kate".into(),
            text: "Start *it*.\n\n    x".into(),
            words: Vec::new(),
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
        let late = |by, terminal| {
            let Notice::Output { terminal: at, focused, kind, by, text, .. } =
                output(OutputKind::Print, by, "bye\n")
            else {
                unreachable!("an output is one")
            };
            Notice::Output {
                terminal: at,
                focused,
                kind,
                by,
                late: Some(LateLine { number: 3, terminal }),
                text,
            }
        };
        let kate = TerminalName::parse("kate").expect("a name");
        assert_eq!(page.lines(&late("kate", alex())), ["[alex] bye (printed by kate, line 3)"]);
        assert_eq!(page.lines(&late("alex", kate)), ["[alex] bye (line 3 of kate)"]);
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
        let lines = PlainPage::new(Lang::En).lines(&output(
            OutputKind::Print,
            "alex",
            "\u{1b}[31mno\u{1b}[2J\u{7}\n",
        ));
        assert_eq!(lines, ["[alex] no␇"]);
    }
}
