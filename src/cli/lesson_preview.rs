//! `moebi lesson preview`.

use std::{
    io::{self, IsTerminal},
    sync::Arc,
    time::Duration,
};

use rustix::{
    event::{PollFd, PollFlags, Timespec, poll},
    io::Errno,
};

use crate::{
    author::{lint, preview},
    error::{Error, Result},
    lesson::{self, Lang, Lesson, Nonce, Source},
    render::{feedback::Pen, palette::Palette},
};

use super::{
    args::{LearnArgs, PreviewArgs},
    demo,
    learn::{self, Trial},
    lessons, messages, print,
    watched::{LOOK, Watched},
};

/// How wide a page is where there is no terminal to ask.
const COLUMNS: u16 = 80;

pub(super) fn run(args: &PreviewArgs, lang: Option<Lang>) -> Result<u8> {
    if let Some(step) = args.step.as_ref().filter(|_| args.is_tried) {
        return tried(args, step, lang);
    }
    let lang = lang.or_else(lessons::spoken).unwrap_or(Lang::En);
    let mut shown = Shown::default();
    if !args.watch {
        let source = lessons::find(&args.source, args.lesson.as_deref())?;
        return show(args, &source, lang, &mut shown).map(|is_right| if is_right { 0 } else { 2 });
    }
    let Some(folder) = &args.source.lessons else {
        return Err(Error::usage(messages::nothing_to_watch()).hint(messages::watch_a_folder()));
    };
    let mut source = lessons::find(&args.source, args.lesson.as_deref())?;
    let mut watched = Watched::new(folder, source.clone());
    loop {
        if let Err(error) = show(args, &source, lang, &mut shown) {
            print(&format!("{}\n", error.told().speak(lang)))?;
        }
        match saved(&mut watched) {
            Some(now) => source = now,
            None => return Ok(0),
        }
    }
}

/// The shell, at that step.
fn tried(args: &PreviewArgs, step: &str, asked: Option<Lang>) -> Result<u8> {
    let folder = demo::folder("moebi-try-")?;
    let lesson = match &args.lesson {
        Some(lesson) => lesson.clone(),
        None => lessons::find(&args.source, None)?.id,
    };
    let learn = LearnArgs {
        lesson: Some(lesson),
        source: args.source.clone(),
        trust: false,
        plain: false,
        workspace: Some(folder.path().join("workspace")),
        keys: crate::shell::Bindings::Emacs,
        cast: None,
    };
    let trial = Trial { step: step.to_owned(), state: folder.path().join("state") };
    learn::run_as_trial(&learn, asked, &trial)
}

/// The lesson once it was saved; None once nobody reads any more.
fn saved(watched: &mut Watched) -> Option<Source> {
    while is_read_for(LOOK) {
        if let Some(now) = watched.saved() {
            return Some(now);
        }
    }
    None
}

/// Waits, and ends early where whoever read what is printed has gone.
fn is_read_for(time: Duration) -> bool {
    let stdout = io::stdout();
    let mut output = [PollFd::new(&stdout, PollFlags::empty())];
    let limit = Timespec::try_from(time).expect("a short time");
    matches!(poll(&mut output, Some(&limit)), Ok(0) | Err(Errno::INTR))
}

/// Each step as it was shown last, to tell what has changed.
#[derive(Default)]
struct Shown(Vec<(String, Vec<String>)>);

/// What is wrong with the lesson, or how it looks; whether it could be shown.
fn show(args: &PreviewArgs, source: &Source, lang: Lang, shown: &mut Shown) -> Result<bool> {
    let mut page = String::new();
    let is_terminal = io::stdout().is_terminal();
    if args.watch && is_terminal {
        // A clean screen, and what scrolled away stays.
        page.push_str("\u{1b}[H\u{1b}[2J");
    }
    let complaints = lint::complaints(source);
    let texts = args.source.texts.as_ref();
    let loaded = lesson::load(source, &Nonce::sample()).map(|lesson| Arc::new(lesson.told_in(texts)));
    let Ok(lesson) = loaded else {
        page.extend(complaints.iter().map(|complaint| format!("{}\n\n", complaint.rendered.trim_end())));
        print(&page)?;
        return Ok(false);
    };
    for line in self::lines(args, &lesson, lang, shown)? {
        page.push_str(&line);
        page.push('\n');
    }
    if args.watch {
        page.extend(complaints.iter().map(|complaint| format!("\n{}\n", complaint.rendered.trim_end())));
    }
    print(&page)?;
    Ok(true)
}

fn lines(args: &PreviewArgs, lesson: &Arc<Lesson>, lang: Lang, shown: &mut Shown) -> Result<Vec<String>> {
    let lang = if lesson.prose.contains_key(&lang) { lang } else { lessons::lang(Some(lang), lesson) };
    if let Some(other) = args.beside.filter(|other| !lesson.prose.contains_key(other)) {
        return Err(Error::usage(messages::not_in_language(other.code())));
    }
    let steps = lesson.sections.iter().flat_map(|section| &section.steps).map(|step| step.id.to_string());
    let drawn = steps.map(|id| {
        let lines = draw(args, lesson, &id, lang).unwrap_or_default();
        (id, lines)
    });
    let drawn: Vec<(String, Vec<String>)> = drawn.collect();
    let before = std::mem::replace(&mut shown.0, drawn.clone());
    if let Some(wanted) = &args.step {
        let found = drawn.into_iter().find(|(id, _)| id == wanted);
        return found.map(|(_, lines)| lines).ok_or_else(|| {
            let ids: Vec<_> = shown.0.iter().map(|(id, _)| id.as_str()).collect();
            Error::usage(messages::no_such_step(wanted)).hint(messages::steps_are(&ids.join(", ")))
        });
    }
    let is_new = |step: &(String, Vec<String>)| !before.contains(step);
    let changed: Vec<_> = drawn.iter().filter(|step| is_new(step)).cloned().collect();
    let wanted = if args.watch && !before.is_empty() && !changed.is_empty() { changed } else { drawn };
    Ok(wanted.into_iter().flat_map(|(_, lines)| lines).collect())
}

fn draw(args: &PreviewArgs, lesson: &Arc<Lesson>, id: &str, lang: Lang) -> Option<Vec<String>> {
    let of_terminal = || terminal_size::terminal_size().map_or(COLUMNS, |(width, _)| width.0);
    let columns = usize::from(args.width.unwrap_or_else(of_terminal));
    let pen = Pen { columns, palette: Palette::from_env(io::stdout().is_terminal()), lang };
    match args.beside {
        Some(other) => preview::beside(lesson, id, pen, Pen { lang: other, ..pen }),
        None => preview::step(lesson, id, pen),
    }
}
