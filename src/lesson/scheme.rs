//! What steps are worth in one grading: weights, and whether a step that fell short earns a part.

use std::collections::BTreeMap;

use super::{
    Condition, Lesson, RenderedDiagnostic, Section, Step, Task, Verdict,
    diagnostic::{Diagnostics, nearest},
    load::{tree, without_mark},
    raw::{Placed, RawScheme, Read},
};

/// The heaviest that a section or a step may be.
const MAX_WEIGHT: f64 = 1000.0;

/// A teacher's scheme. Without one every step is worth its own points, and nothing but passing earns any.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Scheme {
    /// By the id of a section or a step; those of both multiply.
    pub weights: BTreeMap<String, f64>,
    pub partial: Partial,
}

/// What a step earns that failed or timed out.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Partial {
    #[default]
    None,
    /// The share of its conditions that came to hold by what was done.
    Conditions,
}

/// Reads a scheme for `lesson`; on failure, everything that is wrong with it.
pub fn load_scheme(file_name: &str, text: &str, lesson: &Lesson) -> Result<Scheme, Vec<RenderedDiagnostic>> {
    let mut diag = Diagnostics::new(file_name, without_mark(text));
    let raw = tree(&mut diag).and_then(|tree| RawScheme::read(&tree, &mut diag));
    let scheme = raw.map(|raw| check(raw, lesson, &mut diag));
    match scheme {
        Some(scheme) if diag.is_empty() => Ok(scheme),
        _ => Err(diag.render()),
    }
}

fn check(raw: RawScheme, lesson: &Lesson, diag: &mut Diagnostics<'_>) -> Scheme {
    let mut weights = BTreeMap::new();
    for (id, weight) in raw.weights.value.map_or_else(Vec::new, |weights| weights.value) {
        known(&id, lesson, diag);
        if !(0.0..=MAX_WEIGHT).contains(&weight.value) {
            diag.error(&weight.span, format!("a weight is a number from 0 to {MAX_WEIGHT}"));
        }
        weights.insert(id.value, weight.value);
    }
    let partial = raw.partial.value.map_or(Partial::None, |word| partial(&word, diag));
    Scheme { weights, partial }
}

fn known(id: &Placed<String>, lesson: &Lesson, diag: &mut Diagnostics<'_>) {
    if lesson.section(&id.value).is_some() || lesson.step(&id.value).is_some() {
        return;
    }
    let section = |section: &'_ Section| section.id.to_string();
    let steps = lesson.sections.iter().flat_map(|section| &section.steps).map(|step| step.id.to_string());
    let ids: Vec<_> = lesson.sections.iter().map(section).chain(steps).collect();
    let near = nearest(&id.value, ids.iter().map(String::as_str)).map(str::to_owned);
    let complaint = diag.error(&id.span, format!("the lesson has no section or step `{}`", id.value));
    if let Some(near) = near {
        complaint.did_you_mean(&near);
    }
}

fn partial(word: &Placed<String>, diag: &mut Diagnostics<'_>) -> Partial {
    match word.value.as_str() {
        "none" => Partial::None,
        "conditions" => Partial::Conditions,
        other => {
            let complaint = diag.error(&word.span, format!("`partial` can't be `{other}`"));
            complaint.nearest(other, ["none", "conditions"]).or_help("it is `none` or `conditions`");
            Partial::None
        }
    }
}

impl Scheme {
    /// The most that the step earns. To ask again what was missed earns nothing: who handed in nothing missed nothing.
    pub fn worth(&self, section: &Section, step: &Step) -> f64 {
        if matches!(step.task, Task::AskMissed) {
            return 0.0;
        }
        let weight = |id: &str| self.weights.get(id).copied().unwrap_or(1.0);
        rounded(f64::from(step.points) * weight(section.id.as_str()) * weight(step.id.as_str()))
    }

    /// What a step earns that is `worth` so much, and the most that it could. `share` is that of one which fell short;
    /// nothing where it takes one and there is none.
    pub fn earned(&self, worth: f64, verdict: Verdict, share: Option<f64>) -> Option<(f64, f64)> {
        Some(match verdict {
            Verdict::Passed => (worth, worth),
            Verdict::Failed | Verdict::TimedOut => match self.partial {
                Partial::None => (0.0, worth),
                Partial::Conditions => (rounded(worth * share?), worth),
            },
            Verdict::Skipped | Verdict::Unanswered => (0.0, worth),
            Verdict::CouldNotRun => (0.0, 0.0),
        })
    }
}

