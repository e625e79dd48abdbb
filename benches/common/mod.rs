//! What both benches need.

pub(crate) mod environment;
pub(crate) mod samples;
