//! No platform's: a file or a folder with somebody's name.

use super::{Tag, student};
use crate::grade::class::{
    answers::{is_everybodys, named},
    unpack::is_zip,
};

pub(super) fn tag(name: &str) -> Tag {
    let (who, attempt) = match named(name) {
        // Of those who all call it so, a number tells one from the other.
        Some(named) if !is_everybodys(&named.stem) => (named.stem, u64::from(named.copy)),
        Some(named) if named.copy > 0 => (format!("{} ({})", named.stem, named.copy), 0),
        Some(named) => (named.stem, 0),
        None if is_zip(name) => (name[..name.len() - ".zip".len()].to_owned(), 0),
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