/// The part of a step's conditions, from 0 to 1, that earns something though the step fell short: `came` says of each
/// condition whether it came to hold.
///
/// A guard (`typed`, `silent`, `not` …) earns nothing by holding, but counts among the conditions: what fell short
/// never earns all.
pub fn share(conditions: &[Condition], came: &[bool]) -> f64 {
    let earned = conditions.iter().zip(came).filter(|(condition, came)| **came && condition.earns());
    earned.count() as f64 / conditions.len().max(1) as f64
}

/// To a hundredth of a point.
fn rounded(points: f64) -> f64 {
    (points * 100.0).round() / 100.0
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lesson::{
        Nonce,
        condition::{Any, Not, Together, testing},
        embedded, load,
    };

    fn lesson() -> Lesson {
        load(&embedded()[0], &Nonce::sample()).expect("the lesson is whole")
    }

    fn scheme(text: &str) -> Result<Scheme, String> {
        let diag = |rendered: Vec<RenderedDiagnostic>| {
            rendered.iter().map(|diagnostic| diagnostic.rendered.clone()).collect::<Vec<_>>().join("\n")
        };
        load_scheme("scheme.yaml", text, &lesson()).map_err(diag)
    }

    #[test]
    fn a_steps_weight_and_its_sections_multiply() {
        let scheme = scheme("weights: { spawn-link: 2, define-kate: 1.5, alone: 0 }\n").expect("a scheme");
        let lesson = lesson();
        let worth = |step: &str| {
            let (section, step) = lesson.step(step).expect("it is there");
            scheme.worth(section, step) / f64::from(step.points)
        };
        assert_eq!([worth("define-kate"), worth("remote-hello"), worth("alone")], [3.0, 2.0, 0.0]);
        assert_eq!([worth("connect")], [1.0]);
        assert_eq!(scheme.partial, Partial::None);
    }

    #[test]
    fn who_missed_nothing_earns_nothing_by_it() {
        let lesson = lesson();
        let steps = || {
            lesson.sections.iter().flat_map(|section| section.steps.iter().map(move |step| (section, step)))
        };
        let asks_again = |step: &Step| matches!(step.task, Task::AskMissed);
        assert!(steps().any(|(_, step)| asks_again(step)));
        for (section, step) in steps() {
            let worth = Scheme::default().worth(section, step);
            assert_eq!(worth, if asks_again(step) { 0.0 } else { f64::from(step.points) }, "{}", step.id);
        }
    }

    #[test]
    fn a_bad_scheme_is_told_with_its_place() {
        let hears = |text: &str, wanted: &str| {
            let diag = scheme(text).expect_err("complaints");
            assert!(diag.contains(wanted), "no {wanted:?} in\n{diag}");
        };
        hears("weights: { define-kat: 2 }\n", "did you mean `define-kate`?");
        hears("weights: { define-kat: 2 }\n", "scheme.yaml:1:12");
        hears("weights: { alone: -1 }\n", "from 0 to 1000");
        hears("weights: { alone: .nan }\n", "this is no number");
        hears("weights: { alone: much }\n", "this is a text, not a number");
        hears("partial: condition\n", "did you mean `conditions`?");
        hears("weight: { alone: 1 }\n", "did you mean `weights`?");
    }

    #[test]
    fn only_what_was_brought_about_earns_a_part() {
        let (typed, prints) = (testing::typed("Node.self()"), testing::prints("hi", "alex", ""));
        let silent = Not(Box::new(prints.clone().into()));
        let both = Together(vec![typed.clone().into(), prints.clone().into()]);
        let either = Any(vec![typed.clone().into(), prints.clone().into()]);
        let conditions = [prints.into(), typed.into(), silent.into(), both.into(), either.into()];
        let earned = |scheme: &Scheme, came: &[bool]| {
            let share = share(&conditions, came);
            scheme.earned(1.0, Verdict::Failed, Some(share)).expect("the share is known").0
        };
        let all = scheme("partial: conditions\n").expect("a scheme");
        assert_eq!(earned(&all, &[true; 5]), 0.4, "what is printed, alone and together");
        assert_eq!(earned(&all, &[false, true, true, false, true]), 0.0);
        assert_eq!(earned(&Scheme::default(), &[true; 5]), 0.0);
        assert_eq!(share(&[], &[]), 0.0);
        assert_eq!(all.earned(1.0, Verdict::TimedOut, None), None, "it is not guessed");
        assert_eq!(Scheme::default().earned(1.0, Verdict::TimedOut, None), Some((0.0, 1.0)));
    }
}
