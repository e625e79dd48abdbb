//! Whoever stays in a program for five seconds is told of the way out: that takes its time.

use std::time::Duration;

use crate::shell::harness::ShellHarness;

/// Once, and where no line is under way.
#[test]
fn whoever_stays_in_a_program_is_told_of_the_way_out() {
    let mut shell = ShellHarness::open(24, 80);
    shell.tell("map");
    shell.tell("relay");
    shell.tell("bytes name? ");
    shell.sees("name? ");
    shell.pty().breathes(Duration::from_secs(6));
    assert!(!shell.screen().contains("Ctrl-]"), "in the middle of a line: {}", shell.screen());
    shell.tell("bytes kate\r\n");
    shell.sees("name? kate\n  Ctrl-] and then");
    shell.tell("bytes more\r\n");
    shell.sees("more");
    shell.tell("dollar");
    shell.sees("alex $ ");
    shell.tell("relay");
    shell.pty().breathes(Duration::from_secs(6));
    assert_eq!(shell.screen().matches("Ctrl-]").count(), 1, "{}", shell.screen());
}

#[test]
fn a_program_on_the_other_screen_is_not_written_into() {
    let mut shell = ShellHarness::open(24, 80);
    shell.tell("relay");
    shell.tell("bytes \x1b[?1049hfull screen\r\n");
    shell.sees("full screen");
    shell.pty().breathes(Duration::from_secs(6));
    assert!(!shell.screen().contains("Ctrl-]"), "{}", shell.screen());
}
