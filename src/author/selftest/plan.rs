//! What is to be tried of a step once its model answer has passed.

use pulldown_cmark::{CodeBlockKind, Event, Parser, Tag, TagEnd};

use crate::{
    lesson::{
        Input, Lesson, Question, Task,
        condition::sample::{ModelRun, ways},
    },
    session::Position,
};

use super::{
    forgery::{NodesByTerminal, discarded, forgeries},
    trial::{Expected, Kind, Told, Trial},
};

/// Those that mostly can be undone come first: the next attempt has their nodes.
pub(super) fn trials(
    lesson: &Lesson,
    place: Position,
    model: &ModelRun<'_>,
    seats: &[NodesByTerminal],
) -> Vec<Trial> {
    let step = place.step(lesson);
    let trial = |answer, expected| Trial { place, answer, expected };
    let mut trials = vec![trial(Vec::new(), Expected::Fails(Kind::Start))];
    match &step.task {
        // Nobody has missed anything here, so it passes by itself.
        Task::AskMissed => return Vec::new(),
        Task::Ask(question) => {
            trials.extend(wrong_choices(question).map(|choice| trial(choice, Expected::Fails(Kind::Wrong))));
        }
        Task::Do { answer, check, .. } => {
            let mut forged: Vec<Vec<Input>> = Vec::new();
            // A process that is to be spawned on the other node never comes to be there, and whoever tries it has
            // done the work.
            let apart = check.conditions.iter().any(|condition| condition.keeps_nodes_apart());
            for way in ways(&check.conditions, model) {
                let fresh = [forgeries(&way, answer, seats, apart), discarded(&way, answer)].concat();
                forged.extend(fresh.into_iter().filter(|fresh| !forged.contains(fresh)).collect::<Vec<_>>());
            }
            trials.extend(forged.into_iter().map(|answer| trial(answer, Expected::Fails(Kind::Forged))));
        }
    }
    let right = step.right.iter();
    trials.extend(
        right.map(|right| trial(right.answer.clone(), Expected::PassesToo { after: right.mistake.clone() })),
    );
    trials.extend(
        text_typed(lesson, place, model.answer, seats).map(|answer| trial(answer, Expected::IsNoMistake)),
    );
    let wrong = step.wrong.iter();
    trials.extend(wrong.map(|wrong| trial(wrong.answer.clone(), Expected::FailsAs(wrong.mistake.clone()))));
    trials.extend(left_out(&step.task).map(|(answer, expected)| trial(answer, expected)));
    trials
}

/// The code of the step's text, block by block, each in the terminal where the model types the like of it. None where files are
/// written: then nobody knows which block belongs into which.
fn text_typed(
    lesson: &Lesson,
    place: Position,
    model: &[Input],
    seats: &[NodesByTerminal],
) -> Option<Vec<Input>> {
    let prose = lesson.texts().next()?.sections.get(&place.section(lesson).id)?;
    let text = &prose.steps.get(&place.step(lesson).id)?.text;
    let mut typed = Vec::new();
    for (input, seats) in model.iter().zip(seats) {
        let Input::Type { terminal, .. } = input else { return None };
        typed.push((terminal, seats.contains_key(terminal)));
    }
    let mut given = [0, 0];
    let input = |(language, code): (String, String)| {
        let is_for_node = language == "elixir";
        let places: Vec<_> = typed.iter().filter(|(_, at_node)| *at_node == is_for_node).collect();
        let number = &mut given[usize::from(is_for_node)];
        let (terminal, _) = places.get(*number).or(places.last())?;
        *number += 1;
        Some(Input::Type { terminal: (*terminal).clone(), text: code })
    };
    code_blocks(text).into_iter().map(input).collect::<Option<Vec<_>>>().filter(|typed| !typed.is_empty())
}

/// Language and code of each code block of a Markdown text.
fn code_blocks(text: &str) -> Vec<(String, String)> {
    let mut blocks = Vec::new();
    let mut open: Option<(String, String)> = None;
    for event in Parser::new(text) {
        match event {
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(language))) => {
                open = Some((language.into_string(), String::new()));
            }
            Event::Text(code) => open.iter_mut().for_each(|(_, block)| block.push_str(&code)),
            Event::End(TagEnd::CodeBlock) => blocks.extend(open.take()),
            _ => {}
        }
    }
    blocks
}

fn wrong_choices(question: &Question) -> impl Iterator<Item = Vec<Input>> {
    let wrong = question.choices.iter().filter(|choice| **choice != question.correct);
    wrong.map(|choice| vec![Input::Choose(choice.clone())])
}

/// The answer without one input, for each. Without its only one it is the untouched start, which is tried anyway.
fn left_out(task: &Task) -> impl Iterator<Item = (Vec<Input>, Expected)> {
    let (answer, optional) = match task {
        Task::Do { answer, optional, .. } if answer.len() > 1 => (answer.as_slice(), Some(optional)),
        Task::Do { .. } | Task::Ask(_) | Task::AskMissed => (&[][..], None),
    };
    answer.iter().enumerate().map(move |(at, out)| {
        let rest = [&answer[..at], &answer[at + 1..]].concat();
        let (input, left_out) = (at + 1, Told(out).to_string());
        match optional.is_some_and(|optional| optional.contains_key(&input)) {
            true => (rest, Expected::DoesWithout { input, left_out }),
            false => (rest, Expected::Needs { input, left_out }),
        }
    })
}
