//! Moebi: a guided terminal shell that teaches how Elixir programs talk across nodes.
//!
//! Dependencies point downward only: `cli` → `shell`, `check`, `grade`, `author` → `guide` → `session`, `cluster` → `lesson`.
//! `lesson` and `session` are pure: no process, no colour, no runtime. `words` and `error` are below them all.

pub mod author;
pub mod check;
pub mod cli;
pub mod cluster;
pub mod doctor;
pub mod error;
pub mod grade;
pub mod guide;
pub mod i18n;
pub mod lesson;
pub mod render;
pub mod session;
pub mod setup;
pub mod shell;
