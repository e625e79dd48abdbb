//! `moebi grade`: a class of submissions, each on nodes of its own, and the pages that tell how they went.
//!
//! A class is what a platform handed out ([`class`]). Each submission is checked as `moebi check` would, its sections in cells where this
//! machine has them (`run`); what is done is in the [`journal`] at once, and on the [`pages`] soon ([`output`]).
//!
//! Begin with `run`. [`results`] is the public format that every page is made of.

pub mod class;
pub mod concurrency;
pub mod digest;
pub mod journal;
pub mod merge;
pub mod messages;
pub mod output;
pub mod pages;
pub mod part;
pub mod results;
mod run;
mod scoring;
mod submission;

pub use run::{Grading, News, SECTION, grade};
