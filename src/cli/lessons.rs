//! Finding a lesson: built in, or in the folder that `--lessons` names.

use std::{env, sync::Arc};

use crate::{
    error::{Error, Result},
    lesson::{self, Lang, Lesson, Source, Trouble},
};

use super::args;

pub fn sources(from: &args::Source) -> Result<Vec<Source>> {
    let Some(folder) = &from.lessons else { return Ok(lesson::embedded()) };
    let found = lesson::from_folder(folder).map_err(|e| {
        Error::usage(format!("could not read the lessons in {}", folder.display())).because(e)
    })?;
    if found.is_empty() {
        let hint = "A lesson is a folder in it with lesson.yaml and one file a language, such as en.yaml.";
        return Err(Error::usage(format!("there is no lesson in {}", folder.display())).hint(hint));
    }
    Ok(found)
}

/// The lesson of that id, or the first one.
pub fn load(from: &args::Source, wanted: Option<&str>) -> Result<Arc<Lesson>> {
    let sources = sources(from)?;
    let source = match wanted {
        None => sources.first(),
        Some(id) => sources.iter().find(|source| source.id == id),
    };
    let source = source.ok_or_else(|| {
        let ids: Vec<_> = sources.iter().map(|source| source.id.as_str()).collect();
        Error::usage(format!("there is no lesson `{}`", wanted.unwrap_or_default()))
            .hint(format!("There is: {}.", ids.join(", ")))
    })?;
    lesson::load(source).map(Arc::new).map_err(|troubles| unreadable(&source.id, &troubles))
}

pub fn unreadable(what: &str, troubles: &[Trouble]) -> Error {
    let rendered: Vec<_> = troubles.iter().map(|trouble| trouble.rendered.trim_end()).collect();
    Error::usage(format!("{what} can't be used as it is\n\n{}\n", rendered.join("\n\n")))
}

/// What `--lang` says, else the locale's language where the lesson has it, else English.
pub fn lang(asked: Option<Lang>, lesson: &Lesson) -> Lang {
    let set = |name: &&str| env::var(name).is_ok_and(|value| !value.is_empty());
    let locale =
        ["LC_ALL", "LC_MESSAGES", "LANG"].iter().find(|name| set(name)).and_then(|name| env::var(name).ok());
    let spoken = locale.and_then(|locale| Lang::parse(locale.get(..2)?));
    asked.or(spoken).filter(|lang| lesson.prose.contains_key(lang)).unwrap_or(Lang::En)
}
