//! The end of a section: what was seen, what was predicted, how many tries, how long.

use crate::{
    i18n::Localized,
    session::notice::{PredictionRemark, SectionSummary, StepMark, StepSummary},
};

use super::{
    card,
    feedback::Pen,
    markdown, messages,
    palette::Tone,
    span::{self, Span},
    untrusted, width,
};

/// What stands below a step's title is under the title.
const BELOW: &str = "    ";

/// A line or two a step: its title and its pains, then what it showed.
pub fn lines(summary: &SectionSummary, pen: Pen) -> Vec<String> {
    let title = messages::section_done(&untrusted::quoted(&summary.title));
    let mut lines =
        vec![String::new(), format!("  {}", pen.palette.paint(Tone::Title, title.speak(pen.lang)))];
    for step in &summary.steps {
        lines.extend(head(step, pen));
        lines.extend(below(step, pen));
    }
    lines
}

/// As `lines`, without columns: `a title: passed, 3 tries, 2 minutes`.
pub fn sentences(summary: &SectionSummary, pen: Pen) -> Vec<String> {
    let sentence = |step: &StepSummary| {
        let told = messages::step_told(
            &untrusted::quoted(&step.title),
            &mark(step.mark),
            &after_a_comma(&pains(step)),
        );
        let below = span::paint(&shown(step, pen), pen.palette);
        let below =
            (!below.is_empty()).then(|| format!("{}{below}", crate::i18n::semicolon().speak(pen.lang)));
        std::iter::once(told.speak(pen.lang).to_owned()).chain(below).collect()
    };
    summary.steps.iter().map(sentence).collect()
}

fn head(step: &StepSummary, pen: Pen) -> Vec<String> {
    let (sign, tone) = match step.mark {
        StepMark::Passed => ("✔", Tone::Good),
        StepMark::Skipped => ("◌", Tone::Quiet),
        StepMark::Open => ("○", Tone::Quiet),
    };
    let sign = format!("  {} ", pen.palette.paint(tone, sign));
    let pains = pains(step);
    let right = pen.palette.paint(Tone::Quiet, pains.speak(pen.lang));
    let left = format!("{sign}{}", untrusted::quoted(&step.title));
    if let Some(line) = width::apart(&left, &right, card::measure(pen.columns)) {
        return vec![line.trim_end().to_owned()];
    }
    let mut lines = pen.hanging(&sign, BELOW, &[Span::new(Tone::Plain, step.title.as_str())]);
    if !pains.is_empty() {
        lines.extend(pen.hanging(BELOW, BELOW, &[Span::new(Tone::Quiet, pains.speak(pen.lang))]));
    }
    lines
}

pub fn mark(mark: StepMark) -> Localized {
    match mark {
        StepMark::Passed => messages::step_passed(),
        StepMark::Skipped => messages::step_skipped(),
        StepMark::Open => messages::step_open(),
    }
}

/// `3 tries · 1 hint · 2 min`; a step that cost nothing says nothing.
fn pains(step: &StepSummary) -> Localized {
    let minutes = step.took.as_secs().div_ceil(60);
    let mut parts = Vec::new();
    parts.extend((step.tries > 0).then(|| messages::tries(step.tries)));
    parts.extend((step.hints > 0).then(|| messages::hints(step.hints)));
    parts.extend((minutes > 0).then(|| messages::minutes(minutes)));
    Localized::join(&parts, &crate::i18n::dot())
}

pub fn after_a_comma(words: &Localized) -> Localized {
    if words.is_empty() {
        words.clone()
    } else {
        Localized::join(&[Localized::default(), words.clone()], &crate::i18n::comma())
    }
}

fn below(step: &StepSummary, pen: Pen) -> Vec<String> {
    let shown = shown(step, pen);
    if shown.is_empty() { Vec::new() } else { pen.hanging(BELOW, BELOW, &shown) }
}

/// The prediction, and what was seen.
fn shown(step: &StepSummary, pen: Pen) -> Vec<Span> {
    let mut spans = step.prediction.as_ref().map_or_else(Vec::new, |remark| predicted(remark, pen));
    if let Some(seen) = &step.seen {
        spans.extend((!spans.is_empty()).then(|| Span::new(Tone::Quiet, " · ")));
        spans.extend(span::ticked(seen.speak(pen.lang), Tone::Quiet, pen.palette));
    }
    spans
}

