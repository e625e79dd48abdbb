//! This test binary once more, as a process of its own: for what belongs to a whole process, such as its environment or
//! its memory, and for a process that is there to be killed.
//!
//! What runs in it is an `#[ignore]`d test, whose reason names the test that starts it.

use std::{env, process::Command};

/// Runs the ignored test of that path, such as `cluster::locale::in_this_environment`.
pub fn running(test: &str) -> Command {
    let mut command = Command::new(env::current_exe().expect("this test binary"));
    command.args(["--exact", test, "--ignored", "--nocapture", "--quiet"]);
    command
}
