//! What one student handed in, and which of it is answers.

use std::path::PathBuf;

use super::{
    Leftover, Place,
    answers::{self, Likeness},
    item::{Item, Kind},
    layout::Tag,
    messages,
    top::Top,
};
use crate::{archive, i18n::Localized};

/// How many names of a folder's files are told where none of them has answers.
const MOST_TOLD: usize = 3;

/// One thing that was handed in, with what its name says.
pub(super) struct Handed {
    pub tag: Tag,
    pub top: Top,
}

/// A file that may be somebody's answers.
pub(super) struct Attempt<'h> {
    pub handed: &'h Handed,
    pub item: &'h Item,
    copy: u32,
    /// More tells so than that it is YAML.
    is_sure: bool,
}

/// All files of one student that may be answers. What is YAML and no more counts only where nothing surer is.
pub(super) fn attempts(all: &[Handed]) -> Vec<Attempt<'_>> {
    let mut attempts: Vec<_> = all.iter().flat_map(Handed::attempts).collect();
    let is_sure = attempts.iter().any(|attempt| attempt.is_sure);
    attempts.retain(|attempt| attempt.is_sure || !is_sure);
    attempts
}

impl Handed {
    /// The files in it that may be answers: those that are surest, and nothing less sure.
    fn attempts(&self) -> Vec<Attempt<'_>> {
        if self.tag.is_receipt {
            return Vec::new();
        }
        let named = |item: &'_ Item| match (self.top.below(item), &self.tag.file) {
            (0, Some(file)) => file.clone(),
            _ => item.name().to_owned(),
        };
        let like =
            self.top.items.iter().filter_map(|item| Some((answers::likeness(item, &named(item))?, item)));
        let like: Vec<_> = like.collect();
        let Some(surest) = like.iter().map(|(likeness, _)| *likeness).max() else { return Vec::new() };
        let of: Vec<_> =
            like.into_iter().filter(|(likeness, _)| *likeness == surest).map(|(_, item)| item).collect();
        // Settings of some program: which of them was meant can't be told.
        if surest == Likeness::Yaml && of.len() > 1 {
            return Vec::new();
        }
        let copy = |item: &Item| answers::named(&named(item)).map_or(0, |named| named.copy);
        let is_sure = surest > Likeness::Yaml;
        of.into_iter().map(|item| Attempt { handed: self, item, copy: copy(item), is_sure }).collect()
    }

    pub(super) fn leftover(&self, why: Localized, beside: Option<String>) -> Leftover {
        Leftover {
            entry: self.top.name.clone(),
            students: if self.tag.is_stray { Vec::new() } else { self.tag.students.clone() },
            late: self.tag.late,
            why,
            beside,
        }
    }

    /// Why there are no answers in it.
    pub(super) fn why_none(&self) -> Localized {
        if self.tag.is_receipt {
            return messages::only_a_receipt();
        }
        let items: Vec<_> =
            self.top.items.iter().filter(|item| !matches!(item.kind, Kind::Clutter)).collect();
        let refused = items.iter().find(|item| matches!(item.kind, Kind::Refused(_)));
        if let Some(Kind::Refused(why)) = refused.map(|item| &item.kind) {
            return why.clone();
        }
        match items[..] {
            [] => messages::only_clutter(),
            [item, ..] if self.top.is_file() || items.len() == 1 => {
                why_not(item, self.tag.file.as_deref().filter(|_| self.top.below(item) == 0))
            }
            [..] => {
                let names = items.iter().take(MOST_TOLD).map(|item| self.top.within(item));
                let names = names.collect::<Vec<_>>().join(", ");
                let names = match items.len().saturating_sub(MOST_TOLD) {
                    0 => Localized::each(|_| names.clone()),
                    more => messages::and_others(&names, more),
                };
                messages::no_answers_in_folder(&names)
            }
        }
    }
}

fn why_not(item: &Item, name: Option<&str>) -> Localized {
    let name = name.unwrap_or(item.name());
    match &item.kind {
        Kind::Refused(why) => why.clone(),
        Kind::Empty => messages::nothing_in_it(),
        Kind::Clutter => messages::only_clutter(),
        Kind::Odd(at) if at.is_symlink() => archive::messages::a_link(),
        Kind::Odd(_) => messages::no_regular_file(),
        Kind::File(_) => {
            let ending = name.rsplit_once('.').map_or(name, |(_, ending)| ending).to_lowercase();
            match ending.as_str() {
                "rar" | "7z" | "gz" | "tgz" | "tar" | "xz" | "bz2" => messages::an_archive(&ending),
                "txt" => messages::no_answers_in_text(),
                _ => messages::no_answers_in_file(&format!(".{ending}")),
            }
        }
    }
}

impl Attempt<'_> {
    /// The newest is the greatest: by the platform's number or date, by the number of the copy, by the file's own time; of
    /// two that are equally new, the one that lies less deep, and last the name.
    pub(super) fn age(&self) -> (u64, u32, i64, std::cmp::Reverse<usize>, Vec<String>) {
        let depth = std::cmp::Reverse(self.item.way.len());
        (self.handed.tag.attempt, self.copy, self.item.time, depth, self.item.way.clone())
    }

    pub(super) fn place(&self) -> Place {
        let at = self.item.at().expect("whoever may have answers lies somewhere").clone();
        match (at.parent(), at.file_name()) {
            (Some(folder), Some(file)) if self.handed.top.below(self.item) > 0 => {
                Place::Folder(folder.to_owned(), PathBuf::from(file))
            }
            _ => Place::File(at),
        }
    }
}
