//! `moebi check`: answers replayed unattended over the same engine, a verdict a step.

mod bare;
pub mod junit;
mod moments;
mod order;
pub mod outcome;
mod report;
mod result;
mod run;
pub mod scheme;
mod section;
pub mod submission;
pub mod timeline;
pub mod words;

pub use report::{Format, Report, ReportFormat, Subject, Tally};
pub use result::StepResult;
pub use run::{Answers, Options, run, wanted};
pub use scheme::{Partial, Scheme};
