//! More than is sensible: whoever prints and misbehaves, the learner keeps a sane prompt on a sane screen.

mod floods;
mod unresponsive;
