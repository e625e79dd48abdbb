//! Every notice to lines. A page remembers the map, for the header and for telling whose process printed.

use crate::{
    lesson::{Lang, Prompt},
    session::{
        deed::Presence,
        notice::{Map, Notice, PromptLine, QuestionCard},
    },
};

use super::{
    card, chart, code, contents, diagram,
    feedback::{self, Pen},
    help, messages,
    output::{self, Printed},
    palette::{Palette, Tone},
    question,
    span::{self, Span},
    summary, trace, untrusted, why, width,
};

#[derive(Debug)]
pub struct Page {
    pub columns: usize,
    pub palette: Palette,
    lang: Lang,
    map: Map,
    /// Of the class that the learner is in, if any.
    class: Option<Presence>,
    /// The latest question, for its answer.
    asked: Option<QuestionCard>,
    /// What was shown last is what Moebi typed; what comes next stands apart from it.
    has_typed: bool,
}

/// One notice by itself, where no map is known.
pub fn notice_lines(notice: &Notice, columns: usize, palette: Palette, lang: Lang) -> Vec<String> {
    Page::new(columns, palette, lang).lines(notice)
}

impl Page {
    pub fn new(columns: usize, palette: Palette, lang: Lang) -> Self {
        Self { columns, palette, lang, map: Map::default(), class: None, asked: None, has_typed: false }
    }

    pub fn lang(&self) -> Lang {
        self.lang
    }

    pub fn map(&self) -> &Map {
        &self.map
    }

    pub fn pen(&self) -> Pen {
        Pen { columns: self.columns, palette: self.palette, lang: self.lang }
    }

    /// Whether a blank line belongs before `notice`, which is about to be shown.
    pub fn parts(&mut self, notice: &Notice) -> bool {
        match notice {
            Notice::Typed { .. } => {
                self.has_typed = true;
                false
            }
            // These show nothing of their own, or not for long.
            Notice::Working(_)
            | Notice::Map(_)
            | Notice::Relay(_)
            | Notice::Begun { .. }
            | Notice::Rest(_)
            | Notice::Lang(_) => false,
            Notice::Prompt { prompt: PromptLine::Terminal(Prompt::Busy) | PromptLine::Relay, .. } => false,
            // It begins with one.
            Notice::Welcome(_) | Notice::Step(_) | Notice::LessonDone { .. } => {
                self.has_typed = false;
                false
            }
            _ => std::mem::take(&mut self.has_typed),
        }
    }

    pub fn output(&self, printed: &Printed) -> Vec<String> {
        output::lines(printed, &self.map, self.pen())
    }

    /// No line ends in a line break, and only what nodes print may be wider than the page.
    pub fn lines(&mut self, notice: &Notice) -> Vec<String> {
        let pen = self.pen();
        match notice {
            Notice::Welcome(welcome) => card::welcome(welcome, pen),
            Notice::Step(step) => card::lines(step, &self.map, self.class, pen),
            Notice::Output { terminal, focused, kind, by, late, text } => self.output(&Printed {
                terminal: terminal.clone(),
                is_focused: *focused,
                kind: *kind,
                by: by.clone(),
                late: late.clone(),
                text: text.clone(),
            }),
            Notice::LeftOut { terminal, bytes } => output::left_out(terminal, *bytes, pen),
            Notice::Map(map) => self.remap(map),
            Notice::Chart(chart) => chart::lines(chart, pen),
            Notice::Trace(crossed) => trace::lines(crossed, pen),
            Notice::Arrived(map) => {
                self.map = map.clone();
                self.drawn_map()
            }
            Notice::Typed { terminal, text, .. } => self.typed(terminal.as_str(), text),
            Notice::Tick(finding) => pen.tick(finding),
            Notice::Onward(onward) => pen.onward(onward),
            Notice::Passed { after, prediction } => pen.passed(after.as_deref(), prediction.as_ref()),
            Notice::Mistake { advice, .. } => pen.mistake(advice),
            Notice::Trouble { means, attempt } => pen.trouble(means, attempt),
            Notice::Why(explanation) => why::lines(explanation, pen),
            Notice::Hint { number, of, text } => pen.hint(*number, *of, text),
            Notice::Word { name, text } => pen.word(name, text),
            Notice::Words(names) => pen.says(&messages::all_words(&names.join(" · "))),
            Notice::Stuck { has_hints } => pen.says(&feedback::stuck(*has_hints)),
            Notice::Section(summary) => summary::lines(summary, pen),
            Notice::Contents(sections) => contents::lines(sections, pen),
            Notice::NoHint => pen.says(&messages::no_hint()),
            Notice::Answer(inputs) => pen.answer(inputs, self.asked.as_ref()),
            Notice::Check(findings) => pen.check(findings),
            Notice::Ask(card) => {
                self.asked = Some(card.clone());
                question::lines(card, pen)
            }
            Notice::Judged { right, chosen, why } => pen.judged(*right, chosen, why),
            Notice::Say(text) => pen.says(text),
            Notice::Problem(error) => pen.problem(error),
            Notice::Help(commands) => help::lines(commands, pen),
            Notice::Working(text) => pen.quiet(&format!("⋯ {}", text.speak(self.lang))),
            Notice::LessonDone { passed, of } => pen.lesson_done(*passed, *of),
            Notice::Bye(text) => pen.says(text),
            Notice::Class(presence) => match (self.class.replace(*presence), presence) {
                // The header tells it.
                (None, Presence::Here) => Vec::new(),
                (_, presence) => pen.quiet(messages::class_is(*presence).speak(self.lang)),
            },
            Notice::Rest(_) => Vec::new(),
            Notice::Lang(lang) => {
                self.lang = *lang;
                Vec::new()
            }
            Notice::Prompt { .. } | Notice::Relay(_) | Notice::Begun { .. } => Vec::new(),
        }
    }

