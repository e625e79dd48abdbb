//! A pack as it came: nothing of it has run, and nobody trusts it yet.

use std::{fs::File, path::Path};

use super::{
    Origin,
    fingerprint::fingerprint,
    folder::{self, MAX_TEXTS},
    git, messages,
};
use crate::{
    archive::{Limits, unpack},
    error::{Error, Result},
    i18n::{self, Localized},
    lesson::{LessonId, Source},
};

/// A zip with pictures and notes beside its lessons holds no more. What is larger than a text may be is no text.
const LIMITS: Limits = Limits {
    files: 5000,
    file: 1024 * 1024,
    inner: 1024 * 1024,
    all: 4 * MAX_TEXTS as u64,
    is_clutter: |name| name.starts_with('.') || name == "__MACOSX",
};
/// How deep lessons may lie: a zip has a folder around all, and a repository keeps them in `lessons`.
const DEPTH: usize = 3;

#[derive(Debug)]
pub struct Pack {
    /// What it is updated and removed by: its lesson's id where it is one.
    pub name: LessonId,
    pub origin: Origin,
    /// One at least, each with an id of its own; none was loaded yet.
    pub lessons: Vec<Source>,
    pub fingerprint: String,
    /// The state of a repository.
    pub commit: Option<String>,
}

/// Brings the texts of all lessons that lie there.
///
/// # Errors
/// It can't be read or reached, holds no lesson, or what no honest pack holds.
pub async fn fetch(origin: Origin) -> Result<Pack> {
    let place = origin.to_string();
    let (lessons, commit) = match &origin {
        // One that a person names has its lessons at hand, and may be anything: nobody's home is searched.
        Origin::Folder(folder) => (folder::lessons(folder, 1, &place)?, None),
        Origin::Zip(zip) => {
            let folder = temporary()?;
            unzip(zip, folder.path(), &place)?;
            (folder::lessons(folder.path(), DEPTH, &place)?, None)
        }
        Origin::Git(url) => {
            let folder = temporary()?;
            let commit = git::texts(url, folder.path(), &place, git::DEADLINE).await?;
            (folder::lessons(&folder.path().join(git::TEXTS), DEPTH, &place)?, Some(commit))
        }
    };
    Pack::of(origin, lessons, commit)
}

fn temporary() -> Result<tempfile::TempDir> {
    let made = tempfile::Builder::new().prefix("moebi-pack-").tempdir();
    made.map_err(|why| Error::could_not_run(messages::no_room()).because(why))
}

/// Whatever has to stay in the zip, all of it does: an honest pack holds nothing of the kind.
fn unzip(zip: &Path, into: &Path, place: &str) -> Result<()> {
    let refused = |why: Localized| Error::usage(messages::unreadable(place)).because(why);
    let file = File::open(zip).map_err(|why| Error::usage(messages::unreadable(place)).because(why))?;
    let kept = unpack(file, into, &LIMITS, &mut LIMITS.all.clone()).map_err(refused)?;
    match kept.split_first() {
        None => Ok(()),
        Some((first, _)) => {
            let name = i18n::Verbatim::name(&first.way.join("/"));
            Err(Error::usage(messages::refused(place, &Localized::from(name), &first.why)))
        }
    }
}

impl Pack {
    fn of(origin: Origin, lessons: Vec<Source>, commit: Option<String>) -> Result<Self> {
        let mut ids: Vec<_> = lessons.iter().map(|lesson| lesson.id.as_str()).collect();
        ids.sort_unstable();
        if let Some(twice) = ids.windows(2).find(|two| two[0] == two[1]) {
            return Err(Error::usage(messages::twice(&origin.to_string(), twice[0])));
        }
        let called = match ids[..] {
            [one] => one.to_owned(),
            [..] => slug(&origin.stem()),
        };
        let name = LessonId::parse(&called).map_err(|why| Error::usage(why.0))?;
        Ok(Self { name, fingerprint: fingerprint(&lessons), origin, lessons, commit })
    }
}

/// The nearest word that can be a name.
fn slug(stem: &str) -> String {
    let sign = |c: char| if c.is_ascii_alphanumeric() || c == '_' { c.to_ascii_lowercase() } else { '-' };
    let word: String = stem.chars().map(sign).take(60).collect();
    let word = word.trim_matches(|c: char| !c.is_ascii_alphanumeric());
    match word.starts_with(|c: char| c.is_ascii_lowercase()) {
        true => word.to_owned(),
        false => format!("pack{word}"),
    }
}

#[cfg(test)]
mod tests {
    use std::{fs, path::PathBuf};

    use proptest::prelude::*;

    use super::*;
    use crate::{lesson, pack::zip::zip};

    fn fetched(bytes: &[u8]) -> Result<Pack> {
        let folder = tempfile::tempdir().expect("a folder");
        let file: PathBuf = folder.path().join("pack.zip");
        fs::write(&file, bytes).expect("room");
        let threads = tokio::runtime::Builder::new_current_thread().build().expect("a runtime");
        threads.block_on(fetch(Origin::Zip(file)))
    }

    fn small() -> Vec<u8> {
        let text = |name: &str| (format!("mailboxes/{name}"), "lesson: mailboxes\n".repeat(20));
        let files = vec![text("lesson.yaml"), text("en.yaml")];
        zip(&[Source { id: "mailboxes".to_owned(), files }]).expect("memory")
    }

    #[test]
    fn what_is_packed_is_what_is_fetched() {
        let lessons = lesson::embedded();
        let pack = fetched(&zip(&lessons).expect("memory")).expect("a pack");
        assert_eq!(pack.fingerprint, fingerprint(&lessons));
        assert_eq!((pack.name.as_str(), pack.lessons.len()), ("pack", 2));
    }

    #[test]
    fn whatever_a_pack_is_called_its_name_can_be_one() {
        for (stem, name) in [("Course 1", "course-1"), ("1", "pack1"), ("μάθημα", "pack"), ("", "pack")]
        {
            assert_eq!(slug(stem), name);
            assert!(LessonId::parse(&slug(stem)).is_ok());
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn whatever_the_bytes_nothing_breaks(
            flips in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..16),
            cut in any::<prop::sample::Index>(),
        ) {
            let mut bytes = small();
            for (at, byte) in flips {
                let at = at.index(bytes.len());
                bytes[at] = byte;
            }
            for bytes in [&bytes[..], &bytes[..cut.index(bytes.len())]] {
                if let Ok(pack) = fetched(bytes) {
                    let names = pack.lessons.iter().flat_map(|lesson| &lesson.files);
                    names.for_each(|(name, _)| assert!(name.split('/').all(|part| part != "..")));
                }
            }
        }
    }
}
