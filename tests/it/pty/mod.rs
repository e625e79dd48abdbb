//! The real program in a real terminal, on real nodes: what a person types, and what they see.

mod concurrent;
mod files;
mod lesson;
mod resume;
mod shutdown;
mod slash_commands;
