//! The window that a lesson was in is closed.

use std::{
    io::Read,
    thread,
    time::{Duration, Instant},
};

use portable_pty::{CommandBuilder, MasterPty, PtySize, native_pty_system};

use super::house::House;

const PATIENCE: Duration = Duration::from_secs(60);

/// Opens the lesson in a terminal, waits until it shows `text`, and closes that terminal's window.
fn closes_the_window_at(house: &House, program: &[&str], text: &str) {
    let size = PtySize { rows: 30, cols: 100, pixel_width: 0, pixel_height: 0 };
    let pty = native_pty_system().openpty(size).expect("a pseudo-terminal");
    let like = house.moebi(&[]);
    let mut command = CommandBuilder::new(program.first().unwrap_or(&env!("CARGO_BIN_EXE_moebi")));
    command.args(program.iter().skip(1));
    command.env_clear();
    for (name, value) in like.get_envs() {
        command.env(name, value.unwrap_or_default());
    }
    command.cwd(house.room("home"));
    let mut child = pty.slave.spawn_command(command).expect("it starts");
    drop(pty.slave);
    reads_until(&*pty.master, text);
    drop(pty.master);
    let until = Instant::now() + PATIENCE;
    while child.try_wait().expect("it can be waited for").is_none() {
        assert!(Instant::now() < until, "it has no window, and does not end");
        thread::park_timeout(Duration::from_millis(10));
    }
    house.is_empty();
}

/// Answers where the cursor is, as a terminal does.
fn reads_until(master: &dyn MasterPty, text: &str) {
    let mut keys = master.take_writer().expect("a writer");
    let mut reader = master.try_clone_reader().expect("a reader");
    let mut said = String::new();
    let mut bytes = [0; 4096];
    while !said.contains(text) {
        let count = reader.read(&mut bytes).expect("it shows something");
        let part = String::from_utf8_lossy(&bytes[..count]).into_owned();
        if part.contains("\x1b[6n") {
            keys.write_all(b"\x1b[5;1R").expect("it takes keys");
        }
        said.push_str(&part);
    }
}

#[test]
fn at_a_prompt() {
    let house = House::new();
    closes_the_window_at(&house, &[], "shell $");
}

#[test]
fn of_a_program_that_does_not_belong_to_the_terminals_session() {
    let house = House::new();
    closes_the_window_at(&house, &["setsid", "--wait", env!("CARGO_BIN_EXE_moebi")], "shell $");
}
