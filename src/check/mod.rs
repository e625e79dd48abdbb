//! `moebi check`: answers replayed unattended over the same engine, a verdict a step.

pub mod junit;
pub mod outcome;
mod report;
mod run;
pub mod timeline;
pub mod words;

pub use report::{Format, Report};
pub use run::{Answers, Options, Progressed, StepResult, run};
