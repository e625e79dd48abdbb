//! Canvas' "Download submissions": `papadakimaria_LATE_4521_98765_answers-1.yaml`, which is the sortable name in lower
//! case, the student's and the file's number, and the file's own name. `-1` is the second time that it was handed in.

use super::{Tag, student};
use crate::grade::results::Student;

pub(super) fn tag(name: &str) -> Option<Tag> {
    let (who, rest) = name.split_once('_')?;
    let (late, rest) = rest.strip_prefix("LATE_").map_or((false, rest), |rest| (true, rest));
    let (number, rest) = rest.split_once('_')?;
    // Nobody's name is in a class that is graded without names.
    let is_anonymous = who == "anon";
    let is_id = !number.is_empty()
        && number.bytes().all(|byte| byte.is_ascii_digit() || (is_anonymous && byte.is_ascii_alphanumeric()));
    if who.is_empty() || !is_id {
        return None;
    }
    // What was written into Canvas' own editor has no number.
    let (attempt, file) = match rest.split_once('_') {
        Some((attempt, file)) if !attempt.is_empty() => (attempt.parse().ok()?, Some(file)),
        _ if matches!(rest, "text.html" | "link.html") => (0, Some(rest)),
        _ => return None,
    };
    let who = if is_anonymous { format!("{who}_{number}") } else { who.to_owned() };
    Some(Tag {
        students: student(&who, |student| Student { id: Some(number.to_owned()), ..student }),
        who,
        key: number.to_owned(),
        late,
        attempt,
        file: file.map(numbered),
        ..Tag::default()
    })
}

/// `answers-1.yaml`, as a copy is numbered elsewhere.
fn numbered(file: &str) -> String {
    let Some((stem, ending)) = file.split_once('.') else { return file.to_owned() };
    match stem.rsplit_once('-') {
        Some((stem, number)) if !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()) => {
            format!("{stem} ({number}).{ending}")
        }
        _ => file.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_has_the_student_the_file_and_whether_it_is_late() {
        let late = tag("papadakimaria_LATE_4521_98765_answers-1.yaml").expect("a student's");
        assert_eq!(
            (late.who.as_str(), late.key.as_str(), late.late, late.attempt),
            ("papadakimaria", "4521", true, 98765)
        );
        assert_eq!(late.file.as_deref(), Some("answers (1).yaml"));
        let plain = tag("παπαδάκημαρία_4521_98765_my_answers.yaml").expect("a student's");
        assert_eq!((plain.late, plain.file.as_deref()), (false, Some("my_answers.yaml")));
        assert!(tag("papadakimaria_4521_text.html").is_some());
        assert!(tag("anon_x7Yz1_98765_answers.yaml").is_some_and(|tag| tag.who == "anon_x7Yz1"));
        for other in ["maria_papadaki.yaml", "maria.yaml", "lab_1_answers.yaml", "_1_2_x"] {
            assert_eq!(tag(other), None, "{other}");
        }
    }
}
