//! The parts of a class that several machines graded, as one.

use std::{fs, path::Path};

use super::{
    messages,
    output::RESULTS,
    results::{Isolation, Results},
};
use crate::{
    cluster::messages::shown,
    error::{Error, Result},
};

/// The results of one grading's folder.
///
/// # Errors
/// There are none, or they can't be read.
pub fn read(folder: &Path) -> Result<Results> {
    let file = folder.join(RESULTS);
    let unreadable = || Error::usage(messages::results_unreadable(&shown(&file)));
    let text = fs::read_to_string(&file).map_err(|why| unreadable().because(why))?;
    serde_json::from_str(&text).map_err(|why| unreadable().because(why))
}

/// All submissions of all parts, sorted by name. What held apart is what held in every part.
///
/// # Errors
/// There is none; two were graded by different lessons, schemes, languages or versions; two have the same submission.
pub fn merge(parts: Vec<Results>) -> Result<Results> {
    let mut parts = parts.into_iter();
    let mut whole = parts.next().ok_or_else(|| Error::usage(messages::nothing_to_merge()))?;
    for part in parts {
        let is_like = part.lesson == whole.lesson && part.lang == whole.lang && part.moebi == whole.moebi;
        if !is_like {
            return Err(Error::usage(messages::unlike_parts()));
        }
        if part.isolation == Isolation::None {
            whole.isolation = Isolation::None;
        }
        whole.platform = whole.platform.or(part.platform);
        whole.submissions.extend(part.submissions);
        whole.leftovers.extend(part.leftovers);
        whole.missing.extend(part.missing);
        whole.passed_over.extend(part.passed_over);
    }
    // Every part tells of the whole class.
    whole.leftovers.sort_by(|one, other| one.entry.cmp(&other.entry));
    whole.leftovers.dedup();
    let mut told = Vec::new();
    whole.missing.retain(|student| {
        !told.contains(student) && {
            told.push(student.clone());
            true
        }
    });
    whole.submissions.sort_by(|one, other| one.name.cmp(&other.name));
    let twice = whole.submissions.windows(2).find(|pair| pair[0].name == pair[1].name);
    match twice {
        Some(pair) => Err(Error::usage(messages::in_two_parts(&shown(Path::new(&pair[0].name))))),
        None => Ok(whole),
    }
}
