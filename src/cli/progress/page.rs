//! Progress as a person reads it: one line a step where there is room, two where there isn't.

use crate::{
    i18n::Localized,
    lesson::Lang,
    render::{
        palette::{Palette, Tone},
        rows::rows,
        untrusted, width,
    },
    session::progress::Outcome,
};

use super::{
    messages,
    summary::{Prediction, SectionSummary, StepSummary, Summary},
};

const BESIDE: usize = 2;

/// What decides how it looks.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Page {
    pub columns: usize,
    pub palette: Palette,
    pub lang: Lang,
}

/// One step, not laid out yet.
struct Line {
    here: bool,
    outcome: Outcome,
    number: String,
    id: String,
    title: String,
    told: String,
}

impl Page {
    pub(crate) fn progress(self, summary: &Summary) -> String {
        let of = messages::of_steps(summary.total.passed, summary.total.steps);
        let mut lines = self.heading(&summary.title, self.say(&of));
        let sections = summary.sections.iter().enumerate();
        let steps: Vec<Vec<Line>> =
            sections.map(|(index, section)| self.steps(index, section, summary.at.as_deref())).collect();
        // The same for all sections, so that they are alike.
        let wide = widths(steps.iter().flatten());
        for (index, (section, steps)) in summary.sections.iter().zip(&steps).enumerate() {
            lines.push(String::new());
            lines.extend(self.section_heading(index, section));
            lines.extend(steps.iter().flat_map(|line| self.step(line, wide)));
        }
        lines.push(String::new());
        lines.extend(self.total(summary));
        text(&lines)
    }

    /// A lesson in the list.
    pub(crate) fn lesson(self, summary: &Summary, from: Option<&str>, unreadable: bool) -> Vec<String> {
        let id = self.palette.paint(Tone::Quiet, &summary.lesson);
        let mut lines = self.heading(&summary.title, &id);
        lines.extend(self.wrapped(2, &untrusted::quoted(summary.about.trim()).replace('\n', " ")));
        if let Some(from) = from {
            let from = messages::from_elsewhere(&plain(from));
            lines.extend(self.wrapped(2, &self.palette.paint(Tone::Quiet, self.say(&from))));
        }
        let titles: Vec<_> = summary.sections.iter().map(|section| plain(&section.title)).collect();
        let widest = titles.iter().map(|title| width::width(title)).max().unwrap_or_default();
        for (index, (section, title)) in summary.sections.iter().zip(titles).enumerate() {
            let left = format!("  {}  {}", index + 1, width::pad(&title, widest));
            let minutes = messages::minutes(section.minutes);
            let of = messages::of_steps(section.passed, section.steps.len());
            let right = Localized::join(&[minutes, of], &messages::dot());
            lines.extend(self.beside(&left, self.say(&right)));
        }
        let far = if unreadable { messages::unreadable(&summary.lesson) } else { how_far(summary) };
        lines.extend(self.wrapped(2, self.say(&far)));
        lines
    }

    fn heading(self, title: &str, right: &str) -> Vec<String> {
        let title = self.palette.paint(Tone::Title, &plain(title));
        match width::width(&title) + BESIDE + width::width(right) <= self.columns {
            true => vec![format!("{title}  {right}")],
            false => [rows(&title, self.columns), rows(right, self.columns)].concat(),
        }
    }

    fn section_heading(self, index: usize, section: &SectionSummary) -> Vec<String> {
        let minutes = messages::minutes(section.minutes);
        let of = messages::of_steps(section.passed, section.steps.len());
        let right = Localized::join(&[minutes, of], &messages::dot());
        let left = self.palette.paint(Tone::Strong, &format!("{}  {}", index + 1, plain(&section.title)));
        self.beside(&left, self.say(&right))
    }

    /// Side by side where there is room, else under each other.
    fn beside(self, left: &str, right: &str) -> Vec<String> {
        let quiet = self.palette.paint(Tone::Quiet, right);
        if width::width(left) + BESIDE + width::width(right) <= self.columns {
            return vec![format!("{left}  {quiet}")];
        }
        let mut lines = rows(left, self.columns);
        lines.extend(self.wrapped(5, &quiet));
        lines
    }

    fn steps(self, section: usize, summary: &SectionSummary, at: Option<&str>) -> Vec<Line> {
        let line = |(index, step): (usize, &StepSummary)| {
            let here = at == Some(step.id.as_str());
            let number = format!("{}.{}", section + 1, index + 1);
            let told = self.say(&told(step, here)).to_owned();
            let (id, title) = (step.id.clone(), plain(&step.title));
            Line { here, outcome: step.outcome, number, id, title, told }
        };
        summary.steps.iter().enumerate().map(line).collect()
    }

