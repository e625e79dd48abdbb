//! The commands that look at progress or at the machine, as the real binary.

#[path = "../common/mod.rs"]
mod common;
mod desk;
mod doctor;
mod fitting;
mod progress;
mod reset;
