//! `moebi check`: answers replayed unattended over the same engine, a verdict a step.

mod order;
pub mod outcome;
mod report;
mod run;
pub mod words;

pub use report::{Format, Report};
pub use run::{Answers, Options, Progressed, StepResult, run};
