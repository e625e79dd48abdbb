//! From a cold start, `/goto` reaches the middle and the end of every section, and finds it as somebody would who came
//! there step by step: nothing on the way fails to be brought about, and then the model answer passes. The other steps are
//! brought about on the way; `moebi lesson test` begins at each of them.

use std::fs;

use moebi::{
    guide::messages,
    lesson::{Input, Lang, Lesson, Step, Task},
    session::Position,
};

use crate::support::{learner::GuideLearner, lesson::lesson};

/// A test for each section: `NAME: SECTION, …`.
macro_rules! sections {
    ($($name:ident: $section:literal),+ $(,)?) => {
        $(
            #[test]
            fn $name() {
                is_reached($section);
            }
        )+

        #[test]
        fn no_section_is_left_out() {
            let lesson = lesson();
            let sections = lesson.sections.iter().map(|section| section.id.as_str());
            // There, what is typed next waits for what other nodes notice, as a person does and this learner does not:
            // `check --model` and `lesson test` go through its steps, each once all is at rest.
            let sections: Vec<_> = sections.filter(|id| *id != "when-nodes-fail").collect();
            assert_eq!([$($section),+].as_slice(), sections);
        }
    };
}

sections! {
    starting_nodes: "starting-nodes",
    spawn_link: "spawn-link",
    replies: "replies",
    cookies: "cookies",
    supervised_tasks: "supervised-tasks",
    replies_from_remote: "replies-from-remote",
    testing: "testing",
    conclusion: "conclusion",
}

fn is_reached(section: &str) {
    let lesson = lesson();
    let number = lesson.sections.iter().position(|other| other.id.as_str() == section).expect("a section");
    let last = lesson.sections[number].steps.len() - 1;
    for step in [last / 2, last] {
        goes(Position { section: number, step }, &lesson);
    }
}

impl GuideLearner {
    /// Does a step, whose card is the latest, as the model answer has it; it passes.
    #[track_caller]
    fn answers(mut self, step: &Step) -> Self {
        let from = self.seen;
        let question = match &step.task {
            Task::Ask(question) => Some(question),
            Task::Do { .. } | Task::AskMissed => step.predict.as_ref(),
        };
        if let Some(question) = question {
            self = self.chooses(question.correct.as_str());
        }
        let inputs = if let Task::Do { answer, .. } = &step.task { answer.as_slice() } else { &[] };
        for input in inputs {
            self = self.gives(input);
        }
        // An earlier input than the last may have sufficed; and nobody need have missed anything.
        let from = if matches!(step.task, Task::AskMissed) { 0 } else { from };
        (self.seen, self.before) = (from, from);
        self.passes()
    }

    #[track_caller]
    fn gives(self, input: &Input) -> Self {
        match input {
            Input::Type { terminal, text } => self.types(terminal.as_str(), text.trim_end()),
            Input::Write { path, text } => self.saves(path, text),
            Input::Edit { path, replace, with } => {
                let text = fs::read_to_string(self.workspace.path().join(path)).expect("a file");
                assert!(text.contains(replace), "{path} lacks {replace:?}:\n{text}");
                self.saves(path, &text.replacen(replace, with, 1))
            }
            Input::Choose(choice) => self.chooses(choice.as_str()),
            Input::Close(terminal) => self.asks(&format!("/close {terminal}")),
            Input::Fault(fault) => self.asks(&format!("/{fault}")),
        }
    }

    /// As an editor in another window would.
    #[track_caller]
    fn saves(self, path: &str, text: &str) -> Self {
        let place = self.workspace.path().join(path);
        fs::create_dir_all(place.parent().expect("a folder")).expect("a folder");
        fs::write(place, text).expect("the learner's own file");
        self
    }
}

/// Goes there, and does what the step asks for.
fn goes(place: Position, lesson: &Lesson) {
    let step = place.step(lesson);
    let titles = &lesson.prose(Lang::En).sections[&place.section(lesson).id].steps;
    let learner = GuideLearner::new().at(step.id.as_str());
    let said = learner.transcript();
    assert!(said.contains(&format!("step {} {}", place.step + 1, titles[&step.id].title)), "{said}");
    for earlier in &place.section(lesson).steps[..place.step] {
        let remark = messages::not_brought_back(&titles[&earlier.id].title);
        assert!(!said.contains(remark.speak(Lang::En)), "{}: {remark:?}\n{said}", step.id);
    }
    learner.answers(step).leaves();
}
