//! More than is sensible, all at once: whoever types, prints, resizes and misbehaves, the learner keeps a sane prompt
//! on a sane screen.

#[path = "../common/mod.rs"]
mod common;
#[path = "../stage/mod.rs"]
mod stage;

mod chorus;
mod floods;
mod memory;
mod stubborn;
mod typing;

use std::{env, os::unix::net::UnixStream};

/// Inside the pseudo-terminal, this is the program. Elsewhere it is nothing.
#[test]
fn fake_guide() {
    if let Ok(path) = env::var(stage::CONTROL) {
        let control = UnixStream::connect(path).expect("the test listens");
        stage::guide::play(control);
    }
}
