//! What an update brings.

use std::collections::BTreeSet;

use super::{Entry, Pack, fingerprint::of_files};
use crate::lesson::Lesson;

/// Between two states of one pack. Names are `LESSON/STEP`, and `LESSON/FILE`.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Changes {
    /// From and to, where it is a repository.
    pub commits: Option<(String, String)>,
    pub new_steps: Vec<String>,
    pub lost_steps: Vec<String>,
    /// Those that are new or other ones, and those that are gone.
    pub files: Vec<String>,
}

impl Changes {
    /// `before` are the lessons as they were; nothing is said of steps where they are no longer there to be read.
    pub fn between(entry: &Entry, before: Option<&[Lesson]>, pack: &Pack, now: &[Lesson]) -> Self {
        let new = steps(now);
        let old = before.map_or_else(|| new.clone(), steps);
        let (was, is) = (&entry.files, of_files(&pack.lessons));
        let names: BTreeSet<_> = was.keys().chain(is.keys()).collect();
        let changed = names.into_iter().filter(|name| was.get(*name) != is.get(*name));
        Self {
            commits: entry.commit.clone().zip(pack.commit.clone()),
            new_steps: new.difference(&old).cloned().collect(),
            lost_steps: old.difference(&new).cloned().collect(),
            files: changed.cloned().collect(),
        }
    }
}

fn steps(lessons: &[Lesson]) -> BTreeSet<String> {
    let of = |lesson: &Lesson| {
        let steps = lesson.sections.iter().flat_map(|section| &section.steps);
        steps.map(|step| format!("{}/{}", lesson.id, step.id)).collect::<Vec<_>>()
    };
    lessons.iter().flat_map(of).collect()
}
