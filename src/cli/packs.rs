//! `moebi pack`, and what `moebi learn` does with a lesson from elsewhere: nothing of it is used before a person trusts it.

mod messages;
mod notice;

use std::io::{self, IsTerminal, Write};

use crate::{
    error::{Error, Result},
    guide::store::Stamp,
    i18n::Localized,
    lesson::{self, Lang, Lesson, Nonce},
    pack::{Changes, Entry, Fault, Kept, Origin, Pack, Shelf, fetch::fetch},
};

use super::{
    args::{LearnArgs, PackCommand, UpdateArgs},
    ask::{DefaultAnswer, agrees},
    folders::Folders,
    lessons, print, runtime,
    stop::Stop,
};
use notice::Notice;

/// Whether the person who is asked said beforehand that they trust what comes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Trust {
    Asked,
    Given,
}

impl Trust {
    fn of(is_given: bool) -> Self {
        if is_given { Self::Given } else { Self::Asked }
    }
}

pub(super) fn run(command: &PackCommand, lang: Lang) -> Result<u8> {
    match command {
        PackCommand::Add(args) => {
            let Some(origin) = Origin::parse(&args.what)? else {
                return Err(Error::usage(messages::nothing_there(&args.what)).hint(messages::what_may_be()));
            };
            let entry = bring(origin, Trust::of(args.trust), lang)?;
            print(&format!("{}\n", messages::added(&names(&entry)).speak(lang)))?;
            Ok(0)
        }
        PackCommand::Update(args) => update(args, lang),
        PackCommand::Remove(args) => remove(&args.name, lang),
    }
}

/// What is kept, and what is wrong with the lock.
pub(super) fn kept() -> Result<Vec<Kept>> {
    shelf()?.kept()
}

fn shelf() -> Result<Shelf> {
    Ok(Shelf::at(Folders::find()?.packs()))
}

/// The lessons that a word names which is no lesson's at hand: those of a pack, brought first where it is not here or has
/// changed since it was trusted. None where it names no pack.
pub(super) fn brought(args: &LearnArgs, word: &str, lang: Lang) -> Result<Option<Vec<String>>> {
    if args.source.lessons.is_some() || lesson::is_embedded(word) {
        return Ok(None);
    }
    let known = kept()?.into_iter().find(|kept| kept.entry.is_called(word));
    let origin = match known {
        Some(Kept { lessons: Ok(_), entry }) if entry.lessons.iter().any(|id| id.as_str() == word) => {
            return Ok(None);
        }
        Some(Kept { lessons: Ok(_), entry }) => return Ok(Some(ids(&entry))),
        Some(faulty) => Some(faulty.entry.origin),
        None => Origin::parse(word)?,
    };
    let Some(origin) = origin else { return Ok(None) };
    bring(origin, Trust::of(args.trust), lang).map(|entry| Some(ids(&entry)))
}

fn ids(entry: &Entry) -> Vec<String> {
    entry.lessons.iter().map(ToString::to_string).collect()
}

fn names(entry: &Entry) -> String {
    ids(entry).iter().map(|id| format!("`{id}`")).collect::<Vec<_>>().join(", ")
}

/// Fetched, asked about, and kept; or found, where it is trusted in this state already.
fn bring(origin: Origin, trust: Trust, lang: Lang) -> Result<Entry> {
    let shelf = shelf()?;
    let kept = shelf.kept()?;
    let is_here = |kept: &&Kept| kept.entry.origin == origin && kept.lessons.is_ok();
    if let (Origin::Git(_), Some(here)) = (&origin, kept.iter().find(is_here)) {
        // What is new there is what `moebi pack update` asks for.
        return Ok(here.entry.clone());
    }
    let pack = fetched(origin)?;
    let is_trusted = |kept: &&Kept| kept.entry.fingerprint == pack.fingerprint && kept.lessons.is_ok();
    if let Some(trusted) = kept.iter().find(is_trusted) {
        return Ok(trusted.entry.clone());
    }
    let before = kept.iter().find(|kept| kept.entry.origin == pack.origin);
    consider(&shelf, &pack, before, trust, lang)
}

fn fetched(origin: Origin) -> Result<Pack> {
    runtime()?.block_on(async {
        let mut stop = Stop::listen();
        tokio::select! {
            pack = fetch(origin) => pack,
            () = stop.told() => Err(Error::interrupted()),
        }
    })
}

