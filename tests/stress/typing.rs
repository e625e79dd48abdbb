//! Typing is never disturbed.

use std::time::{Duration, Instant};

use super::{chorus, stage::Stage};

/// How many lines each of the three prints, fifty a second.
const VERSES: usize = 500;
/// Between two keys, as a fast typist has it. Where they come within 100 ms of a new size, reedline waits for more.
const KEYS: Duration = Duration::from_millis(130);
const SECOND: Duration = Duration::from_secs(1);

/// Ten lines of Greek; with the prompt before it, each is longer than most of the screens are wide.
fn long_greek() -> Vec<String> {
    let line =
        |n: usize| format!("γραμμή {n}: ο κόμβος της kate τυπώνει στην οθόνη του alex, όχι στη δική της");
    (0..10).map(line).collect()
}

/// The prompt with this buffer, row breaks left out.
fn drawn(buffer: &[String]) -> String {
    let prompts = ["iex(alex@localhost)1> ", "...(alex@localhost)1> "];
    let line = |(at, line): (usize, &String)| format!("{}{line}\n", prompts[at.min(1)]);
    buffer.iter().enumerate().map(line).collect()
}

/// The buffer stands once on the page, at its end, and the cursor is behind this.
#[track_caller]
fn has_buffer(stage: &Stage, buffer: &[String], before_cursor: &str) {
    let page = stage.page();
    let wanted = drawn(buffer);
    assert!(page.trim_end().ends_with(wanted.trim_end()), "{wanted}\n---- is not at the end of:\n{page}");
    for (at, line) in buffer.iter().enumerate() {
        let beginning = format!("γραμμή {at}:");
        assert_eq!(page.matches(&beginning).count(), 1, "{line:?} once, in:\n{page}");
    }
    assert_eq!(page.matches("iex(alex@localhost)1> ").count(), 1, "{page}");
    assert_eq!(page.matches("...(alex@localhost)1> ").count(), 9, "{page}");
    stage.has_before_cursor(before_cursor);
}

#[test]
fn while_three_print_and_the_window_changes() {
    is_undisturbed(&[(48, 60), (44, 100), (52, 48), (40, 80), (60, 120), (45, 72), (50, 90), (41, 49)]);
}

#[test]
fn while_three_print_and_the_window_only_grows_taller_and_shorter() {
    is_undisturbed(&[(48, 60), (28, 60), (60, 60), (30, 60), (44, 60), (26, 60), (58, 60), (40, 60)]);
}

/// The sizes are rows and columns; the first is the one that it begins with, and a second later it is the next.
#[track_caller]
fn is_undisturbed(sizes: &[(u16, u16)]) {
    let mut sizes = sizes.iter().cycle();
    let (rows, columns) = *sizes.next().expect("a size");
    let mut stage = Stage::open(rows, columns);
    stage.tell("iex 1");
    stage.sees("iex(alex@localhost)1> ");
    let mut buffer = long_greek();
    stage.pastes(&buffer.join("\n"));
    stage.sees("γραμμή 9");
    // Into the middle: five lines up, ten characters to the left.
    stage.types(&"\x1b[A".repeat(5));
    stage.types(&"\x1b[D".repeat(10));
    stage.settles();
    stage.tell(&format!("chorus {VERSES} 20"));
    let middle = buffer[4].chars().count() - 10;
    let at = buffer[4].char_indices().nth(middle).expect("a character").0;
    let mut typed = String::new();
    let began = Instant::now();
    let mut resized = 0;
    // Keys go in as somebody types, and the window changes each second, while lines come in.
    let letters: Vec<char> = "ταχύ κείμενο ".chars().collect();
    while began.elapsed() < Duration::from_millis(20) * u32::try_from(VERSES).expect("few") {
        if began.elapsed() >= SECOND * (resized + 1) {
            resized += 1;
            let (rows, columns) = *sizes.next().expect("a cycle");
            stage.resizes_between_frames(rows, columns);
        }
        if typed.chars().count() < 60 {
            let letter = letters[typed.chars().count() % letters.len()];
            typed.push(letter);
            stage.types(&letter.to_string());
        } else {
            typed.clear();
            stage.types(&"\x7f".repeat(60));
        }
        stage.breathes(KEYS);
    }
    stage.page_has(&chorus::verse("moebi", VERSES - 1));
    stage.page_has(&chorus::verse("alex", VERSES - 1));
    stage.settles();
    buffer[4].insert_str(at, &typed);
    chorus::is_whole(&stage.page(), VERSES);
    let before = format!("...(alex@localhost)1> {}", &buffer[4][..at + typed.len()]);
    has_buffer(&stage, &buffer, &before);
    // Through `fn` and `end` the fake guide knows what is whole.
    stage.types("\r");
    assert_eq!(stage.hears("Line"), format!("Line({:?})", buffer.join("\n")));
}
