//! A learner's work, or the model's, as a page to read: what was typed, where, for each step.

mod livebook;
mod place;

use std::fmt::Write as _;

use crate::lesson::{Answers, Input, Lang, Lesson, QuestionProse, Step, StepProse, Task};

pub use livebook::livebook;
pub use place::{Reader, Readers};

use super::{messages, progress::Progress};

/// To write on, in a block that every printer leaves as it is.
const LINES: &str = "\n```text\n\n\n\n```\n";

/// The learner's own answers to the steps that passed, in the lesson's order, and how the learner came to them.
pub fn own_answers(lesson: &Lesson, progress: &Progress) -> Answers {
    let mut answers = Answers::none(lesson);
    for step in lesson.sections.iter().flat_map(|section| &section.steps) {
        if let Some(inputs) = progress.answer(&step.id, &lesson.nonce) {
            answers.steps.push((step.id.clone(), inputs));
            answers.record.extend(progress.record(&step.id).map(|record| (step.id.clone(), record)));
        }
    }
    answers
}

/// Markdown: a heading a section and a step, and each input in a block of its own.
pub fn page(lesson: &Lesson, lang: Lang, answers: &Answers) -> String {
    let prose = lesson.prose(lang);
    let mut page = format!("# {}\n", prose.title);
    for (number, section) in lesson.sections.iter().enumerate() {
        let Some(titles) = prose.sections.get(&section.id) else { continue };
        let answered = |step: &&Step| answers.of(step.id.as_str()).is_some();
        if !section.steps.iter().any(|step| answered(&step)) {
            continue;
        }
        let _ = writeln!(page, "\n## {}. {}", number + 1, titles.title);
        for step in section.steps.iter().filter(answered) {
            let inputs = answers.of(step.id.as_str()).unwrap_or_default();
            if let Some(prose) = titles.steps.get(&step.id) {
                let _ = writeln!(page, "\n### {}\n", prose.title);
                inputs.iter().for_each(|input| page.push_str(&written(input, step, prose, lang)));
            }
        }
    }
    page
}

/// The whole lesson to print: each step's text, its question to tick, and lines to write on.
pub fn worksheet(lesson: &Lesson, lang: Lang) -> String {
    let prose = lesson.prose(lang);
    let mut sheet = format!("# {}\n\n{}\n", prose.title, messages::sheet_name().speak(lang));
    for (number, section) in lesson.sections.iter().enumerate() {
        let Some(titles) = prose.sections.get(&section.id) else { continue };
        let _ = writeln!(sheet, "\n## {}. {}", number + 1, titles.title);
        for (place, step) in section.steps.iter().enumerate() {
            if let Some(prose) = titles.steps.get(&step.id) {
                let _ = writeln!(sheet, "\n### {}.{} {}\n", number + 1, place + 1, prose.title);
                sheet.push_str(&task(step, prose));
            }
        }
    }
    // Nobody's own word stands on a sheet for all.
    lesson.nonce.blank(&sheet)
}

fn task(step: &Step, prose: &StepProse) -> String {
    let mut task = format!("{}\n", prose.text.trim_end());
    if let Some(question) = asked(step, prose) {
        let choices = question.choices.values().map(|choice| format!("- [ ] {}\n", choice.text.trim()));
        let _ = write!(task, "\n**{}**\n\n{}", question.ask.trim(), choices.collect::<String>());
    }
    if matches!(step.task, Task::Do { .. }) {
        task.push_str(LINES);
    }
    task
}

fn written(input: &Input, step: &Step, prose: &StepProse, lang: Lang) -> String {
    let told = |words: crate::i18n::Localized| words.speak(lang).to_owned();
    match input {
        Input::Type { terminal, text } => {
            format!("{}\n\n{}\n", told(messages::typed_on(terminal)), fence(text, "elixir"))
        }
        Input::Write { path, text } => {
            format!("{}\n\n{}\n", told(messages::wrote(path)), fence(text, kind(path)))
        }
        Input::Edit { path, replace, with } => {
            let (replace, with) = (fence(replace, kind(path)), fence(with, kind(path)));
            format!("{}\n\n{replace}\n{}\n\n{with}\n", told(messages::replaced(path)), told(messages::by()))
        }
        Input::Choose(choice) => {
            let text = asked(step, prose).and_then(|asked| asked.choices.get(choice));
            format!("> {}\n\n", text.map_or(choice.as_str(), |choice| choice.text.trim()))
        }
        Input::Close(terminal) => format!("{}\n\n", told(messages::closed(terminal))),
        Input::Fault(fault) => format!("`/{fault}`\n\n"),
    }
}

