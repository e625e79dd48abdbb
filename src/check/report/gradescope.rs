//! `results.json` as Gradescope's autograders write it: a test a step, under the titles that the learner knows.
//!
//! The format: <https://gradescope-autograders.readthedocs.io/en/latest/specs/>. All texts are plain ones, which
//! Gradescope shows as they are.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::{
    check::{junit, messages, outcome::StepOutcome},
    lesson::{Lang, Verdict},
};

use super::{Page, Subject, Tally};

pub(super) struct Gradescope {
    lang: Lang,
    /// The number and the title of each step, by its id, with its place in the order.
    names: BTreeMap<String, (usize, String, String)>,
    tests: BTreeMap<usize, Value>,
}

impl Gradescope {
    pub(super) fn new(subject: Subject) -> Self {
        let Subject { lesson, steps, lang, .. } = subject;
        let prose = lesson.prose(lang);
        let name = |(place, position): (usize, &crate::session::Position)| {
            let (section, step) = (position.section(&lesson), position.step(&lesson));
            let title = prose.sections[&section.id].steps[&step.id].title.clone();
            let number = format!("{}.{}", position.section + 1, position.step + 1);
            (step.id.to_string(), (place, number, title))
        };
        let names = steps.iter().enumerate().map(name).collect();
        Self { lang, names, tests: BTreeMap::new() }
    }
}

impl Page for Gradescope {
    fn step(&mut self, outcome: StepOutcome) -> String {
        let Some((place, number, title)) = self.names.get(&outcome.step) else { return String::new() };
        let told = outcome.verdict.told();
        let detail = junit::detail(&outcome, self.lang);
        let output = if detail.is_empty() { told.speak(self.lang).to_owned() } else { detail };
        let test = json!({
            "number": number,
            "name": title,
            "score": outcome.points,
            "max_score": outcome.of,
            "status": if outcome.verdict == Verdict::Passed { "passed" } else { "failed" },
            "output": output,
            "output_format": "text",
        });
        self.tests.insert(*place, test);
        String::new()
    }

    fn end(&mut self, tally: &Tally) -> String {
        let tests: Vec<Value> = std::mem::take(&mut self.tests).into_values().collect();
        let broken = (tally.could_not_run > 0).then(messages::run_it_again);
        let mut document = json!({ "score": tally.points, "tests": tests });
        if let Some(words) = broken {
            document["output"] = words.speak(self.lang).into();
        }
        written(&document)
    }
}

pub(super) fn unreadable(why: &str) -> String {
    written(&json!({ "score": 0, "output": why, "output_format": "text", "tests": [] }))
}

fn written(document: &Value) -> String {
    serde_json::to_string_pretty(document).expect("it holds only texts and numbers") + "\n"
}