    /// A change of connections is worth a line; the nodes' own coming and going is told otherwise.
    fn remap(&mut self, map: &Map) -> Vec<String> {
        let old = std::mem::replace(&mut self.map, map.clone());
        if old.is_joined_like(map) {
            return Vec::new();
        }
        self.drawn_map()
    }

    fn drawn_map(&self) -> Vec<String> {
        card::indent(diagram::lines(&self.map, Pen { columns: card::measure(self.columns), ..self.pen() }), 2)
    }

    /// What Moebi types for the learner, beside the terminal's name.
    fn typed(&self, terminal: &str, text: &str) -> Vec<String> {
        let before = format!(
            "{} {} ",
            self.palette.terminal(terminal, terminal),
            self.palette.paint(Tone::Quiet, "»")
        );
        let columns = self.columns.saturating_sub(width::width(&before));
        let text = untrusted::quoted(text.trim_end());
        let lines = text.split('\n').map(|line| [Span::new(Tone::Quiet, line)]);
        let rows = lines.flat_map(|line| code::rows(&line, columns));
        rows.map(|row| before.clone() + &span::paint(&row, self.palette)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::map::tests::map;
    use crate::{
        i18n::{Localized, Verbatim},
        lesson::TerminalName,
    };

    #[test]
    fn only_changed_links_are_drawn_anew() {
        let mut page = Page::new(60, Palette::MONOCHROME, Lang::En);
        assert_eq!(page.lines(&Notice::Map(map(&["alex", "kate"], &[]))), Vec::<String>::new());
        let linked = [("alex", "kate")];
        assert_eq!(page.lines(&Notice::Map(map(&["alex", "kate"], &linked))), ["  alex ●───● kate"]);
        assert_eq!(page.lines(&Notice::Map(map(&["alex", "kate"], &linked))), Vec::<String>::new());
        assert_eq!(page.lines(&Notice::Map(map(&["alex", "kate"], &[]))), ["  alex ●   kate ●"]);
    }

    #[test]
    fn who_arrives_at_a_step_sees_the_map_whatever_it_was() {
        let mut page = Page::new(60, Palette::MONOCHROME, Lang::En);
        page.lines(&Notice::Map(map(&["alex", "kate"], &[])));
        assert_eq!(page.lines(&Notice::Arrived(map(&["alex", "kate"], &[]))), ["  alex ●   kate ●"]);
        assert_eq!(page.lines(&Notice::Map(map(&["alex"], &[]))), Vec::<String>::new());
    }

    fn typed() -> Notice {
        let terminal = TerminalName::parse("alex").expect("a name");
        Notice::Typed {
            terminal,
            text: "iex --sname alex@localhost".into(),
            by: crate::session::notice::TypedBy::Moebi,
        }
    }

    #[test]
    fn what_follows_on_what_moebi_types_stands_apart() {
        let mut page = Page::new(60, Palette::MONOCHROME, Lang::En);
        let said = || Notice::Say(Localized::from(Verbatim::said("x")));
        assert!(!page.parts(&said()));
        assert!(
            !page.parts(&typed())
                && !page.parts(&typed())
                && !page.parts(&Notice::Working(Localized::from(Verbatim::said("y"))))
        );
        assert!(page.parts(&said()));
        assert!(!page.parts(&said()));
    }

    #[test]
    fn what_moebi_types_is_shown() {
        let notice = typed();
        assert_eq!(
            notice_lines(&notice, 60, Palette::MONOCHROME, Lang::En),
            ["alex » iex --sname alex@localhost"]
        );
        assert_eq!(
            notice_lines(&notice, 30, Palette::MONOCHROME, Lang::En),
            ["alex » iex --sname", "alex »     alex@localhost"]
        );
    }
}
