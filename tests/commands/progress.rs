//! `moebi list` and `moebi progress`.

use std::{fs, time::Duration};

use portable_pty::CommandBuilder;

use crate::{
    common::{learner::lesson, pty::Pty},
    desk::Desk,
};

/// How many the lesson has.
fn steps() -> usize {
    lesson().sections.iter().map(|section| section.steps.len()).sum()
}

#[test]
fn a_list_says_what_there_is_and_how_far_one_is() {
    Desk::new()
        .runs(&["list"])
        .ends(0)
        .says("Distribution in OTP  otp-distribution")
        .says("1  Starting nodes")
        .says("10 minutes · 0 of 7 steps")
        .says(&format!("not begun: {} steps", steps()));
    Desk::new()
        .having_begun()
        .runs(&["list"])
        .says(&format!("3 of {} steps · goes on at 1.5 One call, two lists", steps()));
    Desk::new()
        .having_begun()
        .runs(&["list", "--lang", "el"])
        .ends(0)
        .says(&format!("3 από {} βήματα · συνεχίζει από το 1.5", steps()));
}

#[test]
fn a_look_makes_nothing() {
    let desk = Desk::new();
    for arguments in [&["list"][..], &["progress"]] {
        desk.runs(arguments).ends(0);
    }
    assert!(!desk.at("state").exists());
}

#[test]
fn a_list_in_json_is_whole() {
    let listed = Desk::new().having_begun().runs(&["list", "--format", "json"]).ends(0).json();
    let lesson = &listed[0];
    assert_eq!(lesson["lesson"], "otp-distribution");
    assert_eq!((&lesson["total"]["passed"], &lesson["at"]), (&3.into(), &"connect".into()));
    assert!(lesson["summary"].as_str().is_some_and(|text| !text.is_empty()), "{lesson:#}");
    assert_eq!(lesson["sections"][0]["minutes"], 10);
}

#[test]
fn a_lesson_that_cannot_be_used_is_named_and_the_rest_is_listed() {
    let desk = Desk::new();
    let lessons = desk.at("lessons");
    fs::create_dir_all(lessons.join("broken")).expect("a folder");
    fs::write(lessons.join("broken/lesson.yaml"), "lesson: other").expect("a file");
    fs::create_dir_all(lessons.join("otp-distribution")).expect("a folder");
    for file in ["lesson.yaml", "en.yaml", "el.yaml"] {
        let from = concat!(env!("CARGO_MANIFEST_DIR"), "/lessons/otp-distribution/");
        fs::copy(format!("{from}{file}"), lessons.join("otp-distribution").join(file)).expect("a copy");
    }
    let folder = lessons.to_string_lossy().into_owned();
    desk.runs(&["list", "--lessons", &folder]).ends(2).says("Distribution in OTP").complains("`broken`");
}

#[test]
fn progress_tells_each_step_and_the_sum() {
    let said = Desk::new().having_begun().runs(&["progress"]).ends(0);
    let line =
        |id: &str| said.stdout.lines().find(|line| line.contains(&format!("  {id} "))).expect("a line");
    assert!(
        line("nameless").contains("● 1.1") && line("nameless").ends_with("done · 3 tries · 1 hint"),
        "{said:#?}"
    );
    assert!(
        line("alone").contains("◌") && line("alone").ends_with("skipped · 1 hint · answer shown"),
        "{said:#?}"
    );
    assert!(line("connect").contains(" ▸ ●") && line("connect").ends_with("you go on here"), "{said:#?}");
    assert!(line("name-alex").contains("○") && line("name-alex").ends_with("open"), "{said:#?}");
    let open = steps() - 4;
    said.says(&format!("Total  3 done, 1 skipped, {open} open · 6 tries · 4 hints · 1 answer shown · predictions: 2 right, 0 wrong"));
}

#[test]
fn progress_in_json_is_what_a_program_wants() {
    let told = Desk::new().having_begun().runs(&["progress", "--format", "json"]).ends(0).json();
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
    let desk = Desk::new().having_begun();
    fs::write(desk.progress(), "{ half").expect("a file");
    desk.runs(&["progress"]).ends(2).complains("progress.json").complains("moebi reset --restore");
    desk.runs(&["list"]).ends(0).says("can't be read");
    assert_eq!(fs::read_to_string(desk.progress()).expect("it is there"), "{ half");
}

#[test]
fn an_unknown_lesson_is_answered_with_those_there_are() {
    Desk::new().runs(&["progress", "otp"]).ends(2).complains("otp-distribution");
}

#[test]
fn a_pipe_gets_no_colour_and_whole_lines_and_may_close() {
    let desk = Desk::new().having_begun();
    let said = desk.runs(&["progress", "--lang", "el"]).ends(0);
    assert!(!said.stdout.contains('\u{1b}'));
    let mut sh = desk.command(&[]);
    let script = format!("'{}' progress | head -1", env!("CARGO_BIN_EXE_moebi"));
    let environment: Vec<_> =
        sh.get_envs().map(|(name, value)| (name.to_owned(), value.map(ToOwned::to_owned))).collect();
    sh = std::process::Command::new("sh");
    sh.args(["-c", &script]);
    for (name, value) in environment {
        if let Some(value) = value {
            sh.env(name, value)
        } else {
            sh.env_remove(name)
        };
    }
    let said = crate::desk::said(&sh.output().expect("a shell"));
    assert_eq!((said.stdout.lines().count(), said.stderr.as_str()), (1, ""));
}

/// The bytes that a terminal of so many columns is sent, up to the word that begins the last line.
fn shown(desk: &Desk, columns: u16, no_color: bool, arguments: &[&str], last: &str) -> Vec<u8> {
    let mut program = CommandBuilder::new(env!("CARGO_BIN_EXE_moebi"));
    program.args(arguments);
    for (name, value) in desk.environment() {
        program.env(name, value);
    }
    for name in ["NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "MOEBI_LESSONS"] {
        program.env_remove(name);
    }
    if no_color {
        program.env("NO_COLOR", "1");
    }
    let pty = Pty::open(columns, 80, program, Duration::from_secs(20));
    pty.wait_for(last, |look| look.screen().contains(last));
    assert!(pty.ends().success());
    pty.bytes()
}

#[test]
fn a_narrow_terminal_gets_no_line_that_it_breaks_itself() {
    let desk = Desk::new().having_begun();
    let cases = [
        ("progress", "en", "Total"),
        ("progress", "el", "Σύνολο"),
        ("list", "en", "goes on"),
        ("list", "el", "συνεχίζει"),
    ];
    for (command, lang, last) in cases {
        let bytes = shown(&desk, 40, true, &[command, "--lang", lang], last);
        let text = String::from_utf8(bytes).expect("UTF-8");
        let wide = text.lines().find(|line| moebi::render::width::width(line.trim_end()) > 40);
        assert_eq!(wide, None);
        assert!(!text.contains('\u{1b}'), "NO_COLOR: {text:?}");
    }
    let bytes = shown(&desk, 100, false, &["progress"], "Total");
    assert!(bytes.contains(&0x1b), "colours, on a terminal that has them");
}
