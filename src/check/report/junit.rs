//! JUnit's XML, a suite a section: written as soon as the section's last result has come.

use std::collections::BTreeMap;

use crate::{
    check::{junit, messages, outcome::StepOutcome},
    lesson::{Lang, Verdict},
};

use super::{Page, Subject, Tally};

const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";

pub(super) struct Junit {
    name: String,
    lesson: String,
    lang: Lang,
    is_begun: bool,
    /// How many results each section still lacks, and those that have come.
    sections: BTreeMap<String, (usize, Vec<StepOutcome>)>,
}

impl Junit {
    pub(super) fn new(subject: Subject) -> Self {
        let Subject { name, lesson, steps, lang, .. } = subject;
        let mut sections: BTreeMap<String, (usize, Vec<StepOutcome>)> = BTreeMap::new();
        for place in steps {
            sections.entry(place.section(&lesson).id.to_string()).or_default().0 += 1;
        }
        Self { name, lesson: lesson.id.to_string(), lang, is_begun: false, sections }
    }

    /// What stands before the first suite, once. The sums that JUnit allows there are not known yet.
    fn head(&mut self) -> String {
        match std::mem::replace(&mut self.is_begun, true) {
            true => String::new(),
            // A lesson's id is a word of plain letters.
            false => format!("{HEAD}<testsuites name=\"{}\">\n", self.lesson),
        }
    }

    fn suite(&mut self, section: &str, steps: &[StepOutcome]) -> String {
        let mut suite = junit::suite(&self.name, steps, self.lang);
        suite.name = section.into();
        let whole = junit::report(&self.lesson, [suite]);
        let inner = whole.find("<testsuite ").zip(whole.rfind("</testsuites>"));
        let inner = inner.map_or("", |(from, to)| whole[from..to].trim_end());
        format!("{}    {inner}\n", self.head())
    }
}

impl Page for Junit {
    fn step(&mut self, outcome: StepOutcome) -> String {
        let section = outcome.section.clone();
        let (lacking, steps) = self.sections.entry(section.clone()).or_default();
        steps.push(outcome);
        if steps.len() < *lacking {
            return self.head();
        }
        let steps = std::mem::take(steps);
        self.sections.remove(&section);
        self.suite(&section, &steps)
    }

    fn end(&mut self, _: &Tally) -> String {
        let begun = std::mem::take(&mut self.sections).into_iter();
        let begun = begun.filter(|(_, (_, steps))| !steps.is_empty());
        let rest: String = begun.map(|(section, (_, steps))| self.suite(&section, &steps)).collect();
        self.head() + &rest + "</testsuites>\n"
    }
}

pub(super) fn unreadable(lesson: &str, name: &str, why: &str, lang: Lang) -> String {
    let suite = junit::whole(name, Verdict::Failed, &messages::unreadable(), why, lang);
    junit::report(lesson, [suite])
}
