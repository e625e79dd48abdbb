//! The real program in a real terminal, on real nodes: what a person types, and what they see.

mod commands;
mod ending;
mod files;
mod lesson;
mod plain;
mod resume;
mod side_by_side;

#[path = "../common/mod.rs"]
mod common;
