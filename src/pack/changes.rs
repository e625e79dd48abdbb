//! What an update brings.

use std::collections::BTreeSet;

use super::{Entry, Pack, fingerprint::base};
use crate::lesson::{Lesson, Source, load::stem};

/// Between two states of one pack. Names are `LESSON/STEP`, and `LESSON/FILE`.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Changes {
    /// From and to, where it is a repository.
    pub commits: Option<(String, String)>,
    pub new_steps: Vec<String>,
    pub lost_steps: Vec<String>,
    /// Texts that were there and are otherwise now, or are new.
    pub files: Vec<String>,
}

impl Changes {
    /// `before` are the lessons as they were, where they are still there to be read.
    pub fn between(entry: &Entry, before: &[(Source, Lesson)], pack: &Pack, now: &[Lesson]) -> Self {
        let old = steps(before.iter().map(|(_, lesson)| lesson));
        let new = steps(now.iter());
        let known: Vec<_> = before.iter().flat_map(|(source, _)| files(source)).collect();
        let changed = pack.lessons.iter().flat_map(files).filter(|file| !known.contains(file));
        Self {
            commits: entry.commit.clone().zip(pack.commit.clone()),
            new_steps: new.difference(&old).cloned().collect(),
            lost_steps: old.difference(&new).cloned().collect(),
            files: changed.map(|(name, _)| name).collect(),
        }
    }
}

fn steps<'l>(lessons: impl Iterator<Item = &'l Lesson>) -> BTreeSet<String> {
    let of = |lesson: &'l Lesson| {
        let steps = lesson.sections.iter().flat_map(|section| &section.steps);
        steps.map(|step| format!("{}/{}", lesson.id, step.id))
    };
    lessons.flat_map(of).collect()
}

fn files(source: &Source) -> impl Iterator<Item = (String, &str)> {
    let texts = source.files.iter().filter(|(name, _)| stem(name).is_some());
    texts.map(|(name, text)| (format!("{}/{}", source.id, base(name)), text.as_str()))
}
