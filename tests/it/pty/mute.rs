//! A terminal that never says where its cursor is, as some serial lines, and scripts that play a terminal.

use crate::support::{home::Home, pty::Pty};

#[test]
fn it_is_shown_plain_lines_and_loses_no_key() {
    let home = Home::new();
    let pty = Pty::mute(100, 30, &home.command(&[]));
    let sees = |text: &str| pty.wait_for(text, |look| look.text_from(0).contains(text));
    // While it is asked, and before there is a prompt.
    pty.types("/ka");
    sees("plain lines, as with --plain");
    pty.types("te\n");
    sees("[prompt] kate $");
    pty.types("\u{1b}[3;7Recho one-$((1 + 1))\n");
    sees("one-2");
    pty.types("/quit\n");
    assert!(pty.ends().success());
    home.is_deserted();
}