    fn step(self, line: &Line, wide: [usize; 4]) -> Vec<String> {
        let [number, title, id, told] = wide;
        let begin = format!(
            "{} {} {}",
            if line.here { " ▸" } else { "  " },
            self.sign(line.outcome),
            width::pad(&line.number, number)
        );
        let id_told = |id: usize| {
            format!("{}  {}", self.palette.paint(Tone::Quiet, &width::pad(&line.id, id)), line.told)
        };
        if 5 + number + BESIDE + title + BESIDE + id + BESIDE + told <= self.columns {
            return vec![format!("{begin}  {}  {}", width::pad(&line.title, title), id_told(id))];
        }
        // Under the title.
        let indent = width::width(&begin) + BESIDE;
        let mut lines = hanging(&format!("{begin}  {}", line.title), indent, self.columns);
        lines.extend(self.wrapped(indent, &id_told(0)));
        lines
    }

    fn sign(self, outcome: Outcome) -> String {
        match outcome {
            Outcome::Passed => self.palette.paint(Tone::Good, "●"),
            Outcome::Skipped => self.palette.paint(Tone::Quiet, "◌"),
            Outcome::Open => self.palette.paint(Tone::Quiet, "○"),
        }
    }

    fn total(self, summary: &Summary) -> Vec<String> {
        let total = &summary.total;
        let mut parts = vec![
            messages::total_steps(total.passed, total.skipped, total.open),
            messages::tries(total.tries),
            messages::hints(total.hints),
        ];
        if total.answers_shown > 0 {
            parts.push(messages::answers_shown(total.answers_shown));
        }
        if total.predicted_right + total.predicted_wrong > 0 {
            parts.push(messages::predictions(total.predicted_right, total.predicted_wrong));
        }
        let head = self.palette.paint(Tone::Strong, self.say(&messages::total()));
        let parts = Localized::join(&parts, &messages::dot());
        hanging(&format!("{head}  {}", self.say(&parts)), 2, self.columns)
    }

    fn wrapped(self, indent: usize, text: &str) -> Vec<String> {
        hanging(&format!("{}{text}", " ".repeat(indent)), indent, self.columns)
    }

    fn say(self, words: &Localized) -> &str {
        words.speak(self.lang)
    }
}

/// Of numbers, titles, ids and what is told.
fn widths<'l>(lines: impl Iterator<Item = &'l Line> + Clone) -> [usize; 4] {
    let widest =
        |of: fn(&Line) -> &str| lines.clone().map(|line| width::width(of(line))).max().unwrap_or_default();
    [
        widest(|line| &line.number),
        widest(|line| &line.title),
        widest(|line| &line.id),
        widest(|line| &line.told),
    ]
}

/// What a step's record says, in words.
fn told(step: &StepSummary, here: bool) -> Localized {
    let mut parts = vec![match step.outcome {
        Outcome::Passed => messages::passed(),
        Outcome::Skipped => messages::skipped(),
        Outcome::Open => messages::open(),
    }];
    parts.extend((step.tries > 0).then(|| messages::tries(step.tries)));
    parts.extend((step.hints > 0).then(|| messages::hints(step.hints)));
    parts.extend(step.answer_shown.then(messages::answer_shown));
    parts.extend(step.prediction.map(|prediction| match prediction {
        Prediction::Right => messages::predicted_right(),
        Prediction::Wrong => messages::predicted_wrong(),
    }));
    parts.extend(step.missed.then(messages::missed));
    parts.extend(here.then(messages::here));
    Localized::join(&parts, &messages::dot())
}

fn how_far(summary: &Summary) -> Localized {
    let total = &summary.total;
    if total.passed == total.steps {
        return messages::all_done(total.steps);
    }
    match summary.here() {
        None => messages::not_begun(total.steps),
        Some((number, title)) => {
            let of = messages::of_steps(total.passed, total.steps);
            Localized::join(&[of, messages::goes_on_at(&number, &plain(title))], &messages::dot())
        }
    }
}

/// The rows of a text; all but the first are indented.
fn hanging(text: &str, indent: usize, columns: usize) -> Vec<String> {
    let first = text.len() - text.trim_start_matches(' ').len();
    let margin = " ".repeat(indent);
    let (head, body) = text.split_at(first);
    let within = columns.saturating_sub(indent.max(first)).max(8);
    let rows = rows(body, within);
    rows.iter()
        .enumerate()
        .map(|(index, row)| if index == 0 { format!("{head}{row}") } else { format!("{margin}{row}") })
        .collect()
}

