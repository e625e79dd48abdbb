//! Lessons from elsewhere: what a friend sends, what means harm, and what becomes of them.

mod hostile;
mod languages;
mod repository;
mod trust;

use std::{fs, path::PathBuf};

use crate::support::home::{Finished, Home, names};

impl Home {
    /// A lesson of its author's own, in `home/lessons/ID`.
    pub fn writes_lesson(&self, id: &str) -> PathBuf {
        self.runs(&["lesson", "new", id]).exits(0);
        self.path("home/lessons").join(id)
    }

    /// A lesson with that id, as a zip that came from somebody: `home/ID.zip`.
    fn is_sent(&self, id: &str) -> PathBuf {
        let author = Self::new();
        author.writes_lesson(id);
        author.runs(&["lesson", "pack", &format!("lessons/{id}")]).exits(0);
        let sent = self.path("home").join(format!("{id}.zip"));
        fs::copy(author.path("home").join(format!("{id}.zip")), &sent).expect("a zip");
        sent
    }

    fn adds(&self, what: &str) -> Finished {
        self.runs(&["pack", "add", what, "--trust"])
    }

    fn packs(&self) -> PathBuf {
        self.path("data/moebi/packs")
    }

    /// Neither a lesson nor a trace of one.
    #[track_caller]
    fn keeps_nothing(&self) {
        let left = if self.packs().exists() { names(&self.packs()) } else { Vec::new() };
        assert!(left.iter().all(|name| name == "lock"), "{left:?}");
        assert_eq!(names(&self.path("tmp")), [""; 0]);
    }
}
