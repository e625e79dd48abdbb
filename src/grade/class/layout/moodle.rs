//! Moodle's "Download all submissions": `Maria Papadaki_1234567_assignsubmission_file_`, a folder each or, without
//! folders, with the file's own name behind it. In the number's place of the grading worksheet stands
//! `Participant 1234567`.

use super::{Tag, student};
use crate::grade::results::Student;

const MIDDLE: &str = "_assignsubmission_";

pub(super) fn tag(name: &str) -> Option<Tag> {
    let (before, behind) = name.split_once(MIDDLE)?;
    // `file_answers.yaml`; `onlinetext_` is what was written into Moodle's own editor.
    let (_, file) = behind.split_once('_').unwrap_or((behind, ""));
    let (who, number) = before.rsplit_once('_')?;
    let is_number = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| Tag {
        who: who.trim().to_owned(),
        students: student(who.trim(), |student| Student { id: Some(number.to_owned()), ..student }),
        key: number.to_owned(),
        file: (!file.is_empty()).then(|| file.to_owned()),
        ..Tag::default()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folders_and_files_name_their_student() {
        let folder = tag("Μαρία Παπαδάκη_1234567_assignsubmission_file_").expect("a student's");
        assert_eq!(
            (folder.who.as_str(), folder.key.as_str(), folder.file),
            ("Μαρία Παπαδάκη", "1234567", None)
        );
        let file = tag("Nikos A_7_assignsubmission_file_answers (1).yaml").expect("a student's");
        assert_eq!(file.file.as_deref(), Some("answers (1).yaml"));
        assert!(tag("Nikos A_7_assignsubmission_file").is_some_and(|tag| tag.file.is_none()));
        assert_eq!(tag("Nikos_assignsubmission_file_"), None);
    }
}
