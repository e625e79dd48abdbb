//! What the session has to tell of its place: cards, texts, marks, the score.

use crate::lesson::{Advice, MistakeId, Section, Step, StepProse};

use super::{
    Position, Session,
    notice::{Notice, Onward, PredictionRemark, StepCard, StepMark, Welcome},
    progress::Outcome,
};

impl Session {
    pub fn advice(&self, mistake: &MistakeId) -> Option<Advice> {
        let anywhere = || self.lesson.prose(self.lang).mistakes.get(mistake);
        self.prose().mistakes.get(mistake).or_else(anywhere).cloned()
    }

    pub(super) fn onward(&self) -> Notice {
        let Some(next) = self.place.next(&self.lesson) else {
            let (passed, of) = self.score();
            return Notice::LessonDone { passed, of };
        };
        if next.section == self.place.section {
            return Notice::Onward(Onward::Step);
        }
        let section = next.section(&self.lesson);
        let titles = self.lesson.prose(self.lang).sections.get(&section.id);
        let title = titles.map_or_else(String::new, |titles| titles.title.clone());
        Notice::Onward(Onward::Section { title, minutes: section.minutes })
    }

    pub(super) fn prediction_remark(&self) -> Option<PredictionRemark> {
        self.remark(self.step(), self.attempt.prediction.as_ref()?.as_str())
    }

    pub fn prose(&self) -> &StepProse {
        self.prose_of(self.step())
    }

    pub(super) fn prose_at(&self, place: Position) -> &StepProse {
        self.prose_in(place.section(&self.lesson), place.step(&self.lesson))
    }

    /// Of a step of the present section.
    pub(super) fn prose_of(&self, step: &Step) -> &StepProse {
        self.prose_in(self.place.section(&self.lesson), step)
    }

    pub(super) fn prose_in(&self, section: &Section, step: &Step) -> &StepProse {
        let prose = self.lesson.prose(self.lang).sections.get(&section.id);
        prose
            .and_then(|prose| prose.steps.get(&step.id))
            .expect("the loader asks every language for every step")
    }

    /// For a learner who has not done anything yet.
    pub fn welcome(&self) -> Option<Welcome> {
        let prose = self.lesson.prose(self.lang);
        let is_new = self.progress.at.is_none() && self.progress.steps.is_empty();
        is_new.then(|| Welcome {
            title: prose.title.clone(),
            summary: prose.summary.clone(),
            sections: self.lesson.sections.len(),
            minutes: self.lesson.sections.iter().map(|section| section.minutes).sum(),
        })
    }

    pub fn card(&self) -> StepCard {
        let section = self.place.section(&self.lesson);
        let prose = self.lesson.prose(self.lang);
        let titles =
            prose.sections.get(&section.id).expect("the loader asks every language for every section");
        StepCard {
            lesson_title: prose.title.clone(),
            section_number: self.place.section + 1,
            section_title: titles.title.clone(),
            step_number: self.place.step + 1,
            steps: section.steps.iter().map(|step| self.mark(step)).collect(),
            title: self.prose().title.clone(),
            text: self.prose().text.clone(),
            words: self.prose().words.clone(),
        }
    }

    pub(super) fn mark(&self, step: &Step) -> StepMark {
        match self.progress.outcome(&step.id) {
            Outcome::Open => StepMark::Open,
            Outcome::Passed => StepMark::Passed,
            Outcome::Skipped => StepMark::Skipped,
        }
    }

    /// How many steps of the lesson have passed, and how many there are.
    pub fn score(&self) -> (usize, usize) {
        let steps = || self.lesson.sections.iter().flat_map(|section| &section.steps);
        let passed = steps().filter(|step| self.progress.outcome(&step.id) == Outcome::Passed);
        (passed.count(), steps().count())
    }
}
