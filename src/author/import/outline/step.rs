//! A step: its title, what of its code the text shows, and below which line.

use std::{mem, sync::LazyLock};

use regex::Regex;
use unicode_width::UnicodeWidthStr;

use crate::{
    i18n::{Lang, Localized},
    lesson::TerminalName,
};

use super::{
    super::{
        block::{self, Action},
        markdown, messages, project,
    },
    Builder, Lead, Step,
    deed::Deed,
    told,
    words::{TITLE_COLUMNS, cut, shown},
};

/// What of a step's code its text shows, below which line.
#[derive(Debug, Default)]
pub(super) struct Kept {
    /// Where that is, and the line that says it.
    pub lead: Option<(String, Localized)>,
    pub runs: Vec<(TerminalName, &'static str, Vec<String>)>,
}

impl Kept {
    pub(super) fn take(&mut self, at: &TerminalName, code: &str, info: &'static str) {
        match self.runs.last_mut() {
            Some((there, known, lines)) if there == at && *known == info => lines.push(code.to_owned()),
            _ => self.runs.push((at.clone(), info, vec![code.to_owned()])),
        }
    }

    /// Each terminal's code, the first one's without its name where that is the lead.
    fn blocks(&mut self, lang: Lang) -> Vec<String> {
        let mut blocks = Vec::new();
        for (at, info, lines) in &self.runs {
            let name = messages::in_terminal(at.as_str());
            if self.lead.is_none() {
                self.lead = Some((at.to_string(), name));
            } else {
                blocks.push(name.speak(lang).to_owned());
            }
            blocks.push(shown(info, &lines.join("\n")));
        }
        blocks
    }
}

/// Whether words name a place, as code, and no other terminal beside it.
fn leads_to(words: &str, place: &str, terminals: &[String]) -> bool {
    static CODE: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"`([^`]+)`").expect("a regex"));
    let codes: Vec<&str> =
        CODE.captures_iter(words).filter_map(|found| found.get(1)).map(|code| code.as_str()).collect();
    let is_place = |code: &&str| *code == place || place.ends_with(&format!("/{code}"));
    let is_other = |code: &&str| terminals.iter().any(|terminal| terminal == code) && *code != place;
    codes.iter().any(is_place) && !codes.iter().any(is_other)
}

/// The last sentence of the words that lead to a step, where it is short enough for a title.
fn sentence(leads: &[Lead]) -> Option<String> {
    static SIGN: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"\]\([^)]*\)|[`*\\\[]").expect("a regex"));
    let Some(Lead::Prose(text)) = leads.last() else { return None };
    if text.starts_with(['-', '>']) || text.contains("\n\n") {
        return None;
    }
    let line = SIGN.replace_all(&project::squeezed(text), "").into_owned();
    let line = line.trim_end_matches(['.', ':', ' ']);
    let last = line.rsplit(". ").next().unwrap_or(line).trim();
    (last.contains(' ') && last.width() <= TITLE_COLUMNS).then(|| last.to_owned())
}

/// A block without the comment that names its file.
fn without_path(block: &str) -> String {
    match block::read("elixir", block).as_slice() {
        [Action::Code { path: Some(_), text }] => text.clone(),
        _ => block.to_owned(),
    }
}

impl Builder {
    /// A step of these deeds, or more of the one before where nothing was said between.
    pub(super) fn step(&mut self, deeds: Vec<Deed>, info: &str, block: &str) {
        self.open();
        if !self.is_adjacent {
            let step = self.titled(&deeds);
            if let Some(section) = self.outline.sections.last_mut() {
                section.steps.push(step);
            }
        }
        let is_file = deeds.iter().any(|deed| matches!(deed, Deed::Put { .. }));
        let mut kept = Kept::default();
        for deed in deeds {
            if let Deed::Note = deed {
                continue;
            }
            self.perform(deed, &mut kept);
        }
        let text = if is_file { vec![shown(info, &without_path(block))] } else { kept.blocks(self.lang) };
        let spoken_of: Vec<String> = self.outline.terminals.iter().map(ToString::to_string).collect();
        let (lang, todos) = (self.lang, mem::take(&mut self.todos));
        let Some(step) = self.last_step() else { return };
        // The words before it may say where already.
        let is_said = |place: &&(String, Localized)| {
            let words = step.text.last().filter(|words| words.ends_with(':'));
            words.is_some_and(|words| leads_to(words, &place.0, &spoken_of))
        };
        let lead =
            kept.lead.as_ref().filter(|place| !is_said(place)).map(|(_, lead)| lead.speak(lang).to_owned());
        // The words before it lead on to this line, and not to the code any more.
        if let Some(last) = step.text.last_mut().filter(|last| lead.is_some() && last.ends_with(':')) {
            last.pop();
            last.push('.');
        }
        step.text.extend(lead.into_iter().chain(text));
        step.todos.extend(todos);
        step.hints.extend(kept.runs.iter().map(|(at, _, lines)| match lines.as_slice() {
            [line] if !line.contains('\n') => messages::type_this(at.as_str(), &markdown::code(line)),
            _ => messages::type_lines(at.as_str()),
        }));
        (self.has_step, self.is_adjacent) = (true, true);
    }

    /// An empty step below what waits for it.
    fn titled(&mut self, deeds: &[Deed]) -> Step {
        let leads = mem::take(&mut self.leads);
        let last = leads.iter().rposition(|lead| matches!(lead, Lead::Heading(..)));
        let is_typed = matches!(deeds.first(), Some(Deed::Type { .. }));
        let by_words = if is_typed { sentence(&leads) } else { None };
        let by_deed = by_words.or_else(|| deeds.iter().find_map(|deed| deed.title(self.lang)));
        let mut step = Step::default();
        for (at, lead) in leads.into_iter().enumerate() {
            match lead {
                // What the section is called already its first step need not be called as well.
                Lead::Heading(level, text)
                    if Some(at) == last || level == self.level && self.is_section(&text) =>
                {
                    if text.width() > TITLE_COLUMNS {
                        step.text.push(markdown::strong(&text));
                    }
                    if Some(at) == last && (is_typed || !self.is_section(&text)) {
                        step.title = text;
                    }
                }
                lead => {
                    let (text, todo) = told(lead);
                    step.text.push(text);
                    step.todos.extend(todo);
                }
            }
        }
        let wanted =
            if step.title.is_empty() { by_deed.unwrap_or_default() } else { mem::take(&mut step.title) };
        let word = deeds.iter().find_map(Deed::word).unwrap_or_default();
        step.id = self.id(&word, "step");
        step.title = cut(&wanted, TITLE_COLUMNS);
        if step.title.is_empty() {
            step.title = cut(&step.id, TITLE_COLUMNS);
        }
        step
    }

    fn is_section(&self, heading: &str) -> bool {
        self.outline.sections.last().is_some_and(|section| section.title == heading)
    }
}
