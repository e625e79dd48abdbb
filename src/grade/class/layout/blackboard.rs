//! Blackboard's "Assignment file download": `Lab 1_mpapad_attempt_2025-01-31-10-00-00_answers.yaml`, and beside each
//! attempt a receipt of the same name that ends in `.txt`, which begins `Name: Maria Papadaki (mpapad)`.

use std::{fs::File, io::Read};

use super::{Tag, student};
use crate::{
    check::submission::plain_text,
    grade::{class::top::Top, results::Student},
};

const MIDDLE: &str = "_attempt_";
const DATE: &str = "2025-01-31-10-00-00";
/// Of a receipt, in bytes: the name stands in its first line.
const LOOK: u64 = 4096;

pub(super) fn tag(name: &str) -> Option<Tag> {
    let (before, behind) = name.rsplit_once(MIDDLE)?;
    let (_, login) = before.rsplit_once('_')?;
    let date = behind.get(..DATE.len())?;
    let is_date = date.bytes().zip(DATE.bytes()).all(|(byte, like)| match like {
        b'-' => byte == b'-',
        _ => byte.is_ascii_digit(),
    });
    if login.is_empty() || !is_date {
        return None;
    }
    let rest = &behind[DATE.len()..];
    let is_receipt = rest.eq_ignore_ascii_case(".txt");
    let file = rest.strip_prefix('_').filter(|file| !file.is_empty());
    (is_receipt || file.is_some()).then(|| Tag {
        who: login.to_owned(),
        students: student(login, |student| Student { login: Some(login.to_owned()), ..student }),
        key: login.to_owned(),
        attempt: date.replace('-', "").parse().unwrap_or_default(),
        file: file.map(str::to_owned),
        is_receipt,
        ..Tag::default()
    })
}

/// With the name that the receipt tells, in whatever language its label is.
pub(super) fn with_receipt(tag: Tag, top: &Top) -> Tag {
    let at = if tag.is_receipt { top.items.first().and_then(|item| item.at()) } else { None };
    let Some(at) = at else { return tag };
    let mut bytes = Vec::new();
    let read = File::open(at).and_then(|file| file.take(LOOK).read_to_end(&mut bytes));
    let text = if read.is_ok() { plain_text(&bytes) } else { String::new() };
    let told = text.lines().next().and_then(|line| line.split_once(": ")).and_then(|(_, told)| {
        let (name, login) = told.trim().strip_suffix(')')?.rsplit_once('(')?;
        (login == tag.key && !name.trim().is_empty()).then(|| name.trim().to_owned())
    });
    match told {
        Some(name) => {
            let students =
                tag.students.iter().map(|student| Student { name: name.clone(), ..student.clone() });
            Tag { students: students.collect(), ..tag }
        }
        None => tag,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_has_the_account_and_when_it_was() {
        let file = tag("Lab_1_mpapad_attempt_2025-01-31-10-00-00_answers.yaml").expect("a student's");
        assert_eq!((file.key.as_str(), file.attempt), ("mpapad", 20_250_131_100_000));
        assert_eq!(file.file.as_deref(), Some("answers.yaml"));
        assert!(tag("Lab 1_mpapad_attempt_2025-01-31-10-00-00.txt").is_some_and(|tag| tag.is_receipt));
        for other in ["Lab 1_mpapad_attempt_2025", "a_attempt_2025-01-31-10-00-00.txt", "x_attempt_y"] {
            assert_eq!(tag(other), None, "{other}");
        }
    }
}
