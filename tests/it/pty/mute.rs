//! A terminal that never says where its cursor is, as some serial lines, and scripts that play a terminal.

use crate::support::{home::Home, pty::Pty};

#[test]
fn it_is_shown_plain_lines_and_a_late_answer_is_no_input() {
    let home = Home::new();
    let pty = Pty::mute(100, 30, &home.command(&[]));
    let sees = |text: &str| pty.wait_for(text, |look| look.text_from(0).contains(text));
    sees("plain lines, as with --plain");
    sees("[prompt] shell $");
    pty.types("/kate\n");
    sees("[prompt] kate $");
    pty.types("\u{1b}[3;7Recho one-$((1 + 1))\n");
    sees("one-2");
    pty.types("/quit\n");
    assert!(pty.ends().success());
    home.is_deserted();
}
