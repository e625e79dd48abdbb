//! What both benches need.

pub mod environment;
pub mod samples;
