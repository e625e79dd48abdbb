//! A class in which nearly everybody attacks: the nodes, the cell, the machine, the grader, the reports, the others.
//!
//! `class/` holds what they handed in, a file each; what no repository can hold is made in [`submissions`]. All of them are
//! graded by the real binary in one go, an honest good one and an honest bad one among them ([`graded`]); each test
//! then looks at what one kind of attack came to. The lesson in `lessons/` is small, so that this takes two minutes.

mod canary;
mod deadline;
mod exhaustion;
mod forgeries;
mod graded;
mod honest;
mod host;
mod kills;
mod limits;
mod odd_submissions;
mod pages;
mod secrets;
mod submissions;

/// Where the lesson is that the class is graded on.
const LESSONS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/it/sandbox_escape/lessons");
