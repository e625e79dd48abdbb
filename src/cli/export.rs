//! `moebi export`.

use crate::{error::Result, lesson::Answers};

use super::{
    args::{ExportArgs, ExportFormat},
    lessons, print,
};

pub fn run(args: &ExportArgs) -> Result<u8> {
    let lesson = lessons::load(&args.source, args.lesson.as_deref())?;
    match args.format {
        ExportFormat::Answers => print(&lesson.nonce.blank(&Answers::model(&lesson).to_yaml()))?,
    }
    Ok(0)
}
