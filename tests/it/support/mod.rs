//! What the tests share: where Moebi runs, who types into it, and what is left of it afterwards.

#![cfg_attr(not(feature = "long"), allow(dead_code, reason = "the long run needs more than the quick one"))]

pub mod child;
pub mod elixir;
pub mod home;
pub mod learner;
pub mod lesson;
pub mod processes;
pub mod pty;

use std::{
    thread,
    time::{Duration, Instant},
};

/// How long a test waits for anything before it fails.
///
/// It keeps a broken test from hanging and measures nothing: alone, nothing takes a tenth of it, but two busy cores may
/// take half a minute to boot a node.
pub const PATIENCE: Duration = Duration::from_secs(180);

/// The program itself.
pub const MOEBI: &str = env!("CARGO_BIN_EXE_moebi");

/// Waits until it holds, for what nobody tells of, such as the table of processes; `seen` says what was there instead.
#[track_caller]
pub fn until<Seen: std::fmt::Debug>(what: &str, mut holds: impl FnMut() -> Result<(), Seen>) {
    let deadline = Instant::now() + PATIENCE;
    while let Err(seen) = holds() {
        assert!(Instant::now() < deadline, "never {what}: {seen:#?}");
        thread::park_timeout(Duration::from_millis(10));
    }
}
