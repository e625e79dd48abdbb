//! What tells one state of a pack from every other.

use std::collections::BTreeMap;

use sha2::{Digest, Sha256};

use crate::lesson::Source;

/// Of the names and texts of all of its lessons' files, whatever folder they lie in.
pub(super) fn fingerprint(lessons: &[Source]) -> String {
    let mut digest = Sha256::new();
    let mut add = |text: &str| {
        digest.update((text.len() as u64).to_be_bytes());
        digest.update(text);
    };
    let mut lessons: Vec<_> = lessons.iter().collect();
    lessons.sort_by_key(|lesson| &lesson.id);
    for lesson in lessons {
        let mut files: Vec<_> = lesson.files.iter().map(|(name, text)| (base(name), text)).collect();
        files.sort();
        add(&lesson.id);
        add(&files.len().to_string());
        for (name, text) in files {
            add(name);
            add(text);
        }
    }
    written(digest)
}

/// Of each file by itself, `LESSON/FILE`.
pub(super) fn of_files(lessons: &[Source]) -> BTreeMap<String, String> {
    let files = lessons.iter().flat_map(|lesson| lesson.files.iter().map(move |file| (&lesson.id, file)));
    files
        .map(|(id, (name, text))| (format!("{id}/{}", base(name)), written(Sha256::new_with_prefix(text))))
        .collect()
}

fn written(digest: Sha256) -> String {
    digest.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}

/// A file's name without its folder.
pub(super) fn base(name: &str) -> &str {
    name.rsplit('/').next().unwrap_or(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lesson(id: &str, files: &[(&str, &str)]) -> Source {
        let files = files.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect();
        Source { id: id.to_owned(), files }
    }

    #[test]
    fn it_is_of_names_and_texts_and_of_nothing_else() {
        let one = fingerprint(&[lesson("a", &[("x/en.yaml", "1"), ("x/lesson.yaml", "2")])]);
        let moved = fingerprint(&[lesson("a", &[("/y/lesson.yaml", "2"), ("/y/en.yaml", "1")])]);
        assert_eq!(one, moved);
        for other in [
            lesson("b", &[("en.yaml", "1"), ("lesson.yaml", "2")]),
            lesson("a", &[("el.yaml", "1"), ("lesson.yaml", "2")]),
            lesson("a", &[("en.yaml", "2"), ("lesson.yaml", "1")]),
            lesson("a", &[("en.yaml", "1lesson.yaml"), ("", "2")]),
            lesson("a", &[("en.yaml", "1")]),
        ] {
            assert_ne!(fingerprint(&[other]), one);
        }
    }
}
