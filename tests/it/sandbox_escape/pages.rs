//! What a teacher opens: well formed, and nothing in it acts.

use std::collections::BTreeSet;

use quick_xml::{Reader, events::Event};

use super::graded::graded;

#[test]
fn the_table_has_no_formula() {
    let text = graded().file("results.csv");
    let mut rows = csv::Reader::from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    let mut names = BTreeSet::new();
    for row in rows.records() {
        let row = row.expect("every row is whole");
        names.insert(row[0].to_owned());
        for field in &row {
            let is_number = field.parse::<f64>().is_ok();
            assert!(is_number || !field.starts_with(['=', '+', '-', '@', '\t', '\r']), "{field:?}");
            assert!(!field.contains(['\u{1b}', '\u{202e}', '\0']), "{field:?}");
        }
    }
    // And of the folder with nothing in it.
    assert_eq!(names.len(), graded().submissions().count() + 1);
}

#[test]
fn junit_is_xml() {
    let text = graded().file("junit.xml");
    let mut reader = Reader::from_str(&text);
    reader.config_mut().check_end_names = true;
    let mut elements = BTreeSet::new();
    loop {
        match reader.read_event().expect("it is well formed") {
            Event::Eof => break,
            Event::Start(element) | Event::Empty(element) => {
                elements.insert(String::from_utf8_lossy(element.name().as_ref()).into_owned());
            }
            _ => {}
        }
    }
    assert!(elements.contains("testcase") && !elements.contains("script"), "{elements:?}");
    let is_allowed = |c: char| matches!(c, '\t' | '\n' | '\r') || c >= ' ';
    assert!(text.chars().all(is_allowed));
}

#[test]
fn the_report_runs_nothing_of_theirs() {
    let html = graded().file("report.html");
    for part in
        ["<script>alert", "<img", "onerror=alert(1)>", "\"javascript:", "=javascript:", "\u{202e}", "\u{1b}"]
    {
        assert!(!html.contains(part), "{part:?}");
    }
    assert!(html.contains("&lt;script&gt;alert"), "it is told as text");
}

#[test]
fn feedback_pages_are_one_a_submission_and_say_what_they_say() {
    let pages = graded().feedback();
    for ending in [".md", ".html"] {
        let count = pages.keys().filter(|name| name.ends_with(ending)).count();
        assert_eq!(count, graded().submissions().count(), "{:?}", pages.keys());
    }
    let folded: BTreeSet<_> = pages.keys().map(|name| name.to_lowercase()).collect();
    assert_eq!(folded.len(), pages.len());
    for (name, text) in &pages {
        let is_plain = name.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '.'));
        assert!(is_plain && !name.starts_with('.'), "{name:?}");
        assert!(!text.contains(['\u{1b}', '\u{202e}', '\0']), "{name}");
    }
}

#[test]
fn what_the_grader_says_is_plain() {
    let said = &graded().said;
    assert!(!said.contains(['\u{1b}', '\u{202e}']), "{said:?}");
    assert!(!said.contains("panicked"), "{said}");
}
