//! The whole lesson, played unattended.

use crate::{
    demo::replayed,
    support::{home::Home, lesson::lesson},
};

#[test]
fn the_whole_lesson_plays_itself() {
    let home = Home::new();
    home.runs(&["demo", "--speed", "1000", "--cast", "lesson.cast"]).exits(0);
    home.is_deserted();
    let steps = lesson().sections.iter().map(|section| section.steps.len()).sum::<usize>();
    let screen = replayed(&home.path("home/lesson.cast"));
    let told = screen.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(told.contains(&format!("{steps} of {steps} steps done.")), "{screen}");
}
