//! A class in which nearly everybody attacks: the nodes, the cell, the machine, the grader, the reports, the others.
//!
//! `class/` holds what they handed in, a file each; what no repository can hold is made in [`class`]. All of them are
//! graded by the real binary in one go, an honest good one and an honest bad one among them ([`graded`]); each test
//! then looks at what one kind of attack came to. The lesson in `lessons/` is small, so that this takes two minutes.
#![cfg(target_os = "linux")]

mod bombs;
mod canary;
mod cells;
mod class;
#[path = "../common/mod.rs"]
mod common;
mod deadline;
mod forgeries;
mod graded;
mod handed_in;
mod honest;
mod host;
mod kills;
mod pages;
mod processes;
mod secrets;
