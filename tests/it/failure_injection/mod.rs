//! What can go wrong for a learner, through the real binary: each says what happened and what to do, loses no
//! progress, and leaves nothing behind.

mod check;
mod disk;
mod environment;
mod lessons;
mod nodes;
mod streams;
mod window;
mod workspace;
