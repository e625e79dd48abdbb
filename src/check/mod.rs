//! `moebi check`: answers replayed unattended over the same engine, a verdict a step.

pub mod excerpt;
pub mod junit;
pub mod messages;
mod order;
pub mod outcome;
mod plain_iex;
mod report;
mod result;
mod run;
pub mod scheme;
mod section;
pub mod submission;
mod timeline;

pub use report::{Format, Report, ReportFormat, Subject, Tally};
pub use result::StepResult;
pub use run::{Answers, Options, run, wanted};
pub use scheme::{Partial, Scheme};