fn asked<'p>(step: &Step, prose: &'p StepProse) -> Option<&'p QuestionProse> {
    match step.task {
        Task::Ask(_) => prose.ask.as_ref(),
        Task::Do { .. } | Task::AskMissed => prose.predict.as_ref(),
    }
}

fn kind(path: &str) -> &'static str {
    if path.ends_with(".ex") || path.ends_with(".exs") { "elixir" } else { "" }
}

/// Longer than any row of backticks in the text, so that nothing in it can end the block.
fn fence(text: &str, kind: &str) -> String {
    let longest = text.split(|sign| sign != '`').map(str::len).max().unwrap_or_default();
    let fence = "`".repeat(longest.max(2) + 1);
    format!("{fence}{kind}\n{}\n{fence}\n", text.trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        lesson::{Nonce, answers::Record, embedded, load, load_answers},
        session::progress::{Outcome, Recorded, StepRecord},
    };

    #[test]
    fn the_model_reads_as_a_page_in_each_language() {
        let lesson = load(&embedded()[0], &Nonce::sample()).expect("the lesson is whole");
        let answers = Answers::model(&lesson);
        for lang in Lang::ALL {
            let page = page(&lesson, lang, &answers);
            for section in &lesson.sections {
                assert!(
                    page.contains(&lesson.prose(lang).sections[&section.id].title),
                    "{lang} {}",
                    section.id
                );
            }
            assert!(page.contains("```elixir\nNode.self()\n```"), "{page}");
        }
    }

    #[test]
    fn what_is_exported_says_how_it_was_come_by() {
        let lesson = load(&embedded()[0], &Nonce::sample()).expect("the lesson is whole");
        let typed = |text: &str| Some(vec![Recorded::Type("shell".to_owned(), text.to_owned())]);
        let passed = StepRecord {
            outcome: Outcome::Passed,
            answer: typed("Node.self()"),
            tries: 4,
            hints: 2,
            answer_shown: true,
            ..StepRecord::default()
        };
        let skipped = StepRecord { outcome: Outcome::Skipped, tries: 1, ..StepRecord::default() };
        let steps = [("nameless".to_owned(), passed), ("name-alex".to_owned(), skipped)].into();
        let answers = own_answers(&lesson, &Progress { steps, ..Progress::default() });
        let record = Record { tries: 4, hints: 2, answer_shown: true };
        assert_eq!(answers.record_of("nameless"), Some(record));
        assert_eq!(answers.record.len(), 1, "what did not pass is not handed in");
        assert_eq!(answers.learners, Vec::<String>::new(), "nobody said who it is");
        assert_eq!(load_answers("answers.yaml", &answers.to_yaml(), &lesson), Ok(answers));
    }

    #[test]
    fn a_worksheet_asks_for_everything_and_answers_nothing() {
        let lesson = load(&embedded()[0], &Nonce::sample()).expect("the lesson is whole");
        for lang in Lang::ALL {
            let sheet = worksheet(&lesson, lang);
            for (section, step) in lesson
                .sections
                .iter()
                .flat_map(|section| section.steps.iter().map(move |step| (section, step)))
            {
                let prose = &lesson.prose(lang).sections[&section.id].steps[&step.id];
                assert!(sheet.contains(&prose.title), "{lang} {}", step.id);
                assert!(prose.hints.iter().all(|hint| !sheet.contains(hint.as_str())), "{lang} {}", step.id);
            }
            assert!(!sheet.contains(lesson.nonce.as_str()));
        }
    }

    #[test]
    fn nothing_ends_its_block_early() {
        assert_eq!(fence("a\n```\nb", ""), "````\na\n```\nb\n````\n");
    }
}
