#![doc = include_str!("../ARCHITECTURE.md")]
//!
//! # This library
//!
//! It is there for Moebi's own program, tests and benches, and promises nothing to anybody else: what is `pub` is what
//! those need. [`cli::main`] is all that the program calls.

mod archive;
pub mod author;
pub mod check;
pub mod class;
pub mod cli;
pub mod cluster;
pub mod demo;
pub mod doctor;
pub mod error;
pub mod grade;
pub mod guide;
pub mod i18n;
#[cfg(test)]
mod layers;
pub mod lesson;
pub mod pack;
pub mod render;
pub mod session;
pub mod setup;
pub mod shell;
pub mod trouble;
pub mod view;
pub mod window;
