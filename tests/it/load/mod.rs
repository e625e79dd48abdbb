//! More than is sensible, all at once: whoever types, prints, resizes and misbehaves, the learner keeps a sane prompt
//! on a sane screen.

mod concurrent_output;
mod floods;
mod typing;
mod unresponsive;