fn plain(title: &str) -> String {
    untrusted::plain(title)
}

pub(crate) fn text(lines: &[String]) -> String {
    lines.iter().map(|line| format!("{}\n", line.trim_end())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        lesson::{embedded, load},
        session::progress::{Progress, StepRecord},
    };

    fn summary(lang: Lang) -> Summary {
        let lesson = load(&embedded()[0], &crate::lesson::Nonce::sample()).expect("the lesson is whole");
        let mut progress = Progress { at: Some("connect".to_owned()), ..Progress::default() };
        let passed = StepRecord { outcome: Outcome::Passed, tries: 2, hints: 1, ..StepRecord::default() };
        let skipped = StepRecord { outcome: Outcome::Skipped, answer_shown: true, ..StepRecord::default() };
        let wrong = StepRecord { prediction: Some("nobody".to_owned()), ..passed.clone() };
        for (id, record) in [("nameless", passed), ("alone", skipped), ("connect", wrong)] {
            progress.steps.insert(id.to_owned(), record);
        }
        Summary::of(&lesson, &progress, lang)
    }

    fn page(columns: usize, lang: Lang) -> Page {
        Page { columns, palette: Palette::MONOCHROME, lang }
    }

    #[test]
    fn no_line_is_wider_than_the_terminal() {
        for lang in Lang::ALL {
            for columns in [24, 40, 60, 80, 100, 200] {
                let summary = summary(lang);
                let all = page(columns, lang).progress(&summary)
                    + &text(&page(columns, lang).lesson(&summary, None, false));
                let wide = all.lines().find(|line| width::width(line) > columns);
                assert_eq!(wide, None, "{columns} columns, {lang}");
            }
        }
    }

    #[test]
    fn what_is_told_begins_at_one_column_also_in_greek() {
        for lang in Lang::ALL {
            let drawn = page(200, lang).progress(&summary(lang));
            let column = |id: &str| {
                let line =
                    drawn.lines().find(|line| line.contains(&format!("  {id} "))).expect("it is there");
                width::width(line.split(&format!("  {id} ")).next().expect("a part"))
            };
            assert_eq!(column("nameless"), column("alone"), "{drawn}");
        }
    }

    #[test]
    fn sections_are_laid_out_alike_and_ids_stand_under_titles() {
        for (lang, columns) in
            Lang::ALL.into_iter().flat_map(|lang| [40, 80, 100].map(|columns| (lang, columns)))
        {
            let summary = summary(lang);
            let drawn = page(columns, lang).progress(&summary);
            let column = |text: &str| {
                let at = |line: &str| line.find(text).map(|at| width::width(&line[..at]));
                drawn.lines().find_map(at)
            };
            for step in summary.sections.iter().flat_map(|section| &section.steps) {
                let id = column(&format!(" {}  ", step.id)).expect("it is there") + 1;
                assert_eq!(
                    id,
                    if columns == 100 { 1 + column(" nameless  ").expect("the first") } else { 11 },
                    "{drawn}"
                );
            }
        }
    }

    #[test]
    fn colour_adds_nothing_but_colour() {
        let summary = summary(Lang::El);
        let coloured = Page { palette: Palette::COLOURED, ..page(60, Lang::El) }.progress(&summary);
        assert!(coloured.contains('\u{1b}'));
        assert_eq!(width::strip(&coloured), page(60, Lang::El).progress(&summary));
    }

    #[test]
    fn a_step_says_how_it_went() {
        let drawn = page(200, Lang::En).progress(&summary(Lang::En));
        let line = |id: &str| drawn.lines().find(|line| line.contains(id)).expect("it is there").to_owned();
        assert!(line(" nameless ").contains("● 1.1"), "{drawn}");
        assert!(line(" nameless ").ends_with("done · 2 tries · 1 hint"), "{drawn}");
        assert!(
            line(" alone ").contains("◌") && line(" alone ").ends_with("skipped · answer shown"),
            "{drawn}"
        );
        assert!(
            line(" connect ").contains("▸ ●") && line(" connect ").contains("predicted wrong"),
            "{drawn}"
        );
        assert!(
            drawn.contains("4 tries · 2 hints · 1 answer shown · predictions: 0 right, 1 wrong"),
            "{drawn}"
        );
    }
}
