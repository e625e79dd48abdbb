//! `moebi lesson lint` and `moebi lesson test`.

use crate::{author, error::Result, lesson::Lang};

use super::{args::LessonCommand, lesson_test, lessons, print};

pub(super) fn run(command: &LessonCommand, lang: Option<Lang>) -> Result<u8> {
    match command {
        LessonCommand::Lint { source } => {
            let (report, rendered) = author::lint(&lessons::sources(source)?);
            print(&report)?;
            Ok(if rendered == 0 { 0 } else { 2 })
        }
        LessonCommand::Test(test) => lesson_test::run(test, lang),
    }
}
