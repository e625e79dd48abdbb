//! Submissions: `answers.yaml`, the inputs of each step in the form that answers have everywhere.
//!
//! A slip costs its own step: what stands under the other steps is read all the same.

mod blocks;
mod written;

use serde::{Deserialize, Serialize};

use super::{
    ChoiceId, Input, Lesson, LessonId, RenderedDiagnostic, Step, StepId, Task,
    check::{Declared, inputs, is_inner},
    diagnostic::{Diagnostics, nearest},
    load::without_mark,
    raw::{Entries, Field, List, Names, Placed, RawAnswers, RawInput, RawRecord, RawWrite, Read},
};

/// How many names a submission may bear, and how many characters each may have.
const MAX_LEARNERS: usize = 8;
const MAX_NAME: usize = 200;

/// How many inputs a step may have; the shell remembers no more either.
const MAX_INPUTS: usize = 200;

/// A learner's inputs, step by step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answers {
    pub lesson: LessonId,
    /// Whose they are, if they say so: two and more work as a pair. Untrusted, but without control characters.
    pub learners: Vec<String>,
    /// In the file's order.
    pub steps: Vec<(StepId, Vec<Input>)>,
    /// How the learner came to them: the file's own word, which nobody has proved.
    pub record: Vec<(StepId, Record)>,
    /// What can't be read, and the step that it costs; none where it is about no step of the lesson.
    pub faults: Vec<(Option<StepId>, RenderedDiagnostic)>,
}

/// How often the learner tried one step, and with what help.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Record {
    #[serde(default)]
    pub tries: u32,
    #[serde(default)]
    pub hints: u32,
    /// Whether the model answer was shown.
    #[serde(default)]
    pub answer_shown: bool,
}

/// What a file beside the answers holds, by its path; or why that can't be told.
pub type Beside<'b> = &'b dyn Fn(&str) -> Result<String, String>;

/// Reads a submission to `lesson` that is one file; where none of it can be judged, everything that is wrong with it.
pub fn load_answers(
    file_name: &str,
    text: &str,
    lesson: &Lesson,
) -> Result<Answers, Vec<RenderedDiagnostic>> {
    let alone = |_: &str| Err("there is no folder to take it from: give its `text` here".to_owned());
    load_answers_beside(file_name, text, lesson, &alone)
}

/// As `load_answers`, of a submission that is a folder: `write: PATH` takes the file of that path in it.
pub fn load_answers_beside(
    file_name: &str,
    text: &str,
    lesson: &Lesson,
    beside: Beside<'_>,
) -> Result<Answers, Vec<RenderedDiagnostic>> {
    let text = lesson.nonce.fill(without_mark(text));
    let mut diag = Diagnostics::new(file_name, &text);
    let Some((tree, of_steps)) = blocks::tree(&mut diag) else {
        diag.name_typography();
        return Err(diag.render());
    };
    let answers = RawAnswers::read(&tree, &mut diag).and_then(|raw| check(raw, lesson, beside, &mut diag));
    diag.name_typography();
    let Some(mut answers) = answers.filter(|_| !diag.is_full()) else { return Err(diag.render()) };
    let (faults, fatal) = diag.render_parts(|at| {
        let block = of_steps.iter().find(|block| block.span.contains(&at))?;
        Some((!block.is_record).then(|| meant(&block.key, lesson, &answers)).flatten())
    });
    if !fatal.is_empty() {
        return Err(fatal);
    }
    let costs = |id: &StepId| faults.iter().any(|(step, _)| step.as_ref() == Some(id));
    answers.steps.retain(|(id, _)| !costs(id));
    if answers.steps.is_empty() && !faults.is_empty() {
        return Err(faults.into_iter().map(|(_, fault)| fault).collect());
    }
    Ok(Answers { faults, ..answers })
}

/// The step of that name, or the one that was meant, if nothing else answers it.
fn meant(key: &str, lesson: &Lesson, answers: &Answers) -> Option<StepId> {
    if let Some((_, step)) = lesson.step(key) {
        return Some(step.id.clone());
    }
    let ids = lesson.sections.iter().flat_map(|section| &section.steps).map(|step| step.id.as_str());
    let (_, step) = lesson.step(nearest(key, ids)?)?;
    answers.of(step.id.as_str()).is_none().then(|| step.id.clone())
}

fn check(
    raw: RawAnswers,
    lesson: &Lesson,
    beside: Beside<'_>,
    diag: &mut Diagnostics<'_>,
) -> Option<Answers> {
    if let Some(id) = raw.lesson.required("lesson", &raw.span, diag)
        && id.value != lesson.id.as_str()
    {
        diag.error(&id.span, format!("these answers are for another lesson: this one is `{}`", lesson.id));
    }
    let learners = raw.learners.value.map_or_else(Vec::new, |names| learners(names.value, diag));
    let record = raw.record.value.map_or_else(Vec::new, |record| records(record.value, lesson, diag));
    let mut steps = Vec::new();
    for (id, raw) in raw.answers.required("answers", &raw.span, diag)?.value {
        if diag.is_full() {
            break;
        }
        steps.extend(answer(&id, raw, lesson, beside, diag));
    }
    Some(Answers { lesson: lesson.id.clone(), learners, steps, record, faults: Vec::new() })
}

