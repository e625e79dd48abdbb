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
            .texts()
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
    format!("{changed:?} {bytes} {} {} {:?} {}", runtime.elixir, runtime.otp, runtime.path, options.mutants)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::{collections::BTreeSet, path::Path};

    use crate::{
        cluster::runtime::Runtime,
        lesson::{Lang, Nonce, embedded, load},
    };

    fn options(cache: &Path, elixir: &str) -> Options {
        Options {
            runtime: Runtime { elixir: elixir.to_owned(), otp: "25".to_owned(), path: Vec::new() },
            cache: cache.to_owned(),
            guardian: "/nowhere".into(),
            lang: Lang::En,
            section: None,
            step: None,
            jobs: 1,
            repeat: 1,
            jitter: false,
            afresh: false,
            mutants: true,
        }
    }

    fn lesson(nonce: &Nonce) -> Lesson {
        load(&embedded()[0], nonce).unwrap_or_else(|complaints| panic!("{complaints:#?}"))
    }

    fn places(lesson: &Lesson) -> Vec<Position> {
        let sections = lesson.sections.iter().enumerate();
        let of = |(section, content): (usize, &crate::lesson::Section)| {
            (0..content.steps.len()).map(move |step| Position { section, step }).collect::<Vec<_>>()
        };
        sections.flat_map(of).collect()
    }

    fn keys(cache: &Cache, lesson: &Lesson) -> Vec<String> {
        places(lesson).into_iter().map(|place| cache.key(lesson, place)).collect()
    }

    #[test]
    fn a_step_has_the_same_key_each_time_it_is_loaded_and_another_on_another_elixir() {
        let folder = tempfile::tempdir().unwrap();
        let cache = Cache::open(&options(folder.path(), "1.14.0"));
        let (one, other) = (lesson(&Nonce::sample()), lesson(&Nonce::random()));
        assert_eq!(keys(&cache, &one), keys(&cache, &other));
        assert_eq!(keys(&cache, &one).iter().collect::<BTreeSet<_>>().len(), places(&one).len());
        let elsewhere = Cache::open(&options(folder.path(), "1.18.4"));
        assert!(keys(&elsewhere, &one).iter().all(|key| !keys(&cache, &one).contains(key)));
    }

    #[test]
    fn what_another_step_checks_is_no_matter_what_it_types_is() {
        let folder = tempfile::tempdir().unwrap();
        let cache = Cache::open(&options(folder.path(), "1.14.0"));
        let (first, second) = (Position { section: 0, step: 1 }, Position { section: 0, step: 2 });
        let mut lesson = lesson(&Nonce::sample());
        let before = [first, second].map(|place| cache.key(&lesson, place));
        lesson.sections[0].steps[1].wrong.clear();
        let unchecked = [first, second].map(|place| cache.key(&lesson, place));
        assert!(before[0] != unchecked[0] && before[1] == unchecked[1]);
        lesson.sections[0].steps[1].task = crate::lesson::Task::AskMissed;
        assert_ne!(before[1], cache.key(&lesson, second));
    }

    #[test]
    fn what_was_put_there_is_found_by_the_next_run() {
        let folder = tempfile::tempdir().unwrap();
        let options = options(folder.path(), "1.14.0");
        let (lesson, place) = (lesson(&Nonce::sample()), Position { section: 0, step: 0 });
        let mut cache = Cache::open(&options);
        assert!(cache.find(&lesson, place).is_none());
        cache.put(&lesson, place, Counts::default());
        cache.save().unwrap();
        assert!(Cache::open(&options).find(&lesson, place).is_some());
        fs::write(folder.path().join("lesson-test.json"), "[{").unwrap();
        assert!(Cache::open(&options).find(&lesson, place).is_none(), "what can't be read is no proof");
    }
}
