//! The distribution as a picture: evidence and what nodes say of themselves in, values to be drawn out.
//!
//! [`map`] is who runs and who is connected, in the header of every step. [`chart`] is `/map`: the same, with what each
//! node answered when it was asked ([`survey`]). [`trace`] is `/trace`: what crossed, in its order. Lines are made of them in
//! `render`, files here.

pub mod chart;
pub mod map;
pub mod messages;
pub mod survey;
pub mod trace;

pub use chart::{Chart, Spot};
pub use map::{Map, Wire, WireKind};
pub use survey::Survey;
pub use trace::Trace;
