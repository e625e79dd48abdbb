//! What the tests on real nodes share.
#![allow(dead_code, reason = "each test binary uses its own part of this")]

pub mod census;
pub mod learner;
pub mod person;
pub mod pipe;
pub mod pty;
pub mod runtime;
