//! What can go wrong for a learner, through the real binary: each says what happened and what to do, loses no
//! progress, and leaves nothing behind.

#[path = "../common/mod.rs"]
mod common;

mod checks;
mod disk;
mod house;
mod lessons;
mod moebi;
mod nodes;
mod streams;
mod surroundings;
mod window;
mod workspace;
