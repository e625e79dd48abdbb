//! `moebi list`.

use std::io::{self, Write};

use serde::Serialize;

use crate::{
    check::Format,
    error::Result,
    guide::store::Store,
    lesson::{self, Lang, Lesson},
};

use super::{
    args::ListArgs,
    folders::Folders,
    lessons, packs, print,
    progress::{here, messages, page, print_json, summary::Summary},
};

#[derive(Serialize)]
struct Listed {
    #[serde(flatten)]
    lesson: Summary,
    summary: String,
    /// Of a lesson from elsewhere, where that is.
    #[serde(skip_serializing_if = "Option::is_none")]
    from: Option<String>,
    /// The progress file holds no progress: the numbers are those of a lesson not begun.
    unreadable: bool,
}

/// What can't be used is named on standard error; the rest is listed.
pub(super) fn run(args: &ListArgs, asked: Option<Lang>) -> Result<u8> {
    let lang = asked.or_else(lessons::spoken).unwrap_or(Lang::En);
    let folders = Folders::find()?;
    let (mut listed, mut code) = (Vec::new(), 0);
    let packs = if args.source.lessons.is_some() { Ok(Vec::new()) } else { packs::kept() };
    let packs = packs.unwrap_or_else(|error| {
        code = super::explain(&error, lang);
        Vec::new()
    });
    for source in lessons::sources(&args.source)? {
        match lesson::load(&source, &lesson::Nonce::sample()) {
            Ok(lesson) => {
                let lesson = lesson.told_in(lessons::texts(&args.source, asked).as_ref());
                let pack = packs.iter().find(|kept| kept.entry.lessons.contains(&lesson.id));
                let from = pack.map(|kept| kept.entry.origin.to_string());
                listed.push(look(&lesson, from, &folders, asked));
            }
            Err(_) => {
                code = 2;
                let _ = writeln!(io::stderr(), "moebi: {}", messages::unusable(&source.id).speak(lang));
            }
        }
    }
    match args.format {
        Format::Human => print(&human(&listed, lang))?,
        Format::Json => print_json(&listed)?,
    }
    // Last, so that a long list leaves them on the screen.
    for kept in &packs {
        if let Err(fault) = kept.lessons {
            code = super::explain(&packs::told(&kept.entry, fault), lang);
        }
    }
    Ok(code)
}

fn look(lesson: &Lesson, from: Option<String>, folders: &Folders, asked: Option<Lang>) -> Listed {
    let progress = Store::look(&folders.state(), lesson.id.as_str());
    let unreadable = progress.is_err();
    let progress = progress.ok().flatten().unwrap_or_default();
    let lesson = Summary::of(lesson, &progress, lessons::lang(asked, lesson));
    Listed { summary: lesson.about.clone(), lesson, from, unreadable }
}

fn human(listed: &[Listed], lang: Lang) -> String {
    let page = here(lang);
    let block = |one: &Listed| page::text(&page.lesson(&one.lesson, one.from.as_deref(), one.unreadable));
    let blocks: Vec<_> = listed.iter().map(block).collect();
    blocks.join("\n")
}
