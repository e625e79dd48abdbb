//! A learner, through each of the doors that there are: a terminal with a screen, pipes, and the guide itself.

mod guide;
mod pipe;
mod pty;

pub use guide::GuideLearner;
pub use pipe::{PipeLearner, is_done};
pub use pty::{PtyLearner, typed};
