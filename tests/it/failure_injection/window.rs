//! The window that a lesson was in is closed, where `pty::shutdown` does not close it already.

use crate::support::{MOEBI, home::Home};

/// No hang-up signal reaches a program that does not belong to the terminal's session.
#[test]
fn of_a_program_in_a_session_of_its_own() {
    let home = Home::new();
    let setsid = home.program("setsid", &["--wait", MOEBI]);
    home.opens_pty(100, 30, &setsid).at("shell $").hangs_up();
}
