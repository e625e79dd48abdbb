//! `moebi grade`: a class of submissions, each on nodes of its own, and the pages that tell how they went.

pub mod pages;
pub mod results;
