//! Where lessons come from: the binary itself, or a folder. The one file of this room that reads a disk.

use std::{
    fs::{self, File},
    io::{self, Read},
    path::Path,
};

use flate2::read::ZlibDecoder;

use super::{Lang, Source, load::stem, yaml::MAX_BYTES};

/// How many lessons and how many files a lesson a folder may have; what comes after is not looked at.
const MAX_ENTRIES: usize = 256;

/// A lesson's id, and its files as `build.rs` has compressed them.
type Embedded = (&'static str, [(&'static str, &'static [u8]); 3]);

macro_rules! lesson {
    ($id:literal) => {
        ($id, [lesson!($id, "lesson.yaml"), lesson!($id, "en.yaml"), lesson!($id, "el.yaml")])
    };
    ($id:literal, $name:literal) => {
        ($name, include_bytes!(concat!(env!("OUT_DIR"), "/lessons/", $id, "/", $name, ".zlib")))
    };
}

const EMBEDDED: [Embedded; 2] = [lesson!("otp-distribution"), lesson!("processes")];

/// The lessons that the binary carries.
pub fn embedded() -> Vec<Source> {
    let source = |(id, files): &Embedded| {
        let file = |(name, packed): &(&str, &[u8])| (format!("lessons/{id}/{name}"), unpacked(packed));
        Source { id: (*id).to_owned(), files: files.iter().map(file).collect() }
    };
    EMBEDDED.iter().map(source).collect()
}

fn unpacked(packed: &[u8]) -> String {
    let mut text = String::new();
    ZlibDecoder::new(packed).read_to_string(&mut text).expect("the build has packed it");
    text
}

/// Whether the binary carries a lesson with that id.
pub fn is_embedded(id: &str) -> bool {
    EMBEDDED.iter().any(|(embedded, _)| *embedded == id)
}

/// What of a lesson a learner of that language is taught: one language, and the structure without its `right` and
/// `wrong` answers, which are more than half of it.
pub(super) fn taught(source: &Source, lang: Lang) -> Source {
    let is_foreign = |name: &str| {
        let language = stem(name).and_then(Lang::parse);
        language.is_some_and(|language| language != lang)
    };
    let files = source.files.iter().filter(|(name, _)| !is_foreign(name));
    let files = files.map(|(name, text)| match stem(name) {
        Some("lesson") => (name.clone(), without(&without(text, "right:"), "wrong:")),
        _ => (name.clone(), text.clone()),
    });
    Source { id: source.id.clone(), files: files.collect() }
}

/// `text` without that key, wherever a line begins with it, and without what is indented below it.
fn without(text: &str, key: &str) -> String {
    let mut left_out = None;
    let is_kept = |line: &&str| {
        let indent = line.len() - line.trim_start().len();
        let is_below = left_out.is_some_and(|at| line.trim().is_empty() || indent > at);
        if !is_below {
            left_out = (line.trim_end() == format!("{}{key}", " ".repeat(indent))).then_some(indent);
        }
        left_out.is_none()
    };
    text.split_inclusive('\n').filter(is_kept).collect()
}

/// Every lesson in `folder`: each folder in it that has a `lesson.yaml`, by name.
///
/// A file that is no UTF-8 or longer than 1 MB is read as far as it goes; loading complains about it, with the rest.
pub fn from_folder(folder: &Path) -> io::Result<Vec<Source>> {
    let mut sources = Vec::new();
    for path in entries(folder)? {
        if path.join(super::load::STRUCTURE).is_file() {
            sources.push(lesson(&path)?);
        }
    }
    Ok(sources)
}

/// The lesson that a folder is.
pub fn lesson(folder: &Path) -> io::Result<Source> {
    // `.` is called otherwise.
    let named = if folder.file_name().is_some() { folder.to_owned() } else { folder.canonicalize()? };
    let id = named.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let mut files = Vec::new();
    for path in entries(folder)? {
        let name = path.to_string_lossy().into_owned();
        if stem(&name).is_some() && path.is_file() {
            let text = read(&path).map_err(|why| io::Error::new(why.kind(), format!("{name}: {why}")))?;
            files.push((name, text));
        }
    }
    Ok(Source { id, files })
}

fn entries(folder: &Path) -> io::Result<Vec<std::path::PathBuf>> {
    let read = fs::read_dir(folder)
        .map_err(|why| io::Error::new(why.kind(), format!("{}: {why}", folder.display())))?;
    let mut paths: Vec<_> =
        read.take(MAX_ENTRIES).map(|entry| Ok(entry?.path())).collect::<io::Result<_>>()?;
    paths.sort();
    Ok(paths)
}

/// A text, one byte more than loading takes at most; bytes that are no UTF-8 are replaced, and loading says where.
fn read(path: &Path) -> io::Result<String> {
    let mut bytes = Vec::new();
    File::open(path)?.take(MAX_BYTES as u64 + 1).read_to_end(&mut bytes)?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lesson::{Nonce, load, load_taught};

    #[test]
    fn what_is_taught_is_the_lesson_but_for_other_answers_and_languages() {
        for (source, lang) in embedded().iter().flat_map(|source| Lang::ALL.map(|lang| (source, lang))) {
            let mut whole = load(source, &Nonce::sample()).expect("it is right");
            let taught = load_taught(source, lang, &Nonce::sample()).expect("it is right");
            whole.prose.retain(|language, _| *language == lang);
            let steps = whole.sections.iter_mut().flat_map(|section| &mut section.steps);
            let left_out = steps
                .map(|step| (std::mem::take(&mut step.right).len(), std::mem::take(&mut step.wrong).len()));
            let (right, wrong) = left_out.fold((0, 0), |sum, step| (sum.0 + step.0, sum.1 + step.1));
            assert!(right > 10 && wrong > 100, "{right} right and {wrong} wrong answers left out");
            assert_eq!(format!("{taught:#?}"), format!("{whole:#?}"));
        }
    }
}
