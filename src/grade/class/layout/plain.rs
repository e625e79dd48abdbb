//! No platform's: a file or a folder with somebody's name.

use super::{Tag, student};
use crate::{
    archive::is_zip,
    grade::class::{
        answers::{is_everybodys, named},
        top::Top,
    },
};

pub(super) fn tag(top: &Top) -> Tag {
    let name = top.name.as_str();
    let (who, attempt) = match named(name).filter(|_| top.is_file()) {
        // Of those who all call it so, a number tells one from the other.
        Some(named) if !is_everybodys(&named.stem) => (named.stem, u64::from(named.copy)),
        Some(named) if named.copy > 0 => (format!("{} ({})", named.stem, named.copy), 0),
        Some(named) => (named.stem, 0),
        None if is_zip(name) => (name[..name.len() - ".zip".len()].to_owned(), 0),
        None if top.is_file() => (without_ending(name).to_owned(), 0),
        None => (name.to_owned(), 0),
    };
    Tag {
        students: student(&who, |student| student),
        key: who.clone(),
        who,
        attempt,
        file: Some(name.to_owned()),
        ..Tag::default()
    }
}

/// What people call a file, without what a program added: `ana` of `ana.docx`.
fn without_ending(name: &str) -> &str {
    const MOST: usize = 5;
    match name.rsplit_once('.') {
        Some((stem, ending)) if !stem.is_empty() && !ending.is_empty() && ending.len() <= MOST => stem,
        _ => name,
    }
}
