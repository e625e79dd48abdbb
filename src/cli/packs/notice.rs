//! What a person is told of a pack before they are asked whether they trust it.

use std::io::{self, IsTerminal};

use crate::{
    i18n::{self, Localized, Verbatim},
    lesson::{Lang, Lesson},
    pack::{Changes, Entry, Origin, Pack},
    render::{
        palette::{Palette, Tone},
        rows::rows,
        untrusted, width,
    },
};

use super::messages;

const INDENT: usize = 2;
/// How many names a row has.
const MAX_NAMES: usize = 8;

pub(super) struct Notice<'a> {
    pub pack: &'a Pack,
    pub lessons: &'a [Lesson],
    /// What was trusted before, and what is otherwise now.
    pub before: Option<&'a Entry>,
    pub changes: Option<Changes>,
}

impl Notice<'_> {
    /// For standard error, as wide as it is.
    pub(super) fn page(&self, lang: Lang) -> String {
        let stderr = io::stderr();
        let columns = terminal_size::terminal_size_of(&stderr).map_or(80, |(width, _)| usize::from(width.0));
        self.lines(columns, Palette::from_env(stderr.is_terminal()), lang).join("\n") + "\n"
    }

    fn lines(&self, columns: usize, palette: Palette, lang: Lang) -> Vec<String> {
        let heading = match self.before {
            None => messages::from_elsewhere(),
            Some(entry) => messages::changed_since(day(&entry.date)),
        };
        let mut lines = rows(&palette.paint(Tone::Strong, heading.speak(lang)), columns);
        let facts = self.facts(lang);
        let widest = facts.iter().map(|(label, _)| width::width(label.speak(lang))).max().unwrap_or_default();
        for (label, value) in facts {
            let label = width::pad(label.speak(lang), widest);
            let row = format!("{}  {}", palette.paint(Tone::Quiet, &label), untrusted::plain(&value));
            lines.extend(indented(&row, columns));
        }
        lines.push(String::new());
        lines.extend(rows(messages::what_it_can_do().speak(lang), columns));
        lines.push(String::new());
        if let Some(own) = self.your_own() {
            lines.extend(rows(&untrusted::plain(own.speak(lang)), columns));
            lines.push(String::new());
        }
        lines
    }

    /// How its author has it without a question, where it is one lesson's folder.
    fn your_own(&self) -> Option<Localized> {
        let Origin::Folder(folder) = &self.pack.origin else { return None };
        let ([lesson], true) = (self.lessons, folder.ends_with(self.pack.name.as_str())) else { return None };
        Some(messages::your_own(lesson.id.as_str(), &folder.parent()?.display().to_string()))
    }

    fn facts(&self, lang: Lang) -> Vec<(Localized, String)> {
        let mut facts: Vec<_> = self
            .lessons
            .iter()
            .flat_map(|lesson| {
                let told = messages::titled(&lesson.prose(lang).title, lesson.id.as_str());
                let steps = lesson.sections.iter().map(|section| section.steps.len()).sum();
                let holds = messages::holds(steps, &languages(lesson));
                let of = |label: Localized, value: &Localized| (label, value.speak(lang).to_owned());
                [of(messages::lesson(), &told), of(Localized::default(), &holds)]
                    .into_iter()
                    .chain(lesson.author.clone().map(|author| (messages::by(), author)))
            })
            .collect();
        if self.lessons.iter().all(|lesson| lesson.author.is_none()) {
            facts.push((messages::by(), messages::no_author().speak(lang).to_owned()));
        }
        facts.push((messages::from(), self.pack.origin.to_string()));
        facts.extend(self.pack.commit.clone().map(|commit| (messages::commit(), commit)));
        facts.push((messages::fingerprint(), self.pack.fingerprint.clone()));
        facts.extend(self.changes.iter().flat_map(|changes| news(changes, lang)));
        facts
    }
}

fn news(changes: &Changes, lang: Lang) -> Vec<(Localized, String)> {
    let names = |label: fn() -> Localized, names: &[String]| {
        let shown = names.iter().take(MAX_NAMES).cloned().collect::<Vec<_>>().join(", ");
        let told = match names.len().saturating_sub(MAX_NAMES) {
            0 => shown,
            more => messages::and_more(&shown, more).speak(lang).to_owned(),
        };
        (!names.is_empty()).then(|| (label(), told))
    };
    let before = changes.commits.as_ref().filter(|(from, to)| from != to);
    let before = before.map(|(from, _)| (messages::commit_before(), from.clone()));
    let steps = [
        names(messages::new_steps, &changes.new_steps),
        names(messages::lost_steps, &changes.lost_steps),
        names(messages::changed_files, &changes.files),
    ];
    before.into_iter().chain(steps.into_iter().flatten()).collect()
}

fn languages(lesson: &Lesson) -> Localized {
    let spoken = lesson.prose.keys().map(|lang| Verbatim::name(lang.name()).into());
    let foreign = lesson.foreign.keys().map(|tag| Verbatim::name(tag).into());
    Localized::join(&spoken.chain(foreign).collect::<Vec<_>>(), &i18n::comma())
}

/// Of a moment, the day.
fn day(date: &str) -> &str {
    date.split('T').next().unwrap_or(date)
}

fn indented(row: &str, columns: usize) -> Vec<String> {
    let rows = rows(row, columns.saturating_sub(INDENT));
    rows.into_iter().map(|row| format!("{}{row}", " ".repeat(INDENT))).collect()
}
