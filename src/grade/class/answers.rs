//! Which of the files that somebody handed in has the answers, whatever has become of its name.

use std::{fs::File, io::Read, path::Path};

use super::item::{Item, Kind};
use crate::check::submission::plain_text;

/// How much of a file is looked at, in bytes.
const LOOK: u64 = 64 * 1024;

/// What a file's name says: what was handed in, and which copy of it this is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Named {
    /// Without endings and without the number of a copy.
    pub stem: String,
    /// Of `answers (2).yaml`, 2; the first has none, and is 0.
    pub copy: u32,
    /// It ends as a file of answers does, and not only in `.txt`.
    is_yaml: bool,
}

/// How sure it is that a file has answers; the surest comes last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Likeness {
    Yaml,
    /// What stands in it is what stands in files of answers.
    Content,
    /// It is called so.
    Called,
}

pub(super) fn named(name: &str) -> Option<Named> {
    const ENDINGS: [&str; 5] = [".yaml.txt", ".yml.txt", ".yaml", ".yml", ".txt"];
    let ending = ENDINGS.into_iter().find(|ending| ends_with(name, ending))?;
    let stem = &name[..name.len() - ending.len()];
    // Saved once more by a program that adds its ending always.
    let stem = ENDINGS[2..4]
        .iter()
        .find(|end| ends_with(stem, end))
        .map_or(stem, |end| &stem[..stem.len() - end.len()]);
    let (stem, copy) = without_copy(stem);
    (!stem.is_empty()).then(|| Named { stem: stem.to_owned(), copy, is_yaml: ending != ".txt" })
}

fn ends_with(name: &str, ending: &str) -> bool {
    name.len()
        .checked_sub(ending.len())
        .is_some_and(|at| name.is_char_boundary(at) && name[at..].eq_ignore_ascii_case(ending))
}

/// `answers (2)`, as browsers number what they save twice, and `answers - Copy`, as Windows does.
fn without_copy(stem: &str) -> (&str, u32) {
    const COPIES: [&str; 4] = [" - copy", " - αντίγραφο", " copy", " αντίγραφο"];
    if let Some((before, number)) = stem.strip_suffix(')').and_then(|rest| rest.rsplit_once('('))
        && let Ok(number) = number.parse()
    {
        return (before.trim_end(), number);
    }
    let lower = stem.to_lowercase();
    // Lower case takes other bytes in some scripts: then there is nothing to cut.
    let copy = COPIES.iter().find(|copy| lower.len() == stem.len() && lower.ends_with(**copy));
    copy.and_then(|copy| stem.get(..stem.len() - copy.len())).map_or((stem, 0), |stem| (stem, 1))
}

/// Whether that stem is what files of answers are called everywhere, and tells nobody's name.
pub(super) fn is_everybodys(stem: &str) -> bool {
    let stem = stem.to_lowercase();
    ["answer", "answers", "απαντήσεις", "λύσεις"].contains(&stem.as_str())
}

/// How much a file is like one with answers, by its name and what it begins with.
pub(super) fn likeness(item: &Item, name: &str) -> Option<Likeness> {
    let named = named(name)?;
    let at = item.at()?;
    let stem = named.stem.to_lowercase();
    if named.is_yaml && (is_everybodys(&stem) || stem.starts_with("answers")) {
        return Some(Likeness::Called);
    }
    match (&item.kind, named.is_yaml) {
        (Kind::File(_), _) if begins_as_answers(at) => Some(Likeness::Content),
        (_, true) => Some(Likeness::Yaml),
        (_, false) => None,
    }
}

fn begins_as_answers(at: &Path) -> bool {
    let mut bytes = Vec::new();
    let read = File::open(at).and_then(|file| file.take(LOOK).read_to_end(&mut bytes));
    read.is_ok()
        && plain_text(&bytes).lines().any(|line| line.starts_with("answers:") || line.starts_with("lesson:"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_known_whatever_became_of_it() {
        for (name, stem, copy) in [
            ("answers.yaml", "answers", 0),
            ("Answers.YAML", "Answers", 0),
            ("answers.yml", "answers", 0),
            ("answers (1).yaml", "answers", 1),
            ("answers(12).yaml", "answers", 12),
            ("answers.yaml.txt", "answers", 0),
            ("answers.yaml.yaml", "answers", 0),
            ("answers - Copy.yaml", "answers", 1),
            ("λύσεις - Αντίγραφο.yaml", "λύσεις", 1),
            ("notes.txt", "notes", 0),
            ("Μαρία (2).yaml", "Μαρία", 2),
            ("a (b).yaml", "a (b)", 0),
        ] {
            let named = named(name).unwrap_or_else(|| panic!("{name}"));
            assert_eq!((named.stem.as_str(), named.copy), (stem, copy), "{name}");
        }
        for name in ["answers", "answers.docx", ".yaml", "answers.zip", "yaml", "", "é.ya"] {
            assert_eq!(named(name), None, "{name}");
        }
    }
}
