//! The real program in a real terminal, on real nodes: what a learner types, and sees.

mod concurrent;
mod files;
mod lesson;
mod mute;
mod pastes;
mod resume;
mod shutdown;
mod slash_commands;
