//! `moebi export`: answers, to check, to read, to run again or to watch.

use std::time::Duration;

use crate::{
    demo::typed,
    error::{Error, Result},
    guide::store::Store,
    lesson::{Answers, Lang, Nonce, StepId},
    session::export::{livebook, own_answers, page, worksheet},
};

use super::{
    args::{ExportArgs, ExportFormat},
    folders::Folders,
    lessons::{LessonFiles, latest},
    messages, print,
};

pub(super) fn run(args: &ExportArgs, asked: Option<Lang>) -> Result<u8> {
    let state = Folders::find()?.state();
    let latest = if args.model { None } else { latest(&args.source, &state)? };
    let files = LessonFiles::find(&args.source, args.lesson.as_deref().or(latest.as_deref()))?;
    let progress = Store::look(&state, files.id())?.filter(|_| !args.model);
    let chosen = asked.or_else(|| Lang::parse(progress.as_ref()?.lang.as_deref()?));
    let nonce = progress.as_ref().and_then(|progress| Nonce::parse(progress.nonce.as_deref()?));
    let (lesson, lang) = files.spoken(chosen, &nonce.unwrap_or_else(Nonce::random))?;
    let answers = || {
        let answers = match (args.model, &progress) {
            (true, _) => Answers::model(&lesson),
            (false, Some(progress)) => own_answers(&lesson, progress),
            (false, None) => Answers::none(&lesson),
        };
        match answers.steps.is_empty() {
            true => Err(Error::usage(messages::nothing_to_export()).hint(messages::export_the_model())),
            false => Ok(answers),
        }
    };
    print(&match args.format {
        // Nobody's own word stands in answers that others may check.
        ExportFormat::Answers => lesson.nonce.blank(&answers()?.to_yaml()),
        ExportFormat::Markdown => page(&lesson, lang, &answers()?),
        ExportFormat::Worksheet => worksheet(&lesson, lang),
        ExportFormat::Livemd => livebook(&lesson, lang, &answers()?),
        ExportFormat::Cast => {
            let took = |step: &StepId| {
                let record = progress.as_ref()?.steps.get(step.as_str())?;
                (record.seconds > 0).then(|| Duration::from_secs(record.seconds))
            };
            typed::cast(&lesson, lang, &answers()?, &took)
        }
    })?;
    Ok(0)
}
