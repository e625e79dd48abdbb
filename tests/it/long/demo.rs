//! The whole lesson plays itself, as fast as it can.

use crate::{demo::replayed, support::home::Home};

#[test]
fn the_whole_lesson_plays_itself() {
    let home = Home::new();
    home.runs(&["demo", "--speed", "1000", "--cast", "lesson.cast"]).exits(0);
    home.is_deserted();
    let screen = replayed(&home.path("home/lesson.cast"));
    let steps =
        crate::support::lesson::lesson().sections.iter().map(|section| section.steps.len()).sum::<usize>();
    assert!(screen.contains(&format!("{steps} of {steps} steps done")), "{screen}");
}
