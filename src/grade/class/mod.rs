//! A class as a platform hands it out: the submissions in it, whose they are, and what is none, with the reason.
//!
//! [`walk`] lists all that lies in a folder or a zip; zips in it are unpacked into a private folder ([`archive`](crate::archive)), which is
//! gone with the class. [`top`] finds what stands side by side, and [`layout`] reads from the names whose it is, as each
//! platform writes them. Of all that one student handed in, [`answers`] finds the files that have answers; the newest
//! counts. With a [`roster`], students have ids, and those are known who handed in nothing.

mod answers;
pub(super) mod clash;
mod handed;
mod item;
mod layout;
mod messages;
mod name;
pub mod roster;
#[cfg(test)]
mod tests;
mod top;
mod walk;

use std::{
    collections::{BTreeMap, BTreeSet},
    path::{Path, PathBuf},
};

use tempfile::TempDir;

pub use roster::Roster;

use super::results::{Origin, Platform, Student};
use crate::{
    check::submission::FILE,
    cluster::messages::shown,
    error::{Error, Result},
    i18n::Localized,
};

use self::{
    handed::{Attempt, Handed},
    item::{Item, Kind},
    layout::Layout,
    top::Top,
    walk::Walk,
};

/// How many submissions there may be.
const MOST: usize = 10_000;

#[derive(Debug)]
pub struct Class {
    pub platform: Option<Platform>,
    /// Sorted by name.
    pub entries: Vec<Entry>,
    pub leftovers: Vec<Leftover>,
    /// Students of the roster of whom nothing came, in its order.
    pub missing: Vec<Student>,
    pub passed_over: BTreeMap<String, usize>,
    /// What came out of zips: entries lie in it.
    _unpacked: Option<TempDir>,
}

/// A submission. Nothing of it has been read yet.
#[derive(Debug, Clone)]
pub struct Entry {
    /// Whose it is, as the name of its file or folder says; no other of the class has the same.
    pub name: String,
    pub place: Place,
    /// Without notes: they are for the language of the results.
    pub origin: Origin,
    pub notes: Vec<Localized>,
}

/// Where a submission's answers lie.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    File(PathBuf),
    /// A folder, and the name of the file in it; what else is there may be handed in too.
    Folder(PathBuf, PathBuf),
}

/// What was handed in and has no answers.
#[derive(Debug, Clone)]
pub struct Leftover {
    pub entry: String,
    pub students: Vec<Student>,
    pub late: bool,
    pub why: Localized,
    /// The submission of the same student.
    pub beside: Option<String>,
}

impl Class {
    /// All that lies in `place`, a folder or a zip, but for `except`.
    ///
    /// A link is listed too, and then can't be read: what it leads to was handed in by nobody.
    ///
    /// # Errors
    /// It can't be read, holds no submission, or very many.
    pub fn open(place: &Path, except: &Path, roster: Option<&Roster>) -> Result<Self> {
        let walk = Walk::through(place, except)?;
        let class = Self::of(walk.items, walk.unpacked, roster);
        if class.entries.len() > MOST {
            return Err(Error::usage(messages::class_too_large(MOST)));
        }
        if class.entries.is_empty() && class.leftovers.is_empty() {
            let error = Error::usage(messages::no_submissions(&shown(place)));
            return Err(error.hint(messages::what_a_class_is(FILE)));
        }
        Ok(class)
    }

    fn of(items: Vec<Item>, unpacked: Option<TempDir>, roster: Option<&Roster>) -> Self {
        let tops = top::tops(items);
        let mut passed_over = BTreeMap::new();
        let (of_nobody, tops): (Vec<_>, Vec<_>) = tops.into_iter().partition(Top::is_nobodys);
        for name in of_nobody.iter().map(|top| top.name.as_str()) {
            *passed_over.entry(name.to_owned()).or_default() += 1;
        }
        let all: Vec<_> = of_nobody.iter().flat_map(|top| &top.items).cloned().collect();
        let layout = Layout::of(&tops, &all);
        let mut students: BTreeMap<String, Vec<Handed>> = BTreeMap::new();
        for top in tops {
            let tag = layout.tag(&top);
            students.entry(tag.key.clone()).or_default().push(Handed { tag, top });
        }
        let mut class = Self {
            platform: layout.platform(),
            entries: Vec::new(),
            leftovers: Vec::new(),
            missing: Vec::new(),
            passed_over,
            _unpacked: unpacked,
        };
        let names = names(students.values());
        for (handed, name) in students.values().zip(names) {
            class.take(handed, name);
        }
        class.entries.sort_by(|one, other| one.name.cmp(&other.name));
        class.leftovers.sort_by(|one, other| one.entry.cmp(&other.entry));
        if let Some(roster) = roster {
            class.match_with(roster);
        }
        class
    }

