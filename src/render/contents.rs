//! `/goto` alone: every step of the lesson, by number, id and title.

use crate::session::notice::{SectionContents, StepLine, StepMark};

use super::{feedback::Pen, messages, palette::Tone, span::Span, untrusted, width};

/// A title has no less room beside its id; else the id stands below it.
const FEWEST_COLUMNS: usize = 24;

pub fn lines(sections: &[SectionContents], pen: Pen) -> Vec<String> {
    let steps = || sections.iter().flat_map(|section| &section.steps);
    let number = steps().map(|step| step.number.len()).max().unwrap_or_default();
    let id = steps().map(|step| step.id.len()).max().unwrap_or_default();
    let mut lines = pen.says(&messages::how_to_goto());
    for (index, section) in sections.iter().enumerate() {
        let title = Span::new(Tone::Strong, format!("{}  {}", index + 1, section.title));
        lines.extend(pen.hanging("  ", "     ", &[title]));
        lines.extend(section.steps.iter().flat_map(|step| line(step, number, id, pen)));
    }
    lines
}

fn line(step: &StepLine, number: usize, id: usize, pen: Pen) -> Vec<String> {
    let (sign, tone) = match step.mark {
        StepMark::Passed => ("●", Tone::Good),
        StepMark::Skipped => ("◌", Tone::Quiet),
        StepMark::Open => ("○", Tone::Quiet),
    };
    let here = if step.is_here { "▸" } else { " " };
    let begin = format!(" {here} {} {}  ", pen.palette.paint(tone, sign), width::pad(&step.number, number));
    let title = [Span::new(Tone::Plain, step.title.as_str())];
    let below = " ".repeat(width::width(&begin));
    if below.len() + id + 2 + FEWEST_COLUMNS <= pen.columns {
        let id = pen.palette.paint(Tone::Code, &width::pad(&untrusted::quoted(&step.id), id));
        let first = format!("{begin}{id}  ");
        return pen.hanging(&first, &" ".repeat(width::width(&first)), &title);
    }
    let id = [Span::new(Tone::Code, step.id.as_str())];
    [pen.hanging(&begin, &below, &title), pen.hanging(&below, &below, &id)].concat()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{lesson::Lang, render::Palette};

    fn contents() -> Vec<SectionContents> {
        let step = |number: &str, id: &str, title: &str, mark, is_here| StepLine {
            number: number.into(),
            id: id.into(),
            title: title.into(),
            mark,
            is_here,
        };
        let steps = vec![
            step(
                "1.9",
                "link-exit",
                "Τι μεταφέρει ένας δεσμός από τον έναν κόμβο στον άλλον",
                StepMark::Passed,
                false,
            ),
            step("1.10", "no-link", "Without a link", StepMark::Skipped, true),
            step("1.11", "why", "Why?", StepMark::Open, false),
        ];
        vec![SectionContents { title: "Κώδικας σε άλλον κόμβο".into(), steps }]
    }

    fn drawn(columns: usize) -> Vec<String> {
        lines(&contents(), Pen { columns, palette: Palette::MONOCHROME, lang: Lang::El })
    }

    #[test]
    fn columns_line_up_and_long_titles_stay_in_theirs() {
        assert_eq!(
            drawn(60)[1..],
            [
                "  1  Κώδικας σε άλλον κόμβο",
                "   ● 1.9   link-exit  Τι μεταφέρει ένας δεσμός από τον",
                "                      έναν κόμβο στον άλλον",
                " ▸ ◌ 1.10  no-link    Without a link",
                "   ○ 1.11  why        Why?",
            ]
        );
    }

    #[test]
    fn on_a_narrow_terminal_ids_stand_below_titles() {
        assert_eq!(
            drawn(40)[6..],
            [
                "           link-exit",
                " ▸ ◌ 1.10  Without a link",
                "           no-link",
                "   ○ 1.11  Why?",
                "           why"
            ]
        );
        for columns in [30, 40, 60, 80, 120] {
            assert!(drawn(columns).iter().all(|line| width::width(line) <= columns), "{:#?}", drawn(columns));
        }
    }
}
