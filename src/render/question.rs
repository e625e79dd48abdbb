//! A question with numbered choices.

use crate::{lesson::ChoiceId, session::notice::QuestionCard};

use super::{
    card,
    feedback::Pen,
    markdown, messages,
    palette::Tone,
    span::{self, Span},
    width,
};

/// On one line where it fits, else one choice a line.
pub fn lines(card: &QuestionCard, pen: Pen) -> Vec<String> {
    let ask = span::paint(&markdown::inline(&card.ask), pen.palette);
    let choices = choices(card);
    let joined: Vec<_> = choices.iter().map(|choice| span::paint(choice, pen.palette)).collect();
    let line = format!(" {ask}   {}", joined.join("   "));
    let mut lines = if width::width(&line) <= card::measure(pen.columns) {
        vec![line]
    } else {
        listed(card, &choices, pen)
    };
    if card.is_prediction {
        let note = messages::how_to_predict();
        lines.push(format!(" {}", pen.palette.paint(Tone::Quiet, note.speak(pen.lang))));
    }
    lines
}

fn listed(card: &QuestionCard, choices: &[Vec<Span>], pen: Pen) -> Vec<String> {
    let ask = markdown::lines(&card.ask, card::measure(pen.columns), pen.palette);
    let mut lines = card::indent(ask, 1);
    for choice in choices {
        lines.extend(pen.hanging("   ", "     ", choice));
    }
    lines
}

fn choices(card: &QuestionCard) -> Vec<Vec<Span>> {
    card.choices.iter().enumerate().map(|(index, (_, text))| numbered(index, text)).collect()
}

/// One choice as the question shows it; none where the question has no such choice.
pub fn choice(card: &QuestionCard, id: &ChoiceId) -> Option<Vec<Span>> {
    let index = card.choices.iter().position(|(choice, _)| choice == id)?;
    Some(numbered(index, &card.choices[index].1))
}

fn numbered(index: usize, text: &str) -> Vec<Span> {
    let mut spans = vec![Span::new(Tone::Strong, (index + 1).to_string()), Span::new(Tone::Plain, " ")];
    spans.extend(markdown::inline(text));
    spans
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{lesson::ChoiceId, render::Palette};

    fn drawn(choices: &[&str], columns: usize) -> Vec<String> {
        let id = ChoiceId::parse("id").expect("a name");
        let card = QuestionCard {
            ask: "On whose *screen* will it appear?".into(),
            choices: choices.iter().map(|text| (id.clone(), (*text).to_owned())).collect(),
            is_prediction: false,
        };
        lines(&card, Pen { columns, palette: Palette::MONOCHROME, lang: crate::lesson::Lang::En })
    }

    #[test]
    fn short_choices_share_the_line() {
        assert_eq!(
            drawn(&["alex", "kate", "both"], 80),
            [" On whose screen will it appear?   1 alex   2 kate   3 both"]
        );
    }

    #[test]
    fn long_ones_have_a_line_each() {
        assert_eq!(
            drawn(&["στην οθόνη του alex", "on the screen of the node that runs it"], 40),
            [
                " On whose screen will it appear?",
                "   1 στην οθόνη του alex",
                "   2 on the screen of the node that",
                "     runs it",
            ]
        );
    }
}
