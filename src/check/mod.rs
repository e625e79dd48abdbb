//! `moebi check`: answers replayed unattended over the same engine, a verdict a step.
//!
//! It owns the reading of submissions ([`submission`]), what was found of each step ([`outcome`], a public format) and
//! the reports of it. Begin with `run`, which takes up sections side by side, and `section`, which plays one of them on
//! nodes of its own.

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

pub use report::{Format, Report, ReportFormat, Subject, Tally, unreadable};
pub use result::StepResult;
pub use run::{Answers, Options, Position, run, wanted};
pub use scheme::{Partial, Scheme};