fn predicted(remark: &PredictionRemark, pen: Pen) -> Vec<Span> {
    let chosen = span::paint(&markdown::choice(&remark.chosen), super::Palette::MONOCHROME);
    let said = match remark.right {
        true => messages::predicted_right(&chosen),
        false => messages::predicted_wrong(&chosen),
    };
    vec![Span::new(Tone::Quiet, said.speak(pen.lang))]
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::i18n::Verbatim;
    use crate::{lesson::Lang, render::Palette};

    fn step(title: &str, tries: usize, prediction: Option<bool>) -> StepSummary {
        let prediction =
            prediction.map(|right| PredictionRemark { right, chosen: "`kate`".into(), why: String::new() });
        StepSummary {
            title: title.into(),
            mark: if tries > 0 { StepMark::Passed } else { StepMark::Skipped },
            seen: (tries > 0).then(|| Localized::from(Verbatim::said("alex shows \"Hi\""))),
            prediction,
            tries,
            hints: usize::from(tries > 1),
            took: Duration::from_secs(61 * tries as u64),
        }
    }

    fn summary() -> SectionSummary {
        let steps = vec![step("Let alex ask", 3, Some(false)), step("Leave", 0, None)];
        SectionSummary { title: "Code elsewhere".into(), steps }
    }

    #[test]
    fn each_step_says_what_it_took_and_what_it_showed() {
        let pen = Pen { columns: 62, palette: Palette::MONOCHROME, lang: Lang::En };
        assert_eq!(
            lines(&summary(), pen),
            [
                "",
                "  End of the section: Code elsewhere",
                "  ✔ Let alex ask                    3 tries · 1 hint · 4 min",
                "    you said “kate”, which it was not · alex shows \"Hi\"",
                "  ◌ Leave",
            ]
        );
    }

    #[test]
    fn a_reader_is_told_the_same_in_sentences() {
        let pen = Pen { columns: 1000, palette: Palette::MONOCHROME, lang: Lang::El };
        assert_eq!(
            sentences(&summary(), pen),
            [
                "Let alex ask: πέρασε, 3 προσπάθειες · 1 υπόδειξη · 4 λεπτά· είπες «kate», αλλά δεν ήταν έτσι · alex shows \"Hi\"",
                "Leave: παραλείφθηκε",
            ]
        );
    }

    #[test]
    fn what_has_no_room_goes_on_under_the_title_and_nothing_is_lost() {
        let seen =
            "the node alex shows `Γεια, με λένε Kate`, printed by a process on kate, and no other node does";
        let mut summary = summary();
        summary.steps[0].seen = Some(Localized::from(Verbatim::said(seen)));
        summary.steps[1].title = "Leave, but not before everybody has gone".into();
        for palette in [Palette::MONOCHROME, Palette::COLOURED] {
            for columns in 30..120 {
                let lines = lines(&summary, Pen { columns, palette, lang: Lang::En });
                let lines: Vec<_> = lines.iter().map(|line| width::strip(line)).collect();
                let is_title = |line: &&String| line.starts_with("  ✔ ") || line.starts_with("  ◌ ");
                assert!(
                    lines[2..].iter().filter(|line| !is_title(line)).all(|line| line.starts_with("    ")),
                    "{lines:#?}"
                );
                let flat = lines.join(" ").replace('`', "");
                let flat = flat.split_whitespace().collect::<Vec<_>>().join(" ");
                for whole in [&seen.replace('`', ""), "3 tries · 1 hint · 4 min", &summary.steps[1].title] {
                    assert!(flat.contains(whole), "{columns}: {flat}");
                }
            }
        }
    }

    #[test]
    fn no_line_is_wider_than_the_terminal() {
        for (columns, lang) in
            [40, 60, 80].into_iter().flat_map(|columns| Lang::ALL.map(|lang| (columns, lang)))
        {
            for line in lines(&summary(), Pen { columns, palette: Palette::MONOCHROME, lang }) {
                assert!(width::width(&line) <= columns, "{columns}: {line}");
            }
        }
    }
}
