//! `moebi lesson lint`.

use crate::{author, error::Result};

use super::{args::LessonCommand, lessons, print};

pub fn run(command: &LessonCommand) -> Result<u8> {
    match command {
        LessonCommand::Lint { source } => {
            let (report, troubles) = author::lint(&lessons::sources(source)?);
            print(&report)?;
            Ok(if troubles == 0 { 0 } else { 2 })
        }
    }
}
