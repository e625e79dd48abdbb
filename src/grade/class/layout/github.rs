//! `gh classroom clone student-repos`: a clone each, called after the assignment and the account, `otp-mpapad`.

use super::{Tag, student};
use crate::grade::{class::top::Top, results::Student};

/// What all clones are called alike, up to a `-`.
pub(super) fn prefix(tops: &[Top]) -> String {
    let mut names = tops.iter().filter(|top| top.is_clone()).map(|top| top.name.as_str());
    let Some(first) = names.next() else { return String::new() };
    let mut others = 0;
    let alike = names.fold(first, |alike, name| {
        others += 1;
        let same = alike.char_indices().zip(name.chars()).find(|((_, one), other)| one != other);
        &alike[..same.map_or(alike.len().min(name.len()), |((at, _), _)| at)]
    });
    match alike.rfind('-').filter(|_| others > 0) {
        Some(at) => alike[..=at].to_owned(),
        None => String::new(),
    }
}

pub(super) fn tag(name: &str, prefix: &str) -> Option<Tag> {
    let login = name.strip_prefix(prefix).filter(|login| !login.is_empty() && !prefix.is_empty())?;
    Some(Tag {
        who: login.to_owned(),
        students: student(login, |student| Student { login: Some(login.to_owned()), ..student }),
        key: login.to_lowercase(),
        ..Tag::default()
    })
}
