//! `feedback.zip`: each student's pages under the names by which the platform that handed the class out takes them back.
//!
//! Moodle ("Upload multiple feedback files in a zip") knows whose a folder is by its first four words,
//! `Name_1234567_assignsubmission_file_`; Canvas ("Upload submissions") by the two numbers in a file's name, the
//! student's and the attachment's. Elsewhere people sort it, and names are those of the folder `feedback`.

use std::{
    collections::HashSet,
    io::{self, Seek, Write},
};

use zip::{ZipWriter, write::SimpleFileOptions};

use crate::grade::results::{Platform, Results, Submission};

use super::{pages, stems};

/// Writes all of it. `names` are those of the whole class.
///
/// # Errors
/// `file` can't be written.
pub fn write(results: &Results, names: &[&str], file: impl Write + Seek) -> io::Result<()> {
    let mut archive = ZipWriter::new(file);
    let stems = stems(names);
    let mut taken = HashSet::new();
    for submission in &results.submissions {
        let Some(stem) = stems.get(submission.name.as_str()) else { continue };
        let place = place(results.platform, submission).filter(|place| taken.insert(place.clone()));
        for (ending, page) in pages(results, submission) {
            let name = match &place {
                Some(place) => format!("{place}feedback.{ending}"),
                None => format!("{stem}.{ending}"),
            };
            // Without a time: the same feedback is the same file.
            archive.start_file(name, SimpleFileOptions::default())?;
            archive.write_all(page.as_bytes())?;
        }
    }
    archive.finish()?.flush()
}

/// What the platform's own name for a submission begins with; none where that tells nothing or is no name for a file.
fn place(platform: Option<Platform>, submission: &Submission) -> Option<String> {
    let entry = submission.origin.entry.as_str();
    if entry.contains(['/', '\\']) || entry.contains(char::is_control) || entry.starts_with('.') {
        return None;
    }
    let words: Vec<&str> = entry.split('_').collect();
    let is_number = |word: &&str| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_digit());
    match platform? {
        Platform::Moodle => {
            let words = words.get(..4).filter(|words| is_number(&words[1]))?;
            Some(format!("{}_/", words.join("_")))
        }
        Platform::Canvas => {
            let mut numbers = words.iter().enumerate().filter(|(_, word)| is_number(word));
            let (second, _) = numbers.nth(1)?;
            Some(format!("{}_", words[..=second].join("_")))
        }
        Platform::Gradescope
        | Platform::GithubClassroom
        | Platform::Blackboard
        | Platform::GoogleClassroom => None,
    }
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Read};

    use zip::ZipArchive;

    use super::*;
    use crate::grade::pages::sample;

    fn names(platform: Option<Platform>, entries: [&str; 4]) -> Vec<String> {
        let mut class = sample::small();
        class.platform = platform;
        for (submission, entry) in class.submissions.iter_mut().zip(entries) {
            submission.origin.entry = entry.to_owned();
        }
        let all: Vec<_> = class.submissions.iter().map(|one| one.name.as_str()).collect();
        let mut file = Cursor::new(Vec::new());
        write(&class, &all, &mut file).expect("memory takes everything");
        let mut archive = ZipArchive::new(file).expect("a zip");
        let mut page = String::new();
        archive.by_index(0).expect("a page").read_to_string(&mut page).expect("text");
        assert!(page.starts_with("<!DOCTYPE html>"));
        let count = archive.len();
        (0..count)
            .step_by(2)
            .map(|index| archive.by_index(index).expect("it is there").name().expect("UTF-8").into_owned())
            .collect()
    }

    #[test]
    fn moodle_knows_its_folders() {
        let entries = [
            "Άννα Παπαδάκη_1234567_assignsubmission_file_",
            "Carl_2_assignsubmission_onlinetext_",
            "Lost_3_assignsubmission_file_answers.yaml",
            "../../etc",
        ];
        assert_eq!(
            names(Some(Platform::Moodle), entries),
            [
                "Άννα Παπαδάκη_1234567_assignsubmission_file_/feedback.html",
                "Carl_2_assignsubmission_onlinetext_/feedback.html",
                "Lost_3_assignsubmission_file_/feedback.html",
                "zed.html",
            ]
        );
    }

    #[test]
    fn canvas_knows_its_numbers() {
        let entries = [
            "papadakianna_LATE_123_456_answers-1.yaml",
            "carl_7_8_answers.yaml",
            "carl_7_8_answers.yml",
            "zed.yaml",
        ];
        assert_eq!(
            names(Some(Platform::Canvas), entries),
            ["papadakianna_LATE_123_456_feedback.html", "carl_7_8_feedback.html", "lost.html", "zed.html"]
        );
        assert_eq!(names(None, entries)[0], "anna.html");
    }
}
