//! A lesson that can't be read: the place, and the fix.

use std::{fs, path::Path};

use crate::support::home::Home;

/// The lesson as it is, but for one change in one file.
fn spoilt(home: &Home, file: &str, from: &str, to: &str) {
    let whole = Path::new(env!("CARGO_MANIFEST_DIR")).join("lessons/otp-distribution");
    let copy = home.path("home/lessons/otp-distribution");
    fs::create_dir_all(&copy).expect("a folder");
    for name in ["lesson.yaml", "en.yaml", "el.yaml"] {
        let mut text = fs::read_to_string(whole.join(name)).expect("the lesson");
        if name == file {
            assert!(text.contains(from), "{name} has no {from:?}");
            text = text.replacen(from, to, 1);
        }
        fs::write(copy.join(name), text).expect("a copy");
    }
}

/// Both `lint` and the shell itself say each of these, and neither begins.
#[track_caller]
fn complains(file: &str, from: &str, to: &str, parts: &[&str]) {
    let home = Home::new();
    spoilt(&home, file, from, to);
    let linted = home.runs(&["lesson", "lint", "--lessons", "lessons"]).exits(2);
    let opened = home.runs(&["--lessons", "lessons", "--plain"]).exits(2);
    let checked = home.runs(&["check", "--model", "--lessons", "lessons"]).exits(2);
    for part in parts {
        assert!(linted.stdout.contains(part), "no {part:?} in\n{}", linted.stdout);
        assert!(opened.stderr.contains(part), "no {part:?} in\n{}", opened.stderr);
        assert!(checked.stderr.contains(part), "no {part:?} in\n{}", checked.stderr);
    }
    assert!(!home.workspace().exists(), "a lesson that can't be read makes no folders");
    home.is_deserted();
}

#[test]
fn a_misspelt_key() {
    complains("lesson.yaml", "        answer:", "        anwser:", &["lesson.yaml:", "anwser", "`answer`"]);
}

#[test]
fn a_wrong_type() {
    complains("lesson.yaml", "minutes: 10", "minutes: soon", &["lesson.yaml:", "minutes: soon", "^"]);
}

#[test]
fn a_duplicate_key() {
    complains(
        "lesson.yaml",
        "    minutes: 10\n",
        "    minutes: 10\n    minutes: 11\n",
        &["lesson.yaml:", "minutes: 11"],
    );
}

#[test]
fn a_null() {
    complains("lesson.yaml", "minutes: 10", "minutes:", &["lesson.yaml:", "minutes"]);
}

#[test]
fn a_missing_translation() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("lessons/otp-distribution/el.yaml");
    let text = fs::read_to_string(folder).expect("Greek");
    let begins = text.find("    who-leads:").expect("the step");
    let ends = begins + 1 + text[begins + 1..].find("\n    other-way:").expect("the next step");
    complains("el.yaml", &text[begins..=ends], "", &["el.yaml", "who-leads"]);
}

#[test]
fn not_yaml_at_all() {
    complains("en.yaml", "title:", "title: [", &["en.yaml:"]);
}

#[test]
fn no_such_folder_and_an_empty_one() {
    let home = Home::new();
    home.runs(&["--lessons", "nowhere"]).exits(2).says("nowhere").says("could not read");
    fs::create_dir(home.path("home/empty")).expect("a folder");
    home.runs(&["--lessons", "empty"]).exits(2).says("there is no lesson in empty").says("lesson.yaml");
    home.is_deserted();
}

#[test]
fn a_file_that_is_not_utf_8() {
    let home = Home::new();
    spoilt(&home, "en.yaml", "title:", "title:");
    fs::write(home.path("home/lessons/otp-distribution/en.yaml"), b"title: \xff\xfe").expect("bytes");
    home.runs(&["lesson", "lint", "--lessons", "lessons"]).exits(2).says("en.yaml");
    home.runs(&["--lessons", "lessons"]).exits(2).says("en.yaml");
    home.is_deserted();
}