    /// All that one student handed in.
    fn take(&mut self, all: &[Handed], name: String) {
        let mut attempts = handed::attempts(all);
        let beside = (!attempts.is_empty()).then(|| name.clone());
        for handed in all {
            if handed.tag.is_receipt && all.iter().any(|other| !other.tag.is_receipt) {
                *self.passed_over.entry(RECEIPTS.to_owned()).or_default() += 1;
            } else if !attempts.iter().any(|attempt| std::ptr::eq(attempt.handed, handed)) {
                self.leftovers.push(handed.leftover(handed.why_none(), beside.clone()));
            }
            // What was refused of a submission is told too: it may be what is missing.
            for item in handed.top.items.iter().filter(|_| beside.is_some()) {
                if let Kind::Refused(why) = &item.kind {
                    let leftover = handed.leftover(why.clone(), beside.clone());
                    self.leftovers.push(Leftover { entry: handed.top.called(item), ..leftover });
                }
            }
        }
        attempts.sort_by_key(Attempt::age);
        let Some(newest) = attempts.pop() else { return };
        let earlier = attempts.iter().rev().map(|attempt| attempt.item.way.join("/")).collect();
        let told = all
            .iter()
            .find(|handed| handed.tag.is_receipt)
            .map_or(&newest.handed.tag, |receipt| &receipt.tag);
        self.entries.push(Entry {
            name,
            place: newest.place(),
            origin: Origin {
                entry: newest.handed.top.name.clone(),
                file: newest.item.way.join("/"),
                late: newest.handed.tag.late,
                students: told.students.clone(),
                earlier,
                notes: Vec::new(),
            },
            notes: Vec::new(),
        });
    }

    /// Adds what the roster knows; whom it can't tell apart is told, and stays as the platform has it.
    fn match_with(&mut self, roster: &Roster) {
        let mut came = BTreeSet::new();
        let mut of: BTreeMap<usize, String> = BTreeMap::new();
        let known = roster.students();
        for entry in &mut self.entries {
            for student in &mut entry.origin.students {
                match roster.matching(student)[..] {
                    [] => entry.notes.push(messages::not_in_roster(&student.name)),
                    [one] => {
                        *student = merged(student, &known[one]);
                        came.insert(one);
                        if let Some(other) = of.insert(one, entry.name.clone()) {
                            entry.notes.push(messages::same_student(&known[one].name, &other));
                        }
                    }
                    [..] => entry.notes.push(messages::several_in_roster(&student.name)),
                }
            }
        }
        for student in self.leftovers.iter_mut().flat_map(|leftover| &mut leftover.students) {
            if let [one] = roster.matching(student)[..] {
                *student = merged(student, &known[one]);
                came.insert(one);
            }
        }
        let missing = known.iter().enumerate().filter(|(number, _)| !came.contains(number));
        self.missing = missing.map(|(_, student)| student.clone()).collect();
    }
}

/// What the notes of platforms that something was handed in are counted as.
const RECEIPTS: &str = "*_attempt_*.txt";

/// What the roster says, and the platform where that says nothing.
fn merged(of_platform: &Student, of_roster: &Student) -> Student {
    let either = |one: &Option<String>, other: &Option<String>| one.clone().or_else(|| other.clone());
    Student {
        name: of_roster.name.clone(),
        id: either(&of_platform.id, &of_roster.id),
        school_id: either(&of_roster.school_id, &of_platform.school_id),
        login: either(&of_roster.login, &of_platform.login),
        email: either(&of_roster.email, &of_platform.email),
        group: either(&of_roster.group, &of_platform.group),
    }
}

/// What each student's work is called: by the name, with what tells them apart where two have the same.
fn names<'h>(students: impl Iterator<Item = &'h Vec<Handed>> + Clone) -> Vec<String> {
    let who = |all: &'h Vec<Handed>| {
        let told = all.iter().find(|handed| {
            handed.tag.is_receipt && handed.tag.students.iter().any(|one| one.name != handed.tag.who)
        });
        told.map_or(&all[0].tag.who, |told| &told.tag.students[0].name).as_str()
    };
    let mut count: BTreeMap<&str, usize> = BTreeMap::new();
    students.clone().map(who).for_each(|name| *count.entry(name).or_default() += 1);
    let mut taken = BTreeSet::new();
    let name = |all: &'h Vec<Handed>| {
        let (name, key) = (who(all), all[0].tag.key.as_str());
        let exact = format!("{name} ({key})");
        let first = if count[name] == 1 { name.to_owned() } else { exact.clone() };
        let numbered = (2..).map(|number| format!("{exact} ({number})"));
        let free = std::iter::once(first).chain(numbered).find(|name| !taken.contains(name));
        let free = free.expect("numbers don't end");
        taken.insert(free.clone());
        free
    };
    students.map(name).collect()
}
