//! What stands in a class side by side: a file or a folder each, and mostly a student's.

use std::collections::BTreeSet;

use super::{
    answers::{self, Likeness},
    item::{Item, Kind},
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

    /// The way to it from here.
    pub(super) fn within(&self, item: &Item) -> String {
        item.way.get(self.depth..).unwrap_or_default().join("/")
    }

    pub(super) fn is_clutter(&self) -> bool {
        self.items.iter().all(|item| matches!(item.kind, Kind::Clutter) && item.way.len() == self.depth)
    }

    /// Whether it is no student's, but a folder in which several have answers of their own.
    fn is_part(&self) -> bool {
        if self.is_file() || self.is_clone() {
            return false;
        }
        let names = self.answers().filter_map(|item| answers::named(item.name()));
        let stems: BTreeSet<_> = names.map(|named| named.stem.to_lowercase()).collect();
        let folders = self.items.iter().filter(|item| self.below(item) == 2);
        let folders: BTreeSet<_> = folders
            .filter(|item| answers::likeness(item, item.name()) == Some(Likeness::Called))
            .map(|item| &item.way[self.depth])
            .collect();
        match stems.is_empty() {
            true => folders.len() > 1,
            false => stems.len() > 1 && !stems.iter().any(|stem| stem.starts_with("answer")),
        }
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
    let mut tops: Vec<Top> = Vec::new();
    for item in items {
        let name = &item.way[depth.min(item.way.len() - 1)];
        match tops.iter_mut().rev().find(|top| top.name == *name) {
            Some(top) => top.items.push(item),
            None => tops.push(Top { name: name.clone(), depth: depth + 1, items: vec![item] }),
        }
    }
    tops
}

/// Everything that stands side by side in a class, however many folders and zips are around it.
pub(super) fn tops(items: Vec<Item>, is_tagged: &dyn Fn(&str) -> bool) -> Vec<Top> {
    let (mut tops, mut depth) = (side_by_side(items, 0), 0);
    loop {
        let wrapper = tops.iter().position(|top| !top.is_clutter());
        let Some(index) = wrapper.filter(|_| tops.iter().filter(|top| !top.is_clutter()).count() == 1) else {
            break;
        };
        let one = &tops[index];
        // One student's own file is called `answers`; where browsers numbered several, they are of several.
        let called: Vec<_> = one.answers().filter_map(|item| answers::named(item.name())).collect();
        let is_ones = called.iter().any(|named| answers::is_everybodys(&named.stem))
            && called.iter().all(|named| named.copy == 0);
        if one.is_file()
            || one.is_clone()
            || is_tagged(&one.name)
            || is_ones
            || one.items.iter().all(|item| one.below(item) == 0)
        {
            break;
        }
        depth += 1;
        let inner = tops.remove(index);
        tops.extend(side_by_side(inner.items, depth));
    }
    // All that is here is parts of the class: then each student is one folder further down.
    let is_of_parts =
        tops.iter().filter(|top| !top.is_clutter()).all(|top| !is_tagged(&top.name) && top.is_part());
    match is_of_parts {
        true => tops.into_iter().flat_map(|top| side_by_side(top.items, top.depth)).collect(),
        false => tops,
    }
}
