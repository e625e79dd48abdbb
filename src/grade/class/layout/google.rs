//! A folder of Google Classroom's on Drive: `Maria Papadaki - answers.yaml`, or the other way round.

use std::collections::BTreeSet;

use super::{Tag, student};
use crate::grade::class::{
    answers::{is_everybodys, named},
    name,
    top::Top,
};

const BETWEEN: &str = " - ";

/// On which side of the dash the name stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::grade::class) enum Side {
    Before,
    Behind,
}

/// That on which most names differ; the other one has the work's title. None where the names of the class are no such
/// names.
pub(super) fn side(tops: &[Top]) -> Option<Side> {
    let split: Vec<_> = tops.iter().filter_map(|top| split(&top.name)).collect();
    if 2 * split.len() <= tops.len() {
        return None;
    }
    let before: BTreeSet<_> = split.iter().map(|(before, _)| *before).collect();
    let behind: BTreeSet<_> = split.iter().map(|(_, behind)| stem(behind).0).collect();
    match (before.len(), behind.len()) {
        _ if behind.iter().any(|stem| is_everybodys(stem)) => Some(Side::Before),
        _ if before.iter().any(|stem| is_everybodys(stem)) => Some(Side::Behind),
        (before, behind) if before > behind => Some(Side::Before),
        (before, behind) if before < behind => Some(Side::Behind),
        _ => None,
    }
}

fn split(name: &str) -> Option<(&str, &str)> {
    let (before, behind) = name.rsplit_once(BETWEEN)?;
    (!before.trim().is_empty() && behind.contains('.')).then_some((before.trim(), behind))
}

/// Without ending and number of a copy; and these two, as they stand behind.
fn stem(file: &str) -> (String, &str) {
    let stem = named(file).map(|named| named.stem);
    let stem = stem.unwrap_or_else(|| file.rsplit_once('.').map_or(file, |(stem, _)| stem).to_owned());
    let rest = file.strip_prefix(&stem).unwrap_or_default();
    (stem, rest)
}

impl Side {
    pub(super) fn tag(self, name: &str) -> Option<Tag> {
        let (before, behind) = split(name)?;
        let (who, file) = match self {
            Self::Before => (before.to_owned(), behind.to_owned()),
            Self::Behind => {
                let (who, rest) = stem(behind);
                (who.trim().to_owned(), format!("{before}{rest}"))
            }
        };
        Some(Tag {
            students: student(&who, |student| student),
            key: name::key(&who),
            who,
            file: Some(file),
            ..Tag::default()
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_stands_on_either_side() {
        let before = Side::Before.tag("Μαρία Παπαδάκη - answers (1).yaml").expect("a student's");
        assert_eq!(
            (before.who.as_str(), before.file.as_deref()),
            ("Μαρία Παπαδάκη", Some("answers (1).yaml"))
        );
        let behind = Side::Behind.tag("answers - Maria Papadaki (2).yaml").expect("a student's");
        assert_eq!(
            (behind.who.as_str(), behind.file.as_deref()),
            ("Maria Papadaki", Some("answers (2).yaml"))
        );
        assert_eq!(Side::Behind.tag("maria.yaml"), None);
    }
}
