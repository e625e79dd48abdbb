//! A lesson as a show: it plays itself ([`typist`]), and what a terminal shows is kept, as an
//! asciicast ([`record`]) or as a [`picture`].
//!
//! Nothing is played back: whoever types is a thread, but the shell, the nodes and the verdicts are the real ones. Its
//! keys come out of a pseudo-terminal that stands in for standard input; when to press them it knows from the notices
//! that the guide sends to the shell.

pub mod cast;
mod messages;
pub mod picture;
pub mod record;
pub mod typed;
pub mod typist;
