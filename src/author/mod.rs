//! What lesson authors ask for: every complaint about their lessons' files in one run, and about their checkpoints.
//!
//! `moebi lesson lint` is [`lint()`]; the loading in [`lesson`](crate::lesson) finds what is wrong, here it is counted and
//! told, and [`fix`] applies the cures. `moebi lesson new` is [`template`], `moebi lesson import` is
//! [`import`], `moebi lesson preview` is [`preview`].
//! `moebi lesson test` is [`selftest`]: begin with its `plan`, which says what is tried of a step, and `trial`, which says
//! what each try must come to.

pub mod fix;
pub mod import;
pub mod lint;
pub mod preview;
pub mod selftest;
pub mod template;

pub use lint::{Linted, lint};