fn learners(names: Names, diag: &mut Diagnostics<'_>) -> Vec<String> {
    if let Some(extra) = names.0.get(MAX_LEARNERS) {
        diag.error(&extra.span, format!("a submission has {MAX_LEARNERS} learners at most"));
    }
    for name in names.0.iter().take(MAX_LEARNERS) {
        if name.value.trim().is_empty() {
            diag.error(&name.span, "this name is empty");
        } else if name.value.chars().count() > MAX_NAME {
            diag.error(&name.span, format!("a name has {MAX_NAME} characters at most"));
        } else if name.value.contains(is_no_name) {
            diag.error(&name.span, "a name can't hold control characters, a line break among them");
        }
    }
    names.0.into_iter().take(MAX_LEARNERS).map(|name| name.value.trim().to_owned()).collect()
}

/// Control characters, and those that reorder or break a line.
fn is_no_name(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{2028}' | '\u{2029}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

fn records(raw: Entries<RawRecord>, lesson: &Lesson, diag: &mut Diagnostics<'_>) -> Vec<(StepId, Record)> {
    let mut records = Vec::new();
    for (id, raw) in raw {
        if diag.is_full() {
            break;
        }
        let Some(step) = known_step(&id, lesson, diag) else { continue };
        let number = |field: Field<u32>| field.value.map_or(0, |number| number.value);
        let record = Record {
            tries: number(raw.value.tries),
            hints: number(raw.value.hints),
            answer_shown: raw.value.answer_shown.value.is_some_and(|shown| shown.value),
        };
        records.push((step.id.clone(), record));
    }
    records
}

fn known_step<'l>(id: &Placed<String>, lesson: &'l Lesson, diag: &mut Diagnostics<'_>) -> Option<&'l Step> {
    if let Some((_, step)) = lesson.step(&id.value) {
        return Some(step);
    }
    let ids = lesson.sections.iter().flat_map(|section| &section.steps).map(|step| step.id.as_str());
    let near = nearest(&id.value, ids);
    let complaint = diag.error(&id.span, format!("the lesson has no step `{}`", id.value));
    if let Some(near) = near {
        complaint.did_you_mean(near);
    }
    None
}

fn answer(
    id: &Placed<String>,
    mut raw: Placed<List<RawInput>>,
    lesson: &Lesson,
    beside: Beside<'_>,
    diag: &mut Diagnostics<'_>,
) -> Option<(StepId, Vec<Input>)> {
    let step = known_step(id, lesson, diag)?;
    if let Some(extra) = raw.value.get(MAX_INPUTS) {
        diag.error(&extra.span, format!("a step has {MAX_INPUTS} inputs at most"));
        return None;
    }
    for input in &mut raw.value {
        if let RawInput::Write(write) = &mut input.value {
            take_from_beside(write, lesson, beside, diag);
        }
    }
    let question = match &step.task {
        Task::Ask(question) => Some(question),
        Task::Do { .. } | Task::AskMissed => step.predict.as_ref(),
    };
    let choices: &[ChoiceId] = question.map_or(&[], |question| &question.choices);
    let ground = Declared::new(lesson.terminals.clone(), diag.text());
    let inputs = inputs(raw.value, &ground, choices, diag)?;
    Some((step.id.clone(), inputs))
}

/// A path without its text is that of a file beside the answers.
fn take_from_beside(write: &mut RawWrite, lesson: &Lesson, beside: Beside<'_>, diag: &mut Diagnostics<'_>) {
    let (None, Some(path)) = (&write.text.key, &write.path.value) else { return };
    let text = match is_inner(&path.value).then(|| beside(&path.value)) {
        Some(Ok(text)) => lesson.nonce.fill(&text),
        // The check of the input says it.
        None => String::new(),
        Some(Err(why)) => {
            diag.error(&path.span, why);
            String::new()
        }
    };
    let placed = Placed { span: path.span.clone(), value: text };
    write.text = Field { key: Some(path.span.clone()), value: Some(placed) };
}

impl Answers {
    /// Nobody's, to be filled.
    pub fn none(lesson: &Lesson) -> Self {
        Self {
            lesson: lesson.id.clone(),
            learners: Vec::new(),
            steps: Vec::new(),
            record: Vec::new(),
            faults: Vec::new(),
        }
    }

    /// The lesson's own answers, in its order.
    pub fn model(lesson: &Lesson) -> Self {
        let steps = lesson.sections.iter().flat_map(|section| &section.steps);
        Self { steps: steps.map(|step| (step.id.clone(), step.answer())).collect(), ..Self::none(lesson) }
    }

    /// The inputs for that step, if there are any.
    pub fn of(&self, step: &str) -> Option<&[Input]> {
        let inputs = self.steps.iter().find(|(id, _)| id.as_str() == step);
        inputs.map(|(_, inputs)| inputs.as_slice())
    }

    /// Why the answer to that step can't be read, if it can't.
    pub fn fault_of(&self, step: &StepId) -> Option<&RenderedDiagnostic> {
        self.faults.iter().find(|(of, _)| of.as_ref() == Some(step)).map(|(_, fault)| fault)
    }

    /// How the learner came to that step's answer, if the file tells.
    pub fn record_of(&self, step: &str) -> Option<Record> {
        self.record.iter().find(|(id, _)| id.as_str() == step).map(|(_, record)| *record)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lesson::{Nonce, embedded, load};

    fn lesson() -> Lesson {
        load(&embedded()[0], &Nonce::sample()).expect("the lesson is whole")
    }

    /// What is left of a file with a slip in it: the steps that can be judged, and what each fault costs and says.
    fn read(answers: &str) -> (Vec<String>, Vec<(String, String)>) {
        let text = format!(
            "lesson: otp-distribution\nanswers:\n  nameless:\n  - shell: iex\n{answers}  leave:\n  - alex: node()\n"
        );
        let answers = load_answers("ana.yaml", &text, &lesson()).expect("something to judge");
        let steps = answers.steps.iter().map(|(id, _)| id.to_string()).collect();
        let fault = |(step, told): &(Option<StepId>, RenderedDiagnostic)| {
            let help = told.help.as_deref().unwrap_or_default();
            (step.as_ref().map_or_else(String::new, ToString::to_string), format!("{} | {help}", told.told()))
        };
        (steps, answers.faults.iter().map(fault).collect())
    }

    #[test]
    fn a_slip_costs_its_own_step() {
        let slips = [
            (
                "  alone:\n  - Alex: node()\n",
                "alone",
                "ana.yaml:6:5: the lesson has no terminal `Alex` | did you mean `alex`?",
            ),
            (
                "  alnoe:\n  - alex: node()\n",
                "alone",
                "ana.yaml:5:3: the lesson has no step `alnoe` | did you mean `alone`?",
            ),
            ("  zzz:\n  - alex: node()\n", "", "ana.yaml:5:3: the lesson has no step `zzz` | "),
            (
                "  alone:\n",
                "alone",
                "ana.yaml:5:8: this is null, not a list | give a list, or take the key away",
            ),
            (
                "  alone:\n  - alex: a: b\n",
                "alone",
                "ana.yaml:6:12: mapping values are not allowed in this context | if the value is a text, quote it: it holds `: `",
            ),
            ("  alone:\n  - alex: \"node()\n", "alone", "ana.yaml:6:"),
            (
                "  alone:\n  - alex: node()\n  alone:\n  - kate: node()\n",
                "alone",
                "ana.yaml:7:3: `alone` stands here twice",
            ),
        ];
        for (slip, step, told) in slips {
            let (steps, faults) = read(slip);
            assert_eq!(steps, ["nameless", "leave"], "{slip}");
            assert_eq!(faults.len(), 1, "{slip}: {faults:#?}");
            assert!(faults[0].0 == step && faults[0].1.starts_with(told), "{slip}: {faults:#?}");
        }
    }

    #[test]
    fn what_a_word_processor_put_in_is_named() {
        let help = |text: &str| {
            let told = load_answers("ana.yaml", text, &lesson()).expect_err("no answers");
            told.iter().filter_map(|complaint| complaint.help.clone()).collect::<Vec<_>>().join("\n")
        };
        for text in [
            "lesson: otp-distribution\nanswers:\n  nameless:\n    - shell: iex\n\u{a0} alone:\n    - alex: node()\n",
            "lesson: otp-distribution\nanswers:\n  nameless:\n  \u{a0} - shell: iex\n    - shell: node()\n",
            "lesson: otp-distribution\nanswers:\n  nameless:\n    - shell:\u{a0}iex\n",
        ] {
            assert!(help(text).contains("a no-break space (U+00A0)"), "{text}: {}", help(text));
        }
        let curly = help("lesson: “otp-distribution”\nanswers: {}\n");
        assert!(curly.contains("a curly quote (“, U+201C) in column 9"), "{curly}");
        let greek = help("lesson: otp-distribution\nanswers:\n  nameless:\n    - shell: puts(“α: b”)\n");
        assert!(greek.contains("a curly quote (“, U+201C) in column 19"), "{greek}");
        assert_eq!(help("lesson: another\nanswers: {}\n"), "");
    }

    #[test]
    fn what_is_no_steps_fault_is_told_alone() {
        for text in
            ["lesson: another\nanswers: {}\n", "answers: {}\n", "lesson: otp-distribution\n", "lesson: [", ""]
        {
            assert!(load_answers("ana.yaml", text, &lesson()).is_err(), "{text}");
        }
    }
}
