//! Submissions: `answers.yaml`, the inputs of each step in the form that answers have everywhere.

use serde::ser::{Serialize, SerializeMap, Serializer};
use serde_yaml::{LitStr, SerializerOptions};

use super::{
    ChoiceId, Input, Lesson, LessonId, StepId, Task, Trouble,
    check::{Ground, inputs},
    complaint::{Complaints, nearest},
    load::{tree, without_mark},
    raw::{List, Placed, RawAnswers, RawInput, Read},
};

/// A learner's inputs, step by step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answers {
    pub lesson: LessonId,
    /// In the file's order.
    pub steps: Vec<(StepId, Vec<Input>)>,
}

/// Reads a submission to `lesson`; on failure, everything that is wrong with it.
pub fn load_answers(file_name: &str, text: &str, lesson: &Lesson) -> Result<Answers, Vec<Trouble>> {
    let text = lesson.nonce.fill(without_mark(text));
    let mut told = Complaints::new(file_name, &text);
    let raw = tree(&mut told).and_then(|tree| RawAnswers::read(&tree, &mut told));
    let answers = raw.and_then(|raw| check(raw, lesson, &mut told));
    match answers {
        Some(answers) if told.is_empty() => Ok(answers),
        _ => Err(told.into_troubles()),
    }
}

fn check(raw: RawAnswers, lesson: &Lesson, told: &mut Complaints<'_>) -> Option<Answers> {
    if let Some(id) = raw.lesson.required("lesson", &raw.span, told)
        && id.value != lesson.id.as_str()
    {
        told.say(&id.span, format!("these answers are for another lesson: this one is `{}`", lesson.id));
    }
    let mut steps = Vec::new();
    for (id, raw) in raw.answers.required("answers", &raw.span, told)?.value {
        steps.extend(answer(&id, raw, lesson, told));
    }
    Some(Answers { lesson: lesson.id.clone(), steps })
}

fn answer(
    id: &Placed<String>,
    raw: Placed<List<RawInput>>,
    lesson: &Lesson,
    told: &mut Complaints<'_>,
) -> Option<(StepId, Vec<Input>)> {
    let Some((_, step)) = lesson.step(&id.value) else {
        let ids = lesson.sections.iter().flat_map(|section| &section.steps).map(|step| step.id.as_str());
        let near = nearest(&id.value, ids);
        let complaint = told.say(&id.span, format!("the lesson has no step `{}`", id.value));
        if let Some(near) = near {
            complaint.help(format!("did you mean `{near}`?"));
        }
        return None;
    };
    let question = match &step.task {
        Task::Ask(question) => Some(question),
        Task::Do { .. } | Task::AskMissed => step.predict.as_ref(),
    };
    let choices: &[ChoiceId] = question.map_or(&[], |question| &question.choices);
    let ground = Ground::new(lesson.terminals.clone(), told.text());
    let inputs = inputs(raw.value, &ground, choices, told)?;
    Some((step.id.clone(), inputs))
}

impl Answers {
    /// The lesson's own answers, in its order.
    pub fn model(lesson: &Lesson) -> Self {
        let steps = lesson.sections.iter().flat_map(|section| &section.steps);
        let steps = steps.map(|step| (step.id.clone(), step.answer())).collect();
        Self { lesson: lesson.id.clone(), steps }
    }

    /// The inputs for that step, if there are any.
    pub fn of(&self, step: &str) -> Option<&[Input]> {
        let inputs = self.steps.iter().find(|(id, _)| id.as_str() == step);
        inputs.map(|(_, inputs)| inputs.as_slice())
    }

    /// The same as a file: several lines as a block, one line quoted where YAML would misread it.
    pub fn to_yaml(&self) -> String {
        let mut options = SerializerOptions::default();
        options.folded_wrap_chars = usize::MAX;
        options.min_fold_chars = usize::MAX;
        serde_yaml::to_string_with_options(self, options)
            .expect("answers are maps of texts, which YAML can hold")
    }
}

impl Serialize for Answers {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(2))?;
        map.serialize_entry("lesson", self.lesson.as_str())?;
        map.serialize_entry("answers", &Steps(&self.steps))?;
        map.end()
    }
}

struct Steps<'a>(&'a [(StepId, Vec<Input>)]);

impl Serialize for Steps<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let steps =
            self.0.iter().map(|(id, inputs)| (id.as_str(), inputs.iter().map(Written).collect::<Vec<_>>()));
        serializer.collect_map(steps)
    }
}

/// An input as a file has it: one key.
struct Written<'a>(&'a Input);

impl Serialize for Written<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(1))?;
        match self.0 {
            Input::Type { terminal, text } => map.serialize_entry(terminal.as_str(), &Words(text))?,
            Input::Write { path, text } => {
                map.serialize_entry("write", &Fields(&[("path", path), ("text", text)]))?;
            }
            Input::Edit { path, replace, with } => {
                map.serialize_entry(
                    "edit",
                    &Fields(&[("path", path), ("replace", replace), ("with", with)]),
                )?;
            }
            Input::Choose(choice) => map.serialize_entry("choose", choice.as_str())?,
            Input::Close(terminal) => map.serialize_entry("close", terminal.as_str())?,
        }
        map.end()
    }
}

struct Fields<'a>(&'a [(&'static str, &'a str)]);

impl Serialize for Fields<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(key, text)| (key, Words(text))))
    }
}

/// A text; several lines of it as a block.
struct Words<'a>(&'a str);

impl Serialize for Words<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if fits_a_block(self.0) {
            LitStr(self.0).serialize(serializer)
        } else {
            serializer.serialize_str(self.0)
        }
    }
}

/// A block can't hold what YAML would change in it: spaces before its first word, odd line ends, controls.
fn fits_a_block(text: &str) -> bool {
    let odd = |c: char| c != '\n' && (c.is_control() || matches!(c, '\u{2028}' | '\u{2029}' | '\u{feff}'));
    text.contains('\n') && !text.starts_with([' ', '\n']) && !text.contains(odd)
}
