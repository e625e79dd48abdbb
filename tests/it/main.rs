//! Moebi as its users have it: the real binary, real nodes, real terminals, and whatever can go wrong with them.
//!
//! A folder a subject; `support` is what they share. What takes minutes stands in `long`, and runs with
//! `--features long`; what needs a Chromium in `browser`, with `--features browser`.

#![allow(unreachable_pub, reason = "a test's crate shows nothing to anybody")]

mod authors_guide;
mod bridge;
#[cfg(feature = "browser")]
mod browser;
mod check;
mod class;
mod cluster;
mod commands;
mod demo;
mod examples;
mod failure_injection;
mod grade;
mod guide;
mod hand_back;
mod import;
mod lesson_test;
mod lint;
mod load;
#[cfg(feature = "long")]
mod long;
mod packs;
mod plain;
mod pty;
mod readme;
#[cfg(target_os = "linux")]
mod sandbox_escape;
mod seeded_faults;
mod session;
mod setup;
mod shell;
mod support;
mod traces;
mod troubles;
mod undone;
mod windows;
mod wrong_turns;
