//! The real program in a real terminal, on real nodes: what a person types, and what they see.

mod lesson;

#[path = "../common/mod.rs"]
mod common;
