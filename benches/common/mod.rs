//! What both benches need.

pub mod ground;
pub mod samples;
