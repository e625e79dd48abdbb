//! What was proved before: a step that drew no complaint is not tried again as long as everything it depends on is the
//! same.

use std::{fs, io, path::PathBuf, time::SystemTime};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::{
    lesson::{Lesson, Step},
    session::Position,
};

use super::{Options, report::Counts};

/// Of all steps of all lessons, on all Elixirs, so many are remembered; the oldest go first.
const MAX_ENTRIES: usize = 4096;

/// A cache file beyond this is not ours.
const MAX_BYTES: u64 = 8 * 1024 * 1024;

pub(super) struct Cache {
    file: PathBuf,
    /// Moebi's own program and the Elixir that it runs on.
    engine: String,
    /// The newest first.
    entries: Vec<Entry>,
}

#[derive(Serialize, Deserialize)]
struct Entry {
    key: String,
    counts: Counts,
}

impl Cache {
    /// Empty where there is none, or none that can be read.
    pub(super) fn open(options: &Options) -> Self {
        let file = options.cache.join("lesson-test.json");
        let is_ours = fs::metadata(&file).is_ok_and(|found| found.len() <= MAX_BYTES);
        let text = is_ours.then(|| fs::read(&file).ok()).flatten();
        let entries = text.and_then(|text| serde_json::from_slice(&text).ok()).unwrap_or_default();
        Self { file, engine: engine(options), entries }
    }

    pub(super) fn find(&self, lesson: &Lesson, place: Position) -> Option<Counts> {
        let key = self.key(lesson, place);
        self.entries.iter().find(|entry| entry.key == key).map(|entry| entry.counts)
    }

    pub(super) fn put(&mut self, lesson: &Lesson, place: Position, counts: Counts) {
        let key = self.key(lesson, place);
        self.entries.retain(|entry| entry.key != key);
        self.entries.insert(0, Entry { key, counts });
        self.entries.truncate(MAX_ENTRIES);
    }

    /// # Errors
    /// The file can't be written; what was proved will be proved again.
    pub(super) fn save(&self) -> io::Result<()> {
        let folder = self.file.parent().unwrap_or(&self.file);
        fs::create_dir_all(folder)?;
        let mut file = tempfile::NamedTempFile::new_in(folder)?;
        serde_json::to_writer(&mut file, &self.entries)?;
        file.persist(&self.file)?;
        Ok(())
    }

    /// A digest of all that the attempts at a step depend on: the step with its files, how the nodes are brought there,
    /// the code in its texts, and what it runs on.
    fn key(&self, lesson: &Lesson, place: Position) -> String {
        let (section, step) = (place.section(lesson), place.step(lesson));
        let before: Vec<_> = section.steps[..place.step].iter().map(Step::answer).collect();
        let texts = lesson
            .prose
            .values()
            .filter_map(|prose| Some(&prose.sections.get(&section.id)?.steps.get(&step.id)?.text));
        let texts: Vec<_> = texts.collect();
        let parts = (&self.engine, &lesson.terminals, &lesson.mistakes, &section.start, before, step, texts);
        // The word that stands for `${nonce}` is another one each time.
        let told = format!("{parts:?}").replace(lesson.nonce.as_str(), "${nonce}");
        Sha256::digest(told).iter().map(|byte| format!("{byte:02x}")).collect()
    }
}

fn engine(options: &Options) -> String {
    let program = fs::metadata(&options.guardian).ok();
    let changed =
        program.as_ref().and_then(|program| program.modified().ok()).unwrap_or(SystemTime::UNIX_EPOCH);
    let bytes = program.map_or(0, |program| program.len());
    let runtime = &options.runtime;
    format!("{changed:?} {bytes} {} {} {:?}", runtime.elixir, runtime.otp, runtime.path)
}
