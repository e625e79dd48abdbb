//! What stands in a class side by side: a file or a folder each, and mostly a student's.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    answers::{self, Likeness},
    item::{Item, Kind},
    layout,
};

/// One of them, with all that is in it.
#[derive(Debug)]
pub(super) struct Top {
    pub name: String,
    /// How many parts of each item's way lead to this.
    pub depth: usize,
    pub items: Vec<Item>,
}

impl Top {
    /// A file, and no folder or zip.
    pub(super) fn is_file(&self) -> bool {
        self.items.iter().any(|item| item.way.len() == self.depth && !matches!(item.kind, Kind::Empty))
    }

    /// How far within an item lies; 0 where it is this itself.
    pub(super) fn below(&self, item: &Item) -> usize {
        item.way.len().saturating_sub(self.depth)
    }

    /// The way to it in the platform's own names.
    pub(super) fn called(&self, item: &Item) -> String {
        item.way.get(self.depth - 1..).unwrap_or(&item.way).join("/")
    }

    /// The way to it from here.
    pub(super) fn within(&self, item: &Item) -> String {
        item.way.get(self.depth..).unwrap_or_default().join("/")
    }

    /// Whether it is nobody's work: what programs made, what tells of the class.
    pub(super) fn is_nobodys(&self) -> bool {
        self.is_clutter() || (self.is_file() && layout::is_of_the_class(&self.name))
    }

    fn is_clutter(&self) -> bool {
        self.items.iter().all(|item| matches!(item.kind, Kind::Clutter) && item.way.len() == self.depth)
    }

    /// A folder that may be a part of the class, and nobody's alone.
    fn may_be_part(&self) -> bool {
        !self.is_file() && !self.is_clone() && !layout::is_platforms(&self.name)
    }

    /// Whether several have files of their own in it.
    fn has_files_of_several(&self) -> bool {
        let names = self.answers().filter_map(|item| answers::named(item.name()));
        let stems: BTreeSet<_> = names.map(|named| named.stem.to_lowercase()).collect();
        self.may_be_part() && stems.len() > 1 && !stems.iter().any(|stem| stem.starts_with("answer"))
    }

    /// Whether several may have folders of their own in it. One student may have two as well.
    fn has_folders_of_several(&self) -> bool {
        let folders = self.items.iter().filter(|item| self.below(item) == 2);
        let folders: BTreeSet<_> = folders
            .filter(|item| answers::likeness(item, item.name()) == Some(Likeness::Called))
            .map(|item| &item.way[self.depth])
            .collect();
        self.may_be_part() && folders.len() > 1 && self.answers().next().is_none()
    }

    pub(super) fn is_clone(&self) -> bool {
        self.items.iter().any(|item| self.below(item) == 1 && item.name() == ".git")
    }

    /// Files directly in it that are surely answers.
    fn answers(&self) -> impl Iterator<Item = &Item> {
        self.items.iter().filter(|item| self.below(item) == 1).filter(|item| {
            answers::likeness(item, item.name()).is_some_and(|likeness| likeness > Likeness::Yaml)
        })
    }
}

/// What stands side by side, `depth` folders down.
fn side_by_side(items: Vec<Item>, depth: usize) -> Vec<Top> {
    let (mut tops, mut places): (Vec<Top>, BTreeMap<String, usize>) = (Vec::new(), BTreeMap::new());
    for item in items {
        let name = &item.way[depth.min(item.way.len() - 1)];
        let place = *places.entry(name.clone()).or_insert(tops.len());
        if place == tops.len() {
            tops.push(Top { name: name.clone(), depth: depth + 1, items: Vec::new() });
        }
        tops[place].items.push(item);
    }
    tops
}

/// Everything that stands side by side in a class, however many folders and zips are around it.
pub(super) fn tops(items: Vec<Item>) -> Vec<Top> {
    let (mut tops, mut depth) = (side_by_side(items, 0), 0);
    while let Some(index) = wrapper(&tops) {
        depth += 1;
        let inner = tops.remove(index);
        tops.extend(side_by_side(inner.items, depth));
    }
    // Where nobody's work but folders of several is here, each student is one folder further down.
    let is_of_parts = tops
        .iter()
        .filter(|top| !top.is_nobodys())
        .all(|top| top.has_files_of_several() || top.has_folders_of_several());
    let parted = |top: Top| match is_of_parts && !top.is_nobodys() || top.has_files_of_several() {
        true => side_by_side(top.items, top.depth),
        false => vec![top],
    };
    tops.into_iter().flat_map(parted).collect()
}

/// The one folder that the whole class is in, if it is in one.
fn wrapper(tops: &[Top]) -> Option<usize> {
    let mut of_somebody = tops.iter().enumerate().filter(|(_, top)| !top.is_nobodys());
    let (index, one) = of_somebody.next().filter(|_| of_somebody.next().is_none())?;
    // One student's own file is called `answers`; where browsers numbered several, they are of several.
    let called: Vec<_> = one.answers().filter_map(|item| answers::named(item.name())).collect();
    let is_ones = called.iter().any(|named| answers::is_everybodys(&named.stem))
        && called.iter().all(|named| named.copy == 0);
    let is_empty = one.items.iter().all(|item| one.below(item) == 0);
    (one.may_be_part() && !is_ones && !is_empty).then_some(index)
}
