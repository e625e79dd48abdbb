//! `moebi list` and `moebi progress`.

use std::fs;

use crate::support::{
    MOEBI,
    home::{Home, names},
    lesson::lesson,
    pty::Pty,
};

/// How many the lesson has.
fn steps() -> usize {
    lesson().sections.iter().map(|section| section.steps.len()).sum()
}

#[test]
fn a_list_says_what_there_is_and_how_far_one_is() {
    Home::new().runs(&["list"]).exits(0).prints(&format!("not begun: {} steps", steps()));
    insta::assert_snapshot!("list", Home::having_begun().runs(&["list"]).exits(0).stdout);
    let greek = Home::having_begun().runs(&["list", "--lang", "el"]).exits(0);
    insta::assert_snapshot!("list_in_greek", greek.stdout);
}

#[test]
fn a_look_makes_nothing() {
    let home = Home::new();
    for arguments in [&["list"][..], &["progress"]] {
        home.runs(arguments).exits(0);
    }
    assert_eq!(names(&home.path("state")), [""; 0]);
}

#[test]
fn a_list_in_json_is_whole() {
    let listed = Home::having_begun().runs(&["list", "--format", "json"]).exits(0).json();
    let lesson = &listed[0];
    assert_eq!(lesson["lesson"], "otp-distribution");
    assert_eq!((&lesson["total"]["passed"], &lesson["at"]), (&3.into(), &"connect".into()));
    assert!(lesson["summary"].as_str().is_some_and(|text| !text.is_empty()), "{lesson:#}");
    assert_eq!(lesson["sections"][0]["minutes"], 10);
}

#[test]
fn a_lesson_that_cannot_be_used_is_named_and_the_rest_is_listed() {
    let home = Home::new();
    let lessons = home.path("lessons");
    fs::create_dir_all(lessons.join("broken")).expect("a folder");
    fs::write(lessons.join("broken/lesson.yaml"), "lesson: other").expect("a file");
    fs::create_dir_all(lessons.join("otp-distribution")).expect("a folder");
    for file in ["lesson.yaml", "en.yaml", "el.yaml"] {
        let from = concat!(env!("CARGO_MANIFEST_DIR"), "/lessons/otp-distribution/");
        fs::copy(format!("{from}{file}"), lessons.join("otp-distribution").join(file)).expect("a copy");
    }
    let folder = lessons.to_string_lossy().into_owned();
    home.runs(&["list", "--lessons", &folder]).exits(2).prints("Distribution in OTP").complains("`broken`");
}

#[test]
fn progress_tells_each_step_and_the_sum() {
    insta::assert_snapshot!("progress", Home::having_begun().runs(&["progress"]).exits(0).stdout);
}

#[test]
fn progress_in_json_is_what_a_program_wants() {
    let told = Home::having_begun().runs(&["progress", "--format", "json"]).exits(0).json();
    let step = &told["sections"][0]["steps"][0];
    assert_eq!(
        (&step["id"], &step["outcome"], &step["tries"]),
        (&"nameless".into(), &"passed".into(), &3.into())
    );
    assert_eq!(told["sections"][0]["steps"][4]["prediction"], "right");
    assert_eq!(told["total"]["skipped"], 1);
}

#[test]
fn progress_that_cannot_be_read_is_an_error_with_a_way_out() {
    let home = Home::having_begun();
    fs::write(home.progress(), "{ half").expect("a file");
    home.runs(&["progress"]).exits(2).complains("progress.json").complains("moebi reset --restore");
    home.runs(&["list"]).exits(0).prints("can't be read");
    assert_eq!(fs::read_to_string(home.progress()).expect("it is there"), "{ half");
}

#[test]
fn an_unknown_lesson_is_answered_with_those_there_are() {
    Home::new().runs(&["progress", "otp"]).exits(2).complains("otp-distribution");
}

#[test]
fn a_pipe_gets_no_colour_and_whole_lines_and_may_close() {
    let home = Home::having_begun();
    let said = home.runs(&["progress", "--lang", "el"]).exits(0);
    assert!(!said.stdout.contains('\u{1b}'));
    let script = format!("'{MOEBI}' progress | head -1");
    let said = home.finishes(&mut home.program("sh", &["-c", &script]));
    assert_eq!((said.stdout.lines().count(), said.stderr.as_str()), (1, ""));
}

/// The bytes that a terminal of so many columns is sent, up to the word that begins the last line.
fn shown(home: &Home, columns: u16, no_color: bool, arguments: &[&str], last: &str) -> Vec<u8> {
    let mut command = home.command(arguments);
    if no_color {
        command.env("NO_COLOR", "1");
    }
    let pty = Pty::open(columns, 80, &command);
    pty.wait_for(last, |look| look.screen().contains(last));
    assert!(pty.ends().success());
    pty.bytes()
}

#[test]
fn a_narrow_terminal_gets_no_line_that_it_breaks_itself() {
    let home = Home::having_begun();
    let cases = [
        ("progress", "en", "Total"),
        ("progress", "el", "Σύνολο"),
        ("list", "en", "goes on"),
        ("list", "el", "συνεχίζει"),
    ];
    for (command, lang, last) in cases {
        let bytes = shown(&home, 40, true, &[command, "--lang", lang], last);
        let text = String::from_utf8(bytes).expect("UTF-8");
        let wide = text.lines().find(|line| moebi::render::width::width(line.trim_end()) > 40);
        assert_eq!(wide, None);
        assert!(!text.contains('\u{1b}'), "NO_COLOR: {text:?}");
    }
    let bytes = shown(&home, 100, false, &["progress"], "Total");
    assert!(bytes.contains(&0x1b), "colours, on a terminal that has them");
}