/// Loads it, tells what it is, asks, and keeps it.
fn consider(shelf: &Shelf, pack: &Pack, before: Option<&Kept>, trust: Trust, lang: Lang) -> Result<Entry> {
    let loaded: Vec<Lesson> = pack
        .lessons
        .iter()
        .map(|source| {
            lesson::load(source, &Nonce::sample()).map_err(|why| lessons::unreadable(&source.id, &why))
        })
        .collect::<Result<_>>()?;
    shelf.has_room(pack)?;
    let changes = before.map(|before| changes(before, pack, &loaded));
    let notice = Notice { pack, lessons: &loaded, before: before.map(|kept| &kept.entry), changes };
    let _ = write!(io::stderr().lock(), "{}", notice.page(lang));
    let is_asked = trust == Trust::Asked;
    if is_asked && !(io::stdin().is_terminal() && io::stderr().is_terminal()) {
        let error = Error::usage(messages::nobody_to_ask(&pack.origin.to_string()));
        return Err(error.hint(messages::trust_says_so()));
    }
    if is_asked && !agrees(&messages::do_you_trust_it(), DefaultAnswer::No, lang) {
        return Err(Error::interrupted().hint(messages::nothing_kept()));
    }
    shelf.keep(pack, &Stamp::now().to_string())
}

fn changes(before: &Kept, pack: &Pack, now: &[Lesson]) -> Changes {
    let loaded = before.lessons.as_ref().ok().and_then(|lessons| {
        let lessons = lessons.iter().map(|source| lesson::load(source, &Nonce::sample()).ok());
        lessons.collect::<Option<Vec<_>>>()
    });
    Changes::between(&before.entry, loaded.as_deref(), pack, now)
}

/// Each by itself: what can't be had keeps no other from its news.
fn update(args: &UpdateArgs, lang: Lang) -> Result<u8> {
    let shelf = shelf()?;
    let all = shelf.kept()?;
    let is_meant = |kept: &&Kept| args.name.as_deref().is_none_or(|name| kept.entry.is_called(name));
    let meant: Vec<_> = all.iter().filter(is_meant).collect();
    if let (Some(name), []) = (&args.name, &meant[..]) {
        return Err(unknown(name, &all));
    }
    if meant.is_empty() {
        print(&format!("{}\n", messages::no_packs().speak(lang)))?;
    }
    let mut code = 0;
    for kept in meant {
        match renewed(&shelf, kept, Trust::of(args.trust), lang) {
            Ok(said) => print(&format!("{}\n", said.speak(lang)))?,
            Err(error) => code = super::explain(&error, lang),
        }
    }
    Ok(code)
}

fn renewed(shelf: &Shelf, kept: &Kept, trust: Trust, lang: Lang) -> Result<Localized> {
    let pack = fetched(kept.entry.origin.clone())?;
    if pack.fingerprint == kept.entry.fingerprint {
        // A copy that was tampered with is as it was again.
        shelf.keep(&pack, &kept.entry.date)?;
        return Ok(messages::nothing_new(&names(&kept.entry)));
    }
    let entry = consider(shelf, &pack, Some(kept), trust, lang)?;
    Ok(messages::updated(&names(&entry)))
}

fn remove(name: &str, lang: Lang) -> Result<u8> {
    let shelf = shelf()?;
    let Some(entry) = shelf.remove(name)? else { return Err(unknown(name, &shelf.kept()?)) };
    let removed = match &entry.origin {
        Origin::Folder(_) => messages::forgotten(&names(&entry), &entry.origin.to_string()),
        Origin::Zip(_) | Origin::Git(_) => messages::removed(&names(&entry)),
    };
    print(&format!("{}\n", removed.speak(lang)))?;
    Ok(0)
}

fn unknown(name: &str, all: &[Kept]) -> Error {
    let error = Error::usage(messages::no_pack(name));
    let names: Vec<_> = all.iter().map(|kept| kept.entry.name.as_str()).collect();
    match names.is_empty() {
        true => error.hint(messages::no_packs()),
        false => error.hint(messages::packs_are(&names.join(", "))),
    }
}

/// Why a pack that was trusted gives no lessons.
pub(super) fn told(entry: &Entry, fault: Fault) -> Error {
    let (name, place) = (entry.name.as_str(), entry.origin.to_string());
    match (fault, &entry.origin) {
        (Fault::Changed, Origin::Folder(_)) => {
            Error::usage(messages::has_changed(name, &place)).hint(messages::learn_asks_again(name))
        }
        (Fault::Changed, Origin::Zip(_) | Origin::Git(_)) => {
            Error::usage(messages::copy_has_changed(name, &place)).hint(messages::update_mends(name))
        }
        (Fault::Gone, Origin::Folder(_)) => {
            Error::usage(messages::is_gone(name, &place)).hint(messages::remove_it(name))
        }
        (Fault::Gone, Origin::Zip(_) | Origin::Git(_)) => {
            Error::usage(messages::copy_is_gone(name, &place)).hint(messages::update_mends(name))
        }
    }
}
